// byline.c: "By Jane Doe and John Roe, Staff Writer | Reuters" and the author fields of metadata.
//
// A list of names is cut at everything that can join names; what is left over of each piece is a
// person, a credit (outlet or agency), or nothing (a role, an address, a date).
// Must not know: what comes before or after the line (openings.c).
#include "corpus/attribute.h"

#include "base/utf8.h"
#include "corpus/letters.h"
#include "corpus/line_words.h"
#include "corpus/opening_parts.h"
#include "corpus/person.h"
#include "corpus/places.h"

enum { LINE_MAX_BYTES = 240, PIECES_MAX = 24, LIST_MAX_BYTES = 4096, SUFFIX_MAX = 5 };

// ---- prefixes

// What opens a byline, each followed by a space or colon. The bare prepositions of other languages
// open sentences too: after them every piece must be a name (see nx_byline_parse).
static const char *const prefixes[] = {"by",
                                       "written by",
                                       "reported by",
                                       "reporting by",
                                       "story by",
                                       "text by",
                                       "posted by",
                                       "author",
                                       "authors",
                                       "byline",
                                       "words by",
                                       "analysis by",
                                       "opinion by",
                                       "review by",
                                       "von",
                                       "text von",
                                       "text",
                                       "ein kommentar von",
                                       "kommentar von",
                                       "autor",
                                       "autorin",
                                       "par",
                                       "propos recueillis par",
                                       "publié par",
                                       "por",
                                       "escrito por",
                                       "texto",
                                       "redacción",
                                       "di",
                                       "a cura di",
                                       "autore",
                                       "door",
                                       "auteur",
                                       "af",
                                       "av",
                                       "tekst",
                                       "автор",
                                       "текст",
                                       NULL};

// Without its opening word; *had tells whether there was one.
static nx_str cut_prefix(nx_str s, bool *had)
{
    *had = false;
    size_t best = 0;
    const char first = s.n > 0 ? nx_lower(s.p[0]) : '\0';
    for (const char *const *p = prefixes; *p != NULL; p++) {
        if (first != **p) {
            continue; // the prefixes are in small letters
        }
        size_t n = strlen(*p);
        bool match = nx_str_starts_nocase(s, nx_str_of(*p)) && n > best && n < s.n;
        if (match && (nx_is_space(s.p[n]) || s.p[n] == ':')) {
            best = n;
        }
    }
    // "Автор: " in any case of its first letter.
    nx_str rest = nx_str_skip(s, best);
    if (best == 0 && nx_str_starts(s, NX_STR("\xd0\x90втор"))) {
        size_t colon = nx_str_find(s, NX_STR(":"), 0);
        rest = colon != SIZE_MAX && colon < 16 ? nx_str_skip(s, colon) : s;
        best = colon != SIZE_MAX && colon < 16 ? colon : 0;
    }
    if (best == 0) {
        return s;
    }
    *had = true;
    while (rest.n > 0 && (nx_is_space(rest.p[0]) || rest.p[0] == ':')) {
        rest = nx_str_skip(rest, 1);
    }
    return rest;
}

// ---- pieces

// Marks the second bytes of a list of strings: nearly all places of a line fail there.
static void mark_seconds(const char *const *list, bool seconds[256])
{
    memset(seconds, 0, 256 * sizeof *seconds);
    for (; *list != NULL; list++) {
        seconds[(unsigned char)(*list)[1]] = true;
    }
}

// The bytes of the first of the list that s begins with; 0 when there is none.
static size_t starts_any(nx_str s, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (s.p[1] == (*list)[1] && nx_str_starts(s, nx_str_of(*list))) {
            return strlen(*list);
        }
    }
    return 0;
}

// What joins names, besides single marks. Escaped: an en and an em dash, an Arabic tatweel as a
// dash, a middle dot, a bullet.
static const char *const joints[] = {
    " and ",          " und ",          " et ",   " y ",        " e ",      " en ",
    " og ",           " och ",          " & ",    " и ",        " - ",      " / ",
    " AND ",          " with ",         " With ", " \xd9\x80 ", "\xc2\xb7", "\xe2\x80\xa2",
    " \xe2\x80\x93 ", " \xe2\x80\x94 ", NULL};

