// services_test.c: what news services and collections send, one made-up article in each one's own
// shape, becomes the same article.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/corpus_kit.h"

#define TITLE "Harbour bridge to stay closed until spring"
#define TEXT                                                                                       \
    "The harbour bridge will stay closed until the spring, because the flood damaged two of its "  \
    "piers, the council said on Monday."
#define ABOUT "Two piers of the bridge were damaged by the flood."
#define ADDRESS "https://www.valley.example/news/bridge-closed"

typedef struct row {
    const char *service, *name, *sent;
    const char *date;   // as the log says it
    const char *source; // whoever says it
    const char *body;
    const char *also[4]; // other lines that must be there
} row;

static const row rows[] = {
    {"Event Registry",
     "x.json",
     "{\"articles\":{\"results\":[{\"uri\":\"7581234567\",\"lang\":\"eng\",\"isDuplicate\":false,"
     "\"date\":\"2024-03-05\",\"time\":\"10:30:00\",\"dateTime\":\"2024-03-05T10:30:00Z\","
     "\"dateTimePub\":\"2024-03-05T10:12:00Z\",\"dataType\":\"news\",\"url\":\"" ADDRESS "\","
     "\"title\":\"" TITLE "\",\"body\":\"" TEXT "\",\"source\":{\"uri\":\"valley.example\","
     "\"dataType\":\"news\",\"title\":\"The Valley Herald\"},\"authors\":[{\"uri\":\"jane@x\","
     "\"name\":\"Jane Doe\",\"type\":\"author\",\"isAgency\":false}],\"eventUri\":\"eng-1\"}],"
     "\"totalResults\":1}}",
     "2024-03-05T10:12:00Z",
     "The Valley Herald",
     TEXT,
     {"author: Jane Doe [record]", "language: en [record]", "id: 7581234567 [record]"}},
    {"NewsCatcher, version 2",
     "x.json",
     "{\"status\":\"ok\",\"articles\":[{\"title\":\"" TITLE "\",\"author\":\"Jane Doe\","
     "\"published_date\":\"2024-03-05 10:12:00\",\"published_date_precision\":\"full\",\"link\":"
     "\"" ADDRESS "\",\"clean_url\":\"valley.example\",\"excerpt\":\"" ABOUT
     "\",\"summary\":\"" TEXT
     "\",\"rights\":\"valley.example\",\"rank\":9,\"topic\":\"news\",\"language\":\"en\","
     "\"authors\":\"Jane Doe\",\"media\":\"https://valley.example/i.jpg\",\"_id\":\"abc\"}]}",
     "2024-03-05T10:12:00Z",
     "valley.example",
     TEXT,
     {"author: Jane Doe [record]", "url: " ADDRESS " [record]"}},
    {"NewsCatcher, version 3",
     "x.json",
     "{\"articles\":[{\"title\":\"" TITLE "\",\"authors\":[\"Jane Doe\"],\"journalists\":[],"
     "\"published_date\":\"2024-03-05 10:12:00\",\"link\":\"" ADDRESS "\",\"domain_url\":"
     "\"valley.example\",\"name_source\":\"The Valley Herald\",\"description\":\"" ABOUT "\","
     "\"content\":\"" TEXT "\",\"word_count\":22,\"language\":\"en\",\"media\":\"https://x/i.jpg\","
     "\"id\":\"9f3\",\"nlp\":{\"theme\":\"Business\",\"summary\":\"x\"}}]}",
     "2024-03-05T10:12:00Z",
     "The Valley Herald",
     TEXT,
     {"author: Jane Doe [record]", "summary: " ABOUT}},
    {"Webz.io",
     "x.json",
     "{\"posts\":[{\"thread\":{\"uuid\":\"u1\",\"url\":\"" ADDRESS "\",\"site\":\"valley.example\","
     "\"title\":\"" TITLE "\",\"published\":\"2024-03-05T12:12:00.000+02:00\"},\"uuid\":\"u1aa\","
     "\"url\":\"" ADDRESS "\",\"author\":\"Jane Doe\",\"published\":\"2024-03-05T12:12:00.000+02:00"
     "\",\"title\":\"" TITLE "\",\"text\":\"" TEXT "\",\"highlightText\":\"\",\"language\":"
     "\"english\",\"crawled\":\"2024-03-05T12:30:00.000+02:00\"}],\"totalResults\":1}",
     "2024-03-05T10:12:00Z",
     "valley.example",
     TEXT,
     {"author: Jane Doe [record]", "language: en [record]", "id: u1aa [record]"}},
    {"Mediastack",
     "x.json",
     "{\"pagination\":{\"count\":1},\"data\":[{\"author\":\"Jane Doe\",\"title\":\"" TITLE "\","
     "\"description\":\"" TEXT "\",\"url\":\"" ADDRESS "\",\"source\":\"The Valley Herald\","
     "\"image\":\"https://x/"
     "i.jpg\",\"category\":\"general\",\"language\":\"en\",\"country\":\"gb\","
     "\"published_at\":\"2024-03-05T10:12:00+00:00\"}]}",
     "2024-03-05T10:12:00Z",
     "The Valley Herald",
     TEXT,
     {"author: Jane Doe [record]", "section: general [record]"}},
    {"NewsData.io, its free plan",
     "x.json",
     "{\"status\":\"success\",\"results\":[{\"article_id\":\"a1b2\",\"title\":\"" TITLE "\","
     "\"link\":\"" ADDRESS "\",\"keywords\":[\"bridge\"],\"creator\":[\"Jane Doe\"],"
     "\"description\":\"" TEXT "\",\"content\":\"ONLY AVAILABLE IN PAID PLANS\",\"pubDate\":"
     "\"2024-03-05 10:12:00\",\"pubDateTZ\":\"UTC\",\"source_id\":\"valley\",\"source_name\":"
     "\"The Valley Herald\",\"source_url\":\"https://www.valley.example\",\"language\":\"english\","
     "\"category\":[\"top\"],\"ai_tag\":\"ONLY AVAILABLE IN CORPORATE PLANS\"}]}",
     "2024-03-05T10:12:00Z",
     "The Valley Herald",
     TEXT,
     {"author: Jane Doe [record]", "keyword: bridge [record]", "language: en [record]"}},
    {"Bing",
     "x.json",
     "{\"_type\":\"News\",\"value\":[{\"name\":\"" TITLE "\",\"url\":\"" ADDRESS "\",\"image\":"
     "{\"thumbnail\":{\"contentUrl\":\"https://x\"}},\"description\":\"" TEXT "\",\"about\":[{"
     "\"name\":\"Leeds\"}],\"provider\":[{\"_type\":\"Organization\",\"name\":\"The Valley "
     "Herald\"}"
     "],\"datePublished\":\"2024-03-05T10:12:00.0000000Z\",\"category\":\"UK\"}]}",
     "2024-03-05T10:12:00Z",
     "The Valley Herald",
     TEXT,
     {"section: UK [record]"}},
    {"GNews",
     "x.json",
     "{\"totalArticles\":1,\"articles\":[{\"title\":\"" TITLE "\",\"description\":\"" ABOUT "\","
     "\"content\":\"" TEXT "... [1234 chars]\",\"url\":\"" ADDRESS "\",\"publishedAt\":"
     "\"2024-03-05T10:12:00Z\",\"source\":{\"name\":\"The Valley "
     "Herald\",\"url\":\"https://x\"}}]}",
     "2024-03-05T10:12:00Z",
     "The Valley Herald",
     TEXT,
     {"summary: " ABOUT}},
    {"Belga: the pieces of a text have names of their own",
     "x.json",
     "{\"newsObjects\":[{\"newsObjectId\":44690231,\"headLine\":\"" TITLE "\",\"createDate\":"
     "1709633520000,\"source\":\"BELGA\",\"newsComponents\":[{\"newsComponentId\":1,\"name\":"
     "\"no name\",\"assetType\":\"Body\",\"proxies\":[{\"varcharData\":\"" TEXT "\"}]}]}]}",
     "2024-03-05T10:12:00Z",
     "BELGA",
     TEXT,
     {""}},
    {"Currents: a list that is called as a text is",
     "x.json",
     "{\"status\":\"ok\",\"news\":[{\"id\":\"0f1e2d3c-0000\",\"title\":\"" TITLE "\","
     "\"description\":\"" TEXT "\",\"url\":\"" ADDRESS "\",\"author\":\"Jane Doe\",\"language\":"
     "\"en\",\"category\":[\"regional\"],\"published\":\"2024-03-05 10:12:00 +0000\"}],\"page\":1}",
     "2024-03-05T10:12:00Z",
     "valley.example",
     TEXT,
     {"author: Jane Doe [record]", "section: regional [record]"}},
    {"World News API",
     "x.json",
     "{\"offset\":0,\"news\":[{\"id\":123456789,\"title\":\"" TITLE "\",\"text\":\"" TEXT "\","
     "\"summary\":\"" ABOUT "\",\"url\":\"" ADDRESS "\",\"publish_date\":\"2024-03-05 10:12:00\","
     "\"author\":\"Jane Doe\",\"authors\":[\"Jane Doe\"],\"language\":\"en\"}]}",
     "2024-03-05T10:12:00Z",
     "valley.example",
     TEXT,
     {"author: Jane Doe [record]", "summary: " ABOUT}},
    {"TheNewsAPI",
     "x.json",
     "{\"meta\":{\"found\":1},\"data\":[{\"uuid\":\"0f1e-1\",\"title\":\"" TITLE "\","
     "\"description\":\"" TEXT "\",\"keywords\":\"bridge, flood\",\"snippet\":\"The...\",\"url\":"
     "\"" ADDRESS "\",\"published_at\":\"2024-03-05T10:12:00.000000Z\",\"source\":"
     "\"valley.example\",\"categories\":[\"general\"],\"relevance_score\":null}]}",
     "2024-03-05T10:12:00Z",
     "valley.example",
     TEXT,
     {"keyword: bridge [record]", "keyword: flood [record]"}},
    {"Perigon",
     "x.json",
     "{\"status\":200,\"articles\":[{\"url\":\"" ADDRESS "\",\"authorsByline\":\"Jane Doe\","
     "\"articleId\":\"0f1e\",\"source\":{\"domain\":\"valley.example\",\"paywall\":false},"
     "\"language\":\"en\",\"pubDate\":\"2024-03-05T10:12:00+00:00\",\"addDate\":"
     "\"2024-03-05T10:20:00+00:00\",\"title\":\"" TITLE "\",\"description\":\"" ABOUT "\","
     "\"content\":\"" TEXT "\",\"links\":[\"https://y\"],\"keywords\":[{\"name\":\"bridge\","
     "\"weight\":0.1}],\"topics\":[{\"name\":\"Transport\"}],\"entities\":[]}]}",
     "2024-03-05T10:12:00Z",
     "valley.example",
     TEXT,
     {"author: Jane Doe [record]", "keyword: bridge [record]", "section: Transport [record]"}},
    {"Aylien",
     "x.json",
     "{\"stories\":[{\"id\":123456,\"title\":\"" TITLE "\",\"body\":\"" TEXT "\",\"summary\":{"
     "\"sentences\":[\"a\"]},\"author\":{\"id\":5,\"name\":\"Jane Doe\"},\"source\":{\"id\":7,"
     "\"name\":\"The Valley Herald\",\"domain\":\"valley.example\"},\"published_at\":"
     "\"2024-03-05T10:12:00Z\",\"language\":\"en\",\"links\":{\"permalink\":\"" ADDRESS "\","
     "\"related_stories\":\"/x\"},\"keywords\":[\"bridge\"]}]}",
     "2024-03-05T10:12:00Z",
     "The Valley Herald",
     TEXT,
     {"author: Jane Doe [record]", "url: " ADDRESS " [record]"}},
    {"GDELT's list of articles: no text",
     "x.json",
     "{\"articles\":[{\"url\":\"" ADDRESS "\",\"url_mobile\":\"\",\"title\":\"" TITLE "\","
     "\"seendate\":\"20240305T101200Z\",\"domain\":\"valley.example\",\"language\":\"English\","
     "\"sourcecountry\":\"United Kingdom\"}]}",
     "2024-03-05T10:12:00Z",
     "valley.example",
     NULL,
     {"language: en [record]"}},
    {"CC-News",
     "x.csv",
     "title,text,domain,date,description,url,image_url\n\"" TITLE "\",\"" TEXT
     "\",www.valley.example,2024-03-05 10:12:00,\"" ABOUT "\"," ADDRESS ",https://x\n",
     "2024-03-05T10:12:00Z",
     "valley.example",
     TEXT,
     {"summary: " ABOUT}},
    {"Media Cloud: no text",
     "x.csv",
     "id,indexed_date,language,media_name,media_url,publish_date,title,url\nab12cd34,2024-03-06 "
     "01:02:03.4,en,valley.example,valley.example,2024-03-05," TITLE "," ADDRESS "\n",
     "2024-03-05",
     "valley.example",
     NULL,
     {"url: " ADDRESS " [record]", "id: ab12cd34 [record]"}},
    {"Media Cloud, as it was: no text",
     "x.csv",
     "stories_id,publish_date,title,url,language,ap_syndicated,themes,media_id,media_name,media_url"
     "\n1234567,2024-03-05 10:12:00," TITLE "," ADDRESS ",en,False,\"a, b\",18,The Valley Herald,"
     "http://valley.example\n",
     "2024-03-05T10:12:00Z",
     "The Valley Herald",
     NULL,
     {"id: 1234567 [record]"}},
    {"Meltwater",
     "x.csv",
     "Date\tHeadline\tURL\tOpening Text\tHit "
     "Sentence\tSource\tInfluencer\tCountry\tLanguage\tReach\t"
     "AVE\tSentiment\tKey Phrases\n05-Mar-2024 10:12AM\t" TITLE "\t" ADDRESS "\t" TEXT
     "\t...closed "
     "until...\tThe Valley Herald\tJane Doe\tUnited Kingdom\tEnglish\t12345\t114.2\tNeutral\tbridge"
     "\n",
     "2024-03-05T10:12:00Z",
     "The Valley Herald",
     TEXT,
     {"author: Jane Doe [record]", "keyword: bridge [record]", "language: en [record]"}},
    {"ProQuest's list of documents",
     "x.csv",
     "Title,Abstract,StoreId,ArticleType,Authors,companies,copyright,entryDate,language,pages,"
     "pubdate"
     ",pubtitle,year,DocumentURL,subjectTerms,Database\n\"" TITLE "\",\"" TEXT "\",2287001234,"
     "Newspapers,\"Doe, Jane\",,,,English,A.1,\"Mar 5, 2024\",The Valley Herald,2024,"
     "https://search.proquest.com/docview/1,\"Bridges; Floods\",ProQuest\n",
     "2024-03-05",
     "The Valley Herald",
     TEXT,
     {"author: Jane Doe [record]", "keyword: Bridges [record]", "keyword: Floods [record]"}},
    {"Nexis' list of documents",
     "x.csv",
     "Title,Publication,Date,Byline,Section,Length,Hlead\n\"" TITLE
     "\",The Valley Herald,\"March 5, "
     "2024 Tuesday\",Jane Doe,NEWS,22 words,\"" TEXT "\"\n",
     "2024-03-05",
     "The Valley Herald",
     TEXT,
     {"author: Jane Doe [record]", "section: NEWS [record]"}},
};

static void expect(const row *r, const char *log, const char *name, const char *value)
{
    nx_buf line;
    nx_buf_init(&line, SIZE_MAX);
    nx_buf_addf(&line, "%s%s", name, value);
    if (strstr(log, line.data) == NULL) {
        fail_msg("%s: no \"%s\" in\n%s", r->service, line.data, log);
    }
    nx_buf_release(&line);
}

static void every_service_sends_the_same_article(void **state)
{
    (void)state;
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        const row *r = &rows[i];
        const char *log = kit_articles(nx_str_of(r->sent), r->name, NULL);
        if (kit_count(log, "--") != 1 || kit_count(log, "skip") != 0) {
            fail_msg("%s: not one article:\n%s", r->service, log);
        }
        expect(r, log, "title: ", TITLE " [record]\n");
        expect(r, log, "published: ", r->date);
        expect(r, log, "source: ", r->source);
        if (r->body != NULL) {
            expect(r, log, "body: ", r->body);
        } else {
            assert_null(strstr(log, "body: "));
        }
        for (size_t k = 0; k < NX_COUNT(r->also) && r->also[k] != NULL; k++) {
            expect(r, log, "", r->also[k]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_service_sends_the_same_article)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
