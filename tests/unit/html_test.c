// html_test.c: pages in, articles out: the story, and what is no article.
#include <stdlib.h>

#include "corpus/html_phrases.h"
#include "corpus/html_words.h"
#include "corpus/reader.h"
#include "corpus/shingles.h"
#include "tests/unit/html_kit.h"
#include "tests/unit/repeated.h"

static void the_story_is_kept_and_the_rest_left_out(void **state)
{
    (void)state;
    read_page(
        NX_STR(
            "<html lang=en><head><title>Ferry line to close - The Eastmere Post</title>"
            "<meta property=og:site_name content='The Eastmere Post'>"
            "<meta property=og:type content=article></head><body>"
            "<header><nav><ul><li><a href=/>Home</a><li><a href=/w>World</a></ul></nav></header>"
            "<div class=cookie-banner><p>We use cookies, and we would like your consent to "
            "store them on your device for the purposes below.</p></div>"
            "<main><article><h1>Ferry line to close</h1>"
            "<p class=standfirst>After ninety years the last boat leaves in spring, says the "
            "council.</p>"
            "<div class=byline>By Ada Moreno</div>"
            "<figure><img src=x><figcaption>A ferry leaves the old pier of Eastmere in autumn, "
            "seen from the lighthouse.</figcaption></figure>"
            "<p>" PARA1 "</p>"
            "<aside class=related><h3>Related</h3><p><a href=/1>Harbour dues rise again, and "
            "fishermen are furious about it</a></p></aside>"
            "<p>" PARA2 "</p><p><a href=/2>Read more: how the ferry came to Eastmere</a></p>"
            "<h2>Old boats</h2><p>" PARA3 "</p>"
            "<ul><li>The first boat sailed in 1931.</li><li>The last was built in 1961.</li></ul>"
            "<blockquote>We will miss it, of course.</blockquote>"
            "<div class='newsletter-signup'><p>Sign up for our morning newsletter and never miss "
            "a story from the islands again.</p></div>"
            "<h3>More from Eastmere</h3>"
            "</article>"
            "<section class=comments><p>I have taken this boat for forty years and I am very "
            "sad to read this, as are my children.</p></section></main>"
            "<footer><p>Copyright The Eastmere Post. All rights reserved, and nothing may be "
            "reproduced.</p></footer></body></html>"),
        NX_STR("https://www.eastmerepost.example/news/ferry-line"), NX_STR_NONE);
    assert_non_null(got);
    assert_fact(got->title, "Ferry line to close", NX_FROM_MARKUP);
    nx_fact body = {got->body, NX_FROM_NONE};
    assert_fact(body,
                "After ninety years the last boat leaves in spring, says the council.\n" PARA1
                "\n" PARA2 "\nOld boats\n" PARA3
                "\nThe first boat sailed in 1931.\nThe last was built in 1961.\n"
                "We will miss it, of course.",
                NX_FROM_NONE);
    assert_int_equal(got->author_count, 1);
    assert_fact(got->authors[0], "Ada Moreno", NX_FROM_MARKUP);
    assert_fact(got->language, "en", NX_FROM_MARKUP);
    assert_fact(got->source, "The Eastmere Post", NX_FROM_META);
}

