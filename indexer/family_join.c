// family_join.c: finds the families of fresh articles.
//
// Once over the log for the texts that are the same, once for the bands of sketches: what articles
// may agree in is dealt out by its hash (spread.h), and those of one hash are compared, each with a
// number of others at most. So the cost of either is linear, and sketches are only read back where
// two may be alike.
#include <stdlib.h>

#include "indexer/families_internal.h"
#include "indexer/spread.h"

enum {
    NEIGHBOURS = 256, // of one hash, with which an article is compared
    BITS_MIN = 1 << 20,
    BITS_MAX = 1 << 28,
    BITS_EACH = 16, // of the bitmap, for each hash in it
};

// Which text an article has.
typedef struct text {
    uint64_t exact;
    int32_t day;
    uint32_t number;
} text;

typedef struct member {
    uint64_t key;
    uint32_t number;
} member;

typedef struct joining {
    nx_families *f;
    nx_spread *spread;
    uint32_t *parent; // union-find; a root is the one of its family with the smallest key
    // Hashes of the fresh ones, which keep most of the others out. NULL: nearly all are fresh.
    unsigned char *bits;
    size_t bits_size; // a power of two
    nx_sketch *looks; // of an article and its neighbours
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
    const nx_family_article *entries = j->f->entries;
    a = root_of(j, a);
    b = root_of(j, b);
    const bool first = entries[a].key < entries[b].key;
    j->parent[first ? b : a] = first ? a : b;
}

// ---- families as they were

static int compare_keys(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

// They stay, apart from the broken ones, whose members start anew.
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
        nx_family_article *e = &f->entries[i];
        e->changed = e->copy = e->several = 0;
        if (e->fresh || e->family == 0) {
            continue;
        }
        size_t first = nx_families_find(f, e->family);
        if (first == SIZE_MAX || f->entries[first].family != e->family ||
            (f->broken_count > 0 && bsearch(&e->family, f->broken, f->broken_count,
                                            sizeof *f->broken, compare_keys) != NULL)) {
            e->fresh = 1;
        } else {
            unite(j, i, (uint32_t)first);
        }
    }
}

// ---- hashes

static uint32_t mixed(uint64_t x)
{
    return (uint32_t)((x * 0x9e3779b97f4a7c15U) >> 32); // 2^64 / golden ratio
}

// What an entry is compared by: its whole text, or the bands of its sketch. Returns how many.
typedef unsigned hash_fn(const nx_sketch *s, uint32_t out[NX_SKETCH_BINS]);

static unsigned hash_text(const nx_sketch *s, uint32_t out[NX_SKETCH_BINS])
{
    out[0] = mixed(s->exact);
    return s->exact != 0;
}

static unsigned hash_bands(const nx_sketch *s, uint32_t out[NX_SKETCH_BINS])
{
    unsigned count = 0;
    for (unsigned n = 0; s->shingles > 0 && n < NX_SKETCH_BINS; n++) {
        uint32_t key = 0;
        const bool there = nx_sketch_band(s, n, &key);
        out[count] = mixed((uint64_t)n << 32 | key);
        count += there; // no branch: it could not be foreseen
    }
    return count;
}

static nx_status read_sketch(joining *j, uint32_t i, nx_sketch *out, nx_error *err)
{
    nx_family_record r;
    nx_status st = nx_family_read_at(&j->f->log, j->f->entries[i].at, &j->f->scratch, &r, err);
    if (st == NX_OK) {
        *out = r.sketch;
    }
    return st;
}

// A bit for every hash of the fresh ones, when they are few.
static nx_status fill_bits(joining *j, size_t fresh, hash_fn *hashes_of, nx_error *err)
{
    free(j->bits);
    j->bits = NULL;
    if (fresh > j->f->count / 4) {
        return NX_OK;
    }
    for (j->bits_size = BITS_MIN;
         j->bits_size < fresh * NX_SKETCH_BINS / 2 * BITS_EACH && j->bits_size < BITS_MAX;) {
        j->bits_size *= 2;
    }
    j->bits = calloc(j->bits_size / 8, 1);
    nx_status st = j->bits != NULL ? NX_OK : nx_fail_nomem(err);
    for (uint32_t i = 0; st == NX_OK && i < j->f->count; i++) {
        if (!j->f->entries[i].fresh || j->f->entries[i].copy) {
            continue;
        }
        nx_sketch sketch;
        uint32_t hashes[NX_SKETCH_BINS];
        st = read_sketch(j, i, &sketch, err);
        const unsigned count = st == NX_OK ? hashes_of(&sketch, hashes) : 0;
        for (unsigned n = 0; n < count; n++) {
            const size_t bit = hashes[n] & (j->bits_size - 1);
            j->bits[bit / 8] |= (unsigned char)(1U << bit % 8);
        }
    }
    return st;
}

