// search_test.c: what queries find in a small index, in which order, and what is said about it.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "search_kit.h"
#include "search_rows.h"
#include "text/analysis.h"

static const kit_article articles[] = {
    {.id = "raid",
     .title = "Group raids embassy",
     .source = "Daily Planet",
     .author = "Ann Smith",
     .day = "2019-03-27",
     .family = "f1",
     .body = "A dissident group raided the North Korean embassy in Madrid. Its members later "
             "contacted the FBI and shared what they had taken.\nThe U.S. declined to comment."},
    {.id = "copy",
     .title = "Embassy raided",
     .source = "Morning Post",
     .day = "2019-03-28",
     .family = "f1",
     .body = "A dissident group raided the North Korean embassy in Madrid, the Daily Planet says."},
    {.id = "fbi",
     .title = "FBI opens office",
     .source = "Daily Planet",
     .author = "Bob Jones",
     .day = "2019-02-01",
     .body = "The FBI opened an office. A contact of the paper says that us locals like it. News "
             "from the north will follow, and Korea is far. FBI agents agree."},
    {.id = "new",
     .title = "A new bridge",
     .source = "Morning Post",
     .day = "2018-05-05",
     .body = "The new bridge carries traffic over the river. Trump's aides praised it, and the "
             "doctor's office moved to Kenya's coast."},
    {.id = "news",
     .title = "Press review",
     .source = "Weekly",
     .body = "The news is that papers sell. Jos\xc3\xa9 Garc\xc3\xad"
             "a reads AIDS reports; the aids "
             "of sailors are many. They co-operate on node.js and COVID-19."},
    {.id = "wheat",
     .title = "Wheat deal",
     .source = "Weekly",
     .day = "2019-03-01",
     .body = "Canada sold wheat. Wheat prices rose as wheat ran out. Freedom of information act "
             "requests were filed by a fox-it analyst. A fox ran off."},
};
enum { ARTICLES = NX_COUNT(articles) };

static kit_index kit;

static int open_kit(void **state)
{
    (void)state;
    kit_open(&kit, articles, ARTICLES);
    return 0;
}

