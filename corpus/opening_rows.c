// opening_rows.c: rows of facts beside a headline: dates, bylines, publishers, parted by bars.
//
// A row is judged as a whole before anything is taken: one part that is not understood makes it a
// line of the article.
#include "corpus/attribute.h"
#include "corpus/line_words.h"
#include "corpus/opening_head.h"
#include "corpus/opening_parts.h"
#include "corpus/opening_words.h"
#include "corpus/person.h"
#include "corpus/places.h"

enum { PARTS_MAX = 10, UPDATE_TIME_MAX = 40, COUNTER_MAX = 24 };

typedef enum part_kind { UNCLEAR, CLUTTER, DATES, CREDIT, BYLINE, NAME, PLACE } part_kind;

typedef struct part {
    part_kind kind;
    nx_str text; // of CREDIT: the name alone
} part;

// Length of what parts a row at s; 0 when nothing does.
static size_t bar_at(nx_str s)
{
    static const nx_str bars[] = {{"|", 1},
                                  {" / ", 3},
                                  {" - ", 3},
                                  {"\xc2\xb7", 2},      // middle dot
                                  {"\xe2\x80\xa2", 3},  // bullet
                                  {"\xe2\x88\x99", 3},  // bullet operator
                                  {"\xe2\x94\x82", 3}}; // box drawing
    const bool may = s.p[0] == '|' || s.p[0] == ' ' || s.p[0] == '\xc2' || s.p[0] == '\xe2';
    for (size_t i = 0; may && i < NX_COUNT(bars); i++) {
        if (nx_str_starts(s, bars[i])) {
            return bars[i].n;
        }
    }
    return 0;
}

static nx_str next_part(nx_str *rest)
{
    for (size_t i = 0; i < rest->n; i++) {
        size_t bar = bar_at(nx_str_skip(*rest, i));
        if (bar > 0) {
            nx_str text = nx_str_make(rest->p, i);
            *rest = nx_str_skip(*rest, i + bar);
            return nx_str_trim(text);
        }
    }
    nx_str text = *rest;
    *rest = NX_STR("");
    return nx_str_trim(text);
}

// "Published 26 March 2019 Updated 27 March 2019": the two halves; the second may be empty.
static void split_update(nx_str s, nx_str halves[2])
{
    size_t at = nx_find_update_word(s);
    at = at != SIZE_MAX ? at : s.n;
    halves[0] = nx_str_trim(nx_str_make(s.p, at));
    halves[1] = nx_str_trim(nx_str_skip(s, at));
}

// "mis à jour à 09:15": an update at a time of the day that stands elsewhere in the row.
static bool is_update_time(nx_str s)
{
    size_t digits = 0, colon = nx_str_find(s, NX_STR(":"), 0);
    for (size_t i = 0; i < s.n; i++) {
        digits += nx_is_digit(s.p[i]);
    }
    return s.n <= UPDATE_TIME_MAX && colon != SIZE_MAX && digits >= 3 && digits <= 4 &&
           nx_find_update_word(s) == 0;
}

// Dates and their labels, at least one.
static bool are_dates(nx_str s)
{
    nx_when when;
    nx_str halves[2];
    bool any = false;
    split_update(s, halves);
    for (int i = 0; i < 2; i++) {
        bool date = nx_date_parse(halves[i], 0, &when);
        if (halves[i].n > 0 && !date && !nx_is_label_line(halves[i]) &&
            !is_update_time(halves[i])) {
            return false;
        }
        any = any || date;
    }
    return any;
}

// "Source: Xinhua": the name behind the label.
static nx_str cut_source_label(nx_str s)
{
    static const char *const labels[] = {"source:", "quelle:", "fuente:", "fonte:", "bron:", NULL};
    return nx_str_trim(nx_str_skip(s, nx_str_starts_any_nocase(s, labels)));
}

// "3 comments", "1,204 shares"
static bool is_counter(nx_str s)
{
    static const char *const counted[] = {" comment", " share",       " like",   " view", " repl",
                                          " reads",   " commentaire", " коммен", NULL};
    return s.n <= COUNTER_MAX && s.n > 0 && nx_is_digit(s.p[0]) &&
           nx_str_has_any_nocase(s, counted);
}

// "by Jane Doe", "Story by admin"
static bool is_by(nx_str s)
{
    static const char *const openings[] = {"by ",  "story by ", "posted by ", "written by ", "von ",
                                           "par ", "por ",      "door ",      NULL};
    nx_str rest = nx_str_skip(s, nx_str_starts_any_nocase(s, openings));
    return rest.n < s.n && (nx_is_person(rest) || (nx_line_word(rest) & NX_WORD_ROLE) != 0);
}

