// closings.c: the lines that close an article and are not of it.
#include "corpus/attribute.h"
#include "corpus/opening_head.h"
#include "corpus/opening_parts.h"
#include "corpus/opening_words.h"

enum {
    CLOSING_LINES_MAX = 12,
    TAG_LINE_MAX = 300,
    SIGNATURE_MAX = 60,
    NOTE_MAX = 400,
    ROLE_MAX = 40
};

// The name that a copyright or source line gives, known or not: sets fact to a known one.
static void set_known(nx_article *a, nx_fact *outlet_fact, nx_str name)
{
    nx_str agency = nx_agency_by_name(name), outlet = nx_outlet_by_name(name);
    if (outlet_fact == &a->source && agency.p != NULL) {
        nx_article_set(a, &a->agency, agency, NX_FROM_TEXT);
    } else if (outlet_fact == &a->source) {
        nx_article_set(a, &a->source, outlet, NX_FROM_TEXT);
    } else if (a->source.s.p == NULL || !nx_str_eq_nocase(a->source.s, outlet)) {
        nx_article_set(a, outlet_fact, outlet, NX_FROM_TEXT); // nobody is credited with their own
    }
}

// "Copyright 2024 by Cable News Network, Inc. All rights reserved." -> Cable News Network
static nx_str copyright_holder(nx_str line)
{
    static const nx_str lead[] = {
        {"copyright", 9}, {"\xc2\xa9", 2}, {"(c)", 3}, {"by ", 3}, {"the ", 4}};
    for (bool again = true; again;) {
        again = false;
        while (line.n > 0 && (nx_is_digit(line.p[0]) || strchr(" ,:.-", line.p[0]) != NULL)) {
            line = nx_str_skip(line, 1);
        }
        for (size_t i = 0; i < NX_COUNT(lead); i++) {
            if (nx_str_starts_nocase(line, lead[i])) {
                line = nx_str_skip(line, lead[i].n);
                again = true;
            }
        }
    }
    size_t end = 0;
    while (end < line.n && strchr(",;|(", line.p[end]) == NULL &&
           !(line.p[end] == '.' && (end + 1 == line.n || line.p[end + 1] == ' '))) {
        end++;
    }
    nx_str name = nx_str_make(line.p, end);
    static const char *const tails[] = {" all rights", " inc", " llc", " ltd", NULL};
    for (const char *const *t = tails; *t != NULL; t++) {
        size_t at = nx_str_find_nocase(name, nx_str_of(*t), 0);
        name.n = at != SIZE_MAX ? at : name.n;
    }
    return nx_str_trim(name);
}

// The agency among several sources: "ntv.de, ino/dpa". Absent when there is none.
static nx_str agency_among(nx_str sources)
{
    nx_str agency = NX_STR_NONE;
    while (sources.n > 0 && agency.p == NULL) {
        size_t end = 0;
        while (end < sources.n && sources.p[end] != ',' && sources.p[end] != '/') {
            end++;
        }
        agency = nx_agency_by_name(nx_str_trim(nx_str_make(sources.p, end)));
        sources = end < sources.n ? nx_str_skip(sources, end + 1) : NX_STR("");
    }
    return agency;
}

