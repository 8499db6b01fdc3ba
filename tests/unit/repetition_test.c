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
#include "tests/zip_kit.h"

enum {
    BYTES = 512 << 10, // of repetition
    WHOLE = 64 << 20,  // of a record: all that is there
};

typedef struct row {
    const char *name, *front, *piece, *end;
} row;

static const row rows[] = {
    {"items.xml", "<rss><channel>", "<item><title>t</title></item>", "</channel></rss>"},
    {"categories.xml", "<rss><channel><item><title>t</title>", "<category>x</category>", ""},
    {"ampersands.xml", "<rss><channel><item><title>", "& ", "</title></item></channel></rss>"},
    {"unclosed.xml", "<rss><channel><item><title>", "<b>", ""},
    {"name.xml", "<rss><channel><item><title>t</title><x ", "a", ""},
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
    {"underscores.md", "# t\n\n", "_", "."},
    {"facts.md", "---\n", "title: b\n", "---\nText.\n"},
    {"documents.txt", "", "  1 of 2 DOCUMENTS\n\nt\n\nLENGTH: 3 words\n\nText.\n\n", ""},
    {"paragraphs.txt", "  1 of 2 DOCUMENTS\n\nt\n\nLENGTH: 3 words\n\n", "a\n\n", ""},
    {"unended.txt", "", "<DOC>\n<DOCNO>1</DOCNO>\n", ""},
    {"references.sgm", "<REUTERS NEWID='1'><TEXT><BODY>", "&lt;", "</BODY></TEXT></REUTERS>"},
    {"lines.tst", "\001eca1 3 i 9 dpa 1\nA/\n\002Title =\n\n", "   a\n", "\003"},
    {"heads.warc", "", "WARC/1.0\r\n", ""},
    {"records.warc", "", "WARC/1.0\r\nContent-Length: 0\r\n\r\n", ""},
};

// Two pieces, the one over and over in front of the other.
static const struct {
    row second;
    const char *first;
} pairs[] = {
    {{"layout.xml",
      "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>t</title><content "
      "type='xhtml'><div>",
      "<x/>", "</div></content></entry></feed>"},
     "\n"},
};

// What is larger than a record may be is passed over.
static const row large[] = {
    {"items.xml", "<rss><channel>", "<item>", ""},
    {"comments.xml", "<rss><channel><item>", "<!--<item>", ""},
    {"lists.json", "", "{\"a\":[{", ""},
    {"stories.txt", "", "<DOC>", "<DOCNO>1</DOCNO>"},
    {"quotes.csv", "title,text\n", "a,\"b\n", ""},
};

// The same inside documents that are zip files; the row is the last of the parts.
typedef struct document {
    row part;
    const char *others[3][2]; // name, content
} document;

#define PAGE "<h1>Harbour</h1><p>The harbour bridge will stay closed until the spring, it was said."

static const document documents[] = {
    {.part = {"nav.xhtml", "<nav><li><a href='a.html'>x", "<li><a href='b'>x</a></li>", "</a>"},
     .others = {{"mimetype", "application/epub+zip"},
                {"a.opf", "<p><manifest><item properties='nav' href='nav.xhtml'/></manifest></p>"},
                {"a.html", PAGE}}},
    {.part = {"toc.ncx", "<ncx>", "<navPoint><content src='a/../b.html'/></navPoint>", "</ncx>"},
     .others = {{"mimetype", "application/epub+zip"}, {"a.html", PAGE}}},
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

// first: in front of the piece; "": nothing is.
static void repeat(const row *r, const char *first, nx_buf *out)
{
    nx_buf_init(out, 2 * BYTES);
    nx_buf_addz(out, r->front);
    while (first[0] != '\0' && out->len < BYTES / 2) {
        nx_buf_addz(out, first);
    }
    while (out->len < BYTES) {
        nx_buf_addz(out, r->piece);
    }
    nx_buf_addz(out, r->end);
}

// record_bytes: of the largest record.
static void read_to_its_end(const char *name, nx_str bytes, size_t record_bytes)
{
    nx_corpus_options options = NX_CORPUS_OPTIONS_INIT;
    options.limits.record_bytes = record_bytes;
    nx_error err = NX_ERROR_INIT;
    int fd = memfd_create("input", MFD_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(nx_write_all(fd, bytes.p, bytes.n, name, &err), NX_OK);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    counts seen = {.options = &options};
    nx_reader_sink sink = {.ctx = &seen, .record = on_record, .skip = on_skip};
    assert_int_equal(nx_corpus_read_fd(fd, name, &options, &sink, &err), NX_OK);
    if (seen.articles + seen.skips == 0) {
        fail_msg("%s: neither an article nor a skip", name);
    }
    (void)close(fd);
}

static void read_row(const row *r, const char *first, size_t record_bytes)
{
    nx_buf text;
    repeat(r, first, &text);
    read_to_its_end(r->name, nx_buf_str(&text), record_bytes);
    nx_buf_release(&text);
}

static void what_is_repeated_is_read_to_its_end(void **state)
{
    (void)state;
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        read_row(&rows[i], "", WHOLE);
    }
    for (size_t i = 0; i < NX_COUNT(pairs); i++) {
        read_row(&pairs[i].second, pairs[i].first, WHOLE);
    }
    for (size_t i = 0; i < NX_COUNT(large); i++) {
        read_row(&large[i], "", BYTES / 8);
    }
}

static void parts_of_documents_are_read_to_their_end(void **state)
{
    (void)state;
    for (size_t i = 0; i < NX_COUNT(documents); i++) {
        const document *d = &documents[i];
        kit_zip z;
        kit_zip_start(&z);
        for (size_t k = 0; k < NX_COUNT(d->others) && d->others[k][0] != NULL; k++) {
            kit_zip_add(&z, d->others[k][0], nx_str_of(d->others[k][1]));
        }
        nx_buf text;
        repeat(&d->part, "", &text);
        kit_zip_add(&z, d->part.name, nx_buf_str(&text));
        nx_buf_release(&text);
        read_to_its_end(d->part.name, kit_zip_end(&z), WHOLE);
        kit_zip_release(&z);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_repeated_is_read_to_its_end),
        cmocka_unit_test(parts_of_documents_are_read_to_their_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