static void told_text_guides_and_fills_in(void **state)
{
    (void)state;
    // What the data tells is on the page: what it does not tell is left out.
    read_page(
        NX_STR("<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":"
               "\"Ferry line to close\",\"datePublished\":\"2024-03-05\",\"articleBody\":\"" PARA1
               " " PARA2 " " PARA3 "\"}</script><h1>Ferry line to close</h1><div><p>" PARA1
               "</p><p>Our reporters write a letter about the islands each week, and you can "
               "have it for nothing.</p><p>" PARA2 "</p><p>" PARA3 "</p></div>"),
        NX_STR_NONE, NX_STR_NONE);
    assert_non_null(got);
    assert_true(body_has("ninety years") && body_has("in 1961"));
    assert_false(body_has("each week"));
    // The page does not show the story.
    read_page(NX_STR("<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":"
                     "\"Ferry line to close\",\"datePublished\":\"2024-03-05\",\"articleBody\":"
                     "\"&lt;p&gt;" PARA1
                     "&lt;/p&gt;&lt;p&gt;$$AD$$&lt;/p&gt;&lt;p&gt;Read more: the "
                     "bus&lt;/p&gt;&lt;p&gt;" PARA2 "&lt;/p&gt;" PARA3 "\"}</script>"
                     "<h1>Ferry line to close</h1><p>Please wait while the story is loading, or "
                     "reload the page, thank you.</p>"),
              NX_STR_NONE, NX_STR_NONE);
    assert_non_null(got);
    nx_fact body = {got->body, NX_FROM_NONE};
    assert_fact(body, PARA1 "\n" PARA2 "\n" PARA3, NX_FROM_NONE);
}

static void a_standfirst_is_kept_whatever_it_is_called(void **state)
{
    (void)state;
    read_page(NX_STR("<meta name=description content='After ninety years the last boat leaves in "
                     "spring, says the council.'><h1>Ferry line to close</h1>"
                     "<p class=article-teaser>After ninety years the last boat leaves in spring, "
                     "says the council.</p>" STORY "<div class=teaser-list><p>After ninety years "
                     "the last boat leaves in spring, says the council.</p></div>"),
              NX_STR_NONE, NX_STR_NONE);
    assert_non_null(got);
    assert_true(nx_str_starts(got->body, NX_STR("After ninety years")));
    assert_int_equal(nx_str_find(got->body, NX_STR("After ninety years"), 1), SIZE_MAX);
}

static void what_is_hidden_is_the_story_only_when_nothing_else_is(void **state)
{
    (void)state;
    read_page(NX_STR("<h1>Ferry line to close</h1><div style='display: none'><p>" PARA3
                     "</p></div><div><p>" PARA1 "</p><p>" PARA2 "</p></div>"),
              NX_STR_NONE, NX_STR_NONE);
    assert_non_null(got);
    assert_true(body_has("ninety years") && !body_has("in 1961"));
    read_page(NX_STR("<h1>Ferry line to close</h1><div hidden>" STORY "</div><p>Reading on is for "
                     "subscribers, who also get the paper on Saturdays.</p>"),
              NX_STR_NONE, NX_STR_NONE);
    assert_non_null(got);
    assert_true(body_has("ninety years") && body_has("in 1961"));
}

static void a_story_is_found_in_the_data_of_scripts(void **state)
{
    (void)state;
    static const char *const scripts[] = {
        "window.STATE = {\"a\":1,\"body\":\"\\u003cp\\u003e" PARA1
        "\\u003c/p\\u003e<p class=\\\"x\\\">" PARA2 "<\\/p><p>" PARA3 "</p>\"};",
        "self.push([1,\"{\\\"id\\\":7,\\\"html\\\":\\\"\\\\u003cp\\\\u003e" PARA1
        "\\\\u003c/p\\\\u003e"
        "\\\\u003cp\\\\u003e" PARA2 "\\\\u003cp\\\\u003e" PARA3 "\\\"}\"])",
    };
    for (size_t i = 0; i < NX_COUNT(scripts); i++) {
        nx_buf page;
        nx_buf_init(&page, 100000);
        nx_buf_addf(&page,
                    "<meta property=og:type content=article><title>Ferry line to close</title>"
                    "<div id=app></div><script>%s</script>",
                    scripts[i]);
        read_page(nx_buf_str(&page), NX_STR_NONE, NX_STR_NONE);
        nx_buf_release(&page);
        assert_non_null(got);
        nx_fact body = {got->body, NX_FROM_NONE};
        assert_fact(body, PARA1 "\n" PARA2 "\n" PARA3, NX_FROM_NONE);
    }
}

