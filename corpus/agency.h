// agency.h: what the agency formats share: parties, embargoes, titles repeated in the text.
//
// Must not know: elements and tags of any one format.
#ifndef NX_CORPUS_AGENCY_H
#define NX_CORPUS_AGENCY_H

#include "corpus/xml_record.h"

// Sets what a party that provides, distributes or is credited with a text tells: the agency when
// it is one, and the publisher. name may be a host ("reuters.com").
void nx_agency_set_party(nx_article *a, nx_str name);
// The agency only: for credit lines and sources that are not the publisher.
void nx_agency_set_credit(nx_article *a, nx_str name);
// A byline, or a list of names when it does not read as one.
void nx_agency_set_byline(nx_article *a, nx_str line);
// The place in a dateline such as "STOCKHOLM, Aug 29, 2014 (AFP) -", and its agency.
void nx_agency_set_dateline(nx_article *a, nx_str line);
// A publication status in any of the formats ("stat:canceled", "Embargoed", "withheld").
void nx_agency_set_status(nx_article *a, nx_str status);
// Text that may be used from a time on: held back, unless that time is known to be over.
void nx_agency_set_embargo(nx_xml_reading *x, nx_article *a, nx_str date);
// Takes the title away from the beginning of the body, where it is repeated, and hands the article
// over (nx_article_finish).
nx_status nx_agency_finish(nx_xml_reading *x, nx_article *a, nx_error *err) NX_MUST_USE;

// nitf.c: fills in what an <nitf> element says, in a document of its own or inside NewsML.
nx_status nx_nitf_fill(nx_xml_reading *x, nx_article *a, const nx_xml_node *nitf,
                       nx_error *err) NX_MUST_USE;

// newsml_content.c: the text of <inlineXML>, <inlineData> or <DataContent>: NITF, XHTML, escaped
// HTML or plain text. Sets the body, when there is none yet, and what NITF says besides.
nx_status nx_newsml_content(nx_xml_reading *x, nx_article *a, const nx_xml_node *content,
                            nx_error *err) NX_MUST_USE;

#endif
