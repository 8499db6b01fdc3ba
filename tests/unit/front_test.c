// front_test.c: what newssearch makes of a result: attribution, paragraphs, escapes, timelines.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "searcher/front.h"
#include "base/markup.h"
#include "searcher/output.h"
#include "base/para.h"
#include "searcher/tally.h"

static void check_text(const nx_buf *got, const char *want)
{
    nx_str w = nx_str_of(want);
    if (!nx_str_eq(nx_buf_str(got), w)) {
        fail_msg("wanted: %s\ngot:    %.*s", want, (int)got->len, got->data);
    }
}

// ---- attribution

static void check_attribution(const char *data, const char *want)
{
    nx_card card;
    nx_error err = NX_ERROR_INIT;
    nx_buf text;
    nx_buf_init(&text, 1 << 16);
    nx_arena *arena = nx_arena_new(1 << 20);
    assert_non_null(arena);
    assert_int_equal(nx_card_read(&card, arena, nx_str_of(data), &err), NX_OK);
    nx_card_add_attribution(&card, " | ", &text);
    check_text(&text, want);
    nx_buf_release(&text);
    nx_arena_free(arena);
}

static void attribution_says_what_is_known_and_no_more(void **state)
{
    (void)state;
    check_attribution("id=a\n\nBody", "unknown source | undated");
    check_attribution("source=CNN\nauthor=A B\nauthor=C D\nplace=Rome\npublished=2019-03-22\n\n",
                      "CNN | A B, C D | Rome | 2019-03-22");
    check_attribution("host=cnn.com\nbyline=By the desk\n\n", "cnn.com | By the desk | undated");
    check_attribution("source=CNN\npublished=2019-03-22T09:15:30Z\n\n",
                      "CNN | 2019-03-22 09:15 UTC");
}

static void agency_and_credit_are_named_once(void **state)
{
    (void)state;
    check_attribution("source=Herald\nagency=AP\n\n", "Herald, via AP | undated");
    check_attribution("source=Reuters\nagency=reuters\n\n", "Reuters | undated");
    check_attribution("agency=APA\n\n", "APA | undated");
    check_attribution("host=echo.example\ncredited=The Post\n\n",
                      "echo.example, credited to The Post | undated");
    check_attribution("source=The Post\ncredited=the post\n\n", "The Post | undated");
    check_attribution("source=Agencia EFE\nagency=EFE\n\n", "Agencia EFE | undated");
    check_attribution("source=Cape Press\nagency=APE\n\n", "Cape Press, via APE | undated");
    check_attribution("host=prnewswire.com\nagency=PR Newswire\n\n", "PR Newswire | undated");
    check_attribution("host=wire.example\nagency=PR Newswire\n\n",
                      "wire.example, via PR Newswire | undated");
}

static void an_author_that_is_the_origin_is_not_named_again(void **state)
{
    (void)state;
    check_attribution("source=The Post\nauthor=Post\n\n", "The Post | undated");
    check_attribution("source=n-tv Nachrichten\nauthor=ntv NACHRICHTEN\n\n",
                      "n-tv Nachrichten | undated");
    check_attribution("source=Herald\nagency=AP\nauthor=The Associated Press\n\n",
                      "Herald, via AP | undated");
    check_attribution("source=Herald\nagency=dpa\nauthor=Deutsche Presse-Agentur\n\n",
                      "Herald, via dpa | undated");
    check_attribution("source=Herald\nagency=PTI\nbyline=Press Trust of India\n\n",
                      "Herald, via PTI | undated");
    check_attribution("source=Herald\nagency=AP\nauthor=Ann Porter Roe\n\n",
                      "Herald, via AP | Ann Porter Roe | undated");
    check_attribution("source=Herald\nauthor=Herald\nauthor=Ann Roe\n\n",
                      "Herald | Herald, Ann Roe | undated");
}

