// cache.h: what chunks expand to, remembered by their bytes; inside the room only.
//
// Must not know: how chunks are expanded.
#ifndef NX_TEXT_CACHE_H
#define NX_TEXT_CACHE_H

#include "base/arena.h"
#include "text/expand.h"

enum {
    NX_CACHED_MAX = 40, // bytes of a chunk worth remembering
    NX_FRONT_BITS_FIRST = 9,
    NX_FRONT_BITS_STEP = 3,
    NX_FRONT_BITS = 15,                  // at last
    NX_FRONT_SLOTS = 1 << NX_FRONT_BITS, // the common words, in a megabyte
    NX_FRONT_BYTES = 16,                 // longest chunk there
};

typedef struct nx_cache_entry {
    const nx_form *forms[2]; // [1]: in surroundings all in capitals; same array when no different
    uint16_t form_count[2];
    uint8_t positions;
} nx_cache_entry;

// A short chunk, padded with zeros to two words (no chunk has a zero byte), and its expansion: the
// words that make up most of a text are found with one access to memory.
typedef struct nx_front {
    uint64_t a, b;
    const nx_form *forms;
    uint16_t form_count;
    uint8_t positions;
} nx_front;

// What chunks expand to, for one language.
typedef struct nx_cache {
    nx_stemmer *stemmer;
    nx_front *front; // 1 << front_bits of them: few for a query, many for an index
    unsigned front_bits;
    nx_vocab *keys;          // bytes of chunks; NULL until used
    nx_cache_entry *entries; // by number of key
    size_t entry_cap;
    nx_arena *forms;
} nx_cache;

// Makes it usable; false without memory. All zeros is an unused cache.
bool nx_cache_ready(nx_cache *c);
void nx_cache_drop(nx_cache *c);  // gives back everything but the stemmer
void nx_cache_clear(nx_cache *c); // forgets everything, keeps memory
size_t nx_cache_bytes(const nx_cache *c);
// The entry of a chunk; NULL when it is not known. Borrowed until the next add, drop or clear.
const nx_cache_entry *nx_cache_find(const nx_cache *c, nx_str key);
// Expands an unknown chunk of at most NX_CACHED_MAX bytes and keeps the result; NULL without
// memory.
const nx_cache_entry *nx_cache_add(nx_cache *c, nx_expander *x, nx_str key, bool ideographs);

// Where a chunk has its place in the front: worked out, and its memory asked for, some time before
// it is looked up. It stays right when the cache grows, or is dropped and made again.
typedef struct nx_front_key {
    uint64_t a, b;
    size_t slot; // of NX_FRONT_SLOTS; as many: the chunk is too long to have one
} nx_front_key;

// left: how many bytes can be read at key.p (at least key.n).
nx_front_key nx_front_seek(const nx_cache *c, nx_str key, size_t left);
const nx_front *nx_front_find(const nx_cache *c, const nx_front_key *key); // NULL: not there
void nx_front_put(nx_cache *c, const nx_front_key *key, const nx_cache_entry *e);
// Asks for the memory that the expansion of a sought chunk is in.
void nx_cache_fetch(const nx_cache *c, const nx_front_key *front, nx_str key);

#endif
