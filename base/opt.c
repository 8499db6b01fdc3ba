// opt.c: parsing and help of option rows; see opt.h. Generators are in opt_gen.c.
#define _GNU_SOURCE
#include "base/opt.h"

#include <getopt.h>
#include <stdio.h>

#include "base/num.h"
#include "base/utf8.h"

enum { FIRST_LONG = 1000, MAX_ROWS = 128 };

static bool takes_value(const nx_opt *o)
{
    return o->kind != NX_OPT_FLAG && o->name != NULL;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

// Edits between two short names, case ignored: a character more, less or another, or two next to
// each other swapped.
static size_t distance(const char *a, const char *b)
{
    enum { LONGEST = 40, ROWS = 3 };
    size_t n = strlen(b), rows[ROWS][LONGEST + 1];
    if (n > LONGEST || strlen(a) > LONGEST) {
        return SIZE_MAX;
    }
    for (size_t j = 0; j <= n; j++) {
        rows[0][j] = j;
    }
    size_t i = 1;
    for (; a[i - 1] != '\0'; i++) {
        size_t *row = rows[i % ROWS], *above = rows[(i - 1) % ROWS];
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            const char x = nx_lower(a[i - 1]), y = nx_lower(b[j - 1]);
            row[j] = least(above[j - 1] + (x != y), least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && x == nx_lower(b[j - 2]) && y == nx_lower(a[i - 2])) {
                row[j] = least(row[j], rows[(i - 2) % ROWS][j - 2] + 1);
            }
        }
    }
    return rows[(i - 1) % ROWS][n];
}

const char *nx_nearest(const char *given, const char *const *names)
{
    const char *nearest = NULL;
    size_t best = 3; // further than two edits is another word
    for (; *names != NULL; names++) {
        size_t d = distance(given, *names);
        bool alike = 2 * d <= strlen(given) || strncmp(*names, given, strlen(given)) == 0;
        if (d < best && alike) {
            best = d;
            nearest = *names;
        }
    }
    return nearest;
}

// A bound as the user would type it: sizes in the largest unit that divides them.
static void show_bound(const nx_opt *o, uint64_t v, char out[32])
{
    static const char units[] = {' ', 'k', 'M', 'G'};
    size_t u = 0;
    while (o->kind == NX_OPT_BYTES && v >= 1024 && v % 1024 == 0 && u + 1 < sizeof units) {
        v /= 1024;
        u++;
    }
    int n = snprintf(out, 31, "%llu", (unsigned long long)v);
    if (u > 0 && n > 0) {
        out[n] = units[u];
        out[n + 1] = '\0';
    }
}

static nx_status out_of_range(const nx_opt *o, nx_error *err)
{
    char min[32], max[32];
    show_bound(o, o->min, min);
    show_bound(o, o->max, max);
    if (o->max == 0) {
        return nx_fail(err, NX_EUSAGE, "--%s must be at least %s", o->name, min);
    }
    return nx_fail(err, NX_EUSAGE, "--%s must be from %s to %s", o->name, min, max);
}

static nx_status store_choice(const nx_opt *o, nx_str value, nx_error *err)
{
    char known[200] = "";
    size_t used = 0;
    for (int i = 0; o->choices[i] != NULL; i++) {
        if (nx_str_eq(nx_str_of(o->choices[i]), value)) {
            *(int *)o->to = i;
            return NX_OK;
        }
        int n =
            snprintf(known + used, sizeof known - used, "%s%s", i > 0 ? ", " : "", o->choices[i]);
        used += n > 0 && (size_t)n < sizeof known - used ? (size_t)n : 0;
    }
    return nx_fail(err, NX_EUSAGE, "--%s: '%.80s' is none of: %s", o->name, value.p, known);
}

