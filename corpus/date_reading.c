// date_reading.c: reads a date from left to right; see date_reading.h.
//
// The reading stops at the first word that fits no slot.
#include "corpus/date_reading.h"

#include "base/time.h"

enum {
    YEAR_MIN = 1600,
    PERSIAN_MIN = 1300, // a year of the Persian calendar; no news is from ours then
    PERSIAN_MAX = 1499,
    FILLERS_MAX = 8,
    PARTS_MAX = 64, // of a date; a weekday may be said again and again
    DIGITS_MAX = 14,
};

static bool set_date(nx_date_reading *r, int year, int month, int day)
{
    if (r->year != 0 || r->month != 0 || r->day != 0 || year < YEAR_MIN || day < 1 ||
        day > nx_month_days(year, month)) {
        return false;
    }
    r->year = year;
    r->month = month;
    r->day = day;
    return true;
}

// Three numbers with separators between: 2019-03-26, 26.3.2019, 3/26/2019. Ambiguous or impossible
// ones are refused. Returns the end, or 0.
static size_t take_triple(nx_str s, const nx_date_token *first, nx_date_reading *r)
{
    nx_date_token sep = nx_date_lex(s, first->end);
    bool dot = nx_date_is_punct(&sep, '.');
    if (!sep.glued || !(dot || nx_date_is_punct(&sep, '/') || nx_date_is_punct(&sep, '-'))) {
        return 0;
    }
    nx_date_token second = nx_date_lex(s, sep.end);
    nx_date_token sep2 = nx_date_lex(s, second.end);
    nx_date_token third = nx_date_lex(s, sep2.end);
    if (second.kind != NX_DATE_NUMBER || third.kind != NX_DATE_NUMBER ||
        !nx_date_is_punct(&sep2, sep.punct) || !sep2.glued ||
        (!dot && !(second.glued && third.glued)) || second.digits > 2) {
        return 0;
    }
    int a = first->value, b = second.value, c = third.value;
    bool set = false;
    if (first->digits == 4 && third.digits <= 2) {
        bool persian =
            a >= PERSIAN_MIN && a <= PERSIAN_MAX && nx_civil_of(NX_CALENDAR_PERSIAN, &a, &b, &c);
        set = (persian || a >= YEAR_MIN) && set_date(r, a, b, c);
    } else if (first->digits <= 2 && third.digits == 4) {
        if (dot || a > 12 || a == b || r->day_first) {
            set = set_date(r, c, b, a);
        } else if (b > 12) {
            set = set_date(r, c, a, b);
        }
    }
    return set ? third.end : 0;
}

// Two-digit years stand only where RFC 822 had them: 26 Mar 87 15:01, 26-FEB-87. They are read as
// RFC 5322 says.
static bool is_short_year(nx_str s, const nx_date_token *t, const nx_date_reading *r)
{
    nx_date_token after = nx_date_lex(s, t->end);
    nx_date_token colon = nx_date_lex(s, after.end);
    bool before_time =
        after.kind == NX_DATE_NUMBER && after.digits == 2 && nx_date_is_punct(&colon, ':');
    bool dashed = t->start > 0 && s.p[t->start - 1] == '-' && after.kind == NX_DATE_END;
    return t->digits == 2 && r->day != 0 && r->month_is_word && r->year == 0 &&
           (before_time || dashed);
}

// 20190326, 20190326T1931, 201903261931, 20190326193105.
static size_t take_compact(nx_str s, const nx_date_token *t, nx_date_reading *r)
{
    int v[DIGITS_MAX / 2] = {0};
    for (size_t i = t->start; i < t->end; i++) {
        int *pair = &v[(i - t->start) / 2];
        *pair = *pair * 10 + (s.p[i] - '0');
    }
    if (!set_date(r, v[0] * 100 + v[1], v[2], v[3])) {
        return 0;
    }
    if (t->digits > 8 && !nx_date_set_time(r, v[4], v[5], v[6])) {
        return 0;
    }
    return t->end;
}

// 2019年, 3月, 26日, 19時, 31分; the year may count from the beginning of an era.
static size_t take_counted(const nx_date_token *t, const nx_date_token *counter, nx_date_reading *r)
{
    int place = counter->w->value;
    if (place > 3) {
        return nx_date_take_time_part(t, counter, r);
    }
    int *const slots[] = {NULL, &r->year, &r->month, &r->day};
    bool of_era = place == 1 && r->era != 0 && t->digits <= 2;
    if (*slots[place] != 0 || (!of_era && (t->digits == 4) != (place == 1))) {
        return 0;
    }
    *slots[place] = of_era ? r->era + t->value : t->value;
    return counter->end;
}

