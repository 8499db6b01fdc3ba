// json_reader_test.c: the exports people have become the same article, and bad JSON a reason.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/unit/corpus_kit.h"

// A text long enough to be one, with words no date or byline grammar minds.
#define PROSE                                                                                      \
    "The river rose again overnight and the lower town was closed to traffic until the water "     \
    "fell. Nobody was hurt, the council said."

typedef struct row {
    const char *name, *json;
    const char *wants[12]; // lines that must be there; NULL ends
} row;

static const row rows[] = {
    {"news-please",
     "{\"authors\":[\"Jane Doe\",\"Ann Roe\"],\"date_publish\":\"2019-03-26T19:31:00\","
     "\"date_modify\":\"2019-03-27 08:00:00\",\"description\":\"Short.\",\"language\":\"en\","
     "\"source_domain\":\"www.example.org\",\"maintext\":\"" PROSE "\",\"title\":\"River rises\","
     "\"url\":\"https://www.example.org/river\",\"filename\":\"x.json\",\"image_url\":\"y\"}",
     {"title: River rises [record]", "author: Jane Doe [record]", "author: Ann Roe [record]",
      "published: 2019-03-26T19:31:00Z [record]", "updated: 2019-03-27T08:00:00Z [record]",
      "language: en [record]", "host: example.org [record]", "body: The river rose"}},
    {"newspaper3k",
     "{\"url\":\"http://example.org/a\",\"text\":\"" PROSE "\",\"images\":[],\"title\":\"River\","
     "\"meta_data\":{\"og\":{\"title\":\"no\"}},\"publish_date\":1545038400.0,"
     "\"canonical_link\":\"https://example.org/river\",\"summary\":\"\",\"keywords\":[\"flood\"]}",
     {"title: River [record]", "published: 2018-12-17T09:20:00Z [record]",
      "url: https://example.org/river [record]", "keyword: flood [record]"}},
    {"a crawl as a data set",
     "{\"requested_url\":\"http://example.org/r?x=1\",\"responded_url\":"
     "\"https://example.org/river\",\"plain_text\":\"" PROSE "\",\"title\":\"River rises\"}",
     {"title: River rises [record]", "url: https://example.org/river [record]", "body: The river"}},
    {"trafilatura: the source is the page",
     "{\"title\":\"River rises\",\"hostname\":\"example.org\",\"source\":"
     "\"https://example.org/river\",\"text\":\"" PROSE "\"}",
     {"url: https://example.org/river [record]"}},
    {"a site is no page",
     "{\"title\":\"River rises\",\"source\":\"https://example.org/\",\"text\":\"" PROSE "\"}",
     {"title: River rises [record]\nsource: example.org", "body: The river"}},
    {"pages fetched as Markdown",
     "{\"data\":[{\"markdown\":\"# River rises\\n\\nThe **river** rose, [say](https://a.example/b) "
     "friends.\\n\\n" PROSE "\",\"metadata\":{\"sourceURL\":\"https://example.org/river\"}}]}",
     {"title: River rises [record]", "url: https://example.org/river [record]",
      "body: The river rose, say friends. / The river rose again"}},
    {"a posting",
     "{\"title\":\"River rises\",\"selftext\":\"" PROSE "\",\"created_utc\":1545038400.0}",
     {"title: River rises [record]", "published: 2018-12-17T09:20:00Z [record]",
      "body: The river"}},
    {"NewsAPI",
     "{\"status\":\"ok\",\"totalResults\":1,\"articles\":[{\"source\":{\"id\":null,"
     "\"name\":\"The Bugle\"},\"author\":\"Jane Doe\",\"title\":\"River\",\"description\":\"d\","
     "\"url\":\"https://example.org/r\",\"publishedAt\":\"2019-03-26T19:31:00Z\","
     "\"content\":\"" PROSE " [+1234 chars]\"}]}",
     {"source: The Bugle [record]", "published: 2019-03-26T19:31:00Z [record]",
      "body: " PROSE "\n"}},
    {"The Guardian",
     "{\"response\":{\"status\":\"ok\",\"results\":[{\"id\":\"uk/river\",\"sectionName\":\"UK\","
     "\"webPublicationDate\":\"2019-03-26T19:31:00Z\",\"webTitle\":\"River\","
     "\"webUrl\":\"https://example.org/uk/river\",\"fields\":{\"headline\":\"River rises\","
     "\"byline\":\"Jane Doe\",\"bodyText\":\"" PROSE "\"}}]}}",
     {"id: uk/river [record]", "section: UK [record]", "author: Jane Doe [record]",
      "published: 2019-03-26T19:31:00Z [record]", "body: The river"}},
    {"New York Times",
     "{\"response\":{\"docs\":[{\"web_url\":\"https://example.org/r\",\"headline\":{\"main\":"
     "\"River rises\",\"kicker\":null},\"pub_date\":\"2019-03-26T19:31:00+0000\",\"byline\":"
     "{\"original\":\"By Jane Doe\",\"person\":[]},\"lead_paragraph\":\"" PROSE "\","
     "\"keywords\":[{\"name\":\"subject\",\"value\":\"Floods\"}],\"_id\":\"nyt://a/1\","
     "\"section_name\":\"U.S.\"}],\"meta\":{\"hits\":1}},\"copyright\":\"c\"}",
     {"title: River rises [record]", "author: Jane Doe [record]", "id: nyt://a/1 [record]",
      "section: U.S. [record]", "body: The river"}},
    {"Washington Post (TREC)",
     "{\"id\":\"x1\",\"article_url\":\"https://example.org/r\",\"title\":\"River\","
     "\"author\":\"Jane Doe\",\"published_date\":1553628660000,\"contents\":["
     "{\"type\":\"kicker\",\"content\":\"Local\"},{\"type\":\"title\",\"content\":\"River\"},"
     "{\"type\":\"image\",\"fullcaption\":\"no\"},{\"type\":\"sanitized_html\","
     "\"content\":\"" PROSE "\"},{\"type\":\"sanitized_html\",\"content\":\"More <b>rain</b> is "
     "due.\"}],\"type\":\"article\",\"source\":\"The Washington Post\"}",
     {"id: x1 [record]", "published: 2019-03-26T19:31:00Z [record]", "section: Local [record]",
      "body: " PROSE " / More rain is due.\n"}},
    {"JSON Feed",
     "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Bugle\",\"items\":["
     "{\"id\":\"2\",\"url\":\"https://example.org/2\",\"title\":\"River\",\"content_html\":"
     "\"<p>" PROSE "</p><p>Two</p>\",\"date_published\":\"2019-03-26T19:31:00-05:00\","
     "\"authors\":[{\"name\":\"Jane Doe\"}],\"tags\":[\"flood\"]}]}",
     {"id: 2 [record]", "published: 2019-03-27T00:31:00Z [record]", "author: Jane Doe [record]",
      "body: " PROSE " / Two\n", "keyword: flood [record]"}},
    {"ninjs",
     "{\"uri\":\"urn:a:1\",\"type\":\"text\",\"version\":\"3\",\"pubstatus\":\"usable\","
     "\"headline\":\"River\",\"body_html\":\"<p>" PROSE "</p>\",\"byline\":\"By Jane Doe\","
     "\"firstcreated\":\"2019-03-26T19:31:00Z\",\"versioncreated\":\"2019-03-26T20:00:00Z\","
     "\"embargoed\":\"2019-04-01T00:00:00Z\",\"language\":\"en-GB\",\"source\":\"AAP\"}",
     {"id: urn:a:1 [record]", "version: 3", "author: Jane Doe [record]",
      "published: 2019-03-26T19:31:00Z [record]", "updated: 2019-03-26T20:00:00Z [record]",
      "not before: 2019-04-01T00:00:00Z [record]", "state: 2", "language: en [record]"}},
    {"ninjs kill",
     "{\"uri\":\"urn:a:1\",\"pubstatus\":\"canceled\",\"headline\":\"River\",\"body_text\":\"x\"}",
     {"id: urn:a:1 [record]", "state: 1"}},
    {"Elasticsearch hits",
     "{\"hits\":{\"total\":1,\"hits\":[{\"_id\":\"e1\",\"_source\":{\"title\":\"River\","
     "\"text\":\"" PROSE "\"}}]}}",
     {"id: e1 [record]", "title: River [record]", "body: The river"}},
    {"WordPress REST",
     "[{\"id\":5,\"date_gmt\":\"2019-03-26T19:31:00\",\"link\":\"https://example.org/r\","
     "\"title\":{\"rendered\":\"River &#8217;rises\"},\"content\":{\"rendered\":\"<p>" PROSE
     "</p>\"},\"excerpt\":{\"rendered\":\"<p>Short</p>\"}}]",
     {"title: River \xe2\x80\x99rises [record]", "body: The river", "id: 5 [record]"}},
    {"single-quoted Python lists and missing values",
     "{\"title\":\"River\",\"text\":\"" PROSE "\",\"authors\":\"['Jane Doe', \\\"Ann O'Hara\\\"]\","
     "\"date\":\"N/A\",\"published\":\"2019-03-26\",\"section\":null,\"category\":\"News\","
     "\"label\":\"fake\"}",
     {"author: Jane Doe [record]", "author: Ann O'Hara [record]", "published: 2019-03-26 [record]",
      "section: News [record]"}},
    {"Mongo export",
     "{\"_id\":{\"$oid\":\"5c\"},\"headline\":\"River\",\"body\":\"" PROSE "\",\"created\":"
     "{\"$date\":\"2019-03-26T19:31:00Z\"}}",
     {"id: 5c [record]", "published: 2019-03-26T19:31:00Z [record]"}},
    {"an address where the publisher or the headline should be",
     "{\"title\":\"https://www.bbc.com/news/uk-1\",\"headline\":\"River\",\"text\":\"" PROSE
     "\",\"source\":\"/news/uk-1\",\"url\":\"https://www.bbc.com/news/uk-1\"}",
     {"title: River [record]", "source: BBC News [table]"}},
    {"a name that a better known outlet has too",
     "{\"title\":\"River\",\"text\":\"" PROSE "\",\"source\":\"Daily News\","
     "\"url\":\"https://www.dailynews.co.tz/river\"}",
     {"source: Daily News [record]"}},
    {"a body broken into lines of a screen's width",
     "{\"title\":\"River\",\"text\":\"    The river rose by two metres in a single night\\n"
     "and went over the walls that the town had built for\\n"
     "it after the flood of ninety years ago, when nobody\\n"
     "had been warned of anything at all.\\n"
     "    The mayor asked for sandbags, and for people to\\n"
     "carry them to the lower streets.\"}",
     {"body: The river rose by two metres in a single night and went over the walls that the town "
      "had "
      "built for it after the flood of ninety years ago, when nobody had been warned of anything "
      "at "
      "all. / The mayor asked for sandbags, and for people to carry them to the lower streets.\n"}},
    {"a broken body whose first line has lost its dateline",
     "{\"title\":\"River\",\"text\":\"The river rose\\n"
     "by two metres in a single night and went over walls that\\n"
     "the town had built for it after the flood of ninety years\\n"
     "ago, when nobody had been warned of anything, and when no\\n"
     "boat was to be had.\"}",
     {"body: The river rose by two metres in a single night and went over walls that the town had "
      "built for it after the flood of ninety years ago, when nobody had been warned of anything, "
      "and when no boat was to be had.\n"}},
    {"The Guardian, one item: what wraps it is no text",
     "{\"response\":{\"content\":{\"id\":\"uk/river\",\"webTitle\":\"River\",\"fields\":{"
     "\"bodyText\":\"" PROSE "\"},\"tags\":[{\"type\":\"contributor\",\"webTitle\":\"Jane "
     "Doe\"},{\"type\":\"keyword\",\"webTitle\":\"Floods\"}]}}}",
     {"title: River [record]", "body: The river", "author: Jane Doe [record]",
      "keyword: Floods [record]\n"}},
    {"New York Times: a keyword is its value",
     "{\"headline\":\"River\",\"body\":\"" PROSE "\",\"keywords\":[{\"name\":\"subject\","
     "\"value\":\"Floods\"}]}",
     {"keyword: Floods [record]"}},
    {"Elasticsearch hit without a text that is called one: _source is no source",
     "{\"_id\":\"e1\",\"_source\":{\"headline\":\"River\",\"content\":\"" PROSE
     "\",\"outlet\":\"The Bugle\"}}",
     {"source: The Bugle [record]", "body: The river"}},
    {"the title of an aggregator ends with the publisher",
     "{\"title\":\"River rises - The Bugle\",\"source\":{\"name\":\"The Bugle\"},"
     "\"content\":\"" PROSE "... [123 chars]\"}",
     {"title: River rises [record]", "body: " PROSE "...\n"}},
    {"of two dates the one with a time",
     "{\"title\":\"River\",\"body\":\"" PROSE "\",\"date\":\"2019-03-26\","
     "\"dateTimePub\":\"2019-03-26T19:31:00Z\"}",
     {"published: 2019-03-26T19:31:00Z [record]"}},
    {"WordPress REST: the date that has a zone, and people that are embedded",
     "{\"id\":5,\"date\":\"2019-03-26T20:31:00\",\"date_gmt\":\"2019-03-26T19:31:00\","
     "\"author\":3,\"title\":{\"rendered\":\"River\"},\"content\":{\"rendered\":\"<p>" PROSE
     "</p>\"},\"_embedded\":{\"author\":[{\"id\":3,\"name\":\"Jane Doe\"}]}}",
     {"published: 2019-03-26T19:31:00Z [record]", "author: Jane Doe [record]"}},
    {"Arc: credits and taxonomy",
     "{\"type\":\"story\",\"headlines\":{\"basic\":\"River\"},\"credits\":{\"by\":[{\"name\":"
     "\"Jane Doe\"}]},\"taxonomy\":{\"primary_section\":{\"name\":\"Local\"}},"
     "\"content_elements\":[{\"type\":\"text\",\"content\":\"" PROSE "\"}]}",
     {"author: Jane Doe [record]", "section: Local [record]"}},
    {"ninjs 3",
     "{\"uri\":\"urn:a:1\",\"type\":\"text\",\"pubStatus\":\"usable\",\"embargoed\":"
     "\"2019-04-01T00:00:00Z\",\"versionCreated\":\"2019-03-26T20:00:00Z\",\"headlines\":[{"
     "\"value\":\"River\"}],\"bodies\":[{\"value\":\"" PROSE "\"}],\"providers\":[{\"name\":"
     "\"NTB\"}]}",
     {"source: NTB [record]", "published: 2019-03-26T20:00:00Z [record]", "state: 2"}},
    {"ninjs 2 kill",
     "{\"uri\":\"urn:a:1\",\"pubStatus\":\"canceled\",\"headlines\":[{\"value\":\"River\"}]}",
     {"id: urn:a:1 [record]", "state: 1"}},
    {"JSON Feed: what it says of all items",
     "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"The Bugle\",\"language\":"
     "\"en-GB\",\"items\":[{\"id\":\"2\",\"title\":\"River\",\"content_text\":\"" PROSE "\"}]}",
     {"source: The Bugle [feed]", "language: en [record]"}},
    {"ninjs: one who has the rights is rather the publisher than one of several sources",
     "{\"headline\":\"River\",\"body_text\":\"" PROSE "\",\"infosources\":[{\"name\":\"Jane Doe\"},"
     "{\"name\":\"City Hall\"}],\"copyrightholder\":\"Northwire\"}",
     {"source: Northwire [record]"}},
    {"ninjs: the only source before who has the rights",
     "{\"headline\":\"River\",\"body_text\":\"" PROSE
     "\",\"infosources\":[{\"name\":\"Northwire\"}],"
     "\"copyrightholder\":\"Example Media Group\"}",
     {"source: Northwire [record]"}},
    {"fields called in another language",
     "{\"Titre\":\"River\",\"Texte\":\"" PROSE "\",\"Auteur\":\"Jane Doe\"}",
     {"title: River [record]", "author: Jane Doe [record]"}},
    {"a body of paragraphs",
     "{\"title\":\"River\",\"paragraphs\":[\"" PROSE "\",\"Two.\"]}",
     {"body: " PROSE " / Two.\n"}},
    {"lone surrogates, NULs and odd escapes are repaired",
     "{\"title\":\"A\\ud800B\\u0000C\\u0007\",\"text\":\"" PROSE "\"}",
     {"title: A\xef\xbf\xbd"
      "BC [record]"}},
    {"wrong types",
     "{\"title\":[\"River\"],\"text\":{\"html\":\"<p>" PROSE "</p>\"},\"authors\":{\"name\":"
     "\"Jane Doe\"},\"date\":[1553628660],\"url\":17,\"tags\":{\"a\":1},\"section\":true}",
     {"title: River [record]", "author: Jane Doe [record]",
      "published: 2019-03-26T19:31:00Z [record]", "body: The river"}},
    {"the last of equal keys",
     "{\"title\":\"A\",\"title\":\"B\",\"text\":\"" PROSE "\"}",
     {"title: B [record]"}},
    {"crawlers keep pages",
     "{\"url\":\"https://example.org/2019/river\",\"status\":200,\"html\":\"<!DOCTYPE html><html>"
     "<head><title>River rises</title><meta property='og:type' content='article'></head><body>"
     "<nav>Home News Sport</nav><article><h1>River rises</h1><p>" PROSE "</p><p>" PROSE
     "</p></article></body></html>\"}",
     {"title: River rises [markup]", "url: https://example.org/2019/river [", "body: The river"}},
    {"an editor's fragment of HTML",
     "{\"title\":\"River\",\"html\":\"<p>" PROSE "</p><p>Two.</p>\",\"status\":\"published\"}",
     {"title: River [record]", "body: " PROSE " / Two.\n"}},
    {"descriptions keep their paragraphs when they are the text",
     "{\"title\":\"River\",\"description\":\"<p>" PROSE "</p><p>Two.</p>\"}",
     {"body: " PROSE " / Two.\n"}},
    {"Ghost: tables of a database, the one of posts among them",
     "{\"db\":[{\"meta\":{\"version\":\"4\"},\"data\":{\"newsletters\":[{\"name\":\"Weekly\","
     "\"created_at\":\"2023-01-14T04:24:27.000Z\"}],\"posts\":[{\"id\":\"63c2\",\"title\":"
     "\"River\",\"mobiledoc\":\"{}\",\"html\":\"<p>" PROSE "</p>\",\"status\":\"published\","
     "\"published_at\":\"2023-01-14T04:28:17.000Z\"}]}}]}",
     {"id: 63c2 [record]", "published: 2023-01-14T04:28:17Z [record]", "body: " PROSE "\n"}},
    {"a program for reading feeds",
     "{\"id\":\"user/-/state/com.google/starred\",\"items\":[{\"id\":\"tag:google.com,2005:1\","
     "\"categories\":[\"user/-/state/com.google/starred\",\"Rivers\"],\"title\":\"River\","
     "\"published\":1545038400,\"alternate\":[{\"href\":\"https://example.org/river\",\"type\":"
     "\"text/html\"}],\"summary\":{\"content\":\"<p>" PROSE "</p><p>Two.</p>\"},\"author\":"
     "\"Jane Doe\",\"origin\":{\"streamId\":\"feed/1\",\"title\":\"The Bugle\"}}]}",
     {"source: The Bugle [record]", "section: Rivers [record]",
      "url: https://example.org/river [record]", "published: 2018-12-17T09:20:00Z [record]",
      "body: " PROSE " / Two.\n"}},
    {"rows of a data set's viewer",
     "{\"features\":[{\"feature_idx\":0,\"name\":\"title\"}],\"rows\":[{\"row_idx\":0,\"row\":{"
     "\"title\":\"River\",\"text\":\"" PROSE "\",\"date\":\"2019-03-26 00:00:00\"}}]}",
     {"title: River [record]", "published: 2019-03-26", "body: The river"}},
    {"MongoDB's dates",
     "{\"_id\":{\"$oid\":\"5e6e\"},\"title\":\"River\",\"text\":\"" PROSE "\",\"published\":{"
     "\"$date\":{\"$numberLong\":\"1553628660000\"}}}",
     {"id: 5e6e [record]", "published: 2019-03-26T19:31:00Z [record]"}},
    {"WordPress: local times beside those of Greenwich, lists by number",
     "{\"id\":7,\"modified\":\"2019-03-27T10:12:00\",\"modified_gmt\":\"2019-03-27T09:12:00\","
     "\"title\":{\"rendered\":\"River\"},\"content\":{\"rendered\":\"<p>" PROSE "</p>\"},"
     "\"tags\":[7,8]}",
     {"updated: 2019-03-27T09:12:00Z [record]\nlanguage: en [detected]\nbody: "}},
    {"the paper is known by its name, not by its house",
     "{\"title\":\"River\",\"text\":\"" PROSE "\",\"publisher\":\"Valley Media\","
     "\"publicationName\":\"The Bugle\"}",
     {"source: The Bugle [record]"}},
    {"a person deep inside",
     "{\"title\":\"River\",\"text\":\"" PROSE "\",\"author\":{\"data\":{\"id\":1,\"attributes\":{"
     "\"name\":\"Jane Doe\"}}}}",
     {"author: Jane Doe [record]"}},
};