static nx_status store(const nx_opt *o, const char *arg, nx_error *err)
{
    if (o->given != NULL) {
        *o->given = true;
    }
    nx_str value = nx_str_of(arg != NULL ? arg : "");
    bool good = true;
    switch (o->kind) {
    case NX_OPT_FLAG: *(bool *)o->to = true; return NX_OK;
    case NX_OPT_STRING: *(const char **)o->to = value.p; return NX_OK;
    case NX_OPT_LIST: {
        nx_opt_list *list = o->to;
        if (list->count == NX_OPT_LIST_MAX) {
            return nx_fail(err, NX_EUSAGE, "--%s given more than %d times", o->name,
                           (int)NX_OPT_LIST_MAX);
        }
        list->items[list->count++] = value.p;
        return NX_OK;
    }
    case NX_OPT_CHOICE:
        return arg == NULL ? (*(int *)o->to = 0, NX_OK) : store_choice(o, value, err);
    case NX_OPT_U64:
    case NX_OPT_BYTES: {
        uint64_t v = 0;
        good = o->kind == NX_OPT_U64 ? nx_parse_u64(value, &v) : nx_parse_bytes(value, &v);
        if (good && (v < o->min || (o->max != 0 && v > o->max))) {
            return out_of_range(o, err);
        }
        if (good) {
            *(uint64_t *)o->to = v;
        }
        break;
    }
    case NX_OPT_DURATION: good = nx_parse_duration(value, o->to); break;
    default: break;
    }
    if (!good) {
        return nx_fail(err, NX_EUSAGE, "--%s: '%.80s' is not %s", o->name, value.p,
                       o->kind == NX_OPT_BYTES      ? "a size such as 512M"
                       : o->kind == NX_OPT_DURATION ? "a time span such as 15m or 24h"
                                                    : "a number");
    }
    return NX_OK;
}

static nx_status unknown(const nx_opt *rows, const char *given, nx_error *err)
{
    const char *names[MAX_ROWS + 1] = {NULL};
    size_t n = 0;
    char bare[64];
    (void)snprintf(bare, sizeof bare, "%.*s", (int)strcspn(given + 2, "="), given + 2);
    for (; rows->kind != NX_OPT_END; rows++) {
        if (rows->name != NULL && n < MAX_ROWS) {
            names[n++] = rows->name;
        }
    }
    const char *near = nx_nearest(bare, names);
    if (near != NULL) {
        return nx_fail(err, NX_EUSAGE, "unknown option '--%s'; did you mean '--%s'?", bare, near);
    }
    return nx_fail(err, NX_EUSAGE, "unknown option '--%s'", bare);
}

// getopt_long accepts abbreviations, which would make every new option a breaking change.
static bool spelled_out(const nx_opt *o, const char *word)
{
    size_t n = strcspn(word + 2, "=");
    return strlen(o->name) == n && memcmp(word + 2, o->name, n) == 0;
}

// The rows as getopt_long wants them.
typedef struct getopt_rows {
    struct option longs[MAX_ROWS + 1];
    char shorts[2 + 3 * MAX_ROWS];
    const nx_opt *rows[MAX_ROWS]; // of longs
    size_t count;
} getopt_rows;

static void describe(const nx_opt *rows, getopt_rows *g)
{
    size_t used = 1;
    g->count = 0;
    g->shorts[0] = ':';
    for (const nx_opt *o = rows; o->kind != NX_OPT_END && g->count < MAX_ROWS; o++) {
        if (o->name == NULL) {
            continue;
        }
        int has = !takes_value(o)   ? no_argument
                  : o->optional_arg ? optional_argument
                                    : required_argument;
        g->rows[g->count] = o;
        g->longs[g->count] = (struct option){o->name, has, NULL, FIRST_LONG + (int)g->count};
        g->count++;
        if (o->letter != 0) {
            g->shorts[used++] = o->letter;
            for (int i = 0; i < has; i++) {
                g->shorts[used++] = ':';
            }
        }
    }
    g->longs[g->count] = (struct option){0};
    g->shorts[used] = '\0';
}

