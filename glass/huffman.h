// huffman.h: Huffman codes of deflate blocks (RFC 1951, 3.2): made from counts, with the block
// header that sends them.
//
// Must not know: how matches are found, tags. Thread rule: one thread at a time.
#ifndef NX_GLASS_HUFFMAN_H
#define NX_GLASS_HUFFMAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "glass/bits.h"

enum {
    NX_HUFFMAN_END = 256, // the symbol that ends a block; those of lengths follow it
    NX_HUFFMAN_LITERALS = 286,
    NX_HUFFMAN_DISTANCES = 30,
    NX_HUFFMAN_BITS_MAX = 14, // of a symbol: 15, which deflate allows, made tags longer
    NX_HUFFMAN_HEADER_MAX = 320,
    NX_MATCH_MIN = 3,
    NX_MATCH_MAX = 258,
    NX_WINDOW_BYTES = 32768,
};

// How often the symbols occur.
typedef struct nx_huffman_counts {
    uint32_t literals[NX_HUFFMAN_LITERALS]; // bytes, end of block, lengths of matches
    uint32_t distances[NX_HUFFMAN_DISTANCES];
} nx_huffman_counts;

typedef struct nx_huffman_symbol {
    uint16_t bits;
    uint8_t n; // how many bits; 0: the symbol is not in the code
} nx_huffman_symbol;

typedef struct nx_huffman_code {
    nx_huffman_symbol literals[NX_HUFFMAN_LITERALS], distances[NX_HUFFMAN_DISTANCES];
    struct {
        uint32_t bits; // of the symbol, then those that tell the length apart
        uint8_t n;
    } lengths[NX_MATCH_MAX + 1]; // by the length of a match
    unsigned header_bits;
    unsigned char header[NX_HUFFMAN_HEADER_MAX]; // of a block that is not the last one
} nx_huffman_code;

// A length or distance is sent as one of a few steps and how far it is above it.
typedef struct nx_huffman_step {
    unsigned symbol, extra_n;
    uint32_t extra;
} nx_huffman_step;

// Steps double in width after every two (fine: 1) or four (2) of them.
static inline nx_huffman_step nx_huffman_step_of(uint32_t v, unsigned fine)
{
    unsigned top = 31U - (unsigned)__builtin_clz(v | 1);
    unsigned extra_n = top > fine ? top - fine : 0;
    return (nx_huffman_step){(extra_n << fine) + (v >> extra_n), extra_n,
                             v & ((1U << extra_n) - 1)};
}

// Of a distance 1..NX_WINDOW_BYTES.
static inline nx_huffman_step nx_huffman_distance(uint32_t distance)
{
    return nx_huffman_step_of(distance - 1, 1);
}

// Of the length NX_MATCH_MIN..NX_MATCH_MAX of a match.
static inline nx_huffman_step nx_huffman_length(uint32_t length)
{
    nx_huffman_step step = nx_huffman_step_of(length - NX_MATCH_MIN, 2);
    if (length == NX_MATCH_MAX) {
        step = (nx_huffman_step){.symbol = 28};
    }
    step.symbol += NX_HUFFMAN_END + 1;
    return step;
}

// Makes the best code for a block with these counts, in which symbols that do not occur are
// missing. At least one literal and two distances must have counts.
void nx_huffman_make(nx_huffman_code *code, const nx_huffman_counts *counts);
// Evens counts that many blocks have together out where that makes the header shorter by more than
// the blocks longer: symbols next to each other then have codes of one length, which a header sends
// as a run. Every symbol gets a count; the bytes from 128 on only if one of them has.
void nx_huffman_even_out(nx_huffman_counts *counts, uint32_t blocks);
// Bits of a block with these counts, header included. The code has all symbols that occur.
uint64_t nx_huffman_price(const nx_huffman_code *code, const nx_huffman_counts *counts);

#endif
