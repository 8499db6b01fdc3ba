// analysis.c: see analysis.h. Cuts text into chunks and reports what each expands to, mostly out of
// the cache (cache.c).
#include "text/analysis.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "base/word64.h"
#include "text/cache.h"
#include "text/unicode.h"

enum {
    CACHE_BYTES_MAX = 64 << 20, // one analyser's caches; over it they start anew
    CACHE_LOOK_EVERY = 256,     // chunks added between two looks at it
    RUN_MAX = 100,              // characters of an unspaced run in one chunk
    MARKS_MAX = 8,              // combining marks that belong to one unspaced character
    AROUND_BYTES = 120,         // surroundings of a word that tell what its capitals mean
    AROUND_WORD_MIN = 4,        // letters of a word in capitals that count as evidence
    AROUND_WORDS_MIN = 2,       // how many of those it takes
    BESIDE_GAP_MAX = 4,         // characters between neighbouring words
    BESIDE_LONG = 5,            // letters of a word that is hardly an acronym itself
    CUTS_AHEAD = 8,             // chunks cut before the first of them is looked up
};

typedef enum byte_kind {
    BYTE_SPACE, // and controls: ends a chunk
    BYTE_PUNCT, // may be inside, is trimmed at both ends
    BYTE_SIGN,  // $ # @: kept in front of a word
    BYTE_WORD,
    BYTE_HIGH, // of a character beyond ASCII
} byte_kind;

struct nx_analyzer {
    nx_expander x;
    nx_cache caches[NX_STEM_LANGUAGES + 1]; // the last is for no stemmer
    nx_cache *now;
    unsigned added; // chunks since the last look at the caches' size
    nx_form run_forms[RUN_MAX];
    unsigned char kinds[256]; // byte_kind
    uint32_t letters;         // as nx_analyzer_letters has them
    bool failed;
};

// A chunk of at most NX_CACHED_MAX bytes on its way to being looked up.
typedef struct cut {
    size_t start, end;
    uint32_t passed; // words passed over before it
    nx_front_key front;
} cut;

// One call of nx_analyze.
typedef struct run {
    nx_analyzer *a;
    nx_str text;
    uint32_t pos;
    nx_chunk_fn *each;
    void *ctx;
    size_t caps_until; // the last verdict on capitals holds up to here
    bool caps;
    uint32_t unwanted; // letters, as in nx_analyzer.letters, whose words are passed over
    uint32_t passed;   // words passed over since the last chunk was cut
    // The cache is larger than the processor's, so chunks are cut ahead, and what they lead to is
    // asked for on the way.
    cut cuts[CUTS_AHEAD]; // the last ones, by number
    size_t cut_count, looked_up;
} run;

// ---- the caches

// Gives the caches' memory back when they hold too much together. Not only their contents: their
// tables alone could be over the limit, and every new chunk would then empty them again.
static void keep_in_bounds(nx_analyzer *a)
{
    if (++a->added < CACHE_LOOK_EVERY) {
        return;
    }
    size_t total = 0;
    a->added = 0;
    for (size_t i = 0; i <= NX_STEM_LANGUAGES; i++) {
        total += nx_cache_bytes(&a->caches[i]);
    }
    for (size_t i = 0; total > CACHE_BYTES_MAX && i <= NX_STEM_LANGUAGES; i++) {
        nx_cache_drop(&a->caches[i]);
    }
}

// The entry of a chunk of at most NX_CACHED_MAX bytes; NULL when there is no memory.
static const nx_cache_entry *look_up(nx_analyzer *a, nx_str key, bool ideographs)
{
    const nx_cache_entry *e = nx_cache_find(a->now, key);
    if (e == NULL) {
        keep_in_bounds(a);
        e = nx_cache_ready(a->now) ? nx_cache_add(a->now, &a->x, key, ideographs) : NULL;
        a->failed = a->failed || e == NULL;
    }
    return e;
}

// ---- capitals

