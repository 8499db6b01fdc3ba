// status.c: see status.h.
#include "indexer/status.h"

#include <stdio.h>

#include "base/num.h"
#include "base/time.h"
#include "store/alerts.h"
#include "store/store.h"

enum { RUNS_LOOKED_AT = 100000 }; // for the last good one

nx_status nx_index_run_ended(nx_manifest *m, int64_t run, nx_tally *did, const nx_error *why,
                             nx_error *err)
{
    const nx_run ended = {.id = run,
                          .ended_utc = nx_now_utc(),
                          .indexed = nx_tally_get(did, NX_COUNT_INDEXED),
                          .updated = nx_tally_get(did, NX_COUNT_UPDATED),
                          .unchanged = nx_tally_get(did, NX_COUNT_UNCHANGED),
                          .removed = nx_tally_get(did, NX_COUNT_REMOVED),
                          .skipped = nx_tally_get(did, NX_COUNT_SKIPPED),
                          .bytes = nx_tally_records_read(did),
                          .outcome = nx_str_of(nx_status_name(why->code)),
                          .message = why->code != NX_OK ? nx_str_of(why->msg) : NX_STR_NONE};
    return nx_manifest_end_run(m, &ended, err);
}

static void copy(char *to, size_t size, nx_str from)
{
    (void)snprintf(to, size, "%.*s", (int)(from.n < size ? from.n : size),
                   from.p != NULL ? from.p : "");
}

static nx_status on_run(void *ctx, const nx_run *r, nx_error *err)
{
    nx_index_status *s = ctx;
    (void)err;
    if (s->last_utc == 0) {
        s->last_utc = r->started_utc;
        s->seconds = r->ended_utc != 0 ? r->ended_utc - r->started_utc : -1;
        s->indexed = r->indexed;
        s->updated = r->updated;
        s->unchanged = r->unchanged;
        s->removed = r->removed;
        s->skipped = r->skipped;
        copy(s->last_command, sizeof s->last_command, r->command);
        copy(s->last_outcome, sizeof s->last_outcome, r->outcome);
        copy(s->last_message, sizeof s->last_message, r->message);
    }
    if (s->ok_utc == 0 && nx_str_eq(r->outcome, NX_STR("ok"))) {
        s->ok_utc = r->ended_utc;
    }
    if (s->news_utc == 0 && r->indexed + r->updated > 0) {
        s->news_utc = r->ended_utc;
    }
    return NX_OK;
}

static nx_status count_failure(void *ctx, const nx_failure *f, nx_error *err)
{
    (void)f;
    (void)err;
    ((nx_index_status *)ctx)->failures++;
    return NX_OK;
}

static nx_status count_file(void *ctx, const nx_file_state *f, nx_error *err)
{
    (void)f;
    (void)err;
    ((nx_index_status *)ctx)->files++;
    return NX_OK;
}

static nx_status count_alert(void *ctx, const nx_alert *alert, nx_error *err)
{
    nx_index_status *s = ctx;
    (void)err;
    s->alerts++;
    s->alerts_failing += alert->failures > 0;
    s->hits_pending += alert->pending;
    return NX_OK;
}

static nx_status count_news(void *ctx, int64_t number, nx_str unique_term, nx_error *err)
{
    (void)number;
    (void)unique_term;
    (void)err;
    ((nx_index_status *)ctx)->news_waiting++;
    return NX_OK;
}

static nx_status ask_alerts(nx_index_status *s, nx_manifest *m, nx_error *err)
{
    nx_alerts *alerts = NULL;
    nx_status st = nx_alerts_open(&alerts, m, false, err);
    if (st == NX_OK && alerts != NULL) {
        st = nx_alerts_each(alerts, count_alert, s, err);
        st = st == NX_OK ? nx_alerts_each_news(alerts, true, UINT32_MAX, count_news, s, err) : st;
    }
    nx_alerts_close(alerts);
    return st;
}

