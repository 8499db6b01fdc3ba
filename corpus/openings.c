// openings.c: a text that carries its own attribution: which of its first and last lines are facts
// about it, and which are the article; see attribute.h.
//
// Every line among the first is judged by its shape. A line is only taken out when it is wholly
// understood; the search ends where prose has begun for good.
#include "corpus/attribute.h"
#include "corpus/opening_parts.h"
#include "corpus/opening_words.h"
#include "corpus/person.h"

enum {
    HEAD_LINES = 16,
    PROSE_LINES = 2, // the lead may stand once above the byline; after two it is the article
    PROSE_BYTES = 80,
    TITLE_BYTES = 220,
    TITLE_PROSE_BYTES = 120, // a headline may end with a full stop, but then it is short
    SHORT_LINE = 140,
    SAME_LEAD_BYTES = 60,
    CAPTION_BYTES = 400, // captions are shorter
    GLUED_MAX = 80,
};

typedef struct head {
    nx_str lines[HEAD_LINES];
    bool gone[HEAD_LINES];
    size_t count;
    nx_str rest;     // the lines after them
    const char *end; // of the whole text
    bool cut_inside; // a line after the first that is left was shortened
    bool has_dateline;
    size_t dateline; // the line it opened
} head;

static void split_head(nx_str body, head *h)
{
    body = body.p != NULL ? body : NX_STR(""); // pointers are added to below
    *h = (head){.end = body.p + body.n};
    while (h->count < HEAD_LINES && body.n > 0) {
        size_t end = nx_str_find(body, NX_STR("\n"), 0);
        end = end != SIZE_MAX ? end : body.n;
        h->lines[h->count++] = nx_str_make(body.p, end);
        body = end < body.n ? nx_str_skip(body, end + 1) : NX_STR("");
    }
    h->rest = body;
}

static bool ends_sentence(nx_str s)
{
    static const nx_str ends[] = {{".", 1},
                                  {"!", 1},
                                  {"?", 1},
                                  {".\"", 2},
                                  {"\xe2\x80\x9d", 3},
                                  {"\xe3\x80\x82", 3},
                                  {"\xc2\xbb", 2},
                                  {"\xe2\x80\xa6", 3},
                                  {".)", 2}};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        if (nx_str_ends(s, ends[i])) {
            return true;
        }
    }
    return false;
}

static bool is_prose(nx_str s)
{
    return s.n >= PROSE_BYTES && ends_sentence(s);
}

static bool is_headline(nx_str s)
{
    return s.n <= TITLE_BYTES && !nx_str_ends(s, NX_STR(":")) &&
           !(s.n > TITLE_PROSE_BYTES && ends_sentence(s) && !nx_str_ends(s, NX_STR("?")));
}

// ---- dates beside bylines

static void take_date(nx_article *a, nx_str s, bool update, int zone_min)
{
    nx_when when;
    nx_when *to = update ? &a->updated : &a->published;
    if (!to->known && nx_date_find(s, zone_min, &when)) {
        when.from = NX_FROM_TEXT;
        *to = when;
    }
}

// "Published 26 March 2019 Updated 27 March 2019": the two halves; the second may be empty.
static void split_update(nx_str s, nx_str halves[2])
{
    size_t at = nx_find_update_word(s);
    at = at != SIZE_MAX ? at : s.n;
    halves[0] = nx_str_trim(nx_str_make(s.p, at));
    halves[1] = nx_str_trim(nx_str_skip(s, at));
}

// The part of *rest before the next bar.
static nx_str next_part(nx_str *rest)
{
    size_t end = nx_str_find(*rest, NX_STR("|"), 0);
    nx_str part = nx_str_make(rest->p, end != SIZE_MAX ? end : rest->n);
    *rest = end != SIZE_MAX ? nx_str_skip(*rest, end + 1) : NX_STR("");
    return nx_str_trim(part);
}

// The dates of a line, parted by bars or by the words that say which is which.
static void take_dates(nx_article *a, nx_str line, int zone_min)
{
    while (line.n > 0) {
        nx_str halves[2];
        split_update(next_part(&line), halves);
        take_date(a, halves[0], false, zone_min);
        take_date(a, halves[1], true, zone_min);
    }
}

