// known.h: the files of the manifest in memory, for one run: a look-up a file, none of it on disk.
//
// Must not know: what is done about a file. Cost: about 100 bytes and the path a file. One thread.
#ifndef NX_INDEXER_KNOWN_H
#define NX_INDEXER_KNOWN_H

#include "base/arena.h"
#include "store/manifest.h"

typedef struct nx_known_file {
    const char *path;
    uint64_t size, read_offset;
    int64_t mtime_ns;
    unsigned char hash[16];
    bool has_hash, seen; // seen: for the caller
    nx_file_outcome outcome;
    uint32_t attempts; // of its failures
    int64_t retry_utc; // 0: nothing to be tried again
} nx_known_file;

typedef struct nx_known {
    nx_arena *arena;
    nx_known_file *files; // in byte order of paths
    size_t count, cap;
} nx_known;

nx_status nx_known_load(nx_known *out, nx_manifest *m, nx_error *err) NX_MUST_USE;
void nx_known_release(nx_known *k); // accepts a zeroed one
// NULL when there is none.
nx_known_file *nx_known_find(const nx_known *k, nx_str path);

#endif
