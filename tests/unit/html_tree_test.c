// html_tree_test.c: where text ends up in the tree, what references mean, charsets, fragments.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "corpus/charset.h"
#include "corpus/html_decode.h"
#include "corpus/html_text.h"
#include "corpus/reader.h"
#include "tests/unit/repeated.h"

// The tree as "div[p[text]]": names of elements with children in brackets, text in quotes.
static void shape(const nx_html_tree *t, nx_buf *out)
{
    uint32_t open[64];
    size_t depth = 0;
    for (uint32_t i = 1; i < t->count; i++) {
        const nx_html_node *n = &t->nodes[i];
        while (depth > 0 && open[depth - 1] <= i) {
            nx_buf_addc(out, ']');
            depth--;
        }
        if (out->len > 0 && out->data[out->len - 1] != '[') {
            nx_buf_addc(out, ' ');
        }
        static const char *const names[] = {"root", "text", "other",
#define X(code, name, flags) name,
                                            NX_HTML_TAG_LIST(X)
#undef X
        };
        if (n->tag == NX_TAG_TEXT) {
            nx_buf_addf(out, "'%.*s'", (int)n->text.n, n->text.p);
            continue;
        }
        nx_buf_addz(out, names[n->tag]);
        if (n->end > i + 1 && depth < 64) {
            nx_buf_addc(out, '[');
            open[depth++] = n->end;
        }
    }
    while (depth-- > 0) {
        nx_buf_addc(out, ']');
    }
}

static void pages_nest_as_browsers_nest_them(void **state)
{
    (void)state;
    static const struct {
        const char *html, *want;
    } rows[] = {
        {"<p>one<p>two", "p['one'] p['two']"},
        {"<p>one<div>two</div>three", "p['one'] div['two'] 'three'"},
        {"<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e", "ul[li['a'] li['b' ul[li['c']]] li['d']] 'e'"},
        {"<dl><dt>a<dd>b<dt>c</dl>", "dl[dt['a'] dd['b'] dt['c']]"},
        {"<table><tr><td>a<td>b<tr><td><table><tr><td>c</table>d</table>e",
         "table[tr[td['a'] td['b']] tr[td[table[tr[td['c']]] 'd']]] 'e'"},
        {"<td>x</div>y", "td['x' 'y']"},
        {"<div><b>x</div>y", "div[b['x']] 'y'"},
        {"<a href=x><div>in</a>side</div>after", "a[div['in' 'side']] 'after'"},
        {"<a>one<a>two</a>", "a['one'] a['two']"},
        {"a</b>c", "'a' 'c'"},
        {"<h2>a<h3>b</h3>c", "h2['a'] h3['b'] 'c'"},
        {"<br>a<img src=x>b<hr/>c", "br 'a' img 'b' hr 'c'"},
        {"<script>if (a<b) '<p>'</script>x", "script['if (a<b) '<p>''] 'x'"},
        {"<script>a</scripty></SCRIPT >x", "script['a</scripty>'] 'x'"},
        {"<title>A &amp; B</title>", "title['A & B']"},
        {"<style><p></style><textarea><b></textarea>", "style['<p>'] textarea['<b>']"},
        {"a<!-- <p> -->b<!-->c<!doctype x>d<?php x ?>e", "'a' 'b' 'c' 'd' 'e'"},
        {"a<!-- no end > b", "'a' ' b'"},
        {"1 < 2 <3 </ >", "'1 < 2 <3 '"},
        {"<html><head><meta><title>t</title><div>b</div></html>c",
         "html[head[meta title['t']] div['b'] 'c']"},
        {"<svg><path/><path/></svg><x-y>a</x-z></x-y>b", "svg[other other] other['a'] 'b'"},
        {"<p>a</p>\n<p>b <i>c</i> <i>d</i></p>", "p['a'] p['b ' i['c'] ' ' i['d']]"},
        {"<select><option>a<option>b</select>", "select[option['a'] option['b']]"},
        {"<div", "div"},
        {"<", "'<'"},
        {"", ""},
    };
    nx_buf got;
    nx_buf_init(&got, 10000);
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_html_tree t;
        nx_error err = NX_ERROR_INIT;
        assert_int_equal(nx_html_parse(&t, nx_str_of(rows[i].html), &err), NX_OK);
        nx_buf_clear(&got);
        shape(&t, &got);
        assert_string_equal(got.data, rows[i].want);
        nx_html_release(&t);
    }
    nx_buf_release(&got);
}

