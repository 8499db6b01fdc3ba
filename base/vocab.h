// vocab.h: interning table, bytes -> dense numbers 0,1,2...; and a plain string map on top of it.
//
// A vocabulary gives every distinct byte string a number in order of first sight. The analyser
// interns terms here once, and everything after it (DOC, inverter) works with numbers.
// Must not know: what a term is. Cost: one hash and one compare per look-up; the bytes are stored
// once. Hashing is seeded per table, so that hostile input cannot choose collisions; nothing
// observable depends on the seed. Thread rule: one thread at a time.
#ifndef NX_BASE_VOCAB_H
#define NX_BASE_VOCAB_H

#include "base/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nx_vocab nx_vocab;
#define NX_VOCAB_NONE UINT32_MAX

nx_vocab *nx_vocab_new(void); // NULL when there is no memory
void nx_vocab_free(nx_vocab *v);
void nx_vocab_clear(nx_vocab *v); // forgets everything, keeps memory
// The number of s, new or known. NX_VOCAB_NONE when there is no memory (or s is the 2^32nd string,
// or as many bytes long). *is_new (may be NULL) tells a first sight.
uint32_t nx_vocab_add(nx_vocab *v, nx_str s, bool *is_new);
// The number of s, or NX_VOCAB_NONE when it was never added.
uint32_t nx_vocab_find(const nx_vocab *v, nx_str s);
// Asks for the memory that a look-up of s, some time from now, starts with.
void nx_vocab_fetch(const nx_vocab *v, nx_str s);
// The bytes of a number given out before; borrowed until clear or free; NUL-terminated.
nx_str nx_vocab_get(const nx_vocab *v, uint32_t id);
// Asks for the memory that nx_vocab_get of the number reads, some time from now.
void nx_vocab_fetch_number(const nx_vocab *v, uint32_t id);
uint32_t nx_vocab_count(const nx_vocab *v);
size_t nx_vocab_bytes(const nx_vocab *v); // memory held, for budgets

// A good 64-bit hash of bytes (not cryptographic); same result on every machine for a seed.
uint64_t nx_hash64(const void *p, size_t n, uint64_t seed);

#ifdef __cplusplus
}
#endif
#endif
