// front.c: the program newssearch: which of its ways is asked for, messages, exit statuses.
#include "searcher/front.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/io.h"
#include "base/tty.h"
#include "base/xdg.h"
#include "searcher/pager.h"
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
    bool damaged = err->code == NX_ECORRUPT;
    (void)fprintf(stderr, "newssearch: %s%s\n", err->msg,
                  damaged ? "; the index is damaged, 'newsindex rebuild' makes it anew" : "");
    return nx_search_exit(err->code);
}

nx_status nx_front_open(const char *given, nx_searcher **out, nx_error *err)
{
    char *dir = nx_index_path(given);
    if (dir == NULL) {
        return nx_fail(err, NX_EUSAGE, "which index? --index names it");
    }
    nx_status status = nx_searcher_open(out, dir, err);
    free(dir);
    if (status == NX_ENOINPUT) {
        nx_error cause = *err;
        return nx_fail(err, status, "%s; 'newsindex add' makes one", cause.msg);
    }
    // A directory of something else is a wrong place, not a damaged index.
    return status == NX_EFORMAT ? (err->code = NX_EIO) : status;
}

void nx_front_output(nx_output *out, int color)
{
    nx_output_init(out, STDOUT_FILENO);
    out->color = nx_tty_color(STDOUT_FILENO, (nx_color)color);
    out->columns = nx_tty_columns(STDOUT_FILENO);
    out->utf8 = nx_tty_utf8();
}

// ---- searching

static nx_status read_synonyms(const nx_ask *ask, nx_searcher *s, nx_error *err)
{
    enum { SYNONYMS_MAX = 1 << 26 };
    nx_buf text;
    if (ask->synonyms == NULL) {
        return NX_OK;
    }
    nx_buf_init(&text, SYNONYMS_MAX);
    nx_status status = nx_read_file(ask->synonyms, &text, err);
    if (status == NX_OK) {
        status = nx_searcher_synonyms(s, nx_buf_str(&text), ask->synonyms, err);
    }
    nx_buf_release(&text);
    return status;
}

// The operands as one query, as if they stood in quotes.
static nx_status run_query(nx_run *run, int count, char **words, nx_error *err)
{
    nx_buf query;
    nx_buf_init(&query, 2 * NX_QUERY_MAX_BYTES);
    for (int i = 0; i < count; i++) {
        nx_buf_addz(&query, i > 0 ? " " : "");
        nx_buf_addz(&query, words[i]);
    }
    nx_status status = nx_buf_check(&query, "the query", err);
    if (status == NX_OK) {
        nx_question q = {.query = query.len > 0 ? nx_buf_str(&query) : NX_STR("")};
        status = nx_run_question(run, &q, err);
    }
    nx_buf_release(&query);
    return status;
}

static nx_status run_all(nx_run *run, int count, char **operands, nx_error *err)
{
    const nx_ask *ask = run->ask;
    if (ask->related != NULL) {
        return nx_run_related(run, ask->related, err);
    }
    if (!ask->batch) {
        return run_query(run, count, operands, err);
    }
    nx_status status = NX_OK;
    for (int i = 0; i < count && status == NX_OK; i++) {
        status = nx_run_batch(run, operands[i], err);
    }
    return status;
}

static nx_status search(nx_run *run, int count, char **operands, nx_error *err)
{
    const nx_format *format = run->ask->format;
    nx_status status = nx_front_open(run->ask->index, &run->searcher, err);
    if (status == NX_OK) {
        status = read_synonyms(run->ask, run->searcher, err);
    }
    if (status == NX_OK && format->open != NULL) {
        format->open(run->out);
    }
    if (status == NX_OK) {
        status = run_all(run, count, operands, err);
    }
    nx_searcher_close(run->searcher);
    return status;
}

static int run_search(const nx_ask *ask, int count, char **operands)
{
    nx_output out;
    nx_pager pager = {.fd = -1};
    nx_error err = NX_ERROR_INIT;
    nx_run run = {.ask = ask, .out = &out};
    nx_front_output(&out, ask->color);
    out.batch = ask->batch;
    out.count_only = ask->count;
    if (ask->pager && isatty(STDOUT_FILENO) == 1) {
        nx_pager_start(&pager);
        out.fd = pager.fd >= 0 ? pager.fd : out.fd;
    }
    nx_status status = search(&run, count, operands, &err);
    nx_output_release(&out);
    nx_pager_finish(&pager);
    if (status != NX_OK) {
        return nx_search_complain(&err);
    }
    return run.matches > 0 ? NX_EXIT_HITS : NX_EXIT_NONE;
}

// ---- the program

