// estimate_test.c: how near the totals are that are not counted.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "search_kit.h"

// Of every ten articles eight have ships, three of them in the first words; of every four, two are
// one story.
enum { ARTICLES = 16000, WITH_SHIPS = ARTICLES / 10 * 8, STORIES = WITH_SHIPS / 4 * 3 };

static kit_index kit;

static int begin(void **state)
{
    static char ids[ARTICLES][8], families[ARTICLES][8];
    kit_article *list = calloc(ARTICLES, sizeof *list);
    (void)state;
    assert_non_null(list);
    for (int i = 0; i < ARTICLES; i++) {
        (void)snprintf(ids[i], sizeof ids[i], "%d", i);
        (void)snprintf(families[i], sizeof families[i], "f%d", i % 4 == 1 ? i - 1 : i);
        list[i] = (kit_article){.id = ids[i],
                                .title = "Port",
                                .family = families[i],
                                .body = i % 10 < 3   ? "Ships came in, and a ship left."
                                        : i % 10 < 8 ? "In the port the ships wait."
                                                     : "Nothing came in."};
    }
    kit_open(&kit, list, ARTICLES);
    free(list);
    return 0;
}

static int end(void **state)
{
    (void)state;
    kit_close(&kit);
    return 0;
}

static void check_total(const char *query, uint32_t per_family, double want, double tolerance)
{
    nx_search_options o = nx_search_defaults();
    o.suggest = false;
    o.per_family = per_family;
    nx_result *r = kit_search(&kit, query, &o);
    nx_counts n = nx_result_counts(r);
    double off = (double)n.estimated / want;
    if (n.lower == n.upper || off < 1 - tolerance || off > 1 + tolerance) {
        fail_msg("{%s} has %.0f hits, not %llu in %llu..%llu", query, want,
                 (unsigned long long)n.estimated, (unsigned long long)n.lower,
                 (unsigned long long)n.upper);
    }
    nx_result_free(r);
}

static void test_forms_of_a_word(void **state)
{
    (void)state;
    check_total("ships", 0, WITH_SHIPS, 0.05);
    check_total("ships ship", 0, WITH_SHIPS, 0.05);
}

static void test_families(void **state)
{
    (void)state;
    check_total("ships", 1, STORIES, 0.1);
}

static void test_checked(void **state)
{
    (void)state;
    check_total("head3(ships)", 0, ARTICLES / 10 * 3, 0.25);
    check_total("atleast2(ships)", 0, ARTICLES / 10 * 3, 0.25);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms_of_a_word),
        cmocka_unit_test(test_families),
        cmocka_unit_test(test_checked),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
