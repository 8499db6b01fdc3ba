// cmd_update.c: newsindex update, rebuild and init: indexes from the sources of a configuration.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/io.h"
#include "base/num.h"
#include "base/time.h"
#include "indexer/command.h"
#include "indexer/config.h"
#include "indexer/status.h"
#include "indexer/update.h"

enum { DEFAULT_WAIT_SECONDS = 60 };

static struct {
    const char *config;
    bool quiet, full, no_wait, idle_io, allow_empty, explain;
    uint64_t threads, memory, nice;
    int64_t wait, max_seconds, max_age;
} options = {.wait = DEFAULT_WAIT_SECONDS};

#define ROWS_RUN                                                                                   \
    NX_ROW_CONFIG(&options.config), NX_ROW_QUIET(&options.quiet),                                  \
        {.kind = NX_OPT_FLAG,                                                                      \
         .name = "explain",                                                                        \
         .help = "List everything that is left out, also what is no article",                      \
         .to = &options.explain},                                                                  \
        {.kind = NX_OPT_GROUP, .help = "Running unattended"},                                      \
        {.kind = NX_OPT_DURATION,                                                                  \
         .name = "wait",                                                                           \
         .arg = "SPAN",                                                                            \
         .help = "Wait this long for another writer to end; default 60s",                          \
         .to = &options.wait},                                                                     \
        {.kind = NX_OPT_FLAG,                                                                      \
         .name = "no-wait",                                                                        \
         .help = "When another writer has the index, end at once with status 75",                  \
         .to = &options.no_wait},                                                                  \
        {.kind = NX_OPT_U64,                                                                       \
         .name = "nice",                                                                           \
         .arg = "NUM",                                                                             \
         .help = "Lower the priority by this much, at most 19",                                    \
         .to = &options.nice,                                                                      \
         .max = 19},                                                                               \
        {.kind = NX_OPT_FLAG,                                                                      \
         .name = "idle-io",                                                                        \
         .help = "Use the disk only when nothing else wants it (Linux)",                           \
         .to = &options.idle_io},                                                                  \
    {                                                                                              \
        .kind = NX_OPT_U64, .name = "threads", .arg = "NUM",                                       \
        .help = "Worker threads of a bulk build; default: one a processor",                        \
        .to = &options.threads, .min = 1, .max = 16                                                \
    }

const nx_opt nx_update_rows[] = {
    ROWS_RUN,
    {.kind = NX_OPT_DURATION,
     .name = "max-seconds",
     .arg = "SPAN",
     .help = "End cleanly after this long; the next run goes on",
     .to = &options.max_seconds},
    {.kind = NX_OPT_BYTES,
     .name = "max-memory",
     .arg = "SIZE",
     .help = "End cleanly when this much memory is used; the next run goes on",
     .to = &options.memory,
     .min = 32 << 20},
    {.kind = NX_OPT_DURATION,
     .name = "max-age",
     .arg = "SPAN",
     .help = "Complain when nothing new has come in for this long",
     .to = &options.max_age},
    {.kind = NX_OPT_FLAG,
     .name = "full",
     .help = "Compare the content of every file, whatever its size and time say",
     .to = &options.full},
    {.kind = NX_OPT_FLAG,
     .name = "allow-empty",
     .help = "Remove vanished articles also of a source that has no file left",
     .to = &options.allow_empty},
    {.kind = NX_OPT_END}};

const nx_opt nx_rebuild_rows[] = {ROWS_RUN, {.kind = NX_OPT_END}};

static struct {
    const char *config, *index;
} init_options;

const nx_opt nx_init_rows[] = {
    NX_ROW_CONFIG(&init_options.config), NX_ROW_INDEX(&init_options.index), {.kind = NX_OPT_END}};