// Only dates and their labels?
static bool is_date_line(nx_str line)
{
    nx_when when;
    bool any = false;
    if (line.n > SHORT_LINE || !nx_date_has_year(line)) {
        return false;
    }
    while (line.n > 0) {
        nx_str halves[2];
        split_update(next_part(&line), halves);
        for (int i = 0; i < 2; i++) {
            bool date = nx_date_parse(halves[i], 0, &when);
            if (halves[i].n > 0 && !date && !nx_is_label_line(halves[i])) {
                return false;
            }
            any = any || date;
        }
    }
    return any;
}

// ---- lines

// Names alone on a line: a byline when what follows is a credit or a label. Not a date: a stadium
// and the day of the match look the same.
static bool is_bare_names(nx_str line)
{
    size_t joint = nx_str_find(line, NX_STR(" and "), 0);
    if (joint != SIZE_MAX) {
        return nx_is_person(nx_str_make(line.p, joint)) &&
               nx_is_person(nx_str_skip(line, joint + 5));
    }
    return nx_is_person(line);
}

static bool continues_byline(nx_str line)
{
    return line.n > 0 && line.n <= SHORT_LINE &&
           (line.p[0] == ',' || line.p[0] == '|' || nx_str_starts(line, NX_STR("and ")) ||
            nx_str_starts(line, NX_STR("& ")));
}

static bool is_by(nx_str line)
{
    static const char *const words[] = {"by", "by:", "von", "par", "por", "di", "door", NULL};
    return nx_str_in_nocase(line, words);
}

// A byline over several lines: "By", "Jane Doe", ", CNN". Returns how many lines from i it takes,
// 0 when there is none.
static size_t take_byline(nx_article *a, const head *h, size_t i, int zone_min)
{
    char joined[2 * SHORT_LINE];
    size_t n = 0, used = 0;
    bool by = is_by(h->lines[i]);
    while (i + used < h->count) {
        nx_str line = h->lines[i + used];
        bool part =
            used == 0 || (by && used == 1 && line.n <= SHORT_LINE) || continues_byline(line);
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
        bool bare = !by && i + 1 < h->count && is_bare_names(h->lines[i]);
        if (!bare || !(nx_is_credit(h->lines[i + 1]) || nx_is_label_line(h->lines[i + 1]))) {
            return 0;
        }
        nx_article_set(a, &a->byline, h->lines[i], NX_FROM_TEXT);
        nx_authors_add(a, h->lines[i], NX_FROM_TEXT);
        return 1;
    }
    take_dates(a, whole, zone_min);
    return used;
}

static bool says_published(nx_str line)
{
    return nx_find_update_word(line) != SIZE_MAX || nx_str_starts_nocase(line, NX_STR("publi")) ||
           nx_str_starts_nocase(line, NX_STR("posted")) ||
           nx_str_starts_nocase(line, NX_STR("date"));
}

// Takes the attribution that begins at line i; returns how many lines that was. in_prose: a
// paragraph of the article stood before; a bare day is then part of it.
static size_t take_line(nx_article *a, const head *h, size_t i, bool in_prose, int zone_min)
{
    nx_str line = h->lines[i];
    if (line.n > 2 * SHORT_LINE || is_prose(line)) {
        return 0;
    }
    if (nx_set_credit(a, line, NX_FROM_TEXT) || nx_is_relative_time(line)) {
        return 1;
    }
    if (is_date_line(line)) {
        if (in_prose && !says_published(line)) {
            return 0;
        }
        take_dates(a, line, zone_min);
        return 1;
    }
    size_t byline = take_byline(a, h, i, zone_min);
    if (byline > 0) {
        return byline;
    }
    return nx_is_label_line(line) || nx_is_copyright_line(line) ? 1 : 0;
}

// ---- title

// "Source: Eastmere Ferries", "MEDIA RELEASE PR67255": how services that send press releases begin.
static bool take_release(nx_article *a, nx_str line)
{
    static const char *const marks[] = {"media release", "press release", "news release",
                                        "for immediate release"};
    const nx_str source = NX_STR("Source:");
    if (nx_str_starts(line, source) && line.n <= SHORT_LINE) {
        nx_article_set(a, &a->source, nx_str_trim(nx_str_skip(line, source.n)), NX_FROM_TEXT);
        return true;
    }
    for (size_t k = 0; k < sizeof marks / sizeof marks[0]; k++) {
        size_t n = strlen(marks[k]);
        nx_str rest = line.n >= n ? nx_str_skip(line, n) : NX_STR_NONE;
        if (nx_str_starts_nocase(line, nx_str_of(marks[k])) &&
            nx_str_find(nx_str_trim(rest), NX_STR(" "), 0) == SIZE_MAX) {
            return true;
        }
    }
    return false;
}

