// xml_record.h: what the readers of XML formats share: a record as a tree, nodes as facts.
//
// Must not know: elements of any one format.
#ifndef NX_CORPUS_XML_RECORD_H
#define NX_CORPUS_XML_RECORD_H

#include "corpus/reader.h"
#include "corpus/xml.h"

// One record being read. Zero-initialise; doc is released by nx_xml_reading_close.
typedef struct nx_xml_reading {
    const nx_record *record;
    const nx_corpus_options *options;
    const nx_article_sink *sink;
    nx_xml_doc doc;
} nx_xml_reading;

// Parses the record. When its XML cannot be read, that is reported as a skip, NX_OK is returned
// and doc.root stays NULL. Other statuses come from the sink or from want of memory.
nx_status nx_xml_reading_open(nx_xml_reading *x, const nx_record *r,
                              const nx_corpus_options *options, const nx_article_sink *sink,
                              nx_error *err) NX_MUST_USE;
void nx_xml_reading_close(nx_xml_reading *x);

// Sets a fact from the node's text, or from the value; absent ones set nothing.
void nx_xml_set(nx_xml_reading *x, nx_article *a, nx_fact *fact, const nx_xml_node *node,
                nx_from from);
// A date in the node's text; a date that is known already stays.
void nx_xml_set_date(nx_xml_reading *x, nx_when *when, nx_str text, nx_from from);
// The prose of the node (xml_text.h) as the article's body, when it has none yet.
nx_status nx_xml_set_body(nx_article *a, const nx_xml_node *node, nx_error *err) NX_MUST_USE;

#endif
