// base_test.c: base/ as its callers see it: buffers, arena, vocabulary, numbers, time, UTF-8,
// JSON writing, options, files.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/io.h"
#include "base/jsonw.h"
#include "base/num.h"
#include "base/opt.h"
#include "base/time.h"
#include "base/tty.h"
#include "base/utf8.h"
#include "base/vocab.h"
#include "base/word64.h"

static void an_error_keeps_its_cause_and_gains_its_place(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    assert_int_equal(nx_fail(&err, NX_EFORMAT, "not JSON at byte %d", 7), NX_EFORMAT);
    assert_int_equal(nx_wrap(&err, "a.jsonl:%d: ", 17), NX_EFORMAT);
    assert_string_equal(err.msg, "a.jsonl:17: not JSON at byte 7");
    (void)nx_fail(&err, NX_EIO, "bad\x1b[2Jname\n");
    assert_string_equal(err.msg, "bad?[2Jname?");
    (void)nx_fail(&err, NX_EIO, "%.4s|\x9b|\xc2\x9b|\xe2\x80\xa6", "a\xc3\xa9\xc3\xa9");
    assert_string_equal(err.msg, "a\xc3\xa9?|?|??|\xe2\x80\xa6");
    assert_int_equal(nx_fail_errno(&err, 28, "x"), NX_ENOSPC);
}

static void what_is_taken_from_a_buffer_is_the_takers(void **state)
{
    (void)state;
    nx_buf b;
    nx_buf_init(&b, 8);
    char *nothing = nx_buf_take(&b);
    assert_string_equal(nothing, "");
    nx_buf_addz(&b, "text");
    char *text = nx_buf_take(&b);
    assert_int_equal(b.len, 0);
    nx_buf_addz(&b, "other");
    assert_string_equal(text, "text");
    nx_buf_addz(&b, "too long");
    assert_null(nx_buf_take(&b));
    assert_true(b.failed);
    nx_buf_release(&b);
    free(nothing);
    free(text);
}

static void a_buffer_stops_at_its_ceiling_and_stays_failed(void **state)
{
    (void)state;
    nx_buf b;
    nx_buf_init(&b, 10);
    nx_buf_addz(&b, "0123456789");
    assert_false(b.failed);
    nx_buf_addc(&b, 'x');
    assert_true(b.failed && b.over_max);
    assert_string_equal(b.data, "");
    nx_buf_addz(&b, "y");
    assert_int_equal(b.len, 0);
    nx_error err = NX_ERROR_INIT;
    assert_int_equal(nx_buf_check(&b, "record", &err), NX_ELIMIT);
    nx_buf_clear(&b);
    nx_buf_addf(&b, "%d-%s", 42, "ok");
    assert_string_equal(b.data, "42-ok");
    nx_buf_release(&b);
}

static void strings_are_found_in_any_case(void **state)
{
    (void)state;
    static const struct {
        const char *s, *needle;
        size_t from, want;
    } rows[] = {
        {"Hello World", "world", 0, 6},
        {"Hello World", "WORLD", 0, 6},
        {"Hello World", "o", 5, 7},
        {"Hello World", "worlds", 0, SIZE_MAX},
        {"Hello World", "hello", 1, SIZE_MAX},
        {"a@b", "@B", 0, 1},
        {"No, NO no", "no", 1, 4},
        {"ab aB Ab", "AB ", 1, 3},
        {"aba", "Ab", 2, SIZE_MAX},
        {"a`b", "@b", 0, SIZE_MAX},
        {"{x", "[x", 0, SIZE_MAX},
        {"abc", "", 3, 3},
        {"abc", "", 4, SIZE_MAX},
        {"", "a", 0, SIZE_MAX},
        {"\xc3\xa4X", "\xc3\xa4x", 0, 0},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        assert_int_equal(
            nx_str_find_nocase(nx_str_of(rows[i].s), nx_str_of(rows[i].needle), rows[i].from),
            rows[i].want);
    }
    static const char *const list[] = {"one", "Two", "twofold", NULL};
    assert_true(nx_str_in_nocase(NX_STR("TWO"), list));
    assert_true(nx_str_in_nocase(NX_STR("Twofold"), list));
    assert_false(nx_str_in_nocase(NX_STR("tw"), list));
    assert_false(nx_str_in_nocase(NX_STR(""), list));
}

