// update_internal.h: what update.c (which files), update_read.c (reading them),
// update_account.c (what they gave) and update_gone.c (which are gone) share.
#ifndef NX_INDEXER_UPDATE_INTERNAL_H
#define NX_INDEXER_UPDATE_INTERNAL_H

#include "indexer/fingerprint.h"
#include "indexer/intake.h"
#include "indexer/known.h"
#include "indexer/ledger.h"
#include "indexer/news.h"
#include "indexer/scan.h"
#include "indexer/update.h"

enum {
    NX_UPDATE_FAILURES_PER_FILE = 100, // that are listed
    NX_UPDATE_RETRY_MAX_S = 86400,     // the longest wait before something is tried again
};

// A file that is read in this run.
typedef struct nx_work {
    const nx_scan_file *file;
    const nx_known_file *known; // NULL: new
    uint64_t from;              // offset where reading starts
    uint64_t resume;            // and where it starts the next time
    unsigned char hash[16];
    bool has_hash;
    bool done;        // read to its end, or failed for good
    bool recorded;    // in the manifest
    bool retry_later; // it holds back articles (embargo)
    uint64_t articles, skipped;
    nx_status failure; // of the whole file
    uint32_t listed;   // failures noted
} nx_work;

typedef struct nx_update_given {
    size_t work;
    nx_str unique_term;
} nx_update_given;

typedef struct nx_update_failure {
    size_t work;
    nx_str place, reason;
} nx_update_failure;

typedef struct nx_update {
    const nx_update_options *options;
    nx_tally *tally;
    nx_update_say *say;
    void *say_ctx;
    nx_update_report *report;
    const char *dir;
    nx_writer *writer;
    nx_manifest *manifest;
    nx_ledger *ledger;
    nx_news *news; // NULL: no alert wants it
    bool blind;    // of a rebuild: the old index cannot be read
    nx_intake *intake;
    nx_scan *scan;
    nx_error gone; // the first source that is out of sight
    nx_known known;
    int64_t run;

    nx_work *works; // in byte order of paths
    size_t work_count, work_cap;
    nx_corpus_options growing[NX_CONF_ITEMS][2]; // of a source: JSON lines, mailbox

    // of the current checkpoint; strings in the arena
    nx_arena *arena;
    nx_update_given *given;
    size_t given_count, given_cap;
    nx_update_failure *failures;
    size_t failure_count, failure_cap;
    nx_error account_error; // of a hook that cannot report
    size_t last_work;       // where the last look-up of a path ended

    nx_str *only; // sorted; not NULL: take these articles and no others
    size_t only_count;
} nx_update;

// ---- update_account.c
bool nx_update_on_article(void *ctx, nx_str file, nx_str unique_term);
void nx_update_on_added(void *ctx, nx_str unique_term);
nx_status nx_update_on_moved(void *ctx, nx_str from, nx_str to, nx_error *err);
void nx_update_on_skip(void *ctx, const nx_skip *skip);
nx_status nx_update_on_committing(void *ctx, nx_error *err);
// Removes the articles that the paths gave before and do not give in this run, unless another file
// gives them. Nothing is committed.
nx_status nx_update_drop(nx_update *u, const char *const *paths, size_t count,
                         nx_error *err) NX_MUST_USE;
// Writes what became of the finished works into the manifest.
nx_status nx_update_record(nx_update *u, nx_error *err) NX_MUST_USE;

// ---- update_gone.c
// Articles of vanished files leave, of the sources that want it and could be looked through.
nx_status nx_update_remove_vanished(nx_update *u, nx_error *err) NX_MUST_USE;
// Files of the manifest that no source has any more are forgotten: when they come back, they are
// read again, and found unchanged.
nx_status nx_update_forget_vanished(nx_update *u, nx_error *err) NX_MUST_USE;
// Says why the source could not be looked through.
void nx_update_say_source(nx_update *u, const nx_scan_source *s);
// Such sources are listed among the failures, and those that could be no longer.
nx_status nx_update_record_sources(nx_update *u, nx_error *err) NX_MUST_USE;

// ---- update_read.c
// Reads all works, with checkpoints; what was read is then in the index and in the manifest.
nx_status nx_update_read(nx_update *u, nx_error *err) NX_MUST_USE;

#endif
