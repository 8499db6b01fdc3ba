// date_url.c: the day that a page's address names, and the check every date goes through.
#include "corpus/attribute.h"

#include "base/num.h"
#include "base/time.h"
#include "corpus/date_words.h"

// Pages older than the web are not addressed by their day: such numbers are something else.
enum { URL_YEAR_MIN = 1994, URL_YEAR_MAX = 2099, WORD_MAX = 9 };

// A month of two digits or an English name ("mar") at *i.
static bool take_month(nx_str s, size_t *i, int *out)
{
    if (nx_take_digits(s, i, 2, out)) {
        return true;
    }
    char word[WORD_MAX];
    size_t n = 0;
    while (n < sizeof word && *i + n < s.n && nx_is_alpha(s.p[*i + n])) {
        word[n] = nx_lower(s.p[*i + n]);
        n++;
    }
    const nx_date_word *w = nx_date_word_find(nx_str_make(word, n));
    if (w == NULL || w->kind != NX_DATE_MONTH) {
        return false;
    }
    *i += n;
    *out = w->value;
    return true;
}

// 2019/03/26, 2019-03-26, 2019-03/26, 2019/mar/26 or 20190326 at i, not inside a longer number.
static bool day_at(nx_str s, size_t i, nx_civil *c)
{
    int year = 0, month = 0, day = 0;
    if (!nx_take_digits(s, &i, 4, &year) || i >= s.n) {
        return false;
    }
    bool parted = s.p[i] == '/' || s.p[i] == '-' || s.p[i] == '_';
    if (parted) {
        i++;
        if (!take_month(s, &i, &month) || i >= s.n ||
            (s.p[i] != '/' && s.p[i] != '-' && s.p[i] != '_')) {
            return false;
        }
        i++;
        if (!nx_take_digits(s, &i, 2, &day)) {
            return false;
        }
    } else if (!nx_take_digits(s, &i, 2, &month) || !nx_take_digits(s, &i, 2, &day)) {
        return false;
    }
    if (i < s.n && (nx_is_digit(s.p[i]) || (parted && nx_is_alpha(s.p[i])))) {
        return false;
    }
    *c = (nx_civil){.year = year, .month = (int8_t)month, .day = (int8_t)day};
    return year >= URL_YEAR_MIN && year <= URL_YEAR_MAX && nx_civil_valid(c);
}

bool nx_date_from_url(nx_str url, nx_when *out)
{
    size_t start = 0, at = 0;
    // The last "://" begins the page's own address in an archive's.
    while ((at = nx_str_find(url, NX_STR("://"), start)) != SIZE_MAX) {
        start = at + 3;
    }
    size_t path = nx_str_find(url, NX_STR("/"), start);
    for (size_t i = path; i < url.n && url.p[i] != '?' && url.p[i] != '#'; i++) {
        nx_civil c;
        bool boundary = url.p[i] == '/' || url.p[i] == '-' || url.p[i] == '_' || url.p[i] == '.';
        if (boundary && day_at(url, i + 1, &c)) {
            *out = (nx_when){
                .known = true, .day_only = true, .from = NX_FROM_URL, .utc = nx_civil_to_utc(&c)};
            return true;
        }
    }
    return false;
}

void nx_when_check(nx_when *when, int64_t now_utc)
{
    const int64_t year_1600 = -11676096000, day = 86400;
    if (when->known && (when->utc < year_1600 || (now_utc != 0 && when->utc - day > now_utc))) {
        *when = (nx_when){0};
    }
}
