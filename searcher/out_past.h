// out_past.h: printing the versions of an article.
//
// Must not know: how versions are found.
#ifndef NX_SEARCHER_OUT_PAST_H
#define NX_SEARCHER_OUT_PAST_H

#include "searcher/output.h"
#include "searcher/past.h"

// A list of them, and what changed from each to the next.
void nx_text_past(nx_output *o, const nx_past *p);
void nx_json_past(nx_output *o, const nx_past *p);

#endif
