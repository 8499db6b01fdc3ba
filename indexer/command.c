// command.c: the command table of newsindex and what its commands share; see command.h.
#include "indexer/command.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/io.h"
#include "base/tty.h"
#include "corpus/corpus.h"

#ifndef NX_VERSION
#define NX_VERSION "unknown"
#endif

static const nx_command commands[] = {
    {.name = "add",
     .args = "PATH... | -",
     .summary = "Index articles from files, directories, archives or standard input",
     .examples = "newsindex add ~/news                    a directory, all formats\n"
                 "newsindex add dump.jsonl.gz --field title=hl  JSON lines with other names\n"
                 "curl -s URL | newsindex add -           standard input",
     .options = nx_add_rows,
     .run = nx_cmd_add},
    {.name = "init",
     .args = "",
     .summary = "Write a commented configuration to begin with",
     .options = nx_init_rows,
     .run = nx_cmd_init},
    {.name = "update",
     .args = "[INDEX...]",
     .summary = "Bring the indexes of the configuration up to date",
     .examples = "newsindex update                        all indexes\n"
                 "newsindex update --quiet --max-age 24h  from cron\n"
                 "newsindex update wires --full           one index, every file compared",
     .options = nx_update_rows,
     .run = nx_cmd_update},
    {.name = "rebuild",
     .args = "[INDEX...]",
     .summary = "Make indexes anew from their sources beside the old ones, then swap",
     .options = nx_rebuild_rows,
     .run = nx_cmd_rebuild},
    {.name = "status",
     .args = "[INDEX...]",
     .summary = "Say when indexes were last brought up to date, and how it went",
     .examples = "newsindex status\nnewsindex status --max-age 24h --quiet   for a monitor",
     .options = nx_status_rows,
     .run = nx_cmd_status},
    {.name = "failures",
     .args = "[INDEX...]",
     .summary = "List what could not be read, since when, and when it is tried again",
     .options = nx_failures_rows,
     .run = nx_cmd_failures},
    {.name = "alert",
     .args = "add NAME QUERY | list | remove|pause|resume NAME... | test NAME",
     .summary = "Keep queries that report the new articles of each run",
     .examples = "newsindex alert add fbi 'FBI contact'     printed by the run: cron mails it\n"
                 "newsindex alert add budget budget --exec 'sendmail desk@example.org'\n"
                 "newsindex alert add ports port harbour --rss /srv/www/ports.xml\n"
                 "newsindex alert test fbi --days 30        what it would have found\n",
     .options = nx_alert_rows,
     .run = nx_cmd_alert},
    {.name = "inspect",
     .args = "PATH... | -",
     .summary = "Print the records that would be indexed and where each fact is from",
     .examples = "newsindex inspect page.html\nnewsindex inspect --json feed.xml",
     .options = nx_inspect_rows,
     .run = nx_cmd_inspect},
    {.name = "remove",
     .args = "ID...",
     .summary = "Remove articles by id or URL",
     .options = nx_remove_rows,
     .run = nx_cmd_remove},
    {.name = "stats",
     .args = "",
     .summary = "Say what the index holds and how large it is",
     .options = nx_stats_rows,
     .run = nx_cmd_stats},
    {.name = "check",
     .args = "",
     .summary = "Check the whole index for damage",
     .options = nx_check_rows,
     .run = nx_cmd_check},
    {.name = "compact",
     .args = "",
     .summary = "Merge all segments into one, as small as it gets",
     .options = nx_compact_rows,
     .run = nx_cmd_compact},
    {0},
};

int nx_exit_status(nx_status code)
{
    switch (code) {
    case NX_OK: return EX_OK;
    case NX_EUSAGE:
    case NX_EQUERY: return EX_USAGE;
    case NX_EFORMAT:
    case NX_ELIMIT: return EX_DATAERR;
    case NX_ENOINPUT:
    case NX_ENOTFOUND: return EX_NOINPUT;
    case NX_ENOSPC: return EX_CANTCREAT;
    case NX_EIO:
    case NX_ECORRUPT:
    case NX_EVERSION:
    case NX_ENETWORK: return EX_IOERR;
    case NX_EBUSY:
    case NX_ESTALE: return EX_TEMPFAIL;
    case NX_ECONFIG: return EX_CONFIG;
    case NX_ENOMEM: return EX_OSERR;
    case NX_ESTOP: return 128 + SIGINT;
    case NX_EBUG: return EX_SOFTWARE;
    }
    return EX_SOFTWARE;
}

int nx_complain(const nx_error *err)
{
    (void)fprintf(stderr, "newsindex: %s\n", err->msg);
    return nx_exit_status(err->code);
}

// A signal handler may do no more than this.
static volatile sig_atomic_t stop_wanted;

static volatile sig_atomic_t signal_came;

