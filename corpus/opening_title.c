// opening_title.c: the headline of a text, and what copies of pages have above it: the names of
// sites, navigation, sections, addresses, the frames of archives and of forwarded mail.
#include "corpus/attribute.h"
#include "corpus/opening_head.h"
#include "corpus/opening_parts.h"
#include "corpus/opening_words.h"

enum { MAIL_KEY_MAX = 16, KICKER_MAX = 24, TRAIL_PART_WORDS = 3, NAME_MAX = 60 };

// "Source: Eastmere Ferries", "MEDIA RELEASE PR67255": how services that send press releases begin.
static bool take_release(nx_article *a, nx_str line)
{
    static const char *const marks[] = {"media release", "press release", "news release",
                                        "for immediate release", NULL};
    const nx_str source = NX_STR("Source:");
    if (nx_str_starts(line, source) && line.n <= NX_SHORT_LINE && !nx_is_fact_row(line)) {
        nx_article_set(a, &a->source, nx_str_trim(nx_str_skip(line, source.n)), NX_FROM_TEXT);
        return true;
    }
    const size_t n = nx_str_starts_any_nocase(line, marks);
    return n > 0 && nx_str_find(nx_str_trim(nx_str_skip(line, n)), NX_STR(" "), 0) == SIZE_MAX;
}

// The address of the page alone on a line, as printers, archives and people who paste put it there.
static bool take_address(nx_article *a, nx_str line)
{
    static const char *const labels[] = {"the wayback machine -",
                                         "saved from",
                                         "archived from",
                                         "url:",
                                         "link:",
                                         "original url:",
                                         "permalink:",
                                         NULL};
    nx_str url = nx_str_trim(nx_str_skip(line, nx_str_starts_any_nocase(line, labels)));
    if (!nx_url_is_web(url) || nx_str_find(url, NX_STR(" "), 0) != SIZE_MAX) {
        return false;
    }
    size_t host = nx_str_find(url, NX_STR("://"), 0) + 3;
    size_t path = nx_str_find(url, NX_STR("/"), host);
    nx_fact *fact = path < url.n && path + 1 < url.n ? &a->url : &a->source_host;
    nx_article_set(a, fact, url, NX_FROM_TEXT);
    return true;
}

// ---- forwarded mail

static bool is_forward_mark(nx_str line)
{
    static const char *const marks[] = {
        "forwarded message",       "original message",       "weitergeleitete nachricht",
        "ursprüngliche nachricht", "message transféré",      "mensaje reenviado",
        "messaggio inoltrato",     "пересылаемое сообщение", NULL};
    return line.n > 0 && line.n <= NX_SHORT_LINE &&
           (line.p[0] == '-' || nx_str_ends(line, NX_STR(":"))) &&
           nx_str_has_any_nocase(line, marks);
}

// The value behind "Subject:"; absent when the line is no header line of a mail.
static nx_str header_value(nx_str line, bool *subject)
{
    static const char *const subjects[] = {"subject", "betreff",   "objet", "asunto", "assunto",
                                           "oggetto", "onderwerp", "тема",  "Тема",   NULL};
    size_t colon = nx_str_find(line, NX_STR(":"), 0);
    if (colon == SIZE_MAX || colon == 0 || colon > MAIL_KEY_MAX ||
        nx_str_find(nx_str_make(line.p, colon), NX_STR(" "), 0) != SIZE_MAX) {
        return NX_STR_NONE;
    }
    *subject = nx_str_in_nocase(nx_str_make(line.p, colon), subjects);
    return nx_str_trim(nx_str_skip(line, colon + 1));
}

static nx_str cut_replies(nx_str s)
{
    static const char *const marks[] = {"fwd:", "fw:", "re:", "wg:", "aw:", "tr:", "rv:", NULL};
    for (size_t n; (n = nx_str_starts_any_nocase(s, marks)) > 0;) {
        s = nx_str_trim(nx_str_skip(s, n));
    }
    return s;
}

// The header of a mail that was passed on; its subject is the headline.
static size_t take_forward(nx_article *a, const nx_head *h, size_t i)
{
    size_t end = i + 1;
    if (!is_forward_mark(h->lines[i])) {
        return 0;
    }
    while (end < h->count) {
        bool subject = false;
        nx_str value = header_value(h->lines[end], &subject);
        if (value.p == NULL) {
            break;
        }
        if (subject) {
            nx_article_set(a, &a->title, cut_replies(value), NX_FROM_TEXT);
        }
        end++;
    }
    return end - i;
}

