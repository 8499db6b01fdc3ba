// container_test.c: gzip cut anywhere, archives in archives, bombs; nothing hangs, nothing leaks
// out, what is whole is read.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <archive.h>
#include <archive_entry.h>
#include <cmocka.h>
#include <zlib.h>

#include "tests/unit/corpus_kit.h"

enum { PACKED_MAX = 16 << 20 };

// text as one gzip member, appended to out.
static void add_gzip(nx_buf *out, nx_str text)
{
    z_stream z = {0};
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (Bytef *)(uintptr_t)text.p;
    z.avail_in = (uInt)text.n;
    size_t room = deflateBound(&z, (uLong)text.n);
    z.next_out = (Bytef *)nx_buf_reserve(out, room);
    z.avail_out = (uInt)room;
    assert_non_null(z.next_out);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    out->len += room - z.avail_out;
    (void)deflateEnd(&z);
}

typedef struct packer {
    struct archive *a;
    char *bytes;
    size_t used;
} packer;

static void start(packer *p, bool zip)
{
    p->a = archive_write_new();
    p->bytes = malloc(PACKED_MAX);
    assert_non_null(p->bytes);
    (void)(zip ? archive_write_set_format_zip(p->a) : archive_write_set_format_ustar(p->a));
    assert_int_equal(archive_write_open_memory(p->a, p->bytes, PACKED_MAX, &p->used), ARCHIVE_OK);
}

static void add(packer *p, const char *name, nx_str text)
{
    struct archive_entry *e = archive_entry_new();
    archive_entry_set_pathname(e, name);
    archive_entry_set_filetype(e, AE_IFREG);
    archive_entry_set_perm(e, 0644);
    archive_entry_set_size(e, (la_int64_t)text.n);
    assert_int_equal(archive_write_header(p->a, e), ARCHIVE_OK);
    assert_int_equal(archive_write_data(p->a, text.p, text.n), (la_ssize_t)text.n);
    archive_entry_free(e);
}

static void add_link(packer *p, const char *name, const char *target)
{
    struct archive_entry *e = archive_entry_new();
    archive_entry_set_pathname(e, name);
    archive_entry_set_filetype(e, AE_IFLNK);
    archive_entry_set_symlink(e, target);
    assert_int_equal(archive_write_header(p->a, e), ARCHIVE_OK);
    archive_entry_free(e);
}

static nx_str finish(packer *p)
{
    assert_int_equal(archive_write_close(p->a), ARCHIVE_OK);
    (void)archive_write_free(p->a);
    return nx_str_make(p->bytes, p->used);
}

// text through one filter of libarchive.
static nx_str filtered(packer *p, nx_str text, int filter)
{
    p->a = archive_write_new();
    p->bytes = malloc(PACKED_MAX);
    assert_non_null(p->bytes);
    (void)archive_write_set_format_raw(p->a);
    assert_int_equal(archive_write_add_filter(p->a, filter), ARCHIVE_OK);
    (void)archive_write_set_bytes_in_last_block(p->a, 1);
    assert_int_equal(archive_write_open_memory(p->a, p->bytes, PACKED_MAX, &p->used), ARCHIVE_OK);
    struct archive_entry *e = archive_entry_new();
    archive_entry_set_filetype(e, AE_IFREG);
    assert_int_equal(archive_write_header(p->a, e), ARCHIVE_OK);
    archive_entry_free(e);
    assert_int_equal(archive_write_data(p->a, text.p, text.n), (la_ssize_t)text.n);
    return finish(p);
}

static void gzip_members_are_one_stream_and_padding_ends_it(void **state)
{
    (void)state;
    nx_buf z;
    nx_buf_init(&z, PACKED_MAX);
    add_gzip(&z, NX_STR("{\"a\":1}\n{\"b\""));
    add_gzip(&z, NX_STR(":2}\n"));
    static const char *const tails[] = {"", "\0\0\0\0", "trailing garbage"};
    static const size_t lengths[] = {0, 4, 16};
    size_t whole = z.len;
    for (size_t i = 0; i < 3; i++) {
        nx_buf_truncate(&z, whole);
        nx_buf_add(&z, tails[i], lengths[i]);
        assert_string_equal(kit_records(nx_buf_str(&z), "in.gz", NULL),
                            "json @1L {\"a\":1}\njson @2L {\"b\":2}\n");
    }
    nx_buf_release(&z);
}

