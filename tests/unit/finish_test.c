// finish_test.c: building articles, and what the finishing pass derives and refuses.
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "corpus/attribute.h"
#include "corpus/reader.h"

#define BODY                                                                                       \
    "The harbour of the northern town was closed on Monday after a freighter lost its cargo of "   \
    "timber in a storm, the coast guard said."

static const int64_t now = 1600000000; // 2020-09-13

typedef struct outcome {
    nx_article *article;
    nx_status code;
    char reason[40];
} outcome;

static nx_status take_article(void *ctx, nx_article *a, nx_error *err)
{
    (void)err;
    ((outcome *)ctx)->article = a;
    return NX_OK;
}

static nx_status take_skip(void *ctx, const nx_skip *s, nx_error *err)
{
    (void)err;
    outcome *o = ctx;
    o->code = s->code;
    assert_true(strlen(s->reason) < sizeof o->reason);
    memcpy(o->reason, s->reason, strlen(s->reason) + 1);
    return NX_OK;
}

typedef struct fixture {
    nx_record record;
    nx_corpus_options options;
    nx_article *article;
} fixture;

static fixture start(const char *url, const char *body)
{
    fixture f = {.record = {.format = NX_FORMAT_JSON, .bytes = nx_str_of(body)},
                 .options = NX_CORPUS_OPTIONS_INIT};
    f.options.now_utc = now;
    f.article = nx_article_for(&f.record);
    assert_non_null(f.article);
    nx_article_set(f.article, &f.article->url, nx_str_of(url), NX_FROM_RECORD);
    nx_article_set_body(f.article, nx_str_of(body));
    return f;
}

static outcome finish(fixture *f)
{
    outcome o = {0};
    nx_article_sink sink = {&o, take_article, take_skip};
    nx_error err = NX_ERROR_INIT;
    assert_int_equal(nx_article_finish(f->article, &f->record, &f->options, &sink, &err), NX_OK);
    return o;
}

static nx_article *finished(fixture *f)
{
    outcome o = finish(f);
    assert_non_null(o.article);
    return o.article;
}

static bool is(const nx_fact *f, const char *want)
{
    return want == NULL ? f->s.p == NULL : f->s.p != NULL && nx_str_eq(f->s, nx_str_of(want));
}

static nx_when day(const char *text)
{
    nx_when w = {0};
    assert_true(nx_date_parse(nx_str_of(text), 0, &w));
    w.from = NX_FROM_RECORD;
    return w;
}

static void test_cleaning(void **state)
{
    (void)state;
    nx_article *a = nx_article_new(1 << 16);
    assert_non_null(a);
    nx_article_set(a, &a->title, NX_STR(" A\t\tstorm\r\n at\xc2\xa0sea\x01 "), NX_FROM_META);
    assert_true(is(&a->title, "A storm at sea"));
    nx_article_set(a, &a->title, NX_STR("Another"), NX_FROM_TEXT); // the first one stays
    assert_true(is(&a->title, "A storm at sea"));
    assert_int_equal(a->title.from, NX_FROM_META);
    nx_article_set(a, &a->section, NX_STR(" \n "), NX_FROM_META);
    assert_true(is(&a->section, NULL));
    nx_article_set(a, &a->byline, NX_STR("J\xff\xfe"), NX_FROM_META);
    assert_true(is(&a->byline, "J\xef\xbf\xbd\xef\xbf\xbd"));
    nx_article_set_body(a, NX_STR("\xef\xbb\xbf One \n\n\n two  words\r\nthree\xe2\x80\xa9"
                                  "four\n"));
    assert_true(nx_str_eq(a->body, NX_STR("One\ntwo words\nthree\nfour")));
    nx_article_set_body(a, NX_STR(" \n\t"));
    assert_null(a->body.p);
    nx_article_add_author(a, NX_STR("Jane Doe"), NX_FROM_META);
    nx_article_add_author(a, NX_STR("JANE DOE"), NX_FROM_META);
    assert_int_equal(a->author_count, 1);
    for (int i = 0; i < 2 * NX_KEYWORDS_MAX; i++) {
        char word[2] = {(char)('0' + i % 75), '\0'};
        nx_article_add_keyword(a, nx_str_of(word), NX_FROM_META);
    }
    assert_true(a->keyword_count <= NX_KEYWORDS_MAX);
    assert_false(nx_arena_failed(a->arena));
    nx_article_free(a);
}

// What cleaning does to ASCII, a byte at a time.
static size_t clean_slowly(const char *in, size_t n, char *out)
{
    size_t to = 0;
    char gap = '\0';
    for (size_t i = 0; i < n; i++) {
        if (nx_is_space(in[i])) {
            bool line_break = in[i] != ' ' && in[i] != '\t';
            gap = line_break || gap == '\n' ? '\n' : ' ';
        } else if (in[i] > ' ' && in[i] < 0x7f) {
            if (gap != '\0' && to > 0) {
                out[to++] = gap;
            }
            gap = '\0';
            out[to++] = in[i];
        }
    }
    return to;
}

