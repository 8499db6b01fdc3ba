// sentence.c: text -> sentences, by punctuation and the abbreviations of news prose.
//
// A full stop ends a sentence unless what is before it (a title, initials, an abbreviation) or
// after it (a lower-case letter, a digit after "No.") says otherwise. Abbreviations that do end
// sentences (Inc., U.S., a.m.) are followed up: a word that usually opens a sentence decides.
#include "base/utf8.h"
#include "text/analysis.h"
#include "text/unicode.h"

enum { TOKEN_MAX = 24, OPENERS_MAX = 8 }; // bytes of an abbreviation; characters skipped

// Never the last word of a sentence: titles and what a name, number or word must follow.
static const char *const leading[] = {
    "adm",  "atty", "bldg", "brig", "bros", "bzw",   "ca",   "capt", "cf",   "cmdr", "col",
    "comm", "cpl",  "del",  "dept", "dhr",  "dist",  "dott", "dr",   "dra",  "drs",  "e.g",
    "eg",   "evtl", "exmo", "ft",   "gen",  "ggf",   "gov",  "hon",  "hr",   "i.e",  "ie",
    "ing",  "insp", "ir",   "lt",   "m",    "maj",   "mevr", "mg",   "mgr",  "mlle", "mm",
    "mme",  "mr",   "mrs",  "ms",   "msgr", "mt",    "nr",   "on",   "ph",   "pp",   "pres",
    "prof", "pvt",  "rep",  "reps", "rev",  "sen",   "sens", "sgt",  "sig",  "sog",  "sr",
    "sra",  "st",   "ste",  "supt", "tel",  "u.a",   "v",    "vgl",  "viz",  "vs",   "z.b",
    "d.h",  "p.ej", "bijv", "им",   "ул",   "просп", "т.е",  "св",   "акад", "проф",
};

// Those of them that are words, or their ends, unless they start with a capital.
static const char *const words_too[] = {"ing", "ir", "m", "on"};

// May be the last word of a sentence or stand inside one.
static const char *const trailing[] = {
    "a.m",  "al",   "ala",  "apr",  "ariz", "ark",  "assn",  "aug", "ave",  "blvd",  "calif",
    "co",   "colo", "conn", "corp", "cos",  "dec",  "ee.uu", "esq", "etc",  "feb",   "fla",
    "fri",  "ga",   "govt", "ill",  "inc",  "ind",  "jan",   "jr",  "jul",  "jun",   "kan",
    "ky",   "la",   "ltd",  "mass", "md",   "mich", "minn",  "mio", "miss", "mon",   "mont",
    "mrd",  "neb",  "nev",  "nov",  "oct",  "okla", "ore",   "p.m", "pa",   "rd",    "sa",
    "sat",  "sep",  "sept", "str",  "sun",  "tenn", "tex",   "thu", "thur", "thurs", "tue",
    "tues", "univ", "usw",  "va",   "vt",   "wash", "wed",   "wis", "wyo",  "г",     "гг",
    "долл", "млн",  "млрд", "руб",  "т.д",  "т.п",  "тыс",
};

// Those of them that are written small.
static const char *const small[] = {"al", "etc"};

// Stand before a number only; otherwise they are words.
static const char *const before_number[] = {"fig", "figs", "no", "nos", "p", "vol", "art", "sec"};

// Words that open a sentence far more often than they follow an abbreviation inside one.
static const char *const opening[] = {
    "a",       "about",   "according", "after",   "all",     "also",   "although", "an",
    "and",     "another", "as",        "at",      "because", "before", "both",     "but",
    "by",      "das",     "der",       "die",     "during",  "each",   "earlier",  "ein",
    "eine",    "el",      "en",        "even",    "few",     "for",    "from",     "he",
    "her",     "his",     "how",       "however", "i",       "if",     "il",       "im",
    "in",      "it",      "its",       "la",      "last",    "later",  "le",       "les",
    "los",     "many",    "meanwhile", "more",    "most",    "much",   "my",       "no",
    "not",     "now",     "of",        "on",      "one",     "only",   "other",    "others",
    "our",     "she",     "since",     "so",      "some",    "still",  "such",     "that",
    "the",     "their",   "then",      "there",   "these",   "they",   "this",     "those",
    "though",  "to",      "under",     "until",   "we",      "what",   "when",     "where",
    "whether", "which",   "while",     "who",     "why",     "with",   "without",  "yet",
    "you",     "your",
};

