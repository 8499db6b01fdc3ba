// versions.h: what articles were before they changed or were withdrawn: a table of the manifest.
//
// A version is the document data that readers found, kept just before the commit that takes it away
// from them. A writer that dies between the two does it again in its next run; so what equals the
// last version of an article is not kept a second time. Versions outlive their article: they go
// when they are forgotten. Must not know: what is in the data. One thread.
#ifndef NX_STORE_VERSIONS_H
#define NX_STORE_VERSIONS_H

#include "store/manifest.h"

#ifdef __cplusplus
extern "C" {
#endif

// Of one article. When there are more, the second oldest goes: how a report began is what readers
// want to know most, besides what was changed last.
enum { NX_VERSIONS_MAX = 32 };

typedef struct nx_versions nx_versions;

// Works on m, which must outlive it and was opened in this mode. NX_MANIFEST_WRITE makes the table
// when there is none; without one, NX_MANIFEST_READ finds no versions.
nx_status nx_versions_open(nx_versions **out, nx_manifest *m, nx_manifest_mode mode,
                           nx_error *err) NX_MUST_USE;
void nx_versions_close(nx_versions *v); // accepts NULL

typedef struct nx_version {
    uint32_t number;   // 1 for the first; those that went leave gaps
    bool withdrawn;    // by its source; false: another text took its place
    int64_t ended_utc; // when the index stopped to show it
    nx_str data;       // document data; borrowed for the call
} nx_version;

// Keeps a version of an article; version->number is not used.
nx_status nx_versions_keep(nx_versions *v, nx_str unique_term, const nx_version *version,
                           nx_error *err) NX_MUST_USE;
// Visits those of an article from the oldest on. each must not change them. NX_ECORRUPT.
typedef nx_status nx_version_visit(void *ctx, const nx_version *version, nx_error *err);
nx_status nx_versions_each(nx_versions *v, nx_str unique_term, nx_version_visit *each, void *ctx,
                           nx_error *err) NX_MUST_USE;
nx_status nx_versions_forget(nx_versions *v, nx_str unique_term, nx_error *err) NX_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