// Counts the words of text[from, to): those with a lower-case letter, and the longer ones in
// capitals; text[skip_from, skip_to) is left out.
static void count_cases(nx_str text, size_t from, size_t to, size_t skip_from, size_t skip_to,
                        unsigned *lower, unsigned *capitals)
{
    unsigned letters = 0;
    bool has_lower = false;
    for (size_t i = from; i <= to; i++) {
        char c = i < to && (i < skip_from || i >= skip_to) ? text.p[i] : ' ';
        if (nx_is_alpha(c)) {
            letters++;
            has_lower = has_lower || !nx_is_upper(c);
        } else if (letters > 0 && (c == ' ' || (unsigned char)c < 0x80)) {
            *lower += has_lower && letters > 1;
            *capitals += !has_lower && letters >= AROUND_WORD_MIN;
            letters = 0;
            has_lower = false;
        }
    }
}

// Letters of the word next to text[at] in the direction of step, when it is all in capitals and in
// the same clause; else 0.
static unsigned capitals_beside(nx_str t, size_t at, int step)
{
    size_t i = step < 0 ? at - 1 : at; // wraps round at the start of the text: beyond its end
    for (unsigned gap = 0; i < t.n && !nx_is_alpha(t.p[i]); i += (size_t)step) {
        if (t.p[i] == '\n' || t.p[i] == '.' || ++gap > BESIDE_GAP_MAX) {
            return 0;
        }
    }
    unsigned letters = 0;
    for (; i < t.n && nx_is_alpha(t.p[i]) && letters < AROUND_BYTES; i += (size_t)step) {
        if (!nx_is_upper(t.p[i])) {
            return 0;
        }
        letters++;
    }
    return letters;
}

// A quotation in capitals inside ordinary prose: "NEW PHONE WHO IS THIS".
static bool capitals_on_both_sides(nx_str t, size_t start, size_t end)
{
    unsigned before = capitals_beside(t, start, -1), after = capitals_beside(t, end, 1);
    return before >= 2 && after >= 2 && (before >= BESIDE_LONG || after >= BESIDE_LONG);
}

// Are the surroundings of text[start, end) all in capitals, so that its own say nothing? Its line
// decides; when that has too few words, what is around it does.
static bool capitals_around(run *r, size_t start, size_t end)
{
    nx_str t = r->text;
    if (capitals_on_both_sides(t, start, end)) {
        return true;
    }
    if (start < r->caps_until) {
        return r->caps;
    }
    size_t from = start < AROUND_BYTES ? 0 : start - AROUND_BYTES;
    size_t to = t.n - end < AROUND_BYTES ? t.n : end + AROUND_BYTES;
    size_t line_from = start, line_to = end;
    while (line_from > from && t.p[line_from - 1] != '\n') {
        line_from--;
    }
    while (line_to < to && t.p[line_to] != '\n') {
        line_to++;
    }
    unsigned lower = 0, capitals = 0;
    count_cases(t, line_from, line_to, start, end, &lower, &capitals);
    if (lower + capitals < AROUND_WORDS_MIN) {
        lower = capitals = 0;
        count_cases(t, from, to, start, end, &lower, &capitals);
    }
    r->caps = capitals >= AROUND_WORDS_MIN && capitals > lower;
    r->caps_until = end + (line_to - end) / 2; // half of what was looked at lies ahead
    return r->caps;
}

// ---- chunks

static void report(run *r, size_t start, size_t end, const nx_form *forms, size_t count,
                   unsigned positions)
{
    if (positions == 0) {
        return;
    }
    nx_chunk c = {start, end, r->pos, forms, (uint16_t)count, (uint8_t)positions};
    r->each(r->ctx, &c);
    r->pos += positions;
}

static nx_str text_of(const run *r, const cut *c)
{
    return nx_str_make(r->text.p + c->start, c->end - c->start);
}

