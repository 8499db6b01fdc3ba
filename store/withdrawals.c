// withdrawals.c: see withdrawals.h.
#include "store/withdrawals.h"

#include <stdlib.h>

static const char table[] =
    "CREATE TABLE IF NOT EXISTS withdrawn (term BLOB PRIMARY KEY, version INT NOT NULL,"
    " utc INT NOT NULL, place BLOB NOT NULL) WITHOUT ROWID;";

enum statement { PUT, FORGET, EACH, STATEMENT_COUNT };

static const char *const texts[STATEMENT_COUNT] = {
    [PUT] = "INSERT OR REPLACE INTO withdrawn VALUES (?1, ?2, ?3, ?4)",
    [FORGET] = "DELETE FROM withdrawn WHERE term = ?1",
    [EACH] = "SELECT term, version, utc, place FROM withdrawn",
};

struct nx_withdrawals {
    nx_sql *db;
    bool there; // the table
    nx_sql_stmt *statements[STATEMENT_COUNT];
};

nx_status nx_withdrawals_open(nx_withdrawals **out, nx_manifest *m, nx_manifest_mode mode,
                              nx_error *err)
{
    *out = NULL;
    nx_withdrawals *w = calloc(1, sizeof *w);
    if (w == NULL) {
        return nx_fail_nomem(err);
    }
    w->db = nx_manifest_sql(m);
    w->there = true;
    nx_status st = mode == NX_MANIFEST_WRITE ? nx_sql_exec(w->db, table, err)
                                             : nx_sql_has(w->db, "withdrawn", &w->there, err);
    if (st == NX_OK && w->there) {
        st = nx_sql_prepare_all(w->statements, STATEMENT_COUNT, w->db, texts, err);
    }
    if (st != NX_OK) {
        nx_withdrawals_close(w);
        return st;
    }
    *out = w;
    return NX_OK;
}

void nx_withdrawals_close(nx_withdrawals *w)
{
    if (w != NULL) {
        nx_sql_free_all(w->statements, STATEMENT_COUNT);
        free(w);
    }
}

nx_status nx_withdrawals_put(nx_withdrawals *w, nx_str unique_term, const nx_withdrawal *of,
                             nx_error *err)
{
    nx_sql_stmt *s = w->statements[PUT];
    nx_sql_bind_blob(s, 1, unique_term);
    nx_sql_bind_int(s, 2, of->version);
    nx_sql_bind_int(s, 3, of->utc);
    nx_sql_bind_blob(s, 4, of->place);
    return nx_sql_done(s, err);
}

nx_status nx_withdrawals_forget(nx_withdrawals *w, nx_str unique_term, nx_error *err)
{
    nx_sql_bind_blob(w->statements[FORGET], 1, unique_term);
    return nx_sql_done(w->statements[FORGET], err);
}

nx_status nx_withdrawals_each(nx_withdrawals *w, nx_withdrawal_visit *each, void *ctx,
                              nx_error *err)
{
    if (!w->there) {
        return NX_OK;
    }
    nx_sql_stmt *s = w->statements[EACH];
    bool row = false;
    nx_status st = NX_OK;
    while ((st = nx_sql_step(s, &row, err)) == NX_OK && row) {
        const nx_withdrawal of = {
            .version = nx_sql_int(s, 1), .utc = nx_sql_int(s, 2), .place = nx_sql_bytes(s, 3)};
        st = each(ctx, nx_sql_bytes(s, 0), &of, err);
        if (st != NX_OK) {
            break;
        }
    }
    nx_sql_reset(s);
    return st;
}