// How editors keep a text; each is the same two paragraphs.
static const char *const trees[] = {
    // Contentful
    "{\"nodeType\":\"document\",\"data\":{},\"content\":[{\"nodeType\":\"paragraph\",\"content\":["
    "{\"nodeType\":\"text\",\"value\":\"The river \",\"marks\":[]},{\"nodeType\":\"hyperlink\","
    "\"data\":{\"uri\":\"x\"},\"content\":[{\"nodeType\":\"text\",\"value\":\"rose\"}]},"
    "{\"nodeType\":\"text\",\"value\":\" again.\"}]},{\"nodeType\":\"embedded-asset-block\","
    "\"data\":{\"value\":\"no\"}},{\"nodeType\":\"heading-2\",\"content\":[{\"nodeType\":\"text\","
    "\"value\":\"Nobody was hurt.\"}]}]}",
    // ProseMirror
    "{\"type\":\"doc\",\"content\":[{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\","
    "\"text\":\"The river \"},{\"type\":\"text\",\"marks\":[{\"type\":\"bold\"}],\"text\":"
    "\"rose\"},{\"type\":\"text\",\"text\":\" again.\"}]},{\"type\":\"bulletList\",\"content\":[{"
    "\"type\":\"listItem\",\"content\":[{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\","
    "\"text\":\"Nobody was hurt.\"}]}]}]}]}",
    // Lexical
    "{\"root\":{\"type\":\"root\",\"children\":[{\"type\":\"paragraph\",\"children\":[{\"type\":"
    "\"text\",\"text\":\"The river \"},{\"type\":\"link\",\"children\":[{\"type\":\"text\","
    "\"text\":\"rose\"}]},{\"type\":\"text\",\"text\":\" again.\"}]},{\"type\":\"quote\","
    "\"children\":[{\"type\":\"text\",\"text\":\"Nobody was hurt.\"}]}]}}",
    // Slate
    "[{\"type\":\"paragraph\",\"children\":[{\"text\":\"The river \"},{\"text\":\"rose\",\"bold\":"
    "true},{\"text\":\" again.\"}]},{\"type\":\"image\",\"url\":\"x\",\"children\":[{\"text\":"
    "\"no\"}]},{\"type\":\"paragraph\",\"children\":[{\"text\":\"Nobody was hurt.\"}]}]",
    // Portable Text
    "[{\"_type\":\"block\",\"style\":\"normal\",\"children\":[{\"_type\":\"span\",\"text\":"
    "\"The river \"},{\"_type\":\"span\",\"marks\":[\"em\"],\"text\":\"rose\"},{\"_type\":"
    "\"span\",\"text\":\" again.\"}]},{\"_type\":\"block\",\"children\":[{\"_type\":\"span\","
    "\"text\":\"Nobody was hurt.\"}]}]",
    // Editor.js
    "{\"time\":1,\"blocks\":[{\"type\":\"paragraph\",\"data\":{\"text\":\"The river <b>rose</b> "
    "again.\"}},{\"type\":\"image\",\"data\":{\"caption\":\"no\"}},{\"type\":\"list\",\"data\":{"
    "\"style\":\"ordered\",\"items\":[\"Nobody was hurt.\"]}}]}",
    // Draft.js
    "{\"blocks\":[{\"key\":\"a\",\"text\":\"The river rose again.\",\"type\":\"unstyled\","
    "\"data\":{}},{\"text\":\"Nobody was hurt.\",\"type\":\"header-two\"}],\"entityMap\":{}}",
    // Arc
    "[{\"type\":\"text\",\"content\":\"The river <b>rose</b> again.\"},{\"type\":\"image\","
    "\"caption\":\"no\"},{\"type\":\"quote\",\"content_elements\":[{\"type\":\"text\",\"content\":"
    "\"Nobody was hurt.\"}]}]",
    // Apple News
    "[{\"role\":\"title\",\"text\":\"no\"},{\"role\":\"body\",\"text\":\"<p>The river rose again."
    "</p>\"},{\"role\":\"section\",\"components\":[{\"role\":\"photo\",\"caption\":\"no\"},{"
    "\"role\":\"heading2\",\"text\":\"Nobody was hurt.\"}]}]",
};

