// rtf_test.c: Rich Text Format: characters, what is text and what is not, exports, limits.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/unit/corpus_kit.h"

#define TITLE "A headline of six words here\\par "

static void what_is_text(void **state)
{
    (void)state;
    static const struct {
        const char *rtf, *body;
    } cases[] = {
        {"One.\\par Two.\\par\\par\nThree.", "One. / Two. / Three."},
        {"a\r\nb\\line c\\tab d", "ab / c d"},
        {"caf\\'e9 \\{x\\} \\\\ a\\~b\\_c", "caf\xc3\xa9 {x} \\ a b-c"},
        {"\\ldblquote It\\rquote s\\rdblquote\\emdash so",
         "\xe2\x80\x9cIt\xe2\x80\x99s\xe2\x80\x9d\xe2\x80\x94so"},
        {"\\u8217\\'92s \\u8364 ?5 \\uc0\\u322 a {\\uc2\\u8211 ??b}", "\xe2\x80\x99s \xe2\x82\xac"
                                                                      "5 \xc5\x82"
                                                                      "a \xe2\x80\x93"
                                                                      "b"},
        {"\\uc1\\u-10179?\\u-8704?.", "\xf0\x9f\x98\x80."},
        {"{\\f1 \\'cc\\'e8\\'f0} \\f0 \\'e9", "\xd0\x9c\xd0\xb8\xd1\x80 \xc3\xa9"},
        {"{\\f2 \\'93\\'fa\\'96\\'7b}.", "\xe6\x97\xa5\xe6\x9c\xac."},
        {"{\\field{\\*\\fldinst HYPERLINK \"x\"}{\\fldrslt A link}} stays.", "A link stays."},
        {"{\\v Hidden. }Shown. {\\deleted Gone. }\\v Hidden.\\v0 Shown.\\v x\\plain .",
         "Shown. Shown.."},
        {"{\\*\\unknown Not {this}}{\\pict 0a0b}{\\header H}{\\object{\\*\\objdata 00}}Text.",
         "Text."},
        {"a\\bin5 }{\\}}b", "ab"},
        {"A note{\\footnote The note.} here.\\par Last.", "A note here. / Last. / The note."},
        {"\\trowd Year\\cell Floods\\cell\\row\\trowd 2023\\cell 4\\cell\\row\\pard End.",
         "Year Floods / 2023 4 / End."},
        {"One.\\\nTwo.}}}} Three.", "One. / Two. Three."},
        {"\\qc Centred.\\par\\pard Left.", "Centred. / Left."},
    };
    for (size_t i = 0; i < NX_COUNT(cases); i++) {
        char rtf[1000], body[300];
        (void)snprintf(rtf, sizeof rtf,
                       "{\\rtf1\\ansi\\ansicpg1252\\uc1{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1"
                       "\\fcharset204 Arial;}{\\f2\\fcharset128 Mincho;}}{\\stylesheet{\\s0 "
                       "Normal;}}" TITLE "%s}",
                       cases[i].rtf);
        (void)snprintf(body, sizeof body, "body: %s\n", cases[i].body);
        const char *log = kit_articles(nx_str_of(rtf), "x", NULL);
        kit_expect(log, "title: A headline of six words here [text]\n");
        kit_expect(log, body);
    }
}

static void the_document_says_its_charset(void **state)
{
    (void)state;
    kit_expect(
        kit_articles(NX_STR("{\\rtf1\\ansi\\ansicpg1251 " TITLE "\\'cc\\'e8\\'f0.}"), "x", NULL),
        "body: \xd0\x9c\xd0\xb8\xd1\x80.\n");
    kit_expect(kit_articles(NX_STR("{\\rtf1 " TITLE "Caf\xe9.}"), "x", NULL),
               "body: Caf\xc3\xa9.\n");
}

static void properties_count_where_the_text_is_silent(void **state)
{
    (void)state;
    const char *log = kit_articles(
        NX_STR("{\\rtf1{\\info{\\title x}{\\author Jane Doe}{\\creatim\\yr2024\\mo3\\dy5\\hr10}"
               "{\\revtim\\yr2025\\mo1\\dy1}}" TITLE "The bridge will stay closed.}"),
        "x", NULL);
    kit_expect(log, "title: A headline of six words here [text]\nauthor: Jane Doe [meta]\n");
    kit_expect(log, "published: 2024-03-05 [meta]\n");
}

