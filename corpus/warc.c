// warc.c: WARC files into pages. Format: ISO 28500 (WARC 1.0, 1.1), and 0.17/0.18 as ClueWeb has.
//
// Records that are no pages (requests, metadata, revisits) are counted, by kind. A damaged record
// costs itself: reading goes on at the next line that starts one.
#include "corpus/crawl.h"
#include "corpus/http.h"

#include "base/num.h"
#include "base/time.h"

enum { HEADER_MAX = 64 << 10 };

static bool at_record(nx_str view)
{
    return nx_str_starts(view, NX_STR("WARC/"));
}

// Consumes empty lines, and then everything up to the next record; *found false: the end.
static nx_status find_record(nx_stream *t, bool *found, nx_error *err)
{
    uint64_t start = t->source->pos;
    bool reported = false;
    for (;;) {
        nx_status st = nx_source_fill(t->source, 5, err);
        nx_str view = nx_source_view(t->source);
        *found = st == NX_OK && at_record(view);
        if (st != NX_OK || *found || view.n == 0) {
            return st;
        }
        nx_str line;
        size_t used;
        st = nx_stream_line(t, HEADER_MAX, &line, &used, err);
        bool blank = st == NX_OK && nx_str_trim(line).n == 0;
        if (st == NX_OK) {
            nx_source_take(t->source, used);
        }
        if (!blank && !reported && (st == NX_OK || st == NX_ELIMIT)) {
            reported = true;
            st = nx_stream_skip(t, start, false, NX_EFORMAT, "damaged WARC",
                                "no record begins where one should", err);
        }
        if (st != NX_OK && st != NX_ELIMIT) {
            return st;
        }
    }
}

// Bytes of the header of the record the source stands at, 0 when it does not end.
static nx_status measure_header(nx_stream *t, size_t *n, nx_error *err)
{
    nx_status st = nx_source_peek(t->source, HEADER_MAX, err);
    if (st != NX_OK) {
        return st;
    }
    nx_str view = nx_source_view(t->source);
    nx_str head = nx_str_make(view.p, view.n < HEADER_MAX ? view.n : HEADER_MAX);
    size_t again = nx_str_find(head, NX_STR("\nWARC/"), 0); // a header that does not end before it
    head.n = again != SIZE_MAX ? again + 1 : head.n;
    size_t crlf = nx_str_find(head, NX_STR("\r\n\r\n"), 0);
    head.n = crlf != SIZE_MAX ? crlf : head.n;
    size_t lf = nx_str_find(head, NX_STR("\n\n"), 0);
    *n = lf != SIZE_MAX ? lf + 2 : crlf != SIZE_MAX ? crlf + 4 : 0;
    return NX_OK;
}

static const char *kind_reason(nx_str type)
{
    static const char *const kinds[][2] = {
        {"request", "WARC request"},           {"metadata", "WARC metadata"},
        {"revisit", "WARC revisit"},           {"warcinfo", "WARC warcinfo"},
        {"continuation", "WARC continuation"},
    };
    for (size_t i = 0; i < NX_COUNT(kinds); i++) {
        if (nx_str_eq_nocase(type, nx_str_of(kinds[i][0]))) {
            return kinds[i][1];
        }
    }
    return "WARC record of another kind";
}

static nx_when parse_date(nx_str s)
{
    int64_t from, to;
    nx_when when = {0};
    if (nx_parse_iso(s, 0, &from, &to, NULL, NULL)) {
        when = (nx_when){.known = true, .has_zone = true, .from = NX_FROM_HEADER, .utc = from};
    }
    return when;
}

// url and type in copies, because the header goes when the block is read.
static nx_status read_record(nx_stream *t, size_t header_bytes, nx_buf *header, nx_error *err)
{
    nx_buf_clear(header);
    nx_buf_add(header, nx_source_view(t->source).p, header_bytes);
    nx_status st = nx_buf_check(header, "WARC header", err);
    if (st != NX_OK) {
        t->reading->stop = st;
        return st;
    }
    nx_str h = nx_buf_str(header), type = nx_http_header(h, NX_STR("WARC-Type"));
    nx_crawl_record c = {.content_type = nx_http_header(h, NX_STR("Content-Type")),
                         .is_text = nx_str_eq_nocase(type, NX_STR("conversion")) &&
                                    nx_str_starts_nocase(nx_http_header(h, NX_STR("Content-Type")),
                                                         NX_STR("text/plain")),
                         .facts = {.offset = t->source->pos,
                                   .url = nx_http_header(h, NX_STR("WARC-Target-URI")),
                                   .fetched = parse_date(nx_http_header(h, NX_STR("WARC-Date")))}};
    nx_source_take(t->source, header_bytes);
    if (!nx_parse_u64(nx_http_header(h, NX_STR("Content-Length")), &c.bytes)) {
        return nx_stream_skip(t, c.facts.offset, false, NX_EFORMAT, "damaged WARC",
                              "a record without a length", err);
    }
    nx_str url = c.facts.url;
    if (url.n >= 2 && url.p[0] == '<' && url.p[url.n - 1] == '>') {
        c.facts.url = nx_str_make(url.p + 1, url.n - 2);
    }
    if (nx_str_eq_nocase(type, NX_STR("response")) || nx_str_eq_nocase(type, NX_STR("resource")) ||
        nx_str_eq_nocase(type, NX_STR("conversion"))) {
        return nx_crawl_block(t, &c, err);
    }
    uint64_t left;
    st = nx_stream_skip(t, c.facts.offset, false, NX_OK, kind_reason(type),
                        "a record that holds no page", err);
    return st == NX_OK ? nx_source_discard(t->source, c.bytes, &left, err) : st;
}

static nx_status next_record(nx_stream *t, nx_buf *header, bool *more, nx_error *err)
{
    size_t n = 0;
    nx_status st = find_record(t, more, err);
    if (st == NX_OK && *more) {
        st = measure_header(t, &n, err);
    }
    if (st != NX_OK || !*more) {
        *more = st != NX_OK; // the source may be able to go on after a failure
        return st;
    }
    if (n > 0) {
        return read_record(t, n, header, err);
    }
    uint64_t pos = t->source->pos;
    nx_source_take(t->source, 5);
    return nx_stream_skip(t, pos, false, NX_EFORMAT, "damaged WARC", "a header that does not end",
                          err);
}

nx_status nx_split_warc(nx_stream *t, nx_format format, nx_error *err)
{
    (void)format;
    nx_buf header;
    nx_buf_init(&header, HEADER_MAX);
    nx_status st = NX_OK;
    for (bool more = true; st == NX_OK && more;) {
        st = nx_crawl_recover(t, next_record(t, &header, &more, err), err);
        more = more && (!t->source->ended || nx_source_view(t->source).n > 0);
    }
    nx_buf_release(&header);
    return st;
}
