// seen.c: see seen.h. Open addressing on the digest, which is uniform already.
#include "indexer/seen.h"

#include <stdlib.h>

struct nx_seen {
    nx_seen_entry *slots;
    bool *used;
    size_t mask, count;
};

nx_seen *nx_seen_new(void)
{
    nx_seen *s = calloc(1, sizeof *s);
    if (s == NULL) {
        return NULL;
    }
    s->mask = 255;
    s->slots = calloc(s->mask + 1, sizeof *s->slots);
    s->used = calloc(s->mask + 1, sizeof *s->used);
    if (s->slots == NULL || s->used == NULL) {
        nx_seen_free(s);
        return NULL;
    }
    return s;
}

void nx_seen_free(nx_seen *s)
{
    if (s != NULL) {
        free(s->slots);
        free(s->used);
        free(s);
    }
}

void nx_seen_clear(nx_seen *s)
{
    memset(s->used, 0, (s->mask + 1) * sizeof *s->used);
    s->count = 0;
}

static size_t probe(const nx_seen *s, const unsigned char key[16])
{
    size_t i = 0;
    memcpy(&i, key, sizeof i);
    for (i &= s->mask; s->used[i] && memcmp(s->slots[i].key, key, 16) != 0;) {
        i = (i + 1) & s->mask;
    }
    return i;
}

static bool grow(nx_seen *s)
{
    nx_seen old = *s;
    s->mask = old.mask * 2 + 1;
    s->slots = calloc(s->mask + 1, sizeof *s->slots);
    s->used = calloc(s->mask + 1, sizeof *s->used);
    if (s->slots == NULL || s->used == NULL) {
        free(s->slots);
        free(s->used);
        *s = old;
        return false;
    }
    for (size_t i = 0; i <= old.mask; i++) {
        if (old.used[i]) {
            size_t to = probe(s, old.slots[i].key);
            s->used[to] = true;
            s->slots[to] = old.slots[i];
        }
    }
    free(old.slots);
    free(old.used);
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
    if (s->count * 2 >= s->mask && !grow(s)) {
        return nx_fail_nomem(err);
    }
    size_t i = probe(s, e->key);
    if (!s->used[i]) {
        s->used[i] = true;
        s->slots[i] = *e;
        s->count++;
        return NX_OK;
    }
    *replaced = true;
    bool wins = newer(e, &s->slots[i]);
    *loser = wins ? s->slots[i] : *e;
    if (wins) {
        bool existed = s->slots[i].existed; // a copy that this run put is no copy from before it
        s->slots[i] = *e;
        s->slots[i].existed = existed;
    }
    return NX_OK;
}

const nx_seen_entry *nx_seen_find(const nx_seen *s, const unsigned char key[16])
{
    size_t i = probe(s, key);
    return s->used[i] ? &s->slots[i] : NULL;
}

void nx_seen_existed(nx_seen *s, const unsigned char key[16])
{
    size_t i = probe(s, key);
    s->slots[i].existed = s->slots[i].existed || s->used[i];
}

size_t nx_seen_count(const nx_seen *s)
{
    return s->count;
}

void nx_seen_each(const nx_seen *s, nx_seen_fn *each, void *ctx)
{
    for (size_t i = 0; i <= s->mask; i++) {
        if (s->used[i]) {
            each(ctx, &s->slots[i]);
        }
    }
}
