// cmd_status.c: newsindex status and failures: whether the unattended runs go well.
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/time.h"
#include "indexer/command.h"
#include "indexer/config.h"
#include "indexer/status.h"
#include "store/manifest.h"
#include "store/store.h"

static struct {
    const char *config, *index;
    bool quiet, json;
    int64_t max_age;
} options;

#define ROW_INDEX                                                                                  \
    {                                                                                              \
        .kind = NX_OPT_STRING, .letter = 'i', .name = "index", .arg = "DIR",                       \
        .help = "This index; default those of the configuration, or where there is none the one "  \
                "that is searched",                                                                \
        .to = &options.index, .completes = "dir"                                                   \
    }

const nx_opt nx_status_rows[] = {NX_ROW_CONFIG(&options.config),
                                 ROW_INDEX,
                                 NX_ROW_QUIET(&options.quiet),
                                 NX_ROW_JSON(&options.json),
                                 {.kind = NX_OPT_DURATION,
                                  .name = "max-age",
                                  .arg = "SPAN",
                                  .help = "End with status 1 when the last good run is older",
                                  .to = &options.max_age},
                                 {.kind = NX_OPT_END}};
const nx_opt nx_failures_rows[] = {
    NX_ROW_CONFIG(&options.config), ROW_INDEX, NX_ROW_JSON(&options.json), {.kind = NX_OPT_END}};

typedef struct report {
    nx_buf out;
    nx_jsonw json;
    bool stale;
    int status; // of the last index that cannot be told of
} report;

typedef nx_status each_index(report *r, const char *name, const char *dir, nx_error *err);

// One index that cannot be read does not keep the others back.
static void visit(report *r, each_index *each, const char *name, const char *dir)
{
    nx_error err = NX_ERROR_INIT;
    if (each(r, name, dir, &err) != NX_OK) {
        r->status = nx_complain(&err);
    }
}

// The index given, or the indexes of the configuration that the operands name; where there is no
// configuration, the one that is searched.
static nx_status visit_all(report *r, char **names, size_t count, each_index *each, nx_error *err)
{
    if (options.index != NULL || (options.config == NULL && count == 0 && !nx_config_is_there())) {
        char *index = nx_index_path(options.index);
        if (index == NULL) {
            return nx_fail(err, NX_EUSAGE, "no index: give --index or set HOME");
        }
        visit(r, each, index, index);
        free(index);
        return NX_OK;
    }
    nx_conf *conf = NULL;
    bool chosen[NX_CONF_ITEMS];
    nx_status st = nx_config_load(&conf, options.config, err);
    st = st == NX_OK ? nx_config_choose(conf, names, count, chosen, err) : st;
    for (size_t i = 0; st == NX_OK && i < conf->index_count; i++) {
        if (chosen[i]) {
            visit(r, each, conf->indexes[i].name.p, conf->indexes[i].dir.p);
        }
    }
    nx_conf_free(conf);
    return st;
}

// Runs the visitor over all and prints what it wrote.
static int print_all(report *r, int argc, char **argv, int first, const char *list,
                     each_index *each)
{
    nx_error err = NX_ERROR_INIT;
    nx_buf_init(&r->out, 64 << 20);
    if (options.json) {
        nx_jsonw_init(&r->json, &r->out, true);
        nx_jsonw_object(&r->json);
        nx_jsonw_kint(&r->json, "format", 1);
        nx_jsonw_key(&r->json, list);
        nx_jsonw_array(&r->json);
    }
    nx_status st = visit_all(r, argv + first, (size_t)(argc - first), each, &err);
    if (st == NX_OK && options.json) {
        nx_jsonw_end(&r->json);
        nx_jsonw_end(&r->json);
        nx_buf_addc(&r->out, '\n');
    }
    if (st == NX_OK && r->out.len > 0 && !options.quiet) {
        st = nx_print(&r->out, &err);
    }
    nx_buf_release(&r->out);
    return st == NX_OK ? r->status : nx_complain(&err);
}

// ---- status

