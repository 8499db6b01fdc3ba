// huffman.c: see huffman.h.
#include "glass/huffman.h"

#include <stdlib.h>

enum {
    SYMBOLS_MAX = NX_HUFFMAN_LITERALS,
    LENGTH_SYMBOLS = 19, // of the code for the lengths of the two codes
    LENGTH_BITS_MAX = 7,
    REPEAT = 16, // the length before, 3 to 6 times
    ZEROS = 17,  // 3 to 10 times
    ZEROS_LONG = 18,
    HIGH_BYTES = 128,
};

typedef struct weighed_symbol {
    uint32_t weight, symbol;
} weighed_symbol;

static int compare_weights(const void *a, const void *b)
{
    const weighed_symbol *x = a, *y = b;
    if (x->weight != y->weight) {
        return x->weight < y->weight ? -1 : 1;
    }
    return x->symbol < y->symbol ? -1 : x->symbol > y->symbol;
}

// How many of count symbols, two or more and lightest first, get codes of each length: Huffman's
// tree, whose nodes are made in order of their weights, so that two queues are enough.
static void count_lengths(const weighed_symbol *symbols, size_t count, unsigned bits_max,
                          uint32_t numbers[NX_HUFFMAN_BITS_MAX + 1])
{
    uint64_t weights[2 * SYMBOLS_MAX]; // leaves, then nodes
    uint16_t parents[2 * SYMBOLS_MAX], depths[2 * SYMBOLS_MAX];
    for (size_t i = 0; i < count; i++) {
        weights[i] = symbols[i].weight;
    }
    size_t leaf = 0, node = count, end = 2 * count - 1;
    for (size_t next = count; next < end; next++) {
        weights[next] = 0;
        for (int child = 0; child < 2; child++) {
            bool take_leaf = leaf < count && (node >= next || weights[leaf] <= weights[node]);
            size_t at = take_leaf ? leaf++ : node++;
            weights[next] += weights[at];
            parents[at] = (uint16_t)next;
        }
    }
    depths[end - 1] = 0;
    uint32_t used = 0; // of the room for codes, in those of the longest
    for (size_t i = end - 1; i-- > 0;) {
        depths[i] = (uint16_t)(depths[parents[i]] + 1);
        if (i < count) {
            unsigned n = depths[i] < bits_max ? depths[i] : bits_max;
            numbers[n]++;
            used += 1U << (bits_max - n);
        }
    }
    // Cutting long codes off took more room than there is. A leaf somewhere above takes one of the
    // longest beside it, one level down.
    for (; used > 1U << bits_max; used--) {
        unsigned n = bits_max - 1;
        while (numbers[n] == 0) {
            n--;
        }
        numbers[n]--;
        numbers[n + 1] += 2;
        numbers[bits_max]--;
    }
}

// Canonical codes: ascending by length, then symbol. Sent from their high ends, so turned round.
static void assign_bits(nx_huffman_symbol *symbols, size_t count)
{
    uint32_t numbers[NX_HUFFMAN_BITS_MAX + 1] = {0}, next[NX_HUFFMAN_BITS_MAX + 1] = {0};
    for (size_t i = 0; i < count; i++) {
        numbers[symbols[i].n]++;
    }
    for (unsigned n = 2; n <= NX_HUFFMAN_BITS_MAX; n++) {
        next[n] = (next[n - 1] + numbers[n - 1]) << 1;
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t code = next[symbols[i].n]++, turned = 0;
        for (unsigned k = 0; k < symbols[i].n; k++) {
            turned = turned << 1 | (code >> k & 1);
        }
        symbols[i].bits = (uint16_t)turned;
    }
}

// At least two of the counts are not 0.
static void make_symbols(nx_huffman_symbol *symbols, const uint32_t *counts, size_t count,
                         unsigned bits_max)
{
    weighed_symbol sorted[SYMBOLS_MAX];
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        symbols[i] = (nx_huffman_symbol){0, 0};
        if (counts[i] > 0) {
            sorted[used++] = (weighed_symbol){counts[i], (uint32_t)i};
        }
    }
    qsort(sorted, used, sizeof *sorted, compare_weights);
    uint32_t numbers[NX_HUFFMAN_BITS_MAX + 1] = {0};
    count_lengths(sorted, used, bits_max, numbers);
    size_t at = 0;
    for (unsigned n = bits_max; n > 0; n--) {
        for (; numbers[n] > 0; numbers[n]--) {
            symbols[sorted[at++].symbol].n = (uint8_t)n;
        }
    }
    assign_bits(symbols, count);
}

