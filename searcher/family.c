// family.c: see family.h.
#include "searcher/family.h"

#include <stdlib.h>

#include "base/time.h"
#include "searcher/engine.h"

enum { ARENA_MAX = 256 << 20, VALUE_MAX = 1 << 20, DATA_MAX = 256 << 20, DAY = 86400 };

// ---- the members of one family

typedef struct reading {
    nx_searcher *searcher;
    nx_arena *arena;
    nx_str family;
    nx_member *items;
    size_t count;
    nx_buf value;
    nx_error *err;
} reading;

static nx_status read_value(reading *r, const nx_xdoc *doc, uint32_t slot, nx_str *out)
{
    nx_buf_clear(&r->value);
    nx_status status = nx_xdoc_value(doc, slot, &r->value, r->err);
    if (status == NX_OK) {
        *out = r->value.len > 0 ? nx_arena_copy(r->arena, nx_buf_str(&r->value)) : NX_STR_NONE;
    }
    return status;
}

// The date as document data has it; a time of midnight is what a day without a time has.
static nx_status read_published(reading *r, const nx_xdoc *doc, nx_member *m)
{
    nx_str value;
    nx_status status = read_value(r, doc, NX_SLOT_PUBLISHED, &value);
    m->utc = INT64_MAX;
    if (status == NX_OK && nx_time_value_parse(value, &m->utc)) {
        bool day_only = m->utc % DAY == 0;
        char text[24];
        nx_str whole = nx_str_of(nx_format_utc(text, m->utc));
        m->published = nx_arena_copy(
            r->arena, nx_str_make(whole.p, day_only ? sizeof "2019-03-22" - 1 : whole.n));
        m->utc += day_only ? DAY - 1 : 0; // some time in that day: a known time before goes first
    }
    return status;
}

// An id that is too long for a term is only in the article.
static nx_status read_id(reading *r, const nx_xdoc *doc, nx_str term, nx_member *m)
{
    if (term.n < NX_XTERM_MAX - 4) { // cut where a character ends
        m->id = nx_arena_copy(r->arena, nx_str_skip(term, 1));
        return NX_OK;
    }
    nx_buf data, scratch;
    nx_buf_init(&data, DATA_MAX);
    nx_buf_init(&scratch, VALUE_MAX);
    nx_status status = nx_xdoc_data(doc, &data, r->err);
    if (status == NX_OK) {
        m->id = nx_arena_copy(r->arena, nx_data_get(nx_buf_str(&data), NX_DATA_ID, &scratch));
    }
    nx_buf_release(&scratch);
    nx_buf_release(&data);
    return status;
}

static nx_status read_doc(reading *r, const nx_xdoc *doc, nx_str term)
{
    nx_str family;
    nx_member *m = &r->items[r->count];
    nx_status status = read_value(r, doc, NX_SLOT_FAMILY, &family);
    if (status != NX_OK || !nx_str_eq(family, r->family)) {
        return status; // it has left
    }
    status = read_id(r, doc, term, m);
    if (status == NX_OK) {
        status = read_published(r, doc, m);
    }
    if (status == NX_OK) {
        status = read_value(r, doc, NX_SLOT_SOURCE, &m->source);
    }
    if (status == NX_OK && m->source.n == 0) {
        status = read_value(r, doc, NX_SLOT_HOST, &m->source);
    }
    if (status == NX_OK) {
        status = read_value(r, doc, NX_SLOT_AGENCY, &m->agency);
    }
    r->count += status == NX_OK;
    return status;
}

static nx_status read_member(reading *r, nx_str term)
{
    nx_member *m = &r->items[r->count];
    nx_xposts *posts = NULL;
    nx_xdoc *doc = NULL;
    bool more = false;
    *m = (nx_member){.docid = 0};
    nx_status status = nx_xdb_postings(&posts, r->searcher->db, term, r->err);
    if (status == NX_OK) {
        status = nx_xposts_next(posts, &more, r->err);
    }
    if (status == NX_OK && more) {
        m->docid = nx_xposts_docid(posts);
        status = nx_xdb_given_doc(&doc, r->searcher->db, m->docid, r->err);
    }
    if (status == NX_OK && more) {
        status = read_doc(r, doc, term);
    }
    nx_xdoc_free(doc);
    nx_xposts_free(posts);
    return status;
}