static bool listed(const char *const *list, size_t count, nx_str word)
{
    for (size_t i = 0; i < count; i++) {
        if (word.n > 0 && list[i][0] == word.p[0] && nx_str_eq(nx_str_of(list[i]), word)) {
            return true;
        }
    }
    return false;
}

#define LISTED(list, word) listed(list, NX_COUNT(list), word)

static bool is_terminator(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x061f || c == 0x06d4 ||
           c == 0x0964 || c == 0x203c || c == 0x2047 || c == 0x2048 || c == 0x2049;
}

// Ends a sentence with nothing after it: scripts that put no space there.
static bool is_full_width_terminator(uint32_t c)
{
    return c == 0x3002 || c == 0xff01 || c == 0xff1f || c == 0xff61 || c == 0xff0e;
}

static bool is_closer(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == '}' || c == 0x2019 ||
           c == 0x201d || c == 0x00bb || c == 0x203a || c == 0x300d || c == 0x300f || c == 0xff09 ||
           c == 0x201c; // German closes with it
}

static bool is_opener(uint32_t c)
{
    return c == '"' || c == '\'' || c == '(' || c == '[' || c == 0x2018 || c == 0x201c ||
           c == 0x201e || c == 0x00ab || c == 0x2039 || c == 0x00bf || c == 0x00a1;
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == '\t' || c == 0x00a0 || c == 0x202f || c == 0x3000 || c == 0x2009;
}

// A word of the text, folded, without its apostrophes' tail; empty when there is none or it is
// longer than any word the tables hold.
typedef struct token {
    char bytes[TOKEN_MAX + 8];
    size_t n;
    bool upper, digits; // starts with a capital; is a number
    size_t letters;     // characters
} token;

static nx_str token_str(const token *t)
{
    return nx_str_make(t->bytes, t->n);
}

static void read_token(nx_str text, size_t from, size_t to, token *out)
{
    *out = (token){.digits = from < to};
    uint32_t c = 0;
    for (size_t i = from; i < to; out->letters++) {
        size_t next;
        c = nx_utf8_decode(text, i, &next, NULL);
        out->upper = i == from ? nx_char_is_upper(c) : out->upper;
        out->digits = out->digits && nx_char_is_digit(c);
        i = next;
    }
    if (to - from > TOKEN_MAX) {
        return;
    }
    nx_buf folded;
    nx_buf_init(&folded, sizeof out->bytes);
    nx_fold(nx_str_make(text.p + from, to - from), false, &folded);
    if (!folded.failed) {
        memcpy(out->bytes, folded.data, folded.len);
        out->n = folded.len;
    }
    nx_buf_release(&folded);
}

// The word that ends at dot (blanks before a detached full stop are skipped); dots and apostrophes
// inside belong to it.
static void token_before(nx_str text, size_t floor, size_t dot, token *out)
{
    size_t to = dot;
    while (to > floor && text.p[to - 1] == ' ') {
        to--;
    }
    size_t from = to;
    while (from > floor && to - from <= TOKEN_MAX + 1) {
        size_t at = from - 1;
        while (at > floor && ((unsigned char)text.p[at] & 0xc0) == 0x80) {
            at--;
        }
        size_t next;
        uint32_t c = nx_utf8_decode(text, at, &next, NULL);
        if (c != '.' && nx_char_class_of(c) != NX_CHAR_WORD) {
            break;
        }
        from = at;
    }
    read_token(text, from, to, out);
}

