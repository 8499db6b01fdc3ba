// parts.c: see parts.h. Where words begin and end, and what ties them together.
//
// The rules for acronyms, compounds, numbers and possessives are news usage, not Unicode's: words
// as UAX #29 cuts them would make U.S. the pronoun and 9/11 two numbers.
#include "text/parts.h"

#include "text/unicode.h"

// The chunk, and how far it is scanned.
typedef struct scanner {
    nx_str s;
    size_t i;
} scanner;

// Articles and pronouns that French, Italian and Catalan elide before a vowel.
static const char *const elided[] = {
    "all", "c",    "coll",   "d",  "dall",  "dell",  "j",      "jusqu", "l",    "lorsqu", "m",
    "n",   "nell", "puisqu", "qu", "quell", "quest", "quoiqu", "s",     "sull", "t",      "un"};

bool nx_in_list(const char *const *list, size_t count, nx_str s)
{
    for (size_t i = 0; i < count; i++) {
        if (nx_str_eq_nocase(nx_str_of(list[i]), s)) {
            return true;
        }
    }
    return false;
}

static bool word_at(nx_str s, size_t i)
{
    uint32_t c;
    size_t next;
    return nx_char_class_at(s, i, &c, &next) == NX_CHAR_WORD;
}

// What the part's text is made of.
static void note_chars(nx_str s, nx_part *p)
{
    p->apostrophe = false;
    for (size_t i = p->start; i < p->stop;) {
        uint32_t c;
        size_t next;
        if (nx_char_class_at(s, i, &c, &next) == NX_CHAR_APOSTROPHE) {
            p->apostrophe = i >= p->start + p->number.n || p->apostrophe;
        } else if (nx_char_is_digit(c)) {
            p->digits = true;
        } else if (i >= p->start + p->number.n) {
            p->letters++;
            p->upper = p->upper || nx_char_is_upper(c);
            p->lower = p->lower || nx_char_is_lower(c);
        }
        i = next;
    }
}

// Takes a word from the scanner's place, apostrophes inside included; underscores too in handles.
static void scan_word(scanner *z, nx_part *p, bool handle)
{
    p->start = p->from = z->i;
    p->number = nx_number_at(z->s, z->i);
    z->i += p->number.n;
    while (z->i < z->s.n) {
        uint32_t c;
        size_t next;
        nx_char_class k = nx_char_class_at(z->s, z->i, &c, &next);
        if (k != NX_CHAR_WORD && !(handle && c == '_') &&
            !(k == NX_CHAR_APOSTROPHE && z->i > p->start && word_at(z->s, next))) {
            break;
        }
        p->apostrophe = p->apostrophe || k == NX_CHAR_APOSTROPHE;
        z->i = next;
    }
    p->stop = z->i;
}

// The place of the last apostrophe in the part's text.
static size_t last_apostrophe(nx_str s, const nx_part *p, size_t *after)
{
    size_t found = p->stop;
    for (size_t i = p->start; i < p->stop;) {
        uint32_t c;
        size_t next;
        if (nx_char_class_at(s, i, &c, &next) == NX_CHAR_APOSTROPHE) {
            found = i;
            *after = next;
        }
        i = next;
    }
    return found;
}

// Cuts the possessive 's and an elided article off.
static void trim_apostrophes(nx_str s, nx_part *p)
{
    size_t after = p->stop;
    size_t at = last_apostrophe(s, p, &after);
    if (after + 1 == p->stop && nx_lower(s.p[after]) == 's') {
        p->stop = at;
    }
    size_t prefix = 0;
    while (p->start + prefix < p->stop && nx_is_alpha(s.p[p->start + prefix])) {
        prefix++;
    }
    uint32_t c;
    size_t next;
    if (p->start + prefix < p->stop &&
        nx_char_class_at(s, p->start + prefix, &c, &next) == NX_CHAR_APOSTROPHE &&
        p->stop - next >= 2 &&
        nx_in_list(elided, NX_COUNT(elided), nx_str_make(s.p + p->start, prefix))) {
        p->start = next;
    }
}

static bool is_letter(const nx_part *p)
{
    return p->letters == 1 && !p->digits && !p->apostrophe && !p->ampersand;
}