// ---- sections

// "Home › World › Asia", "Tech / Policy": short parts, one of them the name of a section.
static bool is_trail(nx_str line)
{
    static const char *const joints[] = {" > ", " \u203a ", " \u00bb ", " / ",
                                         " | ", " \u2192 ", NULL};
    bool section = false;
    size_t parts = 0;
    while (line.n > 0 && line.n <= NAME_MAX) {
        size_t end = nx_str_find_any_nocase(line, joints, 0);
        nx_str part = nx_str_trim(nx_str_make(line.p, end != SIZE_MAX ? end : line.n));
        bool capital = part.n > 0 && !(part.p[0] >= 'a' && part.p[0] <= 'z');
        if (!capital || nx_count_words(part) > TRAIL_PART_WORDS) {
            return false;
        }
        section = section || nx_is_section_line(part);
        parts++;
        size_t joint =
            end != SIZE_MAX ? nx_str_find(nx_str_skip(line, end + 1), NX_STR(" "), 0) : 0;
        line = end != SIZE_MAX ? nx_str_skip(line, end + 1 + joint) : NX_STR("");
    }
    return line.n == 0 && section && parts > 1;
}

// Without "Home", the root of every trail.
static nx_str cut_home(nx_str s)
{
    static const char *const homes[] = {"home ",   "startseite ", "accueil ", "inicio ",
                                        "início ", "главная ",    "Главная ", NULL};
    size_t n = nx_str_starts_any_nocase(s, homes);
    while (n > 0 && n < s.n && !nx_is_alpha(s.p[n]) && ((unsigned char)s.p[n] & 0xc0) != 0xc0) {
        n++;
    }
    static const char *const joints[] = {"\u203a ", "\u00bb ", "\u2192 ", NULL};
    return nx_str_skip(s, n + nx_str_starts_any_nocase(nx_str_skip(s, n), joints));
}

// A row or a column of sections is navigation: three and more in a row, or several without a mark
// between them behind "Home".
static size_t take_sections(nx_article *a, const nx_head *h, size_t i)
{
    enum { MENU_LINES = 3 };
    size_t run = 0;
    while (i + run < h->count &&
           (nx_is_section_line(h->lines[i + run]) || is_trail(h->lines[i + run]))) {
        run++;
    }
    if (run == 0 || i + run >= h->count ||
        !(nx_is_headline(h->lines[i + run]) || is_trail(h->lines[i]))) {
        return 0;
    }
    nx_str name = cut_home(h->lines[i + run - 1]);
    bool menu = run >= MENU_LINES || (name.n < h->lines[i + run - 1].n && !is_trail(h->lines[i]));
    if (!menu) {
        nx_article_set(a, &a->section, name, NX_FROM_TEXT);
    }
    return run;
}

static bool is_kicker(nx_str line)
{
    return nx_count_words(line) == 1 && line.n <= KICKER_MAX && !nx_str_has_digit(line) &&
           nx_is_headline(line) && (nx_is_alpha(line.p[0]) || (unsigned char)line.p[0] >= 0xc3);
}

// Single words above a headline of several: subjects, or sections nobody listed.
static size_t take_kickers(nx_article *a, const nx_head *h, size_t i)
{
    size_t run = 0;
    while (i + run < h->count && is_kicker(h->lines[i + run])) {
        run++;
    }
    nx_str next = i + run < h->count ? h->lines[i + run] : NX_STR("");
    if (run == 0 || nx_is_prose(next) || !nx_is_headline(next) ||
        nx_count_words(next) < NX_HEADLINE_WORDS) {
        return 0;
    }
    for (size_t k = 0; k < run; k++) {
        nx_article_add_keyword(a, h->lines[i + k], NX_FROM_TEXT);
    }
    return run;
}

// archived: the frame of an archive was seen; its date is that of the copy.
static size_t take_above(nx_article *a, const nx_head *h, size_t i, bool *archived, int zone_min)
{
    nx_str line = h->lines[i];
    const bool frame = nx_is_archive_line(line);
    *archived = *archived || frame;
    if (take_release(a, line) || take_address(a, line) || nx_is_frame_line(line) || frame ||
        nx_set_credit(a, line, NX_FROM_TEXT)) {
        return 1;
    }
    if (nx_is_fact_row(line)) {
        if (!*archived) {
            nx_take_fact_row(a, line, zone_min);
        }
        return 1;
    }
    size_t lines = take_forward(a, h, i);
    lines = lines > 0 ? lines : take_sections(a, h, i);
    if (lines > 0) {
        return lines;
    }
    return nx_is_label_line(line) ? 1 : take_kickers(a, h, i);
}

