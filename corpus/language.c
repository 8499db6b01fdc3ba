// language.c: the language of a text, from its letters and its function words.
//
// A script that one language of news writes in decides alone, with its distinguishing letters; in
// Latin script the share of function words decides. Short of a clear lead there is no answer.
#include "corpus/attribute.h"

#include <pthread.h>

#include "base/utf8.h"
#include "corpus/language_words.h"
#include "text/letters.h"
#include "text/rows.h"

enum {
    GLANCE_BYTES = NX_BRIEF_BYTES, // enough for a text in Latin script that leaves no doubt
    SAMPLE_BYTES = 1500,           // decides nearly always
    LONG_SAMPLE_BYTES = 6000,
    COLUMNS_MAX = 32,
    SHARE = 840, // what a word counts, divided among the languages that have it
    LETTERS_MIN = 20,
};

static const struct {
    const char *code, *names; // names and three-letter codes, a space between
} languages[] = {
    {"ar", "ara arabic العربية"},
    {"bg", "bul bulgarian"},
    {"ca", "cat catalan català"},
    {"cs", "ces cze czech čeština"},
    {"da", "dan danish dansk"},
    {"de", "deu ger german deutsch"},
    {"el", "ell gre greek"},
    {"en", "eng english"},
    {"es", "spa spanish español castellano"},
    {"et", "est estonian"},
    {"fa", "fas per persian farsi"},
    {"fi", "fin finnish suomi"},
    {"fr", "fra fre french français"},
    {"he", "heb hebrew iw"},
    {"hi", "hin hindi"},
    {"hr", "hrv croatian"},
    {"hu", "hun hungarian magyar"},
    {"id", "ind indonesian in"},
    {"it", "ita italian italiano"},
    {"ja", "jpn japanese"},
    {"ko", "kor korean"},
    {"lt", "lit lithuanian"},
    {"lv", "lav latvian"},
    {"nl", "nld dut dutch nederlands"},
    {"no", "nor norwegian norsk nb nn nob nno"},
    {"pl", "pol polish polski"},
    {"pt", "por portuguese português"},
    {"ro", "ron rum romanian română"},
    {"ru", "rus russian русский"},
    {"sk", "slk slo slovak"},
    {"sl", "slv slovenian"},
    {"sr", "srp serbian"},
    {"sv", "swe swedish svenska"},
    {"th", "tha thai"},
    {"tr", "tur turkish türkçe"},
    {"uk", "ukr ukrainian українська"},
    {"ur", "urd urdu"},
    {"vi", "vie vietnamese"},
    {"zh", "zho chi chinese cn zht zhs"},
};

// Is word one of the names, in any case?
static bool is_named(const char *names, nx_str word)
{
    while (*names != '\0') {
        size_t n = strcspn(names, " ");
        if (nx_str_eq_nocase(nx_str_make(names, n), word)) {
            return true;
        }
        names += n + (names[n] == ' ');
    }
    return false;
}

nx_str nx_language_code(nx_str declared)
{
    nx_str s = nx_str_trim(declared);
    size_t n = 0;
    while (n < s.n && s.p[n] != '-' && s.p[n] != '_' && s.p[n] != ';' && s.p[n] != ',') {
        n++;
    }
    s = nx_str_trim(nx_str_make(s.p, n)); // the language without its country
    for (size_t i = 0; s.n > 0 && i < NX_COUNT(languages); i++) {
        nx_str code = nx_str_of(languages[i].code);
        if (nx_str_eq_nocase(code, s) || is_named(languages[i].names, s)) {
            return code;
        }
    }
    return NX_STR_NONE;
}

// ---- detection

typedef struct profile {
    size_t latin, cyrillic, arabic, han, kana, hangul, greek, hebrew, thai, devanagari, letters;
    size_t ukrainian, belarusian, serbian, persian, urdu, bulgarian_no; // distinguishing letters
    size_t words, hits;
    uint32_t score[COLUMNS_MAX];
} profile;

static void count_cyrillic(profile *p, uint32_t c)
{
    p->cyrillic++;
    p->ukrainian += c == 0x456 || c == 0x457 || c == 0x454 || c == 0x491;
    p->belarusian += c == 0x45e;
    p->serbian += c == 0x458 || c == 0x459 || c == 0x45a || c == 0x452 || c == 0x45b || c == 0x45f;
    p->bulgarian_no += c == 0x44b || c == 0x44d || c == 0x451; // letters Bulgarian does not have
}

