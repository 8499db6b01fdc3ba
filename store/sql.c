// sql.c: see sql.h. The one file that includes sqlite3.h.
#include <limits.h>
#include <stdlib.h>

#include <sqlite3.h>

#include "store/sql.h"

enum { BUSY_MS = 10000 };

struct nx_sql {
    sqlite3 *db;
    char *path;
    const char *remedy;
};

struct nx_sql_stmt {
    nx_sql *owner;
    sqlite3_stmt *stmt;
    int bind_result; // the first failure since the last step
};

static nx_status status_of(int result)
{
    switch (result & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE: return NX_OK;
    case SQLITE_NOMEM: return NX_ENOMEM;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return NX_EBUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return NX_ECORRUPT;
    case SQLITE_FULL: return NX_ENOSPC;
    case SQLITE_TOOBIG: return NX_ELIMIT;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_PERM:
    case SQLITE_READONLY: return NX_EIO;
    default: return NX_EBUG;
    }
}

static nx_status fail(const nx_sql *db, int result, nx_error *err)
{
    nx_status st = status_of(result);
    return st == NX_ENOMEM ? nx_fail_nomem(err)
                           : nx_fail(err, st, "%s: %s%s", db->path, sqlite3_errmsg(db->db),
                                     st == NX_ECORRUPT ? db->remedy : "");
}

nx_status nx_sql_open(nx_sql **out, const char *path, nx_sql_mode mode, const char *remedy,
                      nx_error *err)
{
    *out = NULL;
    nx_sql *db = calloc(1, sizeof *db);
    if (db == NULL) {
        return nx_fail_nomem(err);
    }
    db->remedy = remedy;
    db->path = strdup(path);
    if (db->path == NULL) {
        free(db);
        return nx_fail_nomem(err);
    }
    const int flags =
        mode == NX_SQL_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    int result = sqlite3_open_v2(path, &db->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
    nx_status st = NX_OK;
    if (result == SQLITE_CANTOPEN && mode == NX_SQL_READ) {
        st = nx_fail(err, NX_ENOINPUT, "%s: cannot be opened", path);
    } else if (result != SQLITE_OK) {
        st = fail(db, result, err);
    } else {
        (void)sqlite3_busy_timeout(db->db, BUSY_MS);
        st =
            nx_sql_exec(db,
                        mode == NX_SQL_WRITE ? "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON"
                                             : "PRAGMA query_only = ON",
                        err);
    }
    if (st != NX_OK) {
        nx_sql_close(db);
        return st;
    }
    *out = db;
    return NX_OK;
}

void nx_sql_close(nx_sql *db)
{
    if (db != NULL) {
        (void)sqlite3_close(db->db);
        free(db->path);
        free(db);
    }
}

nx_status nx_sql_exec(nx_sql *db, const char *statements, nx_error *err)
{
    int result = sqlite3_exec(db->db, statements, NULL, NULL, NULL);
    return result == SQLITE_OK ? NX_OK : fail(db, result, err);
}

nx_status nx_sql_prepare(nx_sql_stmt **out, nx_sql *db, const char *statement, nx_error *err)
{
    *out = NULL;
    nx_sql_stmt *s = calloc(1, sizeof *s);
    if (s == NULL) {
        return nx_fail_nomem(err);
    }
    s->owner = db;
    int result = sqlite3_prepare_v2(db->db, statement, -1, &s->stmt, NULL);
    if (result != SQLITE_OK) {
        free(s);
        return fail(db, result, err);
    }
    *out = s;
    return NX_OK;
}

void nx_sql_free(nx_sql_stmt *s)
{
    if (s != NULL) {
        (void)sqlite3_finalize(s->stmt);
        free(s);
    }
}

static void note(nx_sql_stmt *s, int result)
{
    if (s->bind_result == SQLITE_OK) {
        s->bind_result = result;
    }
}

void nx_sql_bind_int(nx_sql_stmt *s, int parameter, int64_t value)
{
    note(s, sqlite3_bind_int64(s->stmt, parameter, value));
}

void nx_sql_bind_text(nx_sql_stmt *s, int parameter, nx_str value)
{
    note(s,
         sqlite3_bind_text64(s->stmt, parameter, value.p, value.n, SQLITE_TRANSIENT, SQLITE_UTF8));
}

void nx_sql_bind_blob(nx_sql_stmt *s, int parameter, nx_str value)
{
    note(s, sqlite3_bind_blob64(s->stmt, parameter, value.p, value.n, SQLITE_TRANSIENT));
}

nx_status nx_sql_step(nx_sql_stmt *s, bool *row, nx_error *err)
{
    *row = false;
    int result = s->bind_result != SQLITE_OK ? s->bind_result : sqlite3_step(s->stmt);
    if (result == SQLITE_ROW) {
        *row = true;
        return NX_OK;
    }
    nx_status st = result == SQLITE_DONE ? NX_OK : fail(s->owner, result, err);
    nx_sql_reset(s);
    return st;
}

nx_status nx_sql_done(nx_sql_stmt *s, nx_error *err)
{
    bool row = false;
    nx_status st = nx_sql_step(s, &row, err);
    if (st == NX_OK && row) {
        nx_sql_reset(s);
        return nx_fail(err, NX_EBUG, "%s: a statement gave rows", s->owner->path);
    }
    return st;
}

void nx_sql_reset(nx_sql_stmt *s)
{
    (void)sqlite3_reset(s->stmt);
    (void)sqlite3_clear_bindings(s->stmt);
    s->bind_result = SQLITE_OK;
}

int64_t nx_sql_int(nx_sql_stmt *s, int column)
{
    return sqlite3_column_int64(s->stmt, column);
}

nx_str nx_sql_bytes(nx_sql_stmt *s, int column)
{
    if (sqlite3_column_type(s->stmt, column) == SQLITE_NULL) {
        return NX_STR_NONE;
    }
    const char *bytes = sqlite3_column_blob(s->stmt, column);
    int n = sqlite3_column_bytes(s->stmt, column);
    return nx_str_make(bytes != NULL ? bytes : "", (size_t)n);
}

int64_t nx_sql_last_id(const nx_sql *db)
{
    return sqlite3_last_insert_rowid(db->db);
}

int64_t nx_sql_changes(const nx_sql *db)
{
    return sqlite3_changes64(db->db);
}

nx_status nx_sql_has(nx_sql *db, const char *name, bool *there, nx_error *err)
{
    nx_sql_stmt *s = NULL;
    nx_status st = nx_sql_prepare(&s, db, "SELECT 1 FROM sqlite_master WHERE name = ?1", err);
    if (st == NX_OK) {
        nx_sql_bind_text(s, 1, nx_str_of(name));
        st = nx_sql_step(s, there, err);
    }
    nx_sql_free(s);
    return st;
}
