// held.h: postings or values of one key that wait until their window is complete, to be put in the
// order of document ids.
//
// Must not know: what becomes of them. Thread rule: one thread at a time.
#ifndef NX_GLASS_HELD_H
#define NX_GLASS_HELD_H

#include <stdint.h>

#include "base/buf.h"

typedef struct nx_held_item {
    uint32_t docid, wdf, n;
    uint32_t at; // in bytes
} nx_held_item;

typedef struct nx_held {
    nx_held_item *items, *spare; // spare: room for sorting
    size_t count, cap, spare_cap;
    nx_buf bytes; // payloads of entries (run.h)
} nx_held;

void nx_held_init(nx_held *h);
void nx_held_release(nx_held *h);
void nx_held_clear(nx_held *h);
// Copies the payload of an entry and makes room for its items; *copy is valid until the next call.
nx_status nx_held_open(nx_held *h, const void *payload, size_t n, const unsigned char **copy,
                       nx_error *err) NX_MUST_USE;
// Adds an item of the payload opened last; its bytes are in the copy.
static inline void nx_held_add(nx_held *h, uint32_t docid, uint32_t wdf, const unsigned char *bytes,
                               uint32_t n)
{
    uint32_t at = (uint32_t)((const char *)bytes - h->bytes.data);
    h->items[h->count++] = (nx_held_item){docid, wdf, n, at};
}
nx_status nx_held_sort(nx_held *h, nx_error *err) NX_MUST_USE;

#endif
