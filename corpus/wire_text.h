// wire_text.h: the lines of wire messages: their ends, marks, quotes and dashes.
//
// Must not know: headers of agencies' formats.
#ifndef NX_CORPUS_WIRE_TEXT_H
#define NX_CORPUS_WIRE_TEXT_H

#include "corpus/article.h"

// Appends s with every line end as '\n'.
void nx_wire_normalize(nx_str s, nx_buf *out);
// line without control characters at its ends, and without the marks '<' and '=' that end it.
nx_str nx_wire_clean(nx_str line);
// Appends a line of text: to the paragraph before it, unless it is indented or follows an empty
// line; `` and '' become quotation marks, a lone _ a dash.
void nx_wire_add_line(nx_str line, nx_buf *out);
// Takes away the last line when it is a desk's signature: it begins with the service's name and is
// short ("dpa wsz jln npr", "AAP RTV").
void nx_wire_drop_signature(nx_str service, nx_buf *text);
// A line above the text that is for editors: photo numbers, notes.
bool nx_wire_is_note(nx_str line);
// Codes of capitals that say where a message goes ("YY RFG TDR").
bool nx_wire_is_routing(nx_str line);
// "eca00075 3 i 510    dpa 1003"
bool nx_wire_is_7901_header(nx_str text);
// "Germany-politics/" -> keywords.
void nx_wire_add_slug(nx_article *a, nx_str slug);

#endif
