// snippet.h: the passage of an article that answers the query: one or two whole sentences, with the
// words that matched marked.
//
// Chosen by what it covers of the query (distinct parts, the rarer the better; phrases count when
// they stand together), nearest to the top on ties; never a heading, a byline, a caption or a
// copyright line; the lede when nothing in the body matches. It depends on the article and the
// marks alone, not on the page of results.
// Must not know: the index, output formats (a snippet is a list of runs; each format escapes by
// itself). Thread rule: a maker belongs to one thread. Cost: linear in the text looked at, which is
// capped.
#ifndef NX_SEARCHER_SNIPPET_H
#define NX_SEARCHER_SNIPPET_H

#include "searcher/search.h"

enum {
    NX_SNIPPET_CHARS = 300,          // what a snippet may be long, but for a longer sentence's cut
    NX_SNIPPET_SCAN_BYTES = 1 << 19, // of a body that are looked at
};

typedef struct nx_snippet_run {
    nx_str text;
    bool marked;
} nx_snippet_run;

typedef struct nx_snippet {
    const nx_snippet_run *runs; // texts have no line breaks; joined, they are the snippet
    size_t count;
    bool matched;      // false: the lede
    size_t start, end; // bytes of the body it was taken from
} nx_snippet;

typedef struct nx_snippet_maker nx_snippet_maker;

// The marks are borrowed; NULL without memory.
nx_snippet_maker *nx_snippet_maker_new(const nx_mark *marks, size_t count);
// Looks for other marks from now on: quicker than a new maker, since it knows the words it has met.
// NX_ENOMEM: it is to be freed.
nx_status nx_snippet_maker_aim(nx_snippet_maker *m, const nx_mark *marks, size_t count,
                               nx_error *err) NX_MUST_USE;
void nx_snippet_maker_free(nx_snippet_maker *m); // accepts NULL

// The snippet of a body. title (may be absent) is not repeated. Everything in *out is borrowed
// until the next call of the maker, except that texts point into body. An empty body gives no runs.
nx_status nx_snippet_make(nx_snippet_maker *m, nx_str title, nx_str body, nx_str language,
                          nx_snippet *out, nx_error *err) NX_MUST_USE;
// A whole text as runs, everything that matches marked (for `show`). field: NULL for a body, else
// the title's field.
nx_status nx_snippet_mark(nx_snippet_maker *m, nx_str text, nx_str language, const nx_field *field,
                          nx_snippet *out, nx_error *err) NX_MUST_USE;

#endif
