// fuzz_html.c: any bytes as a web page, through the whole reader, and as a fragment.
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "corpus/reader.h"
#include "tests/ignore_skip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static nx_status on_article(void *ctx, nx_article *a, nx_error *err)
{
    (void)ctx;
    (void)err;
    bool single_line = a->title.s.p == NULL || memchr(a->title.s.p, '\n', a->title.s.n) == NULL;
    if (nx_utf8_valid(a->body) != a->body.n || !single_line) {
        abort();
    }
    nx_article_free(a);
    return NX_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nx_str bytes = nx_str_make((const char *)data, size);
    nx_record r = {.format = NX_FORMAT_HTML, .bytes = bytes, .file = NX_STR("f")};
    nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;
    nx_article_sink sink = {.article = on_article, .skip = ignore_skip};
    nx_error err = NX_ERROR_INIT;
    if (nx_read_html(&r, &options, &sink, &err) != NX_OK) {
        abort(); // pages are skipped, never refused
    }
    nx_buf text;
    nx_buf_init(&text, size * 4 + 64);
    (void)nx_html_fragment_text(bytes, &text, &err);
    (void)nx_looks_like_html(bytes);
    nx_buf_release(&text);
    return 0;
}
