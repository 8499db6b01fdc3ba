// glass_deflate_test.c: what the encoder writes is inflated by zlib to the same bytes, also in the
// way libxapian does it; codes are shared, and left alone where they do not suit.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <zlib.h>

#include "glass/deflate.h"
#include "glass/huffman.h"

enum { TAG_MAX = 70000 };

static uint32_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t)(*state >> 33);
}

// What fills a tag.
enum content { RANDOM, ONE_BYTE, ENGLISH, RUSSIAN, LITERALS_THEN_RUN, CONTENTS };

static const char *const english[] = {"the ",  "of ",     "shares ", "company ", "said ", "it ",
                                      "mln ",  "dlrs ",   "would ",  "trade ",   "bank ", "prices ",
                                      "rose ", "in 1987", ", ",      ".\n"};
static const char *const russian[] = {
    "и ",       "в ",    "акции ", "компании ", "сообщил ", "он ", "рублей ", "цены ",
    "выросли ", "банк ", "что ",   "на ",       "года ",    "бы ", ", ",      ".\n"};

static void fill(unsigned char *to, size_t n, enum content content, uint64_t seed)
{
    uint64_t state = seed * 31 + 7;
    const char *word = "";
    for (size_t i = 0; i < n; i++) {
        if (content == RANDOM || (content == LITERALS_THEN_RUN && i < n / 2)) {
            to[i] = (unsigned char)next_random(&state);
        } else if (content == ONE_BYTE || content == LITERALS_THEN_RUN) {
            to[i] = 'a';
        } else {
            while (*word == '\0') {
                word = (content == ENGLISH ? english : russian)[next_random(&state) % 16];
            }
            to[i] = (unsigned char)*word++;
        }
    }
}

// Inflates as libxapian does: into 8192 bytes at a time, until the input is used up.
static void assert_readable(const nx_buf *stream, const unsigned char *bytes, size_t n)
{
    z_stream z = {.next_in = (unsigned char *)stream->data, .avail_in = (uInt)stream->len};
    assert_int_equal(inflateInit2(&z, -15), Z_OK);
    size_t at = 0;
    int got = Z_OK;
    while (got == Z_OK && z.avail_in > 0) {
        unsigned char buffer[8192];
        z.next_out = buffer;
        z.avail_out = sizeof buffer;
        got = inflate(&z, Z_SYNC_FLUSH);
        size_t out = sizeof buffer - z.avail_out;
        assert_true(out <= n - at);
        assert_memory_equal(buffer, bytes + at, out);
        at += out;
    }
    if (got != Z_STREAM_END || at != n || z.avail_in != 0) {
        fail_msg("a tag of %zu bytes cannot be read: zlib says %d at %zu", n, got, at);
    }
    assert_int_equal(inflateEnd(&z), Z_OK);
}

static void assert_round_trip(nx_deflater *d, nx_tag_kind kind, const unsigned char *bytes,
                              size_t n, nx_buf *out)
{
    nx_buf_clear(out);
    if (nx_deflate(d, kind, bytes, n, out)) {
        assert_true(out->len < n);
        assert_readable(out, bytes, n);
    } else {
        assert_int_equal(out->len, n);
        assert_memory_equal(out->data, bytes, n);
    }
}

typedef struct fixture {
    nx_deflater *d;
    nx_buf out;
    unsigned char *tag;
} fixture;

// Has a code for English tags as data, none for other kinds.
static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    f->d = nx_deflater_new();
    f->tag = malloc(TAG_MAX);
    nx_buf_init(&f->out, SIZE_MAX / 4);
    for (uint64_t i = 0; i < 64; i++) {
        fill(f->tag, 900, ENGLISH, i);
        nx_deflater_sample(f->d, NX_TAG_DATA, f->tag, 900);
    }
    nx_deflater_learn(f->d, NX_TAG_DATA);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    nx_deflater_free(f->d);
    nx_buf_release(&f->out);
    free(f->tag);
    free(f);
    return 0;
}

