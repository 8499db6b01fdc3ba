// engine.h: what the parts of the engine share: the open searcher and a result in the making.
// Private to them. Must not know: output, the command line. Thread rule: as in search.h.
#ifndef NX_SEARCHER_ENGINE_H
#define NX_SEARCHER_ENGINE_H

#include "searcher/family.h"
#include "searcher/plan.h"
#include "searcher/rank.h"
#include "searcher/synonyms.h"

struct nx_searcher {
    nx_xdb *db;  // the snapshot
    void *store; // owner of the snapshot; NULL when db is borrowed
    nx_status (*reopen)(nx_searcher *s, nx_error *err); // moves db; NULL: it cannot
    void (*close)(nx_searcher *s);
    // Adds the unique terms that the index lists for a story family; see nx_store_family.
    nx_status (*listed_members)(nx_searcher *s, nx_str family, nx_vocab *members, nx_error *err);
    nx_buf languages;      // codes, most articles first
    nx_buf analysis;       // by which the words were found; empty: the index does not say
    nx_synonyms *synonyms; // or NULL
};

// Reads what is known of the snapshot. To be called after opening and moving.
nx_status nx_searcher_refresh(nx_searcher *s, nx_error *err) NX_MUST_USE;
// Runs fn, and again on a reopened snapshot while it gives NX_ESTALE, a few times.
typedef nx_status nx_searcher_work(void *ctx, nx_error *err);
nx_status nx_searcher_retry(nx_searcher *s, nx_searcher_work *fn, void *ctx,
                            nx_error *err) NX_MUST_USE;

// The document with an id; NX_ENOTFOUND.
nx_status nx_searcher_find(nx_searcher *s, nx_str id, uint32_t *docid, nx_error *err) NX_MUST_USE;

typedef struct nx_counter { // a facet or the timeline
    nx_bucket *buckets;     // in the result's arena
    size_t count;
    uint64_t undated; // of dates: documents without one
} nx_counter;

struct nx_result {
    nx_searcher *searcher;
    nx_search_options options;
    nx_query *query;
    nx_plan *plan;
    nx_arena *arena;    // of what outlives a hit
    nx_xquery *asked;   // what the hits match
    nx_candidate *hits; // of the page; malloc'ed
    size_t hit_count;
    nx_counts counts;
    nx_counter facets[NX_FACETS_MAX];
    nx_counter timeline;
    nx_relatives relatives;
    nx_buf suggestion;
    uint64_t suggestion_hits;
    nx_buf plan_text;
    nx_family_block *families; // of some of the hits; NULL: not asked for yet
    nx_arena *hit_arena;       // of the hit asked for last
    nx_buf hit_data;
    nx_xstats stats;
};

// Empty, but for what it is about. NULL without memory.
nx_result *nx_result_new(nx_searcher *s, const nx_search_options *o);

// ---- fetch.c: the documents of a query in the order asked for

typedef struct nx_fetch {
    const nx_xdb *db;
    const nx_plan *plan; // for nearness and relatives; NULL: Xapian's order
    const nx_xquery *query;
    const nx_plan *verify; // what nx_check must confirm; or NULL
    const nx_search_options *options;
    nx_xspy *const *spies; // counted over all matches
    size_t spy_count;
    nx_candidate *items; // result, malloc'ed: the first offset + limit
    size_t count;
    nx_xmatches matches;
    nx_relatives *relatives; // as in nx_rank_refine
    nx_arena *arena;
} nx_fetch;
nx_status nx_fetch_run(nx_fetch *f, nx_error *err) NX_MUST_USE;
// Appends the first max matches of q to the items, and sets f->matches. at_least: how many are
// looked at.
nx_status nx_fetch_match(nx_fetch *f, const nx_xquery *q, uint32_t max, uint32_t at_least,
                         bool spies, nx_error *err) NX_MUST_USE;
// Number of documents of a query; exact.
nx_status nx_fetch_count(const nx_xdb *db, const nx_xquery *q, const nx_plan *verify, uint64_t *out,
                         nx_error *err) NX_MUST_USE;

// ---- estimate.c: f->matches.estimated by a sample of the index
nx_status nx_fetch_estimate(nx_fetch *f, nx_error *err) NX_MUST_USE;

// ---- check.c: does a document have what the tree says? For what Xapian cannot ask.
typedef struct nx_check nx_check; // check.h
// ctx: an nx_check.
nx_status nx_check_decider(void *ctx, const nx_xdoc *doc, bool *accept, nx_error *err);

// ---- hit.c: the plan's terms in byte order, as a document's list is walked
const nx_plan_term **nx_hit_terms(const nx_plan *plan, nx_arena *arena);

// ---- count.c: facets and timeline from spies
nx_status nx_count_buckets(const nx_xspy *spy, const nx_facet_wish *wish, nx_arena *arena,
                           nx_counter *out, nx_error *err) NX_MUST_USE;

// ---- search.c: matches of a query, counts and the page into r. plan, relatives: as in nx_fetch.
nx_status nx_result_fetch(nx_result *r, const nx_xquery *query, const nx_plan *plan,
                          nx_relatives *relatives, nx_error *err) NX_MUST_USE;
// The query's own search into r: within what it is limited to.
nx_status nx_result_search(nx_result *r, const nx_xquery *query, nx_relatives *relatives,
                           nx_error *err) NX_MUST_USE;
// A search inside a search: the index must not be moved under the outer one, so NX_ESTALE goes up.
nx_status nx_search_once(nx_searcher *s, nx_str query, const nx_search_options *options,
                         nx_result **out, nx_error *err) NX_MUST_USE;
// ---- expand.c: the search, and again with words of its best hits
nx_status nx_search_expand(nx_result *r, nx_error *err) NX_MUST_USE;
// The word to show for the i-th relative's stem: its most frequent form. In r->arena.
nx_status nx_relative_word(nx_result *r, size_t i, nx_str *out, nx_error *err) NX_MUST_USE;
// ---- suggest.c
nx_status nx_suggest(nx_result *r, nx_error *err) NX_MUST_USE;
// A note where hits have some of the words side by side, but none has all.
nx_status nx_note_missing(nx_result *r, nx_error *err) NX_MUST_USE;

#endif
