// families_test.c: what is a copy of what, and that families depend on the articles alone: not on
// the order in which they come, nor on how many come at a time, nor on what was there meanwhile.
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/io.h"
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

static uint64_t mixed_key(uint32_t i)
{
    return (uint64_t)(i + 1) * 0x9e3779b97f4a7c15U;
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

static char dir[] = "/tmp/nx-families-XXXXXX", path[64];

static nx_families *open_families(void)
{
    nx_error err = NX_ERROR_INIT;
    nx_families *f = NULL;
    assert_int_equal(nx_families_open(&f, dir, &err), NX_OK);
    return f;
}

static nx_families *begin(nx_families *f)
{
    nx_error err = NX_ERROR_INIT;
    assert_int_equal(nx_families_begin(f, &err), NX_OK);
    return f;
}

static nx_families *begin_anew(void)
{
    (void)remove(path);
    return begin(open_families());
}

static void end(nx_families *f)
{
    nx_error err = NX_ERROR_INIT;
    assert_int_equal(nx_families_end(f, &err), NX_OK);
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

static void drop(nx_families *f, uint64_t key)
{
    nx_error err = NX_ERROR_INIT;
    assert_int_equal(nx_families_drop(f, key, &err), NX_OK);
}

static nx_family_entry get(nx_families *f, uint64_t key)
{
    nx_error err = NX_ERROR_INIT;
    nx_family_entry e;
    size_t i = nx_families_find(f, key);
    assert_true(i != SIZE_MAX);
    assert_int_equal(nx_families_get(f, i, &e, &err), NX_OK);
    return e;
}

static uint64_t family_of(nx_families *f, uint64_t key)
{
    return get(f, key).family;
}

static void copies_are_found_and_others_left_alone(void **unused)
{
    (void)unused;
    nx_families *f = begin_anew();
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

// ---- any set of articles, in any order

enum { ARTICLES = 120 };

typedef struct member {
    nx_family_entry entry;
    bool present;
    uint64_t family; // by the reference
    char id[16];
} member;

// One of a few stories with a few words changed, short or long, of one of a few days.
static void make_version(member *m)
{
    static const int32_t days[] = {NX_SKETCH_UNDATED, 0, 1, 2, 4, 60};
    char text[TEXT_MAX];
    const uint32_t story = below(15);
    write_story(text, story + 1, 40 + story * 20);
    for (uint32_t n = below(4), size = (uint32_t)strlen(text); n > 0; n--) {
        text[below(size)] = 'x';
    }
    nx_sketch_make(&m->entry.sketch, NX_STR("the headline"), nx_str_of(text),
                   days[below(NX_COUNT(days))]);
}

static bool share_a_band(const nx_sketch *a, const nx_sketch *b)
{
    for (unsigned n = 0; n < NX_SKETCH_BINS; n++) {
        uint32_t of_a = 0, of_b = 0;
        if (a->shingles > 0 && b->shingles > 0 && nx_sketch_band(a, n, &of_a) &&
            nx_sketch_band(b, n, &of_b) && of_a == of_b) {
            return true;
        }
    }
    return false;
}

// Every pair is looked at, until no family changes.
static void reference(member *m)
{
    for (size_t i = 0; i < ARTICLES; i++) {
        m[i].family = m[i].entry.key;
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < ARTICLES; i++) {
            for (size_t k = 0; k < ARTICLES; k++) {
                const nx_sketch *a = &m[i].entry.sketch, *b = &m[k].entry.sketch;
                if (m[i].present && m[k].present && m[i].family < m[k].family &&
                    ((a->exact != 0 && a->exact == b->exact) ||
                     (share_a_band(a, b) && nx_sketch_alike(a, b)))) {
                    m[k].family = m[i].family;
                    changed = true;
                }
            }
        }
    }
    for (size_t i = 0; i < ARTICLES; i++) {
        size_t others = 0;
        for (size_t k = 0; k < ARTICLES; k++) {
            others += k != i && m[k].present && m[k].family == m[i].family;
        }
        m[i].family = others > 0 ? m[i].family : 0;
    }
}

static void compare_with_reference(nx_families *f, member *m)
{
    size_t present = 0;
    reference(m);
    for (size_t i = 0; i < ARTICLES; i++) {
        present += m[i].present;
        assert_true((nx_families_find(f, m[i].entry.key) != SIZE_MAX) == m[i].present);
        if (m[i].present) {
            const nx_family_entry e = get(f, m[i].entry.key);
            assert_true(e.family == m[i].family);
            assert_true(nx_str_eq(e.id, m[i].entry.id));
            assert_memory_equal(&e.sketch, &m[i].entry.sketch, sizeof e.sketch);
        }
    }
    assert_int_equal(nx_families_count(f), present);
}

// Articles that come, go and change, in runs of any length, the file read again between some of
// them: always the families of those that are there.
static void only_the_set_of_articles_matters(void **unused)
{
    (void)unused;
    static member m[ARTICLES];
    for (int round = 0; round < 25; round++) {
        nx_families *f = begin_anew();
        memset(m, 0, sizeof m);
        for (uint32_t i = 0; i < ARTICLES; i++) {
            (void)snprintf(m[i].id, sizeof m[i].id, "id%u", i);
            m[i].entry.id = nx_str_of(m[i].id);
            m[i].entry.key = mixed_key(i);
        }
        for (uint32_t runs = 1 + below(6); runs > 0; runs--) {
            for (uint32_t changes = below(below(3) > 0 ? 200 : 12); changes > 0; changes--) {
                member *one = &m[below(ARTICLES)];
                if (one->present && below(3) == 0) {
                    one->present = false;
                    drop(f, one->entry.key);
                    continue;
                }
                one->present = true;
                make_version(one);
                put(f, &one->entry);
            }
            (void)join(f);
            compare_with_reference(f, m);
            assert_int_equal(join(f), 0); // nothing has changed since
            end(f);
            if (below(2) == 0) {
                nx_families_free(f);
                f = open_families();
                assert_true(nx_families_complete(f));
                compare_with_reference(f, m);
            }
            (void)begin(f);
        }
        nx_families_free(f);
    }
}

// All end with the same notice, more than are compared with each other; every tenth is another
// version of the one before it.
static void a_notice_that_all_share_hides_no_copies(void **unused)
{
    (void)unused;
    enum { ALL = 1000, STEP = 10 };
    static char text[TEXT_MAX], notice[TEXT_MAX / 4];
    nx_families *f = begin_anew();
    char id[16];
    write_story(text, 7, 70);
    (void)snprintf(notice, sizeof notice, "%.*s", (int)sizeof notice - 1, text);
    for (uint32_t i = 0; i < ALL; i++) {
        const bool version = i % STEP == STEP - 1;
        write_story(text, 2000 + i - version, 140);
        text[version ? 100 : 0] = 'x';
        (void)strncat(text, notice, sizeof text - strlen(text) - 1);
        (void)snprintf(id, sizeof id, "id%u", i);
        put(f, &(nx_family_entry){
                   .key = mixed_key(i), .id = nx_str_of(id), .sketch = sketch_of("", text)});
    }
    (void)join(f);
    for (uint32_t i = 0; i < ALL; i++) {
        const uint64_t family = family_of(f, mixed_key(i));
        if (i % STEP < STEP - 2) {
            assert_true(family == 0);
        } else {
            assert_true(family != 0 && family == family_of(f, mixed_key(i ^ 1)));
        }
    }
    nx_families_free(f);
}

static void a_changed_text_leaves_its_family(void **unused)
{
    (void)unused;
    nx_families *f = begin_anew();
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

static void whole_log(nx_buf *out)
{
    nx_error err = NX_ERROR_INIT;
    nx_buf_clear(out);
    assert_int_equal(nx_read_file(path, out, &err), NX_OK);
}

static void write_log(const char *bytes, size_t n)
{
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes, 1, n, out), n);
    assert_int_equal(fclose(out), 0);
}

static void a_log_ends_where_it_is_damaged(void **unused)
{
    (void)unused;
    nx_families *f = begin_anew();
    for (size_t run = 0; run < 2; run++) {
        for (size_t i = run * 3; i < run * 3 + 3; i++) {
            put(f, &entries[i]);
        }
        (void)join(f);
        end(f);
        if (run == 0) {
            (void)begin(f);
        }
    }
    nx_families_free(f);
    // Cut anywhere: never a crash, and complete only where a run ended.
    nx_buf bytes;
    nx_buf_init(&bytes, 1 << 20);
    whole_log(&bytes);
    unsigned complete = 0;
    for (size_t n = 1; n <= bytes.len; n++) {
        write_log(bytes.data, n);
        f = open_families();
        complete += nx_families_complete(f);
        nx_families_free(f);
    }
    assert_int_equal(complete, 3); // empty, after the first run, after the second
    bytes.data[7]--;               // of an earlier version: its sketches are of another kind
    write_log(bytes.data, bytes.len);
    f = open_families();
    assert_true(!nx_families_complete(f) && nx_families_count(f) == 0);
    nx_families_free(f);
    bytes.data[7]++;
    bytes.data[bytes.len - 30]++; // in the last frame
    write_log(bytes.data, bytes.len);
    f = begin(open_families()); // which is thrown away
    put(f, &entries[9]);
    end(f);
    nx_families_free(f);
    f = open_families();
    assert_true(nx_families_complete(f) && nx_families_find(f, entries[9].key) != SIZE_MAX);
    nx_families_free(f);
    nx_buf_release(&bytes);
}

// What is out of date does not stay for ever.
static void a_log_is_written_anew(void **unused)
{
    (void)unused;
    nx_families *f = begin_anew();
    nx_buf bytes;
    nx_buf_init(&bytes, 1 << 22);
    size_t largest = 0;
    for (size_t run = 0; run < 200; run++) {
        for (size_t i = 0; i < 20; i++) {
            put(f, &entries[i]);
        }
        (void)join(f);
        end(f);
        whole_log(&bytes);
        largest = bytes.len > largest ? bytes.len : largest;
        (void)begin(f);
    }
    assert_true(largest < (size_t)1200 * 350 && bytes.len < largest);
    for (size_t i = 0; i < 20; i++) {
        const nx_family_entry e = get(f, entries[i].key);
        assert_memory_equal(&e.sketch, &entries[i].sketch, sizeof e.sketch);
    }
    end(f);
    nx_families_free(f);
    f = open_families();
    assert_true(nx_families_complete(f));
    assert_int_equal(nx_families_count(f), 20);
    assert_true(family_of(f, entries[0].key) == family_of(f, entries[1].key));
    nx_families_free(f);
    nx_buf_release(&bytes);
}

// It is the run that fails; what was there is as good as it was.
static void a_full_disk_ends_the_run_that_writes_it_anew(void **unused)
{
    (void)unused;
    nx_error err = NX_ERROR_INIT;
    struct rlimit before;
    nx_families *f = begin_anew();
    put(f, &entries[0]);
    end(f);
    (void)begin(f);
    for (size_t i = 0; i < 1200; i++) {
        put(f, &entries[i % 20]);
    }
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    const struct rlimit none = {.rlim_cur = 0, .rlim_max = before.rlim_max};
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
    const nx_status st = nx_families_end(f, &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(st, NX_EIO);
    assert_false(nx_families_complete(f));
    nx_families_free(f);
    f = open_families();
    assert_int_equal(nx_families_count(f), 1);
    nx_families_free(f);
}

static void an_emptied_log_has_nothing(void **unused)
{
    (void)unused;
    nx_error err = NX_ERROR_INIT;
    nx_families *f = begin_anew();
    put(f, &entries[0]);
    end(f);
    (void)begin(f);
    assert_int_equal(nx_families_empty(f, &err), NX_OK);
    assert_int_equal(nx_families_count(f), 0);
    put(f, &entries[5]);
    end(f);
    nx_families_free(f);
    f = open_families();
    assert_int_equal(nx_families_count(f), 1);
    assert_true(nx_str_eq(get(f, entries[5].key).id, entries[5].id));
    nx_families_free(f);
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
        cmocka_unit_test(a_notice_that_all_share_hides_no_copies),
        cmocka_unit_test(a_changed_text_leaves_its_family),
        cmocka_unit_test(a_log_ends_where_it_is_damaged),
        cmocka_unit_test(a_log_is_written_anew),
        cmocka_unit_test(a_full_disk_ends_the_run_that_writes_it_anew),
        cmocka_unit_test(an_emptied_log_has_nothing),
        cmocka_unit_test(ids_are_read_as_written),
    };
    make_entries();
    if (mkdtemp(dir) == NULL) {
        return EXIT_FAILURE;
    }
    (void)snprintf(path, sizeof path, "%s/families", dir);
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    (void)remove(path);
    (void)remove(dir);
    return failed;
}
