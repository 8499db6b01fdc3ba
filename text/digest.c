// digest.c: SHA-256 (libmd), and the one way to shorten an over-long term.
#include <sha2.h>

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
