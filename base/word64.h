// word64.h: eight bytes of text at once, as a number.
//
// Must not know: what the bytes mean. Thread rule: pure functions.
#ifndef NX_BASE_WORD64_H
#define NX_BASE_WORD64_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

// The first byte is the lowest.
static inline uint64_t nx_word64(const void *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

// Four bytes likewise.
static inline uint64_t nx_word32(const void *p)
{
    uint32_t word;
    memcpy(&word, p, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap32(word);
#endif
    return word;
}

// The first byte is the highest: such numbers have the order of their bytes.
static inline uint64_t nx_word64_ordered(const void *p)
{
    return __builtin_bswap64(nx_word64(p));
}

// Writes eight bytes, the lowest first.
static inline void nx_word64_put(void *to, uint64_t word)
{
    word = nx_word64(&word);
    memcpy(to, &word, sizeof word);
}

// The highest first.
static inline void nx_word64_put_ordered(void *to, uint64_t word)
{
    nx_word64_put(to, __builtin_bswap64(word));
}

// Of n bytes, at most eight; behind them zeros.
static inline uint64_t nx_word64_last(const void *p, size_t n)
{
    const unsigned char *b = p;
    if (n >= 8) {
        return nx_word64(b);
    }
    if (n >= 4) { // the first four and the last four, which may be some of them
        return nx_word32(b) | nx_word32(b + n - 4) << 8 * (n - 4);
    }
    return n == 0 ? 0
                  : b[0] | (uint64_t)b[n / 2] << 8 * (n / 2) | (uint64_t)b[n - 1] << 8 * (n - 1);
}

// What of a word are its first n bytes; all from eight on.
static inline uint64_t nx_word64_first(uint64_t word, size_t n)
{
    return n < 8 ? word & (((uint64_t)1 << 8 * n) - 1) : word;
}

#endif
