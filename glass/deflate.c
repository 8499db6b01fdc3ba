// deflate.c: see deflate.h.
//
// Matches are looked for greedily in one table of positions. A tag is gone through in the same way
// for counting its symbols and for writing them: which bytes are matches does not depend on a code.
#include "glass/deflate.h"

#include <stdlib.h>

#include "base/word64.h"
#include "glass/huffman.h"

enum {
    SEEN_BITS = 13,    // a table that the nearest cache holds
    WORD = 4,          // bytes of a match at least
    WORD_FAR = 4096,   // a match of just these is not worth its bits from here on
    SAMPLE_MAX = 4096, // bytes of a tag
    READER_BUFFER = 8192,
    // zlib keeps less than 8 bits of input in hand beside the symbol it is at. A match is at least
    // 2 bits and at most 258 bytes, the end of block at least 1 bit: no more than 4 matches can be
    // pending when the input is used up.
    PENDING_MAX = 4 * NX_MATCH_MAX,
    TAG_MAX = 1 << 30, // a longer one is stored as it is
};

// The code of a kind of tags, and what it is made from.
typedef struct shared_code {
    nx_huffman_counts counts;
    uint32_t tags;
    uint64_t bytes;
    // Of the code, once there is one:
    bool made, high_bytes;              // has it bytes from 128 on?
    uint64_t sample_bits, sample_bytes; // of the tags shown, without headers
    nx_huffman_code code;
} shared_code;

struct nx_deflater {
    // By the hash of four bytes: where they were last, counted over all tags, with a gap of more
    // than a window between two: so nothing needs to be cleared.
    uint32_t seen[1U << SEEN_BITS];
    uint32_t next_position;
    shared_code shared[NX_TAG_KINDS];
    nx_huffman_code own; // of the tag at hand
};

nx_deflater *nx_deflater_new(void)
{
    return calloc(1, sizeof(nx_deflater));
}

void nx_deflater_free(nx_deflater *d)
{
    free(d);
}

// A tag being gone through.
typedef struct tag {
    const unsigned char *at, *end;
    const unsigned char *words_end; // from here on a word would go beyond the end
    uint32_t *seen;
    uint32_t position; // of at
    uint32_t or_ed;    // all bytes, together
} tag;

static tag open_tag(nx_deflater *d, const void *bytes, size_t n)
{
    if (d->next_position > UINT32_MAX - NX_WINDOW_BYTES - 1 - TAG_MAX) {
        memset(d->seen, 0, sizeof d->seen);
        d->next_position = 0;
    }
    const unsigned char *start = bytes;
    tag t = {.at = start,
             .end = start + n,
             .words_end = n >= WORD ? start + n - WORD + 1 : start,
             .seen = d->seen,
             .position = d->next_position + NX_WINDOW_BYTES + 1};
    d->next_position = t.position + (uint32_t)n;
    return t;
}

static inline uint32_t load_word(const unsigned char *p)
{
    uint32_t word = 0;
    memcpy(&word, p, WORD);
    return word;
}

static inline uint32_t *place_of(const tag *t, uint32_t word)
{
    return &t->seen[word * 0x9e3779b1U >> (32 - SEEN_BITS)];
}

static inline void note(const tag *t, uint32_t ahead)
{
    *place_of(t, load_word(t->at + ahead)) = t->position + ahead;
}

// How long the bytes at p, the first four of which are the same, go on like those distance before.
static inline uint32_t match_length(const unsigned char *p, uint32_t distance,
                                    const unsigned char *end)
{
    uint32_t most = end - p < NX_MATCH_MAX ? (uint32_t)(end - p) : NX_MATCH_MAX, n = WORD;
    for (; n + 8 <= most; n += 8) {
        uint64_t differ = nx_word64(p + n) ^ nx_word64(p + n - distance);
        if (differ != 0) {
            return n + (uint32_t)__builtin_ctzll(differ) / 8;
        }
    }
    while (n < most && p[n] == *(p + n - distance)) {
        n++;
    }
    return n;
}

// Goes over the next literal, and returns 0, or over a match, and returns its length.
__attribute__((always_inline)) static inline uint32_t next_symbol(tag *t, uint32_t *distance)
{
    const unsigned char *p = t->at;
    if (p >= t->words_end) {
        t->or_ed |= *p;
        t->at++;
        return 0;
    }
    uint32_t word = load_word(p), *place = place_of(t, word);
    uint32_t back = t->position - *place, inside = back <= NX_WINDOW_BYTES ? back : 0;
    *place = t->position;
    t->or_ed |= word;
    uint32_t length = 0;
    // One condition: which of the two fails cannot be foreseen.
    if ((load_word(p - inside) == word) & (inside > 0)) {
        length = match_length(p, inside, t->end);
    }
    if (length == 0 || (length == WORD && inside > WORD_FAR)) {
        t->at++;
        t->position++;
        return 0;
    }
    if (p + length <= t->words_end) {
        note(t, 1);
        note(t, 2);
        note(t, length - 2);
        note(t, length - 1);
    }
    t->at += length;
    t->position += length;
    *distance = inside;
    return length;
}

static void count(nx_deflater *d, const void *bytes, size_t n, nx_huffman_counts *counts)
{
    tag t = open_tag(d, bytes, n);
    while (t.at < t.end) {
        uint32_t distance = 0, length = next_symbol(&t, &distance);
        if (length == 0) {
            counts->literals[t.at[-1]]++;
        } else {
            counts->literals[nx_huffman_length(length).symbol]++;
            counts->distances[nx_huffman_distance(distance).symbol]++;
        }
    }
    counts->literals[NX_HUFFMAN_END]++;
}

