// cmd_alert.c: newsindex alert: standing queries, and running them after add and update.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/io.h"
#include "base/jsonw.h"
#include "base/num.h"
#include "base/time.h"
#include "indexer/alert_list.h"
#include "indexer/alert_query.h"
#include "indexer/alert_send.h"
#include "indexer/alerts.h"
#include "indexer/command.h"
#include "indexer/config.h"

enum {
    NAME_MAX_BYTES = 64,
    LIST_MAX = 64 << 20,
    DAY_S = 86400,
};

static struct {
    const char *config, *index, *command, *dir, *rss;
    bool mail, jsonl, json, quiet;
    uint64_t days, limit;
} options = {.days = 7, .limit = 10};

const nx_opt nx_alert_rows[] = {
    NX_ROW_CONFIG(&options.config),
    {.kind = NX_OPT_STRING,
     .letter = 'i',
     .name = "index",
     .arg = "DIR",
     .help = "The index; default $NEWSDEX_INDEX, else that of the configuration when it has one, "
             "else ~/.local/share/newsdex/index",
     .to = &options.index,
     .completes = "dir"},
    {.kind = NX_OPT_GROUP, .help = "add: what new articles become"},
    {.kind = NX_OPT_FLAG,
     .name = "mail-format",
     .help = "Text for a mail; the default",
     .to = &options.mail},
    {.kind = NX_OPT_FLAG,
     .name = "jsonl",
     .help = "One JSON object a line and article",
     .to = &options.jsonl},
    {.kind = NX_OPT_GROUP,
     .help = "add: where they go; without any of these, to the standard output of the run"},
    {.kind = NX_OPT_STRING,
     .name = "exec",
     .arg = "CMD",
     .help = "To the standard input of this command; when it fails, again after the next run",
     .to = &options.command},
    {.kind = NX_OPT_STRING,
     .name = "dir",
     .arg = "DIR",
     .help = "Into a new file of this directory each time",
     .to = &options.dir,
     .completes = "dir"},
    {.kind = NX_OPT_STRING,
     .name = "rss",
     .arg = "FILE",
     .help = "Into this file, a feed of the last 50",
     .to = &options.rss,
     .completes = "file"},
    NX_ROW_QUIET(&options.quiet),
    {.kind = NX_OPT_GROUP, .help = "list, test"},
    {.kind = NX_OPT_U64,
     .name = "days",
     .arg = "N",
     .help = "test: look at what was indexed in the last N days; default 7",
     .to = &options.days,
     .min = 1,
     .max = 36500},
    {.kind = NX_OPT_U64,
     .letter = 'n',
     .name = "limit",
     .arg = "N",
     .help = "test: show at most N articles; default 10, 0 shows all",
     .to = &options.limit,
     .max = INT32_MAX},
    NX_ROW_JSON(&options.json),
    {.kind = NX_OPT_OPERANDS, .completes = "alert"},
    {.kind = NX_OPT_END}};

typedef struct session {
    char *dir; // of the index
    nx_manifest *manifest;
    nx_alerts *alerts;
} session;

// ---- which index

// The configuration's only index. given NULL: the usual configuration, which need not be there.
static nx_status dir_of_config(const char *given, char **out, nx_error *err)
{
    nx_conf *conf = NULL;
    nx_status st = nx_config_load(&conf, given, err);
    if (st == NX_OK && conf->index_count == 1) {
        *out = strdup(conf->indexes[0].dir.p);
        st = *out != NULL ? NX_OK : nx_fail_nomem(err);
    } else if (st == NX_OK) {
        st = nx_fail(err, NX_EUSAGE, "the configuration has %zu indexes: --index says which",
                     conf->index_count);
    }
    nx_conf_free(conf);
    return st;
}

static nx_status find_dir(char **out, nx_error *err)
{
    const char *environment = getenv("NEWSDEX_INDEX");
    *out = NULL;
    if (options.index == NULL && options.config != NULL) {
        return dir_of_config(options.config, out, err);
    }
    if (options.index == NULL && (environment == NULL || *environment == '\0')) {
        nx_error none = NX_ERROR_INIT;
        nx_status st = dir_of_config(NULL, out, &none);
        if (st == NX_OK || st == NX_EUSAGE) {
            *err = none;
            return st;
        }
    }
    *out = nx_index_path(options.index);
    return *out != NULL ? NX_OK : nx_fail(err, NX_EUSAGE, "no index: give --index or set HOME");
}

