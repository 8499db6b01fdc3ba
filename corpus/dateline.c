// dateline.c: "MADRID, March 26 (Reuters) - ", "Berlin (dpa) -", "CNN — ", "МОСКВА, 26 мар.
// /ТАСС/."
//
// A dateline is a prefix ended by a dash (or by the agency's own mark) whose every part is
// understood: a place, a date, an agency. What is sure: a credit in brackets; a place in capitals;
// a place with a region or date after it; a place everybody knows. Anything else is prose.
// Must not know: where in the article the line stood.
#include "corpus/attribute.h"

#include "base/utf8.h"
#include "corpus/places.h"
#include "text/letters.h"

enum { PREFIX_MAX = 120, PLACE_MAX = 60, PLACE_WORDS_MAX = 6, CAPITALS_MAX = 4, CREDIT_MAX = 48 };

// Where the next byte is that may be of the end of a dateline, or of a bracket before it; head.n
// when there is none, as in most lines of prose.
static size_t next_mark(nx_str head, size_t from)
{
    static const bool marks[256] = {
        ['-'] = true, ['_'] = true, [0xe2] = true, // all that dash_at takes for a dash
        ['('] = true, [')'] = true, ['['] = true,  ['/'] = true, [':'] = true,
    };
    while (from < head.n && !marks[(unsigned char)head.p[from]]) {
        from++;
    }
    return from;
}

// A dash that ends a dateline at s.p[i]: its length, or 0. A plain hyphen needs space around it.
static size_t dash_at(nx_str s, size_t i)
{
    nx_str rest = nx_str_skip(s, i);
    if (rest.n == 0 || (rest.p[0] != '-' && rest.p[0] != '_' && rest.p[0] != '\xe2')) {
        return 0;
    }
    if (nx_str_starts(rest, NX_STR("\xe2\x80\x94")) ||
        nx_str_starts(rest, NX_STR("\xe2\x80\x93"))) {
        return 3; // em and en dash
    }
    if (nx_str_starts(rest, NX_STR("--"))) {
        return 2;
    }
    bool space_before =
        i > 0 && (nx_is_space(s.p[i - 1]) || s.p[i - 1] == '.' || s.p[i - 1] == ')');
    bool alone = rest.n == 1 || nx_is_space(rest.p[1]) || (i > 0 && s.p[i - 1] == '.');
    return rest.p[0] != '\xe2' && space_before && alone ? 1 : 0;
}

static nx_str trim_marks(nx_str s)
{
    s = nx_str_trim(s);
    while (s.n > 0 && strchr(",;:/", s.p[0]) != NULL) {
        s = nx_str_trim(nx_str_skip(s, 1));
    }
    while (s.n > 0 && strchr(",;:/", s.p[s.n - 1]) != NULL) {
        s = nx_str_trim(nx_str_make(s.p, s.n - 1));
    }
    return s;
}

// ---- letters

typedef struct letters {
    size_t upper, lower, other, digits, words;
    bool starts_upper;
} letters;

static letters count_letters(nx_str s)
{
    letters l = {0};
    bool in_word = false;
    for (size_t i = 0, next = 0; i < s.n; i = next) {
        uint32_t c = nx_utf8_decode(s, i, &next, NULL);
        bool upper = nx_letter_is_upper(c), lower = nx_letter_is_lower(c);
        l.upper += upper;
        l.lower += lower;
        l.digits += c < 0x80 && nx_is_digit((char)c);
        l.other += c >= 0x180 && !upper && !lower;
        l.starts_upper = l.starts_upper || (i == 0 && upper);
        bool word = c > ' ' && c != 0xa0;
        l.words += word && !in_word;
        in_word = word;
    }
    return l;
}

// ---- the parts

typedef struct parts {
    nx_str place, agency, outlet;
    bool credit;  // an agency or outlet was named
    bool bracket; // something stood in brackets or between slashes
    bool date;
    bool region;
} parts;

// A day of a date line, with or without its year: "Feb 26", "26. März", "March 26, 2019".
static bool is_date(nx_str s)
{
    nx_when when;
    char with_year[CREDIT_MAX];
    s = trim_marks(s);
    if (s.n == 0 || s.n + 6 > sizeof with_year) {
        return false;
    }
    bool digit = false;
    for (size_t i = 0; i < s.n; i++) {
        with_year[i] = s.p[i];
        digit = digit || nx_is_digit(s.p[i]);
    }
    // A leap year, so that February 29 passes.
    memcpy(with_year + s.n, " 2000", 5);
    return digit &&
           (nx_date_parse(s, 0, &when) || nx_date_parse(nx_str_make(with_year, s.n + 5), 0, &when));
}

