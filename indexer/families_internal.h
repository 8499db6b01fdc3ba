// families_internal.h: what families.c (entries) and family_join.c (joining) share.
#ifndef NX_INDEXER_FAMILIES_INTERNAL_H
#define NX_INDEXER_FAMILIES_INTERNAL_H

#include "indexer/families.h"
#include "indexer/family_log.h"

typedef struct nx_family_article {
    uint64_t key, family, mark;
    uint64_t at : 48;     // of its record in the log
    uint64_t fresh : 1;   // its family is to be found
    uint64_t changed : 1; // its family, by this join
    uint64_t copy : 1;    // in this join: another one of the same text and day stands for it
    uint64_t several : 1; // in this join: its family has others; of the one that names it
} nx_family_article;

struct nx_families {
    const char *index;
    nx_family_log log;
    bool complete;
    uint64_t records; // about articles, in the log
    nx_family_article *entries;
    size_t count, cap;
    uint32_t *table; // open addressing: number of an entry + 1, by key
    size_t table_size;
    // families that have lost an article since the last join: the rest may fall apart
    uint64_t *broken;
    size_t broken_count, broken_cap;
    nx_buf scratch;
};

// The entry of a record of the log, or SIZE_MAX when it is out of date. near: where it may be.
size_t nx_families_of_record(const nx_families *f, const nx_family_record *r, size_t near);

// Finds the families of fresh entries and sets `changed`; broken ones are whole again. The log is
// flushed.
nx_status nx_family_join(nx_families *f, nx_error *err) NX_MUST_USE;

#endif
