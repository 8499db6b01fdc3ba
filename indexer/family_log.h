// family_log.h: INDEX/families: the sketches and families of an index's articles on disk.
//
// A log that is appended to: every run adds what it changed, and the whole is written anew when
// most of it is out of date. The index does not depend on it: a log that is absent, damaged, or
// that was not closed because the writer died, is made again from the articles (story.h).
//
//   file    "NXFAM" 0 0 4, then frames
//   frame   size of the records (4 bytes), XXH3 of the records (8), records
//   record  'B'                                       a run begins
//           'P' key family exact shingles numbers day n [bins] id
//                                                     an article; bins only when shingles > 0
//           'F' key family                            it has another family
//           'D' key                                   it is gone
//           'E'                                       the run is complete
//
// Numbers are little-endian: keys, families, exact and numbers 8 bytes, shingles and day 4, n
// (length of id) 2. Bins are a bit for each of the NX_SKETCH_BINS, whether it is in use, and two
// bytes for each one that is. A frame has at most 2 MiB of records.
// Must not know: the index, articles. Thread rule: one thread at a time. Memory: two frames.
#ifndef NX_INDEXER_FAMILY_LOG_H
#define NX_INDEXER_FAMILY_LOG_H

#include "indexer/sketch.h"

typedef struct nx_family_record {
    char kind;
    uint64_t key, family;
    // of 'P'
    uint64_t at; // where it is in the file
    nx_sketch sketch;
    nx_str id; // borrowed until the next record is read
} nx_family_record;

typedef struct nx_family_log {
    char *path;
    int fd;
    uint64_t end; // of its frames
    nx_buf frame; // of records that are not in the file yet
} nx_family_log;

// Opens DIR/name for reading and writing; it is made when it is not there.
nx_status nx_family_log_open(nx_family_log *l, const char *dir, const char *name,
                             nx_error *err) NX_MUST_USE;
void nx_family_log_close(nx_family_log *l); // without writing anything
// Throws away everything after l->end; with end 0, all of it.
nx_status nx_family_log_cut(nx_family_log *l, nx_error *err) NX_MUST_USE;
// From now on it is DIR/name, in place of what was there.
nx_status nx_family_log_rename(nx_family_log *l, const char *dir, const char *name,
                               nx_error *err) NX_MUST_USE;

// Appends; 'P' sets *at (may be NULL). Records are buffered, and not read before they are flushed.
nx_status nx_family_log_add(nx_family_log *l, const nx_family_record *record, uint64_t *at,
                            nx_error *err) NX_MUST_USE;
nx_status nx_family_log_flush(nx_family_log *l, nx_error *err) NX_MUST_USE;
nx_status nx_family_log_sync(nx_family_log *l, nx_error *err) NX_MUST_USE; // flushed, on disk

// Reads from the front. What is damaged ends the log, as if the rest had never been written.
typedef struct nx_family_reader {
    const nx_family_log *log;
    char *frame; // with cap bytes, of which left ones from p on are not read yet
    size_t cap, left;
    const char *p;
    uint64_t at;    // in the file, of p
    uint64_t whole; // up to the last frame that was read to its end
} nx_family_reader;

nx_status nx_family_reader_open(nx_family_reader *r, const nx_family_log *l,
                                nx_error *err) NX_MUST_USE;
// false in *more: there are no more. bins: those of sketches are wanted.
nx_status nx_family_read(nx_family_reader *r, bool bins, nx_family_record *out, bool *more,
                         nx_error *err) NX_MUST_USE;
void nx_family_reader_close(nx_family_reader *r);
// The 'P' at a place that a record was read at or added at; scratch takes its bytes.
nx_status nx_family_read_at(const nx_family_log *l, uint64_t at, nx_buf *scratch,
                            nx_family_record *out, nx_error *err) NX_MUST_USE;

#endif
