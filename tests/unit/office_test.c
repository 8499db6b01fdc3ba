// office_test.c: documents of word processors: what of them is text, exports in them, and limits.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/unit/corpus_kit.h"
#include "tests/zip_kit.h"

#define HEAD "<?xml version='1.0'?><w:document xmlns:w='w'><w:body>"
#define TAIL "</w:body></w:document>"
#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define CENTRED(text)                                                                              \
    "<w:p><w:pPr><w:jc w:val='center'/></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"
#define LEDE "The harbour bridge will stay closed until the spring, the council said on Monday."

// What is read of a document whose main part is xml; properties may be NULL.
static const char *read_docx(const char *xml, const char *properties,
                             const nx_corpus_options *options)
{
    kit_zip z;
    kit_zip_start(&z);
    kit_zip_add(&z, "[Content_Types].xml", NX_STR("<Types/>"));
    if (properties != NULL) {
        kit_zip_add(&z, "docProps/core.xml", nx_str_of(properties));
    }
    kit_zip_add(&z, "word/document.xml", nx_str_of(xml));
    const char *log = kit_articles(kit_zip_end(&z), "story", options);
    kit_zip_release(&z);
    return log;
}

static const char *read_odt(const char *xml)
{
    kit_zip z;
    kit_zip_start(&z);
    kit_zip_add(&z, "mimetype", NX_STR("application/vnd.oasis.opendocument.text"));
    kit_zip_add(&z, "content.xml", nx_str_of(xml));
    const char *log = kit_articles(kit_zip_end(&z), "story", NULL);
    kit_zip_release(&z);
    return log;
}

static void what_is_text_in_a_docx(void **state)
{
    (void)state;
    static const struct {
        const char *xml, *body; // the paragraph behind the headline; what is read of it
    } cases[] = {
        {P("One.") P("Two."), "body: One. / Two.\n"},
        {"<w:p><w:r><w:t>Lo</w:t></w:r><w:r><w:t xml:space='preserve'>ck </w:t></w:r><w:r>"
         "<w:t>gate.</w:t></w:r></w:p>",
         "body: Lock gate.\n"},
        {"<w:p><w:hyperlink><w:r><w:t>A link</w:t></w:r></w:hyperlink><w:r><w:t> stays.</w:t>"
         "</w:r></w:p>",
         "body: A link stays.\n"},
        {"<w:p><w:del><w:r><w:delText>Never.</w:delText></w:r></w:del><w:ins><w:r><w:t>Now."
         "</w:t></w:r></w:ins></w:p>",
         "body: Now.\n"},
        {"<w:p><w:moveFrom><w:r><w:t>Twice. </w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>Once."
         "</w:t></w:r></w:moveTo></w:p>",
         "body: Once.\n"},
        {"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden. </w:t></w:r><w:r><w:rPr><w:vanish "
         "w:val='0'/></w:rPr><w:t>Shown.</w:t></w:r></w:p>",
         "body: Shown.\n"},
        {"<w:p><w:r><w:instrText>HYPERLINK \"x\"</w:instrText></w:r><w:r><w:t>Field.</w:t></w:r>"
         "</w:p>",
         "body: Field.\n"},
        {"<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/>"
         "<w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r></w:p>",
         "body: a b / c-d\n"},
        {"<w:p><w:r><w:pict><w:p><w:r><w:t>Box.</w:t></w:r></w:p></w:pict><w:t>Text.</w:t></w:r>"
         "</w:p>",
         "body: Text.\n"},
        {"<w:tbl><w:tblPr><w:jc w:val='center'/></w:tblPr><w:tr><w:tc>" P("Year") "</w:tc><w:tc>" P(
             "Floods") "</w:tc></w:tr><w:tr><w:tc>" P("2023") "</w:tc><w:tc>" P("4") "</w:tc></"
                                                                                     "w:tr></"
                                                                                     "w:tbl>" P(
                                                                                         "En"
                                                                                         "d"
                                                                                         "."),
         "body: Year Floods / 2023 4 / End.\n"},
        {"<m:p/>" P("&#8217;&amp;&lt;"), "body: \xe2\x80\x99&<\n"},
    };
    for (size_t i = 0; i < NX_COUNT(cases); i++) {
        char xml[1000];
        (void)snprintf(xml, sizeof xml, "%s%s%s", HEAD P("A headline of six words here"),
                       cases[i].xml, TAIL);
        const char *log = read_docx(xml, NULL, NULL);
        kit_expect(log, "title: A headline of six words here [text]\n");
        kit_expect(log, cases[i].body);
    }
}

