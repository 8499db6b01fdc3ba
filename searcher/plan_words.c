// plan_words.c: words, patterns, phrases and distances as Xapian queries.
//
// Positions: body words have them in unprefixed terms, title words in S terms, so what needs
// positions is asked for in both. Inflected forms have none: a distance between words is one
// between any of the inflections that the index knows.
#include "searcher/planner.h"

#include <math.h>
#include <stdio.h>

#include "text/analysis.h"

enum { PHRASE_WORDS_MAX = 40, PLACE_TERMS_MAX = 64 };

static const nx_field *title_field(void)
{
    return nx_field_by_id(NX_FIELD_TITLE);
}

// Fields an unfielded phrase is looked for in.
static size_t fields_of(const nx_planner *p, const nx_field *out[2])
{
    out[0] = p->field != NULL ? p->field : nx_field_by_id(NX_FIELD_TEXT);
    out[1] = title_field();
    return p->field != NULL ? 1 : 2;
}

// The term of a word in a field; in q->arena, absent without memory.
static nx_str field_term(nx_planner *p, const nx_field *field, nx_str word)
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

// ---- terms with weight

static void remember(nx_planner *p, const nx_qnode *n, nx_str term, double factor,
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
        .factor = factor,
        .documents = documents,
        .stem = term.n > 0 && term.p[0] == 'Z',
        .plain = p->field == NULL && n->kind == NX_Q_WORD,
    };
}

// How often a term occurs where it occurs: the burstiness of what an article is about.
static double burst(nx_xterm_stats s)
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

// The term at `share` of its full weight, or of that of a term with the statistics `as`; NULL when
// the index has no such term.
static nx_xquery *weighted_as(nx_planner *p, const nx_qnode *n, nx_str word,
                              const nx_xterm_stats *as, double share)
{
    nx_str term = field_term(p, p->field, word);
    nx_xterm_stats own = nx_xq_stats(&p->x, term);
    if (own.documents == 0) {
        return NULL;
    }
    // Names and other facts have no frequency to rank by.
    as = as != NULL ? as : &own;
    double factor = nx_plan_in_text(p) ? share * burst(*as) : 0;
    remember(p, n, term, factor, as->documents);
    return nx_xq_scale(&p->x, nx_xq_term(&p->x, term),
                       factor * rarity_ratio(p, as->documents, own.documents));
}

static nx_xquery *weighted(nx_planner *p, const nx_qnode *n, nx_str word, double share)
{
    return weighted_as(p, n, word, NULL, share);
}

// ---- words

// Those of the word's most frequent stem. Its stems are of as many languages: one that is rare,
// since the word or its language is, says no more of what an article is about than the others do.
static nx_xterm_stats stem_stats(nx_planner *p, const nx_word *w)
{
    nx_xterm_stats most = {0};
    for (size_t i = 0; i < w->stem_count; i++) {
        nx_xterm_stats s = nx_xq_stats(&p->x, field_term(p, p->field, w->stems[i]));
        most = s.documents > most.documents ? s : most;
    }
    return most;
}

// Any form of one word: its stems, and the very form on top of them.
static void add_word(nx_planner *p, const nx_qnode *n, const nx_word *w, bool exact_only,
                     double share, nx_xlist *l)
{
    size_t before = l->count;
    bool several = w->stem_count > 1 && !exact_only;
    nx_xterm_stats as = several ? stem_stats(p, w) : (nx_xterm_stats){0};
    uint8_t told = p->plan->leaves.told;
    for (size_t i = 0; i < w->stem_count && !exact_only; i++) {
        bool foreign = told != 0 && (w->stem_in[i] & told) == 0;
        double part = foreign ? share * NX_FOREIGN_SHARE : share;
        nx_xlist_add(&p->x, l, weighted_as(p, n, w->stems[i], several ? &as : NULL, part));
    }
    bool stems = l->count > before;
    nx_xlist_add(&p->x, l, weighted(p, n, w->exact, stems ? share * NX_EXACT_BONUS : share));
    if (w->folded.n > 0 && !exact_only) {
        nx_xlist_add(&p->x, l, weighted(p, n, w->folded, stems ? 0 : share / 2));
    }
}

