// alert_text.h: what newssearch says about hits of alerts, and hits as text for mail, programs and
// feed readers.
//
// Lines of newssearch are read here and nowhere else, and none of what is in them is trusted: text
// from articles cannot begin a header line, steer a terminal or end an element. Must not know:
// where hits are kept or go. Thread rule: one thread at a time.
#ifndef NX_INDEXER_ALERT_TEXT_H
#define NX_INDEXER_ALERT_TEXT_H

#include "corpus/jsonv.h"
#include "store/alerts.h"

enum { NX_ALERT_LINE_MAX = 16 << 20 };

typedef enum nx_finding_kind {
    NX_FINDING_HIT,
    NX_FINDING_ERROR, // the alert's query is not understood
    NX_FINDING_END,   // all news up to a number has been looked through
} nx_finding_kind;

typedef struct nx_finding {
    nx_finding_kind kind;
    nx_str alert;   // HIT, ERROR; never empty
    nx_str message; // ERROR
    nx_str family;  // HIT; may be absent
    int64_t number; // HIT: of the news; END: through
    nx_json *root;  // owns the strings
} nx_finding;

// Reads one line that newssearch --alerts printed. NX_EFORMAT: it is none. *out is to be freed with
// nx_finding_free when NX_OK.
nx_status nx_finding_read(nx_finding *out, nx_str line, nx_error *err) NX_MUST_USE;
void nx_finding_free(nx_finding *f);

// The text of hits: begin, add each (the line newssearch printed), end.
typedef struct nx_alert_text {
    nx_buf *out;
    const nx_alert *alert;
    uint64_t count; // of hits that will come
    uint64_t added;
    bool message; // mail with its headers: for a program that sends it
    int64_t now_utc;
} nx_alert_text;

void nx_alert_text_begin(nx_alert_text *t);
nx_status nx_alert_text_add(nx_alert_text *t, int64_t found_utc, nx_str line,
                            nx_error *err) NX_MUST_USE;
void nx_alert_text_end(nx_alert_text *t);

#endif