static size_t take_title(nx_article *a, head *h)
{
    size_t i = 0;
    while (i + 2 < h->count && take_release(a, h->lines[i])) {
        h->gone[i++] = true;
    }
    while (i + 2 < h->count && nx_set_credit(a, h->lines[i], NX_FROM_TEXT)) {
        h->gone[i++] = true;
    }
    if (i + 2 < h->count && nx_is_section_line(h->lines[i]) && is_headline(h->lines[i + 1])) {
        nx_article_set(a, &a->section, h->lines[i], NX_FROM_TEXT);
        h->gone[i++] = true;
    }
    nx_str place, agency, outlet;
    bool title = i + 1 < h->count && is_headline(h->lines[i]) &&
                 nx_dateline_parse(h->lines[i], &place, &agency, &outlet) == 0 &&
                 !is_date_line(h->lines[i]) && !nx_is_label_line(h->lines[i]);
    if (title) {
        nx_article_set(a, &a->title, h->lines[i], NX_FROM_TEXT);
        h->gone[i++] = true;
    }
    return i;
}

// ---- prose

// A caption that a page printed twice, one right after the other.
static void drop_doubled(head *h)
{
    for (size_t i = 0; i + 1 < h->count; i++) {
        size_t n = h->lines[i].n;
        h->gone[i] = h->gone[i] || (n >= SAME_LEAD_BYTES && n <= CAPTION_BYTES &&
                                    nx_str_eq(h->lines[i], h->lines[i + 1]));
    }
}

// Does anything stand between lines i and j that tells a lead from the article's beginning: a
// line of attribution, or a dateline at j?
static bool is_parted(const head *h, size_t i, size_t j)
{
    bool parted = h->has_dateline && h->dateline == j;
    for (size_t k = i + 1; k < j; k++) {
        parted = parted || h->gone[k];
    }
    return parted;
}

// The lead printed above the byline and again below it stands once.
static void drop_repeated_lead(head *h)
{
    for (size_t i = 0; i < h->count; i++) {
        if (h->gone[i] || h->lines[i].n < SAME_LEAD_BYTES) {
            continue;
        }
        for (size_t j = i + 1; j < h->count && !h->gone[i]; j++) {
            h->gone[i] =
                !h->gone[j] && nx_str_starts(h->lines[j], h->lines[i]) && is_parted(h, i, j);
        }
    }
}

static void take_datelines(nx_article *a, head *h, int zone_min)
{
    int prose = 0, kept = 0;
    for (size_t i = 0; i < h->count && prose <= PROSE_LINES; i++) {
        if (h->gone[i]) {
            continue;
        }
        kept++;
        nx_str place, agency, outlet;
        size_t n = nx_dateline_parse(h->lines[i], &place, &agency, &outlet);
        if (n == 0) {
            prose += h->lines[i].n >= PROSE_BYTES;
            continue;
        }
        nx_article_set(a, &a->dateline, place, NX_FROM_TEXT);
        nx_article_set(a, &a->agency, agency, NX_FROM_TEXT);
        nx_set_outlet(a, outlet, NX_FROM_TEXT);
        take_date(a, nx_str_make(h->lines[i].p, n), false, zone_min);
        h->lines[i] = nx_str_skip(h->lines[i], n);
        h->cut_inside = kept > 1;
        h->has_dateline = true;
        h->dateline = i;
        h->gone[i] = h->lines[i].n == 0;
        return;
    }
}

