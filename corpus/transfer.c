// transfer.c: base64 and quoted-printable; see transfer.h.
#include "corpus/transfer.h"

#include "base/num.h"

static int base64_value(char c)
{
    if (nx_is_upper(c)) {
        return c - 'A';
    }
    if (nx_is_alpha(c)) {
        return c - 'a' + 26;
    }
    if (nx_is_digit(c)) {
        return c - '0' + 52;
    }
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

void nx_base64_decode(nx_str s, nx_buf *out)
{
    uint32_t bits = 0;
    int count = 0;
    for (size_t i = 0; i < s.n && s.p[i] != '='; i++) {
        int value = base64_value(s.p[i]);
        if (value < 0) {
            continue;
        }
        bits = (bits << 6 | (uint32_t)value) & 0xffffff;
        count += 6;
        if (count >= 8) {
            count -= 8;
            nx_buf_addc(out, (char)(bits >> count & 0xff));
        }
    }
}

// Length of the line end at i, with the white space that may stand before it; 0 when there is none.
static size_t soft_break(nx_str s, size_t i)
{
    size_t start = i;
    while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t')) {
        i++;
    }
    if (i == s.n) {
        return i - start;
    }
    if (s.p[i] == '\n') {
        return i + 1 - start;
    }
    return s.p[i] == '\r' ? i + 1 + (i + 1 < s.n && s.p[i + 1] == '\n') - start : 0;
}

void nx_quoted_printable_decode(nx_str s, bool header, nx_buf *out)
{
    for (size_t i = 0; i < s.n; i++) {
        if (header && s.p[i] == '_') {
            nx_buf_addc(out, ' ');
        } else if (s.p[i] != '=') {
            nx_buf_addc(out, s.p[i]);
        } else {
            int high = i + 2 < s.n ? nx_hex_digit(s.p[i + 1]) : -1;
            int low = high >= 0 ? nx_hex_digit(s.p[i + 2]) : -1;
            size_t skip = header ? 0 : soft_break(s, i + 1);
            if (low >= 0) {
                nx_buf_addc(out, (char)(high * 16 + low));
                i += 2;
            } else if (skip > 0 || (!header && i + 1 == s.n)) {
                i += skip;
            } else {
                nx_buf_addc(out, '=');
            }
        }
    }
}
