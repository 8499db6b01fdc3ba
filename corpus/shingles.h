// shingles.h: a set of the word sequences of a text, to ask how much of another text is in it.
//
// Words are runs of letters and digits, without case in ASCII; a shingle is SIZE of them. Must not
// know: where texts come from. Thread rule: one thread at a time.
#ifndef NX_CORPUS_SHINGLES_H
#define NX_CORPUS_SHINGLES_H

#include "base/buf.h"

enum { NX_SHINGLE_SIZE = 4 };

typedef struct nx_shingles {
    uint64_t *slots; // hashes; 0: free
    size_t mask, count;
} nx_shingles;

// NX_ENOMEM.
nx_status nx_shingles_make(nx_shingles *out, nx_str text, nx_error *err) NX_MUST_USE;
void nx_shingles_release(nx_shingles *s);
// How many of text's shingles are in the set, in 1/100; a text of fewer words than a shingle has is
// one shingle. 0 for a text without words.
int nx_shingles_share(const nx_shingles *s, nx_str text);

#endif
