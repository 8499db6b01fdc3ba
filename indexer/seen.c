// seen.c: see seen.h. Open addressing on the digest, which is uniform already.
#include "indexer/seen.h"

#include <stdlib.h>

enum { NO_ENTRY = 0 };

struct nx_seen {
    nx_seen_entry *entries;
    size_t count, cap;
    uint32_t *slots; // number of an entry + 1
    size_t mask;
};

nx_seen *nx_seen_new(void)
{
    nx_seen *s = calloc(1, sizeof *s);
    if (s == NULL) {
        return NULL;
    }
    s->mask = 255;
    s->slots = calloc(s->mask + 1, sizeof *s->slots);
    if (s->slots == NULL) {
        nx_seen_free(s);
        return NULL;
    }
    return s;
}

void nx_seen_free(nx_seen *s)
{
    if (s != NULL) {
        free(s->entries);
        free(s->slots);
        free(s);
    }
}

void nx_seen_clear(nx_seen *s)
{
    memset(s->slots, 0, (s->mask + 1) * sizeof *s->slots);
    s->count = 0;
}

static size_t probe(const nx_seen *s, const unsigned char key[16])
{
    size_t i = 0;
    memcpy(&i, key, sizeof i);
    for (i &= s->mask;
         s->slots[i] != NO_ENTRY && memcmp(s->entries[s->slots[i] - 1].key, key, 16) != 0;) {
        i = (i + 1) & s->mask;
    }
    return i;
}

// Room for one more.
static bool grow(nx_seen *s)
{
    if (s->count == s->cap) {
        size_t cap = s->cap < 128 ? 128 : s->cap + s->cap / 2;
        nx_seen_entry *grown =
            cap < UINT32_MAX ? realloc(s->entries, cap * sizeof *s->entries) : NULL;
        if (grown == NULL) {
            return false;
        }
        s->entries = grown;
        s->cap = cap;
    }
    if (s->count * 2 >= s->mask) {
        const size_t size = (s->mask + 1) * 2;
        uint32_t *slots = calloc(size, sizeof *slots);
        if (slots == NULL) {
            return false;
        }
        free(s->slots);
        s->slots = slots;
        s->mask = size - 1;
        for (size_t i = 0; i < s->count; i++) {
            s->slots[probe(s, s->entries[i].key)] = (uint32_t)i + 1;
        }
    }
    return true;
}

static bool is_extract(const nx_seen_entry *a, const nx_seen_entry *of)
{
    return a->of_feed && !of->of_feed && !a->canceled && !of->canceled &&
           a->text_bytes < of->text_bytes / 2;
}

static bool newer(const nx_seen_entry *a, const nx_seen_entry *b)
{
    if (is_extract(a, b) || is_extract(b, a)) {
        return is_extract(b, a);
    }
    const bool untimed =
        (a->canceled && a->freshness == INT64_MIN) || (b->canceled && b->freshness == INT64_MIN);
    if (a->freshness != b->freshness && !untimed) {
        return a->freshness > b->freshness;
    }
    if (a->version != b->version && !(untimed && (a->version == 0 || b->version == 0))) {
        return a->version > b->version;
    }
    return a->batch != b->batch ? a->batch > b->batch : a->ordinal > b->ordinal;
}

nx_status nx_seen_put(nx_seen *s, const nx_seen_entry *e, nx_seen_entry *loser, bool *replaced,
                      nx_error *err)
{
    *replaced = false;
    if (!grow(s)) {
        return nx_fail_nomem(err);
    }
    size_t i = probe(s, e->key);
    if (s->slots[i] == NO_ENTRY) {
        s->entries[s->count++] = *e;
        s->slots[i] = (uint32_t)s->count;
        return NX_OK;
    }
    nx_seen_entry *there = &s->entries[s->slots[i] - 1];
    *replaced = true;
    bool wins = newer(e, there);
    *loser = wins ? *there : *e;
    if (wins) {
        bool existed = there->existed; // a copy that this run put is no copy from before it
        *there = *e;
        there->existed = existed;
    }
    return NX_OK;
}

static nx_seen_entry *find(const nx_seen *s, const unsigned char key[16])
{
    const uint32_t number = s->slots[probe(s, key)];
    return number != NO_ENTRY ? &s->entries[number - 1] : NULL;
}

const nx_seen_entry *nx_seen_find(const nx_seen *s, const unsigned char key[16])
{
    return find(s, key);
}

void nx_seen_existed(nx_seen *s, const unsigned char key[16])
{
    nx_seen_entry *e = find(s, key);
    if (e != NULL) {
        e->existed = true;
    }
}

size_t nx_seen_count(const nx_seen *s)
{
    return s->count;
}

size_t nx_seen_bytes(const nx_seen *s)
{
    return s->count * sizeof *s->entries + (s->mask + 1) * sizeof *s->slots;
}

void nx_seen_each(const nx_seen *s, nx_seen_fn *each, void *ctx)
{
    for (size_t i = 0; i < s->count; i++) {
        each(ctx, &s->entries[i]);
    }
}