static void a_date_that_is_no_statement_says_so(void **state)
{
    (void)state;
    check_attribution("source=X\npublished=2019-03-22\nfrom=title:meta published:url\n\n",
                      "X | 2019-03-22 (date from the URL)");
    check_attribution("source=X\npublished=2019-03-22\nfrom=published:file\n\n",
                      "X | 2019-03-22 (date of the file)");
    check_attribution("source=X\npublished=2019-03-22\nfrom=published:json-ld updated:url\n\n",
                      "X | 2019-03-22");
}

static void check_location(const char *data, const char *want)
{
    nx_card card;
    nx_error err = NX_ERROR_INIT;
    nx_buf text;
    nx_buf_init(&text, 1 << 16);
    nx_arena *arena = nx_arena_new(1 << 20);
    assert_int_equal(nx_card_read(&card, arena, nx_str_of(data), &err), NX_OK);
    nx_card_add_location(&card, &text);
    check_text(&text, want);
    nx_buf_release(&text);
    nx_arena_free(arena);
}

static void a_place_is_the_address_or_the_spot_in_a_file(void **state)
{
    (void)state;
    check_location("url=https://a.example/\nfile=/x\n\n", "https://a.example/");
    check_location("file=/x.zip\nmember=b/c.jsonl\nline=17\n\n", "/x.zip!b/c.jsonl:17");
    check_location("file=/x.sgm\noffset=512\n\n", "/x.sgm@512");
    check_location("file=/x\nline=-4\n\n", "/x");
    check_location("id=a\n\n", "");
}

// ---- paragraphs

static void check_para(const char *text, int columns, bool color, const char *want)
{
    nx_buf out;
    nx_para p;
    nx_buf_init(&out, 1 << 16);
    nx_para_begin(&p, &out, columns, 2, 2, color);
    nx_para_add(&p, nx_str_of(text), NX_FACE_PLAIN);
    nx_para_end(&p);
    check_text(&out, want);
    nx_buf_release(&out);
}

static void words_are_wrapped_by_the_columns_they_take(void **state)
{
    (void)state;
    check_para("one two three", 9, false, "one two\n  three\n");
    check_para("  one \n\t two ", 40, false, "one two\n");
    check_para("averyverylongword x", 8, false, "averyverylongword\n  x\n");
    check_para("\xe6\xbc\xa2\xe5\xad\x97\xe6\xbc\xa2\xe5\xad\x97", 6, false,
               "\xe6\xbc\xa2\xe5\xad\x97\n  \xe6\xbc\xa2\xe5\xad\x97\n");
    check_para("e\xcc\x81t\xc3\xa9 x", 8, false, "e\xcc\x81t\xc3\xa9 x\n");
    check_para("", 20, false, "\n");
}

static void marks_do_not_part_words(void **state)
{
    (void)state;
    nx_buf out;
    nx_para p;
    nx_buf_init(&out, 1 << 16);
    nx_para_begin(&p, &out, 12, 0, 0, true);
    nx_para_add(&p, NX_STR("the "), NX_FACE_PLAIN);
    nx_para_add(&p, NX_STR("FBI"), NX_FACE_BOLD);
    nx_para_add(&p, NX_STR("'s men here"), NX_FACE_PLAIN);
    nx_para_end(&p);
    check_text(&out, "the \033[1mFBI\033[0m's\nmen here\n");
    nx_buf_release(&out);
}

static void text_cannot_steer_the_terminal(void **state)
{
    (void)state;
    check_para("a\033]0;x\007b \xc2\x9b"
               "c",
               40, false, "a]0;xb c\n");
}

// ---- markup

static void check_markup(const char *text, const char *want)
{
    nx_buf out;
    nx_buf_init(&out, 1 << 16);
    nx_markup_add(&out, nx_str_of(text));
    check_text(&out, want);
    nx_buf_release(&out);
}