static void count_script(profile *p, uint32_t c)
{
    p->letters++;
    if (c < 0x250) {
        p->latin++;
    } else if (c >= 0x400 && c < 0x530) {
        count_cyrillic(p, nx_letter_lower(c));
    } else if (c >= 0x600 && c < 0x700) {
        p->arabic++;
        p->persian += c == 0x67e || c == 0x686 || c == 0x698 || c == 0x6af;
        p->urdu += c == 0x679 || c == 0x688 || c == 0x691 || c == 0x6ba || c == 0x6d2;
    } else if (c >= 0x4e00 && c < 0xa000) {
        p->han++;
    } else if (c >= 0x3040 && c < 0x3100) {
        p->kana++;
    } else if (c >= 0xac00 && c < 0xd7b0) {
        p->hangul++;
    } else if (c >= 0x370 && c < 0x400) {
        p->greek++;
    } else if (c >= 0x5d0 && c < 0x5f0) {
        p->hebrew++;
    } else if (c >= 0xe00 && c < 0xe80) {
        p->thai++;
    } else if (c >= 0x900 && c < 0x980) {
        p->devanagari++;
    }
}

// A function word of these languages.
static void count_columns(profile *p, uint32_t columns)
{
    uint32_t share = SHARE / (uint32_t)__builtin_popcount(columns);
    for (; columns != 0; columns &= columns - 1) {
        p->score[__builtin_ctz(columns)] += share;
    }
    p->hits++;
}

// A word as it is read: its bytes, the last one lowest, and how many they are. Of a word that is
// too long for the table only that is known.
typedef struct letters {
    uint64_t bytes;
    size_t n;
} letters;

static void add_letter(letters *w, unsigned char byte)
{
    w->bytes = w->bytes << 8 | byte;
    w->n++;
}

// The words by the hash of their number: most words of a text are not among them, and are told from
// them in one look.
enum { SLOT_BITS = 11 };
static uint16_t slots[1 << SLOT_BITS]; // row + 1; 0: free
static pthread_once_t slots_once = PTHREAD_ONCE_INIT;

// The slot of the word, or the free one where it would be.
static size_t slot_of(uint64_t word)
{
    size_t at = (size_t)(word * 0x9e3779b97f4a7c15U >> (64 - SLOT_BITS));
    while (slots[at] != 0 && nx_word64_ordered(nx_language_words[slots[at] - 1].word) != word) {
        at = (at + 1) % (1 << SLOT_BITS);
    }
    return at;
}

static void build_slots(void)
{
    for (size_t i = 0; i < nx_language_word_count; i++) {
        slots[slot_of(nx_word64_ordered(nx_language_words[i].word))] = (uint16_t)(i + 1);
    }
}

static void end_word(profile *p, letters *w)
{
    _Static_assert(sizeof w->bytes == NX_LANGUAGE_WORD_MAX, "a word is one number");
    p->words += w->n > 0;
    if (w->n > 0 && w->n <= NX_LANGUAGE_WORD_MAX) {
        const size_t at = slot_of(w->bytes << 8 * (NX_LANGUAGE_WORD_MAX - w->n));
        if (slots[at] != 0) {
            count_columns(p, nx_language_words[slots[at] - 1].columns);
        }
    }
    *w = (letters){0};
}

static bool is_word_char(uint32_t c)
{
    return nx_letter_is_upper(c) || nx_letter_is_lower(c) || (c >= 0x180 && c < 0x250) ||
           (c >= 0x1e00 && c < 0x1f00);
}

static bool is_other_letter(uint32_t c)
{
    return (c >= 0x370 && c < 0x2000 && !(c >= 0x660 && c <= 0x66d)) ||
           (c >= 0x3040 && c < 0xd800 && c != 0xff0c);
}

static void read_sample(nx_str text, profile *p)
{
    letters word = {0};
    *p = (profile){0};
    for (size_t i = 0, next = 0; i < text.n; i = next) {
        const char byte = text.p[i];
        next = i + 1;
        if (nx_is_alpha(byte)) { // as below, for the most common letters
            add_letter(&word, (unsigned char)(byte | 0x20));
            p->letters++;
            p->latin++;
            continue;
        }
        if ((unsigned char)byte < 0x80 && byte != '\'') {
            end_word(p, &word);
            continue;
        }
        uint32_t c = nx_utf8_decode(text, i, &next, NULL);
        bool quote = c == '\'' || c == 0x2019;
        if (is_word_char(c) || (quote && word.n > 0)) {
            char bytes[4];
            size_t n = nx_utf8_encode(quote ? '\'' : nx_letter_lower(c), bytes);
            for (size_t k = 0; k < n; k++) {
                add_letter(&word, (unsigned char)bytes[k]);
            }
        } else {
            end_word(p, &word);
        }
        if (is_word_char(c) || is_other_letter(c)) {
            count_script(p, c);
        }
    }
    end_word(p, &word);
}

