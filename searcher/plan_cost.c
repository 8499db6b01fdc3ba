// plan_cost.c: what a query may cost: words that patterns stand for, words of the index that are
// looked at for them, positions that are read. And a cheap look before a dear one.
//
// Counted in work, not in time, so that the same query gives the same answer everywhere. What comes
// first in the query is kept.
#include "base/utf8.h"
#include "searcher/planner.h"

enum {
    PATTERNS_WORDS = 3 * NX_EXPAND_MAX, // that all patterns stand for, unless they are many
    PATTERN_WORDS_MIN = 30,             // that each may stand for
    PATTERNS_MAX = 100,                 // patterns and spellings; further ones are left out
    LOOKED_AT_MAX = 8000000,            // words of the index: then no further pattern is begun
    PLACES_MAX = 6000000,               // lists of positions: then no further phrase is added
    FREQUENT_TERMS = 200,
};

// ---- patterns

size_t nx_plan_count_patterns(const nx_qnode *n)
{
    size_t count = 0;
    for (; n != NULL; n = n->next) {
        count += n->kind == NX_Q_WORD && n->match == NX_MATCH_WILD;
        count += nx_plan_count_patterns(n->child);
    }
    return count;
}

size_t nx_plan_pattern_words(const nx_planner *p)
{
    size_t share = p->spent.patterns > 0 ? PATTERNS_WORDS / p->spent.patterns : NX_EXPAND_MAX;
    share = share < NX_EXPAND_MAX ? share : NX_EXPAND_MAX;
    return share > PATTERN_WORDS_MIN ? share : PATTERN_WORDS_MIN;
}

// Said once: the first that is left out is named.
static void note_left_out(nx_planner *p, const nx_qnode *n, bool *said, const char *what)
{
    nx_str typed = nx_str_make(p->q->text.p + n->at, n->end - n->at);
    if (!p->again && !*said) {
        nx_query_note(p->q, NX_NOTE_IGNORED, n->at, n->end,
                      "the query has too many %s: %.*s and what follows of them is left out", what,
                      (int)nx_utf8_cut(typed, 60), typed.p);
    }
    *said = true;
}

bool nx_plan_may_look(nx_planner *p, const nx_qnode *n)
{
    nx_spent *s = &p->spent;
    if (s->looked < PATTERNS_MAX && s->looked_at <= LOOKED_AT_MAX) {
        s->looked++;
        return true;
    }
    note_left_out(p, n, &s->said_words, "patterns and spellings");
    return false;
}

// ---- positions

bool nx_plan_may_read(nx_planner *p, const nx_qnode *n, uint64_t documents, size_t places)
{
    nx_spent *s = &p->spent;
    const uint64_t wanted = documents * places;
    if (s->places > 0 && wanted > PLACES_MAX - s->places) { // what stands alone may cost more
        note_left_out(p, n, &s->said_places, "phrases and distances of frequent words");
        return false;
    }
    s->places += wanted < PLACES_MAX - s->places ? wanted : PLACES_MAX - s->places;
    return true;
}

// ---- occurrences

typedef struct term_list {
    nx_str items[FREQUENT_TERMS];
    size_t count;
    bool whole; // all that count
} term_list;

static void add_terms(nx_planner *p, const nx_str *terms, size_t count, term_list *l)
{
    for (size_t i = 0; i < count; i++) {
        if (l->count == FREQUENT_TERMS) {
            l->whole = false;
            return;
        }
        l->items[l->count++] = nx_plan_term_in(p, p->field, terms[i]);
    }
}

static void add_forms(nx_planner *p, const nx_word *w, bool stems, term_list *l)
{
    nx_str terms[NX_PLACE_TERMS];
    add_terms(p, terms, nx_plan_place_terms(w, terms), l);
    add_terms(p, w->stems, stems ? w->stem_count : 0, l);
}

// Terms one of which each occurrence of the node has, as nx_check counts them.
static void terms_of(nx_planner *p, const nx_qnode *n, term_list *l)
{
    if (n->kind == NX_Q_OR) {
        for (const nx_qnode *c = n->child; c != NULL; c = c->next) {
            terms_of(p, c, l);
        }
        return;
    }
    const nx_leaf *leaf = &p->plan->leaves.items[n->leaf];
    bool word = n->kind == NX_Q_WORD;
    if ((word && n->match > NX_MATCH_EXACT) || leaf->word_count == 0) {
        l->whole = false; // capitals, patterns: any word may be one
        return;
    }
    add_forms(p, &leaf->words[0], word && leaf->word_count == 1, l);
    for (size_t i = 0; word && i < leaf->compound_count; i++) {
        const nx_compound *c = &leaf->compounds[i];
        add_terms(p, &c->term, 1, l);
        add_terms(p, c->stems, c->stem_count, l);
    }
}

nx_xquery *nx_plan_frequent(nx_planner *p, const nx_qnode *n, uint32_t at_least, nx_xquery *q)
{
    term_list l = {.whole = nx_plan_in_text(p)};
    nx_xquery *frequent = NULL;
    if (l.whole) {
        terms_of(p, n, &l);
    }
    if (!l.whole || l.count == 0 || p->x.status != NX_OK) {
        return q;
    }
    p->x.status = nx_xquery_frequent(&frequent, l.items, l.count, at_least, p->x.err);
    return nx_xq_pair(&p->x, NX_XOP_FILTER, q, frequent);
}
