// oom_formats.c: files read and parsed with each allocation failing once.
#define _GNU_SOURCE // memfd_create
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/io.h"
#include "corpus/corpus.h"
#include "tests/ignore_skip.h"
#include "tests/oom.h"

static nx_status on_article(void *ctx, nx_article *a, nx_error *err)
{
    (void)ctx;
    (void)err;
    nx_article_free(a);
    return NX_OK;
}

static nx_status on_record(void *ctx, nx_record *r, nx_error *err)
{
    nx_article_sink sink = {.article = on_article, .skip = ignore_skip};
    bool ours = r->format != NX_FORMAT_MAIL; // its reader has a scenario of its own
    nx_status st = ours ? nx_record_parse(r, ctx, &sink, err) : NX_OK;
    nx_record_free(r);
    return st;
}

static bool reads(nx_str bytes, const char *name)
{
    nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;
    nx_reader_sink sink = {.ctx = &options, .record = on_record, .skip = ignore_skip};
    nx_error err = NX_ERROR_INIT;
    int fd = memfd_create("input", MFD_CLOEXEC);
    if (fd < 0 || nx_write_all(fd, bytes.p, bytes.n, name, &err) != NX_OK ||
        lseek(fd, 0, SEEK_SET) != 0) {
        abort();
    }
    nx_status st = nx_corpus_read_fd(fd, name, &options, &sink, &err);
    (void)close(fd);
    return st == NX_OK;
}

#define PAGE "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nStorm.\r\n0\r\n\r\n"

bool nx_oom_scenario(void)
{
    // A gzip member that holds "{\"text\":\"x\"}\n".
    static const char gz[] = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\x56\x2a\x49\xad\x28"
                             "\x51\xb2\x52\xaa\x50\xaa\xe5\x02\x00\x62\x54\xd3\x15\x0d\x00\x00"
                             "\x00";
    return reads(NX_STR("{\"title\":\"A\",\"text\":[\"<p>b</p>\",\"c\"],\"authors\":[{\"first\":"
                        "\"Jane\",\"last\":\"Doe\"}],\"date\":\"2019-03-26\",\"tags\":\"a,b\"}\n"),
                 "in.jsonl") &&
           reads(NX_STR("title,text\n\"A\",\"b <i>c</i>\"\n"), "in.csv") &&
           reads(NX_STR("<DOC><DOCNO>AP880212-1</DOCNO><HEAD>A &amp; B</HEAD>"
                        "<TEXT>\n   One.\n   Two.\n</TEXT></DOC>"),
                 "in.txt") &&
           reads(NX_STR("WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\n"
                        "Content-Length: 63\r\n\r\n" PAGE "\r\n\r\n"),
                 "in.warc") &&
           reads(NX_STR("From a@b.org Mon Mar 26 19:31:00 2019\nSubject: x\n\nHello\n"), "in") &&
           reads(NX_STR("\xff\xfeS\0t\0o\0r\0m\0"), "in") &&
           reads(nx_str_make(gz, sizeof gz - 1), "in.gz");
}
