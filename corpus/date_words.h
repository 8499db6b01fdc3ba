// date_words.h: what the words of a date mean, in the languages that news dates are read in.
//
// Internal to the room. Must not know: how words are put together (date.c).
#ifndef NX_CORPUS_DATE_WORDS_H
#define NX_CORPUS_DATE_WORDS_H

#include "base/buf.h"

typedef enum nx_date_word_kind {
    NX_DATE_MONTH,   // value 1..12
    NX_DATE_WEEKDAY, // value unused
    NX_DATE_AM,
    NX_DATE_PM,
    NX_DATE_CLOCK,   // follows a time: Uhr, h, hrs
    NX_DATE_ORDINAL, // follows a day: st, nd, er
    NX_DATE_ZONE,    // value: minutes east of UTC
    NX_DATE_US_ZONE, // value: minutes east of UTC in winter; summer time by the rules of the US
    NX_DATE_FILLER,  // at, on, um, de: says nothing
    NX_DATE_LABEL,   // Published, Aktualisiert: says which date it is, not what it is
    NX_DATE_CJK,     // value: the character's place: 1 year, 2 month, 3 day
} nx_date_word_kind;

typedef struct nx_date_word {
    nx_date_word_kind kind;
    int value;
    bool weekday_too; // "mar": March, or Tuesday in Spanish, French and Italian
} nx_date_word;

enum { NX_DATE_WORD_MAX = 32 };

// The meaning of a word in lower case (ASCII, Latin-1 letters and Cyrillic), or NULL.
const nx_date_word *nx_date_word_find(nx_str folded);

// The table behind it, in the order of the words' bytes.
typedef struct nx_date_row {
    const char *word;
    nx_date_word meaning;
} nx_date_row;
extern const nx_date_row nx_date_rows[];
extern const size_t nx_date_row_count;

#endif
