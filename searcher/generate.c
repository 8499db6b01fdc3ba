// generate.c: what the option rows, the fields and the index give to shells and manuals:
// --completion=SHELL, --complete=KIND, --man-options.

#include "searcher/front.h"
#include "searcher/tally.h"

enum { VALUES_MAX = 2000 };

typedef struct listing {
    nx_buf *out;
    size_t count;
} listing;

static bool add_value(void *ctx, nx_str value, uint32_t documents)
{
    listing *l = ctx;
    (void)documents;
    if (memchr(value.p, '\n', value.n) == NULL) {
        nx_buf_adds(l->out, value);
        nx_buf_addc(l->out, '\n');
    }
    return ++l->count < VALUES_MAX;
}

static void add_fields(nx_buf *out)
{
    for (const nx_field *f = nx_fields; f->name != NULL; f++) {
        nx_buf_addf(out, "%s:\n", f->name);
    }
}

// The values a field has in the index.
static nx_status add_values(const nx_field *field, nx_buf *out, nx_error *err)
{
    nx_searcher *s = NULL;
    nx_status status = nx_front_open(NULL, &s, err);
    if (status == NX_OK) {
        listing l = {.out = out};
        status = nx_searcher_values(s, field, add_value, &l, err);
    }
    nx_searcher_close(s);
    return status;
}

// What can be completed: facets, fields, values of a field.
static nx_status complete(const char *kind, nx_buf *out, nx_error *err)
{
    if (strcmp(kind, "facet") == 0) {
        nx_facets_list(out);
        return NX_OK;
    }
    if (strcmp(kind, "field") == 0) {
        add_fields(out);
        return NX_OK;
    }
    const nx_field *field = nx_field_find(nx_str_of(kind));
    if (field == NULL || !field->facet || field->analysis == NX_AS_DATE) {
        return nx_fail(err, NX_EUSAGE, "--complete: nothing is known of '%.40s'", kind);
    }
    return add_values(field, out, err);
}

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
        done = shell != NULL ? completion(shell, &out.buf, &err) : complete(kind, &out.buf, &err);
    }
    if (done == NX_OK) {
        done = nx_output_flush(&out, &err);
    }
    nx_output_release(&out);
    *status = done == NX_OK ? NX_EXIT_HITS : nx_search_complain(&err);
    return true;
}