static void what_is_text_in_an_odt(void **state)
{
    (void)state;
    const char *log = read_odt(
        "<office:document-content xmlns:office='o' xmlns:text='t' xmlns:table='b' xmlns:draw='d'>"
        "<office:body><office:text><text:tracked-changes><text:p>Deleted.</text:p>"
        "</text:tracked-changes><text:h>A headline of six words here</text:h>\n"
        "<text:p>A <text:a>link</text:a><text:s text:c='2'/>and<text:tab/>a tab<text:note>"
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p>"
        "</text:note-body></text:note> and more.<text:line-break/>A line.</text:p>"
        "<text:p><draw:frame><text:p>Box.</text:p></draw:frame><office:annotation><text:p>Mine."
        "</text:p></office:annotation>Last.</text:p></office:text></office:body>"
        "</office:document-content>");
    kit_expect(log, "title: A headline of six words here [text]\n");
    kit_expect(log, "body: A link and a tab and more. / A line. / Last. / A note.\n");
}

static void notes_stand_behind_the_text(void **state)
{
    (void)state;
    kit_zip z;
    kit_zip_start(&z);
    kit_zip_add(&z, "word/footnotes.xml",
                NX_STR("<w:footnotes><w:footnote><w:p><w:r><w:t>See the "
                       "report.</w:t></w:r></w:p></w:footnote>"
                       "</w:footnotes>"));
    kit_zip_add(&z, "word/document2.xml",
                NX_STR(HEAD P("A headline of six words here") P(LEDE) TAIL));
    kit_expect(kit_articles(kit_zip_end(&z), "x", NULL), "body: " LEDE " / See the report.\n");
    kit_zip_release(&z);
}

static void properties_count_where_the_text_is_silent(void **state)
{
    (void)state;
    static const char silent[] = HEAD P("A headline of six words here") P(LEDE) TAIL;
    static const char core[] = "<cp:coreProperties><dc:title>x</dc:title><dc:creator>Jane Doe"
                               "</dc:creator><dcterms:created>2024-03-05T10:00:00Z"
                               "</dcterms:created></cp:coreProperties>";
    const char *log = read_docx(silent, core, NULL);
    kit_expect(log, "title: A headline of six words here [text]\n");
    kit_expect(log, "author: Jane Doe [meta]\n");
    kit_expect(log, "published: 2024-03-05T10:00:00Z [meta]\n");
    log = read_docx(HEAD P("A headline of six words here") P("By John Roe") P("March 4, 2024")
                        P(LEDE) TAIL,
                    core, NULL);
    kit_expect(log, "author: John Roe [text]\npublished: 2024-03-04 [text]\n");
    assert_null(strstr(log, "Jane Doe"));
    log = read_docx(silent,
                    "<a><creator>python-docx</creator><created>2013-12-23T23:15:00Z</created></a>",
                    NULL);
    assert_null(strstr(log, "published:"));
    assert_null(strstr(log, "author:"));
}

