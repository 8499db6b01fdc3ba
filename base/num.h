// num.h: numbers in and out, without locale, with ranges checked.
//
// Must not know: what a number is of; the user's language. Thread rule: pure functions.
#ifndef NX_BASE_NUM_H
#define NX_BASE_NUM_H

#include "base/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

// The whole of s must be decimal digits (a '-' first for i64). false when it is not, or out of
// range; *out is then untouched.
bool nx_parse_u64(nx_str s, uint64_t *out);
bool nx_parse_i64(nx_str s, int64_t *out);
// "512", "512k", "64M", "2G", "1.5G" (powers of 1024) -> bytes.
bool nx_parse_bytes(nx_str s, uint64_t *out);
// "90" (seconds), "30s", "15m", "24h", "7d", "2w" -> seconds.
bool nx_parse_duration(nx_str s, int64_t *out_seconds);
// Takes `wanted` decimal digits (at most 9) at *i, which goes behind them. false when there are
// fewer: *i is then behind those, *out untouched.
bool nx_take_digits(nx_str s, size_t *i, int wanted, int *out);
// The value of a hexadecimal digit, in either case; -1: it is none.
static inline int nx_hex_digit(char c)
{
    c = nx_lower(c);
    return nx_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}
// Writes the last `digits` decimal digits of n, zeros first; returns where they end. No NUL.
char *nx_put_digits(char *to, unsigned n, int digits);
// "1.2 GB", "37 kB" (powers of 1000) into out (at least 16 bytes); returns out.
char *nx_format_bytes(char out[16], uint64_t bytes);
// "1,234,567" into out (at least 28 bytes); returns out.
char *nx_format_count(char out[28], uint64_t n);

#ifdef __cplusplus
}
#endif
#endif
