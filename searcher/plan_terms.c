// plan_terms.c: terms as Xapian queries, with the weight they have.
#include <math.h>

#include "base/utf8.h"
#include "searcher/planner.h"

nx_str nx_plan_term_in(nx_planner *p, const nx_field *field, nx_str word)
{
    nx_buf b;
    if (field == NULL || field->prefix[0] == '\0') {
        return word;
    }
    nx_buf_init(&b, 1 << 10);
    nx_field_term(field, word, &b);
    nx_str term = nx_arena_copy(p->q->arena, nx_buf_str(&b));
    if (b.failed || term.p == NULL) {
        p->x.status = nx_fail_nomem(p->x.err);
    }
    nx_buf_release(&b);
    return term;
}

void nx_plan_remember(nx_planner *p, const nx_qnode *n, nx_str term, double factor,
                      uint32_t documents)
{
    nx_plan *plan = p->plan;
    if (p->again || p->negative) {
        return;
    }
    if (plan->term_count == p->term_cap) {
        size_t cap = p->term_cap != 0 ? p->term_cap * 2 : 32;
        nx_plan_term *terms = nx_arena_alloc(p->q->arena, cap * sizeof *terms);
        if (terms == NULL) {
            p->x.status = nx_fail_nomem(p->x.err);
            return;
        }
        if (plan->term_count > 0) {
            memcpy(terms, plan->terms, plan->term_count * sizeof *terms);
        }
        plan->terms = terms;
        p->term_cap = cap;
    }
    plan->terms[plan->term_count++] = (nx_plan_term){
        .term = term,
        .text = n->text,
        .part = n->leaf,
        .factor = factor * p->boost,
        .documents = documents,
        .stem = term.n > 0 && term.p[0] == 'Z',
        .plain = p->field == NULL && n->kind == NX_Q_WORD,
    };
}

double nx_plan_burst(nx_xterm_stats s)
{
    return s.documents > 0 ? ((double)s.occurrences + 1) / s.documents : 0;
}

// What a factor is to be multiplied by for Xapian, which weighs a term by the rarity of its own, to
// give the weight of a term that is in `documents`.
static double rarity_ratio(nx_planner *p, uint32_t documents, uint32_t own)
{
    nx_xstats index = {0};
    if (documents == own || p->x.status != NX_OK) {
        return 1;
    }
    p->x.status = nx_xdb_stats(p->x.db, &index, p->x.err);
    double all = index.documents + 1.0;
    return log2(all / (documents + 0.5)) / log2(all / (own + 0.5));
}

nx_xquery *nx_plan_weighted_as(nx_planner *p, const nx_qnode *n, nx_str word,
                               const nx_xterm_stats *as, double share)
{
    nx_str term = nx_plan_term_in(p, p->field, word);
    nx_xterm_stats own = nx_xq_stats(&p->x, term);
    if (own.documents == 0) {
        return NULL;
    }
    // Names and other facts have no frequency to rank by.
    as = as != NULL ? as : &own;
    double factor = nx_plan_in_text(p) ? share * nx_plan_burst(*as) : 0;
    nx_plan_remember(p, n, term, factor, as->documents);
    return nx_xq_scale(&p->x, nx_xq_term(&p->x, term),
                       factor * rarity_ratio(p, as->documents, own.documents));
}

nx_xquery *nx_plan_weighted(nx_planner *p, const nx_qnode *n, nx_str word, double share)
{
    return nx_plan_weighted_as(p, n, word, NULL, share);
}

void nx_plan_note_absent(nx_planner *p, const nx_qnode *n)
{
    int shown = (int)nx_utf8_cut(n->text, 100);
    const char *more = (size_t)shown < n->text.n ? "..." : "";
    if (p->x.status != NX_OK || p->again || p->negative || n->explained) {
        return;
    }
    if (p->field == NULL) {
        nx_query_note(p->q, NX_NOTE_HINT, n->at, n->end, "\"%.*s%s\" is in no article", shown,
                      n->text.p, more);
    } else {
        nx_query_note(p->q, NX_NOTE_HINT, n->at, n->end, "no article has %s:%.*s%s", p->field->name,
                      shown, n->text.p, more);
    }
}

nx_xquery *nx_plan_choice(nx_planner *p, const nx_qnode *n, nx_xlist *l)
{
    if (l->count == 0) {
        nx_plan_note_absent(p, n);
        return nx_xq_nothing(&p->x);
    }
    return nx_xq_combine(&p->x, NX_XOP_OR, l, 0);
}
