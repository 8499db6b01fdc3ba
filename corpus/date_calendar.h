// date_calendar.h: calendars that news is dated by beside ours, and summer time. For the
// date_*.c files alone.
//
// Must not know: text: what was written is numbers by then.
#ifndef NX_CORPUS_DATE_CALENDAR_H
#define NX_CORPUS_DATE_CALENDAR_H

#include <stdbool.h>

typedef enum nx_calendar {
    NX_CALENDAR_OURS,
    NX_CALENDAR_THAI,    // ours, with years of the Buddhist era; some count them as we do
    NX_CALENDAR_PERSIAN, // the solar one
} nx_calendar;

// A day of that calendar as one of ours; false: there is no such day.
bool nx_civil_of(nx_calendar calendar, int *year, int *month, int *day);
// Is it summer time in the United States on that day?
bool nx_us_summer_time(int year, int month, int day);

#endif
