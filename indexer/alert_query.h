// alert_query.h: whether a query can be a standing one, and what it would have found lately.
//
// Both by running newssearch, since queries are its business. Must not know: alerts in the
// manifest.
#ifndef NX_INDEXER_ALERT_QUERY_H
#define NX_INDEXER_ALERT_QUERY_H

#include "base/buf.h"

enum { NX_ALERT_QUERY_MAX = 1 << 14 }; // bytes

// newssearch understands the query, every part of it; when it does not, it has said on stderr what
// is wrong. *count: what it finds in the index now. NX_EUSAGE: it is no line of text. NX_EQUERY.
nx_status nx_alert_query_try(const char *index_dir, nx_str query, uint64_t *count,
                             nx_error *err) NX_MUST_USE;

typedef struct nx_alert_sample {
    int64_t since_utc; // what was indexed since
    uint64_t limit;    // articles; 0: all
    bool json, jsonl;  // else as text
} nx_alert_sample;

// Prints what a search for it finds among what was indexed since, the newest first.
nx_status nx_alert_query_test(const char *index_dir, nx_str query, const nx_alert_sample *how,
                              nx_error *err) NX_MUST_USE;

#endif
