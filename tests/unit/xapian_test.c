// xapian_test.c: the C bindings over libxapian: queries, weights, results.
#include "xapian_fixture.h"

// ---- queries ------------------------------------------------------------------------------------

static void test_boolean_operators(void **state)
{
    (void)state;
    assert_matches(term("raid"), "1 2 3 5 ");
    assert_matches(both(NX_XOP_AND, term("embassy"), term("fbi"), 0), "1 ");
    assert_matches(both(NX_XOP_OR, term("embassy"), term("fbi"), 0), "1 2 5 ");
    assert_matches(both(NX_XOP_AND_NOT, term("raid"), term("fbi"), 0), "2 3 ");
    assert_matches(both(NX_XOP_XOR, term("embassy"), term("fbi"), 0), "2 5 ");
    assert_matches(both(NX_XOP_FILTER, term("embassy"), term("madrid"), 0), "2 ");
    assert_matches(both(NX_XOP_AND_MAYBE, term("embassy"), term("madrid"), 0), "1 2 ");
    assert_matches(both(NX_XOP_SYNONYM, term("embassy"), term("football"), 0), "1 2 4 ");
    assert_matches(both(NX_XOP_MAX, term("embassy"), term("football"), 0), "1 2 4 ");
    nx_xenquire *e = enquire(both(NX_XOP_ELITE_SET, term("raid"), term("football"), 1));
    assert_hits_of(e, "4 ");
    nx_xenquire_free(e);
}

static void test_positions(void **state)
{
    (void)state;
    assert_matches(both(NX_XOP_PHRASE, term("embassy"), term("raid"), 2), "1 2 ");
    assert_matches(both(NX_XOP_PHRASE, term("raid"), term("embassy"), 2), "");
    assert_matches(both(NX_XOP_NEAR, term("raid"), term("embassy"), 2), "1 2 ");
    assert_matches(both(NX_XOP_NEAR, term("raid"), term("minister"), 2), "");
    assert_matches(both(NX_XOP_NEAR, term("raid"), term("minister"), 4), "3 ");
    assert_matches(
        both(NX_XOP_PHRASE, both(NX_XOP_OR, term("fbi"), term("embassy"), 0), term("raid"), 2),
        "1 2 5 ");
}

static nx_xquery *range(const char *from, const char *to)
{
    nx_error err = NX_ERROR_INIT;
    nx_xquery *q = NULL;
    OK(nx_xquery_range(&q, 1, nx_str_of(from), nx_str_of(to), &err));
    return q;
}

static void test_ranges_all_and_nothing(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_xquery *q = NULL;
    assert_matches(range("cnn", "post"), "1 2 3 ");
    assert_matches(range("d", NULL), "2 4 ");
    assert_matches(range(NULL, "d"), "1 3 "); // 5 has no value
    assert_matches(range("x", "a"), "");
    OK(nx_xquery_all(&q, &err));
    assert_matches(q, "1 2 3 4 5 ");
    OK(nx_xquery_nothing(&q, &err));
    assert_true(nx_xquery_is_nothing(q));
    assert_matches(q, "");
    OK(nx_xquery_combine(&q, NX_XOP_AND, NULL, 0, 0, &err));
    assert_true(nx_xquery_is_nothing(q));
    nx_xquery_free(q);
}

static void test_wildcards_are_bounded(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_xquery *q = NULL;
    OK(nx_xquery_wildcard(&q, NX_STR("f"), 0, NX_XWILD_ERROR, NX_XOP_SYNONYM, &err));
    assert_matches(q, "1 4 5 ");
    OK(nx_xquery_wildcard(&q, NX_STR("f"), 1, NX_XWILD_FIRST, NX_XOP_OR, &err));
    assert_matches(q, "1 5 "); // fbi
    OK(nx_xquery_wildcard(&q, NX_STR("r"), 1, NX_XWILD_MOST_FREQUENT, NX_XOP_MAX, &err));
    assert_matches(q, "1 2 3 5 "); // raid
    WANT(nx_xquery_wildcard(&q, NX_STR("f"), 1, NX_XWILD_FIRST, NX_XOP_AND, &err), NX_EUSAGE);

    OK(nx_xquery_wildcard(&q, NX_STR("f"), 1, NX_XWILD_ERROR, NX_XOP_OR, &err));
    nx_xenquire *e = enquire(q);
    nx_xmset *m = NULL;
    const nx_xrun all = {.max = 10};
    WANT(nx_xenquire_run(&m, e, &all, &err), NX_ELIMIT);
    assert_null(m);
    nx_xenquire_free(e);
}