static void an_export_is_read_article_by_article(void **state)
{
    (void)state;
    const char *log = kit_articles(
        NX_STR("{\\rtf1 {\\b 1 of 2 DOCUMENTS\\par}\\pard\\qc The Valley Herald\\par May 1, 2020 "
               "Friday\\par\\pard Canal reopens\\par BYLINE: Jane Doe\\par SECTION: NEWS; Pg. 3"
               "\\par LENGTH: 20 words\\par\\par The canal reopened.\\par Boats queued.\\par\\par "
               "LOAD-DATE: May 2, 2020\\par\\page 2 of 2 DOCUMENTS\\par\\pard\\qc Talbot Post\\par "
               "May 3, 2020 Sunday\\par\\pard Council votes\\par LENGTH: 5 words\\par It voted."
               "\\par LOAD-DATE: May 4, 2020\\par}"),
        "x", NULL);
    kit_expect(log,
               "title: Canal reopens [record]\nsource: The Valley Herald [record]\nauthor: Jane "
               "Doe [record]\npublished: 2020-05-01 [record]\nsection: NEWS [record]\n");
    kit_expect(log, "body: The canal reopened. / Boats queued.\n--\n");
    kit_expect(log, "title: Council votes [record]\nsource: Talbot Post [record]\npublished: "
                    "2020-05-03 [record]\n");
    log = kit_articles(
        NX_STR(
            "{\\rtf1\\trowd HD\\cell Bridge stays closed\\cell\\row\\trowd WC\\cell 9 words\\cell"
            "\\row\\trowd PD\\cell 10 September 2019\\cell\\row\\trowd SN\\cell The Valley "
            "Herald\\cell\\row\\trowd LP\\cell The bridge.\\par It rained.\\cell\\row\\trowd AN"
            "\\cell Document VALLEY0020190910ef9a00001\\cell\\row}"),
        "x", NULL);
    kit_expect(log, "id: VALLEY0020190910ef9a00001 [record]\ntitle: Bridge stays closed [record]\n"
                    "source: The Valley Herald [record]\npublished: 2019-09-10 [record]\n");
    kit_expect(log, "body: The bridge. / It rained.\n--\n");
}

static void nothing_is_too_much(void **state)
{
    (void)state;
    static const struct {
        const char *part, *said;
    } cases[] = {
        {"{", "skip limit @0 nested too deep\n"},
        {"}", "skip ok @0 empty\n"},
        {"\\f999999999999", "skip ok @0 empty\n"},
        {"\\u65536?", "skip ok @0 empty\n"},
        {"\\u65535?", "body: "},
        {"\\'e9\\'", "body: "},
        {"{\\*", "skip limit @0 nested too deep\n"},
        {"\\bin999999999999999999999 ", "skip ok @0 empty\n"},
        {"{\\info{\\title x}}", "skip ok @0 empty\n"},
        {"\\verylongcontrolwordthatgoesonandon", "skip ok @0 empty\n"},
    };
    for (size_t i = 0; i < NX_COUNT(cases); i++) {
        nx_buf b;
        nx_buf_init(&b, SIZE_MAX);
        nx_buf_addz(&b, "{\\rtf1 ");
        while (b.len < 300000) {
            nx_buf_addz(&b, cases[i].part);
        }
        kit_expect(kit_articles(nx_buf_str(&b), "x", NULL), cases[i].said);
        nx_buf_release(&b);
    }
    assert_string_equal(kit_articles(NX_STR("{\\rtf1 \\"), "x", NULL), "skip ok @0 empty\n");
    assert_string_equal(kit_articles(NX_STR("{\\rtf1 \\'e"), "x", NULL), "body: e\n--\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_text),
        cmocka_unit_test(the_document_says_its_charset),
        cmocka_unit_test(properties_count_where_the_text_is_silent),
        cmocka_unit_test(an_export_is_read_article_by_article),
        cmocka_unit_test(nothing_is_too_much),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
