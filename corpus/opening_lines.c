// opening_lines.c: the lines of attribution among the first of a text; see opening_head.h.
//
// A line is only taken out when it is wholly understood.
#include "corpus/attribute.h"
#include "corpus/line_words.h"
#include "corpus/opening_head.h"
#include "corpus/opening_parts.h"
#include "corpus/opening_words.h"
#include "corpus/person.h"
#include "corpus/places.h"

enum { DESK_LINE = 60, DESK_WORDS = 5, PLACE_LINE = 40, NUMBER_LINE = 6 };

// ---- names

// "Jane Doe Environment correspondent", "Jane Doe in Hong Kong": the name.
static nx_str cut_post(nx_str s)
{
    nx_str word = nx_str_last_word(s);
    const bool role = (nx_line_word(word) & NX_WORD_ROLE) != 0;
    for (; role && word.n > 0 && word.n < s.n; word = nx_str_last_word(s)) {
        if ((nx_line_word(word) & (NX_WORD_ROLE | NX_WORD_SECTION)) == 0) {
            return s;
        }
        s = nx_str_trim(nx_str_make(s.p, s.n - word.n));
    }
    size_t in = nx_str_find(s, NX_STR(" in "), 0);
    nx_str place = in != SIZE_MAX ? nx_str_skip(s, in + 4) : NX_STR("");
    return nx_is_place(place) ? nx_str_make(s.p, in) : s;
}

// Names alone on a line: a byline when what follows says so.
static bool is_bare_names(nx_str line)
{
    line = cut_post(line);
    size_t joint = nx_str_find(line, NX_STR(" and "), 0);
    if (joint != SIZE_MAX) {
        return nx_is_person(nx_str_make(line.p, joint)) &&
               nx_is_person(nx_str_skip(line, joint + 5));
    }
    return nx_is_person(line);
}

// A place alone on its line, under a name: known, or in capitals.
static bool is_place_line(nx_str line)
{
    bool capitals = line.n > 0 && line.n <= PLACE_LINE;
    for (size_t i = 0; capitals && i < line.n; i++) {
        capitals = !(line.p[i] >= 'a' && line.p[i] <= 'z') && !nx_is_digit(line.p[i]);
    }
    return nx_is_place(line) || (capitals && nx_is_person(line));
}

// Under a headline a name stands above its date; further down, a stadium above the day of the
// match looks the same.
static size_t take_bare_names(nx_article *a, const nx_head *h, size_t i, bool in_prose,
                              int zone_min)
{
    if (i + 1 >= h->count || !is_bare_names(h->lines[i])) {
        return 0;
    }
    nx_str next = h->lines[i + 1];
    bool place = i + 2 < h->count && is_place_line(next) && nx_is_fact_row(h->lines[i + 2]);
    bool dated = !in_prose && (place || nx_is_fact_row(next));
    if (!dated && !nx_is_credit(next) && !nx_is_label_line(next)) {
        return 0;
    }
    nx_article_set(a, &a->byline, h->lines[i], NX_FROM_TEXT);
    nx_authors_add(a, cut_post(h->lines[i]), NX_FROM_TEXT);
    if (dated && place) {
        nx_article_set(a, &a->dateline, next, NX_FROM_TEXT);
        nx_take_fact_row(a, h->lines[i + 2], zone_min);
        return 3;
    }
    return 1;
}

// ---- bylines

static bool continues_byline(nx_str line)
{
    return line.n > 0 && line.n <= NX_SHORT_LINE &&
           (line.p[0] == ',' || line.p[0] == '|' || nx_str_starts(line, NX_STR("and ")) ||
            nx_str_starts(line, NX_STR("& ")));
}

static bool is_by(nx_str line)
{
    static const char *const words[] = {"by", "by:", "von", "par", "por", "di", "door", NULL};
    return nx_str_in_nocase(line, words);
}

// What somebody under whose name it stands is, or works for: "Environment correspondent",
// "BBC Scotland News".
static bool take_desk(nx_article *a, nx_str line)
{
    if (line.n == 0 || line.n > DESK_LINE || nx_str_has_digit(line)) {
        return false;
    }
    nx_str known = NX_STR_NONE;
    size_t words = 1, capitals = nx_is_upper(line.p[0]);
    for (size_t i = 1; i <= line.n; i++) {
        bool end = i == line.n || line.p[i] == ' ' || line.p[i] == ',';
        nx_str head = nx_str_make(line.p, i);
        known = end && nx_is_credit(head) ? head : known;
        if (i < line.n && line.p[i] == ' ') {
            words++;
            capitals += i + 1 < line.n && nx_is_upper(line.p[i + 1]);
        }
    }
    bool role = (nx_line_word(nx_str_last_word(line)) & NX_WORD_ROLE) != 0;
    if (words > DESK_WORDS || !(role || (known.p != NULL && capitals == words))) {
        return false;
    }
    if (known.p != NULL) {
        (void)nx_set_credit(a, known, NX_FROM_TEXT);
    }
    return true;
}

