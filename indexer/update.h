// update.h: one run over the sources of one index: what is new or changed is read, what vanished
// leaves, and the manifest says so afterwards.
//
// Must not know: command lines, schedules. Thread rule: one thread.
#ifndef NX_INDEXER_UPDATE_H
#define NX_INDEXER_UPDATE_H

#include "indexer/conf.h"
#include "indexer/tally.h"

typedef struct nx_update_options {
    const nx_conf *conf;
    size_t index;          // in conf
    unsigned wait_seconds; // for another writer
    bool full;             // trust no size and time: compare contents
    bool rebuild;          // make the index anew beside the old one, then swap
    bool allow_empty;      // remove also when a source has no file left at all
    bool show_progress;
    unsigned threads;      // as nx_intake_options
    uint64_t memory_bytes; // end cleanly when the process has grown to this; 0: no bound
    int64_t now_utc;
} nx_update_options;

typedef struct nx_update_report {
    uint64_t known;     // files that have not changed
    uint64_t read;      // files read
    uint64_t left;      // files still being written, left for the next run
    uint64_t failed;    // files that could not be read
    uint64_t vanished;  // files that are gone
    bool ended_early;   // by a limit or a signal: the next run goes on
    bool source_gone;   // a source is out of sight: the run is not a good one
    uint32_t documents; // in the index afterwards
} nx_update_report;

// Messages that are not failures ("source wire: /srv/wire: No such file or directory").
typedef void nx_update_say(void *ctx, const char *message);

// NX_EBUSY: another writer has the index. NX_ENOSPC: before anything was done. Whatever is
// returned, what was committed stays, and the run is in the manifest.
nx_status nx_update_run(const nx_update_options *options, nx_tally *tally, nx_update_say *say,
                        void *ctx, nx_update_report *report, nx_error *err) NX_MUST_USE;

#endif
