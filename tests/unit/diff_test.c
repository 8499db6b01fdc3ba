// diff_test.c: what changed between two texts: exact cases, and properties of random ones.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "searcher/diff.h"

static void show(nx_buf *out, nx_str before, nx_str after)
{
    static const char *const open[] = {"", "[-", "{+"}, *const close[] = {"", "-]", "+}"};
    nx_error err = NX_ERROR_INIT;
    nx_diff d;
    assert_int_equal(nx_diff_words(&d, before, after, &err), NX_OK);
    nx_buf_clear(out);
    for (size_t i = 0; i < d.count; i++) {
        const nx_diff_run *r = &d.runs[i];
        nx_buf_addz(out, open[r->kind]);
        nx_buf_adds(out, r->kind == NX_DIFF_REMOVED ? r->before : r->after);
        nx_buf_addz(out, close[r->kind]);
    }
    nx_diff_release(&d);
}

static void test_cases(void **state)
{
    static const struct {
        const char *before, *after, *shown;
    } rows[] = {
        {"", "", ""},
        {"one", "one", "one"},
        {"", "one two", "{+one two+}"},
        {"one two", "", "[-one two-]"},
        {"three men died", "five men died", "[-three -]{+five +}men died"},
        {"the raid killed three", "the raid killed five men",
         "the raid killed [-three-]{+five men+}"},
        {"a b c d e", "a c d e", "a [-b -]c d e"},
        {"a b c d e", "a b c x d e", "a b c {+x +}d e"},
        {"a b c", "c a b", "{+c +}a b[-c-]"},
        // White space is not a change; that of the later text is shown.
        {"one  two\n", "one two", "one two"},
        {" one", "one", "[- -]one"},
        // A word that stayed by chance inside of what was rewritten is no help to the reader.
        {"he said that all of them were well", "nobody knows who of the crew has survived",
         "[-he said that all of them were well-]{+nobody knows who of the crew has survived+}"},
        {"\xe4\xb8\x80\xe4\xba\x8c\xe4\xb8\x89", "\xe4\xb8\x80\xe4\xb8\x89",
         "\xe4\xb8\x80[-\xe4\xba\x8c-]\xe4\xb8\x89"},
        {"a\xff b", "a\xff c", "a\xff [-b-]{+c+}"},
    };
    (void)state;
    nx_buf out;
    nx_buf_init(&out, 1 << 16);
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        show(&out, nx_str_of(rows[i].before), nx_str_of(rows[i].after));
        assert_string_equal(out.len > 0 ? out.data : "", rows[i].shown);
    }
    nx_buf_release(&out);
}

// ---- properties

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

// words of an alphabet, separated by various white space.
static void random_text(nx_buf *out, uint32_t *seed, unsigned words, unsigned alphabet)
{
    static const char *const gaps[] = {" ", "\n", "  ", " \n\n"};
    nx_buf_clear(out);
    for (unsigned i = 0; i < words; i++) {
        nx_buf_addf(out, "w%u%s", (unsigned)(next_random(seed) % alphabet),
                    gaps[next_random(seed) % 4]);
    }
}

// The runs make up both texts, in the order that is promised.
static void check_runs(nx_str before, nx_str after)
{
    nx_error err = NX_ERROR_INIT;
    nx_diff d;
    size_t in_before = 0, in_after = 0;
    bool changed = false;
    assert_int_equal(nx_diff_words(&d, before, after, &err), NX_OK);
    for (size_t i = 0; i < d.count; i++) {
        const nx_diff_run *r = &d.runs[i];
        assert_true(r->before.n + r->after.n > 0);
        assert_true(r->before.n == 0 || r->before.p == before.p + in_before);
        assert_true(r->after.n == 0 || r->after.p == after.p + in_after);
        in_before += r->before.n;
        in_after += r->after.n;
        changed = changed || r->kind != NX_DIFF_SAME;
        assert_true(r->kind != NX_DIFF_REMOVED || r->after.n == 0);
        assert_true(r->kind != NX_DIFF_ADDED || r->before.n == 0);
        if (i > 0) { // two neighbours are of two kinds, and what was removed comes first
            assert_true(d.runs[i - 1].kind != r->kind);
            assert_false(d.runs[i - 1].kind == NX_DIFF_ADDED && r->kind == NX_DIFF_REMOVED);
        }
    }
    assert_int_equal(in_before, before.n);
    assert_int_equal(in_after, after.n);
    assert_int_equal(d.changed, changed);
    nx_diff_release(&d);
}