// Ahead of the rest a year stands only before the name of a month: "2019 March 26", "2019. március
// 26.", "2019 m. kovo 26 d.", "2019. gada 26. marts".
static bool is_year_ahead(nx_str s, size_t i)
{
    nx_date_token t = nx_date_lex(s, i);
    t = nx_date_is_punct(&t, '.') ? nx_date_lex(s, t.end) : t;
    if (nx_date_is_word(&t, NX_DATE_FILLER) && t.w->value == 2) {
        t = nx_date_lex(s, t.end);
        t = nx_date_is_punct(&t, '.') || t.kind == NX_DATE_NUMBER ? nx_date_lex(s, t.end) : t;
        t = nx_date_is_punct(&t, '.') ? nx_date_lex(s, t.end) : t;
    }
    return nx_date_is_word(&t, NX_DATE_MONTH);
}

static bool is_year(const nx_date_token *t, const nx_date_reading *r)
{
    bool persian =
        r->calendar == NX_CALENDAR_PERSIAN && t->value >= PERSIAN_MIN && t->value <= PERSIAN_MAX;
    return t->digits == 4 && r->year == 0 && (t->value >= YEAR_MIN || persian);
}

static size_t take_number(nx_str s, const nx_date_token *t, nx_date_reading *r)
{
    size_t end = take_triple(s, t, r);
    if (end == 0) {
        end = nx_date_take_time(s, t, r);
    }
    if (end != 0) {
        return end;
    }
    if ((t->digits == 8 || t->digits == 12 || t->digits == 14) && r->year == 0) {
        return take_compact(s, t, r);
    }
    nx_date_token after = nx_date_lex(s, t->end);
    if (nx_date_is_word(&after, NX_DATE_CJK)) {
        return take_counted(t, &after, r);
    }
    bool after_t = t->glued && t->start > 0 && (s.p[t->start - 1] | 0x20) == 't';
    if (after_t && (t->digits == 4 || t->digits == 6) && r->year != 0) {
        int v = t->digits == 4 ? t->value * 100 : t->value;
        return nx_date_set_time(r, v / 10000, v / 100 % 100, v % 100) ? t->end : 0;
    }
    if (t->digits <= 2 && r->day == 0 && t->value >= 1 && t->value <= 31) {
        r->day = t->value;
        return t->end;
    }
    if (is_year(t, r)) {
        if (r->month == 0 && !is_year_ahead(s, t->end)) {
            return 0;
        }
        r->year = t->value;
        return t->end;
    }
    if (is_short_year(s, t, r)) {
        r->year = t->value + (t->value < 50 ? 2000 : 1900);
        return t->end;
    }
    return 0;
}

static size_t take_month(const nx_date_token *t, nx_date_reading *r)
{
    if (r->month != 0) {
        if (!r->month_may_be_weekday || r->weekday) {
            return 0;
        }
        r->weekday = true; // "mar 26 mar 2019"
    }
    r->month = t->w->value % 100;
    r->calendar = (nx_calendar)(t->w->value / 100);
    r->month_is_word = true;
    r->month_may_be_weekday = t->w->weekday_too;
    return t->end;
}

// tháng 3: the number behind the word.
static size_t take_next_month(const nx_date_token *number, nx_date_reading *r)
{
    bool fits = r->month == 0 && number->kind == NX_DATE_NUMBER && number->value >= 1 &&
                number->value <= 12;
    r->month = fits ? number->value : r->month;
    return fits ? number->end : 0;
}

static size_t take_filler(nx_str s, const nx_date_token *t, const nx_date_token *next,
                          nx_date_reading *r)
{
    r->day_first |= t->w->kind == NX_DATE_LABEL && t->w->value == 1;
    r->time_follows |= t->w->kind == NX_DATE_FILLER && t->w->value == 1;
    // "A26" is no "a 26"; only the T of software touches a number, and what is written without
    // spaces.
    bool spaced = (unsigned char)s.p[t->start] < 0xe3;
    return spaced && next->kind == NX_DATE_NUMBER && next->glued && t->first != 't' ? 0 : t->end;
}

