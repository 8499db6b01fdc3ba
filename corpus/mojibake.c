// mojibake.c: see mojibake.h. The bytes are got back from the characters, and read as UTF-8.
//
// Capitals before a quotation mark make pairs that are well-formed by chance ("BEYONCÉ’S"), so what
// comes out has to be a character that texts are written with, and one that is often damaged.
#include "corpus/mojibake.h"

#include "base/utf8.h"

enum { PROOFS_MIN = 3 }; // characters that prove it when none is one of western text

// Characters of windows-1252 at 0x80 to 0x9f; what is not defined there stands for itself.
static const uint16_t high[32] = {0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
                                  0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0x8d,   0x17d,  0x8f,
                                  0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                  0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178};

// The byte that windows-1252 has for c; 0: none.
static unsigned char byte_of(uint32_t c)
{
    for (unsigned i = 0; i < 32; i++) {
        if (high[i] == c) {
            return (unsigned char)(0x80 + i);
        }
    }
    return c < 0x100 ? (unsigned char)c : 0;
}

// Is it a character of a script that news is written in, or a mark or picture in such text?
static bool is_usual(uint32_t c)
{
    static const uint32_t ranges[][2] = {
        {0xa0, 0x17f},    {0x370, 0x52f},   {0x5d0, 0x5ea},   {0x60c, 0x6ff},     {0x900, 0xdff},
        {0xe00, 0xe5f},   {0x1e00, 0x1eff}, {0x2010, 0x206f}, {0x20a0, 0x20bf},   {0x2122, 0x2122},
        {0x3000, 0x9fff}, {0xac00, 0xd7a3}, {0xff00, 0xffef}, {0x1f300, 0x1faff}, {0xfeff, 0xfeff}};
    for (size_t i = 0; i < NX_COUNT(ranges); i++) {
        if (c >= ranges[i][0] && c <= ranges[i][1]) {
            return true;
        }
    }
    return false;
}

// The character whose bytes stand as characters at s.p[*i]; moves *i behind them. 0: there is none.
static uint32_t character_at(nx_str s, size_t *i)
{
    char bytes[4];
    size_t n = 0, size = 1, at = *i;
    while (n < size && at < s.n) {
        size_t next = at;
        unsigned char b = byte_of(nx_utf8_decode(s, at, &next, NULL));
        if (n == 0) {
            size = b >= 0xf0 && b <= 0xf4  ? 4
                   : b >= 0xe0 && b < 0xf0 ? 3
                   : b >= 0xc2 && b < 0xe0 ? 2
                                           : 0;
        } else if ((b & 0xc0) != 0x80) {
            break;
        }
        if (size == 0) {
            return 0;
        }
        bytes[n++] = (char)b;
        at = next;
    }
    *i = at;
    // The last byte of a closing quotation mark is not defined, and mostly lost.
    if (n == 2 && size == 3 && bytes[0] == '\xe2' && bytes[1] == '\x80') {
        return 0x201d;
    }
    bool bad = n != size;
    size_t next = 0;
    uint32_t c = bad ? 0 : nx_utf8_decode(nx_str_make(bytes, n), 0, &next, &bad);
    return bad || next != n || !is_usual(c) ? 0 : c;
}

// Appends what s was; false: it does not prove that it was anything else.
static bool repair(nx_str s, nx_buf *out)
{
    size_t western = 0, others = 0, from = 0;
    for (size_t i = 0; i < s.n;) {
        if ((unsigned char)s.p[i] < 0x80) {
            i++;
            continue;
        }
        nx_buf_add(out, s.p + from, i - from);
        uint32_t c = character_at(s, &i);
        if (c == 0) {
            return false;
        }
        nx_utf8_add(out, c);
        bool known = c < 0x100 || (c >= 0x2010 && c < 0x2070);
        western += known;
        others += !known;
        from = i;
    }
    nx_buf_add(out, s.p + from, s.n - from);
    return western > 0 || others >= PROOFS_MIN;
}

// ---- quotation marks of old Macintoshes