static void the_first_of_several_strings_is_found(void **state)
{
    (void)state;
    static const char *const list[] = {"beta", "Alpha", "al", "\xd0\xb0", NULL};
    static const struct {
        const char *s;
        size_t from, want;
    } rows[] = {
        {"x ALPHA beta", 0, 2},   {"x ALPHA beta", 3, 8},    {"x alp", 0, 2},
        {"x bet a", 0, SIZE_MAX}, {"x \xd0\xb0 beta", 0, 2}, {"beta", 4, SIZE_MAX},
        {"", 0, SIZE_MAX},        {"beta", 9, SIZE_MAX},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        assert_int_equal(nx_str_find_any_nocase(nx_str_of(rows[i].s), list, rows[i].from),
                         rows[i].want);
    }
    static const char *const none[] = {NULL};
    assert_int_equal(nx_str_find_any_nocase(NX_STR("beta"), none, 0), SIZE_MAX);
    assert_int_equal(nx_str_ends_any_nocase(NX_STR("a.TAR.gz"), (const char *[]){".gz", NULL}), 3);
    assert_int_equal(nx_str_ends_any_nocase(NX_STR(".gz"), (const char *[]){".x", ".gz", NULL}), 3);
    assert_int_equal(nx_str_ends_any_nocase(NX_STR("gz"), (const char *[]){".gz", NULL}), 0);
    assert_true(nx_str_has_digit(NX_STR("route 66")));
    assert_false(nx_str_has_digit(NX_STR("route \xd9\xa6")));
}

static void a_text_is_taken_line_by_line(void **state)
{
    (void)state;
    static const char *const want[] = {"a", "", "b\rc", "d"};
    nx_str text = NX_STR("a\n\r\nb\rc\r\nd\n\r");
    size_t at = 0, lines = 0;
    for (; at < text.n && lines < 4; lines++) {
        assert_true(nx_str_eq(nx_str_line(text, at, &at), nx_str_of(want[lines])));
    }
    assert_int_equal(lines, 4);
    assert_int_equal(nx_str_line(text, at, &at).n, 0); // the return without a line feed
    assert_int_equal(at, text.n);
    assert_int_equal(nx_str_line(text, at, &at).n, 0);
    assert_int_equal(at, text.n);
    assert_int_equal(nx_str_line(NX_STR_NONE, 0, &at).n, 0);
    assert_int_equal(at, 0);
}

static void a_text_is_taken_word_by_word(void **state)
{
    (void)state;
    static const char *const want[] = {"dam", "on", "the\xc2\xa0hill"};
    nx_str rest = NX_STR(" dam\ton \n the\xc2\xa0hill  ");
    for (size_t i = 0; i < 3; i++) {
        assert_true(nx_str_eq(nx_str_take_word(&rest), nx_str_of(want[i])));
    }
    assert_int_equal(nx_str_take_word(&rest).n, 0);
    assert_int_equal(rest.n, 0);
    assert_true(nx_str_eq(nx_str_last_word(NX_STR("the\thill")), NX_STR("hill")));
    assert_true(nx_str_eq(nx_str_last_word(NX_STR("hill")), NX_STR("hill")));
    assert_int_equal(nx_str_last_word(NX_STR("hill ")).n, 0);
    assert_int_equal(nx_str_last_word(NX_STR_NONE).n, 0);
    assert_int_equal(nx_str_skip_space(NX_STR("a  b"), 1), 3);
    assert_int_equal(nx_str_skip_space(NX_STR("a  "), 1), 3);
    assert_int_equal(nx_str_find_space(NX_STR("ab c"), 0), 2);
    assert_int_equal(nx_str_find_space(NX_STR("ab"), 1), 2);
}

static void the_letters_of_a_text_are_told_by_their_bytes(void **state)
{
    (void)state;
    assert_true(nx_str_in_capitals(NX_STR("U.S. 66")));
    assert_false(nx_str_in_capitals(NX_STR("Us")));
    assert_false(nx_str_in_capitals(NX_STR("66")));
    assert_true(nx_str_is_ascii(NX_STR("dam\x7f")));
    assert_false(nx_str_is_ascii(NX_STR("d\xc3\xa4mm")));
    assert_true(nx_str_is_ascii(NX_STR_NONE));
    for (size_t i = 0; i < 19; i++) { // in the first eight bytes, the next, and what is left
        char text[] = "nineteen ASCII byte";
        assert_true(nx_str_is_ascii(nx_str_of(text)));
        text[i] = '\x80';
        assert_false(nx_str_is_ascii(nx_str_of(text)));
    }
}

