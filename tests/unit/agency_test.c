// agency_test.c: agency formats as agencies really send them: status, versions, odd wrapping.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/corpus_kit.h"

typedef struct row {
    const char *name;
    nx_format format;
    const char *input;
    const char *wants[6];
} row;

#define G2(attributes, item, content, set)                                                         \
    "<newsItem guid='g' " attributes "><itemMeta>" item "</itemMeta><contentMeta>" content         \
    "</contentMeta><contentSet>" set "</contentSet></newsItem>"
#define XHTML                                                                                      \
    "<inlineXML><html><body><p>It rained in Leeds on Monday.</p></body></html></inlineXML>"

static const row rows[] = {
    {"G2: names bound to a prefix",
     NX_FORMAT_NEWSML2,
     "<a:newsItem xmlns:a='http://iptc.org/std/nar/2006-10-01/' guid='g' "
     "version='12'><a:contentMeta>"
     "<a:headline>Rain</a:headline></a:contentMeta></a:newsItem>",
     {"id: g [record]", "title: Rain [record]", "version: 12"}},
    {"G2: NITF inside gives the headline",
     NX_FORMAT_NEWSML2,
     G2("version='1'", "<pubStatus qcode='stat:usable'/>", "",
        "<inlineXML><nitf><body><body.head><hedline><hl1>Rain</hl1></hedline></body.head>"
        "<body.content><p>One.</p><p>Two.</p></body.content></body></nitf></inlineXML>"),
     {"title: Rain [record]", "body: One. / Two."}},
    {"G2: a kill has no text",
     NX_FORMAT_NEWSML2,
     G2("version='4'", "<pubStatus qcode='stat:canceled'/>", "", ""),
     {"id: g [record]", "state: 1", "version: 4"}},
    {"G2: the text knows the place better than the desk",
     NX_FORMAT_NEWSML2,
     G2("", "", "<headline>Rain</headline><located><name>Leeds</name></located>",
        "<inlineXML><html><body><p>BEIRUT (Reuters) - It rained for a week, officials said."
        "</p></body></html></inlineXML>"),
     {"agency: Reuters", "dateline: BEIRUT", "body: It rained for a week"}},
    {"G2: the main headline among others",
     NX_FORMAT_NEWSML2,
     G2("", "", "<headline role='hld:subHeadline'>Sub</headline><headline>Main</headline>", XHTML),
     {"title: Main [record]"}},
    {"NewsML 1: the first language of a choice",
     NX_FORMAT_NEWSML1,
     "<NewsML><NewsItem><NewsComponent><BasisForChoice>./NewsComponent/DescriptiveMetadata/Language"
     "</BasisForChoice><NewsComponent><NewsLines><HeadLine>Rain</HeadLine></NewsLines><ContentItem>"
     "<DataContent>It rained.</DataContent></ContentItem></NewsComponent><NewsComponent>"
     "<ContentItem><DataContent>Il a plu.</DataContent></ContentItem></NewsComponent>"
     "</NewsComponent></NewsItem></NewsML>",
     {"title: Rain [record]", "body: It rained.\n"}},
    {"NewsML 1: HTML in CDATA, pictures left out",
     NX_FORMAT_NEWSML1,
     "<NewsML><NewsItem><NewsComponent><ContentItem><MediaType FormalName='Photo'/><DataContent>"
     "xyz</DataContent></ContentItem><ContentItem><MimeType FormalName='text/html'/><DataContent>"
     "<![CDATA[<p>One.</p><p>Two.</p>]]></DataContent></ContentItem></NewsComponent></NewsItem>"
     "</NewsML>",
     {"body: One. / Two.\n"}},
    {"NITF: an advance for a later day",
     NX_FORMAT_NITF,
     "<nitf><head><docdata><date.issue norm='20240101T080000Z'/><date.release "
     "norm='20240103T000000Z'/></docdata></head><body><body.head><hedline><hl1>Rain</hl1>"
     "</hedline></body.head><body.content><p>x</p></body.content></body></nitf>",
     {"published: 2024-01-01T08:00:00Z [record]", "not before: 2024-01-03T00:00:00Z", "state: 2"}},
    {"NITF: no NITF", NX_FORMAT_NITF, "<a/>", {"skip format @0 no NITF"}},
    {"other XML: records in a list, dates of the envelope",
     NX_FORMAT_XML,
     "<export><publishdate>2024-02-03</publishdate><story><title>One</title><body>First text."
     "</body></story><story><title>Two</title><body><p>Second.</p><p>Text.</p></body></story>"
     "</export>",
     {"title: One [record]", "published: 2024-02-03 [record]", "body: First text.",
      "title: Two [record]", "body: Second. / Text."}},
    {"other XML: nothing to read",
     NX_FORMAT_XML,
     "<teams><team name='A'/></teams>",
     {"skip ok @0 no article in the XML"}},
    {"ninjs: a kill has no text",
     NX_FORMAT_JSON,
     "{\"uri\":\"urn:g\",\"type\":\"text\",\"version\":\"2\",\"pubstatus\":\"canceled\"}",
     {"id: urn:g [record]", "state: 1", "version: 2"}},
    {"other XML: a sitemap of news",
     NX_FORMAT_XML,
     "<urlset xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>http://a.example/"
     "</loc><n:news><n:title>Storm</n:title></n:news></url></urlset>",
     {"skip ok @0 not an article"}},
    {"wire: ZCZC with signs",
     NX_FORMAT_WIRE,
     "ZCZC AAP\r\n%A\r\n#Storm_1\r\n$Storm hits the coast\r\n:(PERTH)\r\n&AAPIS\\x\r\n*07000000\r\n"
     "A storm hit the western coast on Monday night.\r\n\r\nAAP RTV\r\nNNNN\r\nrest",
     {"title: Storm hits the coast [record]", "agency: AAP [record]", "dateline: PERTH [record]",
      "body: A storm hit the western coast on Monday night.\n"}},
    {"wire: IPTC 7901 that lost its marks",
     NX_FORMAT_WIRE,
     "eca00075 3 i 510    dpa 1003\n\n/politics/Poland/\n2ND LEAD\nRain stops at last =\n\n"
     "   Krakow (dpa) - It has stopped raining in the south of Poland after a week.\n",
     {"title: Rain stops at last [record]", "keyword: politics [record]",
      "body: It has stopped raining"}},
    {"wire: two messages in a file",
     NX_FORMAT_WIRE,
     "\001eca1 3 i 9 dpa 1\nA/\n\002First title =\n\n   One text.\n\003040915 GMT Jun 24\n\004"
     "\001eca2 3 i 9 dpa 2\nB/\n\002Second title =\n\n   Another text.\n\003040916 GMT Jun "
     "24\n\004",
     {"id: eca1-2024-06-04", "title: First title", "id: eca2-2024-06-04", "title: Second title"}},
};

