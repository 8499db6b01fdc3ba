// plan.h: the query tree as a Xapian query, and what else a search needs to know about it.
//
// What a document must have, for the words side by side at the top of a query:
//   NX_WORDS_RANKED  everything that is not a plain word (phrases, fields, +x, =x, groups,
//                    distances); when that leaves only fields that do not rank, or nothing, also
//                    one of the plain words. Common words only count when there are no others
//   NX_WORDS_ALL     everything but common words
//   NX_WORDS_ANY     one of all those things; fields that do not rank are required even so
// Several values of one such field are alternatives. Words beside AND, OR or NOT, or inside a
// field, are all required.
//
// Weight of a term: InL2 (Amati & van Rijsbergen 2002) times the mean number of its occurrences in
// the documents that have it, which makes it their InB2. The stems of a word are weighed alike, as
// the most frequent of them. See rank.h for what comes on top.
//
// Private to the engine. Must not know: snapshots, hits, output.
#ifndef NX_SEARCHER_PLAN_H
#define NX_SEARCHER_PLAN_H

#include "searcher/search.h"
#include "searcher/synonyms.h"
#include "searcher/words.h"
#include "searcher/xq.h"

#define NX_LENGTH_C 1.0       // c of InL2: how much longer documents are expected to say
#define NX_EXACT_BONUS 0.15   // weight of the very form in the query, beside its stem's
#define NX_SYNONYM_SHARE 0.7  // weight of a synonym, beside the word's own
#define NX_FOREIGN_SHARE 0.5  // weight of a stem that is of other languages than the query
#define NX_COMPOUND_BONUS 0.2 // weight of a compound as such, beside its parts

// A term of the plan that ranks: for explanations and for what rank.h adds.
typedef struct nx_plan_term {
    nx_str term;
    nx_str text;        // of the query
    size_t part;        // leaf
    double factor;      // of its InL2 weight
    uint32_t documents; // it is weighed as one that is in so many
    bool stem,
        plain; // plain: of a word that stands for itself in the text, neither field nor group
} nx_plan_term;

typedef struct nx_plan {
    nx_query *query; // borrowed
    nx_leaves leaves;
    nx_xquery *match;    // documents and weights; never NULL
    nx_xquery *undated;  // as match, for documents without the date a filter wants; or NULL
    bool verify;         // match gives too much: nx_check decides
    bool any;            // NX_WORDS_ANY
    nx_plan_term *terms; // in q->arena
    size_t term_count;
    nx_mark *marks; // in q->arena
    size_t mark_count;
} nx_plan;

typedef struct nx_plan_options {
    nx_words words;
    int64_t since, until;
    nx_str languages;
    const nx_synonyms *synonyms; // may be NULL
} nx_plan_options;

// Adds notes to the query: what was expanded, left out, not found. *out is freed with
// nx_plan_free. Fails as reading the index does.
nx_status nx_plan_make(nx_plan **out, nx_query *q, const nx_xdb *db, const nx_plan_options *options,
                       nx_error *err) NX_MUST_USE;
void nx_plan_free(nx_plan *p); // accepts NULL

#endif