static nx_xquery *phrase_in(nx_planner *p, const nx_field *field, const nx_word *words,
                            size_t count, uint32_t window, bool exact);

// Adds the words in a row, in each field they may be in.
static void add_phrase(nx_planner *p, const nx_word *words, size_t count, uint32_t window,
                       nx_xlist *l)
{
    const nx_field *fields[2];
    size_t field_count = fields_of(p, fields);
    for (size_t i = 0; i < field_count; i++) {
        nx_xlist_add(&p->x, l, phrase_in(p, fields[i], words, count, window, false));
    }
}

static nx_xquery *close_alternatives(nx_planner *p, const nx_qnode *n, nx_xlist *l)
{
    if (p->x.status == NX_OK && l->count == 0 && !p->again && !p->negative) {
        nx_query_note(p->q, NX_NOTE_HINT, n->at, n->end, "\"%.*s\" is in no article",
                      (int)(n->text.n < 60 ? n->text.n : 60), n->text.p);
    }
    return l->count == 0 ? nx_xq_nothing(&p->x) : nx_xq_combine(&p->x, NX_XOP_OR, l, 0);
}

static void mark_word(nx_planner *p, const nx_qnode *n, const nx_word *w, bool exact_only)
{
    nx_str terms[2 + NX_WORD_LANGUAGES];
    size_t count = 0;
    terms[count++] = w->exact;
    if (w->folded.n > 0 && !exact_only) {
        terms[count++] = w->folded;
    }
    for (size_t i = 0; i < w->stem_count && !exact_only; i++) {
        terms[count++] = w->stems[i];
    }
    nx_plan_mark_place(p, n, terms, count, w->stop);
}

// "fox-it" is not found by "fox", but a document that has it ranks by both parts as well.
static void add_parts(nx_planner *p, const nx_qnode *n, const nx_leaf *leaf)
{
    for (size_t i = 0; i < leaf->word_count && !p->negative && p->field == NULL; i++) {
        if (!leaf->words[i].stop) {
            add_word(p, n, &leaf->words[i], false, 1, &p->extras);
        }
    }
}

// ---- synonyms

static void add_synonym(nx_planner *p, const nx_qnode *n, nx_str text, nx_xlist *l)
{
    nx_qnode phrase = {.kind = NX_Q_PHRASE, .text = text};
    nx_query alone = {.arena = p->q->arena, .text = text, .root = &phrase, .words = 1};
    nx_leaves leaves;
    if (p->x.status == NX_OK) {
        p->x.status = nx_words_of(&alone, p->options->languages, &leaves, p->x.err);
    }
    if (p->x.status != NX_OK || leaves.items[0].word_count == 0) {
        return;
    }
    const nx_leaf *leaf = &leaves.items[0];
    if (leaf->word_count == 1) {
        add_word(p, n, &leaf->words[0], false, NX_SYNONYM_SHARE, l);
        mark_word(p, n, &leaf->words[0], false);
        return;
    }
    nx_xlist phrases = {0};
    add_phrase(p, leaf->words, leaf->word_count, (uint32_t)leaf->word_count, &phrases);
    if (phrases.count > 0) {
        nx_xquery *q = nx_xq_combine(&p->x, NX_XOP_OR, &phrases, 0);
        nx_xlist_add(&p->x, l, nx_xq_scale(&p->x, q, NX_SYNONYM_SHARE));
    }
    nx_plan_mark_phrase(p, n, leaf->words, leaf->word_count, (uint32_t)leaf->word_count);
}

