// mime.h: messages as RFC 5322 and MIME (RFC 2045-2047) build them, read leniently: header fields,
// their parameters and encoded words, the parts of a multipart body.
//
// Own code and not GMime: that brings GLib, which ends the process when memory runs out, and sets
// no ceilings of its own on parts and nesting; what newsletters need of MIME is this file.
// Must not know: what is news in a message (mail.c). Thread rule: pure functions.
#ifndef NX_CORPUS_MIME_H
#define NX_CORPUS_MIME_H

#include "base/buf.h"

// A message or a part of one. Borrowed from the bytes it was made of.
typedef struct nx_mime {
    nx_str headers;
    nx_str body;
} nx_mime;

// Splits at the first empty line; without one, all is headers, unless the bytes begin with
// something that is no header field: then all is body.
nx_mime nx_mime_split(nx_str bytes);
// The raw value of the first field of that name (folded, encoded), or absent.
nx_str nx_mime_field(nx_str headers, const char *name);
// Replaces out by a field's value: unfolded, encoded words decoded, valid UTF-8, trimmed.
nx_status nx_mime_decode(nx_str value, nx_buf *out, nx_error *err) NX_MUST_USE;
// The value before its parameters ("text/html"), or absent.
nx_str nx_mime_value(nx_str field);
// A parameter of a structured field (charset, boundary, filename), without its quotes; or absent.
nx_str nx_mime_parameter(nx_str field, const char *name);
// Appends the body as it was before its Content-Transfer-Encoding.
void nx_mime_add_content(nx_mime part, nx_buf *out);

// Goes through the parts of a multipart body: *at is 0 before the first call; false when there are
// no more. A part that is not ended goes to the end of the body.
bool nx_mime_next_part(nx_str body, nx_str boundary, size_t *at, nx_mime *part);

#endif