static void of_several_stories_the_titled_one_is_taken(void **state)
{
    (void)state;
    read_page(NX_STR("<meta property=og:title content='Ferry line to close'>"
                     "<meta property=og:type content=article>"
                     "<article><h1>Ferry line to close</h1>" STORY "</article>"
                     "<article><h1>Bakery prize</h1><p>The bakery in Mill Lane won the regional "
                     "prize for its rye bread, the jury said on Monday, for the third time.</p>"
                     "<p>Its owner, who bakes alone, said she would spend the money on a new oven "
                     "and a long holiday, in that order.</p></article>"),
              NX_STR_NONE, NX_STR_NONE);
    assert_non_null(got);
    assert_true(body_has("ferry line") && !body_has("bakery"));
}

static void pages_without_an_article_are_skipped_with_the_reason(void **state)
{
    (void)state;
    static const struct {
        const char *html, *url, *want;
    } rows[] = {
        {"", "", "not an article: page.html: hardly any prose"},
        {"<title>Page not found</title><h1>404</h1><p>The page you asked for is not here, and "
         "has perhaps been moved; try the search above, or start at the front page of our site. "
         "If you think that this is a mistake, write to us, and tell us where the link was.</p>",
         "", "not an article: page.html: an error page"},
        {"<h1>Datenschutz</h1>" STORY, "", "not an article: page.html: a legal notice"},
        {"<title>The Post</title><div>" STORY "</div>", "https://post.example/",
         "not an article: page.html: the front page of a site"},
        {"<meta property=og:type content=website><h1>About our islands desk</h1>" STORY,
         "https://post.example/islands",
         "not an article: page.html: a page about a site or section"},
        {"<title>The Post</title><p>We and our 214 partners store cookies on your device, and use "
         "them to measure how you use our site, to show you advertising that fits.</p><p>You can "
         "withdraw your consent at any time, or read how we use cookies in the notice below.</p>",
         "", "not an article: page.html: a request for consent"},
        {"<main><h1>News</h1><h2><a href=1>One thing</a></h2><p>" PARA1 "</p><h2><a href=2>Two "
         "things</a></h2><p>" PARA2 "</p><h2><a href=3>Three things</a></h2><p>" PARA3 "</p><h2><a "
         "href=4>Four things</a></h2><p>" PARA1 "</p><h2><a href=5>Five things</a></h2><p>" PARA2
         "</p></main>",
         "https://post.example/news", "not an article: page.html: a list of other pages"},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_str url = rows[i].url[0] != '\0' ? nx_str_of(rows[i].url) : NX_STR_NONE;
        read_page(nx_str_of(rows[i].html), url, NX_STR_NONE);
        assert_string_equal(got_skip, rows[i].want);
    }
}

static void charsets_reach_the_article(void **state)
{
    (void)state;
    read_page(NX_STR("<meta charset=windows-1252><h1>Caf\xe9 zu</h1>" STORY), NX_STR_NONE,
              NX_STR_NONE);
    assert_fact(got->title, "Caf\u00e9 zu", NX_FROM_MARKUP);
    read_page(NX_STR("<meta charset=utf-8><h1>\xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0</h1>" STORY),
              NX_STR_NONE, NX_STR("windows-1251"));
    assert_fact(got->title, "\u041f\u0440\u0438\u0432\u0435\u0442, \u043c\u0438\u0440",
                NX_FROM_MARKUP);
}

static void names_of_elements_mean_something(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        unsigned want;
    } rows[] = {
        {"article-body", NX_WORD_BODY},
        {"articleBody", NX_WORD_BODY},
        {"RelatedArticles", NX_WORD_JUNK},
        {"c-recommendations__item", NX_WORD_JUNK},
        {"newsletterSignup_2x", NX_WORD_JUNK},
        {"commentary", NX_WORD_JUNK},
        {"header roadside", 0},
        {"Story_Author__Name", NX_WORD_BODY | NX_WORD_BYLINE},
        {"", 0},
        {"--__", 0},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        assert_int_equal(nx_html_words(nx_str_of(rows[i].name)), rows[i].want);
    }
}

