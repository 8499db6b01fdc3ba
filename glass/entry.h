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
    bool is_value;
    uint32_t before; // ordinal of the last one
} nx_entry_reader;

// Is the key a slot's (of values), not a term's?
bool nx_entry_is_value(const nx_run_entry *e);
// Of such a key.
uint32_t nx_entry_slot(const nx_run_entry *e);

// The batch by its number; the builder's batches are in order of their numbers. guess (may be NULL)
// is looked at first. NULL: there is no such batch.
const nx_batch *nx_entry_batch(const nx_glass_builder *b, const nx_run_entry *e,
                               const nx_batch *guess);
void nx_entry_open(nx_entry_reader *r, const nx_run_entry *e, const nx_batch *batch);
// *more is false at the end.
nx_status nx_entry_next(nx_entry_reader *r, nx_entry_item *item, bool *more,
                        nx_error *err) NX_MUST_USE;
// NX_EIO: what was read back is not what was written.
nx_status nx_entry_damaged(nx_error *err);

#endif
