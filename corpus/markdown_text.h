// markdown_text.h: Markdown as paragraphs of plain text.
//
// Internal to the room.
//
// Must not know: front matter, articles. Thread rule: pure functions.
#ifndef NX_CORPUS_MARKDOWN_TEXT_H
#define NX_CORPUS_MARKDOWN_TEXT_H

#include "base/buf.h"

// Appends the paragraphs of text, each with a line end: markup, code, pictures, link addresses and
// short codes of site generators are left out, HTML inside is read as such. title (may be NULL) is
// set to the first heading of the first level when that is the first thing in the text, which is
// then left out; it points into text. Source: CommonMark 0.31, read leniently. NX_ENOMEM, or
// NX_ELIMIT when out is full.
nx_status nx_markdown_text(nx_str text, nx_str *title, nx_buf *out, nx_error *err) NX_MUST_USE;

#endif
