// sieve_test.c: which new articles a standing query hits: stories once, old ones never.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "searcher/sieve.h"
#include "search_kit.h"

#define OK(status)                                                                                 \
    do {                                                                                           \
        if ((status) != NX_OK) {                                                                   \
            fail_msg("line %d: %s", __LINE__, err.msg);                                            \
        }                                                                                          \
    } while (0)

static const kit_article articles[] = {
    {"old-01", "Harbour", "The harbour was dredged long ago.", "The Courier", NULL, "2018-01-01",
     NULL, NULL},
    {"wire-1", "Strike", "Dockers began a strike.", "The Agency", NULL, "2019-02-20", "f1", NULL},
    {"wire-2", "Strike", "Dockers began a strike.", "The Gazette", NULL, "2019-02-21", "f1", NULL},
    {"twice-1", "Storm", "A storm closed the harbour.", "The Courier", NULL, "2019-02-23", "f2",
     NULL},
    {"twice-2", "Storm", "A storm closed the harbour.", "The Gazette", NULL, "2019-02-22", "f2",
     NULL},
    {"alone-1", "Ferry", "The harbour ferry stays.", "The Gazette", NULL, "2019-02-24", NULL, NULL},
    {"undated", "Pilots", "Harbour pilots wanted.", "The Gazette", NULL, NULL, NULL, NULL},
    {"later-1", "Ferry", "The harbour bridge stays.", "The Courier", NULL, "2019-02-25", "f3",
     NULL},
    {"now-01", "Ferry", "The harbour bridge stays.", "The Gazette", NULL, "2019-02-26", "f3", NULL},
};

static kit_index kit;
static nx_sieve *sieve;

static nx_status ask(void *ctx, nx_str term, int64_t *number, nx_error *err)
{
    (void)ctx;
    (void)err;
    *number = nx_str_eq(term, NX_STR("Qthe courier:later-1")) ? 9 : 0;
    return NX_OK;
}

// The new ones, numbered from 1; "gone" is not in the index.
static int begin(void **state)
{
    static const char *const news[] = {"Qthe gazette:wire-2",  "Qthe courier:twice-1",
                                       "Qthe gazette:twice-2", "Qthe gazette:gone-01",
                                       "Qthe gazette:alone-1", "Qthe gazette:undated",
                                       "Qthe gazette:now-01"};
    (void)state;
    nx_error err = NX_ERROR_INIT;
    kit_open(&kit, articles, NX_COUNT(articles));
    OK(nx_sieve_new(&sieve, kit.searcher, &err));
    for (size_t i = 0; i < NX_COUNT(news); i++) {
        OK(nx_sieve_add(sieve, nx_str_of(news[i]), (int64_t)i + 1, &err));
    }
    OK(nx_sieve_settle(sieve, ask, NULL, &err));
    return 0;
}

static int end(void **state)
{
    (void)state;
    nx_sieve_free(sieve);
    kit_close(&kit);
    return 0;
}

// The hits as "number:id ".
static void assert_hits(const char *query, int64_t since, const char *expected)
{
    nx_error err = NX_ERROR_INIT;
    nx_result *r = NULL;
    nx_buf out, scratch;
    nx_buf_init(&out, 1000);
    nx_buf_init(&scratch, 1000);
    nx_buf_addz(&out, "");
    OK(nx_sieve_search(sieve, nx_str_of(query), since, 1551225600, &r, &err));
    for (size_t i = 0; i < nx_sieve_hits(sieve); i++) {
        uint32_t item = 0;
        nx_hit hit;
        int64_t number = nx_sieve_hit(sieve, i, &item);
        OK(nx_result_hit(r, item, &hit, &err));
        nx_str id = nx_data_get(hit.data, "native_id", &scratch);
        nx_buf_addf(&out, "%lld:%.*s ", (long long)number, (int)id.n, id.p);
    }
    nx_result_free(r);
    if (out.len == 0 ? *expected != '\0' : strcmp(out.data, expected) != 0) {
        fail_msg("%s: \"%s\" instead of \"%s\"", query, out.len > 0 ? out.data : "", expected);
    }
    nx_buf_release(&scratch);
    nx_buf_release(&out);
}

static void test_what_is_news(void **state)
{
    (void)state;
    assert_hits("dredged", 0, "");                 // old
    assert_hits("ferry -bridge", 0, "5:alone-1 "); // new
    assert_hits("pilots", 0, "6:undated ");
    assert_hits("storm", 0, "3:twice-2 "); // new twice: the one published first
    assert_hits("storm source:courier", 0, "2:twice-1 ");
    assert_hits("strike", 0, "");                         // told before
    assert_hits("strike source:gazette", 0, "1:wire-2 "); // but not by that paper
    assert_hits("bridge", 0, "7:now-01 "); // its copy will be looked at later: no reason to wait
    assert_hits("nothing", 0, "");
    assert_hits("", 0, "");
}

static void test_every_word_is_required(void **state)
{
    (void)state;
    assert_hits("harbour zebra", 0, "");
    assert_hits("(harbour OR zebra) -storm -ferry", 0, "6:undated ");
    assert_hits("\"harbour ferry\"", 0, "5:alone-1 ");
    assert_hits("title:ferry stay*", 0, "5:alone-1 7:now-01 ");
    assert_hits("harbour date:2019-02-24", 0, "5:alone-1 ");
}

static void test_since(void **state)
{
    (void)state;
    assert_hits("storm", 2, ""); // two1 counts as old, and matches
    assert_hits("storm source:gazette", 2, "3:twice-2 ");
    assert_hits("harbour", 5, "6:undated 7:now-01 ");
    assert_hits("bridge", 8, "");
}

static void test_nothing_new(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_sieve_free(sieve);
    OK(nx_sieve_new(&sieve, kit.searcher, &err));
    OK(nx_sieve_settle(sieve, ask, NULL, &err));
    assert_hits("harbour", 0, "");
}

static void test_an_error_is_the_querys(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_result *r = NULL;
    assert_int_equal(nx_sieve_search(sieve, NX_STR("frob:x"), 0, 0, &r, &err), NX_EQUERY);
    assert_null(r);
    assert_int_equal(nx_sieve_hits(sieve), 0);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, begin, end)
    const struct CMUnitTest tests[] = {
        T(test_what_is_news), T(test_every_word_is_required), T(test_since),
        T(test_nothing_new),  T(test_an_error_is_the_querys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
