// feed_text.h: the words of feeds: markup in elements, publishers in titles, footers in texts.
//
// Must not know: elements: texts come in, texts go out.
#ifndef NX_CORPUS_FEED_TEXT_H
#define NX_CORPUS_FEED_TEXT_H

#include "corpus/article.h"
#include "corpus/xml.h"

// Replaces out by the text of an element, '\n' between paragraphs: XHTML inside it, escaped HTML,
// base64 or plain text, as its attributes or, in RSS, its looks say. node may be NULL.
nx_status nx_feed_text(nx_xml_doc *doc, const nx_xml_node *node, nx_buf *out,
                       nx_error *err) NX_MUST_USE;
// text without the last paragraphs that syndication software adds ("The post X appeared first on
// Y.", "Read more"). Borrowed from text.
nx_str nx_feed_without_footer(nx_str text);
// Sets the publisher from the title of a feed whose articles live on host: nothing when the host
// is one of a known outlet, the part that names the outlet in "World news | The Guardian".
void nx_feed_set_publisher(nx_article *a, nx_str feed_title, nx_str host);
// Keywords separated by commas.
void nx_feed_add_keywords(nx_article *a, nx_str list);

#endif