static void an_export_is_read_article_by_article(void **state)
{
    (void)state;
    static const char xml[] = HEAD P("User Name: JANE DOE") P(
        "Date and Time: Wednesday, December "
        "19, 2018") P("Job Number: 1") P("Documents (2)") P("1. Canal reopens")
        P("Search Terms: canal") "<w:tbl><w:tr><w:tc>" P("News") "</w:tc><w:tc>" P(
            "Sources: Valley Herald") "</w:tc></w:tr></w:tbl>" P("2. Council votes on budget")
            CENTRED("Canal reopens") CENTRED("The Valley Herald") CENTRED(
                "January 10, 2018 Wednesday 10:36 EST") "<w:p><w:r><w:br/><w:t>Copyright 2018 The "
                                                        "Valley Herald All Rights "
                                                        "Reserved</w:t></w:r>"
                                                        "</w:p>" P(
                                                            "Section:\u00a0"
                                                            "US; politics") P("Length:\u00a0"
                                                                              "38 words") P("Byline"
                                                                                            ": "
                                                                                            "JANE "
                                                                                            "DOE "
                                                                                            "and "
                                                                                            "JOHN "
                                                                                            "ROE")
                                                            P("Body") "<w:p/>" P(
                                                                "WASHINGTON "
                                                                "\xe2\x80\x94 The "
                                                                "canal reopened "
                                                                "on Tuesday.") P("Boats queued for "
                                                                                 "an hour.") P("Gra"
                                                                                               "phi"
                                                                                               "c")
                                                                P("PHOTO: A boat.") P("Load-Date: "
                                                                                      "January 11, "
                                                                                      "2018")
                                                                    P("End of Document") CENTRED(
                                                                        "Council votes on "
                                                                        "budget") CENTRED("Talbot "
                                                                                          "Post")
                                                                        CENTRED("January 12, "
                                                                                "2018 Friday")
                                                                            P("Section: NEWS; "
                                                                              "Pg. 3") P("Length: "
                                                                                         "20 "
                                                                                         "words")
                                                                                P("Bod"
                                                                                  "y") P("The "
                                                                                         "council "
                                                                                         "voted.")
                                                                                    P("Load-Date:"
                                                                                      " January "
                                                                                      "12, 2018")
                                                                                        P("End of "
                                                                                          "Documen"
                                                                                          "t") TAIL;
    const char *log = read_docx(xml, "<a><creator>Jane Roe</creator></a>", NULL);
    kit_expect(log, "title: Canal reopens [record]\nsource: The Valley Herald [record]\n"
                    "author: Jane Doe [record]\nauthor: John Roe [record]\n"
                    "dateline: WASHINGTON [text]\npublished: 2018-01-10T15:36:00Z [record]\n"
                    "section: US [record]\n");
    kit_expect(log, "body: The canal reopened on Tuesday. / Boats queued for an hour.\n--\n");
    kit_expect(log, "title: Council votes on budget [record]\nsource: Talbot Post [record]\n"
                    "published: 2018-01-12 [record]\nsection: NEWS [record]\n");
    kit_expect(log, "body: The council voted.\n--\n");
    assert_int_equal(kit_count(log, "--"), 2);
}

static void one_document_of_an_export_needs_no_cover(void **state)
{
    (void)state;
    const char *log = read_docx(
        HEAD CENTRED("Canal reopens") CENTRED("The Valley Herald") CENTRED("January 10, 2018")
            P("Copyright 2018 The Valley Herald All Rights Reserved") P("Body")
                P("The canal reopened on Tuesday.") P("Boats queued for an hour.")
                    P("Load-Date: January 11, 2018") P("End of Document") TAIL,
        NULL, NULL);
    kit_expect(log, "title: Canal reopens [record]\nsource: The Valley Herald [record]\npublished: "
                    "2018-01-10 [record]\n");
    kit_expect(log, "body: The canal reopened on Tuesday. / Boats queued for an hour.\n--\n");
}

