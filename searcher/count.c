// count.c: facets and the timeline: values counted by Xapian, put into buckets.
//
// Must not know: the query.
#include <stdlib.h>

#include "base/time.h"
#include "searcher/engine.h"

enum { DAY = 86400 };

// The buckets in the making: values by number, and how many documents each has.
typedef struct tally {
    nx_vocab *values;
    uint64_t *counts;
    size_t cap;
    int64_t day; // counted last, from 1970, and its bucket; values come in order
    uint32_t day_id;
    bool nomem;
} tally;

// The number of a bucket.
static uint32_t bucket_of(tally *t, nx_str value)
{
    uint32_t id = nx_vocab_add(t->values, value, NULL);
    if (id != NX_VOCAB_NONE && id >= t->cap) {
        size_t cap = t->cap != 0 ? t->cap * 2 : 64;
        uint64_t *counts = realloc(t->counts, cap * sizeof *counts);
        if (counts == NULL) {
            id = NX_VOCAB_NONE;
        } else {
            memset(counts + t->cap, 0, (cap - t->cap) * sizeof *counts);
            t->counts = counts;
            t->cap = cap;
        }
    }
    t->nomem = t->nomem || id == NX_VOCAB_NONE;
    return id;
}

static void count(tally *t, uint32_t id, uint64_t documents)
{
    if (id != NX_VOCAB_NONE) {
        t->counts[id] += documents;
    }
}

static uint32_t bucket_of_date(tally *t, int64_t utc, nx_step step)
{
    char day[16];
    if (step == NX_STEP_WEEK) {
        utc -= (int64_t)nx_weekday(utc) * DAY;
    }
    nx_format_day(day, utc);
    size_t n = step == NX_STEP_YEAR ? 4 : step == NX_STEP_MONTH ? 7 : 10;
    return bucket_of(t, nx_str_make(day, n));
}

static void count_date(tally *t, nx_str value, nx_step step, uint64_t documents)
{
    int64_t utc;
    if (!nx_time_value_parse(value, &utc)) {
        return;
    }
    int64_t day = utc / DAY - (utc % DAY < 0);
    if (t->day_id == NX_VOCAB_NONE || t->day != day) {
        t->day_id = bucket_of_date(t, utc, step);
        t->day = day;
    }
    count(t, t->day_id, documents);
}

// A value may be several, joined by '\x1f' (authors); a document counts for each.
static void count_parts(tally *t, nx_str value, uint64_t documents)
{
    while (value.n > 0) {
        const char *sep = memchr(value.p, '\x1f', value.n);
        size_t n = sep != NULL ? (size_t)(sep - value.p) : value.n;
        if (n > 0) {
            count(t, bucket_of(t, nx_str_make(value.p, n)), documents);
        }
        value = sep != NULL ? nx_str_make(sep + 1, value.n - n - 1) : NX_STR("");
    }
}

static int by_value(const void *a, const void *b)
{
    const nx_bucket *x = a, *y = b;
    return nx_str_cmp(x->value, y->value);
}

static int by_documents(const void *a, const void *b)
{
    const nx_bucket *x = a, *y = b;
    if (x->documents != y->documents) {
        return x->documents > y->documents ? -1 : 1;
    }
    return by_value(a, b);
}

static nx_status read_spy(const nx_xspy *spy, const nx_facet_wish *wish, tally *t, nx_error *err)
{
    nx_xterms *values = NULL;
    bool more = false;
    nx_status status = nx_xspy_values(&values, spy, err);
    while (status == NX_OK) {
        uint32_t documents;
        status = nx_xterms_next(values, &more, err);
        if (status != NX_OK || !more) {
            break;
        }
        status = nx_xterms_documents(values, &documents, err);
        if (status == NX_OK && wish->step != NX_STEP_NONE) {
            count_date(t, nx_xterms_term(values), wish->step, documents);
        } else if (status == NX_OK) {
            count_parts(t, nx_xterms_term(values), documents);
        }
    }
    nx_xterms_free(values);
    return status == NX_OK && t->nomem ? nx_fail_nomem(err) : status;
}

nx_status nx_count_buckets(const nx_xspy *spy, const nx_facet_wish *wish, nx_arena *arena,
                           nx_counter *out, nx_error *err)
{
    tally t = {.values = nx_vocab_new(), .day_id = NX_VOCAB_NONE};
    nx_status status = t.values == NULL ? nx_fail_nomem(err) : read_spy(spy, wish, &t, err);
    if (status == NX_OK) {
        out->count = nx_vocab_count(t.values);
        out->undated = nx_xspy_total(spy);
        out->buckets = nx_arena_calloc(arena, out->count, sizeof *out->buckets);
        for (size_t i = 0; out->buckets != NULL && i < out->count; i++) {
            out->buckets[i] =
                (nx_bucket){nx_arena_copy(arena, nx_vocab_get(t.values, (uint32_t)i)), t.counts[i]};
            out->undated -= wish->step != NX_STEP_NONE ? t.counts[i] : 0;
        }
        status = nx_arena_check(arena, "facet values", err);
        if (status == NX_OK && out->count > 1) {
            qsort(out->buckets, out->count, sizeof *out->buckets,
                  wish->step == NX_STEP_NONE ? by_documents : by_value);
        }
    }
    nx_vocab_free(t.values);
    free(t.counts);
    return status;
}
