// sheet_test.c: XLSX as a table of articles: cells of every type, dates, places, limits.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/unit/corpus_kit.h"
#include "tests/zip_kit.h"

#define C(at, text) "<c r='" at "' t='inlineStr'><is><t>" text "</t></is></c>"
#define HEADER                                                                                     \
    "<row r='1'>" C("A1", "Date") C("B1", "Headline") C("C1", "Source") C("D1", "Text") "</row>"

typedef struct part {
    const char *name, *xml;
} part;

static const char *read_parts(const part *parts, const nx_corpus_options *options)
{
    kit_zip z;
    kit_zip_start(&z);
    kit_zip_add(&z, "[Content_Types].xml", NX_STR("<Types/>"));
    kit_zip_add(&z, "xl/workbook.xml", NX_STR("<workbook/>"));
    for (; parts->name != NULL; parts++) {
        kit_zip_add(&z, parts->name, nx_str_of(parts->xml));
    }
    const char *log = kit_articles(kit_zip_end(&z), "news.xlsx", options);
    kit_zip_release(&z);
    return log;
}

static const char *read_sheet(const char *rows, const nx_corpus_options *options)
{
    nx_buf xml;
    nx_buf_init(&xml, SIZE_MAX);
    nx_buf_addf(&xml, "<worksheet><sheetData>%s</sheetData></worksheet>", rows);
    const part parts[] = {{"xl/worksheets/sheet1.xml", xml.data}, {NULL, NULL}};
    const char *log = read_parts(parts, options);
    nx_buf_release(&xml);
    return log;
}

static void strings_are_shared_or_in_place(void **state)
{
    (void)state;
    static const part parts[] = {
        {"xl/worksheets/sheet1.xml",
         "<worksheet><sheetData>" HEADER
         "<row r='2'><c r='A2' t='d'><v>2024-03-05</v></c><c r='B2' "
         "t='s'><v>1</v></c><c r='C2' t='str'><f>A1</f><v>The Valley Herald</v></c>" C(
             "D2", "<r><t>One </t></r>") "</row><row r='3'><c r='B3' t='s'><v>2</v></c><c r='C3' "
                                         "t='s'><v>99</v></c><c r='D3' "
                                         "t='s'><v>0</v></c></row></sheetData></worksheet>"},
        {"xl/sharedStrings.xml", "<sst><si><t>It rained.\n\n=Tabs\tare "
                                 "&lt;spaces&gt;._x000D_</t></si><si><r><t>Canal</t></r>"
                                 "<r><t xml:space='preserve'> "
                                 "reopens</t></r><rPh><t>kana</t></rPh></si><si><t>Bridge closed"
                                 "</t></si></sst>"},
        {NULL, NULL}};
    const char *log = read_parts(parts, NULL);
    kit_expect(log, "title: Canal reopens [record]\nsource: The Valley Herald [record]\n"
                    "published: 2024-03-05 [record]\n");
    kit_expect(log, "body: One\n--\ntitle: Bridge closed [record]\n");
    kit_expect(log, "body: It rained. / =Tabs are <spaces>.\n--\n");
}

static void days_are_told_by_the_format_of_their_cell(void **state)
{
    (void)state;
    static const char styles[] =
        "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='dd\\/mm\\/yyyy'/><numFmt "
        "numFmtId='165' formatCode='0.0 &quot;days&quot;[Red]'/></numFmts><cellStyleXfs><xf "
        "numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf "
        "numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='22'/></cellXfs></styleSheet>";
    static const struct {
        const char *format, *value, *said;
    } cases[] = {
        {"1", "45356", "published: 2024-03-05 [record]\n"},
        {"2", "45356", "published: 2024-03-05 [record]\n"},
        {"4", "45356.4375", "published: 2024-03-05T10:30:00Z [record]\n"},
        {"1", "45356.0", "published: 2024-03-05 [record]\n"},
        {"3", "45356", NULL},
        {"0", "45356", NULL},
        {"7", "45356", NULL}, // no such format
        {"1", "0.5", NULL},
        {"1", "-3", NULL},
        {"1", "99999999999999999999", NULL},
        {"1", "4.5E4", NULL},
    };
    for (size_t i = 0; i < NX_COUNT(cases); i++) {
        nx_buf xml;
        nx_buf_init(&xml, SIZE_MAX);
        nx_buf_addf(&xml,
                    "<worksheet><sheetData>" HEADER
                    "<row><c s='%s'><v>%s</v></c>" C("B2", "Canal reopens")
                        C("D2", "It did.") "</row></sheetData></worksheet>",
                    cases[i].format, cases[i].value);
        const part parts[] = {
            {"xl/styles.xml", styles}, {"xl/worksheets/sheet1.xml", xml.data}, {NULL, NULL}};
        const char *log = read_parts(parts, NULL);
        kit_expect(log, "title: Canal reopens [record]\n");
        if (cases[i].said != NULL) {
            kit_expect(log, cases[i].said);
        } else {
            assert_null(strstr(log, "published:"));
        }
        nx_buf_release(&xml);
    }
    const part parts[] = {{"xl/workbook1.xml", "<workbook><workbookPr date1904='1'/></workbook>"},
                          {"xl/styles.xml", styles},
                          {"xl/worksheets/sheet1.xml",
                           "<worksheet>" HEADER "<row><c s='1'><v>43894</v></c>" C(
                               "B2", "Canal reopens") C("D2", "It did.") "</row></worksheet>"},
                          {NULL, NULL}};
    kit_expect(read_parts(parts, NULL), "published: 2024-03-05 [record]\n");
}