// Could a reader find its buffer full at the end of the stream?
static bool may_end_badly(size_t n)
{
    return n >= READER_BUFFER && n % READER_BUFFER <= PENDING_MAX;
}

// Of the stream of a tag of n bytes whose one block has so many bits.
static size_t stream_bytes(uint64_t bits, size_t n)
{
    return (size_t)(may_end_badly(n) ? (bits + 3 + 7) / 8 + 4 : (bits + 7) / 8);
}

// Writes the stream and returns the number of its bytes. *or_ed: all bytes together. When the code
// lacks a symbol that occurs, nothing comes of it but rubbish of no more bytes.
static size_t encode(nx_deflater *d, const nx_huffman_code *code, const void *bytes, size_t n,
                     unsigned char *to, uint32_t *or_ed)
{
    bool add_block = may_end_badly(n);
    memcpy(to, code->header, (code->header_bits + 7) / 8);
    to[0] |= add_block ? 0 : 1; // the last block
    unsigned char *last = to + code->header_bits / 8;
    nx_bits b = {.to = last, .n = code->header_bits % 8};
    b.held = b.n > 0 ? *last : 0;
    tag t = open_tag(d, bytes, n);
    while (t.at < t.end) {
        uint32_t distance = 0, length = next_symbol(&t, &distance);
        if (length == 0) {
            nx_huffman_symbol literal = code->literals[t.at[-1]];
            nx_bits_put(&b, literal.bits, literal.n);
        } else {
            nx_huffman_step step = nx_huffman_distance(distance);
            nx_huffman_symbol symbol = code->distances[step.symbol];
            nx_bits_put(&b, code->lengths[length].bits, code->lengths[length].n);
            nx_bits_put(&b, symbol.bits, symbol.n);
            nx_bits_put(&b, step.extra, step.extra_n);
        }
        nx_bits_store(&b);
    }
    nx_bits_put(&b, code->literals[NX_HUFFMAN_END].bits, code->literals[NX_HUFFMAN_END].n);
    nx_bits_store(&b);
    if (add_block) { // stored, of no bytes, the last one
        nx_bits_put(&b, 1, 3);
        (void)nx_bits_end(&b);
        nx_bits_put(&b, 0xffff0000U, 32);
    }
    *or_ed = t.or_ed;
    return (size_t)(nx_bits_end(&b) - to);
}

void nx_deflater_sample(nx_deflater *d, nx_tag_kind kind, const void *bytes, size_t n)
{
    shared_code *s = &d->shared[kind];
    size_t part = n < SAMPLE_MAX ? n : SAMPLE_MAX;
    count(d, bytes, part, &s->counts);
    s->tags++;
    s->bytes += part;
}

void nx_deflater_learn(nx_deflater *d, nx_tag_kind kind)
{
    shared_code *s = &d->shared[kind];
    nx_huffman_counts seen = s->counts;
    nx_huffman_even_out(&s->counts, s->tags);
    s->high_bytes = s->counts.literals[128] > 0;
    nx_huffman_make(&s->code, &s->counts);
    s->sample_bits = nx_huffman_price(&s->code, &seen) - s->code.header_bits;
    s->sample_bytes = s->bytes;
    s->made = true;
    s->counts = (nx_huffman_counts){.literals = {0}};
    s->tags = 0;
    s->bytes = 0;
}

// Is it a quarter longer than its length and the tags shown would make one think?
static bool is_long(const shared_code *s, size_t n, size_t stream_n)
{
    uint64_t bits = (uint64_t)stream_n * 8 - s->code.header_bits;
    return bits * s->sample_bytes > (uint64_t)n * s->sample_bits / 4 * 5;
}

// Writes the stream with a code made for the tag, if it is shorter than most; else returns 0.
static size_t encode_alone(nx_deflater *d, const void *bytes, size_t n, size_t most,
                           unsigned char *to)
{
    nx_huffman_counts counts = {.distances = {1, 1}}; // a code has two symbols
    count(d, bytes, n, &counts);
    nx_huffman_make(&d->own, &counts);
    counts.distances[0]--;
    counts.distances[1]--;
    uint32_t or_ed = 0;
    return stream_bytes(nx_huffman_price(&d->own, &counts), n) < most
               ? encode(d, &d->own, bytes, n, to, &or_ed)
               : 0;
}

// 0: no stream is shorter than the tag.
static size_t deflate_tag(nx_deflater *d, const shared_code *s, const void *bytes, size_t n,
                          unsigned char *to)
{
    size_t got = n;
    bool good = false;
    if (s->made) {
        uint32_t or_ed = 0;
        size_t shared_n = encode(d, &s->code, bytes, n, to, &or_ed);
        if (shared_n < n && (s->high_bytes || (or_ed & 0x80808080U) == 0)) {
            got = shared_n;
            good = !is_long(s, n, got);
        }
    }
    size_t alone = good ? 0 : encode_alone(d, bytes, n, got, to);
    return alone > 0 ? alone : got < n ? got : 0;
}

bool nx_deflate(nx_deflater *d, nx_tag_kind kind, const void *bytes, size_t n, nx_buf *out)
{
    enum { ENDS_MAX = NX_HUFFMAN_HEADER_MAX + 2 + 5 + NX_BITS_ROOM };
    char *to = n > 1 && n <= TAG_MAX ? nx_buf_reserve(out, 2 * n + ENDS_MAX) : NULL;
    size_t got = to != NULL ? deflate_tag(d, &d->shared[kind], bytes, n, (unsigned char *)to) : 0;
    if (got == 0) {
        nx_buf_add(out, bytes, n);
        return false;
    }
    out->len += got;
    return true;
}
