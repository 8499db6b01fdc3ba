// date_reading.h: what has been understood of a date so far. For the date_*.c files alone.
//
// A reading fills its slots from left to right and never takes two values for one. Each
// nx_date_take looks at the token it is given and at what follows it, fills slots, and gives where
// what it took ends, or 0 when that is no such thing or the slot is full. Must not know: where the
// string was found.
#ifndef NX_CORPUS_DATE_READING_H
#define NX_CORPUS_DATE_READING_H

#include "corpus/date_calendar.h"
#include "corpus/date_lex.h"

typedef struct nx_date_reading {
    int year, month, day; // 0: not yet
    int hour, minute, second;
    bool has_time, half_day; // half_day: am or pm was given
    bool has_zone, us_zone;
    int zone_min;
    bool weekday, month_may_be_weekday, month_is_word;
    bool day_first;    // a word of a language that writes the day before the month was there
    bool time_follows; // "kl."
    int half;          // of the day, from a word before the time: 1 or 2; 0: none
    int era;           // the year before its first one; 0: none
    nx_calendar calendar;
    size_t end;  // of the last part that said something
    size_t stop; // where the reading ended
} nx_date_reading;

// ---- the whole (date_reading.c)

// Reads from s.p[i] as far as it makes sense. true: out has a day of our calendar, of 1600 or
// later.
bool nx_date_read(nx_str s, size_t i, nx_date_reading *out);

// ---- the time of day and its zone (date_clock.c)

// false: there is a time already, or there is no such time.
bool nx_date_set_time(nx_date_reading *r, int hour, int minute, int second);
// 19:31, 19:31:05.79, 7.31 pm, 19.31 Uhr, kl. 19.31, 19h31, 7 pm, 12 Uhr. am, pm and Uhr themselves
// are left for the caller.
size_t nx_date_take_time(nx_str s, const nx_date_token *first, nx_date_reading *r);
// 19時, 31分, 5秒: the number, and the word that says what it is.
size_t nx_date_take_time_part(const nx_date_token *t, const nx_date_token *counter,
                              nx_date_reading *r);
// am or pm behind its time.
size_t nx_date_take_half(const nx_date_token *t, nx_date_reading *r, bool pm);
// A word of the half of the day before its time, or behind it where that is the custom.
size_t nx_date_take_half_ahead(const nx_date_token *t, nx_date_reading *r);
// +0530, -05:00, +02; the sign is t.
size_t nx_date_take_offset(nx_str s, const nx_date_token *t, nx_date_reading *r);
// EST, GMT, Z, GMT+1.
size_t nx_date_take_zone(nx_str s, const nx_date_token *t, nx_date_reading *r);

#endif