static void attributes_are_read_in_every_spelling(void **state)
{
    (void)state;
    nx_html_tree t;
    nx_error err = NX_ERROR_INIT;
    assert_int_equal(nx_html_parse(&t,
                                   NX_STR("<a HREF='/x?a=1&amp;b=2' class = big\nid=\"i\" "
                                          "data-x=1 hidden id=second title='unclosed"),
                                   &err),
                     NX_OK);
    nx_str href = nx_html_attr_get(&t, 1, NX_ATTR_HREF);
    assert_true(nx_str_eq(href, NX_STR("/x?a=1&b=2")));
    assert_true(nx_str_eq(nx_html_attr_get(&t, 1, NX_ATTR_CLASS), NX_STR("big")));
    assert_true(nx_str_eq(nx_html_attr_get(&t, 1, NX_ATTR_ID), NX_STR("i")));
    assert_non_null(nx_html_attr_get(&t, 1, NX_ATTR_HIDDEN).p);
    assert_null(nx_html_attr_get(&t, 1, NX_ATTR_REL).p);
    nx_html_release(&t);
    assert_true(nx_html_has_word(NX_STR(" a  Canonical b"), NX_STR("canonical")));
    assert_false(nx_html_has_word(NX_STR("canonical-x"), NX_STR("canonical")));
}

static void references_are_decoded(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
    } rows[] = {
        {"a &amp; b &lt;c&gt;", "a & b <c>"},
        {"&#8217;&#x2019;&#X201d;", "\u2019\u2019\u201d"},
        {"&#150; &#x80;", "\u2013 \u20ac"},
        {"&nbsp &copy 2019 &amp", "\u00a0 \u00a9 2019 &"},
        {"?a=1&copy=2&lang=de", "?a=1&copy=2&lang=de"},
        {"&hellip &mdash;", "&hellip \u2014"},
        {"&apos;&lpar;&Scaron;&ccaron;&Ccaron;", "'(\u0160\u010d\u010c"},
        {"&unknown; &; & &#; &#x;", "&unknown; &; & &#; &#x;"},
        {"&#0;&#xd800;&#99999999999;", "\ufffd\ufffd\ufffd"},
        {"&", "&"},
        {"", ""},
    };
    nx_buf got;
    nx_buf_init(&got, 1000);
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_buf_clear(&got);
        nx_html_decode(nx_str_of(rows[i].in), &got);
        assert_string_equal(got.data, rows[i].want);
    }
    nx_buf_release(&got);
}

static void fragments_become_paragraphs(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
    } rows[] = {
        {"<p>One  <b>two</b>,\nthree.</p><p>Four</p>", "One two, three.\nFour\n"},
        {"a<br>b<br/><br/>c", "a\nb\nc\n"},
        {"<div>a<p>b</p>c</div>", "a\nb\nc\n"},
        {"x<script>y</script>z<style>q</style>", "xz\n"},
        {"Fish &amp; Chips", "Fish & Chips\n"},
        {"<ul><li>a</li><li>b</li></ul>", "a\nb\n"},
        {"&nbsp;<p>&nbsp;</p>", ""},
        {"<b>no</b> <i>break</i>", "no break\n"},
    };
    nx_buf got;
    nx_buf_init(&got, 1000);
    nx_error err = NX_ERROR_INIT;
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_buf_clear(&got);
        assert_int_equal(nx_html_fragment_text(nx_str_of(rows[i].in), &got, &err), NX_OK);
        assert_string_equal(got.data, rows[i].want);
    }
    nx_buf_release(&got);
}

static void markup_is_told_from_prose(void **state)
{
    (void)state;
    static const char *const markup[] = {"<p>x",     "a</div>", "x<br/>y",
                                         "AT&amp;T", "&#8217;", "<B >x"};
    static const char *const prose[] = {"a < b > c",          "AT&T; x", "1<2", "", "R&D",
                                        "<john@example.com>", "<3"};
    for (size_t i = 0; i < NX_COUNT(markup); i++) {
        assert_true(nx_looks_like_html(nx_str_of(markup[i])));
    }
    for (size_t i = 0; i < NX_COUNT(prose); i++) {
        assert_false(nx_looks_like_html(nx_str_of(prose[i])));
    }
}

#define ARABIC "سيبقى جسر الميناء مغلقا حتى الربيع حسبما أعلن المجلس يوم الثلاثاء"
#define ARABIC_1256                                                                                \
    "\323\355\310\336\354 \314\323\321 \307\341\343\355\344\307\301 "                              \
    "\343\333\341\336\307 \315\312\354 \307\341\321\310\355\332 \315\323\310\343\307 "             \
    "\303\332\341\344 \307\341\343\314\341\323 \355\346\343 "                                      \
    "\307\341\313\341\307\313\307\301"
