// manifest.h: INDEX/state.sqlite: what was read, when, with what outcome.
//
// The index does not depend on it: indexing is idempotent, so a lost manifest costs reading all
// files once more, and a manifest that lags behind the index (a death between the two) costs
// reading a file again whose articles are found unchanged. Only earlier versions of articles
// (store/versions.h) cannot be made again from the files. Several readers and one writer at a time.
// Must not know: how files are read. Alerts are in store/alerts.h. Thread rule: one thread.
#ifndef NX_STORE_MANIFEST_H
#define NX_STORE_MANIFEST_H

#include "store/sql.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nx_manifest nx_manifest;

typedef enum nx_manifest_mode { NX_MANIFEST_READ, NX_MANIFEST_WRITE } nx_manifest_mode;

// Opens the manifest of an index; NX_MANIFEST_WRITE makes it when there is none. NX_ENOINPUT: there
// is none to read. NX_ECORRUPT: it is damaged, or empty. NX_EVERSION: made by a newer program.
nx_status nx_manifest_open(nx_manifest **out, const char *index_dir, nx_manifest_mode mode,
                           nx_error *err) NX_MUST_USE;
void nx_manifest_close(nx_manifest *m); // accepts NULL; rolls back what was not committed
// For modules that keep tables of their own in it (names start with their own word).
nx_sql *nx_manifest_sql(nx_manifest *m);
// Transactions nest: the outermost commit is what makes them durable, a rollback undoes all.
nx_status nx_manifest_begin(nx_manifest *m, nx_error *err) NX_MUST_USE;
nx_status nx_manifest_commit(nx_manifest *m, nx_error *err) NX_MUST_USE;
nx_status nx_manifest_rollback(nx_manifest *m, nx_error *err) NX_MUST_USE;
// NX_ECORRUPT with SQLite's first complaint.
nx_status nx_manifest_check(nx_manifest *m, nx_error *err) NX_MUST_USE;

// ---- files --------------------------------------------------------------------------------------

typedef enum nx_file_outcome {
    NX_FILE_DONE,    // read to its end
    NX_FILE_PARTIAL, // some of it was skipped; reasons are in the failures
    NX_FILE_FAILED,  // could not be read
    NX_FILE_IGNORED, // of no known format
} nx_file_outcome;

// Bytes are borrowed: of what was read, until the next call on the manifest.
typedef struct nx_file_state {
    nx_str path; // absolute, bytes as the system has them
    uint64_t size;
    int64_t mtime_ns;
    nx_str hash;       // of the content; absent when it was not computed
    uint64_t articles; // in it
    uint64_t skipped;
    nx_file_outcome outcome;
    uint64_t read_offset; // where reading goes on, of files that are only ever appended to
    int64_t run;          // that last read it
} nx_file_state;

// *found false: never seen; *out is then zero.
nx_status nx_manifest_file(nx_manifest *m, nx_str path, nx_file_state *out, bool *found,
                           nx_error *err) NX_MUST_USE;
nx_status nx_manifest_put_file(nx_manifest *m, const nx_file_state *file,
                               nx_error *err) NX_MUST_USE;
nx_status nx_manifest_forget_file(nx_manifest *m, nx_str path, nx_error *err) NX_MUST_USE;
// Visits all files whose path starts with prefix, in byte order. each must not change the files.
typedef nx_status nx_file_visit(void *ctx, const nx_file_state *file, nx_error *err);
nx_status nx_manifest_each_file(nx_manifest *m, nx_str prefix, nx_file_visit *each, void *ctx,
                                nx_error *err) NX_MUST_USE;

// ---- runs ---------------------------------------------------------------------------------------

typedef struct nx_run {
    int64_t id;
    int64_t started_utc, ended_utc; // ended 0: running, or died
    nx_str command;                 // "add", "update"...
    uint64_t indexed, updated, unchanged, removed, skipped, bytes;
    nx_str outcome; // nx_status_name of how it ended
    nx_str message; // of a failure
} nx_run;

// Notes that a run begins; *id is its number.
nx_status nx_manifest_begin_run(nx_manifest *m, nx_str command, int64_t started_utc, int64_t *id,
                                nx_error *err) NX_MUST_USE;
// run->id says which; its command and start are left as they are.
nx_status nx_manifest_end_run(nx_manifest *m, const nx_run *run, nx_error *err) NX_MUST_USE;
// Visits the newest max runs, newest first.
typedef nx_status nx_run_visit(void *ctx, const nx_run *run, nx_error *err);
nx_status nx_manifest_each_run(nx_manifest *m, uint32_t max, nx_run_visit *each, void *ctx,
                               nx_error *err) NX_MUST_USE;

// ---- failures -----------------------------------------------------------------------------------

typedef struct nx_failure {
    nx_str path;
    nx_str place; // member, line or record in it; empty for the whole file
    nx_str reason;
    uint32_t attempts; // filled when read
    int64_t first_utc, last_utc;
    int64_t retry_utc; // not before
} nx_failure;

// Adds it, or counts another attempt of one at the same path and place. last_utc and retry_utc are
// taken.
nx_status nx_manifest_put_failure(nx_manifest *m, const nx_failure *f, nx_error *err) NX_MUST_USE;
// All failures of a path are mended.
nx_status nx_manifest_clear_failures(nx_manifest *m, nx_str path, nx_error *err) NX_MUST_USE;
typedef nx_status nx_failure_visit(void *ctx, const nx_failure *f, nx_error *err);
nx_status nx_manifest_each_failure(nx_manifest *m, nx_failure_visit *each, void *ctx,
                                   nx_error *err) NX_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