static bool take_credit(nx_str s, parts *p)
{
    s = trim_marks(s);
    nx_str agency = nx_agency_by_name(s), outlet = nx_outlet_by_name(s);
    if (agency.p != NULL) {
        p->agency = p->agency.p != NULL ? p->agency : agency;
    } else if (outlet.p != NULL) {
        p->outlet = p->outlet.p != NULL ? p->outlet : outlet;
    } else {
        return false;
    }
    p->credit = true;
    return true;
}

// What stood in brackets: a credit, a date, or the code of an agency we do not know.
static bool take_bracket(nx_str s, parts *p)
{
    s = nx_str_trim(s);
    p->bracket = true;
    if (s.n == 0 || s.n > CREDIT_MAX) {
        return false;
    }
    if (is_date(s)) {
        p->date = true;
        return true;
    }
    if (take_credit(s, p)) {
        return true;
    }
    letters l = count_letters(s);
    return l.digits == 0 && (l.starts_upper || l.words == 1);
}

static bool is_place_shape(nx_str s)
{
    letters l = count_letters(s);
    return s.n > 0 && s.n <= PLACE_MAX && l.digits == 0 && l.words <= PLACE_WORDS_MAX &&
           (l.starts_upper || l.upper + l.lower == 0) &&
           nx_str_find(s, NX_STR("\""), 0) == SIZE_MAX &&
           nx_str_find(s, NX_STR("("), 0) == SIZE_MAX &&
           nx_str_find(s, NX_STR(":"), 0) == SIZE_MAX &&
           nx_str_find(s, NX_STR("?"), 0) == SIZE_MAX &&
           nx_str_find(s, NX_STR(" v "), 0) == SIZE_MAX; // a match has two sides
}

// "Nov 26 AFP": a day and an agency with nothing between them.
static bool take_day_credit(nx_str s, parts *p)
{
    size_t space = s.n;
    while (space > 0 && s.p[space - 1] != ' ') {
        space--;
    }
    if (space == 0 || !is_date(nx_str_make(s.p, space - 1)) ||
        !take_credit(nx_str_skip(s, space), p)) {
        return false;
    }
    p->date = true;
    return true;
}

// One part between commas.
static bool take_item(nx_str s, parts *p)
{
    s = trim_marks(s);
    if (s.n == 0) {
        return true;
    }
    if (is_date(s)) {
        p->date = true;
        return true;
    }
    nx_str digits = s;
    while (digits.n > 0 && nx_is_digit(digits.p[0])) {
        digits = nx_str_skip(digits, 1);
    }
    if (p->date && s.n == 4 && digits.n == 0) {
        return true; // the year of "March 26, 2019"
    }
    if (p->place.p != NULL && !p->date && nx_is_region(s)) {
        p->region = true;
        p->place.n = (size_t)(s.p + s.n - p->place.p);
        return true;
    }
    if (take_credit(s, p) || (p->place.p != NULL && take_day_credit(s, p))) {
        return true;
    }
    if (p->place.p == NULL && is_place_shape(s)) {
        p->place = s;
        return true;
    }
    return false;
}

// "Москва. 26 марта. ИНТЕРФАКС", "MAYWOOD, Ill.": dots part items too, but not inside a place.
static bool take_items(nx_str s, parts *p)
{
    while (s.n > 0) {
        size_t comma = nx_str_find(s, NX_STR(","), 0);
        nx_str item = nx_str_make(s.p, comma != SIZE_MAX ? comma : s.n);
        size_t dot = nx_str_find(item, NX_STR(". "), 0);
        bool ok = false;
        bool whole = is_date(item) || nx_is_place(nx_str_trim(item)) ||
                     (p->place.p != NULL && nx_is_region(trim_marks(item)));
        if (dot != SIZE_MAX && !whole) {
            ok =
                take_item(nx_str_make(item.p, dot), p) && take_items(nx_str_skip(item, dot + 2), p);
        } else {
            ok = take_item(item, p);
        }
        if (!ok) {
            return false;
        }
        s = comma != SIZE_MAX ? nx_str_skip(s, comma + 1) : NX_STR("");
    }
    return true;
}

