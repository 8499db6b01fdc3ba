// alerts.h: after a run, finds what is new to the alerts of an index, and delivers it.
//
// newssearch, the program beside this one, looks through the news with the code every search runs
// (newssearch --alerts); what it prints is checked and entered into the manifest together with the
// note that this news has been looked through. Delivery follows, and what cannot be delivered is
// tried again after the next run. The writer's lock is not held meanwhile, so a command may use the
// index. Must not know: command lines. Thread rule: one thread.
#ifndef NX_INDEXER_ALERTS_H
#define NX_INDEXER_ALERTS_H

#include "store/alerts.h"

typedef struct nx_alerts_report {
    uint64_t hits;      // found now
    uint64_t delivered; // hits, also of earlier runs
    uint64_t failed;    // alerts whose hits could not be delivered, or whose query failed
    uint64_t pending;   // hits that wait for the next run
    bool busy;          // another process runs the alerts now: nothing was done
} nx_alerts_report;

// A failure that does not keep the others: "alert fbi: sendmail: exit status 75".
typedef void nx_alerts_say(void *ctx, const char *message);

// Does nothing where there are no alerts, or another process is at it. Any status but NX_OK means
// that no more could be looked through now; what there is stays for the next run.
nx_status nx_alerts_run(const char *index_dir, nx_alerts_report *report, nx_alerts_say *say,
                        void *ctx, nx_error *err) NX_MUST_USE;

#endif
