// alerts.c: see alerts.h.
#include "store/alerts.h"

#include <stdlib.h>

#include "base/arena.h"
#include "store/parts.h"

static const char tables[] =
    "CREATE TABLE IF NOT EXISTS alert (name TEXT PRIMARY KEY, query TEXT NOT NULL,"
    " form INT NOT NULL, way INT NOT NULL, target TEXT NOT NULL, created_utc INT NOT NULL,"
    " paused INT NOT NULL, since INT NOT NULL, last_utc INT NOT NULL DEFAULT 0,"
    " hits INT NOT NULL DEFAULT 0, failures INT NOT NULL DEFAULT 0,"
    " failed_utc INT NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '') WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS alert_news (number INTEGER PRIMARY KEY AUTOINCREMENT,"
    " term BLOB NOT NULL UNIQUE, ready INT NOT NULL DEFAULT 0);"
    "CREATE TABLE IF NOT EXISTS alert_seen (alert TEXT NOT NULL, key BLOB NOT NULL,"
    " PRIMARY KEY (alert, key)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS alert_hit (id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " alert TEXT NOT NULL, found_utc INT NOT NULL, pending INT NOT NULL, text TEXT NOT NULL);"
    "CREATE INDEX IF NOT EXISTS alert_hit_by_alert ON alert_hit (alert, pending, id);";

#define COLUMNS                                                                                    \
    "name, query, form, way, target, created_utc, paused, since, last_utc, hits, (SELECT count(*)" \
    " FROM alert_hit WHERE alert = name AND pending = 1), failures, failed_utc, reason"
// AUTOINCREMENT remembers the largest number that ever was.
#define LAST_NEWS "(SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'alert_news')"

#define STATEMENTS(X)                                                                              \
    X(ADD, "INSERT INTO alert (name, query, form, way, target, created_utc, paused, since)"        \
           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, " LAST_NEWS ") ON CONFLICT DO NOTHING")           \
    X(REMOVE, "DELETE FROM alert WHERE name = ?1")                                                 \
    X(REMOVE_SEEN, "DELETE FROM alert_seen WHERE alert = ?1")                                      \
    X(REMOVE_HITS, "DELETE FROM alert_hit WHERE alert = ?1")                                       \
    X(PAUSE, "UPDATE alert SET since = CASE WHEN paused AND NOT ?2 THEN " LAST_NEWS                \
             " ELSE since END, paused = ?2 WHERE name = ?1")                                       \
    X(GET, "SELECT " COLUMNS " FROM alert WHERE name = ?1")                                        \
    X(EACH, "SELECT " COLUMNS " FROM alert ORDER BY name")                                         \
    X(ACTIVE, "SELECT 1 FROM alert WHERE paused = 0 LIMIT 1")                                      \
    X(NOTE_NEWS, "INSERT OR REPLACE INTO alert_news (term) VALUES (?1)")                           \
    X(DROP_NEWS, "DELETE FROM alert_news WHERE term = ?1")                                         \
    X(READY, "UPDATE alert_news SET ready = 1 WHERE ready = 0")                                    \
    X(NEWS_NUMBER, "SELECT number FROM alert_news WHERE term = ?1")                                \
    X(EACH_NEWS, "SELECT number, term FROM alert_news WHERE ready = ?1 ORDER BY number LIMIT ?2")  \
    X(NEWS_TERM, "SELECT term FROM alert_news WHERE number = ?1 AND ready = 1")                    \
    X(STRIKE_NEWS, "DELETE FROM alert_news WHERE number <= ?1 AND ready = 1")                      \
    X(SEEN, "SELECT 1 FROM alert_seen WHERE alert = ?1 AND key = ?2")                              \
    X(SEE, "INSERT OR IGNORE INTO alert_seen VALUES (?1, ?2)")                                     \
    X(ENTER, "INSERT INTO alert_hit (alert, found_utc, pending, text) VALUES (?1, ?2, 1, ?3)")     \
    X(COUNT_HIT, "UPDATE alert SET hits = hits + 1, last_utc = ?2 WHERE name = ?1")                \
    X(EACH_PENDING, "SELECT id, found_utc, text FROM alert_hit WHERE alert = ?1 AND pending = 1"   \
                    " ORDER BY id LIMIT ?2")                                                       \
    X(EACH_LAST, "SELECT id, found_utc, text FROM alert_hit WHERE alert = ?1"                      \
                 " ORDER BY id DESC LIMIT ?2")                                                     \
    X(DELIVER, "UPDATE alert_hit SET pending = 0 WHERE alert = ?1 AND pending = 1 AND id <= ?2")   \
    X(PRUNE, "DELETE FROM alert_hit WHERE alert = ?1 AND pending = 0 AND id NOT IN"                \
             " (SELECT id FROM alert_hit WHERE alert = ?1 AND pending = 0 ORDER BY id DESC"        \
             " LIMIT ?2)")                                                                         \
    X(FORGIVE, "UPDATE alert SET failures = 0, failed_utc = 0, reason = '' WHERE name = ?1")       \
    X(FAIL, "UPDATE alert SET failures = failures + 1, failed_utc = ?2, reason = ?3"               \
            " WHERE name = ?1")

