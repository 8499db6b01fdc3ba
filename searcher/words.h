// words.h: the words of a query as index terms, by the analysis the index was made with.
//
// Private to the engine. Must not know: Xapian, the tree's operators.
#ifndef NX_SEARCHER_WORDS_H
#define NX_SEARCHER_WORDS_H

#include "searcher/query.h"

// Stemmers tried for a word. Bit n of a set of languages: the index's n-th most frequent one.
enum { NX_WORD_LANGUAGES = 8 };

// One position of a leaf.
typedef struct nx_word {
    nx_str exact;                       // folded, or the acronym's term
    nx_str folded;                      // without accents; absent when that is the same
    nx_str respelt;                     // in the other German spelling, by nx_plan_respell
    nx_str stems[NX_WORD_LANGUAGES];    // distinct, with their Z
    uint8_t stem_in[NX_WORD_LANGUAGES]; // the languages of each, as bits
    size_t stem_count;
    bool stop; // a stop word of the query's language
    bool acronym;
    size_t start, end; // bytes of the leaf's text
} nx_word;

// A compound written as one: "co-operate" -> "cooperate". It stands for words first..first+count-1
// of its leaf.
typedef struct nx_compound {
    nx_str term;
    nx_str stems[NX_WORD_LANGUAGES];
    uint8_t stem_in[NX_WORD_LANGUAGES];
    size_t stem_count;
    size_t first, count;
    size_t start, end; // bytes of the leaf's text
} nx_compound;

typedef struct nx_leaf {
    nx_word *words;
    size_t word_count;
    nx_compound *compounds;
    size_t compound_count;
} nx_leaf;

typedef struct nx_leaves {
    nx_leaf *items; // by nx_qnode.leaf
    size_t count;
    nx_str language; // the query's: its stop words count
    uint8_t told;    // that, as a bit; 0 when the words do not tell it from the others
} nx_leaves;

// "fox-it": a compound in which a common word stands is looked for as a whole only, since its parts
// meet by chance too ("on Fox. It was").
bool nx_leaf_is_whole(const nx_leaf *l);

// languages: at most NX_WORD_LANGUAGES ISO codes separated by spaces, the index's most frequent
// first; others are ignored. Everything lives in q->arena.
nx_status nx_words_of(nx_query *q, nx_str languages, nx_leaves *out, nx_error *err) NX_MUST_USE;
// Makes a language the query's: a code of `languages`, and which it is as a bit.
void nx_leaves_are(nx_leaves *l, nx_str language, uint8_t told);

#endif
