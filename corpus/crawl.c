// crawl.c: see crawl.h.
#include "corpus/crawl.h"

#include <stdio.h>

#include "corpus/charset.h"
#include "corpus/http.h"

enum { HEAD_BYTES = 64 << 10 }; // enough of a block to see what it is

static nx_status skip(nx_stream *t, const nx_crawl_record *c, nx_status code, const char *reason,
                      const char *text, nx_error *err)
{
    return nx_stream_skip(t, c->facts.offset, false, code, reason, text, err);
}

static bool mentions(nx_str s, const char *word)
{
    return nx_str_find_nocase(s, nx_str_of(word), 0) != SIZE_MAX;
}

// The format of a body by its type and its beginning; NX_FORMAT_AUTO: not a page.
static nx_format format_of(nx_str body, nx_str type, bool is_text)
{
    if (is_text) {
        return NX_FORMAT_TEXT;
    }
    if (mentions(type, "html")) {
        return NX_FORMAT_HTML;
    }
    nx_str head = nx_str_make(body.p, body.n < HEAD_BYTES ? body.n : HEAD_BYTES);
    bool vague = type.n == 0 || mentions(type, "unk") || mentions(type, "octet") ||
                 mentions(type, "text/plain") || mentions(type, "no-type");
    if (!vague && !mentions(type, "xml") && !mentions(type, "rss")) {
        return NX_FORMAT_AUTO;
    }
    nx_sniffed found = nx_sniff(head, head.n == body.n, NX_STR_NONE);
    switch (found.shape == NX_SHAPE_RECORDS ? found.format : NX_FORMAT_AUTO) {
    case NX_FORMAT_HTML:
    case NX_FORMAT_FEED:
    case NX_FORMAT_NEWSML1:
    case NX_FORMAT_NEWSML2:
    case NX_FORMAT_NITF: return found.format;
    default: return NX_FORMAT_AUTO;
    }
}

static nx_status not_a_page(nx_stream *t, const nx_crawl_record *c, nx_str type, nx_error *err)
{
    char text[120];
    (void)snprintf(text, sizeof text, "content type %.*s", type.n < 80 ? (int)type.n : 80,
                   type.n > 0 ? type.p : "");
    return skip(t, c, NX_OK, "not a page", type.n > 0 ? text : "no page in it", err);
}

static nx_status emit_page(nx_stream *t, const nx_crawl_record *c, nx_str block, nx_error *err)
{
    nx_http h = nx_http_split(block);
    nx_str type = h.status != 0 ? h.content_type : c->content_type, body;
    nx_buf scratch;
    nx_buf_init(&scratch, t->reading->options->limits.record_bytes);
    const char *reason = NULL;
    nx_status st = nx_http_decode(&h, &scratch, &body, &reason, err);
    if (st != NX_OK && reason != NULL) {
        nx_error why = *err;
        st = skip(t, c, st, reason, why.msg, err);
    } else if (st != NX_OK) {
        t->reading->stop = st;
    } else if (nx_str_trim(body).n == 0) {
        st = skip(t, c, NX_OK, "empty", "the response has no content", err);
    } else {
        nx_record_facts facts = c->facts;
        facts.format = format_of(body, type, c->is_text);
        facts.charset = nx_charset_in_content_type(type);
        st = facts.format == NX_FORMAT_AUTO ? not_a_page(t, c, type, err)
                                            : nx_stream_emit(t, body, &facts, err);
    }
    nx_buf_release(&scratch);
    return st;
}

// What can be said against the block from its head alone: *done.
static nx_status judge_head(nx_stream *t, const nx_crawl_record *c, nx_str head, bool *done,
                            nx_error *err)
{
    nx_http h = nx_http_split(head);
    *done = true;
    if (h.status != 0 && (h.status < 200 || h.status > 299)) {
        char text[40];
        (void)snprintf(text, sizeof text, "HTTP status %u", h.status);
        return skip(t, c, NX_OK, "HTTP error or redirect", text, err);
    }
    nx_str type = h.status != 0 ? h.content_type : c->content_type;
    static const char *const others[] = {"image/",     "video/", "audio/", "font/",    "css",
                                         "javascript", "pdf",    "zip",    "text/dns", "json"};
    for (size_t i = 0; i < NX_COUNT(others); i++) {
        if (mentions(type, others[i])) {
            return not_a_page(t, c, type, err);
        }
    }
    if (c->bytes > t->reading->options->limits.record_bytes) {
        return skip(t, c, NX_ELIMIT, "record too large", "the stored response is too large", err);
    }
    *done = false;
    return NX_OK;
}

nx_status nx_crawl_block(nx_stream *t, const nx_crawl_record *c, nx_error *err)
{
    size_t head = c->bytes < HEAD_BYTES ? (size_t)c->bytes : HEAD_BYTES;
    nx_status st = nx_source_fill(t->source, head, err);
    if (st != NX_OK) {
        return st;
    }
    nx_str view = nx_source_view(t->source);
    bool done = false;
    st = judge_head(t, c, nx_str_make(view.p, view.n < head ? view.n : head), &done, err);
    if (st == NX_OK && !done) {
        st = nx_source_fill(t->source, (size_t)c->bytes, err);
        view = nx_source_view(t->source);
        if (st == NX_OK && view.n < c->bytes) {
            st = skip(t, c, NX_EFORMAT, "truncated record", "the file ends inside the record", err);
        } else if (st == NX_OK) {
            st = emit_page(t, c, nx_str_make(view.p, (size_t)c->bytes), err);
        }
    }
    uint64_t left = 0;
    return st == NX_OK ? nx_source_discard(t->source, c->bytes, &left, err) : st;
}

nx_status nx_crawl_recover(nx_stream *t, nx_status st, nx_error *err)
{
    if (st == NX_OK || t->reading->stop != NX_OK || st != NX_EFORMAT || !t->source->resumes) {
        return st;
    }
    t->source->resumes = false;
    nx_source_take(t->source, nx_source_view(t->source).n);
    return nx_stream_lost(t, st, err);
}