// Length of a joint between names at the start of rest, which is not empty; or 0. seconds: those of
// joints.
static size_t joint_at(nx_str rest, const bool seconds[256])
{
    switch (rest.p[0]) {
    case ',':
    case ';':
    case '|':
    case '\n':
    case '\t': return 1;
    case ' ':
    case '\xc2':
    case '\xe2':
        return rest.n > 1 && seconds[(unsigned char)rest.p[1]] ? starts_any(rest, joints) : 0;
    default: return 0;
    }
}

static size_t split(nx_str s, nx_str pieces[PIECES_MAX])
{
    size_t count = 0, start = 0;
    bool seconds[256];
    mark_seconds(joints, seconds);
    for (size_t i = 0; i <= s.n && count < PIECES_MAX; i++) {
        size_t joint = i < s.n ? joint_at(nx_str_skip(s, i), seconds) : 0;
        if (joint > 0 || i == s.n) {
            nx_str piece = nx_str_trim(nx_str_make(s.p + start, i > start ? i - start : 0));
            if (piece.n > 0) {
                pieces[count++] = piece;
            }
            start = i + joint;
            i += joint > 1 ? joint - 2 : 0; // a joint's last space may open the next joint
        }
    }
    return count;
}

static bool is_suffix(nx_str s, bool *keep)
{
    static const char *const names[] = {"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV", NULL};
    static const char *const degrees[] = {
        "M.D.", "MD",   "Ph.D.", "PhD",  "Ph.D", "RN",   "R.N.", "MPH", "MBA", "J.D.", "JD", "DO",
        "MS",   "M.S.", "MA",    "M.A.", "RD",   "Esq.", "OBE",  "CBE", "MP",  "FRCP", NULL};
    *keep = s.n <= SUFFIX_MAX && nx_str_in_nocase(s, names);
    return *keep || (s.n <= SUFFIX_MAX && nx_str_in_nocase(s, degrees));
}

static bool is_role_word(nx_str s)
{
    return (nx_line_word(s) & NX_WORD_ROLE) != 0;
}

static bool is_role(nx_str s)
{
    while (s.n > 0) {
        size_t end = 0;
        while (end < s.n && !nx_is_space(s.p[end])) {
            end++;
        }
        if (is_role_word(nx_str_make(s.p, end))) {
            return true;
        }
        s = nx_str_trim(nx_str_skip(s, end));
    }
    return false;
}

// "Associated Press Writer", "Reuters Staff": without the role.
static nx_str cut_role(nx_str s)
{
    for (;;) {
        size_t start = s.n;
        while (start > 0 && !nx_is_space(s.p[start - 1])) {
            start--;
        }
        if (start == 0 || !is_role_word(nx_str_skip(s, start))) {
            return s;
        }
        s = nx_str_trim(nx_str_make(s.p, start));
    }
}

