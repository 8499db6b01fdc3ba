// html_facts_test.c: what a page says of itself and shows: headline, authors, dates, addresses.

#include "tests/unit/html_kit.h"

// Each row: what a script of linked data may look like; all must give the same facts.
static void linked_data_is_read_in_every_shape(void **state)
{
    (void)state;
#define FACTS                                                                                      \
    "\"headline\":\"Ferry line to close\",\"datePublished\":\"2024-03-05T08:00:00+01:00\","        \
    "\"dateModified\":\"2024-03-06T09:30:00Z\",\"articleSection\":\"Local\","                      \
    "\"inLanguage\":\"en-GB\",\"dateline\":\"Tue, 05 Mar 2024 08:00\""
    static const char *const scripts[] = {
        "{\"@type\":\"NewsArticle\"," FACTS ",\"author\":{\"@type\":\"Person\",\"name\":\"Ada "
        "Moreno\"},\"publisher\":{\"@type\":\"Organization\",\"name\":\"Eastmere Post\"}}",
        "[{\"@type\":\"WebSite\",\"name\":\"x\"},{\"@type\":[\"Article\",\"NewsArticle\"]," FACTS
        ",\"author\":[{\"name\":\"Ada Moreno\"}],\"publisher\":\"Eastmere Post\"}]",
        "{\"@context\":\"https://schema.org\",\"@graph\":[{\"@type\":\"Person\",\"@id\":\"#p\","
        "\"name\":\"Ada Moreno\"},{\"@type\":\"Organization\",\"@id\":\"#o\",\"name\":"
        "\"Eastmere Post\"},{\"@type\":\"http://schema.org/NewsArticle\"," FACTS
        ",\"author\":{\"@id\":\"#p\"},\"publisher\":{\"@id\":\"#o\"}}]}",
        "{\"@type\":\"WebPage\",\"mainEntity\":{\"@type\":\"ReportageNewsArticle\"," FACTS
        ",\"author\":\"Ada Moreno\",\"publisher\":{\"name\":\"Eastmere Post\"}}}",
        "<!--\n{\"@type\":\"NewsArticle\"," FACTS ",\"author\":{\"name\":\"Ada Moreno\"},"
        "\"publisher\":{\"name\":\"Eastmere Post\",},}\n-->",
        "//<![CDATA[\n{\"@type\":\"NewsArticle\"," FACTS ",\"author\":[\"Ada Moreno\"],"
        "\"publisher\":{\"name\":\"Eastmere Post\"}};\n//]]>",
        "not json at all</script><script type='application/ld+json; charset=utf-8'>"
        "{\"@type\":\"NewsArticle\"," FACTS ",\"author\":{\"name\":[\"Ada Moreno\"]},"
        "\"publisher\":[{\"name\":\"Eastmere Post\"}]}",
    };
    for (size_t i = 0; i < NX_COUNT(scripts); i++) {
        nx_buf page;
        nx_buf_init(&page, 100000);
        nx_buf_addf(&page,
                    "<html lang=fr><head><script type=\"application/ld+json\">%s</script></head>"
                    "<body><h1>Ferry line to close</h1>" STORY "</body></html>",
                    scripts[i]);
        read_page(nx_buf_str(&page), NX_STR_NONE, NX_STR_NONE);
        nx_buf_release(&page);
        if (got == NULL || got->author_count != 1) {
            print_error("row %zu: %s\n", i, got_skip);
        }
        assert_non_null(got);
        assert_int_equal(got->author_count, 1);
        assert_fact(got->authors[0], "Ada Moreno", NX_FROM_JSONLD);
        assert_fact(got->source, "Eastmere Post", NX_FROM_JSONLD);
        assert_fact(got->section, "Local", NX_FROM_JSONLD);
        assert_fact(got->language, "en", NX_FROM_JSONLD);
        assert_when(got->published, "2024-03-05T07:00:00Z", NX_FROM_JSONLD);
        assert_when(got->updated, "2024-03-06T09:30:00Z", NX_FROM_JSONLD);
        assert_int_equal(got->published.zone_min, 60);
        assert_null(got->dateline.s.p); // a date is no place
    }
}