static int close_kit(void **state)
{
    (void)state;
    kit_close(&kit);
    return 0;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

// The words of a line in alphabetical order, so that sets compare.
static void sort_words(const char *line, nx_buf *out)
{
    char copy[512];
    const char *words[64];
    size_t count = 0;
    snprintf(copy, sizeof copy, "%s", line);
    for (char *p = copy; *p != '\0';) {
        words[count++] = p;
        p += strcspn(p, " ");
        if (*p == ' ') {
            *p++ = '\0';
        }
    }
    qsort(words, count, sizeof words[0], by_text);
    nx_buf_init(out, 1 << 12);
    for (size_t i = 0; i < count; i++) {
        nx_buf_addz(out, i > 0 ? " " : "");
        nx_buf_addz(out, words[i]);
    }
}

static void test_sets(void **state)
{
    (void)state;
    for (size_t i = 0; i < NX_COUNT(sets); i++) {
        nx_buf ids, got, want;
        nx_result *r = kit_search(&kit, sets[i].query, NULL);
        kit_ids(r, &ids);
        sort_words(ids.data, &got);
        sort_words(sets[i].ids, &want);
        if (!nx_str_eq(nx_buf_str(&got), nx_buf_str(&want))) {
            nx_buf tree;
            nx_buf_init(&tree, 1 << 16);
            nx_query_dump(nx_result_query(r)->root, &tree);
            fail_msg("{%s} finds {%s}, not {%s}\n%s", sets[i].query, got.data, want.data,
                     tree.data);
        }
        nx_buf_release(&ids);
        nx_buf_release(&got);
        nx_buf_release(&want);
        nx_result_free(r);
    }
}

static void check_order(const char *query, const nx_search_options *options, const char *want)
{
    nx_buf ids;
    nx_result *r = kit_search(&kit, query, options);
    kit_ids(r, &ids);
    if (strcmp(ids.data, want) != 0) {
        fail_msg("{%s} gives {%s}, not {%s}", query, ids.data, want);
    }
    nx_buf_release(&ids);
    nx_result_free(r);
}

static void test_order(void **state)
{
    (void)state;
    nx_search_options o = nx_search_defaults();
    o.suggest = false;
    check_order("contacted", &o, "raid fbi"); // the very form first
    check_order("contact", &o, "fbi raid");
    check_order("fbi office", &o, "fbi raid new");  // all words first
    check_order("wheat^5 bridge", &o, "wheat new"); // weights
    check_order("wheat bridge^5", &o, "new wheat");
    check_order("(wheat fox)^0.1 OR bridge", &o, "new wheat");
    check_order("(wheat fox) OR (bridge \"the river\")^0.1", &o, "wheat new");
    o.words = NX_WORDS_ALL;
    check_order("fbi madrid", &o, "raid");
    o.words = NX_WORDS_ANY;
    check_order("\"fbi opens\" bridge", &o, "new fbi");
    o = nx_search_defaults();
    o.sort = NX_SORT_NEWEST;
    check_order("*", &o, "copy raid wheat fbi new news");
    o.sort = NX_SORT_OLDEST;
    check_order("*", &o, "new fbi wheat raid copy news");
    o.offset = 2;
    o.limit = 2;
    check_order("*", &o, "wheat raid");
    o.offset = 5;
    check_order("*", &o, "news");
    o.offset = 50;
    check_order("*", &o, "");
}

static void test_near_words_first(void **state)
{
    static const kit_article pair[] = {
        {.id = "far",
         .title = "One",
         .body = "The harbour was closed. Later that week some ships "
                 "waited outside as the storm passed. A strike too."},
        {.id = "near",
         .title = "Two",
         .body = "The harbour strike was long. Later that week some "
                 "ships waited outside as the storm passed closed."},
    };
    kit_index two;
    nx_buf ids;
    (void)state;
    kit_open(&two, pair, 2);
    nx_result *r = kit_search(&two, "harbour strike", NULL);
    kit_ids(r, &ids);
    assert_string_equal(ids.data, "near far");
    nx_buf_release(&ids);
    nx_result_free(r);
    kit_close(&two);
}

static void test_recency_lifts_the_newer(void **state)
{
    (void)state;
    nx_search_options o = nx_search_defaults();
    o.now = 1553731200; // 2019-03-28
    nx_result *r = kit_search(&kit, "contact", &o);
    nx_hit hit;
    double before, after;
    assert_int_equal(nx_result_hit(r, 0, &hit, NULL), NX_OK);
    before = hit.weight;
    nx_result_free(r);
    check_order("contact", &o, "fbi raid");
    o.recency = 86400;
    check_order("contact", &o, "raid fbi");
    r = kit_search(&kit, "contact", &o);
    assert_int_equal(nx_result_hit(r, 1, &hit, NULL), NX_OK);
    after = hit.weight;
    assert_true(after >= before * 0.5 && after < before * 0.51); // the floor
    nx_result_free(r);
}

static void test_counts(void **state)
{
    (void)state;
    nx_search_options o = nx_search_defaults();
    const nx_facet_wish wishes[] = {{.field = nx_field_by_id(NX_FIELD_SOURCE)},
                                    {.field = nx_field_by_id(NX_FIELD_DATE), .step = NX_STEP_YEAR}};
    o.limit = 0;
    o.facets = wishes;
    o.facet_count = 2;
    o.timeline = NX_STEP_MONTH;
    nx_result *r = kit_search(&kit, "* -wheat", &o);
    nx_counts counts = nx_result_counts(r);
    assert_int_equal(counts.lower, 5);
    assert_int_equal(counts.upper, 5);
    assert_int_equal(counts.index_documents, ARTICLES);
    assert_false(counts.undated_known);
    size_t n;
    const nx_bucket *b = nx_result_facet(r, 0, &n);
    assert_int_equal(n, 3);
    assert_true(nx_str_eq(b[0].value, NX_STR("Daily Planet")) && b[0].documents == 2);
    assert_true(nx_str_eq(b[2].value, NX_STR("Weekly")) && b[2].documents == 1);
    b = nx_result_facet(r, 1, &n);
    assert_int_equal(n, 2);
    assert_true(nx_str_eq(b[0].value, NX_STR("2018")) && b[0].documents == 1);
    assert_true(nx_str_eq(b[1].value, NX_STR("2019")) && b[1].documents == 3);
    b = nx_result_timeline(r, &n);
    assert_int_equal(n, 3);
    assert_true(nx_str_eq(b[2].value, NX_STR("2019-03")) && b[2].documents == 2);
    nx_result_free(r);

    o = nx_search_defaults();
    o.exact = true;
    o.since = 1546300800; // 2019-01-01
    r = kit_search(&kit, "*", &o);
    counts = nx_result_counts(r);
    assert_int_equal(counts.estimated, 4);
    assert_true(counts.undated_known);
    assert_int_equal(counts.undated, 1);
    nx_result_free(r);
}

static void test_families_collapse(void **state)
{
    (void)state;
    nx_search_options o = nx_search_defaults();
    o.per_family = 1;
    nx_result *r = kit_search(&kit, "embassy", &o);
    nx_hit hit;
    assert_int_equal(nx_result_hit_count(r), 1);
    assert_int_equal(nx_result_hit(r, 0, &hit, NULL), NX_OK);
    assert_int_equal(hit.family_others, 1);
    assert_true(nx_str_eq(hit.family, NX_STR("f1")));
    nx_result_free(r);
}

static bool has_note(const nx_result *r, nx_note_kind kind, const char *part)
{
    for (const nx_note *n = nx_result_query(r)->notes; n != NULL; n = n->next) {
        if (n->kind == kind && strstr(n->text, part) != NULL) {
            return true;
        }
    }
    return false;
}

// ---- families

#define STORY "The old harbour bridge fell into the river during the storm on Friday night."

static const kit_article copies[] = {
    {.id = "undated", .title = "Bridge falls", .body = STORY, .source = "Post", .family = "f2"},
    {.id = "long",
     .title = "Bridge falls",
     .body = STORY " A dredger clears the channel.",
     .source = "Gazette",
     .day = "2019-02-24",
     .family = "f2"},
    {.id = "left",
     .title = "Bridge falls",
     .body = STORY,
     .source = "Courier",
     .day = "2019-02-20",
     .family = "f2"},
    {.id = "first",
     .title = "Bridge falls",
     .body = STORY " Nobody was on it, said the mayor of the town, who had been called at once.",
     .source = "Herald",
     .day = "2019-02-22",
     .family = "f2"},
    {.id = "other", .title = "Harbour bridge", .body = "A bridge for the harbour.", .day = "2019"},
};

// What stands for the family among the hits of a query; nothing when it is not among them.
static void check_standing(kit_index *k, const char *query, const char *id, nx_sort sort)
{
    nx_search_options o = nx_search_defaults();
    nx_hit hit = {.family = NX_STR_NONE};
    nx_error err = NX_ERROR_INIT;
    o.per_family = 1;
    o.families = true;
    o.sort = sort;
    nx_result *r = kit_search(k, query, &o);
    for (uint32_t i = 0; i < nx_result_hit_count(r) && hit.family.n == 0; i++) {
        assert_int_equal(nx_result_hit(r, i, &hit, &err), NX_OK);
    }
    nx_buf scratch;
    nx_buf_init(&scratch, 1000);
    nx_str got = hit.family.n > 0 ? nx_data_get(hit.data, NX_DATA_NATIVE_ID, &scratch) : NX_STR("");
    if (!nx_str_eq(got, nx_str_of(id))) {
        fail_msg("%s: %.*s instead of %s", query, (int)got.n, got.p, id);
    }
    nx_buf_release(&scratch);
    nx_result_free(r);
}

static void test_the_first_copy_stands_for_a_family(void **state)
{
    (void)state;
    kit_index k;
    kit_open(&k, copies, NX_COUNT(copies));
    // It has left the family, and is still listed.
    nx_error err = NX_ERROR_INIT;
    nx_xdoc *doc = NULL;
    assert_int_equal(nx_xdb_doc(&doc, nx_xwdb_db(k.db), 3, &err), NX_OK);
    assert_int_equal(nx_xdoc_set_value(doc, NX_SLOT_FAMILY, NX_STR(""), &err), NX_OK);
    assert_int_equal(nx_xwdb_replace(k.db, 3, doc, &err), NX_OK);
    nx_xdoc_free(doc);

    check_standing(&k, "bridge river", "first", NX_SORT_RELEVANCE);
    check_standing(&k, "bridge NOT mayor", "long", NX_SORT_RELEVANCE);
    check_standing(&k, "bridge dredger", "long", NX_SORT_RELEVANCE); // the first has no dredger
    check_standing(&k, "bridge source:Post", "undated", NX_SORT_RELEVANCE);
    check_standing(&k, "bridge w/s storm NOT mayor", "long", NX_SORT_RELEVANCE); // is checked
    check_standing(&k, "bridge", "long", NX_SORT_NEWEST); // or the order by date would be broken
    check_standing(&k, "bridge", "first", NX_SORT_OLDEST);
    check_standing(&k, "nothing", "", NX_SORT_RELEVANCE);
    kit_close(&k);
}

static void test_pages_of_an_expanded_search_fit_together(void **state)
{
    (void)state;
    enum { ALL = 120, PAGE = 7 };
    static char ids[ALL][8], bodies[ALL][200];
    static const char *const words[] = {"harvest", "barley", "rain", "mill", "bread", "flour"};
    kit_article list[ALL];
    for (int i = 0; i < ALL; i++) {
        (void)snprintf(ids[i], sizeof ids[i], "a%d", i);
        (void)snprintf(bodies[i], sizeof bodies[i], "%s %s and %s, %s %d, of the field.",
                       i % 10 == 0   ? "Wheat elevator"
                       : i % 10 == 1 ? "Elevator"
                                     : "Maize",
                       words[i % 6], words[i * i % 5], words[i % 3], i);
        list[i] = (kit_article){.id = ids[i], .title = "Prices", .body = bodies[i]};
    }
    kit_index k;
    kit_open(&k, list, ALL);
    nx_search_options o = nx_search_defaults();
    nx_buf whole, page, joined;
    nx_buf_init(&joined, 1 << 16);
    o.expand = true;
    o.suggest = false;
    o.limit = NX_LIMIT_NONE;
    nx_result *r = kit_search(&k, "wheat oats", &o);
    uint32_t count = nx_result_hit_count(r);
    assert_true(count > 15); // the expansion has found more
    assert_non_null(strstr(nx_result_query(r)->last_note->text, "elevator")); // not the stem elev
    kit_ids(r, &whole);
    nx_result_free(r);
    o.limit = PAGE;
    for (o.offset = 0; o.offset < count; o.offset += PAGE) {
        r = kit_search(&k, "wheat oats", &o);
        kit_ids(r, &page);
        nx_buf_addz(&joined, joined.len > 0 ? " " : "");
        nx_buf_adds(&joined, nx_buf_str(&page));
        nx_buf_release(&page);
        nx_result_free(r);
    }
    assert_true(nx_str_eq(nx_buf_str(&joined), nx_buf_str(&whole)));
    nx_buf_release(&joined);
    nx_buf_release(&whole);
    kit_close(&k);
}

static void test_members_of_a_family(void **state)
{
    (void)state;
    kit_index k;
    nx_error err = NX_ERROR_INIT;
    nx_members m;
    nx_arena *arena = nx_arena_new(1 << 20);
    nx_search_options o = nx_search_defaults();
    nx_hit hit;
    kit_open(&k, copies, NX_COUNT(copies));
    o.per_family = 1;
    o.families = true;
    nx_result *r = kit_search(&k, "mayor", &o);
    assert_int_equal(nx_result_hit(r, 0, &hit, &err), NX_OK);
    const char *const sources[] = {"Courier", "Herald", "Gazette", "Post"};
    const char *const days[] = {"2019-02-20", "2019-02-22", "2019-02-24", ""};
    assert_int_equal(hit.members.count, 4); // whether they match or not
    assert_false(hit.members.more);
    for (size_t i = 0; i < 4; i++) {
        assert_true(nx_str_eq(hit.members.items[i].source, nx_str_of(sources[i])));
        assert_true(nx_str_eq(hit.members.items[i].published, nx_str_of(days[i])));
    }
    nx_str id = hit.members.items[3].id;
    assert_int_equal(nx_searcher_members(k.searcher, id, arena, &m, &err), NX_OK);
    assert_int_equal(m.count, 4);
    assert_int_equal(nx_searcher_members(k.searcher, NX_STR("nobody"), arena, &m, &err),
                     NX_ENOTFOUND);
    nx_result_free(r);

    r = kit_search(&k, "family:f2", &o); // who asks for the members wants them all
    assert_int_equal(nx_result_hit_count(r), 4);
    nx_result_free(r);
    r = kit_search(&k, "bridge -family:f2", &o);
    assert_int_equal(nx_result_hit_count(r), 1);
    nx_result_free(r);
    o.families = false;
    r = kit_search(&k, "mayor", &o);
    assert_int_equal(nx_result_hit(r, 0, &hit, &err), NX_OK);
    assert_int_equal(hit.members.count, 0);
    assert_true(nx_str_eq(hit.family, NX_STR("f2")));
    nx_result_free(r);
    nx_arena_free(arena);
    kit_close(&k);
}

static void test_nothing_is_silent(void **state)
{
    (void)state;
    static const struct {
        const char *query;
        nx_note_kind kind;
        const char *note;
    } rows[] = {
        {"the fbi", NX_NOTE_HINT, "common words do not count here: the"},
        {"zebra fbi", NX_NOTE_HINT, "\"zebra\" is in no article"},
        {"embas*", NX_NOTE_EXPANDED, "stands for 1 word: embassy"},
        {"wh*", NX_NOTE_EXPANDED, "wheat"},
        {"fbi AND", NX_NOTE_IGNORED, "\"AND\" is ignored"},
        {"(a0 OR a1 OR a2 OR a3 OR a4 OR a5 OR a6 OR a7 OR a8 OR a9 OR a10 OR a11 OR a12"
         " OR a13 OR a14 OR a15 OR a16 OR a17 OR a18 OR a19 OR a20 OR a21 OR a22 OR a23"
         " OR a24 OR a25 OR a26 OR a27 OR a28 OR a29 OR a30 OR a31 OR a32 OR a33 OR a34"
         " OR a35 OR a36 OR a37 OR a38 OR a39 OR a40 OR a41 OR a42 OR a43 OR a44 OR a45"
         " OR a46 OR a47 OR a48 OR a49 OR a50 OR a51 OR a52 OR a53 OR a54 OR a55 OR a56"
         " OR a57 OR a58 OR a59 OR a60 OR a61 OR a62 OR a63 OR a64) NEAR/3 fbi",
         NX_NOTE_IGNORED, "only the first 64 words that \"a0 OR a1"},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_result *r = kit_search(&kit, rows[i].query, NULL);
        if (!has_note(r, rows[i].kind, rows[i].note)) {
            fail_msg("{%s} does not say {%s}", rows[i].query, rows[i].note);
        }
        nx_result_free(r);
    }
    const nx_search_options o = nx_search_defaults();
    nx_result *r = kit_search(&kit, "wheat bridge", &o);
    assert_true(has_note(r, NX_NOTE_HINT, "no article has all the words"));
    nx_result_free(r);
    r = kit_search(&kit, "embassy madrid", &o);
    assert_false(has_note(r, NX_NOTE_HINT, "all the words"));
    nx_result_free(r);
    r = kit_search(&kit, "the and", NULL); // nothing else: they are searched
    assert_true(nx_result_hit_count(r) > 0);
    assert_false(has_note(r, NX_NOTE_HINT, "common"));
    nx_result_free(r);
}

static void test_other_rules_are_told(void **state)
{
    static const struct {
        const char *analysis;
        bool told;
    } rows[] = {{"", false}, {NX_ANALYSIS, false}, {"newsdex-0", true}};
    (void)state;
    kit_index k;
    kit_open(&k, articles, ARTICLES);
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_error err = NX_ERROR_INIT;
        nx_searcher_close(k.searcher);
        assert_int_equal(
            nx_xwdb_set_metadata(k.db, NX_STR(NX_META_ANALYSIS), nx_str_of(rows[i].analysis), &err),
            NX_OK);
        assert_int_equal(nx_xwdb_commit(k.db, &err), NX_OK);
        assert_int_equal(nx_searcher_open_db(&k.searcher, nx_xwdb_db(k.db), &err), NX_OK);
        nx_result *r = kit_search(&k, "embassy", NULL);
        assert_int_equal(has_note(r, NX_NOTE_HINT, "other rules (newsdex-0, not"), rows[i].told);
        nx_result_free(r);
    }
    kit_close(&k);
}