static void assert_body(const char *page, const char *want)
{
    read_page(nx_str_of(page), NX_STR_NONE, NX_STR_NONE);
    assert_non_null(got);
    nx_fact body = {got->body, NX_FROM_NONE};
    assert_fact(body, want, NX_FROM_NONE);
}

static void the_opening_is_found_wherever_it_stands(void **state)
{
    (void)state;
    // In what is called a teaser, with the class of the story's paragraphs; of a picture not.
    assert_body("<h1>Ferry</h1><div class=teaser-content><p class=p7>" PARA1 "</p></div>"
                "<div class=teaser><figure><p class=p7>A ferry at the pier, in autumn.</p></figure>"
                "</div><div class=main-content><p class=p7>" PARA2 "</p><p class=p7>" PARA3
                "</p></div>",
                PARA1 "\n" PARA2 "\n" PARA3);
    // Above the element that holds the story.
    assert_body("<h1>Ferry</h1><div><p>The last boat leaves in spring, says the council.</p></div>"
                "<div><p>" PARA1 "</p><p>" PARA2 "</p></div>",
                "The last boat leaves in spring, says the council.\n" PARA1 "\n" PARA2);
    // A heading that the data has as second headline or as description for sharing.
    assert_body(
        "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Ferry\","
        "\"datePublished\":\"2024-03-05\",\"alternativeHeadline\":\"The last boat leaves in "
        "spring after ninety years\"}</script><h1>Ferry</h1><h2>The last boat leaves in "
        "spring after ninety years</h2><div><p>" PARA1 "</p><p>" PARA2 "</p></div>",
        "The last boat leaves in spring after ninety years\n" PARA1 "\n" PARA2);
    // A caption is none, whatever it is called.
    assert_body("<h1>Ferry</h1><p class=lead>The pier of Eastmere in autumn. Photo: Ann Roe</p>"
                "<div><p>" PARA1 "</p><p>" PARA2 "</p></div>",
                PARA1 "\n" PARA2);
}

static void headings_and_quotations_stay_in_their_place(void **state)
{
    (void)state;
    assert_body("<h1>Ferry</h1><div><p>" PARA1
                "</p><h2 id=toc-2 class=paywall>Old boats</h2><p>" PARA2
                "</p><figure><blockquote><p>We will miss it, of course.</p></blockquote>"
                "<figcaption>Ann Roe, teacher</figcaption></figure><p>" PARA3 "</p></div>",
                PARA1 "\nOld boats\n" PARA2 "\nWe will miss it, of course.\n" PARA3);
}

static void text_set_by_hand_has_paragraphs(void **state)
{
    (void)state;
    assert_body(
        "<title>Ferry line to close</title><pre>\nFERRY LINE TO CLOSE\n\n"
        "The harbour council of Eastmere voted on Tuesday to\nclose the old ferry line.\n"
        "   Residents of the islands, who had packed the chamber,\npromised to take the "
        "decision to court, and to sail there.\n\nIt would cost more than it earned, said "
        "the council, that\nwill have to defend it.\n</pre>",
        "The harbour council of Eastmere voted on Tuesday to close the old ferry line.\n"
        "Residents of the islands, who had packed the chamber, promised to take the "
        "decision to court, and to sail there.\n"
        "It would cost more than it earned, said the council, that will have to defend it.");
    assert_body("<h1>Ferry</h1><div>" STORY "<pre>for (;;) {\n\n    sail(boat);\n}</pre><p>" PARA1
                "</p></div>",
                PARA1 "\n" PARA2 "\nOld boats\n" PARA3 "\nfor (;;) { sail(boat); }\n" PARA1);
}

