// intake_internal.h: what intake.c (reading, threads), intake_commit.c and take.c (one article)
// share.
#ifndef NX_INDEXER_INTAKE_INTERNAL_H
#define NX_INDEXER_INTAKE_INTERNAL_H

#include <pthread.h>

#include "base/queue.h"
#include "indexer/batch.h"
#include "indexer/docmaker.h"
#include "indexer/history.h"
#include "indexer/intake.h"
#include "indexer/seen.h"
#include "indexer/story.h"
#include "indexer/withdrawn.h"

// Of an article that the index or its readers had and that the run brings anew, or that it cancels.
typedef struct nx_intake_change {
    unsigned char key[16];
    uint32_t batch, ordinal; // as nx_seen_entry has them
    unsigned char text[16];  // digest of what is read of it
    char *unique_term;       // owned, n bytes
    size_t n;
    char *place; // of what withdraws it, owned; else NULL
} nx_intake_change;

struct nx_intake {
    nx_writer *writer;
    const char *index;
    nx_intake_options options;
    nx_tally *tally;
    nx_progress progress;

    // reading thread only
    nx_record_batch *batch;          // being filled
    const nx_corpus_options *corpus; // of that batch
    nx_record_batch *held[64];       // full ones, until it is clear which writer is used
    size_t held_count;
    uint64_t record_bytes; // since the last checkpoint
    uint32_t next_batch;
    uint32_t uncommitted; // articles put since the last commit
    nx_vocab *removed;    // unique terms of what was taken out since the last checkpoint
    bool bulk, decided;
    struct nx_taker *serial; // the taker of the libxapian path
    // bulk
    nx_glass_builder *builder;
    nx_queue *queue;
    pthread_t *threads;
    unsigned thread_count;

    // shared by the workers, under lock
    pthread_mutex_t lock;
    nx_seen *seen;
    nx_story *story;
    nx_history *history;
    nx_withdrawn *withdrawn; // changed only while no worker runs
    nx_intake_change *changes;
    size_t change_count, change_cap;
    size_t kept_count; // of the changes whose earlier versions are kept
    nx_error failure;  // the first one; code NX_OK: none
};

// What takes articles in: one a thread.
typedef struct nx_taker {
    nx_intake *run;
    nx_docmaker *maker;
    nx_glass_worker *worker; // NULL: through run->writer
    // What readers find, for look-ups: of a worker unless the index was empty, of every taker of a
    // rebuild unless it cannot be read, of others once it is needed; else NULL.
    nx_store *snapshot;
    nx_buf data;             // of a document of the index
    uint32_t batch, ordinal; // ordinal of the next article of the libxapian path
    const nx_record *record; // being parsed
} nx_taker;

nx_status nx_taker_new(nx_taker **out, nx_intake *r, bool bulk, nx_error *err) NX_MUST_USE;
void nx_taker_free(nx_taker *t); // accepts NULL
// What it knows of the index is no longer so. Accepts NULL.
void nx_taker_committed(nx_taker *t);
// Parses and takes in every record of the batch; frees the batch.
nx_status nx_taker_batch(nx_taker *t, nx_record_batch *b, nx_error *err) NX_MUST_USE;

// Ends the batch that is read and waits until all that was read is taken in.
nx_status nx_intake_drain(nx_intake *r, nx_error *err) NX_MUST_USE;
// Before every commit of the index: keeps what readers find of the articles that it changes or
// takes out, and lets the caller's account commit.
nx_status nx_intake_committing(nx_intake *r, nx_error *err) NX_MUST_USE;
void nx_intake_forget_changes(nx_intake *r);
// Leaves the bulk build what ids and families have not taken of the memory there is.
void nx_intake_share_memory(nx_intake *r);

// Tells the caller's account of files, if it keeps one.
bool nx_intake_tell_article(nx_intake *r, nx_str file, nx_str unique_term);
void nx_intake_tell_added(nx_intake *r, nx_str unique_term);
void nx_intake_tell_skip(nx_intake *r, const nx_skip *skip);

#endif
