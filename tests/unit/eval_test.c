// eval_test.c: the measures against cases worked out by hand from their definitions.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <math.h>
#include <cmocka.h>

#include "searcher/eval.h"

static const char qrels_text[] =
    "1 0 a 1\n1 0 b 0\n1 0 c 3\n1 0 d 2\n1 0 e -1\n\n2 0 a 0\n3\t0\tx\t1\n";

static nx_qrels *read_qrels(void)
{
    nx_qrels *q = NULL;
    nx_error err = NX_ERROR_INIT;
    assert_int_equal(nx_qrels_read(&q, NX_STR(qrels_text), "qrels", &err), NX_OK);
    return q;
}

static void close_to(double got, double want)
{
    if (fabs(got - want) > 1e-9) {
        fail_msg("%.12f, not %.12f", got, want);
    }
}

static void test_by_hand(void **state)
{
    (void)state;
    nx_qrels *q = read_qrels();
    // Ranks: b 0, c 3, z unjudged, a 1; d is never found.
    nx_scored items[] = {
        {NX_STR("a"), 1.0}, {NX_STR("z"), 2.0}, {NX_STR("c"), 3.0}, {NX_STR("b"), 4.0}};
    nx_measures m;
    assert_int_equal(nx_eval_topic(q, NX_STR("1"), items, 4, &m, NULL), NX_OK);
    assert_true(nx_str_eq(items[0].docno, NX_STR("b")));
    assert_int_equal(m.relevant, 3);
    assert_int_equal(m.found, 2);
    close_to(m.map, (1.0 / 2 + 2.0 / 4) / 3);
    close_to(m.recip_rank, 0.5);
    close_to(m.p[0], 2.0 / 5);
    close_to(m.p[1], 2.0 / 10);
    close_to(m.recall[0], 2.0 / 3);
    double ideal = 3 / log2(2) + 2 / log2(3) + 1 / log2(4);
    close_to(m.ndcg[1], (3 / log2(3) + 1 / log2(5)) / ideal);
    nx_qrels_free(q);
}

static void test_ties_fall_by_docno(void **state)
{
    (void)state;
    nx_qrels *q = read_qrels();
    nx_scored items[] = {{NX_STR("a"), 1.0}, {NX_STR("b"), 1.0}, {NX_STR("c"), 1.0}};
    nx_measures m;
    assert_int_equal(nx_eval_topic(q, NX_STR("1"), items, 3, &m, NULL), NX_OK);
    assert_true(nx_str_eq(items[0].docno, NX_STR("c")));
    close_to(m.map, (1.0 + 2.0 / 3) / 3);
    // Scores that differ by less than a float can tell are equal.
    nx_scored close_scores[] = {{NX_STR("a"), 1.00000000001}, {NX_STR("c"), 1.0}};
    assert_int_equal(nx_eval_topic(q, NX_STR("1"), close_scores, 2, &m, NULL), NX_OK);
    assert_true(nx_str_eq(close_scores[0].docno, NX_STR("c")));
    nx_qrels_free(q);
}

static void test_means_are_over_all_topics(void **state)
{
    (void)state;
    nx_qrels *q = read_qrels();
    nx_measures m, sum = {0};
    nx_scored items[] = {{NX_STR("x"), 1.0}};
    assert_int_equal(nx_qrels_topics(q), 3);
    assert_int_equal(nx_eval_topic(q, NX_STR("3"), items, 1, &m, NULL), NX_OK);
    close_to(m.map, 1);
    close_to(m.ndcg[0], 1);
    nx_measures_add(&sum, &m);
    assert_int_equal(nx_eval_topic(q, NX_STR("2"), items, 1, &m, NULL), NX_OK);
    close_to(m.map, 0); // nothing relevant
    close_to(m.recall[5], 0);
    nx_measures_add(&sum, &m);
    assert_int_equal(nx_eval_topic(q, NX_STR("unknown"), items, 1, &m, NULL), NX_OK);
    close_to(m.map, 0);
    nx_measures_mean(&sum, nx_qrels_topics(q));
    close_to(sum.map, 1.0 / 3);
    nx_qrels_free(q);
}

static void test_malformed(void **state)
{
    (void)state;
    static const char *const texts[] = {"1 0 a\n", "1 0 a x\n", "1 0 a 1 2\n", "1 0 a 99999\n"};
    for (size_t i = 0; i < NX_COUNT(texts); i++) {
        nx_qrels *q = NULL;
        nx_error err = NX_ERROR_INIT;
        assert_int_equal(nx_qrels_read(&q, nx_str_of(texts[i]), "f", &err), NX_EFORMAT);
        assert_non_null(strstr(err.msg, "f:1: "));
        assert_null(q);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_ties_fall_by_docno),
        cmocka_unit_test(test_means_are_over_all_topics),
        cmocka_unit_test(test_malformed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