// After initials, their last dot when something follows it that belongs to them: U.S.-led,
// U.S.'s; "U. S." with a space between, as the caller has let it into the chunk.
static void skip_last_dot(scanner *z, const nx_part *p)
{
    if (!(p->dotted || is_letter(p)) || z->i >= z->s.n || z->s.p[z->i] != '.') {
        return;
    }
    uint32_t c;
    size_t next;
    nx_char_class k = nx_char_class_at(z->s, z->i + 1, &c, &next);
    if (k == NX_CHAR_HYPHEN || c == '/') {
        z->i++;
    } else if (k == NX_CHAR_APOSTROPHE && next < z->s.n && nx_lower(z->s.p[next]) == 's' &&
               !word_at(z->s, next + 1)) {
        z->i = next + 1;
    }
}

// What ties the coming word to part p, 0 when nothing does; the scanner is moved onto the word or
// stays.
static char scan_joint(scanner *z, const nx_part *p)
{
    skip_last_dot(z, p);
    uint32_t c;
    size_t next;
    nx_char_class k = nx_char_class_at(z->s, z->i, &c, &next);
    char joint = 0;
    if (k == NX_CHAR_HYPHEN) {
        joint = '-';
    } else if (c != 0 && c < 0x80 && strchr("./&_@", (int)c) != NULL) {
        joint = (char)c;
    }
    if (joint == '.' && next < z->s.n && nx_is_space(z->s.p[next])) {
        next++; // "U. S."
    }
    if (joint == 0 || !word_at(z->s, next)) {
        return 0;
    }
    z->i = next;
    return joint;
}

// Moves over what separates words; the symbol right before the next word is returned.
static uint32_t skip_to_word(scanner *z)
{
    uint32_t symbol = 0;
    while (z->i < z->s.n) {
        uint32_t c;
        size_t next;
        nx_char_class k = nx_char_class_at(z->s, z->i, &c, &next);
        if (k == NX_CHAR_WORD) {
            return symbol;
        }
        symbol = k == NX_CHAR_CURRENCY || c == '#' || c == '@' ? c : 0;
        z->i = next;
    }
    return 0;
}

// C++, C#, 5%, 5 euros in front or behind: what follows a word directly.
static void scan_suffix(scanner *z, nx_part *p)
{
    uint32_t c;
    size_t next;
    nx_char_class k = nx_char_class_at(z->s, z->i, &c, &next);
    if (is_letter(p) && nx_str_starts(nx_str_skip(z->s, z->i), NX_STR("++"))) {
        z->i += 2;
        p->stop = z->i;
    } else if (is_letter(p) && c == '#' && !word_at(z->s, next)) {
        z->i = next;
        p->stop = z->i;
    } else if (p->number.n > 0 && p->symbol == 0 && (c == '%' || k == NX_CHAR_CURRENCY) &&
               !word_at(z->s, next)) {
        z->i = next;
        p->symbol = c;
    }
}

// Does the new part continue initials (F.B.I.) or a short ampersand name (AT&T)?
static bool merges(const nx_part *before, const nx_part *p)
{
    if (p->joint == '.') {
        return is_letter(p) && (before->dotted || is_letter(before));
    }
    return p->joint == '&' && p->letters <= 3 && before->letters <= 3 && !p->digits &&
           !before->digits && !before->dotted;
}

// Takes p into the part before it.
static void merge(nx_part *before, const nx_part *p)
{
    before->stop = p->stop;
    before->letters += p->joint == '.' ? p->letters : 0;
    before->dotted = before->dotted || p->joint == '.';
    before->ampersand = before->ampersand || p->joint == '&';
    before->upper = before->upper || p->upper;
    before->lower = before->lower || p->lower;
}

void nx_parts_scan(nx_parts *out, nx_str chunk)
{
    scanner z = {.s = chunk};
    out->count = 0;
    while (out->count < NX_PARTS_MAX) {
        nx_part *p = &out->items[out->count];
        *p = (nx_part){0};
        if (out->count > 0) {
            p->joint = scan_joint(&z, p - 1);
        }
        if (p->joint == 0) {
            p->symbol = skip_to_word(&z);
        }
        if (z.i >= chunk.n) {
            break;
        }
        scan_word(&z, p, p->symbol == '@' || p->symbol == '#');
        if (p->apostrophe) {
            trim_apostrophes(chunk, p);
        }
        note_chars(chunk, p);
        scan_suffix(&z, p);
        if (p->joint != 0 && merges(p - 1, p)) {
            merge(p - 1, p);
        } else {
            out->count++;
        }
    }
    out->used = z.i;
}
