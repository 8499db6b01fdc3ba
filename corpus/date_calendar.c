// date_calendar.c: see date_calendar.h.
#include "corpus/date_calendar.h"

#include "base/time.h"

// The Persian new year by leap years in cycles of 33, which holds for the years 1178 to 1633: the
// day's number counted from the first of 1970.
static int64_t persian_day(int year, int month, int day)
{
    const int64_t epoch = 1948319 - 2440588; // both in Julian day numbers
    int before = month <= 7 ? (month - 1) * 31 : (month - 1) * 30 + 6;
    return epoch + (int64_t)(year - 1) * 365 + (8 * year + 21) / 33 + before + day;
}

bool nx_civil_of(nx_calendar calendar, int *year, int *month, int *day)
{
    const int buddhist = 543, first_of_them = 2400;
    if (calendar == NX_CALENDAR_THAI) {
        *year -= *year > first_of_them ? buddhist : 0;
        return true;
    }
    if (calendar == NX_CALENDAR_PERSIAN) {
        if (*month < 1 || *month > 12 || *day < 1 || *day > (*month <= 6 ? 31 : 30)) {
            return false;
        }
        nx_civil c = nx_civil_from_utc(persian_day(*year, *month, *day) * 86400);
        *year = c.year;
        *month = (unsigned char)c.month;
        *day = (unsigned char)c.day;
    }
    return true;
}

// ---- summer time of the United States (Energy Policy Act 2005, and the rules of 1967 and 1987)

// Day of month of the nth Sunday (n > 0) or of the last one (n == 0).
static int sunday(int year, int month, int n)
{
    nx_civil first = {.year = year, .month = (int8_t)month, .day = 1};
    int day = 1 + (6 - nx_weekday(nx_civil_to_utc(&first)));
    if (n > 0) {
        return day + 7 * (n - 1);
    }
    while (day + 7 <= nx_month_days(year, month)) {
        day += 7;
    }
    return day;
}

bool nx_us_summer_time(int year, int month, int day)
{
    int start_month = year >= 2007 ? 3 : 4, end_month = year >= 2007 ? 11 : 10;
    int start = sunday(year, start_month, year >= 2007 ? 2 : year >= 1987 ? 1 : 0);
    int end = sunday(year, end_month, year >= 2007 ? 1 : 0);
    int at = month * 100 + day;
    return year >= 1967 && at >= start_month * 100 + start && at < end_month * 100 + end;
}