// In ISO-8859-2 and windows-1250 but for two letters.
#define POLISH(z, a)                                                                               \
    "Most w porcie pozostanie zamkni\xeaty do wiosny. Inspektorzy znale" z                         \
    "li rdz\xea w linach, kt\xf3re nios" a " most nad wod" a "."
#define POLISH_TEXT                                                                                \
    "Most w porcie pozostanie zamknięty do wiosny. Inspektorzy znaleźli rdzę w linach, które " \
    "niosą most nad wodą."

static void charsets_are_decided_as_browsers_decide(void **state)
{
    (void)state;
    const struct {
        nx_str bytes, header, inside;
        const char *want, *name;
    } rows[] = {
        {NX_STR("plain"), NX_STR_NONE, NX_STR_NONE, "plain", "UTF-8"},
        {NX_STR("caf\xe9"), NX_STR("ISO-8859-1"), NX_STR_NONE, "caf\u00e9", "CP1252"},
        {NX_STR("\x93"
                "caf\xe9\x94"),
         NX_STR_NONE, NX_STR("latin1"), "\u201ccaf\u00e9\u201d", "CP1252"},
        {NX_STR("\xef\xbb\xbf"
                "caf\xc3\xa9"),
         NX_STR("latin1"), NX_STR_NONE, "caf\u00e9", "UTF-8"},
        {NX_STR("caf\xc3\xa9"), NX_STR("latin1"), NX_STR_NONE, "caf\u00e9", "UTF-8"},
        {NX_STR("\xff\xfe"
                "a\0\xe9\0"),
         NX_STR_NONE, NX_STR_NONE, "a\u00e9", "UTF-16LE"},
        {NX_STR("\xfe\xff\0a\0\xe9"), NX_STR("utf-8"), NX_STR_NONE, "a\u00e9", "UTF-16BE"},
        {NX_STR("abc"), NX_STR_NONE, NX_STR("utf-16"), "abc", "UTF-8"},
        // Without a mark, told by the NULs; and one whose bytes are all ASCII.
        {NX_STR("a\0b\0c\0\xe9\0"), NX_STR_NONE, NX_STR_NONE, "abc\u00e9", "UTF-16LE"},
        {NX_STR("\0a\0b\0c\0\xe9"), NX_STR_NONE, NX_STR("utf-16"), "abc\u00e9", "UTF-16BE"},
        {NX_STR("abc\x1b$B9A\x1b(B"), NX_STR_NONE, NX_STR_NONE, "abc\u6e2f", "ISO-2022-JP"},
        {NX_STR("\xcf\xf0\xe8\xe2\xe5\xf2"), NX_STR("windows-1251"), NX_STR_NONE,
         "\u041f\u0440\u0438\u0432\u0435\u0442", "CP1251"},
        {NX_STR("\x93\xfa\x96{"), NX_STR("Shift_JIS"), NX_STR_NONE, "\u65e5\u672c", "CP932"},
        {NX_STR("\xb0\xa1\xff"
                "b"),
         NX_STR("gb2312"), NX_STR_NONE,
         "\u554a\ufffd"
         "b",
         "GB18030"},
        {NX_STR("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9 \xff"), NX_STR("utf-8"), NX_STR_NONE,
         "\u00e9\u00e9\u00e9\u00e9\u00e9 \ufffd", "UTF-8"},
        {NX_STR("x\xe9"), NX_STR("nonsense//TRANSLIT"), NX_STR("../x"), NULL, NULL},
        {NX_STR(""), NX_STR_NONE, NX_STR_NONE, "", "UTF-8"},
        // What calls itself Latin-1 and has words that no Western language has.
        {NX_STR(ARABIC_1256), NX_STR("iso-8859-1"), NX_STR_NONE, ARABIC, "CP1256"},
        {NX_STR(ARABIC_1256), NX_STR("windows-1256"), NX_STR_NONE, ARABIC, "CP1256"},
        {NX_STR("\xc9t\xe9 \xe0 la r\xe9\xe9lue"), NX_STR("iso-8859-1"), NX_STR_NONE,
         "\u00c9t\u00e9 \u00e0 la r\u00e9\u00e9lue", "CP1252"},
        {NX_STR(POLISH("\xbc", "\xb1")), NX_STR_NONE, NX_STR_NONE, POLISH_TEXT, "ISO-8859-2"},
        {NX_STR(POLISH("\x9f", "\xb9")), NX_STR_NONE, NX_STR_NONE, POLISH_TEXT, "CP1250"},
        // Letters that the converter holds back, since a mark on them may follow.
        {NX_STR("\xf9\xec\xe5\xed"), NX_STR("windows-1255"), NX_STR_NONE,
         "\u05e9\u05dc\u05d5\u05dd", "CP1255"},
        {NX_STR("Vi\xea"), NX_STR("windows-1258"), NX_STR_NONE, "Vi\u00ea", "CP1258"},
        // Half a pair of surrogates; half a character at the end.
        {NX_STR("a\0\0\xd8z\0\xe9\0z"), NX_STR("utf-16le"), NX_STR_NONE, "a\ufffdz\u00e9\ufffd",
         "UTF-16LE"},
        {NX_STR("\0a\xdc\0\0z"), NX_STR("utf-16be"), NX_STR_NONE, "a\ufffdz", "UTF-16BE"},
        {NX_STR("a\0\0\0\0\xd8\0\0z\0\0\0"), NX_STR("utf-32le"), NX_STR_NONE, "a\ufffdz",
         "UTF-32LE"},
    };
    nx_buf scratch;
    nx_buf_init(&scratch, 1000);
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_error err = NX_ERROR_INIT;
        nx_str got;
        const char *name = NULL;
        assert_int_equal(nx_charset_decode(rows[i].bytes, rows[i].header, rows[i].inside, &scratch,
                                           &got, &name, &err),
                         NX_OK);
        if (rows[i].want == NULL) {
            continue; // any decision will do that gives UTF-8
        }
        assert_int_equal(got.n, strlen(rows[i].want));
        assert_memory_equal(got.p, rows[i].want, got.n);
        assert_string_equal(name, rows[i].name);
    }
    nx_buf_release(&scratch);
}

