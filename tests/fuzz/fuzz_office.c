// fuzz_office.c: any bytes as the parts of a document in a zip file, which a line "%%NAME" begins, put
// into a zip file and read to the end. What is in front of the first such line is the zip file's
// own bytes, damaged, when there is no such line at all.
#include <stdlib.h>

#include "base/utf8.h"
#include "corpus/corpus.h"
#include "tests/ignore_skip.h"
#include "tests/zip_kit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static nx_status on_article(void *ctx, nx_article *a, nx_error *err)
{
    (void)ctx;
    (void)err;
    if (nx_utf8_valid(a->body) != a->body.n || nx_utf8_valid(a->title.s) != a->title.s.n) {
        abort();
    }
    nx_article_free(a);
    return NX_OK;
}

static void add_parts(kit_zip *z, nx_str input)
{
    char name[64] = "";
    size_t start = 0;
    for (size_t at = 0, next = 0; at <= input.n; at = next) {
        nx_str line = at < input.n ? nx_str_line(input, at, &next) : NX_STR("%%");
        if (nx_str_starts(line, NX_STR("%%"))) {
            if (name[0] != '\0') {
                kit_zip_add(z, name, nx_str_make(input.p + start, at - start));
            }
            size_t n = line.n - 2 < sizeof name - 1 ? line.n - 2 : sizeof name - 1;
            memcpy(name, line.p + 2, n);
            name[n] = '\0';
            start = next;
        }
        next = at == input.n ? input.n + 1 : next;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;
    nx_article_sink sink = {.article = on_article, .skip = ignore_skip};
    nx_error err = NX_ERROR_INIT;
    nx_str input = {(const char *)data, size};
    kit_zip z;
    kit_zip_start(&z);
    add_parts(&z, input);
    nx_record r = {.format = NX_FUZZ_FORMAT,
                   .bytes = z.count > 0 ? kit_zip_end(&z) : input,
                   .file = NX_STR("fuzz")};
    nx_status st = nx_record_parse(&r, &options, &sink, &err);
    kit_zip_release(&z);
    return st == NX_OK || st == NX_ENOMEM || st == NX_ELIMIT ? 0 : -1;
}
