// front.c: the program newssearch: which of its ways is asked for, messages, exit statuses.
#include "searcher/front.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/tty.h"
#include "base/xdg.h"
#include "searcher/run.h"

int nx_search_exit(nx_status code)
{
    switch (code) {
    case NX_OK: return NX_EXIT_HITS;
    case NX_ENOTFOUND: return NX_EXIT_NONE;
    case NX_EUSAGE:
    case NX_EQUERY:
    case NX_ECONFIG:
    case NX_EFORMAT: return NX_EXIT_USAGE;
    case NX_EBUSY:
    case NX_ESTALE: return NX_EXIT_BUSY;
    case NX_ECORRUPT:
    case NX_EVERSION: return NX_EXIT_DAMAGED;
    default: return NX_EXIT_IO;
    }
}

int nx_search_complain(const nx_error *err)
{
    (void)fprintf(stderr, "newssearch: %s\n", err->msg);
    return nx_search_exit(err->code);
}

static nx_status open_index(const nx_ask *ask, nx_searcher **out, nx_error *err)
{
    char *dir = nx_index_path(ask->index);
    if (dir == NULL) {
        return nx_fail(err, NX_EUSAGE, "which index? --index names it");
    }
    nx_status status = nx_searcher_open(out, dir, err);
    free(dir);
    return status;
}

// The operands as one query, as if they stood in quotes.
static void join(int count, char **words, nx_buf *out)
{
    for (int i = 0; i < count; i++) {
        nx_buf_addz(out, i > 0 ? " " : "");
        nx_buf_addz(out, words[i]);
    }
}

static nx_status search(const nx_ask *ask, nx_output *out, nx_str query, uint64_t *hits,
                        nx_error *err)
{
    nx_searcher *searcher = NULL;
    nx_status status = open_index(ask, &searcher, err);
    if (status == NX_OK) {
        ask->format->open(out);
        status = nx_run_query(searcher, ask, out, NX_STR_NONE, query, hits, err);
    }
    if (status == NX_OK) {
        ask->format->close(out);
        status = nx_output_flush(out, err);
    }
    nx_searcher_close(searcher);
    return status;
}

static int run(const nx_ask *ask, int count, char **words)
{
    nx_output out;
    nx_buf query;
    nx_error err = NX_ERROR_INIT;
    uint64_t hits = 0;
    nx_output_init(&out, STDOUT_FILENO);
    out.color = nx_tty_color(STDOUT_FILENO, (nx_color)ask->color);
    out.columns = nx_tty_columns(STDOUT_FILENO);
    out.utf8 = nx_tty_utf8();
    nx_buf_init(&query, 2 * NX_QUERY_MAX_BYTES);
    join(count, words, &query);
    nx_status status = nx_buf_check(&query, "the query", &err);
    if (status == NX_OK) {
        status = search(ask, &out, nx_buf_str(&query), &hits, &err);
    }
    nx_buf_release(&query);
    nx_output_release(&out);
    if (status != NX_OK) {
        return nx_search_complain(&err);
    }
    return hits > 0 ? NX_EXIT_HITS : NX_EXIT_NONE;
}

static int help(void)
{
    nx_output out;
    nx_error err = NX_ERROR_INIT;
    nx_output_init(&out, STDOUT_FILENO);
    nx_buf_addz(&out.buf,
                "Usage: newssearch [OPTION...] QUERY...\n"
                "Search news that newsindex has indexed.\n\n"
                "Examples:\n"
                "  newssearch FBI contact\n"
                "  newssearch '\"Kim Jong Un\" embassy source:cnn date:2019-02..2019-04'\n"
                "  newssearch --sort=newest -n 20 'title:budget NOT sport'\n"
                "\nOptions:\n");
    nx_opt_help(nx_ask_rows, &out.buf, nx_tty_columns(STDOUT_FILENO));
    nx_buf_addz(&out.buf, "\nnewssearch(1) is the manual, newsdex-query(7) tells the query "
                          "language.\n");
    nx_status status = nx_output_flush(&out, &err);
    nx_output_release(&out);
    return status == NX_OK ? NX_EXIT_HITS : nx_search_complain(&err);
}

int nx_newssearch(int argc, char **argv)
{
    nx_ask *ask = NULL;
    nx_error err = NX_ERROR_INIT;
    int first = 0;
    (void)signal(SIGPIPE, SIG_IGN);
    if (nx_ask_parse(&ask, argc, argv, &first, &err) != NX_OK) {
        int status = nx_search_complain(&err);
        (void)fputs("newssearch: 'newssearch --help' tells the options\n", stderr);
        return status;
    }
    if (ask->help) {
        return help();
    }
    if (ask->version) {
        return puts("newssearch " NX_VERSION) >= 0 && fflush(stdout) == 0 ? 0 : NX_EXIT_IO;
    }
    if (first == argc) {
        (void)fputs("newssearch: what to search for? 'newssearch --help' tells more\n", stderr);
        return NX_EXIT_USAGE;
    }
    return run(ask, argc - first, argv + first);
}
