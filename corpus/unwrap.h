// unwrap.h: text that was broken into lines of a screen's or a page's width is put together again,
// because everything after it takes a line for a paragraph. Must not know: where the text is from.
#ifndef NX_CORPUS_UNWRAP_H
#define NX_CORPUS_UNWRAP_H

#include "base/buf.h"

// Appends text to out, its paragraphs in one line each, and returns true; returns false, out
// untouched, when it was not broken: a line is longer than a screen is wide, or most lines end
// where the next word would have fitted. Indented lines begin a paragraph. Linear in text, and
// done at the first long line.
bool nx_unwrap(nx_str text, nx_buf *out);
// The same for lines of proportional letters, as programs print them that read PDF: false, when a
// line is longer than such lines are, or few begin inside a sentence.
bool nx_unwrap_printed(nx_str text, nx_buf *out);

#endif
