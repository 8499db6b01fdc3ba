// alerts.c: see alerts.h.
#include "indexer/alerts.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/time.h"
#include "indexer/alert_send.h"
#include "indexer/alert_text.h"
#include "indexer/child.h"
#include "indexer/command.h"
#include "store/store.h"

enum {
    SEARCH_SECONDS = 1800, // that looking through some news may take
    DELIVER_SECONDS = 300, // after which the rest waits for the next run
    READ_BYTES = 1 << 16,
    NO_HITS = 1, // exit statuses of newssearch
    USAGE = 2,   // which it calls an option it does not know
};

typedef struct running {
    const char *dir;
    nx_manifest *manifest;
    nx_alerts *alerts;
    nx_store *store; // the articles that lines speak of; NULL: not opened
    nx_alerts_report *report;
    nx_alerts_say *say;
    void *ctx;
    int64_t first;   // number of the first piece of news
    int64_t through; // what newssearch says it has looked through
    bool ended;      // it has said so
} running;

static void say(const running *r, const char *fmt, ...) NX_PRINTF(2, 3);

static void say(const running *r, const char *fmt, ...)
{
    char text[600];
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    r->say(r->ctx, text);
}

// ---- what newssearch found ----------------------------------------------------------------------

// What an alert remembers of a hit: the article, its text, its story.
static nx_status enter(running *r, const nx_finding *f, nx_str term, nx_str line, nx_error *err)
{
    nx_found found = {.exists = false};
    bool entered = false;
    nx_buf own; // the term is borrowed from what comes next
    nx_buf_init(&own, term.n + 1);
    nx_buf_adds(&own, term);
    nx_status st = nx_buf_check(&own, "a term", err);
    if (st == NX_OK && r->store == NULL) {
        st = nx_store_open_local(&r->store, r->dir, err);
    }
    st = st == NX_OK ? nx_store_find(r->store, nx_buf_str(&own), &found, err) : st;
    const nx_str keys[] = {nx_buf_str(&own), f->family,
                           found.exists
                               ? nx_str_make((const char *)found.content, sizeof found.content)
                               : NX_STR_NONE};
    if (st == NX_OK) {
        st = nx_alerts_enter(r->alerts, f->alert, keys, 3, line, nx_now_utc(), &entered, err);
    }
    r->report->hits += entered;
    nx_buf_release(&own);
    return st;
}

static nx_status take_hit(running *r, const nx_finding *f, nx_str line, nx_error *err)
{
    nx_alert alert;
    nx_str term = NX_STR_NONE;
    bool found = false;
    nx_status st = nx_alerts_get(r->alerts, f->alert, &alert, &found, err);
    if (st != NX_OK || !found || alert.paused || f->number <= alert.since) {
        return st; // removed or paused meanwhile
    }
    st = nx_alerts_news_term(r->alerts, f->number, &term, err);
    if (st == NX_OK && term.p == NULL) {
        st = nx_fail(err, NX_EFORMAT, "a hit that is no news");
    }
    return st == NX_OK ? enter(r, f, term, line, err) : st;
}

static nx_status take_line(running *r, nx_str line, nx_error *err)
{
    nx_finding f;
    nx_status st = nx_finding_read(&f, line, err);
    if (st != NX_OK) {
        return st;
    }
    if (r->ended) {
        st = nx_fail(err, NX_EFORMAT, "more lines after the last");
    } else if (f.kind == NX_FINDING_HIT) {
        st = take_hit(r, &f, line, err);
    } else if (f.kind == NX_FINDING_ERROR) {
        say(r, "alert %.*s: %.*s", (int)(f.alert.n < 80 ? f.alert.n : 80), f.alert.p,
            (int)(f.message.n < 300 ? f.message.n : 300), f.message.p);
        st = nx_alerts_failed(r->alerts, f.alert, nx_now_utc(), f.message, err);
        r->report->failed++;
    } else {
        r->through = f.number;
        r->ended = true;
    }
    nx_finding_free(&f);
    return st;
}

static nx_status take_lines(running *r, int fd, nx_error *err)
{
    nx_status st = NX_OK;
    nx_buf text;
    size_t start = 0;
    nx_buf_init(&text, NX_ALERT_LINE_MAX + READ_BYTES);
    for (ssize_t n = 1; st == NX_OK && n > 0;) {
        char *to = nx_buf_reserve(&text, READ_BYTES);
        if (to == NULL) {
            st = nx_buf_check(&text, "a line about alerts", err);
            break;
        }
        n = read(fd, to, READ_BYTES);
        if (n < 0) {
            st = nx_fail_errno(err, errno, "a temporary file");
            break;
        }
        text.len += (size_t)n;
        for (char *nl = NULL;
             st == NX_OK && (nl = memchr(text.data + start, '\n', text.len - start)) != NULL;) {
            size_t end = (size_t)(nl - text.data);
            st = take_line(r, nx_str_make(text.data + start, end - start), err);
            start = end + 1;
        }
        memmove(text.data, text.data + start, text.len - start);
        nx_buf_truncate(&text, text.len - start);
        start = 0;
    }
    if (st == NX_OK && (!r->ended || text.len > 0)) {
        st = nx_fail(err, NX_EFORMAT, "lines about alerts without an end");
    } else if (st == NX_OK && r->through < r->first) { // there would be no end of asking
        st = nx_fail(err, NX_EFORMAT, "no news was looked through");
    }
    nx_buf_release(&text);
    return st;
}