static void test_queries_describe_and_serialise_themselves(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_xquery *q = both(NX_XOP_AND, term("fbi"), term("raid"), 0), *again = NULL;
    nx_xterms *terms = NULL;
    bool more = false;
    nx_buf out;
    nx_buf_init(&out, 1000);
    OK(nx_xquery_describe(q, &out, &err));
    assert_string_equal(out.data, "Query((fbi AND raid))");
    assert_int_equal(nx_xquery_length(q), 2);
    OK(nx_xquery_terms(&terms, q, &err));
    OK(nx_xterms_next(terms, &more, &err));
    assert_true(more && nx_str_eq(nx_xterms_term(terms), NX_STR("fbi")));
    nx_xterms_free(terms);
    nx_buf_clear(&out);
    OK(nx_xquery_serialise(q, &out, &err));
    OK(nx_xquery_unserialise(&again, nx_buf_str(&out), &err));
    nx_xquery_free(q);
    assert_matches(again, "1 5 ");
    WANT(nx_xquery_unserialise(&q, NX_STR("\xffrubbish"), &err), NX_EFORMAT);
    nx_buf_release(&out);
}

// ---- weights ------------------------------------------------------------------------------------

static nx_status recency(void *ctx, nx_str value, double *weight, nx_error *err)
{
    ++*(int *)ctx;
    (void)err;
    *weight = nx_str_starts(value, NX_STR("2019")) ? 1000 : -5; // bounded by the maximum, and 0
    return NX_OK;
}

static void test_weights_from_values(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_xquery *prior = NULL;
    int calls = 0;
    OK(nx_xquery_value_weight(&prior, 2, &err));
    nx_xenquire *e = enquire(both(NX_XOP_AND_MAYBE, term("raid"), prior, 0));
    assert_hits_of(e, "1 3 2 5 "); // 3, 2, 1, 0
    nx_xenquire_free(e);

    OK(nx_xquery_weigh_values(&prior, 0, 10, recency, &calls, &err));
    nx_xquery *scaled = NULL;
    nx_xquery *raid = term("raid");
    OK(nx_xquery_scale(&scaled, raid, 0, &err));
    nx_xquery_free(raid);
    e = enquire(both(NX_XOP_AND_MAYBE, scaled, prior, 0));
    nx_xmset *m = run(e);
    nx_xmatches matches;
    nx_xhit hit;
    OK(nx_xmset_matches(m, &matches, &err));
    assert_true(fabs(matches.max_possible - 10) < 1e-9);
    assert_int_equal(matches.count, 4);
    OK(nx_xmset_hit(m, 0, &hit, &err));
    assert_true(fabs(hit.weight - 10) < 1e-9);
    OK(nx_xmset_hit(m, 3, &hit, &err));
    assert_int_equal(hit.docid, 3);
    assert_true(fabs(hit.weight) < 1e-9);
    assert_true(calls > 0);
    nx_xmset_free(m);
    nx_xenquire_free(e);
    WANT(nx_xquery_weigh_values(&prior, 0, -1, recency, &calls, &err), NX_EUSAGE);
}

static nx_xquery *documents(const uint32_t *docids, size_t count)
{
    nx_error err = NX_ERROR_INIT;
    nx_xquery *q = NULL;
    OK(nx_xquery_documents(&q, db, docids, count, &err));
    return q;
}

static void test_documents_by_docid(void **state)
{
    (void)state;
    const uint32_t some[] = {5, 2, 4, 2};
    assert_matches(documents(some, 4), "2 4 5 ");
    assert_matches(documents(some, 0), "");
    assert_matches(both(NX_XOP_FILTER, term("raid"), documents(some, 4), 0), "2 5 ");
    assert_matches(both(NX_XOP_AND, documents(some, 4), documents(some + 1, 2), 0), "2 4 ");
    assert_matches(both(NX_XOP_AND_NOT, term("raid"), documents(some, 4), 0), "1 3 ");
}

static nx_status refuse_weight(void *ctx, nx_str value, double *weight, nx_error *err)
{
    (void)ctx;
    (void)value;
    *weight = 1;
    return nx_fail(err, NX_ESTOP, "stopped by the test");
}