static void test_explanation(void **state)
{
    (void)state;
    nx_search_options o = nx_search_defaults();
    nx_hit hit;
    double sum = 0;
    o.explain = true;
    nx_result *r = kit_search(&kit, "fbi contacted group", &o);
    assert_int_equal(nx_result_hit(r, 0, &hit, NULL), NX_OK);
    assert_true(hit.part_count >= 3);
    for (size_t i = 0; i < hit.part_count; i++) {
        sum += hit.parts[i].weight;
    }
    assert_true(sum > hit.weight * 0.999 && sum < hit.weight * 1.001);
    assert_int_equal(hit.matched_count, 3);
    assert_true(nx_result_plan(r).n > 0);
    nx_result_free(r);
}

static void test_marks(void **state)
{
    (void)state;
    size_t count;
    nx_result *r = kit_search(&kit, "raids \"north korean\" -wheat title:fbi source:planet", NULL);
    const nx_mark *marks = nx_result_marks(r, &count);
    assert_int_equal(count, 3); // not the excluded, not the source
    assert_int_equal(marks[0].place_count, 1);
    assert_true(marks[0].places[0].term_count >= 2);
    assert_int_equal(marks[1].place_count, 2);
    assert_int_equal(marks[1].window, 2);
    assert_ptr_equal(marks[2].field, nx_field_by_id(NX_FIELD_TITLE));
    nx_result_free(r);
}

