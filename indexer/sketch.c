// sketch.c: see sketch.h.
#include "indexer/sketch.h"

#include "base/word64.h"

enum {
    SHINGLE = 5,       // words
    SHINGLES_MIN = 16, // below this, few edits look like many
    WORDS_MIN = 12,    // a body of fewer says too little without its headline
    SHORT = 150,       // shingles of a text that may be a form filled in
    DAYS_APART = 2,    // of copies of such a text
    DAY_SECONDS = 86400,
};

// Two texts are alike when this much of all, or of the shorter one, is shared. Measured:
// docs/families.md. A text that is a small part of another is a quotation, not a copy.
static const double jaccard_min = 0.5, containment_min = 0.7, part_min = 0.2;

static const uint64_t prime = 0x9e3779b97f4a7c15U; // 2^64 / golden ratio

static uint64_t mix(uint64_t x)
{
    x ^= x >> 32;
    x *= 0xd6e8feb86659fd93U; // a multiplier of good avalanche (rrmxmx)
    x ^= x >> 32;
    x *= 0xd6e8feb86659fd93U;
    return x ^ x >> 32;
}

// ---- words

typedef enum byte_kind { OTHER, LETTER, DIGIT, ALONE } byte_kind;

// What a character outside ASCII is for us, and its length; s is at its first byte.
static byte_kind wide_kind(const unsigned char *p, size_t left, size_t *n)
{
    size_t length = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : p[0] >= 0xc0 ? 2 : 1;
    *n = length < left ? length : left;
    if (p[0] == 0xc2 || (p[0] == 0xe2 && *n > 1 && p[1] < 0x84)) {
        return OTHER; // Latin-1 signs, general punctuation
    }
    if (p[0] == 0xe3 && *n > 2 && p[1] == 0x80) {
        return OTHER; // CJK punctuation
    }
    if (p[0] == 0xef) {
        return OTHER; // full-width signs, byte order marks
    }
    return p[0] >= 0xe3 && p[0] <= 0xed && *n == 3 ? ALONE : LETTER;
}

typedef struct cutter {
    const unsigned char *p, *end;
    uint64_t alone; // the last four characters that stood alone
    bool number;    // the word is one
} cutter;

// Of a character of three bytes, the 16 bits it stands for.
static uint64_t character_bits(const unsigned char *p)
{
    return (uint64_t)(p[0] & 0x0f) << 12 | (uint64_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3f);
}

static byte_kind kind_of(const unsigned char *p, const unsigned char *end, size_t *n)
{
    *n = 1;
    if (*p >= 0x80) {
        return wide_kind(p, (size_t)(end - p), n);
    }
    if (nx_is_alpha((char)*p)) {
        return LETTER;
    }
    return nx_is_digit((char)*p) ? DIGIT : OTHER;
}

// How many of eight bytes, from the first on, are ASCII letters; without_case: they or 0x20.
static inline size_t letters_of(uint64_t eight, uint64_t without_case)
{
    const uint64_t ones = 0x0101010101010101U, high = 0x80 * ones, low = without_case & ~high;
    const uint64_t from_a = low + (0x80 - 'a') * ones, above_z = low + (0x7f - 'z') * ones;
    const uint64_t others = ~(from_a & ~above_z & ~eight) & high;
    return others != 0 ? (size_t)__builtin_ctzll(others) / 8 : 8;
}

// Takes the ASCII letters at p, which are most of a text, into *hash. Returns where they end.
static inline const unsigned char *hash_letters(const unsigned char *p, const unsigned char *end,
                                                uint64_t *hash)
{
    size_t n = 8;
    while (n == 8) {
        const size_t left = (size_t)(end - p);
        const uint64_t eight = left >= 8 ? nx_word64(p) : nx_word64_last(p, left);
        const uint64_t without_case = eight | 0x2020202020202020U;
        n = letters_of(eight, without_case);
        if (n > 0) {
            *hash = (*hash ^ nx_word64_first(without_case, n)) * prime;
            *hash ^= *hash >> 29;
        }
        p += n;
    }
    return p;
}

// The hash of the next word, whatever it is made of; false at the end.
static bool next_of_any_kind(cutter *c, uint64_t *word)
{
    const unsigned char *p = c->p, *const end = c->end;
    uint64_t h = prime;
    bool inside = false, digit_before = false;
    c->number = true;
    while (p < end) {
        const unsigned char *from = p;
        p = hash_letters(p, end, &h);
        if (p > from) {
            inside = true;
            digit_before = false;
            c->number = false;
        }
        if (p == end) {
            break;
        }
        size_t n = 1;
        byte_kind kind = kind_of(p, end, &n);
        bool in_number =
            digit_before && (*p == '.' || *p == ',') && p + 1 < end && nx_is_digit((char)p[1]);
        if ((kind == OTHER && !in_number) || kind == ALONE) {
            if (inside) {
                break;
            }
            p += n;
            if (kind == ALONE) {
                c->p = p;
                c->number = false;
                *word = c->alone = c->alone << 16 | character_bits(p - n);
                return true;
            }
            continue;
        }
        for (size_t i = 0; i < n; i++) {
            h = (h ^ (unsigned char)nx_lower((char)p[i])) * prime;
        }
        p += n;
        inside = true;
        digit_before = kind == DIGIT;
        c->number = c->number && kind != LETTER;
    }
    c->p = p;
    *word = h;
    return inside;
}

