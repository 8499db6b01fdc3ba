// epub_test.c: e-books: issues of newspapers, collections, one article; what the book says of its
// pages, and limits.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/unit/corpus_kit.h"
#include "tests/zip_kit.h"

#define PROSE                                                                                      \
    "<p>The harbour bridge will stay closed until the spring, the council said on Monday, after "  \
    "inspectors found rust in the cables that carry it over the cold water.</p>"
#define PACKAGE(facts, manifest)                                                                   \
    "<package><metadata xmlns:dc='http://purl.org/dc/elements/1.1/'>" facts                        \
    "</metadata><manifest>" manifest "</manifest></package>"
#define POINT(label, file, below)                                                                  \
    "<navPoint><navLabel><text>" label "</text></navLabel><content src='" file "'/>" below         \
    "</navPoint>"
#define ISSUE                                                                                      \
    PACKAGE("<dc:title>The Valley Herald [Sun, 22 Nov 2026]</dc:title><dc:language>en"             \
            "</dc:language><dc:creator>Jane Doe</dc:creator>",                                     \
            "")

#define TEN "Ten bytes "
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

typedef struct part {
    const char *name, *content;
} part;

static const char *read_book(const part *parts, const nx_corpus_options *options)
{
    kit_zip z;
    kit_zip_start(&z);
    kit_zip_add(&z, "mimetype", NX_STR("application/epub+zip"));
    for (; parts->name != NULL; parts++) {
        kit_zip_add(&z, parts->name, nx_str_of(parts->content));
    }
    const char *log = kit_articles(kit_zip_end(&z), "book", options);
    kit_zip_release(&z);
    return log;
}

// As a downloader writes it: the lists that lead to the articles are pages, too.
static void an_issue_is_its_articles(void **state)
{
    (void)state;
    static const part parts[] = {
        {"feed_0/article_0/index.html",
         "<html><head><title>Unknown</title></head><body><h1>Harbour bridge stays closed</h1>"
         "<p class='byline'>By Joan Roe</p>" PROSE
         "<p>This article was downloaded by <b>calibre</b> from <a rel='calibre-downloaded-from' "
         "href=\"https://herald.example/bridge/\">it</a></p></body></html>"},
        {"feed_0/index.html", "<h2>Town</h2><ul><li><a href='article_0/index.html'>Harbour bridge "
                              "stays closed</a>" PROSE PROSE "</li></ul>"},
        {"OPS/../content.opf", ISSUE},
        {"toc.ncx", "<!DOCTYPE ncx PUBLIC 'a' 'b'><ncx><navMap>" POINT(
                        "Town", "feed_0/index.html",
                        POINT("Bridge closed until spring", "feed_0/article_0/index.html#top",
                              "")) "</navMap></ncx>"},
        {NULL, NULL}};
    const char *log = read_book(parts, NULL);
    kit_expect(log, "title: Bridge closed until spring [meta]\n");
    kit_expect(log, "source: The Valley Herald [meta]\n");
    kit_expect(log, "author: Joan Roe [markup]\n"); // not the downloader's
    kit_expect(log, "published: 2026-11-22 [meta]\n");
    kit_expect(log, "section: Town [meta]\n");
    kit_expect(log, "language: en [meta]\n");
    kit_expect(log, "url: https://herald.example/bridge [header]\n");
    kit_expect(log, "body: The harbour bridge will stay closed");
    kit_expect(log, "skip ok feed_0/index.html @0 not an article\n");
    assert_null(strstr(log, "downloaded"));
    assert_int_equal(kit_count(log, "--"), 1);
}

static void titles_of_issues(void **state)
{
    (void)state;
    static const struct {
        const char *title, *source, *published;
    } cases[] = {
        {"The Valley Herald [Sun, 22 Nov 2026]", "The Valley Herald", "2026-11-22"},
        {"Le Courrier - 22 novembre 2026", "Le Courrier", "2026-11-22"},
        {"Der Bote, 22.11.2026", "Der Bote", "2026-11-22"},
        {"Tribune \u2013 2026-11-22", "Tribune", "2026-11-22"},
        {"The Weekly (Nov 22, 2026)", "The Weekly", "2026-11-22"},
        {"A Reader [2]", "A Reader [2]", NULL},
        {"News of 1998", "News of 1998", NULL},
        {HUNDRED HUNDRED TEN "x, 2026-11-22", HUNDRED HUNDRED TEN "x", "2026-11-22"},
        {HUNDRED HUNDRED HUNDRED "x, 2026-11-22", HUNDRED HUNDRED HUNDRED "x, 2026-11-22", NULL},
    };
    for (size_t i = 0; i < NX_COUNT(cases); i++) {
        nx_buf package, source, published;
        nx_buf_init(&package, SIZE_MAX);
        nx_buf_init(&source, SIZE_MAX);
        nx_buf_init(&published, SIZE_MAX);
        nx_buf_addf(&package, PACKAGE("<dc:title>%s</dc:title>", ""), cases[i].title);
        nx_buf_addf(&source, "source: %s [meta]\n", cases[i].source);
        nx_buf_addf(&published, "published: %s [meta]\n", cases[i].published);
        const part parts[] = {
            {"a.xhtml", "<h1>Bridge closed</h1>" PROSE},
            {"x.opf", package.data},
            {"x.ncx", "<ncx>" POINT("One", "a.xhtml", "") POINT("Two", "b.xhtml", "") "</ncx>"},
            {NULL, NULL}};
        const char *log = read_book(parts, NULL);
        kit_expect(log, source.data);
        if (cases[i].published != NULL) {
            kit_expect(log, published.data);
        } else {
            assert_null(strstr(log, "published:"));
        }
        nx_buf_release(&package);
        nx_buf_release(&source);
        nx_buf_release(&published);
    }
}

