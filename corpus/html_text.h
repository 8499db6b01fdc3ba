// html_text.h: the text of an HTML tree, as lines and as paragraphs.
//
// Must not know: which part of the tree is the story.
#ifndef NX_CORPUS_HTML_TEXT_H
#define NX_CORPUS_HTML_TEXT_H

#include "corpus/html_tree.h"

// Elements that never hold prose: scripts, styles, templates, drawings, form controls, frames.
bool nx_html_is_mute(nx_html_tag tag);

// Does an element say that it is not shown?
bool nx_html_is_hidden(const nx_html_tree *t, uint32_t node);

// What a line is read from at most; facts are shorter, and hostile nesting gains nothing.
enum { NX_HTML_LINE_BYTES = 64 << 10, NX_HTML_LINE_NODES = 4096 };

// Appends the text of the subtree as one line: white space folded, trimmed, mute elements left out;
// what is beyond the ceilings above is left out.
void nx_html_line(const nx_html_tree *t, uint32_t node, nx_buf *out);

// Appends the text of the subtree as paragraphs, each ended by '\n': blocks and <br> end one,
// white space is folded, mute elements are left out. drop (may be NULL): for each node of the tree,
// whether its subtree is left out.
void nx_html_paragraphs(const nx_html_tree *t, uint32_t node, const bool *drop, nx_buf *out);

// Bytes of s, text inside of <pre>, up to where its next paragraph begins: behind an empty line, or
// at a line that is indented by two or more. All of what is source code rather than prose.
size_t nx_html_pre_paragraph(nx_str s);

// Appends the text of a piece of markup as one line; failure is sticky in out. html_fragment.c.
void nx_html_fragment_line(nx_str html, nx_buf *out);

#endif
