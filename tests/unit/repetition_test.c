// repetition_test.c: the same piece over and over, by the hundred thousand, in every format: each
// is read to its end in a time that grows with its size. A reader that goes back over what it has
// seen for every piece takes minutes here, and shows up as the slowest test.
#define _GNU_SOURCE // memfd_create
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/io.h"
#include "corpus/corpus.h"

enum { BYTES = 512 << 10 }; // of repetition

typedef struct row {
    const char *name, *front, *piece, *end;
} row;

static const row rows[] = {
    {"items.xml", "<rss><channel>", "<item><title>t</title></item>", "</channel></rss>"},
    {"categories.xml", "<rss><channel><item><title>t</title>", "<category>x</category>", ""},
    {"ampersands.xml", "<rss><channel><item><title>", "& ", "</title></item></channel></rss>"},
    {"unclosed.xml", "<rss><channel><item><title>", "<b>", ""},
    {"closed.xml", "<rss><channel><item><title>t", "</b>", ""},
    {"stories.xml", "<?xml version='1.0'?><a>", "<s><title>t</title><text>x</text></s>", "</a>"},
    {"elements.xml", "<?xml version='1.0'?><a>", "<b><c/></b>", "</a>"},
    {"items-g2.xml", "<newsMessage><itemSet>", "<newsItem guid='a'><itemMeta/></newsItem>", ""},
    {"components.xml", "<NewsML><NewsItem>",
     "<NewsComponent><ContentItem><DataContent>x</DataContent></ContentItem></NewsComponent>",
     "</NewsItem></NewsML>"},
    {"contents.xml", "<NewsML><NewsItem><NewsComponent>",
     "<ContentItem><DataContent>x</DataContent></ContentItem>", "</NewsComponent></NewsItem>"},
    {"paragraphs.xml", "<nitf><body><body.content>", "<p>a</p>", "</body.content></body></nitf>"},
    {"headers.eml", "From: a@b.example\nSubject: x\nTo: y\n", "X-A: b\n", "\nText.\n"},
    {"parts.eml", "From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n",
     "--b\n\nx\n", ""},
    {"words.eml", "From: a@b.example\nTo: y\nSubject: ", "=?utf-8?q?a?= ", "\n\nText.\n"},
    {"parts.mht", "From: <Saved by x>\nContent-Type: multipart/related; boundary=b\n\n",
     "--b\nContent-Type: image/png\n\nx\n", ""},
    {"boxes.mbox", "", "From a@b.example Mon Mar 26 19:31:00 2019\nSubject: x\n\nText.\n\n", ""},
    {"lines.txt", "Storm\n\n", "a b c\n", ""},
    {"bylines.txt", "Storm\n\n", "By Jane Doe\n", ""},
    {"ampersands.txt", "Storm\n\n", "&", ""},
    {"datelines.txt", "", "LEEDS (AP) - ", ""},
    {"quotes.csv", "title,text\n", "a,\"b\n", ""},
    {"cells.csv", "title,text\na,b", ",x", "\n"},
    {"keys.json", "{\"title\":\"t\",\"text\":\"x\"", ",\"authors\":\"A B\"", "}"},
    {"pieces.json", "{\"title\":\"t\",\"contents\":[\"x\"",
     ",{\"type\":\"text\",\"content\":\"a <b>b</b>\"}", "]}"},
    {"stars.md", "# t\n\n", "*", ""},
    {"brackets.md", "# t\n\n", "[a](", ""},
    {"braces.md", "# t\n\n", "{{", ""},
    {"facts.md", "---\n", "title: b\n", "---\nText.\n"},
    {"documents.txt", "", "  1 of 2 DOCUMENTS\n\nt\n\nLENGTH: 3 words\n\nText.\n\n", ""},
    {"paragraphs.txt", "  1 of 2 DOCUMENTS\n\nt\n\nLENGTH: 3 words\n\n", "a\n\n", ""},
    {"unended.txt", "", "<DOC>\n<DOCNO>1</DOCNO>\n", ""},
    {"references.sgm", "<REUTERS NEWID='1'><TEXT><BODY>", "&lt;", "</BODY></TEXT></REUTERS>"},
    {"lines.tst", "\001eca1 3 i 9 dpa 1\nA/\n\002Title =\n\n", "   a\n", "\003"},
    {"heads.warc", "", "WARC/1.0\r\n", ""},
    {"records.warc", "", "WARC/1.0\r\nContent-Length: 0\r\n\r\n", ""},
};

typedef struct counts {
    const nx_corpus_options *options;
    size_t articles, skips;
} counts;

static nx_status on_article(void *ctx, nx_article *a, nx_error *err)
{
    (void)err;
    ((counts *)ctx)->articles++;
    nx_article_free(a);
    return NX_OK;
}

static nx_status on_skip(void *ctx, const nx_skip *s, nx_error *err)
{
    (void)s;
    (void)err;
    ((counts *)ctx)->skips++;
    return NX_OK;
}

static nx_status on_record(void *ctx, nx_record *r, nx_error *err)
{
    const nx_article_sink sink = {.ctx = ctx, .article = on_article, .skip = on_skip};
    nx_status st = nx_record_parse(r, ((counts *)ctx)->options, &sink, err);
    nx_record_free(r);
    return st;
}

static void what_is_repeated_is_read_to_its_end(void **state)
{
    (void)state;
    nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_error err = NX_ERROR_INIT;
        nx_buf text;
        nx_buf_init(&text, 2 * BYTES);
        nx_buf_addz(&text, rows[i].front);
        while (text.len < BYTES) {
            nx_buf_addz(&text, rows[i].piece);
        }
        nx_buf_addz(&text, rows[i].end);
        int fd = memfd_create("input", MFD_CLOEXEC);
        assert_true(fd >= 0);
        assert_int_equal(nx_write_all(fd, text.data, text.len, rows[i].name, &err), NX_OK);
        assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
        counts seen = {.options = &options};
        nx_reader_sink sink = {.ctx = &seen, .record = on_record, .skip = on_skip};
        assert_int_equal(nx_corpus_read_fd(fd, rows[i].name, &options, &sink, &err), NX_OK);
        if (seen.articles + seen.skips == 0) {
            fail_msg("%s: neither an article nor a skip", rows[i].name);
        }
        (void)close(fd);
        nx_buf_release(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_repeated_is_read_to_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
