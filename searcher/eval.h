// eval.h: measures of ranked retrieval, as trec_eval defines them.
//
//   relevant      judged with a grade of 1 or more; unjudged and negative are not
//   order         by score (as a 32-bit float), falling; equal scores by docno, falling
//   map           mean over topics of: sum over relevant ranks of precision there / relevant
//   ndcg_k        sum of grade / log2(rank + 1) over the first k, by that of the ideal order
//   p_k recall_k  relevant among the first k, by k; by all relevant
//   recip_rank    1 / rank of the first relevant
// Means are over all topics of the judgements (trec_eval -c): a topic without results counts 0.
//
// Must not know: the index, queries. Thread rule: one thread at a time.
#ifndef NX_SEARCHER_EVAL_H
#define NX_SEARCHER_EVAL_H

#include "base/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nx_qrels nx_qrels;
enum { NX_EVAL_CUTS = 6 };
extern const uint32_t nx_eval_cuts[NX_EVAL_CUTS]; // 5 10 20 30 100 1000

// "topic iter docno grade" lines. NX_EFORMAT names the line.
nx_status nx_qrels_read(nx_qrels **out, nx_str text, const char *name, nx_error *err) NX_MUST_USE;
void nx_qrels_free(nx_qrels *q); // accepts NULL
size_t nx_qrels_topics(const nx_qrels *q);

typedef struct nx_scored {
    nx_str docno;
    double score;
} nx_scored;

typedef struct nx_measures {
    uint64_t relevant, found, returned; // found: relevant ones that were returned
    double map, recip_rank;
    double ndcg[NX_EVAL_CUTS], p[NX_EVAL_CUTS], recall[NX_EVAL_CUTS];
} nx_measures;

// Of one topic. items are put into trec_eval's order. A topic without judgements gives zeros.
nx_status nx_eval_topic(const nx_qrels *q, nx_str topic, nx_scored *items, size_t count,
                        nx_measures *out, nx_error *err) NX_MUST_USE;
// Adds the measures of a topic to a sum, and divides the sum by the number of topics.
void nx_measures_add(nx_measures *sum, const nx_measures *m);
void nx_measures_mean(nx_measures *sum, size_t topics);

#ifdef __cplusplus
}
#endif
#endif
