// corpus_kit.c: see corpus_kit.h.
#define _GNU_SOURCE // memfd_create
#include "tests/unit/corpus_kit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/io.h"
#include "base/time.h"

static nx_buf log_text;

static void start(void)
{
    if (log_text.data == NULL) {
        nx_buf_init(&log_text, (size_t)64 << 20);
    }
    nx_buf_clear(&log_text);
}

static void add_flat(nx_str s, size_t most)
{
    for (size_t i = 0; i < s.n && i < most; i++) {
        char c = s.p[i];
        nx_buf_addz(&log_text, c == '\n' ? " / " : "");
        if (c != '\n' && c != '\r') {
            nx_buf_addc(&log_text, c);
        }
    }
}

static void add_place(nx_str member, uint64_t offset, bool is_line)
{
    if (member.p != NULL) {
        nx_buf_addc(&log_text, ' ');
        nx_buf_adds(&log_text, member);
    }
    nx_buf_addf(&log_text, " @%llu%s", (unsigned long long)offset, is_line ? "L" : "");
}

static nx_status on_record(void *ctx, nx_record *r, nx_error *err)
{
    (void)ctx;
    (void)err;
    nx_buf_addz(&log_text, nx_format_name(r->format));
    add_place(r->member, r->offset, r->offset_is_line);
    nx_buf_addc(&log_text, ' ');
    add_flat(r->bytes, 60);
    nx_buf_addc(&log_text, '\n');
    nx_record_free(r);
    return NX_OK;
}

static nx_status on_skip(void *ctx, const nx_skip *s, nx_error *err)
{
    (void)ctx;
    (void)err;
    nx_buf_addf(&log_text, "skip %s", nx_status_name(s->code));
    add_place(s->member, s->offset, s->offset_is_line);
    nx_buf_addf(&log_text, " %s\n", s->reason);
    return NX_OK;
}

static void add_fact(const char *name, nx_fact f)
{
    if (f.s.p != NULL) {
        nx_buf_addf(&log_text, "%s: ", name);
        nx_buf_adds(&log_text, f.s);
        nx_buf_addf(&log_text, " [%s]\n", nx_from_name(f.from));
    }
}

static void add_when(const char *name, nx_when w)
{
    char text[24];
    if (w.known) {
        nx_buf_addf(&log_text, "%s: %s [%s]\n", name,
                    w.day_only ? nx_format_day(text, w.utc) : nx_format_utc(text, w.utc),
                    nx_from_name(w.from));
    }
}

static nx_status on_article(void *ctx, nx_article *a, nx_error *err)
{
    (void)ctx;
    (void)err;
    add_fact("id", a->id);
    add_fact("url", a->url);
    add_fact("title", a->title);
    add_fact("source", a->source);
    add_fact("host", a->source_host);
    add_fact("agency", a->agency);
    for (size_t i = 0; i < a->author_count; i++) {
        add_fact("author", a->authors[i]);
    }
    add_fact("dateline", a->dateline);
    add_when("published", a->published);
    add_when("updated", a->updated);
    add_when("not before", a->not_before);
    add_fact("section", a->section);
    for (size_t i = 0; i < a->keyword_count; i++) {
        add_fact("keyword", a->keywords[i]);
    }
    add_fact("language", a->language);
    if (a->state != NX_ARTICLE_USABLE) {
        nx_buf_addf(&log_text, "state: %d\n", (int)a->state);
    }
    if (a->version != 0) {
        nx_buf_addf(&log_text, "version: %lld\n", (long long)a->version);
    }
    add_fact("summary", a->summary);
    if (a->body.p != NULL) {
        nx_buf_addz(&log_text, "body: ");
        add_flat(a->body, 4000);
        nx_buf_addc(&log_text, '\n');
    }
    nx_buf_addz(&log_text, "--\n");
    nx_article_free(a);
    return NX_OK;
}

static nx_status on_record_parsed(void *ctx, nx_record *r, nx_error *err)
{
    nx_article_sink sink = {.article = on_article, .skip = on_skip};
    nx_status st = nx_record_parse(r, ctx, &sink, err);
    nx_record_free(r);
    return st;
}

static const char *finish(nx_status st, const nx_error *err)
{
    if (st != NX_OK) {
        nx_buf_addf(&log_text, "error %s: %s\n", nx_status_name(st), err->msg);
    }
    return log_text.data;
}

static const char *read_bytes(nx_str bytes, const char *name, const nx_corpus_options *options,
                              bool parsed)
{
    nx_corpus_options defaults = NX_CORPUS_OPTIONS_INIT;
    options = options != NULL ? options : &defaults;
    nx_reader_sink sink = {.ctx = (void *)(uintptr_t)options,
                           .record = parsed ? on_record_parsed : on_record,
                           .skip = on_skip};
    nx_error err = NX_ERROR_INIT;
    start();
    int fd = memfd_create("input", MFD_CLOEXEC);
    if (fd < 0 || nx_write_all(fd, bytes.p, bytes.n, name, &err) != NX_OK ||
        lseek(fd, 0, SEEK_SET) != 0) {
        abort();
    }
    nx_status st = nx_corpus_read_fd(fd, name, options, &sink, &err);
    (void)close(fd);
    return finish(st, &err);
}

const char *kit_records(nx_str bytes, const char *name, const nx_corpus_options *options)
{
    return read_bytes(bytes, name, options, false);
}

const char *kit_articles(nx_str bytes, const char *name, const nx_corpus_options *options)
{
    return read_bytes(bytes, name, options, true);
}

void kit_check_articles(const char *bytes, const char *const *wants)
{
    const char *log = kit_articles(nx_str_of(bytes), "x.txt", NULL), *at = log;
    for (; *wants != NULL; wants++) {
        at = strstr(at, *wants);
        if (at == NULL) {
            fail_msg("no \"%s\" there in:\n%s", *wants, log);
        }
    }
}

void kit_expect(const char *log, const char *wanted)
{
    if (strstr(log, wanted) == NULL) {
        fail_msg("no \"%s\" in:\n%s", wanted, log);
    }
}

const char *kit_walk(const char *path, const nx_corpus_options *options)
{
    nx_corpus_options defaults = NX_CORPUS_OPTIONS_INIT;
    nx_reader_sink sink = {.record = on_record, .skip = on_skip};
    nx_error err = NX_ERROR_INIT;
    start();
    nx_status st = nx_corpus_read(path, options != NULL ? options : &defaults, &sink, &err);
    return finish(st, &err);
}

const char *kit_rest(int fd)
{
    nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;
    nx_reader_sink sink = {.record = on_record, .skip = on_skip};
    nx_error err = NX_ERROR_INIT;
    start();
    nx_status st = nx_corpus_read_fd(fd, "rest", &options, &sink, &err);
    return finish(st, &err);
}

unsigned kit_count(const char *log, const char *prefix)
{
    unsigned count = 0;
    for (const char *line = log; line != NULL && *line != '\0';) {
        count += strncmp(line, prefix, strlen(prefix)) == 0;
        line = strchr(line, '\n');
        line = line != NULL ? line + 1 : NULL;
    }
    return count;
}
