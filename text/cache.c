// cache.c: see cache.h.
#include "text/cache.h"

#include <stdlib.h>

#include "base/word64.h"

static size_t front_bytes(unsigned bits)
{
    return ((size_t)1 << bits) * sizeof(nx_front);
}

void nx_cache_drop(nx_cache *c)
{
    nx_vocab_free(c->keys);
    nx_arena_free(c->forms);
    free(c->entries);
    free(c->front);
    *c = (nx_cache){.stemmer = c->stemmer};
}

void nx_cache_clear(nx_cache *c)
{
    if (c->keys != NULL) {
        nx_vocab_clear(c->keys);
        nx_arena_clear(c->forms);
        memset(c->front, 0, front_bytes(c->front_bits));
    }
}

size_t nx_cache_bytes(const nx_cache *c)
{
    return c->keys == NULL ? 0
                           : nx_vocab_bytes(c->keys) + nx_arena_bytes(c->forms) +
                                 front_bytes(c->front_bits) + c->entry_cap * sizeof *c->entries;
}

bool nx_cache_ready(nx_cache *c)
{
    if (c->keys == NULL) {
        c->keys = nx_vocab_new();
        c->forms = nx_arena_new(SIZE_MAX / 4);
        c->front = calloc(1, front_bytes(NX_FRONT_BITS_FIRST));
        c->front_bits = NX_FRONT_BITS_FIRST;
        if (c->keys == NULL || c->forms == NULL || c->front == NULL) {
            nx_cache_drop(c);
            return false;
        }
    }
    return true;
}

// Room for the entry of key number id.
static bool room(nx_cache *c, uint32_t id)
{
    if (id < c->entry_cap) {
        return true;
    }
    size_t cap = c->entry_cap < 1024 ? 1024 : c->entry_cap * 2;
    nx_cache_entry *entries = realloc(c->entries, cap * sizeof *entries);
    if (entries == NULL) {
        return false;
    }
    c->entries = entries;
    c->entry_cap = cap;
    return true;
}

// Copies what the expander holds into the entry.
static bool keep_forms(nx_cache *c, const nx_expander *x, nx_cache_entry *e, int which)
{
    nx_form *forms = nx_arena_alloc(c->forms, x->form_count * sizeof *forms + 1);
    if (forms == NULL) {
        return false;
    }
    if (x->form_count > 0) {
        memcpy(forms, x->forms, x->form_count * sizeof *forms);
    }
    e->forms[which] = forms;
    e->form_count[which] = (uint16_t)x->form_count;
    e->positions = (uint8_t)x->positions;
    return true;
}

static bool expand_into(nx_cache *c, nx_expander *x, nx_str key, bool ideographs, nx_cache_entry *e)
{
    if (ideographs) {
        nx_expand_ideographs(x, key);
    } else {
        (void)nx_expand(x, key, false); // short enough to be consumed whole
    }
    bool differs = x->capitals_matter;
    if (x->failed || !keep_forms(c, x, e, 0)) {
        return false;
    }
    e->forms[1] = e->forms[0];
    e->form_count[1] = e->form_count[0];
    if (differs) {
        (void)nx_expand(x, key, true);
        return !x->failed && keep_forms(c, x, e, 1);
    }
    return true;
}

const nx_cache_entry *nx_cache_find(const nx_cache *c, nx_str key)
{
    uint32_t id = nx_vocab_find(c->keys, key);
    return id == NX_VOCAB_NONE ? NULL : &c->entries[id];
}

const nx_cache_entry *nx_cache_add(nx_cache *c, nx_expander *x, nx_str key, bool ideographs)
{
    uint32_t id = nx_vocab_add(c->keys, key, NULL);
    if (id == NX_VOCAB_NONE || !room(c, id) ||
        !expand_into(c, x, key, ideographs, &c->entries[id])) {
        return NULL;
    }
    return &c->entries[id];
}

static nx_front *front_at(const nx_cache *c, size_t slot)
{
    return &c->front[slot >> (NX_FRONT_BITS - c->front_bits)];
}

// A larger front, empty, when there are more chunks than it has room for. Without memory the small
// one does.
static void grow_front(nx_cache *c)
{
    if (c->front_bits == NX_FRONT_BITS || nx_vocab_count(c->keys) >> c->front_bits == 0) {
        return;
    }
    nx_front *larger = calloc(1, front_bytes(c->front_bits + NX_FRONT_BITS_STEP));
    if (larger != NULL) {
        free(c->front);
        c->front = larger;
        c->front_bits += NX_FRONT_BITS_STEP;
    }
}

nx_front_key nx_front_seek(const nx_cache *c, nx_str key, size_t left)
{
    if (key.n > NX_FRONT_BYTES) {
        return (nx_front_key){.slot = NX_FRONT_SLOTS};
    }
    const size_t rest = key.n > 8 ? key.n - 8 : 0;
    uint64_t words[2];
    if (left >= NX_FRONT_BYTES) {
        words[0] = nx_word64_first(nx_word64(key.p), key.n);
        words[1] = nx_word64_first(nx_word64(key.p + 8), rest);
    } else {
        words[0] = nx_word64_last(key.p, key.n - rest);
        words[1] = nx_word64_last(key.p + 8, rest);
    }
    // Only speed depends on it: what has no place here is found in the table behind.
    uint64_t h = (words[0] ^ words[1] >> 7) * 0x9e3779b97f4a7c15U;
    size_t slot = (size_t)((h ^ words[1] * 0xc2b2ae3d27d4eb4fU) >> (64 - NX_FRONT_BITS));
    __builtin_prefetch(front_at(c, slot));
    return (nx_front_key){words[0], words[1], slot};
}

const nx_front *nx_front_find(const nx_cache *c, const nx_front_key *key)
{
    if (key->slot == NX_FRONT_SLOTS) {
        return NULL;
    }
    const nx_front *f = front_at(c, key->slot);
    return f->a == key->a && f->b == key->b ? f : NULL;
}

void nx_front_put(nx_cache *c, const nx_front_key *key, const nx_cache_entry *e)
{
    grow_front(c);
    if (key->slot < NX_FRONT_SLOTS) {
        *front_at(c, key->slot) =
            (nx_front){key->a, key->b, e->forms[0], e->form_count[0], e->positions};
    }
}

void nx_cache_fetch(const nx_cache *c, const nx_front_key *front, nx_str key)
{
    const nx_front *f = nx_front_find(c, front);
    if (f != NULL) {
        __builtin_prefetch(f->forms);
    } else {
        nx_vocab_fetch(c->keys, key);
    }
}