static void markup_is_escaped_and_well_formed(void **state)
{
    (void)state;
    check_markup("<a href=\"x\">'&'</a>", "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
    check_markup("a\001\033b\tc", "ab\tc");
    check_markup("\xff\xc3", "\xef\xbf\xbd\xef\xbf\xbd");
    check_markup("\xe2\x80\xae"
                 "evil",
                 "evil");
}

static void only_web_addresses_are_links(void **state)
{
    (void)state;
    assert_true(nx_markup_is_link(NX_STR("https://a.example/")));
    assert_true(nx_markup_is_link(NX_STR("HTTP://a.example/")));
    assert_false(nx_markup_is_link(NX_STR("javascript:alert(1)")));
    assert_false(nx_markup_is_link(NX_STR("file:///etc/passwd")));
    assert_false(nx_markup_is_link(NX_STR(" https://a.example/")));
}

// ---- counts

static void facets_are_named_or_refused(void **state)
{
    (void)state;
    nx_facet_wish wishes[NX_FACETS_MAX];
    size_t count = 0;
    nx_error err = NX_ERROR_INIT;
    assert_int_equal(nx_facets_parse("source, year,by", wishes, &count, &err), NX_OK);
    assert_int_equal(count, 3);
    assert_string_equal(nx_facet_name(&wishes[0]), "source");
    assert_string_equal(nx_facet_name(&wishes[1]), "year");
    assert_string_equal(nx_facet_name(&wishes[2]), "author");
    assert_int_equal(nx_facets_parse("", wishes, &count, &err), NX_OK);
    assert_int_equal(count, 0);
    assert_int_equal(nx_facets_parse("source,title", wishes, &count, &err), NX_EUSAGE);
    assert_non_null(strstr(err.msg, "'title' cannot be counted"));
    assert_int_equal(nx_facets_parse("day,day,day,day,day,day,day,day,day,day,day,day,day", wishes,
                                     &count, &err),
                     NX_EUSAGE);
}

static void totals_say_whether_they_are_exact(void **state)
{
    (void)state;
    nx_buf out;
    nx_buf_init(&out, 64);
    nx_counts exact = {.lower = 1234, .estimated = 1234, .upper = 1234};
    nx_counts guess = {.lower = 10, .estimated = 1200, .upper = 5000};
    nx_add_total(&out, &exact);
    nx_buf_addc(&out, ' ');
    nx_add_total(&out, &guess);
    check_text(&out, "1,234 about 1,200");
    nx_buf_release(&out);
}

static void failures_have_their_exit_status(void **state)
{
    (void)state;
    const struct {
        nx_status status;
        int exit;
    } rows[] = {{NX_OK, 0},    {NX_ENOTFOUND, 1}, {NX_EUSAGE, 2},   {NX_EQUERY, 2},
                {NX_EIO, 3},   {NX_ENOINPUT, 3},  {NX_ENOMEM, 3},   {NX_ENETWORK, 3},
                {NX_EBUSY, 4}, {NX_ESTALE, 4},    {NX_ECORRUPT, 5}, {NX_EVERSION, 5}};
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        assert_int_equal(nx_search_exit(rows[i].status), rows[i].exit);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(attribution_says_what_is_known_and_no_more),
        cmocka_unit_test(agency_and_credit_are_named_once),
        cmocka_unit_test(an_author_that_is_the_origin_is_not_named_again),
        cmocka_unit_test(a_date_that_is_no_statement_says_so),
        cmocka_unit_test(a_place_is_the_address_or_the_spot_in_a_file),
        cmocka_unit_test(words_are_wrapped_by_the_columns_they_take),
        cmocka_unit_test(marks_do_not_part_words),
        cmocka_unit_test(text_cannot_steer_the_terminal),
        cmocka_unit_test(markup_is_escaped_and_well_formed),
        cmocka_unit_test(only_web_addresses_are_links),
        cmocka_unit_test(facets_are_named_or_refused),
        cmocka_unit_test(totals_say_whether_they_are_exact),
        cmocka_unit_test(failures_have_their_exit_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
