// run.h: sorted runs (of one batch in memory, of many on disk) and merging them.
//
// A run is a sequence of entries ascending by (table key, batch number); the key is what the
// postlist table will use: an SSTR term, or 00d8 U slot for values. The payload is the batch's
// postings or values under that key, by ordinal:
//   term    U ordinal gap, U wdf, U bytes of the position tag, tag
//   value   U ordinal gap, STR value
// where a gap is the ordinal minus the one before it (the first: minus 0).
// Must not know: what will become of the entries. Thread rule: one thread at a time.
#ifndef NX_GLASS_RUN_H
#define NX_GLASS_RUN_H

#include "base/buf.h"
#include "glass/format.h"

// The key of the entry written before, for cutting off what keys have in common.
typedef struct nx_run_key {
    unsigned char bytes[NX_GLASS_KEY_MAX];
    size_t n;
} nx_run_key;

// Appends an entry. last starts zeroed for a run.
void nx_run_put(nx_buf *out, nx_run_key *last, const unsigned char *key, size_t key_n,
                uint32_t batch, const void *payload, size_t payload_n);

// An entry; the bytes are borrowed until the merge moves on.
typedef struct nx_run_entry {
    const unsigned char *key;
    size_t key_n;
    uint32_t batch;
    const unsigned char *payload;
    size_t payload_n;
} nx_run_entry;

typedef struct nx_merge nx_merge;

// NULL without memory. At most max_runs can be added.
nx_merge *nx_merge_new(size_t max_runs);
void nx_merge_free(nx_merge *m); // accepts NULL
void nx_merge_add_memory(nx_merge *m, const unsigned char *bytes, size_t n);
// A run of n bytes at offset of the file, read in pieces of buffer bytes.
void nx_merge_add_file(nx_merge *m, int fd, uint64_t offset, uint64_t n, size_t buffer);
// Goes to the next entry of all runs, in order; the first call to the first. *entry == NULL: there
// is none.
nx_status nx_merge_next(nx_merge *m, const nx_run_entry **entry, nx_error *err) NX_MUST_USE;

// pread until all n bytes are there; NX_EIO when the file is shorter.
nx_status nx_read_at(int fd, uint64_t offset, void *to, size_t n, nx_error *err) NX_MUST_USE;

#endif
