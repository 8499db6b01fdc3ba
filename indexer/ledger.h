// ledger.h: which articles each file gave, so that they can leave the index with it.
//
// Kept for sources whose vanished files remove their articles, in tables of its own in the
// manifest. Lines are entered before the articles they name are committed to the index, stamped
// with the run, and struck out after the articles are gone: whenever a run dies, every article of
// a file that the index has is in the ledger. Must not know: how files are read. One thread.
#ifndef NX_INDEXER_LEDGER_H
#define NX_INDEXER_LEDGER_H

#include "store/manifest.h"

typedef struct nx_ledger nx_ledger;

// Works on m, which must outlive it. Makes its tables when there are none.
nx_status nx_ledger_open(nx_ledger **out, nx_manifest *m, nx_error *err) NX_MUST_USE;
void nx_ledger_close(nx_ledger *l); // accepts NULL

// Enters that the file of that source gives the article.
nx_status nx_ledger_enter(nx_ledger *l, nx_str source, nx_str path, nx_str unique_term, int64_t run,
                          nx_error *err) NX_MUST_USE;

typedef nx_status nx_ledger_visit(void *ctx, nx_str bytes, nx_error *err);
// Files of a source, in no order; bytes: the path. each must not change the ledger.
nx_status nx_ledger_each_file(nx_ledger *l, nx_str source, nx_ledger_visit *each, void *ctx,
                              nx_error *err) NX_MUST_USE;
// Articles that the file gave in other runs than this one; bytes: the unique term.
nx_status nx_ledger_each_dropped(nx_ledger *l, nx_str path, int64_t run, nx_ledger_visit *each,
                                 void *ctx, nx_error *err) NX_MUST_USE;
// Whether any file gave the article in that run.
nx_status nx_ledger_given_in(nx_ledger *l, nx_str unique_term, int64_t run, bool *given,
                             nx_error *err) NX_MUST_USE;
// Other files that give the article; bytes: the path.
nx_status nx_ledger_each_other(nx_ledger *l, nx_str path, nx_str unique_term, nx_ledger_visit *each,
                               void *ctx, nx_error *err) NX_MUST_USE;
// Strikes out what each_dropped visits.
nx_status nx_ledger_strike(nx_ledger *l, nx_str path, int64_t run, nx_error *err) NX_MUST_USE;
// Forgets everything (the index is made anew).
nx_status nx_ledger_clear(nx_ledger *l, nx_error *err) NX_MUST_USE;

#endif