static void a_gzip_file_cut_anywhere_is_said_to_be_truncated(void **state)
{
    (void)state;
    nx_buf text, z;
    nx_buf_init(&text, PACKED_MAX);
    nx_buf_init(&z, PACKED_MAX);
    for (unsigned i = 0; i < 6000; i++) {
        nx_buf_addf(&text, "{\"n\":%u}\n", i * 2654435761U); // numbers, so that it packs badly
    }
    add_gzip(&z, nx_buf_str(&text));
    assert_true(z.len > 35000);
    static const size_t cuts[] = {5, 9, 10, 11, 18, 19, 100, 35000};
    for (size_t i = 0; i < NX_COUNT(cuts); i++) {
        const char *log = kit_records(nx_str_make(z.data, cuts[i]), "in.gz", NULL);
        assert_int_equal(kit_count(log, "skip"), 1);
        assert_non_null(strstr(log, " truncated gzip\n"));
        assert_true(cuts[i] > 19 || kit_count(log, "json") == 0);
        assert_true(cuts[i] < 35000 || kit_count(log, "json") > 3000);
        assert_null(strstr(log, "error"));
    }
    for (size_t cut = 1; cut < z.len; cut += 997) { // wherever: it ends, with one true reason
        const char *log = kit_records(nx_str_make(z.data, cut), "in.gz", NULL);
        if (kit_count(log, "skip") != 1) {
            fail_msg("cut at %zu: %.300s", cut, log);
        }
    }
    assert_string_equal(kit_records(nx_str_make(z.data, 1), "in.gz", NULL), "skip ok @0 binary\n");
    nx_buf_release(&text);
    nx_buf_release(&z);
}

static void damage_inside_gzip_keeps_what_came_before(void **state)
{
    (void)state;
    nx_buf z;
    nx_buf_init(&z, PACKED_MAX);
    add_gzip(&z, NX_STR("{\"a\":1}\n"));
    z.data[z.len - 6] ^= 0x55; // the checksum
    const char *log = kit_records(nx_buf_str(&z), "in.gz", NULL);
    assert_int_equal(kit_count(log, "json @1L {\"a\":1}"), 1);
    assert_non_null(strstr(log, "damaged gzip"));
    nx_buf_release(&z);
}

static void other_compressions_are_read(void **state)
{
    (void)state;
    static const struct {
        int filter;
        const char *name;
    } kinds[] = {{ARCHIVE_FILTER_BZIP2, "in.bz2"},
                 {ARCHIVE_FILTER_XZ, "in.xz"},
                 {ARCHIVE_FILTER_ZSTD, "in.zst"}};
    for (size_t i = 0; i < 3; i++) {
        packer p;
        nx_str z = filtered(&p, NX_STR("{\"a\":1}\n{\"b\":2}\n"), kinds[i].filter);
        assert_string_equal(kit_records(z, kinds[i].name, NULL),
                            "json @1L {\"a\":1}\njson @2L {\"b\":2}\n");
        const char *log = kit_records(nx_str_make(z.p, z.n - 8), kinds[i].name, NULL);
        assert_int_equal(kit_count(log, "skip format"), 1);
        free(p.bytes);
    }
}

static void members_are_named_and_nested(void **state)
{
    (void)state;
    packer inner, outer;
    nx_buf z;
    nx_buf_init(&z, PACKED_MAX);
    add_gzip(&z, NX_STR("{\"g\":1}\n"));
    start(&inner, false);
    add(&inner, "news/a.txt", NX_STR("Storm\n"));
    add(&inner, "b.jsonl.gz", nx_buf_str(&z));
    nx_str tar = finish(&inner);
    start(&outer, true);
    add(&outer, "in.tar", tar);
    add(&outer, "c.txt", NX_STR("Sun\n"));
    add(&outer, ".hidden", NX_STR("no\n"));
    add(&outer, "__MACOSX/c.txt", NX_STR("no\n"));
    nx_str zip = finish(&outer);
    assert_string_equal(kit_records(zip, "x.zip", NULL), "text in.tar!news/a.txt @0 Storm / \n"
                                                         "json in.tar!b.jsonl.gz @1L {\"g\":1}\n"
                                                         "text c.txt @0 Sun / \n");
    nx_corpus_options o = NX_CORPUS_OPTIONS_INIT;
    o.limits.depth = 1;
    assert_string_equal(kit_records(zip, "x.zip", &o), "skip limit in.tar @0 nested too deep\n"
                                                       "text c.txt @0 Sun / \n");
    o.limits.depth = 4;
    o.limits.members = 1;
    const char *log = kit_records(zip, "x.zip", &o);
    assert_int_equal(kit_count(log, "skip limit"), 2); // the tar's second and the zip's second
    assert_int_equal(kit_count(log, "text in.tar!news/a.txt"), 1);
    free(inner.bytes);
    free(outer.bytes);
    nx_buf_release(&z);
}