static void test_cleaning_of_any_length(void **state)
{
    (void)state;
    static const char alphabet[] = "aaaaaaaaZ~!   \n\t\x01\x7f";
    uint32_t seed = 1;
    for (size_t round = 0; round < 4000; round++) {
        char in[64], want[64];
        size_t n = round % sizeof in;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1664525U + 1013904223U;
            // Rounds with few spaces and rounds with many, so that runs of all lengths come.
            in[i] = alphabet[(seed >> 16) % (round % 3 == 0 ? 13 : sizeof alphabet - 1)];
        }
        nx_article *a = nx_article_new(1 << 16);
        assert_non_null(a);
        nx_article_set_body(a, nx_str_make(in, n));
        assert_true(nx_str_eq(a->body, nx_str_make(want, clean_slowly(in, n, want))));
        nx_article_free(a);
    }
}

static void test_ceiling(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_article *a = nx_article_new(16 << 10);
    assert_non_null(a);
    char big[32 << 10];
    memset(big, 'x', sizeof big);
    nx_article_set_body(a, nx_str_make(big, sizeof big));
    assert_null(a->body.p);
    assert_int_equal(nx_arena_check(a->arena, "the article", &err), NX_ELIMIT);
    nx_article_free(a);
}

static void test_publisher(void **state)
{
    static const struct {
        const char *url, *given, *source, *host, *agency;
    } rows[] = {
        {"https://edition.cnn.com/x", NULL, "CNN", "cnn.com", NULL},
        {"https://www.example-paper.org/x", NULL, "example-paper.org", "example-paper.org", NULL},
        {"https://www.example-paper.org/x", "The Example", "The Example", "example-paper.org",
         NULL},
        {"https://www.cnn.com/x", "CNN (Web News)", "CNN", "cnn.com", NULL},
        {"", "africa.chinadaily.com.cn", "China Daily", "africa.chinadaily.com.cn", NULL},
        {"https://www.washingtonpost.com/x", "Associated Press", "The Washington Post",
         "washingtonpost.com", "AP"},
        {"https://www.reuters.com/x", "Reuters", "Reuters", "reuters.com", NULL},
        {"not an address", "NYT", "The New York Times", NULL, NULL},
    };
    (void)state;
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        fixture f = start(rows[i].url, BODY);
        nx_article_set(f.article, &f.article->source, nx_str_of(rows[i].given), NX_FROM_RECORD);
        nx_article *a = finished(&f);
        if (!is(&a->source, rows[i].source) || !is(&a->source_host, rows[i].host) ||
            !is(&a->agency, rows[i].agency)) {
            print_error("row %zu: %s\n", i, a->source.s.p != NULL ? "other" : "absent");
            fail();
        }
        nx_article_free(a);
    }
}

static void test_wire_on_a_page(void **state)
{
    (void)state;
    fixture f = start("https://m.example-paper.org/2020/05/06/x?utm_source=a",
                      "By JANE DOE, Associated Press\nMADRID (AP) - " BODY);
    nx_article_set(f.article, &f.article->source, NX_STR("Example Paper"), NX_FROM_META);
    nx_article_add_author(f.article, NX_STR("Example Paper"), NX_FROM_META);
    nx_article_set(f.article, &f.article->language, NX_STR("en-US"), NX_FROM_META);
    nx_article *a = finished(&f);
    assert_true(is(&a->url, "https://www.example-paper.org/2020/05/06/x"));
    assert_true(is(&a->source, "Example Paper"));
    assert_true(is(&a->agency, "AP"));
    assert_true(is(&a->dateline, "MADRID"));
    assert_int_equal(a->author_count, 1); // the publisher is no author
    assert_true(is(&a->authors[0], "Jane Doe"));
    assert_true(is(&a->language, "en"));
    assert_true(nx_str_eq(a->body, NX_STR(BODY)));
    assert_true(a->published.known && a->published.day_only);
    assert_int_equal(a->published.from, NX_FROM_URL);
    nx_article_free(a);
}

static void test_dates(void **state)
{
    (void)state;
    // In the future: refused, and the address's day takes its place.
    fixture f = start("https://example.org/2020/05/06/x", BODY);
    f.article->published = day("2031-01-01");
    nx_article *a = finished(&f);
    assert_int_equal(a->published.utc, day("2020-05-06").utc);
    nx_article_free(a);
    // A record's own date is better than its address's.
    f = start("https://example.org/2020/05/06/x", BODY);
    f.article->published = day("2020-05-07 10:00");
    a = finished(&f);
    assert_int_equal(a->published.from, NX_FROM_RECORD);
    nx_article_free(a);
    // Nothing is updated before it is published.
    f = start("https://example.org/x", BODY);
    f.article->published = day("2020-05-07");
    f.article->updated = day("2020-05-06");
    a = finished(&f);
    assert_true(a->published.known && !a->updated.known);
    nx_article_free(a);
    // The time of the file only when asked for.
    f = start("https://example.org/x", BODY);
    f.record.file_mtime = 1500000000;
    a = finished(&f);
    assert_false(a->published.known);
    nx_article_free(a);
    f = start("https://example.org/x", BODY);
    f.record.file_mtime = 1500000000;
    f.options.keep_undated_file_time = true;
    a = finished(&f);
    assert_int_equal(a->published.from, NX_FROM_FILE);
    nx_article_free(a);
    // The year of a copyright notice is no date.
    f = start("", BODY "\n\xc2\xa9 2019 Example Paper. All rights reserved.");
    a = finished(&f);
    assert_false(a->published.known || a->updated.known);
    nx_article_free(a);
}

