// oom_html.c: pages, fragments and charsets with each allocation failing once.
#include <stdlib.h>

#include "corpus/charset.h"
#include "corpus/reader.h"
#include "tests/oom.h"

static const char page[] =
    "<html lang=en><head><title>Ferry line to close | Post</title><meta name=author content='A B'>"
    "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Ferry &amp; bus\","
    "\"datePublished\":\"2024-03-05\",\"articleBody\":\"The council closed the ferry line, which "
    "had run for ninety years; nobody was glad about it, not even the councillors who did it.\"}"
    "</script></head><body><h1>Ferry &amp; bus</h1><p>The council closed the ferry line, which had "
    "run for ninety years; nobody was glad about it, not even the councillors who did it.</p>"
    "<p>Residents said the bus would double the length of their journey, and go to court.</p>";

static nx_status on_article(void *ctx, nx_article *a, nx_error *err)
{
    (void)err;
    *(bool *)ctx = a->title.s.p != NULL && a->body.n > 200;
    nx_article_free(a);
    return NX_OK;
}

static nx_status on_skip(void *ctx, const nx_skip *s, nx_error *err)
{
    (void)ctx;
    (void)s;
    (void)err;
    return NX_OK;
}

bool nx_oom_scenario(void)
{
    nx_error err = NX_ERROR_INIT;
    bool whole = false;
    nx_record r = {.format = NX_FORMAT_HTML, .bytes = NX_STR(page), .file = NX_STR("f")};
    nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;
    nx_article_sink sink = {.ctx = &whole, .article = on_article, .skip = on_skip};
    if (nx_read_html(&r, &options, &sink, &err) != NX_OK || !whole) {
        return false;
    }
    nx_buf text;
    nx_buf_init(&text, 10000);
    nx_status s = nx_html_fragment_text(NX_STR("<p>a &amp; b<p>c"), &text, &err);
    nx_str utf8;
    if (s == NX_OK) {
        s = nx_charset_decode(NX_STR("caf\xe9"), NX_STR("latin1"), NX_STR_NONE, &text, &utf8, NULL,
                              &err);
    }
    nx_buf_release(&text);
    return s == NX_OK;
}
