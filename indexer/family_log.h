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
// bytes for each one that is.
// Must not know: the index, articles.
#ifndef NX_INDEXER_FAMILY_LOG_H
#define NX_INDEXER_FAMILY_LOG_H

#include "indexer/families.h"

typedef struct nx_family_log {
    bool closed;      // the last run in it was complete
    uint64_t records; // about articles; many more than there are articles: time to write it anew
    uint64_t bytes;   // up to the last whole frame
} nx_family_log;

// Reads the log of bytes into f. What is damaged ends it, as if the rest had never been written.
nx_status nx_family_log_parse(nx_str bytes, nx_families *f, nx_family_log *out,
                              nx_error *err) NX_MUST_USE;
// Reads INDEX/families; absent: an empty log that is closed.
nx_status nx_family_log_read(const char *index, nx_families *f, nx_family_log *out,
                             nx_error *err) NX_MUST_USE;

// Appending. Records are buffered; a failed writer leaves a log that is not closed.
typedef struct nx_family_writer {
    int fd;
    nx_buf frame;
    char *path, *temporary; // temporary: NULL when appending
} nx_family_writer;

// Goes on behind log->bytes, or (anew) writes a file that takes the place of the old one at close.
nx_status nx_family_writer_open(nx_family_writer *w, const char *index, const nx_family_log *log,
                                bool anew, nx_error *err) NX_MUST_USE;
nx_status nx_family_write_begin(nx_family_writer *w, nx_error *err) NX_MUST_USE; // and syncs
nx_status nx_family_write_put(nx_family_writer *w, const nx_family_entry *e,
                              nx_error *err) NX_MUST_USE;
nx_status nx_family_write_family(nx_family_writer *w, uint64_t key, uint64_t family,
                                 nx_error *err) NX_MUST_USE;
nx_status nx_family_write_drop(nx_family_writer *w, uint64_t key, nx_error *err) NX_MUST_USE;
// Ends the run: 'E', all of it on disk. log->bytes: where the next one goes on.
nx_status nx_family_write_end(nx_family_writer *w, nx_family_log *log, nx_error *err) NX_MUST_USE;
void nx_family_writer_close(nx_family_writer *w);

#endif
