// story.c: see story.h.
#include "indexer/story.h"

#include <stdlib.h>

#include "indexer/family_log.h"
#include "indexer/identity.h"
#include "schema/schema.h"
#include "text/analysis.h"

enum { FAMILY_HEX = 17, DATA_MAX = 1 << 30 };

// An article and the family it is to have.
typedef struct relation {
    uint64_t key, family;
} relation;

typedef struct relations {
    relation *items;
    size_t count, cap;
} relations;

struct nx_story {
    nx_families *families;
    nx_family_log log;
    nx_family_writer writer;
    const char *index;
    bool loaded, begun;
    bool anew;              // the log is to be written anew
    bool lacking;           // the log does not have all articles of the index
    relations corrections;  // of articles that are in the index
    relations listed;       // of articles of the bulk build, while settling
    nx_glass_builder *bulk; // while settling
};

nx_story *nx_story_new(void)
{
    nx_story *s = calloc(1, sizeof *s);
    if (s != NULL) {
        s->writer.fd = -1;
    }
    return s;
}

void nx_story_free(nx_story *s)
{
    if (s != NULL) {
        nx_family_writer_close(&s->writer);
        nx_families_free(s->families);
        free(s->corrections.items);
        free(s->listed.items);
        free(s);
    }
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
        nx_families_mark(s->families, i, 1);
    }
    return NX_OK;
}