static void add_synonyms(nx_planner *p, const nx_qnode *n, nx_xlist *l)
{
    nx_buf folded;
    if (p->options->synonyms == NULL || !nx_plan_in_text(p)) {
        return;
    }
    nx_buf_init(&folded, 1 << 20);
    nx_fold(n->text, true, &folded);
    if (folded.failed) {
        p->x.status = nx_fail_nomem(p->x.err);
        return;
    }
    nx_str others = nx_synonyms_of(p->options->synonyms, nx_buf_str(&folded));
    nx_buf_release(&folded);
    if (others.n > 0 && !p->again) {
        nx_buf shown;
        nx_buf_init(&shown, 1 << 20);
        nx_buf_adds(&shown, others);
        for (size_t i = 0; i < shown.len; i++) {
            shown.data[i] = shown.data[i] == '\n' ? ',' : shown.data[i];
        }
        if (shown.failed) {
            p->x.status = nx_fail_nomem(p->x.err);
        }
        nx_query_note(p->q, NX_NOTE_EXPANDED, n->at, n->end, "stands for its synonyms too: %s",
                      shown.data);
        nx_buf_release(&shown);
    }
    while (others.n > 0) {
        const char *end = memchr(others.p, '\n', others.n);
        size_t length = end != NULL ? (size_t)(end - others.p) : others.n;
        add_synonym(p, n, nx_arena_copy(p->q->arena, nx_str_make(others.p, length)), l);
        others = end != NULL ? nx_str_make(end + 1, others.n - length - 1) : NX_STR_NONE;
    }
}

static nx_xquery *plain_word(nx_planner *p, const nx_qnode *n, bool exact_only)
{
    const nx_leaf *leaf = &p->plan->leaves.items[n->leaf];
    nx_xlist l = {0};
    if (leaf->word_count == 0 && leaf->compound_count == 0) {
        return NULL; // only punctuation, or taken into the word before: "U. S."
    }
    if (leaf->word_count == 1) {
        add_word(p, n, &leaf->words[0], exact_only, 1, &l);
        mark_word(p, n, &leaf->words[0], exact_only);
    } else {
        nx_xlist together = {0};
        add_phrase(p, leaf->words, leaf->word_count, (uint32_t)leaf->word_count, &together);
        if (together.count > 0) {
            nx_xquery *phrase = nx_xq_combine(&p->x, NX_XOP_OR, &together, 0);
            nx_xlist_add(&p->x, &l, nx_xq_scale(&p->x, phrase, NX_COMPOUND_BONUS));
        }
        add_parts(p, n, leaf);
        nx_plan_mark_phrase(p, n, leaf->words, leaf->word_count, (uint32_t)leaf->word_count);
    }
    for (size_t i = 0; i < leaf->compound_count; i++) {
        const nx_compound *c = &leaf->compounds[i];
        if (c->first != 0 || c->count < leaf->word_count) {
            continue; // of a part only
        }
        nx_word whole = {.exact = c->term, .stem_count = c->stem_count};
        memcpy(whole.stems, c->stems, sizeof whole.stems);
        memcpy(whole.stem_in, c->stem_in, sizeof whole.stem_in);
        add_word(p, n, &whole, exact_only, leaf->word_count > 1 ? NX_COMPOUND_BONUS : 1, &l);
        mark_word(p, n, &whole, exact_only);
    }
    if (!exact_only) {
        add_synonyms(p, n, &l);
    }
    return close_alternatives(p, n, &l);
}

// ---- patterns and spellings

static nx_xquery *known_words(nx_planner *p, const nx_qnode *n, const nx_known_list *known)
{
    nx_xlist l = {0};
    size_t prefix = p->field != NULL ? strlen(p->field->prefix) : 0;
    for (size_t i = 0; i < known->count && p->x.status == NX_OK; i++) {
        nx_str term = nx_arena_copy(p->q->arena, known->items[i].term);
        nx_str word = nx_str_make(term.p + prefix, term.n - prefix);
        nx_xlist_add(&p->x, &l, weighted(p, n, word, 1.0 / (1 + known->items[i].distance)));
        nx_plan_mark_place(p, n, &word, 1, false);
    }
    // The best of them counts: a document is not better for having many spellings of a word.
    return l.count == 0 ? close_alternatives(p, n, &l)
                        : nx_xq_combine(&p->x, nx_plan_in_text(p) ? NX_XOP_MAX : NX_XOP_OR, &l, 0);
}

