// plan_places.c: phrases and distances as Xapian queries.
//
// Positions: body words have them in unprefixed terms, title words in S terms, so what needs
// positions is asked for in both. Inflected forms have none: a distance between words is one
// between any of the inflections that the index knows.
#include "base/utf8.h"
#include "searcher/planner.h"

enum { PHRASE_WORDS_MAX = 40, PLACE_TERMS_MAX = 64 };

// Fields an unfielded phrase is looked for in.
static size_t fields_of(const nx_planner *p, const nx_field *out[2])
{
    out[0] = p->field != NULL ? p->field : nx_field_by_id(NX_FIELD_TEXT);
    out[1] = nx_field_by_id(NX_FIELD_TITLE);
    return p->field != NULL ? 1 : 2;
}

// ---- phrases

size_t nx_plan_place_terms(const nx_word *w, nx_str out[NX_PLACE_TERMS])
{
    size_t count = 0;
    out[count++] = w->exact;
    if (w->folded.n > 0) {
        out[count++] = w->folded;
    }
    if (w->respelt.n > 0) {
        out[count++] = w->respelt;
    }
    return count;
}

static nx_xquery *phrase_in(nx_planner *p, const nx_field *field, const nx_word *words,
                            size_t count, uint32_t window)
{
    nx_xlist places = {0};
    double share = 0;
    for (size_t i = 0; i < count && p->x.status == NX_OK; i++) {
        nx_xlist alternatives = {0};
        nx_str terms[NX_PLACE_TERMS];
        size_t term_count = nx_plan_place_terms(&words[i], terms);
        for (size_t k = 0; k < term_count; k++) {
            nx_str term = nx_plan_term_in(p, field, terms[k]);
            nx_xterm_stats stats = nx_xq_stats(&p->x, term);
            if (stats.documents > 0) {
                share += nx_plan_burst(stats);
                nx_xlist_add(&p->x, &alternatives,
                             count > 1 ? nx_xq_place(&p->x, term) : nx_xq_term(&p->x, term));
            }
        }
        if (alternatives.count == 0) { // a word that is nowhere: so is the phrase
            nx_xlist_free(&places);
            return NULL;
        }
        nx_xlist_add(&p->x, &places, nx_xq_combine(&p->x, NX_XOP_OR, &alternatives, 0));
    }
    nx_xquery *q = nx_xq_combine(&p->x, NX_XOP_PHRASE, &places, window);
    bool ranks = field->analysis == NX_AS_WORDS;
    return nx_xq_scale(&p->x, q, ranks ? share / (double)count : 0);
}

// In how many documents the rarest place can be.
static uint64_t rarest_word(nx_planner *p, const nx_word *words, size_t count)
{
    uint64_t least = UINT64_MAX;
    for (size_t i = 0; i < count; i++) {
        nx_str terms[NX_PLACE_TERMS];
        uint64_t sum = 0;
        for (size_t k = nx_plan_place_terms(&words[i], terms); k-- > 0;) {
            sum += nx_xq_stats(&p->x, nx_plan_term_in(p, p->field, terms[k])).documents;
        }
        least = sum < least ? sum : least;
    }
    return least;
}

bool nx_plan_add_phrase(nx_planner *p, const nx_qnode *n, const nx_word *words, size_t count,
                        uint32_t window, nx_xlist *l)
{
    const nx_field *fields[2];
    size_t field_count = fields_of(p, fields);
    if (!nx_plan_may_read(p, n, rarest_word(p, words, count), count)) {
        return false;
    }
    for (size_t i = 0; i < field_count; i++) {
        nx_xlist_add(&p->x, l, phrase_in(p, fields[i], words, count, window));
    }
    return true;
}

