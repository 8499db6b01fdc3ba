// positions.c: see positions.h.
//
// One position: U p. More: U last, then a bit string: first among 0..last-1, count - 2 among
// 0..last-first-1, then the middle one of each interval, coded within what its neighbours leave
// possible, halves left then right. A number v of 0..n-1 is written in a centred minimal binary
// code: the middle values get one bit less. Interpolative coding: Moffat and Stuiver 2000.
#include "glass/positions.h"

#include "glass/bits.h"
#include "glass/format.h"

// v of 0..n-1, n >= 1.
static inline void put_code(nx_bits *b, uint64_t v, uint64_t n)
{
    unsigned width = n > 1 ? 64U - (unsigned)__builtin_clzll(n - 1) : 0;
    uint64_t spare = (1ULL << width) - n, middle = (n - spare) / 2;
    if (spare == 0 || v < middle) {
        nx_bits_put(b, v, width);
    } else if (v < middle + spare) {
        nx_bits_put(b, v, width - 1);
    } else {
        nx_bits_put(b, v - (middle + spare) + (1ULL << (width - 1)), width);
    }
    nx_bits_store(b); // no code is longer than 32 bits
}

// What lies between p[j] and p[k]; the depth is the logarithm of k - j.
static void put_between(nx_bits *b, const uint32_t *p, size_t j, size_t k)
{
    while (k - j >= 2) {
        size_t mid = j + (k - j) / 2;
        put_code(b, p[mid] - p[j] - (mid - j), p[k] - p[j] - (k - j) + 1);
        put_between(b, p, j, mid);
        j = mid;
    }
}

bool nx_positions_encode(nx_buf *out, const uint32_t *positions, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        if (positions[i - 1] >= positions[i]) {
            return false;
        }
    }
    const size_t ends = 2 * NX_GLASS_U_MAX + NX_BITS_ROOM;
    unsigned char *start =
        n < SIZE_MAX / 8 ? (unsigned char *)nx_buf_reserve(out, ends + 4 * n) : NULL;
    if (start == NULL) {
        return true;
    }
    uint32_t first = positions[0], last = positions[n - 1];
    unsigned char *p = nx_put_u(start, last);
    if (n > 1) {
        nx_bits b = {.to = p};
        put_code(&b, first, last);
        put_code(&b, n - 2, last - first);
        put_between(&b, positions, 0, n - 1);
        p = nx_bits_end(&b);
    }
    out->len += (size_t)(p - start);
    return true;
}
