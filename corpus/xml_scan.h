// xml_scan.h: XML handled as it comes: for parts of office documents, which are large and simple.
//
// Nothing is fetched, expanded or repaired: a part that has a document type is refused, so there
// are no entities. Must not know: any element.
#ifndef NX_CORPUS_XML_SCAN_H
#define NX_CORPUS_XML_SCAN_H

#include "corpus/source.h"

typedef struct nx_xml_handler {
    void *ctx;
    // name is without its prefix; atts are name (as written), value, ..., NULL.
    void (*start)(void *ctx, const char *name, const char **atts);
    void (*end)(void *ctx, const char *name);
    void (*text)(void *ctx, nx_str text); // in pieces
} nx_xml_handler;

// Reads source to its end. NX_EFORMAT: not well-formed; what came before it has been handled.
// NX_ELIMIT: more than NX_XML_DEPTH_MAX levels, or a document type; NX_ENOMEM; what source says.
nx_status nx_xml_scan(nx_source *source, const nx_xml_handler *handler, nx_error *err) NX_MUST_USE;

// The value of the attribute of that name, whatever its prefix; absent when there is none.
nx_str nx_xml_scan_value(const char **atts, const char *name);

#endif