static void exports_become_articles(void **state)
{
    (void)state;
    nx_corpus_options o = NX_CORPUS_OPTIONS_INIT;
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        const char *log = kit_articles(nx_str_of(rows[i].json), "in.json", &o);
        if (kit_count(log, "--") != 1 || kit_count(log, "skip") != 0) {
            fail_msg("%s: not one article:\n%s", rows[i].name, log);
        }
        for (const char *const *want = rows[i].wants; *want != NULL; want++) {
            if (strstr(log, *want) == NULL) {
                fail_msg("%s: no \"%s\" in\n%s", rows[i].name, *want, log);
            }
        }
    }
}

static void editors_trees_are_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < NX_COUNT(trees); i++) {
        nx_buf json;
        nx_buf_init(&json, SIZE_MAX);
        nx_buf_addz(&json, "{\"title\":\"River\",\"body\":");
        nx_buf_addz(&json, trees[i]);
        nx_buf_addc(&json, '}');
        kit_expect(kit_articles(nx_buf_str(&json), "in.json", NULL),
                   "body: The river rose again. / Nobody was hurt.\n");
        nx_buf_release(&json);
    }
}

static void a_feed_says_nothing_of_what_stands_beside_it(void **state)
{
    (void)state;
    nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;
    options.format = NX_FORMAT_JSONL;
    const char *log = kit_articles(
        NX_STR(
            "[{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"The Bugle\",\"items\":[{"
            "\"title\":\"River\",\"text\":\"" PROSE
            "\"}]},{\"items\":[{\"title\":\"Bridge\",\"text\":\"" PROSE "\"}]}]\n"),
        "in.jsonl", &options);
    kit_expect(log, "title: River [record]\nsource: The Bugle [feed]");
    kit_expect(log, "title: Bridge [record]\nlanguage");
}

