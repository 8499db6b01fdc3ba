// families.h: story families: which articles carry the same text, kept as articles come and go.
//
// Two articles belong together when their sketches are alike (sketch.h); families are the connected
// components of that. So they are a function of the set of articles alone: not of the order in
// which these came, nor of how many came at a time. A family is named after the smallest key in it.
// Sketches and ids are in INDEX/families (family_log.h), and only read when they are needed.
// Must not know: the index, where articles are. Thread rule: one thread at a time.
// Memory: 40 to 50 bytes an article; a join takes 4 more, 10 to 30 MB, and room on disk for the
// hashes of the new articles' sketches, at most half a kilobyte each.
#ifndef NX_INDEXER_FAMILIES_H
#define NX_INDEXER_FAMILIES_H

#include "indexer/sketch.h"

typedef struct nx_families nx_families;

typedef struct nx_family_entry {
    uint64_t key;    // of the article; not 0
    uint64_t family; // what the index says: smallest key of its family; 0: it stands alone
    uint64_t mark;   // the caller's; 0: none
    nx_str id;       // identity of the article
    nx_sketch sketch;
} nx_family_entry;

// A family's id as the index has it: 16 hexadecimal digits and a NUL; returns out.
char *nx_family_id(char out[17], uint64_t family);
bool nx_family_id_parse(nx_str id, uint64_t *family); // false: it is none

// Reads what INDEX/families has; absent: nothing. index is borrowed.
nx_status nx_families_open(nx_families **out, const char *index, nx_error *err) NX_MUST_USE;
void nx_families_free(nx_families *f); // accepts NULL
// Was the last run complete, and all of the file read? Else it is to be emptied.
bool nx_families_complete(const nx_families *f);

// A run begins, which nx_families_end completes.
nx_status nx_families_begin(nx_families *f, nx_error *err) NX_MUST_USE;
// Everything goes, of the file as well. In a run.
nx_status nx_families_empty(nx_families *f, nx_error *err) NX_MUST_USE;
// Enters an article, in place of what was there under its key; takes effect with the next join.
nx_status nx_families_put(nx_families *f, const nx_family_entry *e, nx_error *err) NX_MUST_USE;
// Takes an article out; takes effect with the next join. Nothing happens when there is none.
nx_status nx_families_drop(nx_families *f, uint64_t key, nx_error *err) NX_MUST_USE;

size_t nx_families_count(const nx_families *f);
size_t nx_families_bytes(const nx_families *f);              // memory held, for budgets
size_t nx_families_find(const nx_families *f, uint64_t key); // SIZE_MAX: there is none
// Entries by number, 0 .. count-1; put keeps the numbers, drop does not.
uint64_t nx_families_key(const nx_families *f, size_t i);
uint64_t nx_families_mark(const nx_families *f, size_t i);
void nx_families_set_mark(nx_families *f, size_t i, uint64_t mark);
// Reads all of an entry; its id is borrowed until the next call of any function that may fail.
nx_status nx_families_get(nx_families *f, size_t i, nx_family_entry *out,
                          nx_error *err) NX_MUST_USE;
// Visits all, without bins in their sketches, in the order in which they came; visit may not change
// anything.
typedef nx_status nx_family_visit(void *ctx, const nx_family_entry *e, nx_error *err);
nx_status nx_families_each(nx_families *f, nx_family_visit *visit, void *ctx,
                           nx_error *err) NX_MUST_USE;

// Brings the families up to date, then visits every article whose family is another than before,
// and every marked one; neither id nor sketch are told.
// Cost: O(n) for n articles, and for each new one up to 256 comparisons a band.
nx_status nx_families_join(nx_families *f, nx_family_visit *visit, void *ctx,
                           nx_error *err) NX_MUST_USE;
// The run is complete, and safe on disk; marks are taken off.
nx_status nx_families_end(nx_families *f, nx_error *err) NX_MUST_USE;

#endif
