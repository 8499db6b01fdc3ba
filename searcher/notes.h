// notes.h: what is said about a query on standard error: what was ignored, corrected, expanded or
// dropped, and what may have been meant.
//
// Must not know: output formats.
#ifndef NX_SEARCHER_NOTES_H
#define NX_SEARCHER_NOTES_H

#include "searcher/output.h"

// Appends the notes of an answer, a line each, "newssearch: " in front (and in a batch the topic).
void nx_notes_add(const nx_answer *a, nx_buf *out);

#endif
