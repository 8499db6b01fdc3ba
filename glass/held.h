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
    nx_buf bytes;
} nx_held;

void nx_held_init(nx_held *h);
void nx_held_release(nx_held *h);
void nx_held_clear(nx_held *h);
// Copies the bytes.
nx_status nx_held_add(nx_held *h, uint32_t docid, uint32_t wdf, const void *bytes, uint32_t n,
                      nx_error *err) NX_MUST_USE;
nx_status nx_held_sort(nx_held *h, nx_error *err) NX_MUST_USE;

#endif
