// nexis_test.c: text exports of LexisNexis in both forms.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "corpus/sniff.h"
#include "tests/unit/corpus_kit.h"

#define CENTRE "                    "

static void documents_of_the_older_form_are_cut_apart_and_read(void **state)
{
    (void)state;
    static const char *const wants[] = {"skip ok @0 not an article",
                                        "title: Bridge stays closed: council says two piers are "
                                        "damaged [record]",
                                        "source: The Valley Herald [record]",
                                        "author: Jane Doe [record]",
                                        "dateline: LEEDS [record]",
                                        "published: 2019-09-10 [record]",
                                        "section: Section A [record]",
                                        "language: en [record]",
                                        "summary: Until spring. [record]",
                                        "body: The bridge will be closed until the spring. / "
                                        "Note: it is not safe.\n--",
                                        "title: Neue Br\xc3\xbc"
                                        "cke [record]",
                                        "source: Der Talbote [record]",
                                        "published: 2020-07-07 [record]",
                                        "section: LOKALES [record]",
                                        "language: de [record]",
                                        "body: Die Br\xc3\xbc"
                                        "cke wird abgerissen.\n--",
                                        NULL};
    kit_check_articles(
        "Print Request: All Documents: 1-2\n\n" CENTRE "1 of 2 DOCUMENTS\n\n\n" CENTRE
        "The Valley Herald\n\n" CENTRE "September 10, 2019 Tuesday\n" CENTRE
        "Late Edition - Final\n\nBridge stays closed: council says\ntwo piers are damaged\n\n"
        "BYLINE: By JANE\nDOE\n\nSECTION: Section A; Column 0; Pg. 1\n\nLENGTH: 512 words\n\n"
        "DATELINE: LEEDS\n\nHIGHLIGHT: Until spring.\n\n The bridge will be\nclosed until the "
        "spring.\n\n Note: it is not safe.\n\nLOAD-DATE: September 11, 2019\n\n"
        "LANGUAGE: ENGLISH\n\nGRAPHIC: PHOTO: The bridge\n on Monday.\n\n\n" CENTRE
        "Copyright 2019 The Valley Herald Company\n" CENTRE "All Rights Reserved\n\n" CENTRE
        "2 of 2 DOCUMENTS\r\n\r\n" CENTRE "Der Talbote\r\n\r\n" CENTRE
        "Dienstag 7. Juli 2020\r\n\r\nNeue Br\xc3\xbc"
        "cke\r\n\r\nRUBRIK: LOKALES; S. 6\r\n\r\nL\xc3\x84NGE: 75 W\xc3\xb6rter\r\n\r\n"
        "Die Br\xc3\xbc"
        "cke wird abgerissen.\r\n\r\nUPDATE: 8. Juli 2020\r\n\r\nSPRACHE: GERMAN; DEUTSCH\r\n",
        wants);
}

static void documents_of_the_newer_form_end_at_their_last_line(void **state)
{
    (void)state;
    static const char *const wants[] = {"title: Bridge stays closed [record]",
                                        "source: The Valley Herald [record]",
                                        "author: Jane Doe [record]",
                                        "published: 2019-09-10 [record]",
                                        "section: NEWS [record]",
                                        "body: The bridge is closed. / Length: no label here.\n--",
                                        "title: A second story [record]",
                                        "body: It rained.\n--",
                                        NULL};
    kit_check_articles(
        "Page 1 of 2\nBridge stays closed\nThe Valley Herald\nSeptember 10, 2019 Tuesday\n\n"
        "Copyright 2019 The Valley Herald Company All Rights Reserved\nSection: NEWS; Pg. 3\n"
        "Length: 512 words\nByline: Jane Doe\nBody\n\nThe bridge is closed.\n\n"
        "Length: no label here.\n\nGraphic\n\n \nThe bridge on "
        "Monday\n\n\nClassification\n\n\nLoad-Date: September 11, 2019\n\n\nEnd of Document\n"
        "A second story\nThe Valley Herald\nSeptember 12, 2019\n\nLength: 20 words\nBody\n\n"
        "It rained.\n\nLoad-Date: September 12, 2019\n\nEnd of Document\n\n\n",
        wants);
}

static void lines_that_begin_a_document_are_known(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        bool begins;
    } rows[] = {
        {"   3 of 98 DOCUMENTS", true},     {"FOCUS - 1 of 1 DOCUMENTS", true},
        {"1 of 1 DOCUMENT", true},          {"Dokument 12 von 98", true},
        {"Document 2 de 9 ", true},         {"3 of 98 DOCUMENTS were lost", false},
        {"of 98 DOCUMENTS", false},         {"", false},
        {"1234567 of 98 DOCUMENTS", false}, {"Some of 98 documents", false},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        assert_int_equal(nx_is_nexis_line(nx_str_of(rows[i].line)), rows[i].begins);
    }
    assert_int_equal(nx_sniff(NX_STR("Storm\n\nLENGTH: 3 words\n"), true, NX_STR("x")).format,
                     NX_FORMAT_TEXT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_of_the_older_form_are_cut_apart_and_read),
        cmocka_unit_test(documents_of_the_newer_form_end_at_their_last_line),
        cmocka_unit_test(lines_that_begin_a_document_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
