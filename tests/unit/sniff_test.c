// sniff_test.c: formats are told by content; names only break ties.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "corpus/fields.h"
#include "corpus/sniff.h"

typedef struct row {
    const char *head, *name;
    nx_shape shape;
    nx_format format;
} row;

#define REC NX_SHAPE_RECORDS

static const row rows[] = {
    {"{\"title\":\"a\"}\n{\"title\":\"b\"}\n", "x", REC, NX_FORMAT_JSONL},
    {"{\"title\":\"a\"}", "x.json", REC, NX_FORMAT_JSONL}, // one line is one record either way
    {"{\n  \"title\": \"a\"\n}\n", "x.json", REC, NX_FORMAT_JSON},
    {"[\n  {\"title\": \"a\"}\n]", "x.txt", REC, NX_FORMAT_JSON},
    {"[{\"title\": \"a\"},{}]", "x", REC, NX_FORMAT_JSON},
    {"\xef\xbb\xbf{\"title\":\"a\"}\n", "x", REC, NX_FORMAT_JSONL},
    {"{oops\n{\"title\":\"b\"}\n", "x.jsonl", REC, NX_FORMAT_JSONL},
    {"# export of Monday\n{\"title\":\"a\"}\n{\"title\":\"b\"}\n", "x", REC, NX_FORMAT_JSONL},
    {"[Updated at noon] The storm has passed.\n", "x", REC, NX_FORMAT_TEXT},
    {"{curly} opening of a text\n", "x", REC, NX_FORMAT_TEXT},
    {"title,text,url\nA,B b b,http://x/\n", "x", REC, NX_FORMAT_CSV},
    {"a;b\n1;2\n3;4\n", "x.csv", REC, NX_FORMAT_CSV},
    {"headline\tbody\nStorm\tIt rained.\n", "x", REC, NX_FORMAT_CSV},
    {"Rain, wind, hail\n\nIt rained, and then it rained again, in Leeds.\n", "x", REC,
     NX_FORMAT_TEXT},
    {"<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS NEWID=\"1\">", "x.sgm", REC,
     NX_FORMAT_REUTERS},
    {"<DOC>\n<DOCNO> AP-1 </DOCNO>\n", "x", REC, NX_FORMAT_TREC},
    {"<!-- note -->\n<DOC id=\"a\">\n<TEXT>", "x", REC, NX_FORMAT_TREC},
    {"<!doctype html>\n<html><body>", "x.txt", REC, NX_FORMAT_HTML},
    {"\n\n<!-- c --><HTML>", "x", REC, NX_FORMAT_HTML},
    {"<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML\"><html>", "x", REC,
     NX_FORMAT_HTML},
    {"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>", "x", REC, NX_FORMAT_FEED},
    {"<rss xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel>", "x", REC, NX_FORMAT_WXR},
    {"<?xml version='1.0'?><rdf:RDF xmlns='http://purl.org/rss/1.0/'>", "x", REC, NX_FORMAT_FEED},
    {"<feed xmlns=\"http://www.w3.org/2005/Atom\">", "x", REC, NX_FORMAT_FEED},
    {"<newsItem guid=\"a\">", "x", REC, NX_FORMAT_NEWSML2},
    {"<?xml version=\"1.0\"?><NewsML>", "x", REC, NX_FORMAT_NEWSML1},
    {"<?xml version=\"1.0\"?><!DOCTYPE nitf [ <!ENTITY a \"b\"> ]><nitf>", "x", REC,
     NX_FORMAT_NITF},
    {"<?xml version=\"1.0\"?><catalog/>", "x", REC, NX_FORMAT_XML},
    {"<results>\n <result><id>1</id></result>\n</results>", "x", REC, NX_FORMAT_XML},
    {"<GM> rose 3 points, and <F> fell.\n", "x", REC, NX_FORMAT_TEXT},
    {"\x16\x16\x01W2870\x1f_asian", "x", REC, NX_FORMAT_WIRE},
    {"\x01"
     "eca062 4 i 211 ccccb   dpa 061\r\n",
     "x", REC, NX_FORMAT_WIRE},
    {"ZCZC AAP\r\n%A\r\n", "x", REC, NX_FORMAT_WIRE},
    {"From jane@example.org Mon Mar 26 19:31:00 2019\nSubject: x\n", "x", REC, NX_FORMAT_MBOX},
    {"From: jane@example.org\nSubject: Weekly\n\nHello\n", "x", REC, NX_FORMAT_MAIL},
    {"From the start it rained, said 3 witnesses at 12:30 in 2019.\n", "x", REC, NX_FORMAT_TEXT},
    {"WARC/1.0\r\nWARC-Type: warcinfo\r\n", "x", REC, NX_FORMAT_WARC},
    {"filedesc://a.arc 0.0.0.0 20080430204825 text/plain 76\n", "x", REC, NX_FORMAT_ARC},
    {"Storm in Leeds\n\nIt rained.\n", "x.json", REC, NX_FORMAT_TEXT},
    {"leeds,it)/rained 2024 times\n", "x", REC, NX_FORMAT_TEXT},
    {"\x1f\x8b\x08", "x.txt", NX_SHAPE_GZIP, NX_FORMAT_AUTO},
    {"BZh91AY&SY", "x", NX_SHAPE_BZIP2, NX_FORMAT_AUTO},
    {"\x28\xb5\x2f\xfd", "x", NX_SHAPE_ZSTD, NX_FORMAT_AUTO},
    {"PK\3\4", "x", NX_SHAPE_ZIP, NX_FORMAT_AUTO},
    {"PK\3\4..........................[Content_Types].xml", "x", REC, NX_FORMAT_OFFICE},
    {"PK\3\4..........................word/document.xml", "x", REC, NX_FORMAT_OFFICE},
    {"PK\3\4..........................xl/workbook.xml", "x.zip", REC, NX_FORMAT_OFFICE},
    {"PK\3\4..........................mimetypeapplication/vnd.oasis.opendocument.text", "x", REC,
     NX_FORMAT_OFFICE},
    {"PK\3\4..........................report.docxPK\3\4 xl/workbook.xml", "x", NX_SHAPE_ZIP,
     NX_FORMAT_AUTO},
    {"%PDF-1.4", "x.txt", NX_SHAPE_OTHER, NX_FORMAT_AUTO},
    {"<story>One", "STORY.XML", REC, NX_FORMAT_XML},
    {"<x-page>One", "PAGE.HTM", REC, NX_FORMAT_HTML},
    {"\x89PNG\r\n", "x.html", NX_SHAPE_OTHER, NX_FORMAT_AUTO},
    {"\xff\xfe"
     "a",
     "x", NX_SHAPE_UTF16, NX_FORMAT_AUTO},
    {"\xe9t\xe9 \xe0 Paris\n", "x", REC, NX_FORMAT_TEXT}, // Latin-1
    {"", "x", NX_SHAPE_EMPTY, NX_FORMAT_AUTO},
    {" \n\t ", "x", NX_SHAPE_EMPTY, NX_FORMAT_AUTO},
};

