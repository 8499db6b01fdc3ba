// past.h: an article and what it was before: its versions, and what changed from one to the next.
//
// Must not know: output formats. Thread rule: one thread at a time.
#ifndef NX_SEARCHER_PAST_H
#define NX_SEARCHER_PAST_H

#include "searcher/card.h"
#include "searcher/diff.h"

typedef enum nx_fate {
    NX_FATE_CURRENT,   // what is found now
    NX_FATE_REPLACED,  // by the version that follows
    NX_FATE_WITHDRAWN, // by its source
} nx_fate;

typedef struct nx_edition {
    uint32_t number; // those that went leave gaps
    nx_fate fate;
    int64_t ended_utc; // of those that are not current: when the index stopped to show it
    nx_card card;
    nx_diff title, summary, body; // against the one before; of the first one, empty
} nx_edition;

typedef struct nx_past {
    nx_arena *arena;
    nx_edition *items; // oldest first; at least one
    size_t count, cap;
} nx_past;

// dir: the index. id: of the article; current: its document data, or absent when the index does not
// have it (any more). Versions that say the same as the one after them are left out. NX_ENOTFOUND:
// nothing is known of such an article. Errors else as nx_manifest_open and nx_versions_each.
nx_status nx_past_read(nx_past *out, const char *dir, nx_str id, nx_str current,
                       nx_error *err) NX_MUST_USE;
void nx_past_release(nx_past *p);

#endif
