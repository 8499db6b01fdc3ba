// mime.c: see mime.h.
#include "corpus/mime.h"

#include "corpus/charset.h"
#include "corpus/transfer.h"

enum { WORD_MAX = 4096 }; // of one encoded word; the standard allows 75

// Length of the field name a line begins with; 0 when it begins with none.
static size_t field_name(nx_str line)
{
    size_t n = 0;
    while (n < line.n && line.p[n] > ' ' && line.p[n] != ':' && line.p[n] != 0x7f) {
        n++;
    }
    return n < line.n && line.p[n] == ':' ? n : 0;
}

nx_mime nx_mime_split(nx_str bytes)
{
    nx_mime m = {.headers = bytes, .body = {bytes.p + bytes.n, 0}};
    size_t i = 0, next = 0;
    for (; i < bytes.n; i = next) {
        nx_str line = nx_str_line(bytes, i, &next);
        bool folded = line.n > 0 && (line.p[0] == ' ' || line.p[0] == '\t');
        if (i == 0 && !folded && field_name(line) == 0 && line.n > 0) {
            return (nx_mime){.headers = {bytes.p, 0}, .body = bytes};
        }
        if (line.n == 0) {
            m.headers.n = i;
            m.body = nx_str_skip(bytes, next);
            break;
        }
    }
    return m;
}

nx_str nx_mime_field(nx_str headers, const char *name)
{
    nx_str wanted = nx_str_of(name);
    size_t next = 0;
    for (size_t i = 0; i < headers.n; i = next) {
        nx_str line = nx_str_line(headers, i, &next);
        if (field_name(line) != wanted.n ||
            !nx_str_eq_nocase(nx_str_make(line.p, wanted.n), wanted)) {
            continue;
        }
        size_t end = next; // with the lines that continue it
        while (end < headers.n && (headers.p[end] == ' ' || headers.p[end] == '\t')) {
            (void)nx_str_line(headers, end, &end);
        }
        size_t start = i + wanted.n + 1;
        return nx_str_trim(nx_str_make(headers.p + start, end - start));
    }
    return NX_STR_NONE;
}

nx_str nx_mime_value(nx_str field)
{
    size_t end = nx_str_find(field, NX_STR(";"), 0);
    return nx_str_trim(nx_str_make(field.p, end != SIZE_MAX ? end : field.n));
}

nx_str nx_mime_parameter(nx_str field, const char *name)
{
    nx_str wanted = nx_str_of(name);
    size_t i = 0;
    while ((i = nx_str_find(field, NX_STR(";"), i)) != SIZE_MAX) {
        i = nx_str_skip_space(field, i + 1);
        nx_str rest = nx_str_skip(field, i);
        if (!nx_str_starts_nocase(rest, wanted)) {
            continue;
        }
        i = nx_str_skip_space(field, i + wanted.n);
        if (i == field.n || field.p[i] != '=') {
            continue;
        }
        rest = nx_str_trim(nx_str_skip(field, i + 1));
        bool quoted = rest.n > 0 && rest.p[0] == '"';
        size_t end = quoted;
        while (end < rest.n &&
               (quoted ? rest.p[end] != '"' : rest.p[end] != ';' && !nx_is_space(rest.p[end]))) {
            end++;
        }
        return nx_str_make(rest.p + quoted, end - quoted);
    }
    return NX_STR_NONE;
}

void nx_mime_add_content(nx_mime part, nx_buf *out)
{
    nx_str encoding = nx_mime_value(nx_mime_field(part.headers, "Content-Transfer-Encoding"));
    if (nx_str_eq_nocase(encoding, NX_STR("base64"))) {
        nx_base64_decode(part.body, out);
    } else if (nx_str_eq_nocase(encoding, NX_STR("quoted-printable"))) {
        nx_quoted_printable_decode(part.body, false, out);
    } else {
        nx_buf_adds(out, part.body);
    }
}

// ---- encoded words (RFC 2047)

typedef struct word {
    nx_str charset, text;
    char encoding; // 'b' or 'q'
    size_t n;      // bytes it takes
} word;

