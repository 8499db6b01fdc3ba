// run.h: asking the engine and showing its answer.
//
// Must not know: single formats.
#ifndef NX_SEARCHER_RUN_H
#define NX_SEARCHER_RUN_H

#include "searcher/ask.h"

// Runs a query and shows its result. *hits: matching articles. topic: absent outside of a batch.
nx_status nx_run_query(nx_searcher *s, const nx_ask *ask, nx_output *out, nx_str topic,
                       nx_str query, uint64_t *hits, nx_error *err) NX_MUST_USE;

#endif
