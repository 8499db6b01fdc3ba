// fuzz_corpus.c: see fuzz_corpus.h. Aborts when a promise of corpus.h is broken.
#define _GNU_SOURCE // memfd_create
#include "tests/fuzz/fuzz_corpus.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/io.h"
#include "base/utf8.h"

static void require(bool true_thing)
{
    if (!true_thing) {
        abort();
    }
}

static void check_fact(nx_fact f)
{
    require(f.s.p == NULL || (f.s.n > 0 && nx_utf8_valid(f.s) == f.s.n));
    for (size_t i = 0; i < f.s.n; i++) {
        require((unsigned char)f.s.p[i] >= 0x20);
    }
}

static nx_status on_article(void *ctx, nx_article *a, nx_error *err)
{
    (void)ctx;
    (void)err;
    check_fact(a->id);
    check_fact(a->title);
    check_fact(a->source);
    check_fact(a->url);
    require(nx_utf8_valid(a->body) == a->body.n);
    require(a->author_count <= NX_AUTHORS_MAX && a->keyword_count <= NX_KEYWORDS_MAX);
    nx_article_free(a);
    return NX_OK;
}

static nx_status on_skip(void *ctx, const nx_skip *s, nx_error *err)
{
    (void)ctx;
    (void)err;
    require(s->reason != NULL && s->reason[0] != '\0' && s->text != NULL);
    return NX_OK;
}

static nx_status on_record(void *ctx, nx_record *r, nx_error *err)
{
    const nx_corpus_options *options = ctx;
    nx_article_sink sink = {.article = on_article, .skip = on_skip};
    require(r->bytes.n <= options->limits.record_bytes);
    nx_status st = nx_record_parse(r, options, &sink, err);
    require(st == NX_OK); // bad input is a skip
    nx_record_free(r);
    return NX_OK;
}

void nx_fuzz_read(const uint8_t *data, size_t size, nx_format format, const char *name)
{
    nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;
    options.format = format;
    // Every other input is larger than a record may be: what splitters do then is fuzzed too.
    options.limits.record_bytes = size % 2 == 0 ? 1 << 20 : 256;
    options.limits.inflated_bytes = 8 << 20;
    options.limits.inflation_ratio = 200;
    options.limits.members = 50;
    nx_reader_sink sink = {.ctx = &options, .record = on_record, .skip = on_skip};
    nx_error err = NX_ERROR_INIT;
    int fd = memfd_create("input", MFD_CLOEXEC);
    require(fd >= 0 && nx_write_all(fd, data, size, name, &err) == NX_OK &&
            lseek(fd, 0, SEEK_SET) == 0);
    require(nx_corpus_read_fd(fd, name, &options, &sink, &err) == NX_OK);
    (void)close(fd);
}