enum statement {
#define X(id, text) id,
    STATEMENTS(X)
#undef X
        STATEMENT_COUNT
};

static const char *const texts[] = {
#define X(id, text) text,
    STATEMENTS(X)
#undef X
};

enum { GIVEN_BYTES = 1 << 28 };

struct nx_alerts {
    nx_sql *db;
    nx_sql_stmt *statements[STATEMENT_COUNT];
    nx_lock turn;
    nx_arena *given; // strings of what was got last
};

nx_status nx_alerts_open(nx_alerts **out, nx_manifest *m, bool make, nx_error *err)
{
    nx_sql *db = nx_manifest_sql(m);
    bool there = false;
    *out = NULL;
    nx_status st = nx_sql_has(db, "alert_hit_by_alert", &there, err);
    if (st != NX_OK || (!there && !make)) {
        return st;
    }
    nx_alerts *a = calloc(1, sizeof *a);
    if (a == NULL) {
        return nx_fail_nomem(err);
    }
    a->db = db;
    a->turn.fd = -1;
    a->given = nx_arena_new(GIVEN_BYTES);
    st = a->given != NULL ? NX_OK : nx_fail_nomem(err);
    st = st == NX_OK && !there ? nx_sql_exec(db, tables, err) : st;
    if (st != NX_OK) {
        nx_alerts_close(a);
        return st;
    }
    *out = a;
    return NX_OK;
}

void nx_alerts_close(nx_alerts *a)
{
    if (a != NULL) {
        nx_sql_free_all(a->statements, STATEMENT_COUNT);
        nx_lock_drop(&a->turn);
        nx_arena_free(a->given);
        free(a);
    }
}

nx_status nx_alerts_take_turn(nx_alerts *a, const char *index_dir, unsigned wait_seconds,
                              nx_error *err)
{
    return nx_lock_take(&a->turn, index_dir, "alerts.lock", wait_seconds, err);
}

// A statement, ready to be bound. NULL on failure.
static nx_sql_stmt *need(nx_alerts *a, enum statement which, nx_status *st, nx_error *err)
{
    return nx_sql_need(&a->statements[which], a->db, texts[which], st, err);
}

// Runs a statement about an alert, or about an article, alone.
static nx_status about(nx_alerts *a, enum statement which, nx_str name, nx_error *err)
{
    nx_status st;
    nx_sql_stmt *s = need(a, which, &st, err);
    if (s == NULL) {
        return st;
    }
    if (which == NOTE_NEWS || which == DROP_NEWS) {
        nx_sql_bind_blob(s, 1, name);
    } else {
        nx_sql_bind_text(s, 1, name);
    }
    return nx_sql_done(s, err);
}

// ---- the alerts ---------------------------------------------------------------------------------

nx_status nx_alerts_add(nx_alerts *a, const nx_alert *alert, nx_error *err)
{
    nx_status st;
    nx_sql_stmt *s = need(a, ADD, &st, err);
    if (s == NULL) {
        return st;
    }
    nx_sql_bind_text(s, 1, alert->name);
    nx_sql_bind_text(s, 2, alert->query);
    nx_sql_bind_int(s, 3, alert->form);
    nx_sql_bind_int(s, 4, alert->way);
    nx_sql_bind_text(s, 5, alert->target.p != NULL ? alert->target : NX_STR(""));
    nx_sql_bind_int(s, 6, alert->created_utc);
    nx_sql_bind_int(s, 7, alert->paused);
    st = nx_sql_done(s, err);
    if (st == NX_OK && nx_sql_changes(a->db) == 0) {
        st = nx_fail(err, NX_EUSAGE, "there is an alert named %.*s already",
                     (int)(alert->name.n < 80 ? alert->name.n : 80), alert->name.p);
    }
    return st;
}

