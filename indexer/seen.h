// seen.h: which articles a run has met, so that of two with the same identity the newer one stays.
//
// Must not know: articles, documents. Thread rule: one thread at a time (the caller locks).
// Cost: 48 bytes an article, and 8 to 16 for finding it.
#ifndef NX_INDEXER_SEEN_H
#define NX_INDEXER_SEEN_H

#include "base/buf.h"

typedef struct nx_seen nx_seen;

// freshness: the article's time (seconds), larger is newer; between equals the larger version, then
// the one read later (batch, then ordinal) is newer. Against a withdrawal whose time is not known
// (INT64_MIN) the time of the other says nothing, nor its version if one of them has none. An item
// of a feed loses against a text that is more than twice as long.
typedef struct nx_seen_entry {
    unsigned char key[16]; // digest of the unique id
    int64_t freshness, version;
    uint32_t batch, ordinal;
    uint32_t text_bytes;
    bool stored : 1;   // there is a document of it (not so for unchanged and canceled articles)
    bool existed : 1;  // the index had a copy before the run
    bool earlier : 1;  // readers find a copy that is not the same
    bool canceled : 1; // the source withdraws it
    bool of_feed : 1;  // what it has of the text may be an extract
} nx_seen_entry;

nx_seen *nx_seen_new(void); // NULL without memory
void nx_seen_free(nx_seen *s);
void nx_seen_clear(nx_seen *s);
// Enters e. If there was one with the same key, *loser is the one of the two that does not stay
// and true is returned in *replaced. NX_ENOMEM leaves the table as it was.
nx_status nx_seen_put(nx_seen *s, const nx_seen_entry *e, nx_seen_entry *loser, bool *replaced,
                      nx_error *err) NX_MUST_USE;
// The entry of a key, or NULL; borrowed until the next put.
const nx_seen_entry *nx_seen_find(const nx_seen *s, const unsigned char key[16]);
size_t nx_seen_count(const nx_seen *s);
size_t nx_seen_bytes(const nx_seen *s); // memory held, for budgets
// The index had the article before the run, under another key. Nothing happens when there is none.
void nx_seen_existed(nx_seen *s, const unsigned char key[16]);
// Visits all, in the order of their first copies.
typedef void nx_seen_fn(void *ctx, const nx_seen_entry *e);
void nx_seen_each(const nx_seen *s, nx_seen_fn *each, void *ctx);

#endif