static nx_status decide(void *ctx, const nx_xdoc *doc, bool *accept, nx_error *err)
{
    nx_buf paper;
    nx_buf_init(&paper, 100);
    nx_status st = nx_xdoc_value(doc, 1, &paper, err);
    *accept = nx_str_eq(nx_buf_str(&paper), *(nx_str *)ctx);
    nx_buf_release(&paper);
    return st;
}

static nx_status refuse_document(void *ctx, const nx_xdoc *doc, bool *accept, nx_error *err)
{
    (void)ctx;
    (void)doc;
    (void)accept;
    return nx_fail(err, NX_ENOMEM, "none left");
}

static void test_callbacks_decide_and_stop(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_xquery *q = NULL;
    nx_xmset *m = NULL;
    nx_str cnn = NX_STR("cnn");
    OK(nx_xquery_weigh_values(&q, 0, 10, refuse_weight, NULL, &err));
    nx_xenquire *e = enquire(q);
    nx_xrun how = {.max = 10};
    WANT(nx_xenquire_run(&m, e, &how, &err), NX_ESTOP);
    assert_string_equal(err.msg, "stopped by the test");
    nx_xenquire_free(e);

    e = enquire(term("raid"));
    how.decider = decide;
    how.decider_ctx = &cnn;
    OK(nx_xenquire_run(&m, e, &how, &err));
    assert_int_equal(nx_xmset_count(m), 2);
    nx_xmset_free(m);
    how.decider = refuse_document;
    WANT(nx_xenquire_run(&m, e, &how, &err), NX_ENOMEM);
    assert_null(m);
    assert_string_equal(err.msg, "none left");
    nx_xenquire_free(e);
}

static void test_every_scheme_ranks(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    for (int kind = NX_XWEIGHT_BM25; kind <= NX_XWEIGHT_BOOL; kind++) {
        nx_xenquire *e = enquire(both(NX_XOP_OR, term("madrid"), term("embassy"), 0));
        nx_xweight w = nx_xweight_default((nx_xweight_kind)kind);
        OK(nx_xenquire_set_weight(e, &w, &err));
        nx_xmset *m = run(e);
        nx_xmatches matches;
        OK(nx_xmset_matches(m, &matches, &err));
        assert_int_equal(matches.count, 2);
        // PL2+ gives no weight in a collection as small as this one.
        bool weightless = kind == NX_XWEIGHT_BOOL || kind == NX_XWEIGHT_PL2_PLUS;
        assert_true(weightless ? matches.max_attained == 0 : matches.max_attained > 1);
        nx_xmset_free(m);
        nx_xenquire_free(e);
    }
    nx_xenquire *e = enquire(term("raid"));
    nx_xweight bad = nx_xweight_default(NX_XWEIGHT_TFIDF);
    memcpy(bad.normalizations, "???", 4);
    WANT(nx_xenquire_set_weight(e, &bad, &err), NX_EUSAGE);
    nx_xenquire_free(e);
}

// libxapian 1.4's InL2 leaves out the best for a factor below 1, and nothing for one above.
static void test_bounds_follow_the_factor(void **state)
{
    (void)state;
    static const double factors[] = {0.05, 1, 20};
    nx_error err = NX_ERROR_INIT;
    const nx_xweight w = nx_xweight_default(NX_XWEIGHT_INL2);
    const nx_xrun best = {.max = 1};
    for (size_t i = 0; i < NX_COUNT(factors); i++) {
        nx_xquery *plain = term("raid"), *scaled = NULL;
        OK(nx_xquery_scale(&scaled, plain, factors[i], &err));
        nx_xquery_free(plain);
        nx_xenquire *e = enquire(scaled);
        nx_xmset *m = NULL;
        nx_xmatches matches;
        nx_xhit hit;
        OK(nx_xenquire_set_weight(e, &w, &err));
        OK(nx_xenquire_run(&m, e, &best, &err));
        OK(nx_xmset_matches(m, &matches, &err));
        OK(nx_xmset_hit(m, 0, &hit, &err));
        assert_int_equal(hit.docid, 5); // the shortest
        // In 4 of 5 documents; once in 2 words, where they have 3.4 on average and 2 at least.
        double rarity = log2((5 + 1) / (4 + 0.5)), times = log2(1 + 3.4 / 2);
        assert_true(fabs(hit.weight - factors[i] * rarity * times / (times + 1)) < 1e-9);
        assert_true(matches.max_possible >= hit.weight);
        assert_true(matches.max_possible < factors[i] * rarity);
        nx_xmset_free(m);
        nx_xenquire_free(e);
    }
}

