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

static bool is_hours(nx_str unit)
{
    return nx_str_eq(unit, NX_STR("h")) || nx_str_eq(unit, NX_STR("hour")) ||
           nx_str_eq(unit, NX_STR("hours"));
}

static bool hours(uint64_t n, int64_t now, int64_t *from, int64_t *to)
{
    *from = now - (int64_t)(n <= 1000000 ? n : 0) * 3600;
    *to = NX_DATE_OPEN_TO;
    return n <= 1000000;
}

// 24h, 7d, 2w, 3mo, 1y
static bool short_duration(nx_str s, int64_t now, int64_t *from, int64_t *to)
{
    size_t digits = 0;
    uint64_t n;
    while (digits < s.n && nx_is_digit(s.p[digits])) {
        digits++;
    }
    nx_str unit = nx_str_skip(s, digits);
    if (digits == 0 || !nx_parse_u64(nx_str_make(s.p, digits), &n)) {
        return false;
    }
    if (is_hours(unit)) {
        return hours(n, now, from, to);
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

static const char *const days_of_week[] = {"monday", "tuesday",  "wednesday", "thursday",
                                           "friday", "saturday", "sunday",    NULL};
static const char *const months[] = {"january",  "february", "march",  "april",     "may",
                                     "june",     "july",     "august", "september", "october",
                                     "november", "december", NULL};

// february, february 2019, february 22 2019, 22 february 2019
static bool with_month(const nx_str *w, size_t count, int64_t now, int64_t *from, int64_t *to)
{
    size_t at = count == 3 && nx_is_digit(w[0].p[0]) ? 1 : 0;
    int month = name_index(w[at], months);
    uint64_t year, day;
    if (month < 0) {
        return false;
    }
    if (count == 1) { // the latest one that has begun
        int32_t number = month_number(now);
        int32_t back = (number % 12 - month + 12) % 12;
        return month_range(number - back, 1, from, to);
    }
    if (w[count - 1].n != 4 || !nx_parse_u64(w[count - 1], &year) || year == 0) {
        return false;
    }
    if (count == 2) {
        return month_range((int32_t)year * 12 + month, 1, from, to);
    }
    if (!nx_parse_u64(w[1 - at], &day) || day < 1 ||
        day > (uint64_t)nx_month_days((int32_t)year, month + 1)) {
        return false;
    }
    *from = month_start((int32_t)year, month + 1) + (int64_t)(day - 1) * DAY;
    *to = *from + DAY - 1;
    return true;
}

static bool one_word(nx_str w, int64_t now, int64_t *from, int64_t *to)
{
    if (nx_str_eq(w, NX_STR("today"))) {
        return calendar(PERIOD_DAY, 0, now, from, to);
    }
    if (nx_str_eq(w, NX_STR("yesterday"))) {
        return calendar(PERIOD_DAY, 1, now, from, to);
    }
    if (nx_str_eq(w, NX_STR("now"))) {
        *from = *to = now;
        return true;
    }
    int day = name_index(w, days_of_week);
    if (day >= 0) {
        return calendar(PERIOD_DAY, (nx_weekday(now) - day + 7) % 7, now, from, to);
    }
    return short_duration(w, now, from, to);
}

// this week, last week, last monday, past hour
static bool two_words(const nx_str *w, int64_t now, int64_t *from, int64_t *to)
{
    bool last = nx_str_eq(w[0], NX_STR("last")) || nx_str_eq(w[0], NX_STR("past"));
    if (!last) {
        return nx_str_eq(w[0], NX_STR("this")) && calendar(period_of(w[1]), 0, now, from, to);
    }
    int day = name_index(w[1], days_of_week);
    if (day >= 0) { // not today
        return calendar(PERIOD_DAY, (nx_weekday(now) - day + 6) % 7 + 1, now, from, to);
    }
    return is_hours(w[1]) ? hours(1, now, from, to) : calendar(period_of(w[1]), 1, now, from, to);
}

// 3 days, last 3 days, 3 days ago; the last is that one day
static bool counted(const nx_str *w, size_t count, int64_t now, int64_t *from, int64_t *to)
{
    uint64_t n;
    bool ago = count == 3 && nx_str_eq(w[2], NX_STR("ago"));
    bool last = count == 3 && (nx_str_eq(w[0], NX_STR("last")) || nx_str_eq(w[0], NX_STR("past")));
    nx_str unit = w[last ? 2 : 1];
    if ((count == 3 && !ago && !last) || !nx_parse_u64(w[last ? 1 : 0], &n)) {
        return false;
    }
    if (ago) {
        return n <= 100000 && calendar(period_of(unit), (int)n, now, from, to);
    }
    return is_hours(unit)
               ? hours(n, now, from, to)
               : period_of(unit) != PERIOD_NONE && since(n, period_of(unit), now, from, to);
}

static bool words_form(const nx_str *w, size_t count, int64_t now, int64_t *from, int64_t *to)
{
    return (count == 1 && one_word(w[0], now, from, to)) ||
           (count == 2 && two_words(w, now, from, to)) ||
           (count > 1 && counted(w, count, now, from, to)) || with_month(w, count, now, from, to);
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
        folded[i] = c == '-' || c == '_' || c == ',' ? ' ' : c;
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
    nx_str right = nx_str_trim(nx_str_skip(s, dots + 2));
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
