// complete.c: what a shell can put in place of what was typed: fields of a query, values that the
// index has, facets.
//
//   newssearch --complete=query|facets [WORD...] TEXT
//
// prints what TEXT may become, one a line, as the program is to receive it: quoting is the shell's.
// The words are those of the command line before it; an --index among them counts. Must not know:
// shells.
#include "searcher/front.h"
#include "searcher/tally.h"

enum { VALUES_MAX = 2000 };

typedef struct completion {
    nx_buf *out;
    nx_str head;  // of the text: stays as it is
    nx_str typed; // of the value or name in the making
    bool quotes;  // values get quotation marks: as one needs them, so that all begin alike
    size_t count;
} completion;

static bool is_plain(nx_str value)
{
    for (size_t i = 0; i < value.n; i++) {
        char c = value.p[i];
        if (!nx_is_alpha(c) && !nx_is_digit(c) && (unsigned char)c < 0x80 && c != '-') {
            return false;
        }
    }
    return true;
}

static bool fits(const completion *c, nx_str value)
{
    return nx_str_starts_nocase(value, c->typed) && memchr(value.p, '\n', value.n) == NULL;
}

static bool look_at_value(void *ctx, nx_str value, uint32_t documents)
{
    completion *c = ctx;
    (void)documents;
    c->quotes = c->quotes || (fits(c, value) && !is_plain(value));
    return !c->quotes;
}

static bool add_value(void *ctx, nx_str value, uint32_t documents)
{
    completion *c = ctx;
    (void)documents;
    if (!fits(c, value)) {
        return true;
    }
    nx_buf_adds(c->out, c->head);
    nx_buf_addz(c->out, c->quotes ? "\"" : "");
    for (size_t i = 0; i < value.n; i++) {
        nx_buf_addz(c->out, value.p[i] == '"' || value.p[i] == '\\' ? "\\" : "");
        nx_buf_addc(c->out, value.p[i]);
    }
    nx_buf_addz(c->out, c->quotes ? "\"\n" : "\n");
    return ++c->count < VALUES_MAX;
}

static void add_dates(completion *c)
{
    static const char *const dates[] = {"today",     "yesterday", "24h",        "7d",
                                        "this week", "last week", "this month", "last month",
                                        "this year", "last year"};
    c->quotes = true;
    for (size_t i = 0; i < NX_COUNT(dates); i++) {
        (void)add_value(c, nx_str_of(dates[i]), 0);
    }
}

static nx_status add_values(completion *c, const nx_field *field, const char *index, nx_error *err)
{
    nx_searcher *s = NULL;
    if (field != NULL && field->analysis == NX_AS_DATE) {
        add_dates(c);
        return NX_OK;
    }
    if (field == NULL || !field->facet) {
        return NX_OK; // nobody has listed its values
    }
    nx_status status = nx_front_open(index, &s, err);
    if (status == NX_OK) {
        status = nx_searcher_values(s, field, look_at_value, c, err);
    }
    if (status == NX_OK) {
        status = nx_searcher_values(s, field, add_value, c, err);
    }
    nx_searcher_close(s);
    return status;
}

// Where the last word of a query begins, behind signs and parentheses; a blank between quotation
// marks ends none.
static size_t last_word(nx_str text)
{
    size_t from = 0;
    bool quoted = false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        quoted = c == '"' ? !quoted : quoted;
        if (!quoted && (nx_is_space(c) || c == '(')) {
            from = i + 1;
        }
    }
    return from < text.n && (text.p[from] == '-' || text.p[from] == '+') ? from + 1 : from;
}

static nx_status complete_query(nx_str text, const char *index, nx_buf *out, nx_error *err)
{
    size_t from = last_word(text);
    nx_str word = nx_str_skip(text, from);
    size_t colon = nx_str_find(word, NX_STR(":"), 0);
    completion c = {.out = out, .head = nx_str_make(text.p, from), .typed = word};
    if (colon == SIZE_MAX) {
        for (const nx_field *f = nx_fields; f->name != NULL; f++) {
            if (nx_str_starts_nocase(nx_str_of(f->name), word)) {
                nx_buf_adds(out, c.head);
                nx_buf_addf(out, "%s:\n", f->name);
            }
        }
        return NX_OK;
    }
    c.head.n += colon + 1;
    c.typed = nx_str_skip(word, colon + 1);
    if (c.typed.n > 0 && c.typed.p[0] == '"') {
        c.typed = nx_str_skip(c.typed, 1);
        c.quotes = true;
    }
    return add_values(&c, nx_field_find(nx_str_make(word.p, colon)), index, err);
}

// The last of names that are separated by commas.
static void complete_facets(nx_str text, nx_buf *out)
{
    nx_buf names;
    nx_buf_init(&names, 1 << 12);
    nx_facets_list(&names);
    nx_str head = text;
    while (head.n > 0 && head.p[head.n - 1] != ',') {
        head.n--;
    }
    nx_str typed = nx_str_skip(text, head.n), list = nx_buf_str(&names);
    for (size_t at = 0; at < list.n;) {
        nx_str name = nx_str_line(list, at, &at);
        if (nx_str_starts_nocase(name, typed)) {
            nx_buf_adds(out, head);
            nx_buf_adds(out, name);
            nx_buf_addc(out, '\n');
        }
    }
    out->failed = out->failed || names.failed;
    nx_buf_release(&names);
}

// The index that the words name; bash hands "--index=DIR" over in three.
static const char *index_among(int count, char **words)
{
    for (int i = 0; i < count; i++) {
        if (strncmp(words[i], "--index=", 8) == 0) {
            return words[i] + 8;
        }
        if (i + 1 < count && (strcmp(words[i], "--index") == 0 || strcmp(words[i], "-i") == 0)) {
            return i + 2 < count && strcmp(words[i + 1], "=") == 0 ? words[i + 2] : words[i + 1];
        }
    }
    return NULL;
}

nx_status nx_complete(const char *kind, int count, char **words, nx_buf *out, nx_error *err)
{
    nx_str text = nx_str_of(count > 0 ? words[count - 1] : "");
    if (strcmp(kind, "facets") == 0) {
        complete_facets(text, out);
        return NX_OK;
    }
    if (strcmp(kind, "query") != 0) {
        return nx_fail(err, NX_EUSAGE, "--complete wants one of: query, facets");
    }
    return complete_query(text, index_among(count - 1, words), out, err);
}