static void pages_declare_their_charset(void **state)
{
    (void)state;
    static const struct {
        const char *html, *want;
    } rows[] = {
        {"<meta charset=utf-8>", "utf-8"},
        {"<META CHARSET='KOI8-R'/>", "KOI8-R"},
        {"<meta http-equiv=content-type content=\"text/html; charset=windows-1251\">",
         "windows-1251"},
        {"<!-- <meta charset=x> --><meta charset=\"y\">", "y"},
        {"<?xml version=\"1.0\" encoding=\"iso-8859-2\"?><html>", "iso-8859-2"},
        {"<p>charset=z", NULL},
        {"<!-- <meta charset=x>", NULL},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_str got = nx_charset_in_html(nx_str_of(rows[i].html));
        assert_true(rows[i].want == NULL ? got.p == NULL : nx_str_eq(got, nx_str_of(rows[i].want)));
    }
    assert_true(nx_str_eq(nx_charset_in_content_type(NX_STR("text/html;Charset=\"utf-8\";x=y")),
                          NX_STR("utf-8")));
    assert_null(nx_charset_in_content_type(NX_STR("text/html")).p);
}

// A quadratic step in any of these would take hours.
static void hostile_repetition_is_survived(void **state)
{
    (void)state;
    static const char *const units[] = {"<b>",         "<p",          "&amp;",    "<p>",
                                        "</p>",        "<a><div>",    "</i>",     "<b></i>",
                                        "<!--",        "<![CDATA[",   "</",       "<script>",
                                        "<x-y>",       "<x-y></x-z>", "<li><ul>", "<table>",
                                        "<td><b>",     "<a b=",       "<a b=\"",  "<br>",
                                        "x<div></b>",  "<option>",    "&",        "&#",
                                        "<svg/>",      "<textarea",   "<title>",  "</script",
                                        "<i><div></i>"};
    for (size_t i = 0; i < NX_COUNT(units); i++) {
        char *html = repeated(units[i], 100000);
        nx_html_tree t;
        nx_error err = NX_ERROR_INIT;
        assert_int_equal(nx_html_parse(&t, nx_str_of(html), &err), NX_OK);
        nx_buf text;
        nx_buf_init(&text, 64 << 20);
        nx_html_paragraphs(&t, 0, NULL, &text);
        assert_false(text.failed);
        nx_buf_release(&text);
        nx_html_release(&t);
        free(html);
    }
}

static void too_many_elements_are_refused(void **state)
{
    (void)state;
    char *html = repeated("<b>", NX_HTML_NODES_MAX + 1);
    nx_html_tree t;
    nx_error err = NX_ERROR_INIT;
    assert_int_equal(nx_html_parse(&t, nx_str_of(html), &err), NX_ELIMIT);
    assert_null(t.nodes);
    free(html);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_nest_as_browsers_nest_them),
        cmocka_unit_test(attributes_are_read_in_every_spelling),
        cmocka_unit_test(references_are_decoded),
        cmocka_unit_test(fragments_become_paragraphs),
        cmocka_unit_test(markup_is_told_from_prose),
        cmocka_unit_test(charsets_are_decided_as_browsers_decide),
        cmocka_unit_test(pages_declare_their_charset),
        cmocka_unit_test(hostile_repetition_is_survived),
        cmocka_unit_test(too_many_elements_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
