// scan.h: which files the sources of an index have now: a walk with stat(), nothing is opened.
//
// Directory times are not relied on: they do not change when a file is rewritten in place, and a
// stat() of every file costs microseconds. Must not know: the index, what was read before.
#ifndef NX_INDEXER_SCAN_H
#define NX_INDEXER_SCAN_H

#include "indexer/conf.h"

typedef struct nx_scan_file {
    const char *path; // absolute, symbolic links above it resolved
    const nx_conf_source *source;
    uint64_t size;
    int64_t mtime_ns;
} nx_scan_file;

typedef struct nx_scan_source {
    const nx_conf_source *source;
    size_t files;
    // Something of it could not be looked into, or a path that is no pattern is not there: what
    // is missing may only be out of sight.
    bool incomplete;
    bool gone;    // that is so of a path as the configuration names it
    nx_error why; // of the first of these
} nx_scan_source;

typedef struct nx_scan {
    nx_arena *arena;
    nx_scan_file *files; // in byte order of paths, each once: of the source that comes first
    size_t count, cap;
    nx_scan_source sources[NX_CONF_ITEMS];
    size_t source_count;
} nx_scan;

// Looks at all sources of conf's index number `index`. NX_ESTOP when stopping was wanted.
nx_status nx_scan_run(nx_scan **out, const nx_conf *conf, size_t index, nx_error *err) NX_MUST_USE;
void nx_scan_free(nx_scan *s); // accepts NULL
// The file of that path, or NULL.
const nx_scan_file *nx_scan_find(const nx_scan *s, nx_str path);

// Bytes of the files below the paths (NULL-terminated), for the time left; 0 for very many files.
uint64_t nx_scan_total_bytes(char **paths);

#endif
