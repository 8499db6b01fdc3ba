// families_test.c: what is a copy of what, and that families depend on the articles alone: not on
// the order in which they come, nor on how many come at a time, nor on what was there meanwhile.
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "indexer/families.h"
#include "indexer/family_log.h"

enum { TEXT_MAX = 8192, STORIES = 40, COPIES = 5 };

static uint32_t state = 1;

static uint32_t below(uint32_t n)
{
    state = state * 1664525U + 1013904223U;
    return (state >> 8) % n;
}

// words words, a function of the seed alone.
static void write_story(char out[TEXT_MAX], uint32_t seed, unsigned words)
{
    size_t n = 0;
    out[0] = '\0';
    for (unsigned i = 0; i < words && n + 16 < TEXT_MAX; i++) {
        uint32_t w = (seed * 2654435761U + i * 40503U) ^ (seed << 7);
        w = (w ^ w >> 15) * 2246822519U;
        n += (size_t)snprintf(out + n, TEXT_MAX - n, "w%u ", (w ^ w >> 13) % 5000);
    }
}

static nx_sketch sketch_of(const char *title, const char *body)
{
    nx_sketch s;
    nx_sketch_make(&s, nx_str_of(title), nx_str_of(body), NX_SKETCH_UNDATED);
    return s;
}

#define LONG                                                                                       \
    "The harbour board of Elsmouth voted on Tuesday to sell the old ferry pier, ending a dispute " \
    "that has divided the town since the last boat left it eleven years ago"

static void texts_are_the_same_apart_from_signs(void **unused)
{
    (void)unused;
    const struct {
        const char *title, *body, *other_title, *other_body;
        bool same;
    } rows[] = {
        {"", LONG ".", "Another headline", LONG ".", true},
        {"", LONG " - \"he said\".", "", LONG " \xe2\x80\x93 \xe2\x80\x9che said\xe2\x80\x9d",
         true},
        {"", "THE " LONG, "", "the " LONG, true},
        {"", LONG " again", "", LONG, false},
        {"", LONG " 1,200", "", LONG " 1,300", false},
        {"", LONG " \xc3\xa9t\xc3\xa9", "", LONG " \xc3\xa9t\xc3\xa8", false},
        // short bodies need their headlines
        {"Markets closed", "Full report to follow shortly.", "Markets closed",
         "Full report to follow shortly", true},
        {"Markets closed", "Full report to follow shortly.", "Rain expected",
         "Full report to follow shortly.", false},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_sketch a = sketch_of(rows[i].title, rows[i].body);
        nx_sketch b = sketch_of(rows[i].other_title, rows[i].other_body);
        assert_true(a.exact != 0 && b.exact != 0);
        assert_int_equal(a.exact == b.exact, rows[i].same);
    }
    assert_true(sketch_of("Only a headline", "").exact == 0);
    assert_true(sketch_of("", "--- ... ***").exact == 0);
    assert_int_equal(sketch_of("", LONG).shingles, 27);
}

// Letters are hashed eight at a time: words of any length, wherever they stand, in either case, and
// every letter of them counts.
static void every_letter_of_a_word_counts(void **unused)
{
    (void)unused;
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzabcdefghijkl";
    static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKL";
    char text[TEXT_MAX], same[TEXT_MAX], other[TEXT_MAX];
    for (int n = 1; n <= 26; n++) {
        (void)snprintf(text, TEXT_MAX, LONG " %.*s", n, letters);
        (void)snprintf(same, TEXT_MAX, LONG ", [%.*s]; ", n, capitals);
        assert_true(sketch_of("", text).exact == sketch_of("", same).exact);
        for (int i = 0; i < n; i++) {
            (void)snprintf(other, TEXT_MAX, LONG " %.*s", n, letters);
            other[sizeof LONG + (size_t)i] = letters[i + 1];
            assert_true(sketch_of("", text).exact != sketch_of("", other).exact);
        }
        (void)snprintf(other, TEXT_MAX, LONG " %.*s", n, letters + 1);
        assert_true(sketch_of("", text).exact != sketch_of("", other).exact);
        (void)snprintf(other, TEXT_MAX, LONG " %.*s", n + 1, letters);
        assert_true(sketch_of("", text).exact != sketch_of("", other).exact);
    }
}