nx_xquery *nx_plan_phrase(nx_planner *p, const nx_qnode *n)
{
    const nx_leaf *leaf = &p->plan->leaves.items[n->leaf];
    size_t count = leaf->word_count;
    nx_xlist l = {0};
    if (count > PHRASE_WORDS_MAX) {
        if (!p->again) {
            nx_query_note(p->q, NX_NOTE_IGNORED, n->at, n->end,
                          "only the first %d words of the phrase are used", PHRASE_WORDS_MAX);
        }
        count = PHRASE_WORDS_MAX;
    }
    if (count == 0) {
        nx_plan_note_wordless(p, n);
        return NULL;
    }
    uint32_t window = (uint32_t)count + n->n;
    if (count == 1) {
        nx_str terms[NX_PLACE_TERMS];
        size_t term_count = nx_plan_place_terms(&leaf->words[0], terms);
        for (size_t i = 0; i < term_count; i++) {
            nx_xlist_add(&p->x, &l, nx_plan_weighted(p, n, terms[i], i == 0 ? 1 : 0.5));
        }
    } else if (!nx_plan_add_phrase(p, n, leaf->words, count, window, &l)) {
        return NULL;
    } else {
        for (size_t i = 0; i < count && nx_plan_in_text(p); i++) { // they rank, for explanations
            nx_str term = nx_plan_term_in(p, p->field, leaf->words[i].exact);
            nx_xterm_stats stats = nx_xq_stats(&p->x, term);
            if (stats.documents > 0) {
                nx_plan_remember(p, n, term, nx_plan_burst(stats), stats.documents);
            }
        }
    }
    nx_plan_mark_phrase(p, n, leaf->words, count, window);
    return nx_plan_choice(p, n, &l);
}

// ---- distances

typedef struct place_list {
    nx_str terms[PLACE_TERMS_MAX];
    size_t count;
    bool cut; // there are more
} place_list;

static void add_place_term(place_list *l, nx_str term)
{
    for (size_t i = 0; i < l->count; i++) {
        if (nx_str_eq(l->terms[i], term)) {
            return;
        }
    }
    if (l->count < PLACE_TERMS_MAX) {
        l->terms[l->count++] = term;
    } else {
        l->cut = true;
    }
}

// All forms of a word that can have a position.
static void add_inflections(nx_planner *p, const char *prefix, const nx_word *w, place_list *l)
{
    nx_str rest = p->options->languages;
    for (nx_str code = nx_str_take_word(&rest); code.n > 0 && p->x.status == NX_OK;
         code = nx_str_take_word(&rest)) {
        for (size_t i = 0; i < w->stem_count && p->x.status == NX_OK; i++) {
            nx_known_list known;
            p->x.status =
                nx_known_inflections(p->x.db, prefix, w->stems[i], code, &known, p->x.err);
            for (size_t k = 0; p->x.status == NX_OK && k < known.count; k++) {
                nx_str t = known.items[k].term;
                size_t skip = strlen(prefix);
                add_place_term(l, nx_arena_copy(p->q->arena, nx_str_skip(t, skip)));
            }
            nx_known_free(&known);
        }
    }
}

// What may stand for an operand of NEAR; false when it is more than one word long.
static bool operand_terms(nx_planner *p, const char *prefix, const nx_qnode *n, place_list *l)
{
    if (n->kind == NX_Q_OR) {
        for (const nx_qnode *c = n->child; c != NULL; c = c->next) {
            if (!operand_terms(p, prefix, c, l)) {
                return false;
            }
        }
        return true;
    }
    const nx_leaf *leaf = &p->plan->leaves.items[n->leaf];
    bool pattern = n->kind == NX_Q_WORD && n->match >= NX_MATCH_WILD;
    if (pattern || leaf->word_count != 1) {
        return false;
    }
    const nx_word *w = &leaf->words[0];
    nx_str terms[NX_PLACE_TERMS];
    size_t count = n->match == NX_MATCH_EXACT ? 1 : NX_PLACE_TERMS;
    size_t known = nx_plan_place_terms(w, terms);
    for (size_t i = 0; i < known && i < count; i++) {
        add_place_term(l, terms[i]);
    }
    if (n->kind == NX_Q_WORD && n->match == NX_MATCH_CAPS) {
        p->inexact = true;
    }
    if (n->kind == NX_Q_WORD && n->match == NX_MATCH_WORD) {
        add_inflections(p, prefix, w, l);
    }
    return true;
}

static nx_xquery *any_operand(nx_planner *p, const nx_qnode *n)
{
    if (n->kind == NX_Q_OR) {
        nx_xlist l = {0};
        for (const nx_qnode *c = n->child; c != NULL; c = c->next) {
            nx_xlist_add(&p->x, &l, any_operand(p, c));
        }
        return nx_xq_combine(&p->x, NX_XOP_OR, &l, 0);
    }
    return n->kind == NX_Q_PHRASE ? nx_plan_phrase(p, n) : nx_plan_word(p, n);
}

// All operands, anywhere: what is too much is sorted out by nx_check.
static nx_xquery *all_operands(nx_planner *p, const nx_qnode *n)
{
    nx_xlist l = {0};
    for (const nx_qnode *c = n->child; c != NULL; c = c->next) {
        nx_xlist_add(&p->x, &l, any_operand(p, c));
    }
    p->inexact = true;
    return nx_xq_combine(&p->x, NX_XOP_AND, &l, 0);
}

