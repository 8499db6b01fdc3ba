// docmaker_test.c: articles -> documents: which terms, positions, weights, values and lines of
// data; identity and digest; and the sums checked against a plain count.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "indexer/docmaker.h"
#include "schema/schema.h"
#include "text/analysis.h"

static nx_article *an_article(const char *title, const char *body)
{
    nx_article *a = nx_article_new(1 << 24);
    assert_non_null(a);
    nx_article_set(a, &a->title, nx_str_of(title), NX_FROM_META);
    nx_article_set_body(a, nx_str_of(body));
    nx_article_set(a, &a->language, NX_STR("en"), NX_FROM_DETECTED);
    a->file = NX_STR("news/a.json");
    return a;
}

static nx_made make(nx_docmaker *m, const nx_article *a)
{
    nx_docmaker_options options = {0};
    nx_made made;
    nx_error err = NX_ERROR_INIT;
    assert_int_equal(nx_docmaker_make(m, a, &options, &made, &err), NX_OK);
    return made;
}

// "wdf:pos,pos" of a term, or "" when the document does not have it.
static const char *term(const nx_doc *d, const char *name)
{
    static char out[1 << 16]; // a few thousand positions
    out[0] = '\0';
    for (size_t i = 0; i < d->term_count; i++) {
        const nx_doc_term *t = &d->terms[i];
        if (strcmp(nx_vocab_get(d->vocab, t->term).p, name) == 0) {
            assert_string_equal(out, ""); // once only
            int n = snprintf(out, sizeof out, "%u:", t->wdf);
            for (uint32_t k = 0; k < t->pos_count; k++) {
                n += snprintf(out + n, sizeof out - (size_t)n, "%s%u", k > 0 ? "," : "",
                              d->positions[t->pos_start + k]);
            }
        }
    }
    return out;
}

static const char *value(const nx_doc *d, uint32_t slot)
{
    static char out[200];
    out[0] = '\0';
    for (size_t i = 0; i < d->value_count; i++) {
        if (d->values[i].slot == slot) {
            assert_true(d->values[i].bytes.n < sizeof out);
            memcpy(out, d->values[i].bytes.p, d->values[i].bytes.n);
            out[d->values[i].bytes.n] = '\0';
        }
    }
    return out;
}

static void words_go_where_the_schema_says(void **state)
{
    (void)state;
    nx_docmaker *m = nx_docmaker_new();
    nx_article *a =
        an_article("Senate votes on José", "The senate voted.\nVotes in the U.S. co-op.");
    nx_article_set(a, &a->summary, NX_STR("Summary votes"), NX_FROM_META);
    nx_doc d = make(m, a).doc;
    static const struct {
        const char *term, *what;
    } rows[] = {
        {"Ssenate", "1:1"}, {"Svotes", "1:2"}, {"Sjosé", "1:4"},  {"Sjose", "1:4"},
        {"ZSvote", "1:"},   {"ZSsenat", "1:"}, {"senate", "4:2"}, {"votes", "5:4,111"},
        {"voted", "1:3"},   {"Zvote", "6:"},   {"josé", "3:"},    {"jose", "3:"},
        {"the", "2:1,6"},   {"u.s.", "1:7"},   {"us", ""},        {"co", "1:8"},
        {"op", "1:9"},      {"coop", "1:8"},   {"Zcoop", "1:"},   {"summary", "1:110"},
        {"ZSvotes", ""},    {"Len", "0:"},     {"XSRC", ""},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        if (strcmp(term(&d, rows[i].term), rows[i].what) != 0) {
            fail_msg("%s is %s, not %s", rows[i].term, term(&d, rows[i].term), rows[i].what);
        }
    }
    nx_article_free(a);
    nx_docmaker_free(m);
}