static void what_cannot_be_read_says_why(void **state)
{
    (void)state;
    static const struct {
        const char *part, *xml, *skip;
    } cases[] = {
        {"word/document.xml", HEAD TAIL, "skip ok @0 empty\n"},
        {"word/document.xml", HEAD P("Cut"), "skip format @0 damaged document\n"},
        {"word/document.xml", "<!DOCTYPE a [<!ENTITY a 'b'>]><a>&a;</a>",
         "skip limit @0 over a limit\n"},
        {"ppt/presentation.xml", "<p/>", "skip ok @0 presentation\n"},
        {"docProps/app.xml", "<p/>", "skip ok @0 office document\n"},
    };
    for (size_t i = 0; i < NX_COUNT(cases); i++) {
        kit_zip z;
        kit_zip_start(&z);
        kit_zip_add(&z, "_rels/.rels", NX_STR("<a/>"));
        kit_zip_add(&z, cases[i].part, nx_str_of(cases[i].xml));
        assert_string_equal(kit_articles(kit_zip_end(&z), "x", NULL), cases[i].skip);
        kit_zip_release(&z);
    }
    assert_non_null(
        strstr(kit_articles(NX_STR("PK\3\4aaaaaaaaaaaaaaaaaaaaaaaaaaword/x"), "x", NULL),
               "skip format @0 damaged zip\n"));
}

// part repeated until it is n bytes, between front and end; free it.
static char *repeated(const char *front, const char *part, size_t n, const char *end)
{
    nx_buf b;
    nx_buf_init(&b, SIZE_MAX);
    nx_buf_addz(&b, front);
    while (b.len < n) {
        nx_buf_addz(&b, part);
    }
    nx_buf_addz(&b, end);
    return b.data;
}

static void nothing_is_too_much(void **state)
{
    (void)state;
    nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;
    options.limits.record_bytes = 64U << 10;
    static const struct {
        const char *front, *part;
        size_t bytes;
        const char *end, *said;
    } cases[] = {
        {HEAD, "<w:p>", 5000000, "", "skip limit @0 over a limit\n"}, // a million levels
        {HEAD, "<w:p/>", 640 << 10, TAIL, "skip ok @0 empty\n"},
        {HEAD, "<w:p/>", 1280 << 10, TAIL, "skip limit @0 inflates too much\n"},
        {HEAD "<w:p><w:r><w:t>", "more and more ", 128 << 10, "</w:t></w:r></w:p>" TAIL,
         "skip limit @0 record too large\n"},
    };
    for (size_t i = 0; i < NX_COUNT(cases); i++) {
        char *xml = repeated(cases[i].front, cases[i].part, cases[i].bytes, cases[i].end);
        assert_string_equal(read_docx(xml, NULL, &options), cases[i].said);
        free(xml);
    }
    // Text and notes fit, but not both.
    char *text =
        repeated(HEAD "<w:p><w:r><w:t>", "more and more ", 40 << 10, "</w:t></w:r></w:p>" TAIL);
    kit_zip z;
    kit_zip_start(&z);
    kit_zip_add(&z, "word/footnotes.xml", nx_str_of(text));
    kit_zip_add(&z, "word/document.xml", nx_str_of(text));
    assert_string_equal(kit_articles(kit_zip_end(&z), "x", &options),
                        "skip limit @0 record too large\n");
    kit_zip_release(&z);
    free(text);
    options.limits.members = 1;
    assert_string_equal(read_docx(HEAD P("One.") TAIL, NULL, &options),
                        "skip limit @0 too many members\n");
    char *title = repeated("<a><title>", "long ", 10000, "</title></a>");
    kit_expect(read_docx(HEAD P("A headline of six words here") P(LEDE) TAIL, title, NULL),
               "title: A headline of six words here [text]\n");
    free(title);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_text_in_a_docx),
        cmocka_unit_test(what_is_text_in_an_odt),
        cmocka_unit_test(notes_stand_behind_the_text),
        cmocka_unit_test(properties_count_where_the_text_is_silent),
        cmocka_unit_test(an_export_is_read_article_by_article),
        cmocka_unit_test(one_document_of_an_export_needs_no_cover),
        cmocka_unit_test(what_cannot_be_read_says_why),
        cmocka_unit_test(nothing_is_too_much),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
