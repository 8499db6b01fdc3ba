// doc.h: DOC, a document as an index holds it: terms, positions, values and data.
//
// Both writers (xapian-c and the glass bulk builder) consume this record, so that what they write
// can be compared term by term. Terms are numbers of a vocabulary (vocab.h).
// Must not know: which field a term belongs to, what a value means (schema/ does).
#ifndef NX_BASE_DOC_H
#define NX_BASE_DOC_H

#include "base/buf.h"
#include "base/vocab.h"

#ifdef __cplusplus
extern "C" {
#endif

// One term of one document. Its positions are doc->positions[pos_start .. pos_start+pos_count-1],
// strictly ascending. wdf is what the term contributes to the document length; boolean terms
// (ids, hosts, dates) have wdf 0.
typedef struct nx_doc_term {
    uint32_t term; // vocabulary number
    uint32_t wdf;
    uint32_t pos_start, pos_count;
} nx_doc_term;

typedef struct nx_doc_value {
    uint32_t slot;
    nx_str bytes; // never empty
} nx_doc_value;

// Borrowed view; the arrays belong to whoever built it and live until its next document. Each term
// occurs once, in no particular order; values ascend by slot, each slot once. A term is 1..245
// bytes long.
typedef struct nx_doc {
    const nx_vocab *vocab;
    const nx_doc_term *terms;
    size_t term_count;
    const uint32_t *positions;
    size_t position_count;
    const nx_doc_value *values;
    size_t value_count;
    nx_str data; // what a reader shows; may be empty
} nx_doc;

#ifdef __cplusplus
}
#endif
#endif