// The hash of the next word; false at the end. Most words are letters between spaces and points.
static inline bool next_word(cutter *c, uint64_t *word)
{
    while (c->p < c->end && *c->p < '0') {
        c->p++;
    }
    uint64_t h = prime;
    const unsigned char *p = hash_letters(c->p, c->end, &h);
    if (p == c->p || p == c->end || *p >= 0x80 || nx_is_digit((char)*p)) {
        return next_of_any_kind(c, word);
    }
    c->p = p;
    c->number = false;
    *word = h;
    return true;
}

// Digest of all words of s, going on from h; *count is added to.
static uint64_t digest_words(uint64_t h, nx_str s, uint32_t *count)
{
    cutter c = {(const unsigned char *)s.p, (const unsigned char *)s.p + s.n, 0, false};
    for (uint64_t word = 0; next_word(&c, &word); ++*count) {
        h = (h ^ word) * prime;
        h ^= h >> 29;
    }
    return h;
}

void nx_sketch_make(nx_sketch *out, nx_str title, nx_str body, int32_t day)
{
    *out = (nx_sketch){.day = day};
    if (body.n == 0) {
        return;
    }
    uint64_t window[SHINGLE] = {0}, least[NX_SKETCH_BINS], word = 0, exact = 0, rolling = 0;
    uint64_t last = prime; // what a word has been multiplied by when it leaves the window
    for (unsigned i = 1; i < SHINGLE; i++) {
        last *= prime;
    }
    memset(least, 0xff, sizeof least);
    uint64_t numbers = 0;
    uint32_t words = 0;
    cutter c = {(const unsigned char *)body.p, (const unsigned char *)body.p + body.n, 0, false};
    for (unsigned slot = 0; next_word(&c, &word); slot = slot + 1 == SHINGLE ? 0 : slot + 1) {
        numbers |= c.number ? (uint64_t)1 << (word >> 58) : 0;
        exact = (exact ^ word) * prime;
        exact ^= exact >> 29;
        rolling = (rolling - window[slot] * last + word) * prime;
        window[slot] = word;
        if (++words >= SHINGLE) {
            uint64_t x = mix(rolling);
            unsigned bin = (unsigned)(x >> 57);
            if (x < least[bin]) {
                least[bin] = x;
            }
        }
    }
    out->numbers = numbers;
    if (words < WORDS_MIN) {
        uint32_t more = 0;
        exact = digest_words(exact + 1, title, &more);
        words = words > 0 ? words + more : 0;
    }
    if (words >= SHINGLE) {
        out->exact = exact != 0 ? exact : 1;
    }
    if (words >= SHINGLES_MIN + SHINGLE - 1) { // more than WORDS_MIN
        out->shingles = words - SHINGLE + 1;
        for (unsigned i = 0; i < NX_SKETCH_BINS; i++) {
            uint16_t tag = (uint16_t)least[i];
            out->bins[i] = least[i] == UINT64_MAX ? 0 : tag != 0 ? tag : 1;
        }
    }
}

// ---- comparing

double nx_sketch_jaccard(const nx_sketch *a, const nx_sketch *b)
{
    uint16_t same = 0, used = 0; // no wider than bins: a compiler then compares eight at a time
    for (unsigned i = 0; i < NX_SKETCH_BINS; i++) {
        const uint16_t x = a->bins[i], y = b->bins[i];
        used = (uint16_t)(used + ((x | y) != 0));
        same = (uint16_t)(same + ((x == y) & (x != 0)));
    }
    return used > 0 ? (double)same / used : 0;
}

// Of two sketches of that similarity.
static double containment(const nx_sketch *a, const nx_sketch *b, double jaccard)
{
    uint32_t least = a->shingles < b->shingles ? a->shingles : b->shingles;
    if (least == 0) {
        return 0;
    }
    double shared = jaccard / (1 + jaccard) * ((double)a->shingles + (double)b->shingles) / least;
    return shared < 1 ? shared : 1;
}

double nx_sketch_containment(const nx_sketch *a, const nx_sketch *b)
{
    return containment(a, b, nx_sketch_jaccard(a, b));
}

int32_t nx_sketch_day(int64_t utc)
{
    int64_t day = utc / DAY_SECONDS - (utc % DAY_SECONDS < 0);
    return day > INT32_MIN && day < INT32_MAX ? (int32_t)day : NX_SKETCH_UNDATED;
}

static unsigned count_bits(uint64_t bits)
{
    unsigned n = 0;
    for (; bits != 0; bits &= bits - 1) {
        n++;
    }
    return n;
}

// Short texts with much in common: may they be the same story, or is it a form filled in twice?
static bool same_occasion(const nx_sketch *a, const nx_sketch *b)
{
    if (a->shingles >= SHORT && b->shingles >= SHORT) {
        return true;
    }
    bool dated = a->day != NX_SKETCH_UNDATED && b->day != NX_SKETCH_UNDATED;
    int64_t apart = (int64_t)a->day - b->day;
    if (dated && (apart > DAYS_APART || apart < -DAYS_APART)) {
        return false;
    }
    unsigned of_a = count_bits(a->numbers), of_b = count_bits(b->numbers);
    return 2 * count_bits(a->numbers & b->numbers) >= (of_a < of_b ? of_a : of_b);
}

bool nx_sketch_alike(const nx_sketch *a, const nx_sketch *b)
{
    if (a->exact != 0 && a->exact == b->exact) {
        return true;
    }
    if (a->shingles == 0 || b->shingles == 0 || !same_occasion(a, b)) {
        return false;
    }
    double j = nx_sketch_jaccard(a, b);
    return j >= jaccard_min || (j >= part_min && containment(a, b, j) >= containment_min);
}
