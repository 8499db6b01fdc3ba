// check.h: does an article have what the tree says? Decided on its stored text, for what the index
// cannot be asked: the same sentence, the first words, capitals, a number of occurrences, phrases
// at a distance.
//
// Private to the engine. Must not know: Xapian queries, ranking.
#ifndef NX_SEARCHER_CHECK_H
#define NX_SEARCHER_CHECK_H

#include "searcher/plan.h"
#include "text/analysis.h"

// Where something was found: positions first..last, bytes start..end of the text.
typedef struct nx_finding {
    uint32_t first, last;
    size_t start, end;
} nx_finding;

typedef struct nx_findings {
    nx_finding *items;
    size_t count, cap;
} nx_findings;

typedef struct nx_check_form {
    uint32_t term; // vocabulary number
    uint32_t pos;
    size_t start, end;
    bool word; // an exact form or acronym
} nx_check_form;

typedef struct nx_check_text {
    nx_str text;
    nx_check_form *forms;
    size_t count, cap;
} nx_check_text;

enum { NX_CHECK_TEXTS = 3 }; // body, title, standfirst

typedef struct nx_check {
    const nx_plan *plan;
    nx_vocab *vocab;
    nx_analyzer *analyzer;
    nx_buf data, title, summary, scratch; // the last for values of other fields
    nx_check_text texts[NX_CHECK_TEXTS];
    nx_check_text value; // of another field
    nx_str language;
    uint32_t head;           // only positions up to this; 0: all
    uint64_t read, read_max; // bytes of text: so far, and to be read; 0: all
    bool stopped;            // at that
    const nx_field *field;
    bool nomem;
} nx_check;

// read_max: after so many bytes of text no article is accepted any more; 0: no limit. Out of memory
// shows at the first decision.
void nx_check_init(nx_check *c, const nx_plan *plan, uint64_t read_max);
// Notes to the query what the limits have left out.
void nx_check_note(const nx_check *c);
void nx_check_release(nx_check *c);

// Adds every place of a word, phrase, or choice of those in a text. The caller frees the items.
void nx_check_find(nx_check *c, const nx_check_text *t, const nx_qnode *n, nx_findings *out);
// Do the parts of NEAR or SAME stand together in a text?
bool nx_check_distance(nx_check *c, const nx_check_text *t, const nx_qnode *n);

#endif