static uint64_t total(kit_index *k, nx_str query, nx_words words)
{
    nx_search_options o = nx_search_defaults();
    nx_result *r = NULL;
    nx_error err = NX_ERROR_INIT;
    o.limit = 0;
    o.exact = true;
    o.suggest = false;
    o.words = words;
    assert_int_equal(nx_search(k->searcher, query, &o, &r, &err), NX_OK);
    uint64_t n = nx_result_counts(r).lower;
    nx_result_free(r);
    return n;
}

static void test_suggestion(void **state)
{
    (void)state;
    enum { WHEAT = 55, SAID = 75, RAID = 77, ALL = 100 };
    static char ids[ALL][8];
    kit_article list[ALL];
    for (int i = 0; i < ALL; i++) {
        (void)snprintf(ids[i], sizeof ids[i], "a%d", i);
        list[i] = (kit_article){.id = ids[i],
                                .title = "Prices",
                                .body = i < WHEAT  ? "Wheat and market news."
                                        : i < SAID ? "Market news, they said."
                                        : i < RAID ? "Market news of the embassy raid."
                                                   : "Market news."};
    }
    list[ALL - 1].body = "The market of Whaet, a village.";
    kit_index k;
    kit_open(&k, list, ALL);
    const struct {
        const char *query;
        nx_words words;
        const char *suggestion; // "" for none
    } rows[] = {
        {"wheet", NX_WORDS_RANKED, "wheat"},
        {"whaet", NX_WORDS_RANKED, "wheat"},
        {"embasy", NX_WORDS_RANKED, "embassy"}, // in two articles, but this one in none
        {"raid", NX_WORDS_RANKED, ""},          // in two: it is a word, however many have "said"
        {"markat", NX_WORDS_RANKED, ""},        // a word of most articles is not what is looked for
        {"\"wheet and market\"", NX_WORDS_RANKED, ""}, // a phrase is left as it is
        {"market wheet", NX_WORDS_ALL, "market wheat"},
        {"market wheet", NX_WORDS_RANKED, ""}, // all articles have one of the words either way
        {"market whaet", NX_WORDS_ANY, ""},
        {"wheat", NX_WORDS_RANKED, ""},
        {"wheet -news", NX_WORDS_RANKED, ""}, // better spelled, and still no hits
        {"village OR wheet", NX_WORDS_RANKED, "village OR wheat"},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_search_options o = nx_search_defaults();
        nx_result *r = NULL;
        nx_error err = NX_ERROR_INIT;
        uint64_t hits = 0;
        o.words = rows[i].words;
        assert_int_equal(nx_search(k.searcher, nx_str_of(rows[i].query), &o, &r, &err), NX_OK);
        nx_str got = nx_result_suggestion(r, &hits);
        if (!nx_str_eq(got, nx_str_of(rows[i].suggestion))) {
            fail_msg("%s: '%.*s'", rows[i].query, (int)got.n, got.p);
        }
        if (got.n > 0) { // what is promised is what the user gets, and more than before
            assert_int_equal(total(&k, got, o.words), hits);
            assert_true(hits > total(&k, nx_str_of(rows[i].query), o.words));
        }
        nx_result_free(r);
    }
    kit_close(&k);
}

