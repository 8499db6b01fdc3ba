// withdrawn.h: the articles that their sources have taken back, in memory for one run, and whether
// a copy that comes in is newer than that.
//
// Must not know: readers, documents. Thread rule: many threads may ask while none changes it. Cost:
// about 200 bytes an article that is withdrawn.
#ifndef NX_INDEXER_WITHDRAWN_H
#define NX_INDEXER_WITHDRAWN_H

#include "store/withdrawals.h"

typedef struct nx_withdrawn nx_withdrawn;

// What the manifest has; NULL: that of the index directory is read, if there is one.
nx_status nx_withdrawn_load(nx_withdrawn **out, const char *index, nx_manifest *m,
                            nx_error *err) NX_MUST_USE;
void nx_withdrawn_free(nx_withdrawn *w); // accepts NULL
nx_status nx_withdrawn_note(nx_withdrawn *w, nx_str unique_term, const nx_withdrawal *of,
                            nx_error *err) NX_MUST_USE;
void nx_withdrawn_forget(nx_withdrawn *w, nx_str unique_term);
// That of an article, or NULL; borrowed until the next note.
const nx_withdrawal *nx_withdrawn_find(const nx_withdrawn *w, nx_str unique_term);
// Does it stand against a copy of the article with this version, time and place? It does not
// against one of a later version, or of a later time where versions do not tell, nor against one
// from the very place where it was read, which is what that says now.
bool nx_withdrawal_stands(const nx_withdrawal *of, const nx_withdrawal *copy);

#endif