static nx_status deal_out(joining *j, uint32_t i, const nx_sketch *s, hash_fn *hashes_of,
                          nx_error *err)
{
    uint32_t hashes[NX_SKETCH_BINS];
    const unsigned count = hashes_of(s, hashes);
    nx_status st = NX_OK;
    for (unsigned n = 0; st == NX_OK && n < count; n++) {
        const size_t bit = hashes[n] & (j->bits_size - 1);
        if (j->bits == NULL || (j->bits[bit / 8] >> bit % 8 & 1) != 0) {
            st = nx_spread_add(j->spread, hashes[n], i, err);
        }
    }
    return st;
}

// Deals out all that may agree with a fresh one, then visits those of one hash.
static nx_status join_by(joining *j, size_t fresh, hash_fn *hashes_of, nx_spread_visit *visit,
                         nx_error *err)
{
    nx_family_reader reader = {.log = NULL};
    nx_family_record r;
    bool more = true;
    size_t near = 0;
    nx_status st = fill_bits(j, fresh, hashes_of, err);
    st = st == NX_OK ? nx_family_reader_open(&reader, &j->f->log, err) : st;
    while (st == NX_OK && more) {
        st = nx_family_read(&reader, hashes_of == hash_bands, &r, &more, err);
        if (st != NX_OK || !more || r.kind != 'P') {
            continue;
        }
        const size_t i = nx_families_of_record(j->f, &r, near);
        if (i != SIZE_MAX) {
            near = i + 1;
            st =
                j->f->entries[i].copy ? NX_OK : deal_out(j, (uint32_t)i, &r.sketch, hashes_of, err);
        }
    }
    nx_family_reader_close(&reader);
    return st == NX_OK ? nx_spread_each(j->spread, visit, j, err) : st;
}

// ---- the same text

static int compare_texts(const void *a, const void *b)
{
    const text *x = a, *y = b;
    if (x->exact != y->exact) {
        return x->exact < y->exact ? -1 : 1;
    }
    if (x->day != y->day) {
        return x->day < y->day ? -1 : 1;
    }
    return x->number < y->number ? -1 : x->number > y->number;
}

// One of those of a text and day stands for all, as they are alike with the same others: one that
// is not fresh when there is one.
static void mark_copies(joining *j, const text *texts, size_t n)
{
    nx_family_article *entries = j->f->entries;
    size_t stays = 0;
    while (stays + 1 < n && entries[texts[stays].number].fresh) {
        stays++;
    }
    stays = entries[texts[stays].number].fresh ? 0 : stays;
    for (size_t i = 0; i < n; i++) {
        entries[texts[i].number].copy = i != stays;
    }
}

static nx_status join_copies(void *ctx, uint32_t *numbers, size_t n, nx_error *err)
{
    joining *j = ctx;
    nx_status st = NX_OK;
    text *texts = malloc(n * sizeof *texts);
    if (texts == NULL) {
        return nx_fail_nomem(err);
    }
    for (size_t i = 0; st == NX_OK && i < n; i++) {
        nx_sketch s;
        st = read_sketch(j, numbers[i], &s, err);
        texts[i] = (text){.exact = s.exact, .day = s.day, .number = numbers[i]};
    }
    if (st == NX_OK) {
        qsort(texts, n, sizeof *texts, compare_texts);
    }
    for (size_t i = 0, end = 0; st == NX_OK && i < n; i = end) {
        for (end = i + 1; end < n && texts[end].exact == texts[i].exact; end++) {
            unite(j, texts[i].number, texts[end].number);
        }
        for (size_t day = i, next = 0; day < end; day = next) {
            for (next = day + 1; next < end && texts[next].day == texts[day].day;) {
                next++;
            }
            mark_copies(j, texts + day, next - day);
        }
    }
    free(texts);
    return st;
}

