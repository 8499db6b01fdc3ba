// manifest.c: see manifest.h. Every table of the core is here.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/io.h"
#include "store/manifest.h"

enum { MANIFEST_FORMAT = 1 };

static const char schema[] =
    "CREATE TABLE file (path BLOB PRIMARY KEY, size INT NOT NULL, mtime_ns INT NOT NULL, hash BLOB,"
    " articles INT NOT NULL, skipped INT NOT NULL, outcome INT NOT NULL, read_offset INT NOT NULL,"
    " run INT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE run (id INTEGER PRIMARY KEY AUTOINCREMENT, started_utc INT NOT NULL,"
    " ended_utc INT NOT NULL DEFAULT 0, command TEXT NOT NULL, indexed INT NOT NULL DEFAULT 0,"
    " updated INT NOT NULL DEFAULT 0, unchanged INT NOT NULL DEFAULT 0,"
    " removed INT NOT NULL DEFAULT 0, skipped INT NOT NULL DEFAULT 0,"
    " bytes INT NOT NULL DEFAULT 0, outcome TEXT, message TEXT);"
    "CREATE TABLE failure (path BLOB NOT NULL, place TEXT NOT NULL, reason TEXT NOT NULL,"
    " attempts INT NOT NULL, first_utc INT NOT NULL, last_utc INT NOT NULL,"
    " retry_utc INT NOT NULL, PRIMARY KEY (path, place)) WITHOUT ROWID;";

// One row each; the statements below are prepared when first needed and kept.
#define STATEMENTS(X)                                                                              \
    X(FILE_GET, "SELECT path, size, mtime_ns, hash, articles, skipped, outcome, read_offset, run"  \
                " FROM file WHERE path = ?1")                                                      \
    X(FILE_EACH, "SELECT path, size, mtime_ns, hash, articles, skipped, outcome, read_offset, run" \
                 " FROM file WHERE path >= ?1 AND substr(path, 1, ?2) = ?1 ORDER BY path")         \
    X(FILE_PUT, "INSERT OR REPLACE INTO file VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")         \
    X(FILE_FORGET, "DELETE FROM file WHERE path = ?1")                                             \
    X(RUN_BEGIN, "INSERT INTO run (command, started_utc) VALUES (?1, ?2)")                         \
    X(RUN_END, "UPDATE run SET ended_utc = ?2, indexed = ?3, updated = ?4, unchanged = ?5,"        \
               " removed = ?6, skipped = ?7, bytes = ?8, outcome = ?9, message = ?10"              \
               " WHERE id = ?1")                                                                   \
    X(RUN_EACH, "SELECT id, started_utc, ended_utc, command, indexed, updated, unchanged,"         \
                " removed, skipped, bytes, outcome, message FROM run ORDER BY id DESC LIMIT ?1")   \
    X(FAILURE_PUT, "INSERT INTO failure VALUES (?1, ?2, ?3, 1, ?4, ?4, ?5) ON CONFLICT DO UPDATE"  \
                   " SET reason = ?3, attempts = attempts + 1, last_utc = ?4, retry_utc = ?5")     \
    X(FAILURE_CLEAR, "DELETE FROM failure WHERE path = ?1")                                        \
    X(FAILURE_EACH, "SELECT path, place, reason, attempts, first_utc, last_utc, retry_utc"         \
                    " FROM failure ORDER BY path, place")

enum statement {
#define X(id, text) id,
    STATEMENTS(X)
#undef X
        STATEMENT_COUNT
};

static const char *const statement_texts[] = {
#define X(id, text) text,
    STATEMENTS(X)
#undef X
};

struct nx_manifest {
    nx_sql *db;
    unsigned depth; // of open transactions
    nx_sql_stmt *statements[STATEMENT_COUNT];
};

static const char remedy[] = "; take the file away, and the next update or add makes it anew, but "
                             "not the alerts and earlier versions in it";

// ---- opening ------------------------------------------------------------------------------------

static nx_status read_number(nx_sql *db, const char *statement, int64_t *out, nx_error *err)
{
    nx_sql_stmt *s = NULL;
    bool row = false;
    nx_status st = nx_sql_prepare(&s, db, statement, err);
    if (st == NX_OK) {
        st = nx_sql_step(s, &row, err);
    }
    *out = row ? nx_sql_int(s, 0) : 0;
    nx_sql_free(s);
    return st;
}

