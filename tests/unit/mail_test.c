// mail_test.c: messages as mail programs really write them.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "corpus/mail_text.h"
#include "corpus/transfer.h"
#include "tests/unit/corpus_kit.h"

typedef struct row {
    const char *name, *mail;
    const char *wants[5];
} row;

#define HEAD                                                                                       \
    "From: The Bugle <news@bugle.example>\nSubject: s\nDate: Mon, 1 Jul 2024 08:00:00 GMT\n"

static const row rows[] = {
    {"plain", HEAD "\nIt rained in Leeds.\n", {"title: s [record]", "body: It rained in Leeds."}},
    {"CRLF line ends",
     "From: a@b.example\r\nSubject: s\r\nDate: Mon, 1 Jul 2024 08:00:00 GMT\r\n\r\nOne.\r\n\r\n"
     "Two.\r\n",
     {"published: 2024-07-01T08:00:00Z [record]", "body: One. / Two."}},
    {"folded subject of two encoded words, a character cut between them",
     "From: a@b.example\nSubject: =?utf-8?Q?caf=C3?=\n =?utf-8?Q?=A9?= open\nDate: x\n\nx",
     {"title: caf\xc3\xa9 open [record]"}},
    {"raw Latin-1 in a header",
     "From: a@b.example\nSubject: caf\xe9\nTo: x\n\ny",
     {"title: caf\xc3\xa9 [record]"}},
    {"what is not shown in HTML: a preview, a caption",
     HEAD "Content-Type: text/html\n\n<div style='display:none'>Preview</div><figure><img>"
          "<figcaption>The pier</figcaption></figure><p>It rained.</p><p hidden>x</p>",
     {"body: It rained.\n"}},
    {"a caption alone",
     HEAD "Content-Type: text/html\n\n<figure><img><figcaption>The pier</figcaption></figure>",
     {"body: The pier\n"}},
    {"a blog by mail",
     "From: Jane Doe from Harbour Notes <notes@blog.example>\nSubject: Rust\nDate: x\n"
     "List-Id: <notes.blog.example>\nList-Post: <https://notes.blog.example/p/rust>\n\n"
     "View this post on the web at https://notes.blog.example/p/rust\n\nIt rusts.\n\n"
     "Harbour Notes is a reader-supported publication.\n\nUpgrade to paid\n",
     {"url: https://notes.blog.example/p/rust [record]", "title: Rust [record]",
      "source: Harbour Notes [record]", "author: Jane Doe [record]", "body: It rusts.\n"}},
    {"a list's mailbox is no address of a page",
     HEAD "List-Post: <mailto:list@b.example>\n\nx",
     {"title: s [record]\nsource: The Bugle"}},
    {"a message as Apple keeps it",
     "120\n" HEAD "To: a@b.example\n\nIt rained in Leeds.\n<?xml version=\"1.0\"?>\n<plist/>\n",
     {"title: s [record]", "body: It rained in Leeds.\n"}},
    {"passed on, in German",
     "From: Max Muster <max@b.example>\nSubject: WG: Post\nDate: Wed, 6 Mar 2024 08:00:00 GMT\n\n"
     "Zur Kenntnis!\n\n-----Urspr\u00fcngliche Nachricht-----\nVon: Der Bote mit langem Namen "
     "<post@bote.example>\nGesendet: Dienstag, 5. M\u00e4rz 2024 06:15\nAn: Max Muster\nBetreff: "
     "Br\u00fccke gesperrt\n\nDie Br\u00fccke bleibt gesperrt.\n",
     {"title: Br\u00fccke gesperrt [text]", "source: Der Bote mit langem Namen",
      "published: 2024-03-05T06:15:00Z [text]", "body: Die Br\u00fccke bleibt gesperrt.\n"}},
    {"passed on, in French",
     "From: Max Muster <max@b.example>\nSubject: TR: Pont\nDate: Wed, 6 Mar 2024 08:00:00 GMT\n\n"
     "De\u00a0: Le Courrier <news@courrier.example>\nEnvoy\u00e9 : mardi 5 mars 2024 06:15\n"
     "\u00c0 : Max\nObjet : Pont ferm\u00e9\n\nLe pont reste ferm\u00e9.\n",
     {"title: Pont ferm\u00e9 [text]", "source: Le Courrier", "published: 2024-03-05T06:15:00Z",
      "body: Le pont reste ferm\u00e9.\n"}},
    {"passed on by Google's mail, in Spanish, twice",
     "From: Max Muster <max@b.example>\nSubject: RV: Fwd: Puente\nDate: x\n\n"
     "---------- Forwarded message ---------\nDe: El Diario <news@diario.example>\n"
     "Date: mar, 5 mar 2024 a las 6:15\nSubject: Fwd: Puente\nTo: <max@b.example>\n\nSigue "
     "cerrado.\n",
     {"title: Puente [text]", "source: El Diario", "body: Sigue cerrado.\n"}},
    {"two lines with colons are no message",
     HEAD "\nFrom: the harbour <a@b.example>\nTo: the sea\n\nIt rained.\n",
     {"title: s [record]\nsource: The Bugle [record]", "It rained.\n"}},
    {"an HTML part",
     HEAD "Content-Type: text/html; charset=iso-8859-1\n\n<p>caf\xe9</p><p>bar</p>",
     {"body: caf\xc3\xa9 / bar"}},
    {"HTML that says nothing loses against plain text",
     HEAD "Content-Type: multipart/alternative; boundary=b\n\n--b\n\n"
          "The harbour was closed on Monday after the storm.\n--b\n"
          "Content-Type: text/html\n\n<p>x</p>\n--b--\n",
     {"body: The harbour was closed"}},
    {"mixed with related with alternative, attachment left out",
     HEAD "Content-Type: multipart/mixed; boundary=\"m\"\n\n--m\n"
          "Content-Type: multipart/related; boundary=r\n\n--r\n"
          "Content-Type: multipart/alternative; boundary=a\n\n--a\n\nText.\n--a--\n--r--\n--m\n"
          "Content-Disposition: attachment; filename=x.txt\n\nattached\n--m--\n",
     {"body: Text.\n"}},
    {"boundary that is never closed",
     HEAD "Content-Type: multipart/mixed; boundary=m\n\n--m\n\nOpen end",
     {"body: Open end"}},
    {"format=flowed",
     HEAD "Content-Type: text/plain; format=flowed\n\nOne two \nthree.\nFour.\n",
     {"body: One two three. / Four."}},
    {"signature and footer",
     HEAD "\nThe storm has passed.\n\nYou can unsubscribe here: http://x\nBugle Ltd\n",
     {"body: The storm has passed.\n"}},
    {"a person is an author",
     "From: \"Doe, Jane\" <jd@mail.example>\nFrom: x\nSubject: s\nTo: y\n\nx",
     {"title: s [record]"}},
    {"a delivery report",
     HEAD "Content-Type: multipart/report; boundary=b\n\n--b\n\nfailed\n--b--\n",
     {"skip ok @0 not an article"}},
    {"no text", HEAD "Content-Type: image/png\n\nxxxx", {"skip ok @0 empty"}},
};

