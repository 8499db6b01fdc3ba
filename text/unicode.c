// unicode.c: character classes and folding, over utf8proc.
//
// Folding is NFKC with case folding (so that full-width digits and ligatures meet their plain
// forms). Accent removal is done only where readers take the plain letter for the same: Latin and
// Greek diacritics, Cyrillic stress marks and yo, Arabic and Hebrew vowel points. The marks of
// other scripts (and Cyrillic short i, Japanese voicing) make different letters and stay.
#include "text/unicode.h"

#include <utf8proc.h>

#include "base/utf8.h"
#include "text/analysis.h"

typedef struct range {
    uint32_t from, to;
} range;

// Letters of scripts written without spaces between words; digits and punctuation excluded.
static const range unspaced[] = {
    {0x0e01, 0x0e3a}, {0x0e40, 0x0e4e}, {0x0e81, 0x0ecf}, {0x0edc, 0x0eff},   {0x1000, 0x103f},
    {0x1050, 0x109d}, {0x1100, 0x11ff}, {0x1780, 0x17d3}, {0x2e80, 0x2fdf},   {0x3005, 0x3007},
    {0x3021, 0x3029}, {0x3031, 0x3035}, {0x3041, 0x309f}, {0x30a1, 0x30fa},   {0x30fc, 0x318f},
    {0x31a0, 0x31bf}, {0x31f0, 0x31ff}, {0x3400, 0x4dbf}, {0x4e00, 0x9fff},   {0xa960, 0xa97f},
    {0xac00, 0xd7ff}, {0xf900, 0xfaff}, {0xff66, 0xffdc}, {0x1b000, 0x1b16f}, {0x20000, 0x3fffd},
};

static bool in_ranges(uint32_t c, const range *r, size_t count)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (c > r[mid].to) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low < count && c >= r[low].from;
}

static utf8proc_category_t category(uint32_t c)
{
    return (utf8proc_category_t)utf8proc_get_property((utf8proc_int32_t)c)->category;
}

static nx_char_class special_class(uint32_t c)
{
    switch (c) {
    case '\'':
    case 0x2019: // right single quotation mark
    case 0x02bc: // modifier letter apostrophe
    case 0xff07: // full-width apostrophe
        return NX_CHAR_APOSTROPHE;
    case '-':
    case 0x00b7: // middle dot
    case 0x2010: // hyphen
    case 0x2011: // non-breaking hyphen
    case 0xff0d: // full-width hyphen-minus
        return NX_CHAR_HYPHEN;
    case 0x00ad: // soft hyphen
    case 0x200c: // zero width non-joiner
    case 0x200d: // zero width joiner
    case 0x2060: // word joiner
    case 0xfeff: // zero width no-break space
        return NX_CHAR_WORD;
    default: return NX_CHAR_BREAK;
    }
}