static void test_defaults(void **state)
{
    (void)state;
    fixture f = start("", "1234");
    f.options.source = NX_STR("Our Archive");
    f.options.language = NX_STR("de");
    f.options.section = NX_STR("Local");
    nx_article *a = finished(&f);
    assert_true(is(&a->source, "Our Archive"));
    assert_int_equal(a->source.from, NX_FROM_CONFIG);
    assert_true(is(&a->language, "de"));
    assert_true(is(&a->section, "Local"));
    nx_article_free(a);
}

static void test_small_repairs(void **state)
{
    (void)state;
    fixture f = start("", "A line.\\nAnother line of the text, which somebody escaped.");
    nx_article_set(f.article, &f.article->section, NX_STR("/world/middle_east"), NX_FROM_META);
    nx_article_set(f.article, &f.article->byline, NX_STR("Jane Doe , "), NX_FROM_RECORD);
    nx_article *a = finished(&f);
    assert_true(nx_str_eq(a->body, NX_STR("A line.\nAnother line of the text, which somebody "
                                          "escaped.")));
    assert_true(is(&a->section, "world"));
    assert_true(is(&a->byline, "Jane Doe"));
    nx_article_free(a);
    // A list of subjects; a text that has its line ends; a path of a few letters.
    f = start("", "C:\\new is a folder,\nhe said.");
    nx_article_set(f.article, &f.article->section, NX_STR("Ports, Storms, Timber"), NX_FROM_META);
    a = finished(&f);
    assert_true(nx_str_eq(a->body, NX_STR("C:\\new is a folder,\nhe said.")));
    assert_true(is(&a->section, "Ports"));
    nx_article_free(a);
    f = start("", BODY);
    nx_article_set(f.article, &f.article->section, NX_STR("/r/ports"), NX_FROM_META);
    a = finished(&f);
    assert_true(is(&a->section, "/r/ports"));
    nx_article_free(a);
    static const char *const sections[][2] = {
        {",News,Ports,Ships", "News"}, {",, ", NULL}, {" , Ports", "Ports"}};
    for (size_t i = 0; i < NX_COUNT(sections); i++) { // subjects of which some are missing
        f = start("", BODY);
        nx_article_set(f.article, &f.article->section, nx_str_of(sections[i][0]), NX_FROM_META);
        a = finished(&f);
        assert_true(is(&a->section, sections[i][1]));
        nx_article_free(a);
    }
    f = start("", BODY); // a byline of which nothing is left
    nx_article_set(f.article, &f.article->byline, NX_STR("By |"), NX_FROM_RECORD);
    a = finished(&f);
    assert_true(is(&a->byline, NULL));
    nx_article_free(a);
    // What a search service sends: the headline and the publisher again.
    f = start("", "Harbour closed  Eastmere Post");
    nx_article_set(f.article, &f.article->title, NX_STR("Harbour closed - Eastmere Post"),
                   NX_FROM_FEED);
    nx_article_set(f.article, &f.article->source, NX_STR("Eastmere Post"), NX_FROM_FEED);
    a = finished(&f);
    assert_true(is(&a->title, "Harbour closed"));
    assert_int_equal(a->body.n, 0);
    nx_article_free(a);
}

static void test_skips(void **state)
{
    (void)state;
    fixture f = start("https://example.org/x", " \n ");
    outcome o = finish(&f);
    assert_null(o.article);
    assert_string_equal(o.reason, "empty");
    assert_int_equal(o.code, NX_OK);
    // A headline alone is an article, and so is a kill that names what it kills.
    f = start("https://example.org/x", "");
    nx_article_set(f.article, &f.article->title, NX_STR("Harbour closed"), NX_FROM_RECORD);
    nx_article_free(finished(&f));
    f = start("https://example.org/x", "");
    f.article->state = NX_ARTICLE_CANCELED;
    nx_article_free(finished(&f));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cleaning),       cmocka_unit_test(test_cleaning_of_any_length),
        cmocka_unit_test(test_ceiling),        cmocka_unit_test(test_publisher),
        cmocka_unit_test(test_wire_on_a_page), cmocka_unit_test(test_dates),
        cmocka_unit_test(test_defaults),       cmocka_unit_test(test_small_repairs),
        cmocka_unit_test(test_skips),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
