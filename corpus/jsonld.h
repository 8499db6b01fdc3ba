// jsonld.h: the linked data (JSON-LD, schema.org) that news pages carry about themselves.
//
// Pages write it in every shape: one object, arrays, @graph with references by @id, articles nested
// in pages, comments and CDATA marks around it, trailing commas. What cannot be read is left out.
// Must not know: HTML. Thread rule: one thread at a time.
#ifndef NX_CORPUS_JSONLD_H
#define NX_CORPUS_JSONLD_H

#include "corpus/jsonv.h"

enum { NX_JSONLD_SCRIPTS_MAX = 32, NX_JSONLD_NODES_MAX = 512 };

typedef struct nx_jsonld {
    nx_json *roots[NX_JSONLD_SCRIPTS_MAX]; // owned
    size_t root_count;
    const nx_json *nodes[NX_JSONLD_NODES_MAX]; // objects with a type or an id
    size_t node_count;
    const nx_json *article; // what says most about one article; NULL when nothing does
    const nx_json *page;    // what describes the page itself; may be NULL
    bool lists;             // the page says it is a list of things
} nx_jsonld;

// Reads one script's text into zero-initialised or earlier *ld. Malformed text adds nothing; only
// NX_ENOMEM is an error.
nx_status nx_jsonld_add(nx_jsonld *ld, nx_str script, nx_error *err) NX_MUST_USE;
// Call after the last add: chooses article and page.
void nx_jsonld_choose(nx_jsonld *ld);
void nx_jsonld_release(nx_jsonld *ld);

// The node that a reference by @id means; v itself when it is none.
const nx_json *nx_jsonld_resolve(const nx_jsonld *ld, const nx_json *v);
// A property of a node with references by @id resolved; NULL when absent.
const nx_json *nx_jsonld_get(const nx_jsonld *ld, const nx_json *node, const char *key);
// What a value says as text: the string, or the name (else url or @id) of an object, or that of the
// first element of an array. Absent when none.
nx_str nx_jsonld_text(const nx_jsonld *ld, const nx_json *value);
// Has the node this schema.org type?
bool nx_jsonld_is(const nx_json *node, const char *type);

#endif
