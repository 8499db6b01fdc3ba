// ignore_skip.h: for tests to which it does not matter what a reader leaves out.
#ifndef NX_TESTS_IGNORE_SKIP_H
#define NX_TESTS_IGNORE_SKIP_H

#include "corpus/corpus.h"

// An nx_article_sink's, or an nx_reader_sink's, skip.
static inline nx_status ignore_skip(void *ctx, const nx_skip *s, nx_error *err)
{
    (void)ctx;
    (void)s;
    (void)err;
    return NX_OK;
}

#endif
