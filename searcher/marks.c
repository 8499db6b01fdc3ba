// marks.c: what of the query a text can contain, for the snippet maker.
//
// Must not know: Xapian queries, snippets.
#include <math.h>

#include "searcher/planner.h"

static nx_mark *add_mark(nx_planner *p, const nx_qnode *n)
{
    nx_plan *plan = p->plan;
    if (p->again || p->negative || !nx_plan_in_text(p)) {
        return NULL;
    }
    if (plan->mark_count == p->mark_cap) {
        size_t cap = p->mark_cap != 0 ? p->mark_cap * 2 : 16;
        nx_mark *marks = nx_arena_alloc(p->q->arena, cap * sizeof *marks);
        if (marks == NULL) {
            p->x.status = nx_fail_nomem(p->x.err);
            return NULL;
        }
        if (plan->mark_count > 0) {
            memcpy(marks, plan->marks, plan->mark_count * sizeof *marks);
        }
        plan->marks = marks;
        p->mark_cap = cap;
    }
    nx_mark *m = &plan->marks[plan->mark_count++];
    *m = (nx_mark){.part = n->leaf,
                   .first = (uint32_t)n->at,
                   .end = (uint32_t)n->end,
                   .window = 1,
                   .ordered = true,
                   .capitals = n->kind == NX_Q_WORD && n->match == NX_MATCH_CAPS,
                   .field = p->field};
    return m;
}

static nx_place copy_place(nx_planner *p, const nx_str *terms, size_t count)
{
    nx_str *copy = nx_arena_alloc(p->q->arena, count * sizeof *copy);
    if (copy == NULL) {
        p->x.status = nx_fail_nomem(p->x.err);
        return (nx_place){NULL, 0};
    }
    memcpy(copy, terms, count * sizeof *copy);
    return (nx_place){copy, count};
}

static nx_place *make_places(nx_planner *p, size_t count)
{
    nx_place *places = nx_arena_calloc(p->q->arena, count, sizeof *places);
    if (places == NULL) {
        p->x.status = nx_fail_nomem(p->x.err);
    }
    return places;
}

// Rarity of the rarest term of a place: log2 of documents per document that has it.
static double rarity(nx_planner *p, const nx_place *place)
{
    uint32_t most = 0;
    nx_xstats stats = {0};
    for (size_t i = 0; i < place->term_count; i++) {
        nx_xterm_stats s = nx_xq_stats(&p->x, place->terms[i]);
        most = s.documents > most ? s.documents : most;
    }
    if (p->x.status == NX_OK) {
        p->x.status = nx_xdb_stats(p->x.db, &stats, p->x.err);
    }
    return log2((stats.documents + 1.0) / (most + 0.5));
}

void nx_plan_mark_place(nx_planner *p, const nx_qnode *n, const nx_str *terms, size_t count,
                        bool stop)
{
    nx_mark *m = add_mark(p, n);
    nx_place *place = m != NULL ? make_places(p, 1) : NULL;
    if (place == NULL) {
        return;
    }
    *place = copy_place(p, terms, count);
    m->places = place;
    m->place_count = 1;
    m->stop = stop;
    m->weight = rarity(p, place);
}

void nx_plan_mark_phrase(nx_planner *p, const nx_qnode *n, const nx_word *words, size_t count,
                         uint32_t window)
{
    nx_mark *m = add_mark(p, n);
    nx_place *places = m != NULL ? make_places(p, count) : NULL;
    if (places == NULL) {
        return;
    }
    m->places = places;
    m->window = window;
    m->place_count = count;
    for (size_t i = 0; i < count; i++) {
        nx_str terms[NX_PLACE_TERMS];
        size_t term_count = nx_plan_place_terms(&words[i], terms);
        places[i] = copy_place(p, terms, term_count);
        m->weight += p->x.status == NX_OK ? rarity(p, &places[i]) : 0;
    }
}

// More than nearly any has: the passage that is shown is whole sentences anyway.
enum { SENTENCE_WORDS = 60, PARAGRAPH_WORDS = 200 };

void nx_plan_mark_distance(nx_planner *p, const nx_qnode *n, const nx_place *places, size_t count)
{
    nx_mark *m = add_mark(p, n->child->kind == NX_Q_OR ? n->child->child : n->child);
    if (m == NULL) {
        return;
    }
    m->first = (uint32_t)n->at;
    m->end = (uint32_t)n->end;
    m->places = places;
    m->place_count = count;
    m->window = n->kind == NX_Q_NEAR ? n->n * (uint32_t)(count - 1) + 1
                : n->paragraph       ? PARAGRAPH_WORDS
                                     : SENTENCE_WORDS;
    m->ordered = n->ordered;
    for (size_t i = 0; i < count; i++) {
        m->weight += p->x.status == NX_OK ? rarity(p, &places[i]) : 0;
    }
}
