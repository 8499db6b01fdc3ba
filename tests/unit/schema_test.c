// schema_test.c: the table of fields, the terms and values written by it, and document data.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "schema/schema.h"

static void fields_are_found_by_name_and_alias(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int id;
    } rows[] = {
        {"title", NX_FIELD_TITLE},      {"HEADLINE", NX_FIELD_TITLE}, {"byline", NX_FIELD_AUTHOR},
        {"publisher", NX_FIELD_SOURCE}, {"site", NX_FIELD_HOST},      {"domain", NX_FIELD_HOST},
        {"language", NX_FIELD_LANG},    {"tag", NX_FIELD_KEYWORD},    {"date", NX_FIELD_DATE},
        {"dateline", NX_FIELD_PLACE},   {"docno", NX_FIELD_ID},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        assert_ptr_equal(nx_field_find(nx_str_of(rows[i].name)), &nx_fields[rows[i].id]);
    }
    static const char *const unknown[] = {"", "titl", "titles", "head line", "headline hed", " "};
    for (size_t i = 0; i < NX_COUNT(unknown); i++) {
        assert_null(nx_field_find(nx_str_of(unknown[i])));
    }
}

// No two rows may be mistaken for each other: every name once, every prefix once, no prefix that
// another one's terms could start with.
static void rows_are_told_apart(void **state)
{
    (void)state;
    for (const nx_field *f = nx_fields; f->name != NULL; f++) {
        assert_ptr_equal(nx_field_find(nx_str_of(f->name)), f);
        assert_true(f->help[0] != '\0');
        assert_true(f->slot >= 0 || !f->facet);
        for (const char *p = f->aliases; *p != '\0';) {
            size_t n = strcspn(p, " ");
            assert_ptr_equal(nx_field_find(nx_str_make(p, n)), f);
            p += n + (p[n] == ' ');
        }
        for (const nx_field *g = nx_fields; g != f; g++) {
            assert_true(f->slot < 0 || f->slot != g->slot);
            assert_true(f->prefix[0] == '\0' || strcmp(f->prefix, g->prefix) != 0);
            if (strlen(f->prefix) > 1 && strlen(g->prefix) > 1) {
                assert_false(nx_str_starts(nx_str_of(f->prefix), nx_str_of(g->prefix)));
                assert_false(nx_str_starts(nx_str_of(g->prefix), nx_str_of(f->prefix)));
            }
        }
    }
}

static void terms_follow_xapians_conventions(void **state)
{
    (void)state;
    static const struct {
        nx_field_id field;
        bool whole;
        const char *value, *term;
    } rows[] = {
        {NX_FIELD_TITLE, false, "vote", "Svote"},
        {NX_FIELD_TITLE, false, "Zvote", "ZSvote"},
        {NX_FIELD_TEXT, false, "vote", "vote"},
        {NX_FIELD_TEXT, false, "Zvote", "Zvote"},
        {NX_FIELD_SOURCE, true, "The Washington Post", "XSRCthe washington post"},
        {NX_FIELD_SOURCE, true, "El País", "XSRCel pais"},
        {NX_FIELD_SOURCE, false, "post", "XSRCpost"},
        {NX_FIELD_AUTHOR, true, "Jane Doe", "Ajane doe"},
        {NX_FIELD_HOST, true, "CNN.com", "Hcnn.com"},
        {NX_FIELD_URL, true, "https://a.example/B", "Uhttps://a.example/B"},
        {NX_FIELD_ID, true, "AP88:1", "QAP88:1"},
        {NX_FIELD_FAMILY, true, "0123456789abcdef", "XFAM0123456789abcdef"},
        {NX_FIELD_FAMILY, true, "ABC", "XFAM:ABC"},
        {NX_FIELD_FAMILY, true, ":a", "XFAM::a"},
        {NX_FIELD_LANG, true, "en", "Len"},
    };
    nx_buf b;
    nx_buf_init(&b, 10000);
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        const nx_field *f = nx_field_by_id(rows[i].field);
        nx_buf_clear(&b);
        nx_buf_addz(&b, "kept ");
        if (rows[i].whole) {
            nx_field_value_term(f, nx_str_of(rows[i].value), &b);
        } else {
            nx_field_term(f, nx_str_of(rows[i].value), &b);
        }
        assert_string_equal(b.data + 5, rows[i].term);
    }
    nx_buf_release(&b);
}

