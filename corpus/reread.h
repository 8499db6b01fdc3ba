// reread.h: text that was made of a record (of a document, of a sheet) split into records again and
// read.
//
// Internal to the room. Must not know: what the text was made of.
#ifndef NX_CORPUS_REREAD_H
#define NX_CORPUS_REREAD_H

#include "corpus/reader.h"
#include "corpus/table.h"

// text, UTF-8, as a file of this format would be read; its articles are r's. With NX_FORMAT_CSV the
// table is written as form says (NULL otherwise). member: what the places are counted in; absent:
// r's own.
nx_status nx_reread(const nx_record *r, nx_str text, nx_str member, nx_format format,
                    const nx_table_form *form, const nx_corpus_options *options,
                    const nx_article_sink *sink, nx_error *err) NX_MUST_USE;

#endif