// What stands after a possible end of sentence.
typedef struct follower {
    bool nothing, upper, lower, digit;
    token word;
} follower;

static void look_ahead(nx_str text, size_t i, follower *f)
{
    *f = (follower){.nothing = true};
    size_t next;
    for (size_t skipped = 0; i < text.n && skipped < OPENERS_MAX; skipped++, i = next) {
        uint32_t c = nx_utf8_decode(text, i, &next, NULL);
        if (c == '\n') {
            return;
        }
        if (!is_blank(c) && !is_opener(c)) {
            f->nothing = false;
            f->upper = nx_char_is_upper(c);
            f->lower = nx_char_is_lower(c);
            f->digit = nx_char_is_digit(c);
            break;
        }
    }
    size_t to = i;
    while (to < text.n && to - i <= TOKEN_MAX) {
        uint32_t c = nx_utf8_decode(text, to, &next, NULL);
        if (nx_char_class_of(c) != NX_CHAR_WORD) {
            break;
        }
        to = next;
    }
    read_token(text, i, to, &f->word);
}

static bool has_inner_dot(const token *t)
{
    return memchr(t->bytes, '.', t->n) != NULL;
}

// Languages that write ordinal numbers with a full stop.
static bool dotted_ordinals(nx_str language)
{
    static const char *const codes[] = {"de", "da", "no", "nb", "nn", "fi", "cs", "pl", "hu", "tr"};
    return LISTED(codes, language);
}

// Does the single full stop at dot end the sentence that began at floor?
static bool stop_ends(nx_str text, size_t floor, size_t dot, const follower *f, nx_str language)
{
    token t;
    token_before(text, floor, dot, &t);
    nx_str word = token_str(&t);
    if (f->lower) {
        return false;
    }
    if (t.letters == 0) {
        return true;
    }
    if (t.digits) {
        bool item = t.letters <= 2 && dot - t.letters == floor; // "1. First point"
        return !item && !(t.letters <= 2 && dotted_ordinals(language));
    }
    if (LISTED(before_number, word) && f->digit) {
        return false;
    }
    if (LISTED(leading, word) && (t.upper || !LISTED(words_too, word))) {
        return false;
    }
    if (t.letters == 1) {
        return !t.upper || nx_str_eq(word, NX_STR("i"));
    }
    bool acronym = has_inner_dot(&t) && t.letters <= 8;
    if (acronym || (LISTED(trailing, word) &&
                    (t.upper || (unsigned char)t.bytes[0] >= 0x80 || LISTED(small, word)))) {
        return !f->digit && f->upper && LISTED(opening, token_str(&f->word));
    }
    return true;
}

static void emit(nx_str text, size_t from, size_t to, nx_sentence_fn *each, void *ctx,
                 size_t *count)
{
    while (from < to && nx_is_space(text.p[from])) {
        from++;
    }
    while (to > from && nx_is_space(text.p[to - 1])) {
        to--;
    }
    if (to > from) {
        each(ctx, from, to);
        (*count)++;
    }
}

// Moves i over quotation marks and brackets that close; French sets a space before its own.
static bool skip_closers(nx_str text, size_t *i, bool french)
{
    bool closed = false;
    while (*i < text.n) {
        size_t next, after;
        uint32_t c = nx_utf8_decode(text, *i, &next, NULL);
        if (french && is_blank(c) && next < text.n &&
            nx_utf8_decode(text, next, &after, NULL) == 0x00bb) {
            next = after;
        } else if (!is_closer(c)) {
            break;
        }
        closed = true;
        *i = next;
    }
    return closed;
}

