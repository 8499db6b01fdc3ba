// expand.c: see expand.h. First the chunk is cut into parts (one per position), then each part and
// each compound of parts is turned into forms.
//
// The rules for acronyms, compounds, numbers and possessives are news usage, not Unicode's: words
// as UAX #29 cuts them would make U.S. the pronoun and 9/11 two numbers.
#include "text/expand.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "text/number.h"
#include "text/unicode.h"

enum {
    PARTS_MAX = 64,
    JOINED_BYTES_MAX = 100,  // of a compound's single term
    HYPHEN_PARTS_MAX = 3,    // co-operate, tic-tac-toe; more is a phrase, not a word
    DOTTED_PARTS_MAX = 6,    // www.example.co.uk, jane.doe@example.com
    ACRONYM_LETTERS_MAX = 5, // of those in the tables
};

typedef struct part {
    size_t start, stop;  // its text in the chunk
    size_t from;         // where its elided article starts (l'Oreal), else start
    size_t norm, norm_n; // its accent-folded text in norms
    char joint;          // what ties it to the part before: one of - . / & _ @; 0: nothing
    uint32_t symbol;     // currency, # or @ in front of it, or currency or % behind; else 0
    nx_number number;    // the number it starts with
    unsigned letters;    // how many characters are letters (or marks)
    bool digits, upper, lower;
    bool apostrophe; // has one inside
    bool dotted;     // initials, dots between them
    bool ampersand;  // AT&T
} part;

typedef struct scanner {
    nx_str s;
    size_t i;
    part parts[PARTS_MAX];
    size_t count;
} scanner;

// Acronyms that look like the plural of another word, and so are not to be stemmed. Only these: who
// types AIDE wants aides.
static const char *const not_plurals[] = {"aids"};

// Lower-case letters of acronyms that are another, common word. A term with dots keeps them apart.
static const char *const ambiguous[] = {"am", "is", "it", "us", "who"};

// Articles and pronouns that French, Italian and Catalan elide before a vowel.
static const char *const elided[] = {
    "all", "c",    "coll",   "d",  "dall",  "dell",  "j",      "jusqu", "l",    "lorsqu", "m",
    "n",   "nell", "puisqu", "qu", "quell", "quest", "quoiqu", "s",     "sull", "t",      "un"};

static bool in_list(const char *const *list, size_t count, nx_str s)
{
    for (size_t i = 0; i < count; i++) {
        if (nx_str_eq_nocase(nx_str_of(list[i]), s)) {
            return true;
        }
    }
    return false;
}

#define IN_LIST(list, s) in_list(list, sizeof(list) / sizeof(list)[0], s)

// ---- chunk -> parts

static nx_char_class class_at(nx_str s, size_t i, uint32_t *c, size_t *next)
{
    if (i >= s.n) {
        *c = 0;
        *next = i;
        return NX_CHAR_BREAK;
    }
    *c = nx_utf8_decode(s, i, next, NULL);
    return nx_char_class_of(*c);
}

static bool word_at(nx_str s, size_t i)
{
    uint32_t c;
    size_t next;
    return class_at(s, i, &c, &next) == NX_CHAR_WORD;
}

