// sieve.c: see sieve.h.
#include "searcher/sieve.h"

#include <stdlib.h>

#include "searcher/engine.h"

enum { FAMILY_MAX = 32 }; // bytes of a family's id that are compared; it has 16

typedef struct candidate {
    uint32_t docid;
    int64_t number; // 0: old
    bool later;     // will be looked at later: neither new nor old
    size_t family;  // index in families; SIZE_MAX: it has none
} candidate;

typedef struct family {
    char id[FAMILY_MAX];
    size_t n;
    uint64_t closed; // the search in which it has its hit, or is no news
} family;

typedef struct found {
    uint32_t item;
    int64_t number;
} found;

struct nx_sieve {
    nx_searcher *searcher;
    candidate *candidates; // settled: by docid
    size_t count, cap;
    family *families; // by id
    size_t family_count;
    nx_xquery *within;
    uint64_t searches;
    found *hits; // room for all candidates
    size_t hit_count;
};

nx_status nx_sieve_new(nx_sieve **out, nx_searcher *s, nx_error *err)
{
    *out = calloc(1, sizeof **out);
    if (*out == NULL) {
        return nx_fail_nomem(err);
    }
    (*out)->searcher = s;
    return NX_OK;
}

void nx_sieve_free(nx_sieve *s)
{
    if (s != NULL) {
        nx_xquery_free(s->within);
        free(s->candidates);
        free(s->families);
        free(s->hits);
        free(s);
    }
}

static nx_status put(nx_sieve *s, const candidate *c, nx_error *err)
{
    if (s->count == s->cap) {
        size_t cap = s->cap != 0 ? s->cap * 2 : 256;
        candidate *grown = realloc(s->candidates, cap * sizeof *grown);
        if (grown == NULL) {
            return nx_fail_nomem(err);
        }
        s->candidates = grown;
        s->cap = cap;
    }
    s->candidates[s->count++] = *c;
    return NX_OK;
}

nx_status nx_sieve_add(nx_sieve *s, nx_str unique_term, int64_t number, nx_error *err)
{
    nx_xposts *posts = NULL;
    bool more = false;
    nx_status status = nx_xdb_postings(&posts, s->searcher->db, unique_term, err);
    if (status == NX_OK) {
        status = nx_xposts_next(posts, &more, err);
    }
    if (status == NX_OK && more) {
        const candidate c = {.docid = nx_xposts_docid(posts), .number = number, .family = SIZE_MAX};
        status = put(s, &c, err);
    }
    nx_xposts_free(posts);
    return status;
}

// ---- families

static int by_docid(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    return x->docid < y->docid ? -1 : x->docid > y->docid;
}

static int by_id(const void *a, const void *b)
{
    const family *x = a, *y = b;
    return nx_str_cmp(nx_str_make(x->id, x->n), nx_str_make(y->id, y->n));
}

static candidate *find_candidate(nx_sieve *s, size_t count, uint32_t docid)
{
    const candidate key = {.docid = docid};
    return count == 0 ? NULL : bsearch(&key, s->candidates, count, sizeof key, by_docid);
}

static size_t find_family(const nx_sieve *s, nx_str id)
{
    family key = {.n = id.n < FAMILY_MAX ? id.n : FAMILY_MAX};
    memcpy(key.id, id.p, key.n);
    const family *f = s->family_count == 0
                          ? NULL
                          : bsearch(&key, s->families, s->family_count, sizeof key, by_id);
    return f != NULL ? (size_t)(f - s->families) : SIZE_MAX;
}

// The families of the new articles.
static nx_status read_families(nx_sieve *s, nx_xvalues *values, nx_error *err)
{
    nx_status status = NX_OK;
    bool more = true;
    size_t kept = 0;
    s->families = calloc(s->count + 1, sizeof *s->families);
    if (s->families == NULL) {
        return nx_fail_nomem(err);
    }
    for (size_t i = 0; i < s->count && status == NX_OK && more; i++) {
        status = nx_xvalues_skip_to(values, s->candidates[i].docid, &more, err);
        if (status == NX_OK && more && nx_xvalues_docid(values) == s->candidates[i].docid) {
            nx_str id = nx_xvalues_value(values);
            family *f = &s->families[s->family_count++];
            f->n = id.n < FAMILY_MAX ? id.n : FAMILY_MAX;
            memcpy(f->id, id.p, f->n);
        }
    }
    if (s->family_count > 1) {
        qsort(s->families, s->family_count, sizeof *s->families, by_id);
    }
    for (size_t i = 0; i < s->family_count; i++) {
        if (kept == 0 || by_id(&s->families[kept - 1], &s->families[i]) != 0) {
            s->families[kept++] = s->families[i];
        }
    }
    s->family_count = kept;
    return status;
}

