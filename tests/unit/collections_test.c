// collections_test.c: news as collections and content systems keep it in XML and SGML, one made-up
// article in the shape of each.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/corpus_kit.h"

#define TITLE "Harbour bridge to stay closed"
#define TEXT "The harbour bridge will stay closed until the spring, the council said on Monday."
#define MORE "Engineers had found cracks in both of the northern piers."

typedef struct row {
    const char *kind, *name, *input;
    const char *wants[9]; // lines that must be there; NULL ends
} row;

static const row rows[] = {
    {"Reuters' own XML, which is not NewsML",
     "2286newsML.xml",
     "<?xml version=\"1.0\" encoding=\"iso-8859-1\" ?>\n<newsitem itemid=\"2286\" id=\"root\" "
     "date=\"1996-08-20\" xml:lang=\"en\">\n<title>UK: " TITLE "</title>\n<headline>" TITLE
     "</headline>\n<byline>Jane Doe</byline>\n<dateline>LEEDS</dateline>\n<text>\n<p>" TEXT
     "</p>\n<p>" MORE "</p>\n</text>\n<metadata><codes class=\"bip:topics:1.0\"><code code=\"C1\">"
     "<editdetail attribution=\"x\" action=\"confirmed\" date=\"1996-08-21\"/></code></codes>\n"
     "<dc element=\"dc.publisher\" value=\"Reuters Holdings Plc\"/></metadata></newsitem>",
     {"title: " TITLE " [record]", "author: Jane Doe [record]", "dateline: LEEDS [record]",
      "published: 1996-08-20 [record]", "id: 2286 [record]", "agency: Reuters [record]",
      "language: en [record]", "body: " TEXT " / " MORE "\n"}},
    {"fields that are all called alike, to be added to a store",
     "add.xml",
     "<add><doc><field name=\"id\">a1</field><field name=\"title\">" TITLE "</field><field "
     "name=\"content\">" TEXT "</field><field name=\"author\">Jane Doe</field><field "
     "name=\"date\">2024-03-05T10:12:00Z</field></doc></add>",
     {"id: a1 [record]", "title: " TITLE " [record]", "author: Jane Doe [record]",
      "published: 2024-03-05T10:12:00Z [record]", "body: " TEXT "\n"}},
    {"rows of a database",
     "dump.xml",
     "<?xml version=\"1.0\"?>\n<mysqldump><database name=\"news\"><table_data name=\"wp_posts\">"
     "<row><field name=\"ID\">1</field><field name=\"post_date\">2024-03-05 10:12:00</field>"
     "<field name=\"post_date_gmt\">2024-03-05 09:12:00</field><field name=\"post_content\">"
     "&lt;p&gt;" TEXT "&lt;/p&gt;&lt;p&gt;" MORE
     "&lt;/p&gt;</field><field name=\"post_title\">" TITLE
     "</field></row></table_data></database></mysqldump>",
     {"title: " TITLE " [record]", "published: 2024-03-05T09:12:00Z [record]",
      "body: " TEXT " / " MORE "\n"}},
    {"an agency's envelope around NITF: what the envelope says counts",
     "appl.xml",
     "<Publication "
     "xmlns=\"http://ap.org/schemas/03/2005/appl\"><Identification><ItemId>40b5</ItemId>"
     "<DefaultLanguage>en-us</DefaultLanguage></Identification><PublicationManagement>"
     "<ArrivalDateTime>2019-04-16T13:08:05</ArrivalDateTime><LastModifiedDateTime>"
     "2019-04-16T13:18:05</LastModifiedDateTime></PublicationManagement><NewsLines><HeadLine>" TITLE
     "</HeadLine><ByLine>By JANE DOE</ByLine><DateLine>NORFOLK, Va. (AP)</DateLine></NewsLines>"
     "<PublicationComponent><TextContentItem><DataContent><nitf><body.content><block><p>" TEXT
     "</p><p>" MORE "</p></block></body.content></nitf></DataContent></TextContentItem>"
     "</PublicationComponent></Publication>",
     {"id: 40b5 [record]", "title: " TITLE " [record]", "author: Jane Doe [record]",
      "agency: AP [record]", "dateline: NORFOLK, Va. [record]",
      "published: 2019-04-16T13:08:05Z [record]", "updated: 2019-04-16T13:18:05Z [record]",
      "body: " TEXT " / " MORE "\n"}},
    {"extracted pages: the facts are attributes",
     "page.xml",
     "<doc sitename=\"The Valley Herald\" title=\"" TITLE
     "\" author=\"Jane Doe\" date=\"2024-03-05\" "
     "source=\"https://www.valley.example/2024/bridge\" hostname=\"valley.example\" "
     "excerpt=\"Two.\" "
     "categories=\"Local\" tags=\"bridge;flood\"><main><p>" TEXT "</p><p>" MORE
     "</p></main><comments/></doc>",
     {"title: " TITLE " [record]", "author: Jane Doe [record]", "published: 2024-03-05 [record]",
      "source: The Valley Herald [record]", "url: https://www.valley.example/2024/bridge [record]",
      "section: Local [record]", "keyword: flood [record]", "body: " TEXT " / " MORE "\n"}},
    {"TEI: the head is apart from the text",
     "tei.xml",
     "<?xml version=\"1.0\"?><TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><fileDesc>"
     "<titleStmt><title type=\"main\">" TITLE "</title><author>Jane Doe</author></titleStmt>"
     "<publicationStmt><publisher>The Valley Herald</publisher><date when=\"1896-03-05\">5 March"
     "</date></publicationStmt></fileDesc></teiHeader><text><body><div><p>" TEXT "</p><p>" MORE
     "</p></div></body></text></TEI>",
     {"title: " TITLE " [record]", "author: Jane Doe [record]", "published: 1896-03-05 [record]",
      "source: The Valley Herald [record]", "body: " TEXT " / " MORE "\n"}},
    {"JATS",
     "jats.xml",
     "<?xml version=\"1.0\"?><article article-type=\"news\" xml:lang=\"en\"><front><journal-meta>"
     "<journal-title-group><journal-title>The Valley Herald</journal-title></journal-title-group>"
     "<publisher><publisher-name>Valley Media</publisher-name></publisher></journal-meta>"
     "<article-meta><article-id>10.1/x</article-id><title-group><article-title>" TITLE
     "</article-title></title-group></article-meta></front><body><sec><p>" TEXT
     "</p></sec><sec><p>" MORE "</p></sec></body></article>",
     {"title: " TITLE " [record]", "source: The Valley Herald [record]", "language: en [record]",
      "body: " TEXT " / " MORE "\n"}},
    {"a date of six digits",
     "ft.sgml",
     "<DOC>\n<DOCNO>FT911-3</DOCNO>\n<DATE>910514\n</DATE>\n<HEADLINE>\n" TITLE "\n</HEADLINE>\n"
     "<BYLINE>\n   By JANE DOE\n</BYLINE>\n<TEXT>\n" TEXT "\n</TEXT>\n</DOC>\n",
     {"published: 1991-05-14 [record]", "source: Financial Times [record]",
      "author: Jane Doe [record]"}},
    {"a text that is called TXT",
     "muc.sgml",
     "<DOC>\n<DOCNO> 930219-0013. </DOCNO>\n<HL> " TITLE " </HL>\n<DD> 02/19/93 </DD>\n<TXT>\n<p>\n"
     "   " TEXT "\n</p>\n</TXT>\n</DOC>\n",
     {"published: 1993-02-19 [record]", "body: " TEXT "\n"}},
    {"a lead paragraph in an element of its own",
     "sj.sgml",
     "<DOC>\n<DOCNO> SJMN91-06364022 </DOCNO>\n<LEADPARA>  " TEXT "\n</LEADPARA>\n<HEADLINE> " TITLE
     " </HEADLINE>\n<TEXT> " MORE "\n</TEXT>\n</DOC>\n",
     {"body: " TEXT " / " MORE "\n"}},
    {"a magazine, with the marks of its typesetter",
     "zf.sgml",
     "<DOC>\n<DOCNO>ZF109-000-001</DOCNO>\n<JOURNAL>Bridge Weekly  Sept 29 1989 v8 n20 p1(2)&M;\n"
     "</JOURNAL>\n<TITLE>" TITLE "&M;\n</TITLE>\n<TEXT>\n" TEXT "&M;\n</TEXT>\n</DOC>\n",
     {"title: " TITLE " [record]", "published: 1989-09-29 [record]", "body: " TEXT "\n"}},
    {"who the author is, is no author",
     "la.sgml",
     "<DOC>\n<DOCNO> LA010189-0001 </DOCNO>\n<HEADLINE><P>" TITLE "</P></HEADLINE>\n<BYLINE><P>By "
     "Jane E. Doe, a bridge engineer in Leeds, the author of a book on floods</P></BYLINE>\n<TEXT>"
     "<P>" TEXT "</P></TEXT>\n</DOC>\n",
     {"author: Jane E. Doe [record]\npublished:"}},
};

