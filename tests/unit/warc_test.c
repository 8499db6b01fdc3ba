// warc_test.c: crawl files: which records are pages, how their bodies were sent, what damage costs.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <zlib.h>

#include "corpus/http.h"
#include "tests/unit/corpus_kit.h"

static void add_record(nx_buf *b, const char *type, const char *url, nx_str block)
{
    nx_buf_addf(b, "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\n", type, url);
    nx_buf_addf(b, "WARC-Date: 2019-03-26T19:31:00Z\r\nContent-Type: application/http\r\n");
    nx_buf_addf(b, "Content-Length: %zu\r\n\r\n", block.n);
    nx_buf_adds(b, block);
    nx_buf_addz(b, "\r\n\r\n");
}

#define PAGE(body) NX_STR("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" body)

static void pages_are_records_and_the_rest_is_counted(void **state)
{
    (void)state;
    nx_buf b;
    nx_buf_init(&b, 1 << 20);
    add_record(&b, "warcinfo", "x:", NX_STR("software: a"));
    add_record(&b, "request", "http://a.org/", NX_STR("GET / HTTP/1.1\r\n\r\n"));
    add_record(&b, "response", "<http://a.org/>", PAGE("<p>One"));
    add_record(&b, "revisit", "http://a.org/", NX_STR("HTTP/1.1 200 OK\r\n\r\n"));
    add_record(&b, "metadata", "http://a.org/", NX_STR("fetchTimeMs: 1"));
    add_record(&b, "response", "http://a.org/no",
               NX_STR("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>no"));
    add_record(&b, "response", "http://a.org/i",
               NX_STR("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"));
    add_record(&b, "response", "http://a.org/b",
               NX_STR("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: "
                      "gzip\r\n\r\n\x1f\x8b\x08."));
    add_record(&b, "response", "http://a.org/f",
               NX_STR("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss version='2.0'/>"));
    const char *log = kit_records(nx_buf_str(&b), "in.warc", NULL);
    assert_int_equal(kit_count(log, "html"), 1);
    assert_non_null(strstr(log, " <p>One\n"));
    assert_int_equal(kit_count(log, "feed"), 1);
    static const char *const reasons[] = {
        " WARC warcinfo\n",          " WARC request\n", " WARC revisit\n",   " WARC metadata\n",
        " HTTP error or redirect\n", " not a page\n",   " damaged content\n"};
    for (size_t i = 0; i < NX_COUNT(reasons); i++) {
        assert_non_null(strstr(log, reasons[i]));
    }
    assert_int_equal(kit_count(log, "skip"), 7);
    nx_buf_release(&b);
}

typedef struct caught {
    char url[80], charset[20];
    int64_t fetched;
} caught;

static nx_status catch_record(void *ctx, nx_record *r, nx_error *err)
{
    (void)err;
    caught *c = ctx;
    memcpy(c->url, r->url.p, r->url.n < sizeof c->url ? r->url.n : sizeof c->url - 1);
    memcpy(c->charset, r->charset.p,
           r->charset.n < sizeof c->charset ? r->charset.n : sizeof c->charset - 1);
    c->fetched = r->fetched.utc;
    nx_record_free(r);
    return NX_OK;
}

static nx_status no_skip(void *ctx, const nx_skip *s, nx_error *err)
{
    (void)ctx;
    (void)err;
    fail_msg("skip: %s", s->reason);
    return NX_OK;
}

static void a_page_carries_address_charset_and_time(void **state)
{
    (void)state;
    FILE *f = tmpfile();
    assert_non_null(f);
    nx_buf b;
    nx_buf_init(&b, 1 << 20);
    add_record(&b, "response", "http://a.org/a b",
               NX_STR("HTTP/1.1 200 OK\nContent-Type: text/html; charset=\"koi8-r\"\n\n<p>x"));
    assert_int_equal(fwrite(b.data, 1, b.len, f), b.len);
    assert_int_equal(fflush(f), 0);
    rewind(f);
    caught c = {.url = ""};
    nx_corpus_options o = NX_CORPUS_OPTIONS_INIT;
    nx_reader_sink sink = {.ctx = &c, .record = catch_record, .skip = no_skip};
    nx_error err = NX_ERROR_INIT;
    assert_int_equal(nx_corpus_read_fd(fileno(f), "in", &o, &sink, &err), NX_OK);
    assert_string_equal(c.url, "http://a.org/a b");
    assert_string_equal(c.charset, "koi8-r");
    assert_int_equal(c.fetched, 1553628660);
    (void)fclose(f);
    nx_buf_release(&b);
}