// "=?charset?encoding?text?=" at i.
static bool word_at(nx_str s, size_t i, word *out)
{
    nx_str window = nx_str_make(s.p, s.n - i < WORD_MAX ? s.n : i + WORD_MAX);
    if (i + 2 > window.n || s.p[i] != '=' || s.p[i + 1] != '?') {
        return false;
    }
    size_t encoding = nx_str_find(window, NX_STR("?"), i + 2);
    size_t text = encoding != SIZE_MAX ? encoding + 3 : SIZE_MAX;
    if (encoding == SIZE_MAX || text > window.n || s.p[text - 1] != '?') {
        return false;
    }
    size_t end = nx_str_find(window, NX_STR("?="), text);
    out->encoding = nx_lower(s.p[encoding + 1]);
    if (end == SIZE_MAX || (out->encoding != 'b' && out->encoding != 'q')) {
        return false;
    }
    out->charset = nx_str_make(s.p + i + 2, encoding - i - 2);
    size_t language = nx_str_find(out->charset, NX_STR("*"), 0); // RFC 2231
    out->charset.n = language != SIZE_MAX ? language : out->charset.n;
    out->text = nx_str_make(s.p + text, end - text);
    out->n = end + 2 - i;
    return true;
}

static nx_status add_decoded(nx_buf *bytes, nx_str charset, nx_buf *out, nx_error *err)
{
    nx_buf scratch;
    nx_buf_init(&scratch, out->max);
    nx_str text = NX_STR_NONE;
    nx_status st = nx_buf_check(bytes, "a header field", err);
    if (st == NX_OK) {
        st = nx_charset_decode(nx_buf_str(bytes), charset, NX_STR_NONE, &scratch, &text, NULL, err);
    }
    if (st == NX_OK) {
        nx_buf_adds(out, text);
    }
    nx_buf_release(&scratch);
    nx_buf_clear(bytes);
    return st;
}

// White space between encoded words is none; characters may be cut between words of one charset.
nx_status nx_mime_decode(nx_str value, nx_buf *out, nx_error *err)
{
    nx_buf bytes;
    nx_buf_init(&bytes, out->max);
    nx_buf_clear(out);
    nx_str charset = NX_STR_NONE;
    nx_status st = NX_OK;
    word w;
    for (size_t i = 0; i < value.n && st == NX_OK;) {
        if (word_at(value, i, &w)) {
            if (bytes.len > 0 && !nx_str_eq_nocase(charset, w.charset)) {
                st = add_decoded(&bytes, charset, out, err);
            }
            charset = w.charset;
            if (w.encoding == 'b') {
                nx_base64_decode(w.text, &bytes);
            } else {
                nx_quoted_printable_decode(w.text, true, &bytes);
            }
            i += w.n;
            size_t after = nx_str_skip_space(value, i);
            word next;
            i = after > i && word_at(value, after, &next) ? after : i;
            continue;
        }
        if (charset.p != NULL) {
            st = add_decoded(&bytes, charset, out, err);
            charset = NX_STR_NONE;
        }
        char c = value.p[i++];
        nx_buf_addc(&bytes, c == '\n' || c == '\r' ? ' ' : c);
        if (i < value.n && value.p[i] == '=') {
            st = add_decoded(&bytes, NX_STR_NONE, out, err);
        }
    }
    if (st == NX_OK) {
        st = add_decoded(&bytes, charset, out, err);
    }
    nx_buf_release(&bytes);
    return st == NX_OK ? nx_buf_check(out, "a header field", err) : st;
}

// ---- multipart bodies

// The delimiter line "--boundary" at or after i: its place, and where the next line begins.
static size_t find_delimiter(nx_str body, nx_str boundary, size_t i, size_t *after, bool *closing)
{
    size_t next = i;
    for (; i < body.n; i = next) {
        nx_str line = nx_str_line(body, i, &next);
        if (line.n >= boundary.n + 2 && line.p[0] == '-' && line.p[1] == '-' &&
            memcmp(line.p + 2, boundary.p, boundary.n) == 0) {
            nx_str rest = nx_str_skip(line, 2 + boundary.n);
            *closing = nx_str_starts(rest, NX_STR("--"));
            if (*closing || nx_str_trim(rest).n == 0) {
                *after = next;
                return i;
            }
        }
    }
    *after = body.n;
    *closing = true;
    return body.n;
}

bool nx_mime_next_part(nx_str body, nx_str boundary, size_t *at, nx_mime *part)
{
    bool closing = false;
    size_t start = *at, after = 0;
    if (boundary.n == 0) {
        return false;
    }
    if (start == 0) {
        (void)find_delimiter(body, boundary, 0, &start, &closing);
    }
    if (closing || start >= body.n) {
        return false;
    }
    size_t end = find_delimiter(body, boundary, start, &after, &closing);
    *at = closing ? body.n : after;
    *part = nx_mime_split(nx_str_make(body.p + start, end - start));
    return true;
}
