// split_test.c: streams cut into records: places, limits, damage, character sets of whole files.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/unit/corpus_kit.h"

static const char *records(const char *text)
{
    return kit_records(nx_str_of(text), "in", NULL);
}

static void json_lines_are_records_with_line_numbers(void **state)
{
    (void)state;
    assert_string_equal(
        records("\xef\xbb\xbf{\"a\":1}\r\n\n{\"b\":2}\nbad\n{\"c\":3}"),
        "json @1L {\"a\":1}\njson @3L {\"b\":2}\njson @4L bad\njson @5L {\"c\":3}\n");
}

static void lines_of_a_file_that_grew_have_byte_offsets(void **state)
{
    (void)state;
    FILE *f = tmpfile();
    assert_non_null(f);
    assert_true(fputs("{\"a\":1}\n{\"b\":2}\n{\"c\":3}\n", f) >= 0);
    assert_int_equal(fflush(f), 0);
    assert_int_equal(fseek(f, 8, SEEK_SET), 0);
    assert_string_equal(kit_rest(fileno(f)), "json @8 {\"b\":2}\njson @16 {\"c\":3}\n");
    (void)fclose(f);
}

static void a_line_over_the_limit_costs_only_itself(void **state)
{
    (void)state;
    nx_corpus_options o = NX_CORPUS_OPTIONS_INIT;
    o.limits.record_bytes = 20;
    assert_string_equal(
        kit_records(NX_STR("{\"a\":1}\n{\"title\":\"far too long for that\"}\n{\"b\":2}\n"), "in",
                    &o),
        "json @1L {\"a\":1}\nskip limit @2L record too large\njson @3L {\"b\":2}\n");
}

static void a_hundred_megabytes_in_one_line_are_streamed_past(void **state)
{
    (void)state;
    size_t n = 100U << 20;
    char *text = malloc(n + 32);
    assert_non_null(text);
    memset(text, 'x', n);
    memcpy(text, "{\"a\":1}\n{\"b\":\"", 14);
    memcpy(text + n, "\n{\"c\":3}\n", 10);
    const char *log = kit_records(nx_str_make(text, n + 9), "in.jsonl", NULL);
    free(text);
    assert_string_equal(log, "json @1L {\"a\":1}\nskip limit @2L record too large\n"
                             "json @3L {\"c\":3}\n");
}

static void elements_of_an_array_and_concatenated_values_are_records(void **state)
{
    (void)state;
    assert_string_equal(records("[\n {\"a\": [1, \"]}\\\"\"]},\n {\"b\":2}\n]\n"),
                        "json @3 {\"a\": [1, \"]}\\\"\"]}\njson @24 {\"b\":2}\n");
    assert_string_equal(records("{\n\"a\":1}\n{\n\"b\":2}"),
                        "json @0 { / \"a\":1}\njson @9 { / \"b\":2}\n");
    // What is cut off is given to the reader, which says what is wrong with it.
    assert_string_equal(records("[{\"a\":1},\n{\"b\":"), "json @1 {\"a\":1}\njson @10 {\"b\":\n");
    assert_string_equal(records("{\n\"a\":1}\noops\n{\n\"b\":2}"),
                        "json @0 { / \"a\":1}\nskip format @9 invalid JSON\n"
                        "json @14 { / \"b\":2}\n");
}

static void an_array_element_over_the_limit_costs_only_itself(void **state)
{
    (void)state;
    nx_corpus_options o = NX_CORPUS_OPTIONS_INIT;
    o.limits.record_bytes = 12;
    assert_string_equal(
        kit_records(NX_STR("[{\"a\":1},{\"b\":\"0123456789abcdef\"},{\"c\":3}]"), "in", &o),
        "json @1 {\"a\":1}\nskip limit @9 record too large\njson @34 {\"c\":3}\n");
}