static void tags_of_all_sizes_can_be_read(void **state)
{
    fixture *f = *state;
    for (enum content c = RANDOM; c < CONTENTS; c++) {
        for (size_t n = 0; n < TAG_MAX; n += n < 300 ? 1 : n < 8000 ? 97 : 1013) {
            fill(f->tag, n, c, n);
            assert_round_trip(f->d, NX_TAG_DATA, f->tag, n, &f->out);
            assert_round_trip(f->d, NX_TAG_TERMLIST, f->tag, n, &f->out);
        }
    }
}

// Where a stream may end in the middle of what the reader's buffer holds.
static void tags_near_the_readers_buffer_can_be_read(void **state)
{
    fixture *f = *state;
    for (enum content c = ONE_BYTE; c < CONTENTS; c++) {
        for (size_t blocks = 1; blocks <= 4; blocks += 3) {
            for (size_t n = blocks * 8192 - 2; n < blocks * 8192 + 1100;
                 n += n % 8192 < 40 ? 1 : 53) {
                fill(f->tag, n, c, n);
                assert_round_trip(f->d, NX_TAG_DATA, f->tag, n, &f->out);
                assert_round_trip(f->d, NX_TAG_TERMLIST, f->tag, n, &f->out);
            }
        }
    }
}

static size_t deflated_size(fixture *f, nx_tag_kind kind, enum content c, size_t n)
{
    fill(f->tag, n, c, 1000);
    assert_round_trip(f->d, kind, f->tag, n, &f->out);
    return f->out.len;
}

static void a_tag_that_a_code_does_not_suit_gets_its_own(void **state)
{
    fixture *f = *state;
    // Bytes from 128 on are not in the shared code at all; digits are, but dear.
    size_t shared = deflated_size(f, NX_TAG_DATA, RUSSIAN, 2000);
    assert_true(shared < 1000);
    assert_int_equal(shared, deflated_size(f, NX_TAG_TERMLIST, RUSSIAN, 2000));
    for (size_t i = 0; i < 2000; i++) {
        f->tag[i] = (unsigned char)('0' + i * i * 7919 / 13 % 10);
    }
    nx_buf_clear(&f->out);
    assert_true(nx_deflate(f->d, NX_TAG_DATA, f->tag, 2000, &f->out));
    assert_true(f->out.len < 1100);
}

static void a_shared_code_is_about_as_good_as_ones_own(void **state)
{
    fixture *f = *state;
    size_t shared = deflated_size(f, NX_TAG_DATA, ENGLISH, 900);
    size_t own = deflated_size(f, NX_TAG_TERMLIST, ENGLISH, 900);
    assert_true(shared != own);
    assert_in_range(shared, own * 9 / 10, own * 11 / 10);
}

static void noise_is_stored(void **state)
{
    fixture *f = *state;
    assert_int_equal(deflated_size(f, NX_TAG_DATA, RANDOM, 1000), 1000);
    assert_int_equal(deflated_size(f, NX_TAG_TERMLIST, RANDOM, 20000), 20000);
}

// Also over the point where positions begin anew, after some 98,000 tags.
static void what_came_before_changes_nothing(void **state)
{
    fixture *f = *state;
    deflated_size(f, NX_TAG_DATA, ENGLISH, 3000);
    nx_buf first = f->out;
    nx_buf_init(&f->out, SIZE_MAX / 4);
    for (int i = 0; i < 120; i++) {
        for (int k = 0; k < 1000; k++) {
            nx_deflater_sample(f->d, NX_TAG_WORDS, f->tag, 20);
        }
        deflated_size(f, NX_TAG_DATA, ENGLISH, 3000);
        assert_int_equal(f->out.len, first.len);
        assert_memory_equal(f->out.data, first.data, first.len);
    }
    nx_buf_release(&first);
}

static void a_ceiling_of_the_buffer_is_a_failure(void **state)
{
    fixture *f = *state;
    nx_buf out;
    nx_buf_init(&out, 500);
    fill(f->tag, 1000, ENGLISH, 1);
    assert_false(nx_deflate(f->d, NX_TAG_DATA, f->tag, 1000, &out));
    assert_true(out.failed);
    nx_buf_release(&out);
}

