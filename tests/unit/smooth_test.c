// smooth_test.c: likeness of bags of words and what weights gain by it.
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "searcher/smooth.h"

enum { BAGS = 40, WORDS = 60, PER_BAG = 15, TRIALS = 50 };

static uint64_t seed;

static uint32_t draw(uint32_t below)
{
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t)(seed >> 33) % below;
}

typedef struct made {
    nx_word_count words[BAGS][PER_BAG];
    nx_bag bags[BAGS];
    double weights[BAGS];
    float likeness[BAGS * BAGS];
} made;

// Bags of random words, each once, and random weights with ties among them.
static void make(made *m)
{
    for (size_t b = 0; b < BAGS; b++) {
        uint32_t word = draw(3);
        size_t n = 0;
        for (; n < PER_BAG && word < WORDS; word += 1 + draw(6)) {
            m->words[b][n++] = (nx_word_count){word, 1 + draw(9)};
        }
        m->bags[b] = (nx_bag){m->words[b], n};
        m->weights[b] = draw(12);
    }
    nx_error err = NX_ERROR_INIT;
    assert_int_equal(nx_likeness(m->bags, BAGS, WORDS, m->likeness, &err), NX_OK);
}

// The cosine as it is defined, over the words that two bags or more have.
static double cosine(const made *m, size_t a, size_t b)
{
    double product = 0, norm_a = 0, norm_b = 0;
    for (uint32_t w = 0; w < WORDS; w++) {
        double weight_a = 0, weight_b = 0;
        int have = 0;
        for (size_t i = 0; i < BAGS; i++) {
            for (size_t k = 0; k < m->bags[i].count; k++) {
                if (m->words[i][k].word == w) {
                    double root = sqrt(m->words[i][k].count);
                    weight_a = i == a ? root : weight_a;
                    weight_b = i == b ? root : weight_b;
                    have++;
                }
            }
        }
        if (have > 1) {
            double rarity = log2((BAGS + 1.0) / (have + 0.5));
            product += rarity * rarity * weight_a * weight_b;
            norm_a += rarity * rarity * weight_a * weight_a;
            norm_b += rarity * rarity * weight_b * weight_b;
        }
    }
    return norm_a > 0 && norm_b > 0 ? product / sqrt(norm_a * norm_b) : 0;
}

static void likeness_is_the_cosine(void **state)
{
    (void)state;
    made m;
    for (seed = 1; seed < 4; seed++) {
        uint64_t start = seed;
        make(&m);
        for (size_t i = 0; i < BAGS; i++) {
            for (size_t k = 0; k < BAGS; k++) {
                double want = i == k ? 0 : cosine(&m, i, k);
                assert_true(fabs((double)m.likeness[i * BAGS + k] - want) < 1e-4);
                assert_true(m.likeness[i * BAGS + k] == m.likeness[k * BAGS + i]);
            }
        }
        seed = start;
    }
}

static void gains_stay_within_bounds(void **state)
{
    (void)state;
    made m;
    for (uint64_t trial = 0; trial < TRIALS; trial++) {
        double gains[BAGS], again[BAGS], highest = 0;
        seed = trial;
        make(&m);
        for (size_t i = 0; i < BAGS; i++) {
            highest = m.weights[i] > highest ? m.weights[i] : highest;
        }
        nx_smooth(m.likeness, m.weights, BAGS, gains);
        nx_smooth(m.likeness, m.weights, BAGS, again);
        for (size_t i = 0; i < BAGS; i++) {
            assert_true(gains[i] >= 0);
            assert_true(m.weights[i] + gains[i] <= highest + 1e-9);
            assert_true(gains[i] == again[i]);
            assert_true(m.weights[i] < highest || gains[i] == 0);
        }
    }
}

// Two subjects: the weak article on the strong one's subject overtakes the one on another.
static void the_like_of_the_best_rise(void **state)
{
    (void)state;
    static const nx_word_count storm[] = {{0, 2}, {1, 1}}, flood[] = {{0, 1}, {1, 2}},
                               vote[] = {{2, 1}, {3, 1}}, poll[] = {{2, 2}, {3, 1}};
    const nx_bag bags[] = {{storm, 2}, {vote, 2}, {flood, 2}, {poll, 2}};
    const double weights[] = {10, 5, 4, 3};
    float likeness[16];
    double gains[4];
    nx_error err = NX_ERROR_INIT;
    assert_int_equal(nx_likeness(bags, 4, 4, likeness, &err), NX_OK);
    assert_true(likeness[2] > 0.7F && likeness[1] == 0);
    nx_smooth(likeness, weights, 4, gains);
    assert_true(gains[0] == 0 && gains[1] == 0); // nothing better is like them
    assert_true(weights[2] + gains[2] > weights[1] && weights[2] + gains[2] < weights[0]);
    assert_true(gains[3] > 0 && weights[3] + gains[3] < weights[1]);
}

// An only neighbour draws by how like it is, not all the way for want of another.
static void strangers_hardly_move(void **state)
{
    (void)state;
    static const float likeness[][4] = {{0, 0.1F, 0.1F, 0}, {0, 0.9F, 0.9F, 0}};
    const double weights[] = {10, 5};
    double little[2], much[2];
    nx_smooth(likeness[0], weights, 2, little);
    nx_smooth(likeness[1], weights, 2, much);
    assert_true(little[1] > 0 && little[1] < 1);
    assert_true(much[1] > 4 && much[1] < 5);
}

static void few_or_empty_bags_gain_nothing(void **state)
{
    (void)state;
    static const nx_word_count words[] = {{0, 1}};
    const nx_bag bags[] = {{words, 1}, {NULL, 0}};
    const double weights[] = {2, 1};
    float likeness[4];
    double gains[2];
    nx_error err = NX_ERROR_INIT;
    for (size_t count = 0; count <= 2; count++) {
        assert_int_equal(nx_likeness(bags, count, 1, likeness, &err), NX_OK);
        nx_smooth(likeness, weights, count, gains);
        for (size_t i = 0; i < count; i++) {
            assert_true(gains[i] == 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(likeness_is_the_cosine),
        cmocka_unit_test(gains_stay_within_bounds),
        cmocka_unit_test(the_like_of_the_best_rise),
        cmocka_unit_test(strangers_hardly_move),
        cmocka_unit_test(few_or_empty_bags_gain_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