// What a document that shares a family with new ones is.
static nx_status judge(nx_sieve *s, candidate *c, nx_sieve_ask *ask, void *ctx, nx_error *err)
{
    nx_xterms *terms = NULL;
    bool more = false;
    nx_status status = nx_xdb_doc_terms(&terms, s->searcher->db, c->docid, err);
    if (status == NX_OK) {
        status = nx_xterms_skip_to(terms, NX_STR("Q"), &more, err);
    }
    if (status == NX_OK && more && nx_str_starts(nx_xterms_term(terms), NX_STR("Q"))) {
        status = ask(ctx, nx_xterms_term(terms), &c->number, err);
    }
    c->later = c->number != 0;
    nx_xterms_free(terms);
    return status;
}

// Gives the new articles their families, and finds the other articles of those.
static nx_status read_members(nx_sieve *s, nx_xvalues *values, nx_sieve_ask *ask, void *ctx,
                              nx_error *err)
{
    const size_t added = s->count;
    nx_status status = NX_OK;
    bool more = false;
    while ((status = nx_xvalues_next(values, &more, err)) == NX_OK && more) {
        size_t at = find_family(s, nx_xvalues_value(values));
        if (at == SIZE_MAX) {
            continue;
        }
        candidate *own = find_candidate(s, added, nx_xvalues_docid(values));
        if (own != NULL) {
            own->family = at;
            continue;
        }
        candidate c = {.docid = nx_xvalues_docid(values), .family = at};
        status = judge(s, &c, ask, ctx, err);
        status = status == NX_OK ? put(s, &c, err) : status;
        if (status != NX_OK) {
            break;
        }
    }
    return status;
}

static nx_status limit_to_candidates(nx_sieve *s, nx_error *err)
{
    uint32_t *docids = malloc((s->count + 1) * sizeof *docids);
    s->hits = malloc((s->count + 1) * sizeof *s->hits);
    if (docids == NULL || s->hits == NULL) {
        free(docids);
        return nx_fail_nomem(err);
    }
    for (size_t i = 0; i < s->count; i++) {
        docids[i] = s->candidates[i].docid;
    }
    nx_status status = nx_xquery_documents(&s->within, s->searcher->db, docids, s->count, err);
    free(docids);
    return status;
}

nx_status nx_sieve_settle(nx_sieve *s, nx_sieve_ask *ask, void *ctx, nx_error *err)
{
    nx_xvalues *some = NULL, *all = NULL;
    if (s->count > 1) {
        qsort(s->candidates, s->count, sizeof *s->candidates, by_docid);
    }
    nx_status status = nx_xdb_values(&some, s->searcher->db, NX_SLOT_FAMILY, err);
    if (status == NX_OK) {
        status = read_families(s, some, err);
    }
    if (status == NX_OK && s->family_count > 0) {
        status = nx_xdb_values(&all, s->searcher->db, NX_SLOT_FAMILY, err);
        status = status == NX_OK ? read_members(s, all, ask, ctx, err) : status;
    }
    nx_xvalues_free(all);
    nx_xvalues_free(some);
    if (status == NX_OK && s->count > 1) {
        qsort(s->candidates, s->count, sizeof *s->candidates, by_docid);
    }
    return status == NX_OK ? limit_to_candidates(s, err) : status;
}

// ---- searching

// The matches that are news; they come newest first, so the last of a family was published first.
static void choose(nx_sieve *s, const nx_result *r, int64_t since)
{
    s->searches++;
    s->hit_count = 0;
    for (size_t i = 0; i < r->hit_count; i++) {
        const candidate *c = find_candidate(s, s->count, r->hits[i].docid);
        if (c != NULL && c->family != SIZE_MAX && c->number <= since) {
            s->families[c->family].closed = s->searches;
        }
    }
    for (size_t i = r->hit_count; i-- > 0;) {
        const candidate *c = find_candidate(s, s->count, r->hits[i].docid);
        if (c == NULL || c->later || c->number <= since) {
            continue;
        }
        if (c->family != SIZE_MAX) {
            if (s->families[c->family].closed == s->searches) {
                continue;
            }
            s->families[c->family].closed = s->searches;
        }
        s->hits[s->hit_count++] = (found){(uint32_t)i, c->number};
    }
}

nx_status nx_sieve_search(nx_sieve *s, nx_str query, int64_t since, int64_t now, nx_result **result,
                          nx_error *err)
{
    nx_search_options options = nx_search_defaults();
    options.now = now;
    options.words = NX_WORDS_ALL;
    options.sort = NX_SORT_NEWEST;
    options.limit = s->count < NX_LIMIT_NONE ? (uint32_t)s->count : NX_LIMIT_NONE;
    options.suggest = false;
    options.within = s->within;
    s->hit_count = 0;
    nx_status status = nx_search_once(s->searcher, query, &options, result, err);
    if (status == NX_OK) {
        choose(s, *result, since);
    }
    return status;
}

size_t nx_sieve_hits(const nx_sieve *s)
{
    return s->hit_count;
}

int64_t nx_sieve_hit(const nx_sieve *s, size_t i, uint32_t *item)
{
    *item = s->hits[i].item;
    return s->hits[i].number;
}