static void eight_bytes_are_read_and_written_in_either_order(void **state)
{
    (void)state;
    char to[8];
    assert_int_equal(nx_word64("\1\0\0\0\0\0\0\2"), 0x0200000000000001);
    assert_int_equal(nx_word64_ordered("\1\0\0\0\0\0\0\2"), 0x0100000000000002);
    nx_word64_put(to, 0x6867666564636261);
    assert_memory_equal(to, "abcdefgh", 8);
    nx_word64_put_ordered(to, 0x6162636465666768);
    assert_memory_equal(to, "abcdefgh", 8);
    for (size_t n = 0; n <= sizeof to; n++) {
        char *exact = malloc(n + 1); // so that a sanitizer sees what is read behind it
        memcpy(exact, "abcdefgh", n);
        assert_true(nx_word64_last(exact, n) == nx_word64_first(0x6867666564636261, n));
        free(exact);
    }
    assert_int_equal(nx_word64_first(0x6867666564636261, 3), 0x636261);
    assert_int_equal(nx_word64_first(0x6867666564636261, 8), 0x6867666564636261);
}

static void an_arena_hands_out_until_its_ceiling(void **state)
{
    (void)state;
    nx_arena *a = nx_arena_new(100000);
    nx_str s = nx_arena_copy(a, NX_STR("hello"));
    assert_string_equal(s.p, "hello");
    for (int i = 0; i < 90; i++) {
        unsigned char *p = nx_arena_calloc(a, 10, 100);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % 16, 0);
        assert_int_equal(p[999], 0);
    }
    assert_string_equal(s.p, "hello");
    assert_null(nx_arena_alloc(a, 50000));
    assert_null(nx_arena_alloc(a, 1));
    assert_true(nx_arena_failed(a));
    nx_arena_clear(a);
    assert_non_null(nx_arena_alloc(a, 50000));
    nx_arena_free(a);
}

static void a_vocabulary_gives_each_string_one_number(void **state)
{
    (void)state;
    nx_vocab *v = nx_vocab_new();
    char word[32];
    for (uint32_t i = 0; i < 20000; i++) {
        int n = snprintf(word, sizeof word, "w%u", i * 7);
        bool is_new = false;
        assert_int_equal(nx_vocab_add(v, nx_str_make(word, (size_t)n), &is_new), i);
        assert_true(is_new);
    }
    assert_int_equal(nx_vocab_find(v, NX_STR("w7")), 1);
    assert_int_equal(nx_vocab_find(v, NX_STR("absent")), NX_VOCAB_NONE);
    assert_int_equal(nx_vocab_add(v, NX_STR(""), NULL), 20000);
    assert_int_equal(nx_vocab_add(v, NX_STR("w139993"), NULL), 19999);
    assert_string_equal(nx_vocab_get(v, 19999).p, "w139993");
    nx_vocab_clear(v);
    assert_int_equal(nx_vocab_find(v, NX_STR("w7")), NX_VOCAB_NONE);
    nx_vocab_free(v);
}