// Everything before the dash; brackets and slashed marks come out first.
static bool take_prefix(nx_str s, parts *p)
{
    nx_str before = s;
    size_t open = nx_str_find(s, NX_STR("("), 0);
    size_t slash = nx_str_find(s, NX_STR("/"), 0);
    const char *close_mark = ")";
    if (slash != SIZE_MAX && (open == SIZE_MAX || slash < open) &&
        nx_str_find(s, NX_STR("/"), slash + 1) != SIZE_MAX) {
        open = slash;
        close_mark = "/";
    }
    if (open == SIZE_MAX) {
        return take_items(s, p);
    }
    size_t close = nx_str_find(s, nx_str_of(close_mark), open + 1);
    if (close == SIZE_MAX) {
        return false;
    }
    before.n = open;
    return take_items(before, p) &&
           take_bracket(nx_str_make(s.p + open + 1, close - open - 1), p) &&
           take_items(trim_marks(nx_str_skip(s, close + 1)), p);
}

// Does it begin with a word in capitals that opens captions and headlines?
static bool is_caption_word(nx_str place)
{
    size_t space = nx_str_find(place, NX_STR(" "), 0);
    nx_str first = nx_str_make(place.p, space != SIZE_MAX ? space : place.n);
    // clang-format off
    static const char *const words[] = {
        "FILE", "UPDATE", "UPDATED", "BREAKING", "EXCLUSIVE", "WATCH", "VIDEO", "PHOTO", "PHOTOS",
        "ANALYSIS", "OPINION", "LIVE", "NOTE", "WRAPUP", "CORRECTION", "READ", "ALERT",
        "EDITORIAL", "REVIEW", "COMMENT", "FACT", "ADVERTISEMENT", "ANALYSE", "INTERVIEW",
        "ENTRETIEN", "ENQU\u00caTE", "D\u00c9CRYPTAGE", "REPORTAGE", "R\u00c9CIT", "PORTRAIT",
        "TRIBUNE", "CHRONIQUE", "EXCLUSIF", "DIRECT", "VID\u00c9O", "INFOGRAPHIE", "KOMMENTAR",
        "EXKLUSIV", "GLOSSE", "AN\u00c1LISIS", "ENTREVISTA", "EXCLUSIVA", "REPORTAJE",
        "OPINI\u00d3N", "CR\u00d3NICA", NULL};
    // clang-format on
    for (const char *const *w = words; *w != NULL; w++) {
        if (nx_str_eq(first, nx_str_of(*w))) {
            return true;
        }
    }
    return false;
}

// Does the text after the dash begin as a sentence does?
static bool starts_sentence(nx_str rest)
{
    rest = nx_str_trim(rest);
    return rest.n == 0 || !(rest.p[0] >= 'a' && rest.p[0] <= 'z');
}

static bool is_sure(const parts *p, nx_str rest)
{
    if (p->place.p == NULL) {
        return p->credit;
    }
    nx_str city = p->place;
    size_t comma = nx_str_find(city, NX_STR(","), 0);
    city.n = comma != SIZE_MAX ? comma : city.n;
    if (is_caption_word(city)) {
        return false;
    }
    if (p->credit) {
        return true;
    }
    letters l = count_letters(city);
    bool capitals = l.lower == 0 && l.upper >= 4 && l.words <= CAPITALS_MAX;
    bool known = nx_is_place(city);
    if (p->date || p->region) {
        return capitals || known || starts_sentence(rest);
    }
    return (capitals || known) && starts_sentence(rest);
}

// The dateline up to and including one dash at the start of line, whose first bytes head is; 0
// when there is none.
static size_t parse_once(nx_str line, nx_str head, parts *p)
{
    int depth = 0;
    for (size_t i = next_mark(head, 0); i < head.n; i = next_mark(head, i + 1)) {
        char c = head.p[i];
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        size_t dash = depth == 0 ? dash_at(head, i) : 0;
        if (dash == 0) {
            continue;
        }
        *p = (parts){0};
        nx_str prefix = nx_str_make(line.p, i);
        if (prefix.n > 0 && prefix.p[prefix.n - 1] == '.' && dash == 1) {
            prefix.n--; // "MADRID.- "
        }
        nx_str rest = nx_str_skip(line, i + dash);
        if (nx_str_trim(prefix).n > 0 && take_prefix(prefix, p) && is_sure(p, rest)) {
            return i + dash;
        }
        return 0; // the first dash decides
    }
    return 0;
}

