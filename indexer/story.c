// story.c: see story.h.
#include "indexer/story.h"

#include <stdlib.h>

#include "indexer/families.h"
#include "indexer/identity.h"
#include "schema/schema.h"
#include "text/analysis.h"

enum { FAMILY_HEX = 17, DATA_MAX = 1 << 30 };

// An article and the family it is to have, or the article that takes its place.
typedef struct relation {
    uint64_t key, to;
} relation;

typedef struct relations {
    relation *items;
    size_t count, cap;
} relations;

struct nx_story {
    nx_families *families; // NULL: not read yet
    const char *index;
    bool begun;
    bool lacking;           // the log does not have all articles of the index
    size_t places;          // put in this run that are known only by their file
    relations corrections;  // of articles that are in the index
    relations listed;       // of articles of the bulk build, while settling
    nx_glass_builder *bulk; // while settling
};

nx_story *nx_story_new(void)
{
    return calloc(1, sizeof(nx_story));
}

void nx_story_free(nx_story *s)
{
    if (s != NULL) {
        nx_families_free(s->families);
        free(s->corrections.items);
        free(s->listed.items);
        free(s);
    }
}

size_t nx_story_bytes(const nx_story *s)
{
    return s->families != NULL ? nx_families_bytes(s->families) : 0;
}

static uint64_t key_of(nx_str unique_term)
{
    uint64_t key = nx_xxh3(unique_term);
    return key != 0 ? key : 1;
}

// ---- what the index has

typedef nx_status article_fn(nx_story *s, nx_xdb *db, nx_str unique_term, nx_error *err);

static nx_status each_article(nx_story *s, nx_writer *w, article_fn *each, nx_error *err)
{
    nx_status st = NX_OK;
    for (size_t i = 0; st == NX_OK && i < nx_writer_segments(w); i++) {
        nx_xdb *db = nx_writer_segment(w, i);
        nx_xterms *terms = NULL;
        bool more = false;
        st = nx_xdb_terms(&terms, db, NX_STR("Q"), err);
        st = st == NX_OK ? nx_xterms_next(terms, &more, err) : st;
        while (st == NX_OK && more) {
            st = each(s, db, nx_xterms_term(terms), err);
            st = st == NX_OK ? nx_xterms_next(terms, &more, err) : st;
        }
        nx_xterms_free(terms);
    }
    return st;
}

static nx_status note_present(nx_story *s, nx_xdb *db, nx_str unique_term, nx_error *err)
{
    (void)db;
    (void)err;
    size_t i = nx_families_find(s->families, key_of(unique_term));
    if (i == SIZE_MAX) {
        s->lacking = true;
    } else {
        nx_families_set_mark(s->families, i, 1);
    }
    return NX_OK;
}

// Drops what the index does not have any more, and tells whether anything is lacking.
static nx_status compare_sets(nx_story *s, nx_writer *w, nx_error *err)
{
    nx_status st = each_article(s, w, note_present, err);
    for (size_t i = nx_families_count(s->families); st == NX_OK && i-- > 0;) {
        if (nx_families_mark(s->families, i) == 0) {
            st = nx_families_drop(s->families, nx_families_key(s->families, i), err);
        } else {
            nx_families_set_mark(s->families, i, 0);
        }
    }
    return st;
}