// ---- alike

static bool belong_together(joining *j, const uint32_t *numbers, size_t n)
{
    size_t i = 1;
    while (i < n && root_of(j, numbers[i]) == root_of(j, numbers[0])) {
        i++;
    }
    return i == n;
}

static int compare_members(const void *a, const void *b)
{
    return compare_keys(&((const member *)a)->key, &((const member *)b)->key);
}

static nx_status order_by_key(joining *j, uint32_t *numbers, size_t n, nx_error *err)
{
    member *members = malloc(n * sizeof *members);
    if (members == NULL) {
        return nx_fail_nomem(err);
    }
    for (size_t i = 0; i < n; i++) {
        members[i] = (member){j->f->entries[numbers[i]].key, numbers[i]};
    }
    qsort(members, n, sizeof *members, compare_members);
    for (size_t i = 0; i < n; i++) {
        numbers[i] = members[i].number;
    }
    free(members);
    return NX_OK;
}

// What more articles share than there are neighbours is mostly a notice at the end of each. They
// are compared with their neighbours by key: copies among them agree elsewhere, too.
static nx_status join_alike(void *ctx, uint32_t *numbers, size_t n, nx_error *err)
{
    joining *j = ctx;
    const nx_family_article *entries = j->f->entries;
    if (belong_together(j, numbers, n)) {
        return NX_OK;
    }
    nx_status st = n > NEIGHBOURS + 1 ? order_by_key(j, numbers, n, err) : NX_OK;
    for (size_t i = 0; st == NX_OK && i < n; i++) {
        const uint32_t a = numbers[i];
        nx_sketch *sketch = &j->looks[i % (NEIGHBOURS + 1)];
        st = read_sketch(j, a, sketch, err);
        for (size_t k = i < NEIGHBOURS ? 0 : i - NEIGHBOURS; st == NX_OK && k < i; k++) {
            const uint32_t b = numbers[k];
            if ((entries[a].fresh || entries[b].fresh) && root_of(j, a) != root_of(j, b) &&
                nx_sketch_alike(sketch, &j->looks[k % (NEIGHBOURS + 1)])) {
                unite(j, a, b);
            }
        }
    }
    return st;
}

// ---- all of it

// Names the components after their smallest keys.
static void name_families(joining *j)
{
    nx_families *f = j->f;
    for (uint32_t i = 0; i < f->count; i++) {
        const uint32_t root = root_of(j, i);
        f->entries[root].several |= root != i;
    }
    for (uint32_t i = 0; i < f->count; i++) {
        const nx_family_article *root = &f->entries[root_of(j, i)];
        const uint64_t family = root->several ? root->key : 0;
        f->entries[i].changed = f->entries[i].family != family;
        f->entries[i].family = family;
        f->entries[i].fresh = 0;
    }
    f->broken_count = 0;
}

static nx_status join_all(joining *j, nx_error *err)
{
    const nx_families *f = j->f;
    take_old_families(j);
    size_t fresh = 0;
    for (size_t i = 0; i < f->count; i++) {
        fresh += f->entries[i].fresh;
    }
    nx_status st = NX_OK;
    if (fresh > 0) {
        st = join_by(j, fresh, hash_text, join_copies, err);
        st = st == NX_OK ? join_by(j, fresh, hash_bands, join_alike, err) : st;
    }
    if (st == NX_OK) {
        name_families(j);
    }
    return st;
}

nx_status nx_family_join(nx_families *f, nx_error *err)
{
    joining j = {.f = f, .spread = nx_spread_new(f->index)};
    j.parent = malloc((f->count + 1) * sizeof *j.parent);
    j.looks = malloc((NEIGHBOURS + 1) * sizeof *j.looks);
    nx_status st = j.spread != NULL && j.parent != NULL && j.looks != NULL ? join_all(&j, err)
                                                                           : nx_fail_nomem(err);
    nx_spread_free(j.spread);
    free(j.parent);
    free(j.looks);
    free(j.bits);
    return st;
}