nx_status nx_alerts_remove(nx_alerts *a, nx_str name, bool *found, nx_error *err)
{
    nx_status st = about(a, REMOVE, name, err);
    *found = st == NX_OK && nx_sql_changes(a->db) > 0;
    st = st == NX_OK ? about(a, REMOVE_SEEN, name, err) : st;
    return st == NX_OK ? about(a, REMOVE_HITS, name, err) : st;
}

nx_status nx_alerts_pause(nx_alerts *a, nx_str name, bool paused, bool *found, nx_error *err)
{
    nx_status st;
    nx_sql_stmt *s = need(a, PAUSE, &st, err);
    if (s == NULL) {
        return st;
    }
    nx_sql_bind_text(s, 1, name);
    nx_sql_bind_int(s, 2, paused);
    st = nx_sql_done(s, err);
    *found = st == NX_OK && nx_sql_changes(a->db) > 0;
    return st;
}

static nx_alert alert_of(nx_sql_stmt *s)
{
    return (nx_alert){.name = nx_sql_bytes(s, 0),
                      .query = nx_sql_bytes(s, 1),
                      .form = (nx_alert_form)nx_sql_int(s, 2),
                      .way = (nx_alert_way)nx_sql_int(s, 3),
                      .target = nx_sql_bytes(s, 4),
                      .created_utc = nx_sql_int(s, 5),
                      .paused = nx_sql_int(s, 6) != 0,
                      .since = nx_sql_int(s, 7),
                      .last_utc = nx_sql_int(s, 8),
                      .hits = (uint64_t)nx_sql_int(s, 9),
                      .pending = (uint64_t)nx_sql_int(s, 10),
                      .failures = (uint32_t)nx_sql_int(s, 11),
                      .failed_utc = nx_sql_int(s, 12),
                      .reason = nx_sql_bytes(s, 13)};
}

// A statement that still stood on its row would keep a reading transaction open: what others write
// meanwhile, such as the command of an alert, would keep us from writing after them. So what is
// given is copied, and the statement ended.
static nx_str give(nx_alerts *a, nx_str s)
{
    return s.p != NULL ? nx_arena_copy(a->given, s) : s;
}

nx_status nx_alerts_get(nx_alerts *a, nx_str name, nx_alert *out, bool *found, nx_error *err)
{
    nx_status st;
    *found = false;
    nx_sql_stmt *s = need(a, GET, &st, err);
    if (s == NULL) {
        return st;
    }
    nx_sql_bind_text(s, 1, name);
    st = nx_sql_step(s, found, err);
    nx_arena_clear(a->given);
    if (*found) {
        *out = alert_of(s);
        out->name = give(a, out->name);
        out->query = give(a, out->query);
        out->target = give(a, out->target);
        out->reason = give(a, out->reason);
        st = nx_arena_check(a->given, "an alert", err);
    }
    nx_sql_reset(s);
    return st;
}

nx_status nx_alerts_each(nx_alerts *a, nx_alert_visit *each, void *ctx, nx_error *err)
{
    nx_status st;
    bool row = false;
    nx_sql_stmt *s = need(a, EACH, &st, err);
    while (s != NULL && st == NX_OK && (st = nx_sql_step(s, &row, err)) == NX_OK && row) {
        nx_alert alert = alert_of(s);
        st = each(ctx, &alert, err);
    }
    if (s != NULL) {
        nx_sql_reset(s);
    }
    return st;
}

nx_status nx_alerts_active(nx_alerts *a, bool *out, nx_error *err)
{
    nx_status st;
    *out = false;
    nx_sql_stmt *s = need(a, ACTIVE, &st, err);
    if (s != NULL) {
        st = nx_sql_step(s, out, err);
        nx_sql_reset(s);
    }
    return st;
}

