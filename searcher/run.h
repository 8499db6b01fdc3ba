// run.h: asking the engine and showing its answer.
//
// Must not know: single formats, where queries come from.
#ifndef NX_SEARCHER_RUN_H
#define NX_SEARCHER_RUN_H

#include "searcher/ask.h"

typedef struct nx_run {
    nx_searcher *searcher;
    const nx_ask *ask;
    nx_output *out;
    uint64_t matches; // articles that matched, of all queries so far
} nx_run;

// What is asked: a query, or the background of an article.
typedef struct nx_question {
    nx_str topic; // absent outside of a batch
    nx_str query;
    const nx_related_wish *related; // NULL: the query is searched for
} nx_question;

// Runs it and shows the result.
nx_status nx_run_question(nx_run *run, const nx_question *question, nx_error *err) NX_MUST_USE;
// The queries of a file, one a line, or "id<TAB>query". A query that cannot be understood is
// reported, and fails the run at its end.
nx_status nx_run_batch(nx_run *run, const char *file, nx_error *err) NX_MUST_USE;
// --related: the id of an article, or else a file or "-" with plain text.
nx_status nx_run_related(nx_run *run, const char *given, nx_error *err) NX_MUST_USE;

#endif
