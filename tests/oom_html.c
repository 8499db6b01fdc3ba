// oom_html.c: pages, fragments and charsets with each allocation failing once.

#include "corpus/charset.h"
#include "corpus/reader.h"
#include "tests/ignore_skip.h"
#include "tests/oom.h"

#define PARA                                                                                       \
    "The council closed the ferry line, which had run for ninety years; nobody was glad about "    \
    "it, "                                                                                         \
    "not even the councillors who did it."

// A page that shows its story and tells some of it.
static const char page[] =
    "<html lang=en><head><title>Ferry line to close | Post</title><meta name=author content='Ann "
    "Bell'>"
    "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Ferry &amp; bus\","
    "\"datePublished\":\"2024-03-05\",\"articleBody\":\"The council closed the ferry line, which "
    "had run for ninety years; nobody was glad about it, not even the councillors who did it.\"}"
    "</script></head><body><h1>Ferry &amp; bus</h1><p>The council closed the ferry line, which had "
    "run for ninety years; nobody was glad about it, not even the councillors who did it.</p>"
    "<p>Residents said the bus would double the length of their journey, and go to court.</p>";

// One that tells a story and does not show it; its author is a house.
static const char told[] =
    "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Ferry\","
    "\"datePublished\":\"2024-03-05\",\"author\":{\"@type\":\"Organization\",\"name\":"
    "\"dpa\"},\"articleBody\":\"&lt;p&gt;" PARA "&lt;/p&gt;&lt;p&gt;" PARA " " PARA
    "&lt;/p&gt;\"}</script><h1>Ferry</h1><p>Please wait while the story is loading.</p>";

// One that holds it in a script, and one that is signed.
static const char scripted[] =
    "<meta property=og:type content=article><title>Ferry line to close</title><h1>Ferry line to "
    "close</h1><script>window.STATE = {\"body\":\"\\u003cp\\u003e" PARA "\\u003c/p\\u003e<p>" PARA
    "<\\/p><p>" PARA " " PARA "</p>\"};</script>";
static const char signed_page[] =
    "<h1>Ferry line to close</h1><div><p>" PARA "</p><p>" PARA "</p><p><b>Ada Moreno</b></p></div>";

struct seen {
    size_t body_min;
    const char *author; // NULL: none
    bool whole;
};

static nx_status on_article(void *ctx, nx_article *a, nx_error *err)
{
    (void)err;
    struct seen *seen = ctx;
    bool author = seen->author == NULL
                      ? a->author_count == 0
                      : a->author_count == 1 && nx_str_eq(a->authors[0].s, nx_str_of(seen->author));
    seen->whole = a->title.s.p != NULL && a->body.n > seen->body_min && author;
    nx_article_free(a);
    return NX_OK;
}

static bool reads(nx_str html, size_t body_min, const char *author)
{
    nx_error err = NX_ERROR_INIT;
    struct seen seen = {.body_min = body_min, .author = author};
    nx_record r = {.format = NX_FORMAT_HTML, .bytes = html, .file = NX_STR("f")};
    nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;
    nx_article_sink sink = {.ctx = &seen, .article = on_article, .skip = ignore_skip};
    nx_status st = nx_read_html(&r, &options, &sink, &err);
    return nx_oom_read(st, &err, seen.whole, 1);
}

bool nx_oom_scenario(void)
{
    const size_t para = sizeof PARA - 1;
    if (!reads(NX_STR(page), 200, "Ann Bell") || !reads(NX_STR(told), 3 * para, "dpa") ||
        !reads(NX_STR(scripted), 3 * para, NULL) ||
        !reads(NX_STR(signed_page), para - 1, "Ada Moreno")) {
        return false;
    }
    nx_error err = NX_ERROR_INIT;
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
