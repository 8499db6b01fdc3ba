// update_account.c: what the files of a run gave, and what they give no longer; see update.h.
#include <stdio.h>
#include <stdlib.h>

#include "indexer/update_internal.h"

enum {
    RETRY_FIRST_S = 300, // doubled with every attempt
    RETRY_EMBARGO_S = 900,
};

// Room for one more item of an array.
static bool grow(void *array, size_t count, size_t *cap, size_t item)
{
    void **items = array;
    if (count < *cap) {
        return true;
    }
    size_t more = *cap == 0 ? 256 : *cap * 2;
    void *bigger = realloc(*items, more * item);
    if (bigger == NULL) {
        return false;
    }
    *items = bigger;
    *cap = more;
    return true;
}

// The work of that path, or NULL.
static nx_work *find_work(nx_update *u, nx_str path)
{
    if (u->last_work < u->work_count &&
        nx_str_eq(nx_str_of(u->works[u->last_work].file->path), path)) {
        return &u->works[u->last_work];
    }
    size_t low = 0, high = u->work_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = nx_str_cmp(nx_str_of(u->works[middle].file->path), path);
        if (order == 0) {
            u->last_work = middle;
            return &u->works[middle];
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return NULL;
}

static int by_bytes(const void *a, const void *b)
{
    return nx_str_cmp(*(const nx_str *)a, *(const nx_str *)b);
}

// ---- hooks of the intake

bool nx_update_on_article(void *ctx, nx_str file, nx_str unique_term)
{
    nx_update *u = ctx;
    if (u->only != NULL) {
        return bsearch(&unique_term, u->only, u->only_count, sizeof *u->only, by_bytes) != NULL;
    }
    nx_work *w = find_work(u, file);
    if (w == NULL) {
        return true;
    }
    w->articles++;
    if (!w->file->source->remove_vanished) {
        return true;
    }
    nx_str term = nx_arena_copy(u->arena, unique_term);
    if (term.p == NULL || !grow(&u->given, u->given_count, &u->given_cap, sizeof *u->given)) {
        (void)nx_fail_nomem(&u->account_error);
        return true;
    }
    u->given[u->given_count++] = (nx_update_given){(size_t)(w - u->works), term};
    return true;
}

void nx_update_on_added(void *ctx, nx_str unique_term)
{
    nx_news_added(((nx_update *)ctx)->news, unique_term);
}

nx_status nx_update_on_moved(void *ctx, nx_str from, nx_str to, nx_error *err)
{
    return nx_news_moved(((nx_update *)ctx)->news, from, to, err);
}

static void note_failure(nx_update *u, const nx_work *w, nx_str place, nx_str reason)
{
    nx_update_failure f = {.work = (size_t)(w - u->works),
                           .place = nx_arena_copy(u->arena, place),
                           .reason = nx_arena_copy(u->arena, reason)};
    if (f.place.p == NULL || f.reason.p == NULL ||
        !grow(&u->failures, u->failure_count, &u->failure_cap, sizeof *u->failures)) {
        (void)nx_fail_nomem(&u->account_error);
        return;
    }
    u->failures[u->failure_count++] = f;
}

void nx_update_on_skip(void *ctx, const nx_skip *skip)
{
    nx_update *u = ctx;
    nx_work *w = u->only == NULL ? find_work(u, skip->file) : NULL;
    if (w == NULL) {
        return;
    }
    w->retry_later = w->retry_later || strcmp(skip->reason, "embargoed") == 0;
    if (skip->code == NX_OK) {
        return;
    }
    if (skip->code == NX_EIO) { // the rest of it may be there the next time
        w->failure = NX_EIO;
    }
    w->skipped++;
    if (w->listed == NX_UPDATE_FAILURES_PER_FILE) {
        return;
    }
    w->listed++;
    char place[300];
    int member = (int)(skip->member.n < 250 ? skip->member.n : 250);
    int n =
        snprintf(place, sizeof place, "%.*s", member, skip->member.p != NULL ? skip->member.p : "");
    if (skip->offset != 0 && n >= 0) {
        (void)snprintf(place + n, sizeof place - (size_t)n, "%s%llu",
                       skip->offset_is_line ? ":" : "@", (unsigned long long)skip->offset);
    }
    note_failure(u, w, nx_str_of(place), nx_str_of(skip->text));
}

nx_status nx_update_on_committing(void *ctx, nx_error *err)
{
    nx_update *u = ctx;
    if (u->account_error.code != NX_OK) {
        *err = u->account_error;
        return err->code;
    }
    if (u->given_count == 0 && !nx_news_waiting(u->news)) {
        return NX_OK;
    }
    nx_status st = nx_manifest_begin(u->manifest, err);
    st = st == NX_OK ? nx_news_note(u->news, err) : st;
    for (size_t i = 0; st == NX_OK && i < u->given_count; i++) {
        const nx_scan_file *f = u->works[u->given[i].work].file;
        st = nx_ledger_enter(u->ledger, f->source->name, nx_str_of(f->path),
                             u->given[i].unique_term, u->run, err);
    }
    u->given_count = 0;
    return st == NX_OK ? nx_manifest_commit(u->manifest, err) : st;
}

// ---- articles that are given no longer

typedef struct drop {
    nx_update *u;
    nx_arena *arena;
    nx_str *terms;
    size_t term_count, term_cap;
    nx_str *others; // files that have a copy and have not been read in this run
    size_t other_count, other_cap;
} drop;

static nx_status collect_term(void *ctx, nx_str term, nx_error *err)
{
    drop *d = ctx;
    nx_str copy = nx_arena_copy(d->arena, term);
    if (copy.p == NULL || !grow(&d->terms, d->term_count, &d->term_cap, sizeof *d->terms)) {
        return nx_fail_nomem(err);
    }
    d->terms[d->term_count++] = copy;
    return NX_OK;
}

static nx_status collect_other(void *ctx, nx_str path, nx_error *err)
{
    drop *d = ctx;
    const nx_work *w = find_work(d->u, path);
    if (nx_scan_find(d->u->scan, path) == NULL) {
        return NX_OK; // gone as well
    }
    if (w != NULL && w->from == 0) {
        return NX_OK; // read in this run, before or after: what it has is told by itself
    }
    nx_str copy = nx_arena_copy(d->arena, path);
    if (copy.p == NULL || !grow(&d->others, d->other_count, &d->other_cap, sizeof *d->others)) {
        return nx_fail_nomem(err);
    }
    d->others[d->other_count++] = copy;
    return NX_OK;
}

// Copies of dropped articles that other files have come in again: the newest of them stays.
static nx_status read_others(drop *d, nx_error *err)
{
    nx_update *u = d->u;
    nx_status st = NX_OK;
    qsort(d->others, d->other_count, sizeof *d->others, by_bytes);
    qsort(d->terms, d->term_count, sizeof *d->terms, by_bytes);
    u->only = d->terms;
    u->only_count = d->term_count;
    for (size_t i = 0; st == NX_OK && i < d->other_count; i++) {
        if (i > 0 && nx_str_eq(d->others[i], d->others[i - 1])) {
            continue;
        }
        const nx_scan_file *f = nx_scan_find(u->scan, d->others[i]);
        st = nx_intake_read(u->intake, f->path, &f->source->corpus, err);
        if (st == NX_EIO || st == NX_ENOINPUT) {
            st = NX_OK; // it vanished since the scan: the next run sees to it
        }
    }
    st = st == NX_OK ? nx_intake_checkpoint(u->intake, err) : st;
    u->only = NULL;
    return st;
}

nx_status nx_update_drop(nx_update *u, const char *const *paths, size_t count, nx_error *err)
{
    static const size_t arena_bytes = (size_t)1 << 30;
    drop d = {.u = u, .arena = nx_arena_new(arena_bytes)};
    nx_status st = d.arena != NULL ? NX_OK : nx_fail_nomem(err);
    for (size_t i = 0; st == NX_OK && i < count; i++) {
        nx_str path = nx_str_of(paths[i]);
        size_t first = d.term_count;
        st = nx_ledger_each_dropped(u->ledger, path, u->run, collect_term, &d, err);
        for (size_t t = first; st == NX_OK && t < d.term_count; t++) {
            bool given = false, removed = false;
            st = nx_ledger_given_in(u->ledger, d.terms[t], u->run, &given, err);
            if (st != NX_OK || given) {
                continue; // a file that was read in this run has it: that copy stays
            }
            st = nx_ledger_each_other(u->ledger, path, d.terms[t], collect_other, &d, err);
            st = st == NX_OK ? nx_news_leaving(u->news, u->writer, d.terms[t], err) : st;
            st = st == NX_OK ? nx_intake_remove(u->intake, d.terms[t], &removed, err) : st;
            nx_tally_add(u->tally, NX_COUNT_REMOVED, removed);
        }
    }
    st = st == NX_OK ? nx_news_compare(u->news, u->writer, err) : st;
    if (st == NX_OK && d.other_count > 0) {
        st = read_others(&d, err);
    }
    free(d.terms);
    free(d.others);
    nx_arena_free(d.arena);
    return st;
}

// ---- the manifest

static int64_t next_retry(const nx_update *u, const nx_work *w)
{
    if (w->failure == NX_OK) {
        return w->retry_later ? u->options->now_utc + RETRY_EMBARGO_S : 0;
    }
    unsigned attempts = w->known != NULL ? w->known->attempts : 0;
    int64_t wait = RETRY_FIRST_S;
    for (unsigned i = 0; i < attempts && wait < NX_UPDATE_RETRY_MAX_S; i++) {
        wait *= 2;
    }
    return u->options->now_utc + (wait < NX_UPDATE_RETRY_MAX_S ? wait : NX_UPDATE_RETRY_MAX_S);
}

static nx_status note_embargo(nx_update *u, const nx_work *w, nx_error *err)
{
    nx_buf reason;
    nx_buf_init(&reason, 1 << 16);
    nx_buf_addf(&reason, "%s: holds articles under embargo", w->file->path);
    const nx_failure f = {.path = nx_str_of(w->file->path),
                          .reason = nx_buf_str(&reason),
                          .last_utc = u->options->now_utc,
                          .retry_utc = next_retry(u, w)};
    nx_status st = nx_buf_check(&reason, "a path", err);
    st = st == NX_OK ? nx_manifest_put_failure(u->manifest, &f, err) : st;
    nx_buf_release(&reason);
    return st;
}

static nx_status record_work(nx_update *u, nx_work *w, nx_error *err)
{
    nx_str path = nx_str_of(w->file->path);
    const nx_known_file *k = w->known;
    bool same = k != NULL && k->size == w->file->size && k->mtime_ns == w->file->mtime_ns;
    nx_file_outcome outcome = w->failure != NX_OK                   ? NX_FILE_FAILED
                              : w->skipped > 0                      ? NX_FILE_PARTIAL
                              : w->articles == 0 && !w->retry_later ? NX_FILE_IGNORED
                                                                    : NX_FILE_DONE;
    const nx_file_state state = {.path = path,
                                 .size = w->file->size,
                                 .mtime_ns = w->file->mtime_ns,
                                 .hash = w->has_hash ? nx_str_make((const char *)w->hash, 16)
                                                     : NX_STR_NONE,
                                 .articles = w->articles,
                                 .skipped = w->skipped,
                                 .outcome = outcome,
                                 .read_offset = w->resume,
                                 .run = u->run};
    nx_status st = nx_manifest_put_file(u->manifest, &state, err);
    // Attempts are counted as long as the file stays as it is; what has been added to a file says
    // nothing about what was there before.
    if (st == NX_OK && w->from == 0 && (!same || w->failure == NX_OK)) {
        st = nx_manifest_clear_failures(u->manifest, path, err);
    }
    if (st == NX_OK && w->failure == NX_OK && w->retry_later) {
        st = note_embargo(u, w, err);
    }
    bool strike = w->failure == NX_OK && w->from == 0 && w->file->source->remove_vanished;
    if (st == NX_OK && strike) {
        st = nx_ledger_strike(u->ledger, path, u->run, err);
    }
    u->report->failed += w->failure != NX_OK;
    w->recorded = st == NX_OK;
    return st;
}

nx_status nx_update_record(nx_update *u, nx_error *err)
{
    nx_status st = nx_manifest_begin(u->manifest, err);
    for (size_t i = 0; st == NX_OK && i < u->work_count; i++) {
        if (u->works[i].done && !u->works[i].recorded) {
            st = record_work(u, &u->works[i], err);
        }
    }
    for (size_t i = 0; st == NX_OK && i < u->failure_count; i++) {
        const nx_work *w = &u->works[u->failures[i].work];
        const nx_failure f = {.path = nx_str_of(w->file->path),
                              .place = u->failures[i].place,
                              .reason = u->failures[i].reason,
                              .last_utc = u->options->now_utc,
                              .retry_utc = next_retry(u, w)};
        if (w->recorded) {
            st = nx_manifest_put_failure(u->manifest, &f, err);
        }
    }
    st = st == NX_OK ? nx_manifest_commit(u->manifest, err) : st;
    u->failure_count = 0;
    nx_arena_clear(u->arena);
    return st;
}
