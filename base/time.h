// time.h: civil dates and seconds since 1970, proleptic Gregorian, UTC; no locale, no zone files.
//
// Must not know: month names or date forms of news (corpus/), of queries (searcher/). Any thread.
#ifndef NX_BASE_TIME_H
#define NX_BASE_TIME_H

#include "base/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nx_civil {
    int32_t year;                // 1..9999
    int8_t month, day;           // 1.., 1..
    int8_t hour, minute, second; // second 0..59
} nx_civil;

// Days of a month; 0 when month is not 1..12.
int nx_month_days(int32_t year, int month);
// All fields in range for a real day and time?
bool nx_civil_valid(const nx_civil *c);
// Seconds since 1970-01-01T00:00:00Z of a valid civil time taken as UTC.
int64_t nx_civil_to_utc(const nx_civil *c);
nx_civil nx_civil_from_utc(int64_t utc); // clamped to years 1..9999
// 0 = Monday .. 6 = Sunday.
int nx_weekday(int64_t utc);

// Parses YYYY, YYYY-MM, YYYY-MM-DD (also YYYYMMDD), with optional [T ]HH:MM[:SS[.fff]] (or
// HHMM[SS] after YYYYMMDD) and zone Z|±HH[:]MM. The whole of s must match. *from is the first and
// *to the last second meant (equal when seconds are given). Without a zone, zone_min east of UTC is
// assumed. *zone_given (may be NULL) tells whether s had one, *zone_out (may be NULL) which.
bool nx_parse_iso(nx_str s, int zone_min, int64_t *from, int64_t *to, bool *zone_given,
                  int *zone_out);

// "2019-02-22T09:15:00Z" into out (at least 24 bytes); "2019-02-22" (at least 16); return out.
char *nx_format_utc(char out[24], int64_t utc);
char *nx_format_day(char out[16], int64_t utc);
// "Fri, 22 Mar 2019 09:15:00 +0000" (RFC 5322, also of RSS) into out (at least 32 bytes).
char *nx_format_mail_date(char out[32], int64_t utc);

int64_t nx_now_utc(void);       // wall clock, seconds
uint64_t nx_monotonic_ms(void); // for rates and time-outs
double nx_cpu_seconds(void);    // of this process

#ifdef __cplusplus
}
#endif
#endif