// An export is larger than any record; what is in its lists need not be.
static void lists_in_an_object_over_the_limit_are_split(void **state)
{
    (void)state;
    nx_corpus_options o = NX_CORPUS_OPTIONS_INIT;
    o.limits.record_bytes = 24;
    o.format = NX_FORMAT_JSON; // as these would be sniffed if they were as large as they stand for
    static const struct {
        const char *text, *log;
    } rows[] = {
        {"{\"status\": \"ok\", \"n\": [1, [2]], \"articles\": [\n {\"a\":1}, {\"b\":[{}]}\n]}",
         "json @47 {\"a\":1}\njson @56 {\"b\":[{}]}\n"},
        // Objects around the list, and another list of objects after it.
        {"{\"response\": {\"x\": null, \"docs\":[{\"a\":1}]}, \"y\":[{\"b\":2},7,{\"c\":3}] } "
         "{\"d\":4}",
         "json @33 {\"a\":1}\njson @49 {\"b\":2}\njson @59 {\"c\":3}\njson @70 {\"d\":4}\n"},
        // An element over the limit costs itself; brackets in strings are none.
        {"{\"k]}\\\"\": [{\"a\":\"0123456789abcdefghij\"}, {\"b\":\"]}\"}]}",
         "skip limit @11 record too large\njson @41 {\"b\":\"]}\"}\n"},
        // No list of objects, or only in a list of lists: one article, and too large.
        {"{\"title\": \"a\", \"text\": \"0123456789abcdef\", \"n\":[[{}]]}",
         "skip limit @0 record too large\n"},
        // Cut off, and not well nested.
        {"{\"articles\": [{\"a\":1},{\"b\":2}, {\"c\"",
         "json @14 {\"a\":1}\njson @22 {\"b\":2}\njson @31 {\"c\"\nskip format @0 invalid JSON\n"},
        {"{\"articles\": [{\"a\":1}, x:]y]:0} {\"b\":2}      ",
         "json @14 {\"a\":1}\njson @32 {\"b\":2}\n"},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        assert_string_equal(kit_records(nx_str_of(rows[i].text), "in", &o), rows[i].log);
    }
}

static void a_feed_over_the_limit_is_cut_between_its_items(void **state)
{
    (void)state;
    nx_corpus_options o = NX_CORPUS_OPTIONS_INIT;
    o.limits.record_bytes = 60;
    assert_string_equal(
        kit_records(NX_STR("<rss><x/><item>1</item><item a='b'><![CDATA[</item>]]></item>\n"
                           "<item>0123456789012345678901234567890123456789012345678901234567</item>"
                           "<!-- <item> --><item>4</item ></rss>"),
                    "in", &o),
        "feed @9 <rss><x/><item>1</item>\n"
        "feed @23 <rss><x/><item a='b'><![CDATA[</item>]]></item>\n"
        "skip limit @62 record too large\n"
        "feed @148 <rss><x/><item>4</item >\n");
    // Items that fit together are one record; the last one may be cut off.
    o.limits.record_bytes = 50;
    assert_string_equal(kit_records(NX_STR("<feed xmlns='a'><entry>1</entry> <entry>2</entry> "
                                           "<entry>3</entry><entry>4"),
                                    "in", &o),
                        "feed @16 <feed xmlns='a'><entry>1</entry> <entry>2</entry>\n"
                        "feed @50 <feed xmlns='a'><entry>3</entry>\n"
                        "feed @66 <feed xmlns='a'><entry>4\n");
    assert_string_equal(kit_records(NX_STR("<rss><channel><title>no item in it, and too large for "
                                           "a record</title></channel></rss>"),
                                    "in", &o),
                        "skip limit @0 record too large\n");
}