// ---- news ---------------------------------------------------------------------------------------

nx_status nx_alerts_note_news(nx_alerts *a, nx_str unique_term, nx_error *err)
{
    return about(a, NOTE_NEWS, unique_term, err);
}

nx_status nx_alerts_drop_news(nx_alerts *a, nx_str unique_term, nx_error *err)
{
    return about(a, DROP_NEWS, unique_term, err);
}

nx_status nx_alerts_ready(nx_alerts *a, nx_error *err)
{
    nx_status st;
    nx_sql_stmt *s = need(a, READY, &st, err);
    return s != NULL ? nx_sql_done(s, err) : st;
}

nx_status nx_alerts_news_number(nx_alerts *a, nx_str unique_term, int64_t *out, nx_error *err)
{
    nx_status st;
    bool row = false;
    *out = 0;
    nx_sql_stmt *s = need(a, NEWS_NUMBER, &st, err);
    if (s == NULL) {
        return st;
    }
    nx_sql_bind_blob(s, 1, unique_term);
    st = nx_sql_step(s, &row, err);
    *out = row ? nx_sql_int(s, 0) : 0;
    nx_sql_reset(s);
    return st;
}

nx_status nx_alerts_each_news(nx_alerts *a, bool ready, uint32_t max, nx_news_visit *each,
                              void *ctx, nx_error *err)
{
    nx_status st;
    bool row = false;
    nx_sql_stmt *s = need(a, EACH_NEWS, &st, err);
    if (s == NULL) {
        return st;
    }
    nx_sql_bind_int(s, 1, ready);
    nx_sql_bind_int(s, 2, max);
    while (st == NX_OK && (st = nx_sql_step(s, &row, err)) == NX_OK && row) {
        st = each(ctx, nx_sql_int(s, 0), nx_sql_bytes(s, 1), err);
    }
    nx_sql_reset(s);
    return st;
}

nx_status nx_alerts_news_term(nx_alerts *a, int64_t number, nx_str *out, nx_error *err)
{
    nx_status st;
    bool row = false;
    *out = NX_STR_NONE;
    nx_sql_stmt *s = need(a, NEWS_TERM, &st, err);
    if (s == NULL) {
        return st;
    }
    nx_sql_bind_int(s, 1, number);
    st = nx_sql_step(s, &row, err);
    nx_arena_clear(a->given);
    if (row) {
        *out = give(a, nx_sql_bytes(s, 0));
        st = nx_arena_check(a->given, "a term", err);
    }
    nx_sql_reset(s);
    return st;
}

nx_status nx_alerts_strike_news(nx_alerts *a, int64_t through, nx_error *err)
{
    nx_status st;
    nx_sql_stmt *s = need(a, STRIKE_NEWS, &st, err);
    if (s == NULL) {
        return st;
    }
    nx_sql_bind_int(s, 1, through);
    return nx_sql_done(s, err);
}

// ---- hits ---------------------------------------------------------------------------------------

static nx_status seen(nx_alerts *a, nx_str alert, nx_str key, bool *out, nx_error *err)
{
    nx_status st;
    nx_sql_stmt *s = need(a, SEEN, &st, err);
    if (s == NULL) {
        return st;
    }
    nx_sql_bind_text(s, 1, alert);
    nx_sql_bind_blob(s, 2, key);
    st = nx_sql_step(s, out, err);
    nx_sql_reset(s);
    return st;
}

static nx_status see(nx_alerts *a, nx_str alert, nx_str key, nx_error *err)
{
    nx_status st;
    nx_sql_stmt *s = need(a, SEE, &st, err);
    if (s == NULL) {
        return st;
    }
    nx_sql_bind_text(s, 1, alert);
    nx_sql_bind_blob(s, 2, key);
    return nx_sql_done(s, err);
}

static nx_status enter(nx_alerts *a, nx_str alert, nx_str text, int64_t now_utc, nx_error *err)
{
    nx_status st;
    nx_sql_stmt *s = need(a, ENTER, &st, err);
    if (s == NULL) {
        return st;
    }
    nx_sql_bind_text(s, 1, alert);
    nx_sql_bind_int(s, 2, now_utc);
    nx_sql_bind_text(s, 3, text);
    st = nx_sql_done(s, err);
    nx_sql_stmt *count = st == NX_OK ? need(a, COUNT_HIT, &st, err) : NULL;
    if (count == NULL) {
        return st;
    }
    nx_sql_bind_text(count, 1, alert);
    nx_sql_bind_int(count, 2, now_utc);
    return nx_sql_done(count, err);
}