static void damage_costs_one_record(void **state)
{
    (void)state;
    nx_buf b;
    nx_buf_init(&b, 1 << 20);
    add_record(&b, "response", "http://a.org/1", PAGE("<p>One"));
    nx_buf_addz(&b, "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: oops\r\n\r\nbody\r\n\r\n");
    add_record(&b, "response", "http://a.org/2", PAGE("<p>Two"));
    nx_buf_addz(&b, "some\njunk\n");
    add_record(&b, "response", "http://a.org/3", PAGE("<p>Three"));
    nx_buf_addz(&b,
                "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900\r\n\r\nHTTP/1.1 200 OK");
    const char *log = kit_records(nx_buf_str(&b), "in.warc", NULL);
    assert_int_equal(kit_count(log, "html"), 3);
    assert_int_equal(kit_count(log, "skip format"), 4);
    assert_non_null(strstr(log, " truncated record\n"));
    nx_buf_release(&b);
}

static void add_member(nx_buf *out, nx_str text)
{
    z_stream z = {0};
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (Bytef *)(uintptr_t)text.p;
    z.avail_in = (uInt)text.n;
    size_t room = deflateBound(&z, (uLong)text.n) + 64;
    z.next_out = (Bytef *)nx_buf_reserve(out, room);
    z.avail_out = (uInt)room;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    out->len += room - z.avail_out;
    (void)deflateEnd(&z);
}

