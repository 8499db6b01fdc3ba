// date_words.h: what the words of a date mean, in the languages that news dates are read in.
//
// Internal to the room. Must not know: how words are put together (date_reading.c).
#ifndef NX_CORPUS_DATE_WORDS_H
#define NX_CORPUS_DATE_WORDS_H

#include "base/buf.h"

typedef enum nx_date_word_kind {
    NX_DATE_MONTH,      // value 1..12, and 100 more in the Thai, 200 more in the Persian calendar
    NX_DATE_NEXT_MONTH, // the number behind it is the month: tháng
    NX_DATE_WEEKDAY,    // value 1: of a language that writes the day before the month
    NX_DATE_AM,
    NX_DATE_PM,
    NX_DATE_FIRST_HALF, // am and pm of languages that put them before the time
    NX_DATE_SECOND_HALF,
    NX_DATE_CLOCK,   // follows a time: Uhr, h, hrs
    NX_DATE_ORDINAL, // follows a day: st, nd, er
    NX_DATE_ZONE,    // value: minutes east of UTC
    NX_DATE_US_ZONE, // value: minutes east of UTC in winter; summer time by the rules of the US
    NX_DATE_FILLER,  // at, on, um, de: says nothing; value 1: a time follows, 2: a year came before
    NX_DATE_LABEL,   // Published, Aktualisiert: says which date it is, not what it is; value as of
                     // weekdays
    NX_DATE_ERA,     // value: the year before its first one: 令和
    NX_DATE_CJK,     // value: what the number before it is: 1 year, 2 month, 3 day, 4 to 6 the time
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
