// digest.c: SHA-256 and XXH3 (libmd, libxxhash), and the one way to shorten an over-long term.
#include <sha2.h>
#include <xxhash.h>

#include "base/utf8.h"
#include "text/analysis.h"

nx_sha256 nx_sha256_of(const nx_str *parts, size_t count)
{
    SHA2_CTX ctx;
    SHA256Init(&ctx);
    for (size_t i = 0; i < count; i++) {
        // The length goes first, so that ("ab", "c") and ("a", "bc") differ.
        uint8_t length[8];
        for (int b = 0; b < 8; b++) {
            length[b] = (uint8_t)((uint64_t)parts[i].n >> (8 * b));
        }
        SHA256Update(&ctx, length, sizeof length);
        SHA256Update(&ctx, (const uint8_t *)parts[i].p, parts[i].n);
    }
    nx_sha256 out;
    SHA256Final(out.bytes, &ctx);
    return out;
}

void nx_hex(char *out, const unsigned char *bytes, size_t n)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < n; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
    out[2 * n] = '\0';
}

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

void nx_term_fit(nx_buf *b, size_t start)
{
    enum { DIGEST_BYTES = 16, HEX = 2 * DIGEST_BYTES };
    if (b->failed || b->len - start <= NX_TERM_MAX) {
        return;
    }
    // A strong hash: what is hashed may be an id chosen by a stranger, and two ids with one term
    // would replace each other's article.
    nx_str whole = nx_str_make(b->data + start, b->len - start);
    nx_sha256 digest = nx_sha256_of(&whole, 1);
    char hex[HEX + 1];
    nx_hex(hex, digest.bytes, DIGEST_BYTES);
    nx_buf_truncate(b, start + nx_utf8_cut(whole, NX_TERM_MAX - HEX));
    nx_buf_add(b, hex, HEX);
}
