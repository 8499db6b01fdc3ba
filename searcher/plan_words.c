// plan_words.c: words, their synonyms and patterns as Xapian queries.
#include <stdio.h>

#include "base/utf8.h"
#include "searcher/planner.h"
#include "text/analysis.h"

// ---- words

// Those of the word's most frequent stem. Its stems are of as many languages: one that is rare,
// since the word or its language is, says no more of what an article is about than the others do.
static nx_xterm_stats stem_stats(nx_planner *p, const nx_word *w)
{
    nx_xterm_stats most = {0};
    for (size_t i = 0; i < w->stem_count; i++) {
        nx_xterm_stats s = nx_xq_stats(&p->x, nx_plan_term_in(p, p->field, w->stems[i]));
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
        nx_xlist_add(&p->x, l, nx_plan_weighted_as(p, n, w->stems[i], several ? &as : NULL, part));
    }
    bool stems = l->count > before;
    nx_xlist_add(&p->x, l,
                 nx_plan_weighted(p, n, w->exact, stems ? share * NX_EXACT_BONUS : share));
    if (w->folded.n > 0 && !exact_only) {
        nx_xlist_add(&p->x, l, nx_plan_weighted(p, n, w->folded, stems ? 0 : share / 2));
    }
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

// ---- other texts than the query's

// The words of a text by itself; NULL when it has none, or after a failure.
static const nx_leaf *leaf_alone(nx_planner *p, nx_str text)
{
    nx_qnode phrase = {.kind = NX_Q_PHRASE, .text = text};
    nx_query alone = {.arena = p->q->arena, .text = text, .root = &phrase, .words = 1};
    nx_leaves leaves = {0};
    if (p->x.status == NX_OK) {
        p->x.status = nx_words_of(&alone, p->options->languages, &leaves, p->x.err);
    }
    return p->x.status == NX_OK && leaves.items[0].word_count > 0 ? &leaves.items[0] : NULL;
}

// "us" in capitals is the acronym, wherever not all that stands around it is in capitals too.
static void add_acronym(nx_planner *p, const nx_qnode *n, nx_xlist *l)
{
    char *upper = nx_arena_alloc(p->q->arena, n->text.n);
    if (upper == NULL) {
        p->x.status = nx_fail_nomem(p->x.err);
        return;
    }
    for (size_t i = 0; i < n->text.n; i++) {
        upper[i] = nx_upper(n->text.p[i]);
    }
    const nx_leaf *leaf = leaf_alone(p, nx_str_make(upper, n->text.n));
    if (leaf != NULL && leaf->word_count == 1 && leaf->words[0].acronym) {
        add_word(p, n, &leaf->words[0], true, 1, l);
        mark_word(p, n, &leaf->words[0], true);
    }
}

// Dashes, dots and quotation marks are nobody's words; of emoji and the like it is not as plain.
static bool is_punctuation(nx_str s)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t c = nx_utf8_decode(s, i, &i, NULL);
        bool is = c < 0xc0 || (c >= 0x2000 && c < 0x2070) || (c >= 0x3000 && c < 0x3040) ||
                  (c >= 0xff00 && c < 0xff66);
        if (!is) {
            return false;
        }
    }
    return true;
}

void nx_plan_note_wordless(nx_planner *p, const nx_qnode *n)
{
    if (!p->again && !is_punctuation(n->text) && leaf_alone(p, n->text) == NULL &&
        p->x.status == NX_OK) {
        nx_query_note(p->q, NX_NOTE_IGNORED, n->at, n->end, "there is no word in \"%.*s\"",
                      (int)nx_utf8_cut(n->text, 60), n->text.p);
    }
}

// Another text that stands for the node too, at `share` of a word's weight.
static void add_alike(nx_planner *p, const nx_qnode *n, nx_str text, double share, nx_xlist *l)
{
    const nx_leaf *leaf = leaf_alone(p, text);
    if (leaf == NULL) {
        return;
    }
    if (leaf->word_count == 1) {
        add_word(p, n, &leaf->words[0], false, share, l);
        mark_word(p, n, &leaf->words[0], false);
        return;
    }
    nx_xlist phrases = {0};
    (void)nx_plan_add_phrase(p, n, leaf->words, leaf->word_count, (uint32_t)leaf->word_count,
                             &phrases);
    if (phrases.count > 0) {
        nx_xquery *q = nx_xq_combine(&p->x, NX_XOP_OR, &phrases, 0);
        nx_xlist_add(&p->x, l, nx_xq_scale(&p->x, q, share));
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
        nx_query_note(p->q, NX_NOTE_EXPANDED, n->at, n->end, "%.*s stands for its synonyms too: %s",
                      (int)nx_utf8_cut(n->text, 30), n->text.p, shown.data);
        nx_buf_release(&shown);
    }
    while (others.n > 0) {
        const char *end = memchr(others.p, '\n', others.n);
        size_t length = end != NULL ? (size_t)(end - others.p) : others.n;
        add_alike(p, n, nx_arena_copy(p->q->arena, nx_str_make(others.p, length)), NX_SYNONYM_SHARE,
                  l);
        others = end != NULL ? nx_str_make(end + 1, others.n - length - 1) : NX_STR_NONE;
    }
}

