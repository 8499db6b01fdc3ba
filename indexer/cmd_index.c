// cmd_index.c: newsindex remove, stats, check and compact: looking after an index.
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/jsonw.h"
#include "base/num.h"
#include "base/tty.h"
#include "corpus/attribute.h"
#include "indexer/command.h"
#include "indexer/intake.h"
#include "schema/schema.h"
#include "text/analysis.h"

static struct {
    const char *index;
    bool quiet, json;
    int64_t wait;
} options = {.wait = 60};

#define ROW_WAIT                                                                                   \
    {                                                                                              \
        .kind = NX_OPT_DURATION, .name = "wait", .arg = "SPAN",                                    \
        .help = "Wait this long for another writer to end; default 60s", .to = &options.wait       \
    }

const nx_opt nx_remove_rows[] = {
    NX_ROW_INDEX(&options.index), NX_ROW_QUIET(&options.quiet), ROW_WAIT, {.kind = NX_OPT_END}};
const nx_opt nx_stats_rows[] = {
    NX_ROW_INDEX(&options.index), NX_ROW_JSON(&options.json), {.kind = NX_OPT_END}};
const nx_opt nx_check_rows[] = {
    NX_ROW_INDEX(&options.index), NX_ROW_QUIET(&options.quiet), ROW_WAIT, {.kind = NX_OPT_END}};
const nx_opt nx_compact_rows[] = {
    NX_ROW_INDEX(&options.index), NX_ROW_QUIET(&options.quiet), ROW_WAIT, {.kind = NX_OPT_END}};

// What every command here begins with. false: *status is the exit status.
static bool begin(const char *name, int argc, char **argv, int *first, char **index, int *status)
{
    nx_error err = NX_ERROR_INIT;
    if (!nx_command_options(nx_command_find(name), argc, argv, first, status)) {
        return false;
    }
    if (*first < argc && strcmp(name, "remove") != 0) {
        (void)nx_fail(&err, NX_EUSAGE, "%s: what is '%.80s' for? The index is given by --index",
                      name, argv[*first]);
        *status = nx_complain(&err);
        return false;
    }
    *index = nx_index_path(options.index);
    if (*index == NULL) {
        (void)nx_fail(&err, NX_EUSAGE, "no index: give --index or set HOME");
        *status = nx_complain(&err);
        return false;
    }
    return true;
}

static nx_status open_writer(nx_writer **out, const char *index, nx_error *err)
{
    const nx_writer_options how = {.analysis = NX_ANALYSIS, .wait_seconds = (unsigned)options.wait};
    return nx_writer_open(out, index, &how, err);
}

// ---- remove

// The article that is known by what the user typed, an id as search results show it.
static nx_status remove_id(nx_intake *r, nx_str id, bool *removed, nx_error *err)
{
    nx_buf term;
    nx_buf_init(&term, 1 << 16);
    nx_unique_term(id, &term);
    nx_status st = nx_buf_check(&term, "the id", err);
    st = st == NX_OK ? nx_intake_remove(r, nx_buf_str(&term), removed, err) : st;
    if (st == NX_OK && !*removed) { // its source may have withdrawn it
        st = nx_intake_forget(r, nx_buf_str(&term), err);
    }
    nx_buf_release(&term);
    return st;
}

// The same, in any form of a URL.
static nx_status remove_typed(nx_intake *r, const char *typed, bool *removed, nx_error *err)
{
    nx_buf url;
    nx_buf_init(&url, 1 << 16);
    nx_status st = remove_id(r, nx_str_of(typed), removed, err);
    if (st == NX_OK && !*removed && nx_url_canonical(nx_str_of(typed), &url)) {
        st = remove_id(r, nx_buf_str(&url), removed, err);
    }
    nx_buf_release(&url);
    return st;
}

static nx_status remove_all(nx_writer *w, const char *index, char **ids, unsigned *removed_count,
                            int *status, nx_error *err)
{
    const nx_intake_options how = {.writer = NX_INTAKE_XAPIAN};
    nx_intake *r = NULL;
    nx_tally *tally = nx_tally_new(false, false);
    nx_status st =
        tally != NULL ? nx_intake_new(&r, w, index, &how, tally, err) : nx_fail_nomem(err);
    for (; st == NX_OK && *ids != NULL; ids++) {
        bool removed = false;
        st = remove_typed(r, *ids, &removed, err);
        *removed_count += removed;
        if (st == NX_OK && !removed) {
            (void)fprintf(stderr, "newsindex: not in the index: %s\n", *ids);
            *status = EX_NOINPUT;
        }
    }
    st = st == NX_OK ? nx_intake_checkpoint(r, err) : st;
    nx_intake_free(r);
    nx_tally_free(tally);
    return st;
}

