// planner.h: the state of a plan in the making, shared by plan.c (operators), plan_words.c (words),
// plan_places.c (phrases, distances), plan_asking.c, plan_language.c, plan_names.c, plan_terms.c
// and marks.c (what to highlight). Private to them.
#ifndef NX_SEARCHER_PLANNER_H
#define NX_SEARCHER_PLANNER_H

#include "searcher/plan.h"
#include "searcher/vocabulary.h"

// What a query has cost so far, to be bounded; plan_cost.c.
typedef struct nx_spent {
    size_t patterns;              // that it has
    size_t looked;                // patterns and spellings that the index was looked through for
    uint64_t looked_at;           // words of the index, for these
    uint64_t places;              // lists of positions that may have to be read, at most
    bool said_words, said_places; // that some are left out
} nx_spent;

typedef struct nx_planner {
    nx_xq x;
    nx_query *q;
    nx_plan *plan;
    const nx_plan_options *options;
    const nx_field *field; // the field around; NULL: the text and the title
    bool negative;         // inside NOT: nothing is highlighted or ranked
    bool inexact;          // what was planned matches too much
    bool in_head;          // inside head(...): what is not there may be further down
    bool skip_dates;       // dates at the top are left out: for the undated
    double boost;          // what the nodes around multiply weights by
    bool again;            // a second run over the same tree: no notes, terms or marks
    bool saw_date;
    nx_xlist extras; // count for the weight of what matches: parts of compounds
    nx_spent spent;
    size_t term_cap, mark_cap;
} nx_planner;

// ---- plan_words.c, plan_places.c

// A word, phrase or distance in the field around. NULL without a failure: it demands nothing.
nx_xquery *nx_plan_word(nx_planner *p, const nx_qnode *n);
nx_xquery *nx_plan_phrase(nx_planner *p, const nx_qnode *n);
nx_xquery *nx_plan_near(nx_planner *p, const nx_qnode *n);
// A note that a word or phrase is only signs, unless it was taken into the word before.
void nx_plan_note_wordless(nx_planner *p, const nx_qnode *n);

// ---- plan_cost.c: what a query may cost. What is too much is left out, with a note.

size_t nx_plan_count_patterns(const nx_qnode *n);
// So many words the next pattern may stand for: the more patterns the fewer.
size_t nx_plan_pattern_words(const nx_planner *p);
// May the index be looked through for the node's words?
bool nx_plan_may_look(nx_planner *p, const nx_qnode *n);
// May the positions of places be read, in documents that have one of the terms of each? documents
// is the least number that have those of one place.
bool nx_plan_may_read(nx_planner *p, const nx_qnode *n, uint64_t documents, size_t places);
// q without documents in which the node, a word, phrase or choice of those, cannot be at_least
// times, as far as the index counts.
nx_xquery *nx_plan_frequent(nx_planner *p, const nx_qnode *n, uint32_t at_least, nx_xquery *q);

// ---- plan_asking.c

// Makes words about the asking common ones, unless there are no others.
void nx_plan_asking(nx_planner *p);

// ---- plan_language.c

// Finds out the language of the query from the articles that have its words.
void nx_plan_language(nx_planner *p);
// Gives German words their other spelling (ae for an umlaut, or the reverse) where the index has
// it.
void nx_plan_respell(nx_planner *p);

// ---- plan_names.c

// Gives outlets and agencies asked for under another name the one that the index has.
void nx_plan_names(nx_planner *p);

// ---- plan_terms.c

// The term of a word in a field; in q->arena, absent without memory.
nx_str nx_plan_term_in(nx_planner *p, const nx_field *field, nx_str word);
// How often a term occurs where it occurs: the burstiness of what an article is about.
double nx_plan_burst(nx_xterm_stats s);
// Keeps a term that ranks, for explanations and re-ranking.
void nx_plan_remember(nx_planner *p, const nx_qnode *n, nx_str term, double factor,
                      uint32_t documents);
// The term of a word in the field around at `share` of its full weight; NULL when the index has no
// such term.
nx_xquery *nx_plan_weighted(nx_planner *p, const nx_qnode *n, nx_str word, double share);
// The same, of the weight of a term with the statistics `as`, unless NULL.
nx_xquery *nx_plan_weighted_as(nx_planner *p, const nx_qnode *n, nx_str word,
                               const nx_xterm_stats *as, double share);
// A note that no article has the node, a word or phrase, in the field around.
void nx_plan_note_absent(nx_planner *p, const nx_qnode *n);
// Any of the list, which it empties; of none a note says so.
nx_xquery *nx_plan_choice(nx_planner *p, const nx_qnode *n, nx_xlist *l);

// ---- plan_places.c

// What may stand at the place of a word in a phrase; the first is the word as written.
enum { NX_PLACE_TERMS = 3 };
size_t nx_plan_place_terms(const nx_word *w, nx_str out[NX_PLACE_TERMS]);
// Adds the words in a row, in each field they may be in; for node n. False: that would cost too
// much, as a note says.
bool nx_plan_add_phrase(nx_planner *p, const nx_qnode *n, const nx_word *words, size_t count,
                        uint32_t window, nx_xlist *l);

// ---- marks.c

// Notes that the text can match the node with these terms at one place.
void nx_plan_mark_place(nx_planner *p, const nx_qnode *n, const nx_str *terms, size_t count,
                        bool stop);
void nx_plan_mark_phrase(nx_planner *p, const nx_qnode *n, const nx_word *words, size_t count,
                         uint32_t window);
void nx_plan_mark_distance(nx_planner *p, const nx_qnode *n, const nx_place *places, size_t count);

// Words of the field around have positions and rank: the text, the title.
static inline bool nx_plan_in_text(const nx_planner *p)
{
    return p->field == NULL || p->field->analysis == NX_AS_WORDS;
}

#endif