// Drops what the index does not have any more, and tells whether anything is lacking.
static nx_status compare_sets(nx_story *s, nx_writer *w, nx_error *err)
{
    nx_status st = each_article(s, w, note_present, err);
    for (size_t i = nx_families_count(s->families); st == NX_OK && i-- > 0;) {
        nx_family_entry e = nx_families_get(s->families, i);
        if (e.mark == 0) {
            st = nx_families_drop(s->families, e.key, NULL, err);
            st = st == NX_OK ? nx_family_write_drop(&s->writer, e.key, err) : st;
        } else {
            nx_families_mark(s->families, i, 0);
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

static nx_status read_all_articles(nx_story *s, nx_writer *w, nx_error *err)
{
    nx_families_free(s->families);
    s->families = nx_families_new();
    return s->families != NULL ? each_article(s, w, read_article, err) : nx_fail_nomem(err);
}

// ---- a run

static nx_status load(nx_story *s, nx_writer *w, nx_error *err)
{
    s->families = nx_families_new();
    if (s->families == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status st = NX_OK;
    s->anew = nx_writer_documents(w) == 0;
    if (!s->anew) {
        st = nx_family_log_read(s->index, s->families, &s->log, err);
        s->anew = s->log.records > 1000 + 3 * (uint64_t)nx_families_count(s->families);
    }
    s->loaded = st == NX_OK;
    return st;
}

// Is what was loaded about the articles that the index has? Makes it so.
static nx_status reconcile(nx_story *s, nx_writer *w, nx_error *err)
{
    bool damaged = !s->log.closed;
    nx_status st = NX_OK;
    if (nx_writer_documents(w) == 0) {
        return NX_OK;
    }
    if (!damaged && nx_families_count(s->families) != nx_writer_documents(w)) {
        st = compare_sets(s, w, err);
        damaged = s->lacking;
    }
    if (st == NX_OK && damaged) {
        s->anew = true;
        st = read_all_articles(s, w, err);
    }
    return st;
}

nx_status nx_story_begin(nx_story *s, nx_writer *w, const char *index, nx_error *err)
{
    if (s->begun) {
        return NX_OK;
    }
    const bool first = !s->loaded;
    nx_status st = NX_OK;
    s->index = index;
    s->corrections.count = 0;
    if (first) {
        st = load(s, w, err);
    }
    if (st == NX_OK) {
        st = nx_family_writer_open(&s->writer, index, &s->log, false, err);
    }
    if (st == NX_OK) {
        st = nx_family_write_begin(&s->writer, err);
    }
    if (st == NX_OK && first) {
        st = reconcile(s, w, err);
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
    return nx_families_put(s->families, &e, err);
}

nx_status nx_story_drop(nx_story *s, nx_str unique_term, nx_error *err)
{
    uint64_t key = key_of(unique_term);
    bool found = false;
    nx_status st = nx_families_drop(s->families, key, &found, err);
    return st == NX_OK && found ? nx_family_write_drop(&s->writer, key, err) : st;
}

static nx_status add(relations *to, const nx_family_entry *e, nx_error *err)
{
    if (to->count == to->cap) {
        size_t cap = to->cap < 64 ? 64 : to->cap * 2;
        relation *grown = realloc(to->items, cap * sizeof *grown);
        if (grown == NULL) {
            return nx_fail_nomem(err);
        }
        to->items = grown;
        to->cap = cap;
    }
    to->items[to->count++] = (relation){e->key, e->family};
    return NX_OK;
}

static nx_status on_article(void *ctx, const nx_family_entry *e, nx_error *err)
{
    nx_story *s = ctx;
    nx_status st = NX_OK;
    if (e->mark == 0 || (e->family != 0 && s->bulk == NULL)) {
        st = add(&s->corrections, e, err);
    } else if (e->family != 0) {
        char hex[FAMILY_HEX];
        st = nx_glass_late_value(s->bulk, (uint32_t)(e->mark >> 32) - 1, (uint32_t)e->mark,
                                 NX_SLOT_FAMILY, nx_str_of(nx_family_id(hex, e->family)), err);
        st = st == NX_OK ? add(&s->listed, e, err) : st;
    }
    if (st != NX_OK || s->anew) {
        return st;
    }
    return e->mark != 0 ? nx_family_write_put(&s->writer, e, err)
                        : nx_family_write_family(&s->writer, e->key, e->family, err);
}

static int by_family(const void *a, const void *b)
{
    const relation *x = a, *y = b;
    if (x->family != y->family) {
        return x->family < y->family ? -1 : 1;
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
        const uint64_t family = l->items[i].family;
        char hex[FAMILY_HEX];
        nx_vocab_clear(members);
        for (; st == NX_OK && i < l->count && l->items[i].family == family; i++) {
            size_t at = nx_families_find(s->families, l->items[i].key);
            if (nx_vocab_count(members) < NX_FAMILY_LISTED &&
                nx_vocab_add(members, nx_families_get(s->families, at).id, NULL) == NX_VOCAB_NONE) {
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
    uint64_t exact;
    int32_t day;
    nx_str term;
    size_t met; // of the first of a text: how many of them have taken the place of another
} arrival;

static int by_text(const void *a, const void *b)
{
    const arrival *x = a, *y = b;
    if (x->exact != y->exact) {
        return x->exact < y->exact ? -1 : 1;
    }
    return x->day < y->day ? -1 : x->day > y->day;
}

// What the run brought that is known only by its file, in the order of texts.
static size_t list_arrivals(const nx_families *f, arrival *out)
{
    size_t count = 0;
    for (size_t i = 0; i < nx_families_count(f); i++) {
        const nx_family_entry e = nx_families_get(f, i);
        if (e.mark != 0 && e.sketch.exact != 0 && nx_term_is_place(e.id)) {
            if (out != NULL) {
                out[count] = (arrival){.exact = e.sketch.exact, .day = e.sketch.day, .term = e.id};
            }
            count++;
        }
    }
    if (out != NULL && count > 1) {
        qsort(out, count, sizeof *out, by_text);
    }
    return count;
}

// The first of that text and day; NULL: there is none.
static arrival *first_arrival(arrival *arrivals, size_t count, const nx_sketch *of)
{
    const arrival wanted = {.exact = of->exact, .day = of->day};
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        bool before = by_text(&arrivals[middle], &wanted) < 0;
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    return low < count && by_text(&arrivals[low], &wanted) == 0 ? &arrivals[low] : NULL;
}

// The next of those like the first; when all have taken a place, the last again.
static const arrival *next_arrival(arrival *first, const arrival *end)
{
    const arrival *next = first + first->met;
    first->met += next + 1 < end && by_text(next + 1, first) == 0;
    return next;
}

nx_status nx_story_each_moved(const nx_story *s, nx_story_moved *each, void *ctx, nx_error *err)
{
    const size_t count = s->begun ? list_arrivals(s->families, NULL) : 0;
    if (count == 0) {
        return NX_OK;
    }
    arrival *arrivals = malloc(count * sizeof *arrivals);
    if (arrivals == NULL) {
        return nx_fail_nomem(err);
    }
    (void)list_arrivals(s->families, arrivals);
    nx_status st = NX_OK;
    for (size_t i = nx_families_count(s->families); st == NX_OK && i-- > 0;) {
        const nx_family_entry e = nx_families_get(s->families, i);
        arrival *first = e.mark == 0 && nx_term_is_place(e.id)
                             ? first_arrival(arrivals, count, &e.sketch)
                             : NULL;
        if (first != NULL && nx_place_is_gone(e.id)) {
            st = each(ctx, e.id, next_arrival(first, arrivals + count)->term, err);
        }
    }
    free(arrivals);
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
        size_t at = nx_families_find(s->families, c->key);
        if (at == SIZE_MAX) {
            continue;
        }
        nx_family_entry e = nx_families_get(s->families, at);
        char hex[FAMILY_HEX] = "";
        if (c->family != 0) {
            nx_family_id(hex, c->family);
        }
        st = nx_writer_set_family(w, e.id, nx_str_of(hex), err);
    }
    return st;
}

// The whole log in place of the old one.
static nx_status write_anew(nx_story *s, nx_error *err)
{
    nx_family_writer_close(&s->writer);
    nx_status st = nx_family_writer_open(&s->writer, s->index, &s->log, true, err);
    for (size_t i = 0; st == NX_OK && i < nx_families_count(s->families); i++) {
        nx_family_entry e = nx_families_get(s->families, i);
        st = nx_family_write_put(&s->writer, &e, err);
    }
    return st;
}

nx_status nx_story_end(nx_story *s, nx_error *err)
{
    if (!s->begun) {
        return NX_OK;
    }
    nx_status st = s->anew ? write_anew(s, err) : NX_OK;
    st = st == NX_OK ? nx_family_write_end(&s->writer, &s->log, err) : st;
    nx_family_writer_close(&s->writer);
    for (size_t i = 0; i < nx_families_count(s->families); i++) {
        nx_families_mark(s->families, i, 0);
    }
    s->anew = false;
    s->begun = false;
    return st;
}