static void long_terms_are_shortened_and_stay_apart(void **state)
{
    (void)state;
    char id[301];
    memset(id, 'x', 300);
    id[300] = '\0';
    nx_buf a, b;
    nx_buf_init(&a, 10000);
    nx_buf_init(&b, 10000);
    nx_unique_term(nx_str_make(id, 244), &a);
    assert_int_equal(a.len, 245);
    nx_buf_clear(&a);
    nx_unique_term(nx_str_make(id, 300), &a);
    nx_unique_term(nx_str_make(id, 299), &b);
    assert_int_equal(a.len, 245);
    assert_int_equal(b.len, 245);
    assert_string_not_equal(a.data, b.data);
    nx_buf_release(&a);
    nx_buf_release(&b);
}

static void dates_are_written_for_terms_and_slots(void **state)
{
    (void)state;
    const int64_t t = 1553246100; // 2019-03-22T09:15:00Z
    char out[16];
    assert_string_equal(nx_date_term('D', t, out), "D20190322");
    assert_string_equal(nx_date_term('M', t, out), "M201903");
    assert_string_equal(nx_date_term('Y', t, out), "Y2019");
    assert_string_equal(nx_time_value(t, out), "20190322091500");
    int64_t back = 0;
    assert_true(nx_time_value_parse(NX_STR("20190322091500"), &back));
    assert_int_equal(back, t);
    assert_true(nx_time_value_parse(NX_STR("18700101000000"), &back));
    assert_string_equal(nx_time_value(back, out), "18700101000000");
    static const char *const bad[] = {
        "", "2019", "20190322091500Z", "20191322091500", "2019032209150x", "20190322096000"};
    for (size_t i = 0; i < NX_COUNT(bad); i++) {
        assert_false(nx_time_value_parse(nx_str_of(bad[i]), &back));
    }
}

static void data_is_read_as_it_was_written(void **state)
{
    (void)state;
    nx_buf data, scratch;
    nx_buf_init(&data, 10000);
    nx_buf_init(&scratch, 10000);
    nx_data_put(&data, "title", NX_STR("A=b \\ c\nd"));
    nx_data_put(&data, "none", NX_STR_NONE);
    nx_data_put(&data, "author", NX_STR("x"));
    nx_data_put(&data, "author", NX_STR("y"));
    nx_data_body(&data, NX_STR("One\n\ntitle=no\n"));
    assert_string_equal(data.data, "title=A=b \\\\ c\\nd\nauthor=x\nauthor=y\n\nOne\n\ntitle=no\n");
    nx_str d = nx_buf_str(&data);
    nx_str title = nx_data_get(d, "title", &scratch);
    assert_true(nx_str_eq(title, NX_STR("A=b \\ c\nd")));
    assert_true(nx_str_eq(nx_data_get(d, "author", &scratch), NX_STR("x")));
    assert_null(nx_data_get(d, "none", &scratch).p);
    assert_null(nx_data_get(d, "tit", &scratch).p);
    assert_true(nx_str_eq(nx_data_get_body(d), NX_STR("One\n\ntitle=no\n")));
    nx_str name, value;
    size_t at = 0, lines = 0;
    while (nx_data_next(d, &at, &name, &value)) {
        lines++;
    }
    assert_int_equal(lines, 3);
    nx_buf_release(&data);
    nx_buf_release(&scratch);
}

static void damaged_data_is_read_as_far_as_it_goes(void **state)
{
    (void)state;
    nx_buf scratch;
    nx_buf_init(&scratch, 10000);
    nx_str d = NX_STR("no equals\n=empty name\ntitle=cut\\");
    assert_true(nx_str_eq(nx_data_get(d, "title", &scratch), NX_STR("cut\\")));
    assert_null(nx_data_get_body(d).p);
    assert_null(nx_data_get_body(NX_STR_NONE).p);
    nx_str empty = nx_data_get_body(NX_STR("title=x\n\n"));
    assert_non_null(empty.p);
    assert_int_equal(empty.n, 0);
    assert_true(nx_str_eq(nx_data_get_body(NX_STR("\nbody only")), NX_STR("body only")));
    nx_buf_release(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_found_by_name_and_alias),
        cmocka_unit_test(rows_are_told_apart),
        cmocka_unit_test(terms_follow_xapians_conventions),
        cmocka_unit_test(long_terms_are_shortened_and_stay_apart),
        cmocka_unit_test(dates_are_written_for_terms_and_slots),
        cmocka_unit_test(data_is_read_as_it_was_written),
        cmocka_unit_test(damaged_data_is_read_as_far_as_it_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
