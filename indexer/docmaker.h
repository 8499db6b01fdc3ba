// docmaker.h: ARTICLE -> DOC: what of an article is indexed under which term, and what is kept.
//
// schema.h says which fields there are and where positions and weights go. Every writer gets what
// is made here, so that an index does not depend on how it was written.
// Must not know: segments, writers, files. Thread rule: a maker belongs to one thread; makers share
// nothing. Cost: linear in the article's text, one look-up a word.
#ifndef NX_INDEXER_DOCMAKER_H
#define NX_INDEXER_DOCMAKER_H

#include "base/doc.h"
#include "corpus/article.h"
#include "indexer/identity.h"

typedef struct nx_docmaker nx_docmaker;

nx_docmaker *nx_docmaker_new(void);    // NULL when there is no memory
void nx_docmaker_free(nx_docmaker *m); // accepts NULL

typedef struct nx_docmaker_options {
    int64_t indexed_utc; // when this version enters the index; 0: no such value
    nx_str family;       // story family id, when it is known before; absent: none
    nx_when changed;     // when its text was seen to change; counts when later than its updated
} nx_docmaker_options;

// All of it is borrowed from the maker until the next call.
typedef struct nx_made {
    nx_doc doc;
    nx_str id;          // identity (identity.h)
    nx_str unique_term; // Q term
    unsigned char digest[NX_DIGEST_BYTES];
} nx_made;

// What the article is known by and its digest: enough to tell whether a document is wanted.
nx_status nx_docmaker_begin(nx_docmaker *m, const nx_article *a, nx_made *out,
                            nx_error *err) NX_MUST_USE;
// The document of the article that was begun. NX_ELIMIT when it would not fit an index.
nx_status nx_docmaker_finish(nx_docmaker *m, const nx_article *a,
                             const nx_docmaker_options *options, nx_made *out,
                             nx_error *err) NX_MUST_USE;
// Both.
nx_status nx_docmaker_make(nx_docmaker *m, const nx_article *a, const nx_docmaker_options *options,
                           nx_made *out, nx_error *err) NX_MUST_USE;

// The vocabulary grows with every new word. To be called where no DOC of this maker is in use any
// more (between batches): starts a new vocabulary when it holds more than max_bytes, and so forgets
// a failure too.
void nx_docmaker_trim(nx_docmaker *m, size_t max_bytes);

#endif
