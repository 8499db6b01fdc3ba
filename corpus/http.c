// http.c: see http.h. Source: RFC 9112. Lenient where crawlers are: they often store a body
// already decoded and leave the headers that said how it was encoded.
#include "corpus/http.h"

#include "base/num.h"
#include "corpus/sniff.h"
#include "corpus/source.h"

// Bytes up to and with the empty line that ends the headers; s.n when there is none.
static size_t headers_end(nx_str s)
{
    for (size_t i = 0; i < s.n;) {
        const char *hit = memchr(s.p + i, '\n', s.n - i);
        if (hit == NULL) {
            break;
        }
        i = (size_t)(hit - s.p) + 1;
        if (i < s.n && s.p[i] == '\n') {
            return i + 1;
        }
        if (i + 1 < s.n && s.p[i] == '\r' && s.p[i + 1] == '\n') {
            return i + 2;
        }
    }
    return s.n;
}

nx_str nx_http_header(nx_str headers, nx_str name)
{
    for (size_t i = 0; i < headers.n;) {
        const char *hit = memchr(headers.p + i, '\n', headers.n - i);
        size_t end = hit != NULL ? (size_t)(hit - headers.p) : headers.n;
        nx_str line = nx_str_make(headers.p + i, end - i);
        if (line.n > name.n && line.p[name.n] == ':' && nx_str_starts_nocase(line, name)) {
            return nx_str_trim(nx_str_skip(line, name.n + 1));
        }
        i = end + 1;
    }
    return NX_STR_NONE;
}

nx_http nx_http_split(nx_str response)
{
    nx_http h = {.body = response};
    if (!nx_str_starts(response, NX_STR("HTTP/"))) {
        return h;
    }
    size_t end = headers_end(response);
    nx_str headers = nx_str_make(response.p, end);
    const char *space = memchr(headers.p, ' ', headers.n);
    for (size_t i = space != NULL ? (size_t)(space - headers.p) + 1 : headers.n;
         i < headers.n && nx_is_digit(headers.p[i]) && h.status < 1000; i++) {
        h.status = h.status * 10 + (unsigned)(headers.p[i] - '0');
    }
    h.content_type = nx_http_header(headers, NX_STR("Content-Type"));
    h.transfer_encoding = nx_http_header(headers, NX_STR("Transfer-Encoding"));
    h.content_encoding = nx_http_header(headers, NX_STR("Content-Encoding"));
    h.body = nx_str_skip(response, end);
    return h;
}

// "1a2b;ext\r\n" at s: the chunk's size; false when it is no chunk header.
static bool chunk_size(nx_str s, size_t *size, size_t *used)
{
    size_t i = 0;
    *size = 0;
    for (; i < s.n && i < 8; i++) {
        int digit = nx_hex_digit(s.p[i]);
        if (digit < 0) {
            break;
        }
        *size = *size * 16 + (size_t)digit;
    }
    const char *end = i > 0 ? memchr(s.p + i, '\n', s.n - i < 256 ? s.n - i : 256) : NULL;
    if (end == NULL || (s.p[i] != '\r' && s.p[i] != '\n' && s.p[i] != ';' && s.p[i] != ' ')) {
        return false;
    }
    *used = (size_t)(end - s.p) + 1;
    return true;
}

// Appends the body of chunks. What does not follow the rules from some point on is taken as it is.
static void unchunk(nx_str s, nx_buf *out)
{
    size_t size, used;
    while (s.n > 0 && chunk_size(s, &size, &used)) {
        s = nx_str_skip(s, used);
        if (size == 0) {
            return;
        }
        size_t n = size < s.n ? size : s.n;
        nx_buf_add(out, s.p, n);
        s = nx_str_skip(s, n);
        size_t gap = nx_str_starts(s, NX_STR("\r\n")) ? 2 : nx_str_starts(s, NX_STR("\n"));
        s = nx_str_skip(s, gap);
    }
    nx_buf_adds(out, s);
}

typedef nx_status unpack_fn(nx_str packed, nx_buf *out, nx_error *err);

typedef struct coding {
    const char *name;
    unpack_fn *unpack; // NULL: this build does not read it
} coding;

static const coding codings[] = {
    {"gzip", nx_inflate},
    {"deflate", nx_inflate},
    {"zstd", nx_unzstd},
#ifdef NX_HAVE_BROTLI
    {"br", nx_unbrotli},
#else
    {"br", NULL},
#endif
};

// The coding that a Content-Encoding names; NULL: none, or one that leaves the bytes alone.
static const coding *coding_of(nx_str value)
{
    for (size_t i = 0; i < NX_COUNT(codings); i++) {
        nx_str name = nx_str_of(codings[i].name);
        if (name.n > 2 ? nx_str_find_nocase(value, name, 0) != SIZE_MAX
                       : nx_str_eq_nocase(value, name)) {
            return &codings[i];
        }
    }
    return NULL;
}

// Could the bytes be a page, as they are?
static bool is_readable(nx_str s)
{
    nx_str head = nx_str_make(s.p, s.n < NX_SNIFF_BYTES ? s.n : NX_SNIFF_BYTES);
    nx_shape shape = nx_sniff(head, head.n == s.n, NX_STR_NONE).shape;
    return shape == NX_SHAPE_RECORDS || shape == NX_SHAPE_EMPTY || shape == NX_SHAPE_UTF16;
}

static nx_status unpack(const coding *c, nx_str packed, nx_buf *scratch, nx_str *body,
                        const char **reason, nx_error *err)
{
    nx_buf plain;
    nx_buf_init(&plain, scratch->max);
    nx_status st = c->unpack != NULL ? c->unpack(packed, &plain, err)
                                     : nx_fail(err, NX_EFORMAT, "this build does not read it");
    if (st == NX_EFORMAT) {
        nx_buf_release(&plain);
        *body = packed;
        if (is_readable(packed)) {
            return NX_OK; // stored decoded
        }
        *reason = c->unpack != NULL ? "damaged content" : "compressed content";
        return nx_wrap(err, "content encoding %s: ", c->name);
    }
    *reason = st == NX_ELIMIT ? "record too large" : NULL;
    nx_buf_release(scratch);
    *scratch = plain;
    *body = nx_buf_str(scratch);
    return st;
}

nx_status nx_http_decode(const nx_http *h, nx_buf *scratch, nx_str *body, const char **reason,
                         nx_error *err)
{
    size_t size, used;
    *body = h->body;
    *reason = NULL;
    if (nx_str_find_nocase(h->transfer_encoding, NX_STR("chunked"), 0) != SIZE_MAX &&
        chunk_size(h->body, &size, &used)) {
        unchunk(h->body, scratch);
        nx_status st = nx_buf_check(scratch, "content", err);
        if (st != NX_OK) {
            *reason = st == NX_ELIMIT ? "record too large" : NULL;
            return st;
        }
        *body = nx_buf_str(scratch);
    }
    const coding *c = coding_of(h->content_encoding);
    return c != NULL ? unpack(c, *body, scratch, body, reason, err) : NX_OK;
}
