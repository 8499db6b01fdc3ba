// vocab.c: see vocab.h. Open addressing, linear probing, load factor at most 1/2; the slot keeps
// the 32 bits of the hash that place it, so that a miss rarely touches the string and growing none;
// and the address of the string, whose length stands before it, so that a hit costs two accesses to
// memory and not three. By number, address and length stand together for the same reason.
#include "base/vocab.h"

#include <stdlib.h>
#include <sys/random.h>

#include "base/arena.h"
#include "base/word64.h"

typedef struct string {
    uint32_t n;
    char bytes[]; // and a NUL
} string;

typedef struct slot {
    uint32_t hash, id_plus_1;
    const string *string;
} slot;

struct nx_vocab {
    slot *slots;
    size_t mask;     // slots - 1
    nx_str *strings; // by number
    uint32_t count, cap;
    uint64_t seed;
    nx_arena *bytes;
};

static inline uint64_t mix(uint64_t a, uint64_t b)
{
    __uint128_t m = (__uint128_t)a * b;
    return (uint64_t)m ^ (uint64_t)(m >> 64);
}

uint64_t nx_hash64(const void *data, size_t n, uint64_t seed)
{
    // Multiply-and-fold over 8-byte words (the construction of wyhash; the constants are the
    // fractional digits of pi and e, odd).
    const uint64_t k1 = 0x243f6a8885a308d3U, k2 = 0xb7e151628aed2a6bU;
    const unsigned char *p = data;
    uint64_t h = seed ^ mix(n + k1, k2);
    while (n >= 16) {
        h = mix(nx_word64(p) ^ k1 ^ h, nx_word64(p + 8) ^ k2);
        p += 16;
        n -= 16;
    }
    const size_t rest = n > 8 ? n - 8 : 0;
    h = mix(nx_word64_last(p, n - rest) ^ k1 ^ h, nx_word64_last(p + n - rest, rest) ^ k2);
    return mix(h ^ k2, k1);
}

nx_vocab *nx_vocab_new(void)
{
    nx_vocab *v = calloc(1, sizeof *v);
    if (v == NULL) {
        return NULL;
    }
    v->mask = 1024 - 1;
    v->slots = calloc(v->mask + 1, sizeof *v->slots);
    v->bytes = nx_arena_new(SIZE_MAX / 4);
    if (getrandom(&v->seed, sizeof v->seed, GRND_NONBLOCK) != (ssize_t)sizeof v->seed) {
        v->seed = (uint64_t)(uintptr_t)v; // early boot: address randomisation must do
    }
    if (v->slots == NULL || v->bytes == NULL) {
        nx_vocab_free(v);
        return NULL;
    }
    return v;
}

void nx_vocab_free(nx_vocab *v)
{
    if (v != NULL) {
        free(v->slots);
        free(v->strings);
        nx_arena_free(v->bytes);
        free(v);
    }
}

void nx_vocab_clear(nx_vocab *v)
{
    memset(v->slots, 0, (v->mask + 1) * sizeof *v->slots);
    nx_arena_clear(v->bytes);
    v->count = 0;
}

static uint32_t hash_of(const nx_vocab *v, nx_str s)
{
    return (uint32_t)(nx_hash64(s.p, s.n, v->seed) >> 32);
}

static inline nx_str str_of(const string *s)
{
    return nx_str_make(s->bytes, s->n);
}

static size_t probe(const nx_vocab *v, nx_str s, uint32_t hash)
{
    for (size_t i = hash & v->mask;; i = (i + 1) & v->mask) {
        const slot *at = &v->slots[i];
        if (at->id_plus_1 == 0 || (at->hash == hash && nx_str_eq(str_of(at->string), s))) {
            return i;
        }
    }
}

uint32_t nx_vocab_find(const nx_vocab *v, nx_str s)
{
    return v->slots[probe(v, s, hash_of(v, s))].id_plus_1 - 1; // 0 wraps to NONE
}

void nx_vocab_fetch(const nx_vocab *v, nx_str s)
{
    __builtin_prefetch(&v->slots[hash_of(v, s) & v->mask]);
}

static bool grow_slots(nx_vocab *v)
{
    size_t mask = v->mask * 2 + 1;
    slot *slots = calloc(mask + 1, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    for (const slot *from = v->slots; from <= v->slots + v->mask; from++) {
        if (from->id_plus_1 == 0) {
            continue;
        }
        size_t i = from->hash & mask;
        while (slots[i].id_plus_1 != 0) {
            i = (i + 1) & mask;
        }
        slots[i] = *from;
    }
    free(v->slots);
    v->slots = slots;
    v->mask = mask;
    return true;
}

static const string *copy_of(nx_vocab *v, nx_str s)
{
    string *copy = s.n < UINT32_MAX ? nx_arena_alloc(v->bytes, sizeof *copy + s.n + 1) : NULL;
    if (copy == NULL) {
        return NULL;
    }
    copy->n = (uint32_t)s.n;
    if (s.n > 0) {
        memcpy(copy->bytes, s.p, s.n);
    }
    copy->bytes[s.n] = '\0';
    return copy;
}

uint32_t nx_vocab_add(nx_vocab *v, nx_str s, bool *is_new)
{
    uint32_t hash = hash_of(v, s);
    size_t i = probe(v, s, hash);
    if (is_new != NULL) {
        *is_new = v->slots[i].id_plus_1 == 0;
    }
    if (v->slots[i].id_plus_1 != 0) {
        return v->slots[i].id_plus_1 - 1;
    }
    if (v->count >= NX_VOCAB_NONE - 1) {
        return NX_VOCAB_NONE;
    }
    if (v->count == v->cap) {
        uint32_t cap = v->cap < 512 ? 512 : v->cap > NX_VOCAB_NONE / 2 ? NX_VOCAB_NONE : v->cap * 2;
        nx_str *strings = realloc(v->strings, (size_t)cap * sizeof *strings);
        if (strings == NULL) {
            return NX_VOCAB_NONE;
        }
        v->strings = strings;
        v->cap = cap;
    }
    if ((size_t)v->count * 2 >= v->mask) {
        if (!grow_slots(v)) {
            return NX_VOCAB_NONE;
        }
        i = probe(v, s, hash);
    }
    const string *copy = copy_of(v, s);
    if (copy == NULL) {
        return NX_VOCAB_NONE;
    }
    v->strings[v->count] = str_of(copy);
    v->slots[i] = (slot){hash, v->count + 1, copy};
    return v->count++;
}

nx_str nx_vocab_get(const nx_vocab *v, uint32_t id)
{
    return v->strings[id];
}

void nx_vocab_fetch_number(const nx_vocab *v, uint32_t id)
{
    __builtin_prefetch(&v->strings[id]);
}

uint32_t nx_vocab_count(const nx_vocab *v)
{
    return v->count;
}

size_t nx_vocab_bytes(const nx_vocab *v)
{
    return (v->mask + 1) * sizeof *v->slots + (size_t)v->cap * sizeof *v->strings +
           nx_arena_bytes(v->bytes) + (size_t)v->count * 8;
}
