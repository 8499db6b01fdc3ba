// format.h: Xapian's "glass" format, date code 2016-03-14, as this module writes it.
//
// Xapian 1.4.x and 2.x read and write this format. It has no published specification; what follows
// was learnt by reading databases that libxapian 1.4.22 made and by studying its behaviour, and is
// held to be true because the tests compare whole tables with libxapian's own (tests/unit/
// glass_diff_test.cc). BEn is big endian, n bits. A table maps keys (0..255 bytes) to tags.
//
// FILES. iamglass (version file), postlist, termlist, and when used docdata, position, spelling
// (each ".glass"). A table that is absent is told so by iamglass.
//
// BLOCKS. Equal blocks, numbered from 0. Header: BE32 revision, level (0 = leaf), BE16 free bytes
// between directory and items, BE16 all free bytes, BE16 end of the directory (starts at 11, one
// BE16 offset per item, in key order). Items are packed from the end downwards.
//   leaf item    BE16 (size - 3) | 0x8000 deflated | 0x4000 last piece | 0x2000 first piece,
//                key length (1), key, [BE16 piece number, absent in the first], tag bytes
//   branch item  BE32 child, key length (1), key, BE16 piece number. The first of a block has an
//                empty key and piece 0. At level 1 a key is the shortest that divides the two
//                leaves; above, what the first item of the child had before it was emptied
// The first item of the leftmost leaf has an empty key and no tag, and is not counted. A tag longer
// than an item may be is cut into pieces; any cutting is legal that keeps items within
// (blocksize - 11 - 8) / 4 bytes.
//
// PACKINGS. U: base 128, low first, top bit on all but the last byte. ULAST: low first without
// trailing zero bytes. S (sorts): 0aaaaaaa b | 10aaaaaa b c | 110... STR: U length, bytes. SSTR
// (sorts): zero bytes become 00 ff; ends with one 00 unless it is the key's last part.
//
// POSTLIST keys in order: 00c0 name (metadata) | 00d0 ULAST slot (value statistics: U count, STR
// lower, upper unless equal) | 00d8 U slot, S docid (value chunk) | 00e0 [S docid] (document
// lengths) | SSTR term [00 S docid] (posting list chunk).
//   posting chunk   first: U tf, U cf, U did - 1; all: '1' in the last chunk else '0', U span of
//                   ids; then U wdf, and per further document U gap - 1, U wdf. Closed at 2000
//   lengths         the same with wdf = length, tf = cf = 0; every document has one
//   value chunk     STR value, and per further document U gap - 1, STR. Closed at 2000 bytes
// TERMLIST  S did: U length, U terms; first term: length, bytes, U wdf; others: see termlist.c.
//           S did 00: slots used, U first, U gap - 1...
// DOCDATA   S did: the data. POSITION  SSTR term 00 S did: see positions.c. SPELLING: spelling.c.
//
// Traps: slot keys sort as bytes, not as numbers; readers trust the statistics (a wrong bound
// silently loses hits); last id = document count promises that there are no gaps; a deflate stream
// needs an empty last block when its end falls badly (see deflate.h).
//
// Must not know: files, documents.
#ifndef NX_GLASS_FORMAT_H
#define NX_GLASS_FORMAT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum {
    NX_GLASS_DATE_CODE = (2016 - 2014) << 9 | 3 << 5 | 14,
    NX_GLASS_KEY_MAX = 255,
    NX_GLASS_TERM_MAX = 245,
    NX_GLASS_CHUNK_MIN = 2000,  // a chunk is closed when its body has this many bytes
    NX_GLASS_COMPRESS_MIN = 18, // a tag of more bytes is deflated if that makes it shorter
    NX_GLASS_REVISION = 1,      // of a database just built
    NX_GLASS_U_MAX = 10,        // bytes of the longest U
    NX_GLASS_S_MAX = 5,         // bytes of the longest S of a document id
};

static inline unsigned char *nx_put_be16(unsigned char *p, uint32_t v)
{
    p[0] = (unsigned char)(v >> 8);
    p[1] = (unsigned char)v;
    return p + 2;
}

static inline unsigned char *nx_put_be32(unsigned char *p, uint32_t v)
{
    return nx_put_be16(nx_put_be16(p, v >> 16), v & 0xffffU);
}

static inline unsigned char *nx_put_u(unsigned char *p, uint64_t v)
{
    while (v >= 128) {
        *p++ = (unsigned char)(v | 128);
        v >>= 7;
    }
    *p++ = (unsigned char)v;
    return p;
}

// Reads a U that nx_put_u wrote; stops at end. *p is moved behind it.
static inline uint64_t nx_get_u(const unsigned char **p, const unsigned char *end)
{
    uint64_t v = 0;
    if (*p < end && **p < 128) { // nearly always
        return *(*p)++;
    }
    for (unsigned shift = 0; *p < end && shift < 64; shift += 7) {
        unsigned char c = *(*p)++;
        v |= (uint64_t)(c & 127) << shift;
        if (c < 128) {
            break;
        }
    }
    return v;
}

static inline unsigned char *nx_put_ulast(unsigned char *p, uint64_t v)
{
    for (; v > 0; v >>= 8) {
        *p++ = (unsigned char)v;
    }
    return p;
}

// S of a 32-bit number: at most NX_GLASS_S_MAX bytes.
static inline unsigned char *nx_put_s(unsigned char *p, uint32_t v)
{
    if (v < 1U << 15) {
        return nx_put_be16(p, v);
    }
    if (v < 1U << 22) {
        *p++ = (unsigned char)(0x80 | v >> 16);
        return nx_put_be16(p, v & 0xffffU);
    }
    if (v < 1U << 29) {
        return nx_put_be32(p, 0xc0000000U | v);
    }
    *p++ = 0xe0;
    return nx_put_be32(p, v);
}

// SSTR without its terminator; p has room for 2n bytes. Returns the end.
static inline unsigned char *nx_put_sstr(unsigned char *p, const char *s, size_t n)
{
    if (memchr(s, 0, n) == NULL) {
        memcpy(p, s, n);
        return p + n;
    }
    for (size_t i = 0; i < n; i++) {
        *p++ = (unsigned char)s[i];
        if (s[i] == '\0') {
            *p++ = 0xff;
        }
    }
    return p;
}

#endif