int nx_cmd_remove(int argc, char **argv)
{
    int first = 0, status = EX_OK;
    char *index = NULL;
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = NULL;
    if (!begin("remove", argc, argv, &first, &index, &status)) {
        return status;
    }
    if (first == argc) {
        free(index);
        (void)nx_fail(&err, NX_EUSAGE, "remove: which? Give ids or URLs as results show them");
        return nx_complain(&err);
    }
    nx_status st = open_writer(&w, index, &err);
    unsigned removed_count = 0;
    st = st == NX_OK ? remove_all(w, index, argv + first, &removed_count, &status, &err) : st;
    if (st == NX_OK) {
        st = nx_writer_close(w, &err);
    } else {
        nx_writer_abort(w);
    }
    free(index);
    if (st != NX_OK) {
        return nx_complain(&err);
    }
    if (!options.quiet) {
        (void)fprintf(stderr, "newsindex: removed %u\n", removed_count);
    }
    return status;
}

// ---- stats

typedef struct stats {
    nx_xstats all;
    uint64_t bytes;
    uint32_t undated;
    char first[16], last[16]; // days of the oldest and the newest article
} stats;

static void day_of(nx_str value, char out[16])
{
    if (value.n >= 8) {
        (void)snprintf(out, 16, "%.4s-%.2s-%.2s", value.p, value.p + 4, value.p + 6);
    }
}

static nx_status gather(void *ctx, nx_xdb *db, nx_error *err)
{
    stats *s = ctx;
    nx_buf low, high;
    uint32_t dated = 0;
    nx_buf_init(&low, 1 << 12);
    nx_buf_init(&high, 1 << 12);
    nx_status st = nx_xdb_stats(db, &s->all, err);
    if (st == NX_OK) {
        st = nx_xdb_value_stats(db, NX_SLOT_PUBLISHED, &dated, &low, &high, err);
    }
    if (st == NX_OK) {
        day_of(nx_buf_str(&low), s->first);
        day_of(nx_buf_str(&high), s->last);
        s->undated = s->all.documents - dated;
    }
    nx_buf_release(&low);
    nx_buf_release(&high);
    return st;
}

static nx_status stats_json(const nx_store *store, const stats *s, nx_buf *out, nx_error *err)
{
    nx_jsonw w;
    nx_jsonw_init(&w, out, true);
    nx_jsonw_object(&w);
    nx_jsonw_kint(&w, "format", 1);
    nx_jsonw_kint(&w, "articles", s->all.documents);
    nx_jsonw_kint(&w, "undated", s->undated);
    nx_jsonw_kstr(&w, "oldest", s->first[0] != '\0' ? nx_str_of(s->first) : NX_STR_NONE);
    nx_jsonw_kstr(&w, "newest", s->last[0] != '\0' ? nx_str_of(s->last) : NX_STR_NONE);
    nx_jsonw_kint(&w, "bytes", (int64_t)s->bytes);
    nx_jsonw_key(&w, "segments");
    nx_jsonw_array(&w);
    for (size_t i = 0; i < nx_store_segment_count(store); i++) {
        nx_segment_info info;
        nx_status st = nx_store_segment(store, i, &info, err);
        if (st != NX_OK) {
            return st;
        }
        nx_jsonw_object(&w);
        nx_jsonw_kstr(&w, "name", nx_str_of(info.name));
        nx_jsonw_kint(&w, "articles", info.documents);
        nx_jsonw_kint(&w, "bytes", (int64_t)info.bytes);
        nx_jsonw_kbool(&w, "remote", info.remote);
        nx_jsonw_kbool(&w, "live", info.live);
        nx_jsonw_end(&w);
    }
    nx_jsonw_end(&w);
    nx_jsonw_end(&w);
    nx_buf_addc(out, '\n');
    return NX_OK;
}

static nx_status stats_text(const nx_store *store, const stats *s, nx_buf *out, nx_error *err)
{
    char a[28], b[28];
    nx_buf_addf(out, "articles   %s\n", nx_format_count(a, s->all.documents));
    if (s->first[0] != '\0') {
        nx_buf_addf(out, "published  %s .. %s\n", s->first, s->last);
    }
    nx_buf_addf(out, "undated    %s\n", nx_format_count(a, s->undated));
    nx_buf_addf(out, "size       %s", nx_format_bytes(a, s->bytes));
    if (s->all.documents > 0) {
        nx_buf_addf(out, " (%s an article)", nx_format_bytes(b, s->bytes / s->all.documents));
    }
    nx_buf_addf(out, "\nsegments   %zu\n", nx_store_segment_count(store));
    for (size_t i = 0; i < nx_store_segment_count(store); i++) {
        nx_segment_info info;
        nx_status st = nx_store_segment(store, i, &info, err);
        if (st != NX_OK) {
            return st;
        }
        nx_buf_addf(out, "  %-12s %12s articles %10s%s%s\n", info.name,
                    nx_format_count(a, info.documents),
                    info.remote ? "" : nx_format_bytes(b, info.bytes), info.live ? ", live" : "",
                    info.remote ? ", remote" : "");
    }
    return NX_OK;
}

