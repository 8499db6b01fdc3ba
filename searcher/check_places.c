// check_places.c: where words and phrases stand in one text, and whether they stand as near to each
// other as was asked; see check.h.
#include <stdlib.h>

#include "searcher/check.h"
#include "searcher/vocabulary.h"

static void add_span(nx_check *c, nx_findings *l, nx_finding s)
{
    if (c->head != 0 && s.last > c->head) {
        return;
    }
    if (l->count == l->cap) {
        size_t cap = l->cap != 0 ? l->cap * 2 : 16;
        nx_finding *items = realloc(l->items, cap * sizeof *items);
        if (items == NULL) {
            c->nomem = true;
            return;
        }
        l->items = items;
        l->cap = cap;
    }
    l->items[l->count++] = s;
}

static bool is_form(const nx_check *c, const nx_check_form *f, const nx_word *w, bool exact)
{
    nx_str term = nx_vocab_get(c->vocab, f->term);
    if (nx_str_eq(term, w->exact)) {
        return true;
    }
    if (exact) {
        return false;
    }
    if ((w->folded.n > 0 && nx_str_eq(term, w->folded)) ||
        (w->respelt.n > 0 && nx_str_eq(term, w->respelt))) {
        return true;
    }
    for (size_t i = 0; i < w->stem_count; i++) {
        if (nx_str_eq(term, w->stems[i])) {
            return true;
        }
    }
    return false;
}

static void find_word(nx_check *c, const nx_check_text *t, const nx_word *w, const nx_qnode *n,
                      nx_findings *out)
{
    bool exact = n->kind == NX_Q_WORD && (n->match == NX_MATCH_EXACT || n->match == NX_MATCH_CAPS);
    bool capitals = n->kind == NX_Q_WORD && n->match == NX_MATCH_CAPS;
    uint32_t last = 0;
    for (size_t i = 0; i < t->count; i++) {
        const nx_check_form *f = &t->forms[i];
        bool again = f->pos == last; // another form at a position that is taken
        nx_str written = nx_str_make(t->text.p + f->start, f->end - f->start);
        bool is = is_form(c, f, w, exact) || (capitals && nx_str_eq_nocase(written, n->text));
        if (again || !is || (capitals && !nx_str_in_capitals(written))) {
            continue;
        }
        last = f->pos;
        add_span(c, out, (nx_finding){f->pos, f->pos, f->start, f->end});
    }
}

static void find_pattern(nx_check *c, const nx_check_text *t, const nx_qnode *n, nx_findings *out)
{
    nx_buf folded;
    nx_buf_init(&folded, NX_QUERY_MAX_BYTES * 4);
    nx_fold(n->text, false, &folded);
    c->nomem = c->nomem || folded.failed;
    for (size_t i = 0; i < t->count && !folded.failed; i++) {
        const nx_check_form *f = &t->forms[i];
        nx_str word = nx_vocab_get(c->vocab, f->term);
        bool hit = f->word && (n->match == NX_MATCH_WILD
                                   ? nx_word_like(nx_buf_str(&folded), word)
                                   : nx_edit_distance(nx_buf_str(&folded), word, n->n) <= n->n);
        if (hit) {
            add_span(c, out, (nx_finding){f->pos, f->pos, f->start, f->end});
        }
    }
    nx_buf_release(&folded);
}

static bool is_place(const nx_check *c, const nx_check_form *f, const nx_word *w)
{
    nx_str term = nx_vocab_get(c->vocab, f->term);
    return nx_str_eq(term, w->exact) || (w->folded.n > 0 && nx_str_eq(term, w->folded)) ||
           (w->respelt.n > 0 && nx_str_eq(term, w->respelt));
}

// The end of the words in order within the window that starts at form `from`, which is the first
// word; 0: not there. Taking each word as early as it comes is the shortest way.
static uint32_t phrase_from(const nx_check *c, const nx_check_text *t, size_t from,
                            const nx_word *words, size_t count, uint32_t window)
{
    uint32_t start = t->forms[from].pos, pos = start;
    size_t k = 1;
    for (size_t i = from; k < count && i < t->count && t->forms[i].pos < start + window; i++) {
        if (t->forms[i].pos > pos && is_place(c, &t->forms[i], &words[k])) {
            pos = t->forms[i].pos;
            k++;
        }
    }
    return k == count ? pos : 0;
}