static nx_status read_article(nx_story *s, nx_xdb *db, nx_str unique_term, nx_error *err)
{
    nx_xposts *posts = NULL;
    nx_xdoc *doc = NULL;
    nx_buf data, title, value, published;
    int64_t utc = 0;
    bool more = false;
    nx_family_entry e = {.key = key_of(unique_term), .id = unique_term};
    nx_buf_init(&data, DATA_MAX);
    nx_buf_init(&title, DATA_MAX);
    nx_buf_init(&value, DATA_MAX);
    nx_buf_init(&published, DATA_MAX);
    nx_status st = nx_xdb_postings(&posts, db, unique_term, err);
    st = st == NX_OK ? nx_xposts_next(posts, &more, err) : st;
    if (st == NX_OK && more) {
        st = nx_xdb_doc(&doc, db, nx_xposts_docid(posts), err);
        st = st == NX_OK ? nx_xdoc_data(doc, &data, err) : st;
        st = st == NX_OK ? nx_xdoc_value(doc, NX_SLOT_FAMILY, &value, err) : st;
        st = st == NX_OK ? nx_xdoc_value(doc, NX_SLOT_PUBLISHED, &published, err) : st;
    }
    if (st == NX_OK && more) {
        nx_str all = nx_buf_str(&data);
        bool dated = nx_time_value_parse(nx_buf_str(&published), &utc);
        nx_sketch_make(&e.sketch, nx_data_get(all, NX_DATA_TITLE, &title), nx_data_get_body(all),
                       dated ? nx_sketch_day(utc) : NX_SKETCH_UNDATED);
        if (value.len > 0 && !nx_family_id_parse(nx_buf_str(&value), &e.family)) {
            e.family = 1; // nothing that was written here: to be corrected
        }
        st = nx_families_put(s->families, &e, err);
    }
    nx_buf_release(&data);
    nx_buf_release(&title);
    nx_buf_release(&value);
    nx_buf_release(&published);
    nx_xdoc_free(doc);
    nx_xposts_free(posts);
    return st;
}

// ---- a run

// Is what was read about the articles that the index has? Makes it so.
static nx_status reconcile(nx_story *s, nx_writer *w, bool damaged, nx_error *err)
{
    const size_t known = nx_families_count(s->families), present = nx_writer_documents(w);
    nx_status st = NX_OK;
    if (!damaged && present > 0 && known != present) {
        st = compare_sets(s, w, err);
        damaged = s->lacking;
    }
    if (st == NX_OK && (damaged || (present == 0 && known > 0))) {
        st = nx_families_empty(s->families, err);
        st = st == NX_OK ? each_article(s, w, read_article, err) : st;
    }
    return st;
}

nx_status nx_story_begin(nx_story *s, nx_writer *w, const char *index, nx_error *err)
{
    if (s->begun) {
        return NX_OK;
    }
    const bool first = s->families == NULL;
    nx_status st = NX_OK;
    s->index = index;
    s->corrections.count = 0;
    s->places = 0;
    if (first) {
        st = nx_families_open(&s->families, index, err);
    }
    const bool damaged = st == NX_OK && !nx_families_complete(s->families);
    st = st == NX_OK ? nx_families_begin(s->families, err) : st;
    if (st == NX_OK && first) {
        st = reconcile(s, w, damaged, err);
    }
    s->begun = st == NX_OK;
    return st;
}

nx_status nx_story_put(nx_story *s, nx_str unique_term, const nx_sketch *sketch, uint32_t batch,
                       uint32_t ordinal, nx_error *err)
{
    const nx_family_entry e = {.key = key_of(unique_term),
                               .id = unique_term,
                               .sketch = *sketch,
                               .mark = ((uint64_t)batch + 1) << 32 | ordinal};
    s->places += nx_term_is_place(unique_term);
    return nx_families_put(s->families, &e, err);
}

nx_status nx_story_drop(nx_story *s, nx_str unique_term, nx_error *err)
{
    return nx_families_drop(s->families, key_of(unique_term), err);
}

static nx_status add(relations *list, uint64_t key, uint64_t to, nx_error *err)
{
    if (list->count == list->cap) {
        size_t cap = list->cap < 64 ? 64 : list->cap * 2;
        relation *grown = realloc(list->items, cap * sizeof *grown);
        if (grown == NULL) {
            return nx_fail_nomem(err);
        }
        list->items = grown;
        list->cap = cap;
    }
    list->items[list->count++] = (relation){key, to};
    return NX_OK;
}

