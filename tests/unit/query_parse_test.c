// query_parse_test.c: the query language as a table: text -> tree, notes, errors.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/time.h"
#include "searcher/query.h"

static const char now_text[] = "2019-03-07T09:13:20Z"; // a Thursday

static int64_t now_utc(void)
{
    int64_t from, to;
    assert_true(nx_parse_iso(NX_STR(now_text), 0, &from, &to, NULL, NULL));
    return from;
}

// The tree as (kind child...), words bare, for comparing at a glance.
static void sexpr(const nx_qnode *n, nx_buf *out);

static void bare_sexpr(const nx_qnode *n, nx_buf *out)
{
    static const char *const names[] = {
        [NX_Q_BAG] = "bag",     [NX_Q_AND] = "and",   [NX_Q_OR] = "or",
        [NX_Q_NOT] = "not",     [NX_Q_MUST] = "must", [NX_Q_NEAR] = "near",
        [NX_Q_SAME] = "same",   [NX_Q_HEAD] = "head", [NX_Q_ATLEAST] = "atleast",
        [NX_Q_FIELD] = "field",
    };
    static const char *const marks[] = {"", "=", "^", "", "~"};
    switch (n->kind) {
    case NX_Q_NONE: nx_buf_addz(out, "none"); return;
    case NX_Q_ALL: nx_buf_addz(out, "all"); return;
    case NX_Q_WORD:
        nx_buf_addz(out, marks[n->match]);
        nx_buf_adds(out, n->text);
        if (n->match == NX_MATCH_FUZZY) {
            nx_buf_addf(out, "/%u", n->n);
        }
        return;
    case NX_Q_PHRASE:
        nx_buf_addf(out, "'%.*s'", (int)n->text.n, n->text.p);
        if (n->n > 0) {
            nx_buf_addf(out, "~%u", n->n);
        }
        return;
    case NX_Q_DATE: nx_query_print(n, out); return;
    default: break;
    }
    nx_buf_addf(out, "(%s", n->kind == NX_Q_FIELD ? n->field->name : names[n->kind]);
    if (n->kind == NX_Q_NEAR || n->kind == NX_Q_HEAD || n->kind == NX_Q_ATLEAST) {
        nx_buf_addf(out, "%s%u", n->ordered ? ">" : "", n->n);
    }
    nx_buf_addz(out, n->paragraph ? "P" : "");
    for (const nx_qnode *c = n->child; c != NULL; c = c->next) {
        nx_buf_addc(out, ' ');
        sexpr(c, out);
    }
    nx_buf_addc(out, ')');
}

static void sexpr(const nx_qnode *n, nx_buf *out)
{
    bare_sexpr(n, out);
    if (n->boost != 0) {
        nx_buf_addf(out, "*%u", n->boost);
    }
}

typedef struct row {
    const char *query;
    const char *tree;
    const char *notes; // a letter per note: i gnored, c orrected, e xpanded, h int
} row;

#include "query_rows.h"

static nx_query *parse(const char *text)
{
    nx_parse_options options = {.now = now_utc()};
    nx_query *q = NULL;
    nx_error err = NX_ERROR_INIT;
    nx_status status = nx_query_parse(nx_str_of(text), &options, &q, &err);
    if (status != NX_OK) {
        fail_msg("%s: %s", text, err.msg);
    }
    return q;
}

static void check_row(const row *r)
{
    nx_query *q = parse(r->query);
    char notes[NX_QUERY_MAX_NOTES + 1];
    size_t count = 0;
    nx_buf out;
    nx_buf_init(&out, 1 << 20);
    sexpr(q->root, &out);
    for (const nx_note *n = q->notes; n != NULL; n = n->next) {
        assert_true(n->at <= n->end && n->end <= q->text.n);
        notes[count++] = "iceh"[n->kind];
    }
    notes[count] = '\0';
    if (strcmp(out.data, r->tree) != 0 || strcmp(notes, r->notes) != 0) {
        fail_msg("{%s}\n  gives {%s} notes {%s}\n  not   {%s} notes {%s}", r->query, out.data,
                 notes, r->tree, r->notes);
    }
    nx_buf_clear(&out);
    nx_query_print(q->root, &out);
    nx_query *again = parse(out.data);
    if (!nx_qnode_equal(q->root, again->root)) {
        fail_msg("{%s} printed as {%s} gives another tree", r->query, out.data);
    }
    nx_query_free(again);
    nx_query_free(q);
    nx_buf_release(&out);
}

static void test_trees(void **state)
{
    (void)state;
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        check_row(&rows[i]);
    }
}

static void test_dates(void **state)
{
    (void)state;
    for (size_t i = 0; i < NX_COUNT(date_rows); i++) {
        int64_t from = 0, to = 0;
        char text[60] = "no", a[24] = "", b[24] = "";
        if (nx_when_parse(nx_str_of(date_rows[i].text), now_utc(), &from, &to, NULL)) {
            snprintf(text, sizeof text, "%s..%s",
                     from == NX_DATE_OPEN_FROM ? "" : nx_format_utc(a, from),
                     to == NX_DATE_OPEN_TO ? "" : nx_format_utc(b, to));
        }
        if (strcmp(text, date_rows[i].range) != 0) {
            fail_msg("%s gives %s, not %s", date_rows[i].text, text, date_rows[i].range);
        }
    }
}

