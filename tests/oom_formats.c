// oom_formats.c: files read and parsed with each allocation failing once.
#define _GNU_SOURCE // memfd_create
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "corpus/corpus.h"
#include "tests/ignore_skip.h"
#include "tests/oom.h"
#include "tests/zip_kit.h"

static kit_zip archive;
static char tar[4 * 512]; // a header, a file, and the end
static char dir[] = "/tmp/nxtest-oom-XXXXXX";

static void make_tar(void)
{
    static const char content[] = "Storm\n\nIt rained.\n";
    unsigned sum = ' ' * 8; // in place of itself
    (void)snprintf(tar, 100, "news/b.txt");
    (void)snprintf(tar + 100, 8, "0000644");
    (void)snprintf(tar + 124, 12, "%011zo", sizeof content - 1);
    (void)snprintf(tar + 136, 12, "%011o", 0U);
    tar[156] = '0';
    memcpy(tar + 257, "ustar\00000", 8);
    for (size_t i = 0; i < 512; i++) {
        sum += (unsigned char)tar[i];
    }
    (void)snprintf(tar + 148, 8, "%06o", sum);
    memcpy(tar + 512, content, sizeof content - 1);
}

static void make_file(const char *name)
{
    char path[sizeof dir + 16];
    nx_error err = NX_ERROR_INIT;
    (void)snprintf(path, sizeof path, "%s/%s", dir, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 || nx_write_all(fd, "Storm\n\nIt rained.\n", 18, name, &err) != NX_OK ||
        close(fd) != 0) {
        abort();
    }
}

static void make_directory(void)
{
    char inner[sizeof dir + 16];
    if (mkdtemp(dir) == NULL) {
        abort();
    }
    (void)snprintf(inner, sizeof inner, "%s/in", dir);
    if (mkdir(inner, 0700) != 0) {
        abort();
    }
    make_file("a.txt");
    make_file("in/b.txt");
}

__attribute__((destructor)) static void remove_directory(void)
{
    nx_error err = NX_ERROR_INIT;
    if (nx_remove_tree(dir, &err) != NX_OK) {
        (void)fprintf(stderr, "%s\n", err.msg);
    }
}

// Before main, so that these allocations are none of the scenario.
__attribute__((constructor)) static void make_inputs(void)
{
    make_tar();
    make_directory();
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

static bool reads_directory(unsigned wanted)
{
    run now = {.options = NX_CORPUS_OPTIONS_INIT};
    nx_reader_sink sink = {.ctx = &now, .record = on_record, .skip = ignore_skip};
    nx_error err = NX_ERROR_INIT;
    nx_status st = nx_corpus_read(dir, &now.options, &sink, &err);
    return nx_oom_read(st, &err, now.articles, wanted);
}

#define PAGE "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nStorm.\r\n0\r\n\r\n"

#ifdef NX_HAVE_BROTLI
static bool reads_brotli(void)
{
    // "Storm." as it is, between the marks of a block that is not compressed and of the end.
    return reads(NX_STR("WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\n"
                        "Content-Length: 51\r\n\r\nHTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n"
                        "\x50\0\x10Storm.\3\r\n\r\n"),
                 "br.warc", 1);
}
#else
static bool reads_brotli(void)
{
    return true; // it is not read
}
#endif

// The same line of JSON, as each program compresses it.
static bool reads_compressed(void)
{
    static const char bz2[] =
        "\x42\x5a\x68\x39\x31\x41\x59\x26\x53\x59\xdf\xa1\xc3\xea\x00\x00\x0b\xdd\x80\x00"
        "\x10\x10\x04\x00\x10\x20\x00\x12\x24\x04\x4a\x20\x00\x31\x00\xd0\x00\xd2\x31\x3d"
        "\x4f\x49\xea\x3b\x38\x41\x69\x40\xf7\x21\xc8\x69\xcf\xc5\xdc\x91\x4e\x14\x24\x37"
        "\xe8\x70\xfa\x80";
    static const char xz[] =
        "\xfd\x37\x7a\x58\x5a\x00\x00\x01\x69\x22\xde\x36\x02\x00\x21\x01\x16\x00\x00\x00"
        "\x74\x2f\xe5\xa3\x01\x00\x18\x7b\x22\x74\x69\x74\x6c\x65\x22\x3a\x22\x41\x22\x2c"
        "\x22\x74\x65\x78\x74\x22\x3a\x22\x62\x22\x7d\x0a\x00\x00\x00\x00\x49\xff\x48\x30"
        "\x00\x01\x2d\x19\x04\x47\xc7\x64\x90\x42\x99\x0d\x01\x00\x00\x00\x00\x01\x59\x5a";
    static const char zst[] =
        "\x28\xb5\x2f\xfd\x24\x19\xc9\x00\x00\x7b\x22\x74\x69\x74\x6c\x65\x22\x3a\x22\x41"
        "\x22\x2c\x22\x74\x65\x78\x74\x22\x3a\x22\x62\x22\x7d\x0a\x8b\x9e\x31\x6a";
    return reads(nx_str_make(bz2, sizeof bz2 - 1), "in.jsonl.bz2", 1) &&
           reads(nx_str_make(xz, sizeof xz - 1), "in.jsonl.xz", 1) &&
           reads(nx_str_make(zst, sizeof zst - 1), "in.jsonl.zst", 1);
}

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
           reads(nx_str_make(gz, sizeof gz - 1), "in.gz", 1) && reads_compressed() &&
           reads_brotli() && reads(nx_str_make(tar, sizeof tar), "in.tar", 1) && reads_directory(2);
}
