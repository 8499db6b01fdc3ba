// estimate.c: how many documents a query has, where counting all of them takes too long.
//
// By a sample of the index: every so many-th document number. libxapian's own estimates take the
// words of a query for independent of each other, which the forms of one word are least, and know
// nothing of what a check or collapsing leaves.
// Must not know: the query's words, ranking.
#include <math.h>
#include <stdlib.h>

#include "searcher/engine.h"

enum {
    SAMPLED = 2000,     // documents of the index
    CHECKED = 100,      // of those that match, where each must be checked against its text
    COLLAPSED_RUNS = 4, // runs of documents to find what share of them families leave
    COLLAPSED_LENGTH = 1000,
};
// Knuth's multiplier: where in its stretch of the index a run begins, so that no rhythm of the
// documents meets that of the sample.
static const uint32_t SCATTER = 2654435761U;

static uint32_t by_share(double all, double share)
{
    double n = all * share + 0.5;
    return n < 1 ? 1 : n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
}

// Two digits are as much as a sample tells.
static uint32_t rounded(uint32_t n)
{
    double unit = n < 100 ? 1 : pow(10, floor(log10(n)) - 1);
    return (uint32_t)(floor(n / unit + 0.5) * unit);
}

// A part of the index: `runs` runs of `length` document numbers, spread over all of them.
typedef struct part {
    uint32_t runs, length;
} part;

// The query within a part, and which share of all document numbers that is.
static nx_status limit_to(const nx_fetch *f, uint32_t last, part p, nx_xquery **out, double *share,
                          nx_error *err)
{
    bool whole = (uint64_t)p.runs * p.length >= last;
    part fit = whole ? (part){1, last} : p;
    uint32_t *docids = calloc((size_t)fit.runs * fit.length, sizeof *docids), count = 0;
    nx_xquery *these = NULL;
    if (docids == NULL) {
        return nx_fail_nomem(err);
    }
    for (uint32_t i = 0; i < fit.runs; i++) {
        uint32_t start = (uint32_t)((uint64_t)last * i / fit.runs);
        uint32_t end = (uint32_t)((uint64_t)last * (i + 1) / fit.runs);
        start += (i * SCATTER) % (end - start - fit.length + 1);
        for (uint32_t k = 1; k <= fit.length; k++) {
            docids[count++] = start + k;
        }
    }
    *share = (double)count / last;
    nx_status status = nx_xquery_documents(&these, f->db, docids, count, err);
    if (status == NX_OK) {
        const nx_xquery *subs[] = {f->query, these};
        status = nx_xquery_combine(out, NX_XOP_FILTER, subs, 2, 0, err);
    }
    nx_xquery_free(these);
    free(docids);
    return status;
}

// How many a part has, and how many the index would have, then.
static nx_status count_in(const nx_fetch *f, uint32_t last, part p, const nx_plan *verify,
                          double *all, nx_error *err)
{
    nx_search_options options = {.sort = NX_SORT_RELEVANCE};
    nx_fetch counting = {.db = f->db, .verify = verify, .options = &options};
    nx_xquery *q = NULL;
    double share = 1;
    nx_status status = limit_to(f, last, p, &q, &share, err);
    if (status == NX_OK) {
        status = nx_fetch_match(&counting, q, 0, UINT32_MAX, false, err);
    }
    *all = counting.matches.lower / share;
    nx_xquery_free(q);
    return status;
}

// What share of the matches families leave. Their members are of like dates, as are neighbours by
// number. A spy sees them before they are collapsed.
static nx_status share_left(const nx_fetch *f, uint32_t last, double *left, nx_error *err)
{
    const part runs = {COLLAPSED_RUNS, COLLAPSED_LENGTH};
    nx_search_options options = {.sort = NX_SORT_RELEVANCE, .per_family = f->options->per_family};
    nx_xspy *all = NULL;
    nx_fetch counting = {.db = f->db, .options = &options, .spies = &all, .spy_count = 1};
    nx_xquery *q = NULL;
    double share;
    nx_status status = limit_to(f, last, runs, &q, &share, err);
    if (status == NX_OK) {
        status = nx_xspy_new(&all, NX_SLOT_FAMILY, err);
    }
    if (status == NX_OK) {
        status = nx_fetch_match(&counting, q, 0, UINT32_MAX, true, err);
    }
    uint32_t before = status == NX_OK ? nx_xspy_total(all) : 0;
    *left = before > 0 ? (double)counting.matches.lower / before : 1;
    nx_xspy_free(all);
    nx_xquery_free(q);
    return status;
}

// What is known of the number of matches without looking at any.
static double within_bounds(double n, const nx_xmatches *m)
{
    return n < m->uncollapsed_lower   ? m->uncollapsed_lower
           : n > m->uncollapsed_upper ? m->uncollapsed_upper
                                      : n;
}

nx_status nx_fetch_estimate(nx_fetch *f, nx_error *err)
{
    nx_xstats index = {0};
    double all = 0, left = 1;
    nx_status status = nx_xdb_stats(f->db, &index, err);
    uint32_t last = index.last_docid;
    if (status == NX_OK) {
        status = count_in(f, last, (part){SAMPLED, 1}, NULL, &all, err);
    }
    if (status == NX_EUSAGE) {
        return NX_OK; // a part of the index is elsewhere: libxapian's estimate has to do
    }
    if (status != NX_OK || all < 1) {
        return status; // too rare to be sampled
    }
    all = within_bounds(all, &f->matches);
    if (f->verify != NULL) {
        const part checked = {by_share(last, CHECKED / all), 1};
        status = count_in(f, last, checked, f->verify, &all, err);
    }
    if (status == NX_OK && f->options->per_family > 0) {
        status = share_left(f, last, &left, err);
    }
    if (status == NX_OK) {
        uint32_t n = rounded(by_share(all, left));
        nx_xmatches *m = &f->matches;
        m->estimated = n < m->lower ? m->lower : n > m->upper ? m->upper : n;
    }
    return status;
}
