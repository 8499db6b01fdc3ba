// buf.c: see buf.h.
#define _GNU_SOURCE
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/word64.h"

int nx_str_cmp(nx_str a, nx_str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n > 0 ? memcmp(a.p, b.p, n) : 0;
    if (c != 0) {
        return c;
    }
    return a.n < b.n ? -1 : a.n > b.n;
}

static bool same_nocase(const char *a, const char *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (nx_lower(a[i]) != nx_lower(b[i])) {
            return false;
        }
    }
    return true;
}

bool nx_str_eq_nocase(nx_str a, nx_str b)
{
    return a.n == b.n && same_nocase(a.p, b.p, a.n);
}

bool nx_str_in_nocase(nx_str s, const char *const *list)
{
    const char first = s.n > 0 ? nx_lower(s.p[0]) : '\0';
    for (; *list != NULL; list++) {
        // Nearly all of a list fails at the first letter, before its length is counted.
        if (nx_lower(**list) == first && nx_str_eq_nocase(s, nx_str_of(*list))) {
            return true;
        }
    }
    return false;
}

bool nx_str_starts_nocase(nx_str s, nx_str prefix)
{
    return s.n >= prefix.n && same_nocase(s.p, prefix.p, prefix.n);
}

size_t nx_str_starts_any_nocase(nx_str s, const char *const *list)
{
    if (s.n == 0) {
        return 0;
    }
    const char first = nx_lower(s.p[0]), second = s.n > 1 ? nx_lower(s.p[1]) : '\0';
    for (; *list != NULL; list++) {
        // As above, or at the second.
        const char *z = *list;
        if (nx_lower(z[0]) == first && (z[1] == '\0' || nx_lower(z[1]) == second) &&
            nx_str_starts_nocase(s, nx_str_of(z))) {
            return strlen(z);
        }
    }
    return 0;
}

