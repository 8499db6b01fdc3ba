// date_lex.h: the numbers, words and marks that a date is written with. For the date_*.c
// files alone.
//
// Must not know: which order of day, month and year is meant.
#ifndef NX_CORPUS_DATE_LEX_H
#define NX_CORPUS_DATE_LEX_H

#include "corpus/date_words.h"

typedef enum nx_date_token_kind {
    NX_DATE_END,
    NX_DATE_NUMBER,
    NX_DATE_WORD,
    NX_DATE_PUNCT,
    NX_DATE_OTHER,
} nx_date_token_kind;

typedef struct nx_date_token {
    nx_date_token_kind kind;
    size_t start, end;
    bool glued;            // nothing between it and the token before
    int value, digits;     // of a number; value is 0 when it has more than 8 digits
    char punct;            // the mark, in ASCII
    const nx_date_word *w; // NULL when it is no word of a date
    char first;            // of a word: its letter, when it has just one
} nx_date_token;

// The token at or after s.p[i]. Words of scripts without spaces are one character, or two where
// those two are a word of a date.
nx_date_token nx_date_lex(nx_str s, size_t i);
static inline bool nx_date_is_punct(const nx_date_token *t, char c)
{
    return t->kind == NX_DATE_PUNCT && t->punct == c;
}
static inline bool nx_date_is_word(const nx_date_token *t, nx_date_word_kind kind)
{
    return t->kind == NX_DATE_WORD && t->w != NULL && t->w->kind == kind;
}
// Has s decimal digits of Arabic, Persian, Hindi, Thai or full width?
bool nx_date_has_other_digits(nx_str s);
// Appends s with those as ASCII.
void nx_date_add_plain(nx_str s, nx_buf *out);

#endif