static void encrypted_members_are_said_to_be(void **state)
{
    (void)state;
    packer p;
    p.a = archive_write_new();
    p.bytes = malloc(PACKED_MAX);
    assert_non_null(p.bytes);
    (void)archive_write_set_format_zip(p.a);
    if (archive_write_set_options(p.a, "zip:encryption=traditional") != ARCHIVE_OK) {
        print_message("skipped: this libarchive does not encrypt\n");
        (void)archive_write_free(p.a);
        free(p.bytes);
        skip();
    }
    assert_int_equal(archive_write_set_passphrase(p.a, "secret"), ARCHIVE_OK);
    assert_int_equal(archive_write_open_memory(p.a, p.bytes, PACKED_MAX, &p.used), ARCHIVE_OK);
    add(&p, "a.txt", NX_STR("Storm\n"));
    nx_str zip = finish(&p);
    assert_string_equal(kit_records(zip, "x.zip", NULL), "skip format a.txt @0 encrypted\n");
    free(p.bytes);
}

static void a_compressed_archive_is_two_containers(void **state)
{
    (void)state;
    packer p;
    nx_buf z;
    nx_buf_init(&z, PACKED_MAX);
    start(&p, false);
    add(&p, "a.txt", NX_STR("Storm\n"));
    add_gzip(&z, finish(&p));
    assert_string_equal(kit_records(nx_buf_str(&z), "x.tgz", NULL), "text a.txt @0 Storm / \n");
    nx_corpus_options o = NX_CORPUS_OPTIONS_INIT;
    o.limits.depth = 1;
    assert_string_equal(kit_records(nx_buf_str(&z), "x.tgz", &o),
                        "skip limit @0 nested too deep\n");
    free(p.bytes);
    nx_buf_release(&z);
}

static void paths_that_climb_and_links_are_only_names(void **state)
{
    (void)state;
    packer p;
    start(&p, false);
    add(&p, "/tmp/nx-container-test-absolute", NX_STR("Storm\n"));
    add(&p, "../../nx-container-test-up", NX_STR("Sun\n"));
    add_link(&p, "link", "/etc/passwd");
    nx_str tar = finish(&p);
    assert_string_equal(kit_records(tar, "x.tar", NULL),
                        "text /tmp/nx-container-test-absolute @0 Storm / \n"
                        "text ../../nx-container-test-up @0 Sun / \n"
                        "skip ok link @0 not a regular file\n");
    FILE *f = fopen("/tmp/nx-container-test-absolute", "r");
    assert_null(f);
    free(p.bytes);
}

static void truncated_archives_keep_their_whole_members(void **state)
{
    (void)state;
    packer p;
    start(&p, false);
    add(&p, "a.txt", NX_STR("Storm\n"));
    add(&p, "b.txt", NX_STR("Sun\n"));
    nx_str tar = finish(&p);
    const char *log = kit_records(nx_str_make(tar.p, 512 * 3 + 2), "x.tar", NULL);
    assert_int_equal(kit_count(log, "text a.txt"), 1);
    assert_int_equal(kit_count(log, "text b.txt"), 0);
    assert_true(kit_count(log, "skip format") >= 1);
    free(p.bytes);
}

static void a_damaged_header_costs_its_member(void **state)
{
    (void)state;
    char text[1500];
    packer p;
    start(&p, false);
    add(&p, "a.txt", NX_STR("Storm\n"));
    memset(text, 'x', sizeof text);
    add(&p, "b.txt", nx_str_make(text, sizeof text));
    add(&p, "c.txt", NX_STR("Sun\n"));
    nx_str tar = finish(&p);
    p.bytes[2 * 512] = 'B'; // and the sum is wrong
    const char *log = kit_records(tar, "x.tar", NULL);
    assert_int_equal(kit_count(log, "text a.txt"), 1);
    assert_int_equal(kit_count(log, "text c.txt"), 1);
    assert_int_equal(kit_count(log, "skip format"), 1); // not one a block
    assert_int_equal(kit_count(log, "skip"), 1);
    free(p.bytes);
}

