// date_lex.c: see date_lex.h.
#include "corpus/date_lex.h"

#include "base/utf8.h"
#include "text/letters.h"

static bool is_letter(uint32_t c)
{
    bool wide_mark = (c >= 0x3000 && c < 0x3030) || (c >= 0xff00 && c < 0xff21);
    return (c < 0x80 && nx_is_alpha((char)c)) || c == 0xaa || c == 0xba ||
           (c >= 0xc0 && c < 0x2000 && c != 0xd7 && c != 0xf7) || (c > 0x2e80 && !wide_mark);
}

// Adds the letter at s.p[*i] in lower case to the n bytes of folded and moves *i over it; 0: there
// is no letter. A word that is too long ends where it is full: the table has none of its length.
static uint32_t add_letter(nx_str s, size_t *i, char *folded, size_t *n)
{
    if (*i < s.n && nx_is_alpha(s.p[*i]) && *n + 4 <= NX_DATE_WORD_MAX) { // most of them
        folded[(*n)++] = nx_lower(s.p[*i]);
        return (unsigned char)s.p[(*i)++];
    }
    size_t next = *i;
    uint32_t c = *i < s.n ? nx_utf8_decode(s, *i, &next, NULL) : 0;
    if (!is_letter(c)) {
        return 0;
    }
    if (*n + 4 <= NX_DATE_WORD_MAX) {
        *n += nx_utf8_encode(nx_letter_lower(c), folded + *n);
    }
    *i = next;
    return c;
}

static bool is_thai(uint32_t c)
{
    return c >= 0xe00 && c < 0xe80;
}

static void read_word(nx_str s, size_t i, nx_date_token *t)
{
    char folded[NX_DATE_WORD_MAX];
    size_t n = 0, letters = 1;
    uint32_t c = add_letter(s, &i, folded, &n);
    t->kind = NX_DATE_WORD;
    t->first = '\0';
    if (c > 0x2e80) {
        size_t pair = n, end = i;
        bool more = add_letter(s, &end, folded, &pair) > 0x2e80;
        t->w = more ? nx_date_word_find(nx_str_make(folded, pair)) : NULL;
        t->end = t->w != NULL ? end : i;
        t->w = t->w != NULL ? t->w : nx_date_word_find(nx_str_make(folded, n));
        return;
    }
    for (uint32_t last = c;; letters++) {
        size_t after = i + 1;
        bool dotted = is_thai(last) && i < s.n && s.p[i] == '.' && after < s.n &&
                      is_thai(nx_utf8_decode(s, after, &after, NULL)); // "มี.ค."
        if (dotted && n + 4 <= sizeof folded) {
            folded[n++] = '.';
            i++;
        }
        size_t before = i, size = n;
        last = add_letter(s, &i, folded, &n);
        if (last == 0 || last > 0x2e80) {
            i = before;
            n = size;
            break;
        }
    }
    t->end = i;
    t->w = nx_date_word_find(nx_str_make(folded, n));
    t->first = letters == 1 ? folded[0] : '\0';
}

// A character that may stand between the parts of a date; 0 when it may not.
static char as_punct(uint32_t c)
{
    if (c < 0x80) {
        return strchr(",.|:;/()-+", (int)c) != NULL ? (char)c : '\0';
    }
    if (c == 0xff08 || c == 0xff09 || c == 0xff1a || c == 0xff0f) { // full width
        return (char)(c - 0xfee0);
    }
    return c == 0x2013 || c == 0x2014 || c == 0xb7 || c == 0x2022 || c == 0x2019 ? ',' : '\0';
}

// Where the white space that may be at i ends.
static size_t skip_space(nx_str s, size_t i)
{
    for (size_t next = i; i < s.n; i = next) {
        uint32_t c = (unsigned char)s.p[i];
        next = i + 1;
        if (c >= 0x80) {
            c = nx_utf8_decode(s, i, &next, NULL);
        }
        if (c < 0x80 ? !nx_is_space((char)c)
                     : c != 0xa0 && c != 0x202f && c != 0x2009 && c != 0x3000) {
            break;
        }
    }
    return i;
}

nx_date_token nx_date_lex(nx_str s, size_t i)
{
    size_t from = i;
    i = skip_space(s, i);
    nx_date_token t = {.kind = NX_DATE_END, .start = i, .end = i, .glued = i == from};
    if (i == s.n) {
        return t;
    }
    if (nx_is_digit(s.p[i])) {
        t.kind = NX_DATE_NUMBER;
        for (; t.end < s.n && nx_is_digit(s.p[t.end]); t.end++, t.digits++) {
            t.value = t.digits < 8 ? t.value * 10 + (s.p[t.end] - '0') : 0;
        }
        return t;
    }
    size_t next = i;
    uint32_t c = nx_utf8_decode(s, i, &next, NULL);
    if (is_letter(c)) {
        read_word(s, i, &t);
    } else {
        t.end = next;
        t.punct = as_punct(c);
        t.kind = t.punct != '\0' ? NX_DATE_PUNCT : NX_DATE_OTHER;
    }
    return t;
}

// c as an ASCII digit when it is a decimal digit of another script; 0: it is none.
static char plain_digit(uint32_t c)
{
    static const uint32_t zeros[] = {0x660, 0x6f0, 0x966, 0xe50, 0xff10};
    for (size_t i = 0; i < NX_COUNT(zeros); i++) {
        if (c >= zeros[i] && c < zeros[i] + 10) {
            return (char)('0' + (c - zeros[i]));
        }
    }
    return '\0';
}

bool nx_date_has_other_digits(nx_str s)
{
    for (size_t i = 0; i < s.n;) {
        if ((unsigned char)s.p[i] < 0x80) {
            i++;
        } else if (plain_digit(nx_utf8_decode(s, i, &i, NULL)) != '\0') {
            return true;
        }
    }
    return false;
}

void nx_date_add_plain(nx_str s, nx_buf *out)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t c = nx_utf8_decode(s, i, &i, NULL);
        char digit = plain_digit(c);
        nx_utf8_add(out, digit != '\0' ? (uint32_t)digit : c);
    }
}
