// families.h: story families: which articles carry the same text, kept as articles come and go.
//
// Two articles belong together when their sketches are alike (sketch.h); families are the connected
// components of that. So they are a function of the set of articles alone: not of the order in
// which these came, nor of how many came at a time. A family is named after the smallest key in it.
// Must not know: files, the index, where articles are. Thread rule: one thread at a time.
// Memory: 350 bytes an article, and the ids.
#ifndef NX_INDEXER_FAMILIES_H
#define NX_INDEXER_FAMILIES_H

#include "indexer/sketch.h"

typedef struct nx_families nx_families;

typedef struct nx_family_entry {
    uint64_t key;    // of the article; not 0
    uint64_t family; // what the index says: smallest key of its family; 0: it stands alone
    nx_str id;       // identity of the article; borrowed until the next put
    nx_sketch sketch;
    bool settled;  // read back: its family is what a join has said
    uint64_t mark; // the caller's; 0: none
} nx_family_entry;

// A family's id as the index has it: 16 hexadecimal digits and a NUL; returns out.
char *nx_family_id(char out[17], uint64_t family);
bool nx_family_id_parse(nx_str id, uint64_t *family); // false: it is none

nx_families *nx_families_new(void);    // NULL without memory
void nx_families_free(nx_families *f); // accepts NULL

// Enters an article, in place of what was there under its key; takes effect with the next join.
nx_status nx_families_put(nx_families *f, const nx_family_entry *e, nx_error *err) NX_MUST_USE;
// Takes an article out; takes effect with the next join. *found (may be NULL): was it there?
nx_status nx_families_drop(nx_families *f, uint64_t key, bool *found, nx_error *err) NX_MUST_USE;
size_t nx_families_count(const nx_families *f);
// Entries by number, 0 .. count-1; put keeps the numbers, drop does not.
nx_family_entry nx_families_get(const nx_families *f, size_t i);
size_t nx_families_find(const nx_families *f, uint64_t key); // SIZE_MAX: there is none
void nx_families_mark(nx_families *f, size_t i, uint64_t mark);
// Its family is this, as a join has said. SIZE_MAX: nothing happens.
void nx_families_settle(nx_families *f, size_t i, uint64_t family);

// Brings the families up to date, then visits every article whose family is another than before,
// and every marked one.
// Cost: O(n) for n articles, and for the new ones comparisons with what they share a band with.
typedef nx_status nx_family_visit(void *ctx, const nx_family_entry *e, nx_error *err);
nx_status nx_families_join(nx_families *f, nx_family_visit *visit, void *ctx,
                           nx_error *err) NX_MUST_USE;

#endif
