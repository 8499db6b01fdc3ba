// identity.h: what makes two articles the same article, and what makes them the same text.
//
// Must not know: the index: what is done with a second copy is decided elsewhere.
#ifndef NX_INDEXER_IDENTITY_H
#define NX_INDEXER_IDENTITY_H

#include "corpus/article.h"

// Appends the identity of an article: the first of these that it has.
//   its canonical URL                 "https://example.com/2019/a"
//   the source's id, strong           "SCOPE:ID", SCOPE its host or else its source; "ID" without
//   the source's id, weak, and a host "HOST:ID"
//   the source's id, weak             "DIR/FILE:ID", the last directory and the name of its file
//   where it was read                 "file:PATH!MEMBER" (parts that are absent left out)
//   the digest of its text            "text:HEX", of its publisher and its date too: when it came
//                                     through standard input or is one of several in a file. What
//                                     stands in its place the next time is another article, as in a
//                                     log that was rotated or a table that was sorted
// What comes through standard input has a weak id only beside a host or a source ("SOURCE:ID").
// An id is weak when it is nothing but a short number or a few letters: "17" numbers the rows of
// one file, and two files that both start at 1 must not replace each other's articles. So an
// article with a URL, a strong id or a host keeps its identity wherever its file is moved.
void nx_article_identity(const nx_article *a, nx_buf *out);
// Is it the unique term of an article known only by the file it was read from? Not told of paths
// too long for a term.
bool nx_term_is_place(nx_str unique_term);
// Of such a term: is that file there no more?
bool nx_place_is_gone(nx_str unique_term);

enum { NX_DIGEST_BYTES = 16 };
// Digest of everything that is indexed or shown except where it was read from: equal digests of one
// identity mean that nothing has to be written.
void nx_article_digest(const nx_article *a, unsigned char out[NX_DIGEST_BYTES]);
// Digest of what is read of it: when that changes, there is a new version.
void nx_text_digest(nx_str title, nx_str summary, nx_str body, unsigned char out[NX_DIGEST_BYTES]);

#endif