static nx_status on_article(void *ctx, const nx_family_entry *e, nx_error *err)
{
    nx_story *s = ctx;
    nx_status st = NX_OK;
    if (e->mark == 0 || (e->family != 0 && s->bulk == NULL)) {
        st = add(&s->corrections, e->key, e->family, err);
    } else if (e->family != 0) {
        char hex[FAMILY_HEX];
        st = nx_glass_late_value(s->bulk, (uint32_t)(e->mark >> 32) - 1, (uint32_t)e->mark,
                                 NX_SLOT_FAMILY, nx_str_of(nx_family_id(hex, e->family)), err);
        st = st == NX_OK ? add(&s->listed, e->key, e->family, err) : st;
    }
    return st;
}

static nx_status get(nx_story *s, uint64_t key, nx_family_entry *out, bool *there, nx_error *err)
{
    const size_t i = nx_families_find(s->families, key);
    *there = i != SIZE_MAX;
    return *there ? nx_families_get(s->families, i, out, err) : NX_OK;
}

static int by_family(const void *a, const void *b)
{
    const relation *x = a, *y = b;
    if (x->to != y->to) {
        return x->to < y->to ? -1 : 1;
    }
    return x->key < y->key ? -1 : x->key > y->key;
}

// The members of the bulk build's families, for its segment to list.
static nx_status list_members(nx_story *s, nx_error *err)
{
    const relations *l = &s->listed;
    nx_vocab *members = nx_vocab_new();
    nx_status st = members != NULL ? NX_OK : nx_fail_nomem(err);
    if (l->count > 1) {
        qsort(l->items, l->count, sizeof *l->items, by_family);
    }
    for (size_t i = 0; st == NX_OK && i < l->count;) {
        const uint64_t family = l->items[i].to;
        char hex[FAMILY_HEX];
        nx_vocab_clear(members);
        for (; st == NX_OK && i < l->count && l->items[i].to == family; i++) {
            nx_family_entry e;
            bool there = nx_vocab_count(members) < NX_FAMILY_LISTED;
            st = there ? get(s, l->items[i].key, &e, &there, err) : NX_OK;
            if (st == NX_OK && there && nx_vocab_add(members, e.id, NULL) == NX_VOCAB_NONE) {
                st = nx_fail_nomem(err);
            }
        }
        st = st == NX_OK
                 ? nx_bulk_family(s->bulk, nx_str_of(nx_family_id(hex, family)), members, err)
                 : st;
    }
    nx_vocab_free(members);
    return st;
}

// ---- files that were moved

typedef struct arrival {
    uint64_t exact, key;
    int32_t day;
    uint32_t met; // of the first of a text: how many of them have taken the place of another
} arrival;

typedef struct moving {
    arrival *arrivals; // in the order of texts
    size_t count, cap;
    relations moved; // what is gone, and what takes its place
} moving;

static int by_text(const void *a, const void *b)
{
    const arrival *x = a, *y = b;
    if (x->exact != y->exact) {
        return x->exact < y->exact ? -1 : 1;
    }
    return x->day < y->day ? -1 : x->day > y->day;
}

// What the run brought that is known only by its file.
static nx_status list_arrival(void *ctx, const nx_family_entry *e, nx_error *err)
{
    moving *m = ctx;
    if (e->mark == 0 || e->sketch.exact == 0 || !nx_term_is_place(e->id)) {
        return NX_OK;
    }
    if (m->count == m->cap) {
        return nx_fail(err, NX_EBUG, "more articles of files than were put");
    }
    m->arrivals[m->count++] =
        (arrival){.exact = e->sketch.exact, .day = e->sketch.day, .key = e->key};
    return NX_OK;
}

// The first of that text and day; NULL: there is none.
static arrival *first_arrival(const moving *m, const nx_sketch *of)
{
    const arrival wanted = {.exact = of->exact, .day = of->day};
    size_t low = 0, high = m->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        bool before = by_text(&m->arrivals[middle], &wanted) < 0;
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    return low < m->count && by_text(&m->arrivals[low], &wanted) == 0 ? &m->arrivals[low] : NULL;
}