static void formats_are_told_by_content(void **state)
{
    (void)state;
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_sniffed got = nx_sniff(nx_str_of(rows[i].head), true, nx_str_of(rows[i].name));
        if (got.shape != rows[i].shape || got.format != rows[i].format) {
            fail_msg("row %zu (%s): shape %d format %s", i, rows[i].head, (int)got.shape,
                     nx_format_name(got.format));
        }
        assert_int_equal(got.reason != NULL, got.shape == NX_SHAPE_OTHER);
    }
}

static void nul_bytes_make_binary_unless_they_are_rare(void **state)
{
    (void)state;
    char text[4096];
    memset(text, 'a', sizeof text);
    text[100] = '\0';
    assert_int_equal(nx_sniff(nx_str_make(text, sizeof text), true, NX_STR_NONE).format,
                     NX_FORMAT_TEXT);
    memset(text + 200, 0, 100);
    assert_string_equal(nx_sniff(nx_str_make(text, sizeof text), true, NX_STR_NONE).reason,
                        "binary");
}

static void a_record_called_log_is_json(void **state)
{
    (void)state;
    nx_str diary = NX_STR("{\"log\": {\"title\": \"Diary\", \"text\": \"It rained.\"}}");
    assert_null(nx_sniff(diary, true, NX_STR_NONE).reason);
}