static nx_str decide_cyrillic(const profile *p)
{
    if (p->serbian * 100 > p->cyrillic) {
        return NX_STR("sr");
    }
    if (p->ukrainian * 50 > p->cyrillic) {
        return p->belarusian * 100 > p->cyrillic ? NX_STR_NONE : NX_STR("uk");
    }
    // Every hundredth letter of Russian is one that Bulgarian lacks.
    if (p->bulgarian_no * 200 > p->cyrillic) {
        return NX_STR("ru");
    }
    return p->cyrillic > 400 ? NX_STR("bg") : NX_STR_NONE;
}

static bool is_latin(const profile *p)
{
    return p->latin * 3 > p->letters * 2;
}

// The language of a script; absent when it is Latin or mixed.
static nx_str decide_script(const profile *p)
{
    size_t most = p->letters * 2 / 3;
    if (p->letters < LETTERS_MIN) {
        return NX_STR_NONE;
    }
    if (p->cyrillic > most) {
        return decide_cyrillic(p);
    }
    if (p->arabic > most) {
        return p->urdu * 100 > p->arabic      ? NX_STR("ur")
               : p->persian * 100 > p->arabic ? NX_STR("fa")
                                              : NX_STR("ar");
    }
    if (p->han + p->kana > most) {
        return p->kana * 10 > p->han ? NX_STR("ja") : NX_STR("zh");
    }
    return p->hangul > most       ? NX_STR("ko")
           : p->greek > most      ? NX_STR("el")
           : p->hebrew > most     ? NX_STR("he")
           : p->thai > most       ? NX_STR("th")
           : p->devanagari > most ? NX_STR("hi")
                                  : NX_STR_NONE;
}

// Reliable: enough function words, a tenth of all words, and a score that many times that of the
// next language.
typedef struct demand {
    size_t bytes, hits;   // of the sample; function words in it
    uint64_t score, lead; // halves: of words that no other language has; of the next one's score
} demand;

static nx_str decide_words(const profile *p, const demand *d)
{
    size_t best = 0;
    for (size_t i = 1; i < nx_language_column_count; i++) {
        best = p->score[i] > p->score[best] ? i : best;
    }
    uint32_t second = 0;
    for (size_t i = 0; i < nx_language_column_count; i++) {
        second = i != best && p->score[i] > second ? p->score[i] : second;
    }
    bool enough = (uint64_t)p->score[best] * 2 >= d->score * SHARE && p->hits >= d->hits &&
                  (uint64_t)p->score[best] * 10 >= (uint64_t)p->words * SHARE;
    bool clear = (uint64_t)p->score[best] * 2 >= second * d->lead;
    return enough && clear ? nx_str_of(nx_language_columns[best]) : NX_STR_NONE;
}

nx_str nx_language_detect(nx_str text)
{
    static const demand brief = {GLANCE_BYTES, 2, 3, 4};
    static const demand glance = {GLANCE_BYTES, 12, 4, 8};
    static const demand samples[] = {{SAMPLE_BYTES, 5, 4, 3}, {LONG_SAMPLE_BYTES, 5, 4, 3}};
    nx_str found = NX_STR_NONE;
    profile p;
    (void)pthread_once(&slots_once, build_slots);
    if (text.n > GLANCE_BYTES) {
        read_sample(nx_str_make(text.p, nx_utf8_cut(text, GLANCE_BYTES)), &p);
        found = is_latin(&p) ? decide_words(&p, &glance) : NX_STR_NONE;
    }
    for (size_t i = 0; found.p == NULL && i < 2; i++) {
        read_sample(nx_str_make(text.p, nx_utf8_cut(text, samples[i].bytes)), &p);
        found = is_latin(&p) ? decide_words(&p, &samples[i]) : decide_script(&p);
        if (found.p == NULL && text.n <= GLANCE_BYTES && is_latin(&p)) {
            found = decide_words(&p, &brief);
        }
        if (text.n <= samples[i].bytes) {
            break;
        }
    }
    return found;
}
