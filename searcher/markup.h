// markup.h: text inside of XML and HTML.
#ifndef NX_SEARCHER_MARKUP_H
#define NX_SEARCHER_MARKUP_H

#include "searcher/snippet.h"

// Appends s for an element's content or a quoted attribute: repaired UTF-8, the five special
// characters escaped, characters that XML does not allow dropped.
void nx_markup_add(nx_buf *out, nx_str s);
// A passage, its matches inside <b> elements.
void nx_markup_passage(nx_buf *out, const nx_snippet *s);
// May the address be followed from a page? Only web addresses may.
bool nx_markup_is_link(nx_str url);

#endif