static nx_xquery *plain_word(nx_planner *p, const nx_qnode *n, bool exact_only)
{
    const nx_leaf *leaf = &p->plan->leaves.items[n->leaf];
    nx_xlist l = {0};
    if (leaf->word_count == 0 && leaf->compound_count == 0) {
        nx_plan_note_wordless(p, n); // or taken into the word before: "U. S."
        return NULL;
    }
    if (leaf->word_count == 1) {
        add_word(p, n, &leaf->words[0], exact_only, 1, &l);
        mark_word(p, n, &leaf->words[0], exact_only);
        if (leaf->words[0].respelt.n > 0 && !exact_only) {
            add_alike(p, n, leaf->words[0].respelt, 1, &l);
        }
    } else if (nx_leaf_is_whole(leaf)) {
        add_parts(p, n, leaf);
    } else {
        nx_xlist together = {0};
        (void)nx_plan_add_phrase(p, n, leaf->words, leaf->word_count, (uint32_t)leaf->word_count,
                                 &together);
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
    if (n->match == NX_MATCH_CAPS) {
        add_acronym(p, n, &l);
    }
    if (!exact_only) {
        add_synonyms(p, n, &l);
    }
    return nx_plan_choice(p, n, &l);
}

// ---- patterns and spellings

// Words at one distance are as one word that has them as spellings: a document is not better for
// having many. (libxapian's OP_MAX says so too, but 1.4 reads freed memory where an index of
// several segments runs out of them in one.)
static nx_xquery *known_words(nx_planner *p, const nx_qnode *n, const nx_known_list *known)
{
    nx_xlist l = {0};
    size_t prefix = p->field != NULL ? strlen(p->field->prefix) : 0;
    for (size_t i = 0; i < known->count && p->x.status == NX_OK;) {
        nx_xlist alike = {0};
        double documents = 0, occurrences = 0;
        uint32_t distance = known->items[i].distance;
        double share = nx_plan_in_text(p) ? 1.0 / (1 + distance) : 0;
        for (; i < known->count && known->items[i].distance == distance; i++) {
            nx_str term = nx_arena_copy(p->q->arena, known->items[i].term);
            nx_str word = nx_str_skip(term, prefix);
            nx_xterm_stats s = nx_xq_stats(&p->x, term);
            documents += s.documents;
            occurrences += s.occurrences;
            nx_plan_remember(p, n, term, share * nx_plan_burst(s), s.documents);
            nx_plan_mark_place(p, n, &word, 1, false);
            nx_xlist_add(&p->x, &alike, nx_xq_term(&p->x, term));
        }
        nx_xquery *q = nx_xq_combine(&p->x, NX_XOP_SYNONYM, &alike, 0);
        nx_xlist_add(&p->x, &l, nx_xq_scale(&p->x, q, share * occurrences / documents));
    }
    return nx_plan_choice(p, n, &l);
}

static void note_words(nx_planner *p, const nx_qnode *n, const nx_known_list *known)
{
    enum { SHOWN = 5, WORD_BYTES = 32 };
    char text[SHOWN * (WORD_BYTES + 5) + 1] = "";
    size_t used = 0;
    size_t prefix = p->field != NULL ? strlen(p->field->prefix) : 0;
    if (p->again || known->count == 0) {
        return;
    }
    for (size_t i = 0; i < known->count && i < SHOWN; i++) {
        nx_str word = nx_str_skip(known->items[i].term, prefix);
        size_t cut = nx_utf8_cut(word, WORD_BYTES);
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%.*s%s", i > 0 ? ", " : "",
                                 (int)cut, word.p, cut < word.n ? "..." : "");
    }
    const char *more = known->count > SHOWN ? ", ..." : "";
    nx_str typed = nx_str_make(p->q->text.p + n->at, n->end - n->at);
    int shown = (int)nx_utf8_cut(typed, 30);
    if (known->cut) {
        nx_query_note(p->q, NX_NOTE_EXPANDED, n->at, n->end,
                      "%.*s stands for the %zu most frequent of %zu words: %s%s", shown, typed.p,
                      known->count, known->found, text, more);
    } else {
        nx_query_note(p->q, NX_NOTE_EXPANDED, n->at, n->end, "%.*s stands for %zu word%s: %s%s",
                      shown, typed.p, known->count, known->count == 1 ? "" : "s", text, more);
    }
}

static nx_xquery *expanded(nx_planner *p, const nx_qnode *n)
{
    const char *prefix = p->field != NULL ? p->field->prefix : "";
    const nx_leaf *leaf = &p->plan->leaves.items[n->leaf];
    nx_known_list known = {0};
    nx_buf folded;
    if (p->x.status != NX_OK || !nx_plan_may_look(p, n)) {
        return NULL;
    }
    nx_buf_init(&folded, 4 * NX_QUERY_MAX_BYTES);
    if (n->match == NX_MATCH_WILD) {
        nx_fold(n->text, false, &folded);
        p->x.status = nx_buf_check(&folded, "the pattern", p->x.err);
        if (p->x.status == NX_OK) {
            p->x.status = nx_known_like(p->x.db, prefix, nx_buf_str(&folded),
                                        nx_plan_pattern_words(p), &known, p->x.err);
        }
    } else if (leaf->word_count == 1) {
        p->x.status = nx_known_near(p->x.db, prefix, leaf->words[0].exact, n->n, NX_FUZZY_WORDS,
                                    &known, p->x.err);
    } else {
        nx_buf_release(&folded);
        return plain_word(p, n, false);
    }
    nx_buf_release(&folded);
    p->spent.looked_at += known.looked_at;
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