static const char *places(const char *rows)
{
    kit_zip z;
    kit_zip_start(&z);
    kit_zip_add(&z, "xl/workbook.xml", NX_STR("<workbook/>"));
    kit_zip_add(&z, "xl/worksheets/sheet2.xml", nx_str_of(rows));
    const char *log = kit_articles(kit_zip_end(&z), "news.xlsx", NULL);
    kit_zip_release(&z);
    return log;
}

// A skip says where it is.
static void a_place_is_the_sheet_and_the_row(void **state)
{
    (void)state;
    assert_string_equal(
        places("<worksheet><row r='1'>" C("A1", "Search: canal") "</row><row r='4'>" C(
            "A4", "Headline") C("B4", "Text") "</row><row r='7'>" C("A7", "A headline")
                   C("B7", "") "</row><row r='9'>" C("C9", "x") "</row></worksheet>"),
        "title: A headline [record]\n--\n"
        "skip ok xl/worksheets/sheet2.xml @9L empty\n");
}

static void what_cannot_be_read_says_why(void **state)
{
    (void)state;
    assert_string_equal(read_sheet("", NULL), "skip ok @0 empty\n");
    assert_string_equal(read_sheet("<row>" C("A1", "one cell") "</row>", NULL),
                        "skip ok @0 empty\n");
    assert_string_equal(read_sheet("<row>" C("A1", "Year")
                                       C("B1", "Floods") "</row><row><c><v>2023</v></c><c><v>4"
                                                         "</v></c></row>",
                                   NULL),
                        "skip ok xl/worksheets/sheet1.xml @0 no text column\n");
    assert_string_equal(read_sheet(HEADER "<row>", NULL), "skip format @0 damaged document\n");
    kit_zip z;
    kit_zip_start(&z);
    kit_zip_add(&z, "mimetype", NX_STR("application/vnd.oasis.opendocument.spreadsheet"));
    kit_zip_add(&z, "content.xml", NX_STR("<a><text:p>A cell.</text:p></a>"));
    assert_string_equal(kit_articles(kit_zip_end(&z), "x", NULL),
                        "skip ok @0 OpenDocument spreadsheet\n");
    kit_zip_release(&z);
}

static void nothing_is_too_much(void **state)
{
    (void)state;
    nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;
    options.limits.record_bytes = 64U << 10;
    static const struct {
        const char *rows, *said; // the last row, behind a header
    } cases[] = {
        {"<row r='99999999999'>" C("B2", "Canal reopens") C("D2", "It did.") "</row>",
         "title: Canal reopens"},
        {"<row r='60000'>" C("B2", "Canal reopens") C("D2", "It did.") "</row>",
         "title: Canal reopens"},
        {"<row r='1048576'>" C("B2", "Canal reopens") "</row>", "skip limit @0 over a limit\n"},
        {"<row>" C("B2", "Canal reopens") C("D2", "It did.") C("ZZZZZZ2", "far") "</row>",
         "title: Canal reopens [record]\nbody: It did.\n--\n"},
        {"<row>" C("B2", "Canal reopens") C("B2", "again") C("A1", "back") "</row>",
         "title: Canal reopens [record]\n"},
        {"<row><c t='s'><v>99999999999999999999999</v></c>" C("B2", "Canal reopens") "</row>",
         "title: Canal reopens [record]\n"},
    };
    for (size_t i = 0; i < NX_COUNT(cases); i++) {
        nx_buf rows;
        nx_buf_init(&rows, SIZE_MAX);
        nx_buf_addf(&rows, HEADER "%s", cases[i].rows);
        kit_expect(read_sheet(rows.data, &options), cases[i].said);
        nx_buf_release(&rows);
    }
    nx_buf strings;
    nx_buf_init(&strings, SIZE_MAX);
    nx_buf_addz(&strings, "<sst>");
    while (strings.len < 800 << 10) {
        nx_buf_addz(&strings, "<si><t>abcdefgh</t></si>");
    }
    nx_buf_addz(&strings, "</sst>");
    const part parts[] = {{"xl/sharedStrings.xml", strings.data},
                          {"xl/worksheets/sheet1.xml", "<worksheet>" HEADER "</worksheet>"},
                          {NULL, NULL}};
    assert_string_equal(read_parts(parts, &options), "skip limit @0 over a limit\n");
    nx_buf_release(&strings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_are_shared_or_in_place),
        cmocka_unit_test(days_are_told_by_the_format_of_their_cell),
        cmocka_unit_test(a_place_is_the_sheet_and_the_row),
        cmocka_unit_test(what_cannot_be_read_says_why),
        cmocka_unit_test(nothing_is_too_much),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
