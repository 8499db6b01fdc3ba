// tally.c: see tally.h.
#include "indexer/tally.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/num.h"
#include "base/time.h"

enum { REASONS_MAX = 48, REASON_BYTES = 48, LISTED_PER_REASON = 20 };

struct nx_tally {
    pthread_mutex_t lock;
    uint64_t counts[NX_COUNT_KINDS];
    uint64_t source_bytes, record_bytes, bad;
    uint64_t started_ms;
    bool say_skips, explain;
    size_t reason_count;
    struct {
        char name[REASON_BYTES];
        uint64_t count, listed;
    } reasons[REASONS_MAX]; // the last one is "other" once full
};

nx_tally *nx_tally_new(bool say_skips, bool explain)
{
    nx_tally *t = calloc(1, sizeof *t);
    if (t != NULL) {
        (void)pthread_mutex_init(&t->lock, NULL);
        t->say_skips = say_skips;
        t->explain = explain;
        t->started_ms = nx_monotonic_ms();
    }
    return t;
}

void nx_tally_free(nx_tally *t)
{
    if (t != NULL) {
        (void)pthread_mutex_destroy(&t->lock);
        free(t);
    }
}

static void lock(nx_tally *t)
{
    (void)pthread_mutex_lock(&t->lock);
}

static void unlock(nx_tally *t)
{
    (void)pthread_mutex_unlock(&t->lock);
}

static void add_to(nx_tally *t, uint64_t *sum, uint64_t n)
{
    lock(t);
    *sum += n;
    unlock(t);
}

static uint64_t value_of(nx_tally *t, const uint64_t *value)
{
    lock(t);
    uint64_t n = *value;
    unlock(t);
    return n;
}

void nx_tally_add(nx_tally *t, nx_count what, uint64_t n)
{
    add_to(t, &t->counts[what], n);
}

void nx_tally_bytes(nx_tally *t, uint64_t source, uint64_t record)
{
    add_to(t, &t->source_bytes, source);
    add_to(t, &t->record_bytes, record);
}

static size_t find_reason(nx_tally *t, const char *name)
{
    size_t i = 0;
    while (i < t->reason_count && strncmp(t->reasons[i].name, name, REASON_BYTES - 1) != 0) {
        i++;
    }
    if (i == REASONS_MAX) {
        i = REASONS_MAX - 1;
        (void)snprintf(t->reasons[i].name, REASON_BYTES, "other");
    } else if (i == t->reason_count) {
        (void)snprintf(t->reasons[i].name, REASON_BYTES, "%s", name);
        t->reason_count++;
    }
    return i;
}

void nx_tally_skip(nx_tally *t, const nx_skip *skip)
{
    lock(t);
    size_t i = find_reason(t, skip->reason);
    t->reasons[i].count++;
    t->counts[NX_COUNT_SKIPPED]++;
    t->bad += skip->code != NX_OK;
    bool say = t->say_skips && (skip->code != NX_OK || t->explain);
    if (say && (t->explain || t->reasons[i].listed < LISTED_PER_REASON)) {
        t->reasons[i].listed++;
        (void)fprintf(stderr, "newsindex: skipped: %s\n", skip->text);
    }
    unlock(t);
}

uint64_t nx_tally_get(nx_tally *t, nx_count what)
{
    return value_of(t, &t->counts[what]);
}

uint64_t nx_tally_source_read(nx_tally *t)
{
    return value_of(t, &t->source_bytes);
}

uint64_t nx_tally_records_read(nx_tally *t)
{
    return value_of(t, &t->record_bytes);
}

uint64_t nx_tally_bad(nx_tally *t)
{
    return value_of(t, &t->bad);
}

void nx_tally_summary(nx_tally *t, nx_buf *out)
{
    static const struct {
        nx_count what;
        const char *name;
        bool always;
    } rows[] = {{NX_COUNT_INDEXED, "indexed", true},
                {NX_COUNT_UPDATED, "updated", true},
                {NX_COUNT_UNCHANGED, "unchanged", true},
                {NX_COUNT_REMOVED, "removed", false},
                {NX_COUNT_SKIPPED, "skipped", true}};
    char number[28];
    lock(t);
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        uint64_t n = t->counts[rows[i].what];
        if (rows[i].always || n > 0) {
            nx_buf_addf(out, "%s%s %s", i > 0 ? ", " : "", rows[i].name,
                        nx_format_count(number, n));
        }
    }
    for (size_t i = 0; i < t->reason_count; i++) {
        nx_buf_addf(out, "%s%s %s", i == 0 ? " (" : ", ",
                    nx_format_count(number, t->reasons[i].count), t->reasons[i].name);
    }
    nx_buf_addz(out, t->reason_count > 0 ? "); " : "; ");
    if (t->counts[NX_COUNT_KNOWN] > 0) {
        nx_buf_addf(out, "%s file%s unchanged; ",
                    nx_format_count(number, t->counts[NX_COUNT_KNOWN]),
                    t->counts[NX_COUNT_KNOWN] == 1 ? "" : "s");
    }
    double seconds = (double)(nx_monotonic_ms() - t->started_ms) / 1000;
    nx_buf_addf(out, "%.1f s, %.1f MB/s", seconds,
                seconds > 0 ? (double)t->record_bytes / 1e6 / seconds : 0.0);
    unlock(t);
}

void nx_tally_say_rest(nx_tally *t)
{
    lock(t);
    for (size_t i = 0; i < t->reason_count; i++) {
        uint64_t rest = t->reasons[i].count - t->reasons[i].listed;
        if (t->say_skips && t->reasons[i].listed > 0 && rest > 0) {
            (void)fprintf(stderr, "newsindex: skipped: %llu more: %s\n", (unsigned long long)rest,
                          t->reasons[i].name);
        }
    }
    unlock(t);
}
