// sheaf.c: see sheaf.h.
#include "glass/sheaf.h"

#include "glass/internal.h"

void nx_sheaf_init(nx_sheaf *s)
{
    *s = (nx_sheaf){.items = NULL};
    nx_buf_init(&s->bytes, UINT32_MAX); // offsets in it are 32 bits; a window has far less
}

void nx_sheaf_release(nx_sheaf *s)
{
    free(s->items);
    free(s->spare);
    free(s->parts);
    nx_buf_release(&s->bytes);
}

void nx_sheaf_clear(nx_sheaf *s)
{
    s->count = s->part_count = 0;
    nx_buf_clear(&s->bytes);
}

nx_status nx_sheaf_begin(nx_sheaf *s, const unsigned char *key, size_t key_n, nx_error *err)
{
    if (!nx_grow(&s->parts, &s->part_cap, s->part_count + 1, sizeof *s->parts)) {
        return nx_fail_nomem(err);
    }
    s->parts[s->part_count++] = (nx_sheaf_part){(uint32_t)s->bytes.len, (uint32_t)key_n, s->count};
    nx_buf_add(&s->bytes, key, key_n);
    return nx_buf_check(&s->bytes, "the postings of a term", err);
}

nx_status nx_sheaf_open(nx_sheaf *s, const void *payload, size_t n, const unsigned char **copy,
                        nx_error *err)
{
    enum { ITEM_MIN = 2 }; // bytes of an item, but the last one of a damaged payload
    size_t at = s->bytes.len;
    nx_buf_add(&s->bytes, payload, n);
    *copy = (const unsigned char *)s->bytes.data + at;
    if (!nx_grow(&s->items, &s->cap, s->count + n / ITEM_MIN + 1, sizeof *s->items)) {
        return nx_fail_nomem(err);
    }
    return nx_buf_check(&s->bytes, "the postings of a term", err);
}

static void sort_few(nx_sheaf_item *items, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        nx_sheaf_item item = items[i];
        size_t at = i;
        for (; at > 0 && items[at - 1].docid > item.docid; at--) {
            items[at] = items[at - 1];
        }
        items[at] = item;
    }
}

// One pass of a radix sort, by 8 bits of the distance from base.
static void deal(const nx_sheaf_item *from, nx_sheaf_item *to, size_t n, uint32_t base,
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

// Ids of a window lie close together: two passes, or four, sort a long list.
nx_status nx_sheaf_end(nx_sheaf *s, nx_error *err)
{
    enum { FEW = 32 }; // sorted faster by insertion
    size_t first = s->part_count > 1 ? s->parts[s->part_count - 2].end : 0;
    nx_sheaf_item *items = s->items + first;
    size_t n = s->count - first;
    s->parts[s->part_count - 1].end = s->count;
    uint32_t low = UINT32_MAX, high = 0;
    bool sorted = true;
    for (size_t i = 0; i < n; i++) {
        uint32_t docid = items[i].docid;
        sorted = sorted && docid >= high;
        low = docid < low ? docid : low;
        high = docid > high ? docid : high;
    }
    if (sorted) {
        return NX_OK;
    }
    if (n <= FEW) {
        sort_few(items, n);
        return NX_OK;
    }
    if (!nx_grow(&s->spare, &s->spare_cap, n, sizeof *s->spare)) {
        return nx_fail_nomem(err);
    }
    for (unsigned shift = 0; shift < 32 && (high - low) >> shift > 0; shift += 16) {
        deal(items, s->spare, n, low, shift);
        deal(s->spare, items, n, low, shift + 8);
    }
    return NX_OK;
}
