// document.h: a record that is one document in a zip file: opened, its parts named, its loss said.
//
// Internal to the room. Must not know: any kind of document.
#ifndef NX_CORPUS_DOCUMENT_H
#define NX_CORPUS_DOCUMENT_H

#include "corpus/container.h"
#include "corpus/reader.h"

// The bytes of r. All parts together may inflate to a multiple of a record: markup is larger than
// what it says. NULL without memory.
nx_source *nx_document_open(const nx_record *r, const nx_corpus_options *options,
                            nx_budget *budget);
// Replaces out by where the part is: a member of the file, or of the member that the record is.
nx_status nx_document_member(const nx_record *r, nx_str part, nx_buf *out,
                             nx_error *err) NX_MUST_USE;
// What could not be read is a skip, with the reason of zip; want of memory stays one.
nx_status nx_document_lost(const nx_record *r, const nx_source *zip, nx_status st,
                           const nx_article_sink *sink, nx_error *err) NX_MUST_USE;

#endif