// The lengths of both codes, runs put together.
typedef struct sent_lengths {
    struct {
        uint8_t symbol, extra;
    } items[NX_HUFFMAN_LITERALS + NX_HUFFMAN_DISTANCES];
    size_t count;
    uint32_t counts[LENGTH_SYMBOLS];
} sent_lengths;

static void send_length(sent_lengths *to, unsigned symbol, size_t extra)
{
    to->items[to->count].symbol = (uint8_t)symbol;
    to->items[to->count++].extra = (uint8_t)extra;
    to->counts[symbol]++;
}

static void send_run(sent_lengths *to, unsigned length, size_t run)
{
    if (length > 0) {
        send_length(to, length, 0);
        run--;
    }
    while (run >= 3) {
        size_t most = length > 0 ? 6 : 138, take = run < most ? run : most;
        if (length > 0) {
            send_length(to, REPEAT, take - 3);
        } else {
            send_length(to, take > 10 ? ZEROS_LONG : ZEROS, take - (take > 10 ? 11 : 3));
        }
        run -= take;
    }
    for (; run > 0; run--) {
        send_length(to, length, 0);
    }
}

static void put_lengths(nx_bits *to, const sent_lengths *sent, const nx_huffman_symbol *code)
{
    for (size_t i = 0; i < sent->count; i++) {
        unsigned symbol = sent->items[i].symbol;
        nx_bits_put(to, code[symbol].bits, code[symbol].n);
        unsigned extra_n = symbol == REPEAT       ? 2
                           : symbol == ZEROS      ? 3
                           : symbol == ZEROS_LONG ? 7
                                                  : 0;
        nx_bits_put(to, sent->items[i].extra, extra_n);
        nx_bits_store(to);
    }
}

static void make_header(nx_huffman_code *code)
{
    static const uint8_t order[LENGTH_SYMBOLS] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                  11, 4,  12, 3, 13, 2, 14, 1, 15};
    size_t literals = NX_HUFFMAN_LITERALS, distances = NX_HUFFMAN_DISTANCES,
           lengths = LENGTH_SYMBOLS;
    while (code->literals[literals - 1].n == 0) { // the end of the block has a code
        literals--;
    }
    while (code->distances[distances - 1].n == 0) {
        distances--;
    }
    uint8_t all[NX_HUFFMAN_LITERALS + NX_HUFFMAN_DISTANCES];
    for (size_t i = 0; i < literals + distances; i++) {
        all[i] = i < literals ? code->literals[i].n : code->distances[i - literals].n;
    }
    sent_lengths sent = {.count = 0};
    for (size_t i = 0, end = 0; i < literals + distances; i = end) {
        for (end = i + 1; end < literals + distances && all[end] == all[i]; end++) {
        }
        send_run(&sent, all[i], end - i);
    }
    nx_huffman_symbol of_lengths[LENGTH_SYMBOLS];
    make_symbols(of_lengths, sent.counts, LENGTH_SYMBOLS, LENGTH_BITS_MAX);
    while (of_lengths[order[lengths - 1]].n == 0) {
        lengths--;
    }
    nx_bits to = {.to = code->header};
    nx_bits_put(&to, 2U << 1, 3); // not the last block; with codes of its own
    nx_bits_put(&to, literals - 257, 5);
    nx_bits_put(&to, distances - 1, 5);
    nx_bits_put(&to, lengths - 4, 4);
    nx_bits_store(&to);
    for (size_t i = 0; i < lengths; i++) {
        nx_bits_put(&to, of_lengths[order[i]].n, 3);
        nx_bits_store(&to);
    }
    put_lengths(&to, &sent, of_lengths);
    code->header_bits = (unsigned)(to.to - code->header) * 8 + to.n;
    (void)nx_bits_end(&to);
}