// A headline alone does not tell its language, and is found by other forms of its words all the
// same; a text that could have told it is not taken for English.
static void brief_articles_have_stems(void **state)
{
    (void)state;
    nx_docmaker *m = nx_docmaker_new();
    nx_article *a = nx_article_new(1 << 20);
    nx_buf text;
    assert_non_null(a);
    nx_article_set(a, &a->title, NX_STR("Matrix programs"), NX_FROM_META);
    nx_doc d = make(m, a).doc;
    assert_string_equal(term(&d, "Zprogram"), "3:");
    assert_string_equal(term(&d, "Len"), "");
    nx_buf_init(&text, 1 << 10);
    for (size_t i = 0; i < NX_BRIEF_BYTES / 5; i++) {
        nx_buf_addz(&text, "dogs ");
    }
    nx_article_set_body(a, nx_buf_str(&text));
    d = make(m, a).doc;
    assert_string_equal(term(&d, "Zdog"), "");
    nx_buf_release(&text);
    nx_article_free(a);
    nx_docmaker_free(m);
}

static nx_article *a_full_article(void)
{
    nx_article *a = an_article("Headline", "Body text");
    nx_article_set(a, &a->url, NX_STR("https://news.example.co.uk/a"), NX_FROM_META);
    nx_article_set(a, &a->source, NX_STR("The Daily Éxample"), NX_FROM_TABLE);
    nx_article_set(a, &a->source_host, NX_STR("news.example.co.uk"), NX_FROM_URL);
    nx_article_set(a, &a->agency, NX_STR("Reuters"), NX_FROM_TEXT);
    nx_article_set(a, &a->section, NX_STR("World"), NX_FROM_URL);
    nx_article_set(a, &a->dateline, NX_STR("NEW YORK"), NX_FROM_TEXT);
    nx_article_set(a, &a->id, NX_STR("guid-12345"), NX_FROM_FEED);
    nx_article_add_author(a, NX_STR("Jane Doe"), NX_FROM_META);
    nx_article_add_author(a, NX_STR("John Q. Roe"), NX_FROM_META);
    nx_article_add_keyword(a, NX_STR("Trade War"), NX_FROM_META);
    a->published = (nx_when){
        .known = true, .has_zone = true, .zone_min = 60, .from = NX_FROM_JSONLD, .utc = 1553246100};
    a->updated =
        (nx_when){.known = true, .day_only = true, .from = NX_FROM_META, .utc = 1553299200};
    a->offset = 7;
    a->offset_is_line = true;
    return a;
}