static void tables_of_numbers_are_not_alike(void **unused)
{
    (void)unused;
    char a[TEXT_MAX] = "", b[TEXT_MAX] = "";
    size_t an = 0, bn = 0;
    for (int i = 0; i < 12; i++) {
        an += (size_t)snprintf(a + an, TEXT_MAX - an, "Shr %d.%d cts vs %d.%d cts. Net %d,%d mln. ",
                               i, i, i + 3, i, i * 7 % 10, 100 + i);
        bn += (size_t)snprintf(b + bn, TEXT_MAX - bn, "Shr %d.%d cts vs %d.%d cts. Net %d,%d mln. ",
                               i + 20, i, i + 31, i, i * 3 % 10, 400 + i);
    }
    nx_sketch x = sketch_of("", a), y = sketch_of("", b);
    assert_true(x.shingles > 0);
    assert_false(nx_sketch_alike(&x, &y));
}

// A form filled in again: the same words on another day, or with other figures.
static void forms_filled_in_again_are_not_alike(void **unused)
{
    (void)unused;
    static const char form[] =
        "The Elsmouth grain exchange opened with little change on %s, traders said, after a quiet "
        "night in which wheat moved between %d and %d marks a tonne and barley was not quoted";
    const struct {
        int first_day, second_day, low, high;
        bool alike;
    } rows[] = {{17000, 17001, 120, 130, true},
                {17000, 17090, 120, 130, false},
                {17000, 17000, 121, 140, false},
                {NX_SKETCH_UNDATED, 17090, 120, 130, true}};
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        char a[512], b[512];
        nx_sketch x, y;
        (void)snprintf(a, sizeof a, form, "Monday", 120, 130);
        (void)snprintf(b, sizeof b, form, "Tuesday", rows[i].low, rows[i].high);
        nx_sketch_make(&x, NX_STR_NONE, nx_str_of(a), rows[i].first_day);
        nx_sketch_make(&y, NX_STR_NONE, nx_str_of(b), rows[i].second_day);
        assert_int_equal(nx_sketch_alike(&x, &y), rows[i].alike);
        assert_int_equal(nx_sketch_alike(&y, &x), rows[i].alike);
    }
    assert_int_equal(sketch_of("", LONG).numbers, 0);
    assert_int_equal(sketch_of("", "A 4x4 of B2 in r\xc3\xa9"
                                   "1")
                         .numbers,
                     0);
    assert_int_equal(sketch_of("", "12 of 1,234.5").numbers | sketch_of("", "1,234.5").numbers,
                     sketch_of("", "the 1,234.5. by 12,").numbers);
    assert_int_equal(nx_sketch_day(-1), -1);
    assert_int_equal(nx_sketch_day(86400), 1);
}

// Estimates stay near the true values, and the decision is the same both ways.
static void estimates_are_near_the_truth(void **unused)
{
    (void)unused;
    for (uint32_t seed = 1; seed <= 30; seed++) {
        char whole[TEXT_MAX], part[TEXT_MAX];
        write_story(whole, seed, 400);
        write_story(part, seed, 200); // the first half of it
        nx_sketch a = sketch_of("", whole), b = sketch_of("", part);
        double j = nx_sketch_jaccard(&a, &b);
        assert_true(j > 0.3 && j < 0.7);
        assert_true(nx_sketch_containment(&a, &b) > 0.7);
        assert_true(nx_sketch_alike(&a, &b) && nx_sketch_alike(&b, &a));
        char other[TEXT_MAX];
        write_story(other, seed + 1000, 400);
        nx_sketch c = sketch_of("", other);
        assert_true(nx_sketch_jaccard(&a, &c) < 0.1);
        assert_false(nx_sketch_alike(&a, &c) || nx_sketch_alike(&c, &a));
    }
}

static void characters_without_spaces_are_words(void **unused)
{
    (void)unused;
    char text[TEXT_MAX] = "";
    size_t n = 0;
    for (uint32_t i = 0; i < 60; i++) {
        uint32_t c = 0x4e00 + i * 97 % 5000;
        n += (size_t)snprintf(text + n, TEXT_MAX - n, "%c%c%c", (int)(0xe0 | c >> 12),
                              (int)(0x80 | (c >> 6 & 0x3f)), (int)(0x80 | (c & 0x3f)));
    }
    nx_sketch s = sketch_of("", text);
    assert_int_equal(s.shingles, 56);
}

// ---- families

static nx_family_entry entries[STORIES * COPIES];
static char ids[STORIES * COPIES][16];

