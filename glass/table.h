// table.h: writes one glass table (a B-tree file) from keys in ascending order, front to back.
//
// Leaves are filled completely: a tag that does not fit into what is left of a leaf is cut there
// if the piece is worth its header. Every block is written once; leaf blocks are in key order.
// Must not know: what keys and tags mean. Memory: a few blocks and an output buffer.
// Thread rule: one thread at a time.
#ifndef NX_GLASS_TABLE_H
#define NX_GLASS_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

typedef struct nx_table nx_table;

// What the version file says about a table. Zeroed with present == false: there is no such table.
typedef struct nx_table_root {
    bool present;
    uint32_t root, blocks; // number of the root block; of blocks in the file
    unsigned level;        // of the root
    uint64_t entries;
} nx_table_root;

// Creates the file (which must not exist). The first failure of a table is sticky.
nx_status nx_table_create(nx_table **out, const char *path, uint32_t block_size,
                          nx_error *err) NX_MUST_USE;
// Keys must ascend strictly (NX_EBUG), 1..255 bytes. deflated: the tag is compressed already.
nx_status nx_table_add(nx_table *t, const unsigned char *key, size_t key_n, const void *tag,
                       size_t tag_n, bool deflated, nx_error *err) NX_MUST_USE;
// Writes what is left, syncs and closes the file, and frees t (also on failure). t may be NULL: the
// table is absent.
nx_status nx_table_finish(nx_table *t, nx_table_root *root, nx_error *err) NX_MUST_USE;
// Closes without finishing and frees; the file stays, for the caller to remove. Accepts NULL.
void nx_table_abandon(nx_table *t);

#endif