static void numbers_are_read_whole_or_not_at_all(void **state)
{
    (void)state;
    uint64_t u = 0;
    int64_t i = 0;
    assert_true(nx_parse_u64(NX_STR("18446744073709551615"), &u) && u == UINT64_MAX);
    assert_false(nx_parse_u64(NX_STR("18446744073709551616"), &u));
    assert_false(nx_parse_u64(NX_STR("12x"), &u));
    assert_false(nx_parse_u64(NX_STR(""), &u));
    assert_true(nx_parse_i64(NX_STR("-9223372036854775808"), &i) && i == INT64_MIN);
    assert_false(nx_parse_i64(NX_STR("9223372036854775808"), &i));
    assert_true(nx_parse_bytes(NX_STR("1.5G"), &u) && u == 1610612736U);
    assert_true(nx_parse_bytes(NX_STR("64MB"), &u) && u == 64U << 20);
    assert_true(nx_parse_bytes(NX_STR("0.75k"), &u) && u == 768);
    assert_false(nx_parse_bytes(NX_STR("M"), &u));
    assert_false(nx_parse_bytes(NX_STR(".M"), &u));
    assert_true(nx_parse_duration(NX_STR("24h"), &i) && i == 86400);
    assert_true(nx_parse_duration(NX_STR("90"), &i) && i == 90);
    assert_false(nx_parse_duration(NX_STR("-3d"), &i));
    assert_false(nx_parse_duration(NX_STR("9223372036854775807w"), &i));
    size_t at = 1;
    int v = 0;
    assert_true(nx_take_digits(NX_STR("-20190326"), &at, 4, &v) && v == 2019 && at == 5);
    assert_false(nx_take_digits(NX_STR("12"), (at = 0, &at), 3, &v));
    assert_true(v == 2019 && at == 2);
    static const char digits[] = "09afAF/:@G`g";
    static const int values[] = {0, 9, 10, 15, 10, 15, -1, -1, -1, -1, -1, -1};
    for (size_t k = 0; k < NX_COUNT(values); k++) {
        assert_int_equal(nx_hex_digit(digits[k]), values[k]);
    }
    char text[28];
    assert_string_equal(nx_format_count(text, 1234567), "1,234,567");
    assert_string_equal(nx_format_bytes(text, 999), "999 B");
    assert_string_equal(nx_format_bytes(text, 1250000), "1.2 MB");
}

static void iso_dates_mean_the_span_they_name(void **state)
{
    (void)state;
    static const struct {
        const char *text, *from, *to;
    } rows[] = {
        {"2019", "2019-01-01T00:00:00Z", "2019-12-31T23:59:59Z"},
        {"2020-02", "2020-02-01T00:00:00Z", "2020-02-29T23:59:59Z"},
        {"2019-02-22", "2019-02-22T00:00:00Z", "2019-02-22T23:59:59Z"},
        {"20190222", "2019-02-22T00:00:00Z", "2019-02-22T23:59:59Z"},
        {"2019-02-22T09:15", "2019-02-22T09:15:00Z", "2019-02-22T09:15:59Z"},
        {"2019-02-22 09:15:30.250Z", "2019-02-22T09:15:30Z", "2019-02-22T09:15:30Z"},
        {"2019-02-22T01:00:00+02:00", "2019-02-21T23:00:00Z", "2019-02-21T23:00:00Z"},
        {"20190222T010000-0530", "2019-02-22T06:30:00Z", "2019-02-22T06:30:00Z"},
        {"2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z", "2016-12-31T23:59:59Z"},
        {"2019-02-29", NULL, NULL},
        {"2019-13-01", NULL, NULL},
        {"2019-02-22T25:00", NULL, NULL},
        {"2019-02-22x", NULL, NULL},
        {"201902", NULL, NULL},
        {"2019-", NULL, NULL},
        {"0000-01-01", NULL, NULL},
        {"", NULL, NULL},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        int64_t from = 0, to = 0;
        bool ok = nx_parse_iso(nx_str_of(rows[i].text), 0, &from, &to, NULL, NULL);
        char a[24], b[24];
        if (rows[i].from == NULL) {
            if (ok) {
                fail_msg("'%s' was taken as %s", rows[i].text, nx_format_utc(a, from));
            }
            continue;
        }
        if (!ok) {
            fail_msg("'%s' was refused", rows[i].text);
        }
        assert_string_equal(nx_format_utc(a, from), rows[i].from);
        assert_string_equal(nx_format_utc(b, to), rows[i].to);
    }
}

static void civil_time_survives_the_round_trip(void **state)
{
    (void)state;
    for (int64_t t = -62135596800; t < 253402300799; t += 86400 * 97 + 12345) {
        nx_civil c = nx_civil_from_utc(t);
        assert_true(nx_civil_valid(&c));
        assert_true(nx_civil_to_utc(&c) == t);
    }
    assert_int_equal(nx_weekday(0), 3);
    assert_int_equal(nx_weekday(1774224000), 0); // 2026-03-23, a Monday
}

