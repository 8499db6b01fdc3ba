// alerts.h: standing queries in the manifest: which articles are news to them, what each has found,
// what is still to be delivered.
//
// A writer that brings articles notes the ones the index did not have (nx_alerts_note_news) before
// they are committed, and says afterwards that they are there (nx_alerts_ready). Whoever looks
// through the ready ones for hits enters these and strikes the news out in one transaction, so an
// article is looked at once, whatever dies when. A hit is entered once: an alert remembers keys of
// all it has found (an article's unique term, its content, its family).
//
// Must not know: what a query means, how hits are found or delivered. Thread rule: one thread at a
// time. Statuses as in manifest.h; the caller holds transactions (nx_manifest_begin).
#ifndef NX_STORE_ALERTS_H
#define NX_STORE_ALERTS_H

#include "store/manifest.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nx_alerts nx_alerts;

// Works on m, which must outlive it. make: makes the tables when there are none; else *out is then
// NULL, which is no error.
nx_status nx_alerts_open(nx_alerts **out, nx_manifest *m, bool make, nx_error *err) NX_MUST_USE;
void nx_alerts_close(nx_alerts *a); // accepts NULL; gives back the turn

// Looking through the news and delivering is done by one process at a time: takes INDEX/alerts.lock
// until close. NX_EBUSY as nx_writer_open.
nx_status nx_alerts_take_turn(nx_alerts *a, const char *index_dir, unsigned wait_seconds,
                              nx_error *err) NX_MUST_USE;

// ---- the alerts ---------------------------------------------------------------------------------

typedef enum nx_alert_form { NX_ALERT_MAIL, NX_ALERT_JSONL, NX_ALERT_RSS } nx_alert_form;
typedef enum nx_alert_way {
    NX_ALERT_PRINT, // standard output of the run
    NX_ALERT_EXEC,  // standard input of a command; target: the command
    NX_ALERT_DIR,   // new files in a directory; target: the directory
    NX_ALERT_FILE,  // one file, replaced; target: the file
} nx_alert_way;

// Strings are borrowed: of what was read, until the next call.
typedef struct nx_alert {
    nx_str name;
    nx_str query;
    nx_alert_form form;
    nx_alert_way way;
    nx_str target;
    int64_t created_utc;
    bool paused;
    // filled when read
    int64_t since;      // number of the last piece of news that it does not look at
    int64_t last_utc;   // of its last hit; 0: none yet
    uint64_t hits;      // so far
    uint64_t pending;   // not delivered
    uint32_t failures;  // of its search or delivery, since the last delivery that went well
    int64_t failed_utc; // the last of them
    nx_str reason;      // of it
} nx_alert;

// Looks at what is news from now on. NX_EUSAGE: the name is taken.
nx_status nx_alerts_add(nx_alerts *a, const nx_alert *alert, nx_error *err) NX_MUST_USE;
// With all it remembers. *found: whether there was one; so for the next.
nx_status nx_alerts_remove(nx_alerts *a, nx_str name, bool *found, nx_error *err) NX_MUST_USE;
// Resumed, it looks at what is news from then on.
nx_status nx_alerts_pause(nx_alerts *a, nx_str name, bool paused, bool *found,
                          nx_error *err) NX_MUST_USE;
nx_status nx_alerts_get(nx_alerts *a, nx_str name, nx_alert *out, bool *found,
                        nx_error *err) NX_MUST_USE;
// Visits all in order of their names. each must not change the alerts.
typedef nx_status nx_alert_visit(void *ctx, const nx_alert *alert, nx_error *err);
nx_status nx_alerts_each(nx_alerts *a, nx_alert_visit *each, void *ctx, nx_error *err) NX_MUST_USE;
// Whether any alert is not paused.
nx_status nx_alerts_active(nx_alerts *a, bool *out, nx_error *err) NX_MUST_USE;

// ---- news ---------------------------------------------------------------------------------------

// The article is about to enter the index.
nx_status nx_alerts_note_news(nx_alerts *a, nx_str unique_term, nx_error *err) NX_MUST_USE;
// It is no news after all.
nx_status nx_alerts_drop_news(nx_alerts *a, nx_str unique_term, nx_error *err) NX_MUST_USE;
// All that was noted so far is in the index, or never will be. The writer's lock must be held.
nx_status nx_alerts_ready(nx_alerts *a, nx_error *err) NX_MUST_USE;
// The number of the article's piece of news, ready or not; 0: it is none.
nx_status nx_alerts_news_number(nx_alerts *a, nx_str unique_term, int64_t *out,
                                nx_error *err) NX_MUST_USE;
// Visits the first max ready ones (or, ready false, those that are not) in order of their numbers.
// each may call nx_alerts_drop_news, and nothing else.
typedef nx_status nx_news_visit(void *ctx, int64_t number, nx_str unique_term, nx_error *err);
nx_status nx_alerts_each_news(nx_alerts *a, bool ready, uint32_t max, nx_news_visit *each,
                              void *ctx, nx_error *err) NX_MUST_USE;
// The term of a ready one, borrowed until the next call; absent when there is none.
nx_status nx_alerts_news_term(nx_alerts *a, int64_t number, nx_str *out, nx_error *err) NX_MUST_USE;
// The ready ones up to this number have been looked at.
nx_status nx_alerts_strike_news(nx_alerts *a, int64_t through, nx_error *err) NX_MUST_USE;

// ---- hits ---------------------------------------------------------------------------------------

// Enters a hit, as the text it was found as, unless the alert has found one of the keys before;
// *entered tells. Absent and empty keys are left out.
nx_status nx_alerts_enter(nx_alerts *a, nx_str alert, const nx_str *keys, size_t key_count,
                          nx_str text, int64_t now_utc, bool *entered, nx_error *err) NX_MUST_USE;

typedef nx_status nx_alert_hit_visit(void *ctx, int64_t id, int64_t found_utc, nx_str text,
                                     nx_error *err);
// Visits the first max hits that are not delivered, in the order they were entered.
nx_status nx_alerts_each_pending(nx_alerts *a, nx_str alert, uint32_t max, nx_alert_hit_visit *each,
                                 void *ctx, nx_error *err) NX_MUST_USE;
// Visits the last max hits, delivered or not, newest first, as far as they are kept.
nx_status nx_alerts_each_last(nx_alerts *a, nx_str alert, uint32_t max, nx_alert_hit_visit *each,
                              void *ctx, nx_error *err) NX_MUST_USE;
// The pending hits up to this id are delivered; of the delivered ones the last keep stay.
nx_status nx_alerts_delivered(nx_alerts *a, nx_str alert, int64_t through, uint32_t keep,
                              nx_error *err) NX_MUST_USE;
// They could not be.
nx_status nx_alerts_failed(nx_alerts *a, nx_str alert, int64_t now_utc, nx_str reason,
                           nx_error *err) NX_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
