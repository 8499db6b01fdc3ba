// news.h: notes which articles a run brings that the index did not have, for its alerts.
//
// News is an article that is new in the index and no copy of one that leaves in the same run: a
// file that was moved, or lines that were shifted, give old articles new identities. Noted before
// the articles are committed and said to be ready afterwards, so that a run that dies loses none
// (store/alerts.h).
//
// Every function accepts NULL, which is what there is when no alert is active, and does nothing.
// Must not know: queries, files. Thread rule: one thread at a time.
#ifndef NX_INDEXER_NEWS_H
#define NX_INDEXER_NEWS_H

#include "store/alerts.h"
#include "store/store.h"

typedef struct nx_news nx_news;

// The writer's lock must be held. m must outlive *out, which is NULL when no alert is active.
nx_status nx_news_open(nx_news **out, nx_manifest *m, nx_error *err) NX_MUST_USE;
void nx_news_close(nx_news *n);

// The index gets an article that it did not have. What fails is told by the next call that can.
void nx_news_added(nx_news *n, nx_str unique_term);
// An article is about to be removed from w, as one that its files give no longer.
nx_status nx_news_leaving(nx_news *n, nx_writer *w, nx_str unique_term, nx_error *err) NX_MUST_USE;
// What was added is an article that the index had under the term from: no news, unless that one is.
nx_status nx_news_moved(nx_news *n, nx_str from, nx_str to, nx_error *err) NX_MUST_USE;
// After the last of them: what has come in their place is no news.
nx_status nx_news_compare(nx_news *n, nx_writer *w, nx_error *err) NX_MUST_USE;

bool nx_news_waiting(const nx_news *n); // articles have been added since the last note
// Before the commit, inside a transaction of the manifest.
nx_status nx_news_note(nx_news *n, nx_error *err) NX_MUST_USE;
// After the last commit.
nx_status nx_news_ready(nx_news *n, nx_error *err) NX_MUST_USE;

#endif
