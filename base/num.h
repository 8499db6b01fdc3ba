// num.h: numbers in and out, without locale, with ranges checked.
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
// Decimal fraction "0.75", "3" -> double; no exponent, no sign.
bool nx_parse_fraction(nx_str s, double *out);
// "1.2 GB", "37 kB" (powers of 1000) into out (at least 16 bytes); returns out.
char *nx_format_bytes(char out[16], uint64_t bytes);
// "1,234,567" into out (at least 28 bytes); returns out.
char *nx_format_count(char out[28], uint64_t n);

#ifdef __cplusplus
}
#endif
#endif
