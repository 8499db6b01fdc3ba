// rank.c: see rank.h.
#include "searcher/rank.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "searcher/ranker.h"

#define NEARNESS_SHARE 0.3 // of the best window's weight
#define TOGETHER_SHARE 1.0 // of a candidate's own weight, for all words of a query of two
#define LIGHT_SHARE 0.1    // of relatives, beside all else, in the candidate that has most of them

enum { LIGHT_DOCS = 5, LIGHT_TERMS = 10 };

double nx_rank_weight(double factor, uint32_t documents, uint32_t index_documents, uint32_t wdf,
                      double length, double average_length)
{
    if (wdf == 0 || documents == 0) {
        return 0;
    }
    return factor * log2((index_documents + 1.0) / (documents + 0.5)) *
           nx_rank_saturation(wdf, length, average_length);
}

double nx_rank_saturation(uint32_t wdf, double length, double average_length)
{
    double tfn = wdf * log2(1 + NX_LENGTH_C * average_length / length);
    return tfn / (tfn + 1);
}

int nx_candidate_by_weight(const void *a, const void *b)
{
    const nx_candidate *x = a, *y = b;
    if (x->weight != y->weight) {
        return x->weight > y->weight ? -1 : 1;
    }
    return x->docid < y->docid ? -1 : x->docid > y->docid;
}

static nx_status add_nearness(nx_ranker *r, nx_ranked *items, size_t count)
{
    nx_status status = nx_ranker_read(r, items, count, true);
    for (size_t i = 0; i < count && status == NX_OK; i++) {
        nx_candidate *c = &items[i].candidate;
        c->nearness = NEARNESS_SHARE * nx_ranker_window(r, &items[i].doc);
        c->together = TOGETHER_SHARE * nx_ranker_together(r, &items[i].doc) * c->base;
        c->weight = c->base + c->nearness + c->together;
    }
    return status;
}

static nx_status find_likeness(nx_ranker *r, const nx_ranked *items, size_t count, float **out)
{
    nx_bag bags[NX_RANK_DEPTH];
    *out = calloc(count * count + 1, sizeof **out);
    if (*out == NULL) {
        return nx_fail_nomem(r->err);
    }
    for (size_t i = 0; i < count; i++) {
        bags[i] = (nx_bag){items[i].doc.stems, items[i].doc.stem_count};
    }
    return nx_likeness(bags, count, nx_vocab_count(r->stems), *out, r->err);
}

// What each candidate gains by those like it.
static void find_gains(const nx_ranked *items, size_t count, const float *likeness, double *gains)
{
    double weights[NX_RANK_DEPTH];
    for (size_t i = 0; i < count; i++) {
        weights[i] = items[i].candidate.weight;
    }
    nx_smooth(likeness, weights, count, gains);
}

// The relatives come from the best with what they gain: articles that others are like are less
// often there by chance.
static nx_status add_relatives(nx_ranker *r, nx_ranked *items, size_t count, const double *gains,
                               nx_arena *arena, nx_relatives *relatives)
{
    nx_ranked best[LIGHT_DOCS];
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        double weight = items[i].candidate.weight + gains[i];
        size_t at = n;
        while (at > 0 && weight > best[at - 1].candidate.weight) {
            at--;
        }
        if (at < LIGHT_DOCS) {
            n += n < LIGHT_DOCS;
            memmove(best + at + 1, best + at, (n - at - 1) * sizeof *best);
            best[at] = items[i];
            best[at].candidate.weight = weight;
        }
    }
    nx_status status = nx_ranker_relatives(r, best, n, LIGHT_SHARE, LIGHT_TERMS, arena, relatives);
    if (status == NX_OK) {
        nx_ranker_add_relatives(r, relatives, LIGHT_SHARE, items, count);
    }
    return status;
}

static nx_ranked *make_ranked(const nx_candidate *items, size_t count)
{
    nx_ranked *out = calloc(count > 0 ? count : 1, sizeof *out);
    for (size_t i = 0; out != NULL && i < count; i++) {
        out[i].candidate = items[i];
    }
    return out;
}

static void free_ranked(nx_ranked *items, size_t count)
{
    for (size_t i = 0; items != NULL && i < count; i++) {
        free(items[i].doc.stems);
    }
    free(items);
}

static nx_status refine(nx_ranker *r, nx_ranked *items, size_t count, nx_arena *arena,
                        nx_relatives *relatives)
{
    double gains[NX_RANK_DEPTH];
    float *likeness = NULL;
    nx_status status = add_nearness(r, items, count);
    qsort(items, count, sizeof *items, nx_candidate_by_weight);
    if (status == NX_OK) {
        status = find_likeness(r, items, count, &likeness);
    }
    if (status == NX_OK) {
        find_gains(items, count, likeness, gains);
    }
    if (status == NX_OK && relatives != NULL) {
        status = add_relatives(r, items, count, gains, arena, relatives);
        find_gains(items, count, likeness, gains);
    }
    for (size_t i = 0; i < count && status == NX_OK; i++) {
        items[i].candidate.likeness = gains[i];
        items[i].candidate.weight += gains[i];
    }
    qsort(items, count, sizeof *items, nx_candidate_by_weight);
    free(likeness);
    return status;
}

// A query of one word has nothing to be near, and no relatives.
nx_status nx_rank_refine(const nx_plan *plan, const nx_xdb *db, nx_candidate *items, size_t count,
                         nx_arena *arena, nx_relatives *relatives, nx_error *err)
{
    nx_ranker r;
    size_t depth = count < NX_RANK_DEPTH ? count : NX_RANK_DEPTH;
    if (relatives != NULL) {
        relatives->count = 0;
    }
    nx_status status = nx_ranker_init(&r, plan, db, err);
    nx_ranked *work = make_ranked(items, depth);
    if (status == NX_OK && work == NULL) {
        status = nx_fail_nomem(err);
    }
    if (status == NX_OK && r.unit_count > 1 && depth > 0) {
        status = refine(&r, work, depth, arena, relatives);
        for (size_t i = 0; i < depth && status == NX_OK; i++) {
            items[i] = work[i].candidate;
        }
    }
    free_ranked(work, depth);
    nx_ranker_release(&r);
    return status;
}

nx_status nx_rank_relatives(const nx_plan *plan, const nx_xdb *db, const nx_candidate *top,
                            size_t count, double share, size_t wanted, nx_arena *arena,
                            nx_relatives *out, nx_error *err)
{
    nx_ranker r;
    size_t depth = count < NX_FEEDBACK_DOCS ? count : NX_FEEDBACK_DOCS;
    nx_status status = nx_ranker_init(&r, plan, db, err);
    nx_ranked *work = make_ranked(top, depth);
    out->count = 0;
    if (status == NX_OK && work == NULL) {
        status = nx_fail_nomem(err);
    }
    if (status == NX_OK) {
        status = nx_ranker_read(&r, work, depth, false);
    }
    if (status == NX_OK) {
        status = nx_ranker_relatives(&r, work, depth, share, wanted, arena, out);
    }
    free_ranked(work, depth);
    nx_ranker_release(&r);
    return status;
}