size_t nx_cut_glued_host(nx_article *a, nx_str line)
{
    static const char *const tlds[] = {"com", "org", "net", "info", "news", "press", "co", NULL};
    size_t dot = nx_str_find(line, NX_STR("dot"), 0);
    if (dot == SIZE_MAX || dot > GLUED_MAX) {
        return 0;
    }
    size_t start = dot;
    while (start > 0 && (nx_is_alpha(line.p[start - 1]) || nx_is_digit(line.p[start - 1]) ||
                         line.p[start - 1] == '-')) {
        start--;
    }
    // Before it only words in small letters, as tags are.
    for (size_t i = 0; i < dot; i++) {
        if (!(line.p[i] >= 'a' && line.p[i] <= 'z') && !nx_is_digit(line.p[i]) &&
            line.p[i] != ' ' && line.p[i] != '-') {
            return 0;
        }
    }
    for (const char *const *t = tlds; *t != NULL && dot > start; t++) {
        size_t end = dot + 3 + strlen(*t);
        if (!nx_str_starts(nx_str_skip(line, dot + 3), nx_str_of(*t)) ||
            !(end == line.n || nx_is_upper(line.p[end]) || line.p[end] == ' ' ||
              line.p[end] == '\xe2' || line.p[end] == '"')) {
            continue;
        }
        char host[GLUED_MAX + 8];
        memcpy(host, line.p + start, dot - start);
        host[dot - start] = '.';
        memcpy(host + (dot - start) + 1, *t, strlen(*t));
        nx_str name = nx_str_make(host, dot - start + 1 + strlen(*t));
        nx_str outlet = nx_outlet_by_host(name);
        nx_article_set(a, &a->source_host, name, NX_FROM_TEXT);
        nx_article_set(a, &a->source, outlet.p != NULL ? outlet : name, NX_FROM_TEXT);
        while (end < line.n && line.p[end] == ' ') {
            end++;
        }
        return end;
    }
    return 0;
}

// The body is what is left of the head, and the rest; copied only when a line between is gone.
static void join_body(nx_article *a, head *h)
{
    size_t first = 0, kept = 0;
    while (first < h->count && h->gone[first]) {
        first++;
    }
    for (size_t i = first; i < h->count; i++) {
        kept += !h->gone[i];
    }
    if (first < h->count && kept == h->count - first && !h->cut_inside) {
        const char *start = h->lines[first].p, *end = h->end;
        a->body = nx_str_trim(nx_str_make(start, (size_t)(end - start)));
        return;
    }
    size_t n = h->rest.n;
    for (size_t i = 0; i < h->count; i++) {
        n += h->gone[i] ? 0 : h->lines[i].n + 1;
    }
    char *out = n > 0 ? nx_arena_alloc(a->arena, n) : NULL;
    size_t at = 0;
    for (size_t i = 0; i < h->count && out != NULL; i++) {
        if (!h->gone[i]) {
            memcpy(out + at, h->lines[i].p, h->lines[i].n);
            at += h->lines[i].n;
            out[at++] = '\n';
        }
    }
    if (out != NULL && h->rest.n > 0) {
        memcpy(out + at, h->rest.p, h->rest.n);
        at += h->rest.n;
    }
    a->body = out != NULL ? nx_str_trim(nx_str_make(out, at)) : NX_STR_NONE;
}

nx_status nx_attribute_text(nx_article *a, nx_str text, bool expect_title, int zone_min,
                            nx_error *err)
{
    if (text.p != a->body.p) {
        nx_article_set_body(a, text); // else it is clean already
    }
    bool republished = false;
    head h;
    split_head(nx_cut_closing(a, a->body, &republished), &h);
    size_t i = expect_title ? take_title(a, &h) : 0;
    for (int prose = 0; i < h.count && prose < PROSE_LINES;) {
        bool title = a->title.s.p != NULL && nx_str_eq_nocase(h.lines[i], a->title.s);
        size_t taken = title ? 1 : take_line(a, &h, i, prose > 0, zone_min);
        prose += taken == 0 && h.lines[i].n >= PROSE_BYTES;
        for (size_t k = 0; k < taken; k++) {
            h.gone[i + k] = true;
        }
        i += taken > 0 ? taken : 1;
    }
    for (size_t k = 0; k < h.count; k++) {
        if (!h.gone[k]) {
            size_t n = nx_cut_glued_host(a, h.lines[k]);
            h.lines[k] = nx_str_skip(h.lines[k], n);
            republished = republished || n > 0;
            break;
        }
    }
    drop_doubled(&h);
    take_datelines(a, &h, zone_min);
    drop_repeated_lead(&h);
    join_body(a, &h);
    nx_find_credited(a, a->body, republished);
    return nx_arena_check(a->arena, "the article", err);
}
