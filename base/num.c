// num.c: see num.h.
#include "base/num.h"

#include <stdio.h>

bool nx_parse_u64(nx_str s, uint64_t *out)
{
    uint64_t v = 0;
    if (s.n == 0) {
        return false;
    }
    for (size_t i = 0; i < s.n; i++) {
        if (!nx_is_digit(s.p[i]) || __builtin_mul_overflow(v, 10U, &v) ||
            __builtin_add_overflow(v, (uint64_t)(s.p[i] - '0'), &v)) {
            return false;
        }
    }
    *out = v;
    return true;
}

bool nx_parse_i64(nx_str s, int64_t *out)
{
    bool negative = s.n > 0 && s.p[0] == '-';
    uint64_t v = 0;
    if (!nx_parse_u64(negative ? nx_str_skip(s, 1) : s, &v)) {
        return false;
    }
    if (v > (uint64_t)INT64_MAX + (negative ? 1 : 0)) {
        return false;
    }
    *out = negative ? (int64_t)(0 - v) : (int64_t)v;
    return true;
}

bool nx_take_digits(nx_str s, size_t *i, int wanted, int *out)
{
    int v = 0;
    for (int k = 0; k < wanted; k++, (*i)++) {
        if (*i >= s.n || !nx_is_digit(s.p[*i])) {
            return false;
        }
        v = v * 10 + (s.p[*i] - '0');
    }
    *out = v;
    return true;
}

// Decimal fraction "0.75", "3"; no exponent, no sign.
static bool parse_fraction(nx_str s, double *out)
{
    double v = 0, scale = 1; // one division at the end: 0.75 is then exactly 0.75
    bool dot = false, digits = false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '.' && !dot) {
            dot = true;
        } else if (nx_is_digit(s.p[i])) {
            digits = true;
            v = v * 10 + (s.p[i] - '0');
            scale *= dot ? 10 : 1;
        } else {
            return false;
        }
    }
    if (!digits) {
        return false;
    }
    *out = v / scale;
    return true;
}

bool nx_parse_bytes(nx_str s, uint64_t *out)
{
    double unit = 1, v = 0;
    if (s.n > 1 && nx_lower(s.p[s.n - 1]) == 'b' && !nx_is_digit(s.p[s.n - 2])) {
        s.n--; // "64MB"
    }
    if (s.n > 0) {
        switch (nx_lower(s.p[s.n - 1])) {
        case 'k': unit = 1024.0; break;
        case 'm': unit = 1024.0 * 1024; break;
        case 'g': unit = 1024.0 * 1024 * 1024; break;
        case 't': unit = 1024.0 * 1024 * 1024 * 1024; break;
        default: break;
        }
    }
    if (unit > 1) {
        s.n--;
    }
    if (!parse_fraction(s, &v) || v * unit >= 9e18) {
        return false;
    }
    *out = (uint64_t)(v * unit);
    return true;
}

bool nx_parse_duration(nx_str s, int64_t *out_seconds)
{
    int64_t unit = 1, v = 0;
    if (s.n > 0 && !nx_is_digit(s.p[s.n - 1])) {
        switch (s.p[s.n - 1]) {
        case 's': unit = 1; break;
        case 'm': unit = 60; break;
        case 'h': unit = 3600; break;
        case 'd': unit = 86400; break;
        case 'w': unit = 7 * 86400; break;
        default: return false;
        }
        s.n--;
    }
    if (!nx_parse_i64(s, &v) || v < 0 || __builtin_mul_overflow(v, unit, &v)) {
        return false;
    }
    *out_seconds = v;
    return true;
}

char *nx_put_digits(char *to, unsigned n, int digits)
{
    for (int i = digits; i-- > 0; n /= 10) {
        to[i] = (char)('0' + n % 10);
    }
    return to + digits;
}

char *nx_format_bytes(char out[16], uint64_t bytes)
{
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB", "PB"};
    double v = (double)bytes;
    size_t u = 0;
    while (v >= 999.5 && u < NX_COUNT(units) - 1) {
        v /= 1000;
        u++;
    }
    (void)snprintf(out, 16, u == 0 || v >= 99.95 ? "%.0f %s" : "%.1f %s", v, units[u]);
    return out;
}

char *nx_format_count(char out[28], uint64_t n)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%llu", (unsigned long long)n);
    char *to = out;
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0) {
            *to++ = ',';
        }
        *to++ = digits[i];
    }
    *to = '\0';
    return out;
}