static nx_status ask_manifest(nx_index_status *s, const char *dir, nx_error *err)
{
    nx_manifest *m = NULL;
    nx_status st = nx_manifest_open(&m, dir, NX_MANIFEST_READ, err);
    if (st == NX_ENOINPUT) {
        return NX_OK; // it was never updated
    }
    st = st == NX_OK ? nx_manifest_each_run(m, RUNS_LOOKED_AT, on_run, s, err) : st;
    st = st == NX_OK ? nx_manifest_each_failure(m, count_failure, s, err) : st;
    st = st == NX_OK ? nx_manifest_each_file(m, NX_STR_NONE, count_file, s, err) : st;
    st = st == NX_OK ? ask_alerts(s, m, err) : st;
    nx_manifest_close(m);
    return st;
}

nx_status nx_index_status_get(nx_index_status *out, const char *dir, int64_t now_utc, nx_error *err)
{
    nx_store *store = NULL;
    *out = (nx_index_status){.now_utc = now_utc};
    nx_status st = nx_store_open(&store, dir, err);
    if (st != NX_OK) {
        return st;
    }
    out->segments = nx_store_segment_count(store);
    for (size_t i = 0; st == NX_OK && i < out->segments; i++) {
        nx_segment_info info;
        st = nx_store_segment(store, i, &info, err);
        out->articles += st == NX_OK ? info.documents : 0;
        out->bytes += st == NX_OK ? info.bytes : 0;
    }
    nx_store_close(store);
    return st == NX_OK ? ask_manifest(out, dir, err) : st;
}

bool nx_is_recent(int64_t now_utc, int64_t then, int64_t span_s)
{
    return then != 0 && now_utc - then <= span_s && then - now_utc <= span_s;
}

bool nx_index_status_stale(const nx_index_status *s, int64_t max_age_s)
{
    return max_age_s > 0 && !nx_is_recent(s->now_utc, s->ok_utc, max_age_s);
}

// "3 h 12 min ago"
static void ago(nx_buf *out, int64_t now, int64_t then)
{
    int64_t s = now - then;
    char when[24];
    nx_buf_addf(out, "%s", nx_format_utc(when, then));
    if (s >= 172800) {
        nx_buf_addf(out, " (%lld days ago)", (long long)(s / 86400));
    } else if (s >= 3600) {
        nx_buf_addf(out, " (%lld h %lld min ago)", (long long)(s / 3600),
                    (long long)(s % 3600 / 60));
    } else if (s >= 60) {
        nx_buf_addf(out, " (%lld min ago)", (long long)(s / 60));
    } else if (s >= 0) {
        nx_buf_addf(out, " (%lld second%s ago)", (long long)s, s == 1 ? "" : "s");
    } else {
        nx_buf_addz(out, " (in the future: was the clock wrong?)");
    }
}

static void when_line(nx_buf *out, const char *name, int64_t now, int64_t then)
{
    nx_buf_addf(out, "%-12s", name);
    if (then == 0) {
        nx_buf_addz(out, "never");
    } else {
        ago(out, now, then);
    }
    nx_buf_addc(out, '\n');
}

