// feed_test.c: what the dialects of feeds say in different words is the same fact.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "corpus/url_join.h"
#include "tests/unit/corpus_kit.h"

typedef struct row {
    const char *name, *feed;
    const char *wants[8];
} row;

#define RSS(item) "<rss version='2.0'><channel>" item "</channel></rss>"
#define ATOM(entry) "<feed xmlns='http://www.w3.org/2005/Atom'>" entry "</feed>"

static const row rows[] = {
    {"RSS 1.0: items beside the channel",
     "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
     "xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
     "<channel><title>Bugle</title></channel><item rdf:about='http://a.example/1'>"
     "<title>Rain</title><dc:date>2003-05-01</dc:date></item></rdf:RDF>",
     {"url: http://a.example/1 [feed]", "title: Rain [feed]", "published: 2003-05-01 [feed]"}},
    {"Atom 0.3: escaped content",
     "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title mode='escaped' "
     "type='text/html'>R&amp;amp;D</title><issued>2004-02-03T04:05:06Z</issued>"
     "<content type='text/html' mode='escaped'>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.</content>"
     "</entry></feed>",
     {"title: R&D [feed]", "published: 2004-02-03T04:05:06Z [feed]", "body: One. / Two."}},
    {"markup that was escaped twice, in the text and in the feed's title",
     RSS("<title>The Bugle &amp;#8211; News</title><item><title>t</title><description>"
         "&amp;lt;p&amp;gt;One &amp;amp;amp; "
         "one.&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;Two.&amp;lt;/p&amp;gt;"
         "</description></item>"),
     {"source: The Bugle \xe2\x80\x93 News [feed]", "body: One & one. / Two."}},
    {"text about markup is escaped once more than markup",
     RSS("<item><title>t</title><description>&lt;p>Write &amp;lt;p> before it.&lt;/p>"
         "</description></item>"),
     {"body: Write <p> before it."}},
    {"Atom text is no markup",
     ATOM("<entry><title type='text'>a &lt;b&gt; c</title></entry>"),
     {"title: a <b> c [feed]"}},
    {"Atom base64 content",
     ATOM("<entry><title>t</title><content type='application/octet-stream'>"
          "UmFpbiBpbiBMZWVkcy4=</content></entry>"),
     {"body: Rain in Leeds."}},
    {"the text of a feed that names it in its own way",
     RSS("<item><title>t</title><description>Short.</description>"
         "<fullitem>&lt;p>The whole text.&lt;/p></fullitem></item>"),
     {"summary: Short.", "body: The whole text."}},
    {"the source is the publisher and leaves the title",
     RSS("<title>Some aggregator</title><item><title>Storm hits - The Guardian</title>"
         "<source url='https://www.theguardian.com'>The Guardian</source></item>"
         "<item><title>No source here</title></item>"),
     {"title: Storm hits [feed]", "source: The Guardian [feed]", "title: No source here [feed]"}},
    {"the feed's title names the outlet in one of its parts",
     RSS("<title>World news | The Guardian</title><item><title>t</title></item>"),
     {"source: The Guardian [feed]"}},
    {"a guid is a link unless it says no",
     RSS("<item><title>a</title><guid>http://a.example/1</guid></item>"
         "<item><title>b</title><guid isPermaLink='false'>http://a.example/2</guid></item>"),
     {"id: http://a.example/1 [feed]", "url: http://a.example/1 [feed]",
      "id: http://a.example/2 [feed]\ntitle: b"}},
    {"relative links and xml:base",
     ATOM("<link href='http://a.example/x/'/><entry xml:base='/y/'><title>t</title>"
          "<link href='z.html'/></entry>"),
     {"url: http://a.example/y/z.html [feed]"}},
    {"the link before the enclosure",
     ATOM("<entry><title>t</title><link rel='enclosure' href='http://a.example/e.mp3'/>"
          "<link rel='alternate' href='http://a.example/t'/></entry>"),
     {"url: http://a.example/t [feed]"}},
    {"media text only when nothing else is there",
     "<rss xmlns:media='http://search.yahoo.com/mrss/'><item><title>t</title><media:group>"
     "<media:title>no</media:title><media:description>From media.</media:description>"
     "</media:group></item></rss>",
     {"title: t [feed]", "body: From media."}},
    {"naked markup in a description",
     RSS("<item><title>t</title><description><p>One.</p><p>Two.</p></description></item>"),
     {"body: One. / Two."}},
    {"ill-formed: open tags, bare ampersands, HTML entities, junk before",
     "<br />Warning\n<?xml version='1.0'?><rss><channel><title>Bugle & Co</title>"
     "<item><title>Fish&nbsp;& chips<link>http://a.example/1"
     "<item><title>Second &eacute;</title></item></channel>",
     {"url: http://a.example/1 [feed]", "title: Fish & chips [feed]",
      "title: Second \xc3\xa9 [feed]"}},
    {"Latin-1 declared",
     "<?xml version='1.0' encoding='iso-8859-1'?>" RSS("<item><title>caf\xe9</title></item>"),
     {"title: caf\xc3\xa9 [feed]"}},
    {"UTF-8 declared, windows-1252 sent",
     "<?xml version='1.0' encoding='utf-8'?>" RSS(
         "<item><title>\x93Quote\x94 and a caf\xe9</title></item>"),
     {"title: \xe2\x80\x9cQuote\xe2\x80\x9d and a caf\xc3\xa9 [feed]"}},
    {"references to windows-1252",
     RSS("<item><title>It&#146;s &#x93;fine&#148;</title></item>"),
     {"title: It\xe2\x80\x99s \xe2\x80\x9c"
      "fine\xe2\x80\x9d [feed]"}},
    {"an entry as a document",
     "<entry xmlns='http://www.w3.org/2005/Atom'><title>Alone</title></entry>",
     {"title: Alone [feed]"}},
    {"no items", RSS("<title>t</title>"), {"skip ok @0 no items"}},
    {"no XML", "<", {"skip format @0 invalid XML"}},
};

