// entry.c: see entry.h.
#include "glass/entry.h"

bool nx_entry_is_value(const nx_run_entry *e)
{
    return e->key_n > 2 && e->key[0] == 0x00 && e->key[1] == 0xd8;
}

uint32_t nx_entry_slot(const nx_run_entry *e)
{
    const unsigned char *p = e->key + 2;
    return (uint32_t)nx_get_u(&p, e->key + e->key_n);
}

const nx_batch *nx_entry_batch(const nx_glass_builder *b, const nx_run_entry *e,
                               const nx_batch *guess)
{
    if (guess != NULL && guess->number == e->batch) {
        return guess;
    }
    size_t low = 0, high = b->batch_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (b->batches[mid]->number < e->batch) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    bool found = low < b->batch_count && b->batches[low]->number == e->batch;
    return found ? b->batches[low] : NULL;
}

void nx_entry_open(nx_entry_reader *r, const nx_run_entry *e, const nx_batch *batch)
{
    *r = (nx_entry_reader){.batch = batch,
                           .p = e->payload,
                           .end = e->payload + e->payload_n,
                           .is_value = nx_entry_is_value(e)};
}

nx_status nx_entry_next(nx_entry_reader *r, nx_entry_item *item, bool *more, nx_error *err)
{
    *more = r->p < r->end;
    if (!*more) {
        return NX_OK;
    }
    uint64_t ordinal = r->before + nx_get_u(&r->p, r->end);
    item->wdf = r->is_value ? 0 : (uint32_t)nx_get_u(&r->p, r->end);
    uint64_t n = nx_get_u(&r->p, r->end);
    if (ordinal >= r->batch->doc_count || n > (size_t)(r->end - r->p)) {
        return nx_entry_damaged(err);
    }
    r->before = item->ordinal = (uint32_t)ordinal;
    item->n = (uint32_t)n;
    item->bytes = r->p;
    r->p += n;
    return NX_OK;
}

nx_status nx_entry_damaged(nx_error *err)
{
    return nx_fail(err, NX_EIO, "a temporary run is damaged");
}