// "Jane Doe in Washington", "Andy Roe For Mailonline", "Jane Doe of The Paper": the name alone.
static nx_str cut_place(nx_str s)
{
    static const char *const words[] = {" in ",    " for ", " For ",  " FOR ", " of ", " at ",
                                        " IN ",    " OF ",  " from ", " aus ", " à ",  " en ",
                                        " desde ", " via ", " on ",   " | ",   NULL};
    bool seconds[256];
    mark_seconds(words, seconds);
    for (size_t at = 0; at + 1 < s.n; at++) {
        if (s.p[at] == ' ' && seconds[(unsigned char)s.p[at + 1]] &&
            starts_any(nx_str_skip(s, at), words) > 0) {
            return nx_str_trim(nx_str_make(s.p, at));
        }
    }
    return s;
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

// ---- meaning

static bool is_credit(nx_str s)
{
    return nx_agency_by_name(s).p != NULL || nx_outlet_by_name(s).p != NULL;
}

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

typedef enum piece_kind { PERSON, CREDIT, CLUTTER, UNCLEAR } piece_kind;

// What one piece is; *name is what remains of it.
static piece_kind judge(nx_str piece, nx_str *name, nx_str *credit)
{
    nx_when when;
    nx_str bracket;
    bool keep = false;
    nx_str without_role = cut_role(piece);
    bool whole = is_credit(piece);
    *credit = NX_STR_NONE;
    if (whole || (without_role.n < piece.n && is_credit(without_role))) {
        *credit = whole ? piece : without_role;
        return CREDIT;
    }
    if (nx_date_find(piece, 0, &when) || nx_is_place(piece) || nx_is_region(piece)) {
        return CLUTTER;
    }
    *name = cut_place(cut_clutter(piece, &bracket));
    if (bracket.p != NULL) {
        *credit = bracket;
    }
    if (name->n == 0 && nx_is_person(bracket)) {
        *name = bracket; // "jane@example.org (Jane Doe)"
    }
    if (name->n == 0 || is_suffix(*name, &keep)) {
        return CLUTTER;
    }
    if (name->n < piece.n && is_credit(*name)) {
        *credit = *name;
        return CREDIT;
    }
    nx_str reporter = cut_reporter(*name);
    if (reporter.n < name->n || nx_is_person(*name)) {
        *name = reporter;
        return PERSON;
    }
    return is_role(piece) ? CLUTTER : UNCLEAR;
}

// Does a piece name an outlet or agency, alone or with somebody who works for it?
static bool names_credit(nx_str piece)
{
    nx_str bracket, without_role = cut_role(piece);
    nx_str name = cut_place(cut_clutter(piece, &bracket));
    return is_credit(piece) || (without_role.n < piece.n && is_credit(without_role)) ||
           (name.n < piece.n && is_credit(name)) || is_credit(bracket);
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
            nx_str_find(both[i], NX_STR("."), 0) != SIZE_MAX || is_role(both[i]) ||
            is_credit(both[i])) {
            return false;
        }
    }
    return nx_str_find(s, NX_STR(";"), 0) == SIZE_MAX &&
           nx_str_find(s, NX_STR(" and "), 0) == SIZE_MAX;
}