static void sgml_stories_end_at_their_tag_or_at_the_next_story(void **state)
{
    (void)state;
    assert_string_equal(records("<DOC>\n<DOCNO>1</DOCNO>\n</DOC>\njunk\n<doc>\n<DOCNO>2</DOCNO>\n"
                                "<DOC>\n<DOCNO>3</DOCNO></DOC >\n<DOC><DOCNO>4"),
                        "trec @0 <DOC> / <DOCNO>1</DOCNO> / </DOC>\n"
                        "trec @35 <doc> / <DOCNO>2</DOCNO> / \n"
                        "trec @58 <DOC> / <DOCNO>3</DOCNO></DOC >\n"
                        "skip format @88 story has no end\n");
    assert_int_equal(kit_count(records("<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n"
                                       "<REUTERS NEWID=\"1\"></REUTERS>\n<REUTERS NEWID=\"2\">"
                                       "<UNKNOWN>&#5;</UNKNOWN></REUTERS>"),
                               "reuters"),
                     2);
}

// The place of a message is behind that line: none is told by the mailbox alone.
static void mailboxes_are_cut_at_from_lines_after_a_blank(void **state)
{
    (void)state;
    assert_string_equal(records("From a@b.org Mon Mar 26 19:31:00 2019\nSubject: one\n\nText\n"
                                "From here on it rains 12:00 2019\n\n"
                                "From c@d.org Tue Mar 27 08:00:00 2019\nSubject: two\n\nMore\n"),
                        "mail @38 Subject: one /  / Text / From here on it rains 12:00 2019 /  / \n"
                        "mail @129 Subject: two /  / More / \n");
    // What the writer of the mailbox put before such lines of a message comes off again.
    assert_string_equal(records("From a@b.org Mon Mar 26 19:31:00 2019\nSubject: one\n\n"
                                ">From here\n>>From there\n> From me\n"),
                        "mail @38 Subject: one /  / From here / >From there / > From me / \n");
}

static void table_rows_carry_their_line_and_quoted_line_ends(void **state)
{
    (void)state;
    assert_string_equal(records("title,text\n\"a\nb\",c\n\nd,\"e \"\"q\"\" e\"\n"),
                        "csv @2L \"a / b\",c / \ncsv @5L d,\"e \"\"q\"\" e\" / \n");
    // A quote that nothing closes is a character, not the rest of the file.
    assert_string_equal(
        kit_records(NX_STR("title\ttext\n\"Storm\tIt rained.\nSun\tIt shone.\n"), "in.tsv", NULL),
        "csv @2L \"Storm\tIt rained. / \ncsv @3L Sun\tIt shone. / \n");
}

static void a_row_over_the_limit_costs_only_itself(void **state)
{
    (void)state;
    nx_corpus_options o = NX_CORPUS_OPTIONS_INIT;
    o.limits.record_bytes = 20;
    assert_string_equal(
        kit_records(NX_STR("title,text\na,b\nc,\"0123456789\n0123456789\"\nd,e\n"), "in.csv", &o),
        "csv @2L a,b / \nskip limit @3L record too large\ncsv @5L d,e / \n");
    o.limits.record_bytes = 60;
    char text[200] = "title,text\na,\"";
    memset(text + 14, 'x', 100);
    memcpy(text + 114, "\nb,c\n", 6); // its quote is never closed
    assert_string_equal(kit_records(nx_str_make(text, 119), "in.csv", &o),
                        "skip limit @2L record too large\ncsv @3L b,c / \n");
}

static void a_table_without_a_text_is_one_skip(void **state)
{
    (void)state;
    assert_string_equal(kit_records(NX_STR("a,b\n1,2\n3,4\n"), "in.csv", NULL),
                        "skip ok @0 no text column\n");
}

static void plain_files_are_one_record_up_to_the_limit(void **state)
{
    (void)state;
    nx_corpus_options o = NX_CORPUS_OPTIONS_INIT;
    assert_string_equal(records("Storm\n\nRain.\n"), "text @0 Storm /  / Rain. / \n");
    o.limits.record_bytes = 5;
    assert_string_equal(kit_records(NX_STR("Storm!"), "in", &o),
                        "skip limit @0 record too large\n");
    assert_string_equal(kit_records(NX_STR("Storm"), "in", &o), "text @0 Storm\n");
}

