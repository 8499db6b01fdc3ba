// tally.h: which counts are wanted (--facets, --timeline) and the timeline as it is shown: steps
// of a fitting size, those without articles included.
//
// Must not know: output formats.
#ifndef NX_SEARCHER_TALLY_H
#define NX_SEARCHER_TALLY_H

#include "searcher/output.h"

// Reads "source,year" into wishes; NX_EUSAGE names what cannot be counted.
nx_status nx_facets_parse(const char *names, nx_facet_wish wishes[NX_FACETS_MAX], size_t *count,
                          nx_error *err) NX_MUST_USE;
// What may be named, one a line.
void nx_facets_list(nx_buf *out);
// "source", "year".
const char *nx_facet_name(const nx_facet_wish *wish);

// The timeline of a result in steps of that size; NX_STEP_NONE: the finest that gives a chart one
// can take in at a glance, made of days. Empty steps between are filled in, unless there would be
// too many (days of more than a century). Lives in arena, whose failure shows there.
nx_tally nx_timeline_make(const nx_result *r, nx_step step, nx_arena *arena);
// From i on, the steps without articles that are better told in one line; 0 when they are few.
size_t nx_timeline_gap(const nx_tally *t, size_t i);

#endif
