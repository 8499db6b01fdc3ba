// when.c: the words for dates in a query -> inclusive range of seconds.
//
// Must not know: the tree, fields, the date forms of news articles (corpus/ does).

#include "base/num.h"
#include "base/time.h"
#include "searcher/query.h"

enum { DAY = 86400, WHEN_MAX_BYTES = 64 };

typedef enum period { PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH, PERIOD_YEAR, PERIOD_NONE } period;

static int64_t day_start(int64_t t)
{
    int64_t rest = t % DAY;
    return t - (rest < 0 ? rest + DAY : rest);
}

static int64_t month_start(int32_t year, int month)
{
    nx_civil c = {.year = year, .month = (int8_t)month, .day = 1};
    return nx_civil_to_utc(&c);
}

// Months since year 0 of the month t is in.
static int32_t month_number(int64_t t)
{
    nx_civil c = nx_civil_from_utc(t);
    return c.year * 12 + c.month - 1;
}

static bool month_range(int32_t number, int32_t count, int64_t *from, int64_t *to)
{
    int32_t last = number + count;
    if (number < 12 || last / 12 > 9999) {
        return false;
    }
    *from = month_start(number / 12, number % 12 + 1);
    *to = month_start(last / 12, last % 12 + 1) - 1;
    return true;
}

// The calendar period that lies `back` periods before the one now is in.
static bool calendar(period p, int back, int64_t now, int64_t *from, int64_t *to)
{
    int64_t today = day_start(now);
    switch (p) {
    case PERIOD_DAY:
        *from = today - (int64_t)back * DAY;
        *to = *from + DAY - 1;
        return true;
    case PERIOD_WEEK:
        *from = today - (int64_t)(nx_weekday(now) + 7 * back) * DAY;
        *to = *from + 7 * DAY - 1;
        return true;
    case PERIOD_MONTH: return month_range(month_number(now) - back, 1, from, to);
    case PERIOD_YEAR: return month_range((month_number(now) / 12 - back) * 12, 12, from, to);
    case PERIOD_NONE: break;
    }
    return false;
}

static period period_of(nx_str word)
{
    static const char *const names[] = {"day", "week", "month", "year"};
    if (word.n > 1 && word.p[word.n - 1] == 's') {
        word.n--;
    }
    for (int i = 0; i < 4; i++) {
        if (nx_str_eq(word, nx_str_of(names[i]))) {
            return (period)i;
        }
    }
    return PERIOD_NONE;
}

// From n periods before today until now: whole days, so that an article known only by its day is
// inside or outside as a whole.
static bool since(uint64_t n, period p, int64_t now, int64_t *from, int64_t *to)
{
    if (n > 100000) {
        return false;
    }
    int64_t today = day_start(now);
    *to = NX_DATE_OPEN_TO;
    if (p == PERIOD_DAY || p == PERIOD_WEEK) {
        *from = today - (int64_t)n * (p == PERIOD_WEEK ? 7 : 1) * DAY;
        return true;
    }
    int32_t number = month_number(now) - (int32_t)n * (p == PERIOD_YEAR ? 12 : 1);
    if (number < 12) {
        return false;
    }
    nx_civil c = nx_civil_from_utc(today);
    c.year = number / 12;
    c.month = (int8_t)(number % 12 + 1);
    int days = nx_month_days(c.year, c.month);
    c.day = (int8_t)(c.day > days ? days : c.day);
    *from = nx_civil_to_utc(&c);
    return true;
}

// 24h, 7d, 2w, 3mo, 1y
static bool short_duration(nx_str s, int64_t now, int64_t *from, int64_t *to)
{
    size_t digits = 0;
    uint64_t n;
    while (digits < s.n && nx_is_digit(s.p[digits])) {
        digits++;
    }
    nx_str unit = nx_str_make(s.p + digits, s.n - digits);
    if (digits == 0 || !nx_parse_u64(nx_str_make(s.p, digits), &n)) {
        return false;
    }
    if (nx_str_eq(unit, NX_STR("h")) && n <= 1000000) {
        *from = now - (int64_t)n * 3600;
        *to = NX_DATE_OPEN_TO;
        return true;
    }
    if (nx_str_eq(unit, NX_STR("mo"))) {
        return since(n, PERIOD_MONTH, now, from, to);
    }
    static const char letters[] = "dw y";
    for (int i = 0; unit.n == 1 && i < 4; i++) {
        if (letters[i] == unit.p[0]) {
            return since(n, (period)i, now, from, to);
        }
    }
    return unit.n > 1 && period_of(unit) != PERIOD_NONE && since(n, period_of(unit), now, from, to);
}