nx_status nx_opt_parse(const nx_opt *rows, int argc, char **argv, int *first_operand, nx_error *err)
{
    getopt_rows g;
    describe(rows, &g);
    opterr = 0;
    optind = 0; // GNU: start afresh
    for (;;) {
        int c = getopt_long(argc, argv, g.shorts, g.longs, NULL);
        if (c == -1) {
            break;
        }
        const char *word = optind > 0 && optind <= argc ? argv[optind - 1] : "";
        const nx_opt *o = NULL;
        if (c >= FIRST_LONG) {
            o = g.rows[c - FIRST_LONG];
            const char *typed = strncmp(word, "--", 2) == 0 ? word : argv[optind - 2];
            if (optarg != NULL && optind >= 2 && optarg == argv[optind - 1]) {
                typed = argv[optind - 2]; // "--name value"
            }
            if (strncmp(typed, "--", 2) == 0 && !spelled_out(o, typed)) {
                return unknown(rows, typed, err);
            }
        } else if (c == '?' || c == ':') {
            if (optopt >= FIRST_LONG || (c == ':' && optopt != 0)) {
                return nx_fail(err, NX_EUSAGE, "option '%.80s' %s", word,
                               c == ':' ? "needs a value" : "takes no value");
            }
            return optopt != 0 ? nx_fail(err, NX_EUSAGE,
                                         "unknown option '-%c'; words that begin with a minus "
                                         "go after '--'",
                                         optopt)
                               : unknown(rows, word, err);
        } else {
            for (size_t i = 0; i < g.count && o == NULL; i++) {
                o = g.rows[i]->letter == c ? g.rows[i] : NULL;
            }
        }
        nx_status st = o != NULL ? store(o, optarg, err) : nx_fail(err, NX_EBUG, "option row");
        if (st != NX_OK) {
            return st;
        }
    }
    *first_operand = optind;
    return NX_OK;
}

// Appends text wrapped between columns indent and width; the cursor is at column `at`.
static void wrap(nx_buf *out, const char *text, int at, int indent, int width)
{
    while (*text != '\0') {
        text += strspn(text, " ");
        size_t n = strcspn(text, " \n");
        int columns = (int)nx_utf8_columns(nx_str_make(text, n));
        if (at > indent && at + 1 + columns > width) {
            nx_buf_addf(out, "\n%*s", indent, "");
            at = indent;
        } else if (at > indent) {
            nx_buf_addc(out, ' ');
            at++;
        }
        nx_buf_add(out, text, n);
        at += columns;
        text += n;
        if (*text == '\n') {
            nx_buf_addf(out, "\n%*s", indent, "");
            at = indent;
            text++;
        }
    }
    nx_buf_addc(out, '\n');
}

void nx_opt_help(const nx_opt *rows, nx_buf *out, int columns)
{
    const int indent = 26;
    for (; rows->kind != NX_OPT_END; rows++) {
        if (rows->kind == NX_OPT_GROUP) {
            nx_buf_addf(out, "\n%s:\n", rows->help);
        }
        if (rows->name == NULL) {
            continue;
        }
        char head[128];
        char letter[8] = "    ";
        if (rows->letter != 0) {
            (void)snprintf(letter, sizeof letter, "-%c, ", rows->letter);
        }
        int n = snprintf(head, sizeof head, "  %s--%s%s%s%s", letter, rows->name,
                         rows->arg == NULL    ? ""
                         : rows->optional_arg ? "[="
                                              : "=",
                         rows->arg != NULL ? rows->arg : "", rows->optional_arg ? "]" : "");
        nx_buf_addz(out, head);
        if (n >= indent - 1) {
            nx_buf_addf(out, "\n%*s", indent, "");
        } else {
            nx_buf_addf(out, "%*s", indent - n, "");
        }
        nx_buf help;
        nx_buf_init(&help, 1 << 12);
        nx_buf_addz(&help, rows->help);
        for (int i = 0; rows->choices != NULL && rows->choices[i] != NULL; i++) {
            nx_buf_addf(&help, "%s%s", i == 0 ? "; one of " : ", ", rows->choices[i]);
        }
        wrap(out, help.failed ? rows->help : help.data, indent, indent,
             columns > indent + 20 ? columns : indent + 20);
        nx_buf_release(&help);
    }
}