void nx_index_status_text(const nx_index_status *s, nx_buf *out)
{
    char a[28], b[28];
    when_line(out, "last good", s->now_utc, s->ok_utc);
    when_line(out, "last news", s->now_utc, s->news_utc);
    when_line(out, "last run", s->now_utc, s->last_utc);
    if (s->last_utc != 0) {
        nx_buf_addf(out, "%-12s%s: ", "", s->last_command);
        if (s->seconds < 0) {
            nx_buf_addz(out, "has not ended: it runs, or was killed");
        } else {
            nx_buf_addf(out,
                        "%s, %lld s: indexed %llu, updated %llu, unchanged %llu, removed %llu,"
                        " skipped %llu",
                        s->last_outcome, (long long)s->seconds, (unsigned long long)s->indexed,
                        (unsigned long long)s->updated, (unsigned long long)s->unchanged,
                        (unsigned long long)s->removed, (unsigned long long)s->skipped);
        }
        nx_buf_addc(out, '\n');
        if (s->last_message[0] != '\0') {
            nx_buf_addf(out, "%-12s%s\n", "", s->last_message);
        }
    }
    nx_buf_addf(out, "%-12s%s in %llu segment%s, %s\n", "articles", nx_format_count(a, s->articles),
                (unsigned long long)s->segments, s->segments == 1 ? "" : "s",
                nx_format_bytes(b, s->bytes));
    nx_buf_addf(out, "%-12s%s known, %s failure%s\n", "files", nx_format_count(a, s->files),
                nx_format_count(b, s->failures), s->failures == 1 ? "" : "s");
    if (s->alerts > 0) {
        nx_buf_addf(out, "%-12s%s, %s hit%s not delivered, %llu failing\n", "alerts",
                    nx_format_count(a, s->alerts), nx_format_count(b, s->hits_pending),
                    s->hits_pending == 1 ? "" : "s", (unsigned long long)s->alerts_failing);
    }
    if (s->alerts > 0 && s->news_waiting > 0) { // another run is at it, or the last one failed
        nx_buf_addf(out, "%-12s%s new article%s not looked through yet\n", "",
                    nx_format_count(a, s->news_waiting), s->news_waiting == 1 ? "" : "s");
    }
}

static void when_member(nx_jsonw *w, const char *key, int64_t then)
{
    char text[24];
    nx_jsonw_key(w, key);
    if (then == 0) {
        nx_jsonw_null(w);
    } else {
        nx_jsonw_str(w, nx_str_of(nx_format_utc(text, then)));
    }
}

void nx_index_status_json(const nx_index_status *s, nx_jsonw *w)
{
    when_member(w, "last_good", s->ok_utc);
    when_member(w, "last_news", s->news_utc);
    nx_jsonw_key(w, "lag_seconds");
    if (s->ok_utc == 0) {
        nx_jsonw_null(w);
    } else {
        nx_jsonw_int(w, s->now_utc - s->ok_utc);
    }
    nx_jsonw_key(w, "last_run");
    if (s->last_utc == 0) {
        nx_jsonw_null(w);
    } else {
        nx_jsonw_object(w);
        when_member(w, "started", s->last_utc);
        nx_jsonw_kstr(w, "command", nx_str_of(s->last_command));
        nx_jsonw_kstr(w, "outcome",
                      s->last_outcome[0] != '\0' ? nx_str_of(s->last_outcome) : NX_STR_NONE);
        nx_jsonw_kstr(w, "message",
                      s->last_message[0] != '\0' ? nx_str_of(s->last_message) : NX_STR_NONE);
        nx_jsonw_kint(w, "seconds", s->seconds);
        nx_jsonw_kint(w, "indexed", (int64_t)s->indexed);
        nx_jsonw_kint(w, "updated", (int64_t)s->updated);
        nx_jsonw_kint(w, "unchanged", (int64_t)s->unchanged);
        nx_jsonw_kint(w, "removed", (int64_t)s->removed);
        nx_jsonw_kint(w, "skipped", (int64_t)s->skipped);
        nx_jsonw_end(w);
    }
    nx_jsonw_kint(w, "articles", (int64_t)s->articles);
    nx_jsonw_kint(w, "segments", (int64_t)s->segments);
    nx_jsonw_kint(w, "bytes", (int64_t)s->bytes);
    nx_jsonw_kint(w, "files", (int64_t)s->files);
    nx_jsonw_kint(w, "failures", (int64_t)s->failures);
    nx_jsonw_kint(w, "alerts", (int64_t)s->alerts);
    nx_jsonw_kint(w, "alerts_failing", (int64_t)s->alerts_failing);
    nx_jsonw_kint(w, "alert_hits_pending", (int64_t)s->hits_pending);
    nx_jsonw_kint(w, "alert_news_waiting", (int64_t)s->news_waiting);
}
