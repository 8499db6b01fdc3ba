// arena.h: memory that is given back all at once; article-lifetime data lives in one.
//
// Must not know: what is in it. Thread rule: one thread at a time; may be handed over whole.
#ifndef NX_BASE_ARENA_H
#define NX_BASE_ARENA_H

#include "base/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nx_arena nx_arena;

// NULL when there is no memory. max_bytes bounds what the arena will ever hand out.
nx_arena *nx_arena_new(size_t max_bytes);
void nx_arena_free(nx_arena *a); // accepts NULL
// Empties it and keeps its first block for the next use.
void nx_arena_clear(nx_arena *a);
// n bytes aligned for any type, not zeroed; NULL when out of memory or over the ceiling.
// The memory lives until clear or free. The failure is sticky: see nx_arena_failed.
void *nx_arena_alloc(nx_arena *a, size_t n);
void *nx_arena_calloc(nx_arena *a, size_t count, size_t size);
// A NUL-terminated copy. On failure an absent string (p == NULL).
nx_str nx_arena_copy(nx_arena *a, nx_str s);
bool nx_arena_failed(const nx_arena *a);
size_t nx_arena_bytes(const nx_arena *a); // handed out so far
// NX_OK, or NX_ENOMEM / NX_ELIMIT naming what.
nx_status nx_arena_check(const nx_arena *a, const char *what, nx_error *err) NX_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
