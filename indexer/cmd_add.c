// cmd_add.c: newsindex add: articles into the index, now.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/time.h"
#include "indexer/command.h"
#include "indexer/input.h"
#include "indexer/intake.h"
#include "indexer/news.h"
#include "indexer/scan.h"
#include "indexer/status.h"
#include "text/analysis.h"

enum {
    DEFAULT_WAIT_SECONDS = 60,
    MERGE_BYTES = 512 << 20, // of small segments that one run may merge
};

static const char *const writers[] = {
    [NX_INTAKE_AUTO] = "auto", [NX_INTAKE_BULK] = "bulk", [NX_INTAKE_XAPIAN] = "xapian", NULL};

static struct {
    const char *index;
    nx_input input;
    int writer;
    uint64_t threads, memory;
    int64_t wait;
    bool quiet, strict, explain;
} options = {.wait = DEFAULT_WAIT_SECONDS};

const nx_opt nx_add_rows[] = {
    NX_ROW_INDEX(&options.index),
    NX_ROW_QUIET(&options.quiet),
    {.kind = NX_OPT_FLAG,
     .name = "strict",
     .help = "End with status 65 when anything was bad input",
     .to = &options.strict},
    {.kind = NX_OPT_FLAG,
     .name = "explain",
     .help = "List everything that is left out, also what is no article",
     .to = &options.explain},
    NX_INPUT_ROWS(options.input),
    {.kind = NX_OPT_GROUP, .help = "Writing"},
    {.kind = NX_OPT_CHOICE,
     .name = "writer",
     .arg = "WRITER",
     .help = "How segments are made; bulk is for large batches, xapian goes through libxapian",
     .to = &options.writer,
     .choices = writers},
    {.kind = NX_OPT_U64,
     .name = "threads",
     .arg = "NUM",
     .help = "Worker threads of a bulk build; default: one a processor",
     .to = &options.threads,
     .min = 1,
     .max = 16},
    {.kind = NX_OPT_BYTES,
     .name = "memory",
     .arg = "SIZE",
     .help = "Memory for the postings of a bulk build and for knowing its articles, 100 bytes "
             "each; what the threads have in work comes on top, 100M each; default 256M",
     .to = &options.memory,
     .min = 16 << 20},
    {.kind = NX_OPT_DURATION,
     .name = "wait",
     .arg = "SPAN",
     .help = "Wait this long for another writer to end; default 60s",
     .to = &options.wait},
    {.kind = NX_OPT_END}};

// A file keeps its identity from whichever directory it is named.
static nx_status read_path(nx_intake *run, const char *path, const nx_corpus_options *corpus,
                           nx_error *err)
{
    if (strcmp(path, "-") == 0) {
        return nx_intake_read(run, path, corpus, err);
    }
    char *real = realpath(path, NULL);
    nx_status st = nx_intake_read(run, real != NULL ? real : path, corpus, err);
    free(real);
    return st;
}

static nx_status read_all(nx_intake *run, char **paths, const nx_corpus_options *corpus,
                          nx_tally *tally, nx_error *err)
{
    for (; *paths != NULL; paths++) {
        if (nx_stop_wanted()) { // before a pipe is waited for
            return nx_fail(err, NX_ESTOP, "stopped");
        }
        nx_status st = read_path(run, *paths, corpus, err);
        if (st == NX_ENOINPUT || st == NX_EIO) {
            // One path that cannot be opened does not keep the others out.
            nx_skip skip = {.file = nx_str_of(*paths),
                            .code = st,
                            .reason = "cannot be opened",
                            .text = err->msg};
            nx_tally_skip(tally, &skip);
        } else if (st != NX_OK) {
            return st;
        }
    }
    return NX_OK;
}

static bool is_there(const char *path)
{
    return strcmp(path, "-") == 0 || access(path, F_OK) == 0;
}

// Mistyped names make no index. EX_OK: one of them is there.
static int complain_of_names(char **paths)
{
    int status = EX_OK;
    for (size_t i = 0; paths[i] != NULL; i++) {
        if (is_there(paths[i])) {
            return EX_OK;
        }
    }
    for (; *paths != NULL; paths++) {
        nx_error err = NX_ERROR_INIT;
        if (!is_there(*paths)) {
            (void)nx_fail_errno(&err, errno, "%s", *paths);
            status = nx_complain(&err);
        }
    }
    return status;
}

static int report(nx_tally *tally, bool stopped)
{
    nx_buf out;
    nx_buf_init(&out, 1 << 16);
    nx_tally_say_rest(tally);
    nx_tally_summary(tally, &out);
    if (!options.quiet) {
        (void)fprintf(stderr, "newsindex: %s%s\n", stopped ? "stopped: " : "", out.data);
    }
    nx_buf_release(&out);
    if (stopped) {
        return nx_exit_status(NX_ESTOP);
    }
    bool nothing = nx_tally_get(tally, NX_COUNT_INDEXED) + nx_tally_get(tally, NX_COUNT_UPDATED) +
                       nx_tally_get(tally, NX_COUNT_UNCHANGED) +
                       nx_tally_get(tally, NX_COUNT_REMOVED) ==
                   0;
    if (nothing && nx_tally_get(tally, NX_COUNT_FILES) == 0) {
        return EX_NOINPUT;
    }
    return options.strict && nx_tally_bad(tally) > 0 ? EX_DATAERR : EX_OK;
}

