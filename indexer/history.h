// history.h: what readers find of an article before a run gives it another text, or takes it away;
// and keeping that as a version.
//
// An article has a new version when its headline, summary or text is another. Other facts (a
// section, an author) are corrected in place. A version is what was committed: of several copies in
// one run only the one that stays has ever been an answer.
// Must not know: readers, formats, threads. Thread rule: one thread at a time.
#ifndef NX_INDEXER_HISTORY_H
#define NX_INDEXER_HISTORY_H

#include "corpus/article.h"
#include "indexer/identity.h"
#include "store/store.h"
#include "store/versions.h"
#include "store/withdrawals.h"

// What a document of the index says.
typedef struct nx_earlier {
    bool exists;
    unsigned char text[NX_DIGEST_BYTES]; // nx_text_digest
    nx_when updated;                     // NX_SLOT_UPDATED
} nx_earlier;

// data receives the document data; NULL: it is not read, and out->text not set.
nx_status nx_earlier_read(nx_earlier *out, const nx_xdb *db, uint32_t docid, nx_buf *data,
                          nx_error *err) NX_MUST_USE;
// When the article's text was last seen to change: seen (unknown: nobody tells), if it is not that
// of the earlier document and the article does not itself say that it was updated since.
nx_when nx_text_changed(const nx_earlier *earlier, const nx_article *a,
                        const unsigned char text[NX_DIGEST_BYTES], nx_when seen);

// Does the document of the index stand against the article? It does when it is newer, by the
// numbers that their source gives to versions, else by when they say that they were updated; and
// against an item of a feed that has less than half of its text. It does not when both are of one
// file, which is what it says now. data: the document data.
bool nx_earlier_stands(nx_str data, const nx_article *a, bool of_feed);

typedef struct nx_history nx_history;

// Of an index directory, both borrowed; NULL: nothing is read, so nothing kept. manifest: its
// manifest, or NULL: it is opened when it is needed. lenient: that the index cannot be read is no
// error, there are then no versions to keep (a rebuild is what mends an index). NULL without
// memory.
nx_history *nx_history_new(const char *index, nx_manifest *manifest, bool lenient);
void nx_history_free(nx_history *h); // accepts NULL; gives up what was not committed

// Keeps what readers find of the article, unless its text has this digest. text NULL: its source
// withdraws it.
nx_status nx_history_keep(nx_history *h, nx_str unique_term, const unsigned char *text,
                          int64_t now_utc, nx_error *err) NX_MUST_USE;
// Before the index is committed: the versions are safe.
nx_status nx_history_commit(nx_history *h, nx_error *err) NX_MUST_USE;
// Its source has withdrawn it; part of the next nx_history_commit.
nx_status nx_history_withdraw(nx_history *h, nx_str unique_term, const nx_withdrawal *w,
                              nx_error *err) NX_MUST_USE;
// After the article has left the index for good; part of the next nx_history_commit.
nx_status nx_history_forget(nx_history *h, nx_str unique_term, nx_error *err) NX_MUST_USE;

#endif
