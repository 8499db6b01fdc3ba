// expand.c: see expand.h. Each part of a chunk (parts.c), and each compound of parts, is turned
// into forms.
#include "text/expand.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "text/parts.h"
#include "text/unicode.h"

enum {
    JOINED_BYTES_MAX = 100,  // of a compound's single term
    HYPHEN_PARTS_MAX = 3,    // co-operate, tic-tac-toe; more is a phrase, not a word
    DOTTED_PARTS_MAX = 6,    // www.example.co.uk, jane.doe@example.com
    ACRONYM_LETTERS_MAX = 5, // of those in the tables
};

// Acronyms that look like the plural of another word, and so are not to be stemmed. Only these: who
// types AIDE wants aides.
static const char *const not_plurals[] = {"aids"};

// Endings of contractions that would make another word without their apostrophe: hell, ill, shell,
// were, wed, im.
static const char *const contracted[] = {"d", "ll", "m", "re", "ve"};

// Lower-case letters of acronyms that are another, common word. A term with dots keeps them apart.
static const char *const ambiguous[] = {"am", "is", "it", "us", "who"};

#define IN_LIST(list, s) nx_in_list(list, NX_COUNT(list), s)

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
static void part_word(nx_expander *x, nx_str s, const nx_part *p)
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
        nx_char_class k = nx_char_class_at(s, i, &c, &next);
        if (k == NX_CHAR_APOSTROPHE) {
            nx_buf_addc(&x->term, '\'');
        } else if (k == NX_CHAR_WORD) {
            nx_buf_add(&x->term, s.p + i, next - i);
        }
        i = next;
    }
    nx_fold(nx_buf_str(&x->term), false, &x->word);
}

static void add_acronym(nx_expander *x, const nx_part *p, size_t dpos)
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
static bool short_capitals(const nx_part *p)
{
    return p->upper && !p->lower && !p->digits && !p->apostrophe && p->letters >= 2 &&
           p->letters <= ACRONYM_LETTERS_MAX;
}

static void add_part_stem(nx_expander *x, const nx_part *p, size_t dpos, bool plain_capitals)
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
static void add_symbol_form(nx_expander *x, const nx_part *p, size_t dpos)
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

static bool is_contraction(nx_str word)
{
    size_t apostrophe = word.n;
    while (apostrophe > 0 && word.p[apostrophe - 1] != '\'') {
        apostrophe--;
    }
    return apostrophe > 0 && IN_LIST(contracted, nx_str_skip(word, apostrophe));
}

// don't -> dont, l'Oreal -> loreal; 1.000 -> 1000.
static void add_variant(nx_expander *x, nx_str s, const nx_part *p, size_t dpos)
{
    nx_buf_clear(&x->term);
    if (p->number.kind == NX_NUMBER_AMBIGUOUS) {
        nx_number_add(nx_str_make(s.p + p->start, p->number.n), NX_NUMBER_GROUPED, &x->term);
        nx_fold(nx_str_make(s.p + p->start + p->number.n, p->stop - p->start - p->number.n), true,
                &x->term);
    } else if ((p->apostrophe || p->from < p->start) &&
               !is_contraction(nx_str_make(x->norms.data + p->norm, p->norm_n))) {
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
static bool add_part(nx_expander *x, nx_str s, nx_part *p, size_t dpos, bool plain_capitals)
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
static bool joins(const nx_part *p, size_t first, size_t last)
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

static void add_joined(nx_expander *x, const nx_part *p, size_t first, size_t last)
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
static void add_compounds(nx_expander *x, const nx_part *p, size_t count)
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
    nx_parts parts;
    nx_parts_scan(&parts, chunk);
    size_t kept = 0;
    for (size_t i = 0; i < parts.count && !x->failed; i++) {
        nx_part p = parts.items[i];
        if (add_part(x, chunk, &p, kept, plain_capitals)) {
            parts.items[kept++] = p;
        }
    }
    if (!x->failed) {
        add_compounds(x, parts.items, kept);
    }
    x->positions = (unsigned)kept;
    return parts.used;
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
