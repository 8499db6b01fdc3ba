// sheet_test.c: XLSX and ODS as tables of articles: cells of every type, dates, places, limits.
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
}

// ---- OpenDocument

#define CELL(text) "<t:table-cell o:value-type='string'><x:p>" text "</x:p></t:table-cell>"
#define ROW(cells) "<t:table-row>" cells "</t:table-row>"
#define NAMES ROW(CELL("Date") CELL("Headline") CELL("Source") CELL("Text"))
#define TABLE(rows) "<t:table t:name='Clips'><t:table-column/>" rows "</t:table>"
#define BLANK(n)                                                                                   \
    "<t:table-row t:number-rows-repeated='" n                                                      \
    "'><t:table-cell t:number-columns-repeated='16384'/>"                                          \
    "</t:table-row>"

static const char *read_ods(const char *tables, const nx_corpus_options *options)
{
    nx_buf xml;
    nx_buf_init(&xml, SIZE_MAX);
    nx_buf_addf(&xml,
                "<o:document-content xmlns:o='o' xmlns:t='t' xmlns:x='x'><o:body><o:spreadsheet>"
                "%s</o:spreadsheet></o:body></o:document-content>",
                tables);
    kit_zip z;
    kit_zip_start(&z);
    kit_zip_add(&z, "mimetype", NX_STR("application/vnd.oasis.opendocument.spreadsheet"));
    kit_zip_add(&z, "content.xml", nx_buf_str(&xml));
    const char *log = kit_articles(kit_zip_end(&z), "news.ods", options);
    kit_zip_release(&z);
    nx_buf_release(&xml);
    return log;
}

static void cells_of_an_ods(void **state)
{
    (void)state;
    static const struct {
        const char *row, *said; // behind NAMES
    } cases[] = {
        {"<t:table-cell o:value-type='date' o:date-value='2024-03-05'><x:p>5. M\u00e4rz</x:p>"
         "</t:table-cell>" CELL("Canal reopens") CELL("The Valley Herald") CELL("It did."),
         "title: Canal reopens [record]\nsource: The Valley Herald [record]\n"
         "published: 2024-03-05 [record]\nbody: It did.\n"},
        {"<t:table-cell o:value-type='date' o:date-value='2024-03-05T10:30:00'/>" CELL(
             "Canal reopens") CELL("") CELL("It did."),
         "published: 2024-03-05T10:30:00Z [record]\n"},
        {"<t:table-cell/><t:covered-table-cell/><t:table-cell/>" CELL("It did."),
         "body: It did.\n"},
        {"<t:table-cell t:number-columns-repeated='3'/>" CELL("It did."), "body: It did.\n"},
        {"<t:table-cell/><t:table-cell/><t:table-cell/><t:table-cell><x:p>One <x:span>line"
         "</x:span>.</x:p><x:p>A<x:s x:c='2'/>second<x:tab/>one<x:line-break/>goes on.</x:p>"
         "</t:table-cell>",
         "body: One line. / A second one / goes on.\n"},
        {"<t:table-cell/><t:table-cell/><t:table-cell/><t:table-cell><o:annotation><x:p>Check!"
         "</x:p></o:annotation><d:frame><x:p>Box</x:p></d:frame><x:p>It did.</x:p></t:table-cell>",
         "body: It did.\n"},
        {"<t:table-cell/><t:table-cell/><t:table-cell/><t:table-cell><x:p>It <t:table><t:table-row>"
         "<t:table-cell><x:p>never</x:p></t:table-cell></t:table-row></t:table>did.</x:p>"
         "</t:table-cell>",
         "body: It did.\n"},
    };
    for (size_t i = 0; i < NX_COUNT(cases); i++) {
        nx_buf table;
        nx_buf_init(&table, SIZE_MAX);
        nx_buf_addf(&table,
                    "<t:table t:name='Clips'>" NAMES
                    "<t:table-row>%s</t:table-row>" BLANK("1048574")
                        ROW("<t:table-cell/>") "</t:table>",
                    cases[i].row);
        kit_expect(read_ods(table.data, NULL), cases[i].said);
        nx_buf_release(&table);
    }
}