// Priorities are a courtesy: that a system has none is no reason to do nothing.
static void be_modest(void)
{
    enum { WHO_PROCESS = 1, CLASS_IDLE = 3, CLASS_SHIFT = 13 }; // linux/ioprio.h
    if (options.nice > 0 && setpriority(PRIO_PROCESS, 0, (int)options.nice) != 0) {
        (void)fprintf(stderr, "newsindex: --nice has no effect here\n");
    }
    if (options.idle_io &&
        syscall(SYS_ioprio_set, WHO_PROCESS, 0, CLASS_IDLE << CLASS_SHIFT) != 0) {
        (void)fprintf(stderr, "newsindex: --idle-io has no effect here\n");
    }
}

static void say(void *ctx, const char *message)
{
    (void)ctx;
    (void)fprintf(stderr, "newsindex: %s\n", message);
}

static void summarize(const nx_conf_index *index, const nx_update_report *report, nx_tally *tally)
{
    nx_buf out;
    char count[28];
    nx_buf_init(&out, 1 << 16);
    nx_buf_addf(&out, "%s: ", index->name.p);
    nx_tally_summary(tally, &out);
    if (report->left > 0) {
        nx_buf_addf(&out, "; %s file%s still being written, left for the next run",
                    nx_format_count(count, report->left), report->left == 1 ? "" : "s");
    }
    if (report->failed > 0) {
        nx_buf_addf(&out, "; %s file%s failed ('newsindex failures')",
                    nx_format_count(count, report->failed), report->failed == 1 ? "" : "s");
    }
    if (report->ended_early) {
        nx_buf_addz(&out, "; ended early, the next run goes on");
    }
    (void)fprintf(stderr, "newsindex: %s\n", out.failed ? index->name.p : out.data);
    nx_buf_release(&out);
}

// Says that an index has become stale, also when --quiet.
static int complain_of_age(const nx_conf_index *index)
{
    nx_index_status status;
    nx_error err = NX_ERROR_INIT;
    if (options.max_age == 0) {
        return EX_OK;
    }
    nx_status st = nx_index_status_get(&status, index->dir.p, nx_now_utc(), &err);
    if (st != NX_OK) {
        return nx_complain(&err);
    }
    if (nx_is_recent(status.now_utc, status.news_utc, options.max_age)) {
        return EX_OK;
    }
    char when[24];
    (void)fprintf(stderr, "newsindex: %s: nothing new since %s\n", index->name.p,
                  status.news_utc != 0 ? nx_format_utc(when, status.news_utc) : "ever");
    return NX_EXIT_STALE;
}

static int run_index(const nx_conf *conf, size_t i, bool rebuild, bool *stopped)
{
    nx_error err = NX_ERROR_INIT;
    nx_update_report report;
    nx_tally *tally = nx_tally_new(!options.quiet, options.explain);
    const nx_update_options how = {.conf = conf,
                                   .index = i,
                                   .wait_seconds = options.no_wait ? 0 : (unsigned)options.wait,
                                   .full = options.full,
                                   .rebuild = rebuild,
                                   .allow_empty = options.allow_empty,
                                   .show_progress = !options.quiet && isatty(STDERR_FILENO) == 1,
                                   .threads = (unsigned)options.threads,
                                   .memory_bytes = options.memory,
                                   .now_utc = nx_now_utc()};
    if (tally == NULL) {
        (void)nx_fail_nomem(&err);
        return nx_complain(&err);
    }
    nx_status st = nx_update_run(&how, tally, say, NULL, &report, &err);
    int status = EX_OK;
    // Who has said how old the index may become need not be told that another run is at work.
    const bool silent = st == NX_EBUSY && options.quiet && options.max_age > 0;
    if (st != NX_OK) {
        (void)nx_wrap(&err, "%s: ", conf->indexes[i].name.p);
        status = silent ? nx_exit_status(st) : nx_complain(&err);
    } else if (!options.quiet) {
        nx_tally_say_rest(tally);
        summarize(&conf->indexes[i], &report, tally);
    }
    *stopped = report.ended_early;
    nx_tally_free(tally);
    if (st == NX_OK) {
        status = nx_run_alerts(conf->indexes[i].name.p, conf->indexes[i].dir.p, options.quiet);
        status = status == EX_OK && report.source_gone ? EX_IOERR : status;
    }
    int aged = complain_of_age(&conf->indexes[i]);
    if (silent && aged != EX_OK) {
        (void)nx_complain(&err);
    }
    return status != EX_OK ? status : aged;
}

