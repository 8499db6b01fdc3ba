// family.h: the articles of a story family, and which of them stands for it among the hits.
//
// A family's copies are all over the index; the segments list them (store/store.h), so that finding
// them costs a look-up each. Among hits collapsed into one, the copy that was published first is
// shown, of those that match and have every word of the query that the best copy has.
// Private to the engine. Must not know: how hits are shown.
#ifndef NX_SEARCHER_FAMILY_H
#define NX_SEARCHER_FAMILY_H

#include "searcher/search.h"

enum {
    NX_MEMBERS_MAX = 200, // members of one family that are looked at
    NX_FAMILY_BLOCK = 50, // hits whose families are looked up together
};

// Of one hit.
typedef struct nx_standing {
    uint32_t docid; // what is shown: the hit itself, or a copy of it
    nx_str family;  // absent: it has none
    nx_members members;
} nx_standing;

typedef struct nx_family_block {
    nx_arena *arena;
    size_t first, count; // hits of the page
    nx_standing items[NX_FAMILY_BLOCK];
} nx_family_block;

void nx_family_block_free(nx_family_block *b); // accepts NULL
// Hit i of the page; borrowed until another block of hits is asked for, or the search is run again.
nx_status nx_family_standing(nx_result *r, size_t i, const nx_standing **out,
                             nx_error *err) NX_MUST_USE;

#endif