static void a_list_of_contents_that_is_a_page(void **state)
{
    (void)state;
    static const part parts[] = {
        {"OEBPS/nav.xhtml",
         "<html xmlns='http://www.w3.org/1999/xhtml'><body><nav><ol><li><span>Saved</span><ol><li>"
         "<a href='text/no%20more%C3%A9.xhtml'>Bridge closed</a></li><li><a href='../b.xhtml'>"
         "Ferry stays</a></li></ol></li></ol></nav>" PROSE PROSE PROSE "</body></html>"},
        {"OEBPS/text/no more\u00e9.xhtml", "<title>My list</title><h2>Bridge closed</h2>" PROSE},
        {"b.xhtml", "<title>My list</title>" PROSE},
        {"OEBPS/content.opf",
         PACKAGE("<dc:title>My list</dc:title><dc:date>2026-11-22</dc:date><dc:creator>Jane Doe"
                 "</dc:creator><dc:language>fr</dc:language>",
                 "<item href='x.xhtml'/><item properties='scripted nav' href='nav.xhtml'/>")},
        {NULL, NULL}};
    const char *log = read_book(parts, NULL);
    kit_expect(log, "title: Bridge closed [meta]\nsource: My list [meta]\n");
    kit_expect(log, "title: Ferry stays [meta]\nsource: My list [meta]\n");
    kit_expect(log, "section: Saved [meta]\n");
    kit_expect(log, "author: Jane Doe [meta]\n");
    assert_null(strstr(log, "language: fr"));
    assert_int_equal(kit_count(log, "--"), 2);
    assert_int_equal(kit_count(log, "skip"), 0);
}

static void one_article_is_what_the_book_is_called(void **state)
{
    (void)state;
    static const part parts[] = {
        {"cover.xhtml", "<title>Cover</title><img src='cover.jpg'>"},
        {"text.xhtml", "<title>text</title>" PROSE},
        {"book.opf", PACKAGE("<dc:title>Why the bridge rusts</dc:title><dc:creator>Jane Doe"
                             "</dc:creator><dc:date>2025-03-05</dc:date>",
                             "")},
        {NULL, NULL}};
    const char *log = read_book(parts, NULL);
    kit_expect(log, "skip ok cover.xhtml @0 not an article\n");
    kit_expect(log, "title: Why the bridge rusts [meta]\n");
    kit_expect(log, "published: 2025-03-05 [meta]\n");
    kit_expect(log, "author: Jane Doe [meta]\n");
    assert_null(strstr(log, "source:"));
}

static void what_cannot_be_read_says_why(void **state)
{
    (void)state;
    static const part none[] = {{"content.opf", ISSUE}, {"cover.jpg", "x"}, {NULL, NULL}};
    assert_string_equal(read_book(none, NULL), "skip ok @0 empty\n");
    // Damaged lists are lists that are not there.
    static const part damaged[] = {{"content.opf", "<package><meta"},
                                   {"toc.ncx", "no list"},
                                   {"a.html", "<h1>Bridge closed</h1>" PROSE PROSE},
                                   {NULL, NULL}};
    kit_expect(read_book(damaged, NULL), "title: Bridge closed");
    nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;
    options.limits.record_bytes = 4 << 10;
    nx_buf page;
    nx_buf_init(&page, SIZE_MAX);
    while (page.len < 8 << 10) {
        nx_buf_addz(&page, PROSE);
    }
    const part large[] = {{"content.opf", ISSUE}, {"a.html", page.data}, {NULL, NULL}};
    assert_string_equal(read_book(large, &options), "skip limit @0 over a limit\n");
    nx_buf_clear(&page);
    nx_buf_addz(&page, "<ncx>");
    for (int i = 0; i < 150; i++) { // lists below lists
        nx_buf_addz(&page, "<navPoint><content src='a.html'/>");
    }
    const part deep[] = {
        {"toc.ncx", page.data}, {"a.html", "<h1>Bridge closed</h1>" PROSE PROSE}, {NULL, NULL}};
    kit_expect(read_book(deep, NULL), "title: Bridge closed");
    nx_buf_release(&page);
}

// Each page has a copy of what the book is called.
static void a_name_without_end_is_none(void **state)
{
    (void)state;
    nx_buf package;
    nx_buf_init(&package, SIZE_MAX);
    nx_buf_addz(&package, "<package><metadata><title>");
    while (package.len < 4 << 20) {
        nx_buf_addz(&package, "Without end ");
    }
    nx_buf_addz(&package, "</title></metadata></package>");
    const part parts[] = {{"content.opf", package.data},
                          {"a.html", "<title>Bridge closed</title>" PROSE PROSE},
                          {NULL, NULL}};
    kit_expect(read_book(parts, NULL), "title: Bridge closed");
    nx_buf_release(&package);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_issue_is_its_articles),
        cmocka_unit_test(titles_of_issues),
        cmocka_unit_test(a_list_of_contents_that_is_a_page),
        cmocka_unit_test(one_article_is_what_the_book_is_called),
        cmocka_unit_test(what_cannot_be_read_says_why),
        cmocka_unit_test(a_name_without_end_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
