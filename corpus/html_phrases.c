// html_phrases.c: see html_phrases.h. Lines are compared in small letters.
#include "corpus/html_phrases.h"

#include <pthread.h>

#include "base/utf8.h"
#include "corpus/html_phrases_table.h"
#include "text/letters.h"

// Bytes; SMALL_MAX: of a line in small letters, broken bytes of which become three.
enum { SHORT_LINE = 160, CAPTION_LINE = 400, NOTICE_LINE = 240, SMALL_MAX = 3 * CAPTION_LINE };
enum { MOSTLY_LINKED = 80 }; // per cent

// The phrases of a kind by their first byte: chains of numbers of phrases, from 1; 0: the end.
enum { PHRASES_MAX = 512 };
static struct {
    uint16_t first[256], next[PHRASES_MAX];
} chains[NX_HTML_PHRASE_KINDS];
static pthread_once_t chains_once = PTHREAD_ONCE_INIT;

static void build_chains(void)
{
    for (size_t kind = 0; kind < NX_HTML_PHRASE_KINDS; kind++) {
        const nx_html_phrases *p = &nx_html_phrases_of[kind];
        for (size_t i = 0; i < p->count && i < PHRASES_MAX; i++) {
            uint16_t *first = &chains[kind].first[(unsigned char)p->list[i][0]];
            chains[kind].next[i] = *first;
            *first = (uint16_t)(i + 1);
        }
    }
}

// Does line begin with a phrase of the kind, or is it one (whole)?
static bool begins(nx_str line, nx_html_phrase_kind kind, bool whole)
{
    unsigned at = line.n > 0 ? chains[kind].first[(unsigned char)line.p[0]] : 0;
    for (; at != 0; at = chains[kind].next[at - 1]) {
        const char *phrase = nx_html_phrases_of[kind].list[at - 1];
        size_t n = 1;
        while (n < line.n && phrase[n] != '\0' && phrase[n] == line.p[n]) {
            n++;
        }
        if (phrase[n] == '\0' && (n == line.n || !whole)) {
            return true;
        }
    }
    return false;
}

// Is a phrase of the kind in line, not inside of a word?
static bool holds(nx_str line, nx_html_phrase_kind kind)
{
    for (size_t i = 0; i < line.n; i++) {
        bool inside = i > 0 && nx_is_alpha(line.p[i]) && nx_is_alpha(line.p[i - 1]);
        if (!inside && begins(nx_str_skip(line, i), kind, false)) {
            return true;
        }
    }
    return false;
}

// Writes line in small letters to out, as the tables have it.
static nx_str small(nx_str line, char *out)
{
    size_t n = 0;
    for (size_t i = 0, next = 0; i < line.n; i = next) {
        if ((unsigned char)line.p[i] < 0x80) {
            out[n++] = nx_lower(line.p[i]);
            next = i + 1;
        } else {
            n += nx_utf8_encode(nx_letter_lower(nx_utf8_decode(line, i, &next, NULL)), out + n);
        }
    }
    return nx_str_make(out, n);
}

bool nx_html_is_caption(nx_str line)
{
    char folded[SMALL_MAX + 1] = " "; // credits begin with a blank
    if (line.n > CAPTION_LINE) {
        return false;
    }
    (void)pthread_once(&chains_once, build_chains);
    line = small(line, folded + 1);
    bool message = nx_str_starts(line, NX_STR("\u2014 ")) && // "- Jane Doe (@jane) May 6, 2025"
                   nx_str_find(line, NX_STR("(@"), 0) != SIZE_MAX;
    return message || holds(nx_str_make(folded, line.n + 1), NX_HTML_CREDIT);
}

// Without a colon at its end.
static nx_str without_colon(nx_str line)
{
    while (line.n > 0 && (line.p[line.n - 1] == ':' || line.p[line.n - 1] == ' ')) {
        line.n--;
    }
    return line;
}

bool nx_html_is_ending(nx_str line)
{
    char folded[SMALL_MAX];
    if (line.n > SHORT_LINE) {
        return false;
    }
    (void)pthread_once(&chains_once, build_chains);
    return begins(without_colon(small(line, folded)), NX_HTML_ENDING, true);
}

static size_t digits_at(nx_str s, size_t i)
{
    size_t n = 0;
    while (i + n < s.n && nx_is_digit(s.p[i + n])) {
        n++;
    }
    return n;
}

// "page 2 of 3"
static bool is_page_number(nx_str line)
{
    static const char *const forms[][2] = {{"page ", " of "},   {"seite ", " von "},
                                           {"page ", " sur "},  {"p\u00e1gina ", " de "},
                                           {"pagina ", " di "}, {"pagina ", " van "}};
    for (size_t i = 0; i < NX_COUNT(forms); i++) {
        nx_str page = nx_str_of(forms[i][0]), of = nx_str_of(forms[i][1]);
        size_t at = page.n + (nx_str_starts(line, page) ? digits_at(line, page.n) : 0);
        if (at > page.n && nx_str_starts(nx_str_skip(line, at), of) &&
            at + of.n + digits_at(line, at + of.n) == line.n) {
            return true;
        }
    }
    return false;
}

bool nx_html_is_signpost(nx_str line, unsigned linked)
{
    char folded[SMALL_MAX];
    bool links = linked >= MOSTLY_LINKED;
    if (line.n > NOTICE_LINE && !links) {
        return false;
    }
    line.n = line.n > NOTICE_LINE ? NOTICE_LINE : line.n;
    (void)pthread_once(&chains_once, build_chains);
    line = small(line, folded);
    if (begins(without_colon(line), NX_HTML_WHOLE_LINE, true) || is_page_number(line)) {
        return true;
    }
    while (line.n > 0 && !nx_is_alpha(line.p[0]) && (unsigned char)line.p[0] < 0x80) {
        line = nx_str_skip(line, 1); // "> Read more", "[Read more]"
    }
    bool brief = links || line.n <= (linked == 0 ? SHORT_LINE / 2 : SHORT_LINE);
    return (brief && begins(line, NX_HTML_OPENING, false)) || holds(line, NX_HTML_NOTICE);
}