static void facts_come_from_meta_microdata_and_markup_too(void **state)
{
    (void)state;
    read_page(
        NX_STR(
            "<head><meta property='article:published_time' content='2023-01-02T03:04:05Z'>"
            "<meta name=author content='Ben Okoro'>"
            "<meta name=keywords content='ferries, islands'>"
            "<meta property=og:type content=article>"
            "<meta property=og:title content='Ferry line to close | Eastmere Post'>"
            "<meta property=og:site_name content='Eastmere Post'>"
            "<link rel=canonical href='https://post.example/a/ferry?utm_source=x'></head>" STORY),
        NX_STR("https://post.example/amp/ferry"), NX_STR_NONE);
    assert_non_null(got);
    assert_when(got->published, "2023-01-02T03:04:05Z", NX_FROM_META);
    assert_fact(got->authors[0], "Ben Okoro", NX_FROM_META);
    assert_fact(got->title, "Ferry line to close", NX_FROM_META);
    assert_int_equal(got->keyword_count, 2);
    assert_fact(got->url, "https://post.example/a/ferry", NX_FROM_MARKUP);

    read_page(NX_STR("<div itemscope itemtype='https://schema.org/NewsArticle'>"
                     "<h1 itemprop=headline>Ferry line to close</h1>"
                     "<span itemprop=author>Cleo Varga</span>"
                     "<time itemprop=datePublished datetime='2022-12-24T18:00:00Z'>yesterday</time>"
                     "<meta itemprop=dateModified content='2022-12-25'>"
                     "<div itemprop=articleBody>" STORY "</div></div>"),
              NX_STR_NONE, NX_STR_NONE);
    assert_non_null(got);
    assert_when(got->published, "2022-12-24T18:00:00Z", NX_FROM_MICRODATA);
    assert_true(got->updated.known);
    assert_fact(got->authors[0], "Cleo Varga", NX_FROM_MICRODATA);

    read_page(NX_STR("<h1>Ferry line to close</h1><p class='article__byline'>By Dan Petit</p>"
                     "<time datetime='2021-06-07T08:09:00Z'>7 June</time>" STORY),
              NX_STR_NONE, NX_STR_NONE);
    assert_non_null(got);
    assert_when(got->published, "2021-06-07T08:09:00Z", NX_FROM_MARKUP);
    assert_fact(got->authors[0], "Dan Petit", NX_FROM_MARKUP);
}

static void the_section_is_given_or_linked(void **state)
{
    (void)state;
    read_page(NX_STR("<meta property='og:article:section' content=Local><h1>Ferry</h1>" STORY),
              NX_STR_NONE, NX_STR_NONE);
    assert_fact(got->section, "Local", NX_FROM_META);
    read_page(NX_STR("<header><a href=/c/1 rel='category tag'>Local</a><h1>Ferry</h1></header>"
                     "<div>" STORY "</div><a href=/c/2 rel='category tag'>World</a>"),
              NX_STR_NONE, NX_STR_NONE);
    assert_fact(got->section, "Local", NX_FROM_MARKUP);
    // Of another story, below this one.
    read_page(NX_STR("<h1>Ferry</h1><div>" STORY
                     "</div><footer><a href=/c/2 rel='category tag'>World</a></footer>"),
              NX_STR_NONE, NX_STR_NONE);
    assert_null(got->section.s.p);
}

static void addresses_are_made_whole(void **state)
{
    (void)state;
    static const struct {
        const char *head, *want;
    } rows[] = {
        {"<link rel=canonical href=/a/ferry>", "https://post.example/a/ferry"},
        {"<link rel=canonical href=https://post.example/>", "https://post.example/x/ferry-7"},
        {"<link rel=canonical href=/><meta property=og:url content=https://post.example/b/ferry>",
         "https://post.example/b/ferry"},
        {"<link rel=canonical href='javascript:x'>", "https://post.example/x/ferry-7"},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_buf page;
        nx_buf_init(&page, 100000);
        nx_buf_addf(&page, "<html><head>%s</head><body><h1>Ferry</h1>" STORY, rows[i].head);
        read_page(nx_buf_str(&page), NX_STR("https://post.example/x/ferry-7"), NX_STR_NONE);
        nx_buf_release(&page);
        assert_non_null(got);
        nx_fact url = {got->url.s, NX_FROM_NONE};
        assert_fact(url, rows[i].want, NX_FROM_NONE);
    }
}

