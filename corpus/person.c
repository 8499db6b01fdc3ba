// person.c: see person.h.
#include "corpus/person.h"

#include "base/utf8.h"
#include "corpus/letters.h"

enum { NAME_MAX_BYTES = 80, NAME_MAX_WORDS = 6 };

static bool is_particle(nx_str word)
{
    static const char *const particles[] = {
        "de",  "del", "della", "di",  "da",  "dos", "du",  "des", "la",  "le", "van", "von",
        "der", "den", "ter",   "ten", "zu",  "zum", "zur", "bin", "ibn", "al", "el",  "abu",
        "y",   "e",   "dal",   "do",  "das", "af",  "av",  "st.", "ben", "'t", "d'",  NULL};
    return nx_str_in_nocase(word, particles);
}

// Words that begin with a capital in headlines and sentences, but are no part of a name.
static bool is_no_name(nx_str word)
{
    static const char *const words[] = {"the",        "a",           "an",         "of",
                                        "in",         "on",          "at",         "for",
                                        "to",         "from",        "with",       "by",
                                        "and",        "or",          "but",        "is",
                                        "are",        "was",         "were",       "his",
                                        "her",        "their",       "its",        "this",
                                        "that",       "monday",      "tuesday",    "wednesday",
                                        "thursday",   "friday",      "saturday",   "sunday",
                                        "january",    "february",    "july",       "september",
                                        "october",    "november",    "december",   "news",
                                        "staff",      "read",        "more",       "story",
                                        "updated",    "published",   "posted",     "photo",
                                        "video",      "share",       "comments",   "about",
                                        "how",        "why",         "what",       "when",
                                        "where",      "who",         "after",      "before",
                                        "as",         "not",         "new",        "all",
                                        "most",       "special",     "senior",     "contact",
                                        "follow",     "view",        "email",      "print",
                                        "writer",     "reporter",    "editor",     "correspondent",
                                        "desk",       "team",        "press",      "agency",
                                        "times",      "herald",      "university", "institute",
                                        "company",    "inc.",        "corp.",      "llc",
                                        "ltd",        "association", "department", "ministry",
                                        "government", "report",      "bureau",     "media",
                                        "online",     "magazine",    "network",    "foundation",
                                        "center",     "centre",      "society",    NULL};
    return nx_str_in_nocase(word, words);
}

typedef enum word_kind { NAME_WORD, PARTICLE, NO_WORD } word_kind;

static word_kind judge_word(nx_str word)
{
    size_t next = 0;
    uint32_t first = nx_utf8_decode(word, 0, &next, NULL);
    for (size_t i = 0; i < word.n; i++) {
        char c = word.p[i];
        if (nx_is_digit(c) || strchr("@/:;!?\"()[]{}<>|=*_#%$+", c) != NULL) {
            return NO_WORD;
        }
    }
    if (is_no_name(word)) {
        return NO_WORD;
    }
    if (nx_letter_is_lower(first)) {
        return is_particle(word) ? PARTICLE : NO_WORD;
    }
    bool quote = first == '\'' || first == 0x2019 || first == 0x2018;
    return first < 0x80 && !nx_is_alpha((char)first) && !quote ? NO_WORD : NAME_WORD;
}

bool nx_is_person(nx_str s)
{
    size_t words = 0, names = 0;
    s = nx_str_trim(s);
    if (s.n == 0 || s.n > NAME_MAX_BYTES) {
        return false;
    }
    while (s.n > 0) {
        size_t end = 0;
        while (end < s.n && !nx_is_space(s.p[end])) {
            end++;
        }
        word_kind kind = judge_word(nx_str_make(s.p, end));
        if (kind == NO_WORD) {
            return false;
        }
        words++;
        names += kind == NAME_WORD;
        s = nx_str_trim(nx_str_make(s.p + end, s.n - end));
    }
    return words >= 2 && words <= NAME_MAX_WORDS && names >= 1;
}

static bool is_all_capitals(nx_str s)
{
    size_t run = 0, longest = 0;
    for (size_t i = 0, next = 0; i < s.n; i = next) {
        uint32_t c = nx_utf8_decode(s, i, &next, NULL);
        if (nx_letter_is_lower(c)) {
            return false;
        }
        run = nx_letter_is_upper(c) ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest >= 3; // "AJ" is how AJ writes it
}

// Roman numerals and initials keep their capitals.
static bool keeps_capitals(nx_str word)
{
    static const char *const kept[] = {"II", "III", "IV", "JR", "AJ", "TJ", "JD", "JP",
                                       "PJ", "CJ",  "DJ", "RJ", "BJ", "KC", NULL};
    return nx_str_in_nocase(word, kept) || nx_str_find(word, NX_STR("."), 0) < word.n - 1;
}

static size_t spell_word(nx_str word, char *out)
{
    bool capital = true;
    size_t n = 0, letters = 0;
    bool mc = word.n > 4 && nx_str_starts(word, NX_STR("MC"));
    for (size_t i = 0, next = 0; i < word.n; i = next) {
        uint32_t c = nx_utf8_decode(word, i, &next, NULL);
        n += nx_utf8_encode(capital || (mc && letters == 2) ? c : nx_letter_lower(c), out + n);
        capital = c == '-' || c == '\'' || c == 0x2019;
        letters++;
    }
    return n;
}

size_t nx_person_spell(nx_str name, char *out)
{
    name = nx_str_trim(name);
    if (name.n == 0 || !is_all_capitals(name)) {
        memmove(out, name.p, name.n);
        return name.n;
    }
    size_t n = 0;
    while (name.n > 0) {
        size_t end = 0;
        while (end < name.n && !nx_is_space(name.p[end])) {
            end++;
        }
        nx_str word = nx_str_make(name.p, end);
        if (n > 0) {
            out[n++] = ' ';
        }
        if (keeps_capitals(word)) {
            memcpy(out + n, word.p, word.n);
            n += word.n;
        } else {
            n += spell_word(word, out + n);
        }
        name = nx_str_trim(nx_str_make(name.p + end, name.n - end));
    }
    return n;
}
