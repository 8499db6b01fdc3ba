// html_phrases.h: lines that pages put among the paragraphs of a story and that are not of it.
//
// Must not know: where in a page the line stands.
#ifndef NX_CORPUS_HTML_PHRASES_H
#define NX_CORPUS_HTML_PHRASES_H

#include "base/buf.h"

// Is line a pointer elsewhere or a request ("Read more: ...", "Sign up for...", "Advertisement")?
// linked: how much of it is links, in 1/100; a long line without links is prose, whatever it says.
bool nx_html_is_signpost(nx_str line, unsigned linked);

// Is line the heading of other stories that follow a story ("Recommended for you")?
bool nx_html_is_ending(nx_str line);

// Does line name who took a picture, as captions do?
bool nx_html_is_caption(nx_str line);

#endif