// All of it, or nothing.
static nx_status take_output(running *r, int fd, nx_error *err)
{
    nx_error ignored = NX_ERROR_INIT;
    uint64_t hits = r->report->hits;
    r->ended = false;
    nx_status st = nx_manifest_begin(r->manifest, err);
    if (st != NX_OK) {
        return st;
    }
    st = take_lines(r, fd, err);
    st = st == NX_OK ? nx_alerts_strike_news(r->alerts, r->through, err) : st;
    st = st == NX_OK ? nx_manifest_commit(r->manifest, err) : st;
    if (st != NX_OK) {
        r->report->hits = hits;
        if (nx_manifest_rollback(r->manifest, &ignored) != NX_OK) {
            nx_wrap(err, "%s; ", ignored.msg);
        }
    }
    nx_store_close(r->store);
    r->store = NULL;
    return st;
}

static nx_status look_through(running *r, nx_error *err)
{
    int status = 0;
    FILE *output = tmpfile();
    char *program = nx_child_sibling("newssearch"), *dir = strdup(r->dir);
    nx_status st = NX_OK;
    if (output == NULL) {
        st = nx_fail_errno(err, errno, "a temporary file");
    } else if (program == NULL || dir == NULL) {
        st = nx_fail_nomem(err);
    }
    if (st == NX_OK) {
        char *const argv[] = {program, "--alerts", "--index", dir, NULL};
        const nx_child child = {
            .argv = argv, .in_fd = -1, .out_fd = fileno(output), .seconds = SEARCH_SECONDS};
        st = nx_child_run(&child, &status, err);
    }
    if (st == NX_OK && status > NO_HITS) { // it has said why
        st = nx_fail(err, NX_EIO, "%s --alerts: exit status %d%s", program, status,
                     status == USAGE ? ", so it is not of this version" : "");
    }
    if (st == NX_OK && lseek(fileno(output), 0, SEEK_SET) != 0) {
        st = nx_fail_errno(err, errno, "a temporary file");
    }
    if (st == NX_OK) {
        st = take_output(r, fileno(output), err);
        if (st ==
            NX_EFORMAT) { // nobody's input, but a program that is not the one that belongs here
            (void)nx_wrap(err, "%s --alerts: ", program);
            st = err->code = NX_EIO;
        }
    }
    if (output != NULL) {
        (void)fclose(output);
    }
    free(program);
    free(dir);
    return st;
}

// ---- delivery -----------------------------------------------------------------------------------

typedef struct names {
    nx_arena *arena;
    nx_str *items;
    size_t count, cap;
} names;

static nx_status note_name(void *ctx, const nx_alert *alert, nx_error *err)
{
    names *n = ctx;
    if (alert->pending == 0 || alert->paused) {
        return NX_OK;
    }
    if (n->count == n->cap) {
        size_t cap = n->cap != 0 ? n->cap * 2 : 64;
        nx_str *grown = realloc(n->items, cap * sizeof *grown);
        if (grown == NULL) {
            return nx_fail_nomem(err);
        }
        n->items = grown;
        n->cap = cap;
    }
    n->items[n->count++] = nx_arena_copy(n->arena, alert->name);
    return nx_arena_check(n->arena, "the names of alerts", err);
}

static nx_alert copy_alert(const nx_alert *from, nx_arena *arena)
{
    nx_alert alert = *from;
    alert.name = nx_arena_copy(arena, from->name);
    alert.query = nx_arena_copy(arena, from->query);
    alert.target = nx_arena_copy(arena, from->target);
    alert.reason = NX_STR_NONE;
    return alert;
}