void nx_huffman_make(nx_huffman_code *code, const nx_huffman_counts *counts)
{
    make_symbols(code->literals, counts->literals, NX_HUFFMAN_LITERALS, NX_HUFFMAN_BITS_MAX);
    make_symbols(code->distances, counts->distances, NX_HUFFMAN_DISTANCES, NX_HUFFMAN_BITS_MAX);
    for (uint32_t length = NX_MATCH_MIN; length <= NX_MATCH_MAX; length++) {
        nx_huffman_step step = nx_huffman_length(length);
        nx_huffman_symbol symbol = code->literals[step.symbol];
        code->lengths[length].bits = symbol.bits | step.extra << symbol.n;
        code->lengths[length].n = (uint8_t)(symbol.n + step.extra_n);
    }
    make_header(code);
}

// Cuts symbols into runs and gives those of a run the mean of their counts. Bits are counted in
// quarters over all blocks. What the best code of `total` makes of a symbol with a count, if its
// length is n: count * n, and total / ln 2 / 2^n for the room that others then miss. A symbol with
// the length of the one before costs about a bit of the header, another one 4. Best runs are found
// for every length of the last one, symbol by symbol.
static void even_out(uint32_t *counts, size_t count, uint64_t blocks)
{
    enum { MAX = NX_HUFFMAN_BITS_MAX, SAME = 3, OTHER = 18, SCALE = 64 };
    uint64_t total = 0, costs[MAX + 1] = {0};
    uint8_t before[SYMBOLS_MAX][MAX + 1]; // the length of the symbol before, on the best way here
    for (size_t i = 0; i < count; i++) {
        total += counts[i];
    }
    unsigned best = 1;
    for (size_t i = 0; i < count; i++) {
        uint64_t other = costs[best] + OTHER * blocks;
        unsigned next_best = 1;
        for (unsigned n = 1; n <= MAX; n++) {
            uint64_t same = costs[n] + SAME * blocks;
            before[i][n] = (uint8_t)(same <= other ? n : best);
            costs[n] = (same <= other ? same : other) + 4 * (uint64_t)counts[i] * n +
                       (total * 5909 >> 10 >> n); // 4 / ln 2
            next_best = costs[n] < costs[next_best] ? n : next_best;
        }
        best = next_best;
    }
    for (size_t i = count, end = count; i-- > 0;) {
        unsigned length = best;
        best = before[i][length];
        if (i > 0 && best == length) {
            continue;
        }
        uint64_t sum = 0;
        for (size_t k = i; k < end; k++) {
            sum += counts[k];
        }
        for (size_t k = i; k < end; k++) {
            counts[k] = (uint32_t)(sum * SCALE / (end - i)) + 1;
        }
        end = i;
    }
}

void nx_huffman_even_out(nx_huffman_counts *counts, uint32_t blocks)
{
    bool high = false;
    for (size_t i = HIGH_BYTES; i < NX_HUFFMAN_END; i++) {
        high = high || counts->literals[i] > 0;
    }
    even_out(counts->literals, NX_HUFFMAN_LITERALS, blocks);
    even_out(counts->distances, NX_HUFFMAN_DISTANCES, blocks);
    for (size_t i = HIGH_BYTES; i < NX_HUFFMAN_END && !high; i++) {
        counts->literals[i] = 0;
    }
}

uint64_t nx_huffman_price(const nx_huffman_code *code, const nx_huffman_counts *counts)
{
    uint64_t bits = code->header_bits;
    for (size_t i = 0; i < NX_HUFFMAN_LITERALS; i++) {
        bits += (uint64_t)counts->literals[i] * code->literals[i].n;
    }
    for (uint32_t i = 0; i < NX_HUFFMAN_DISTANCES; i++) {
        unsigned extra_n = i > 3 ? i / 2 - 1 : 0;
        bits += (uint64_t)counts->distances[i] * (code->distances[i].n + extra_n);
    }
    for (uint32_t i = 8; i < 28; i++) { // the steps of lengths that have such bits
        bits += (uint64_t)counts->literals[NX_HUFFMAN_END + 1 + i] * (i / 4 - 1);
    }
    return bits;
}
