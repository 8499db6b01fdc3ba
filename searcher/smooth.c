// smooth.c: see smooth.h.
#include "searcher/smooth.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define OWN_SHARE 0.2 // what a candidate counts among its neighbours, as a square of likeness

enum { NEIGHBOURS = 8, ROUNDS = 3 };

// ---- likeness

// An occurrence of a word in a bag, with its share of the bag's length.
typedef struct entry {
    uint32_t bag;
    float weight;
} entry;

typedef struct by_word {
    uint32_t *start; // of a word's entries; one more than there are words
    entry *entries;
} by_word;

// Deals the bags' words out by word.
static bool deal(const nx_bag *bags, size_t count, size_t words, by_word *out)
{
    size_t total = 0;
    for (size_t b = 0; b < count; b++) {
        total += bags[b].count;
    }
    out->start = calloc(words + 2, sizeof *out->start);
    out->entries = calloc(total + 1, sizeof *out->entries);
    if (out->start == NULL || out->entries == NULL) {
        return false;
    }
    uint32_t *next = out->start + 1; // moves to the start of the word after
    for (size_t b = 0; b < count; b++) {
        for (size_t i = 0; i < bags[b].count; i++) {
            next[bags[b].words[i].word + 1]++;
        }
    }
    for (size_t w = 1; w <= words; w++) {
        next[w] += next[w - 1];
    }
    for (size_t b = 0; b < count; b++) {
        for (size_t i = 0; i < bags[b].count; i++) {
            const nx_word_count *w = &bags[b].words[i];
            out->entries[next[w->word]++] = (entry){(uint32_t)b, sqrtf((float)w->count)};
        }
    }
    return true;
}

// Sums the products of the word's weights for every two bags that have it, the larger number
// second, and for each bag with itself.
static void add_products(const entry *e, size_t n, size_t count, float *out)
{
    float rarity = log2f(((float)count + 1) / ((float)n + 0.5F));
    float square = rarity * rarity;
    for (size_t i = 0; i < n; i++) {
        float *row = out + e[i].bag * count;
        float weight = square * e[i].weight;
        for (size_t k = i; k < n; k++) {
            row[e[k].bag] += weight * e[k].weight;
        }
    }
}

// Products to cosines, both ways round.
static void finish(float *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = i + 1; k < count; k++) {
            float norm = sqrtf(out[i * count + i]) * sqrtf(out[k * count + k]);
            float cosine = norm > 0 ? out[i * count + k] / norm : 0;
            out[i * count + k] = out[k * count + i] = cosine < 1 ? cosine : 1;
        }
    }
    for (size_t i = 0; i < count; i++) {
        out[i * count + i] = 0;
    }
}

nx_status nx_likeness(const nx_bag *bags, size_t count, size_t word_limit, float *out,
                      nx_error *err)
{
    by_word words;
    bool dealt = deal(bags, count, word_limit, &words);
    memset(out, 0, count * count * sizeof *out);
    for (size_t w = 0; dealt && w < word_limit; w++) {
        size_t n = words.start[w + 1] - words.start[w];
        if (n > 1) { // what one bag alone has is like nothing
            add_products(words.entries + words.start[w], n, count, out);
        }
    }
    finish(out, count);
    free(words.start);
    free(words.entries);
    return dealt ? NX_OK : nx_fail_nomem(err);
}

// ---- smoothing

typedef struct neighbours {
    size_t items[NEIGHBOURS]; // most alike first
    size_t count;
} neighbours;

static void find_neighbours(const float *row, size_t count, neighbours *out)
{
    out->count = 0;
    for (size_t k = 0; k < count; k++) {
        size_t at = out->count;
        while (at > 0 && row[k] > row[out->items[at - 1]]) {
            at--;
        }
        if (row[k] <= 0 || at == NEIGHBOURS) {
            continue;
        }
        out->count += out->count < NEIGHBOURS;
        for (size_t i = out->count - 1; i > at; i--) {
            out->items[i] = out->items[i - 1];
        }
        out->items[at] = k;
    }
}

// To the mean of the neighbours and itself, by squares of likeness, worse ones being as good as it:
// a candidate that is like nothing much hardly moves.
static double pull_of(const float *row, const neighbours *near, const double *weights, double own)
{
    double sum = 0, total = OWN_SHARE;
    for (size_t i = 0; i < near->count; i++) {
        size_t k = near->items[i];
        double alike = (double)row[k] * row[k];
        sum += weights[k] > own ? alike * (weights[k] - own) : 0;
        total += alike;
    }
    return sum / total;
}

void nx_smooth(const float *likeness, const double *weights, size_t count, double *gains)
{
    double before[NX_SMOOTH_MAX];
    neighbours near[NX_SMOOTH_MAX];
    memset(gains, 0, count * sizeof *gains);
    for (size_t i = 0; i < count; i++) {
        find_neighbours(likeness + i * count, count, &near[i]);
    }
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < count; i++) {
            before[i] = weights[i] + gains[i];
        }
        for (size_t i = 0; i < count; i++) {
            gains[i] += pull_of(likeness + i * count, &near[i], before, before[i]);
        }
    }
}
