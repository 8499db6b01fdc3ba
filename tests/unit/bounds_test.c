// bounds_test.c: what is asked in bad faith is bounded, and it is said. Work is counted, not time.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

#include "search_kit.h"
#include "searcher/check.h"
#include "searcher/engine.h"
#include "searcher/planner.h"

#define OK(call) assert_int_equal((call), NX_OK)

enum { TEXT_ROOM = 1 << 16 };

static kit_index kit;

static void add(char *to, const char *text)
{
    size_t n = strlen(to);
    (void)snprintf(to + n, TEXT_ROOM - n, "%s", text);
}

static int open_kit(void **state)
{
    (void)state;
    const kit_article articles[] = {
        {.id = "oil", .title = "Oil", .body = "Oil prices rose. Oil, oil and oil: zzz."},
        {.id = "few", .title = "Few", .body = "Oil is dear."},
    };
    kit_open(&kit, articles, NX_COUNT(articles));
    return 0;
}

static int close_kit(void **state)
{
    (void)state;
    kit_close(&kit);
    return 0;
}

static bool said(const nx_query *q, const char *what)
{
    for (const nx_note *n = q->notes; n != NULL; n = n->next) {
        if (strstr(n->text, what) != NULL) {
            return true;
        }
    }
    return false;
}

// What a thousand of something are cut to, and what is said of it.
static void test_shapes(void **state)
{
    static const struct {
        const char *first, *each;
        int times;
        const char *said; // NULL: nothing
    } rows[] = {
        {"oil", " NEAR/3 oil", 15, NULL},
        {"oil", " NEAR/3 oil", 16, "only the first 16 words or phrases near each other"},
        {"oil", " w/s oil", 900, "only the first 16 words or phrases near each other"},
        {"oil", " o*", 99, NULL},
        {"oil", " o*", 101, "too many patterns and spellings: o* and what follows"},
        {"oil", " oil~1", 900, "too many patterns and spellings: oil~1 and what follows"},
        {"oil", " oil", 2000, "only the first 1024 words are used"},
        {"oil", " (oil", 900, "an opening parenthesis without its partner"},
    };
    (void)state;
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        static char query[TEXT_ROOM];
        query[0] = '\0';
        add(query, rows[i].first);
        for (int k = 0; k < rows[i].times; k++) {
            add(query, rows[i].each);
        }
        nx_result *r = kit_search(&kit, query, NULL);
        const nx_query *q = nx_result_query(r);
        if (rows[i].said != NULL && !said(q, rows[i].said)) {
            fail_msg("%s%s times %d: not said: %s", rows[i].first, rows[i].each, rows[i].times,
                     rows[i].said);
        }
        if (rows[i].said == NULL) {
            assert_false(said(q, "too many") || said(q, "only the first"));
        }
        nx_result_free(r);
    }
}

// Of many patterns each stands for fewer words.
static void test_words_of_patterns(void **state)
{
    (void)state;
    nx_planner p = {.spent = {.patterns = 1}};
    assert_int_equal(nx_plan_pattern_words(&p), NX_EXPAND_MAX);
    p.spent.patterns = 3;
    assert_int_equal(nx_plan_pattern_words(&p), NX_EXPAND_MAX);
    p.spent.patterns = 30;
    assert_int_equal(nx_plan_pattern_words(&p), NX_EXPAND_MAX / 10);
    p.spent.patterns = 1024;
    assert_in_range(nx_plan_pattern_words(&p), 1, NX_EXPAND_MAX / 20);
}

// One phrase may always be read; with others it is one too many.
static void test_phrases(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_planner p = {.boost = 1};
    const nx_parse_options options = {.now = 0};
    OK(nx_query_parse(NX_STR("\"of the\""), &options, &p.q, &err));
    assert_true(nx_plan_may_read(&p, p.q->root, UINT32_MAX, 40));
    assert_null(p.q->notes);
    assert_false(nx_plan_may_read(&p, p.q->root, 1000, 2));
    assert_true(said(p.q, "too many phrases and distances"));
    p.spent = (nx_spent){.places = 0};
    for (int i = 0; i < 1000; i++) { // rare ones are never too many
        assert_true(nx_plan_may_read(&p, p.q->root, 100, 3));
    }
    nx_query_free(p.q);
}

// How often words occur is known before a text is read.
static void test_frequent(void **state)
{
    (void)state;
    nx_buf ids;
    nx_buf_init(&ids, 1 << 10);
    nx_search_options options = nx_search_defaults();
    options.explain = true;
    nx_result *r = kit_search(&kit, "atleast4(oil)", &options);
    kit_ids(r, &ids);
    assert_true(nx_str_eq(nx_buf_str(&ids), NX_STR("oil")));
    nx_result_free(r);
    nx_buf_release(&ids);
}

// A check stops after so many bytes of text, unless all are to be looked through.
static void test_texts(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_result *r = kit_search(&kit, "head3(oil)", NULL);
    const nx_plan_options options = {.since = NX_DATE_OPEN_FROM, .until = NX_DATE_OPEN_TO};
    nx_query *q = NULL;
    nx_plan *plan = NULL;
    nx_check check;
    assert_int_equal(nx_result_hit_count(r), 2);
    nx_result_free(r);
    const nx_parse_options parse = {.now = 0};
    OK(nx_query_parse(NX_STR("head3(oil)"), &parse, &q, &err));
    OK(nx_plan_make(&plan, q, kit.searcher->db, &options, &err));
    nx_check_init(&check, plan, 1);
    for (uint32_t docid = 1; docid <= 2; docid++) {
        nx_xdoc *doc = NULL;
        bool accept = false;
        OK(nx_xdb_doc(&doc, kit.searcher->db, docid, &err));
        OK(nx_check_decider(&check, doc, &accept, &err));
        assert_int_equal(accept, docid == 1);
        nx_xdoc_free(doc);
    }
    nx_check_note(&check);
    assert_true(said(q, "there may be more"));
    nx_check_release(&check);
    nx_plan_free(plan);
    nx_query_free(q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shapes),  cmocka_unit_test(test_words_of_patterns),
        cmocka_unit_test(test_phrases), cmocka_unit_test(test_frequent),
        cmocka_unit_test(test_texts),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
