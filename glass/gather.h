// gather.h: the last pass over the runs: merges them and gives out what they hold in the order of
// the tables.
//
// Must not know: tables, blocks.
#ifndef NX_GLASS_GATHER_H
#define NX_GLASS_GATHER_H

#include "glass/internal.h"
#include "glass/sheaf.h"

// Takes the next sheaf; borrows it.
typedef nx_status (*nx_sheaf_sink)(void *context, const nx_sheaf *sheaf, nx_error *err);

// Gives all postings and values of documents that were not dropped to take, which runs on a thread
// of its own where two may be used, so that tables are written while the runs are merged. Keys
// ascend, and so do the document ids of a key.
nx_status nx_glass_gather(const nx_glass_builder *b, nx_sheaf_sink take, void *context,
                          nx_error *err) NX_MUST_USE;

#endif