static void test_articles(void **state)
{
    nx_buf data;
    nx_error err = NX_ERROR_INIT;
    (void)state;
    nx_buf_init(&data, 1 << 20);
    nx_result *r = kit_search(&kit, "wheat", NULL);
    nx_hit hit;
    assert_int_equal(nx_result_hit(r, 0, &hit, &err), NX_OK);
    nx_str id = nx_data_get(hit.data, NX_DATA_ID, &data);
    nx_buf copy;
    nx_buf_init(&copy, 1 << 20);
    assert_int_equal(nx_searcher_article(kit.searcher, id, &copy, &err), NX_OK);
    assert_true(nx_str_eq(nx_buf_str(&copy), hit.data));
    assert_int_equal(nx_searcher_article(kit.searcher, NX_STR("nobody"), &copy, &err),
                     NX_ENOTFOUND);
    nx_result_free(r);
    nx_buf_release(&data);
    nx_buf_release(&copy);
}

static void test_synonyms(void **state)
{
    static const char text[] = "# outlets\nhedgehog, wheat\nferry => bridge, dissident group\n";
    nx_error err = NX_ERROR_INIT;
    nx_buf ids, sorted;
    (void)state;
    assert_int_equal(nx_searcher_synonyms(kit.searcher, NX_STR(text), "s.txt", &err), NX_OK);
    check_order("hedgehog", NULL, "wheat");
    check_order("bridge", NULL, "new");
    nx_result *r = kit_search(&kit, "ferry", NULL);
    kit_ids(r, &ids);
    sort_words(ids.data, &sorted);
    assert_string_equal(sorted.data, "copy new raid");
    assert_true(has_note(r, NX_NOTE_EXPANDED, "stands for its synonyms too"));
    nx_result_free(r);
    nx_buf_release(&ids);
    nx_buf_release(&sorted);
    assert_int_equal(nx_searcher_synonyms(kit.searcher, NX_STR("a, b\nlone\n"), "s.txt", &err),
                     NX_EFORMAT);
    assert_non_null(strstr(err.msg, "s.txt:2:"));
    assert_int_equal(nx_searcher_synonyms(kit.searcher, NX_STR(""), "s.txt", &err), NX_OK);
    check_order("hedgehog", NULL, "");
}