// "(CNN)Text", "(Reuters) Text", "LONDON (Reuters) Text", "MOSCOW, March 26. /TASS/. Text": the
// mark itself ends the dateline.
static size_t parse_mark(nx_str line, nx_str head, parts *p)
{
    size_t open = next_mark(head, 0);
    while (open < head.n && head.p[open] != '(' && head.p[open] != '/' && head.p[open] != '[') {
        open = next_mark(head, open + 1);
    }
    if (open == head.n) {
        return 0;
    }
    char mark = head.p[open] == '(' ? ')' : head.p[open] == '[' ? ']' : '/';
    size_t close = nx_str_find(head, nx_str_make(&mark, 1), open + 1);
    *p = (parts){0};
    if (close == SIZE_MAX || !take_credit(nx_str_make(head.p + open + 1, close - open - 1), p) ||
        !take_items(nx_str_make(head.p, open), p) || !is_sure(p, NX_STR(""))) {
        return 0;
    }
    letters l = count_letters(p->place);
    if (p->place.p != NULL && l.lower > 0 && !p->date && !p->region && !nx_is_place(p->place)) {
        return 0; // "The Guardian (AFP) photo": prose with a bracket
    }
    size_t end = close + 1;
    while (end < line.n && strchr(".:,", line.p[end]) != NULL) {
        end++;
    }
    return end;
}

// "NEW DELHI: Text", "Tunis, 26 mars (TAP): Texte"; a colon is common in prose, so the place must
// be in capitals and known, or credited.
static size_t parse_colon(nx_str line, nx_str head, parts *p)
{
    size_t colon = next_mark(head, 0);
    while (colon < head.n && !nx_str_starts(nx_str_skip(head, colon), NX_STR(": "))) {
        colon = next_mark(head, colon + 1);
    }
    *p = (parts){0};
    if (colon == head.n || !take_prefix(nx_str_make(line.p, colon), p) || p->place.p == NULL ||
        !is_sure(p, nx_str_skip(line, colon + 1))) {
        return 0;
    }
    letters l = count_letters(p->place);
    return p->credit || (l.lower == 0 && nx_is_place(p->place)) ? colon + 1 : 0;
}

static void keep(parts *all, const parts *more)
{
    all->place = all->place.p != NULL ? all->place : more->place;
    all->agency = all->agency.p != NULL ? all->agency : more->agency;
    all->outlet = all->outlet.p != NULL ? all->outlet : more->outlet;
}

// "- РИА Новости. Text" and "- Feb. 1 2016 - Text": parts that follow the dash.
static size_t parse_after(nx_str rest, parts *all)
{
    size_t at = nx_str_skip_space(rest, 0);
    nx_str s = nx_str_skip(rest, at);
    size_t dot = nx_str_find(s, NX_STR(". "), 0);
    parts p = {0};
    if (dot != SIZE_MAX && dot <= CREDIT_MAX && take_credit(nx_str_make(s.p, dot), &p)) {
        keep(all, &p);
        return at + dot + 2;
    }
    for (size_t i = 0; i < s.n && i < CREDIT_MAX; i++) {
        size_t dash = dash_at(s, i);
        if (dash > 0) {
            return is_date(nx_str_make(s.p, i)) ? at + i + dash : 0;
        }
    }
    return 0;
}

size_t nx_dateline_parse(nx_str line, nx_str *place, nx_str *agency, nx_str *outlet)
{
    enum { PARTS_MAX = 3 }; // "Newswise — EAST LANSING, Mich. — Feb. 1 - "
    parts all = {0};
    size_t cut = 0;
    for (int i = 0; i < PARTS_MAX; i++) {
        nx_str rest = nx_str_skip(line, cut);
        size_t lead = nx_str_skip_space(rest, 0);
        rest = nx_str_skip(rest, lead);
        nx_str head = nx_str_make(rest.p, nx_utf8_cut(rest, PREFIX_MAX));
        if (next_mark(head, 0) == head.n) {
            break;
        }
        parts p = {0};
        size_t n = parse_once(rest, head, &p);
        n = n == 0 ? parse_mark(rest, head, &p) : n;
        n = n == 0 ? parse_colon(rest, head, &p) : n;
        if (n == 0 || (cut > 0 && (all.place.p != NULL || p.place.p == NULL))) {
            break;
        }
        keep(&all, &p);
        cut += lead + n;
    }
    if (cut > 0) {
        cut += parse_after(nx_str_skip(line, cut), &all);
    }
    while (cut > 0 && cut < line.n && nx_is_space(line.p[cut])) {
        cut++;
    }
    *place = all.place;
    *agency = all.agency;
    *outlet = all.outlet;
    return cut;
}