// Earliest first, undated last; then those whose outlet is known.
static int compare_standing(const nx_member *x, const nx_member *y)
{
    if (x->utc != y->utc) {
        return x->utc < y->utc ? -1 : 1;
    }
    return (x->source.n == 0) - (y->source.n == 0);
}

static int by_standing(const void *a, const void *b)
{
    int order = compare_standing(a, b);
    return order != 0 ? order : nx_str_cmp(((const nx_member *)a)->id, ((const nx_member *)b)->id);
}

static nx_status read_members(nx_searcher *s, nx_str family, nx_arena *arena, nx_members *out,
                              nx_error *err)
{
    reading r = {.searcher = s, .arena = arena, .family = family, .err = err};
    nx_vocab *listed = nx_vocab_new();
    *out = (nx_members){.count = 0};
    nx_buf_init(&r.value, VALUE_MAX);
    nx_status status =
        listed != NULL ? s->listed_members(s, family, listed, err) : nx_fail_nomem(err);
    size_t count = status == NX_OK ? nx_vocab_count(listed) : 0;
    size_t looked_at = count < NX_MEMBERS_MAX ? count : NX_MEMBERS_MAX;
    if (status == NX_OK) {
        r.items = nx_arena_alloc(arena, (looked_at + 1) * sizeof *r.items);
        status = nx_arena_check(arena, "a family", err);
    }
    for (uint32_t i = 0; status == NX_OK && i < looked_at; i++) {
        status = read_member(&r, nx_vocab_get(listed, i));
    }
    if (status == NX_OK) {
        status = nx_arena_check(arena, "a family", err);
    }
    if (status == NX_OK && r.count > 1) {
        qsort(r.items, r.count, sizeof *r.items, by_standing);
    }
    *out = (nx_members){r.items, r.count, count > looked_at};
    nx_buf_release(&r.value);
    nx_vocab_free(listed);
    return status;
}

// The family of a document, absent when it has none, and its members if they are wanted.
static nx_status read_family(nx_searcher *s, uint32_t docid, bool members, nx_arena *arena,
                             nx_standing *out, nx_error *err)
{
    nx_xdoc *doc = NULL;
    nx_buf value;
    *out = (nx_standing){.docid = docid};
    nx_buf_init(&value, VALUE_MAX);
    nx_status status = nx_xdb_given_doc(&doc, s->db, docid, err);
    if (status == NX_OK) {
        status = nx_xdoc_value(doc, NX_SLOT_FAMILY, &value, err);
    }
    if (status == NX_OK && value.len > 0) {
        out->family = nx_arena_copy(arena, nx_buf_str(&value));
        status = nx_arena_check(arena, "a family", err);
    }
    if (status == NX_OK && out->family.n > 0 && members) {
        status = read_members(s, out->family, arena, &out->members, err);
    }
    nx_buf_release(&value);
    nx_xdoc_free(doc);
    return status;
}

typedef struct members_work {
    nx_searcher *searcher;
    nx_str id;
    nx_arena *arena;
    nx_members *out;
} members_work;

static nx_status find_members(void *ctx, nx_error *err)
{
    members_work *w = ctx;
    nx_standing standing = {.docid = 0};
    uint32_t docid;
    nx_status status = nx_searcher_find(w->searcher, w->id, &docid, err);
    if (status == NX_OK) {
        status = read_family(w->searcher, docid, true, w->arena, &standing, err);
    }
    *w->out = standing.members;
    return status;
}

nx_status nx_searcher_members(nx_searcher *s, nx_str id, nx_arena *arena, nx_members *out,
                              nx_error *err)
{
    members_work work = {s, id, arena, out};
    return nx_searcher_retry(s, find_members, &work, err);
}