// Stories, each in copies: the whole, the whole again, a few words changed, the first part, and
// another story with the same headline.
static void make_entries(void)
{
    for (uint32_t s = 0; s < STORIES; s++) {
        for (uint32_t c = 0; c < COPIES; c++) {
            char text[TEXT_MAX];
            uint32_t i = s * COPIES + c;
            write_story(text, c == 4 ? s + 500 : s + 1, c == 3 ? 200 : 300);
            for (uint32_t k = 0; c == 2 && k < 4; k++) {
                text[below(1000)] = 'x';
            }
            (void)snprintf(ids[i], sizeof ids[i], "id%u", i);
            entries[i] = (nx_family_entry){.key = (uint64_t)(i + 1) * 0x9e3779b97f4a7c15U,
                                           .id = nx_str_of(ids[i]),
                                           .sketch = sketch_of("the headline", text)};
        }
    }
}

static nx_status count_visit(void *ctx, const nx_family_entry *e, nx_error *err)
{
    (void)e;
    (void)err;
    ++*(size_t *)ctx;
    return NX_OK;
}

static size_t join(nx_families *f)
{
    nx_error err = NX_ERROR_INIT;
    size_t visited = 0;
    assert_int_equal(nx_families_join(f, count_visit, &visited, &err), NX_OK);
    return visited;
}

static void put(nx_families *f, const nx_family_entry *e)
{
    nx_error err = NX_ERROR_INIT;
    assert_int_equal(nx_families_put(f, e, &err), NX_OK);
}

static uint64_t family_of(const nx_families *f, uint64_t key)
{
    size_t i = nx_families_find(f, key);
    assert_true(i != SIZE_MAX);
    return nx_families_get(f, i).family;
}

static void copies_are_found_and_others_left_alone(void **unused)
{
    (void)unused;
    nx_families *f = nx_families_new();
    for (size_t i = 0; i < STORIES * COPIES; i++) {
        put(f, &entries[i]);
    }
    assert_int_equal(join(f), STORIES * 4);
    for (size_t s = 0; s < STORIES; s++) {
        uint64_t least = UINT64_MAX;
        for (size_t c = 0; c < 4; c++) {
            uint64_t key = entries[s * COPIES + c].key;
            least = key < least ? key : least;
        }
        for (size_t c = 0; c < COPIES; c++) {
            assert_true(family_of(f, entries[s * COPIES + c].key) == (c < 4 ? least : 0));
        }
    }
    assert_int_equal(join(f), 0); // nothing has changed since
    nx_families_free(f);
}

// Random orders, random batches, members that come and go: always the families of those present.
static void only_the_set_of_articles_matters(void **unused)
{
    (void)unused;
    for (int round = 0; round < 20; round++) {
        size_t order[STORIES * COPIES];
        bool present[STORIES * COPIES];
        nx_families *f = nx_families_new(), *at_once = nx_families_new();
        nx_error err = NX_ERROR_INIT;
        for (size_t i = 0; i < STORIES * COPIES; i++) {
            size_t k = below((uint32_t)i + 1);
            order[i] = order[k];
            order[k] = i;
            present[i] = true;
        }
        for (size_t i = 0; i < STORIES * COPIES; i++) {
            put(f, &entries[order[i]]);
            if (below(20) == 0) {
                (void)join(f);
            }
            if (below(6) == 0) {
                size_t gone = order[below((uint32_t)i + 1)];
                bool found = false;
                assert_int_equal(nx_families_drop(f, entries[gone].key, &found, &err), NX_OK);
                assert_int_equal(found, present[gone]);
                present[gone] = false;
            }
        }
        (void)join(f);
        for (size_t i = 0; i < STORIES * COPIES; i++) {
            if (present[i]) {
                put(at_once, &entries[i]);
            }
        }
        (void)join(at_once);
        assert_int_equal(nx_families_count(f), nx_families_count(at_once));
        for (size_t i = 0; i < STORIES * COPIES; i++) {
            if (present[i]) {
                uint64_t key = entries[i].key;
                assert_true(family_of(f, key) == family_of(at_once, key));
            }
        }
        nx_families_free(f);
        nx_families_free(at_once);
    }
}

static void a_changed_text_leaves_its_family(void **unused)
{
    (void)unused;
    nx_families *f = nx_families_new();
    for (size_t i = 0; i < COPIES; i++) {
        put(f, &entries[i]);
    }
    (void)join(f);
    nx_family_entry rewritten = entries[0];
    rewritten.sketch = entries[4].sketch;
    put(f, &rewritten);
    (void)join(f);
    assert_true(family_of(f, entries[0].key) == family_of(f, entries[4].key));
    assert_true(family_of(f, entries[1].key) == family_of(f, entries[2].key));
    assert_true(family_of(f, entries[0].key) != family_of(f, entries[1].key));
    nx_families_free(f);
}

// ---- the log

static void read_back(nx_families *f, const char *dir, nx_family_log *log)
{
    nx_error err = NX_ERROR_INIT;
    assert_int_equal(nx_family_log_read(dir, f, log, &err), NX_OK);
}

