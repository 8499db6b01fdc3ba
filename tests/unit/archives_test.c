// archives_test.c: text exports of Factiva, with field codes and without, and of ProQuest.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "corpus/archives.h"
#include "tests/unit/corpus_kit.h"

static void fields_of_factiva_have_codes(void **state)
{
    (void)state;
    static const char *const wants[] = {
        "id: VALLEY0020190910ef9a00001 [record]",
        "title: Bridge stays closed: two piers damaged [record]",
        "source: The Valley Herald [record]",
        "author: Jane Doe [record]",
        "published: 2019-09-10T08:15:00Z [record]",
        "section: News [record]",
        "language: en [record]",
        "body: The bridge will be closed until the spring. / IN the "
        "end it fell, and HD was there. / Nobody was hurt.\n--",
        "id: TALBOT0020200707eg7700002 [record]",
        "title: Neue Br\xc3\xbc"
        "cke [record]",
        "published: 2020-07-07 [record]",
        "language: de [record]",
        "body: Die Br\xc3\xbc"
        "cke wird abgerissen.\n--",
        "skip ok",
        NULL};
    kit_check_articles(
        "SE  News\nHD  Bridge stays closed: two\n    piers damaged\nBY  By Jane Doe\nWC  512 "
        "words\n"
        "PD  10 September 2019\nET  08:15\nSN  The Valley Herald\nSC  VALLEY\nPG  A1\nLA  English\n"
        "CY  (c) 2019 The Valley Herald\n\nLP \n\nThe bridge will be closed\nuntil the spring.\n\n"
        "IN the end it fell, and HD was there.\n\nTD\n\nNobody was hurt.\n\nCO  valley : Valley\n"
        "NS  gcat : General News\nPUB  Valley Ltd\nAN  Document VALLEY0020190910ef9a00001\n\n"
        "HD\tNeue Br\xc3\xbc"
        "cke\nWC\t75 W\xc3\xb6rter\nPD\t7. Juli 2020\nSN\tDer Talbote\nLA\tDeutsch\n"
        "LP\nDie Br\xc3\xbc"
        "cke wird abgerissen.\nAN\tDokument TALBOT0020200707eg7700002\n\n"
        "Search Summary\nText: bridge\nDate: in the last year\n",
        wants);
}

static void without_codes_the_order_tells(void **state)
{
    (void)state;
    static const char *const wants[] = {"id: VALLEY0020190910ef9a00001 [record]",
                                        "title: Bridge stays closed [record]",
                                        "source: The Valley Herald [record]",
                                        "author: Jane Doe [record]",
                                        "published: 2019-09-10T08:15:00Z [record]",
                                        "section: News [record]",
                                        "language: en [record]",
                                        "body: The bridge will be closed until the spring. / It "
                                        "rained.\n--",
                                        "title: A second story [record]",
                                        "published: 2019-09-11 [record]",
                                        "body: It rained again.\n--",
                                        NULL};
    kit_check_articles(
        "News\nBridge stays closed\nBy Jane Doe\n1,512 words\n10 September 2019\n08:15\n"
        "The Valley Herald\nVALLEY\nA1\nEnglish\n(c) 2019 The Valley Herald\n\n"
        "The bridge will be closed\nuntil the spring.\n\nIt rained.\n\n"
        "Document VALLEY0020190910ef9a00001\n\nA second story\n12 words\n11 September 2019\n"
        "The Valley Herald\nVALLEY\nEnglish\n\nIt rained again.\n\n"
        "Document VALLEY0020190911ef9b00007\n",
        wants);
}

static void fields_of_proquest_have_labels(void **state)
{
    (void)state;
    static const char *const wants[] = {
        "skip ok",
        "id: 2287001234 [record]",
        "title: Bridge stays closed: council [record]",
        "source: The Valley Herald [record]",
        "author: Jane Doe [record]",
        "published: 2019-09-10 [record]",
        "keyword: Piers [record]",
        "language: en [record]",
        "summary: It is not safe. [record]",
        "body: The bridge will be closed until the spring. / Note: it "
        "is not safe.\n--",
        "title: A second story [record]",
        "body: It rained.\n--",
        NULL};
    kit_check_articles(
        "Report Information from ProQuest\n2 documents\n____________________________________\n\n"
        "Document 1 of 2\n\nBridge stays closed: council\n\nAuthor: Doe, Jane\n\n"
        "Publication info: The Valley Herald ; Leeds [Leeds]. 10 Sep 2019: A.1.\n\n"
        "Abstract: It is not safe.\n\nFull text: The bridge will be closed until\nthe spring.\n\n"
        "Note: it is not safe.\n\nSubject: Bridges; Piers;\n\nTitle: Bridge stays closed: "
        "council\n\n"
        "Publication title: The Valley Herald\n\nFirst page: A.1\n\nPublication date: Sep 10, "
        "2019\n\n"
        "Publisher: Valley Ltd\n\nLanguage of publication: English\n\n"
        "ProQuest document ID: 2287001234\n\n"
        "Document URL: https://search.example.com/docview/2287001234\n\nDatabase: Dailies\n\n"
        "____________________________________\n\nDocument 2 of 2\n\nA second story\n\n"
        "Full text: It rained.\n\nPublication title: The Valley Herald\n",
        wants);
}

static void prose_is_no_export(void **state)
{
    (void)state;
    assert_false(nx_is_factiva(NX_STR("HD films\nIN the end\nPD Smith\nSN 1987A was seen.\n")));
    assert_false(nx_is_factiva(NX_STR("")));
    assert_false(nx_is_factiva(NX_STR("He wrote\n500 words\nand went home in May 2020.\n")));
    assert_false(nx_is_factiva_end(NX_STR("Document management")));
    assert_false(nx_is_factiva_end(NX_STR("Document internationalisation")));
    assert_false(nx_is_proquest(NX_STR("Document 1 of 25 was missing\nTitle: none\n")));
    assert_false(nx_is_proquest(NX_STR("Document 1 of 25\n\nIt rained.\n")));
    assert_false(nx_is_proquest_line(NX_STR("Document of 25")));
    assert_false(nx_is_proquest_line(NX_STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_of_factiva_have_codes),
        cmocka_unit_test(without_codes_the_order_tells),
        cmocka_unit_test(fields_of_proquest_have_labels),
        cmocka_unit_test(prose_is_no_export),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