static void test_errors(void **state)
{
    (void)state;
    for (size_t i = 0; i < NX_COUNT(error_rows); i++) {
        nx_parse_options options = {.now = now_utc(), .strict = error_rows[i].strict};
        nx_query *q = NULL;
        nx_error err = NX_ERROR_INIT;
        nx_status status = nx_query_parse(nx_str_of(error_rows[i].query), &options, &q, &err);
        if (status != NX_EQUERY || q != NULL || strstr(err.msg, error_rows[i].message) == NULL) {
            fail_msg("{%s} gives %s {%s}", error_rows[i].query, nx_status_name(status), err.msg);
        }
    }
}

static void add_times(nx_buf *b, const char *text, int times)
{
    for (int i = 0; i < times; i++) {
        nx_buf_addz(b, text);
    }
}

static void check_bounded(const char *piece, int times, const char *note)
{
    nx_buf text;
    nx_buf_init(&text, 1 << 24);
    add_times(&text, piece, times);
    nx_query *q = parse(text.data);
    bool found = note == NULL;
    for (const nx_note *n = q->notes; n != NULL; n = n->next) {
        found = found || strstr(n->text, note) != NULL;
    }
    assert_true(found);
    assert_true(q->words <= NX_QUERY_MAX_WORDS);
    nx_query_free(q);
    nx_buf_release(&text);
}

static void test_ceilings(void **state)
{
    (void)state;
    check_bounded("word ", 10000, "only the first 1024 words");
    check_bounded("(", 20000, "nested too deeply");
    check_bounded("(a ", 5000, "nested too deeply");
    check_bounded("(((((((((((((((((((((((((((((((((((((((((((x))))))))))))))))))))", 1,
                  "without its partner");
    check_bounded("- ", 5000, NULL);
    check_bounded("NOT ", 5000, "nothing follows");
    check_bounded("-a -", 3000, NULL);
    check_bounded("a NEAR/3 ", 4000, "only the first 1024 words");
    check_bounded("a NEAR/3 b w/s ", 900, NULL);
    check_bounded("\"", 1001, "an empty phrase");
    check_bounded("\\", 1001, NULL);
    check_bounded("head(", 400, "nested too deeply");
    check_bounded("title:(", 400, "nested too deeply");
    check_bounded("x", 200000, "only the first 131072 bytes");
}

// Plain text of any kind parses without an error, and punctuation alone leaves no note.
static void test_plain_text_never_fails(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "What did the President say to Congress on 9/11, and why?",
        "\"Trump's aides\" -- who are they? (No answer!)",
        "U.S.-led coalition; $5m & 3.5% ... AT&T, C++",
        "e-mail: John said 'no' at 10:30 (GMT) http://example.org/a?b=c#d",
        "std::vector<int> x = a[i] * b;",
        "Wait... what?! No - way -- really",
        "~ ` ! @ # $ % ^ & * ( ) _ + - = { } [ ] | \\ : ; \" ' < > , . ? /",
    };
    for (size_t i = 0; i < NX_COUNT(texts); i++) {
        nx_query_free(parse(texts[i]));
    }
    nx_query *q = parse("Wait... what?! No, really; \"quite\" so.");
    assert_null(q->notes);
    nx_query_free(q);
}

// Random strings over the characters and words that mean something.
static void test_printing_is_faithful(void **state)
{
    static const char *const pieces[] = {
        "a",         "FBI",     "kim ",     " ",
        "\"",        "(",       ")",        "-",
        "+",         "AND ",    "or ",      "NOT ",
        "*",         "?",       "~",        "~2",
        "\\",        "title:",  "date:",    "2019-02..",
        "7d",        "source:", "id:",      " NEAR/3 ",
        " w/s ",     " PRE/2 ", "head5(",   "ALLCAPS(",
        "atleast2(", "=",       "\xc3\xa9", "\xe2\x80\x9c",
        ":",         ",",       ".",        "/",
        "w/",        "\xff",    "\n",       "x:",
    };
    uint64_t seed = 20190307;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        nx_buf text, out;
        nx_query *q = NULL, *again = NULL;
        nx_parse_options options = {.now = now_utc()};
        nx_buf_init(&text, 1 << 16);
        nx_buf_init(&out, 1 << 16);
        seed = seed * 6364136223846793005U + 1442695040888963407U;
        for (uint64_t left = seed >> 60, r = seed; left < 15; left++) {
            r = r * 6364136223846793005U + 1442695040888963407U;
            nx_buf_addz(&text, pieces[(r >> 33) % NX_COUNT(pieces)]);
        }
        if (nx_query_parse(nx_buf_str(&text), &options, &q, NULL) == NX_OK) {
            nx_query_print(q->root, &out);
            if (nx_query_parse(nx_buf_str(&out), &options, &again, NULL) != NX_OK ||
                !nx_qnode_equal(q->root, again->root)) {
                fail_msg("{%s} printed as {%s}", text.data, out.data);
            }
            nx_query_free(again);
            nx_query_free(q);
        }
        nx_buf_release(&text);
        nx_buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trees),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_ceilings),
        cmocka_unit_test(test_plain_text_never_fails),
        cmocka_unit_test(test_printing_is_faithful),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
