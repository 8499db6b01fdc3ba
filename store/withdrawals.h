// withdrawals.h: which articles their sources have taken back: a table of the manifest.
//
// A withdrawal holds also when the index never had the article, or has forgotten what it said; it
// goes when it is forgotten. Must not know: what it is compared with. One thread.
#ifndef NX_STORE_WITHDRAWALS_H
#define NX_STORE_WITHDRAWALS_H

#include "store/manifest.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nx_withdrawals nx_withdrawals;

typedef struct nx_withdrawal {
    int64_t version; // that the source gave to it; 0: none
    int64_t utc;     // when it was said; INT64_MIN: not known
    nx_str place;    // where it was read; not absent; borrowed
} nx_withdrawal;

// Works on m, which must outlive it and was opened in this mode. NX_MANIFEST_WRITE makes the table
// when there is none; without one, NX_MANIFEST_READ finds no withdrawals.
nx_status nx_withdrawals_open(nx_withdrawals **out, nx_manifest *m, nx_manifest_mode mode,
                              nx_error *err) NX_MUST_USE;
void nx_withdrawals_close(nx_withdrawals *w); // accepts NULL

// Notes that of an article, in place of an earlier one.
nx_status nx_withdrawals_put(nx_withdrawals *w, nx_str unique_term, const nx_withdrawal *of,
                             nx_error *err) NX_MUST_USE;
nx_status nx_withdrawals_forget(nx_withdrawals *w, nx_str unique_term, nx_error *err) NX_MUST_USE;
// Visits all, in no particular order. each must not change them.
typedef nx_status nx_withdrawal_visit(void *ctx, nx_str unique_term, const nx_withdrawal *of,
                                      nx_error *err);
nx_status nx_withdrawals_each(nx_withdrawals *w, nx_withdrawal_visit *each, void *ctx,
                              nx_error *err) NX_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
