// html_embedded.h: the story of a page that has it only as data for its scripts.
//
// Must not know: sites: the data is told by its shape.
#ifndef NX_CORPUS_HTML_EMBEDDED_H
#define NX_CORPUS_HTML_EMBEDDED_H

#include "corpus/html_tree.h"

// Appends the story as paragraphs: the longest string in the page's scripts that is markup with
// paragraphs, be it in JSON or in JSON inside a string. Appends nothing when there is none. Scripts
// are searched, never run. NX_ENOMEM, NX_ELIMIT over out's ceiling.
nx_status nx_html_embedded_text(const nx_html_tree *t, nx_buf *out, nx_error *err) NX_MUST_USE;

#endif