// ---- results ------------------------------------------------------------------------------------

static void test_sorting_and_cutoff(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_xenquire *e = enquire(term("raid"));
    OK(nx_xenquire_set_sort(e, NX_XSORT_VALUE, 0, true, &err));
    assert_hits_of(e, "2 5 1 3 ");
    OK(nx_xenquire_set_sort(e, NX_XSORT_VALUE_RELEVANCE, 1, false, &err));
    assert_hits_of(e, "5 3 1 2 "); // no paper; cnn, the shorter first; post
    OK(nx_xenquire_set_sort(e, NX_XSORT_RELEVANCE_VALUE, 0, false, &err));
    assert_hits_of(e, "5 3 2 1 "); // 3 and 2 are as long
    OK(nx_xenquire_set_sort(e, NX_XSORT_RELEVANCE, 0, false, &err));
    OK(nx_xenquire_set_docid_order(e, NX_XDOCIDS_DESCENDING, &err));
    assert_hits_of(e, "5 3 2 1 ");
    OK(nx_xenquire_set_docid_order(e, NX_XDOCIDS_ASCENDING, &err));
    assert_hits_of(e, "5 2 3 1 ");
    OK(nx_xenquire_set_time_limit(e, 10, &err));
    nx_xenquire_free(e);
    e = enquire(both(NX_XOP_OR, term("raid"), term("fbi"), 0));
    OK(nx_xenquire_set_cutoff(e, 60, 0, &err));
    assert_hits_of(e, "5 1 ");
    nx_xenquire_free(e);
}

static void test_collapsing_and_counting(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_xenquire *e = enquire(term("raid"));
    nx_xspy *spy = NULL;
    nx_xterms *values = NULL;
    bool more = false;
    uint32_t count = 0;
    OK(nx_xspy_new(&spy, 1, &err));
    OK(nx_xenquire_add_spy(e, spy, &err));
    OK(nx_xenquire_set_collapse(e, 1, 1, &err));
    nx_xmset *m = run(e);
    nx_xmatches matches;
    OK(nx_xmset_matches(m, &matches, &err));
    assert_int_equal(matches.count, 3);
    assert_int_equal(matches.lower, 3);
    assert_int_equal(matches.upper, 3);
    assert_int_equal(matches.uncollapsed_upper, 4);
    nx_buf key;
    nx_buf_init(&key, 100);
    for (uint32_t i = 0; i < matches.count; i++) {
        nx_xhit hit;
        nx_buf_clear(&key);
        OK(nx_xmset_hit(m, i, &hit, &err));
        OK(nx_xmset_collapse_key(m, i, &key, &err));
        assert_int_equal(hit.collapse_count, strcmp(key.data, "cnn") == 0);
    }
    nx_buf_release(&key);
    nx_xmset_free(m);
    nx_xenquire_free(e);

    assert_true(nx_xspy_total(spy) >= 4);
    OK(nx_xspy_top(&values, spy, 1, &err));
    OK(nx_xterms_next(values, &more, &err));
    assert_true(more && nx_str_eq(nx_xterms_term(values), NX_STR("cnn")));
    OK(nx_xterms_documents(values, &count, &err));
    assert_int_equal(count, 2);
    OK(nx_xterms_next(values, &more, &err));
    assert_false(more);
    assert_null(nx_xterms_term(values).p);
    nx_xterms_free(values);
    OK(nx_xspy_values(&values, spy, &err));
    OK(nx_xterms_next(values, &more, &err));
    OK(nx_xterms_next(values, &more, &err));
    assert_true(more && nx_str_eq(nx_xterms_term(values), NX_STR("post")));
    nx_xterms_free(values);
    nx_xspy_free(spy);
}

