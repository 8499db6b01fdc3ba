// json_pieces.h: a text that JSON gives in pieces. For json_object.c alone.
#ifndef NX_CORPUS_JSON_PIECES_H
#define NX_CORPUS_JSON_PIECES_H

#include "base/buf.h"
#include "corpus/jsonv.h"

// Appends the prose of v, an empty line behind each paragraph: of a list of paragraphs (Washington
// Post contents[], Arc content_elements[], Apple News components[]), or of the tree that an editor
// keeps (Contentful, ProseMirror, Slate, Lexical, Draft.js, Editor.js, Portable Text). Pictures,
// films, headlines and bylines among the pieces are left out.
nx_status nx_json_add_pieces(const nx_json *v, nx_buf *out, nx_error *err) NX_MUST_USE;

#endif