// All is in the file itself at the end, nothing in a log beside it.
static nx_status create_tables(nx_sql *db, nx_error *err)
{
    char version[64];
    (void)snprintf(version, sizeof version, "PRAGMA user_version = %d", MANIFEST_FORMAT);
    nx_status st = nx_sql_exec(db, "PRAGMA journal_mode = DELETE; BEGIN IMMEDIATE", err);
    if (st == NX_OK) {
        st = nx_sql_exec(db, schema, err);
    }
    if (st == NX_OK) {
        st = nx_sql_exec(db, version, err);
    }
    return st == NX_OK ? nx_sql_exec(db, "COMMIT", err) : st;
}

// Gives the file its name, unless another process has made one meanwhile.
static nx_status publish(const char *made, const char *path, nx_error *err)
{
    if (link(made, path) == 0 || errno == EEXIST || rename(made, path) == 0) { // no links there
        return NX_OK;
    }
    return nx_fail_errno(err, errno, "%s", path);
}

// A manifest has its name when it is whole, so that an empty file is known for what it is: damage.
static nx_status create(const char *path, nx_error *err)
{
    nx_buf temp;
    nx_sql *db = NULL;
    nx_buf_init(&temp, SIZE_MAX / 2);
    nx_buf_addf(&temp, "%s.tmp%ld", path, (long)getpid());
    nx_status st = nx_buf_check(&temp, "a name", err);
    if (st == NX_OK) {
        (void)unlink(temp.data); // of a process of this number that was killed
        // SQLite does not say why it cannot. No directory is not the same as no file to read.
        int fd = open(temp.data, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
        st = fd >= 0 && close(fd) == 0 ? NX_OK
             : errno == ENOENT         ? nx_fail(err, NX_EIO, "%s cannot be made", path)
                                       : nx_fail_errno(err, errno, "%s", path);
    }
    if (st == NX_OK) {
        st = nx_sql_open(&db, temp.data, NX_SQL_WRITE, "", err);
        st = st == NX_OK ? create_tables(db, err) : st;
        nx_sql_close(db);
        st = st == NX_OK ? publish(temp.data, path, err) : st;
        (void)unlink(temp.data);
    }
    nx_buf_release(&temp);
    return st;
}

static nx_status check_version(nx_sql *db, const char *path, nx_error *err)
{
    int64_t version = 0;
    nx_status st = read_number(db, "PRAGMA user_version", &version, err);
    if (st != NX_OK) {
        return st;
    }
    if (version > MANIFEST_FORMAT) {
        return nx_fail(err, NX_EVERSION, "%s: made by a newer newsdex; install that one", path);
    }
    return version == MANIFEST_FORMAT
               ? NX_OK
               : nx_fail(err, NX_ECORRUPT, "%s: there is nothing in it%s", path, remedy);
}

nx_status nx_manifest_open(nx_manifest **out, const char *index_dir, nx_manifest_mode mode,
                           nx_error *err)
{
    *out = NULL;
    nx_manifest *m = calloc(1, sizeof *m);
    char *path = nx_path_join(index_dir, "state.sqlite");
    if (m == NULL || path == NULL) {
        free(m);
        free(path);
        return nx_fail_nomem(err);
    }
    nx_status st = mode == NX_MANIFEST_WRITE && access(path, F_OK) != 0 ? create(path, err) : NX_OK;
    if (st == NX_OK) {
        st = nx_sql_open(&m->db, path, mode == NX_MANIFEST_WRITE ? NX_SQL_WRITE : NX_SQL_READ,
                         remedy, err);
    }
    if (st == NX_OK) {
        st = check_version(m->db, path, err);
    }
    free(path);
    if (st != NX_OK) {
        nx_manifest_close(m);
        return st;
    }
    *out = m;
    return NX_OK;
}

void nx_manifest_close(nx_manifest *m)
{
    if (m == NULL) {
        return;
    }
    nx_sql_free_all(m->statements, STATEMENT_COUNT);
    nx_sql_close(m->db);
    free(m);
}

nx_sql *nx_manifest_sql(nx_manifest *m)
{
    return m->db;
}

nx_status nx_manifest_begin(nx_manifest *m, nx_error *err)
{
    nx_status st = m->depth == 0 ? nx_sql_exec(m->db, "BEGIN IMMEDIATE", err) : NX_OK;
    m->depth += st == NX_OK;
    return st;
}

nx_status nx_manifest_commit(nx_manifest *m, nx_error *err)
{
    nx_status st = m->depth > 1 ? NX_OK : nx_sql_exec(m->db, "COMMIT", err);
    m->depth -= st == NX_OK;
    return st;
}

nx_status nx_manifest_rollback(nx_manifest *m, nx_error *err)
{
    bool open = m->depth > 0;
    m->depth = 0;
    return open ? nx_sql_exec(m->db, "ROLLBACK", err) : NX_OK;
}

nx_status nx_manifest_check(nx_manifest *m, nx_error *err)
{
    nx_sql_stmt *s = NULL;
    bool row = false;
    nx_status st = nx_sql_prepare(&s, m->db, "PRAGMA integrity_check(1)", err);
    if (st == NX_OK) {
        st = nx_sql_step(s, &row, err);
    }
    if (st == NX_OK && row) {
        nx_str said = nx_sql_bytes(s, 0);
        if (!nx_str_eq(said, NX_STR("ok"))) {
            st = nx_fail(err, NX_ECORRUPT, "%.*s%s", (int)(said.n < 200 ? said.n : 200), said.p,
                         remedy);
        }
    }
    nx_sql_free(s);
    return st;
}

// A statement, ready to be bound. NULL on failure.
static nx_sql_stmt *need(nx_manifest *m, enum statement which, nx_status *st, nx_error *err)
{
    return nx_sql_need(&m->statements[which], m->db, statement_texts[which], st, err);
}

// ---- files --------------------------------------------------------------------------------------

static nx_file_state file_of(nx_sql_stmt *s)
{
    return (nx_file_state){.path = nx_sql_bytes(s, 0),
                           .size = (uint64_t)nx_sql_int(s, 1),
                           .mtime_ns = nx_sql_int(s, 2),
                           .hash = nx_sql_bytes(s, 3),
                           .articles = (uint64_t)nx_sql_int(s, 4),
                           .skipped = (uint64_t)nx_sql_int(s, 5),
                           .outcome = (nx_file_outcome)nx_sql_int(s, 6),
                           .read_offset = (uint64_t)nx_sql_int(s, 7),
                           .run = nx_sql_int(s, 8)};
}

nx_status nx_manifest_file(nx_manifest *m, nx_str path, nx_file_state *out, bool *found,
                           nx_error *err)
{
    nx_status st;
    *out = (nx_file_state){0};
    *found = false;
    nx_sql_stmt *s = need(m, FILE_GET, &st, err);
    if (s == NULL) {
        return st;
    }
    nx_sql_bind_blob(s, 1, path);
    st = nx_sql_step(s, found, err);
    if (st == NX_OK && *found) {
        *out = file_of(s);
    }
    return st;
}

nx_status nx_manifest_put_file(nx_manifest *m, const nx_file_state *file, nx_error *err)
{
    nx_status st;
    nx_sql_stmt *s = need(m, FILE_PUT, &st, err);
    if (s == NULL) {
        return st;
    }
    nx_sql_bind_blob(s, 1, file->path);
    nx_sql_bind_int(s, 2, (int64_t)file->size);
    nx_sql_bind_int(s, 3, file->mtime_ns);
    nx_sql_bind_blob(s, 4, file->hash);
    nx_sql_bind_int(s, 5, (int64_t)file->articles);
    nx_sql_bind_int(s, 6, (int64_t)file->skipped);
    nx_sql_bind_int(s, 7, file->outcome);
    nx_sql_bind_int(s, 8, (int64_t)file->read_offset);
    nx_sql_bind_int(s, 9, file->run);
    return nx_sql_done(s, err);
}

nx_status nx_manifest_forget_file(nx_manifest *m, nx_str path, nx_error *err)
{
    nx_status st;
    nx_sql_stmt *s = need(m, FILE_FORGET, &st, err);
    if (s == NULL) {
        return st;
    }
    nx_sql_bind_blob(s, 1, path);
    return nx_sql_done(s, err);
}

nx_status nx_manifest_each_file(nx_manifest *m, nx_str prefix, nx_file_visit *each, void *ctx,
                                nx_error *err)
{
    nx_status st;
    nx_sql_stmt *s = need(m, FILE_EACH, &st, err);
    if (s == NULL) {
        return st;
    }
    bool row = false;
    nx_sql_bind_blob(s, 1, prefix.p != NULL ? prefix : NX_STR(""));
    nx_sql_bind_int(s, 2, (int64_t)prefix.n);
    while ((st = nx_sql_step(s, &row, err)) == NX_OK && row) {
        nx_file_state file = file_of(s);
        st = each(ctx, &file, err);
        if (st != NX_OK) {
            break;
        }
    }
    nx_sql_reset(s);
    return st;
}

// ---- runs ---------------------------------------------------------------------------------------

nx_status nx_manifest_begin_run(nx_manifest *m, nx_str command, int64_t started_utc, int64_t *id,
                                nx_error *err)
{
    nx_status st;
    *id = 0;
    nx_sql_stmt *s = need(m, RUN_BEGIN, &st, err);
    if (s == NULL) {
        return st;
    }
    nx_sql_bind_text(s, 1, command);
    nx_sql_bind_int(s, 2, started_utc);
    st = nx_sql_done(s, err);
    if (st == NX_OK) {
        *id = nx_sql_last_id(m->db);
    }
    return st;
}

nx_status nx_manifest_end_run(nx_manifest *m, const nx_run *run, nx_error *err)
{
    nx_status st;
    nx_sql_stmt *s = need(m, RUN_END, &st, err);
    if (s == NULL) {
        return st;
    }
    nx_sql_bind_int(s, 1, run->id);
    nx_sql_bind_int(s, 2, run->ended_utc);
    nx_sql_bind_int(s, 3, (int64_t)run->indexed);
    nx_sql_bind_int(s, 4, (int64_t)run->updated);
    nx_sql_bind_int(s, 5, (int64_t)run->unchanged);
    nx_sql_bind_int(s, 6, (int64_t)run->removed);
    nx_sql_bind_int(s, 7, (int64_t)run->skipped);
    nx_sql_bind_int(s, 8, (int64_t)run->bytes);
    nx_sql_bind_text(s, 9, run->outcome);
    nx_sql_bind_text(s, 10, run->message);
    return nx_sql_done(s, err);
}

nx_status nx_manifest_each_run(nx_manifest *m, uint32_t max, nx_run_visit *each, void *ctx,
                               nx_error *err)
{
    nx_status st;
    nx_sql_stmt *s = need(m, RUN_EACH, &st, err);
    if (s == NULL) {
        return st;
    }
    bool row = false;
    nx_sql_bind_int(s, 1, max);
    while ((st = nx_sql_step(s, &row, err)) == NX_OK && row) {
        nx_run run = {.id = nx_sql_int(s, 0),
                      .started_utc = nx_sql_int(s, 1),
                      .ended_utc = nx_sql_int(s, 2),
                      .command = nx_sql_bytes(s, 3),
                      .indexed = (uint64_t)nx_sql_int(s, 4),
                      .updated = (uint64_t)nx_sql_int(s, 5),
                      .unchanged = (uint64_t)nx_sql_int(s, 6),
                      .removed = (uint64_t)nx_sql_int(s, 7),
                      .skipped = (uint64_t)nx_sql_int(s, 8),
                      .bytes = (uint64_t)nx_sql_int(s, 9),
                      .outcome = nx_sql_bytes(s, 10),
                      .message = nx_sql_bytes(s, 11)};
        st = each(ctx, &run, err);
        if (st != NX_OK) {
            break;
        }
    }
    nx_sql_reset(s);
    return st;
}

// ---- failures -----------------------------------------------------------------------------------

nx_status nx_manifest_put_failure(nx_manifest *m, const nx_failure *f, nx_error *err)
{
    nx_status st;
    nx_sql_stmt *s = need(m, FAILURE_PUT, &st, err);
    if (s == NULL) {
        return st;
    }
    nx_sql_bind_blob(s, 1, f->path);
    nx_sql_bind_text(s, 2, f->place.p != NULL ? f->place : NX_STR(""));
    nx_sql_bind_text(s, 3, f->reason);
    nx_sql_bind_int(s, 4, f->last_utc);
    nx_sql_bind_int(s, 5, f->retry_utc);
    return nx_sql_done(s, err);
}

nx_status nx_manifest_clear_failures(nx_manifest *m, nx_str path, nx_error *err)
{
    nx_status st;
    nx_sql_stmt *s = need(m, FAILURE_CLEAR, &st, err);
    if (s == NULL) {
        return st;
    }
    nx_sql_bind_blob(s, 1, path);
    return nx_sql_done(s, err);
}

nx_status nx_manifest_each_failure(nx_manifest *m, nx_failure_visit *each, void *ctx, nx_error *err)
{
    nx_status st;
    nx_sql_stmt *s = need(m, FAILURE_EACH, &st, err);
    if (s == NULL) {
        return st;
    }
    bool row = false;
    while ((st = nx_sql_step(s, &row, err)) == NX_OK && row) {
        nx_failure f = {.path = nx_sql_bytes(s, 0),
                        .place = nx_sql_bytes(s, 1),
                        .reason = nx_sql_bytes(s, 2),
                        .attempts = (uint32_t)nx_sql_int(s, 3),
                        .first_utc = nx_sql_int(s, 4),
                        .last_utc = nx_sql_int(s, 5),
                        .retry_utc = nx_sql_int(s, 6)};
        st = each(ctx, &f, err);
        if (st != NX_OK) {
            break;
        }
    }
    nx_sql_reset(s);
    return st;
}