static void a_live_blog_is_its_entries(void **state)
{
    (void)state;
    read_page(NX_STR("<script type=application/ld+json>{\"@type\":\"LiveBlogPosting\",\"headline\":"
                     "\"Storm: live\",\"datePublished\":\"2024-03-05\",\"liveBlogUpdate\":["
                     "{\"@type\":\"BlogPosting\",\"headline\":\"Power is back\",\"articleBody\":"
                     "\"" PARA1 "\"},{\"articleBody\":\"" PARA2 " " PARA3
                     "\"}]}</script><div id=app>"
                     "</div>"),
              NX_STR_NONE, NX_STR_NONE);
    assert_non_null(got);
    nx_fact body = {got->body, NX_FROM_NONE};
    assert_fact(body, "Power is back\n" PARA1 "\n" PARA2 " " PARA3, NX_FROM_NONE);
}

static void thai_is_prose_without_full_stops(void **state)
{
    (void)state;
#define CLAUSE "สภาท่าเรือลงมติเมื่อวันอังคารให้ปิดเส้นทางเรือข้ามฟากเก่าแก่ที่รับส่งผู้โดยสาร"
    read_page(NX_STR("<h1>สภาท่าเรือปิดเส้นทางเรือ</h1><p>" CLAUSE " " CLAUSE "</p><p>" CLAUSE " " CLAUSE
                     "</p>"),
              NX_STR_NONE, NX_STR_NONE);
    assert_non_null(got);
}

static void a_note_about_the_author_is_not_of_the_story(void **state)
{
    (void)state;
    assert_body("<meta name=author content='Ada Moreno'><h1>Ferry</h1><div><p>" PARA1
                "</p><p>" PARA2
                "</p><p>Professor Ada Moreno is a fellow of the school at Eastmere.</p></div>",
                PARA1 "\n" PARA2);
    assert_body("<meta name=author content='Ada Moreno'><h1>Ferry</h1><div><p>" PARA1
                "</p><p>" PARA2 "</p><p>Ben Okoro is a fellow of the school at Eastmere.</p></div>",
                PARA1 "\n" PARA2 "\nBen Okoro is a fellow of the school at Eastmere.");
}

#define BUS                                                                                        \
    "<h3>A bus for the islands</h3><p>The first bus leaves in May, says the company that will "    \
    "run it.</p>"

static void other_stories_end_the_story_unless_it_goes_on(void **state)
{
    (void)state;
    assert_body("<h1>Ferry</h1><div><div class=text><p>" PARA1 "</p><p>" PARA2 "</p><p>" PARA3
                "</p></div><h2>Recommended for you</h2><div class=card>" BUS "</div></div>",
                PARA1 "\n" PARA2 "\n" PARA3);
    // A box: what follows is built as the story is.
    assert_body(
        "<h1>Ferry</h1><div><div class='chunk first'><p>" PARA1 "</p><p>" PARA2
        "</p><p>The first boat sailed in 1931, with a band on board.</p></div><h2>Recommended "
        "for you</h2><div class=chunk><p>" PARA3 "</p></div></div>",
        PARA1 "\n" PARA2 "\nThe first boat sailed in 1931, with a band on board.\n" PARA3);
}

static void paragraphs_may_be_links_and_lines_of_links_not(void **state)
{
    (void)state;
    assert_body(
        "<h1>Ferry</h1><div><p>" PARA1 "</p><p>The line <a href=/1>opened in the year 1931, on a "
        "very cold morning in March</a>.</p><p>" PARA2 "</p><p>Filed under: <a href=/2>Ferries"
        "</a>, <a href=/3>Islands of the sound</a></p><p><a href=/4>The bus that will replace "
        "the old ferry.</a></p><div>Ann Roe 5 March 2024</div></div>",
        PARA1 "\nThe line opened in the year 1931, on a very cold morning in March.\n" PARA2);
}