static nx_status one_status(report *r, const char *name, const char *dir, nx_error *err)
{
    nx_index_status s;
    nx_status st = nx_index_status_get(&s, dir, nx_now_utc(), err);
    if (st != NX_OK) {
        return st;
    }
    bool stale = nx_index_status_stale(&s, options.max_age);
    r->stale = r->stale || stale;
    if (options.json) {
        nx_jsonw_object(&r->json);
        nx_jsonw_kstr(&r->json, "name", nx_str_of(name));
        nx_jsonw_kstr(&r->json, "dir", nx_str_of(dir));
        nx_jsonw_kbool(&r->json, "stale", stale);
        nx_index_status_json(&s, &r->json);
        nx_jsonw_end(&r->json);
    } else {
        nx_buf_addf(&r->out, "%-12s%s%s\n", "index", name, stale ? "  STALE" : "");
        nx_index_status_text(&s, &r->out);
    }
    if (stale) {
        (void)fprintf(stderr, "newsindex: %s: stale: no good run for longer than --max-age\n",
                      name);
    }
    return NX_OK;
}

int nx_cmd_status(int argc, char **argv)
{
    int first = 0, status = EX_OK;
    report r = {.stale = false};
    if (!nx_command_options(nx_command_find("status"), argc, argv, &first, &status)) {
        return status;
    }
    status = print_all(&r, argc, argv, first, "indexes", one_status);
    return status == EX_OK && r.stale ? NX_EXIT_STALE : status;
}

// ---- failures

static nx_status one_failure(void *ctx, const nx_failure *f, nx_error *err)
{
    report *r = ctx;
    char first[24], last[24], retry[24] = "";
    (void)err;
    (void)nx_format_utc(first, f->first_utc);
    (void)nx_format_utc(last, f->last_utc);
    if (f->retry_utc != 0) {
        (void)nx_format_utc(retry, f->retry_utc);
    }
    if (options.json) {
        nx_jsonw_object(&r->json);
        nx_jsonw_kstr(&r->json, "path", f->path);
        nx_jsonw_kstr(&r->json, "place", f->place.n > 0 ? f->place : NX_STR_NONE);
        nx_jsonw_kstr(&r->json, "reason", f->reason);
        nx_jsonw_kint(&r->json, "attempts", f->attempts);
        nx_jsonw_kstr(&r->json, "first", nx_str_of(first));
        nx_jsonw_kstr(&r->json, "last", nx_str_of(last));
        nx_jsonw_kstr(&r->json, "retry", retry[0] != '\0' ? nx_str_of(retry) : NX_STR_NONE);
        nx_jsonw_end(&r->json);
        return NX_OK;
    }
    const char *again = f->retry_utc == 0             ? "again when the file changes"
                        : f->retry_utc <= f->last_utc ? "again with the next run"
                                                      : "again not before ";
    nx_buf_addf(&r->out, "%.*s\n    since %s, %u attempt%s, %s%s\n", (int)f->reason.n, f->reason.p,
                first, f->attempts, f->attempts == 1 ? "" : "s", again,
                f->retry_utc > f->last_utc ? retry : "");
    return NX_OK;
}

static nx_status failures_of(report *r, const char *name, const char *dir, nx_error *err)
{
    nx_manifest *m = NULL;
    nx_store *store = NULL;
    (void)name;
    nx_status st = nx_store_open(&store, dir, err); // names what is no index
    nx_store_close(store);
    if (st != NX_OK) {
        return st;
    }
    st = nx_manifest_open(&m, dir, NX_MANIFEST_READ, err);
    if (st == NX_ENOINPUT) {
        return NX_OK; // no run has noted anything yet
    }
    st = st == NX_OK ? nx_manifest_each_failure(m, one_failure, r, err) : st;
    nx_manifest_close(m);
    return st;
}

int nx_cmd_failures(int argc, char **argv)
{
    int first = 0, status = EX_OK;
    report r = {.stale = false};
    if (!nx_command_options(nx_command_find("failures"), argc, argv, &first, &status)) {
        return status;
    }
    return print_all(&r, argc, argv, first, "failures", failures_of);
}
