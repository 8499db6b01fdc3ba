// entry.c: see entry.h.
#include "glass/entry.h"

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

nx_status nx_entry_damaged(nx_error *err)
{
    return nx_fail(err, NX_EIO, "a temporary run is damaged");
}