static void facts_become_terms_values_and_lines(void **state)
{
    (void)state;
    nx_docmaker *m = nx_docmaker_new();
    nx_article *a = a_full_article();
    nx_docmaker_options options = {.indexed_utc = 1553300000, .family = NX_STR("00ff00ff00ff00ff")};
    nx_made made;
    nx_error err = NX_ERROR_INIT;
    assert_int_equal(nx_docmaker_make(m, a, &options, &made, &err), NX_OK);
    const nx_doc *d = &made.doc;
    static const struct {
        const char *term, *what;
    } terms[] = {
        {"Qhttps://news.example.co.uk/a", "0:"},
        {"Uhttps://news.example.co.uk/a", "0:"},
        {"Hnews.example.co.uk", "0:"},
        {"Hexample.co.uk", "0:"},
        {"Hco.uk", "0:"},
        {"Huk", ""},
        {"XSRCthe daily example", "0:"},
        {"XSRCdaily", "0:2"},
        {"XSRCéxample", "0:3"},
        {"XSRCexample", "0:3"},
        {"XAGreuters", "0:"},
        {"XSECworld", "0:"},
        {"XPLnew york", "0:"},
        {"XPLyork", "0:2"},
        {"Ajane doe", "0:"},
        {"Adoe", "0:2"},
        {"Ajohn q. roe", "0:"},
        {"Aroe", "0:105"},
        {"Ktrade war", "0:"},
        {"Kwar", "0:2"},
        {"D20190322", "0:"},
        {"M201903", "0:"},
        {"Y2019", "0:"},
        {"D20190323", ""},
        {"ZAdoe", ""},
    };
    for (size_t i = 0; i < NX_COUNT(terms); i++) {
        if (strcmp(term(d, terms[i].term), terms[i].what) != 0) {
            fail_msg("%s is '%s'", terms[i].term, term(d, terms[i].term));
        }
    }
    assert_string_equal(value(d, NX_SLOT_PUBLISHED), "20190322091500");
    assert_string_equal(value(d, NX_SLOT_UPDATED), "20190323000000");
    assert_string_equal(value(d, NX_SLOT_INDEXED), "20190323001320");
    assert_string_equal(value(d, NX_SLOT_SOURCE), "The Daily Éxample");
    assert_string_equal(value(d, NX_SLOT_AUTHOR), "Jane Doe\x1fJohn Q. Roe");
    assert_string_equal(value(d, NX_SLOT_FAMILY), "00ff00ff00ff00ff");
    assert_string_equal(value(d, NX_SLOT_HOST), "news.example.co.uk");
    for (size_t i = 0; i < d->value_count; i++) {
        assert_true(d->values[i].bytes.n > 0);
        assert_true(i == 0 || d->values[i].slot > d->values[i - 1].slot);
    }
    static const struct {
        const char *name, *text;
    } lines[] = {
        {NX_DATA_ID, "https://news.example.co.uk/a"},
        {NX_DATA_NATIVE_ID, "guid-12345"},
        {NX_DATA_TITLE, "Headline"},
        {NX_DATA_SOURCE, "The Daily Éxample"},
        {NX_DATA_AUTHOR, "Jane Doe"},
        {NX_DATA_PUBLISHED, "2019-03-22T09:15:00Z"},
        {NX_DATA_ZONE, "60"},
        {NX_DATA_UPDATED, "2019-03-23"},
        {NX_DATA_FILE, "news/a.json"},
        {NX_DATA_LINE, "7"},
        {NX_DATA_FROM, "title:meta url:meta source:table agency:text author:meta place:text "
                       "published:json-ld updated:meta section:url lang:detected"},
    };
    nx_buf scratch;
    nx_buf_init(&scratch, 1000);
    for (size_t i = 0; i < NX_COUNT(lines); i++) {
        nx_str got = nx_data_get(d->data, lines[i].name, &scratch);
        if (!nx_str_eq(got, nx_str_of(lines[i].text))) {
            fail_msg("%s=%.*s", lines[i].name, (int)got.n, got.p);
        }
    }
    assert_true(nx_str_eq(nx_data_get_body(d->data), NX_STR("Body text")));
    assert_null(nx_data_get(d->data, NX_DATA_MEMBER, &scratch).p);
    nx_buf_release(&scratch);
    nx_article_free(a);
    nx_docmaker_free(m);
}

static void an_article_without_facts_has_none(void **state)
{
    (void)state;
    nx_docmaker *m = nx_docmaker_new();
    nx_article *a = nx_article_new(1 << 20);
    nx_made made = make(m, a);
    assert_int_equal(made.doc.term_count, 1);
    assert_string_equal(term(&made.doc, "Qfile:"), "0:");
    assert_int_equal(made.doc.value_count, 1); // the digest
    assert_int_equal(made.doc.values[0].slot, NX_SLOT_CONTENT);
    assert_true(nx_str_eq(made.doc.data, NX_STR("id=file:\n\n")));
    nx_article_free(a);
    nx_docmaker_free(m);
}

static void identity_is_the_first_that_lasts(void **state)
{
    (void)state;
    static const struct {
        const char *url, *id, *host, *source, *file, *member, *identity;
        uint64_t offset;
    } rows[] = {
        {"https://a.example/1", "9", "a.example", "A", "d/f", NULL, "https://a.example/1", 0},
        {NULL, "AP880212-0001", NULL, NULL, "d/f", NULL, "AP880212-0001", 5},
        {NULL, "AP880212-0001", NULL, "Ass. Prèss", "d/f", NULL, "ass. press:AP880212-0001", 5},
        {NULL, "AP880212-0001", "ap.example", "AP", "d/f", NULL, "ap.example:AP880212-0001", 5},
        {NULL, "17", "ap.example", "AP", "d/f", NULL, "ap.example:17", 5},
        {NULL, "17", NULL, "AP", "x/y/d/f.sgm", NULL, "d/f.sgm:17", 5},
        {NULL, "17", NULL, NULL, "f.sgm", NULL, "f.sgm:17", 5},
        {NULL, "17", NULL, NULL, "/f.sgm", NULL, "/f.sgm:17", 5},
        {NULL, "17", NULL, NULL, "x/a.tar", "b/c", "x/a.tar!b/c:17", 5},
        {NULL, "1234567890", NULL, NULL, "d/f", NULL, "1234567890", 5},
        {NULL, NULL, "a.example", "A", "x/d/f", NULL, "file:x/d/f", 0},
        {NULL, NULL, NULL, NULL, "x/a.zip", "m", "file:x/a.zip!m", 0},
        {NULL, NULL, NULL, NULL, "x/a.json", NULL, "file:x/a.json", 1}, // the whole file
        {NULL, NULL, NULL, NULL, "x/a.zip", "m.json", "file:x/a.zip!m.json", 1},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_article *a = nx_article_new(1 << 20);
        nx_article_set(a, &a->url, nx_str_of(rows[i].url), NX_FROM_META);
        nx_article_set(a, &a->id, nx_str_of(rows[i].id), NX_FROM_META);
        nx_article_set(a, &a->source_host, nx_str_of(rows[i].host), NX_FROM_META);
        nx_article_set(a, &a->source, nx_str_of(rows[i].source), NX_FROM_META);
        a->file = nx_str_of(rows[i].file);
        a->member = nx_str_of(rows[i].member);
        a->offset = rows[i].offset;
        a->offset_is_line = true;
        nx_buf b;
        nx_buf_init(&b, 1000);
        nx_article_identity(a, &b);
        assert_string_equal(b.data, rows[i].identity);
        nx_buf_release(&b);
        nx_article_free(a);
    }
}