static void the_source_is_what_the_site_calls_itself(void **state)
{
    (void)state;
    static const struct {
        const char *site, *want;
    } rows[] = {{"The Eastmere Post", "The Eastmere Post"},
                {"eastmerepost.example", "Post Media Ltd"},
                {"", "Post Media Ltd"}};
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_buf page;
        nx_buf_init(&page, 100000);
        nx_buf_addf(&page,
                    "<meta property=og:site_name content='%s'><script type=application/ld+json>"
                    "{\"@type\":\"NewsArticle\",\"headline\":\"Ferry\",\"publisher\":"
                    "{\"name\":\"Post Media Ltd\"}}</script><h1>Ferry</h1>" STORY,
                    rows[i].site);
        read_page(nx_buf_str(&page), NX_STR_NONE, NX_STR_NONE);
        nx_buf_release(&page);
        assert_non_null(got);
        nx_fact source = {got->source.s, NX_FROM_NONE};
        assert_fact(source, rows[i].want, NX_FROM_NONE);
    }
}

static void a_bulletin_has_the_day_of_its_title(void **state)
{
    (void)state;
    read_page(NX_STR("<h1>Evening news 2021-07-17</h1>" STORY), NX_STR_NONE, NX_STR_NONE);
    assert_non_null(got);
    assert_when(got->published, "2021-07-17T00:00:00Z", NX_FROM_MARKUP);
    read_page(NX_STR("<h1>What became of the plans of 17 July 2021</h1>" STORY), NX_STR_NONE,
              NX_STR_NONE);
    assert_non_null(got);
    assert_false(got->published.known);
}

// Each row: what stands between the headline and the story, or around both.
static void a_date_is_shown_in_many_ways(void **state)
{
    (void)state;
    static const struct {
        const char *page, *want;
        nx_from from;
    } rows[] = {
        {"<h3>Ferry line to close</h3>Friday, March 5, 2004; Page A01" STORY,
         "2004-03-05T00:00:00Z", NX_FROM_MARKUP},
        {"<h1>Ferry line</h1><abbr class=published "
         "title='2004-03-05T08:00:00Z'>Friday</abbr>" STORY,
         "2004-03-05T08:00:00Z", NX_FROM_MARKUP},
        {"<div typeof=NewsArticle><h1>Ferry line</h1><span property='schema:datePublished' "
         "content='2004-03-05'>Friday</span>" STORY "</div>",
         "2004-03-05T00:00:00Z", NX_FROM_MICRODATA},
        {"<h1>Ferry line</h1><a href=/x>What happened on 5 March 2004</a>" STORY, NULL,
         NX_FROM_NONE},
        {"<h1>Ferry line</h1><figcaption>The pier on 5 March 2004</figcaption>" STORY, NULL,
         NX_FROM_NONE},
        {"<meta name='Article.Published:Time' content=2004-03-05>" STORY, "2004-03-05T00:00:00Z",
         NX_FROM_META},
        {"<h1>Ferry line</h1>By Ada Moreno | 5 March 2004" STORY, "2004-03-05T00:00:00Z",
         NX_FROM_MARKUP},
        {"<h1>Ferry line</h1>5 marzo 2004 ( modifica il 6 marzo 2004)" STORY,
         "2004-03-05T00:00:00Z", NX_FROM_MARKUP},
        {"<meta property='og:article:published_time' content=2004-03-05>" STORY,
         "2004-03-05T00:00:00Z", NX_FROM_META},
        {"Printed on March 6, 2004<h1>Ferry line</h1>" STORY, NULL, NX_FROM_NONE},
        // Above the headline: of the story when both are in one thing that is not the page.
        {"<div class=article><div class=article__date>5 March 2004</div><h1>Ferry line</h1>" STORY
         "</div>",
         "2004-03-05T00:00:00Z", NX_FROM_MARKUP},
        {"<div class=date>6 March 2004</div><h1>Ferry line</h1>" STORY, NULL, NX_FROM_NONE},
        {"<header><div class=date>6 March 2004</div><h1>Ferry line</h1></header>" STORY, NULL,
         NX_FROM_NONE},
        {"<h1>Ferry line</h1><span property='dc:date dc:created' content='2004-03-05T08:00:00Z'>"
         "Submitted on Fri, 03/05/2004</span>" STORY,
         "2004-03-05T08:00:00Z", NX_FROM_MICRODATA},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_buf page;
        nx_buf_init(&page, 100000);
        nx_buf_addf(&page, "<title>Post: Ferry line to close</title>%s", rows[i].page);
        read_page(nx_buf_str(&page), NX_STR_NONE, NX_STR_NONE);
        nx_buf_release(&page);
        assert_non_null(got);
        if (rows[i].want == NULL) {
            assert_false(got->published.known);
        } else {
            assert_when(got->published, rows[i].want, rows[i].from);
        }
    }
}

