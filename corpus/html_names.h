// html_names.h: what the tree builder knows of element and attribute names.
//
// Must not know: what elements mean for a story.
#ifndef NX_CORPUS_HTML_NAMES_H
#define NX_CORPUS_HTML_NAMES_H

#include "corpus/html_tree.h"

enum {
    NX_HTML_BLOCK = 1, // begins and ends a paragraph
    NX_HTML_VOID = 2,  // has no content and no end tag
    NX_HTML_RAW = 4,   // its content is text up to its end tag
    NX_HTML_SCOPE = 8, // an end tag inside does not close what is open outside
};
unsigned nx_html_tag_flags(nx_html_tag tag);
// NX_ATTR_COUNT for an attribute nobody asks for.
nx_html_attr nx_html_attr_of(nx_str name);

#endif