static void messages_become_articles(void **state)
{
    (void)state;
    nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;
    options.format = NX_FORMAT_MAIL;
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        const char *log = kit_articles(nx_str_of(rows[i].mail), "x.eml", &options), *at = log;
        for (size_t k = 0; k < 5 && rows[i].wants[k] != NULL; k++) {
            at = strstr(at, rows[i].wants[k]);
            if (at == NULL) {
                fail_msg("%s: no \"%s\" there in:\n%s", rows[i].name, rows[i].wants[k], log);
            }
        }
    }
}

static void nesting_has_an_end(void **state)
{
    (void)state;
    nx_buf b;
    nx_buf_init(&b, 1 << 20);
    nx_buf_addz(&b, HEAD);
    for (int i = 0; i < 1000; i++) {
        nx_buf_addf(&b, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i);
    }
    nx_buf_addz(&b, "\ntext");
    const char *log = kit_articles(nx_buf_str(&b), "x.eml", NULL);
    assert_non_null(strstr(log, "skip limit @0 over a limit"));
    nx_buf_release(&b);
}

static void transfer_encodings_are_undone(void **state)
{
    (void)state;
    nx_buf out;
    nx_buf_init(&out, 1000);
    nx_base64_decode(NX_STR("UmFp\nbg==trailing"), &out);
    assert_string_equal(out.data, "Rain");
    nx_buf_clear(&out);
    nx_quoted_printable_decode(NX_STR("a=3D b=\r\nc =zz d=  \ne="), false, &out);
    assert_string_equal(out.data, "a= bc =zz de");
    nx_buf_clear(&out);
    nx_quoted_printable_decode(NX_STR("a_b=5F"), true, &out);
    assert_string_equal(out.data, "a b_");
    nx_buf_release(&out);
}

static void addresses_have_parts(void **state)
{
    (void)state;
    static const char *const cases[][4] = {
        {"Jane Doe <jane@a.example>", "Jane Doe", "jane", "a.example"},
        {"\"Doe, Jane\" <jane@a.example>", "Doe, Jane", "jane", "a.example"},
        {"jane@a.example (Jane Doe)", "Jane Doe", "jane", "a.example"},
        {"<jane@a.example", "", "jane", "a.example"},
        {"jane", "", "", ""},
        {"", "", "", ""},
    };
    for (size_t i = 0; i < NX_COUNT(cases); i++) {
        nx_mail_address got = nx_mail_parse_address(nx_str_of(cases[i][0]));
        assert_true(nx_str_eq(got.name, nx_str_of(cases[i][1])));
        assert_true(nx_str_eq(got.box, nx_str_of(cases[i][2])));
        assert_true(nx_str_eq(got.host, nx_str_of(cases[i][3])));
    }
    assert_true(nx_mail_is_person(NX_STR("Jane Doe")));
    assert_true(nx_mail_is_person(NX_STR("Angus McDonald")));
    assert_false(nx_mail_is_person(NX_STR("CNET Auctions")));
    assert_false(nx_mail_is_person(NX_STR("Bugle")));
    assert_false(nx_mail_is_person(NX_STR("Daily Words From Our Desk")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_become_articles),
        cmocka_unit_test(nesting_has_an_end),
        cmocka_unit_test(transfer_encodings_are_undone),
        cmocka_unit_test(addresses_have_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