// Operands of one word each, by positions in a field.
static nx_xquery *near_in(nx_planner *p, const nx_qnode *n, const nx_field *field,
                          const place_list *places, size_t count)
{
    nx_xlist l = {0};
    double share = 0;
    size_t terms = 0;
    for (size_t i = 0; i < count && p->x.status == NX_OK; i++) {
        nx_xlist alternatives = {0};
        for (size_t k = 0; k < places[i].count; k++) {
            nx_str term = nx_plan_term_in(p, field, places[i].terms[k]);
            nx_xterm_stats stats = nx_xq_stats(&p->x, term);
            if (stats.documents > 0) {
                share += nx_plan_burst(stats);
                terms++;
                nx_xlist_add(&p->x, &alternatives, nx_xq_place(&p->x, term));
            }
        }
        if (alternatives.count == 0) {
            nx_xlist_free(&l);
            return NULL;
        }
        nx_xlist_add(&p->x, &l, nx_xq_combine(&p->x, NX_XOP_OR, &alternatives, 0));
    }
    uint32_t window = n->n * (uint32_t)(count - 1) + 1;
    window = window < count ? (uint32_t)count : window;
    nx_xquery *q = nx_xq_combine(&p->x, n->ordered ? NX_XOP_PHRASE : NX_XOP_NEAR, &l, window);
    return nx_xq_scale(&p->x, q, terms > 0 ? share / (double)terms : 0);
}

// In how many documents the rarest operand can be.
static uint64_t rarest_place(nx_planner *p, const place_list *places, size_t count)
{
    uint64_t least = UINT64_MAX;
    for (size_t i = 0; i < count; i++) {
        uint64_t sum = 0;
        for (size_t k = 0; k < places[i].count; k++) {
            nx_str term = nx_plan_term_in(p, p->field, places[i].terms[k]);
            sum += nx_xq_stats(&p->x, term).documents;
        }
        least = sum < least ? sum : least;
    }
    return least;
}

nx_xquery *nx_plan_near(nx_planner *p, const nx_qnode *n)
{
    size_t count = 0;
    for (const nx_qnode *c = n->child; c != NULL; c = c->next) {
        count++;
    }
    place_list *places = nx_arena_calloc(p->q->arena, count, sizeof *places);
    nx_place *marks = nx_arena_calloc(p->q->arena, count, sizeof *marks);
    if (places == NULL || marks == NULL) {
        p->x.status = nx_fail_nomem(p->x.err);
        return NULL;
    }
    const char *prefix = p->field != NULL ? p->field->prefix : "";
    size_t i = 0;
    for (const nx_qnode *c = n->child; c != NULL; c = c->next, i++) {
        if (n->kind == NX_Q_SAME || !operand_terms(p, prefix, c, &places[i])) {
            return all_operands(p, n);
        }
        if (places[i].cut && !p->again) {
            nx_str typed = nx_str_make(p->q->text.p + c->at, c->end - c->at);
            nx_query_note(p->q, NX_NOTE_IGNORED, c->at, c->end,
                          "only the first %d words that \"%.*s\" stands for are used",
                          PLACE_TERMS_MAX, (int)nx_utf8_cut(typed, 30), typed.p);
        }
        marks[i] = (nx_place){places[i].terms, places[i].count};
    }
    if (!nx_plan_may_read(p, n, rarest_place(p, places, count), count)) {
        return NULL;
    }
    const nx_field *fields[2];
    size_t field_count = fields_of(p, fields);
    nx_xlist l = {0};
    for (size_t f = 0; f < field_count; f++) {
        nx_xlist_add(&p->x, &l, near_in(p, n, fields[f], places, count));
    }
    for (size_t k = 0; k < count; k++) {
        for (size_t t = 0; t < places[k].count && !p->again && !p->negative; t++) {
            nx_xterm_stats stats = nx_xq_stats(&p->x, places[k].terms[t]);
            if (stats.documents > 0) {
                nx_plan_remember(p, n->child, places[k].terms[t], nx_plan_burst(stats),
                                 stats.documents);
            }
        }
    }
    nx_plan_mark_distance(p, n, marks, count);
    return l.count == 0 ? nx_xq_nothing(&p->x) : nx_xq_combine(&p->x, NX_XOP_OR, &l, 0);
}
