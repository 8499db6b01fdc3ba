// planner.h: the state of a plan in the making, shared by plan.c (operators), plan_words.c (words,
// phrases, distances) and marks.c (what to highlight). Private to them.
#ifndef NX_SEARCHER_PLANNER_H
#define NX_SEARCHER_PLANNER_H

#include "searcher/plan.h"
#include "searcher/vocabulary.h"

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
    bool again;            // a second run over the same tree: no notes, terms or marks
    bool saw_date;
    nx_xlist extras; // count for the weight of what matches: parts of compounds
    size_t term_cap, mark_cap;
} nx_planner;

// A word, phrase or distance in the field around. NULL without a failure: it demands nothing.
nx_xquery *nx_plan_word(nx_planner *p, const nx_qnode *n);
nx_xquery *nx_plan_phrase(nx_planner *p, const nx_qnode *n);
nx_xquery *nx_plan_near(nx_planner *p, const nx_qnode *n);

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