static void bombs_stop_at_the_ceilings(void **state)
{
    (void)state;
    size_t n = 8U << 20;
    char *zeros = malloc(n);
    assert_non_null(zeros);
    memset(zeros, ' ', n);
    packer p;
    nx_buf z;
    nx_buf_init(&z, PACKED_MAX);
    add_gzip(&z, nx_str_make(zeros, n));
    start(&p, true);
    add(&p, "bomb.gz", nx_buf_str(&z));
    add(&p, "after.txt", NX_STR("Sun\n"));
    nx_str zip = finish(&p);
    nx_corpus_options o = NX_CORPUS_OPTIONS_INIT;
    o.limits.record_bytes = 1U << 20;
    o.limits.inflation_ratio = 50;
    const char *log = kit_records(zip, "x.zip", &o);
    assert_int_equal(kit_count(log, "skip limit bomb.gz"), 1);
    assert_non_null(strstr(log, "inflates too much"));
    o.limits.inflation_ratio = 100000;
    o.limits.record_bytes = 64U << 20;
    o.limits.inflated_bytes = 2U << 20;
    assert_non_null(strstr(kit_records(nx_buf_str(&z), "bomb.gz", &o), "inflates too much"));
    free(zeros);
    free(p.bytes);
    nx_buf_release(&z);
}

// The lists of a collection of crawls have titles and texts of the pages as well.
static void a_collection_of_crawls_is_read_once(void **state)
{
    (void)state;
    static const char list[] = "{\"format\":\"json-pages-1.0\",\"id\":\"pages\"}\n"
                               "{\"url\":\"https://a.example/\",\"text\":\"It rained.\"}\n";
    static const char crawl[] =
        "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://a.example/\r\n"
        "Content-Type: text/html\r\nContent-Length: 15\r\n\r\n<p>It rained.</\r\n\r\n";
    static const struct {
        const char *file, *lists; // lists: where they stand
        bool lists_first, once;
    } cases[] = {
        {"week.wacz", "pages/pages.jsonl", true, true},
        {"WEEK.WACZ", "pages/pages.jsonl", false, true},
        {"-", "pages/pages.jsonl", false, true},
        {"week.zip", "pages/pages.jsonl", true, false}, // any zip file
        {"wacz", "archives/pages.jsonl", true, false},
    };
    for (size_t i = 0; i < NX_COUNT(cases); i++) {
        nx_buf packed;
        nx_buf_init(&packed, PACKED_MAX);
        add_gzip(&packed, nx_str_of(crawl));
        packer p;
        start(&p, true);
        if (cases[i].lists_first) {
            add(&p, cases[i].lists, nx_str_of(list));
        }
        add(&p, "archive/data.warc.gz", nx_buf_str(&packed));
        if (!cases[i].lists_first) {
            add(&p, cases[i].lists, nx_str_of(list));
        }
        const char *log = kit_records(finish(&p), cases[i].file, NULL);
        assert_int_equal(kit_count(log, "html archive/data.warc.gz @0 <p>It rained"), 1);
        assert_int_equal(kit_count(log, "json "), cases[i].once ? 0 : 2);
        nx_buf_release(&packed);
        free(p.bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gzip_members_are_one_stream_and_padding_ends_it),
        cmocka_unit_test(a_gzip_file_cut_anywhere_is_said_to_be_truncated),
        cmocka_unit_test(damage_inside_gzip_keeps_what_came_before),
        cmocka_unit_test(other_compressions_are_read),
        cmocka_unit_test(members_are_named_and_nested),
        cmocka_unit_test(encrypted_members_are_said_to_be),
        cmocka_unit_test(a_compressed_archive_is_two_containers),
        cmocka_unit_test(paths_that_climb_and_links_are_only_names),
        cmocka_unit_test(truncated_archives_keep_their_whole_members),
        cmocka_unit_test(a_damaged_header_costs_its_member),
        cmocka_unit_test(bombs_stop_at_the_ceilings),
        cmocka_unit_test(a_collection_of_crawls_is_read_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
