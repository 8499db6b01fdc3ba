// byline.c: "By Jane Doe and John Roe, Staff Writer | Reuters" and the author fields of metadata.
//
// A list of names is cut at everything that can join names; what is left over of each piece is a
// person, a credit (outlet or agency), or nothing (a role, an address, a date).
// Must not know: what comes before or after the line (openings.c).
#include "corpus/attribute.h"

#include "base/utf8.h"
#include "corpus/byline_parts.h"
#include "corpus/line_words.h"
#include "corpus/opening_parts.h"
#include "corpus/person.h"
#include "text/letters.h"

enum { LINE_MAX_BYTES = 240, LIST_MAX_BYTES = 4096 };

// "jane doe" as some systems print their users: two or three words of small letters.
static bool is_small_name(nx_str s)
{
    size_t words = 1;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == ' ') {
            words++;
        } else if (!(s.p[i] >= 'a' && s.p[i] <= 'z')) {
            return false;
        }
    }
    return (words == 2 || words == 3) && s.n >= 6;
}

static size_t spell_small_name(nx_str s, char *out)
{
    for (size_t i = 0; i < s.n; i++) {
        bool first = i == 0 || s.p[i - 1] == ' ';
        out[i] = first ? (char)(s.p[i] - 0x20) : s.p[i];
    }
    return s.n;
}

static void add_name(nx_article *a, nx_str name, nx_str suffix, nx_from from)
{
    char spelt[LINE_MAX_BYTES];
    if (name.n + suffix.n + 1 > sizeof spelt) {
        return; // no name is that long
    }
    size_t n = is_small_name(name) ? spell_small_name(name, spelt) : nx_person_spell(name, spelt);
    if (suffix.n > 0) {
        spelt[n++] = ' ';
        memcpy(spelt + n, suffix.p, suffix.n);
        n += suffix.n;
    }
    nx_article_add_author(a, nx_str_make(spelt, n), from);
}

// Without the particles in front: "van der Berg" -> "Berg".
static nx_str cut_particles(nx_str s)
{
    for (;;) {
        size_t end = nx_str_find(s, NX_STR(" "), 0);
        if (end == SIZE_MAX || (nx_line_word(nx_str_make(s.p, end)) & NX_WORD_PARTICLE) == 0) {
            return s;
        }
        s = nx_str_trim(nx_str_skip(s, end));
    }
}

// "Doe, Jane", "van der Berg, Jan": two pieces of one word each, parted by the only comma.
static bool is_inverted(nx_str s, const nx_str *pieces, size_t count)
{
    size_t comma = nx_str_find(s, NX_STR(","), 0);
    if (count != 2 || comma == SIZE_MAX) {
        return false;
    }
    nx_str both[2] = {cut_particles(pieces[0]), pieces[1]};
    for (int i = 0; i < 2; i++) {
        size_t next = 0;
        bool one_word = nx_str_find(both[i], NX_STR(" "), 0) == SIZE_MAX;
        uint32_t c = nx_utf8_decode(both[i], 0, &next, NULL);
        if (!one_word || !nx_letter_is_upper(c) || nx_str_has_digit(both[i]) ||
            nx_str_find(both[i], NX_STR("."), 0) != SIZE_MAX || nx_byline_is_role(both[i]) ||
            nx_is_credit(both[i])) {
            return false;
        }
    }
    return nx_str_find(s, NX_STR(";"), 0) == SIZE_MAX &&
           nx_str_find(s, NX_STR(" and "), 0) == SIZE_MAX;
}

// "A.", "M. C.": what papers of scholars have behind a surname.
static bool is_initials(nx_str s)
{
    enum { INITIALS_MAX = 12 };
    size_t letters = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool letter = nx_is_upper(s.p[i]) && (i + 1 == s.n || s.p[i + 1] == '.');
        letters += letter;
        if (!letter && strchr(". -", s.p[i]) == NULL) {
            return false;
        }
    }
    return letters > 0 && s.n <= INITIALS_MAX && s.p[s.n - 1] == '.';
}

// "Roe, A., Doe, J. M.": surnames, each with its initials behind it.
static bool is_scholarly(const nx_str *pieces, size_t count)
{
    for (size_t i = 0; i + 1 < count; i += 2) {
        if (is_initials(pieces[i]) || !is_initials(pieces[i + 1])) {
            return false;
        }
    }
    return count > 1 && count % 2 == 0;
}