static void test_hits_explain_themselves(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_xenquire *e = enquire(both(NX_XOP_OR, term("raid"), term("fbi"), 0));
    nx_xmset *m = run(e);
    nx_xdoc *doc = NULL;
    nx_xterms *terms = NULL;
    nx_xhit hit;
    bool more = false;
    uint32_t documents = 0;
    double weight = 0;
    nx_buf data;
    nx_buf_init(&data, 100);
    OK(nx_xmset_fetch(m, &err));
    OK(nx_xmset_doc(&doc, m, 0, &err));
    OK(nx_xdoc_data(doc, &data, &err));
    assert_string_equal(data.data, "fbi raid");
    assert_int_equal(nx_xdoc_docid(doc), 5);
    nx_xdoc_free(doc);
    OK(nx_xmset_term(m, NX_STR("fbi"), &documents, &weight, &err));
    assert_int_equal(documents, 2);
    assert_true(weight > 0);
    OK(nx_xmset_hit(m, 0, &hit, &err));
    assert_int_equal(hit.percent, 100);
    OK(nx_xenquire_matching_terms(&terms, e, 2, &err));
    OK(nx_xterms_next(terms, &more, &err));
    assert_true(more && nx_str_eq(nx_xterms_term(terms), NX_STR("raid")));
    OK(nx_xterms_next(terms, &more, &err));
    assert_false(more);
    nx_xterms_free(terms);
    WANT(nx_xmset_hit(m, 4, &hit, &err), NX_EUSAGE);
    WANT(nx_xmset_doc(&doc, m, 4, &err), NX_EUSAGE);
    assert_null(doc);
    nx_buf_release(&data);
    nx_xmset_free(m);
    nx_xenquire_free(e);
}

static nx_status not_raid(void *ctx, nx_str word, bool *accept, nx_error *err)
{
    (void)ctx;
    (void)err;
    *accept = !nx_str_eq(word, NX_STR("raid"));
    return NX_OK;
}

static void test_expansion(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_xenquire *e = enquire(term("embassy"));
    nx_xrset *r = NULL;
    nx_xeset *found = NULL;
    double weight = 0;
    OK(nx_xrset_new(&r, &err));
    OK(nx_xrset_add(r, 1, &err));
    OK(nx_xrset_add(r, 2, &err));
    OK(nx_xrset_add(r, 3, &err));
    OK(nx_xrset_remove(r, 3, &err));
    assert_int_equal(nx_xrset_count(r), 2);
    nx_xexpand how = {.max = 10, .rset = r, .decider = not_raid, .exact_termfreq = true};
    for (int bo1 = 0; bo1 < 2; bo1++) {
        OK(nx_xenquire_set_expansion(e, bo1 ? NX_XEXPANSION_BO1 : NX_XEXPANSION_PROBABILISTIC, 1,
                                     &err));
        OK(nx_xenquire_expand(&found, e, &how, &err));
        assert_true(nx_xeset_count(found) >= 2);
        for (uint32_t i = 0; i < nx_xeset_count(found); i++) {
            nx_str word = nx_xeset_term(found, i, &weight);
            assert_false(nx_str_eq(word, NX_STR("raid")));
            assert_false(nx_str_eq(word, NX_STR("embassy")));
            assert_true(weight > 0);
        }
        assert_null(nx_xeset_term(found, 1000, NULL).p);
        nx_xeset_free(found);
    }
    how.include_query_terms = true;
    OK(nx_xenquire_expand(&found, e, &how, &err));
    assert_true(nx_str_eq(nx_xeset_term(found, 0, NULL), NX_STR("embassy")));
    nx_xeset_free(found);
    nx_xrun again = {.max = 10, .rset = r};
    nx_xmset *m = NULL;
    OK(nx_xenquire_run(&m, e, &again, &err));
    assert_int_equal(nx_xmset_count(m), 2);
    nx_xmset_free(m);
    nx_xrset_free(r);
    nx_xenquire_free(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define M(name) cmocka_unit_test_setup_teardown(name, memory_new, memory_gone)
        M(test_boolean_operators),
        M(test_positions),
        M(test_ranges_all_and_nothing),
        M(test_wildcards_are_bounded),
        M(test_queries_describe_and_serialise_themselves),
        M(test_weights_from_values),
        M(test_documents_by_docid),
        M(test_callbacks_decide_and_stop),
        M(test_every_scheme_ranks),
        M(test_bounds_follow_the_factor),
        M(test_sorting_and_cutoff),
        M(test_collapsing_and_counting),
        M(test_hits_explain_themselves),
        M(test_expansion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