static void utf8_is_decoded_strictly_and_repaired(void **state)
{
    (void)state;
    static const struct {
        const char *in, *out;
        size_t replaced;
    } rows[] = {
        {"plain", "plain", 0},
        {"Jos\xc3\xa9", "Jos\xc3\xa9", 0},
        {"Jos\xe9 M", "Jos\xef\xbf\xbd M", 1},
        {"\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd", 2},                 // overlong
        {"\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", 3}, // surrogate
        {"\xf0\x9f\x98", "\xef\xbf\xbd", 1}, // cut short: one maximal subpart
        {"\xf4\x90\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", 4},
        {"12345678\xff"
         "9",
         "12345678\xef\xbf\xbd"
         "9",
         1},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_buf b;
        nx_buf_init(&b, 1000);
        assert_int_equal(nx_utf8_add_repaired(&b, nx_str_of(rows[i].in)), rows[i].replaced);
        assert_string_equal(b.data, rows[i].out);
        nx_buf_release(&b);
    }
    assert_int_equal(nx_utf8_cut(NX_STR("a\xc3\xa9z"), 2), 1);
    assert_int_equal(nx_utf8_columns(NX_STR("e\xcc\x81\xe4\xb8\xad")), 3);
}

static void terminal_text_cannot_move_the_cursor(void **state)
{
    (void)state;
    nx_buf b;
    nx_buf_init(&b, 1000);
    nx_tty_add_safe(&b,
                    NX_STR("a\x1b[31mb\xc2\x9b"
                           "c\r\n\td\xe2\x80\xae"
                           "e\xff"),
                    false);
    assert_string_equal(b.data, "a[31mbc  de\xef\xbf\xbd");
    nx_buf_release(&b);
}

static void json_is_valid_whatever_the_strings_hold(void **state)
{
    (void)state;
    nx_buf b;
    nx_buf_init(&b, 1000);
    nx_jsonw w;
    nx_jsonw_init(&w, &b, false);
    nx_jsonw_object(&w);
    nx_jsonw_kstr(&w, "a", NX_STR("q\"\\\n\x01</script>\xff\xe2\x80\xa8"));
    nx_jsonw_kstr(&w, "absent", NX_STR_NONE);
    nx_jsonw_key(&w, "list");
    nx_jsonw_array(&w);
    nx_jsonw_int(&w, -5);
    nx_jsonw_double(&w, 0.5);
    nx_jsonw_null(&w);
    nx_jsonw_bool(&w, true);
    nx_jsonw_array(&w);
    nx_jsonw_end(&w);
    nx_jsonw_end(&w);
    nx_jsonw_kint(&w, "n", 7);
    nx_jsonw_end(&w);
    assert_string_equal(b.data, "{\"a\":\"q\\\"\\\\\\n\\u0001\\u003c/script>\xef\xbf\xbd\\u2028\","
                                "\"list\":[-5,0.500000,null,true,[]],\"n\":7}");
    nx_buf_release(&b);
}

static const char *const kinds[] = {"text", "json", NULL};

typedef struct parsed {
    bool quiet;
    const char *index;
    uint64_t limit;
    int format;
    int64_t span;
    nx_opt_list fields;
    int first;
} parsed;

static nx_status parse(parsed *p, char **argv, nx_error *err)
{
    const nx_opt rows[] = {
        {.kind = NX_OPT_FLAG, .letter = 'q', .name = "quiet", .help = "Quiet", .to = &p->quiet},
        {.kind = NX_OPT_STRING,
         .letter = 'i',
         .name = "index",
         .arg = "DIR",
         .help = "Index",
         .to = &p->index},
        {.kind = NX_OPT_U64,
         .letter = 'n',
         .name = "limit",
         .arg = "NUM",
         .help = "Hits",
         .to = &p->limit,
         .min = 1,
         .max = 100},
        {.kind = NX_OPT_CHOICE,
         .name = "format",
         .arg = "FORMAT",
         .help = "Form",
         .to = &p->format,
         .choices = kinds},
        {.kind = NX_OPT_DURATION, .name = "max-age", .arg = "SPAN", .help = "Age", .to = &p->span},
        {.kind = NX_OPT_LIST, .name = "field", .arg = "A=B", .help = "Map", .to = &p->fields},
        {.kind = NX_OPT_END}};
    int argc = 0;
    while (argv[argc] != NULL) {
        argc++;
    }
    return nx_opt_parse(rows, argc, argv, &p->first, err);
}