static void look_up_cut(run *r, const cut *c)
{
    nx_analyzer *a = r->a;
    r->pos += c->passed;
    const nx_front *f = nx_front_find(a->now, &c->front);
    if (f != NULL) {
        report(r, c->start, c->end, f->forms, f->form_count, f->positions);
        return;
    }
    const nx_cache_entry *e = look_up(a, text_of(r, c), false);
    if (e == NULL) {
        return;
    }
    bool varies = e->forms[0] != e->forms[1];
    if (!varies) {
        nx_front_put(a->now, &c->front, e);
    }
    int which = varies && capitals_around(r, c->start, c->end);
    report(r, c->start, c->end, e->forms[which], e->form_count[which], e->positions);
}

static void look_up_cuts(run *r, size_t left)
{
    while (!r->a->failed && r->cut_count - r->looked_up > left) {
        look_up_cut(r, &r->cuts[r->looked_up++ % CUTS_AHEAD]);
    }
}

// So that the next position is known.
static void look_up_all(run *r)
{
    look_up_cuts(r, 0);
    r->pos += r->passed;
    r->passed = 0;
}

static void cut_chunk(run *r, size_t start, size_t end)
{
    look_up_cuts(r, CUTS_AHEAD - 1);
    if (r->a->failed) {
        return;
    }
    cut *c = &r->cuts[r->cut_count % CUTS_AHEAD];
    *c = (cut){.start = start, .end = end, .passed = r->passed};
    r->passed = 0;
    c->front = nx_front_seek(r->a->now, text_of(r, c), r->text.n - start);
    if (r->cut_count >= r->looked_up + CUTS_AHEAD / 2) {
        const cut *half_way = &r->cuts[(r->cut_count - CUTS_AHEAD / 2) % CUTS_AHEAD];
        nx_cache_fetch(r->a->now, &half_way->front, text_of(r, half_way));
    }
    r->cut_count++;
}

// A word of one position, none of whose forms begins with a letter that is wanted. Not a word in
// capitals: what they mean may be told from one for the next.
static bool passes_over(const run *r, nx_str word)
{
    const char first = nx_lower(word.p[0]);
    if (!nx_is_alpha(first) || (r->unwanted >> (first - 'a') & 1) == 0) {
        return false;
    }
    for (size_t i = 1; i < word.n; i++) {
        if (word.p[i] < 'a' || word.p[i] > 'z') {
            return false;
        }
    }
    return word.n <= NX_CACHED_MAX;
}

// Analyses text[start, end). Returns where to go on.
static size_t chunk(run *r, size_t start, size_t end)
{
    nx_analyzer *a = r->a;
    nx_str key = nx_str_make(r->text.p + start, end - start);
    if (passes_over(r, key)) {
        r->passed++;
        return end;
    }
    if (key.n <= NX_CACHED_MAX) {
        cut_chunk(r, start, end);
        return end;
    }
    look_up_all(r);
    size_t used = nx_expand(&a->x, key, false);
    if (a->x.capitals_matter && capitals_around(r, start, end)) {
        used = nx_expand(&a->x, key, true);
    }
    if (a->x.failed) {
        a->failed = true;
        return end;
    }
    report(r, start, start + used, a->x.forms, a->x.form_count, a->x.positions);
    return start + used;
}

// A run of unspaced characters from start on, as overlapping pairs. Returns where to go on: at the
// run's last character when the run is longer than a chunk, so that no pair is lost.
static size_t ideograph_run(run *r, size_t start)
{
    size_t at[RUN_MAX + 2] = {start}; // where each character starts; at[count] is the end
    size_t count = 0, i = start;
    bool more = false;
    while (i < r->text.n && !more) {
        size_t next;
        uint32_t c = nx_utf8_decode(r->text, i, &next, NULL);
        bool mark = nx_char_is_mark(c);
        if (mark && count > 0 && next - at[count - 1] <= MARKS_MAX * sizeof(uint32_t)) {
            i = next;
        } else if (nx_char_class_of(c) == NX_CHAR_IDEOGRAPH) {
            more = count == RUN_MAX + 1;
            if (!more) {
                at[count++] = i;
                i = next;
            }
        } else {
            break;
        }
    }
    at[count] = i;
    unsigned kept = 0;
    for (size_t k = 0; k == 0 || k + 1 < count; k++) {
        size_t end = k + 2 <= count ? at[k + 2] : at[k + 1];
        const nx_cache_entry *e = look_up(r->a, nx_str_make(r->text.p + at[k], end - at[k]), true);
        if (e == NULL) {
            return r->text.n;
        }
        if (e->form_count[0] > 0) {
            nx_form f = e->forms[0][0];
            f.dpos = (uint8_t)kept;
            f.start = (uint16_t)(at[k] - start);
            f.end = (uint16_t)(end - start);
            r->a->run_forms[kept++] = f;
        }
    }
    report(r, start, i, r->a->run_forms, kept, kept);
    return more ? at[count - 1] : i;
}

