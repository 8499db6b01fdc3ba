// manuscript.h: a document of a word processor as plain text, and what becomes of it: the articles
// of an export of a news database, or one article.
//
// Internal to the room. Must not know: the format it came from.
#ifndef NX_CORPUS_MANUSCRIPT_H
#define NX_CORPUS_MANUSCRIPT_H

#include "corpus/reader.h"

// What stands between two pieces of a text, the wider one last.
typedef enum nx_gap { NX_GAP_NONE, NX_GAP_TAB, NX_GAP_LINE, NX_GAP_PARAGRAPH } nx_gap;

// A text being written: a gap is written when the piece behind it comes.
typedef struct nx_flow {
    nx_buf text;
    nx_gap gap;
    bool centred; // the paragraph that begins behind the gap
} nx_flow;

typedef struct nx_manuscript {
    nx_flow body, notes; // footnotes go behind the text
    // What the program keeps about the document beside its text; often wrong, so that it counts
    // only where the text says nothing.
    nx_buf title, author, created;
} nx_manuscript;

// The ceiling is of each text. Allocates nothing.
void nx_manuscript_init(nx_manuscript *m, size_t max_bytes);
void nx_manuscript_release(nx_manuscript *m);

// Appends a piece, UTF-8; line ends, tabs and no-break spaces in it are taken for spaces. Failure
// is sticky in text.
void nx_flow_add(nx_flow *f, nx_str piece);

// Gives the articles of the manuscript, which r holds, to sink.
nx_status nx_manuscript_read(nx_manuscript *m, const nx_record *r, const nx_corpus_options *options,
                             const nx_article_sink *sink, nx_error *err) NX_MUST_USE;

#endif
