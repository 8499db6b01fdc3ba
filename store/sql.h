// sql.h: SQLite behind prepared statements and statuses.
//
// Binding failures are remembered and reported by the next step, so that a statement reads as a
// list of binds and one check. Must not know: any table. Thread rule: one thread at a time.
#ifndef NX_STORE_SQL_H
#define NX_STORE_SQL_H

#include "base/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nx_sql nx_sql;
typedef struct nx_sql_stmt nx_sql_stmt;

typedef enum nx_sql_mode { NX_SQL_READ, NX_SQL_WRITE } nx_sql_mode;

// Opens a database file; NX_SQL_WRITE creates it, in WAL mode. NX_ENOINPUT when there is none to
// read. NX_ECORRUPT when it is damaged or no database: all errors of this code end with remedy, a
// literal that says what helps. NX_EBUSY when another writer has it for longer than some seconds.
nx_status nx_sql_open(nx_sql **out, const char *path, nx_sql_mode mode, const char *remedy,
                      nx_error *err) NX_MUST_USE;
void nx_sql_close(nx_sql *db); // accepts NULL; all statements have been freed
// Runs statements that give no rows, separated by ';'.
nx_status nx_sql_exec(nx_sql *db, const char *statements, nx_error *err) NX_MUST_USE;

// *there: the database has a table or index of that name.
nx_status nx_sql_has(nx_sql *db, const char *name, bool *there, nx_error *err) NX_MUST_USE;

nx_status nx_sql_prepare(nx_sql_stmt **out, nx_sql *db, const char *statement,
                         nx_error *err) NX_MUST_USE;
void nx_sql_free(nx_sql_stmt *s); // accepts NULL
// The statements of a module, one for each of texts. What was prepared before a failure is to be
// freed too; slots that hold NULL are passed over.
nx_status nx_sql_prepare_all(nx_sql_stmt **slots, size_t count, nx_sql *db,
                             const char *const *texts, nx_error *err) NX_MUST_USE;
void nx_sql_free_all(nx_sql_stmt **slots, size_t count);
// A statement that is prepared when it is first needed (*slot is NULL until then), ready to be
// bound. NULL, and *status not NX_OK, on failure.
nx_sql_stmt *nx_sql_need(nx_sql_stmt **slot, nx_sql *db, const char *statement, nx_status *status,
                         nx_error *err);
// Parameters count from 1. Bytes are copied; absent binds NULL.
void nx_sql_bind_int(nx_sql_stmt *s, int parameter, int64_t value);
void nx_sql_bind_text(nx_sql_stmt *s, int parameter, nx_str value);
void nx_sql_bind_blob(nx_sql_stmt *s, int parameter, nx_str value);
// The next row; *row false at the end, after which the statement may be bound and stepped anew.
nx_status nx_sql_step(nx_sql_stmt *s, bool *row, nx_error *err) NX_MUST_USE;
// Steps a statement that gives no rows.
nx_status nx_sql_done(nx_sql_stmt *s, nx_error *err) NX_MUST_USE;
// Makes a statement ready to be bound anew before its end.
void nx_sql_reset(nx_sql_stmt *s);
// Columns of the row count from 0. Bytes are borrowed until the next step; absent for NULL.
int64_t nx_sql_int(nx_sql_stmt *s, int column);
nx_str nx_sql_bytes(nx_sql_stmt *s, int column);
int64_t nx_sql_last_id(const nx_sql *db); // of the last inserted row
int64_t nx_sql_changes(const nx_sql *db); // rows changed by the last statement

#ifdef __cplusplus
}
#endif
#endif
