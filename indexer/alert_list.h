// alert_list.h: an alert as newsindex alert list shows it.
//
// Must not know: how alerts are kept, found or delivered. Thread rule: pure functions.
#ifndef NX_INDEXER_ALERT_LIST_H
#define NX_INDEXER_ALERT_LIST_H

#include "base/jsonw.h"
#include "store/alerts.h"

// Appends its lines, safe for a terminal.
void nx_alert_list_text(const nx_alert *a, nx_buf *out);
void nx_alert_list_json(const nx_alert *a, nx_jsonw *w); // appends an object

#endif