// ---- which of the members stands for it

typedef struct choosing {
    nx_result *r;
    nx_candidate *matching; // members of the block's families that match, by docid
    size_t matching_count;
    const nx_plan_term **terms; // of the plan, in byte order
    bool *wanted, *had;         // by part of the query
    nx_error *err;
} choosing;

static int by_docid(const void *a, const void *b)
{
    const nx_candidate *x = a, *y = b;
    return x->docid < y->docid ? -1 : x->docid > y->docid;
}

static bool is_matching(const choosing *c, uint32_t docid)
{
    const nx_candidate key = {.docid = docid};
    return c->matching_count > 0 &&
           bsearch(&key, c->matching, c->matching_count, sizeof key, by_docid) != NULL;
}

// How many members stand before the one that was hit: those that might be shown in its place.
static size_t count_before(const nx_standing *s)
{
    const nx_members *m = &s->members;
    size_t own = 0, before = 0;
    while (own < m->count && m->items[own].docid != s->docid) {
        own++;
    }
    while (own < m->count && before < own &&
           compare_standing(&m->items[before], &m->items[own]) < 0) {
        before++;
    }
    return before;
}

static nx_xquery *candidates(choosing *c, const nx_family_block *b, nx_xq *x, uint32_t *count)
{
    nx_xlist ids = {0};
    nx_buf term;
    nx_buf_init(&term, VALUE_MAX);
    *count = 0;
    for (size_t i = 0; i < b->count; i++) {
        const nx_standing *s = &b->items[i];
        for (size_t k = count_before(s); k-- > 0; ++*count) {
            nx_buf_clear(&term);
            nx_unique_term(s->members.items[k].id, &term);
            nx_xlist_add(x, &ids, nx_xq_term(x, nx_buf_str(&term)));
        }
    }
    if (x->status == NX_OK) {
        x->status = nx_buf_check(&term, "the id", c->err);
    }
    nx_buf_release(&term);
    return nx_xq_combine(x, NX_XOP_OR, &ids, 0);
}

// The query's matches among the members that might be shown.
static nx_status find_matching(choosing *c, const nx_family_block *b)
{
    nx_result *r = c->r;
    nx_xq x = {.db = r->searcher->db, .err = c->err};
    uint32_t count;
    nx_xquery *ids = candidates(c, b, &x, &count), *among = NULL;
    nx_search_options options = {.sort = NX_SORT_RELEVANCE, .limit = count};
    nx_fetch f = {.db = r->searcher->db, .options = &options};
    f.verify = r->plan != NULL && r->plan->verify ? r->plan : NULL;
    nx_status status = x.status;
    if (status == NX_OK) {
        const nx_xquery *subs[] = {r->asked, ids};
        status = nx_xquery_combine(&among, NX_XOP_FILTER, subs, 2, 0, c->err);
    }
    if (status == NX_OK && count > 0) {
        f.query = among;
        status = nx_fetch_run(&f, c->err);
    }
    nx_xquery_free(among);
    nx_xquery_free(ids);
    c->matching = f.items;
    c->matching_count = f.count;
    if (f.count > 1) {
        qsort(f.items, f.count, sizeof *f.items, by_docid);
    }
    return status;
}

// Which parts of the query a document has words of.
static nx_status read_parts(choosing *c, uint32_t docid, bool *parts)
{
    const nx_plan *plan = c->r->plan;
    nx_xterms *cursor = NULL;
    bool more = true;
    memset(parts, 0, plan->leaves.count * sizeof *parts);
    nx_status status = nx_xdb_doc_terms(&cursor, c->r->searcher->db, docid, c->err);
    for (size_t i = 0; status == NX_OK && more && i < plan->term_count; i++) {
        if (i == 0 || !nx_str_eq(c->terms[i]->term, c->terms[i - 1]->term)) {
            status = nx_xterms_skip_to(cursor, c->terms[i]->term, &more, c->err);
        }
        if (status == NX_OK && more && nx_str_eq(nx_xterms_term(cursor), c->terms[i]->term)) {
            parts[c->terms[i]->part] = true;
        }
    }
    nx_xterms_free(cursor);
    return status;
}

