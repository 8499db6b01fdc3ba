// smooth.h: weights of candidates drawn up towards those of the candidates most like them.
//
// Articles about the same thing tend to answer the same question (van Rijsbergen's cluster
// hypothesis), so weights that differ much between like articles are smoothed over the graph of
// nearest neighbours (Diaz 2005, "Regularizing ad hoc retrieval scores"), with one difference: a
// neighbour only ever draws up. What is best because it is like nothing else stays the best.
//
// Likeness is the cosine of the articles' words; a word counts by the root of how often it occurs
// and by how few of the candidates have it, so nothing need be known of the rest of the index.
//
// Private to the engine. Must not know: the query, the index.
#ifndef NX_SEARCHER_SMOOTH_H
#define NX_SEARCHER_SMOOTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

enum { NX_SMOOTH_MAX = 128 }; // candidates at once

typedef struct nx_word_count {
    uint32_t word; // a number
    uint32_t count;
} nx_word_count;

typedef struct nx_bag {
    const nx_word_count *words; // each word once, in any order
    size_t count;
} nx_bag;

// Likeness of every two of count bags, in [0, 1], into out[i * count + j]; symmetric, 0 of a bag
// with itself, which is no neighbour of its own. Word numbers are below word_limit. NX_ENOMEM.
nx_status nx_likeness(const nx_bag *bags, size_t count, size_t word_limit, float *out,
                      nx_error *err) NX_MUST_USE;

// What each of count weights gains: never negative, and no sum is above the highest weight. Of
// neighbours equally like, the earlier ones count. count <= NX_SMOOTH_MAX.
void nx_smooth(const float *likeness, const double *weights, size_t count, double *gains);

#endif
