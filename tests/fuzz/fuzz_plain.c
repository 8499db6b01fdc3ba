// fuzz_plain.c: any bytes as a plain-text article: what comes out keeps the promises of article.h.
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "corpus/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool ok)
{
    if (!ok) {
        abort();
    }
}

static void check_fact(const nx_fact *f)
{
    for (size_t i = 0; i < f->s.n; i++) {
        require((unsigned char)f->s.p[i] >= 0x20);
    }
    require(nx_utf8_valid(f->s) == f->s.n);
    require(f->s.p == NULL || f->s.n > 0);
}

static nx_status take_article(void *ctx, nx_article *a, nx_error *err)
{
    (void)ctx;
    (void)err;
    const nx_fact *facts[] = {&a->title,  &a->source,   &a->source_host, &a->agency,   &a->credited,
                              &a->byline, &a->dateline, &a->section,     &a->language, &a->summary};
    for (size_t i = 0; i < NX_COUNT(facts); i++) {
        check_fact(facts[i]);
    }
    for (size_t i = 0; i < a->author_count; i++) {
        check_fact(&a->authors[i]);
    }
    require(nx_utf8_valid(a->body) == a->body.n);
    for (size_t i = 0; i < a->body.n; i++) {
        require((unsigned char)a->body.p[i] >= 0x20 || a->body.p[i] == '\n');
    }
    nx_article_free(a);
    return NX_OK;
}

static nx_status take_skip(void *ctx, const nx_skip *s, nx_error *err)
{
    (void)ctx;
    (void)err;
    require(s->reason != NULL && s->text != NULL);
    return NX_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nx_record r = {.format = NX_FORMAT_TEXT, .bytes = {(const char *)data, size}};
    nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;
    nx_article_sink sink = {NULL, take_article, take_skip};
    nx_error err = NX_ERROR_INIT;
    require(nx_read_text(&r, &options, &sink, &err) == NX_OK);
    return 0;
}
