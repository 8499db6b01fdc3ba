// date_lex.h: the numbers, words and marks that a date is written with. For date.c alone.
//
// Must not know: which order of day, month and year is meant.
#ifndef NX_CORPUS_DATE_LEX_H
#define NX_CORPUS_DATE_LEX_H

#include "corpus/date_words.h"

typedef enum nx_date_token_kind { END, NUMBER, WORD, PUNCT, OTHER } nx_date_token_kind;

typedef struct nx_date_token {
    nx_date_token_kind kind;
    size_t start, end;
    bool glued;            // nothing between it and the token before
    int value, digits;     // NUMBER; value is 0 when it has more than 8 digits
    char punct;            // PUNCT
    const nx_date_word *w; // WORD; NULL when it is no word of a date
    char first;            // WORD: its first letter, when it has just one
} nx_date_token;

// The token at or after s.p[i]. Words of scripts without spaces are one character, or two where
// those two are a word of a date.
nx_date_token nx_date_lex(nx_str s, size_t i);
// Has s decimal digits of Arabic, Persian, Hindi, Thai or full width?
bool nx_date_has_other_digits(nx_str s);
// Appends s with those as ASCII.
void nx_date_add_plain(nx_str s, nx_buf *out);

#endif
