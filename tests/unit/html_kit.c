// html_kit.c: see html_kit.h.
#include "tests/unit/html_kit.h"

#include <stdio.h>

#include "base/time.h"
#include "corpus/reader.h"

nx_article *got;
char got_skip[400];

static nx_status on_article(void *ctx, nx_article *a, nx_error *err)
{
    (void)ctx;
    (void)err;
    got = a;
    return NX_OK;
}

static nx_status on_skip(void *ctx, const nx_skip *s, nx_error *err)
{
    (void)ctx;
    (void)err;
    (void)snprintf(got_skip, sizeof got_skip, "%s: %s", s->reason, s->text);
    return NX_OK;
}

void read_page(nx_str html, nx_str url, nx_str charset)
{
    nx_article_free(got);
    got = NULL;
    got_skip[0] = '\0';
    nx_record r = {.format = NX_FORMAT_HTML,
                   .bytes = html,
                   .file = NX_STR("page.html"),
                   .url = url,
                   .charset = charset};
    nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;
    nx_article_sink sink = {.article = on_article, .skip = on_skip};
    nx_error err = NX_ERROR_INIT;
    nx_status s = nx_read_html(&r, &options, &sink, &err);
    if (s != NX_OK) {
        print_error("%s\n", err.msg);
    }
    assert_int_equal(s, NX_OK);
    assert_true((got != NULL) != (got_skip[0] != '\0'));
}

int release_page(void **state)
{
    (void)state;
    nx_article_free(got);
    got = NULL;
    return 0;
}

void assert_fact(nx_fact f, const char *want, nx_from from)
{
    if (want == NULL) {
        assert_null(f.s.p);
        return;
    }
    assert_non_null(f.s.p);
    if (f.s.n != strlen(want) || memcmp(f.s.p, want, f.s.n) != 0) {
        print_error("got \"%.*s\", wanted \"%s\"\n", (int)f.s.n, f.s.p, want);
    }
    assert_int_equal(f.s.n, strlen(want));
    assert_memory_equal(f.s.p, want, f.s.n);
    assert_int_equal(f.from, from);
}

void assert_when(nx_when w, const char *want, nx_from from)
{
    char text[24];
    assert_true(w.known);
    assert_string_equal(nx_format_utc(text, w.utc), want);
    assert_int_equal(w.from, from);
}

bool body_has(const char *text)
{
    return nx_str_find(got->body, nx_str_of(text), 0) != SIZE_MAX;
}