static void what_is_no_article_is_a_skip_with_its_reason(void **state)
{
    (void)state;
    static const char *const bad[][2] = {
        {"{\"title\": \"a\", }", "skip format @1L invalid JSON\n"},
        {"{\"title\": \"a\"", "skip format @0 invalid JSON\n"},
        {"{\"a\": tru}", "skip format @1L invalid JSON\n"},
        {"{\"followers\": 17}", "skip ok @1L not an article\n"},
        {"{\"type\":\"picture\",\"headline\":\"x\",\"uri\":\"y\"}", "skip ok @1L not an article\n"},
        {"{\"title\":\"River\",\"html\":\"<p>" PROSE "</p>\",\"status\":\"draft\"}",
         "skip ok @1L not an article\n"},
        {"{}", "skip ok @1L not an article\n"},
        {"{\"name\":\"parser\",\"version\":\"1.0\",\"id\":7}", "skip ok @1L not an article\n"},
        {"[1, \"two\"]", "skip ok @1 not an article\nskip ok @4 not an article\n"},
    };
    for (size_t i = 0; i < NX_COUNT(bad); i++) {
        assert_string_equal(kit_articles(nx_str_of(bad[i][0]), "in", NULL), bad[i][1]);
    }
}

static void deep_nesting_is_refused(void **state)
{
    (void)state;
    enum { DEEP = 100000 };
    char *text = malloc(DEEP + 8);
    assert_non_null(text);
    memcpy(text, "{\"a\":", 5);
    memset(text + 5, '[', DEEP);
    const char *log = kit_articles(nx_str_make(text, DEEP + 5), "in.jsonl", NULL);
    free(text);
    assert_string_equal(log, "skip limit @1L JSON over a limit\n");
}