static void identity_of_a_line_is_its_text(void **state)
{
    (void)state;
    nx_article *a = nx_article_new(1 << 20);
    nx_buf first, other;
    nx_buf_init(&first, 1000);
    nx_buf_init(&other, 1000);
    nx_article_set(a, &a->title, NX_STR("Roads"), NX_FROM_RECORD);
    nx_article_set(a, &a->source, NX_STR("A"), NX_FROM_RECORD);
    a->published = (nx_when){.known = true, .utc = 1000, .from = NX_FROM_FILE};
    a->file = NX_STR("x/log.jsonl");
    a->offset = 1;
    a->offset_is_line = true;
    nx_article_identity(a, &first);
    assert_memory_equal(first.data, "text:", 5);
    a->file = NX_STR("x/log.jsonl.1");
    a->offset = 7000;
    a->offset_is_line = false;
    a->published.utc = 2000; // the file's time says nothing
    nx_article_identity(a, &other);
    assert_string_equal(first.data, other.data);
    nx_buf_clear(&other);
    a->source.s = NX_STR("B"); // which printed the same
    nx_article_identity(a, &other);
    assert_string_not_equal(first.data, other.data);
    nx_buf_release(&other);
    nx_buf_release(&first);
    nx_article_free(a);
}

static void the_digest_ignores_only_the_place(void **state)
{
    (void)state;
    unsigned char before[NX_DIGEST_BYTES], after[NX_DIGEST_BYTES];
    nx_article *a = a_full_article();
    nx_article_digest(a, before);
    a->file = NX_STR("moved.json");
    a->member = NX_STR("m");
    a->offset = 99;
    nx_article_digest(a, after);
    assert_memory_equal(before, after, sizeof before);

    nx_str *const strings[] = {
        &a->title.s,    &a->body,     &a->summary.s,    &a->source.s,      &a->agency.s,
        &a->credited.s, &a->byline.s, &a->authors[1].s, &a->section.s,     &a->dateline.s,
        &a->url.s,      &a->id.s,     &a->language.s,   &a->keywords[0].s, &a->source_host.s};
    for (size_t i = 0; i < NX_COUNT(strings); i++) {
        nx_str was = *strings[i];
        *strings[i] = NX_STR("other");
        nx_article_digest(a, after);
        assert_memory_not_equal(before, after, sizeof before);
        *strings[i] = was;
    }
    a->updated.utc++;
    nx_article_digest(a, after);
    assert_memory_not_equal(before, after, sizeof before);
    a->updated.utc--;
    a->published.known = false;
    nx_article_digest(a, after);
    assert_memory_not_equal(before, after, sizeof before);
    nx_article_free(a);
}

// ---- the sums, against a plain count

typedef struct count {
    const nx_vocab *vocab;
    struct {
        uint32_t term, wdf, positions;
    } rows[4000];
    size_t n;
} count;

