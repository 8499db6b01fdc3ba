// shingles.c: hashes of runs of words in an open-addressed table.
#include "corpus/shingles.h"

#include <stdlib.h>

struct window {
    uint64_t words[NX_SHINGLE_SIZE];
    size_t seen;
};

static bool in_word(char c)
{
    return nx_is_alpha(c) || nx_is_digit(c) || (unsigned char)c >= 0xc3;
}

// The next word's hash at or after *i; 0 at the end. Bytes 0x80..0xbf continue a word; general
// punctuation (U+2000..U+206F, first byte e2) and Latin-1 signs (c2) end it.
static uint64_t next_word(nx_str s, size_t *i)
{
    size_t at = *i;
    while (at < s.n && (!in_word(s.p[at]) || (unsigned char)s.p[at] == 0xe2)) {
        at++;
    }
    if (at >= s.n) {
        *i = at;
        return 0;
    }
    uint64_t h = 14695981039346656037ULL;
    for (; at < s.n; at++) {
        unsigned char c = (unsigned char)s.p[at];
        bool goes_on = c >= 0x80 ? c != 0xe2 && c != 0xc2 : in_word(s.p[at]);
        if (!goes_on) {
            break;
        }
        h = (h ^ (unsigned char)nx_lower(s.p[at])) * 1099511628211ULL;
    }
    *i = at;
    return h | 1;
}

// The hash of the last words seen, oldest first; never 0.
static uint64_t combined(const struct window *w, size_t words)
{
    uint64_t h = 0;
    for (size_t k = words; k > 0; k--) {
        h = (h ^ w->words[(w->seen - k) % NX_SHINGLE_SIZE]) * 0x9e3779b97f4a7c15ULL;
        h ^= h >> 29;
    }
    return h | 1;
}

// The next shingle of s; 0 at the end. A text with too few words gives one.
static uint64_t next_shingle(nx_str s, size_t *i, struct window *w)
{
    for (;;) {
        uint64_t word = next_word(s, i);
        if (word == 0) {
            bool few = w->seen > 0 && w->seen < NX_SHINGLE_SIZE;
            uint64_t h = few ? combined(w, w->seen) : 0;
            w->seen = 0;
            return h;
        }
        w->words[w->seen++ % NX_SHINGLE_SIZE] = word;
        if (w->seen >= NX_SHINGLE_SIZE) {
            return combined(w, NX_SHINGLE_SIZE);
        }
    }
}

static bool insert(nx_shingles *s, uint64_t h)
{
    size_t at = (size_t)(h >> 20) & s->mask;
    while (s->slots[at] != 0) {
        if (s->slots[at] == h) {
            return false;
        }
        at = (at + 1) & s->mask;
    }
    s->slots[at] = h;
    return true;
}

static bool contains(const nx_shingles *s, uint64_t h)
{
    for (size_t at = (size_t)(h >> 20) & s->mask; s->slots[at] != 0; at = (at + 1) & s->mask) {
        if (s->slots[at] == h) {
            return true;
        }
    }
    return false;
}

// Calls for every shingle of every length a short text may have: 1..SIZE words.
static void insert_all(nx_shingles *s, nx_str text)
{
    struct window w = {.seen = 0};
    size_t i = 0;
    for (uint64_t word; (word = next_word(text, &i)) != 0;) {
        w.words[w.seen++ % NX_SHINGLE_SIZE] = word;
        for (size_t n = 1; n <= NX_SHINGLE_SIZE && n <= w.seen; n++) {
            s->count += insert(s, combined(&w, n));
        }
    }
}

nx_status nx_shingles_make(nx_shingles *out, nx_str text, nx_error *err)
{
    *out = (nx_shingles){0};
    size_t words = 0;
    for (size_t i = 0; next_word(text, &i) != 0;) {
        words++;
    }
    size_t cap = 64;
    while (cap < words * NX_SHINGLE_SIZE * 2) {
        cap *= 2;
    }
    out->slots = calloc(cap, sizeof *out->slots);
    if (out->slots == NULL) {
        return nx_fail_nomem(err);
    }
    out->mask = cap - 1;
    insert_all(out, text);
    return NX_OK;
}

void nx_shingles_release(nx_shingles *s)
{
    free(s->slots);
    *s = (nx_shingles){0};
}

int nx_shingles_share(const nx_shingles *s, nx_str text)
{
    struct window w = {.seen = 0};
    size_t i = 0, all = 0, in = 0;
    for (uint64_t h; (h = next_shingle(text, &i, &w)) != 0;) {
        all++;
        in += contains(s, h);
        if (w.seen == 0) {
            break;
        }
    }
    return all > 0 ? (int)(in * 100 / all) : 0;
}
