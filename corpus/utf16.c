// utf16.c: UTF-16 as a source of UTF-8. See nx_source_utf16 in source.h.
//
// Source: RFC 2781. Surrogates without their other half become U+FFFD.
#include "corpus/source.h"

#include <stdlib.h>

#include "base/utf8.h"

typedef struct utf16_source {
    nx_source base;
    nx_source *inner;
    bool begun, big_endian;
} utf16_source;

static uint32_t unit(const utf16_source *u, const char *p)
{
    uint32_t a = (unsigned char)p[0], b = (unsigned char)p[1];
    return u->big_endian ? a << 8 | b : b << 8 | a;
}

// Decodes one character from view (at least 1 byte; 4 or all there is); returns bytes used.
static size_t decode(const utf16_source *u, nx_str view, uint32_t *c)
{
    *c = NX_REPLACEMENT;
    if (view.n < 2) {
        return view.n;
    }
    *c = unit(u, view.p);
    if (*c < 0xd800 || *c > 0xdfff) {
        return 2;
    }
    uint32_t low = view.n >= 4 ? unit(u, view.p + 2) : 0;
    if (*c > 0xdbff || low < 0xdc00 || low > 0xdfff) {
        *c = NX_REPLACEMENT;
        return 2;
    }
    *c = 0x10000 + ((*c - 0xd800) << 10 | (low - 0xdc00));
    return 4;
}

static nx_status utf16_read(nx_source *s, void *p, size_t n, size_t *got, nx_error *err)
{
    utf16_source *u = (utf16_source *)s;
    char *out = p, one[4];
    *got = 0;
    while (*got == 0 || (n - *got >= sizeof one && nx_source_view(u->inner).n >= 4)) {
        nx_status st = nx_source_fill(u->inner, 4, err);
        if (st != NX_OK) {
            return nx_source_pass(s, u->inner, st);
        }
        nx_str view = nx_source_view(u->inner);
        if (view.n == 0) {
            return NX_OK;
        }
        if (!u->begun && view.n >= 2) {
            u->begun = true;
            u->big_endian = view.p[0] == '\xfe' || view.p[0] == '\0';
            if (unit(u, view.p) == 0xfeff) { // the mark is not text
                nx_source_take(u->inner, 2);
                continue;
            }
        }
        uint32_t c;
        nx_source_take(u->inner, decode(u, view, &c));
        size_t len = nx_utf8_encode(c, one);
        if (len > n - *got) { // n is never that small: fill asks for at least a step
            return nx_fail(err, NX_EBUG, "no room for a character");
        }
        memcpy(out + *got, one, len);
        *got += len;
    }
    return NX_OK;
}

static void utf16_close(nx_source *s)
{
    free(s);
}

nx_source *nx_source_utf16(nx_source *inner)
{
    static const nx_source_ops ops = {utf16_read, NULL, utf16_close};
    utf16_source *u = nx_source_new(sizeof *u, &ops, inner->name, inner->budget);
    if (u != NULL) {
        u->inner = inner;
    }
    return u != NULL ? &u->base : NULL;
}
