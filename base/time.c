// time.c: see time.h. Day arithmetic after Howard Hinnant, "chrono-Compatible Low-Level Date
// Algorithms" (days_from_civil and civil_from_days).
#define _GNU_SOURCE
#include "base/time.h"

#include <stdio.h>
#include <time.h>

#include "base/num.h"

int nx_month_days(int32_t year, int month)
{
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12) {
        return 0;
    }
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool nx_civil_valid(const nx_civil *c)
{
    return c->year >= 1 && c->year <= 9999 && c->day >= 1 &&
           c->day <= nx_month_days(c->year, c->month) && c->hour >= 0 && c->hour <= 23 &&
           c->minute >= 0 && c->minute <= 59 && c->second >= 0 && c->second <= 59;
}

static int64_t days_from_civil(int64_t y, int64_t m, int64_t d)
{
    y -= m <= 2;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t yoe = y - era * 400;
    int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

int64_t nx_civil_to_utc(const nx_civil *c)
{
    return ((days_from_civil(c->year, c->month, c->day) * 24 + c->hour) * 60 + c->minute) * 60 +
           c->second;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

nx_civil nx_civil_from_utc(int64_t utc)
{
    const int64_t lowest = -62135596800, highest = 253402300799; // years 1 and 9999
    if (utc < lowest) {
        utc = lowest;
    }
    if (utc > highest) {
        utc = highest;
    }
    int64_t day = floor_div(utc, 86400);
    int64_t rest = utc - day * 86400;
    int64_t z = day + 719468;
    int64_t era = floor_div(z, 146097);
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    int64_t month = mp + (mp < 10 ? 3 : -9);
    return (nx_civil){
        .year = (int32_t)(yoe + era * 400 + (month <= 2)),
        .month = (int8_t)month,
        .day = (int8_t)(doy - (153 * mp + 2) / 5 + 1),
        .hour = (int8_t)(rest / 3600),
        .minute = (int8_t)(rest / 60 % 60),
        .second = (int8_t)(rest % 60),
    };
}

int nx_weekday(int64_t utc)
{
    int64_t day = floor_div(utc, 86400) + 3; // 1970-01-01 was a Thursday
    return (int)(day - floor_div(day, 7) * 7);
}

static bool take(nx_str s, size_t *i, char c)
{
    if (*i < s.n && s.p[*i] == c) {
        (*i)++;
        return true;
    }
    return false;
}

static bool parse_zone(nx_str s, size_t *i, int *zone_min)
{
    if (take(s, i, 'Z') || take(s, i, 'z')) {
        *zone_min = 0;
        return true;
    }
    int sign = take(s, i, '+') ? 1 : take(s, i, '-') ? -1 : 0;
    int h = 0, m = 0;
    if (sign == 0 || !nx_take_digits(s, i, 2, &h)) {
        return false;
    }
    (void)take(s, i, ':');
    if (*i < s.n && !nx_take_digits(s, i, 2, &m)) {
        return false;
    }
    if (h > 15 || m > 59) {
        return false;
    }
    *zone_min = sign * (h * 60 + m);
    return true;
}

// [T ]HH:MM[:SS[.fff]] or, in compact form, HHMM[SS]. *span is the seconds meant minus one.
static bool parse_clock(nx_str s, size_t *i, nx_civil *c, int64_t *span)
{
    int h = 0, m = 0, sec = 0;
    if (!nx_take_digits(s, i, 2, &h)) {
        return false;
    }
    bool colon = take(s, i, ':');
    if (!nx_take_digits(s, i, 2, &m)) {
        return false;
    }
    *span = 59;
    if (colon ? take(s, i, ':') : *i < s.n && nx_is_digit(s.p[*i])) {
        if (!nx_take_digits(s, i, 2, &sec)) {
            return false;
        }
        *span = 0;
        if (take(s, i, '.') || take(s, i, ',')) {
            size_t start = *i;
            while (*i < s.n && nx_is_digit(s.p[*i])) {
                (*i)++;
            }
            if (*i == start) {
                return false;
            }
        }
    }
    if (sec == 60) {
        sec = 59; // leap second
    }
    c->hour = (int8_t)h;
    c->minute = (int8_t)m;
    c->second = (int8_t)sec;
    return true;
}

bool nx_parse_iso(nx_str s, int zone_min, int64_t *from, int64_t *to, bool *zone_given,
                  int *zone_out)
{
    size_t i = 0;
    int year = 0, month = 0, day = 0;
    bool zone = false;
    if (!nx_take_digits(s, &i, 4, &year)) {
        return false;
    }
    bool dash = take(s, &i, '-');
    if (i < s.n && !nx_take_digits(s, &i, 2, &month)) {
        return false;
    }
    if (month != 0 && i < s.n && (!dash || take(s, &i, '-')) && !nx_take_digits(s, &i, 2, &day)) {
        return false;
    }
    if (!dash && month != 0 && day == 0) {
        return false; // YYYYMM is not a date anyone writes
    }
    nx_civil c = {
        .year = year, .month = (int8_t)(month > 0 ? month : 1), .day = (int8_t)(day > 0 ? day : 1)};
    if (!nx_civil_valid(&c) || (dash && month == 0)) {
        return false;
    }
    int64_t span = 86400 - 1;
    if (month == 0) {
        span = (int64_t)(nx_month_days(year, 2) == 29 ? 366 : 365) * 86400 - 1;
    } else if (day == 0) {
        span = (int64_t)nx_month_days(year, month) * 86400 - 1;
    }
    if (i < s.n && day != 0 && (take(s, &i, 'T') || take(s, &i, 't') || take(s, &i, ' '))) {
        if (!parse_clock(s, &i, &c, &span)) {
            return false;
        }
        (void)take(s, &i, ' ');
    }
    if (i < s.n && day != 0) {
        if (!parse_zone(s, &i, &zone_min)) {
            return false;
        }
        zone = true;
    }
    if (i != s.n || !nx_civil_valid(&c)) {
        return false;
    }
    *from = nx_civil_to_utc(&c) - (int64_t)zone_min * 60;
    *to = *from + span;
    if (zone_given != NULL) {
        *zone_given = zone;
    }
    if (zone_out != NULL) {
        *zone_out = zone_min;
    }
    return true;
}

// "2019-03-26"; returns where it ends.
static char *put_day(char *to, const nx_civil *c)
{
    to = nx_put_digits(to, (unsigned)c->year, 4);
    *to++ = '-';
    to = nx_put_digits(to, (unsigned)c->month, 2);
    *to++ = '-';
    return nx_put_digits(to, (unsigned)c->day, 2);
}

char *nx_format_utc(char out[24], int64_t utc)
{
    nx_civil c = nx_civil_from_utc(utc);
    char *to = put_day(out, &c);
    *to++ = 'T';
    to = nx_put_digits(to, (unsigned)c.hour, 2);
    *to++ = ':';
    to = nx_put_digits(to, (unsigned)c.minute, 2);
    *to++ = ':';
    to = nx_put_digits(to, (unsigned)c.second, 2);
    *to++ = 'Z';
    *to = '\0';
    return out;
}

char *nx_format_day(char out[16], int64_t utc)
{
    nx_civil c = nx_civil_from_utc(utc);
    *put_day(out, &c) = '\0';
    return out;
}

char *nx_format_mail_date(char out[32], int64_t utc)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    nx_civil c = nx_civil_from_utc(utc);
    (void)snprintf(out, 32, "%s, %02u %s %04u %02u:%02u:%02u +0000", days[nx_weekday(utc)],
                   (unsigned)c.day % 100U, months[c.month - 1], (unsigned)c.year % 10000U,
                   (unsigned)c.hour % 100U, (unsigned)c.minute % 100U, (unsigned)c.second % 100U);
    return out;
}

int64_t nx_now_utc(void)
{
    return (int64_t)time(NULL);
}

uint64_t nx_monotonic_ms(void)
{
    struct timespec t = {0, 0};
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

double nx_cpu_seconds(void)
{
    struct timespec t = {0, 0};
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}