static part judge(nx_str s)
{
    static const char *const others[] = {"editor:", "editors:", "editor :", "redaktion:", NULL};
    nx_str name = cut_source_label(s);
    if (are_dates(s)) {
        return (part){DATES, s};
    }
    if (nx_is_credit(name)) {
        return (part){CREDIT, name};
    }
    if (s.n == 0 || nx_is_label_line(s) || nx_is_relative_time(s) || nx_is_section_line(s) ||
        is_counter(s) || nx_str_starts_any_nocase(s, others) > 0) {
        return (part){CLUTTER, s};
    }
    if (is_by(s)) {
        return (part){BYLINE, s};
    }
    if (nx_is_place(s)) {
        return (part){PLACE, s};
    }
    return (part){nx_is_person(s) ? NAME : UNCLEAR, s};
}

// "Tuesday 26 March 2019, 12.01am, The Times": a date and whose it is, in one part.
static size_t split_credit(nx_str s, part out[2])
{
    size_t comma = s.n;
    while (comma > 0 && s.p[comma - 1] != ',') {
        comma--;
    }
    nx_str name = nx_str_trim(nx_str_skip(s, comma));
    nx_str before = nx_str_trim(nx_str_make(s.p, comma > 0 ? comma - 1 : 0));
    if (comma == 0 || !nx_is_credit(name) || !are_dates(before)) {
        return 0;
    }
    out[0] = (part){DATES, before};
    out[1] = (part){CREDIT, name};
    return 2;
}

// The parts of a row; 0: it is none.
static size_t read_row(nx_str line, part parts[PARTS_MAX])
{
    if (line.n > NX_SHORT_LINE || !nx_str_has_digit(line)) {
        return 0;
    }
    size_t count = 0, sure = 0, names = 0;
    while (line.n > 0 && count + 2 < PARTS_MAX) {
        part *p = &parts[count];
        if (nx_date_has_year(line) && are_dates(line)) { // a bar may part day and time
            parts[count++] = (part){DATES, line};
            return count;
        }
        nx_str s = next_part(&line);
        size_t two = split_credit(s, p);
        if (two == 0 && count == 0 && line.n == 0) {
            return 0; // as of most lines: one part is no row
        }
        sure += two > 0;
        count += two > 0 ? two : 1;
        if (two == 0) {
            *p = judge(s);
            sure += p->kind == DATES || p->kind == BYLINE;
            names += p->kind == NAME;
        }
        if (two == 0 && p->kind == UNCLEAR) {
            return 0;
        }
    }
    return line.n == 0 && sure > 0 && count > 1 && names <= 1 ? count : 0;
}

static void take_date(nx_article *a, nx_str s, bool update, int zone_min)
{
    nx_when when;
    nx_when *to = update ? &a->updated : &a->published;
    if (!to->known && nx_date_find(s, zone_min, &when)) {
        when.from = NX_FROM_TEXT;
        *to = when;
    }
}

// The date of publication in s, and that of the update behind the word for it.
static void take_part_dates(nx_article *a, nx_str s, int zone_min)
{
    nx_str halves[2];
    split_update(s, halves);
    take_date(a, halves[0], false, zone_min);
    take_date(a, halves[1], true, zone_min);
}

void nx_take_dates(nx_article *a, nx_str line, int zone_min)
{
    while (line.n > 0) {
        take_part_dates(a, next_part(&line), zone_min);
    }
}

bool nx_is_fact_row(nx_str line)
{
    part parts[PARTS_MAX];
    return read_row(line, parts) > 0;
}

void nx_take_fact_row(nx_article *a, nx_str row, int zone_min)
{
    part parts[PARTS_MAX];
    size_t count = read_row(row, parts);
    for (size_t i = 0; i < count; i++) {
        nx_str s = parts[i].text;
        switch (parts[i].kind) {
        case DATES: take_part_dates(a, s, zone_min); break;
        case CREDIT: (void)nx_set_credit(a, s, NX_FROM_TEXT); break;
        case BYLINE: (void)nx_byline_parse(a, s, NX_FROM_TEXT); break;
        case NAME:
            nx_article_set(a, &a->byline, s, NX_FROM_TEXT);
            nx_authors_add(a, s, NX_FROM_TEXT);
            break;
        case PLACE: nx_article_set(a, &a->dateline, s, NX_FROM_TEXT); break;
        case CLUTTER:
        case UNCLEAR: break;
        }
    }
}
