// jsonv_test.c: JSON trees as readers see them, and what the parser refuses.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "corpus/jsonv.h"
#include "tests/unit/repeated.h"

static nx_json *parsed(const char *text, nx_json_mode mode)
{
    nx_error err = NX_ERROR_INIT;
    nx_json *root = NULL;
    nx_status s = nx_json_parse(nx_str_of(text), mode, &root, &err);
    if (s != NX_OK) {
        print_error("%s: %s\n", text, err.msg);
    }
    assert_int_equal(s, NX_OK);
    return root;
}

static void assert_str(nx_str got, const char *want)
{
    if (want == NULL) {
        assert_null(got.p);
        return;
    }
    assert_non_null(got.p);
    assert_int_equal(got.n, strlen(want));
    assert_memory_equal(got.p, want, got.n);
}

static void members_elements_and_scalars_are_read(void **state)
{
    (void)state;
    nx_json *r = parsed("{\"a\":[1,2.5,\"three\",true,null],\"s\":{\"name\":\"Wire\",\"t.u\":7},"
                        "\"big\":1e300,\"neg\":-4,\"whole\":3.0}",
                        NX_JSON_STRICT);
    const nx_json *a = nx_json_get(r, "a");
    assert_int_equal(nx_json_count(a), 5);
    assert_str(nx_json_text(nx_json_at(a, 0)), "1");
    assert_str(nx_json_text(nx_json_at(a, 1)), "2.5");
    assert_str(nx_json_str(nx_json_at(a, 2)), "three");
    assert_str(nx_json_str(nx_json_at(a, 0)), NULL);
    assert_true(nx_json_true(nx_json_at(a, 3)));
    assert_int_equal(nx_json_kind_of(nx_json_at(a, 4)), NX_JSON_NULL);
    assert_null(nx_json_at(a, 5));
    assert_null(nx_json_at(r, 0));
    assert_str(nx_json_str(nx_json_path(r, NX_STR("s.name"))), "Wire");
    assert_str(nx_json_text(nx_json_path(r, NX_STR("s.t.u"))), "7");
    assert_null(nx_json_path(r, NX_STR("s.name.deeper")));
    assert_null(nx_json_path(r, NX_STR("")));
    int64_t v = 0;
    assert_true(nx_json_int(nx_json_get(r, "neg"), &v) && v == -4);
    assert_true(nx_json_int(nx_json_get(r, "whole"), &v) && v == 3);
    assert_false(nx_json_int(nx_json_get(r, "big"), &v));
    assert_false(nx_json_int(nx_json_get(r, "none"), &v));
    nx_json_free(r);
}

static void members_come_in_the_order_of_the_text(void **state)
{
    (void)state;
    nx_json *r = parsed("{\"z\":1,\"y\":2,\"x\":3}", NX_JSON_STRICT);
    char seen[4] = "";
    size_t n = 0;
    for (nx_json_member m = {0}; nx_json_next(r, &m);) {
        assert_int_equal(m.key.n, 1);
        seen[n++] = m.key.p[0];
    }
    assert_string_equal(seen, "zyx");
    nx_json_free(r);
    nx_json_member m = {0};
    assert_false(nx_json_next(NULL, &m));
}

static void scalars_and_null_are_roots_too(void **state)
{
    (void)state;
    nx_json *r = parsed("42", NX_JSON_STRICT);
    assert_str(nx_json_text(r), "42");
    nx_json_free(r);
    r = parsed(" \"x\\u00e9\\ud83d\\ude00\\u0000y\" ", NX_JSON_STRICT);
    assert_int_equal(nx_json_str(r).n, 9);
    nx_json_free(r);
    assert_null(parsed("null", NX_JSON_STRICT));
}

static void strings_are_what_their_escapes_stand_for(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"\"\"", ""},
        {"\"a\\\"b\\\\\"", "a\"b\\"},
        {"\"\\/\\b\\f\\n\\r\\t\"", "/\b\f\n\r\t"},
        {"\"\\u0041\\u00e9\\u20AC\"", "A\xc3\xa9\xe2\x82\xac"},
        {"\"\\ud83d\\ude00\"", "\xf0\x9f\x98\x80"},
        {"\"\\ud83dx\"", "\xef\xbf\xbdx"}, // half of a pair
        {"\"\\ude00\"", "\xef\xbf\xbd"},
        {"\"\\ud83d\\u0041\"", "\xef\xbf\xbd"
                               "A"},
        {"\"\xff\"", "\xff"},                 // left for the setters of an article
        {"\"one\ntwo\x01\"", "one\ntwo\x01"}, // no JSON, but written
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_json *r = parsed(rows[i][0], NX_JSON_STRICT);
        assert_str(nx_json_str(r), rows[i][1]);
        nx_json_free(r);
    }
}

