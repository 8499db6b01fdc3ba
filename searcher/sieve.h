// sieve.h: which articles that are new in the index a standing query hits.
//
//   nx_sieve_new, nx_sieve_add for each new article, nx_sieve_settle, then nx_sieve_search for each
//   query, and nx_sieve_hit for what it found
//
// A query goes through the same parser, plan and match as any other, over the whole index, limited
// to the new articles and to the older ones of their story families: where one of those matches
// too, the story is not news. Of several new articles of a family the one published first is the
// hit. Every word of a query is required: a list of all that is new has no end that may be weaker.
//
// Part of the engine. Must not know: where new articles and queries come from, output. Thread rule:
// as its searcher, which must not be moved meanwhile: NX_ESTALE from any of these means to begin
// again with a new sieve on a reopened snapshot.
#ifndef NX_SEARCHER_SIEVE_H
#define NX_SEARCHER_SIEVE_H

#include "searcher/search.h"

typedef struct nx_sieve nx_sieve;

nx_status nx_sieve_new(nx_sieve **out, nx_searcher *s, nx_error *err) NX_MUST_USE;
void nx_sieve_free(nx_sieve *s); // accepts NULL; before its searcher is closed

// number > 0, rising: of the new article. One that the index does not have is left out.
nx_status nx_sieve_add(nx_sieve *s, nx_str unique_term, int64_t number, nx_error *err) NX_MUST_USE;
// The number of an article that is not in the sieve but will be looked at later, or 0 for one that
// is old.
typedef nx_status nx_sieve_ask(void *ctx, nx_str unique_term, int64_t *number, nx_error *err);
nx_status nx_sieve_settle(nx_sieve *s, nx_sieve_ask *ask, void *ctx, nx_error *err) NX_MUST_USE;

// To a query with this since, articles with numbers up to it are old. *result is freed with
// nx_result_free, before the next search.
nx_status nx_sieve_search(nx_sieve *s, nx_str query, int64_t since, int64_t now, nx_result **result,
                          nx_error *err) NX_MUST_USE;
// Of the last search: how many hits; hit i is item *item (for nx_result_hit) with that number.
size_t nx_sieve_hits(const nx_sieve *s);
int64_t nx_sieve_hit(const nx_sieve *s, size_t i, uint32_t *item);

#endif
