// hit.c: one hit of a result, with what a front end shows of it.
//
// Must not know: how hits are found or shown.
#include <stdlib.h>

#include "base/utf8.h"
#include "searcher/engine.h"

enum { PART_TEXT_BYTES = 80 }; // of a word in the list of what made a score

typedef struct hit_maker {
    nx_result *r;
    const nx_candidate *candidate;
    nx_str *matched;
    size_t matched_count;
    nx_hit_part *parts;
    size_t part_count;
    bool nomem;
    nx_error *err;
} hit_maker;

static int by_term(const void *a, const void *b)
{
    return nx_str_cmp((*(const nx_plan_term *const *)a)->term,
                      (*(const nx_plan_term *const *)b)->term);
}

static int heaviest_first(const void *a, const void *b)
{
    const nx_hit_part *x = a, *y = b;
    return x->weight > y->weight ? -1 : x->weight < y->weight;
}

const nx_plan_term **nx_hit_terms(const nx_plan *plan, nx_arena *arena)
{
    size_t n = plan->term_count;
    const nx_plan_term **terms = nx_arena_alloc(arena, (n + 1) * sizeof *terms);
    for (size_t i = 0; terms != NULL && i < n; i++) {
        terms[i] = &plan->terms[i];
    }
    if (terms != NULL && n > 1) {
        qsort(terms, n, sizeof *terms, by_term);
    }
    return terms;
}

static void add_matched(hit_maker *m, nx_str text)
{
    for (size_t i = 0; i < m->matched_count; i++) {
        if (nx_str_eq(m->matched[i], text)) {
            return;
        }
    }
    m->matched[m->matched_count++] = text;
}

static void add_part(hit_maker *m, double weight, const char *kind, nx_str text, nx_str term)
{
    nx_buf what;
    if (weight <= 0) {
        return;
    }
    nx_buf_init(&what, 1 << 12);
    nx_buf_adds(&what, nx_str_make(text.p, nx_utf8_cut(text, PART_TEXT_BYTES)));
    if (term.n > 0 && !nx_str_eq(term, text)) {
        nx_buf_addf(&what, "%s%.*s", text.n > 0 ? " as " : "", (int)term.n, term.p);
    }
    nx_buf_addz(&what, kind);
    m->nomem = m->nomem || what.failed;
    nx_str copy = nx_arena_copy(m->r->hit_arena, nx_buf_str(&what));
    nx_buf_release(&what);
    if (copy.p != NULL) {
        m->parts[m->part_count++] = (nx_hit_part){copy.p, weight};
    }
}

static nx_status weigh_term(hit_maker *m, const nx_xterms *cursor, const nx_plan_term *t)
{
    uint32_t wdf, length;
    const nx_xstats *stats = &m->r->stats;
    nx_status status = nx_xterms_wdf(cursor, &wdf, m->err);
    if (status == NX_OK) {
        status = nx_xdb_doc_length(m->r->searcher->db, m->candidate->docid, &length, NULL, m->err);
    }
    if (status != NX_OK) {
        return status;
    }
    nx_str term = t->stem ? nx_str_skip(t->term, 1) : t->term;
    double weight = nx_rank_weight(t->factor, t->documents, stats->documents, wdf, length,
                                   stats->average_length);
    add_part(m, weight, t->stem ? " (any form)" : " (as written)", t->text, term);
    return NX_OK;
}

// Walks a document's terms: the words it has go into m->matched, or their weights into m->parts.
static nx_status read_matches(hit_maker *m, const nx_plan_term **terms, uint32_t docid, bool weigh)
{
    nx_xterms *cursor = NULL;
    bool more = true;
    nx_status status = nx_xdb_doc_terms(&cursor, m->r->searcher->db, docid, m->err);
    for (size_t i = 0; status == NX_OK && more && i < m->r->plan->term_count; i++) {
        bool same = i > 0 && nx_str_eq(terms[i]->term, terms[i - 1]->term);
        if (!same) {
            status = nx_xterms_skip_to(cursor, terms[i]->term, &more, m->err);
        }
        if (status != NX_OK || !more || !nx_str_eq(nx_xterms_term(cursor), terms[i]->term)) {
            continue;
        }
        if (weigh) {
            status = weigh_term(m, cursor, terms[i]);
        } else {
            add_matched(m, terms[i]->text);
        }
    }
    nx_xterms_free(cursor);
    return status;
}