// A byline over several lines: "By", "Jane Doe", ", CNN". Returns how many lines from i it takes,
// 0 when there is none.
static size_t take_byline(nx_article *a, const nx_head *h, size_t i, bool in_prose, int zone_min)
{
    char joined[2 * NX_SHORT_LINE];
    size_t n = 0, used = 0;
    bool by = is_by(h->lines[i]);
    while (i + used < h->count) {
        nx_str line = h->lines[i + used];
        bool part =
            used == 0 || (by && used == 1 && line.n <= NX_SHORT_LINE) || continues_byline(line);
        if (!part || n + line.n + 1 > sizeof joined) {
            break;
        }
        if (n > 0 && line.p[0] != ',') {
            joined[n++] = ' ';
        }
        memcpy(joined + n, line.p, line.n);
        n += line.n;
        used++;
    }
    nx_str whole = nx_str_make(joined, n);
    if (used == 0 || n == 0 || !nx_byline_parse(a, whole, NX_FROM_TEXT)) {
        return by ? 0 : take_bare_names(a, h, i, in_prose, zone_min);
    }
    nx_take_dates(a, whole, zone_min);
    used += i + used < h->count && take_desk(a, h->lines[i + used]);
    return used;
}

// "Posted by newsbot on March 14, 2023 in Politics": how blogs sign what they collect.
static bool take_posted(nx_article *a, nx_str line, int zone_min)
{
    static const char *const starts[] = {"posted by ", "posted on ", "submitted by ",
                                         "published by ", NULL};
    if (nx_str_starts_any_nocase(line, starts) == 0 || !nx_date_has_year(line)) {
        return false;
    }
    nx_when when;
    size_t on = nx_str_find(line, NX_STR(" on "), 0);
    nx_str date = on != SIZE_MAX ? nx_str_skip(line, on + 4) : line;
    static const char *const ends[] = {" in ", " by ", " | ", NULL};
    size_t end = nx_str_find_any_nocase(date, ends, 0);
    date.n = end != SIZE_MAX ? end : date.n;
    if (!nx_date_parse(date, zone_min, &when)) {
        return false;
    }
    (void)nx_byline_parse(a, line, NX_FROM_TEXT);
    nx_take_dates(a, date, zone_min);
    return true;
}

// ---- lines

static bool says_published(nx_str line)
{
    return nx_find_update_word(line) != SIZE_MAX || nx_str_starts_nocase(line, NX_STR("publi")) ||
           nx_str_starts_nocase(line, NX_STR("posted")) ||
           nx_str_starts_nocase(line, NX_STR("date"));
}

// What pages count beside their headlines: comments, shares.
static bool is_number(nx_str line)
{
    size_t n = 0;
    while (n < line.n && (nx_is_digit(line.p[n]) || strchr(".,K", line.p[n]) != NULL)) {
        n++;
    }
    return n > 0 && n == line.n && n <= NUMBER_LINE && line.p[n - 1] != '.';
}

// "Photos: A mayor speaks. Hide Caption 4 of 59": a gallery that was saved with the text.
static bool is_gallery_line(nx_str line)
{
    const nx_str mark = NX_STR("Hide Caption ");
    if (!nx_str_starts(line, NX_STR("Photos: "))) {
        return false;
    }
    size_t n = line.n;
    while (n > 0 && (nx_is_digit(line.p[n - 1]) || strchr(" of", line.p[n - 1]) != NULL)) {
        n--;
    }
    return n < line.n && nx_str_ends(nx_str_make(line.p, n + 1), mark);
}

size_t nx_take_attribution(nx_article *a, const nx_head *h, size_t i, bool in_prose, int zone_min)
{
    nx_str line = h->lines[i];
    if (nx_is_seller_line(line) || nx_is_contribution(line) || is_gallery_line(line)) {
        return 1;
    }
    if (line.n > 2 * NX_SHORT_LINE || nx_is_prose(line) || nx_str_starts(line, NX_STR("* "))) {
        return 0;
    }
    if (nx_set_credit(a, line, NX_FROM_TEXT) || nx_is_relative_time(line) ||
        nx_take_source_line(a, line) || take_posted(a, line, zone_min) ||
        (i > 0 && h->gone[i - 1] && !in_prose && is_number(line))) {
        return 1;
    }
    if (nx_is_fact_row(line)) {
        if (in_prose && !says_published(line)) {
            return 0;
        }
        nx_take_fact_row(a, line, zone_min);
        return 1;
    }
    size_t byline = take_byline(a, h, i, in_prose, zone_min);
    if (byline > 0) {
        return byline;
    }
    return nx_is_label_line(line) || nx_is_copyright_line(line) ? 1 : 0;
}