// A failure of one alert is noted with it and said; it does not keep the others back.
static nx_status deliver(running *r, nx_str name, nx_arena *arena, nx_error *err)
{
    nx_alert read, alert;
    nx_error failure = NX_ERROR_INIT;
    bool found = false;
    uint64_t sent = 0;
    nx_status st = nx_alerts_get(r->alerts, name, &read, &found, err);
    if (st != NX_OK || !found) {
        return st;
    }
    alert = copy_alert(&read, arena);
    st = nx_arena_check(arena, "an alert", err);
    if (st != NX_OK) {
        return st;
    }
    nx_status sending = nx_alert_send(r->alerts, &alert, nx_now_utc(), &sent, &failure);
    r->report->delivered += sent;
    r->report->pending += alert.pending - sent;
    if (sending == NX_OK || sending == NX_ESTOP) {
        return sending == NX_OK ? NX_OK : nx_fail(err, NX_ESTOP, "%s", failure.msg);
    }
    r->report->failed++;
    say(r, "alert %.*s: %s", (int)name.n, name.p, failure.msg);
    return nx_alerts_failed(r->alerts, name, nx_now_utc(), nx_str_of(failure.msg), err);
}

static nx_status deliver_all(running *r, nx_error *err)
{
    enum { ARENA_BYTES = 1 << 28 };
    names all = {.arena = nx_arena_new(ARENA_BYTES)};
    nx_arena *arena = nx_arena_new(ARENA_BYTES);
    nx_status st = all.arena != NULL && arena != NULL ? NX_OK : nx_fail_nomem(err);
    const uint64_t end = nx_monotonic_ms() + (uint64_t)DELIVER_SECONDS * 1000;
    st = st == NX_OK ? nx_alerts_each(r->alerts, note_name, &all, err) : st;
    for (size_t i = 0; st == NX_OK && i < all.count; i++) {
        if (nx_signal_came()) {
            st = nx_fail(err, NX_ESTOP, "stopped: what was found is delivered by the next run");
        } else if (nx_monotonic_ms() >= end) {
            say(r, "delivering takes long: %zu alerts are left to the next run", all.count - i);
            r->report->failed++;
            break;
        } else {
            nx_arena_clear(arena);
            st = deliver(r, all.items[i], arena, err);
        }
    }
    free(all.items);
    nx_arena_free(all.arena);
    nx_arena_free(arena);
    return st;
}

// ---- after a run --------------------------------------------------------------------------------

static nx_status note_first(void *ctx, int64_t number, nx_str term, nx_error *err)
{
    (void)term;
    (void)err;
    *(int64_t *)ctx = number;
    return NX_OK;
}

static nx_status find_news(running *r, nx_error *err)
{
    r->first = 0;
    return nx_alerts_each_news(r->alerts, true, 1, note_first, &r->first, err);
}

static nx_status run(running *r, nx_error *err)
{
    bool active = false;
    nx_status st = find_news(r, err);
    while (st == NX_OK && r->first != 0 && !nx_signal_came()) {
        st = nx_alerts_active(r->alerts, &active, err);
        if (st == NX_OK && !active) { // nobody wants it any more
            st = nx_alerts_strike_news(r->alerts, INT64_MAX, err);
        } else if (st == NX_OK) {
            st = look_through(r, err);
        }
        st = st == NX_OK ? find_news(r, err) : st;
    }
    // What was found is delivered also when looking further fails.
    nx_error failure = NX_ERROR_INIT;
    nx_status delivered = deliver_all(r, &failure);
    if (st == NX_OK && delivered != NX_OK) {
        *err = failure;
        st = delivered;
    }
    return st;
}

// Nothing is made, and nothing waited for, where there are no alerts.
static nx_status open_alerts(running *r, nx_error *err)
{
    nx_status st = nx_manifest_open(&r->manifest, r->dir, NX_MANIFEST_READ, err);
    if (st == NX_ENOINPUT) {
        return NX_OK;
    }
    st = st == NX_OK ? nx_alerts_open(&r->alerts, r->manifest, false, err) : st;
    const bool there = r->alerts != NULL;
    nx_alerts_close(r->alerts);
    nx_manifest_close(r->manifest);
    r->alerts = NULL;
    r->manifest = NULL;
    if (st != NX_OK || !there) {
        return st;
    }
    st = nx_manifest_open(&r->manifest, r->dir, NX_MANIFEST_WRITE, err);
    return st == NX_OK ? nx_alerts_open(&r->alerts, r->manifest, false, err) : st;
}

nx_status nx_alerts_run(const char *index_dir, nx_alerts_report *report, nx_alerts_say *tell,
                        void *ctx, nx_error *err)
{
    running r = {.dir = index_dir, .report = report, .say = tell, .ctx = ctx};
    *report = (nx_alerts_report){.hits = 0};
    nx_status st = open_alerts(&r, err);
    if (st == NX_OK && r.alerts != NULL) {
        st = nx_alerts_take_turn(r.alerts, index_dir, 0, err);
        if (st == NX_EBUSY) { // also a command of an alert that brings articles
            report->busy = true;
            st = NX_OK;
        } else if (st == NX_OK) {
            st = run(&r, err);
        }
    }
    nx_alerts_close(r.alerts);
    nx_manifest_close(r.manifest);
    return st;
}
