// html_decode.h: character references (HTML Standard 13.2.5.72): numbers, the names of HTML 4 and
// of later ones those that prose uses.
//
// Must not know: elements, and which characters a document is written in.
#ifndef NX_CORPUS_HTML_DECODE_H
#define NX_CORPUS_HTML_DECODE_H

#include "base/buf.h"

// Appends s with its references decoded.
void nx_html_decode(nx_str s, nx_buf *out);
// The same into out, which has room for s.n bytes: a reference never grows. Returns the length.
size_t nx_html_decode_into(nx_str s, char *out);
// What a character U+0080..U+009F stands for in text that meant windows-1252; others as they are.
uint32_t nx_html_c1(uint32_t c);

#endif