static void test_related(void **state)
{
    (void)state;
    nx_search_options o = nx_search_defaults();
    nx_related_wish wish = {.title = NX_STR("Raid on an embassy"),
                            .body = NX_STR("The embassy of North Korea in Madrid was raided."),
                            .language = NX_STR("en")};
    nx_result *r = NULL;
    nx_error err = NX_ERROR_INIT;
    nx_buf ids;
    assert_int_equal(nx_search_related(kit.searcher, &wish, &o, &r, &err), NX_OK);
    kit_ids(r, &ids);
    assert_true(nx_str_starts(nx_buf_str(&ids), NX_STR("copy raid")) ||
                nx_str_starts(nx_buf_str(&ids), NX_STR("raid copy")));
    nx_buf_release(&ids);
    nx_result_free(r);

    // The very words of an article: a duplicate, left out.
    wish = (nx_related_wish){.title = nx_str_of(articles[0].title),
                             .body = nx_str_of(articles[0].body)};
    assert_int_equal(nx_search_related(kit.searcher, &wish, &o, &r, &err), NX_OK);
    kit_ids(r, &ids);
    assert_true(nx_str_find(nx_buf_str(&ids), NX_STR("raid"), 0) == SIZE_MAX);
    assert_true(nx_str_find(nx_buf_str(&ids), NX_STR("copy"), 0) != SIZE_MAX);
    nx_buf_release(&ids);
    nx_result_free(r);
    wish = (nx_related_wish){.id = NX_STR("nobody")};
    assert_int_equal(nx_search_related(kit.searcher, &wish, &o, &r, &err), NX_ENOTFOUND);
    assert_null(r);
}