bool nx_take_source_line(nx_article *a, nx_str line)
{
    static const char *const labels[] = {"source link",
                                         "source article",
                                         "original source",
                                         "source",
                                         "originally published by",
                                         "originally published on",
                                         "originally published in",
                                         "originally published at",
                                         "first published by",
                                         "first published on",
                                         "first published in",
                                         "via",
                                         "quelle",
                                         "fuente",
                                         "fonte",
                                         "bron",
                                         "источник",
                                         "Источник",
                                         "źródło",
                                         "Źródło",
                                         "zdroj",
                                         "kilde",
                                         "källa",
                                         "kaynak",
                                         "المصدر",
                                         NULL};
    while (nx_str_starts(line, NX_STR("\xc2\xbb")) || nx_str_starts(line, NX_STR(">")) ||
           nx_str_starts(line, NX_STR("\xe2\x86\x92"))) {
        line = nx_str_trim(nx_str_skip(line, line.p[0] == '>' ? 1 : (line.p[0] == '\xc2' ? 2 : 3)));
    }
    const size_t label = line.n <= TAG_LINE_MAX ? nx_str_starts_any_nocase(line, labels) : 0;
    if (label == 0) {
        return false;
    }
    nx_str rest = nx_str_trim(nx_str_skip(line, label)); // "Source : AFP"
    bool colon = rest.n > 0 && rest.p[0] == ':';
    rest = nx_str_trim(colon ? nx_str_skip(rest, 1) : rest);
    if (rest.n == 0 || nx_str_eq(rest, NX_STR("\xc2\xbb"))) {
        return true;
    }
    char scratch[256];
    nx_str host = nx_url_host(rest, scratch, sizeof scratch);
    nx_str outlet = host.n > 0 ? nx_outlet_by_host(host) : nx_outlet_by_name(rest);
    bool agency = nx_agency_by_name(rest).p != NULL;
    if (outlet.p == NULL && !agency && host.n == 0) {
        nx_str among = colon && rest.n <= SIGNATURE_MAX ? agency_among(rest) : NX_STR_NONE;
        nx_article_set(a, &a->agency, among, NX_FROM_TEXT);
        return among.p != NULL;
    }
    set_known(a, agency ? &a->source : &a->credited, outlet.p != NULL ? outlet : rest);
    return true;
}

// "(Reporting by Jane Doe in Madrid; Editing by John Roe)"
static bool take_tag_line(nx_article *a, nx_str line)
{
    static const char *const others[] = {"writing by ", "editing by ", "additional reporting by ",
                                         NULL};
    const nx_str reporting = NX_STR("reporting by ");
    nx_str inner = line;
    if (inner.n > 2 && (inner.p[0] == '(' || inner.p[0] == '[')) {
        inner = nx_str_skip(inner, 1);
    }
    if (line.n > TAG_LINE_MAX) {
        return false;
    }
    if (!nx_str_starts_nocase(inner, reporting)) {
        return nx_str_starts_any_nocase(inner, others) > 0;
    }
    if (a->author_count == 0) {
        size_t end = nx_str_find(inner, NX_STR(";"), 0);
        nx_str names = nx_str_skip(inner, reporting.n);
        names.n = end != SIZE_MAX ? end - reporting.n : names.n;
        while (names.n > 0 && strchr(").]", names.p[names.n - 1]) != NULL) {
            names.n--;
        }
        nx_authors_add(a, names, NX_FROM_TEXT);
    }
    return true;
}

bool nx_is_contribution(nx_str line)
{
    static const char *const starts[] = {"additional reporting",    "with reporting by",
                                         "with reporting from",     "with additional reporting",
                                         "with files from",         "with inputs from",
                                         "with agency inputs",      "mit material von",
                                         "mit material der",        "(mit material",
                                         "con informaci\u00f3n de", NULL};
    static const char *const ends[] = {"contributed to this report", "contributed to this story",
                                       "contributed to this article", "contributed reporting",
                                       NULL};
    if (line.n > TAG_LINE_MAX) {
        return false;
    }
    // One word first: hardly a line has it.
    if (nx_str_find_nocase(line, NX_STR("contributed"), 0) != SIZE_MAX &&
        nx_str_has_any_nocase(line, ends)) {
        return true;
    }
    while (line.n > 0 && (strchr("([-* ", line.p[0]) != NULL || line.p[0] == '\xe2')) {
        line = nx_str_skip(line, line.p[0] == '\xe2' && line.n > 2 ? 3 : 1); // dashes
    }
    return nx_str_starts_any_nocase(line, starts) > 0;
}

// "Jane Doe is a fellow at the institute.": about an author, whose name begins the line or follows
// a role in it.
static bool is_author_note(const nx_article *a, nx_str line)
{
    static const char *const verbs[] = {" is ",      " ist ",     " est ", " es ",  " \u00e9 ",
                                        " covers ",  " writes ",  " was ", " has ", ", who ",
                                        " teaches ", " reports ", NULL};
    for (size_t i = 0; i < a->author_count && line.n <= NOTE_MAX; i++) {
        size_t at = nx_str_find(line, a->authors[i].s, 0);
        if (at == SIZE_MAX || at > ROLE_MAX) {
            continue;
        }
        nx_str rest = nx_str_skip(line, at + a->authors[i].s.n);
        for (const char *const *v = verbs; *v != NULL; v++) {
            if (nx_str_starts(rest, nx_str_of(*v))) {
                return true;
            }
        }
    }
    return false;
}

