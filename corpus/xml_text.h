// xml_text.h: the prose below an XML node as paragraphs: XHTML, NITF and NewsML content alike.
//
// Must not know: what the prose is of: titles and facts are the readers'.
#ifndef NX_CORPUS_XML_TEXT_H
#define NX_CORPUS_XML_TEXT_H

#include "corpus/xml.h"

// Appends the text below node, '\n' between paragraphs, white space as written inside them.
// Left out: scripts, styles, captions and other words about media, tables of metadata.
// node NULL appends nothing. Failure is sticky in out.
void nx_xml_block_text(const nx_xml_node *node, nx_buf *out);

#endif