static nx_status open_session(session *s, bool make, nx_error *err)
{
    *s = (session){.dir = NULL};
    nx_status st = find_dir(&s->dir, err);
    if (st != NX_OK) {
        return st;
    }
    char *stub = nx_path_join(s->dir, "XAPIANDB");
    if (stub == NULL) {
        st = nx_fail_nomem(err);
    } else if (access(stub, F_OK) != 0) {
        st = nx_fail(err, NX_ENOINPUT,
                     "%s: there is no index; 'newsindex add' or 'newsindex "
                     "update' makes one",
                     s->dir);
    }
    free(stub);
    if (st == NX_OK) {
        st = nx_manifest_open(&s->manifest, s->dir, make ? NX_MANIFEST_WRITE : NX_MANIFEST_READ,
                              err);
        if (st == NX_ENOINPUT) { // nothing was ever kept there
            return NX_OK;
        }
    }
    return st == NX_OK ? nx_alerts_open(&s->alerts, s->manifest, make, err) : st;
}

static void close_session(session *s)
{
    nx_alerts_close(s->alerts);
    nx_manifest_close(s->manifest);
    free(s->dir);
}

// ---- add

// A name goes into file names, header lines and the shell's completion.
static nx_status check_name(const char *name, nx_error *err)
{
    size_t n = strlen(name);
    bool good = n > 0 && n <= NAME_MAX_BYTES && (nx_is_alpha(name[0]) || nx_is_digit(name[0]));
    for (size_t i = 0; i < n; i++) {
        good = good &&
               (nx_is_alpha(name[i]) || nx_is_digit(name[i]) || strchr("._-", name[i]) != NULL);
    }
    return good ? NX_OK
                : nx_fail(err, NX_EUSAGE,
                          "alert: a name has letters, digits, '.', '_' and '-', begins with a "
                          "letter or digit, and has at most %d characters",
                          (int)NAME_MAX_BYTES);
}

// Where the hits go, with whole paths: runs start in other directories.
static nx_status set_target(nx_alert *alert, char **owned, nx_error *err)
{
    int ways = (options.command != NULL) + (options.dir != NULL) + (options.rss != NULL);
    *owned = NULL;
    if (ways > 1 || (options.mail && options.jsonl) ||
        (options.rss != NULL && (options.mail || options.jsonl))) {
        return nx_fail(err, NX_EUSAGE,
                       "alert: one of --exec, --dir and --rss, and one of "
                       "--mail-format and --jsonl, which a feed is neither of");
    }
    alert->form = options.jsonl ? NX_ALERT_JSONL : NX_ALERT_MAIL;
    const char *path = options.dir != NULL ? options.dir : options.rss;
    if (options.command != NULL) {
        alert->way = NX_ALERT_EXEC;
        alert->target = nx_str_of(options.command);
        return NX_OK;
    }
    if (path == NULL) {
        alert->way = NX_ALERT_PRINT;
        return NX_OK;
    }
    if (*path == '\0') {
        return nx_fail(err, NX_EUSAGE, "alert: an empty path");
    }
    char *here = getcwd(NULL, 0);
    *owned = here != NULL ? nx_path_join(here, path) : NULL;
    free(here);
    if (*owned == NULL) {
        return nx_fail_errno(err, errno, "this directory");
    }
    alert->way = options.dir != NULL ? NX_ALERT_DIR : NX_ALERT_FILE;
    alert->form = options.rss != NULL ? NX_ALERT_RSS : alert->form;
    alert->target = nx_str_of(*owned);
    return NX_OK;
}

static nx_status add_alert(session *s, const char *name, nx_str query, nx_error *err)
{
    nx_alert alert = {.name = nx_str_of(name), .query = query, .created_utc = nx_now_utc()};
    char *owned = NULL, number[28];
    uint64_t count = 0;
    nx_status st = set_target(&alert, &owned, err);
    st = st == NX_OK ? nx_alert_query_try(s->dir, query, &count, err) : st;
    st = st == NX_OK ? nx_manifest_begin(s->manifest, err) : st;
    if (st == NX_OK) {
        nx_error ignored = NX_ERROR_INIT;
        st = nx_alerts_add(s->alerts, &alert, err);
        st = st == NX_OK ? nx_alert_prepare(s->alerts, &alert, alert.created_utc, err) : st;
        st = st == NX_OK ? nx_manifest_commit(s->manifest, err) : st;
        if (st != NX_OK && nx_manifest_rollback(s->manifest, &ignored) != NX_OK) {
            nx_wrap(err, "%s; ", ignored.msg);
        }
    }
    if (st == NX_OK && !options.quiet) {
        (void)fprintf(stderr,
                      "newsindex: alert %s: added; %s article%s in the index %s, new ones are "
                      "reported from now on\n",
                      name, nx_format_count(number, count), count == 1 ? "" : "s",
                      count == 1 ? "matches" : "match");
    }
    free(owned);
    return st;
}