static void on_wake(int number)
{
    (void)number;
    (void)alarm(1);
}

static const int stop_signals[] = {SIGINT, SIGTERM, SIGHUP};

static void on_signal(int number)
{
    stop_wanted = 1;
    if (number != SIGALRM) {
        struct sigaction now;
        for (size_t i = 0; i < NX_COUNT(stop_signals); i++) { // whichever comes next kills
            if (sigaction(stop_signals[i], NULL, &now) == 0 && now.sa_handler == on_signal) {
                (void)signal(stop_signals[i], SIG_DFL);
            }
        }
        // A signal that comes just before a read waits for input does not end the wait: the next
        // one does.
        struct sigaction wake = {.sa_handler = on_wake};
        (void)sigemptyset(&wake.sa_mask);
        (void)sigaction(SIGALRM, &wake, NULL);
        (void)alarm(1);
        signal_came = 1;
    }
}

void nx_stop_on_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal}, before;
    (void)sigfillset(&action.sa_mask); // of two at once the second finds what the first has done
    for (size_t i = 0; i < NX_COUNT(stop_signals); i++) {
        // What is ignored stays ignored: nohup and shells in the background mean it.
        if (sigaction(stop_signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN) {
            (void)sigaction(stop_signals[i], &action, NULL);
        }
    }
}

bool nx_stop_wanted(void)
{
    return stop_wanted != 0;
}

void nx_stop_after(unsigned seconds)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESTART};
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGALRM, &action, NULL);
    (void)alarm(seconds);
}

bool nx_signal_came(void)
{
    return signal_came != 0;
}

nx_status nx_print(const nx_buf *b, nx_error *err)
{
    nx_status st = nx_buf_check(b, "the output", err);
    if (st != NX_OK) {
        return st;
    }
    if (fwrite(b->data, 1, b->len, stdout) != b->len || fflush(stdout) != 0) {
        return errno == EPIPE ? NX_OK : nx_fail_errno(err, errno, "standard output");
    }
    return NX_OK;
}

const nx_command *nx_command_find(const char *name)
{
    for (const nx_command *c = commands; c->name != NULL; c++) {
        if (strcmp(c->name, name) == 0) {
            return c;
        }
    }
    return NULL;
}

static void indented(nx_buf *out, const char *lines)
{
    while (*lines != '\0') {
        size_t n = strcspn(lines, "\n");
        nx_buf_addf(out, "  %.*s\n", (int)n, lines);
        lines += n + (lines[n] == '\n');
    }
}

// A line for each way to call a command: what it takes is separated by " | ".
static void add_usage(const nx_command *c, nx_buf *out)
{
    const char *args = c->args, *name = "Usage:";
    do {
        const char *bar = strstr(args, " | ");
        size_t n = bar != NULL ? (size_t)(bar - args) : strlen(args);
        nx_buf_addf(out, "%s newsindex %s [OPTION...]%s%.*s\n", name, c->name, n > 0 ? " " : "",
                    (int)n, args);
        args += n + (bar != NULL ? strlen(" | ") : 0);
        name = "      ";
    } while (*args != '\0');
}

static int help_command(const nx_command *c)
{
    nx_buf out;
    nx_error err = NX_ERROR_INIT;
    nx_buf_init(&out, 1 << 16);
    add_usage(c, &out);
    nx_buf_addf(&out, "%s.\n", c->summary);
    if (c->examples != NULL) {
        nx_buf_addz(&out, "\nExamples:\n");
        indented(&out, c->examples);
    }
    nx_buf_addz(&out, "\nOptions:\n");
    nx_opt_help(c->options, &out, nx_tty_columns(STDOUT_FILENO));
    nx_status st = nx_print(&out, &err);
    nx_buf_release(&out);
    return st == NX_OK ? EX_OK : nx_complain(&err);
}

static int help_program(void)
{
    nx_buf out;
    nx_error err = NX_ERROR_INIT;
    nx_buf_init(&out, 1 << 16);
    nx_buf_addz(&out, "Usage: newsindex COMMAND [OPTION...] [ARGUMENT...]\n"
                      "Index news articles and keep the index current; newssearch searches it.\n\n"
                      "Commands:\n");
    for (const nx_command *c = commands; c->name != NULL; c++) {
        nx_buf_addf(&out, "  %-10s %s\n", c->name, c->summary);
    }
    nx_buf_addz(&out,
                "\n'newsindex COMMAND --help' tells a command's options; newsindex(1) is the\n"
                "manual.\n");
    nx_status st = nx_print(&out, &err);
    nx_buf_release(&out);
    return st == NX_OK ? EX_OK : nx_complain(&err);
}

