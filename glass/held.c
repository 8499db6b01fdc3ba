// held.c: see held.h.
#include "glass/held.h"

#include "glass/internal.h"

void nx_held_init(nx_held *h)
{
    *h = (nx_held){.items = NULL};
    nx_buf_init(&h->bytes, UINT32_MAX); // offsets in it are 32 bits; a window has far less
}

void nx_held_release(nx_held *h)
{
    free(h->items);
    free(h->spare);
    nx_buf_release(&h->bytes);
}

void nx_held_clear(nx_held *h)
{
    h->count = 0;
    nx_buf_clear(&h->bytes);
}

nx_status nx_held_open(nx_held *h, const void *payload, size_t n, const unsigned char **copy,
                       nx_error *err)
{
    enum { ITEM_MIN = 2 }; // bytes of an item, but the last one of a damaged payload
    size_t at = h->bytes.len;
    nx_buf_add(&h->bytes, payload, n);
    *copy = (const unsigned char *)h->bytes.data + at;
    if (!nx_grow(&h->items, &h->cap, h->count + n / ITEM_MIN + 1, sizeof *h->items)) {
        return nx_fail_nomem(err);
    }
    return nx_buf_check(&h->bytes, "the postings of a term", err);
}

static void sort_few(nx_held_item *items, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        nx_held_item item = items[i];
        size_t at = i;
        for (; at > 0 && items[at - 1].docid > item.docid; at--) {
            items[at] = items[at - 1];
        }
        items[at] = item;
    }
}

// One pass of a radix sort, by 8 bits of the distance from base.
static void deal(const nx_held_item *from, nx_held_item *to, size_t n, uint32_t base,
                 unsigned shift)
{
    size_t at[257] = {0};
    for (size_t i = 0; i < n; i++) {
        at[((from[i].docid - base) >> shift & 255) + 1]++;
    }
    for (size_t i = 1; i < 257; i++) {
        at[i] += at[i - 1];
    }
    for (size_t i = 0; i < n; i++) {
        to[at[(from[i].docid - base) >> shift & 255]++] = from[i];
    }
}

// Ids of a window lie close together: two or three passes sort a long list.
nx_status nx_held_sort(nx_held *h, nx_error *err)
{
    enum { FEW = 32 }; // sorted faster by insertion
    uint32_t low = UINT32_MAX, high = 0;
    bool sorted = true;
    for (size_t i = 0; i < h->count; i++) {
        uint32_t docid = h->items[i].docid;
        sorted = sorted && docid >= high;
        low = docid < low ? docid : low;
        high = docid > high ? docid : high;
    }
    if (sorted) {
        return NX_OK;
    }
    if (h->count <= FEW) {
        sort_few(h->items, h->count);
        return NX_OK;
    }
    // The two arrays change places, so both must take what comes next.
    if (!nx_grow(&h->spare, &h->spare_cap, h->cap, sizeof *h->spare)) {
        return nx_fail_nomem(err);
    }
    for (unsigned shift = 0; shift < 32 && (high - low) >> shift > 0; shift += 8) {
        deal(h->items, h->spare, h->count, low, shift);
        nx_held_item *other = h->items;
        size_t other_cap = h->cap;
        h->items = h->spare;
        h->cap = h->spare_cap;
        h->spare = other;
        h->spare_cap = other_cap;
    }
    return NX_OK;
}