static void explain(hit_maker *m)
{
    const nx_candidate *c = m->candidate;
    double sum = 0;
    for (size_t i = 0; i < m->part_count; i++) {
        sum += m->parts[i].weight;
    }
    bool expanded = m->r->options.expand && m->r->relatives.count > 0;
    add_part(m, c->base - sum, expanded ? "words of the first hits" : "words standing together",
             NX_STR(""), NX_STR(""));
    add_part(m, c->together, "words of the query together", NX_STR(""), NX_STR(""));
    add_part(m, c->nearness, "words near each other", NX_STR(""), NX_STR(""));
    add_part(m, c->relatives, "words of related hits", NX_STR(""), NX_STR(""));
    add_part(m, c->likeness, "likeness to better hits", NX_STR(""), NX_STR(""));
    add_part(m, c->kept, "first without expansion", NX_STR(""), NX_STR(""));
    if (m->part_count > 1) {
        qsort(m->parts, m->part_count, sizeof *m->parts, heaviest_first);
    }
    if (c->prior < 1 && m->parts != NULL) {
        m->parts[m->part_count++] = (nx_hit_part){"factor by age", c->prior};
    }
}

static nx_status read_stored(nx_result *r, nx_hit *out, nx_error *err)
{
    nx_xdoc *doc = NULL;
    nx_buf_clear(&r->hit_data);
    nx_status status = nx_xdb_given_doc(&doc, r->searcher->db, out->docid, err);
    if (status == NX_OK) {
        status = nx_xdoc_data(doc, &r->hit_data, err);
    }
    if (status == NX_OK) {
        out->data = nx_buf_str(&r->hit_data);
    }
    nx_xdoc_free(doc);
    return status;
}

nx_status nx_result_hit(nx_result *r, uint32_t i, nx_hit *out, nx_error *err)
{
    if (i >= r->hit_count) {
        return nx_fail(err, NX_EUSAGE, "there is no hit %u", i);
    }
    const nx_candidate *c = &r->hits[i];
    const nx_standing *standing = NULL;
    nx_status status = nx_family_standing(r, i, &standing, err);
    if (status != NX_OK) {
        return status;
    }
    nx_arena_clear(r->hit_arena);
    *out = (nx_hit){.rank = r->options.offset + i + 1,
                    .docid = standing->docid,
                    .family = standing->family,
                    .members = standing->members,
                    .weight = r->options.sort == NX_SORT_RELEVANCE ? c->weight : 0,
                    .family_others = c->collapsed};
    size_t terms = r->plan != NULL ? r->plan->term_count : 0;
    hit_maker m = {.r = r, .candidate = c, .err = err};
    m.matched = nx_arena_alloc(r->hit_arena, (terms + 1) * sizeof *m.matched);
    m.parts = nx_arena_alloc(r->hit_arena, (terms + 8) * sizeof *m.parts);
    const nx_plan_term **sorted = r->plan != NULL ? nx_hit_terms(r->plan, r->hit_arena) : NULL;
    status = nx_arena_check(r->hit_arena, "a hit", err);
    if (status == NX_OK) {
        status = read_stored(r, out, err);
    }
    if (status == NX_OK && terms > 0) {
        status = read_matches(&m, sorted, out->docid, false);
    }
    if (status == NX_OK && terms > 0 && r->options.explain) { // the score is the best copy's
        status = read_matches(&m, sorted, c->docid, true);
    }
    if (status == NX_OK && r->options.explain) {
        explain(&m);
    }
    if (status == NX_OK && m.nomem) {
        status = nx_fail_nomem(err);
    }
    out->matched = m.matched;
    out->matched_count = m.matched_count;
    out->parts = m.parts;
    out->part_count = m.part_count;
    return status == NX_OK ? nx_arena_check(r->hit_arena, "a hit", err) : status;
}
