// html_export.h: exports of news databases as one page with all of their documents: Nexis, Factiva,
// Europresse.
//
// Internal to the room. Must not know: web pages of news sites.
#ifndef NX_CORPUS_HTML_EXPORT_H
#define NX_CORPUS_HTML_EXPORT_H

#include "corpus/html_tree.h"
#include "corpus/reader.h"

typedef enum nx_html_export {
    NX_HTML_PAGE,          // none
    NX_HTML_EXPORT_TEXT,   // its lines are those of the text exports (Nexis, Factiva)
    NX_HTML_EXPORT_MARKED, // what its parts are is in their classes (Europresse)
} nx_html_export;

// What the page, html, is. A glance: web pages are most of what is read.
nx_html_export nx_html_export_of(nx_str html, const nx_html_tree *t);

// Gives the documents of the export, r, to sink.
nx_status nx_html_export_read(nx_html_export kind, const nx_html_tree *t, const nx_record *r,
                              const nx_corpus_options *options, const nx_article_sink *sink,
                              nx_error *err) NX_MUST_USE;

#endif