// ---- the headline

// "3/14/23, 8:02 AM Ferry line to close": without the stamp of a printing browser.
static nx_str cut_print_stamp(nx_str s)
{
    size_t i = 0, slashes = 0, colons = 0;
    while (i < s.n && (nx_is_digit(s.p[i]) || strchr("/,: ", s.p[i]) != NULL)) {
        slashes += s.p[i] == '/';
        colons += s.p[i] == ':';
        i++;
    }
    nx_str rest = nx_str_skip(s, i);
    if (slashes != 2 || colons != 1) {
        return s;
    }
    bool half =
        nx_str_starts_nocase(rest, NX_STR("am ")) || nx_str_starts_nocase(rest, NX_STR("pm "));
    return nx_str_trim(half ? nx_str_skip(rest, 3) : rest);
}

// "NPR on X: "The Senate has voted." https://t.co/x": what was said, and who said it.
static nx_str cut_post(nx_article *a, nx_str s)
{
    static const char *const sites[] = {
        " on twitter: ", " on x: ", " on facebook: ", " on instagram: ", " on linkedin: ",
        " on threads: ", NULL};
    size_t at = nx_str_find_any_nocase(s, sites, 0);
    size_t open = at != SIZE_MAX ? nx_str_find(s, NX_STR(": "), at) + 2 : SIZE_MAX;
    if (at == SIZE_MAX || at > NAME_MAX || open >= s.n) {
        return s;
    }
    nx_set_outlet(a, nx_outlet_by_name(nx_str_make(s.p, at)), NX_FROM_TEXT);
    nx_str said = nx_str_skip(s, open);
    size_t link = nx_str_find(said, NX_STR(" http"), 0);
    said = nx_str_trim(nx_str_make(said.p, link != SIZE_MAX ? link : said.n));
    bool quoted = said.n > 2 && said.p[0] == '"' && said.p[said.n - 1] == '"';
    return quoted ? nx_str_make(said.p + 1, said.n - 2) : said;
}

static bool is_initials(nx_str s)
{
    size_t n = 0;
    while (n < s.n && nx_is_upper(s.p[n])) {
        n++;
    }
    return n == s.n;
}

// "Ferry line to close - The Eastmere Post", "Ferry line to close (CNN)": the publisher behind the
// last mark, when it is a known one.
static nx_str cut_outlet(nx_article *a, nx_str s)
{
    static const char *const joints[] = {" - ", " | ", " \u2013 ", " \u2014 ", " (", NULL};
    for (size_t i = s.n; i > 0 && s.n - i <= NAME_MAX; i--) {
        size_t joint = nx_str_starts_any_nocase(nx_str_skip(s, i - 1), joints);
        if (joint == 0) {
            continue;
        }
        nx_str name = nx_str_skip(s, i - 1 + joint);
        bool bracket = nx_str_ends(nx_str_skip(s, i - 1), NX_STR(")")) && s.p[i] == '(';
        name.n -= bracket;
        if (bracket && !is_initials(name) && nx_count_words(name) < 2) {
            return s; // "(Sun)" is a day
        }
        return nx_set_credit(a, name, NX_FROM_TEXT) ? nx_str_trim(nx_str_make(s.p, i - 1)) : s;
    }
    return s;
}

static bool may_be_title(nx_str line)
{
    nx_str place, agency, outlet;
    return nx_is_headline(line) && nx_dateline_parse(line, &place, &agency, &outlet) == 0 &&
           !nx_is_fact_row(line) && !nx_is_label_line(line);
}

size_t nx_take_heading(nx_article *a, nx_head *h, int zone_min)
{
    size_t i = 0;
    bool archived = false;
    while (i + 2 < h->count) {
        size_t lines = take_above(a, h, i, &archived, zone_min);
        if (lines == 0 || i + lines >= h->count) {
            break;
        }
        for (size_t k = 0; k < lines; k++) {
            h->gone[i++] = true;
        }
    }
    if (a->title.s.p == NULL && i + 1 < h->count && may_be_title(h->lines[i])) {
        nx_str title = cut_post(a, cut_print_stamp(h->lines[i]));
        nx_article_set(a, &a->title, cut_outlet(a, title), NX_FROM_TEXT);
        h->gone[i++] = true;
    }
    return i;
}