static void options_are_parsed_and_typos_are_named(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    parsed p = {0};
    char *good[] = {"x",         "FBI", "-qn5",        "--index=/tmp/i",
                    "--field",   "a=b", "--field=c=d", "--format=json",
                    "--max-age", "2d",  "--",          "-contact",
                    NULL};
    assert_int_equal(parse(&p, good, &err), NX_OK);
    assert_true(p.quiet && p.limit == 5 && p.format == 1 && p.span == 172800);
    assert_string_equal(p.index, "/tmp/i");
    assert_int_equal(p.fields.count, 2);
    assert_string_equal(good[p.first], "FBI");
    assert_string_equal(good[p.first + 1], "-contact");
    static const struct {
        const char *arg, *says;
    } rows[] = {
        {"--limt=3", "unknown option '--limt'; did you mean '--limit'?"},
        {"--lim=3", "unknown option '--lim'; did you mean '--limit'?"},
        {"--zzz", "unknown option '--zzz'"},
        {"-x", "unknown option '-x'; words that begin with a minus go after '--'"},
        {"--limit=0", "--limit must be from 1 to 100"},
        {"--limit=abc", "--limit: 'abc' is not a number"},
        {"--format=xml", "--format: 'xml' is none of: text, json"},
        {"--quiet=1", "option '--quiet=1' takes no value"},
        {"--index", "option '--index' needs a value"},
        {"--max-age=soon", "--max-age: 'soon' is not a time span such as 15m or 24h"},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        char word[64];
        (void)snprintf(word, sizeof word, "%s", rows[i].arg);
        char *bad[] = {"x", word, NULL};
        assert_int_equal(parse(&p, bad, &err), NX_EUSAGE);
        assert_string_equal(err.msg, rows[i].says);
    }
}

static void files_are_replaced_whole(void **state)
{
    (void)state;
    char dir[] = "/tmp/nx-base-XXXXXX";
    assert_non_null(mkdtemp(dir));
    nx_error err = NX_ERROR_INIT;
    char *sub = nx_path_join(dir, "a/b"), *file = nx_path_join(sub, "f");
    char *fifo = nx_path_join(dir, "p");
    assert_int_equal(nx_make_dirs(sub, &err), NX_OK);
    assert_int_equal(nx_write_file_atomic(file, NX_STR("one"), &err), NX_OK);
    assert_int_equal(nx_write_file_atomic(file, NX_STR("three"), &err), NX_OK);
    nx_buf b;
    nx_buf_init(&b, 5);
    assert_int_equal(nx_read_file(file, &b, &err), NX_OK);
    assert_string_equal(b.data, "three");
    nx_buf_release(&b);
    nx_buf_init(&b, 4);
    assert_int_equal(nx_read_file(file, &b, &err), NX_ELIMIT);
    nx_buf_release(&b);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_int_equal(nx_read_file(fifo, &b, &err), NX_EFORMAT); // and does not wait for a writer
    nx_buf_release(&b);
    assert_int_equal(nx_read_file("/nonexistent/x", &b, &err), NX_ENOINPUT);
    assert_int_equal(nx_remove_tree(dir, &err), NX_OK);
    assert_int_equal(access(dir, F_OK), -1);
    free(sub);
    free(file);
    free(fifo);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_error_keeps_its_cause_and_gains_its_place),
        cmocka_unit_test(what_is_taken_from_a_buffer_is_the_takers),
        cmocka_unit_test(a_buffer_stops_at_its_ceiling_and_stays_failed),
        cmocka_unit_test(strings_are_found_in_any_case),
        cmocka_unit_test(the_first_of_several_strings_is_found),
        cmocka_unit_test(a_text_is_taken_line_by_line),
        cmocka_unit_test(a_text_is_taken_word_by_word),
        cmocka_unit_test(the_letters_of_a_text_are_told_by_their_bytes),
        cmocka_unit_test(eight_bytes_are_read_and_written_in_either_order),
        cmocka_unit_test(an_arena_hands_out_until_its_ceiling),
        cmocka_unit_test(a_vocabulary_gives_each_string_one_number),
        cmocka_unit_test(numbers_are_read_whole_or_not_at_all),
        cmocka_unit_test(iso_dates_mean_the_span_they_name),
        cmocka_unit_test(civil_time_survives_the_round_trip),
        cmocka_unit_test(utf8_is_decoded_strictly_and_repaired),
        cmocka_unit_test(terminal_text_cannot_move_the_cursor),
        cmocka_unit_test(json_is_valid_whatever_the_strings_hold),
        cmocka_unit_test(options_are_parsed_and_typos_are_named),
        cmocka_unit_test(files_are_replaced_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
