// markup.h: text inside of XML and HTML.
//
// Must not know: any vocabulary of elements.
#ifndef NX_BASE_MARKUP_H
#define NX_BASE_MARKUP_H

#include "base/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

// Appends s for an element's content or a quoted attribute: repaired UTF-8, the five special
// characters escaped, characters that XML does not allow dropped.
void nx_markup_add(nx_buf *out, nx_str s);
// May the address be followed from a page? Only web addresses may.
bool nx_markup_is_link(nx_str url);

#ifdef __cplusplus
}
#endif
#endif