static bool has_all(const bool *had, const bool *wanted, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (wanted[i] && !had[i]) {
            return false;
        }
    }
    return true;
}

// In place of the best copy, the earliest that says as much about the query.
static nx_status choose(choosing *c, nx_standing *s)
{
    const nx_plan *plan = c->r->plan;
    const size_t before = count_before(s);
    bool read = false, chosen = false;
    nx_status status = NX_OK;
    for (size_t i = 0; status == NX_OK && !chosen && i < before; i++) {
        uint32_t docid = s->members.items[i].docid;
        if (!is_matching(c, docid)) {
            continue;
        }
        if (plan != NULL && !read) {
            status = read_parts(c, s->docid, c->wanted);
            read = true;
        }
        if (plan != NULL && status == NX_OK) {
            status = read_parts(c, docid, c->had);
        }
        chosen = plan == NULL || has_all(c->had, c->wanted, plan->leaves.count);
        s->docid = chosen && status == NX_OK ? docid : s->docid;
    }
    return status;
}

static nx_status choose_all(nx_result *r, nx_family_block *b, nx_error *err)
{
    choosing c = {.r = r, .err = err};
    if (r->plan != NULL) {
        c.terms = nx_hit_terms(r->plan, b->arena);
        c.wanted = nx_arena_calloc(b->arena, r->plan->leaves.count + 1, sizeof *c.wanted);
        c.had = nx_arena_calloc(b->arena, r->plan->leaves.count + 1, sizeof *c.had);
    }
    nx_status status = nx_arena_check(b->arena, "a family", err);
    if (status == NX_OK) {
        status = find_matching(&c, b);
    }
    for (size_t i = 0; status == NX_OK && i < b->count; i++) {
        status = choose(&c, &b->items[i]);
    }
    free(c.matching);
    return status;
}

// ---- blocks of hits

static nx_family_block *make_block(void)
{
    nx_family_block *b = calloc(1, sizeof *b);
    nx_arena *arena = nx_arena_new(ARENA_MAX);
    if (b == NULL || arena == NULL) {
        free(b);
        nx_arena_free(arena);
        return NULL;
    }
    b->arena = arena;
    return b;
}

void nx_family_block_free(nx_family_block *b)
{
    if (b != NULL) {
        nx_arena_free(b->arena);
        free(b);
    }
}

static nx_status fill(nx_result *r, size_t first, nx_error *err)
{
    nx_family_block *b = r->families;
    bool choice = false;
    size_t end = first + NX_FAMILY_BLOCK < r->hit_count ? first + NX_FAMILY_BLOCK : r->hit_count;
    nx_arena_clear(b->arena);
    b->first = first;
    b->count = 0;
    nx_status status = NX_OK;
    for (size_t i = first; status == NX_OK && i < end; i++) {
        nx_standing *s = &b->items[b->count];
        status = read_family(r->searcher, r->hits[i].docid, r->options.families, b->arena, s, err);
        choice = choice || count_before(s) > 0;
        b->count++;
    }
    bool collapsed = r->options.per_family > 0 && r->options.sort == NX_SORT_RELEVANCE;
    if (status == NX_OK && choice && collapsed) {
        status = choose_all(r, b, err);
    }
    b->count = status == NX_OK ? b->count : 0;
    return status;
}

nx_status nx_family_standing(nx_result *r, size_t i, const nx_standing **out, nx_error *err)
{
    nx_status status = NX_OK;
    if (r->families == NULL) {
        r->families = make_block();
    }
    nx_family_block *b = r->families;
    if (b == NULL) {
        status = nx_fail_nomem(err);
    } else if (i < b->first || i >= b->first + b->count) {
        status = fill(r, i, err);
    }
    *out = status == NX_OK ? &b->items[i - b->first] : NULL;
    return status;
}
