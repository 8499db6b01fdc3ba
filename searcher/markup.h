// markup.h: passages inside of XML and HTML.
//
// Must not know: which elements are around them.
#ifndef NX_SEARCHER_MARKUP_H
#define NX_SEARCHER_MARKUP_H

#include "base/markup.h"
#include "searcher/snippet.h"

// A passage, its matches inside <b> elements.
void nx_markup_passage(nx_buf *out, const nx_snippet *s);

#endif
