// date.c: dates in the forms that news prints and software writes; see attribute.h.
//
// A reading fills the slots year, month, day, time and zone from left to right and stops at the
// first word that fits none; a slot never takes two values. Forms: RFC 3339, RFC 5322 and asctime,
// "26. März 2019, 19:31 Uhr", "7:31 PM ET, Tue March 26, 2019", "26/03/2019", "2019年3月26日",
// "2019. március 26.", "٢٦ مارس ٢٠١٩", "26 มี.ค. 2562", "۶ فروردین ۱۳۹۸".
// Must not know: where the string was found.
#include "corpus/attribute.h"

#include "base/num.h"
#include "base/time.h"
#include "corpus/date_calendar.h"
#include "corpus/date_lex.h"

enum {
    YEAR_MIN = 1600,
    PERSIAN_MIN = 1300, // a year of the Persian calendar; no news is from ours then
    PERSIAN_MAX = 1499,
    FILLERS_MAX = 8,
    DIGITS_MAX = 14,
    OTHER_DIGITS_MAX = 200, // bytes of a line that is looked at for digits that are not ASCII
};

// ---- slots

typedef struct reading {
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
} reading;

static bool is_punct(const nx_date_token *t, char c)
{
    return t->kind == PUNCT && t->punct == c;
}

static bool is_word(const nx_date_token *t, nx_date_word_kind kind)
{
    return t->kind == WORD && t->w != NULL && t->w->kind == kind;
}

static bool set_date(reading *r, int year, int month, int day)
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

static bool set_time(reading *r, int hour, int minute, int second)
{
    if (r->has_time || hour > 23 || minute > 59 || second > 60) {
        return false;
    }
    if (r->half != 0 && hour <= 12) {
        hour = hour % 12 + (r->half == 2 ? 12 : 0);
        r->half_day = true;
    }
    r->has_time = true;
    r->hour = hour;
    r->minute = minute;
    r->second = second == 60 ? 59 : second; // leap second
    return true;
}

