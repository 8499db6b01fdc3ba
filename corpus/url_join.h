// url_join.h: relative references resolved against a base (RFC 3986, section 5).
//
// Must not know: which references are worth following: none is followed here.
#ifndef NX_CORPUS_URL_JOIN_H
#define NX_CORPUS_URL_JOIN_H

#include "base/buf.h"

// Replaces the content of out by ref as seen from base: ref itself when it is absolute or base is
// not. White space around ref is dropped. Failure is sticky in out.
void nx_url_join(nx_str base, nx_str ref, nx_buf *out);

#endif
