// feed.h: reading the items of a feed, for readers of what is built on RSS.
//
// Must not know: what is built on RSS: no element but those of RSS and Atom.
#ifndef NX_CORPUS_FEED_H
#define NX_CORPUS_FEED_H

#include "corpus/reader.h"
#include "corpus/xml.h"

// What a format based on RSS does differently. Members may be NULL.
typedef struct nx_feed_dialect {
    // Why an item is not read (a short reason, static), or NULL when it is.
    const char *(*unwanted)(nx_xml_doc *doc, const nx_xml_node *item);
    // Appends the content of an item as HTML.
    void (*content)(nx_str text, nx_buf *html);
    // The name of who an item names as its author, as the head of the feed gives it.
    nx_str (*person)(nx_xml_doc *doc, const nx_xml_node *head, nx_str named);
} nx_feed_dialect;

nx_status nx_feed_read(const nx_record *r, const nx_corpus_options *options,
                       const nx_article_sink *sink, const nx_feed_dialect *dialect,
                       nx_error *err) NX_MUST_USE;

#endif
