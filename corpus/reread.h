// reread.h: text that was made of a record (of a document, of a worksheet) split into records again
// and read.
//
// Internal to the room. Must not know: what the text was made of.
#ifndef NX_CORPUS_REREAD_H
#define NX_CORPUS_REREAD_H

#include "corpus/reader.h"

// text, UTF-8, as a file of this format would be read. Its articles are r's; their places are bytes
// of text.
nx_status nx_reread(const nx_record *r, nx_str text, nx_format format,
                    const nx_corpus_options *options, const nx_article_sink *sink,
                    nx_error *err) NX_MUST_USE;
// rows: a line each, cells with tabs between. member: where they stand; line: of the first one.
nx_status nx_reread_rows(const nx_record *r, nx_str rows, nx_str member, uint64_t line,
                         const nx_corpus_options *options, const nx_article_sink *sink,
                         nx_error *err) NX_MUST_USE;

#endif