nx_char_class nx_char_class_of(uint32_t c)
{
    if (c >= 0x0e01 && in_ranges(c, unspaced, NX_COUNT(unspaced))) {
        return NX_CHAR_IDEOGRAPH;
    }
    if (c == 0x02bc) {
        return NX_CHAR_APOSTROPHE;
    }
    switch (category(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL: return NX_CHAR_WORD;
    case UTF8PROC_CATEGORY_SC: return NX_CHAR_CURRENCY;
    default: return special_class(c);
    }
}

nx_char_class nx_char_class_at(nx_str s, size_t i, uint32_t *c, size_t *next)
{
    if (i >= s.n) {
        *c = 0;
        *next = i;
        return NX_CHAR_BREAK;
    }
    if (nx_is_alpha(s.p[i]) || nx_is_digit(s.p[i])) { // most characters
        *c = (unsigned char)s.p[i];
        *next = i + 1;
        return NX_CHAR_WORD;
    }
    *c = nx_utf8_decode(s, i, next, NULL);
    return nx_char_class_of(*c);
}

bool nx_is_lone_ideograph(nx_str word)
{
    uint32_t c;
    size_t next = 0;
    return word.n > 0 && nx_char_class_at(word, 0, &c, &next) == NX_CHAR_IDEOGRAPH &&
           next == word.n;
}

bool nx_char_is_mark(uint32_t c)
{
    utf8proc_category_t k = category(c);
    return k == UTF8PROC_CATEGORY_MN || k == UTF8PROC_CATEGORY_MC || k == UTF8PROC_CATEGORY_ME;
}

bool nx_char_is_digit(uint32_t c)
{
    return c < 0x80 ? nx_is_digit((char)c) : category(c) == UTF8PROC_CATEGORY_ND;
}

bool nx_char_is_upper(uint32_t c)
{
    return c < 0x80 ? nx_is_upper((char)c) : category(c) == UTF8PROC_CATEGORY_LU;
}

bool nx_char_is_lower(uint32_t c)
{
    return c < 0x80 ? c >= 'a' && c <= 'z' : category(c) == UTF8PROC_CATEGORY_LL;
}

// Letters that readers type without their stroke, and that Unicode does not decompose.
static const struct {
    uint32_t letter;
    char plain[3];
} strokes[] = {
    {0x00e6, "ae"}, {0x00f0, "d"}, {0x00f8, "o"}, {0x00fe, "th"}, {0x0111, "d"}, {0x0127, "h"},
    {0x0131, "i"},  {0x0142, "l"}, {0x014b, "n"}, {0x0153, "oe"}, {0x0167, "t"}, {0x0259, "a"},
};

static bool is_latin_or_greek(uint32_t c)
{
    return c < 0x0400 || (c >= 0x1e00 && c <= 0x1fff);
}

static bool is_cyrillic(uint32_t c)
{
    return c >= 0x0400 && c <= 0x052f;
}

// May mark be dropped after base?
static bool is_accent(uint32_t base, uint32_t mark)
{
    if (mark >= 0x0300 && mark <= 0x036f) {
        if (is_cyrillic(base)) {
            return mark == 0x0300 || mark == 0x0301 || (mark == 0x0308 && base == 0x0435);
        }
        return is_latin_or_greek(base);
    }
    return (mark >= 0x0591 && mark <= 0x05c7 && nx_char_is_mark(mark)) || // Hebrew points
           (mark >= 0x064b && mark <= 0x065f) || mark == 0x0670 ||        // Arabic vowels
           mark == 0x0640;                                                // Arabic tatweel
}

// Removes accents from count decomposed characters; there is room for twice as many. Returns the
// new count.
static size_t strip_accents(utf8proc_int32_t *c, size_t count)
{
    size_t n = 0;
    uint32_t base = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t at = (uint32_t)c[i];
        if (is_accent(base, at)) {
            continue;
        }
        if (!nx_char_is_mark(at)) {
            base = at;
        }
        c[n++] = c[i];
    }
    // Letters that become two grow the run: counted first, then filled from the end.
    size_t grown = n;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < NX_COUNT(strokes); k++) {
            if ((uint32_t)c[i] == strokes[k].letter) {
                c[i] = (utf8proc_int32_t)(0x40000000U + k);
                grown += strlen(strokes[k].plain) - 1;
            }
        }
    }
    for (size_t i = n, to = grown; i-- > 0;) {
        if (c[i] < 0x40000000) {
            c[--to] = c[i];
            continue;
        }
        const char *plain = strokes[c[i] - 0x40000000].plain;
        for (size_t k = strlen(plain); k-- > 0;) {
            c[--to] = (unsigned char)plain[k];
        }
    }
    return grown;
}

// Turkish capital dotted I folds to i and a combining dot, which nobody types.
static size_t drop_dot_above_i(utf8proc_int32_t *c, size_t count)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (c[i] != 0x0307 || n == 0 || c[n - 1] != 'i') {
            c[n++] = c[i];
        }
    }
    return n;
}

// Folds what out holds from start on, valid UTF-8, in place.
static void fold_unicode(nx_buf *out, size_t start, bool fold_accents)
{
    const utf8proc_option_t options =
        UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    utf8proc_ssize_t bytes = (utf8proc_ssize_t)(out->len - start);
    utf8proc_ssize_t want =
        utf8proc_decompose((const utf8proc_uint8_t *)out->data + start, bytes, NULL, 0, options);
    if (want <= 0) {
        nx_buf_truncate(out, start);
        return;
    }
    // The characters are worked on in the spare room of out, then encoded in place: twice the room
    // for letters that become two, one for alignment, one for the final NUL.
    const size_t unit = sizeof(utf8proc_int32_t);
    char *room = nx_buf_reserve(out, ((size_t)want * 2 + 2) * unit);
    if (room == NULL) {
        return;
    }
    room += (unit - (uintptr_t)room % unit) % unit;
    utf8proc_int32_t *chars = (utf8proc_int32_t *)(void *)room;
    want = utf8proc_decompose((const utf8proc_uint8_t *)out->data + start, bytes, chars, want,
                              options);
    size_t count = drop_dot_above_i(chars, want > 0 ? (size_t)want : 0);
    if (fold_accents) {
        count = strip_accents(chars, count);
    }
    bytes = utf8proc_reencode(chars, (utf8proc_ssize_t)count, options);
    if (bytes > 0) {
        memmove(out->data + start, room, (size_t)bytes);
    }
    out->len = start + (bytes > 0 ? (size_t)bytes : 0);
    out->data[out->len] = '\0';
}

void nx_fold(nx_str s, bool fold_accents, nx_buf *out)
{
    if (nx_str_is_ascii(s)) {
        char *room = nx_buf_reserve(out, s.n);
        if (room != NULL) {
            for (size_t i = 0; i < s.n; i++) {
                room[i] = nx_lower(s.p[i]);
            }
            out->len += s.n;
            out->data[out->len] = '\0';
        }
        return;
    }
    size_t start = out->len;
    nx_utf8_add_repaired(out, s);
    if (!out->failed) {
        fold_unicode(out, start, fold_accents);
    }
}