// One name of metadata that is a single word: a pen name, if it begins like a name. On the visible
// page it is more often a label, where names are written with spaces.
static bool is_pen_name(nx_str s, nx_from from)
{
    const uint32_t east_asian = 0x2e80;
    size_t next = 0;
    uint32_t c = nx_utf8_decode(s, 0, &next, NULL);
    return (from != NX_FROM_MARKUP || c >= east_asian) && s.n >= 3 && s.n <= 40 &&
           !nx_str_has_digit(s) && (nx_letter_is_upper(c) || c >= 0x530) &&
           nx_str_find(s, NX_STR(" "), 0) == SIZE_MAX &&
           nx_str_find(s, NX_STR("."), 0) == SIZE_MAX && nx_str_find(s, NX_STR("_"), 0) == SIZE_MAX;
}

void nx_authors_add(nx_article *a, nx_str names, nx_from from)
{
    if (names.n == 0) {
        return;
    }
    names.n = names.n > LIST_MAX_BYTES ? nx_utf8_cut(names, LIST_MAX_BYTES) : names.n;
    names = nx_byline_cut_helpers(nx_byline_cut_opening(nx_str_trim(names)));
    if (names.n == 0 || nx_set_credit(a, names, from)) {
        return;
    }
    nx_str pieces[NX_BYLINE_PIECES_MAX];
    size_t count = nx_byline_split(names, pieces);
    if (is_inverted(names, pieces, count) || is_scholarly(pieces, count)) {
        for (size_t i = 0; i + 1 < count; i += 2) {
            add_name(a, pieces[i + 1], pieces[i], from);
        }
        return;
    }
    for (size_t i = 0; i < count; i++) {
        nx_byline_piece piece = nx_byline_judge(nx_byline_cut_opening(pieces[i]));
        if (piece.credit.p != NULL) {
            (void)nx_set_credit(a, piece.credit, from);
        }
        if (nx_byline_is_description(pieces[i])) {
            return; // the rest of the sentence
        }
        bool suffix = i + 1 < count && nx_byline_is_suffix(pieces[i + 1]);
        bool unclear_name = piece.kind == NX_BYLINE_UNCLEAR &&
                            (is_small_name(piece.name) || is_pen_name(piece.name, from));
        if (piece.kind == NX_BYLINE_PERSON || unclear_name) {
            add_name(a, piece.name, suffix ? pieces[i + 1] : NX_STR(""), from);
        }
    }
}

// Is line a byline, by what its names are? had: an opening word was cut before the names.
static bool is_byline(nx_str line, nx_str names, bool had)
{
    nx_str pieces[NX_BYLINE_PIECES_MAX];
    size_t count = nx_byline_split(names, pieces);
    if (!had && count == 1 && !nx_byline_names_credit(names)) {
        return false; // as most of prose: a name alone is no byline
    }
    size_t persons = 0, credits = 0, clutter = 0, unclear = 0;
    bool first_is_clear = false;
    for (size_t i = 0; i < count; i++) {
        nx_byline_piece piece = nx_byline_judge(pieces[i]);
        bool person = piece.kind == NX_BYLINE_PERSON;
        if (piece.kind == NX_BYLINE_UNCLEAR && !had) {
            return false; // without an opening word everything must be understood
        }
        persons += person;
        credits += piece.kind == NX_BYLINE_CREDIT || (person && nx_is_credit(piece.credit));
        clutter += piece.kind == NX_BYLINE_CLUTTER;
        unclear += piece.kind == NX_BYLINE_UNCLEAR;
        first_is_clear |= i == 0 && unclear == 0;
    }
    if (!had) { // something besides names must say that it is a byline
        return credits > 0 || (persons > 0 && clutter > 0);
    }
    // "By" and a name, whatever follows it in a line that is no sentence.
    bool by =
        nx_str_starts_nocase(line, NX_STR("by ")) || nx_str_starts_nocase(line, NX_STR("by:"));
    bool sentence = line.p[line.n - 1] == '.' && unclear > 0;
    return persons + credits > 0 && first_is_clear && !sentence && (by || unclear == 0);
}

bool nx_byline_parse(nx_article *a, nx_str line, nx_from from)
{
    bool had = false;
    line = nx_str_trim(line);
    nx_str names = nx_byline_cut_helpers(nx_byline_cut_prefix(line, &had));
    if (names.n == 0 || names.n > LINE_MAX_BYTES || !is_byline(line, names, had)) {
        return false;
    }
    nx_article_set(a, &a->byline, names, from);
    nx_authors_add(a, names, from);
    return true;
}