static void publisher_and_author_may_be_names_inside_of_things(void **state)
{
    (void)state;
    read_page(NX_STR("<div itemscope itemtype='https://schema.org/NewsArticle'>"
                     "<div itemprop=publisher itemscope><meta itemprop=name content='The Post'>"
                     "<img src=x></div><div itemprop=author itemscope>By <span itemprop=name>Ada "
                     "Moreno</span>, who was there</div>" STORY "</div>"),
              NX_STR_NONE, NX_STR_NONE);
    assert_non_null(got);
    assert_fact(got->source, "The Post", NX_FROM_MICRODATA);
    assert_int_equal(got->author_count, 1);
    assert_fact(got->authors[0], "Ada Moreno", NX_FROM_MICRODATA);
}

static void a_date_is_not_taken_from_other_stories(void **state)
{
    (void)state;
    read_page(NX_STR("<nav><time datetime='2010-01-01'>1 Jan</time></nav>"
                     "<article><h1>Ferry line to close</h1>" STORY "</article>"
                     "<div class=related><time datetime='2011-01-01'>1 Jan</time></div>"),
              NX_STR_NONE, NX_STR_NONE);
    assert_non_null(got);
    assert_false(got->published.known);
}

// The headline of a page with this head.
static void assert_title(const char *head, const char *want)
{
    nx_buf page;
    nx_buf_init(&page, 100000);
    nx_buf_addf(&page, "<html><head>%s</head><body>" STORY "</body></html>", head);
    read_page(nx_buf_str(&page), NX_STR_NONE, NX_STR_NONE);
    nx_buf_release(&page);
    assert_non_null(got);
    nx_fact title = {got->title.s, NX_FROM_NONE};
    assert_fact(title, want, NX_FROM_NONE);
}

static void titles_lose_the_name_of_the_site(void **state)
{
    (void)state;
    static const struct {
        const char *head, *want;
    } rows[] = {
        {"<title>Ferry line to close | The Eastmere Post</title>", "Ferry line to close"},
        {"<meta property=og:site_name content='The Post'><title>Ferry line - The Post</title>",
         "Ferry line"},
        {"<title>Ferry line - a history in pictures</title>", "Ferry line - a history in pictures"},
        {"<meta property=og:title content='Ferry &amp;amp; bus'><title>x</title>", "Ferry & bus"},
        {"<title>Ferry line to close \u2013 News</title><h1>Ferry line to close</h1>",
         "Ferry line to close"},
        {"<h1>The Post</h1><meta property=og:title content='Ferry line to close'>"
         "<title>Ferry line to close - The Post</title>",
         "Ferry line to close"},
        {"<meta property=og:site_name content='The Post'><meta property=article:section "
         "content=Local><meta property=og:title content='Ferry line to close-Local\u3163The Post'>",
         "Ferry line to close"},
        {"<meta property=article:section content=line><title>Ferry on-line</title>",
         "Ferry on-line"},
        {"<meta name=headline content='Ferry to close'>"
         "<meta property=og:title content='Ferry to close-Local'>",
         "Ferry to close"},
        // Pages without <h1>: what is marked as the headline, what <title> and a line have alike.
        {"<title>The Post</title><h2 itemprop=headline>Ferry line to close</h2>",
         "Ferry line to close"},
        {"<title>The Post</title><h2 property='schema:headline'>Ferry line to close</h2>",
         "Ferry line to close"},
        {"<title>The Post</title><h2 itemprop=headline>Ferry line to close</h2>"
         "<h3 itemprop=headline>Bus to come</h3>",
         "The Post"},
        {"<title>The Post Online -- Ferry line to close</title>"
         "<font size=5><b>FERRY LINE TO CLOSE</b></font>",
         "Ferry line to close"},
        {"<title>Ferry line to close | News | The Eastmere Post</title><h1>The Eastmere Post</h1>"
         "<h2>Ferry line to close</h2>",
         "Ferry line to close"},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        assert_title(rows[i].head, rows[i].want);
    }
}

#define LINKED(headline)                                                                           \
    "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"" headline         \
    "\",\"datePublished\":\"2024-03-05\"}</script>"
#define SHARED(headline) "<meta property=og:title content='" headline "'>"

