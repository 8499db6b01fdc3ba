// generate.c: what the option rows give to shells and manuals: --completion=SHELL, --man-options;
// and --complete=KIND (complete.c).

#include "searcher/front.h"

static void man_options(nx_buf *out)
{
    nx_opt_scdoc(nx_ask_rows, out);
    for (const nx_command *c = nx_search_commands; c->name != NULL; c++) {
        nx_buf_addf(out, "# newssearch %s %s\n\n%s.\n\n", c->name, c->args, c->summary);
        nx_opt_scdoc(c->options, out);
    }
}

static nx_status completion(const char *shell, nx_buf *out, nx_error *err)
{
    if (strcmp(shell, "bash") == 0) {
        nx_opt_bash("newssearch", nx_search_commands, nx_ask_rows, out);
    } else if (strcmp(shell, "zsh") == 0) {
        nx_opt_zsh("newssearch", nx_search_commands, nx_ask_rows, out);
    } else if (strcmp(shell, "fish") == 0) {
        nx_opt_fish("newssearch", nx_search_commands, nx_ask_rows, out);
    } else {
        return nx_fail(err, NX_EUSAGE, "--completion wants one of: bash, zsh, fish");
    }
    return NX_OK;
}

static const char *value_of(const char *arg, const char *name)
{
    size_t n = strlen(name);
    return strncmp(arg, name, n) == 0 && arg[n] == '=' ? arg + n + 1 : NULL;
}

bool nx_generate(int argc, char **argv, int *status)
{
    nx_output out;
    nx_error err = NX_ERROR_INIT;
    const char *arg = argc > 1 ? argv[1] : "";
    const char *shell = value_of(arg, "--completion"), *kind = value_of(arg, "--complete");
    bool man = strcmp(arg, "--man-options") == 0;
    if (shell == NULL && kind == NULL && !man) {
        return false;
    }
    nx_front_output(&out, 0);
    nx_status done = NX_OK;
    if (man) {
        man_options(&out.buf);
    } else {
        done = shell != NULL ? completion(shell, &out.buf, &err)
                             : nx_complete(kind, argc - 2, argv + 2, &out.buf, &err);
    }
    if (done == NX_OK) {
        done = nx_output_flush(&out, &err);
    }
    nx_output_release(&out);
    *status = done == NX_OK ? NX_EXIT_HITS : nx_search_complain(&err);
    return true;
}
