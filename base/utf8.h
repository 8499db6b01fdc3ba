// utf8.h: decoding and encoding UTF-8 one character at a time, and making bytes valid.
//
// Must not know: what the characters mean (text/ does). Source: RFC 3629; replacement of
// ill-formed input as the Unicode Standard 3.9 recommends (maximal subparts). Pure functions.
#ifndef NX_BASE_UTF8_H
#define NX_BASE_UTF8_H

#include "base/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

#define NX_REPLACEMENT 0xfffdU

// The character at s.p[i] (i < s.n); *next is where the following one starts (always > i).
// Ill-formed bytes give NX_REPLACEMENT and set *bad (may be NULL; never cleared).
uint32_t nx_utf8_decode(nx_str s, size_t i, size_t *next, bool *bad);
// 1..4 bytes into out; surrogates and values over 0x10ffff are written as U+FFFD.
size_t nx_utf8_encode(uint32_t c, char out[4]);
void nx_utf8_add(nx_buf *b, uint32_t c);
// Offset of the first ill-formed byte, or s.n when all is valid.
size_t nx_utf8_valid(nx_str s);
// Appends s with ill-formed parts replaced by U+FFFD. Returns how many were replaced.
size_t nx_utf8_add_repaired(nx_buf *b, nx_str s);
// Largest n <= limit at which cutting s does not split a character (s.n when limit >= s.n).
size_t nx_utf8_cut(nx_str s, size_t limit);
// Terminal columns of one character: 0 for combining marks, controls and format characters, 2
// for East Asian wide and emoji, else 1. Columns of a whole string.
int nx_utf8_width(uint32_t c);
size_t nx_utf8_columns(nx_str s);

#ifdef __cplusplus
}
#endif
#endif