static void lists_of_other_stories_are_not_told(void **state)
{
    (void)state;
    assert_body(
        "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Ferry\","
        "\"datePublished\":\"2024-03-05\",\"articleBody\":\"" PARA1
        " Harbour dues rise again, and fishermen are furious " PARA2
        "\"}</script><h1>Ferry</h1><div><p>" PARA1 "</p><ul><li><a href=/1>Harbour dues rise "
        "again, and fishermen are furious</a></li></ul><p>" PARA2 "</p></div>",
        PARA1 "\n" PARA2);
}

static void signposts_and_captions_are_told_from_prose(void **state)
{
    (void)state;
    assert_true(nx_html_is_signpost(NX_STR("Advertisement"), 0));
    assert_true(nx_html_is_signpost(NX_STR("Read more: the ferry's long history"), 90));
    assert_true(nx_html_is_signpost(NX_STR("> Lesen Sie auch: Die alte F\u00e4hre"), 80));
    assert_true(nx_html_is_signpost(NX_STR("\u00c0 lire aussi Le vieux bac"), 90));
    assert_true(nx_html_is_signpost(
        NX_STR("\u0427\u0438\u0442\u0430\u0439\u0442\u0435 "
               "\u0442\u0430\u043a\u0436\u0435: \u043f\u0430\u0440\u043e\u043c"),
        0));
    assert_true(nx_html_is_signpost(NX_STR("Do you have a story to tell? Write to Ann."), 0));
    assert_true(nx_html_is_signpost(NX_STR("Page 2 of 3"), 0));
    assert_true(nx_html_is_signpost(NX_STR("Подпишитесь на наш канал"), 0));
    assert_true(nx_html_is_signpost(NX_STR("Get all our stories for £1. Cancel anytime."), 0));
    // "нашли", "наша" and "на нашей" are words of every second story.
    assert_false(nx_html_is_signpost(NX_STR("Инспекторы нашли ржавчину в тросах."), 0));
    assert_false(nx_html_is_signpost(NX_STR("Наши права защищены, сказал мэр."), 0));
    assert_true(nx_html_is_signpost(NX_STR("Seite 12 von 30"), 0));
    assert_false(nx_html_is_signpost(NX_STR("Page 2 of 3 was missing."), 0));
    assert_false(nx_html_is_signpost(NX_STR("Page of 3"), 0));
    assert_true(nx_html_is_signpost(NX_STR("Already a subscriber? Log in"), 0));
    assert_true(nx_html_is_signpost(
        NX_STR("To continue reading this article, subscribe for 1 euro a month."), 0));
    assert_false(nx_html_is_signpost(NX_STR("Read the small print, she said."), 0));
    assert_false(nx_html_is_signpost(NX_STR("The newsletters of the islands are read widely."), 0));
    assert_false(nx_html_is_signpost(
        NX_STR("For more than ten years the ferry was late, and nobody minded, because the island "
               "had no clock."),
        0));
    assert_true(nx_html_is_caption(NX_STR("The pier at dawn (Picture: A. Moreno/Wire)")));
    assert_true(nx_html_is_caption(NX_STR("Der Hafen. Foto: A. Moreno")));
    assert_true(nx_html_is_caption(NX_STR("Photo: A. Moreno")));
    assert_true(nx_html_is_caption(NX_STR("\u2014 Ann Roe (@annroe) May 6, 2025")));
    assert_false(nx_html_is_caption(NX_STR("Most want the ferry, a Reuters/Ipsos poll says.")));
    assert_false(nx_html_is_caption(NX_STR("He took a photo of the pier.")));
}