int nx_cmd_stats(int argc, char **argv)
{
    int first = 0, status = EX_OK;
    char *index = NULL;
    nx_error err = NX_ERROR_INIT;
    nx_store *store = NULL;
    nx_buf out;
    stats s = {.bytes = 0};
    if (!begin("stats", argc, argv, &first, &index, &status)) {
        return status;
    }
    nx_buf_init(&out, 1 << 20);
    nx_status st = nx_store_open(&store, index, &err);
    if (st == NX_OK) {
        st = nx_store_run(store, gather, &s, &err);
    }
    for (size_t i = 0; st == NX_OK && i < nx_store_segment_count(store); i++) {
        nx_segment_info info;
        st = nx_store_segment(store, i, &info, &err);
        s.bytes += st == NX_OK ? info.bytes : 0;
    }
    if (st == NX_OK) {
        st = options.json ? stats_json(store, &s, &out, &err) : stats_text(store, &s, &out, &err);
    }
    st = st == NX_OK ? nx_print(&out, &err) : st;
    nx_buf_release(&out);
    nx_store_close(store);
    free(index);
    return st == NX_OK ? EX_OK : nx_complain(&err);
}

// ---- check and compact

static nx_status show(void *ctx, const char *what, const char *detail, nx_error *err)
{
    nx_progress *p = ctx;
    char line[120];
    if (nx_stop_wanted()) {
        return nx_fail(err, NX_ESTOP, "stopped");
    }
    if (nx_progress_due(p)) {
        (void)snprintf(line, sizeof line, "%s %s", what, detail);
        nx_progress_draw(p, line);
    }
    return NX_OK;
}

int nx_cmd_check(int argc, char **argv)
{
    int first = 0, status = EX_OK;
    char *index = NULL;
    nx_error err = NX_ERROR_INIT;
    nx_progress progress;
    nx_check_report report = {.faults = 0};
    nx_buf text;
    if (!begin("check", argc, argv, &first, &index, &status)) {
        return status;
    }
    nx_stop_on_signals();
    nx_progress_init(&progress, !options.quiet);
    nx_buf_init(&text, 1 << 24);
    nx_status st =
        nx_store_check(index, (unsigned)options.wait, show, &progress, &report, &text, &err);
    nx_progress_clear(&progress);
    if (st != NX_OK) {
        status = nx_complain(&err);
    } else if (report.faults > 0) {
        (void)fputs(text.data, stderr);
        (void)fprintf(stderr, "newsindex: %llu fault%s in %s%s\n",
                      (unsigned long long)report.faults, report.faults == 1 ? "" : "s", index,
                      report.only_manifest ? "" : "; 'newsindex rebuild' makes it anew");
        status = EX_IOERR;
    } else if (!options.quiet) {
        char count[28];
        (void)fprintf(stderr, "newsindex: no faults: %u segment%s, %s article%s\n", report.segments,
                      report.segments == 1 ? "" : "s", nx_format_count(count, report.documents),
                      report.documents == 1 ? "" : "s");
    }
    nx_buf_release(&text);
    free(index);
    return status;
}

int nx_cmd_compact(int argc, char **argv)
{
    int first = 0, status = EX_OK;
    char *index = NULL;
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = NULL;
    nx_progress progress;
    nx_merge_report report = {.segments_before = 0};
    if (!begin("compact", argc, argv, &first, &index, &status)) {
        return status;
    }
    nx_stop_on_signals();
    nx_progress_init(&progress, !options.quiet);
    nx_status st = open_writer(&w, index, &err);
    if (st == NX_OK) {
        st = nx_writer_compact(w, show, &progress, &report, &err);
        nx_progress_clear(&progress);
        if (st == NX_OK) {
            st = nx_writer_close(w, &err);
        } else {
            nx_writer_abort(w);
        }
    }
    free(index);
    if (st != NX_OK) {
        return nx_complain(&err);
    }
    if (!options.quiet) {
        char before[16], after[16];
        (void)fprintf(stderr, "newsindex: %u segment%s of %s %s now %u of %s\n",
                      report.segments_before, report.segments_before == 1 ? "" : "s",
                      nx_format_bytes(before, report.bytes_before),
                      report.segments_before == 1 ? "is" : "are", report.segments_after,
                      nx_format_bytes(after, report.bytes_after));
    }
    return EX_OK;
}
