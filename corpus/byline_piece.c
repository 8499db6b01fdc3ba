// byline_piece.c: what one piece of a byline is, and what of it is the name; see byline_parts.h.
#include "corpus/byline_parts.h"

#include "corpus/attribute.h"
#include "corpus/line_words.h"
#include "corpus/person.h"
#include "corpus/places.h"

enum { SUFFIX_MAX = 5 };

bool nx_byline_is_suffix(nx_str s)
{
    static const char *const names[] = {"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV", NULL};
    return s.n <= SUFFIX_MAX && nx_str_in_nocase(s, names);
}

static bool is_degree(nx_str s)
{
    static const char *const degrees[] = {
        "M.D.", "MD",   "Ph.D.", "PhD",  "Ph.D", "RN",   "R.N.", "MPH", "MBA", "J.D.", "JD", "DO",
        "MS",   "M.S.", "MA",    "M.A.", "RD",   "Esq.", "OBE",  "CBE", "MP",  "FRCP", NULL};
    return s.n <= SUFFIX_MAX && nx_str_in_nocase(s, degrees);
}

static bool is_role_word(nx_str s)
{
    return (nx_line_word(s) & NX_WORD_ROLE) != 0;
}

bool nx_byline_is_role(nx_str s)
{
    for (nx_str word = nx_str_take_word(&s); word.n > 0; word = nx_str_take_word(&s)) {
        if (is_role_word(word)) {
            return true;
        }
    }
    return false;
}

bool nx_byline_is_description(nx_str s)
{
    static const char *const articles[] = {"a ", "an ", "the ", NULL};
    size_t n = 0;
    for (const char *const *word = articles; *word != NULL && n == 0; word++) {
        n = nx_str_starts(s, nx_str_of(*word)) ? strlen(*word) : 0;
    }
    return n > 0 && n < s.n && s.p[n] >= 'a' && s.p[n] <= 'z';
}

// "Associated Press Writer", "Reuters Staff": without the role.
static nx_str cut_role(nx_str s)
{
    for (;;) {
        nx_str word = nx_str_last_word(s);
        if (word.n == s.n || !is_role_word(word)) {
            return s;
        }
        s = nx_str_trim(nx_str_make(s.p, s.n - word.n));
    }
}

// Without the first web or mail address and what follows it.
static nx_str cut_address(nx_str s)
{
    static const char *const marks[] = {"@", "http", "www.", NULL};
    size_t at = nx_str_find_any_nocase(s, marks, 0);
    if (at == SIZE_MAX) {
        return s;
    }
    while (at > 0 && !nx_is_space(s.p[at - 1])) {
        at--;
    }
    return nx_str_make(s.p, at);
}

// Korean and Japanese bylines say "reporter" after the name.
static nx_str cut_reporter(nx_str s)
{
    static const char *const words[] = {"\uae30\uc790", "\ud2b9\ud30c\uc6d0", "\u8a18\u8005", NULL};
    for (const char *const *w = words; *w != NULL; w++) {
        nx_str word = nx_str_of(*w);
        if (s.n > word.n && nx_str_ends(s, word)) {
            return nx_str_trim(nx_str_make(s.p, s.n - word.n));
        }
    }
    return s;
}

// Without brackets, web and mail addresses, handles, and marks at the ends. What stood in brackets
// goes to *bracket.
static nx_str cut_clutter(nx_str s, nx_str *bracket)
{
    *bracket = NX_STR_NONE;
    size_t open = nx_str_find(s, NX_STR("("), 0);
    size_t square = nx_str_find(s, NX_STR("["), 0);
    open = square < open ? square : open;
    if (open != SIZE_MAX) {
        size_t end = open + 1;
        while (end < s.n && s.p[end] != ')' && s.p[end] != ']') {
            end++;
        }
        *bracket = nx_str_make(s.p + open + 1, end - open - 1);
        nx_str after = end < s.n ? nx_str_trim(nx_str_skip(s, end + 1)) : NX_STR("");
        s.n = open;
        s = nx_str_trim(s).n > 0 ? nx_str_trim(s) : after;
    }
    s = nx_str_trim(cut_address(s));
    while (s.n > 0 && strchr(":-*\"<>/", s.p[0]) != NULL) {
        s = nx_str_trim(nx_str_skip(s, 1));
    }
    while (s.n > 0 && strchr(":-*\"<>/", s.p[s.n - 1]) != NULL) {
        s = nx_str_trim(nx_str_make(s.p, s.n - 1));
    }
    bool sentence_end = s.n > 3 && s.p[s.n - 1] == '.' && nx_is_alpha(s.p[s.n - 2]) &&
                        nx_is_alpha(s.p[s.n - 3]) && !nx_str_ends(s, NX_STR("Jr.")) &&
                        !nx_str_ends(s, NX_STR("Sr."));
    return sentence_end ? nx_str_make(s.p, s.n - 1) : s;
}

nx_byline_piece nx_byline_judge(nx_str piece)
{
    nx_byline_piece found = {.kind = NX_BYLINE_CREDIT};
    while (nx_str_ends(piece, NX_STR(" -"))) { // of a dateline
        piece = nx_str_trim(nx_str_make(piece.p, piece.n - 2));
    }
    nx_str without_role = cut_role(piece);
    bool whole = nx_is_credit(piece);
    if (whole || (without_role.n < piece.n && nx_is_credit(without_role))) {
        found.credit = whole ? piece : without_role;
        return found;
    }
    nx_when when;
    if (nx_date_find(piece, 0, &when) || nx_is_place(piece) || nx_is_region(piece)) {
        found.kind = NX_BYLINE_CLUTTER;
        return found;
    }
    nx_str bracket;
    nx_str name = nx_byline_cut_place(cut_clutter(piece, &bracket));
    found.credit = bracket;
    if (name.n == 0 && nx_is_person(bracket)) {
        name = bracket; // "jane@example.org (Jane Doe)"
    }
    if (name.n == 0 || nx_byline_is_suffix(name) || is_degree(name)) {
        found.kind = NX_BYLINE_CLUTTER;
        return found;
    }
    if (name.n < piece.n && nx_is_credit(name)) {
        found.credit = name;
        return found;
    }
    found.name = cut_reporter(name);
    if (found.name.n < name.n || nx_is_person(name)) {
        found.kind = NX_BYLINE_PERSON;
    } else {
        found.kind = nx_byline_is_role(piece) ? NX_BYLINE_CLUTTER : NX_BYLINE_UNCLEAR;
    }
    return found;
}

bool nx_byline_names_credit(nx_str piece)
{
    nx_str bracket, without_role = cut_role(piece);
    nx_str name = nx_byline_cut_place(cut_clutter(piece, &bracket));
    return nx_is_credit(piece) || (without_role.n < piece.n && nx_is_credit(without_role)) ||
           (name.n < piece.n && nx_is_credit(name)) || nx_is_credit(bracket);
}
