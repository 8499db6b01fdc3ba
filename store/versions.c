// versions.c: see versions.h.
#include "store/versions.h"

#include <stdlib.h>

#include "store/pack.h"

enum { DATA_MAX = 1 << 29 }; // of one version, compressed or not

// Data is compressed by nx_pack; bytes is its size before.
static const char table[] =
    "CREATE TABLE IF NOT EXISTS versions (term BLOB NOT NULL, number INT NOT NULL,"
    " withdrawn INT NOT NULL, ended_utc INT NOT NULL, bytes INT NOT NULL, data BLOB NOT NULL);"
    "CREATE UNIQUE INDEX IF NOT EXISTS versions_by_term ON versions (term, number);";

#define LAST "(SELECT max(number) FROM versions WHERE term = ?1)"
#define STATEMENTS(X)                                                                              \
    X(KEEP_AGAIN, "UPDATE versions SET withdrawn = ?2, ended_utc = ?3"                             \
                  " WHERE term = ?1 AND number = " LAST " AND bytes = ?4 AND data = ?5")           \
    X(KEEP, "INSERT INTO versions VALUES (?1, 1 + coalesce(" LAST ", 0), ?2, ?3, ?4, ?5)")         \
    X(TRIM, "DELETE FROM versions WHERE term = ?1 AND number IN (SELECT number FROM versions"      \
            " WHERE term = ?1 AND number > (SELECT min(number) FROM versions WHERE term = ?1)"     \
            " ORDER BY number DESC LIMIT -1 OFFSET ?2)")                                           \
    X(EACH, "SELECT number, withdrawn, ended_utc, bytes, data FROM versions WHERE term = ?1"       \
            " ORDER BY number")                                                                    \
    X(FORGET, "DELETE FROM versions WHERE term = ?1")

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

struct nx_versions {
    nx_sql *db;
    bool there; // the table
    nx_buf packed, plain;
    nx_sql_stmt *statements[STATEMENT_COUNT];
};

nx_status nx_versions_open(nx_versions **out, nx_manifest *m, nx_manifest_mode mode, nx_error *err)
{
    *out = NULL;
    nx_versions *v = calloc(1, sizeof *v);
    if (v == NULL) {
        return nx_fail_nomem(err);
    }
    v->db = nx_manifest_sql(m);
    v->there = true;
    nx_buf_init(&v->packed, DATA_MAX);
    nx_buf_init(&v->plain, DATA_MAX);
    nx_status st = mode == NX_MANIFEST_WRITE ? nx_sql_exec(v->db, table, err)
                                             : nx_sql_has(v->db, "versions", &v->there, err);
    if (st == NX_OK && v->there) {
        st = nx_sql_prepare_all(v->statements, STATEMENT_COUNT, v->db, texts, err);
    }
    if (st != NX_OK) {
        nx_versions_close(v);
        return st;
    }
    *out = v;
    return NX_OK;
}

void nx_versions_close(nx_versions *v)
{
    if (v == NULL) {
        return;
    }
    nx_sql_free_all(v->statements, STATEMENT_COUNT);
    nx_buf_release(&v->packed);
    nx_buf_release(&v->plain);
    free(v);
}

static nx_status put(nx_versions *v, enum statement which, nx_str unique_term,
                     const nx_version *version, nx_error *err)
{
    nx_sql_stmt *s = v->statements[which];
    nx_sql_bind_blob(s, 1, unique_term);
    nx_sql_bind_int(s, 2, version->withdrawn);
    nx_sql_bind_int(s, 3, version->ended_utc);
    nx_sql_bind_int(s, 4, (int64_t)version->data.n);
    nx_sql_bind_blob(s, 5, nx_buf_str(&v->packed));
    return nx_sql_done(s, err);
}

nx_status nx_versions_keep(nx_versions *v, nx_str unique_term, const nx_version *version,
                           nx_error *err)
{
    nx_buf_clear(&v->packed);
    nx_status st = nx_pack(version->data, &v->packed, err);
    st = st == NX_OK ? put(v, KEEP_AGAIN, unique_term, version, err) : st;
    if (st != NX_OK || nx_sql_changes(v->db) > 0) {
        return st;
    }
    st = put(v, KEEP, unique_term, version, err);
    if (st == NX_OK) {
        nx_sql_bind_blob(v->statements[TRIM], 1, unique_term);
        nx_sql_bind_int(v->statements[TRIM], 2, NX_VERSIONS_MAX - 1);
        st = nx_sql_done(v->statements[TRIM], err);
    }
    return st;
}

static nx_status visit(nx_versions *v, nx_sql_stmt *s, nx_version_visit *each, void *ctx,
                       nx_error *err)
{
    nx_version version = {.number = (uint32_t)nx_sql_int(s, 0),
                          .withdrawn = nx_sql_int(s, 1) != 0,
                          .ended_utc = nx_sql_int(s, 2)};
    int64_t bytes = nx_sql_int(s, 3);
    if (bytes < 0 || bytes > DATA_MAX) {
        return nx_fail(err, NX_ECORRUPT, "an earlier version has no sensible size");
    }
    nx_buf_clear(&v->plain);
    nx_status st = nx_unpack(nx_sql_bytes(s, 4), (size_t)bytes, &v->plain, err);
    version.data = nx_buf_str(&v->plain);
    return st == NX_OK ? each(ctx, &version, err) : st;
}

nx_status nx_versions_each(nx_versions *v, nx_str unique_term, nx_version_visit *each, void *ctx,
                           nx_error *err)
{
    if (!v->there) {
        return NX_OK;
    }
    nx_sql_stmt *s = v->statements[EACH];
    bool row = false;
    nx_status st;
    nx_sql_bind_blob(s, 1, unique_term);
    while ((st = nx_sql_step(s, &row, err)) == NX_OK && row) {
        st = visit(v, s, each, ctx, err);
        if (st != NX_OK) {
            break;
        }
    }
    nx_sql_reset(s);
    return st;
}

nx_status nx_versions_forget(nx_versions *v, nx_str unique_term, nx_error *err)
{
    nx_sql_bind_blob(v->statements[FORGET], 1, unique_term);
    return nx_sql_done(v->statements[FORGET], err);
}
