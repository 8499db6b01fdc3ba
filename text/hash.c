// hash.c: XXH3 (libxxhash). Apart from digest.c, so that a program which only searches is linked
// without it.
#include <xxhash.h>

#include "base/word64.h"
#include "text/analysis.h"

uint64_t nx_xxh3(nx_str s)
{
    return XXH3_64bits(s.p, s.n);
}

// Big-endian, as the canonical form of the digests is: the same bytes on every machine.
static void store128(unsigned char *to, XXH128_hash_t v)
{
    nx_word64_put_ordered(to, v.high64);
    nx_word64_put_ordered(to + 8, v.low64);
}

void nx_digest128(const nx_str *parts, size_t count, unsigned char out[16])
{
    // A chain: each link is the digest so far, the length of the part and the part's digest.
    unsigned char link[40] = {0};
    for (size_t i = 0; i < count; i++) {
        nx_word64_put_ordered(link + 16, parts[i].n);
        store128(link + 24, XXH3_128bits(parts[i].p, parts[i].n));
        store128(link, XXH3_128bits(link, sizeof link));
    }
    memcpy(out, link, 16);
}
