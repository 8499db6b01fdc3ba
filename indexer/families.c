// families.c: see families.h.
#include "indexer/families.h"

#include <stdlib.h>

enum {
    GROUP_ENTRIES = 1 << 21, // look-ups sorted at a time
    NO_ENTRY = 0,            // in the table
};

typedef struct entry {
    uint64_t key, family;
    size_t id_at;
    uint32_t id_n;
    uint64_t mark;
    bool fresh;   // its family is to be found
    bool changed; // by this join
    nx_sketch sketch;
} entry;

struct nx_families {
    entry *entries;
    size_t count, cap;
    uint32_t *table; // open addressing: number of an entry + 1, by key
    size_t table_size;
    nx_buf ids;
    // families that have lost an article since the last join: the rest may fall apart
    uint64_t *broken;
    size_t broken_count, broken_cap;
};

char *nx_family_id(char out[17], uint64_t family)
{
    for (int i = 15; i >= 0; i--, family >>= 4) {
        out[i] = "0123456789abcdef"[family & 15];
    }
    out[16] = '\0';
    return out;
}

bool nx_family_id_parse(nx_str id, uint64_t *family)
{
    *family = 0;
    for (size_t i = 0; id.n == 16 && i < id.n; i++) {
        char c = id.p[i];
        if (!nx_is_digit(c) && (c < 'a' || c > 'f')) {
            return false;
        }
        *family = *family << 4 | (uint64_t)(nx_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return id.n == 16 && *family != 0;
}

nx_families *nx_families_new(void)
{
    nx_families *f = calloc(1, sizeof *f);
    if (f != NULL) {
        nx_buf_init(&f->ids, SIZE_MAX / 4);
    }
    return f;
}

void nx_families_free(nx_families *f)
{
    if (f != NULL) {
        nx_buf_release(&f->ids);
        free(f->entries);
        free(f->table);
        free(f->broken);
        free(f);
    }
}

// ---- entries by key

static size_t slot_of(const nx_families *f, uint64_t key)
{
    size_t at = (size_t)key & (f->table_size - 1);
    while (f->table[at] != NO_ENTRY && f->entries[f->table[at] - 1].key != key) {
        at = (at + 1) & (f->table_size - 1);
    }
    return at;
}

static nx_status make_room(nx_families *f, nx_error *err)
{
    if (f->count == f->cap) {
        size_t cap = f->cap < 64 ? 64 : f->cap + f->cap / 2;
        entry *grown = cap < UINT32_MAX ? realloc(f->entries, cap * sizeof *grown) : NULL;
        if (grown == NULL) {
            return nx_fail_nomem(err);
        }
        f->entries = grown;
        f->cap = cap;
    }
    if ((f->count + 1) * 2 > f->table_size) {
        size_t size = f->table_size < 128 ? 128 : f->table_size * 2;
        uint32_t *table = calloc(size, sizeof *table);
        if (table == NULL) {
            return nx_fail_nomem(err);
        }
        free(f->table);
        f->table = table;
        f->table_size = size;
        for (size_t i = 0; i < f->count; i++) {
            table[slot_of(f, f->entries[i].key)] = (uint32_t)i + 1;
        }
    }
    return NX_OK;
}

size_t nx_families_find(const nx_families *f, uint64_t key)
{
    uint32_t number = f->table_size > 0 ? f->table[slot_of(f, key)] : NO_ENTRY;
    return number != NO_ENTRY ? number - 1 : SIZE_MAX;
}

// Its family has to be looked at again without it.
static nx_status note_broken(nx_families *f, uint64_t family, nx_error *err)
{
    if (family == 0) {
        return NX_OK;
    }
    if (f->broken_count == f->broken_cap) {
        size_t cap = f->broken_cap < 16 ? 16 : f->broken_cap * 2;
        uint64_t *grown = realloc(f->broken, cap * sizeof *grown);
        if (grown == NULL) {
            return nx_fail_nomem(err);
        }
        f->broken = grown;
        f->broken_cap = cap;
    }
    f->broken[f->broken_count++] = family;
    return NX_OK;
}

nx_status nx_families_put(nx_families *f, const nx_family_entry *e, nx_error *err)
{
    nx_status st = make_room(f, err);
    size_t i = st == NX_OK ? nx_families_find(f, e->key) : SIZE_MAX;
    bool same = i != SIZE_MAX && memcmp(&f->entries[i].sketch, &e->sketch, sizeof e->sketch) == 0;
    if (st == NX_OK && i != SIZE_MAX && !same) {
        st = note_broken(f, f->entries[i].family, err);
    }
    if (st != NX_OK) {
        return st;
    }
    if (i == SIZE_MAX) {
        size_t at = f->ids.len;
        nx_buf_adds(&f->ids, e->id);
        st = nx_buf_check(&f->ids, "the ids of articles", err);
        if (st != NX_OK) {
            return st;
        }
        i = f->count++;
        f->table[slot_of(f, e->key)] = (uint32_t)i + 1;
        f->entries[i] = (entry){.key = e->key, .id_at = at, .id_n = (uint32_t)e->id.n};
    }
    if (!same) {
        f->entries[i].sketch = e->sketch;
        f->entries[i].family = e->family;
        f->entries[i].fresh = !e->settled;
    }
    f->entries[i].mark = e->mark;
    return NX_OK;
}

nx_status nx_families_drop(nx_families *f, uint64_t key, bool *found, nx_error *err)
{
    size_t i = nx_families_find(f, key);
    if (found != NULL) {
        *found = i != SIZE_MAX;
    }
    if (i == SIZE_MAX) {
        return NX_OK;
    }
    nx_status st = note_broken(f, f->entries[i].family, err);
    if (st != NX_OK) {
        return st;
    }
    // Open addressing: what follows the hole moves up when the hole is on its way.
    size_t mask = f->table_size - 1, hole = slot_of(f, key);
    for (size_t at = (hole + 1) & mask; f->table[at] != NO_ENTRY; at = (at + 1) & mask) {
        size_t home = (size_t)f->entries[f->table[at] - 1].key & mask;
        if (((at - home) & mask) >= ((at - hole) & mask)) {
            f->table[hole] = f->table[at];
            hole = at;
        }
    }
    f->table[hole] = NO_ENTRY;
    size_t last = --f->count;
    if (i != last) {
        f->table[slot_of(f, f->entries[last].key)] = (uint32_t)i + 1;
        f->entries[i] = f->entries[last];
    }
    return NX_OK;
}

size_t nx_families_count(const nx_families *f)
{
    return f->count;
}

nx_family_entry nx_families_get(const nx_families *f, size_t i)
{
    const entry *e = &f->entries[i];
    return (nx_family_entry){.key = e->key,
                             .family = e->family,
                             .id = nx_str_make(f->ids.data + e->id_at, e->id_n),
                             .sketch = e->sketch,
                             .settled = !e->fresh,
                             .mark = e->mark};
}

void nx_families_mark(nx_families *f, size_t i, uint64_t mark)
{
    f->entries[i].mark = mark;
}

void nx_families_settle(nx_families *f, size_t i, uint64_t family)
{
    if (i < f->count) {
        f->entries[i].family = family;
        f->entries[i].fresh = false;
    }
}

// ---- joining

typedef struct joining {
    nx_families *f;
    uint32_t *parent; // union-find
    bool *copies;     // stands for itself by another entry of the same text
    unsigned char *bits;
    size_t bits_size; // a power of two
    // look-ups: upper half the hash of what entries are to agree in, lower half the entry
    uint64_t *items, *spare;
    size_t count, cap;
} joining;

static uint32_t root_of(joining *j, uint32_t i)
{
    while (j->parent[i] != i) {
        j->parent[i] = j->parent[j->parent[i]];
        i = j->parent[i];
    }
    return i;
}

static void unite(joining *j, uint32_t a, uint32_t b)
{
    a = root_of(j, a);
    b = root_of(j, b);
    j->parent[a < b ? b : a] = a < b ? a : b;
}

static int compare_keys(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

// Families as they were, apart from the broken ones, whose members start anew.
static void take_old_families(joining *j)
{
    nx_families *f = j->f;
    if (f->broken_count > 0) {
        qsort(f->broken, f->broken_count, sizeof *f->broken, compare_keys);
    }
    for (uint32_t i = 0; i < f->count; i++) {
        j->parent[i] = i;
    }
    for (uint32_t i = 0; i < f->count; i++) {
        entry *e = &f->entries[i];
        e->changed = false;
        if (e->fresh || e->family == 0) {
            continue;
        }
        size_t first = nx_families_find(f, e->family);
        if (first == SIZE_MAX || f->entries[first].family != e->family ||
            (f->broken_count > 0 && bsearch(&e->family, f->broken, f->broken_count,
                                            sizeof *f->broken, compare_keys) != NULL)) {
            e->fresh = true;
        } else {
            unite(j, i, (uint32_t)first);
        }
    }
}

// What entries are compared by: the whole text, or the bands first .. end-1 of their sketches.
typedef struct aspect {
    bool exact;
    unsigned first, end;
} aspect;

static uint32_t mixed(uint64_t x)
{
    return (uint32_t)((x * 0x9e3779b97f4a7c15U) >> 32); // 2^64 / golden ratio
}

// The hashes of what an entry is compared by; returns how many.
static unsigned hashes_of(const entry *e, const aspect *by, uint32_t out[NX_SKETCH_BINS])
{
    if (by->exact) {
        out[0] = mixed(e->sketch.exact);
        return e->sketch.exact != 0;
    }
    unsigned count = 0;
    for (unsigned n = by->first; e->sketch.shingles > 0 && n < by->end; n++) {
        uint32_t key = 0;
        const bool there = nx_sketch_band(&e->sketch, n, &key);
        out[count] = mixed((uint64_t)n << 32 | key);
        count += there; // no branch: it could not be foreseen
    }
    return count;
}

static nx_status push(joining *j, uint64_t item, nx_error *err)
{
    if (j->count == j->cap) {
        size_t cap = j->cap < 1024 ? 1024 : j->cap * 2;
        uint64_t *items = realloc(j->items, cap * sizeof *items);
        if (items != NULL) {
            j->items = items;
        }
        uint64_t *spare = items != NULL ? realloc(j->spare, cap * sizeof *spare) : NULL;
        if (spare == NULL) {
            return nx_fail_nomem(err);
        }
        j->spare = spare;
        j->cap = cap;
    }
    j->items[j->count++] = item;
    return NX_OK;
}

static bool all_fresh(const nx_families *f)
{
    size_t i = 0;
    while (i < f->count && f->entries[i].fresh) {
        i++;
    }
    return i == f->count;
}

// Look-ups of every entry that may agree with a fresh one: a bitmap of the fresh ones' hashes keeps
// most of the others out. When there are no others, all bits are set.
static nx_status gather(joining *j, const aspect *by, nx_error *err)
{
    const nx_families *f = j->f;
    const bool all = all_fresh(f);
    nx_status st = NX_OK;
    memset(j->bits, all ? 0xff : 0, j->bits_size / 8);
    j->count = 0;
    for (int fill = !all; fill >= 0; fill--) {
        for (uint32_t i = 0; st == NX_OK && i < f->count; i++) {
            if (j->copies[i] || (fill && !f->entries[i].fresh)) {
                continue;
            }
            uint32_t hashes[NX_SKETCH_BINS];
            const unsigned count = hashes_of(&f->entries[i], by, hashes);
            for (unsigned n = 0; st == NX_OK && n < count; n++) {
                const size_t bit = hashes[n] & (j->bits_size - 1);
                if (fill) {
                    j->bits[bit / 8] |= (unsigned char)(1U << bit % 8);
                } else if (j->bits[bit / 8] >> bit % 8 & 1) {
                    st = push(j, (uint64_t)hashes[n] << 32 | i, err);
                }
            }
        }
    }
    return st;
}

// By the upper half, ties as they were: three rounds of a radix sort.
static void sort_items(joining *j)
{
    enum { BITS = 11, SIZE = 1 << BITS };
    for (unsigned shift = 32; shift < 64; shift += BITS) {
        size_t starts[SIZE] = {0}, at = 0;
        for (size_t i = 0; i < j->count; i++) {
            starts[j->items[i] >> shift & (SIZE - 1)]++;
        }
        for (size_t k = 0; k < SIZE; k++) {
            size_t n = starts[k];
            starts[k] = at;
            at += n;
        }
        for (size_t i = 0; i < j->count; i++) {
            j->spare[starts[j->items[i] >> shift & (SIZE - 1)]++] = j->items[i];
        }
        uint64_t *swap = j->items;
        j->items = j->spare;
        j->spare = swap;
    }
}

// Entries of the same text: one stands for all, one that is not fresh when there is one.
static void join_copies(joining *j, const uint64_t *items, size_t n)
{
    const entry *entries = j->f->entries;
    for (size_t i = 0; i < n; i++) {
        uint32_t a = (uint32_t)items[i];
        for (size_t k = i + 1; !j->copies[a] && k < n; k++) {
            uint32_t b = (uint32_t)items[k];
            if (j->copies[b] || entries[a].sketch.exact != entries[b].sketch.exact) {
                continue;
            }
            unite(j, a, b);
            if (entries[a].fresh && !entries[b].fresh) {
                j->copies[a] = true;
            } else {
                j->copies[b] = true;
            }
        }
    }
}

static void join_alike(joining *j, const uint64_t *items, size_t n)
{
    const entry *entries = j->f->entries;
    bool apart = false;
    for (size_t i = 1; !apart && i < n; i++) {
        apart = root_of(j, (uint32_t)items[i]) != root_of(j, (uint32_t)items[0]);
    }
    for (size_t i = 0; apart && i < n; i++) {
        uint32_t a = (uint32_t)items[i];
        for (size_t k = 0; entries[a].fresh && k < n; k++) {
            uint32_t b = (uint32_t)items[k];
            if ((k > i || !entries[b].fresh) && root_of(j, a) != root_of(j, b) &&
                nx_sketch_alike(&entries[a].sketch, &entries[b].sketch)) {
                unite(j, a, b);
            }
        }
    }
}

static nx_status join_by(joining *j, const aspect *by, nx_error *err)
{
    nx_status st = gather(j, by, err);
    if (st != NX_OK) {
        return st;
    }
    sort_items(j);
    for (size_t i = 0, end = 0; i < j->count; i = end) {
        for (end = i + 1; end < j->count && j->items[end] >> 32 == j->items[i] >> 32;) {
            end++;
        }
        if (end > i + 1) {
            (by->exact ? join_copies : join_alike)(j, j->items + i, end - i);
        }
    }
    return NX_OK;
}

// Names the components after their smallest keys.
static nx_status name_families(joining *j, nx_error *err)
{
    nx_families *f = j->f;
    uint64_t *least = calloc(f->count + 1, sizeof *least);
    bool *several = calloc(f->count + 1, sizeof *several);
    if (least == NULL || several == NULL) {
        free(least);
        free(several);
        return nx_fail_nomem(err);
    }
    for (uint32_t i = 0; i < f->count; i++) {
        uint32_t root = root_of(j, i);
        several[root] = least[root] != 0;
        if (least[root] == 0 || f->entries[i].key < least[root]) {
            least[root] = f->entries[i].key;
        }
    }
    for (uint32_t i = 0; i < f->count; i++) {
        uint32_t root = root_of(j, i);
        uint64_t family = several[root] ? least[root] : 0;
        f->entries[i].changed = f->entries[i].family != family;
        f->entries[i].family = family;
        f->entries[i].fresh = false;
    }
    f->broken_count = 0;
    free(least);
    free(several);
    return NX_OK;
}

static nx_status join_all(joining *j, nx_error *err)
{
    nx_families *f = j->f;
    take_old_families(j);
    size_t fresh = 0;
    for (size_t i = 0; i < f->count; i++) {
        fresh += f->entries[i].fresh;
    }
    size_t bands = GROUP_ENTRIES / (fresh + 1);
    bands = bands == 0 ? 1 : bands > NX_SKETCH_BINS ? NX_SKETCH_BINS : bands;
    for (j->bits_size = 1 << 20; j->bits_size < fresh * bands * 16;) {
        j->bits_size *= 2;
    }
    j->bits = malloc(j->bits_size / 8);
    if (j->bits == NULL) {
        return nx_fail_nomem(err);
    }
    const aspect text = {.exact = true, .end = 1};
    nx_status st = fresh > 0 ? join_by(j, &text, err) : NX_OK;
    for (unsigned n = 0; st == NX_OK && fresh > 0 && n < NX_SKETCH_BINS; n += (unsigned)bands) {
        unsigned end = n + (unsigned)bands;
        const aspect some = {.first = n, .end = end < NX_SKETCH_BINS ? end : NX_SKETCH_BINS};
        st = join_by(j, &some, err);
    }
    return st == NX_OK ? name_families(j, err) : st;
}

nx_status nx_families_join(nx_families *f, nx_family_visit *visit, void *ctx, nx_error *err)
{
    joining j = {.f = f};
    j.parent = malloc((f->count + 1) * sizeof *j.parent);
    j.copies = calloc(f->count + 1, sizeof *j.copies);
    nx_status st = j.parent != NULL && j.copies != NULL ? join_all(&j, err) : nx_fail_nomem(err);
    free(j.parent);
    free(j.copies);
    free(j.bits);
    free(j.items);
    free(j.spare);
    for (size_t i = 0; st == NX_OK && i < f->count; i++) {
        if (f->entries[i].changed || f->entries[i].mark != 0) {
            nx_family_entry e = nx_families_get(f, i);
            st = visit(ctx, &e, err);
        }
    }
    return st;
}