static void find_phrase(nx_check *c, const nx_check_text *t, const nx_word *words, size_t count,
                        uint32_t window, nx_findings *out)
{
    uint32_t last = 0;
    for (size_t i = 0; i < t->count; i++) {
        const nx_check_form *f = &t->forms[i];
        if (f->pos == last || !is_place(c, f, &words[0])) {
            continue;
        }
        last = f->pos;
        uint32_t end = phrase_from(c, t, i, words, count, window);
        if (end != 0) {
            add_span(c, out, (nx_finding){f->pos, end, f->start, f->end});
        }
    }
}

void nx_check_find(nx_check *c, const nx_check_text *t, const nx_qnode *n, nx_findings *out)
{
    if (n->kind == NX_Q_OR) {
        for (const nx_qnode *child = n->child; child != NULL; child = child->next) {
            nx_check_find(c, t, child, out);
        }
        return;
    }
    const nx_leaf *leaf = &c->plan->leaves.items[n->leaf];
    if (n->kind == NX_Q_WORD && n->match >= NX_MATCH_WILD) {
        find_pattern(c, t, n, out);
        return;
    }
    bool as_one = n->kind == NX_Q_WORD && nx_leaf_is_whole(leaf);
    if (leaf->word_count > 1 && !as_one) {
        uint32_t window = (uint32_t)leaf->word_count + (n->kind == NX_Q_PHRASE ? n->n : 0);
        find_phrase(c, t, leaf->words, leaf->word_count, window, out);
    } else if (leaf->word_count == 1 && n->kind == NX_Q_PHRASE) {
        find_phrase(c, t, leaf->words, 1, 1, out);
    } else if (leaf->word_count == 1) {
        find_word(c, t, &leaf->words[0], n, out);
    }
    for (size_t i = 0; n->kind == NX_Q_WORD && i < leaf->compound_count; i++) {
        const nx_compound *k = &leaf->compounds[i];
        if (k->first == 0 && k->count >= leaf->word_count) {
            nx_word whole = {.exact = k->term, .stem_count = k->stem_count};
            memcpy(whole.stems, k->stems, sizeof whole.stems);
            find_word(c, t, &whole, n, out);
        }
    }
}

// ---- distances, sentences, paragraphs

static int compare_places(const void *a, const void *b)
{
    const nx_finding *x = a, *y = b;
    return x->first != y->first ? (x->first < y->first ? -1 : 1)
                                : (x->last > y->last) - (x->last < y->last);
}

static bool overlap(const nx_finding *a, const nx_finding *b)
{
    return a->first <= b->last && b->first <= a->last;
}

// The first of the places, which are in order, from a position on that does not overlap with
// another, if one is given; NULL when there is none.
static const nx_finding *next_place(const nx_findings *places, uint32_t from,
                                    const nx_finding *another)
{
    size_t low = 0, high = places->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (places->items[middle].first < from) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    while (low < places->count && another != NULL && overlap(&places->items[low], another)) {
        low++;
    }
    return low < places->count ? &places->items[low] : NULL;
}

// Do all lie within the window? The further words of phrases do not count as distance.
static bool lie_near(const nx_finding *const *taken, size_t count, uint32_t window)
{
    uint32_t low = UINT32_MAX, high = 0, inside = 0;
    for (size_t i = 0; i < count; i++) {
        if (taken[i] == NULL) {
            return false;
        }
        low = taken[i]->first < low ? taken[i]->first : low;
        high = taken[i]->last > high ? taken[i]->last : high;
        inside += taken[i]->last - taken[i]->first;
    }
    return high - low < window + inside;
}