// A local file header of a zip archive: 26 bytes, the lengths of name and extra field, the name.
#define MEMBER(name) "PK\3\4..........................", name

static void documents_of_programs_are_named_with_what_to_do(void **state)
{
    (void)state;
    static const struct {
        const char *parts[4];
        const char *reason, *advice; // reason NULL: an archive
    } files[] = {
        {{MEMBER("news/a.txt"), MEMBER("news/b.txt")}, NULL, NULL},
        {{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"},
         "old office document or Outlook message",
         "save it as DOCX, XLSX or text, a message as .eml"},
        {{" CDX N b a m s k r M S V g\n"}, "index of a crawl", NULL},
        {{"{\n  \"log\": {\n    \"version\": \"1.2\",\n    \"creator\": {\n"},
         "log of a browser (HAR)",
         "save its pages as HTML or as WARC"},
        {{"example,a)/1 20240305101500 {\"url\":\"x\"}\n"}, "index of a crawl", NULL},
        {{"bplist00"}, "property list", "save a page as HTML, not as a web archive"},
        {{"ID3\3 and more"}, "film or sound", NULL},
    };
    for (size_t i = 0; i < NX_COUNT(files); i++) {
        char head[400] = "";
        size_t n = 0;
        for (size_t k = 0; k < 4 && files[i].parts[k] != NULL; k++) {
            n += (size_t)snprintf(head + n, sizeof head - n, "%s", files[i].parts[k]);
        }
        nx_sniffed got = nx_sniff(nx_str_make(head, n), false, NX_STR("x"));
        if (files[i].reason == NULL) {
            assert_int_equal(got.shape, NX_SHAPE_ZIP);
            continue;
        }
        assert_int_equal(got.shape, NX_SHAPE_OTHER);
        assert_string_equal(got.reason, files[i].reason);
        assert_true((got.advice == NULL) == (files[i].advice == NULL));
        if (got.advice != NULL) {
            assert_string_equal(got.advice, files[i].advice);
        }
    }
}

static void tar_without_magic_is_told_by_its_checksum(void **state)
{
    (void)state;
    char header[512] = "news/a.txt";
    memcpy(header + 124, "00000000006", 11);
    unsigned sum = 8 * ' ';
    for (size_t i = 0; i < sizeof header; i++) {
        sum += (unsigned char)header[i];
    }
    for (size_t i = 0; i < 6; i++) {
        header[148 + 5 - i] = (char)('0' + (sum >> (3 * i)) % 8);
    }
    assert_int_equal(nx_sniff(nx_str_make(header, sizeof header), true, NX_STR_NONE).shape,
                     NX_SHAPE_TAR);
    header[0] = 'm';
    assert_int_equal(nx_sniff(nx_str_make(header, sizeof header), true, NX_STR_NONE).shape,
                     NX_SHAPE_OTHER);
}

static void wide_markup_goes_to_its_reader_and_wide_text_is_converted(void **state)
{
    (void)state;
    static const char feed[] = "<\0r\0s\0s\0>\0<\0c\0h\0a\0", text[] = "S\0t\0o\0r\0m\0\n\0",
                      text32[] = "S\0\0\0t\0\0\0o\0\0\0";
    assert_int_equal(nx_sniff(nx_str_make(feed, sizeof feed - 1), false, NX_STR_NONE).format,
                     NX_FORMAT_FEED);
    assert_int_equal(nx_sniff(nx_str_make(text, sizeof text - 1), true, NX_STR_NONE).shape,
                     NX_SHAPE_UTF16);
    assert_string_equal(nx_sniff(nx_str_make(text32, sizeof text32 - 1), true, NX_STR_NONE).reason,
                        "UTF-32 text");
    // Markup in UTF-32 is decoded by its mark only.
    static const char feed32[] = "\xff\xfe\0\0<\0\0\0r\0\0\0s\0\0\0s\0\0\0>\0\0";
    assert_int_equal(nx_sniff(nx_str_make(feed32, sizeof feed32), false, NX_STR_NONE).format,
                     NX_FORMAT_FEED);
    assert_string_equal(
        nx_sniff(nx_str_make(feed32 + 4, sizeof feed32 - 4), false, NX_STR_NONE).reason,
        "UTF-32 text");
}

static void the_table_form_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *head;
        char delimiter, quote;
    } tables[] = {
        {"title,text\n\"a, b\",c\nd,e\n", ',', '"'},
        {"title;text\na;b, c, d\ne;f, g, h\n", ';', '"'},
        {"title\ttext\na, b\tc\n", '\t', '"'},
        {"title|text|url\na|b|c\n", '|', '"'},
        {"Sport;'Der \"Ball\" rollt; wieder'\nWeb;'Neu; neuer'\n", ';', '\''},
    };
    for (size_t i = 0; i < NX_COUNT(tables); i++) {
        nx_table_form form = {0};
        assert_true(nx_sniff_table(nx_str_of(tables[i].head), true, true, &form));
        assert_int_equal(form.delimiter, tables[i].delimiter);
        assert_int_equal(form.quote, tables[i].quote);
    }
}

