// docdata.h: ARTICLE -> document data: what a reader is shown without the article's file.
//
// Must not know: terms, the index.
#ifndef NX_INDEXER_DOCDATA_H
#define NX_INDEXER_DOCDATA_H

#include "corpus/article.h"

// Appends the lines (schema.h) of every fact the article has, and its body. id: its identity.
void nx_article_data(const nx_article *a, nx_str id, nx_buf *out);

#endif