const nx_command nx_search_commands[] = {
    {.name = "show",
     .args = "ID",
     .summary = "Print an article, the words of a query marked",
     .examples = "newssearch show https://example.com/2019/embassy --query 'embassy raid'\n",
     .options = nx_show_rows,
     .run = nx_cmd_show},
    {.name = "eval",
     .args = "--qrels=FILE --queries=FILE",
     .summary = "Measure the ranking against judgements, as trec_eval does",
     .examples = "newssearch eval -i INDEX --queries=queries.tsv --qrels=qrels.txt\n",
     .options = nx_eval_rows,
     .run = nx_cmd_eval},
    {0},
};

static const char *const search_examples =
    "newssearch FBI contact\n"
    "newssearch '\"Kim Jong Un\" source:cnn date:2019-02..2019-04'\n"
    "newssearch --sort=newest -n 20 'title:budget NOT sport'\n"
    "newssearch --facets=source,year --timeline 'carbon tax'\n"
    "newssearch --batch --csv --slop=2 names.txt\n"
    "newssearch --html 'embassy raid' >embassy.html\n";

static void add_indented(nx_buf *out, const char *lines)
{
    while (*lines != '\0') {
        size_t n = strcspn(lines, "\n");
        nx_buf_addf(out, "  %.*s\n", (int)n, lines);
        lines += n + (lines[n] == '\n');
    }
}

int nx_search_help(const char *usage, const char *summary, const char *examples, const nx_opt *rows,
                   const char *after)
{
    nx_output out;
    nx_error err = NX_ERROR_INIT;
    nx_output_init(&out, STDOUT_FILENO);
    nx_buf_addf(&out.buf, "Usage: newssearch %s\n%s.\n\nExamples:\n", usage, summary);
    add_indented(&out.buf, examples);
    nx_buf_addz(&out.buf, rows[0].kind == NX_OPT_GROUP ? "" : "\nOptions:\n");
    nx_opt_help(rows, &out.buf, nx_tty_columns(STDOUT_FILENO));
    nx_buf_addz(&out.buf, after);
    nx_status status = nx_output_flush(&out, &err);
    nx_output_release(&out);
    return status == NX_OK ? NX_EXIT_HITS : nx_search_complain(&err);
}

static int help(void)
{
    nx_buf after;
    nx_buf_init(&after, 1 << 16);
    nx_buf_addz(&after, "\nCommands:\n");
    for (const nx_command *c = nx_search_commands; c->name != NULL; c++) {
        nx_buf_addf(&after, "  %-8s%s\n", c->name, c->summary);
    }
    nx_buf_addz(&after, "\n'newssearch COMMAND --help' tells a command's options. newssearch(1) is "
                        "the\nmanual, newsdex-query(7) tells the query language.\n");
    int status = nx_search_help("[OPTION...] QUERY...", "Search news that newsindex has indexed",
                                search_examples, nx_ask_rows, after.failed ? "" : after.data);
    nx_buf_release(&after);
    return status;
}

// A command's name after options is a word to search for; whoever meant the command should know.
static void hint_at_command(const nx_ask *ask, int count, char **operands)
{
    for (const nx_command *c = nx_search_commands; c->name != NULL && !ask->quiet; c++) {
        if (count > 1 && strcmp(operands[0], c->name) == 0) {
            (void)fprintf(stderr,
                          "newssearch: searching for the word '%s'; the command %s would come "
                          "before the options\n",
                          c->name, c->name);
        }
    }
}

int nx_newssearch(int argc, char **argv)
{
    nx_ask *ask = NULL;
    nx_error err = NX_ERROR_INIT;
    int first = 0, status = 0;
    nx_hold_standard_streams();
    (void)signal(SIGPIPE, SIG_IGN);
    if (nx_generate(argc, argv, &status)) {
        return status;
    }
    for (const nx_command *c = nx_search_commands; c->name != NULL && argc > 1; c++) {
        if (strcmp(argv[1], c->name) == 0) {
            return c->run(argc - 1, argv + 1);
        }
    }
    if (argc > 1 && strcmp(argv[1], "--alerts") == 0) {
        return nx_cmd_alerts(argc - 1, argv + 1);
    }
    if (nx_ask_parse(&ask, argc, argv, &first, &err) != NX_OK) {
        return nx_search_complain(&err);
    }
    if (ask->help) {
        return help();
    }
    if (ask->version) {
        return puts("newssearch " NX_VERSION) >= 0 && fflush(stdout) == 0 ? 0 : NX_EXIT_IO;
    }
    if (first == argc && ask->related == NULL) {
        (void)fprintf(stderr, "newssearch: %s 'newssearch --help' tells more\n",
                      ask->batch ? "--batch wants files of queries;" : "what to search for?");
        return NX_EXIT_USAGE;
    }
    hint_at_command(ask, argc - first, argv + first);
    return run_search(ask, argc - first, argv + first);
}