// With the place of operand k the first of all, each other taken as early as it comes. The same
// words are not both of the first two operands: then either goes on to its next place.
static bool near_behind(const nx_findings *lists, size_t count, size_t k, const nx_finding *place,
                        uint32_t window)
{
    const nx_finding *taken[NX_NEAR_OPERANDS] = {NULL};
    for (size_t i = 0; i < count; i++) {
        const nx_finding *another = i + k == 1 ? place : NULL;
        taken[i] = i == k ? place : next_place(&lists[i], place->first, another);
    }
    if (k < 2 || taken[0] == NULL || taken[1] == NULL || !overlap(taken[0], taken[1])) {
        return lie_near(taken, count, window);
    }
    const nx_finding *both[] = {taken[0], taken[1]};
    taken[0] = next_place(&lists[0], place->first, both[1]);
    if (lie_near(taken, count, window)) {
        return true;
    }
    taken[0] = both[0];
    taken[1] = next_place(&lists[1], place->first, both[0]);
    return lie_near(taken, count, window);
}

static bool in_order_behind(const nx_findings *lists, size_t count, const nx_finding *place,
                            uint32_t window)
{
    const nx_finding *taken[NX_NEAR_OPERANDS] = {place};
    for (size_t i = 1; i < count && taken[i - 1] != NULL; i++) {
        taken[i] = next_place(&lists[i], taken[i - 1]->last + 1, NULL);
    }
    return lie_near(taken, count, window);
}

static bool near_each_other(const nx_findings *lists, size_t count, uint32_t window, bool ordered)
{
    for (size_t k = 0; k < (ordered ? 1 : count); k++) {
        for (size_t i = 0; i < lists[k].count; i++) {
            const nx_finding *place = &lists[k].items[i];
            if (ordered ? in_order_behind(lists, count, place, window)
                        : near_behind(lists, count, k, place, window)) {
                return true;
            }
        }
    }
    return false;
}

typedef struct stretches {
    const nx_findings *lists; // in order
    size_t count;
    size_t next[NX_NEAR_OPERANDS]; // in each list: what comes before is no part of a later stretch
    bool found;
} stretches;

// Stretches come in order, so each list is gone through once.
static void each_stretch(void *ctx, size_t start, size_t end)
{
    stretches *s = ctx;
    for (size_t k = 0; k < s->count; k++) {
        const nx_findings *l = &s->lists[k];
        size_t i = s->next[k];
        while (i < l->count && l->items[i].start < start) {
            i++;
        }
        s->next[k] = i;
        while (i < l->count && l->items[i].start < end && l->items[i].end > end) {
            i++;
        }
        if (i == l->count || l->items[i].end > end) {
            return;
        }
    }
    s->found = true;
}

// A paragraph is a line of the stored text.
static void each_paragraph(nx_str text, stretches *s)
{
    for (size_t start = 0, next = 0; start < text.n; start = next) {
        nx_str line = nx_str_line(text, start, &next);
        each_stretch(s, start, start + line.n);
    }
}

bool nx_check_distance(nx_check *c, const nx_check_text *t, const nx_qnode *n)
{
    nx_findings lists[NX_NEAR_OPERANDS] = {{0}};
    size_t count = 0;
    bool found = true;
    for (const nx_qnode *child = n->child; child != NULL && count < NX_NEAR_OPERANDS;
         child = child->next) {
        nx_findings *l = &lists[count];
        nx_check_find(c, t, child, l);
        found = found && l->count > 0;
        if (found) { // of a choice they come by what is chosen
            qsort(l->items, l->count, sizeof *l->items, compare_places);
        }
        count++;
    }
    if (found && n->kind == NX_Q_SAME) {
        stretches s = {.lists = lists, .count = count};
        if (n->paragraph) {
            each_paragraph(t->text, &s);
        } else {
            nx_sentences(t->text, c->language, each_stretch, &s);
        }
        found = s.found;
    } else if (found) {
        found = near_each_other(lists, count, n->n * (uint32_t)(count - 1) + 1, n->ordered);
    }
    for (size_t i = 0; i < count; i++) {
        free(lists[i].items);
    }
    return found;
}