static void each_dialect_gives_the_facts(void **state)
{
    (void)state;
    nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;
    options.format = NX_FORMAT_FEED;
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        const char *log = kit_articles(nx_str_of(rows[i].feed), "feed.xml", &options), *at = log;
        for (size_t k = 0; k < 8 && rows[i].wants[k] != NULL; k++) {
            at = strstr(at, rows[i].wants[k]);
            if (at == NULL) {
                fail_msg("%s: no \"%s\" there in:\n%s", rows[i].name, rows[i].wants[k], log);
            }
        }
    }
}

static void users_of_an_export_have_names(void **state)
{
    (void)state;
    nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;
    options.format = NX_FORMAT_WXR;
    const char *log = kit_articles(
        NX_STR("<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' "
               "xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>Bugle</title>"
               "<wp:author><wp:author_login>ben</wp:author_login><wp:author_display_name>Ben Okoro"
               "</wp:author_display_name></wp:author>"
               "<wp:author><wp:author_login>ada</wp:author_login><wp:author_display_name>Ada Moreno"
               "</wp:author_display_name></wp:author><item><title>t</title><dc:creator>ada</"
               "dc:creator>"
               "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item></channel></"
               "rss>"),
        "in.xml", &options);
    assert_non_null(strstr(log, "author: Ada Moreno [feed]\n"));
}

static void entity_bombs_are_text(void **state)
{
    (void)state;
    const char *log = kit_articles(
        NX_STR("<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'>"
               "<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
               "<rss><item><title>&b;&x;</title></item></rss>"),
        "feed.xml", NULL);
    assert_non_null(strstr(log, "title: &b;&x; [feed]"));
}

static void deep_nesting_is_refused(void **state)
{
    (void)state;
    nx_buf b;
    nx_buf_init(&b, 1 << 20);
    nx_buf_addz(&b, "<?xml version='1.0'?><rss><item><title>t</title><description>");
    for (int i = 0; i < 5000; i++) {
        nx_buf_addz(&b, "<div>");
    }
    for (int i = 0; i < 5000; i++) {
        nx_buf_addz(&b, "</div>");
    }
    nx_buf_addz(&b, "</description></item></rss>");
    const char *log = kit_articles(nx_buf_str(&b), "feed.xml", NULL);
    assert_non_null(strstr(log, "skip limit @0 over a limit"));
    nx_buf_release(&b);
}

// RFC 3986, 5.4: base, reference, result.
static const char *const joins[][3] = {
    {"http://a/b/c/d;p?q", "g", "http://a/b/c/g"},
    {"http://a/b/c/d;p?q", "./g/", "http://a/b/c/g/"},
    {"http://a/b/c/d;p?q", "/g", "http://a/g"},
    {"http://a/b/c/d;p?q", "//g", "http://g"},
    {"http://a/b/c/d;p?q", "?y", "http://a/b/c/d;p?y"},
    {"http://a/b/c/d;p?q", "g?y#s", "http://a/b/c/g?y#s"},
    {"http://a/b/c/d;p?q", "#s", "http://a/b/c/d;p?q#s"},
    {"http://a/b/c/d;p?q", "", "http://a/b/c/d;p?q"},
    {"http://a/b/c/d;p?q", "..", "http://a/b/"},
    {"http://a/b/c/d;p?q", "../../g", "http://a/g"},
    {"http://a/b/c/d;p?q", "../../../g", "http://a/g"},
    {"http://a/b/c/d;p?q", "g:h", "g:h"},
    {"http://a", "g", "http://a/g"},
    {"", "g", "g"},
    {"relative", "g", "g"},
};

static void references_are_resolved(void **state)
{
    (void)state;
    nx_buf out;
    nx_buf_init(&out, 1000);
    for (size_t i = 0; i < NX_COUNT(joins); i++) {
        nx_url_join(nx_str_of(joins[i][0]), nx_str_of(joins[i][1]), &out);
        assert_string_equal(out.data, joins[i][2]);
    }
    nx_buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_dialect_gives_the_facts),
        cmocka_unit_test(users_of_an_export_have_names),
        cmocka_unit_test(entity_bombs_are_text),
        cmocka_unit_test(deep_nesting_is_refused),
        cmocka_unit_test(references_are_resolved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