static void fields_can_be_named(void **state)
{
    (void)state;
    const nx_field_map maps[] = {{NX_STR("title"), NX_STR("a.b")},
                                 {NX_STR("text"), NX_STR("payload")},
                                 {NX_STR("date"), NX_STR("stamp")}};
    nx_corpus_options o = NX_CORPUS_OPTIONS_INIT;
    o.fields = maps;
    o.field_count = 3;
    const char *log =
        kit_articles(NX_STR("{\"title\":\"no\",\"a\":{\"b\":\"River\"},\"payload\":\"" PROSE "\","
                            "\"stamp\":1553628660}\n"),
                     "in", &o);
    assert_non_null(strstr(log, "title: River [record]\n"));
    assert_non_null(strstr(log, "published: 2019-03-26T19:31:00Z [record]\n"));
    assert_non_null(strstr(log, "body: The river"));
}

static void a_date_may_be_one_number(void **state)
{
    (void)state;
    static const char *const dates[] = {"1553628660",       "1553628660000",  "1553628660000000",
                                        "\"1553628660.5\"", "20190326193100", "\"201903261931\""};
    for (size_t i = 0; i < NX_COUNT(dates); i++) {
        nx_buf line;
        nx_buf_init(&line, 10000);
        nx_buf_addf(&line, "{\"title\":\"River\",\"text\":\"" PROSE "\",\"date\":%s}\n", dates[i]);
        const char *log = kit_articles(nx_buf_str(&line), "in", NULL);
        assert_non_null(strstr(log, "published: 2019-03-26T19:31:00Z [record]\n"));
        nx_buf_release(&line);
    }
}