static size_t take_word(nx_str s, const nx_date_token *t, nx_date_reading *r)
{
    nx_date_token dot = nx_date_lex(s, t->end); // or whatever comes next
    if ((t->first == 'a' || t->first == 'p') && nx_date_is_punct(&dot, '.')) {
        nx_date_token m = nx_date_lex(s, dot.end);
        if (m.first == 'm') {
            return nx_date_take_half(t, r, t->first == 'p') != 0 ? m.end : 0;
        }
    }
    if (t->w == NULL) {
        return 0;
    }
    switch (t->w->kind) {
    case NX_DATE_MONTH: return take_month(t, r);
    case NX_DATE_AM:
        // German "am 26. März" is no half of a day.
        return r->has_time ? nx_date_take_half(t, r, false) : t->end;
    case NX_DATE_PM: return nx_date_take_half(t, r, true);
    case NX_DATE_ZONE:
    case NX_DATE_US_ZONE: return nx_date_take_zone(s, t, r);
    case NX_DATE_CLOCK: return r->has_time ? t->end : 0;
    case NX_DATE_ORDINAL: return r->day != 0 && r->year == 0 && t->glued ? t->end : 0;
    case NX_DATE_WEEKDAY:
        r->weekday = true;
        r->day_first |= t->w->value == 1;
        return t->end;
    case NX_DATE_NEXT_MONTH: return take_next_month(&dot, r);
    case NX_DATE_FIRST_HALF:
    case NX_DATE_SECOND_HALF: return nx_date_take_half_ahead(t, r);
    case NX_DATE_ERA: r->era = t->w->value; return dot.kind == NX_DATE_NUMBER ? t->end : 0;
    case NX_DATE_FILLER:
    case NX_DATE_LABEL: return take_filler(s, t, &dot, r);
    case NX_DATE_CJK: return 0;
    }
    return 0;
}

// "+0000 (Coordinated Universal Time)": what follows the '('.
static size_t skip_comment(nx_str s, size_t i)
{
    size_t close = nx_str_find(s, NX_STR(")"), i);
    return close != SIZE_MAX && close - i < 40 ? close + 1 : 0;
}

// A mark that says something: the sign of a zone's offset, or the bracket of a comment.
static size_t take_mark(nx_str s, const nx_date_token *t, nx_date_reading *r)
{
    bool sign = t->punct == '+' || t->punct == '-';
    if (sign && (r->has_time || r->day != 0)) {
        return nx_date_take_offset(s, t, r);
    }
    return t->punct == '(' && r->has_zone && r->has_time ? skip_comment(s, t->end) : 0;
}

// Takes what t begins and gives where that ends; 0: the reading ends before it. *says: it was more
// than a filler.
static size_t take(nx_str s, const nx_date_token *t, nx_date_reading *r, bool *says)
{
    size_t to = 0;
    *says = true;
    switch (t->kind) {
    case NX_DATE_NUMBER: return take_number(s, t, r);
    case NX_DATE_WORD:
        to = take_word(s, t, r);
        // The "a" of "a.m." is no filler.
        *says = to != t->end ||
                !(nx_date_is_word(t, NX_DATE_FILLER) || nx_date_is_word(t, NX_DATE_LABEL));
        return to;
    case NX_DATE_PUNCT:
        to = take_mark(s, t, r);
        *says = to != 0;
        if (to == 0 && t->punct != '+' && (t->punct != '/' || r->day == 0)) {
            return t->end;
        }
        return to;
    case NX_DATE_END:
    case NX_DATE_OTHER: return 0;
    }
    return 0;
}

bool nx_date_read(nx_str s, size_t i, nx_date_reading *out)
{
    nx_date_reading r = {.end = i, .stop = i};
    for (int fillers = 0, parts = 0; fillers < FILLERS_MAX && parts < PARTS_MAX; parts++) {
        nx_date_token t = nx_date_lex(s, r.stop);
        bool says = false;
        size_t to = take(s, &t, &r, &says);
        if (to == 0) {
            break;
        }
        fillers = says ? 0 : fillers + 1;
        r.stop = to;
        r.end = says ? to : r.end;
    }
    if (r.year != 0 && r.calendar != NX_CALENDAR_OURS &&
        !nx_civil_of(r.calendar, &r.year, &r.month, &r.day)) {
        r.year = 0;
    }
    *out = r;
    return r.year >= YEAR_MIN && r.day >= 1 && r.day <= nx_month_days(r.year, r.month);
}
