// ledger.c: see ledger.h.
#include "indexer/ledger.h"

#include <stdlib.h>

static const char tables[] =
    "CREATE TABLE IF NOT EXISTS ledger_file (id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE,"
    " source TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS ledger_article (file INT NOT NULL, term BLOB NOT NULL,"
    " run INT NOT NULL, PRIMARY KEY (file, term)) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS ledger_by_term ON ledger_article (term);";

#define STATEMENTS(X)                                                                              \
    X(FILE_PUT, "INSERT INTO ledger_file (path, source) VALUES (?1, ?2)"                           \
                " ON CONFLICT DO UPDATE SET source = ?2 WHERE source <> ?2")                       \
    X(ENTER, "INSERT OR REPLACE INTO ledger_article"                                               \
             " SELECT id, ?2, ?3 FROM ledger_file WHERE path = ?1")                                \
    X(EACH_FILE, "SELECT path FROM ledger_file WHERE source = ?1")                                 \
    X(EACH_DROPPED, "SELECT term FROM ledger_article"                                              \
                    " WHERE file = (SELECT id FROM ledger_file WHERE path = ?1) AND run <> ?2")    \
    X(GIVEN_IN, "SELECT 1 FROM ledger_article WHERE term = ?1 AND run = ?2 LIMIT 1")               \
    X(EACH_OTHER, "SELECT f.path FROM ledger_article a JOIN ledger_file f ON f.id = a.file"        \
                  " WHERE a.term = ?2 AND f.path <> ?1")                                           \
    X(STRIKE, "DELETE FROM ledger_article"                                                         \
              " WHERE file = (SELECT id FROM ledger_file WHERE path = ?1) AND run <> ?2")          \
    X(STRIKE_FILE, "DELETE FROM ledger_file WHERE path = ?1"                                       \
                   " AND NOT EXISTS (SELECT 1 FROM ledger_article WHERE file = ledger_file.id)")

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

struct nx_ledger {
    nx_sql *db;
    nx_sql_stmt *statements[STATEMENT_COUNT];
    nx_buf last; // path whose line in ledger_file is known to be right
};

nx_status nx_ledger_open(nx_ledger **out, nx_manifest *m, nx_error *err)
{
    enum { PATH_BYTES = 1 << 20 };
    *out = NULL;
    nx_ledger *l = calloc(1, sizeof *l);
    if (l == NULL) {
        return nx_fail_nomem(err);
    }
    l->db = nx_manifest_sql(m);
    nx_buf_init(&l->last, PATH_BYTES);
    nx_status st = nx_sql_exec(l->db, tables, err);
    st = st == NX_OK ? nx_sql_prepare_all(l->statements, STATEMENT_COUNT, l->db, texts, err) : st;
    if (st != NX_OK) {
        nx_ledger_close(l);
        return st;
    }
    *out = l;
    return NX_OK;
}

void nx_ledger_close(nx_ledger *l)
{
    if (l != NULL) {
        nx_sql_free_all(l->statements, STATEMENT_COUNT);
        nx_buf_release(&l->last);
        free(l);
    }
}

nx_status nx_ledger_enter(nx_ledger *l, nx_str source, nx_str path, nx_str unique_term, int64_t run,
                          nx_error *err)
{
    nx_status st = NX_OK;
    if (!nx_str_eq(nx_buf_str(&l->last), path)) {
        nx_sql_stmt *put = l->statements[FILE_PUT];
        nx_sql_bind_blob(put, 1, path);
        nx_sql_bind_text(put, 2, source);
        st = nx_sql_done(put, err);
        nx_buf_clear(&l->last);
        nx_buf_adds(&l->last, path);
    }
    nx_sql_stmt *enter = l->statements[ENTER];
    if (st == NX_OK) {
        nx_sql_bind_blob(enter, 1, path);
        nx_sql_bind_blob(enter, 2, unique_term);
        nx_sql_bind_int(enter, 3, run);
        st = nx_sql_done(enter, err);
    }
    return st;
}

// Visits the first column of the rows.
static nx_status visit_all(nx_sql_stmt *s, nx_ledger_visit *each, void *ctx, nx_error *err)
{
    bool row = false;
    nx_status st;
    while ((st = nx_sql_step(s, &row, err)) == NX_OK && row) {
        st = each(ctx, nx_sql_bytes(s, 0), err);
        if (st != NX_OK) {
            break;
        }
    }
    nx_sql_reset(s);
    return st;
}

nx_status nx_ledger_each_file(nx_ledger *l, nx_str source, nx_ledger_visit *each, void *ctx,
                              nx_error *err)
{
    nx_sql_bind_text(l->statements[EACH_FILE], 1, source);
    return visit_all(l->statements[EACH_FILE], each, ctx, err);
}

nx_status nx_ledger_each_dropped(nx_ledger *l, nx_str path, int64_t run, nx_ledger_visit *each,
                                 void *ctx, nx_error *err)
{
    nx_sql_bind_blob(l->statements[EACH_DROPPED], 1, path);
    nx_sql_bind_int(l->statements[EACH_DROPPED], 2, run);
    return visit_all(l->statements[EACH_DROPPED], each, ctx, err);
}

nx_status nx_ledger_given_in(nx_ledger *l, nx_str unique_term, int64_t run, bool *given,
                             nx_error *err)
{
    nx_sql_stmt *s = l->statements[GIVEN_IN];
    nx_sql_bind_blob(s, 1, unique_term);
    nx_sql_bind_int(s, 2, run);
    nx_status st = nx_sql_step(s, given, err);
    nx_sql_reset(s);
    return st;
}

nx_status nx_ledger_each_other(nx_ledger *l, nx_str path, nx_str unique_term, nx_ledger_visit *each,
                               void *ctx, nx_error *err)
{
    nx_sql_bind_blob(l->statements[EACH_OTHER], 1, path);
    nx_sql_bind_blob(l->statements[EACH_OTHER], 2, unique_term);
    return visit_all(l->statements[EACH_OTHER], each, ctx, err);
}

nx_status nx_ledger_strike(nx_ledger *l, nx_str path, int64_t run, nx_error *err)
{
    nx_buf_clear(&l->last);
    nx_sql_bind_blob(l->statements[STRIKE], 1, path);
    nx_sql_bind_int(l->statements[STRIKE], 2, run);
    nx_status st = nx_sql_done(l->statements[STRIKE], err);
    if (st == NX_OK) {
        nx_sql_bind_blob(l->statements[STRIKE_FILE], 1, path);
        st = nx_sql_done(l->statements[STRIKE_FILE], err);
    }
    return st;
}

nx_status nx_ledger_clear(nx_ledger *l, nx_error *err)
{
    nx_buf_clear(&l->last);
    return nx_sql_exec(l->db, "DELETE FROM ledger_article; DELETE FROM ledger_file", err);
}