static nx_status cmd_add(session *s, int argc, char **argv, nx_error *err)
{
    nx_buf query;
    if (argc < 2) {
        return nx_fail(err, NX_EUSAGE, "alert add: a name and a query are wanted");
    }
    nx_buf_init(&query, 2 * NX_ALERT_QUERY_MAX);
    for (int i = 1; i < argc; i++) { // as newssearch takes its operands
        nx_buf_addz(&query, i > 1 ? " " : "");
        nx_buf_addz(&query, argv[i]);
    }
    nx_status st = check_name(argv[0], err);
    st = st == NX_OK ? nx_buf_check(&query, "the query", err) : st;
    st = st == NX_OK ? add_alert(s, argv[0], nx_str_trim(nx_buf_str(&query)), err) : st;
    nx_buf_release(&query);
    return st;
}

// ---- list

typedef struct listing {
    nx_buf out;
    nx_jsonw json;
} listing;

static nx_status list_one(void *ctx, const nx_alert *alert, nx_error *err)
{
    listing *l = ctx;
    (void)err;
    if (options.json) {
        nx_alert_list_json(alert, &l->json);
    } else {
        nx_alert_list_text(alert, &l->out);
    }
    return NX_OK;
}

static nx_status cmd_list(session *s, int argc, char **argv, nx_error *err)
{
    listing l = {.json = {.out = NULL}};
    (void)argv;
    if (argc > 0) {
        return nx_fail(err, NX_EUSAGE, "alert list: takes no names");
    }
    nx_buf_init(&l.out, LIST_MAX);
    if (options.json) {
        nx_jsonw_init(&l.json, &l.out, true);
        nx_jsonw_object(&l.json);
        nx_jsonw_kint(&l.json, "format", 1);
        nx_jsonw_key(&l.json, "alerts");
        nx_jsonw_array(&l.json);
    }
    nx_status st = s->alerts != NULL ? nx_alerts_each(s->alerts, list_one, &l, err) : NX_OK;
    if (options.json) {
        nx_jsonw_end(&l.json);
        nx_jsonw_end(&l.json);
        nx_buf_addc(&l.out, '\n');
    }
    st = st == NX_OK && (l.out.failed || l.out.len > 0) ? nx_print(&l.out, err) : st;
    nx_buf_release(&l.out);
    return st;
}

// ---- remove, pause, resume, test

static nx_status one_name(const char *verb, int argc, nx_error *err)
{
    return argc == 1 ? NX_OK : nx_fail(err, NX_EUSAGE, "alert %s: one name is wanted", verb);
}

static nx_status found_or(bool found, const char *name, nx_error *err)
{
    return found ? NX_OK : nx_fail(err, NX_ENOTFOUND, "there is no alert named %.80s", name);
}

typedef nx_status change(session *s, nx_str name, bool *found, nx_error *err);

static nx_status remove_one(session *s, nx_str name, bool *found, nx_error *err)
{
    return nx_alerts_remove(s->alerts, name, found, err);
}

static nx_status pause_one(session *s, nx_str name, bool *found, nx_error *err)
{
    return nx_alerts_pause(s->alerts, name, true, found, err);
}

static nx_status resume_one(session *s, nx_str name, bool *found, nx_error *err)
{
    return nx_alerts_pause(s->alerts, name, false, found, err);
}

