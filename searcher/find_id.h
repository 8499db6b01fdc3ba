// find_id.h: which article the user means by what he copied from a result.
//
// Must not know: output, options.
#ifndef NX_SEARCHER_FIND_ID_H
#define NX_SEARCHER_FIND_ID_H

#include "searcher/search.h"

// Appends the id of the article named by given: an id itself, the path of a file that holds one
// article, or the source's own id behind the scope that the index puts before it. NX_ENOTFOUND;
// NX_EUSAGE: several articles are called that.
nx_status nx_find_id(nx_searcher *s, nx_str given, nx_buf *id, nx_error *err) NX_MUST_USE;

#endif
