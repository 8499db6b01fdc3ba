// status.h: how an index is doing: what runs note of themselves at their end, and when it was last
// brought up to date, with what outcome.
//
// Must not know: command lines. Thread rule: none needed.
#ifndef NX_INDEXER_STATUS_H
#define NX_INDEXER_STATUS_H

#include "base/jsonw.h"
#include "indexer/tally.h"
#include "store/manifest.h"

// Exit status of `newsindex status` and `update --max-age` for a stale index.
enum { NX_EXIT_STALE = 1 };

typedef struct nx_index_status {
    int64_t now_utc;
    int64_t ok_utc;   // the last run that ended well; 0: there was none
    int64_t news_utc; // the last run that brought or changed articles; 0: none
    int64_t last_utc; // the last run of all; 0: none
    char last_command[24], last_outcome[24], last_message[300]; // outcome "": runs, or died
    uint64_t indexed, updated, unchanged, removed, skipped;     // of the last run
    int64_t seconds;                                            // it took; -1: not ended
    uint64_t articles, segments, bytes;
    uint64_t files, failures;                      // known files, listed failures
    uint64_t alerts, alerts_failing, hits_pending; // hits that are not delivered
    uint64_t news_waiting; // new articles that the alerts have not been run on
} nx_index_status;

// Notes that a run has ended now, what it did, and why it was no good one (code NX_OK: it was).
nx_status nx_index_run_ended(nx_manifest *m, int64_t run, nx_tally *did, const nx_error *why,
                             nx_error *err) NX_MUST_USE;
// NX_ENOINPUT: there is no index.
nx_status nx_index_status_get(nx_index_status *out, const char *dir, int64_t now_utc,
                              nx_error *err) NX_MUST_USE;
// Whether then, of a run, is no longer ago than span_s, nor as far ahead, as what a clock said that
// was wrong; never when it is 0.
bool nx_is_recent(int64_t now_utc, int64_t then, int64_t span_s);
// Whether the last good run is not recent by max_age_s. 0: any age is good.
bool nx_index_status_stale(const nx_index_status *s, int64_t max_age_s);
void nx_index_status_text(const nx_index_status *s, nx_buf *out);
// Members of a JSON object that is open.
void nx_index_status_json(const nx_index_status *s, nx_jsonw *w);

#endif