// Number from 0 of a name that starts with at least three of its letters; -1 for none.
static int name_index(nx_str word, const char *const *names)
{
    for (int i = 0; word.n >= 3 && names[i] != NULL; i++) {
        if (nx_str_starts(nx_str_of(names[i]), word)) {
            return i;
        }
    }
    return -1;
}

static bool named(const nx_str *w, size_t count, int64_t now, int64_t *from, int64_t *to)
{
    static const char *const days[] = {"monday", "tuesday",  "wednesday", "thursday",
                                       "friday", "saturday", "sunday",    NULL};
    static const char *const months[] = {"january",  "february", "march",  "april",     "may",
                                         "june",     "july",     "august", "september", "october",
                                         "november", "december", NULL};
    int month = name_index(w[0], months);
    uint64_t year;
    if (month >= 0 && count == 2 && w[1].n == 4 && nx_parse_u64(w[1], &year) && year > 0) {
        return month_range((int32_t)year * 12 + month, 1, from, to);
    }
    if (month >= 0 && count == 1) { // the latest one that has begun
        int32_t number = month_number(now);
        int32_t back = (number % 12 - month + 12) % 12;
        return month_range(number - back, 1, from, to);
    }
    int day = name_index(w[0], days);
    if (day >= 0 && count == 1) {
        int back = (nx_weekday(now) - day + 7) % 7;
        return calendar(PERIOD_DAY, back, now, from, to);
    }
    return false;
}

static bool words_form(const nx_str *w, size_t count, int64_t now, int64_t *from, int64_t *to)
{
    uint64_t n;
    if (count == 1 && nx_str_eq(w[0], NX_STR("today"))) {
        return calendar(PERIOD_DAY, 0, now, from, to);
    }
    if (count == 1 && nx_str_eq(w[0], NX_STR("yesterday"))) {
        return calendar(PERIOD_DAY, 1, now, from, to);
    }
    if (count == 1 && nx_str_eq(w[0], NX_STR("now"))) {
        *from = *to = now;
        return true;
    }
    if (count == 1 && short_duration(w[0], now, from, to)) {
        return true;
    }
    bool last = nx_str_eq(w[0], NX_STR("last")) || nx_str_eq(w[0], NX_STR("past"));
    if (count == 2 && (last || nx_str_eq(w[0], NX_STR("this")))) {
        return calendar(period_of(w[1]), last ? 1 : 0, now, from, to);
    }
    if (count == 3 && last && nx_parse_u64(w[1], &n) && period_of(w[2]) != PERIOD_NONE) {
        return since(n, period_of(w[2]), now, from, to);
    }
    if (count == 2 && nx_parse_u64(w[0], &n) && period_of(w[1]) != PERIOD_NONE) {
        return since(n, period_of(w[1]), now, from, to);
    }
    return named(w, count, now, from, to);
}

static bool single(nx_str s, int64_t now, int64_t *from, int64_t *to)
{
    char folded[WHEN_MAX_BYTES];
    nx_str words[3];
    size_t count = 0;
    if (s.n == 0 || s.n > sizeof folded) {
        return false;
    }
    if (nx_parse_iso(s, 0, from, to, NULL, NULL)) {
        return true;
    }
    for (size_t i = 0; i < s.n; i++) {
        char c = nx_lower(s.p[i]);
        folded[i] = c == '-' || c == '_' ? ' ' : c;
    }
    for (size_t i = 0; i < s.n;) {
        size_t start = i;
        while (i < s.n && !nx_is_space(folded[i])) {
            i++;
        }
        if (i > start) {
            if (count == 3) {
                return false;
            }
            words[count++] = nx_str_make(folded + start, i - start);
        }
        i++;
    }
    return count > 0 && words_form(words, count, now, from, to);
}

bool nx_when_parse(nx_str s, int64_t now, int64_t *from, int64_t *to, bool *exchanged)
{
    bool ignored;
    exchanged = exchanged != NULL ? exchanged : &ignored;
    *exchanged = false;
    s = nx_str_trim(s);
    size_t dots = nx_str_find(s, NX_STR(".."), 0);
    if (dots == SIZE_MAX) {
        return single(s, now, from, to);
    }
    nx_str left = nx_str_trim(nx_str_make(s.p, dots));
    nx_str right = nx_str_trim(nx_str_make(s.p + dots + 2, s.n - dots - 2));
    int64_t left_end = NX_DATE_OPEN_TO, right_start = NX_DATE_OPEN_FROM;
    *from = NX_DATE_OPEN_FROM;
    *to = NX_DATE_OPEN_TO;
    if ((left.n == 0 && right.n == 0) || (left.n > 0 && !single(left, now, from, &left_end)) ||
        (right.n > 0 && !single(right, now, &right_start, to))) {
        return false;
    }
    if (*from > *to) {
        *exchanged = true;
        *from = right_start;
        *to = left_end;
    }
    return true;
}