static void the_table_of_field_names_is_sorted(void **state)
{
    (void)state;
    for (size_t i = 1; i < nx_field_count(); i++) {
        assert_true(nx_str_cmp(nx_field_name_at(i - 1), nx_field_name_at(i)) < 0);
    }
    unsigned rank;
    assert_int_equal(nx_field_role(NX_STR("Published At"), &rank), NX_ROLE_PUBLISHED);
    assert_int_equal(nx_field_role(NX_STR("date_publish"), &rank), NX_ROLE_PUBLISHED);
    assert_int_equal(nx_field_role(NX_STR("maintext"), &rank), NX_ROLE_BODY);
    assert_int_equal(nx_field_role(NX_STR("text"), &rank), NX_ROLE_BODY);
    assert_int_equal(nx_field_role(NX_STR("authors"), &rank), NX_ROLE_AUTHOR);
    assert_int_equal(nx_field_role(NX_STR("follower_count"), &rank), NX_ROLE_NONE);
    assert_int_equal(nx_field_role(NX_STR("\xc3\xa9"), &rank), NX_ROLE_NONE);
}

static void format_names_go_both_ways(void **state)
{
    (void)state;
    nx_format f;
    for (int i = NX_FORMAT_AUTO; i <= NX_FORMAT_ARC; i++) {
        assert_true(nx_format_parse(nx_str_of(nx_format_name((nx_format)i)), &f));
        assert_int_equal(f, i);
    }
    assert_false(nx_format_parse(NX_STR("docx"), &f));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_are_told_by_content),
        cmocka_unit_test(nul_bytes_make_binary_unless_they_are_rare),
        cmocka_unit_test(a_record_called_log_is_json),
        cmocka_unit_test(documents_of_programs_are_named_with_what_to_do),
        cmocka_unit_test(tar_without_magic_is_told_by_its_checksum),
        cmocka_unit_test(wide_markup_goes_to_its_reader_and_wide_text_is_converted),
        cmocka_unit_test(the_table_form_is_found),
        cmocka_unit_test(the_table_of_field_names_is_sorted),
        cmocka_unit_test(format_names_go_both_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
