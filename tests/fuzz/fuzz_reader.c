// fuzz_reader.c: any bytes as a record of one format (NX_FUZZ_FORMAT), read to the end. Whatever
// the reader makes of them, its articles must be as article.h says.
#include <stdlib.h>

#include "base/utf8.h"
#include "corpus/corpus.h"
#include "tests/ignore_skip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_line(nx_fact f)
{
    if (f.s.p == NULL) {
        return;
    }
    if (f.s.n == 0 || nx_utf8_valid(f.s) != f.s.n || memchr(f.s.p, '\n', f.s.n) != NULL) {
        abort(); // a fact is one line of valid UTF-8, or absent
    }
}

static nx_status on_article(void *ctx, nx_article *a, nx_error *err)
{
    (void)ctx;
    (void)err;
    check_line(a->id);
    check_line(a->url);
    check_line(a->title);
    check_line(a->source);
    check_line(a->dateline);
    check_line(a->section);
    if (nx_utf8_valid(a->body) != a->body.n) {
        abort();
    }
    nx_article_free(a);
    return NX_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;
    nx_article_sink sink = {.article = on_article, .skip = ignore_skip};
    nx_error err = NX_ERROR_INIT;
    nx_record r = {
        .format = NX_FUZZ_FORMAT, .bytes = {(const char *)data, size}, .file = NX_STR("fuzz")};
    nx_status st = nx_record_parse(&r, &options, &sink, &err);
    return st == NX_OK || st == NX_ENOMEM || st == NX_ELIMIT ? 0 : -1;
}
