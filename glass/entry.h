// entry.h: taking the entries of a run (run.h) apart: batch, ordinals, postings and values.
//
// Must not know: tables, blocks.
#ifndef NX_GLASS_ENTRY_H
#define NX_GLASS_ENTRY_H

#include "glass/internal.h"

// One posting or value of an entry; bytes is the position tag or the value.
typedef struct nx_entry_item {
    uint32_t ordinal, wdf, n;
    const unsigned char *bytes;
} nx_entry_item;

// Goes through the items of an entry; borrows it.
typedef struct nx_entry_reader {
    const nx_batch *batch;
    const unsigned char *p, *end;
    bool is_value, damaged;
    uint32_t before; // ordinal of the last one
} nx_entry_reader;

// Is the key a slot's (of values), not a term's?
static inline bool nx_key_is_value(const unsigned char *key, size_t key_n)
{
    return key_n > 2 && key[0] == 0x00 && key[1] == 0xd8;
}
static inline bool nx_entry_is_value(const nx_run_entry *e)
{
    return nx_key_is_value(e->key, e->key_n);
}
// Of such a key.
uint32_t nx_entry_slot(const nx_run_entry *e);

// The batch by its number; the builder's batches are in order of their numbers. guess (may be NULL)
// is looked at first. NULL: there is no such batch.
const nx_batch *nx_entry_batch(const nx_glass_builder *b, const nx_run_entry *e,
                               const nx_batch *guess);
// NX_EIO: what was read back is not what was written.
nx_status nx_entry_damaged(nx_error *err);

// payload: the entry's, or a copy of it.
static inline nx_entry_reader nx_entry_open(const nx_run_entry *e, const unsigned char *payload,
                                            const nx_batch *batch)
{
    return (nx_entry_reader){.batch = batch,
                             .p = payload,
                             .end = payload + e->payload_n,
                             .is_value = nx_entry_is_value(e)};
}

// false at the end.
static inline bool nx_entry_next(nx_entry_reader *r, nx_entry_item *item)
{
    if (r->p >= r->end) {
        return false;
    }
    uint64_t ordinal = r->before + nx_get_u(&r->p, r->end);
    item->wdf = r->is_value ? 0 : (uint32_t)nx_get_u(&r->p, r->end);
    uint64_t n = nx_get_u(&r->p, r->end);
    if (ordinal >= r->batch->doc_count || n > (size_t)(r->end - r->p)) {
        r->damaged = true;
        return false;
    }
    r->before = item->ordinal = (uint32_t)ordinal;
    item->n = (uint32_t)n;
    item->bytes = r->p;
    r->p += n;
    return true;
}

// Was that the end?
static inline nx_status nx_entry_end(const nx_entry_reader *r, nx_error *err)
{
    return r->damaged ? nx_entry_damaged(err) : NX_OK;
}

#endif