// "(APA, dpa, 23.9.2015)", "dpa", "/TASS/": agencies and a date, nothing else.
static bool take_signature(nx_article *a, nx_str s)
{
    s = nx_str_trim(s);
    if (s.n == 0 || s.n > SIGNATURE_MAX) {
        return false;
    }
    bool brackets = s.n > 2 && strchr("([/", s.p[0]) != NULL;
    if (brackets) {
        s = nx_str_make(s.p + 1, s.n - 2);
    }
    while (s.n > 0 &&
           (s.p[0] == '-' || s.p[0] == ' ' || nx_str_starts(s, NX_STR("\xe2\x80\x94")))) {
        s = nx_str_skip(s, s.p[0] == '\xe2' ? 3 : 1);
    }
    nx_str agency = NX_STR_NONE;
    nx_when when = {0};
    while (s.n > 0) {
        size_t end = 0;
        while (end < s.n && s.p[end] != ',' && s.p[end] != '/') {
            end++;
        }
        nx_str item = nx_str_trim(nx_str_make(s.p, end));
        s = end < s.n ? nx_str_skip(s, end + 1) : NX_STR("");
        nx_str known = nx_agency_by_name(item);
        if (known.p == NULL && !nx_date_parse(item, 0, &when)) {
            return false;
        }
        agency = agency.p != NULL ? agency : known;
    }
    if (agency.p == NULL) {
        return false;
    }
    nx_article_set(a, &a->agency, agency, NX_FROM_TEXT);
    if (when.known && brackets && !a->published.known) {
        a->published = when;
        a->published.from = NX_FROM_TEXT;
    }
    return true;
}

// "hh/ph/ts", "AFP sn", "AAP jd/ka": who wrote and who edited, as agencies sign.
static bool is_initials_line(nx_str line)
{
    enum { INITIALS_LINE = 24, INITIALS_MAX = 4 };
    if (line.n > INITIALS_LINE) {
        return false;
    }
    size_t space = nx_str_find(line, NX_STR(" "), 0);
    bool named = space != SIZE_MAX && nx_agency_by_name(nx_str_make(line.p, space)).p != NULL;
    line = named ? nx_str_skip(line, space + 1) : line;
    size_t slashes = 0, letters = 0;
    for (size_t i = 0; i < line.n; i++) {
        bool slash = line.p[i] == '/';
        if (!slash && !(line.p[i] >= 'a' && line.p[i] <= 'z')) {
            return false;
        }
        letters = slash ? 0 : letters + 1;
        slashes += slash;
        if (letters > INITIALS_MAX || (slash && (i == 0 || line.p[i - 1] == '/'))) {
            return false;
        }
    }
    return letters > 0 && (named || slashes > 0);
}

// "Source: Acme Widgets Inc.", when that is known already.
static bool repeats_source(const nx_article *a, nx_str line)
{
    const nx_str mark = NX_STR("Source: ");
    return nx_str_starts(line, mark) && a->source.s.n > 0 &&
           nx_str_eq_nocase(nx_str_skip(line, mark.n), a->source.s);
}

// "SOURCE Acme Widgets Inc.": whose release a distributor sent.
static bool take_release_source(nx_article *a, nx_str line)
{
    const nx_str mark = NX_STR("SOURCE ");
    if (!nx_str_starts(line, mark) || line.n > SIGNATURE_MAX) {
        return false;
    }
    nx_article_set(a, &a->source, nx_str_trim(nx_str_skip(line, mark.n)), NX_FROM_TEXT);
    return true;
}

