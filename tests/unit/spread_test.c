// spread_test.c: numbers put together by a hash, few and many.
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>

#include "indexer/spread.h"

static uint32_t state = 1;

static uint32_t any(void)
{
    state = state * 1664525U + 1013904223U;
    return state >> 5 ^ state << 11;
}

typedef struct expected {
    const uint32_t *hashes;
    size_t groups, numbers;
} expected;

static nx_status check_group(void *ctx, uint32_t *numbers, size_t n, nx_error *err)
{
    expected *e = ctx;
    (void)err;
    assert_true(n > 1);
    for (size_t i = 1; i < n; i++) {
        assert_true(e->hashes[numbers[i]] == e->hashes[numbers[0]]);
        assert_true(numbers[i] != numbers[i - 1]);
    }
    e->groups++;
    e->numbers += n;
    return NX_OK;
}

static int compare(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

// count items of hashes that are drawn from range, or all in one part when one is true.
static void check(nx_spread *s, size_t count, uint32_t range, bool one)
{
    nx_error err = NX_ERROR_INIT;
    uint32_t *hashes = malloc((count + 1) * sizeof *hashes);
    uint32_t *sorted = malloc((count + 1) * sizeof *sorted);
    assert_true(hashes != NULL && sorted != NULL);
    for (uint32_t i = 0; i < count; i++) {
        hashes[i] = any() % range * (one ? 1 : 2654435761U);
        sorted[i] = hashes[i];
        assert_int_equal(nx_spread_add(s, hashes[i], i, &err), NX_OK);
    }
    qsort(sorted, count, sizeof *sorted, compare);
    size_t groups = 0, numbers = 0;
    for (size_t i = 0, end = 0; i < count; i = end) {
        for (end = i + 1; end < count && sorted[end] == sorted[i];) {
            end++;
        }
        groups += end - i > 1;
        numbers += end - i > 1 ? end - i : 0;
    }
    expected e = {.hashes = hashes};
    assert_int_equal(nx_spread_each(s, check_group, &e, &err), NX_OK);
    assert_int_equal(e.groups, groups);
    assert_int_equal(e.numbers, numbers);
    free(hashes);
    free(sorted);
}

static void all_of_one_hash_come_together(void **unused)
{
    (void)unused;
    nx_spread *s = nx_spread_new("/tmp");
    assert_non_null(s);
    check(s, 0, 1, false);
    check(s, 1, 1, false);
    check(s, 2, 1, false);
    check(s, 1000, 700, false);
    check(s, 4096, 1U << 31, true);     // a block, and nothing more
    check(s, 30000, 9000, true);        // several blocks of one part
    check(s, 2000000, 1U << 20, false); // of all parts
    check(s, 5, 2, false);              // nothing of before is left
    nx_spread_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_one_hash_come_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