// The next of those like the first; when all have taken a place, the last again.
static const arrival *next_arrival(const moving *m, arrival *first)
{
    const arrival *next = first + first->met, *end = m->arrivals + m->count;
    first->met += next + 1 < end && by_text(next + 1, first) == 0;
    return next;
}

static nx_status list_moved(void *ctx, const nx_family_entry *e, nx_error *err)
{
    moving *m = ctx;
    arrival *first = e->mark == 0 && nx_term_is_place(e->id) ? first_arrival(m, &e->sketch) : NULL;
    return first != NULL && nx_place_is_gone(e->id)
               ? add(&m->moved, e->key, next_arrival(m, first)->key, err)
               : NX_OK;
}

static nx_status find_moved(nx_story *s, moving *m, nx_error *err)
{
    m->cap = s->places;
    m->arrivals = malloc(m->cap * sizeof *m->arrivals);
    if (m->arrivals == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status st = nx_families_each(s->families, list_arrival, m, err);
    if (st != NX_OK || m->count == 0) {
        return st;
    }
    qsort(m->arrivals, m->count, sizeof *m->arrivals, by_text);
    return nx_families_each(s->families, list_moved, m, err);
}

// Have they all come in this run?
static bool all_new(const nx_families *f)
{
    size_t i = 0;
    while (i < nx_families_count(f) && nx_families_mark(f, i) != 0) {
        i++;
    }
    return i == nx_families_count(f);
}

// Reads the id of an article that is there.
static nx_status copy_id(nx_story *s, uint64_t key, nx_buf *out, nx_error *err)
{
    nx_family_entry e;
    bool there = false;
    nx_status st = get(s, key, &e, &there, err);
    nx_buf_clear(out);
    if (st == NX_OK && there) {
        nx_buf_adds(out, e.id);
        st = nx_buf_check(out, "the id of an article", err);
    }
    return st;
}

nx_status nx_story_each_moved(nx_story *s, nx_story_moved *each, void *ctx, nx_error *err)
{
    moving m = {.count = 0};
    nx_buf from, to;
    nx_buf_init(&from, DATA_MAX);
    nx_buf_init(&to, DATA_MAX);
    nx_status st =
        s->begun && s->places > 0 && !all_new(s->families) ? find_moved(s, &m, err) : NX_OK;
    for (size_t i = 0; st == NX_OK && i < m.moved.count; i++) {
        st = copy_id(s, m.moved.items[i].key, &from, err);
        st = st == NX_OK ? copy_id(s, m.moved.items[i].to, &to, err) : st;
        st = st == NX_OK ? each(ctx, nx_buf_str(&from), nx_buf_str(&to), err) : st;
    }
    nx_buf_release(&from);
    nx_buf_release(&to);
    free(m.arrivals);
    free(m.moved.items);
    return st;
}

nx_status nx_story_settle(nx_story *s, nx_glass_builder *bulk, nx_error *err)
{
    if (!s->begun) {
        return NX_OK;
    }
    s->bulk = bulk;
    s->listed.count = 0;
    nx_status st = nx_families_join(s->families, on_article, s, err);
    if (st == NX_OK && bulk != NULL) {
        st = list_members(s, err);
    }
    s->bulk = NULL;
    return st;
}

nx_status nx_story_apply(nx_story *s, nx_writer *w, nx_error *err)
{
    nx_status st = NX_OK;
    for (size_t i = 0; s->begun && st == NX_OK && i < s->corrections.count; i++) {
        const relation *c = &s->corrections.items[i];
        nx_family_entry e;
        bool there = false;
        char hex[FAMILY_HEX] = "";
        if (c->to != 0) {
            nx_family_id(hex, c->to);
        }
        st = get(s, c->key, &e, &there, err);
        if (st == NX_OK && there) {
            st = nx_writer_set_family(w, e.id, nx_str_of(hex), err);
        }
    }
    return st;
}

nx_status nx_story_end(nx_story *s, nx_error *err)
{
    nx_status st = s->begun ? nx_families_end(s->families, err) : NX_OK;
    s->begun = false;
    return st;
}