// People who helped are not the authors.
static nx_str cut_helpers(nx_str s)
{
    static const char *const words[] = {"with reporting by",
                                        "with additional reporting",
                                        "additional reporting",
                                        "with contributions",
                                        "with files from",
                                        "contributed to",
                                        NULL};
    size_t at = nx_str_find_any_nocase(s, words, 1);
    return nx_str_trim(nx_str_make(s.p, at < s.n ? at : s.n));
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

// "Analysis Jane Doe", "Review: Jane Doe": without the kind of piece, when a person follows.
static nx_str cut_genre(nx_str s)
{
    static const char *const genres[] = {"analysis",  "opinion",     "review", "commentary",
                                         "comment",   "perspective", "essay",  "exclusive",
                                         "explainer", "column",      NULL};
    size_t n = 0;
    while (n < s.n && nx_is_alpha(s.p[n])) {
        n++;
    }
    nx_str rest = n < s.n ? nx_str_skip(s, n + 1) : NX_STR_NONE;
    rest = nx_str_trim(rest);
    bool person = rest.n > 0 && (s.p[n] == ':' || s.p[n] == ' ') && nx_is_person(rest);
    return person && nx_str_in_nocase(nx_str_make(s.p, n), genres) ? rest : s;
}

// "Guest column by Jane Doe": what stands before "by", unless it is what somebody else did: then
// nothing is left.
static nx_str cut_work(nx_str s)
{
    enum { WORK_MAX = 32 };
    static const char *const others[] = {"photo",    "illustrat", "video",  "graphic", "edit",
                                         "reviewed", "compiled",  "transl", NULL};
    static const char *const by[] = {" by ", NULL};
    size_t at = nx_str_find_any_nocase(s, by, 0);
    bool several = false;
    for (size_t i = 0; i < at && i < s.n; i++) {
        several |= strchr(",;|", s.p[i]) != NULL;
    }
    if (at == SIZE_MAX || at > WORK_MAX || several) {
        return s;
    }
    bool other = nx_str_has_any_nocase(nx_str_make(s.p, at), others);
    return other ? NX_STR("") : nx_str_trim(nx_str_skip(s, at + 4));
}

// cut_prefix for a field of names, where "Di Rossi, Anna" and "Von Roe" are whole names.
static nx_str cut_opening(nx_str s)
{
    s = cut_genre(s);
    bool had = false;
    nx_str rest = cut_prefix(s, &had), first[PIECES_MAX];
    bool by = nx_str_starts_nocase(s, NX_STR("by")) || nx_str_find(s, NX_STR(":"), 0) != SIZE_MAX;
    if (had && !by && (split(rest, first) == 0 || !nx_is_person(first[0]))) {
        return s;
    }
    return had ? rest : cut_work(s);
}

void nx_authors_add(nx_article *a, nx_str names, nx_from from)
{
    if (names.n == 0) {
        return;
    }
    names.n = names.n > LIST_MAX_BYTES ? nx_utf8_cut(names, LIST_MAX_BYTES) : names.n;
    names = cut_helpers(cut_opening(nx_str_trim(names)));
    if (names.n == 0 || nx_set_credit(a, names, from)) {
        return;
    }
    nx_str pieces[PIECES_MAX];
    size_t count = split(names, pieces);
    if (is_inverted(names, pieces, count)) {
        add_name(a, pieces[1], pieces[0], from);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        nx_str name = NX_STR_NONE, credit = NX_STR_NONE;
        bool keep = false;
        piece_kind kind = judge(cut_opening(pieces[i]), &name, &credit);
        if (credit.p != NULL) {
            (void)nx_set_credit(a, credit, from);
        }
        bool suffix = i + 1 < count && is_suffix(pieces[i + 1], &keep) && keep;
        bool unclear_name = kind == UNCLEAR && (is_small_name(name) || is_pen_name(name, from));
        if (kind == PERSON || unclear_name) {
            add_name(a, name, suffix ? pieces[i + 1] : NX_STR(""), from);
        }
    }
}

bool nx_byline_parse(nx_article *a, nx_str line, nx_from from)
{
    bool had = false;
    line = nx_str_trim(line);
    nx_str rest = cut_helpers(cut_prefix(line, &had));
    if (rest.n == 0 || rest.n > LINE_MAX_BYTES) {
        return false;
    }
    nx_str pieces[PIECES_MAX];
    size_t count = split(rest, pieces), persons = 0, credits = 0, roles = 0, unclear = 0;
    if (!had && count == 1 && !names_credit(rest)) {
        return false; // as most of prose: a name alone is no byline
    }
    for (size_t i = 0; i < count; i++) {
        nx_str name = NX_STR_NONE, credit = NX_STR_NONE;
        piece_kind kind = judge(pieces[i], &name, &credit);
        if (kind == UNCLEAR && !had) {
            return false; // prose, most of the time: see ok below
        }
        bool bracket = kind == PERSON && credit.p != NULL && is_credit(credit);
        persons += kind == PERSON;
        credits += kind == CREDIT || bracket;
        roles += kind == CLUTTER;
        unclear += kind == UNCLEAR;
    }
    // "By" and a name, whatever follows it in a line that is no sentence; without "By" everything
    // must be understood and something besides names must say that it is a byline.
    bool by =
        nx_str_starts_nocase(line, NX_STR("by ")) || nx_str_starts_nocase(line, NX_STR("by:"));
    nx_str first_name = NX_STR_NONE, first_credit = NX_STR_NONE;
    bool first_ok = count > 0 && judge(pieces[0], &first_name, &first_credit) != UNCLEAR;
    bool sentence = line.p[line.n - 1] == '.' && unclear > 0;
    bool ok = had ? (persons + credits > 0 && first_ok && !sentence && (by || unclear == 0))
                  : (unclear == 0 && credits + (persons > 0 ? roles : 0) > 0);
    if (!ok) {
        return false;
    }
    nx_article_set(a, &a->byline, rest, from);
    nx_authors_add(a, rest, from);
    return true;
}