static void a_log_is_read_as_written_and_ends_where_it_is_damaged(void **unused)
{
    (void)unused;
    char dir[] = "/tmp/nx-families-XXXXXX", path[64];
    nx_error err = NX_ERROR_INIT;
    nx_family_log log;
    nx_family_writer w;
    assert_non_null(mkdtemp(dir));
    (void)snprintf(path, sizeof path, "%s/families", dir);
    nx_families *f = nx_families_new();
    read_back(f, dir, &log);
    assert_true(log.closed && log.bytes == 0);
    for (size_t run = 0; run < 2; run++) {
        assert_int_equal(nx_family_writer_open(&w, dir, &log, false, &err), NX_OK);
        assert_int_equal(nx_family_write_begin(&w, &err), NX_OK);
        for (size_t i = run * 3; i < run * 3 + 3; i++) {
            assert_int_equal(nx_family_write_put(&w, &entries[i], &err), NX_OK);
        }
        assert_int_equal(nx_family_write_family(&w, entries[1].key, 77, &err), NX_OK);
        if (run == 1) {
            assert_int_equal(nx_family_write_drop(&w, entries[2].key, &err), NX_OK);
        }
        assert_int_equal(nx_family_write_end(&w, &log, &err), NX_OK);
        nx_family_writer_close(&w);
    }
    nx_families_free(f);
    f = nx_families_new();
    read_back(f, dir, &log);
    assert_true(log.closed);
    assert_int_equal(nx_families_count(f), 5);
    assert_true(family_of(f, entries[1].key) == 77);
    nx_family_entry e = nx_families_get(f, nx_families_find(f, entries[4].key));
    assert_memory_equal(&e.sketch, &entries[4].sketch, sizeof e.sketch);
    assert_true(nx_str_eq(e.id, entries[4].id));
    nx_families_free(f);
    // Cut anywhere: never a crash, closed only where a run ended, and never more than was written.
    nx_buf bytes;
    nx_buf_init(&bytes, 1 << 20);
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    char *to = nx_buf_reserve(&bytes, 1 << 16);
    bytes.len = fread(to, 1, 1 << 16, in);
    assert_int_equal(fclose(in), 0);
    unsigned closed = 0;
    for (size_t n = 0; n <= bytes.len; n++) {
        f = nx_families_new();
        assert_int_equal(nx_family_log_parse(nx_str_make(bytes.data, n), f, &log, &err), NX_OK);
        closed += log.closed;
        assert_true(log.bytes <= n);
        nx_families_free(f);
    }
    assert_int_equal(closed, 3); // empty, after the first run, after the second
    bytes.data[7]--;             // of an earlier version: its sketches are of another kind
    f = nx_families_new();
    assert_int_equal(nx_family_log_parse(nx_buf_str(&bytes), f, &log, &err), NX_OK);
    assert_true(!log.closed && nx_families_count(f) == 0);
    nx_families_free(f);
    nx_buf_release(&bytes);
    assert_int_equal(remove(path), 0);
    assert_int_equal(remove(dir), 0);
}

static void ids_are_read_as_written(void **unused)
{
    (void)unused;
    char out[17];
    uint64_t family = 0;
    assert_string_equal(nx_family_id(out, 0x00ab00000000cdefU), "00ab00000000cdef");
    assert_true(nx_family_id_parse(nx_str_of(out), &family) && family == 0x00ab00000000cdefU);
    static const char *const bad[] = {"",
                                      "00ab",
                                      "00AB00000000CDEF",
                                      "0000000000000000",
                                      "00ab00000000cdef0",
                                      "g0ab00000000cdef"};
    for (size_t i = 0; i < NX_COUNT(bad); i++) {
        assert_false(nx_family_id_parse(nx_str_of(bad[i]), &family));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_the_same_apart_from_signs),
        cmocka_unit_test(every_letter_of_a_word_counts),
        cmocka_unit_test(tables_of_numbers_are_not_alike),
        cmocka_unit_test(forms_filled_in_again_are_not_alike),
        cmocka_unit_test(estimates_are_near_the_truth),
        cmocka_unit_test(characters_without_spaces_are_words),
        cmocka_unit_test(copies_are_found_and_others_left_alone),
        cmocka_unit_test(only_the_set_of_articles_matters),
        cmocka_unit_test(a_changed_text_leaves_its_family),
        cmocka_unit_test(a_log_is_read_as_written_and_ends_where_it_is_damaged),
        cmocka_unit_test(ids_are_read_as_written),
    };
    make_entries();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
