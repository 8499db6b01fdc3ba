// deflate.h: compresses tags (document data, term lists) as readers of glass expect them.
//
// A stored tag is one raw deflate stream. libxapian inflates it with zlib into a buffer of 8192
// bytes and stops when the input is used up, even if zlib still owes output: a stream whose last
// symbols straddle a multiple of 8192 bytes cannot be read (seen with 8193 times 'a', stored by
// libxapian itself). Such streams are ended with an empty block here, so that input is left.
//
// Levels, measured on 7,500 news articles (45 MB). Bytes per byte of text, CPU ms per MB of text:
//   level   document data   term lists
//     0      1.026   0       .804   0
//     1       .474   9       .526   8
//     3       .467  17       .528  17
//     6       .460  15       .524  10
//     9       .458  20       .524  12
// So level 1 for both: the first step saves .83 bytes per byte, all further ones together .02. Term
// lists are compressed although half of the time goes there, because an index is read more often
// than built. Tags that compression does not shorten, and those of up to 18 bytes, are stored as
// they are.
//
// Two encoders: libdeflate where it was found at build time, zlib (which every reader has) for the
// few tags that a reader, tried on those near a multiple of 8192 bytes, does not get to the end of,
// and for all where libdeflate is missing.
// Must not know: tables, documents. Thread rule: one thread at a time.
#ifndef NX_GLASS_DEFLATE_H
#define NX_GLASS_DEFLATE_H

#include <stdbool.h>

#include "base/buf.h"

typedef struct nx_deflater nx_deflater;

// level 1 (fastest) .. 9. NULL without memory.
nx_deflater *nx_deflater_new(int level);
void nx_deflater_free(nx_deflater *d); // accepts NULL

// Appends the compressed form of n bytes to out if it is strictly shorter, and returns true; else
// appends the bytes as they are. Failure of out is sticky.
bool nx_deflate(nx_deflater *d, const void *bytes, size_t n, nx_buf *out);

// The fast encoder (deflate_fast.c): room bytes at most; 0 when it does not fit.
typedef struct nx_fast_deflater nx_fast_deflater;
nx_fast_deflater *nx_fast_deflater_new(int level);
void nx_fast_deflater_free(nx_fast_deflater *f);
size_t nx_fast_deflate(nx_fast_deflater *f, const void *bytes, size_t n, void *to, size_t room);

#endif