// Of the room for codes, in those of the longest length.
static uint32_t room_taken(const nx_huffman_symbol *symbols, size_t n)
{
    uint32_t room = 0;
    for (size_t i = 0; i < n; i++) {
        assert_true(symbols[i].n <= NX_HUFFMAN_BITS_MAX);
        room += symbols[i].n > 0 ? 1U << (NX_HUFFMAN_BITS_MAX - symbols[i].n) : 0;
    }
    return room;
}

static void codes_are_complete_and_limited(void **state)
{
    (void)state;
    uint64_t random = 1;
    for (int turn = 0; turn < 200; turn++) {
        nx_huffman_counts counts = {.distances = {1, 1}};
        uint32_t a = 1, b = 1; // Fibonacci's numbers make the deepest trees
        for (size_t i = 0; i < 286; i++) {
            uint32_t next = a + b < 1U << 20 ? a + b : 1;
            a = b;
            b = next;
            counts.literals[i] = turn == 0 ? b : next_random(&random) >> next_random(&random) % 31;
        }
        for (size_t i = 0; i < 30 && turn % 3 > 0; i++) {
            counts.distances[i] += i < 2 || turn % 3 == 2 ? next_random(&random) % 1000 : 0;
        }
        counts.literals[NX_HUFFMAN_END] = 1;
        counts.literals[0]++;
        nx_huffman_code code;
        nx_huffman_make(&code, &counts);
        assert_int_equal(room_taken(code.literals, 286), 1U << NX_HUFFMAN_BITS_MAX);
        assert_int_equal(room_taken(code.distances, 30), 1U << NX_HUFFMAN_BITS_MAX);
        assert_true(code.header_bits <= 8 * NX_HUFFMAN_HEADER_MAX - 64);
        for (size_t i = 0; i < 286; i++) {
            assert_int_equal(code.literals[i].n > 0, counts.literals[i] > 0);
        }
    }
}

static void lengths_and_distances_have_the_steps_of_the_standard(void **state)
{
    (void)state;
    const struct {
        uint32_t v;
        unsigned symbol, extra_n;
        uint32_t extra;
    } lengths[] = {{3, 257, 0, 0},  {10, 264, 0, 0},   {11, 265, 1, 0},  {12, 265, 1, 1},
                   {18, 268, 1, 1}, {19, 269, 2, 0},   {34, 272, 2, 3},  {35, 273, 3, 0},
                   {67, 277, 4, 0}, {130, 280, 4, 15}, {131, 281, 5, 0}, {257, 284, 5, 30},
                   {258, 285, 0, 0}},
      distances[] = {{1, 0, 0, 0},          {4, 3, 0, 0},       {5, 4, 1, 0},
                     {6, 4, 1, 1},          {7, 5, 1, 0},       {24, 8, 3, 7},
                     {25, 9, 3, 0},         {192, 14, 6, 63},   {193, 15, 6, 0},
                     {24576, 28, 13, 8191}, {24577, 29, 13, 0}, {32768, 29, 13, 8191}};
    for (size_t i = 0; i < NX_COUNT(lengths); i++) {
        nx_huffman_step step = nx_huffman_length(lengths[i].v);
        assert_int_equal(step.symbol, lengths[i].symbol);
        assert_int_equal(step.extra_n, lengths[i].extra_n);
        assert_int_equal(step.extra, lengths[i].extra);
    }
    for (size_t i = 0; i < NX_COUNT(distances); i++) {
        nx_huffman_step step = nx_huffman_distance(distances[i].v);
        assert_int_equal(step.symbol, distances[i].symbol);
        assert_int_equal(step.extra_n, distances[i].extra_n);
        assert_int_equal(step.extra, distances[i].extra);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(tags_of_all_sizes_can_be_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tags_near_the_readers_buffer_can_be_read, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_tag_that_a_code_does_not_suit_gets_its_own, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_shared_code_is_about_as_good_as_ones_own, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(noise_is_stored, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_came_before_changes_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_ceiling_of_the_buffer_is_a_failure, set_up, tear_down),
        cmocka_unit_test(codes_are_complete_and_limited),
        cmocka_unit_test(lengths_and_distances_have_the_steps_of_the_standard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
