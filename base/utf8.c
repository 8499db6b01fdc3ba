// utf8.c: see utf8.h.
#include "base/utf8.h"

static uint32_t ill_formed(bool *bad)
{
    if (bad != NULL) {
        *bad = true;
    }
    return NX_REPLACEMENT;
}

uint32_t nx_utf8_decode(nx_str s, size_t i, size_t *next, bool *bad)
{
    unsigned char c = (unsigned char)s.p[i];
    *next = i + 1;
    if (c < 0x80) {
        return c;
    }
    // What the second byte may be depends on the first (RFC 3629, section 4).
    unsigned char low = 0x80, high = 0xbf;
    int more = 0;
    uint32_t v = 0;
    if (c >= 0xc2 && c <= 0xdf) {
        more = 1;
        v = c & 0x1fU;
    } else if (c >= 0xe0 && c <= 0xef) {
        more = 2;
        v = c & 0x0fU;
        low = c == 0xe0 ? 0xa0 : 0x80;
        high = c == 0xed ? 0x9f : 0xbf;
    } else if (c >= 0xf0 && c <= 0xf4) {
        more = 3;
        v = c & 0x07U;
        low = c == 0xf0 ? 0x90 : 0x80;
        high = c == 0xf4 ? 0x8f : 0xbf;
    } else {
        return ill_formed(bad);
    }
    for (; more > 0; more--) {
        unsigned char d = *next < s.n ? (unsigned char)s.p[*next] : 0;
        if (d < low || d > high) {
            return ill_formed(bad);
        }
        v = v << 6 | (d & 0x3fU);
        (*next)++;
        low = 0x80;
        high = 0xbf;
    }
    return v;
}

size_t nx_utf8_encode(uint32_t c, char out[4])
{
    if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) {
        c = NX_REPLACEMENT;
    }
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xc0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xe0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3f));
        out[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3f));
    out[2] = (char)(0x80 | (c >> 6 & 0x3f));
    out[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}

void nx_utf8_add(nx_buf *b, uint32_t c)
{
    char bytes[4];
    nx_buf_add(b, bytes, nx_utf8_encode(c, bytes));
}

size_t nx_utf8_valid(nx_str s)
{
    size_t i = 0;
    while (i < s.n) {
        // Eight ASCII bytes at a time: most news is ASCII.
        while (s.n - i >= 8) {
            uint64_t word;
            memcpy(&word, s.p + i, 8);
            if ((word & 0x8080808080808080U) != 0) {
                break;
            }
            i += 8;
        }
        if (i >= s.n) {
            break;
        }
        size_t next = i;
        bool bad = false;
        (void)nx_utf8_decode(s, i, &next, &bad);
        if (bad) {
            return i;
        }
        i = next;
    }
    return s.n;
}

size_t nx_utf8_add_repaired(nx_buf *b, nx_str s)
{
    size_t replaced = 0;
    while (s.n > 0) {
        size_t good = nx_utf8_valid(s);
        nx_buf_add(b, s.p, good);
        if (good == s.n) {
            break;
        }
        size_t next = good;
        (void)nx_utf8_decode(s, good, &next, NULL);
        nx_utf8_add(b, NX_REPLACEMENT);
        replaced++;
        s = nx_str_skip(s, next);
    }
    return replaced;
}

size_t nx_utf8_cut(nx_str s, size_t limit)
{
    if (limit >= s.n) {
        return s.n;
    }
    while (limit > 0 && ((unsigned char)s.p[limit] & 0xc0) == 0x80) {
        limit--;
    }
    return limit;
}

static bool in_ranges(uint32_t c, const uint32_t (*ranges)[2], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (c >= ranges[i][0] && c <= ranges[i][1]) {
            return true;
        }
    }
    return false;
}

int nx_utf8_width(uint32_t c)
{
    // The blocks that news text meets; not the whole of UAX #11.
    static const uint32_t zero[][2] = {
        {0x0000, 0x001f}, {0x007f, 0x009f}, {0x00ad, 0x00ad}, {0x0300, 0x036f}, {0x0483, 0x0489},
        {0x0591, 0x05bd}, {0x0610, 0x061a}, {0x064b, 0x065f}, {0x0e31, 0x0e31}, {0x0e34, 0x0e3a},
        {0x0e47, 0x0e4e}, {0x1ab0, 0x1aff}, {0x200b, 0x200f}, {0x202a, 0x202e}, {0x2060, 0x2064},
        {0x20d0, 0x20f0}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0xfeff, 0xfeff}};
    static const uint32_t wide[][2] = {{0x1100, 0x115f},   {0x2e80, 0x303e},   {0x3041, 0xa4cf},
                                       {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},
                                       {0xff00, 0xff60},   {0xffe0, 0xffe6},   {0x1f300, 0x1f64f},
                                       {0x1f680, 0x1f6ff}, {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd}};
    if (c >= 0x20 && c < 0x7f) {
        return 1;
    }
    if (in_ranges(c, zero, NX_COUNT(zero))) {
        return 0;
    }
    return in_ranges(c, wide, NX_COUNT(wide)) ? 2 : 1;
}

size_t nx_utf8_columns(nx_str s)
{
    size_t columns = 0;
    for (size_t i = 0; i < s.n;) {
        columns += (size_t)nx_utf8_width(nx_utf8_decode(s, i, &i, NULL));
    }
    return columns;
}