// "https://the-paper.example/2023/03/13/dam/ 1/2": what browsers print below a page.
static bool is_page_foot(nx_str line)
{
    size_t n = line.n, slashes = 0;
    while (n > 0 && (nx_is_digit(line.p[n - 1]) || line.p[n - 1] == '/')) {
        slashes += line.p[n - 1] == '/';
        n--;
    }
    return slashes == 1 && n > 0 && n < line.n && line.p[n - 1] == ' ' && nx_url_is_web(line) &&
           nx_str_find(nx_str_make(line.p, n - 1), NX_STR(" "), 0) == SIZE_MAX;
}

static bool take_closing_line(nx_article *a, nx_str line, bool *republished)
{
    if (take_release_source(a, line) || is_page_foot(line) || repeats_source(a, line) ||
        is_initials_line(line)) {
        return true;
    }
    if (nx_is_copyright_line(line)) {
        set_known(a, &a->source, copyright_holder(line));
        return true;
    }
    if (nx_take_source_line(a, line)) {
        *republished = true;
        return true;
    }
    return take_tag_line(a, line) || nx_is_contribution(line) || is_author_note(a, line) ||
           take_signature(a, line) || nx_is_notice_line(line) || nx_is_label_line(line);
}

// The signature in brackets that ends the last paragraph.
static nx_str cut_signature(nx_article *a, nx_str body)
{
    if (body.n == 0 || body.p[body.n - 1] != ')') {
        return body;
    }
    size_t open = body.n - 1;
    while (open > 0 && body.p[open] != '(' && body.p[open] != '\n' &&
           body.n - open < SIGNATURE_MAX) {
        open--;
    }
    if (open > 0 && body.p[open] == '(' && take_signature(a, nx_str_skip(body, open))) {
        return nx_str_trim(nx_str_make(body.p, open));
    }
    return body;
}

// "... local authorities said. Enditem": how Xinhua ends a text.
static nx_str cut_end_mark(nx_str body)
{
    const nx_str mark = NX_STR(" Enditem");
    return nx_str_ends(body, mark) ? nx_str_trim(nx_str_make(body.p, body.n - mark.n)) : body;
}

// Where a list of subjects or of other articles begins at the end of a text: its heading, and lines
// below it none of which is a sentence. body.n when there is none.
static size_t find_list(nx_str body)
{
    static const char *const headings[] = {"related topics",
                                           "more about",
                                           "related internet links",
                                           "more on this story",
                                           "topics",
                                           "most popular",
                                           "most read",
                                           "trending",
                                           "tags",
                                           "top stories",
                                           "around the bbc",
                                           "schlagworte",
                                           "themen",
                                           "temas",
                                           "mots-clés",
                                           "argomenti",
                                           "sur le même sujet",
                                           "te puede interesar",
                                           "más noticias",
                                           "mehr zum thema",
                                           "das könnte sie auch interessieren",
                                           NULL};
    size_t start = body.n;
    for (int i = 0; i < CLOSING_LINES_MAX && start > 0; i++) {
        size_t end = start;
        while (start > 0 && body.p[start - 1] != '\n') {
            start--;
        }
        nx_str line = nx_str_trim(nx_str_make(body.p + start, end - start));
        nx_str name =
            line.n > 0 && line.p[line.n - 1] == ':' ? nx_str_make(line.p, line.n - 1) : line;
        if (nx_str_in_nocase(name, headings)) {
            return start > 0 ? start : body.n;
        }
        if (line.n > NX_SHORT_LINE || nx_str_ends(line, NX_STR("."))) {
            return body.n;
        }
        start -= start > 0;
    }
    return body.n;
}

nx_str nx_cut_closing(nx_article *a, nx_str body, bool *republished)
{
    body = nx_str_trim(nx_str_make(body.p, find_list(body)));
    for (int i = 0; i < CLOSING_LINES_MAX && body.n > 0; i++) {
        size_t start = body.n;
        while (start > 0 && body.p[start - 1] != '\n') {
            start--;
        }
        // The only line there is stays: better clutter than nothing.
        if (start == 0 || !take_closing_line(a, nx_str_skip(body, start), republished)) {
            break;
        }
        body = nx_str_trim(nx_str_make(body.p, start));
    }
    return cut_signature(a, cut_end_mark(body));
}