nx_status nx_alerts_enter(nx_alerts *a, nx_str alert, const nx_str *keys, size_t key_count,
                          nx_str text, int64_t now_utc, bool *entered, nx_error *err)
{
    nx_status st = NX_OK;
    bool known = false;
    for (size_t i = 0; st == NX_OK && !known && i < key_count; i++) {
        st = keys[i].n > 0 ? seen(a, alert, keys[i], &known, err) : NX_OK;
    }
    // Also of one that is not entered: what was alike once need not be so to the next.
    for (size_t i = 0; st == NX_OK && i < key_count; i++) {
        st = keys[i].n > 0 ? see(a, alert, keys[i], err) : NX_OK;
    }
    *entered = st == NX_OK && !known;
    return *entered ? enter(a, alert, text, now_utc, err) : st;
}

static nx_status each_hit(nx_alerts *a, enum statement which, nx_str alert, uint32_t max,
                          nx_alert_hit_visit *each, void *ctx, nx_error *err)
{
    nx_status st;
    bool row = false;
    nx_sql_stmt *s = need(a, which, &st, err);
    if (s == NULL) {
        return st;
    }
    nx_sql_bind_text(s, 1, alert);
    nx_sql_bind_int(s, 2, max);
    while (st == NX_OK && (st = nx_sql_step(s, &row, err)) == NX_OK && row) {
        st = each(ctx, nx_sql_int(s, 0), nx_sql_int(s, 1), nx_sql_bytes(s, 2), err);
    }
    nx_sql_reset(s);
    return st;
}

nx_status nx_alerts_each_pending(nx_alerts *a, nx_str alert, uint32_t max, nx_alert_hit_visit *each,
                                 void *ctx, nx_error *err)
{
    return each_hit(a, EACH_PENDING, alert, max, each, ctx, err);
}

nx_status nx_alerts_each_last(nx_alerts *a, nx_str alert, uint32_t max, nx_alert_hit_visit *each,
                              void *ctx, nx_error *err)
{
    return each_hit(a, EACH_LAST, alert, max, each, ctx, err);
}

// A statement about an alert and a number.
static nx_status count_down(nx_alerts *a, enum statement which, nx_str alert, int64_t number,
                            nx_error *err)
{
    nx_status st;
    nx_sql_stmt *s = need(a, which, &st, err);
    if (s == NULL) {
        return st;
    }
    nx_sql_bind_text(s, 1, alert);
    nx_sql_bind_int(s, 2, number);
    return nx_sql_done(s, err);
}

// One write to the disk for all of it; also inside of a transaction.
nx_status nx_alerts_delivered(nx_alerts *a, nx_str alert, int64_t through, uint32_t keep,
                              nx_error *err)
{
    nx_error ignored = NX_ERROR_INIT;
    nx_status st = nx_sql_exec(a->db, "SAVEPOINT delivered", err);
    if (st != NX_OK) {
        return st;
    }
    st = count_down(a, DELIVER, alert, through, err);
    st = st == NX_OK ? count_down(a, PRUNE, alert, keep, err) : st;
    st = st == NX_OK ? about(a, FORGIVE, alert, err) : st;
    st = st == NX_OK ? nx_sql_exec(a->db, "RELEASE delivered", err) : st;
    if (st != NX_OK) {
        nx_ignore(nx_sql_exec(a->db, "ROLLBACK TO delivered; RELEASE delivered", &ignored));
    }
    return st;
}

nx_status nx_alerts_failed(nx_alerts *a, nx_str alert, int64_t now_utc, nx_str reason,
                           nx_error *err)
{
    nx_status st;
    nx_sql_stmt *s = need(a, FAIL, &st, err);
    if (s == NULL) {
        return st;
    }
    nx_sql_bind_text(s, 1, alert);
    nx_sql_bind_int(s, 2, now_utc);
    nx_sql_bind_text(s, 3, reason);
    return nx_sql_done(s, err);
}
