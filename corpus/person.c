// person.c: see person.h.
#include "corpus/person.h"

#include "base/utf8.h"
#include "text/letters.h"
#include "corpus/line_words.h"

enum { NAME_MAX_BYTES = 80, NAME_MAX_WORDS = 6 };

typedef enum word_kind { NAME_WORD, PARTICLE, NO_WORD } word_kind;

// What no name holds.
static bool is_strange(char c)
{
    return nx_is_digit(c) || (!nx_is_alpha(c) && strchr("@/:;!?\"()[]{}<>|=*_#%$+", c) != NULL);
}

static word_kind judge_word(nx_str word, bool is_first)
{
    size_t next = 0;
    uint32_t first = nx_utf8_decode(word, 0, &next, NULL);
    for (size_t i = 0; i < word.n; i++) {
        if (is_strange(word.p[i])) {
            return NO_WORD;
        }
    }
    const unsigned kinds = nx_line_word(word);
    if ((kinds & NX_WORD_NO_NAME) != 0 && !(is_first && (kinds & NX_WORD_GIVEN) != 0)) {
        return NO_WORD;
    }
    if (nx_letter_is_lower(first)) {
        return (kinds & NX_WORD_PARTICLE) != 0 ? PARTICLE : NO_WORD;
    }
    bool quote = first == '\'' || first == 0x2019 || first == 0x2018;
    if (first >= 0x2010 && first < 0x2070 && !quote) {
        return NO_WORD; // dashes and bullets
    }
    return first < 0x80 && !nx_is_alpha((char)first) && !quote ? NO_WORD : NAME_WORD;
}

bool nx_is_person(nx_str s)
{
    size_t words = 0, names = 0;
    s = nx_str_trim(s);
    if (s.n == 0 || s.n > NAME_MAX_BYTES) {
        return false;
    }
    for (nx_str word = nx_str_take_word(&s); word.n > 0; word = nx_str_take_word(&s)) {
        word_kind kind = judge_word(word, words == 0);
        if (kind == NO_WORD) {
            return false;
        }
        words++;
        names += kind == NAME_WORD;
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

// A letter whose small form takes another number of bytes stays as it is, and so do broken bytes.
static void spell_word(nx_str word, char *out)
{
    bool capital = true;
    size_t letters = 0;
    bool mc = word.n > 4 && nx_str_starts(word, NX_STR("MC"));
    memcpy(out, word.p, word.n);
    for (size_t i = 0, next = 0; i < word.n; i = next) {
        char small[4];
        uint32_t c = nx_utf8_decode(word, i, &next, NULL);
        bool keep = capital || (mc && letters == 2);
        if (!keep && nx_utf8_encode(nx_letter_lower(c), small) == next - i) {
            memcpy(out + i, small, next - i);
        }
        capital = c == '-' || c == '\'' || c == 0x2019;
        letters++;
    }
}

size_t nx_person_spell(nx_str name, char *out)
{
    name = nx_str_trim(name);
    if (name.n == 0 || !is_all_capitals(name)) {
        memmove(out, name.p, name.n);
        return name.n;
    }
    size_t n = 0;
    for (nx_str word = nx_str_take_word(&name); word.n > 0; word = nx_str_take_word(&name)) {
        if (n > 0) {
            out[n++] = ' ';
        }
        if (keeps_capitals(word)) {
            memcpy(out + n, word.p, word.n);
        } else {
            spell_word(word, out + n);
        }
        n += word.n;
    }
    return n;
}