static void check_bounded(const char *piece, int times)
{
    nx_buf text;
    nx_buf_init(&text, 1 << 22);
    for (int i = 0; i < times; i++) {
        nx_buf_addz(&text, piece);
    }
    nx_result_free(kit_search(&kit, text.data, NULL));
    nx_buf_release(&text);
}

static void test_pathological(void **state)
{
    (void)state;
    check_bounded("wheat fbi ", 5000);
    check_bounded("*a* ", 50);
    check_bounded("(fbi OR ", 3000);
    check_bounded("NOT (fbi AND ", 1000);
    check_bounded("wheat NEAR/3 fbi w/s ", 300);
    check_bounded("\"wheat ran\" ", 1000);
    check_bounded("x-", 3000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sets),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_near_words_first),
        cmocka_unit_test(test_recency_lifts_the_newer),
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_families_collapse),
        cmocka_unit_test(test_the_first_copy_stands_for_a_family),
        cmocka_unit_test(test_members_of_a_family),
        cmocka_unit_test(test_pages_of_an_expanded_search_fit_together),
        cmocka_unit_test(test_nothing_is_silent),
        cmocka_unit_test(test_other_rules_are_told),
        cmocka_unit_test(test_explanation),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_suggestion),
        cmocka_unit_test(test_articles),
        cmocka_unit_test(test_synonyms),
        cmocka_unit_test(test_related),
        cmocka_unit_test(test_pathological),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