bool nx_command_options(const nx_command *command, int argc, char **argv, int *first, int *status)
{
    // --help works whatever else is on the line and however broken the machine is.
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            *status = help_command(command);
            return false;
        }
    }
    nx_error err = NX_ERROR_INIT;
    if (nx_opt_parse(command->options, argc, argv, first, &err) != NX_OK) {
        *status = nx_complain(&err);
        (void)fprintf(stderr, "newsindex: 'newsindex %s --help' tells the options\n",
                      command->name);
        return false;
    }
    return true;
}

static const char *const shells[] = {"bash", "zsh", "fish", NULL};

static void offer(nx_buf *out, const char *word, const char *text)
{
    if (nx_str_starts(nx_str_of(word), nx_str_of(text))) {
        nx_buf_addf(out, "%s\n", word);
    }
}

// --completion=SHELL and --man-options print what the option rows give; --complete=KIND the words
// that begin with text: of format the names of formats, of alert what it can do. Packaging and
// shells use them.
static int generate(const char *what, const char *text)
{
    static const char *const deeds[] = {"add", "list", "pause", "remove", "resume", "test"};
    static const nx_opt top[] = {
        {.kind = NX_OPT_FLAG, .letter = 'h', .name = "help", .help = "Print help"},
        {.kind = NX_OPT_FLAG, .name = "version", .help = "Print the version"},
        {.kind = NX_OPT_END}};
    nx_buf out;
    nx_error err = NX_ERROR_INIT;
    nx_buf_init(&out, 1 << 20);
    if (strcmp(what, "--completion=bash") == 0) {
        nx_opt_bash("newsindex", commands, top, &out);
    } else if (strcmp(what, "--completion=zsh") == 0) {
        nx_opt_zsh("newsindex", commands, top, &out);
    } else if (strcmp(what, "--completion=fish") == 0) {
        nx_opt_fish("newsindex", commands, top, &out);
    } else if (strcmp(what, "--man-options") == 0) {
        for (const nx_command *c = commands; c->name != NULL; c++) {
            nx_buf_addf(&out, "# newsindex %s %s\n\n%s.\n\n", c->name, c->args, c->summary);
            nx_opt_scdoc(c->options, &out);
        }
    } else if (strcmp(what, "--complete=format") == 0) {
        for (int f = 0; f <= NX_FORMAT_ARC; f++) {
            offer(&out, nx_format_name((nx_format)f), text);
        }
    } else if (strcmp(what, "--complete=alert") == 0) {
        for (size_t i = 0; i < NX_COUNT(deeds); i++) {
            offer(&out, deeds[i], text);
        }
    } else {
        (void)nx_fail(&err, NX_EUSAGE, "--completion wants one of: %s, %s, %s", shells[0],
                      shells[1], shells[2]);
        nx_buf_release(&out);
        return nx_complain(&err);
    }
    nx_status st = nx_print(&out, &err);
    nx_buf_release(&out);
    return st == NX_OK ? EX_OK : nx_complain(&err);
}

static int print_version(void)
{
    nx_buf out;
    nx_error err = NX_ERROR_INIT;
    nx_buf_init(&out, 64);
    nx_buf_addz(&out, "newsindex " NX_VERSION "\n");
    nx_status st = nx_print(&out, &err);
    nx_buf_release(&out);
    return st == NX_OK ? EX_OK : nx_complain(&err);
}

static int unknown_command(const char *word)
{
    nx_error err = NX_ERROR_INIT;
    const char *names[32] = {NULL};
    for (size_t i = 0; i < 31 && commands[i].name != NULL; i++) {
        names[i] = commands[i].name;
    }
    const char *near = nx_nearest(word, names);
    (void)nx_fail(&err, NX_EUSAGE,
                  near != NULL ? "unknown command '%.40s'; did you mean '%s'?"
                               : "unknown command '%.40s'%s",
                  word, near != NULL ? near : "; 'newsindex --help' lists them");
    return nx_complain(&err);
}

int nx_newsindex(int argc, char **argv)
{
    nx_hold_standard_streams();
    (void)signal(SIGPIPE, SIG_IGN);
    const char *word = argc > 1 ? argv[1] : "";
    if (strcmp(word, "--version") == 0) {
        return print_version();
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0) {
        const nx_command *of = argc > 2 ? nx_command_find(argv[2]) : NULL;
        return of != NULL ? help_command(of) : argc > 2 ? unknown_command(argv[2]) : help_program();
    }
    if (strncmp(word, "--completion", 12) == 0 || strncmp(word, "--complete=", 11) == 0 ||
        strcmp(word, "--man-options") == 0) {
        return generate(word, argc > 2 ? argv[argc - 1] : "");
    }
    const nx_command *c = nx_command_find(word);
    if (c != NULL) {
        return c->run(argc - 1, argv + 1);
    }
    if (*word == '\0') {
        (void)fprintf(stderr, "newsindex: which command? 'newsindex --help' lists them\n");
        return EX_USAGE;
    }
    return unknown_command(word);
}