// Where the bytes end that are in a chunk whatever stands around them, those of the kinds from
// BYTE_PUNCT to BYTE_WORD: at limit at the latest.
static size_t plain_end(const run *r, size_t i, size_t limit)
{
    const unsigned char *kinds = r->a->kinds, *p = (const unsigned char *)r->text.p;
    const uint64_t ones = 0x0101010101010101U, tops = ones << 7;
    for (; limit - i >= 8; i += 8) {
        // The top bit of a byte tells: it is above 0x20, it is 0x7f, it is beyond ASCII.
        uint64_t word = nx_word64(p + i), low = word & ~tops;
        uint64_t ends = (~(low + ones * 0x5f) | (low + ones) | word) & tops;
        if (ends != 0) {
            return i + (size_t)__builtin_ctzll(ends) / 8;
        }
    }
    while (i < limit && kinds[p[i]] >= BYTE_PUNCT && kinds[p[i]] <= BYTE_WORD) {
        i++;
    }
    return i;
}

// Where the chunk that starts at i ends: at white space, a character that separates, or a script
// without spaces.
static size_t chunk_end(const run *r, size_t i)
{
    const unsigned char *kinds = r->a->kinds, *p = (const unsigned char *)r->text.p;
    const size_t limit = r->text.n - i > NX_CHUNK_MAX ? i + NX_CHUNK_MAX : r->text.n;
    while (i < limit) {
        i = plain_end(r, i, limit); // most of a chunk
        if (i == limit || kinds[p[i]] == BYTE_SPACE) {
            break;
        }
        size_t next = i;
        nx_char_class k = nx_char_class_of(nx_utf8_decode(r->text, i, &next, NULL));
        if (k == NX_CHAR_BREAK || k == NX_CHAR_IDEOGRAPH) {
            break;
        }
        i = next;
    }
    return i > limit ? limit : i;
}

// Trailing punctuation off, except what may belong to the word: C++, C#, 5%.
static size_t trimmed_end(const run *r, size_t start, size_t end)
{
    while (end > start + 1) {
        char c = r->text.p[end - 1];
        if (r->a->kinds[(unsigned char)c] >= BYTE_WORD || c == '+' || c == '#' || c == '%') {
            break;
        }
        end--;
    }
    return end;
}

// "U. S." and "J. K." are initials too: takes the following ones in while they are capitals with
// dots, a single space apart.
static size_t with_initials(nx_str t, size_t start, size_t end)
{
    if (end - start != 1 || !nx_is_upper(t.p[start])) {
        return end;
    }
    while (end + 3 < t.n && end - start < NX_CACHED_MAX - 3 && t.p[end] == '.' &&
           (t.p[end + 1] == ' ' || t.p[end + 1] == '\n') && nx_is_upper(t.p[end + 2]) &&
           t.p[end + 3] == '.') {
        end += 3;
    }
    return end;
}

