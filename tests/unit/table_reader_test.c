// table_reader_test.c: CSV, TSV, Reuters and TREC stories as articles.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/corpus_kit.h"

#define PROSE                                                                                      \
    "The river rose again overnight and the lower town was closed to traffic until the water "     \
    "fell. Nobody was hurt, the council said."

typedef struct row {
    const char *name, *text;
    unsigned articles, skips;
    const char *wants[10];
} row;

static void check(const row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *log = kit_articles(nx_str_of(rows[i].text), rows[i].name, NULL);
        if (kit_count(log, "--") != rows[i].articles || kit_count(log, "skip") != rows[i].skips) {
            fail_msg("%s: %u articles, %u skips:\n%s", rows[i].name, kit_count(log, "--"),
                     kit_count(log, "skip"), log);
        }
        for (const char *const *want = rows[i].wants; *want != NULL; want++) {
            if (strstr(log, *want) == NULL) {
                fail_msg("%s: no \"%s\" in\n%s", rows[i].name, *want, log);
            }
        }
    }
}

static void tables_become_articles(void **state)
{
    (void)state;
    static const row rows[] = {
        {"windows-1252.csv",
         "Datum;\xdc"
         "berschrift;Quelle;Text\n05.03.2024;Br\xfc"
         "cke gesperrt;Der Bote;" PROSE "\n"
         "06.03.2024;Canal reopens;Der Bote;" PROSE "\n", // a row in ASCII
         2,
         0,
         {"title: Br\u00fc"
          "cke gesperrt [record]",
          "title: Canal reopens [record]", NULL}},
        {"fran\u00e7ais.csv",
         "Date de publication,Titre,M\u00e9dia,Texte\n5 mars 2024,Pont ferm\u00e9,Le "
         "Courrier," PROSE "\n",
         1,
         0,
         {"published: 2024-03-05 [record]", "source: Le Courrier [record]", NULL}},
        {"claims.tsv",
         "id\tstatement\tspeaker\n1\tThe bridge over the river is closed.\tJane\n",
         1,
         0,
         {"body: The bridge over the river is closed.", NULL}},
        {"bom and index column.csv",
         "\xef\xbb\xbf,type,news_url,title,content,publish_date\r\n"
         "17,article,https://example.org/r,\"The \"\"River\"\"\",\"" PROSE "\",2019-03-26\r\n",
         1,
         0,
         {"title: The \"River\" [record]", "url: https://example.org/r [record]",
          "published: 2019-03-26 [record]", "body: The river"}},
        {"semicolons.csv",
         "Titel;headline;text;author\n1;River;'" PROSE "; it ''rained''';Jane Doe\n",
         1,
         0,
         {"title: River [record]", "; it 'rained'\n", "author: Jane Doe [record]"}},
        {"tabs.tsv",
         "category\theadline\ttext\turl\nbusiness\tRiver\t" PROSE "\thttps://example.org/r\n",
         1,
         0,
         {"section: business [record]", "title: River [record]"}},
        {"no header.csv",
         "Web;'" PROSE " " PROSE " It will rain.'\nSport;'" PROSE " " PROSE " It did.'\n",
         2,
         0,
         {"section: Web [record]", "section: Sport [record]", "It did.\n"}},
        {"ragged.csv",
         "title,url,text\nRiver,https://example.org/r,The river rose, the town closed\n"
         "Short\n\n\"Two\",https://example.org/2,\"" PROSE "\",extra,cells\n",
         3,
         0,
         {"body: The river rose, the town closed", "title: Short [record]", "title: Two"}},
        {"one column.csv", "text\n\"" PROSE "\"\n", 1, 0, {"body: The river"}},
        {"old mac.csv",
         "title,text\rRiver,\"" PROSE "\"\rRain,\"" PROSE "\"\r",
         2,
         0,
         {"title: River [record]", "title: Rain [record]"}},
        {"cp1252 and utf8.csv",
         "title,text\nCaf\xe9,\"" PROSE "\"\nCaf\xc3\xa9s,\"" PROSE "\"\n",
         2,
         0,
         {"title: Caf\xc3\xa9 [record]", "title: Caf\xc3\xa9s [record]"}},
        {"python lists.csv",
         "title,text,authors,tags\nRiver,\"" PROSE "\",\"['Jane Doe', 'Ann Roe']\",\"a,b\"\n",
         1,
         0,
         {"author: Jane Doe [record]", "author: Ann Roe [record]", "keyword: b [record]"}},
        {"empty row.csv",
         "title,text\n,\nRiver,\"" PROSE "\"\n",
         1,
         1,
         {"skip ok @2L not an article"}},
        {"german.csv",
         "\xc3\x9c"
         "BERSCHRIFT;Volltext;Datum;Quelle\nRiver;\"" PROSE "\";26.03.2019;The Bugle\n",
         1,
         0,
         {"title: River [record]", "published: 2019-03-26 [record]", "source: The Bugle [record]"}},
        {"russian.csv",
         "\xd0\x97\xd0\xb0\xd0\xb3\xd0\xbe\xd0\xbb\xd0\xbe\xd0\xb2\xd0\xbe\xd0\xba,"
         "\xd0\xa2\xd0\xb5\xd0\xba\xd1\x81\xd1\x82,\xd0\x94\xd0\xb0\xd1\x82\xd0\xb0\n"
         "River,\"" PROSE "\",2019-03-26\n",
         1,
         0,
         {"title: River [record]", "published: 2019-03-26 [record]"}},
        {"italian.csv",
         "titolo,testo,data\nRiver,\"" PROSE "\",26.3.2019\n",
         1,
         0,
         {"title: River [record]", "published: 2019-03-26 [record]"}},
        {"told separator.csv",
         "sep=;\r\ntitle;text\r\nRiver;\"" PROSE "\"\r\n",
         1,
         0,
         {"title: River [record]", "body: The river"}},
        {"publisher in the title.csv",
         "title,publication,content\nRiver rises - The Bugle,The Bugle,\"" PROSE "\"\n",
         1,
         0,
         {"title: River rises [record]"}},
        {"levels.csv", "Easy,Hard\n\"" PROSE "\",\"" PROSE "\"\n", 0, 1, {"several text columns"}},
    };
    check(rows, NX_COUNT(rows));
}

