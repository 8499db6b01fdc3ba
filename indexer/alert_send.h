// alert_send.h: takes what an alert has found to where it is wanted.
//
// Must not know: how hits are found; the manifest but for what is pending. Thread rule: one thread
// at a time.
#ifndef NX_INDEXER_ALERT_SEND_H
#define NX_INDEXER_ALERT_SEND_H

#include "store/alerts.h"

enum {
    NX_ALERT_BATCH = 200,          // hits of one message
    NX_ALERT_FEED_ITEMS = 50,      // hits a feed shows
    NX_ALERT_COMMAND_SECONDS = 60, // that a command may take
};

// Delivers the pending hits of the alert, a batch at a time, and marks each batch as it is
// delivered; *sent counts the hits. On failure what was not delivered stays pending. NX_ESTOP: a
// signal told us to stop.
nx_status nx_alert_send(nx_alerts *alerts, const nx_alert *alert, int64_t now_utc, uint64_t *sent,
                        nx_error *err) NX_MUST_USE;

// Whether the target can be what it is meant to be: a command is split, a directory made, a feed
// written, empty. NX_EUSAGE, or what the system says.
nx_status nx_alert_prepare(nx_alerts *alerts, const nx_alert *alert, int64_t now_utc,
                           nx_error *err) NX_MUST_USE;

#endif
