// bits.h: writes bits into bytes from the least significant end, as deflate and position tags want.
//
// Must not know: what the bits mean. Thread rule: one thread at a time.
#ifndef NX_GLASS_BITS_H
#define NX_GLASS_BITS_H

#include <stdint.h>

#include "base/word64.h"

// to: whole bytes are stored here; each store writes NX_BITS_ROOM bytes, so that much must be there
// behind what is asked for.
typedef struct nx_bits {
    unsigned char *to;
    uint64_t held; // bits not yet stored, from the low end
    unsigned n;    // how many
} nx_bits;

enum { NX_BITS_ROOM = 8 };

// v has no bits beyond width. At most 56 bits may be put between two stores.
static inline void nx_bits_put(nx_bits *b, uint64_t v, unsigned width)
{
    b->held |= v << b->n;
    b->n += width;
}

static inline void nx_bits_store(nx_bits *b)
{
    nx_word64_put(b->to, b->held);
    b->to += b->n / 8;
    b->held >>= b->n & ~7U;
    b->n &= 7;
}

// Stores all, with zero bits up to a byte; returns the end.
static inline unsigned char *nx_bits_end(nx_bits *b)
{
    nx_bits_store(b);
    if (b->n > 0) {
        b->n = 8;
        nx_bits_store(b);
    }
    return b->to;
}

#endif