static void stories_become_articles(void **state)
{
    (void)state;
    static const row rows[] = {
        {"reuters.sgm",
         "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n"
         "<REUTERS TOPICS=\"YES\" OLDID=\"7\" NEWID=\"12\">\n<DATE>26-FEB-1987 15:01:01.79</DATE>\n"
         "<TOPICS><D>cocoa</D><D>trade</D></TOPICS>\n<PLACES><D>uk</D></PLACES>\n"
         "<UNKNOWN>&#5;&#5;&#5;C T\n&#22;&#22;&#1;f0704&#31;reute</UNKNOWN>\n<TEXT>&#2;\n"
         "<TITLE>RIVER &lt;RVR> RISES</TITLE>\n<AUTHOR>    By Jane Doe, Reuters</AUTHOR>\n"
         "<DATELINE>    LEEDS, Feb 26 - </DATELINE><BODY>The river\nrose &amp; fell.\n"
         "    The town was\nclosed.\n Reuter\n&#3;</BODY></TEXT>\n</REUTERS>\n",
         1,
         0,
         {"id: 12 [record]", "title: RIVER <RVR> RISES [record]", "agency: Reuters [record]",
          "dateline: LEEDS [record]", "published: 1987-02-26T15:01:01Z [record]",
          "author: Jane Doe [record]", "keyword: trade [record]",
          "body: The river rose & fell. / The town was closed.\n"}},
        {"unprocessed.sgm",
         "<REUTERS NEWID=\"3\"><DATE>26-FEB-1987 15:01:01.79</DATE><TEXT TYPE=\"UNPROC\">&#2;\n"
         "RIVER REPORT - FEB 26\n The river rose.\n It fell.\n Reuter\n&#3;\n</TEXT></REUTERS>",
         1,
         0,
         {"title: RIVER REPORT - FEB 26 [record]", "body: The river rose. / It fell.\n"}},
        {"brief.sgm",
         "<REUTERS NEWID=\"4\"><TEXT TYPE=\"BRIEF\">&#2;\n******<TITLE>RIVER RISES\n</TITLE>Blah "
         "blah blah.\n&#3;\n</TEXT></REUTERS>",
         1,
         0,
         {"title: RIVER RISES [record]"}},
        {"ap.txt",
         "<DOC>\n<DOCNO> AP880212-0001 </DOCNO>\n<FILEID>AP-NR</FILEID>\n<HEAD>River Rises</HEAD>\n"
         "<BYLINE>By JANE DOE</BYLINE>\n<DATELINE>LEEDS, England (AP) </DATELINE>\n<TEXT>\n"
         "   The river\nrose.\n   The town was closed.\n</TEXT>\n</DOC>\n",
         1,
         0,
         {"id: AP880212-0001 [record]", "title: River Rises [record]", "agency: AP [record]",
          "published: 1988-02-12 [record]", "body: The river rose. / The town was closed.\n"}},
        {"wsj.txt",
         "<DOC>\n<DOCNO>\nWSJ870324-0001\n</DOCNO>\n<HL>\n   River Rises\n</HL>\n<DATE>\n01/30/03\n"
         "</DATE>\n<LP>\n   The river rose.\n</LP>\n<TEXT>\n   The town was "
         "closed.\n</TEXT>\n</DOC>",
         1,
         0,
         {"source: The Wall Street Journal [record]",
          "body: The river rose. / The town was closed.\n"}},
        {"gigaword.sgml",
         "<DOC id=\"AFP_ENG_20020101.0001\" type=\"story\" >\n<HEADLINE>\nRiver "
         "rises\n</HEADLINE>\n"
         "<DATELINE>\nLEEDS, Jan 1 (AFP)\n</DATELINE>\n<TEXT>\n<P>\nThe river\nrose.\n</P>\n<P>\n"
         "The town was closed.\n</P>\n</TEXT>\n</DOC>\n",
         1,
         0,
         {"id: AFP_ENG_20020101.0001 [record]", "published: 2002-01-01 [record]",
          "agency: AFP [record]", "dateline: LEEDS [record]",
          "body: The river rose. / The town was closed.\n"}},
        {"latimes.txt",
         "<DOC>\n<DOCNO> LA010189-0001 </DOCNO>\n<DATE>\n<P>\nJanuary 1, 1989, Sunday, Home "
         "Edition\n"
         "</P>\n</DATE>\n<HEADLINE>\n<P>\nRIVER RISES\n</P>\n</HEADLINE>\n<TEXT>\n<P>\nThe river.\n"
         "</P>\n</TEXT>\n</DOC>\n",
         1,
         0,
         {"published: 1989-01-01 [record]", "title: RIVER RISES [record]"}},
        {"indented.txt",
         "<DOC>\n<DOCNO> X-2 </DOCNO>\n<TEXT>\n   The river rose and the\n   town was closed to\n"
         "   all traffic.\n</TEXT>\n</DOC>\n",
         1,
         0,
         {"body: The river rose and the town was closed to all traffic.\n"}},
        {"nothing.txt", "<DOC>\n<DOCNO> X-1 </DOCNO>\n<TEXT>\n</TEXT>\n</DOC>\n", 0, 1, {"empty"}},
    };
    check(rows, NX_COUNT(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_become_articles),
        cmocka_unit_test(stories_become_articles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