// All of the names, or none when one of them is not there.
static nx_status change_all(session *s, change *each, int count, char **names, nx_error *err)
{
    nx_error ignored = NX_ERROR_INIT;
    if (count == 0) {
        return nx_fail(err, NX_EUSAGE, "alert: which? Give names ('newsindex alert list')");
    }
    nx_status st = nx_manifest_begin(s->manifest, err);
    if (st != NX_OK) {
        return st;
    }
    for (int i = 0; st == NX_OK && i < count; i++) {
        bool found = false;
        st = each(s, nx_str_of(names[i]), &found, err);
        st = st == NX_OK ? found_or(found, names[i], err) : st;
    }
    st = st == NX_OK ? nx_manifest_commit(s->manifest, err) : st;
    if (st != NX_OK && nx_manifest_rollback(s->manifest, &ignored) != NX_OK) {
        nx_wrap(err, "%s; ", ignored.msg);
    }
    return st;
}

static nx_status cmd_remove(session *s, int argc, char **argv, nx_error *err)
{
    return change_all(s, remove_one, argc, argv, err);
}

static nx_status cmd_pause(session *s, int argc, char **argv, nx_error *err)
{
    return change_all(s, pause_one, argc, argv, err);
}

static nx_status cmd_resume(session *s, int argc, char **argv, nx_error *err)
{
    return change_all(s, resume_one, argc, argv, err);
}

static nx_status cmd_test(session *s, int argc, char **argv, nx_error *err)
{
    nx_alert alert;
    bool found = false;
    nx_status st = one_name("test", argc, err);
    if (st == NX_OK && s->alerts != NULL) {
        st = nx_alerts_get(s->alerts, nx_str_of(argv[0]), &alert, &found, err);
    }
    st = st == NX_OK ? found_or(found, argv[0], err) : st;
    const nx_alert_sample how = {.since_utc = nx_now_utc() - (int64_t)options.days * DAY_S,
                                 .limit = options.limit,
                                 .json = options.json,
                                 .jsonl = options.jsonl};
    return st == NX_OK ? nx_alert_query_test(s->dir, alert.query, &how, err) : st;
}

// ---- the command

static const struct verb {
    const char *name;
    bool writes; // else alerts may be NULL: there are none
    nx_status (*run)(session *s, int argc, char **argv, nx_error *err);
} verbs[] = {{"add", true, cmd_add},     {"list", false, cmd_list},    {"remove", true, cmd_remove},
             {"pause", true, cmd_pause}, {"resume", true, cmd_resume}, {"test", false, cmd_test}};

int nx_cmd_alert(int argc, char **argv)
{
    int first = 0, status = EX_OK;
    nx_error err = NX_ERROR_INIT;
    session s;
    const struct verb *verb = NULL;
    if (!nx_command_options(nx_command_find("alert"), argc, argv, &first, &status)) {
        return status;
    }
    for (size_t i = 0; first < argc && i < NX_COUNT(verbs); i++) {
        verb = strcmp(argv[first], verbs[i].name) == 0 ? &verbs[i] : verb;
    }
    if (verb == NULL) {
        (void)nx_fail(&err, NX_EUSAGE, "alert: add, list, remove, pause, resume or test?");
        return nx_complain(&err);
    }
    nx_stop_on_signals();
    nx_status st = open_session(&s, verb->writes, &err);
    st = st == NX_OK ? verb->run(&s, argc - first - 1, argv + first + 1, &err) : st;
    close_session(&s);
    return st == NX_OK ? EX_OK : nx_complain(&err);
}

// ---- after a run

static void say(void *ctx, const char *message)
{
    (void)fprintf(stderr, "newsindex: %s%s\n", (const char *)ctx, message);
}

int nx_run_alerts(const char *name, const char *dir, bool quiet)
{
    nx_error err = NX_ERROR_INIT;
    nx_alerts_report report;
    char found[28], delivered[28], pending[28], prefix[80] = "";
    if (name != NULL) {
        (void)snprintf(prefix, sizeof prefix, "%.70s: ", name);
    }
    nx_status st = nx_alerts_run(dir, &report, say, prefix, &err);
    if (!quiet && report.hits + report.delivered + report.pending > 0) {
        (void)fprintf(stderr, "newsindex: %salerts: %s found, %s delivered, %s wait\n", prefix,
                      nx_format_count(found, report.hits),
                      nx_format_count(delivered, report.delivered),
                      nx_format_count(pending, report.pending));
    }
    if (!quiet && report.busy) {
        (void)fprintf(stderr, "newsindex: %salerts are left to the process that runs them now\n",
                      prefix);
    }
    if (st != NX_OK) {
        (void)nx_wrap(&err, "%salerts: ", prefix);
        return nx_complain(&err);
    }
    return report.failed > 0 ? EX_IOERR : EX_OK;
}
