// sql.c: see sql.h. The one file that includes sqlite3.h.
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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
    int why = st == NX_EIO ? sqlite3_system_errno(db->db) : 0; // SQLite does not say it
    if (st == NX_ENOMEM) {
        return nx_fail_nomem(err);
    }
    if (why != 0 && why != ENOENT) {
        return nx_fail_errno(err, why, "%s: %s", db->path, sqlite3_errmsg(db->db));
    }
    return nx_fail(err, st, "%s: %s%s", db->path, sqlite3_errmsg(db->db),
                   st == NX_ECORRUPT ? db->remedy : "");
}

static nx_status open_to_write(nx_sql *db, nx_error *err)
{
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    int result = sqlite3_open_v2(db->path, &db->db, flags, NULL);
    if (result != SQLITE_OK) {
        return fail(db, result, err);
    }
    (void)sqlite3_busy_timeout(db->db, BUSY_MS);
    return nx_sql_exec(db, "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON", err);
}

// Opens and reads for the first time. Gives SQLite's result.
static int try_to_read(nx_sql *db, const char *name, int naming)
{
    const int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | naming;
    int result = sqlite3_open_v2(name, &db->db, flags, NULL);
    if (result == SQLITE_OK) {
        (void)sqlite3_busy_timeout(db->db, BUSY_MS);
        result =
            sqlite3_exec(db->db, "PRAGMA query_only = ON; PRAGMA user_version", NULL, NULL, NULL);
    }
    return result;
}

// What a writer has committed and not yet brought into the database.
static bool has_log(const char *path)
{
    struct stat log;
    nx_buf name;
    nx_buf_init(&name, SIZE_MAX / 2);
    nx_buf_addf(&name, "%s-wal", path);
    bool has = nx_buf_check(&name, "a name", NULL) != NX_OK ||
               (stat(name.data, &log) == 0 && log.st_size > 0);
    nx_buf_release(&name);
    return has;
}

// The URI of a file that does not change.
static void put_uri(nx_buf *uri, const char *path)
{
    nx_buf_addz(uri, "file:");
    for (const char *c = path; *c != '\0'; c++) {
        if (strchr("%?#", *c) != NULL) {
            nx_buf_addf(uri, "%%%02X", (unsigned)*c);
        } else {
            nx_buf_addc(uri, *c);
        }
    }
    nx_buf_addz(uri, "?immutable=1");
}

// In WAL mode a reader makes files too. Where it may not, in an index that belongs to somebody
// else, or cannot, on a full disk, the database is read as it is when no log is left: a writer that
// begins now writes to a log first, and what it then brings into the database at worst fails this
// one reading.
static nx_status open_to_read(nx_sql *db, nx_error *err)
{
    if (faccessat(AT_FDCWD, db->path, R_OK, AT_EACCESS) != 0) {
        return nx_fail_errno(err, errno, "%s", db->path);
    }
    nx_buf uri;
    nx_buf_init(&uri, SIZE_MAX / 2);
    int result = try_to_read(db, db->path, 0);
    int kind = result & 0xff;
    if ((kind == SQLITE_READONLY || kind == SQLITE_CANTOPEN || kind == SQLITE_IOERR) &&
        !has_log(db->path)) {
        (void)sqlite3_close(db->db);
        db->db = NULL;
        put_uri(&uri, db->path);
        result = nx_buf_check(&uri, "a name", NULL) == NX_OK
                     ? try_to_read(db, uri.data, SQLITE_OPEN_URI)
                     : SQLITE_NOMEM;
    }
    nx_buf_release(&uri);
    return result == SQLITE_OK ? NX_OK : fail(db, result, err);
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
    nx_status st = mode == NX_SQL_WRITE ? open_to_write(db, err) : open_to_read(db, err);
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

nx_status nx_sql_prepare_all(nx_sql_stmt **slots, size_t count, nx_sql *db,
                             const char *const *texts, nx_error *err)
{
    nx_status st = NX_OK;
    for (size_t i = 0; st == NX_OK && i < count; i++) {
        st = nx_sql_prepare(&slots[i], db, texts[i], err);
    }
    return st;
}

void nx_sql_free_all(nx_sql_stmt **slots, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        nx_sql_free(slots[i]);
    }
}

nx_sql_stmt *nx_sql_need(nx_sql_stmt **slot, nx_sql *db, const char *statement, nx_status *status,
                         nx_error *err)
{
    *status = NX_OK;
    if (*slot == NULL) {
        *status = nx_sql_prepare(slot, db, statement, err);
    } else {
        nx_sql_reset(*slot);
    }
    return *slot;
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
