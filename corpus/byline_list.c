// byline_list.c: where the names of a list begin and what joins them; see byline_parts.h.
#include "corpus/byline_parts.h"

#include "corpus/person.h"

// ---- what stands before the names

// What opens a byline, each followed by a space or colon. The bare prepositions of other languages
// open sentences too: after them every piece must be a name (see nx_byline_parse).
static const char *const prefixes[] = {"by",
                                       "written by",
                                       "reported by",
                                       "reporting by",
                                       "story by",
                                       "text by",
                                       "posted by",
                                       "submitted by",
                                       "authored by",
                                       "author",
                                       "authors",
                                       "byline",
                                       "words by",
                                       "analysis by",
                                       "opinion by",
                                       "review by",
                                       "von",
                                       "text von",
                                       "verfasst von",
                                       "geschrieben von",
                                       "veröffentlicht von",
                                       "text",
                                       "ein kommentar von",
                                       "kommentar von",
                                       "autor",
                                       "autorin",
                                       "par",
                                       "propos recueillis par",
                                       "publié par",
                                       "rédigé par",
                                       "écrit par",
                                       "por",
                                       "escrito por",
                                       "publicado por",
                                       "texto",
                                       "redacción",
                                       "di",
                                       "a cura di",
                                       "scritto da",
                                       "pubblicato da",
                                       "autore",
                                       "door",
                                       "geschreven door",
                                       "ingezonden door",
                                       "auteur",
                                       "af",
                                       "av",
                                       "tekst",
                                       "автор",
                                       "текст",
                                       "记者",
                                       "本报记者",
                                       "記者",
                                       "作者",
                                       "بقلم",
                                       "كتب:", // without the colon "wrote"
                                       "كتبت:",
                                       "מאת",
                                       NULL};

// The bytes of the word at the start of s that opens a byline; 0 when there is none.
static size_t prefix_size(nx_str s)
{
    enum { AUTHOR_LABEL_MAX = 16 };
    size_t best = 0;
    const char first = s.n > 0 ? nx_lower(s.p[0]) : '\0';
    for (const char *const *p = prefixes; *p != NULL; p++) {
        if (first != **p) {
            continue; // the prefixes are in small letters
        }
        size_t n = strlen(*p);
        bool match = nx_str_starts_nocase(s, nx_str_of(*p)) && n > best && n < s.n;
        if (match && (nx_is_space(s.p[n]) || s.p[n] == ':' ||
                      nx_str_starts(nx_str_skip(s, n), NX_STR("\uff1a")))) {
            best = n;
        }
    }
    if (best == 0 && nx_str_starts(s, NX_STR("Автор"))) { // a capital that is not ASCII; "Авторы:"
        size_t colon = nx_str_find(s, NX_STR(":"), 0);
        return colon < AUTHOR_LABEL_MAX ? colon : 0;
    }
    return best;
}

nx_str nx_byline_cut_prefix(nx_str s, bool *had)
{
    size_t n = prefix_size(s);
    *had = n > 0;
    while (*had && n < s.n && (nx_is_space(s.p[n]) || s.p[n] == ':')) {
        n++;
    }
    if (*had && nx_str_starts(nx_str_skip(s, n), NX_STR("\uff1a"))) { // a wide colon
        n += 3;
    }
    return nx_str_skip(s, n);
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
    const nx_str by = NX_STR(" by ");
    size_t at = nx_str_find_nocase(s, by, 0);
    bool several = false;
    for (size_t i = 0; i < at && i < s.n; i++) {
        several |= strchr(",;|", s.p[i]) != NULL;
    }
    if (at == SIZE_MAX || at > WORK_MAX || several) {
        return s;
    }
    bool other = nx_str_has_any_nocase(nx_str_make(s.p, at), others);
    return other ? NX_STR("") : nx_str_trim(nx_str_skip(s, at + by.n));
}

nx_str nx_byline_cut_opening(nx_str s)
{
    s = cut_genre(s);
    bool had = false;
    nx_str rest = nx_byline_cut_prefix(s, &had), first[NX_BYLINE_PIECES_MAX];
    bool label = s.n > 0 && (unsigned char)s.p[0] >= 0x80; // no preposition is in other scripts
    bool by = label || nx_str_starts_nocase(s, NX_STR("by")) ||
              nx_str_find(s, NX_STR(":"), 0) != SIZE_MAX;
    if (had && !by && (nx_byline_split(rest, first) == 0 || !nx_is_person(first[0]))) {
        return s;
    }
    return had ? rest : cut_work(s);
}

// ---- what stands between them

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

size_t nx_byline_split(nx_str s, nx_str pieces[NX_BYLINE_PIECES_MAX])
{
    size_t count = 0, start = 0;
    bool seconds[256];
    mark_seconds(joints, seconds);
    for (size_t i = 0; i <= s.n && count < NX_BYLINE_PIECES_MAX; i++) {
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

// ---- what stands after them

nx_str nx_byline_cut_helpers(nx_str s)
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

nx_str nx_byline_cut_place(nx_str s)
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
