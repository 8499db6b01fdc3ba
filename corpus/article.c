// article.c: see article.h. Building the record: every string is cleaned once, on its way in.
#include "corpus/article.h"

#include <stdint.h>

#include "base/utf8.h"
#include "base/word64.h"

static const char *const from_names[] = {
#define X(code, name) [code] = name,
    NX_FROM_LIST(X)
#undef X
};

const char *nx_from_name(nx_from from)
{
    return (size_t)from < NX_COUNT(from_names) ? from_names[from] : "none";
}

nx_article *nx_article_new(size_t max_bytes)
{
    nx_arena *arena = nx_arena_new(max_bytes);
    nx_article *a = arena != NULL ? nx_arena_calloc(arena, 1, sizeof *a) : NULL;
    if (a == NULL) {
        nx_arena_free(arena);
        return NULL;
    }
    a->arena = arena;
    return a;
}

void nx_article_free(nx_article *a)
{
    if (a != NULL) {
        nx_arena_free(a->arena); // the article itself lives in it
    }
}

typedef enum glyph { VISIBLE, SPACE, BREAK, DROPPED } glyph;

// What the character at s.p[i] is; *next is where the following one starts.
static glyph classify(nx_str s, size_t i, size_t *next, uint32_t *u)
{
    unsigned char c = (unsigned char)s.p[i];
    if (c < 0x80) {
        *next = i + 1;
        *u = c;
        if (c > ' ') {
            return c == 0x7f ? DROPPED : VISIBLE;
        }
        return c == ' ' || c == '\t' ? SPACE : nx_is_space((char)c) ? BREAK : DROPPED;
    }
    *u = nx_utf8_decode(s, i, next, NULL);
    if (*u == 0x85 || *u == 0x2028 || *u == 0x2029) {
        return BREAK;
    }
    if (*u == 0xa0 || (*u >= 0x2000 && *u <= 0x200a) || *u == 0x202f || *u == 0x205f ||
        *u == 0x3000) {
        return SPACE;
    }
    return *u < 0xa0 || *u == 0xfeff ? DROPPED : VISIBLE;
}

static bool is_plain(char c)
{
    return c > ' ' && c < 0x7f;
}

// Eight bytes of text, the first in the lowest byte. A mask has the highest bit of every byte that
// it is about.
static uint64_t spaces_of(uint64_t eight)
{
    const uint64_t low = 0x7f7f7f7f7f7f7f7fU, other = eight ^ 0x2020202020202020U;
    return ~(((other & low) + low) | other | low);
}

// Bytes beyond ASCII, and controls.
static uint64_t odd_of(uint64_t eight)
{
    const uint64_t low = 0x7f7f7f7f7f7f7f7fU, ones = 0x0101010101010101U, seven = eight & low;
    return (eight | ~(seven + 0x60 * ones) | (seven + ones)) & ~low;
}

// Where the run of ASCII words with single spaces between that goes on at s.p[i] ends: after the
// last of its words. What stands before i is plain.
static size_t plain_end(nx_str s, size_t i)
{
    uint64_t before = 0; // the highest bit of a byte when a space stands before i
    while (s.n - i >= 8) {
        const uint64_t eight = nx_word64(s.p + i);
        const uint64_t spaces = spaces_of(eight);
        if ((odd_of(eight) | (spaces & (spaces << 8 | before))) != 0) {
            break;
        }
        before = spaces >> 56;
        i += 8;
    }
    if (before != 0 && (i == s.n || !is_plain(s.p[i]))) {
        return i - 1;
    }
    while (i < s.n &&
           (is_plain(s.p[i]) || (s.p[i] == ' ' && i + 1 < s.n && is_plain(s.p[i + 1])))) {
        i++;
    }
    return i;
}

// Writes the cleaned form of s to out; returns its length. White space runs become one space, or
// one '\n' when they hold a line break and keep_breaks is set; none is left at either end. An
// ill-formed byte becomes U+FFFD, so out needs room for 3 * s.n bytes; s.n when s is valid.
static size_t clean(nx_str s, bool keep_breaks, char *out)
{
    size_t n = 0;
    glyph pending = VISIBLE;
    uint32_t u = 0;
    for (size_t i = 0, next = 0; i < s.n; i = next) {
        glyph g = classify(s, i, &next, &u);
        if (g == VISIBLE) {
            if (pending != VISIBLE && n > 0) {
                out[n++] = pending == BREAK && keep_breaks ? '\n' : ' ';
            }
            pending = VISIBLE;
            if (u >= 0x80) {
                n += nx_utf8_encode(u, out + n);
                continue;
            }
            next = plain_end(s, next); // most of a text
            memcpy(out + n, s.p + i, next - i);
            n += next - i;
        } else if (g == BREAK || (g == SPACE && pending == VISIBLE)) {
            pending = g;
        }
    }
    return n;
}

// The cleaned form of s in the arena; absent when nothing is left or there is no memory (the
// arena then says so).
static nx_str clean_copy(nx_arena *arena, nx_str s, bool keep_breaks)
{
    if (s.n == 0) {
        return NX_STR_NONE;
    }
    size_t room = s.n;
    if (nx_utf8_valid(s) != s.n && __builtin_mul_overflow(s.n, 3, &room)) {
        room = SIZE_MAX; // more than any arena holds: fails there
    }
    char *out = nx_arena_alloc(arena, room);
    size_t n = out != NULL ? clean(s, keep_breaks, out) : 0;
    return n > 0 ? nx_str_make(out, n) : NX_STR_NONE;
}

void nx_article_set(nx_article *a, nx_fact *fact, nx_str s, nx_from from)
{
    if (fact->s.p != NULL) {
        return;
    }
    nx_str copy = clean_copy(a->arena, s, false);
    if (copy.p != NULL) {
        *fact = (nx_fact){copy, from};
    }
}

static void add_to_list(nx_article *a, nx_fact *list, size_t *count, size_t max, nx_str s,
                        nx_from from)
{
    nx_fact fact = {NX_STR_NONE, NX_FROM_NONE};
    if (*count < max) {
        nx_article_set(a, &fact, s, from);
    }
    for (size_t i = 0; i < *count && fact.s.p != NULL; i++) {
        if (nx_str_eq_nocase(list[i].s, fact.s)) {
            return;
        }
    }
    if (fact.s.p != NULL) {
        list[(*count)++] = fact;
    }
}

void nx_article_add_author(nx_article *a, nx_str name, nx_from from)
{
    add_to_list(a, a->authors, &a->author_count, NX_AUTHORS_MAX, name, from);
}

void nx_article_add_keyword(nx_article *a, nx_str word, nx_from from)
{
    add_to_list(a, a->keywords, &a->keyword_count, NX_KEYWORDS_MAX, word, from);
}

void nx_article_set_body(nx_article *a, nx_str text)
{
    a->body = clean_copy(a->arena, text, true);
}
