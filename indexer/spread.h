// spread.h: numbers put together by a hash: a table of any size in little memory.
//
// Items are dealt out by the first bits of their hash to parts, which go to a file when they are
// many; then one part after the other is sorted. Cost: linear. Memory: 8 MiB, and 16 bytes for each
// of the items of the largest of 256 parts. The file has no name: it cannot outlive the process.
// Must not know: what the numbers are. Thread rule: one thread at a time.
#ifndef NX_INDEXER_SPREAD_H
#define NX_INDEXER_SPREAD_H

#include "base/buf.h"

typedef struct nx_spread nx_spread;

// dir, for the file, is borrowed. NULL without memory.
nx_spread *nx_spread_new(const char *dir);
void nx_spread_free(nx_spread *s); // accepts NULL

nx_status nx_spread_add(nx_spread *s, uint32_t hash, uint32_t number, nx_error *err) NX_MUST_USE;

// Visits every hash that was added more than once, with its n numbers; then there is nothing in
// it. The order depends on what was added, and in what order, alone; the visit may change it.
typedef nx_status nx_spread_visit(void *ctx, uint32_t *numbers, size_t n, nx_error *err);
nx_status nx_spread_each(nx_spread *s, nx_spread_visit *visit, void *ctx,
                         nx_error *err) NX_MUST_USE;

#endif
