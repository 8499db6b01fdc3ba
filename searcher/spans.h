// spans.h: where in a text the marks of a query are. Inside of the snippet maker.
//
// Must not know: sentences, which passage is chosen.
#ifndef NX_SEARCHER_SPANS_H
#define NX_SEARCHER_SPANS_H

#include "searcher/search.h"
#include "text/analysis.h"

// A mark found: bytes start..end of the text.
typedef struct nx_span {
    size_t start, end;
    uint32_t mark;
} nx_span;

typedef struct nx_spans nx_spans;

nx_spans *nx_spans_new(const nx_mark *marks, size_t count); // marks borrowed; NULL without memory
void nx_spans_free(nx_spans *s);
// Looks for other marks from now on; what was learned of words stays. NX_ENOMEM: s is to be freed.
nx_status nx_spans_aim(nx_spans *s, const nx_mark *marks, size_t count, nx_error *err) NX_MUST_USE;
// Finds the marks of field (NULL: body) in text. The spans ascend by start; borrowed until the next
// call. Words of a NEAR are spans of their own, a phrase is one.
nx_status nx_spans_find(nx_spans *s, nx_str text, nx_str language, const nx_field *field,
                        const nx_span **out, size_t *count, nx_error *err) NX_MUST_USE;

#endif