static void test_runs_make_up_both_texts(void **state)
{
    (void)state;
    uint32_t seed = 7;
    nx_buf a, b;
    nx_buf_init(&a, 1 << 20);
    nx_buf_init(&b, 1 << 20);
    for (unsigned i = 0; i < 3000; i++) {
        unsigned alphabet = 1 + next_random(&seed) % 12;
        random_text(&a, &seed, next_random(&seed) % 40, alphabet);
        random_text(&b, &seed, next_random(&seed) % 40, alphabet);
        check_runs(a.len > 0 ? nx_buf_str(&a) : NX_STR(""),
                   b.len > 0 ? nx_buf_str(&b) : NX_STR(""));
    }
    nx_buf_release(&a);
    nx_buf_release(&b);
}

// Words are replaced here and there, by some that are found nowhere else: no more than those may
// count as changed.
static void test_finds_the_shortest_script(void **state)
{
    (void)state;
    uint32_t seed = 11;
    nx_buf a, b;
    nx_buf_init(&a, 1 << 20);
    nx_buf_init(&b, 1 << 20);
    for (unsigned round = 0; round < 50; round++) {
        nx_error err = NX_ERROR_INIT;
        nx_diff d;
        size_t replaced = 0, changed = 0;
        nx_buf_clear(&a);
        nx_buf_clear(&b);
        for (unsigned i = 0; i < 400; i++) {
            unsigned word = next_random(&seed) % 50;
            bool replace = i % 3 == 0 && next_random(&seed) % 2 == 0;
            nx_buf_addf(&a, "%03u ", word);
            nx_buf_addf(&b, "%03u ", replace ? 100 + i : word);
            replaced += replace;
        }
        assert_int_equal(nx_diff_words(&d, nx_buf_str(&a), nx_buf_str(&b), &err), NX_OK);
        for (size_t i = 0; i < d.count; i++) {
            changed += d.runs[i].kind == NX_DIFF_ADDED ? d.runs[i].after.n / 4 : 0;
        }
        assert_int_equal(changed, replaced);
        nx_diff_release(&d);
    }
    nx_buf_release(&a);
    nx_buf_release(&b);
}

// ---- limits

static void test_texts_beyond_the_limits(void **state)
{
    (void)state;
    uint32_t seed = 3;
    nx_buf a, b, out;
    nx_buf_init(&a, 1 << 24);
    nx_buf_init(&b, 1 << 24);
    nx_buf_init(&out, 1 << 25);
    // Too many words: nothing is compared.
    for (unsigned i = 0; i <= NX_DIFF_WORDS_MAX; i++) {
        nx_buf_addz(&a, "a ");
    }
    nx_buf_adds(&b, nx_buf_str(&a));
    nx_buf_addz(&b, "b");
    show(&out, nx_buf_str(&a), nx_buf_str(&b));
    assert_true(nx_str_starts(nx_buf_str(&out), NX_STR("[-a a")));
    check_runs(nx_buf_str(&a), nx_buf_str(&b));
    // As many as may be, and one edit.
    nx_buf_truncate(&a, 2 * NX_DIFF_WORDS_MAX);
    nx_buf_clear(&b);
    nx_buf_adds(&b, nx_str_make(a.data, a.len - 2));
    nx_buf_addz(&b, "b");
    show(&out, nx_buf_str(&a), nx_buf_str(&b));
    assert_true(nx_str_ends(nx_buf_str(&out), NX_STR("a a [-a -]{+b+}")));
    // Too many edits: what stands around them is still found.
    random_text(&a, &seed, 20000, 20);
    random_text(&b, &seed, 20000, 20);
    nx_buf_addz(&a, "the end");
    nx_buf_addz(&b, "the end");
    check_runs(nx_buf_str(&a), nx_buf_str(&b));
    show(&out, nx_buf_str(&a), nx_buf_str(&b));
    assert_true(nx_str_ends(nx_buf_str(&out), NX_STR("the end")));
    nx_buf_release(&a);
    nx_buf_release(&b);
    nx_buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_runs_make_up_both_texts),
        cmocka_unit_test(test_finds_the_shortest_script),
        cmocka_unit_test(test_texts_beyond_the_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