static void numbers_are_kept_as_they_are_written(void **state)
{
    (void)state;
    static const char *const rows[] = {"0",   "-0.5", "1E+5",     "123456789012345678901234",
                                       "007", "1.",   "Infinity", "-Infinity",
                                       "NaN"};
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_json *r = parsed(rows[i], NX_JSON_STRICT);
        assert_int_equal(nx_json_kind_of(r), NX_JSON_NUMBER);
        assert_str(nx_json_text(r), rows[i]);
        nx_json_free(r);
    }
}

static void of_equal_keys_the_last_one_counts(void **state)
{
    (void)state;
    nx_json *r = parsed("{\"a\":1,\"b\":2,\"a\":3}", NX_JSON_STRICT);
    nx_json_member m = {0};
    assert_int_equal(nx_json_count(r), 2);
    assert_true(nx_json_next(r, &m));
    assert_str(nx_json_text(m.value), "3");
    nx_json_free(r);
    char large[4000] = "{", *to = large + 1;
    for (int i = 0; i < 100; i++) {
        to += snprintf(to, 32, "\"k%d\":%d,", i, i);
    }
    (void)snprintf(to, 32, "\"k7\":\"last\"}");
    r = parsed(large, NX_JSON_STRICT);
    assert_str(nx_json_get_str(r, "k7"), "last");
    assert_str(nx_json_text(nx_json_get(r, "k99")), "99");
    nx_json_free(r);
}

static void malformed_text_is_refused_with_its_place(void **state)
{
    (void)state;
    static const char *const bad[] = {"",      "  ",         "{",       "[1",        "{\"a\":}",
                                      "{} x",  "[1,]",       "\"x",     "nul",       "{\"a\" 1}",
                                      "]",     "{\"a\":1}}", "\"\\x\"", "\"\\u12\"", "\"\\u00g0\"",
                                      "'a'",   "[TRUE]",     "[-]",     "[,]",       "[1] // two",
                                      "{a:1}", "[1,,2]",     "\"a\\\"", "[1 2]"};
    for (size_t i = 0; i < NX_COUNT(bad); i++) {
        nx_error err = NX_ERROR_INIT;
        nx_json *r = NULL;
        nx_status s = nx_json_parse(nx_str_of(bad[i]), NX_JSON_STRICT, &r, &err);
        if (s != NX_EFORMAT) {
            print_error("%s was accepted\n", bad[i]);
        }
        assert_int_equal(s, NX_EFORMAT);
        assert_null(r);
        assert_true(err.msg[0] != '\0');
    }
}

static void lenient_reading_takes_what_pages_embed(void **state)
{
    (void)state;
    static const char *const good[] = {
        "{\"a\":1,}",          "{\"a\":1};", "/* c */ {\"a\":1}",
        "{\"a\":1} {\"b\":2}", "{'a':1}",    "{\"b\":[TRUE,nan,],// c\n/**/\"a\" /* : */ : 1} /*"};
    for (size_t i = 0; i < NX_COUNT(good); i++) {
        nx_json *r = parsed(good[i], NX_JSON_LENIENT);
        assert_str(nx_json_text(nx_json_get(r, "a")), "1");
        nx_json_free(r);
    }
}

static void ceilings_hold(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_json *r = NULL;
    char *deep = repeated("[", 100000);
    assert_int_equal(nx_json_parse(nx_str_of(deep), NX_JSON_STRICT, &r, &err), NX_ELIMIT);
    free(deep);
    char *wide = repeated("[],", NX_JSON_CONTAINERS_MAX + 1);
    memcpy(wide, "[  ", 3); // around the rest
    assert_int_equal(nx_json_parse(nx_str_of(wide), NX_JSON_STRICT, &r, &err), NX_ELIMIT);
    free(wide);
    char *fits = repeated("[", NX_JSON_DEPTH);
    char *ends = repeated("]", NX_JSON_DEPTH);
    char both[2 * NX_JSON_DEPTH + 1] = "";
    memcpy(both, fits, NX_JSON_DEPTH);
    memcpy(both + NX_JSON_DEPTH, ends, NX_JSON_DEPTH + 1);
    nx_json_free(parsed(both, NX_JSON_STRICT));
    free(fits);
    free(ends);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_elements_and_scalars_are_read),
        cmocka_unit_test(members_come_in_the_order_of_the_text),
        cmocka_unit_test(scalars_and_null_are_roots_too),
        cmocka_unit_test(strings_are_what_their_escapes_stand_for),
        cmocka_unit_test(numbers_are_kept_as_they_are_written),
        cmocka_unit_test(of_equal_keys_the_last_one_counts),
        cmocka_unit_test(malformed_text_is_refused_with_its_place),
        cmocka_unit_test(lenient_reading_takes_what_pages_embed),
        cmocka_unit_test(ceilings_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