// What the part's text is made of.
static void note_chars(nx_str s, part *p)
{
    p->apostrophe = false;
    for (size_t i = p->start; i < p->stop;) {
        uint32_t c;
        size_t next;
        if (class_at(s, i, &c, &next) == NX_CHAR_APOSTROPHE) {
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
static void scan_word(scanner *z, part *p, bool handle)
{
    p->start = p->from = z->i;
    p->number = nx_number_at(z->s, z->i);
    z->i += p->number.n;
    while (z->i < z->s.n) {
        uint32_t c;
        size_t next;
        nx_char_class k = class_at(z->s, z->i, &c, &next);
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
static size_t last_apostrophe(nx_str s, const part *p, size_t *after)
{
    size_t found = p->stop;
    for (size_t i = p->start; i < p->stop;) {
        uint32_t c;
        size_t next;
        if (class_at(s, i, &c, &next) == NX_CHAR_APOSTROPHE) {
            found = i;
            *after = next;
        }
        i = next;
    }
    return found;
}

// Cuts the possessive 's and an elided article off.
static void trim_apostrophes(nx_str s, part *p)
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
        class_at(s, p->start + prefix, &c, &next) == NX_CHAR_APOSTROPHE && p->stop - next >= 2 &&
        IN_LIST(elided, nx_str_make(s.p + p->start, prefix))) {
        p->start = next;
    }
}

static bool is_letter(const part *p)
{
    return p->letters == 1 && !p->digits && !p->apostrophe && !p->ampersand;
}

// After initials, their last dot when something follows it that belongs to them: U.S.-led,
// U.S.'s; "U. S." with a space between, as the caller has let it into the chunk.
static void skip_last_dot(scanner *z, const part *p)
{
    if (!(p->dotted || is_letter(p)) || z->i >= z->s.n || z->s.p[z->i] != '.') {
        return;
    }
    uint32_t c;
    size_t next;
    nx_char_class k = class_at(z->s, z->i + 1, &c, &next);
    if (k == NX_CHAR_HYPHEN || c == '/') {
        z->i++;
    } else if (k == NX_CHAR_APOSTROPHE && next < z->s.n && nx_lower(z->s.p[next]) == 's' &&
               !word_at(z->s, next + 1)) {
        z->i = next + 1;
    }
}

// What ties the coming word to part p, 0 when nothing does; the scanner is moved onto the word or
// stays.
static char scan_joint(scanner *z, const part *p)
{
    skip_last_dot(z, p);
    uint32_t c;
    size_t next;
    nx_char_class k = class_at(z->s, z->i, &c, &next);
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
        nx_char_class k = class_at(z->s, z->i, &c, &next);
        if (k == NX_CHAR_WORD) {
            return symbol;
        }
        symbol = k == NX_CHAR_CURRENCY || c == '#' || c == '@' ? c : 0;
        z->i = next;
    }
    return 0;
}

// C++, C#, 5%, 5 euros in front or behind: what follows a word directly.
static void scan_suffix(scanner *z, part *p)
{
    uint32_t c;
    size_t next;
    nx_char_class k = class_at(z->s, z->i, &c, &next);
    if (is_letter(p) && nx_str_starts(nx_str_make(z->s.p + z->i, z->s.n - z->i), NX_STR("++"))) {
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
static bool merges(const part *before, const part *p)
{
    if (p->joint == '.') {
        return is_letter(p) && (before->dotted || is_letter(before));
    }
    return p->joint == '&' && p->letters <= 3 && before->letters <= 3 && !p->digits &&
           !before->digits && !before->dotted;
}

static void scan_parts(scanner *z)
{
    while (z->count < PARTS_MAX) {
        part *p = &z->parts[z->count];
        *p = (part){0};
        size_t place = z->i;
        if (z->count > 0) {
            p->joint = scan_joint(z, p - 1);
        }
        if (p->joint == 0) {
            p->symbol = skip_to_word(z);
        }
        if (z->i >= z->s.n) {
            return;
        }
        scan_word(z, p, p->symbol == '@' || p->symbol == '#');
        if (p->apostrophe) {
            trim_apostrophes(z->s, p);
        }
        note_chars(z->s, p);
        scan_suffix(z, p);
        if (z->i == place) {
            return; // cannot happen: a word has a character
        }
        if (p->joint != 0 && merges(p - 1, p)) {
            p[-1].stop = p->stop;
            p[-1].letters += p->joint == '.' ? p->letters : 0;
            p[-1].dotted = p[-1].dotted || p->joint == '.';
            p[-1].ampersand = p[-1].ampersand || p->joint == '&';
            p[-1].upper = p[-1].upper || p->upper;
            p[-1].lower = p[-1].lower || p->lower;
            continue;
        }
        z->count++;
    }
}

// ---- parts -> forms

static void add_form(nx_expander *x, nx_form_kind kind, size_t dpos, size_t start, size_t end)
{
    nx_term_fit(&x->term, 0);
    if (x->term.failed) {
        x->failed = true;
        return;
    }
    if (x->form_count == x->form_cap) {
        size_t cap = x->form_cap < 16 ? 16 : x->form_cap * 2;
        nx_form *forms = realloc(x->forms, cap * sizeof *forms);
        if (forms == NULL) {
            x->failed = true;
            return;
        }
        x->forms = forms;
        x->form_cap = cap;
    }
    uint32_t term = nx_vocab_add(x->vocab, nx_buf_str(&x->term), NULL);
    if (term == NX_VOCAB_NONE) {
        x->failed = true;
        return;
    }
    x->forms[x->form_count++] = (nx_form){.term = term,
                                          .kind = (uint8_t)kind,
                                          .dpos = (uint8_t)dpos,
                                          .start = (uint16_t)start,
                                          .end = (uint16_t)end};
}

// The folded text of a part into word: without the dots of initials, separators of numbers
// normal, apostrophes plain.
static void part_word(nx_expander *x, nx_str s, const part *p)
{
    nx_buf_clear(&x->word);
    nx_buf_clear(&x->term);
    size_t i = p->start;
    if (p->number.n > 0) {
        nx_number_add(nx_str_make(s.p + i, p->number.n), p->number.kind, &x->word);
        i += p->number.n;
    }
    if (!p->dotted && !p->apostrophe) {
        nx_fold(nx_str_make(s.p + i, p->stop - i), false, &x->word);
        return;
    }
    while (i < p->stop) {
        uint32_t c;
        size_t next;
        nx_char_class k = class_at(s, i, &c, &next);
        if (k == NX_CHAR_APOSTROPHE) {
            nx_buf_addc(&x->term, '\'');
        } else if (k == NX_CHAR_WORD) {
            nx_buf_add(&x->term, s.p + i, next - i);
        }
        i = next;
    }
    nx_fold(nx_buf_str(&x->term), false, &x->word);
}

static void add_acronym(nx_expander *x, const part *p, size_t dpos)
{
    nx_buf_clear(&x->term);
    for (size_t i = 0; i < x->word.len; i++) {
        nx_buf_addc(&x->term, x->word.data[i]);
        nx_buf_addc(&x->term, '.');
    }
    add_form(x, NX_FORM_ACRONYM, dpos, p->start, p->stop);
}

// Z + stem of word, or of itself when unstemmed.
static void add_stem(nx_expander *x, nx_str word, bool unstemmed, size_t dpos, size_t start,
                     size_t end)
{
    nx_str stem = word;
    if (!unstemmed) {
        stem = nx_stem(x->stemmer, word);
        if (stem.p == NULL) {
            x->failed = true;
            return;
        }
    }
    nx_buf_clear(&x->term);
    nx_buf_addc(&x->term, 'Z');
    nx_fold(stem, true, &x->term);
    if (x->term.failed || x->term.len > 1) { // stemmers leave nothing of a few words
        add_form(x, NX_FORM_STEM, dpos, start, end);
    }
}

// May a word in capitals be an acronym (letters only, short)?
static bool short_capitals(const part *p)
{
    return p->upper && !p->lower && !p->digits && !p->apostrophe && p->letters >= 2 &&
           p->letters <= ACRONYM_LETTERS_MAX;
}

static void add_part_stem(nx_expander *x, const part *p, size_t dpos, bool plain_capitals)
{
    if (x->stemmer == NULL || p->digits) {
        return;
    }
    nx_str word = nx_buf_str(&x->word);
    bool unstemmed = p->dotted || p->ampersand;
    if (short_capitals(p) && IN_LIST(not_plurals, word)) {
        x->capitals_matter = true;
        unstemmed = unstemmed || !plain_capitals;
    }
    add_stem(x, word, unstemmed, dpos, p->start, p->stop);
}

// $5, #metoo: the symbol and the word as one term. The symbol is in front whatever the text does.
static void add_symbol_form(nx_expander *x, const part *p, size_t dpos)
{
    if (p->symbol == 0 || (p->symbol != '#' && p->symbol != '@' && p->number.n == 0)) {
        return;
    }
    char symbol[4];
    size_t n = nx_utf8_encode(p->symbol, symbol);
    nx_buf_clear(&x->term);
    if (p->symbol != '%') {
        nx_fold(nx_str_make(symbol, n), false, &x->term);
    }
    nx_buf_add(&x->term, x->norms.data + p->norm, p->norm_n);
    if (p->symbol == '%') {
        nx_buf_addc(&x->term, '%');
    }
    add_form(x, NX_FORM_JOINED, dpos, p->start, p->stop);
}

// don't -> dont, l'Oreal -> loreal; 1.000 -> 1000.
static void add_variant(nx_expander *x, nx_str s, const part *p, size_t dpos)
{
    nx_buf_clear(&x->term);
    if (p->number.kind == NX_NUMBER_AMBIGUOUS) {
        nx_number_add(nx_str_make(s.p + p->start, p->number.n), NX_NUMBER_GROUPED, &x->term);
        nx_fold(nx_str_make(s.p + p->start + p->number.n, p->stop - p->start - p->number.n), true,
                &x->term);
    } else if (p->apostrophe || p->from < p->start) {
        size_t n = 0;
        while (p->from + n < p->start && nx_is_alpha(s.p[p->from + n])) {
            n++;
        }
        nx_fold(nx_str_make(s.p + p->from, n), true, &x->term);
        for (size_t i = 0; i < p->norm_n; i++) {
            char c = x->norms.data[p->norm + i];
            if (c != '\'') {
                nx_buf_addc(&x->term, c);
            }
        }
    } else {
        return;
    }
    add_form(x, NX_FORM_JOINED, dpos, p->from, p->stop);
}

// All forms of one part. Returns false when nothing is left of it (invisible characters, accents).
static bool add_part(nx_expander *x, nx_str s, part *p, size_t dpos, bool plain_capitals)
{
    part_word(x, s, p);
    if (x->word.failed || x->term.failed) {
        x->failed = true;
        return false;
    }
    if (x->word.len == 0) {
        return false;
    }
    p->norm = x->norms.len;
    nx_fold(nx_buf_str(&x->word), true, &x->norms);
    if (x->norms.failed) {
        x->failed = true;
        return false;
    }
    p->norm_n = x->norms.len - p->norm;
    if (strspn(x->norms.data + p->norm, "'") == p->norm_n) {
        return false; // nothing but accents and apostrophes
    }
    nx_str norm = nx_str_make(x->norms.data + p->norm, p->norm_n);

    if ((p->dotted || short_capitals(p)) && IN_LIST(ambiguous, nx_buf_str(&x->word))) {
        x->capitals_matter = x->capitals_matter || !p->dotted;
        if (p->dotted || !plain_capitals) {
            p->dotted = true; // a compound with it has no joined form
            add_acronym(x, p, dpos);
            return true;
        }
    }
    nx_buf_clear(&x->term);
    nx_buf_adds(&x->term, nx_buf_str(&x->word));
    add_form(x, NX_FORM_EXACT, dpos, p->start, p->stop);
    if (!nx_str_eq(norm, nx_buf_str(&x->word))) {
        nx_buf_clear(&x->term);
        nx_buf_adds(&x->term, norm);
        add_form(x, NX_FORM_FOLDED, dpos, p->start, p->stop);
    }
    add_variant(x, s, p, dpos);
    add_symbol_form(x, p, dpos);
    add_part_stem(x, p, dpos, plain_capitals);
    return true;
}

// ---- compounds

// Is there a joined form for parts first..last, tied by joints of one family?
static bool joins(const part *p, size_t first, size_t last)
{
    size_t count = last - first + 1, bytes = 0;
    bool letters = false, hyphen = false, slash = false;
    for (size_t i = first; i <= last; i++) {
        letters = letters || p[i].letters > 0;
        bytes += p[i].norm_n + 1;
        if (p[i].dotted || (i > first && p[i].joint == '.' && p[i - 1].lower && p[i].upper)) {
            return false; // "U.S.-led"; "end.Next", where only a space is missing
        }
        hyphen = hyphen || (i > first && p[i].joint == '-');
        slash = slash || (i > first && p[i].joint == '/');
    }
    return count >= 2 && bytes <= JOINED_BYTES_MAX && (letters || slash) &&
           count <= (hyphen || slash ? HYPHEN_PARTS_MAX : DOTTED_PARTS_MAX);
}

static void add_joined(nx_expander *x, const part *p, size_t first, size_t last)
{
    bool stem = x->stemmer != NULL;
    nx_buf_clear(&x->term);
    for (size_t i = first; i <= last; i++) {
        if (i > first && p[i].joint != '-' && p[i].joint != '_') {
            nx_buf_addc(&x->term, p[i].joint);
        }
        stem = stem && !p[i].digits && (i == first || p[i].joint == '-');
        nx_buf_add(&x->term, x->norms.data + p[i].norm, p[i].norm_n);
    }
    nx_buf_clear(&x->word);
    nx_buf_adds(&x->word, nx_buf_str(&x->term));
    add_form(x, NX_FORM_JOINED, first, p[first].from, p[last].stop);
    if (stem && !x->word.failed) {
        add_stem(x, nx_buf_str(&x->word), false, first, p[first].from, p[last].stop);
    }
    x->failed = x->failed || x->word.failed;
}

// Compounds: runs tied by anything but slashes first; then runs of single parts tied by slashes.
static void add_compounds(nx_expander *x, const part *p, size_t count)
{
    for (size_t first = 0; first < count;) {
        bool slash = first + 1 < count && p[first + 1].joint == '/';
        size_t last = first;
        while (last + 1 < count && p[last + 1].joint != 0 && (p[last + 1].joint == '/') == slash) {
            last++;
        }
        bool mixed = (last + 1 < count && p[last + 1].joint != 0) || p[first].joint != 0;
        if (last > first && !(slash && mixed) && joins(p, first, last)) {
            add_joined(x, p, first, last);
        }
        // A word between a slash and a hyphen starts the hyphen's run.
        first = slash && mixed && last > first ? last : last + 1;
    }
}

void nx_expander_init(nx_expander *x, nx_vocab *vocab)
{
    *x = (nx_expander){.vocab = vocab};
    nx_buf_init(&x->norms, SIZE_MAX / 2);
    nx_buf_init(&x->word, SIZE_MAX / 2);
    nx_buf_init(&x->term, SIZE_MAX / 2);
}

void nx_expander_release(nx_expander *x)
{
    free(x->forms);
    nx_buf_release(&x->norms);
    nx_buf_release(&x->word);
    nx_buf_release(&x->term);
}

static void start_expansion(nx_expander *x)
{
    x->form_count = 0;
    x->positions = 0;
    x->capitals_matter = false;
    nx_buf_clear(&x->norms);
}

size_t nx_expand(nx_expander *x, nx_str chunk, bool plain_capitals)
{
    start_expansion(x);
    scanner z = {.s = chunk};
    scan_parts(&z);
    size_t kept = 0;
    for (size_t i = 0; i < z.count && !x->failed; i++) {
        part p = z.parts[i];
        if (add_part(x, chunk, &p, kept, plain_capitals)) {
            z.parts[kept++] = p;
        }
    }
    if (!x->failed) {
        add_compounds(x, z.parts, kept);
    }
    x->positions = (unsigned)kept;
    return z.i;
}

void nx_expand_ideographs(nx_expander *x, nx_str run)
{
    start_expansion(x);
    nx_buf_clear(&x->word);
    nx_buf_clear(&x->term);
    nx_fold(run, false, &x->term);
    if (x->term.failed) {
        x->failed = true;
    } else if (x->term.len > 0) {
        add_form(x, NX_FORM_EXACT, 0, 0, run.n);
        x->positions = 1;
    }
}