static void each_kind_gives_its_article(void **state)
{
    (void)state;
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        const char *log = kit_articles(nx_str_of(rows[i].input), rows[i].name, NULL);
        if (kit_count(log, "--") != 1 || kit_count(log, "skip") != 0) {
            fail_msg("%s: not one article:\n%s", rows[i].kind, log);
        }
        for (const char *const *want = rows[i].wants; *want != NULL; want++) {
            if (strstr(log, *want) == NULL) {
                fail_msg("%s: no \"%s\" in\n%s", rows[i].kind, *want, log);
            }
        }
    }
}

static void what_has_no_text_to_read_is_skipped(void **state)
{
    (void)state;
    static const char *const inputs[] = {
        "<mediawiki xml:lang=\"en\"><page><title>Rain</title><revision><text>[[Rain]]</text>"
        "</revision></page></mediawiki>",
        "<?xml version=\"1.0\"?><alto><Layout><Page><String "
        "CONTENT=\"Rain\"/></Page></Layout></alto>",
        "<?xml version=\"1.0\"?><mets><fileSec/></mets>",
    };
    for (size_t i = 0; i < NX_COUNT(inputs); i++) {
        assert_string_equal(kit_articles(nx_str_of(inputs[i]), "x.xml", NULL),
                            "skip ok @0 not an article\n");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_kind_gives_its_article),
                                       cmocka_unit_test(what_has_no_text_to_read_is_skipped)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
