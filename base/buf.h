// buf.h: byte slices, and a growing byte buffer with a ceiling and sticky failure.
//
// Must not know: encodings, files, errors texts. Cost: amortised O(1) per byte.
// Thread rule: an object belongs to one thread at a time.
#ifndef NX_BASE_BUF_H
#define NX_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/status.h"

#ifdef __cplusplus
extern "C" {
#endif

// A borrowed run of bytes, not NUL-terminated unless its maker says so. {NULL, 0} is "absent";
// a non-NULL p with n == 0 is "present and empty".
typedef struct nx_str {
    const char *p;
    size_t n;
} nx_str;

#define NX_STR(literal) ((nx_str){(literal), sizeof(literal) - 1})
#define NX_STR_NONE ((nx_str){NULL, 0})

static inline nx_str nx_str_of(const char *z)
{
    nx_str s = {z, z != NULL ? strlen(z) : 0};
    return s;
}
static inline nx_str nx_str_make(const char *p, size_t n)
{
    nx_str s = {p, n};
    return s;
}
// s without its first n bytes (n at most s.n).
static inline nx_str nx_str_skip(nx_str s, size_t n)
{
    return nx_str_make(s.p + n, s.n - n);
}
static inline bool nx_str_eq(nx_str a, nx_str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
// Byte order, a proper prefix first: the order of Xapian terms.
int nx_str_cmp(nx_str a, nx_str b);
// ASCII letters compare without case; other bytes exactly.
bool nx_str_eq_nocase(nx_str a, nx_str b);
// Is s, in any case, one of the list, which ends with NULL?
bool nx_str_in_nocase(nx_str s, const char *const *list);
static inline bool nx_str_starts(nx_str s, nx_str prefix)
{
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}
bool nx_str_starts_nocase(nx_str s, nx_str prefix);
// The bytes of the first of the list, which ends with NULL and holds no empty string, that s begins
// with, in any case; 0 when there is none.
size_t nx_str_starts_any_nocase(nx_str s, const char *const *list);
bool nx_str_ends(nx_str s, nx_str suffix);
// The same of what s ends in; s may be no more than that.
size_t nx_str_ends_any_nocase(nx_str s, const char *const *list);
// First occurrence of needle at or after from; SIZE_MAX when there is none.
size_t nx_str_find(nx_str s, nx_str needle, size_t from);
size_t nx_str_find_nocase(nx_str s, nx_str needle, size_t from);
// First occurrence, at or after from, of any of the list, which ends with NULL and holds no empty
// string; SIZE_MAX when there is none.
size_t nx_str_find_any_nocase(nx_str s, const char *const *list, size_t from);
static inline bool nx_str_has_any_nocase(nx_str s, const char *const *list)
{
    return nx_str_find_any_nocase(s, list, 0) != SIZE_MAX;
}
bool nx_str_has_digit(nx_str s); // an ASCII digit
bool nx_str_is_ascii(nx_str s);
bool nx_str_in_capitals(nx_str s); // it has ASCII letters, all of them capitals
// Without leading and trailing ASCII white space (space, \t \n \v \f \r).
nx_str nx_str_trim(nx_str s);
// Where the white space that may begin at from (at most s.n) ends.
size_t nx_str_skip_space(nx_str s, size_t from);
// The first white space at or after from; s.n when there is none.
size_t nx_str_find_space(nx_str s, size_t from);
// Takes the first word (what has no white space) off *rest; empty when there is none left.
nx_str nx_str_take_word(nx_str *rest);
// What stands behind the last white space; all of s when there is none.
nx_str nx_str_last_word(nx_str s);

// The line at from (at most s.n) without its end (LF, CR LF, or CR at the end of s); *next is where
// the following one begins, s.n after the last.
nx_str nx_str_line(nx_str s, size_t from, size_t *next);

// ASCII-only classification, independent of locale.
static inline bool nx_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}
static inline bool nx_is_digit(char c)
{
    return c >= '0' && c <= '9';
}
static inline bool nx_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}
static inline bool nx_is_alpha(char c)
{
    return nx_is_upper(c) || (c >= 'a' && c <= 'z');
}
static inline char nx_lower(char c)
{
    return nx_is_upper(c) ? (char)(c | 0x20) : c;
}
static inline char nx_upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c & ~0x20) : c;
}

// data is never NULL and data[len] is NUL. The first failure (no memory, or more than max bytes)
// frees the content, sets failed, and makes every later append do nothing, so that a run of
// appends needs one check at its end.
typedef struct nx_buf {
    char *data;
    size_t len, cap, max;
    bool failed;   // the content is gone
    bool over_max; // it failed because of max, not of memory
} nx_buf;

void nx_buf_init(nx_buf *b, size_t max_bytes); // cannot fail, allocates nothing
void nx_buf_release(nx_buf *b);                // frees; b is as after init
void nx_buf_clear(nx_buf *b);                  // len = 0, failed = false; keeps the memory
// The common case of what follows, there without a call: the bytes fit already. A failed buffer
// has no capacity.
static inline bool nx_buf_fits(const nx_buf *b, size_t n)
{
    return n < b->cap - b->len && n <= b->max - b->len;
}
char *nx_buf_grow(nx_buf *b, size_t n);                    // nx_buf_reserve when they do not
void nx_buf_add_grown(nx_buf *b, const void *p, size_t n); // nx_buf_add when they do not
// Room for n more bytes after len, for writing in place; the caller then adds to len.
// NULL on failure.
static inline char *nx_buf_reserve(nx_buf *b, size_t n)
{
    return nx_buf_fits(b, n) ? b->data + b->len : nx_buf_grow(b, n);
}
static inline void nx_buf_add(nx_buf *b, const void *p, size_t n)
{
    if (n > 0 && nx_buf_fits(b, n)) {
        memcpy(b->data + b->len, p, n);
        b->len += n;
        b->data[b->len] = '\0';
    } else {
        nx_buf_add_grown(b, p, n);
    }
}
static inline void nx_buf_addc(nx_buf *b, char c)
{
    nx_buf_add(b, &c, 1);
}
static inline void nx_buf_addz(nx_buf *b, const char *z)
{
    nx_buf_add(b, z, strlen(z));
}
static inline void nx_buf_adds(nx_buf *b, nx_str s)
{
    nx_buf_add(b, s.p, s.n);
}
void nx_buf_addf(nx_buf *b, const char *fmt, ...) NX_PRINTF(2, 3);
// Cuts to len bytes (len <= b->len).
void nx_buf_truncate(nx_buf *b, size_t len);
static inline nx_str nx_buf_str(const nx_buf *b)
{
    return nx_str_make(b->data, b->len);
}
// The content, malloc'ed with its NUL and nothing behind; b is as after init. NULL without memory,
// or when b has failed.
char *nx_buf_take(nx_buf *b);
// NX_OK, or NX_ENOMEM / NX_ELIMIT with a message that names what.
nx_status nx_buf_check(const nx_buf *b, const char *what, nx_error *err) NX_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