static void note_words(nx_planner *p, const nx_qnode *n, const nx_known_list *known)
{
    enum { SHOWN = 5 };
    char text[160] = "";
    size_t used = 0;
    size_t prefix = p->field != NULL ? strlen(p->field->prefix) : 0;
    if (p->again || known->count == 0) {
        return;
    }
    for (size_t i = 0; i < known->count && i < SHOWN && used < sizeof text - 30; i++) {
        nx_str t = known->items[i].term;
        int written = snprintf(text + used, sizeof text - used, "%s%.*s", i > 0 ? ", " : "",
                               (int)(t.n - prefix < 24 ? t.n - prefix : 24), t.p + prefix);
        used += (size_t)written;
    }
    const char *more = known->count > SHOWN ? ", ..." : "";
    if (known->cut) {
        nx_query_note(p->q, NX_NOTE_EXPANDED, n->at, n->end,
                      "stands for the %zu most frequent of %zu words: %s%s", known->count,
                      known->found, text, more);
    } else {
        nx_query_note(p->q, NX_NOTE_EXPANDED, n->at, n->end, "stands for %zu word%s: %s%s",
                      known->count, known->count == 1 ? "" : "s", text, more);
    }
}

static nx_xquery *expanded(nx_planner *p, const nx_qnode *n)
{
    const char *prefix = p->field != NULL ? p->field->prefix : "";
    const nx_leaf *leaf = &p->plan->leaves.items[n->leaf];
    nx_known_list known = {0};
    nx_buf folded;
    if (p->x.status != NX_OK) {
        return NULL;
    }
    nx_buf_init(&folded, 4 * NX_QUERY_MAX_BYTES);
    if (n->match == NX_MATCH_WILD) {
        nx_fold(n->text, false, &folded);
        p->x.status = nx_buf_check(&folded, "the pattern", p->x.err);
        if (p->x.status == NX_OK) {
            p->x.status = nx_known_like(p->x.db, prefix, nx_buf_str(&folded), NX_EXPAND_MAX, &known,
                                        p->x.err);
        }
    } else if (leaf->word_count == 1) {
        p->x.status = nx_known_near(p->x.db, prefix, leaf->words[0].exact, n->n, NX_FUZZY_WORDS,
                                    &known, p->x.err);
    } else {
        nx_buf_release(&folded);
        return plain_word(p, n, false);
    }
    nx_buf_release(&folded);
    note_words(p, n, &known);
    nx_xquery *q = known_words(p, n, &known);
    nx_known_free(&known);
    return q;
}

nx_xquery *nx_plan_word(nx_planner *p, const nx_qnode *n)
{
    switch (n->match) {
    case NX_MATCH_WILD:
    case NX_MATCH_FUZZY: return expanded(p, n);
    case NX_MATCH_CAPS: p->inexact = true; return plain_word(p, n, true);
    case NX_MATCH_EXACT: return plain_word(p, n, true);
    case NX_MATCH_WORD: break;
    }
    return plain_word(p, n, false);
}

// ---- phrases

// What may stand at the place of a word in a phrase; the first is the word as written.
static size_t place_terms(const nx_word *w, bool exact, nx_str out[2])
{
    out[0] = w->exact;
    out[1] = w->folded;
    return w->folded.n > 0 && !exact ? 2 : 1;
}

