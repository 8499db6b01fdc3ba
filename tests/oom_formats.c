// oom_formats.c: files read and parsed with each allocation failing once.
#define _GNU_SOURCE // memfd_create
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/io.h"
#include "corpus/corpus.h"
#include "tests/ignore_skip.h"
#include "tests/oom.h"
#include "tests/zip_kit.h"

static kit_zip archive;

// Before main, so that these allocations are none of the scenario.
__attribute__((constructor)) static void make_archive(void)
{
    kit_zip_start(&archive);
    kit_zip_add(&archive, "news/a.jsonl", NX_STR("{\"title\":\"A\",\"text\":\"b\"}\n"));
    kit_zip_add(&archive, "news/b.txt", NX_STR("Storm\n\nIt rained.\n"));
    (void)kit_zip_end(&archive);
}

typedef struct run {
    nx_corpus_options options;
    unsigned articles;
} run;

static nx_status on_article(void *ctx, nx_article *a, nx_error *err)
{
    (void)err;
    ((run *)ctx)->articles++;
    nx_article_free(a);
    return NX_OK;
}

static nx_status on_record(void *ctx, nx_record *r, nx_error *err)
{
    nx_article_sink sink = {.ctx = ctx, .article = on_article, .skip = ignore_skip};
    nx_status st = nx_record_parse(r, &((run *)ctx)->options, &sink, err);
    nx_record_free(r);
    return st;
}

static bool reads(nx_str bytes, const char *name, unsigned wanted)
{
    run now = {.options = NX_CORPUS_OPTIONS_INIT};
    nx_reader_sink sink = {.ctx = &now, .record = on_record, .skip = ignore_skip};
    nx_error err = NX_ERROR_INIT;
    int fd = memfd_create("input", MFD_CLOEXEC);
    if (fd < 0 || nx_write_all(fd, bytes.p, bytes.n, name, &err) != NX_OK ||
        lseek(fd, 0, SEEK_SET) != 0) {
        abort();
    }
    nx_status st = nx_corpus_read_fd(fd, name, &now.options, &sink, &err);
    (void)close(fd);
    return nx_oom_read(st, &err, now.articles, wanted);
}

#define PAGE "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nStorm.\r\n0\r\n\r\n"

bool nx_oom_scenario(void)
{
    // A gzip member that holds "{\"title\":\"A\",\"text\":\"b\"}\n".
    static const char gz[] = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\x56\x2a\xc9\x2c\xc9"
                             "\x49\x55\xb2\x52\x72\x54\xd2\x51\x2a\x49\xad\x28\x01\x32\x93\x94"
                             "\x6a\xb9\x00\x49\xff\x48\x30\x19\x00\x00\x00";
    return reads(NX_STR("{\"title\":\"A\",\"text\":[\"<p>b</p>\",\"c\"],\"authors\":[{\"first\":"
                        "\"Jane\",\"last\":\"Doe\"}],\"date\":\"2019-03-26\",\"tags\":\"a,b\"}\n"),
                 "in.jsonl", 1) &&
           reads(NX_STR("title,text\n\"A\",\"b <i>c</i>\"\n"), "in.csv", 1) &&
           reads(NX_STR("<DOC><DOCNO>AP880212-1</DOCNO><HEAD>A &amp; B</HEAD>"
                        "<TEXT>\n   One.\n   Two.\n</TEXT></DOC>"),
                 "in.txt", 1) &&
           reads(NX_STR("WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\n"
                        "Content-Length: 63\r\n\r\n" PAGE "\r\n\r\n"),
                 "in.warc", 1) &&
           reads(
               NX_STR("filedesc://a.arc 0.0.0.0 20080430204825 text/plain 12\n1 0 Archive\n\n"
                      "http://a.org/a 1.2.3.4 20080430204825 text/html 356\nHTTP/1.0 200 OK\r\n\r\n"
                      "<meta property=og:type content=article><h1>Bridge</h1><p>The bridge over "
                      "the river will be closed until the spring, because the flood of last week "
                      "has damaged two of its piers, the council said.<p>The ferry below the "
                      "bridge will run every hour until then, and the buses will take the road "
                      "through the valley, the council said on Monday.\n\n"),
               "in.arc", 1) &&
           reads(NX_STR("<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS NEWID=\"1\"><DATE>26-FEB-"
                        "1987 15:01:01.79</DATE><TOPICS><D>cocoa</D></TOPICS><TEXT><TITLE>A</TITLE>"
                        "<DATELINE>SALVADOR, Feb 26 - </DATELINE><BODY>It rained.</BODY></TEXT>"
                        "</REUTERS>\n"),
                 "in.sgm", 1) &&
           reads(NX_STR("<?xml version='1.0'?><export><story><title>t</title><body>One.</body>"
                        "</story><story><title>u</title><body>Two.</body></story></export>"),
                 "in.xml", 2) &&
           reads(NX_STR("1 of 2 DOCUMENTS\n\n          The Herald\n\n          May 1, 2020\n\nt\n\n"
                        "LENGTH: 5 words\n\nOne.\n\nLOAD-DATE: May 2, 2020\n\n2 of 2 DOCUMENTS\n\n"
                        "          The Herald\n\n          May 1, 2020\n\nu\n\nLENGTH: 5 words\n\n"
                        "Two.\n"),
                 "in.txt", 2) &&
           reads(nx_buf_str(&archive.bytes), "in.zip", 2) &&
           reads(NX_STR("From a@b.org Mon Mar 26 19:31:00 2019\nSubject: x\n\nHello\n"), "in", 1) &&
           reads(NX_STR("\xff\xfeS\0t\0o\0r\0m\0"), "in", 1) &&
           reads(nx_str_make(gz, sizeof gz - 1), "in.gz", 1);
}
