// oom_reads.h: for tests that read a record with each allocation failing once.
#ifndef NX_TESTS_OOM_READS_H
#define NX_TESTS_OOM_READS_H

#include "tests/ignore_skip.h"
#include "tests/oom.h"

static inline nx_status count_whole(void *ctx, nx_article *a, nx_error *err)
{
    (void)err;
    *(unsigned *)ctx += a->title.s.p != NULL && a->body.n >= 4;
    nx_article_free(a);
    return NX_OK;
}

// Is bytes read as one article with headline and text?
static inline bool reads(nx_format format, nx_str bytes)
{
    unsigned articles = 0;
    nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;
    nx_article_sink sink = {.ctx = &articles, .article = count_whole, .skip = ignore_skip};
    nx_error err = NX_ERROR_INIT;
    nx_record r = {.format = format, .bytes = bytes, .file = NX_STR("x")};
    nx_status st = nx_record_parse(&r, &options, &sink, &err);
    return nx_oom_read(st, &err, articles, 1);
}

#endif