static int run_all(const char *name, bool rebuild, int argc, char **argv)
{
    int first = 0, status = EX_OK;
    nx_error err = NX_ERROR_INIT;
    nx_conf *conf = NULL;
    bool chosen[NX_CONF_ITEMS], stopped = false;
    if (!nx_command_options(nx_command_find(name), argc, argv, &first, &status)) {
        return status;
    }
    nx_status st = nx_config_load(&conf, options.config, &err);
    if (st == NX_OK) {
        st = nx_config_choose(conf, argv + first, (size_t)(argc - first), chosen, &err);
    }
    if (st != NX_OK) {
        nx_conf_free(conf);
        return nx_complain(&err);
    }
    be_modest();
    nx_stop_on_signals();
    if (options.max_seconds > 0) {
        nx_stop_after((unsigned)options.max_seconds);
    }
    // One index that cannot be updated does not keep the others back.
    for (size_t i = 0; i < conf->index_count && !stopped; i++) {
        int one = chosen[i] ? run_index(conf, i, rebuild, &stopped) : EX_OK;
        status = one != EX_OK ? one : status;
    }
    nx_conf_free(conf);
    return status == EX_OK && nx_signal_came() ? nx_exit_status(NX_ESTOP) : status;
}

int nx_cmd_update(int argc, char **argv)
{
    return run_all("update", false, argc, argv);
}

int nx_cmd_rebuild(int argc, char **argv)
{
    return run_all("rebuild", true, argc, argv);
}

// ---- init

// Writes the example where there is none yet.
static nx_status write_example(const char *path, const char *index, nx_error *err)
{
    nx_buf text;
    nx_status st = NX_OK;
    nx_buf_init(&text, NX_CONF_BYTES);
    nx_conf_example(&text, index);
    char *dir = strdup(path), *slash = dir != NULL ? strrchr(dir, '/') : NULL;
    if (dir == NULL) {
        st = nx_fail_nomem(err);
    } else if (access(path, F_OK) == 0) {
        st = nx_fail(err, NX_ECONFIG, "%s: is there already and stays as it is", path);
    } else if (slash != NULL && slash != dir) {
        *slash = '\0';
        st = nx_make_dirs(dir, err);
    }
    st = st == NX_OK ? nx_buf_check(&text, "the configuration", err) : st;
    st = st == NX_OK ? nx_write_file_atomic(path, nx_buf_str(&text), err) : st;
    free(dir);
    nx_buf_release(&text);
    return st;
}

int nx_cmd_init(int argc, char **argv)
{
    int first = 0, status = EX_OK;
    nx_error err = NX_ERROR_INIT;
    if (!nx_command_options(nx_command_find("init"), argc, argv, &first, &status)) {
        return status;
    }
    char *path = init_options.config != NULL ? strdup(init_options.config)
                                             : nx_xdg_path(NX_XDG_CONFIG, "newsdex.conf");
    char *given = nx_index_path(init_options.index), *index = NULL;
    nx_status st = NX_OK;
    if (path == NULL || given == NULL) {
        st = nx_fail(&err, NX_EUSAGE, "no place for it: give --config and --index, or set HOME");
    } else if (given[0] == '/') {
        index = strdup(given);
    } else {
        char *here = getcwd(NULL, 0);
        index = here != NULL ? nx_path_join(here, given) : NULL;
        free(here);
    }
    if (st == NX_OK) {
        st = index != NULL ? write_example(path, index, &err) : nx_fail_nomem(&err);
    }
    if (st == NX_OK) {
        (void)fprintf(stderr, "newsindex: wrote %s; put your sources in, then 'newsindex update'\n",
                      path);
    }
    free(path);
    free(given);
    free(index);
    return st == NX_OK ? EX_OK : nx_complain(&err);
}