static void count_chunk(void *ctx, const nx_chunk *c)
{
    count *k = ctx;
    for (size_t i = 0; i < c->form_count; i++) {
        size_t at = 0;
        while (at < k->n && k->rows[at].term != c->forms[i].term) {
            at++;
        }
        if (at == k->n) {
            assert_true(k->n < 4000);
            k->rows[k->n].term = c->forms[i].term;
            k->rows[k->n].wdf = 0;
            k->rows[k->n++].positions = 0;
        }
        k->rows[at].wdf++;
        k->rows[at].positions += c->forms[i].kind != NX_FORM_STEM;
    }
}

static void sums_are_those_of_a_plain_count(void **state)
{
    (void)state;
    static const char *const words[] = {"the",  "of",    "U.S.",  "co-op", "vote", "votes",
                                        "José", "1,000", "don't", "a",     "9/11", "東京都"};
    nx_docmaker *m = nx_docmaker_new();
    uint32_t seed = 1;
    for (unsigned round = 0; round < 50; round++) {
        nx_buf body;
        nx_buf_init(&body, 1 << 20);
        for (unsigned i = 0; i < 40 * round; i++) {
            seed = seed * 1664525U + 1013904223U;
            nx_buf_addf(&body, "%s ", words[(seed >> 16) % 12]);
            if (seed >> 28 == 0) {
                nx_buf_addf(&body, "w%u ", seed >> 20);
            }
        }
        nx_article *a = an_article("", body.data);
        nx_doc d = make(m, a).doc;

        static count k;
        k.n = 0;
        nx_vocab *vocab = nx_vocab_new();
        nx_analyzer *analyzer = nx_analyzer_new(vocab);
        nx_analyzer_language(analyzer, NX_STR("en"));
        (void)nx_analyze(analyzer, nx_buf_str(&body), 1, count_chunk, &k);
        for (size_t i = 0; i < k.n; i++) {
            char want[40];
            (void)snprintf(want, sizeof want, "%u:", k.rows[i].wdf);
            const char *got = term(&d, nx_vocab_get(vocab, k.rows[i].term).p);
            assert_memory_equal(got, want, strlen(want));
        }
        size_t text_terms = 0;
        for (size_t i = 0; i < d.term_count; i++) {
            const nx_doc_term *t = &d.terms[i];
            text_terms += t->wdf > 0;
            for (uint32_t p = 1; p < t->pos_count; p++) {
                assert_true(d.positions[t->pos_start + p] > d.positions[t->pos_start + p - 1]);
            }
        }
        assert_int_equal(text_terms, k.n);
        nx_analyzer_free(analyzer);
        nx_vocab_free(vocab);
        nx_article_free(a);
        nx_buf_release(&body);
    }
    nx_docmaker_free(m);
}

static void making_again_or_after_a_trim_changes_nothing(void **state)
{
    (void)state;
    nx_docmaker *m = nx_docmaker_new();
    nx_article *a = an_article("Senate votes", "The senate voted in the U.S.");
    nx_article *other = an_article("Other", "Other words entirely, votes too.");
    nx_made first = make(m, a);
    size_t terms = first.doc.term_count;
    for (int i = 0; i < 3; i++) {
        (void)make(m, other);
        if (i == 1) {
            nx_docmaker_trim(m, 0);
        }
        nx_made again = make(m, a);
        assert_int_equal(again.doc.term_count, terms);
        assert_string_equal(term(&again.doc, "votes"), "3:");
        assert_string_equal(term(&again.doc, "voted"), "1:3");
        assert_string_equal(term(&again.doc, "other"), "");
    }
    nx_article_free(a);
    nx_article_free(other);
    nx_docmaker_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_go_where_the_schema_says),
        cmocka_unit_test(brief_articles_have_stems),
        cmocka_unit_test(facts_become_terms_values_and_lines),
        cmocka_unit_test(an_article_without_facts_has_none),
        cmocka_unit_test(identity_is_the_first_that_lasts),
        cmocka_unit_test(identity_of_a_line_is_its_text),
        cmocka_unit_test(the_digest_ignores_only_the_place),
        cmocka_unit_test(sums_are_those_of_a_plain_count),
        cmocka_unit_test(making_again_or_after_a_trim_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
