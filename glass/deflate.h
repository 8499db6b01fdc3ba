// deflate.h: compresses tags (document data, term lists, lists of words) as readers of glass
// expect.
//
// A stored tag is one raw deflate stream (RFC 1951). Tags are short, about a kilobyte, so that most
// of what a general encoder does is to make Huffman codes and to send them. Here tags of one kind
// share a code: it is made from some of them, evened out so that its header is short, and copied
// into each. A tag it suits badly (of another language, say) gets a code of its own, if that is
// shorter; one that does not get shorter at all is stored as it is.
//
// libxapian inflates with zlib into a buffer of 8192 bytes and stops when the input is used up,
// even if zlib still owes output: a stream whose last symbols straddle a multiple of 8192 bytes
// cannot be read (seen with 8193 times 'a', stored by libxapian itself). Streams that might are
// ended with an empty block, so that input is left.
//
// Beside libdeflate at level 1, in bytes per byte of text and CPU ms per MB of text:
// bench/README.md. Must not know: tables, documents. Thread rule: one thread at a time.
#ifndef NX_GLASS_DEFLATE_H
#define NX_GLASS_DEFLATE_H

#include <stdbool.h>

#include "base/buf.h"

typedef struct nx_deflater nx_deflater;

// What tags are alike in.
typedef enum nx_tag_kind { NX_TAG_DATA, NX_TAG_TERMLIST, NX_TAG_WORDS, NX_TAG_KINDS } nx_tag_kind;

nx_deflater *nx_deflater_new(void);    // NULL without memory
void nx_deflater_free(nx_deflater *d); // accepts NULL

// Shows a tag, of which the beginning is looked at; it is not kept. Fewer than 4096 tags make a
// code.
void nx_deflater_sample(nx_deflater *d, nx_tag_kind kind, const void *bytes, size_t n);
// Makes the kind's code from the tags shown since the last one; needs at least one. Without a code,
// every tag gets its own.
void nx_deflater_learn(nx_deflater *d, nx_tag_kind kind);

// Appends the compressed form of n bytes to out if it is strictly shorter, and returns true; else
// appends the bytes as they are. What it writes depends on the bytes and the kind's code only.
// Failure of out is sticky. Room for 2 n bytes is asked of it.
bool nx_deflate(nx_deflater *d, nx_tag_kind kind, const void *bytes, size_t n, nx_buf *out);

#endif