// "against the odds.The police": a space that was lost where lines were joined. A word in small
// letters or a number stands before the stop, a word with a capital behind; node.Js is none.
static bool lost_space(nx_str text, size_t floor, size_t dot, size_t behind)
{
    static const char *const suffixes[] = {"com", "net", "org", "info"};
    token before;
    follower f;
    size_t next, last = dot;
    if (!nx_char_is_upper(nx_utf8_decode(text, behind, &next, NULL)) || next >= text.n ||
        !nx_char_is_lower(nx_utf8_decode(text, next, &next, NULL))) {
        return false;
    }
    token_before(text, floor, dot, &before);
    look_ahead(text, behind, &f);
    while (last > floor && ((unsigned char)text.p[--last] & 0xc0) == 0x80) {
    }
    uint32_t c = nx_utf8_decode(text, last, &next, NULL);
    return before.letters > 1 && !nx_str_eq(token_str(&before), NX_STR("www")) &&
           f.word.letters > 2 && !LISTED(suffixes, token_str(&f.word)) && !has_inner_dot(&before) &&
           (nx_char_is_lower(c) || before.digits);
}

// i is at a terminator. Moves i past it and what closes with it; does a sentence end there?
static bool ends_at(nx_str text, size_t floor, size_t *i, nx_str language)
{
    size_t dot = *i, marks = 0, next;
    bool strong = false, full_width = false;
    while (*i < text.n) {
        uint32_t c = nx_utf8_decode(text, *i, &next, NULL);
        if (!is_terminator(c) && !is_full_width_terminator(c)) {
            break;
        }
        marks++;
        strong = strong || c != '.';
        full_width = full_width || is_full_width_terminator(c);
        *i = next;
    }
    bool closed = skip_closers(text, i, nx_str_eq(language, NX_STR("fr")));
    if (full_width || *i >= text.n) {
        return true;
    }
    if (!is_blank(nx_utf8_decode(text, *i, &next, NULL)) && !lost_space(text, floor, dot, *i)) {
        return false; // inside a number, an address, an acronym; a line break ends by itself
    }
    follower f;
    look_ahead(text, *i, &f);
    if (f.nothing) {
        return true;
    }
    return marks == 1 && !strong && !closed ? stop_ends(text, floor, dot, &f, language) : !f.lower;
}

// May a line break or a terminator begin with that byte? Most bytes: no, and need no decoding.
static bool may_end(char byte)
{
    switch ((unsigned char)byte) {
    case '\n':
    case '\r':
    case '.':
    case '!':
    case '?':
    case 0xd8: // Arabic
    case 0xdb:
    case 0xe0: // Devanagari
    case 0xe2: // general punctuation
    case 0xe3: // of Chinese and Japanese
    case 0xef: // full-width forms
        return true;
    default: return false;
    }
}

size_t nx_sentences(nx_str text, nx_str language, nx_sentence_fn *each, void *ctx)
{
    size_t count = 0, floor = 0;
    for (size_t i = 0; i < text.n;) {
        if (!may_end(text.p[i])) {
            i++;
            continue;
        }
        size_t next;
        uint32_t c = nx_utf8_decode(text, i, &next, NULL);
        if (c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029) {
            emit(text, floor, i, each, ctx, &count);
            floor = i = next;
        } else if (is_terminator(c) || is_full_width_terminator(c)) {
            if (ends_at(text, floor, &i, language)) {
                emit(text, floor, i, each, ctx, &count);
                floor = i;
            }
        } else {
            i = next;
        }
        // A sentence starts with a word, so that "1." is seen to stand at its start.
        while (floor == i && i < text.n && text.p[i] == ' ') {
            floor = ++i;
        }
    }
    emit(text, floor, text.n, each, ctx, &count);
    return count;
}

bool nx_sentence_ends(nx_str text)
{
    uint32_t c = 0;
    do {
        size_t last = text.n > 0 ? nx_utf8_cut(text, text.n - 1) : 0, next;
        c = text.n > 0 ? nx_utf8_decode(text, last, &next, NULL) : 0;
        text.n = last;
    } while (is_closer(c) || is_opener(c)); // some languages close with what opens in others
    return is_terminator(c) || is_full_width_terminator(c);
}