static void shingles_tell_what_is_in_a_text(void **state)
{
    (void)state;
    nx_shingles s;
    nx_error err = NX_ERROR_INIT;
    assert_int_equal(nx_shingles_make(&s, NX_STR("One two three, four five six. Seven!"), &err),
                     NX_OK);
    assert_int_equal(nx_shingles_share(&s, NX_STR("two THREE four \u201cfive\u201d")), 100);
    assert_int_equal(nx_shingles_share(&s, NX_STR("seven")), 100);
    assert_int_equal(nx_shingles_share(&s, NX_STR("six seven")), 100);
    assert_int_equal(nx_shingles_share(&s, NX_STR("seven six")), 0);
    assert_int_equal(nx_shingles_share(&s, NX_STR("two three four five nine")), 50);
    assert_int_equal(nx_shingles_share(&s, NX_STR(" ...")), 0);
    nx_shingles_release(&s);
}

// A quadratic step in any of these would take hours.
static void hostile_pages_are_survived(void **state)
{
    (void)state;
    static const char *const units[] = {
        "<div class=author>",
        "<article><h1>x</h1>",
        "<div><h1>a b c d</h1>",
        "<div itemprop=author>",
        "<time datetime=2020-01-01>",
        "<div class='related body'><p>" PARA1 "</p>",
        "<div class=date>",
        "<meta name=author content=x>",
        "<script type=application/ld+json>{\"@type\":\"NewsArticle\"}</script>",
        "<table><tr><td>" PARA1,
        "<p><a href=x>" PARA1 "</a></p>",
        "<h2>Related</h2>",
        "<p>" PARA1 "</p><h2>Related stories</h2>",
        "<figure>",
        "<figure><p class=x>" PARA1,
        "<p><b>Ada Moreno</b></p>",
        "<p>by <a href=/author/x>x</a>",
        "<meta property=og:title content='a | b | c - d'>",
    };
    for (size_t i = 0; i < NX_COUNT(units); i++) {
        char *html = repeated(units[i], 20000);
        read_page(nx_str_of(html), NX_STR_NONE, NX_STR_NONE);
        free(html);
    }
    char *tails = repeated(" | x", 20000);
    nx_buf page;
    nx_buf_init(&page, 1 << 20);
    nx_buf_addf(&page, "<title>Ferry line to close%s</title><h1>Ferry</h1>" STORY, tails);
    read_page(nx_buf_str(&page), NX_STR_NONE, NX_STR_NONE);
    nx_buf_release(&page);
    free(tails);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_story_is_kept_and_the_rest_left_out),
        cmocka_unit_test(told_text_guides_and_fills_in),
        cmocka_unit_test(a_standfirst_is_kept_whatever_it_is_called),
        cmocka_unit_test(what_is_hidden_is_the_story_only_when_nothing_else_is),
        cmocka_unit_test(a_story_is_found_in_the_data_of_scripts),
        cmocka_unit_test(of_several_stories_the_titled_one_is_taken),
        cmocka_unit_test(pages_without_an_article_are_skipped_with_the_reason),
        cmocka_unit_test(charsets_reach_the_article),
        cmocka_unit_test(names_of_elements_mean_something),
        cmocka_unit_test(the_opening_is_found_wherever_it_stands),
        cmocka_unit_test(headings_and_quotations_stay_in_their_place),
        cmocka_unit_test(text_set_by_hand_has_paragraphs),
        cmocka_unit_test(a_live_blog_is_its_entries),
        cmocka_unit_test(thai_is_prose_without_full_stops),
        cmocka_unit_test(a_note_about_the_author_is_not_of_the_story),
        cmocka_unit_test(other_stories_end_the_story_unless_it_goes_on),
        cmocka_unit_test(paragraphs_may_be_links_and_lines_of_links_not),
        cmocka_unit_test(lists_of_other_stories_are_not_told),
        cmocka_unit_test(signposts_and_captions_are_told_from_prose),
        cmocka_unit_test(shingles_tell_what_is_in_a_text),
        cmocka_unit_test(hostile_pages_are_survived),
    };
    return cmocka_run_group_tests(tests, NULL, release_page);
}
