// date_clock.c: the time of day and its zone in a date; see date_reading.h.
#include "corpus/date_reading.h"

bool nx_date_set_time(nx_date_reading *r, int hour, int minute, int second)
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

// Two digits that touch what is before them.
static bool is_pair(const nx_date_token *t)
{
    return t->kind == NX_DATE_NUMBER && t->digits == 2 && t->glued;
}

// The first letter of "a.m.", "p.m.".
static bool is_half_letter(const nx_date_token *t)
{
    return t->kind == NX_DATE_WORD && (t->first == 'a' || t->first == 'p');
}

// ":05", ":05.79" at s.p[i]. Gives where they end; i when there are none.
static size_t take_seconds(nx_str s, size_t i, int *second)
{
    nx_date_token colon = nx_date_lex(s, i);
    nx_date_token pair = nx_date_lex(s, colon.end);
    if (!nx_date_is_punct(&colon, ':') || !is_pair(&pair)) {
        return i;
    }
    *second = pair.value;
    nx_date_token dot = nx_date_lex(s, pair.end);
    nx_date_token fraction = nx_date_lex(s, dot.end);
    bool more = nx_date_is_punct(&dot, '.') && dot.glued && fraction.glued &&
                fraction.kind == NX_DATE_NUMBER;
    return more ? fraction.end : pair.end;
}

// What makes a time of "7.31": the word behind it, or one before.
static bool is_dotted_time(const nx_date_token *after, const nx_date_reading *r)
{
    return is_half_letter(after) || r->time_follows || nx_date_is_word(after, NX_DATE_AM) ||
           nx_date_is_word(after, NX_DATE_PM) || nx_date_is_word(after, NX_DATE_CLOCK) ||
           nx_date_is_word(after, NX_DATE_ZONE) || nx_date_is_word(after, NX_DATE_US_ZONE);
}

size_t nx_date_take_time(nx_str s, const nx_date_token *first, nx_date_reading *r)
{
    if (first->digits > 2) {
        return 0;
    }
    nx_date_token sep = nx_date_lex(s, first->end);
    nx_date_token next = nx_date_lex(s, sep.end);
    bool colon = nx_date_is_punct(&sep, ':') && sep.glued;
    bool letter_h = sep.kind == NX_DATE_WORD && sep.first == 'h';
    if (is_pair(&next) && (colon || letter_h)) {
        int second = 0;
        size_t end = take_seconds(s, next.end, &second);
        return nx_date_set_time(r, first->value, next.value, second) ? end : 0;
    }
    if (is_pair(&next) && nx_date_is_punct(&sep, '.') && sep.glued) {
        nx_date_token after = nx_date_lex(s, next.end);
        bool set = is_dotted_time(&after, r) && nx_date_set_time(r, first->value, next.value, 0);
        return set ? next.end : 0;
    }
    bool hour = (is_half_letter(&sep) && nx_date_is_punct(&next, '.')) ||
                nx_date_is_word(&sep, NX_DATE_AM) || nx_date_is_word(&sep, NX_DATE_PM) ||
                nx_date_is_word(&sep, NX_DATE_CLOCK);
    return hour && nx_date_set_time(r, first->value, 0, 0) ? first->end : 0;
}

size_t nx_date_take_time_part(const nx_date_token *t, const nx_date_token *counter,
                              nx_date_reading *r)
{
    if (counter->w->value == 4) {
        return nx_date_set_time(r, t->value, 0, 0) ? counter->end : 0;
    }
    int *part = counter->w->value == 5 ? &r->minute : &r->second;
    bool fits = r->has_time && *part == 0 && t->value < 60;
    *part = fits ? t->value : *part;
    return fits ? counter->end : 0;
}

size_t nx_date_take_half(const nx_date_token *t, nx_date_reading *r, bool pm)
{
    if (!r->has_time || r->half_day || r->hour > 12 || r->hour == 0) {
        return 0;
    }
    r->half_day = true;
    r->hour = r->hour % 12 + (pm ? 12 : 0);
    return t->end;
}

size_t nx_date_take_half_ahead(const nx_date_token *t, nx_date_reading *r)
{
    bool second = t->w->kind == NX_DATE_SECOND_HALF;
    if (r->has_time) {
        return nx_date_take_half(t, r, second);
    }
    r->half = second ? 2 : 1;
    return t->end;
}

// The sign is t; after_name: of a zone, which may have one digit.
static size_t take_offset(nx_str s, const nx_date_token *t, nx_date_reading *r, bool after_name)
{
    nx_date_token hours = nx_date_lex(s, t->end);
    int sign = t->punct == '-' ? -1 : 1;
    bool short_enough = hours.kind == NX_DATE_NUMBER && hours.digits <= 4;
    if (!short_enough || !hours.glued || (r->has_zone && !after_name)) {
        return 0;
    }
    int minutes = hours.value * 60;
    size_t end = hours.end;
    nx_date_token colon = nx_date_lex(s, hours.end);
    nx_date_token rest = nx_date_lex(s, colon.end);
    if (hours.digits == 4) {
        minutes = hours.value / 100 * 60 + hours.value % 100;
    } else if (hours.digits <= 2 && nx_date_is_punct(&colon, ':') && rest.kind == NX_DATE_NUMBER &&
               rest.glued && rest.digits == 2) {
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

size_t nx_date_take_offset(nx_str s, const nx_date_token *t, nx_date_reading *r)
{
    return take_offset(s, t, r, false);
}

size_t nx_date_take_zone(nx_str s, const nx_date_token *t, nx_date_reading *r)
{
    // A one-letter zone belongs to the time it touches.
    if (r->has_zone || !r->has_time || (t->first != '\0' && !t->glued)) {
        return 0;
    }
    r->has_zone = true;
    r->us_zone = t->w->kind == NX_DATE_US_ZONE;
    r->zone_min = t->w->value;
    nx_date_token sign = nx_date_lex(s, t->end);
    bool plus = nx_date_is_punct(&sign, '+'); // "UTC +01:00"; a dash may stand for itself
    if (r->zone_min == 0 && (plus || (sign.glued && nx_date_is_punct(&sign, '-')))) {
        size_t end = take_offset(s, &sign, r, true);
        return end != 0 ? end : t->end;
    }
    return t->end;
}