static void of_several_headlines_the_one_for_elsewhere_is_taken(void **state)
{
    (void)state;
    static const struct {
        const char *head, *want;
    } rows[] = {
        {SHARED("Last ferry sails in May") LINKED("Ferry line closes") "<h1>Ferry line closes</h1>",
         "Last ferry sails in May"},
        // It only repeats <title>, and the page shows what the linked data says.
        {SHARED("Ferry timetable news") "<title>Ferry timetable news</title>" LINKED(
             "Last ferry sails in May") "<h1>Last ferry sails in May</h1>",
         "Last ferry sails in May"},
        {SHARED("Ferry timetable news") "<title>Ferry timetable news | The Post</title>" LINKED(
             "Last ferry sails in May") "<h1>Ferry timetable news</h1>",
         "Ferry timetable news"},
        // A kicker that neither the page nor the linked data has.
        {SHARED("Islands | Last ferry sails in May")
             LINKED("Last ferry sails in May") "<h1>Last ferry sails in May</h1>",
         "Last ferry sails in May"},
        {SHARED("Islands: Last ferry sails in May") "<h1>Last ferry sails in May</h1>",
         "Islands: Last ferry sails in May"},
        // Cut off.
        {SHARED("Last ferry sails in\u2026") "<h1>Last ferry sails in May</h1>",
         "Last ferry sails in May"},
        {"<meta property=og:title content=\"Pilots call the \"last ferry\" sad\">"
         "<h1>Pilots call the \"last ferry\" sad</h1>",
         "Pilots call the \"last ferry\" sad"},
        {SHARED("Last ferry sails") "<h1>Last ferry sails in May</h1>", "Last ferry sails"},
        // No headline, but the site's name.
        {"<meta property=og:site_name content='The Post'>" SHARED(
             "The Post") "<h1>Last ferry sails in May</h1><title>Last ferry sails in May</title>",
         "Last ferry sails in May"},
        // Cut off where Google's limit for headlines is, inside of a word.
        {LINKED("Council votes to close the ferry line that has carried commuters across the sound "
                "for ninety years and to sel") "<h1>Council votes to close the ferry line that has "
                                               "carried commuters across the sound for ninety "
                                               "years and to sell its two boats</h1>",
         "Council votes to close the ferry line that has carried commuters across the sound for "
         "ninety years and to sell its two boats"},
        // A blog's own name in <h1>; the title of its entry is marked as one.
        {"<title>Island Notes: Last ferry sails</title><h1>Island Notes</h1>"
         "<h3 class='post-title entry-title'>Last ferry sails</h3>",
         "Last ferry sails"},
        {"<title>Last ferry - Island Bote</title><h1 class=entry-title>Last ferry sails in "
         "May</h1>",
         "Last ferry sails in May"},
        {"<title>x</title><h1 itemprop=headline>Last ferry sails in May</h1>",
         "Last ferry sails in May"},
        {"<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"name\":\"Ferry line to "
         "close\",\"datePublished\":\"2024-03-05\"}</script><title>The Post</title>",
         "Ferry line to close"},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        assert_title(rows[i].head, rows[i].want);
    }
}

// Who wrote it, as "Ada Moreno; Ben Okoro", with the agency behind a bar.
static void assert_authors(const char *page, const char *want)
{
    read_page(nx_str_of(page), NX_STR_NONE, NX_STR_NONE);
    assert_non_null(got);
    nx_buf all;
    nx_buf_init(&all, 1000);
    for (size_t i = 0; i < got->author_count; i++) {
        nx_buf_addz(&all, i > 0 ? "; " : "");
        nx_buf_adds(&all, got->authors[i].s);
    }
    if (got->agency.s.p != NULL) {
        nx_buf_addz(&all, " | ");
        nx_buf_adds(&all, got->agency.s);
    }
    nx_fact authors = {nx_buf_str(&all), NX_FROM_NONE};
    assert_fact(authors, want, NX_FROM_NONE);
    nx_buf_release(&all);
}

#define WRITTEN_BY(author)                                                                         \
    "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Ferry\","          \
    "\"publisher\":{\"name\":\"The Post\"},\"author\":" author "}</script><h1>Ferry</h1>"
#define ORGANIZATION(name) "{\"@type\":\"Organization\",\"name\":\"" name "\"}"