static void text_that_is_not_utf8_is_understood(void **state)
{
    (void)state;
    const char *log = kit_articles(
        NX_STR("{\"title\":\"Caf\xe9 \x93ouvert\x94\",\"text\":\"" PROSE "\"}\n"), "in", NULL);
    assert_non_null(strstr(log, "title: Caf\xc3\xa9 \xe2\x80\x9couvert\xe2\x80\x9d [record]\n"));
}

// What the title is in a record, and what it is in the article.
static void damaged_text_is_repaired_where_all_of_it_proves_how(void **state)
{
    (void)state;
    static const char *const titles[][2] = {
        {"â€œWeâ€™re sadâ€\xc2\x9d"
         ", said JosÃ© MÃ¼ller â€” the captain.",
         "“We’re sad”, said José Müller — the captain."},
        {"RomneyÃ¢â‚¬â„¢s lead", "Romney’s lead"},
        {"WrocÅ‚aw i GdaÅ„sk, takÅ¼e", "Wrocław i Gdańsk, także"},
        {"Â£5m cafÃ©", "£5m café"},
        {"â€œWeâ€ said", "“We” said"},
        {"BEYONCÉ’S tour", "BEYONCÉ’S tour"},
        {"CAFÉ… in SMÅ’s", "CAFÉ… in SMÅ’s"},
        {"São Paulo não", "São Paulo não"},
        {"“Zürich”, ’68 — Łódź", "“Zürich”, ’68 — Łódź"},
        {"cafÃ© and “café”", "cafÃ© and “café”"},
        {"Ã alone", "Ã alone"},
        {"Â", "Â"},
        {"He wonÕt say Òyes,Ó IndiaÕs minister", "He won’t say “yes,” India’s minister"},
        {"Òpera a ROMAÕS, JOÃO e Óscar", "Òpera a ROMAÕS, JOÃO e Óscar"},
        {"plain", "plain"},
    };
    for (size_t i = 0; i < NX_COUNT(titles); i++) {
        nx_buf json, want;
        nx_buf_init(&json, 4096);
        nx_buf_init(&want, 4096);
        nx_buf_addf(&json, "{\"title\":\"%s\",\"text\":\"It rained all day, he said.\"}",
                    titles[i][0]);
        nx_buf_addf(&want, "title: %s [record]\n", titles[i][1]);
        const char *log = kit_articles(nx_buf_str(&json), "x.json", NULL);
        if (strstr(log, want.data) == NULL) {
            fail_msg("no %s in %s", want.data, log);
        }
        nx_buf_release(&json);
        nx_buf_release(&want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exports_become_articles),
        cmocka_unit_test(editors_trees_are_texts),
        cmocka_unit_test(a_feed_says_nothing_of_what_stands_beside_it),
        cmocka_unit_test(what_is_no_article_is_a_skip_with_its_reason),
        cmocka_unit_test(deep_nesting_is_refused),
        cmocka_unit_test(fields_can_be_named),
        cmocka_unit_test(a_date_may_be_one_number),
        cmocka_unit_test(text_that_is_not_utf8_is_understood),
        cmocka_unit_test(damaged_text_is_repaired_where_all_of_it_proves_how),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
