// saved_test.c: pages saved with their parts, articles kept as Markdown and as plain text.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "corpus/markdown_text.h"
#include "tests/unit/corpus_kit.h"

typedef struct row {
    const char *name, *file, *bytes;
    const char *wants[8]; // in that order
} row;

static void check(const row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *log = kit_articles(nx_str_of(rows[i].bytes), rows[i].file, NULL), *at = log;
        for (size_t k = 0; k < 8 && rows[i].wants[k] != NULL; k++) {
            at = strstr(at, rows[i].wants[k]);
            if (at == NULL) {
                fail_msg("%s: no \"%s\" there in:\n%s", rows[i].name, rows[i].wants[k], log);
            }
        }
    }
}

#define PROSE                                                                                      \
    "The council of Leeds said on Monday that the bridge over the river will be closed until the " \
    "spring, because the flood of last week has damaged two of its piers."
#define PAGE(more)                                                                                 \
    "<html><head><meta charset=3D\"utf-8\"><title>Bridge closed</title></head>\n<body><article>"   \
    "<h1>Bridge clo=\nsed</h1><p>" PROSE "</p><p>" PROSE "</p>" more "</article></body></html>\n"

static void the_page_among_the_parts_is_read(void **state)
{
    (void)state;
    static const row rows[] = {
        {"a browser's file: address from the part, bytes from quoted-printable",
         "page.txt",
         "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://bugle.example/snap\r\n"
         "Subject: Bridge closed\r\nDate: Mon, 1 Jul 2024 08:00:00 -0000\r\nMIME-Version: 1.0\r\n"
         "Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--b\"\r\n\r\n"
         "----b\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\n"
         "Content-Transfer-Encoding: quoted-printable\r\n"
         "Content-Location: https://bugle.example/2024/06/29/bridge\r\n\r\n" PAGE(
             "<p>Caf=C3=A9s") "\r\n----b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: "
                              "base64\r\n\r\nAAAA\r\n"
                              "----b--\r\n",
         {"url: https://bugle.example/2024/06/29/bridge [header]", "title: Bridge closed",
          "body: The council of Leeds", "Caf\xc3\xa9s"}},
        {"the part that is named as the first, in another charset",
         "page.mht",
         "MIME-Version: 1.0\nContent-Type: multipart/related; start=\"<2>\"; boundary=b\n\n--b\n"
         "Content-Type: text/html\n\n<p>An advertisement.\n--b\nContent-ID: <2>\n"
         "Content-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: "
         "Quoted-Printable\n\n<html><body><h1>Bridge closed</h1><p>" PROSE "<p>" PROSE "<p>Caf=E9s"
         "</body></html>\n--b--\n",
         {"title: Bridge closed", "Caf\xc3\xa9s"}},
        {"one part, and no multipart",
         "page.mhtml",
         "From: \"Saved by a browser\"\nSubject: x\nContent-Type: text/html\n"
         "Content-Location: https://bugle.example/bridge\nContent-Transfer-Encoding: "
         "quoted-printable\n\n" PAGE(""),
         {"url: https://bugle.example/bridge [header]", "title: Bridge closed"}},
        {"no page in it",
         "page.mht",
         "From: <Saved by x>\nContent-Type: multipart/related; boundary=b\n\n--b\n"
         "Content-Type: image/png\n\nx\n--b--\n",
         {"skip ok @0 not an article"}},
        {"a newsletter of the same kind is a letter",
         "x.eml",
         "From: The Bugle <news@bugle.example>\nSubject: Week\nTo: x\n"
         "Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>Rain."
         "\n--b--\n",
         {"title: Week [record]", "body: Rain."}},
    };
    check(rows, NX_COUNT(rows));
}

static void facts_in_front_of_markdown_are_read(void **state)
{
    (void)state;
    static const row rows[] = {
        {"YAML",
         "a.txt",
         "---\nlayout: post\ntitle: \"Bridge \\\"closed\\\": what now\"\n# a remark\n"
         "date: 2024-07-01 08:00:00 +0200\nlastmod: 2024-07-02\nauthor:\n  name: Jane Doe\n"
         "  email: jane@bugle.example\ntags: [floods, 'rivers, lakes']\ncategories:\n  - Local\n"
         "description: >\n  The bridge is closed\n  until spring.\n"
         "canonical_url: https://bugle.example/bridge\n---\n\nIt **rained**.\n",
         {"url: https://bugle.example/bridge [record]",
          "title: Bridge \"closed\": what now [record]", "author: Jane Doe [record]",
          "published: 2024-07-01T06:00:00Z [record]", "updated: 2024-07-02", "section: Local",
          "summary: The bridge is closed until spring.", "body: It rained."}},
        {"authors and tags as lists of items, quotes doubled",
         "a.md",
         "\xef\xbb\xbf---\r\ntitle: 'It''s over'\r\nauthors:\r\n- name: Jane Doe\r\n- John Roe\r\n"
         "tags:\r\n- floods\r\n---\r\nText.\r\n",
         {"title: It's over [record]", "author: Jane Doe [record]", "author: John Roe [record]",
          "keyword: floods [record]", "body: Text."}},
        {"TOML",
         "a.txt",
         "+++\ntitle = \"Bridge closed\"\ndate = 2024-07-01T08:00:00Z\nauthors = [\"Jane Doe\"]\n"
         "[params]\n  title = \"no\"\n+++\nText.\n",
         {"title: Bridge closed [record]", "author: Jane Doe", "published: 2024-07-01T08:00:00Z",
          "body: Text."}},
        {"heading and day of the name where there are no facts",
         "2024-07-01-bridge.md",
         "# Bridge closed\n\nText.\n",
         {"title: Bridge closed [text]", "published: 2024-07-01 [file]", "body: Text."}},
        {"a draft",
         "a.md",
         "---\ntitle: x\ndraft: true\n---\nText.\n",
         {"skip ok @0 not published"}},
        {"a fence that is never closed",
         "a.md",
         "---\ntitle: Bridge\n",
         {"title: Bridge [record]"}},
        {"a rule above prose is no front matter",
         "a.txt",
         "---\nBridge closed\n---\nIt rained in Leeds.\n",
         {"body: "}},
    };
    check(rows, NX_COUNT(rows));
}

