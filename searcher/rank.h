// rank.h: what is added to the weights of the best candidates of a search by relevance.
//
// Xapian's weights (plan.h) choose the candidates. The first NX_RANK_DEPTH of them are put in order
// with four things libxapian does not weigh:
//   together   all of the query's words, which matters the more the fewer they are
//   nearness   query words close together: the best window of NX_WINDOW words, its words weighed as
//              in the document as a whole (passage evidence; Callan 1994, Tao & Zhai 2007)
//   relatives  words that the best candidates have in common and others rarely: a light relevance
//              model (Lavrenko & Croft 2001, RM3), which here moves candidates but adds none
//   likeness   candidates are drawn up towards better ones that are like them (smooth.h)
// All only ever add, so the order stays a prefix of a decreasing list. docs/ranking.md says what
// the constants were chosen on.
//
// Private to the engine. Must not know: the query's operators, output.
#ifndef NX_SEARCHER_RANK_H
#define NX_SEARCHER_RANK_H

#include "searcher/plan.h"

enum {
    NX_RANK_DEPTH = 100,   // candidates looked at
    NX_WINDOW = 10,        // words
    NX_FEEDBACK_DOCS = 10, // candidates that --expand takes for good ones
};

typedef struct nx_candidate {
    uint32_t docid;
    uint32_t collapsed; // documents collapsed into it, at least
    double weight;      // all in all
    double base;        // Xapian's
    double together, nearness, relatives, likeness;
    double kept;  // to stay where it was before --expand
    double prior; // factor by age; 1 for none
} nx_candidate;

// For qsort of candidates, or of what begins with one: by falling weight, then by docid.
int nx_candidate_by_weight(const void *a, const void *b);

// A stem and its weight in the query, from feedback.
typedef struct nx_relative {
    nx_str stem; // with its Z
    double weight;
    double factor; // as nx_plan_term.factor, without weight
    uint32_t documents;
} nx_relative;

typedef struct nx_relatives {
    nx_relative items[64];
    size_t count;
} nx_relatives;

// Weighs and sorts the first NX_RANK_DEPTH of count candidates, which come by falling base.
// relatives receives the words used, whose strings live in arena; NULL: none, for a query that has
// them already.
nx_status nx_rank_refine(const nx_plan *plan, const nx_xdb *db, nx_candidate *items, size_t count,
                         nx_arena *arena, nx_relatives *relatives, nx_error *err) NX_MUST_USE;

// How much of a term a document of that length has, from 0 to 1: the saturated frequency of InL2.
double nx_rank_saturation(uint32_t wdf, double length, double average_length);
// InL2 of a term of that factor in a document.
double nx_rank_weight(double factor, uint32_t documents, uint32_t index_documents, uint32_t wdf,
                      double length, double average_length);

// The `wanted` words that most tell the first NX_FEEDBACK_DOCS of count candidates, weighed so that
// they have `share` of the weight of the query and them together. Their strings live in arena.
nx_status nx_rank_relatives(const nx_plan *plan, const nx_xdb *db, const nx_candidate *top,
                            size_t count, double share, size_t wanted, nx_arena *arena,
                            nx_relatives *out, nx_error *err) NX_MUST_USE;

#endif
