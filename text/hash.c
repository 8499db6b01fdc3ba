// hash.c: XXH3 (libxxhash). Apart from digest.c, so that a program which only searches is linked
// without it.
#include <xxhash.h>

#include "text/analysis.h"

uint64_t nx_xxh3(nx_str s)
{
    return XXH3_64bits(s.p, s.n);
}

// Big-endian, as the canonical form of the digests is: the same bytes on every machine.
static void store64(unsigned char *to, uint64_t v)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    v = __builtin_bswap64(v);
#endif
    memcpy(to, &v, sizeof v);
}

static void store128(unsigned char *to, XXH128_hash_t v)
{
    store64(to, v.high64);
    store64(to + 8, v.low64);
}

void nx_digest128(const nx_str *parts, size_t count, unsigned char out[16])
{
    // A chain: each link is the digest so far, the length of the part and the part's digest.
    unsigned char link[40] = {0};
    for (size_t i = 0; i < count; i++) {
        store64(link + 16, parts[i].n);
        store128(link + 24, XXH3_128bits(parts[i].p, parts[i].n));
        store128(link, XXH3_128bits(link, sizeof link));
    }
    memcpy(out, link, 16);
}