bool nx_str_ends(nx_str s, nx_str suffix)
{
    return s.n >= suffix.n &&
           (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

size_t nx_str_ends_any_nocase(nx_str s, const char *const *list)
{
    for (; *list != NULL; list++) {
        nx_str suffix = nx_str_of(*list);
        if (s.n >= suffix.n && nx_str_eq_nocase(nx_str_skip(s, s.n - suffix.n), suffix)) {
            return suffix.n;
        }
    }
    return 0;
}

size_t nx_str_find(nx_str s, nx_str needle, size_t from)
{
    if (from > s.n || needle.n > s.n - from) {
        return SIZE_MAX;
    }
    if (needle.n == 0) {
        return from;
    }
    const char *at = needle.n == 1 ? memchr(s.p + from, needle.p[0], s.n - from)
                                   : memmem(s.p + from, s.n - from, needle.p, needle.n);
    return at != NULL ? (size_t)(at - s.p) : SIZE_MAX;
}

// The first c of p[0, end); NULL: there is none.
static const char *find_byte(const char *p, const char *end, char c)
{
    return p < end ? memchr(p, c, (size_t)(end - p)) : NULL;
}

size_t nx_str_find_nocase(nx_str s, nx_str needle, size_t from)
{
    if (from > s.n || needle.n > s.n - from) {
        return SIZE_MAX;
    }
    if (needle.n == 0) {
        return from;
    }
    const char *const end = s.p + s.n - needle.n + 1, first = needle.p[0];
    const char other = nx_is_alpha(first) ? (char)(first ^ 0x20) : first; // in the other case
    const char *one = find_byte(s.p + from, end, first);
    const char *two = other != first ? find_byte(s.p + from, end, other) : NULL;
    while (one != NULL || two != NULL) {
        const bool is_one = two == NULL || (one != NULL && one < two);
        const char *at = is_one ? one : two;
        if (same_nocase(at, needle.p, needle.n)) {
            return (size_t)(at - s.p);
        }
        one = is_one ? find_byte(at + 1, end, first) : one;
        two = is_one ? two : find_byte(at + 1, end, other);
    }
    return SIZE_MAX;
}

// A letter counts in both cases.
static void mark_byte(unsigned char marks[256], char c, unsigned mark)
{
    marks[(unsigned char)c] |= (unsigned char)mark;
    if (nx_is_alpha(c)) {
        marks[(unsigned char)c ^ 0x20] |= (unsigned char)mark;
    }
}

size_t nx_str_find_any_nocase(nx_str s, const char *const *list, size_t from)
{
    // For each byte the strings, a bit each (every ninth shares one), that have it first, or
    // second: nearly all places fail at that.
    unsigned char first[256] = {0}, second[256] = {0}, single = 0;
    unsigned mark = 1;
    for (const char *const *p = list; *p != NULL; p++) {
        mark_byte(first, (*p)[0], mark);
        if ((*p)[1] != '\0') {
            mark_byte(second, (*p)[1], mark);
        } else {
            single |= (unsigned char)mark;
        }
        mark = mark < 0x80 ? mark << 1 : 1;
    }
    for (size_t i = from; i < s.n; i++) {
        const unsigned may = first[(unsigned char)s.p[i]];
        if (may != 0 && (may & (single | (i + 1 < s.n ? second[(unsigned char)s.p[i + 1]] : 0))) &&
            nx_str_starts_any_nocase(nx_str_skip(s, i), list) > 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

bool nx_str_has_digit(nx_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (nx_is_digit(s.p[i])) {
            return true;
        }
    }
    return false;
}

bool nx_str_is_ascii(nx_str s)
{
    const uint64_t high = 0x8080808080808080U;
    size_t i = 0;
    for (; s.n - i >= 8; i += 8) {
        if ((nx_word64(s.p + i) & high) != 0) {
            return false;
        }
    }
    return i == s.n || (nx_word64_last(s.p + i, s.n - i) & high) == 0;
}

bool nx_str_in_capitals(nx_str s)
{
    bool capitals = false;
    for (size_t i = 0; i < s.n; i++) {
        if (nx_is_alpha(s.p[i]) && !nx_is_upper(s.p[i])) {
            return false;
        }
        capitals = capitals || nx_is_upper(s.p[i]);
    }
    return capitals;
}

nx_str nx_str_trim(nx_str s)
{
    while (s.n > 0 && nx_is_space(s.p[0])) {
        s.p++;
        s.n--;
    }
    while (s.n > 0 && nx_is_space(s.p[s.n - 1])) {
        s.n--;
    }
    return s;
}

size_t nx_str_skip_space(nx_str s, size_t from)
{
    while (from < s.n && nx_is_space(s.p[from])) {
        from++;
    }
    return from;
}

size_t nx_str_find_space(nx_str s, size_t from)
{
    while (from < s.n && !nx_is_space(s.p[from])) {
        from++;
    }
    return from;
}

nx_str nx_str_take_word(nx_str *rest)
{
    if (rest->n == 0) {
        return *rest; // perhaps absent: no step may be taken from NULL
    }
    size_t from = nx_str_skip_space(*rest, 0), end = nx_str_find_space(*rest, from);
    nx_str word = nx_str_make(rest->p + from, end - from);
    *rest = nx_str_skip(*rest, end);
    return word;
}

nx_str nx_str_last_word(nx_str s)
{
    size_t start = s.n;
    while (start > 0 && !nx_is_space(s.p[start - 1])) {
        start--;
    }
    return start > 0 ? nx_str_skip(s, start) : s;
}

nx_str nx_str_line(nx_str s, size_t from, size_t *next)
{
    const char *end = from < s.n ? memchr(s.p + from, '\n', s.n - from) : NULL;
    size_t stop = end != NULL ? (size_t)(end - s.p) : s.n;
    *next = stop + (end != NULL);
    bool returns = stop > from && s.p[stop - 1] == '\r';
    return nx_str_make(s.p + from, stop - from - returns);
}

static char empty[1] = ""; // never written: every write goes through reserve

void nx_buf_init(nx_buf *b, size_t max_bytes)
{
    *b = (nx_buf){.data = empty, .max = max_bytes};
}

void nx_buf_release(nx_buf *b)
{
    if (b->data != empty) {
        free(b->data);
    }
    nx_buf_init(b, b->max);
}

void nx_buf_clear(nx_buf *b)
{
    b->failed = b->over_max = false;
    b->len = 0;
    if (b->data != empty) {
        b->data[0] = '\0';
    }
}

static void give_up(nx_buf *b, bool over_max)
{
    nx_buf_release(b);
    b->failed = true;
    b->over_max = over_max;
}

char *nx_buf_grow(nx_buf *b, size_t n)
{
    if (b->failed) {
        return NULL;
    }
    if (n > b->max || b->len > b->max - n) {
        give_up(b, true);
        return NULL;
    }
    size_t need = b->len + n + 1;
    if (need > b->cap) {
        size_t cap = b->cap < 64 ? 64 : b->cap;
        while (cap < need) {
            cap += cap / 2;
        }
        char *data = realloc(b->data == empty ? NULL : b->data, cap);
        if (data == NULL) {
            give_up(b, false);
            return NULL;
        }
        b->data = data;
        b->cap = cap;
        b->data[b->len] = '\0';
    }
    return b->data + b->len;
}

void nx_buf_add_grown(nx_buf *b, const void *p, size_t n)
{
    if (n == 0) {
        return;
    }
    char *to = nx_buf_reserve(b, n);
    if (to != NULL) {
        memcpy(to, p, n);
        b->len += n;
        b->data[b->len] = '\0';
    }
}

void nx_buf_addf(nx_buf *b, const char *fmt, ...)
{
    va_list ap;
    const size_t room = b->cap - b->len; // of a failed buffer: none
    va_start(ap, fmt);
    int n = vsnprintf(room > 0 ? b->data + b->len : NULL, room, fmt, ap);
    va_end(ap);
    if (n >= 0 && nx_buf_fits(b, (size_t)n)) {
        b->len += (size_t)n;
        return;
    }
    if (room > 0) {
        b->data[b->len] = '\0'; // not all of it is there
    }
    char *to = n < 0 ? NULL : nx_buf_reserve(b, (size_t)n);
    if (to != NULL) {
        va_start(ap, fmt);
        (void)vsnprintf(to, (size_t)n + 1, fmt, ap);
        va_end(ap);
        b->len += (size_t)n;
    }
}

void nx_buf_truncate(nx_buf *b, size_t len)
{
    if (len < b->len) {
        b->len = len;
        b->data[len] = '\0';
    }
}

char *nx_buf_take(nx_buf *b)
{
    char *data = b->failed ? NULL : realloc(b->data == empty ? NULL : b->data, b->len + 1);
    if (data != NULL) {
        data[b->len] = '\0';
        nx_buf_init(b, b->max);
    }
    return data;
}

nx_status nx_buf_check(const nx_buf *b, const char *what, nx_error *err)
{
    if (!b->failed) {
        return NX_OK;
    }
    if (b->over_max) {
        return nx_fail(err, NX_ELIMIT, "%s is larger than %zu bytes", what, b->max);
    }
    return nx_fail_nomem(err);
}
