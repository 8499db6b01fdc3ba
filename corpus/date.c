// date.c: dates in the forms that news prints and software writes; see attribute.h.
//
// Forms: RFC 3339, RFC 5322 and asctime, "26. März 2019, 19:31 Uhr", "7:31 PM ET, Tue March 26,
// 2019", "26/03/2019", "2019年3月26日", "2019. március 26.", "٢٦ مارس ٢٠١٩", "26 มี.ค. 2562",
// "۶ فروردین ۱۳۹۸".
// Must not know: where the string was found.
#include "corpus/attribute.h"

#include "base/num.h"
#include "base/time.h"
#include "corpus/date_reading.h"

enum { OTHER_DIGITS_MAX = 200 }; // bytes of a line that is looked at for digits that are not ASCII

static void store(const nx_date_reading *r, int zone_min, nx_when *out)
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

// Seconds since 1970, or thousandths, millionths or billionths of them, told apart by their digits:
// those of the years 1973 to 2286; millionths and billionths only since 2001, since numbers of 15
// and 18 digits are more often something else. A fraction of seconds is dropped.
static bool parse_epoch(nx_str s, nx_when *out)
{
    size_t dot = nx_str_find(s, NX_STR("."), 0);
    nx_str whole = nx_str_make(s.p, dot != SIZE_MAX ? dot : s.n);
    uint64_t fraction = 0;
    int64_t v = 0;
    if (!nx_parse_i64(whole, &v) ||
        (dot != SIZE_MAX && !nx_parse_u64(nx_str_skip(s, dot + 1), &fraction))) {
        return false;
    }
    switch (whole.n - (v < 0)) {
    case 9:
    case 10: break;
    case 12:
    case 13: v /= 1000; break;
    case 16: v /= 1000000; break;
    case 19: v /= 1000000000; break;
    default: return false;
    }
    *out = (nx_when){.known = true, .has_zone = true, .utc = v};
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
    nx_date_reading r;
    if (!nx_date_read(s, 0, &r)) {
        return parse_epoch(s, out);
    }
    if (r.stop != s.n) {
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
    return t->kind == NX_DATE_NUMBER || nx_date_is_word(t, NX_DATE_MONTH) ||
           nx_date_is_word(t, NX_DATE_WEEKDAY) || nx_date_is_word(t, NX_DATE_ERA);
}

static bool find(nx_str s, int zone_min, nx_when *out)
{
    size_t i = 0;
    for (nx_date_token t = nx_date_lex(s, 0); t.kind != NX_DATE_END; t = nx_date_lex(s, i)) {
        if (may_begin(s, &t)) {
            nx_date_reading r;
            bool complete = nx_date_read(s, t.start, &r);
            bool cut = r.end < s.n && (nx_is_digit(s.p[r.end]) || nx_is_alpha(s.p[r.end]));
            if (complete && !cut) {
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

void nx_when_set(nx_when *when, nx_str s, int zone_min, nx_from from)
{
    nx_when found = {0};
    if (!when->known && nx_date_parse(s, zone_min, &found)) {
        found.from = (uint8_t)from;
        *when = found;
    }
}

bool nx_date_find(nx_str s, int zone_min, nx_when *out)
{
    return read_plain(s, zone_min, out, find);
}