// Three numbers with separators between: 2019-03-26, 26.3.2019, 3/26/2019. Ambiguous or impossible
// ones are refused. Returns the end, or 0.
static size_t take_triple(nx_str s, const nx_date_token *first, reading *r)
{
    nx_date_token sep = nx_date_lex(s, first->end);
    bool dot = is_punct(&sep, '.');
    if (!sep.glued || !(dot || is_punct(&sep, '/') || is_punct(&sep, '-'))) {
        return 0;
    }
    nx_date_token second = nx_date_lex(s, sep.end);
    nx_date_token sep2 = nx_date_lex(s, second.end);
    nx_date_token third = nx_date_lex(s, sep2.end);
    if (second.kind != NUMBER || third.kind != NUMBER || !is_punct(&sep2, sep.punct) ||
        !sep2.glued || (!dot && !(second.glued && third.glued)) || second.digits > 2) {
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

// 19:31, 19:31:05.79, 7.31 pm, 19.31 Uhr, kl. 19.31, 19h31, 7 pm, 12 Uhr. am, pm and Uhr themselves
// are left for the caller. Returns the end, or 0.
static size_t take_time(nx_str s, const nx_date_token *first, reading *r)
{
    if (first->digits > 2) {
        return 0;
    }
    nx_date_token sep = nx_date_lex(s, first->end);
    nx_date_token next = nx_date_lex(s, sep.end);
    bool letter_h = sep.kind == WORD && sep.first == 'h';
    if (next.kind == NUMBER && next.digits == 2 && next.glued &&
        ((is_punct(&sep, ':') && sep.glued) || letter_h)) {
        nx_date_token colon = nx_date_lex(s, next.end);
        nx_date_token sec = nx_date_lex(s, colon.end);
        if (is_punct(&colon, ':') && sec.kind == NUMBER && sec.digits == 2 && sec.glued) {
            nx_date_token dot = nx_date_lex(s, sec.end);
            nx_date_token fraction = nx_date_lex(s, dot.end);
            size_t end = sec.end;
            if (is_punct(&dot, '.') && dot.glued && fraction.glued && fraction.kind == NUMBER) {
                end = fraction.end;
            }
            return set_time(r, first->value, next.value, sec.value) ? end : 0;
        }
        return set_time(r, first->value, next.value, 0) ? next.end : 0;
    }
    if (is_punct(&sep, '.') && sep.glued && next.kind == NUMBER && next.digits == 2 && next.glued) {
        nx_date_token after = nx_date_lex(s, next.end);
        bool half = after.kind == WORD && (after.first == 'a' || after.first == 'p');
        if (half || r->time_follows || is_word(&after, NX_DATE_AM) || is_word(&after, NX_DATE_PM) ||
            is_word(&after, NX_DATE_CLOCK) || is_word(&after, NX_DATE_ZONE) ||
            is_word(&after, NX_DATE_US_ZONE)) {
            return set_time(r, first->value, next.value, 0) ? next.end : 0;
        }
    }
    bool half = sep.kind == WORD && (sep.first == 'a' || sep.first == 'p') && is_punct(&next, '.');
    if (half || is_word(&sep, NX_DATE_AM) || is_word(&sep, NX_DATE_PM) ||
        is_word(&sep, NX_DATE_CLOCK)) {
        return set_time(r, first->value, 0, 0) ? first->end : 0;
    }
    return 0;
}

// Two-digit years stand only where RFC 822 had them: 26 Mar 87 15:01, 26-FEB-87. They are read as
// RFC 5322 says.
static bool is_short_year(nx_str s, const nx_date_token *t, const reading *r)
{
    nx_date_token after = nx_date_lex(s, t->end);
    nx_date_token colon = nx_date_lex(s, after.end);
    bool before_time = after.kind == NUMBER && after.digits == 2 && is_punct(&colon, ':');
    bool dashed = t->start > 0 && s.p[t->start - 1] == '-' && after.kind == END;
    return t->digits == 2 && r->day != 0 && r->month_is_word && r->year == 0 &&
           (before_time || dashed);
}

// 20190326, 20190326T1931, 201903261931, 20190326193105.
static size_t take_compact(nx_str s, const nx_date_token *t, reading *r)
{
    int v[DIGITS_MAX / 2] = {0};
    for (size_t i = t->start; i < t->end; i++) {
        int *pair = &v[(i - t->start) / 2];
        *pair = *pair * 10 + (s.p[i] - '0');
    }
    if (!set_date(r, v[0] * 100 + v[1], v[2], v[3])) {
        return 0;
    }
    if (t->digits > 8 && !set_time(r, v[4], v[5], v[6])) {
        return 0;
    }
    return t->end;
}

// 2019年, 3月, 26日, 19時, 31分; the year may count from the beginning of an era.
static size_t take_counted(const nx_date_token *t, const nx_date_token *counter, reading *r)
{
    int place = counter->w->value;
    int *const slots[] = {NULL, &r->year, &r->month, &r->day};
    if (place == 4) {
        return set_time(r, t->value, 0, 0) ? counter->end : 0;
    }
    if (place > 4) {
        int *part = place == 5 ? &r->minute : &r->second;
        bool fits = r->has_time && *part == 0 && t->value < 60;
        *part = fits ? t->value : *part;
        return fits ? counter->end : 0;
    }
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
    t = is_punct(&t, '.') ? nx_date_lex(s, t.end) : t;
    if (is_word(&t, NX_DATE_FILLER) && t.w->value == 2) {
        t = nx_date_lex(s, t.end);
        t = is_punct(&t, '.') || t.kind == NUMBER ? nx_date_lex(s, t.end) : t;
        t = is_punct(&t, '.') ? nx_date_lex(s, t.end) : t;
    }
    return is_word(&t, NX_DATE_MONTH);
}

static bool is_year(const nx_date_token *t, const reading *r)
{
    bool persian =
        r->calendar == NX_CALENDAR_PERSIAN && t->value >= PERSIAN_MIN && t->value <= PERSIAN_MAX;
    return t->digits == 4 && r->year == 0 && (t->value >= YEAR_MIN || persian);
}

static size_t take_number(nx_str s, const nx_date_token *t, reading *r)
{
    size_t end = take_triple(s, t, r);
    if (end == 0) {
        end = take_time(s, t, r);
    }
    if (end != 0) {
        return end;
    }
    if ((t->digits == 8 || t->digits == 12 || t->digits == 14) && r->year == 0) {
        return take_compact(s, t, r);
    }
    nx_date_token after = nx_date_lex(s, t->end);
    if (is_word(&after, NX_DATE_CJK)) {
        return take_counted(t, &after, r);
    }
    bool after_t = t->glued && t->start > 0 && (s.p[t->start - 1] | 0x20) == 't';
    if (after_t && (t->digits == 4 || t->digits == 6) && r->year != 0) {
        int v = t->digits == 4 ? t->value * 100 : t->value;
        return set_time(r, v / 10000, v / 100 % 100, v % 100) ? t->end : 0;
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

// +0530, -05:00, +02, GMT+1 (the sign is t). Returns the end, or 0.
static size_t take_offset(nx_str s, const nx_date_token *t, reading *r, bool after_name)
{
    nx_date_token hours = nx_date_lex(s, t->end);
    int sign = t->punct == '-' ? -1 : 1;
    bool short_enough = hours.kind == NUMBER && hours.digits <= 4;
    if (!short_enough || !hours.glued || (r->has_zone && !after_name)) {
        return 0;
    }
    int minutes = hours.value * 60;
    size_t end = hours.end;
    nx_date_token colon = nx_date_lex(s, hours.end);
    nx_date_token rest = nx_date_lex(s, colon.end);
    if (hours.digits == 4) {
        minutes = hours.value / 100 * 60 + hours.value % 100;
    } else if (hours.digits <= 2 && is_punct(&colon, ':') && rest.kind == NUMBER && rest.glued &&
               rest.digits == 2) {
        minutes += rest.value;
        end = rest.end;
    } else if (!(after_name && hours.digits <= 2) && !(t->glued && hours.digits == 2)) {
        return 0;
    }
    if (minutes > 15 * 60) {
        return 0;
    }
    r->has_zone = true;
    r->us_zone = false;
    r->zone_min = sign * minutes;
    return end;
}

static size_t take_half_day(const nx_date_token *t, reading *r, bool pm)
{
    if (!r->has_time || r->half_day || r->hour > 12 || r->hour == 0) {
        return 0;
    }
    r->half_day = true;
    r->hour = r->hour % 12 + (pm ? 12 : 0);
    return t->end;
}

static size_t take_month(const nx_date_token *t, reading *r)
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

static size_t take_zone(nx_str s, const nx_date_token *t, reading *r)
{
    // A one-letter zone belongs to the time it touches.
    if (r->has_zone || !r->has_time || (t->first != '\0' && !t->glued)) {
        return 0;
    }
    r->has_zone = true;
    r->us_zone = t->w->kind == NX_DATE_US_ZONE;
    r->zone_min = t->w->value;
    nx_date_token sign = nx_date_lex(s, t->end);
    if (r->zone_min == 0 && sign.glued && (is_punct(&sign, '+') || is_punct(&sign, '-'))) {
        size_t end = take_offset(s, &sign, r, true);
        return end != 0 ? end : t->end;
    }
    return t->end;
}

// tháng 3: the number behind the word.
static size_t take_next_month(const nx_date_token *number, reading *r)
{
    bool fits =
        r->month == 0 && number->kind == NUMBER && number->value >= 1 && number->value <= 12;
    r->month = fits ? number->value : r->month;
    return fits ? number->end : 0;
}

// A word of the half of the day before its time, or behind it where that is the custom.
static size_t take_half_ahead(const nx_date_token *t, reading *r)
{
    bool second = t->w->kind == NX_DATE_SECOND_HALF;
    if (r->has_time) {
        return take_half_day(t, r, second);
    }
    r->half = second ? 2 : 1;
    return t->end;
}

static size_t take_filler(nx_str s, const nx_date_token *t, const nx_date_token *next, reading *r)
{
    r->day_first |= t->w->kind == NX_DATE_LABEL && t->w->value == 1;
    r->time_follows |= t->w->kind == NX_DATE_FILLER && t->w->value == 1;
    // "A26" is no "a 26"; only the T of software touches a number, and what is written without
    // spaces.
    bool spaced = (unsigned char)s.p[t->start] < 0xe3;
    return spaced && next->kind == NUMBER && next->glued && t->first != 't' ? 0 : t->end;
}

static size_t take_word(nx_str s, const nx_date_token *t, reading *r)
{
    nx_date_token dot = nx_date_lex(s, t->end); // or whatever comes next
    if ((t->first == 'a' || t->first == 'p') && is_punct(&dot, '.')) {
        nx_date_token m = nx_date_lex(s, dot.end);
        if (m.first == 'm') {
            return take_half_day(t, r, t->first == 'p') != 0 ? m.end : 0;
        }
    }
    if (t->w == NULL) {
        return 0;
    }
    switch (t->w->kind) {
    case NX_DATE_MONTH: return take_month(t, r);
    case NX_DATE_AM:
        // German "am 26. März" is no half of a day.
        return r->has_time ? take_half_day(t, r, false) : t->end;
    case NX_DATE_PM: return take_half_day(t, r, true);
    case NX_DATE_ZONE:
    case NX_DATE_US_ZONE: return take_zone(s, t, r);
    case NX_DATE_CLOCK: return r->has_time ? t->end : 0;
    case NX_DATE_ORDINAL: return r->day != 0 && r->year == 0 && t->glued ? t->end : 0;
    case NX_DATE_WEEKDAY:
        r->weekday = true;
        r->day_first |= t->w->value == 1;
        return t->end;
    case NX_DATE_NEXT_MONTH: return take_next_month(&dot, r);
    case NX_DATE_FIRST_HALF:
    case NX_DATE_SECOND_HALF: return take_half_ahead(t, r);
    case NX_DATE_ERA: r->era = t->w->value; return dot.kind == NUMBER ? t->end : 0;
    case NX_DATE_FILLER:
    case NX_DATE_LABEL: return take_filler(s, t, &dot, r);
    case NX_DATE_CJK: return 0;
    }
    return 0;
}

// "+0000 (Coordinated Universal Time)", "+01:00[Europe/Paris]": what follows the '('.
static size_t skip_comment(nx_str s, size_t i)
{
    size_t close = nx_str_find(s, NX_STR(")"), i);
    return close != SIZE_MAX && close - i < 40 ? close + 1 : 0;
}

static bool is_complete(const reading *r)
{
    return r->year >= YEAR_MIN && r->day >= 1 && r->day <= nx_month_days(r->year, r->month);
}

// Reads from i as far as it makes sense; *end is where the last part that said something ends,
// *stop where the reading ended.
static reading scan(nx_str s, size_t i, size_t *end, size_t *stop)
{
    reading r = {0};
    int fillers = 0;
    *end = i;
    while (fillers < FILLERS_MAX) {
        nx_date_token t = nx_date_lex(s, i);
        size_t to = 0;
        bool says = true;
        if (t.kind == NUMBER) {
            to = take_number(s, &t, &r);
        } else if (t.kind == WORD) {
            to = take_word(s, &t, &r);
            bool empty = t.w != NULL && (t.w->kind == NX_DATE_FILLER || t.w->kind == NX_DATE_LABEL);
            says = !empty || to != t.end; // the "a" of "a.m." is no filler
        } else if (t.kind == PUNCT) {
            bool sign = t.punct == '+' || t.punct == '-';
            if (sign && (r.has_time || r.day != 0)) {
                to = take_offset(s, &t, &r, false);
            } else if (t.punct == '(' && r.has_zone && r.has_time) {
                to = skip_comment(s, t.end);
            }
            says = to != 0;
            if (to == 0 && t.punct != '+' && (t.punct != '/' || r.day == 0)) {
                to = t.end;
            }
        }
        if (to == 0) {
            break;
        }
        fillers = says ? 0 : fillers + 1;
        i = to;
        if (says) {
            *end = to;
        }
    }
    *stop = i;
    if (r.year != 0 && r.calendar != NX_CALENDAR_OURS &&
        !nx_civil_of(r.calendar, &r.year, &r.month, &r.day)) {
        r.year = 0;
    }
    return r;
}

// ---- results

static void store(const reading *r, int zone_min, nx_when *out)
{
    nx_civil c = {.year = r->year, .month = (int8_t)r->month, .day = (int8_t)r->day};
    *out = (nx_when){.known = true, .from = NX_FROM_NONE};
    // Midnight to the second without a zone is how software writes a day.
    out->day_only =
        !r->has_time || (!r->has_zone && r->hour == 0 && r->minute == 0 && r->second == 0);
    if (out->day_only) {
        out->utc = nx_civil_to_utc(&c);
        return;
    }
    c.hour = (int8_t)r->hour;
    c.minute = (int8_t)r->minute;
    c.second = (int8_t)r->second;
    int zone = r->has_zone ? r->zone_min : zone_min;
    if (r->us_zone && nx_us_summer_time(r->year, r->month, r->day)) {
        zone += 60;
    }
    out->has_zone = r->has_zone;
    out->zone_min = (int16_t)zone;
    out->utc = nx_civil_to_utc(&c) - (int64_t)zone * 60;
}

// Seconds or milliseconds since 1970, as many digits as the years 1973 to 2286 take; a fraction
// ".0" is how some programs write whole seconds.
static bool parse_epoch(nx_str s, nx_when *out)
{
    size_t dot = nx_str_find(s, NX_STR("."), 0);
    nx_str whole = nx_str_make(s.p, dot != SIZE_MAX ? dot : s.n);
    uint64_t v = 0, fraction = 0;
    if (dot != SIZE_MAX && !nx_parse_u64(nx_str_skip(s, dot + 1), &fraction)) {
        return false;
    }
    bool ms = whole.n == 12 || whole.n == 13;
    if ((!ms && whole.n != 9 && whole.n != 10) || !nx_parse_u64(whole, &v)) {
        return false;
    }
    *out = (nx_when){.known = true, .has_zone = true, .utc = (int64_t)(ms ? v / 1000 : v)};
    return true;
}

bool nx_date_has_year(nx_str s)
{
    bool pair = false, mark = false;
    for (size_t i = 0, digits = 0; i < s.n; i++) {
        const char c = s.p[i];
        if (nx_is_digit(c)) {
            digits++;
            pair = pair || digits == 2;
            if (digits == 4) {
                return true;
            }
            continue;
        }
        if (digits > 0 && nx_str_starts(nx_str_skip(s, i), NX_STR("年"))) {
            return true;
        }
        mark = mark || c == ':' || c == '-';
        digits = 0;
    }
    return pair && mark;
}

static bool parse(nx_str s, int zone_min, nx_when *out)
{
    size_t end = 0, stop = 0;
    reading r = scan(s, 0, &end, &stop);
    if (!is_complete(&r)) {
        return parse_epoch(s, out);
    }
    if (stop != s.n) {
        return false;
    }
    store(&r, zone_min, out);
    return true;
}

// Can a date begin here? Not in the middle of something: "A26", "1/26".
static bool may_begin(nx_str s, const nx_date_token *t)
{
    if (t->start > 0) {
        char before = s.p[t->start - 1];
        if (nx_is_alpha(before) || nx_is_digit(before) || strchr("/-.+$#", before) != NULL) {
            return false;
        }
    }
    return t->kind == NUMBER || is_word(t, NX_DATE_MONTH) || is_word(t, NX_DATE_WEEKDAY) ||
           is_word(t, NX_DATE_ERA);
}

static bool find(nx_str s, int zone_min, nx_when *out)
{
    size_t i = 0;
    for (nx_date_token t = nx_date_lex(s, 0); t.kind != END; t = nx_date_lex(s, i)) {
        if (may_begin(s, &t)) {
            size_t end = 0, stop = 0;
            reading r = scan(s, t.start, &end, &stop);
            bool cut = end < s.n && (nx_is_digit(s.p[end]) || nx_is_alpha(s.p[end]));
            if (is_complete(&r) && !cut) {
                store(&r, zone_min, out);
                return true;
            }
        }
        i = t.end;
    }
    return false;
}

// As read does it of s, once its digits are plain; most lines of prose have no year.
static bool read_plain(nx_str s, int zone_min, nx_when *out, bool (*read)(nx_str, int, nx_when *))
{
    if (nx_date_has_year(s)) {
        return read(s, zone_min, out);
    }
    if (s.n > OTHER_DIGITS_MAX || !nx_date_has_other_digits(s)) {
        return false;
    }
    nx_buf plain;
    nx_buf_init(&plain, OTHER_DIGITS_MAX);
    nx_date_add_plain(s, &plain);
    bool ok = nx_date_has_year(nx_buf_str(&plain)) && read(nx_buf_str(&plain), zone_min, out);
    nx_buf_release(&plain);
    return ok;
}

bool nx_date_parse(nx_str s, int zone_min, nx_when *out)
{
    return read_plain(nx_str_trim(s), zone_min, out, parse);
}

bool nx_date_find(nx_str s, int zone_min, nx_when *out)
{
    return read_plain(s, zone_min, out, find);
}