static void each_input_gives_the_facts(void **state)
{
    (void)state;
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;
        options.format = rows[i].format;
        const char *log = kit_articles(nx_str_of(rows[i].input), "x", &options), *at = log;
        for (size_t k = 0; k < 6 && rows[i].wants[k] != NULL; k++) {
            at = strstr(at, rows[i].wants[k]);
            if (at == NULL) {
                fail_msg("%s: no \"%s\" there in:\n%s", rows[i].name, rows[i].wants[k], log);
            }
        }
    }
}

static void an_embargo_ends_at_its_time(void **state)
{
    (void)state;
    const char *input =
        G2("", "<embargoed>2024-01-02T00:00:00Z</embargoed>", "<headline>Rain</headline>", XHTML);
    nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;
    options.now_utc = 1704067200; // a day before
    assert_non_null(strstr(kit_articles(nx_str_of(input), "x.xml", &options), "state: 2"));
    options.now_utc += 86400;
    assert_null(strstr(kit_articles(nx_str_of(input), "x.xml", &options), "state:"));
}

static void nesting_is_limited_everywhere(void **state)
{
    (void)state;
    static const char *const roots[] = {"<newsItem>", "<NewsML>", "<nitf>", "<unknown>"};
    nx_buf b;
    nx_buf_init(&b, 1 << 20);
    for (size_t i = 0; i < NX_COUNT(roots); i++) {
        nx_buf_clear(&b);
        nx_buf_addz(&b, "<?xml version='1.0'?>");
        nx_buf_addz(&b, roots[i]);
        for (int k = 0; k < 1000; k++) {
            nx_buf_addz(&b, "<p>");
        }
        const char *log = kit_articles(nx_buf_str(&b), "x.xml", NULL);
        assert_int_equal(kit_count(log, "skip limit"), 1);
    }
    nx_buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_input_gives_the_facts),
        cmocka_unit_test(an_embargo_ends_at_its_time),
        cmocka_unit_test(nesting_is_limited_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