static void empty_and_binary_files_are_skips(void **state)
{
    (void)state;
    char zeros[100] = {0};
    assert_string_equal(records(""), "skip ok @0 empty\n");
    assert_string_equal(records(" \n \n"), "skip ok @0 empty\n");
    assert_string_equal(kit_records(nx_str_make(zeros, sizeof zeros), "in", NULL),
                        "skip ok @0 binary\n");
    assert_string_equal(records("%PDF-1.4 ..."), "skip ok @0 PDF document\n");
}

static nx_status take_record(void *ctx, nx_record *r, nx_error *err)
{
    (void)ctx;
    (void)err;
    nx_record_free(r);
    return NX_OK;
}

static nx_status copy_text(void *ctx, const nx_skip *s, nx_error *err)
{
    (void)err;
    (void)snprintf(ctx, 200, "%s", s->text);
    return NX_OK;
}

static void a_skip_names_its_place(void **state)
{
    (void)state;
    FILE *f = tmpfile();
    char text[200] = "";
    assert_non_null(f);
    assert_true(fputs("{\"a\":1}\n{\"b\":\"0123456789\"}\n", f) >= 0);
    rewind(f);
    nx_corpus_options o = NX_CORPUS_OPTIONS_INIT;
    o.limits.record_bytes = 10;
    nx_reader_sink sink = {.ctx = text, .record = take_record, .skip = copy_text};
    nx_error err = NX_ERROR_INIT;
    assert_int_equal(nx_corpus_read_fd(fileno(f), "odd\nname", &o, &sink, &err), NX_OK);
    assert_string_equal(text, "odd?name:2: a line is longer than 10 bytes");
    (void)fclose(f);
}

static void utf16_text_is_read_as_utf8(void **state)
{
    (void)state;
    static const char le[] = "\xff\xfeS\0t\0\xe9\0=\xd8\x00\xde\x00\xd8", // a pair, half a pair
        be[] = "\xfe\xff\0{\0}\0\n";
    assert_string_equal(kit_records(nx_str_make(le, sizeof le - 1), "in", NULL),
                        "text @0 St\xc3\xa9\xf0\x9f\x98\x80\xef\xbf\xbd\n");
    assert_string_equal(kit_records(nx_str_make(be, sizeof be - 1), "in", NULL), "json @1L {}\n");
}

static void a_format_that_is_told_is_not_sniffed(void **state)
{
    (void)state;
    nx_corpus_options o = NX_CORPUS_OPTIONS_INIT;
    o.format = NX_FORMAT_TEXT;
    assert_string_equal(kit_records(NX_STR("{\"a\":1}\n"), "in", &o), "text @0 {\"a\":1} / \n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_lines_are_records_with_line_numbers),
        cmocka_unit_test(lines_of_a_file_that_grew_have_byte_offsets),
        cmocka_unit_test(a_line_over_the_limit_costs_only_itself),
        cmocka_unit_test(a_hundred_megabytes_in_one_line_are_streamed_past),
        cmocka_unit_test(elements_of_an_array_and_concatenated_values_are_records),
        cmocka_unit_test(an_array_element_over_the_limit_costs_only_itself),
        cmocka_unit_test(lists_in_an_object_over_the_limit_are_split),
        cmocka_unit_test(a_feed_over_the_limit_is_cut_between_its_items),
        cmocka_unit_test(sgml_stories_end_at_their_tag_or_at_the_next_story),
        cmocka_unit_test(mailboxes_are_cut_at_from_lines_after_a_blank),
        cmocka_unit_test(table_rows_carry_their_line_and_quoted_line_ends),
        cmocka_unit_test(a_row_over_the_limit_costs_only_itself),
        cmocka_unit_test(a_table_without_a_text_is_one_skip),
        cmocka_unit_test(plain_files_are_one_record_up_to_the_limit),
        cmocka_unit_test(empty_and_binary_files_are_skips),
        cmocka_unit_test(a_skip_names_its_place),
        cmocka_unit_test(utf16_text_is_read_as_utf8),
        cmocka_unit_test(a_format_that_is_told_is_not_sniffed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