static void tables_and_rows_of_an_ods(void **state)
{
    (void)state;
    // Each table by itself, rows counted as the program shows them; one that is repeated once.
    assert_string_equal(
        read_ods("<t:table t:name='Cover'>" ROW(CELL("Search: canal")) "</t:table>" TABLE(
                     ROW(CELL("Export")) BLANK("2") ROW(CELL("Headline") CELL("Text")) BLANK(
                         "3") "<t:table-row t:number-rows-repeated='2'>" CELL("A headline")
                         CELL("") "</t:table-row>" ROW("<t:table-cell/><t:table-cell/>" CELL("x"))),
                 NULL),
        "title: A headline [record]\n--\nskip ok Clips @10L empty\n");
    assert_string_equal(read_ods("", NULL), "skip ok @0 empty\n");
    assert_string_equal(read_ods(TABLE(ROW(CELL("one"))), NULL), "skip ok @0 empty\n");
    kit_expect(read_ods(TABLE(NAMES "<t:table-row>"), NULL), "skip format @0 damaged document\n");
    nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;
    options.limits.record_bytes = 8U << 10;
    static const char body[] = CELL("") CELL("Canal reopens") CELL("") CELL("It did.");
    static const struct {
        const char *rows, *said;
    } cases[] = {
        {TABLE(NAMES BLANK("99999999999999999999") "%s"), "title: Canal reopens"},
        {TABLE(NAMES "%s" BLANK("1048574")), "title: Canal reopens"},
        {TABLE(NAMES BLANK("1048000") "%s"), "skip limit @0 over a limit\n"},
        {TABLE(NAMES "%s" ROW("<t:table-cell t:number-columns-repeated='99999999'><x:p>wide</x:p>"
                              "</t:table-cell>")),
         "title: Canal reopens"},
    };
    for (size_t i = 0; i < NX_COUNT(cases); i++) {
        nx_buf table, row;
        nx_buf_init(&row, SIZE_MAX);
        nx_buf_init(&table, SIZE_MAX);
        nx_buf_addf(&row, "<t:table-row>%s</t:table-row>", body);
        const char *mark = strstr(cases[i].rows, "%s");
        nx_buf_add(&table, cases[i].rows, (size_t)(mark - cases[i].rows));
        nx_buf_adds(&table, nx_buf_str(&row));
        nx_buf_addz(&table, mark + 2);
        kit_expect(read_ods(table.data, &options), cases[i].said);
        nx_buf_release(&table);
        nx_buf_release(&row);
    }
}

// Each format of a cell is looked for among those of numbers.
static void formats_take_linear_time(void **state)
{
    (void)state;
    enum { NUMBERS = 1024, CELLS = 1 << 20 };
    nx_buf styles;
    nx_buf_init(&styles, SIZE_MAX);
    nx_buf_addz(&styles, "<styleSheet>");
    for (int i = 0; i < NUMBERS; i++) {
        nx_buf_addz(&styles, "<numFmt numFmtId='9' formatCode='yy'/>");
    }
    nx_buf_addz(&styles, "<cellXfs>");
    for (int i = 0; i < CELLS; i++) {
        nx_buf_addz(&styles, "<xf/>");
    }
    nx_buf_addz(&styles, "</cellXfs></styleSheet>");
    const part parts[] = {{"xl/styles.xml", styles.data},
                          {"xl/worksheets/sheet1.xml", "<worksheet>" HEADER "</worksheet>"},
                          {NULL, NULL}};
    assert_string_equal(read_parts(parts, NULL), "skip limit @0 over a limit\n");
    nx_buf_release(&styles);
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
        cmocka_unit_test(cells_of_an_ods),
        cmocka_unit_test(tables_and_rows_of_an_ods),
        cmocka_unit_test(formats_take_linear_time),
        cmocka_unit_test(nothing_is_too_much),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
