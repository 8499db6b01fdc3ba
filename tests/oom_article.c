// oom_article.c: an article built, attributed and finished, with each allocation failing once.
#include "corpus/reader.h"
#include "tests/oom.h"

static nx_status take_article(void *ctx, nx_article *a, nx_error *err)
{
    (void)err;
    *(size_t *)ctx += a->body.n;
    nx_article_free(a);
    return NX_OK;
}

static nx_status take_skip(void *ctx, const nx_skip *s, nx_error *err)
{
    (void)ctx;
    (void)s;
    (void)err;
    return NX_OK;
}

bool nx_oom_scenario(void)
{
    static const char text[] =
        "World News\nHarbour closed after the storm\nBy JANE DOE and John Roe\n26 March 2019\n"
        "OSLO (Reuters) - The harbour was closed on\xff Monday, the coast guard of the northern\n"
        "region said, because a freighter had lost the timber it carried in a heavy storm near\n"
        "the coast. Divers found nobody in the water, and the port expects to open once more on\n"
        "Wednesday.\n\xc2\xa9 2019 Example Times";
    size_t bytes = 0;
    nx_record r = {.format = NX_FORMAT_TEXT,
                   .bytes = NX_STR(text),
                   .file = NX_STR("storm.txt"),
                   .member = NX_STR("a.zip"),
                   .url = NX_STR("https://www.example.com/a?utm_source=x")};
    nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;
    nx_article_sink sink = {&bytes, take_article, take_skip};
    nx_error err = NX_ERROR_INIT;
    nx_status st = nx_read_text(&r, &options, &sink, &err);
    return nx_oom_read(st, &err, bytes > 0, 1);
}