static nx_xquery *phrase_in(nx_planner *p, const nx_field *field, const nx_word *words,
                            size_t count, uint32_t window, bool exact)
{
    nx_xlist places = {0};
    double share = 0;
    for (size_t i = 0; i < count && p->x.status == NX_OK; i++) {
        nx_xlist alternatives = {0};
        nx_str terms[2];
        size_t term_count = place_terms(&words[i], exact, terms);
        for (size_t k = 0; k < term_count; k++) {
            nx_str term = field_term(p, field, terms[k]);
            nx_xterm_stats stats = nx_xq_stats(&p->x, term);
            if (stats.documents > 0) {
                share += burst(stats);
                nx_xlist_add(&p->x, &alternatives, nx_xq_term(&p->x, term));
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
        return NULL;
    }
    uint32_t window = (uint32_t)count + n->n;
    if (count == 1) {
        nx_str terms[2];
        size_t term_count = place_terms(&leaf->words[0], false, terms);
        for (size_t i = 0; i < term_count; i++) {
            nx_xlist_add(&p->x, &l, weighted(p, n, terms[i], i == 0 ? 1 : 0.5));
        }
    } else {
        add_phrase(p, leaf->words, count, window, &l);
        for (size_t i = 0; i < count && nx_plan_in_text(p); i++) { // they rank, for explanations
            nx_str term = field_term(p, p->field, leaf->words[i].exact);
            nx_xterm_stats stats = nx_xq_stats(&p->x, term);
            if (stats.documents > 0) {
                remember(p, n, term, burst(stats), stats.documents);
            }
        }
    }
    nx_plan_mark_phrase(p, n, leaf->words, count, window);
    return close_alternatives(p, n, &l);
}

// ---- distances

typedef struct place_list {
    nx_str terms[PLACE_TERMS_MAX];
    size_t count;
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
    }
}

// All forms of a word that can have a position.
static void add_inflections(nx_planner *p, const char *prefix, const nx_word *w, place_list *l)
{
    nx_str languages = p->options->languages;
    for (size_t start = 0; start < languages.n && p->x.status == NX_OK;) {
        size_t end = start;
        while (end < languages.n && languages.p[end] != ' ') {
            end++;
        }
        for (size_t i = 0; i < w->stem_count && p->x.status == NX_OK; i++) {
            nx_known_list known;
            p->x.status = nx_known_inflections(p->x.db, prefix, w->stems[i],
                                               nx_str_make(languages.p + start, end - start),
                                               &known, p->x.err);
            for (size_t k = 0; p->x.status == NX_OK && k < known.count; k++) {
                nx_str t = known.items[k].term;
                size_t skip = strlen(prefix);
                add_place_term(l, nx_arena_copy(p->q->arena, nx_str_make(t.p + skip, t.n - skip)));
            }
            nx_known_free(&known);
        }
        start = end + 1;
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
    add_place_term(l, w->exact);
    if (n->kind == NX_Q_WORD && n->match == NX_MATCH_CAPS) {
        p->inexact = true;
    }
    if (w->folded.n > 0 && n->match != NX_MATCH_EXACT) {
        add_place_term(l, w->folded);
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
            nx_str term = field_term(p, field, places[i].terms[k]);
            nx_xterm_stats stats = nx_xq_stats(&p->x, term);
            if (stats.documents > 0) {
                share += burst(stats);
                terms++;
                nx_xlist_add(&p->x, &alternatives, nx_xq_term(&p->x, term));
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
        if (n->kind == NX_Q_SENTENCE || !operand_terms(p, prefix, c, &places[i])) {
            return all_operands(p, n);
        }
        marks[i] = (nx_place){places[i].terms, places[i].count};
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
                remember(p, n->child, places[k].terms[t], burst(stats), stats.documents);
            }
        }
    }
    nx_plan_mark_distance(p, n, marks, count);
    return l.count == 0 ? nx_xq_nothing(&p->x) : nx_xq_combine(&p->x, NX_XOP_OR, &l, 0);
}
