// html_decode.c: character references of HTML text and attribute values.
#include "corpus/html_decode.h"

#include "base/utf8.h"
#include "corpus/xml.h"

enum { NAME_MAX_BYTES = 16, DIGITS_MAX = 10 };

// Names that HTML has beyond those of HTML 4: ASCII punctuation and letters of Latin Extended-A,
// whose capitals precede them by one.
static const struct {
    const char *name;
    uint16_t code;
} later_names[] = {
    // clang-format off
    {"apos", '\''}, {"AMP", '&'}, {"LT", '<'}, {"GT", '>'}, {"QUOT", '"'}, {"COPY", 169},
    {"REG", 174}, {"Tab", ' '}, {"NewLine", ' '}, {"comma", ','}, {"period", '.'}, {"colon", ':'},
    {"semi", ';'}, {"excl", '!'}, {"quest", '?'}, {"lpar", '('}, {"rpar", ')'}, {"num", '#'},
    {"dollar", '$'}, {"percnt", '%'}, {"ast", '*'}, {"plus", '+'}, {"sol", '/'}, {"equals", '='},
    {"lsqb", '['}, {"lbrack", '['}, {"rsqb", ']'}, {"rbrack", ']'}, {"lowbar", '_'},
    {"commat", '@'}, {"verbar", '|'}, {"vert", '|'}, {"bsol", '\\'}, {"grave", '`'},
    {"rsquor", 8217}, {"rdquor", 8221}, {"ldquor", 8222}, {"lsquor", 8218}, {"horbar", 8213},
    {"hyphen", 8208}, {"dash", 8208}, {"nbhy", 8209}, {"numsp", 8199}, {"puncsp", 8200},
    {"hairsp", 8202}, {"check", 10003}, {"bullet", 8226}, {"Idot", 304}, {"inodot", 305},
    {"imath", 305},
    // clang-format on
};
static const struct {
    char name[8];
    uint16_t code; // of the small letter
} extended_a[] = {
    // clang-format off
    {"amacr", 257}, {"abreve", 259}, {"aogon", 261}, {"cacute", 263}, {"ccirc", 265},
    {"cdot", 267}, {"ccaron", 269}, {"dcaron", 271}, {"dstrok", 273}, {"emacr", 275},
    {"edot", 279}, {"eogon", 281}, {"ecaron", 283}, {"gcirc", 285}, {"gbreve", 287},
    {"gdot", 289}, {"imacr", 299}, {"iogon", 303}, {"kcedil", 311}, {"lacute", 314},
    {"lcedil", 316}, {"lcaron", 318}, {"lstrok", 322}, {"nacute", 324}, {"ncedil", 326},
    {"ncaron", 328}, {"omacr", 333}, {"odblac", 337}, {"racute", 341}, {"rcaron", 345},
    {"sacute", 347}, {"scirc", 349}, {"scedil", 351}, {"tcedil", 355}, {"tcaron", 357},
    {"umacr", 363}, {"ubreve", 365}, {"uring", 367}, {"udblac", 369}, {"uogon", 371},
    {"zacute", 378}, {"zdot", 380}, {"zcaron", 382},
    // clang-format on
};

// Bytes 0x80..0x9f as references mean windows-1252 (HTML Standard 13.2.5.80).
static const uint16_t c1_meaning[32] = {
    0x20ac, 0x81,   0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8d,   0x017d, 0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,   0x017e, 0x0178,
};

uint32_t nx_html_c1(uint32_t c)
{
    return c >= 0x80 && c < 0xa0 ? c1_meaning[c - 0x80] : c;
}

static uint32_t named(nx_str name)
{
    uint32_t code = nx_html_entity(name);
    if (code != 0) {
        return code;
    }
    for (size_t i = 0; i < NX_COUNT(later_names); i++) {
        if (nx_str_eq(name, nx_str_of(later_names[i].name))) {
            return later_names[i].code;
        }
    }
    for (size_t i = 0; i < NX_COUNT(extended_a); i++) {
        nx_str small = nx_str_of(extended_a[i].name);
        if (nx_str_eq_nocase(name, small)) {
            return extended_a[i].code - (name.p[0] != small.p[0] ? 1U : 0U);
        }
    }
    return 0;
}

static uint32_t digit_value(char c, uint32_t base)
{
    if (nx_is_digit(c)) {
        return (uint32_t)(c - '0');
    }
    char l = nx_lower(c);
    return base == 16 && l >= 'a' && l <= 'f' ? (uint32_t)(l - 'a') + 10 : base;
}

// "#123;" or "#x7b;" at s.p[i] (the '#'): *next is where it ends. 0: none.
static uint32_t numeric(nx_str s, size_t i, size_t *next)
{
    uint32_t base = 10, value = 0;
    size_t at = i + 1;
    if (at < s.n && nx_lower(s.p[at]) == 'x') {
        base = 16;
        at++;
    }
    size_t first = at;
    for (; at < s.n && digit_value(s.p[at], base) < base; at++) {
        value = value > 0x10ffff ? value : value * base + digit_value(s.p[at], base);
    }
    if (at == first) {
        return 0;
    }
    *next = at < s.n && s.p[at] == ';' ? at + 1 : at;
    if (value >= 0x80 && value < 0xa0) {
        return nx_html_c1(value);
    }
    bool usable = value >= 0x20 || value == '\t' || value == '\n' || value == '\r';
    return usable && value <= 0x10ffff ? value : NX_REPLACEMENT;
}

// The reference at s.p[i] (the '&'); 0 when it is none.
static uint32_t reference(nx_str s, size_t i, size_t *next)
{
    size_t at = i + 1;
    if (at < s.n && s.p[at] == '#') {
        return numeric(s, at, next);
    }
    while (at < s.n && at - i <= NAME_MAX_BYTES && (nx_is_alpha(s.p[at]) || nx_is_digit(s.p[at]))) {
        at++;
    }
    if (at == i + 1) {
        return 0;
    }
    uint32_t code = named(nx_str_make(s.p + i + 1, at - i - 1));
    bool closed = at < s.n && s.p[at] == ';';
    if (!closed && (code >= 0x100 || (at < s.n && s.p[at] == '='))) {
        return 0; // only the oldest names may lack the semicolon, and not in "?a=1&copy=2"
    }
    *next = closed ? at + 1 : at;
    return code;
}

size_t nx_html_decode_into(nx_str s, char *out)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        const char *amp = memchr(s.p + i, '&', s.n - i);
        size_t plain = amp != NULL ? (size_t)(amp - s.p) - i : s.n - i;
        memmove(out + n, s.p + i, plain);
        n += plain;
        i += plain;
        if (amp == NULL) {
            break;
        }
        size_t next = i + 1;
        uint32_t code = reference(s, i, &next);
        if (code == 0) {
            out[n++] = '&';
            i++;
            continue;
        }
        n += nx_utf8_encode(code, out + n);
        i = next;
    }
    return n;
}

void nx_html_decode(nx_str s, nx_buf *out)
{
    char *to = nx_buf_reserve(out, s.n);
    if (to != NULL) {
        out->len += nx_html_decode_into(s, to);
        out->data[out->len] = '\0';
    }
}