static void a_bad_gzip_member_costs_one_record(void **state)
{
    (void)state;
    nx_buf packed, one;
    nx_buf_init(&packed, 1 << 20);
    nx_buf_init(&one, 1 << 20);
    size_t second = 0, third = 0;
    static const char *const bodies[] = {"<p>One, and more of it", "<p>Two, and more of it",
                                         "<p>Three, and more"};
    for (size_t i = 0; i < 3; i++) {
        nx_buf page;
        nx_buf_init(&page, 1000);
        nx_buf_addf(&page, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n%s", bodies[i]);
        nx_buf_clear(&one);
        add_record(&one, "response", "http://a.org/", nx_buf_str(&page));
        second = i == 1 ? packed.len : second;
        third = i == 2 ? packed.len : third;
        add_member(&packed, nx_buf_str(&one));
        nx_buf_release(&page);
    }
    for (size_t at = second + 12; at < third; at += 7) {
        packed.data[at] ^= 0x41;
        const char *log = kit_records(nx_buf_str(&packed), "in.warc.gz", NULL);
        assert_non_null(strstr(log, "<p>One, and more of it\n"));
        assert_non_null(strstr(log, "<p>Three, and more\n"));
        assert_true(kit_count(log, "skip format") >= 1);
        packed.data[at] ^= 0x41;
    }
    nx_buf_release(&packed);
    nx_buf_release(&one);
}

static void bodies_are_unchunked_and_unpacked(void **state)
{
    (void)state;
    nx_buf packed;
    nx_buf_init(&packed, 1 << 16);
    nx_buf_addz(&packed, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
    add_member(&packed, NX_STR("Storm in Leeds"));
    const struct {
        nx_str response;
        const char *body;
    } rows[] = {
        {NX_STR("HTTP/1.1 200 OK\r\n\r\nplain"), "plain"},
        {NX_STR("no header at all"), "no header at all"},
        {NX_STR(
             "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nStorm\r\n4;x=y\r\n in \r\n"
             "0\r\n\r\n"),
         "Storm in "},
        {NX_STR("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n<p>stored unchunked"),
         "<p>stored unchunked"},
        {NX_STR("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\nzz\r\nrest"),
         "abzz\r\nrest"},
        {NX_STR("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\nab"), "ab"},
        {NX_STR("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nstored unpacked"),
         "stored unpacked"},
        {NX_STR("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nstored unpacked"),
         "stored unpacked"},
        {NX_STR("HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n\r\nstored unpacked"),
         "stored unpacked"},
        // One frame with one raw block.
        {NX_STR("HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n\r\n\x28\xb5\x2f\xfd\x20\x05\x29\0\0"
                "Storm"),
         "Storm"},
#ifdef NX_HAVE_BROTLI
        // One stored meta-block, and the empty one that ends the data; then the same cut off.
        {NX_STR("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n\x40\0\x10Storm\x03"), "Storm"},
        {NX_STR("HTTP/1.1 200 OK\r\nContent-Encoding: BR\r\n\r\n\x40\0\x10Stor"), "Stor"},
#endif
        {nx_buf_str(&packed), "Storm in Leeds"},
        {nx_str_make(packed.data, packed.len - 9), "Storm in Leeds"},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_http h = nx_http_split(rows[i].response);
        nx_buf scratch;
        nx_buf_init(&scratch, 1000);
        nx_str body;
        const char *reason;
        nx_error err = NX_ERROR_INIT;
        assert_int_equal(nx_http_decode(&h, &scratch, &body, &reason, &err), NX_OK);
        assert_int_equal(body.n, strlen(rows[i].body));
        assert_memory_equal(body.p, rows[i].body, body.n);
        nx_buf_release(&scratch);
    }
    nx_buf_release(&packed);
}

static void a_body_that_inflates_over_the_limit_is_refused(void **state)
{
    (void)state;
    char spaces[20000];
    memset(spaces, ' ', sizeof spaces);
    nx_buf packed, scratch;
    nx_buf_init(&packed, 1 << 16);
    nx_buf_init(&scratch, 10000);
    nx_buf_addz(&packed, "HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n");
    add_member(&packed, nx_str_make(spaces, sizeof spaces));
    nx_http h = nx_http_split(nx_buf_str(&packed));
    nx_str body;
    const char *reason = NULL;
    nx_error err = NX_ERROR_INIT;
    assert_int_equal(nx_http_decode(&h, &scratch, &body, &reason, &err), NX_ELIMIT);
    assert_string_equal(reason, "record too large");
    nx_buf_release(&packed);
    nx_buf_release(&scratch);
}

static void content_that_cannot_be_unpacked_is_refused_by_name(void **state)
{
    (void)state;
    const struct {
        nx_str response;
        const char *text;
    } rows[] = {
        {NX_STR(
             "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\3\xff\xff"),
         "content encoding gzip: "},
        {NX_STR("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n\x1b\0\1\2\3\4\5\6\7\x8\xff\xff"),
         "content encoding br: "},
        {NX_STR(
             "HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n\r\n\x28\xb5\x2f\xfd\xff\xff\xff\xff\xff"
             "\xff\xff\xff"),
         "content encoding zstd: "},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_http h = nx_http_split(rows[i].response);
        nx_buf scratch;
        nx_buf_init(&scratch, 1000);
        nx_str body;
        const char *reason = NULL;
        nx_error err = NX_ERROR_INIT;
        assert_int_equal(nx_http_decode(&h, &scratch, &body, &reason, &err), NX_EFORMAT);
        assert_memory_equal(err.msg, rows[i].text, strlen(rows[i].text));
        assert_non_null(reason);
        nx_buf_release(&scratch);
    }
}

static void arc_records_are_read_from_their_date_line(void **state)
{
    (void)state;
    nx_buf b;
    nx_buf_init(&b, 1 << 16);
    nx_buf_addz(&b, "filedesc://a.arc 0.0.0.0 20080430204825 text/plain 12\n1 0 Archive\n\n");
    nx_str page = PAGE("<p>One");
    nx_buf_addf(&b, "http://a.org/a b 1.2.3.4 20080430204825 text/html %zu\n", page.n);
    nx_buf_adds(&b, page);
    nx_buf_addz(&b, "\n\nhttp://a.org/bad 1.2.3.4 20080430204825 text/html -1\nlost\nlost\n");
    nx_buf_addf(&b, "http://a.org/v2 1.2.3.4 20080430204825 text/html 200 sum - 7 f.arc %zu\n",
                page.n);
    nx_buf_adds(&b, page);
    const char *log = kit_records(nx_buf_str(&b), "in.arc", NULL);
    assert_int_equal(kit_count(log, "html"), 2);
    assert_non_null(strstr(log, " ARC file description\n"));
    assert_int_equal(kit_count(log, "skip format"), 1);
    nx_buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_records_and_the_rest_is_counted),
        cmocka_unit_test(a_page_carries_address_charset_and_time),
        cmocka_unit_test(damage_costs_one_record),
        cmocka_unit_test(a_bad_gzip_member_costs_one_record),
        cmocka_unit_test(bodies_are_unchunked_and_unpacked),
        cmocka_unit_test(a_body_that_inflates_over_the_limit_is_refused),
        cmocka_unit_test(content_that_cannot_be_unpacked_is_refused_by_name),
        cmocka_unit_test(arc_records_are_read_from_their_date_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
