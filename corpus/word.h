// word.h: the text of a document of a word processor, out of its main part: DOCX and ODT alike.
//
// Internal to the room. Must not know: zip files, what the text says.
#ifndef NX_CORPUS_WORD_H
#define NX_CORPUS_WORD_H

#include "corpus/manuscript.h"
#include "corpus/source.h"

// Appends what part says to body and notes. odf: it is the content of OpenDocument; otherwise of
// Office Open XML. Left out: what was deleted with changes being recorded, hidden text, comments,
// drawings, text boxes, instructions of fields. As nx_xml_scan.
nx_status nx_word_read(nx_source *part, bool odf, nx_flow *body, nx_flow *notes,
                       nx_error *err) NX_MUST_USE;
// Title, author and date out of docProps/core.xml or meta.xml.
nx_status nx_word_properties(nx_source *part, nx_manuscript *m, nx_error *err) NX_MUST_USE;

#endif