// Moves from i over what separates to where a chunk or a run starts (*ideograph); text.n: none.
static size_t chunk_start(const run *r, size_t i, bool *ideograph)
{
    *ideograph = false;
    while (i < r->text.n) {
        size_t next = i + 1;
        unsigned kind = r->a->kinds[(unsigned char)r->text.p[i]];
        if (kind == BYTE_WORD) {
            return i;
        }
        if (kind == BYTE_SIGN && next < r->text.n &&
            r->a->kinds[(unsigned char)r->text.p[next]] >= BYTE_WORD) {
            return i;
        }
        if (kind == BYTE_HIGH) {
            nx_char_class k = nx_char_class_of(nx_utf8_decode(r->text, i, &next, NULL));
            *ideograph = k == NX_CHAR_IDEOGRAPH;
            if (k == NX_CHAR_WORD || k == NX_CHAR_CURRENCY || *ideograph) {
                return i;
            }
        }
        i = next;
    }
    return i;
}

uint32_t nx_analyze(nx_analyzer *a, nx_str text, uint32_t first_pos, nx_chunk_fn *each, void *ctx)
{
    run r = {.a = a, .text = text, .pos = first_pos, .each = each, .ctx = ctx};
    bool ideograph;
    a->x.stemmer = a->now->stemmer;
    if (a->now->stemmer == NULL || nx_stemmer_keeps_first(a->now->stemmer)) {
        r.unwanted = ~a->letters;
    }
    a->failed = a->failed || !nx_cache_ready(a->now);
    for (size_t i = 0; !a->failed;) {
        i = chunk_start(&r, i, &ideograph);
        if (i >= text.n) {
            break;
        }
        if (ideograph) {
            look_up_all(&r);
            i = ideograph_run(&r, i);
            continue;
        }
        size_t end = chunk_end(&r, i);
        size_t trimmed = with_initials(text, i, trimmed_end(&r, i, end));
        size_t used = chunk(&r, i, trimmed);
        i = used < trimmed ? used : trimmed > end ? trimmed : end;
    }
    look_up_all(&r);
    return r.pos;
}

nx_analyzer *nx_analyzer_new(nx_vocab *vocab)
{
    nx_analyzer *a = calloc(1, sizeof *a);
    if (a == NULL) {
        return NULL;
    }
    nx_expander_init(&a->x, vocab);
    a->letters = UINT32_MAX;
    a->now = &a->caches[NX_STEM_LANGUAGES];
    for (int c = 0; c < 256; c++) {
        bool word = nx_is_alpha((char)c) || nx_is_digit((char)c);
        a->kinds[c] = (unsigned char)(c >= 0x80                          ? BYTE_HIGH
                                      : word                             ? BYTE_WORD
                                      : c == '$' || c == '#' || c == '@' ? BYTE_SIGN
                                      : c <= ' ' || c == 0x7f            ? BYTE_SPACE
                                                                         : BYTE_PUNCT);
    }
    return a;
}

void nx_analyzer_free(nx_analyzer *a)
{
    if (a == NULL) {
        return;
    }
    for (size_t i = 0; i <= NX_STEM_LANGUAGES; i++) {
        nx_cache_drop(&a->caches[i]);
        nx_stemmer_free(a->caches[i].stemmer);
    }
    nx_expander_release(&a->x);
    free(a);
}

void nx_analyzer_reset(nx_analyzer *a)
{
    for (size_t i = 0; i <= NX_STEM_LANGUAGES; i++) {
        nx_cache_clear(&a->caches[i]);
    }
    a->failed = a->x.failed = false;
}

void nx_analyzer_language(nx_analyzer *a, nx_str iso639_1)
{
    int language = nx_stem_language(iso639_1);
    nx_cache *c = &a->caches[language < 0 ? NX_STEM_LANGUAGES : language];
    if (language >= 0 && c->stemmer == NULL) {
        c->stemmer = nx_stemmer_new(language);
        a->failed = a->failed || c->stemmer == NULL;
    }
    a->now = c;
}

void nx_analyzer_letters(nx_analyzer *a, uint32_t letters)
{
    a->letters = letters;
}

bool nx_analyzer_failed(const nx_analyzer *a)
{
    return a->failed;
}

size_t nx_analyzer_bytes(const nx_analyzer *a)
{
    size_t total = sizeof *a;
    for (size_t i = 0; i <= NX_STEM_LANGUAGES; i++) {
        total += nx_cache_bytes(&a->caches[i]);
    }
    return total;
}