// The mark that the capital at s.p[i] (two bytes) was, read as windows-1252: "wonÕt", "Òyes,Ó".
// Where it stands no such capital does. open: a quotation is; 0: it is a capital.
static uint32_t mac_mark_at(nx_str s, size_t i, bool open)
{
    const unsigned char low = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
    const char before = i > 0 ? s.p[i - 1] : ' ', after = i + 2 < s.n ? s.p[i + 2] : ' ';
    const bool small_before = before >= 'a' && before <= 'z';
    const bool small_after = after >= 'a' && after <= 'z';
    const bool at_end = !nx_is_alpha(after) && !nx_is_digit(after) && (unsigned char)after < 0x80;
    switch (low) {
    case 0x95: return small_before && small_after ? 0x2019 : 0;
    case 0x92: return !nx_is_alpha(before) && (nx_is_alpha(after) || after == '[') ? 0x201c : 0;
    case 0x93: return open && at_end && !nx_is_space(before) ? 0x201d : 0;
    default: return 0;
    }
}

// Is there a mark that can be nothing else: an apostrophe, or the end of a quotation that began?
static bool has_mac_marks(nx_str s)
{
    bool open = false, proved = false;
    const char *at = memchr(s.p, 0xc3, s.n);
    while (at != NULL && !proved) {
        const size_t i = (size_t)(at - s.p);
        const uint32_t mark = mac_mark_at(s, i, open);
        open = open || mark == 0x201c;
        proved = mark == 0x2019 || mark == 0x201d;
        at = memchr(at + 1, 0xc3, s.n - i - 1);
    }
    return proved;
}

static void repair_mac_marks(nx_str s, nx_buf *out)
{
    bool open = false;
    for (size_t i = 0; i < s.n; i++) {
        const uint32_t mark = s.p[i] == '\xc3' ? mac_mark_at(s, i, open) : 0;
        if (mark == 0) {
            nx_buf_addc(out, s.p[i]);
            continue;
        }
        nx_utf8_add(out, mark);
        open = mark == 0x201c || (open && mark != 0x201d);
        i++;
    }
}

static nx_status repair_text(nx_article *a, nx_str *s, nx_error *err)
{
    enum { TIMES_MAX = 3 }; // that it may have happened to one text
    if (s->n == 0 || nx_str_is_ascii(*s)) {
        return NX_OK;
    }
    nx_buf was;
    nx_buf_init(&was, s->n * 2 + 4); // a mark takes three bytes for two
    for (int i = 0; i < TIMES_MAX && repair(*s, &was) && !was.failed; i++) {
        nx_str kept = nx_arena_copy(a->arena, nx_buf_str(&was));
        *s = kept.p != NULL ? kept : *s;
        nx_buf_clear(&was);
    }
    if (has_mac_marks(*s)) {
        nx_buf_clear(&was);
        repair_mac_marks(*s, &was);
        nx_str kept = nx_arena_copy(a->arena, nx_buf_str(&was));
        *s = kept.p != NULL ? kept : *s;
    }
    nx_status st = nx_buf_check(&was, "a repaired text", err);
    nx_buf_release(&was);
    return st == NX_OK ? nx_arena_check(a->arena, "a repaired text", err) : st;
}

static nx_status repair_all(nx_article *a, nx_fact *facts, size_t count, nx_error *err)
{
    nx_status st = NX_OK;
    for (size_t i = 0; i < count && st == NX_OK; i++) {
        st = repair_text(a, &facts[i].s, err);
    }
    return st;
}

nx_status nx_mojibake_repair(nx_article *a, nx_error *err)
{
    nx_fact *const facts[] = {&a->title, &a->summary,  &a->source,  &a->byline,
                              &a->house, &a->dateline, &a->section, &a->credited};
    nx_status st = repair_text(a, &a->body, err);
    for (size_t i = 0; i < NX_COUNT(facts) && st == NX_OK; i++) {
        st = repair_text(a, &facts[i]->s, err);
    }
    st = st == NX_OK ? repair_all(a, a->authors, a->author_count, err) : st;
    return st == NX_OK ? repair_all(a, a->keywords, a->keyword_count, err) : st;
}
