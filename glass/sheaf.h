// sheaf.h: postings and values on their way from the runs to the tables: parts of one key each,
// with the items of a part in the order of document ids. A key has several parts if its documents
// lie in several windows.
//
// Must not know: tables, threads. Thread rule: one thread at a time.
#ifndef NX_GLASS_SHEAF_H
#define NX_GLASS_SHEAF_H

#include <stdint.h>

#include "base/buf.h"

typedef struct nx_sheaf_item {
    uint32_t docid, wdf, n; // n: bytes of the position tag or value
    uint32_t at;            // in bytes
} nx_sheaf_item;

typedef struct nx_sheaf_part {
    uint32_t key_at, key_n; // in bytes
    size_t end;             // behind its last item; its first is behind the last of the part before
} nx_sheaf_part;

typedef struct nx_sheaf {
    nx_sheaf_item *items, *spare; // spare: room for sorting
    size_t count, cap, spare_cap;
    nx_sheaf_part *parts;
    size_t part_count, part_cap;
    nx_buf bytes; // keys, and payloads of entries (run.h)
} nx_sheaf;

void nx_sheaf_init(nx_sheaf *s);
void nx_sheaf_release(nx_sheaf *s);
void nx_sheaf_clear(nx_sheaf *s);
// Is it worth handing over?
static inline bool nx_sheaf_is_full(const nx_sheaf *s)
{
    return s->count * sizeof *s->items + s->bytes.len >= 512U << 10;
}

nx_status nx_sheaf_begin(nx_sheaf *s, const unsigned char *key, size_t key_n,
                         nx_error *err) NX_MUST_USE;
// Copies the payload of an entry and makes room for its items; *copy is valid until the next call.
nx_status nx_sheaf_open(nx_sheaf *s, const void *payload, size_t n, const unsigned char **copy,
                        nx_error *err) NX_MUST_USE;
// Adds an item of the payload opened last to the part begun last; its bytes are in the copy.
static inline void nx_sheaf_add(nx_sheaf *s, uint32_t docid, uint32_t wdf,
                                const unsigned char *bytes, uint32_t n)
{
    uint32_t at = (uint32_t)((const char *)bytes - s->bytes.data);
    s->items[s->count++] = (nx_sheaf_item){docid, wdf, n, at};
}
// Ends the part and puts its items in order.
nx_status nx_sheaf_end(nx_sheaf *s, nx_error *err) NX_MUST_USE;

#endif