// Keeps the number of segments small. What cannot be merged for want of room is searched as it is.
static nx_status merge(nx_writer *writer, nx_error *err)
{
    nx_merge_report report;
    nx_status st = nx_writer_merge(writer, MERGE_BYTES, NULL, NULL, &report, err);
    if (st == NX_ENOSPC) {
        (void)fprintf(stderr, "newsindex: segments not merged: %s\n", err->msg);
        st = NX_OK;
    }
    return st;
}

// What this run brings that is news to the alerts of the index, as the intake tells it.
typedef struct noting {
    nx_manifest *manifest;
    nx_news *news; // NULL: no alert wants it
    int64_t run;
} noting;

static void on_added(void *ctx, nx_str unique_term)
{
    nx_news_added(((noting *)ctx)->news, unique_term);
}

static nx_status on_moved(void *ctx, nx_str from, nx_str to, nx_error *err)
{
    return nx_news_moved(((noting *)ctx)->news, from, to, err);
}

static nx_status on_committing(void *ctx, nx_error *err)
{
    const noting *n = ctx;
    if (!nx_news_waiting(n->news)) {
        return NX_OK;
    }
    nx_status st = nx_manifest_begin(n->manifest, err);
    st = st == NX_OK ? nx_news_note(n->news, err) : st;
    return st == NX_OK ? nx_manifest_commit(n->manifest, err) : st;
}

static nx_status open_noting(noting *n, const char *index, nx_error *err)
{
    nx_status st = nx_manifest_open(&n->manifest, index, NX_MANIFEST_WRITE, err);
    if (st == NX_OK) {
        st = nx_manifest_begin_run(n->manifest, NX_STR("add"), nx_now_utc(), &n->run, err);
    }
    return st == NX_OK ? nx_news_open(&n->news, n->manifest, err) : st;
}

// failed: of the run, whose failure is in err then.
static nx_status close_noting(noting *n, nx_tally *tally, nx_status failed, nx_error *err)
{
    nx_error ignored = NX_ERROR_INIT;
    const nx_error why = failed != NX_OK ? *err : (nx_error)NX_ERROR_INIT;
    nx_status st = NX_OK;
    if (n->run != 0) {
        st = nx_index_run_ended(n->manifest, n->run, tally, &why, failed == NX_OK ? err : &ignored);
    }
    nx_news_close(n->news);
    nx_manifest_close(n->manifest);
    return failed != NX_OK ? failed : st;
}

static int run(const char *index, char **paths, const nx_corpus_options *corpus, nx_tally *tally)
{
    nx_error err = NX_ERROR_INIT;
    nx_writer *writer = NULL;
    nx_intake *run = NULL;
    noting notes = {.news = NULL};
    const nx_intake_account account = {
        .ctx = &notes, .added = on_added, .moved = on_moved, .committing = on_committing};
    const nx_writer_options how = {
        .analysis = NX_ANALYSIS, .create = true, .wait_seconds = (unsigned)options.wait};
    nx_status st = nx_writer_open(&writer, index, &how, &err);
    if (st != NX_OK) {
        return nx_complain(&err);
    }
    bool progress = !options.quiet && isatty(STDERR_FILENO) == 1;
    const nx_intake_options run_options = {.writer = (nx_intake_writer)options.writer,
                                           .threads = (unsigned)options.threads,
                                           .memory_bytes = options.memory,
                                           .now_utc = nx_now_utc(),
                                           .show_progress = progress,
                                           .total_bytes = progress ? nx_scan_total_bytes(paths) : 0,
                                           .account = &account};
    st = open_noting(&notes, index, &err);
    if (st == NX_OK) {
        st = nx_intake_new(&run, writer, index, &run_options, tally, &err);
    }
    bool stopped = false;
    if (st == NX_OK) {
        st = read_all(run, paths, corpus, tally, &err);
        stopped = st == NX_ESTOP; // what was read before the signal is kept
        if (st == NX_OK || stopped) {
            st = nx_intake_checkpoint(run, &err);
        }
        st = st == NX_OK ? nx_news_ready(notes.news, &err) : st;
        if (st == NX_OK && !stopped) {
            st = merge(writer, &err);
        }
    }
    nx_intake_free(run);
    st = close_noting(&notes, tally, st, &err);
    if (st != NX_OK) {
        nx_writer_abort(writer);
        return nx_complain(&err);
    }
    st = nx_writer_close(writer, &err);
    if (st != NX_OK) {
        return nx_complain(&err);
    }
    int status = report(tally, stopped);
    int alerted = stopped ? EX_OK : nx_run_alerts(NULL, index, options.quiet);
    return status != EX_OK ? status : alerted;
}

int nx_cmd_add(int argc, char **argv)
{
    int first = 0, status = EX_OK;
    nx_error err = NX_ERROR_INIT;
    nx_corpus_options corpus;
    if (!nx_command_options(nx_command_find("add"), argc, argv, &first, &status)) {
        return status;
    }
    if (first == argc) {
        (void)nx_fail(&err, NX_EUSAGE,
                      "add: what? Give files, directories or - for standard input");
        return nx_complain(&err);
    }
    if (nx_input_options(&options.input, &corpus, &err) != NX_OK) {
        return nx_complain(&err);
    }
    char *index = nx_index_path(options.index);
    nx_tally *tally = nx_tally_new(!options.quiet, options.explain);
    if (index == NULL || tally == NULL) {
        (void)nx_fail(&err, NX_EUSAGE, "no index: give --index or set HOME");
        status = nx_complain(&err);
    } else {
        nx_stop_on_signals();
        status = complain_of_names(argv + first);
        status = status == EX_OK ? run(index, argv + first, &corpus, tally) : status;
    }
    nx_tally_free(tally);
    free(index);
    return status;
}