static void markup_of_markdown_is_left_out(void **state)
{
    (void)state;
    static const struct {
        const char *in, *out;
    } rows[] = {
        {"One\ntwo  \nthree.\n\nFour.", "One two three.\nFour.\n"},
        {"## Head ##\nText\n\nUnder\n=====\n\n***\n", "Head\nText\nUnder\n"},
        {"*a* **b** ___c___ snake_case 2 * 3 ~~d~~ `e`", "a b c snake_case 2 * 3 d e\n"},
        {"a ** b, snake__case, ____.", "a ** b, snake__case, ____.\n"},
        {"[The *dam*](http://a.example/x_(y) \"t\") and [one][1] [2020] [^1]\n\n[1]: http://a\n",
         "The dam and one [2020]\n"},
        {"![a picture](x.png)\n\n[![b](c.png)](http://d) Text", "Text\n"},
        {"> Quoted\n> text\n\n- one\n- two\n1. three\n1990 was wet.",
         "Quoted text\none\ntwo\nthree 1990 was wet.\n"},
        {"a\n```c\nint x;\n~~~\n```\nb", "a\nb\n"},
        {"{{< figure src=\"x\" >}}\n\nA {% link x %}B\n{: .wide}\n:::note\nC", "A B\nC\n"},
        {"| Town | Rain |\n|---|:-:|\n| Leeds | 3 |\n", "Town   Rain\nLeeds   3\n"},
        {"A <b>bold</b> &amp; word<br>more \\*star\\*", "A bold & word\nmore *star*\n"},
        {"[open (and ![x", "[open (and ![x\n"},
        {"", ""},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_buf out;
        nx_buf_init(&out, 1000);
        nx_error err = NX_ERROR_INIT;
        assert_int_equal(nx_markdown_text(nx_str_of(rows[i].in), NULL, &out, &err), NX_OK);
        assert_string_equal(out.len > 0 ? out.data : "", rows[i].out);
        nx_buf_release(&out);
    }
}

static void references_in_plain_text_are_characters(void **state)
{
    (void)state;
    static const row rows[] = {
        {"numbers and names, with a semicolon",
         "a.txt",
         "Caf&#233; sold for &pound;8m\n\nThe owners &amp; the bank, AT&T; x&copy y &nosuch; "
         "&#x41;&lt;b>.\n",
         {"title: Caf\xc3\xa9 sold for \xc2\xa3"
          "8m [text]",
          "body: The owners & the bank, AT&T; x&copy y &nosuch; A<b>."}},
    };
    check(rows, 1);
}

static void long_runs_of_brackets_take_linear_time(void **state)
{
    (void)state;
    nx_buf text, out;
    nx_buf_init(&text, 1 << 20);
    nx_buf_init(&out, 1 << 22);
    for (int i = 0; i < 20000; i++) {
        nx_buf_addz(&text, "![{{");
    }
    nx_error err = NX_ERROR_INIT;
    assert_int_equal(nx_markdown_text(nx_buf_str(&text), NULL, &out, &err), NX_OK);
    assert_true(out.len > 0);
    nx_buf_release(&text);
    nx_buf_release(&out);
}

static void a_saved_page_says_where_it_was(void **state)
{
    (void)state;
#define STORY "<title>Bridge closed</title><h1>Bridge closed</h1><p>" PROSE "</p><p>" PROSE "</p>"
    static const row rows[] = {
        {"Chrome and others",
         "page.html",
         "<!DOCTYPE html>\n<!-- saved from url=(0040)https://bugle.example/2024/06/29/bridge -->\n"
         "<html><body>" STORY,
         {"url: https://bugle.example/2024/06/29/bridge [header]", "published: 2024-06-29 [url]"}},
        {"SingleFile",
         "page.html",
         "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: "
         "https://bugle.example/2024/06/29/bridge \n saved date: Mon Jul 01 2024\n-->" STORY,
         {"url: https://bugle.example/2024/06/29/bridge [header]"}},
        {"what the page says itself comes first",
         "page.html",
         "<!-- saved from url=(0025)https://bugle.example/amp -->\n<html><head><link rel=canonical "
         "href='https://bugle.example/bridge'></head><body>" STORY,
         {"url: https://bugle.example/bridge [markup]"}},
        {"a file of one's own",
         "page.html",
         "<!-- saved from url=(0014)about:internet --><html><head><link rel=stylesheet "
         "href='https://bugle.example/a.css'></head><body>" STORY,
         {"title: Bridge closed [markup]\nlanguage"}},
    };
#undef STORY
    check(rows, NX_COUNT(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_among_the_parts_is_read),
        cmocka_unit_test(facts_in_front_of_markdown_are_read),
        cmocka_unit_test(markup_of_markdown_is_left_out),
        cmocka_unit_test(references_in_plain_text_are_characters),
        cmocka_unit_test(long_runs_of_brackets_take_linear_time),
        cmocka_unit_test(a_saved_page_says_where_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