static void a_house_is_the_author_where_no_person_is(void **state)
{
    (void)state;
    static const struct {
        const char *page, *want;
    } rows[] = {
        {WRITTEN_BY("{\"name\":[\"Ada Moreno\",\"Ben Okoro\"]}") STORY, "Ada Moreno; Ben Okoro"},
        {WRITTEN_BY(ORGANIZATION("Deutsche Presse-Agentur")) STORY,
         "Deutsche Presse-Agentur | dpa"},
        {WRITTEN_BY(ORGANIZATION("The Post")) STORY, "The Post"},
        {WRITTEN_BY("\"Post staff reporter\"") STORY, "Post staff reporter"},
        {WRITTEN_BY(ORGANIZATION("The Post")) "<p class=byline>By Ada Moreno</p>" STORY,
         "Ada Moreno"},
        {WRITTEN_BY("[" ORGANIZATION("Reuters") ",{\"name\":\"Ada Moreno\"}]") STORY,
         "Ada Moreno | Reuters"},
        {WRITTEN_BY("\"admin\"") STORY, ""},
        {WRITTEN_BY("\"https://post.example/desk\"") STORY, ""},
        {"<meta name=author content='Agence France-Presse'><h1>Ferry</h1>" STORY,
         "Agence France-Presse | AFP"},
        // That of <meta> is on every page of the site.
        {"<meta property=og:site_name content='The Post'><meta name=author content='The Post'>"
         "<h1>Ferry</h1>" STORY,
         ""},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        assert_authors(rows[i].page, rows[i].want);
    }
}

static void bylines_are_found_on_the_page(void **state)
{
    (void)state;
    static const struct {
        const char *page, *want;
    } rows[] = {
        {"<h1>Ferry</h1><p>von <a href=/x/7>Dr. Ada Moreno</a></p>" STORY, "Dr. Ada Moreno"},
        {"<h1>Ferry</h1><div><span>Ada Moreno |</span> <span>5 March 2024</span></div>" STORY,
         "Ada Moreno"},
        {"<h1>Ferry</h1><div><a href='/autoren/ada-moreno'>Ada Moreno</a></div>" STORY,
         "Ada Moreno"},
        {"<h1>Ferry</h1><p>Ada Moreno is angry</p>" STORY, ""},
        {"<meta name=author content='\uc2e0\ud604\uc8fc \uae30\uc790'><h1>Ferry</h1>" STORY,
         "\uc2e0\ud604\uc8fc"},
        // A word that is no name, where names have two.
        {"<h1>Ferry</h1><div class=author>Newsagency</div>" STORY, ""},
        // The story is signed, or is about her.
        {"<h1>Ferry</h1><div><p><b>ADA MORENO</b></p>" STORY "</div>", "Ada Moreno"},
        {"<h1>Ferry</h1><div>" STORY "<p><strong>Ada Moreno</strong></p></div>", "Ada Moreno"},
        {"<h1>Ferry</h1><div><p><b>Ada Moreno</b></p>" STORY "<p>A spokesman for Ms. Moreno said "
         "that she would take the last boat.</p></div>",
         ""},
        {"<h1>Ferry</h1><div data-testid='byline-new'><span>Ada Moreno</span><div>Transport "
         "correspondent, Leeds</div></div>" STORY,
         "Ada Moreno"},
        {"<h1>Ferry</h1><div>Verfasst von Ada Moreno</div>" STORY, "Ada Moreno"},
        {"<meta name=author content='Ada Moreno, https://post.example/ada'><h1>Ferry</h1>" STORY,
         "Ada Moreno"},
        {"<meta name=author content='//post.example/ada'><h1>Ferry</h1>" STORY, ""},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        assert_authors(rows[i].page, rows[i].want);
    }
    read_page(nx_str_of(rows[6].page), NX_STR_NONE, NX_STR_NONE);
    assert_false(body_has("MORENO"));
    read_page(nx_str_of(rows[8].page), NX_STR_NONE, NX_STR_NONE);
    assert_true(body_has("Ada Moreno\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(linked_data_is_read_in_every_shape),
        cmocka_unit_test(facts_come_from_meta_microdata_and_markup_too),
        cmocka_unit_test(the_section_is_given_or_linked),
        cmocka_unit_test(addresses_are_made_whole),
        cmocka_unit_test(the_source_is_what_the_site_calls_itself),
        cmocka_unit_test(a_bulletin_has_the_day_of_its_title),
        cmocka_unit_test(a_date_is_shown_in_many_ways),
        cmocka_unit_test(publisher_and_author_may_be_names_inside_of_things),
        cmocka_unit_test(a_date_is_not_taken_from_other_stories),
        cmocka_unit_test(titles_lose_the_name_of_the_site),
        cmocka_unit_test(of_several_headlines_the_one_for_elsewhere_is_taken),
        cmocka_unit_test(a_house_is_the_author_where_no_person_is),
        cmocka_unit_test(bylines_are_found_on_the_page),
    };
    return cmocka_run_group_tests(tests, NULL, release_page);
}
