// intake.h: one run of a command that takes articles in: records -> articles -> documents -> index.
//
// Small inputs go through libxapian into the live segment, one thread. From NX_INTAKE_BULK_BYTES of
// records on (or when told), worker threads parse and invert beside the reading thread and a bulk
// segment is built. What ends up in the index does not depend on which, nor on the number of
// threads. Of several copies of one article in a run the newest stays.
// Must not know: command lines, configuration. Thread rule: one thread uses a run.
#ifndef NX_INDEXER_INTAKE_H
#define NX_INDEXER_INTAKE_H

#include "base/tty.h"
#include "corpus/corpus.h"
#include "indexer/tally.h"
#include "store/manifest.h"
#include "store/store.h"

// Where building a segment begins to cost less than inserting: bench/README.md.
#define NX_INTAKE_BULK_BYTES ((uint64_t)64 << 10)

typedef enum nx_intake_writer {
    NX_INTAKE_AUTO,
    NX_INTAKE_BULK,
    NX_INTAKE_XAPIAN,
} nx_intake_writer;

typedef struct nx_intake_options {
    nx_intake_writer writer;
    unsigned threads;      // workers of a bulk build; 0: one a processor, at most 16
    uint64_t memory_bytes; // budget of a bulk build; 0: 256 MiB
    int64_t now_utc;       // when these versions enter the index; 0: not recorded
    bool show_progress;    // a line on stderr when that is a terminal
    uint64_t total_bytes;  // of the whole input, for the time left; 0: not known
    const struct nx_intake_account *account; // of files; may be NULL; must outlive the run
    nx_manifest *manifest;                   // for earlier versions; NULL: opened when needed
    bool rebuild; // the writer's index is made in place of the one that readers have
    bool blind;   // of a rebuild: that one cannot be read, there is nothing to compare with
} nx_intake_options;

// For a caller that keeps account of what each file gives, or of what is new; what it does not ask
// for is NULL. Calls come from any thread, one at a time, and until the next checkpoint is through;
// file is the path that was read.
typedef struct nx_intake_account {
    void *ctx;
    // An article is there; false leaves it out.
    bool (*article)(void *ctx, nx_str file, nx_str unique_term);
    // It is stored, and the index did not have it.
    void (*added)(void *ctx, nx_str unique_term);
    // What was told to be added is an article that the index had, from a file that is gone.
    nx_status (*moved)(void *ctx, nx_str from, nx_str to, nx_error *err);
    void (*skip)(void *ctx, const nx_skip *skip);
    // Articles told so far are about to be committed.
    nx_status (*committing)(void *ctx, nx_error *err);
} nx_intake_account;

typedef struct nx_intake nx_intake;

// index is the directory w writes to. w and tally must outlive the run.
nx_status nx_intake_new(nx_intake **out, nx_writer *w, const char *index,
                        const nx_intake_options *options, nx_tally *tally,
                        nx_error *err) NX_MUST_USE;

// Takes in a path (nx_corpus_read). corpus must stay as it is until the run has finished.
// NX_ESTOP after a signal: what was read so far is still to be finished.
nx_status nx_intake_read(nx_intake *r, const char *path, const nx_corpus_options *corpus,
                         nx_error *err) NX_MUST_USE;
// The same from a descriptor at its offset (nx_corpus_read_fd).
nx_status nx_intake_read_fd(nx_intake *r, int fd, const char *name, const nx_corpus_options *corpus,
                            nx_error *err) NX_MUST_USE;
// Everything read so far is in the index, committed and counted; the run can go on reading.
nx_status nx_intake_checkpoint(nx_intake *r, nx_error *err) NX_MUST_USE;
// Takes an article out, with its earlier versions; part of the next checkpoint, like what was read
// (nothing of which may be waiting for one). *removed: whether there was one.
nx_status nx_intake_remove(nx_intake *r, nx_str unique_term, bool *removed,
                           nx_error *err) NX_MUST_USE;
// The next checkpoint forgets earlier versions of an article that the index does not have.
nx_status nx_intake_forget(nx_intake *r, nx_str unique_term, nx_error *err) NX_MUST_USE;
// Gives up what was not checkpointed. Accepts NULL.
void nx_intake_free(nx_intake *r);

#endif
