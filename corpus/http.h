// http.h: an HTTP response as crawl files store it: status, headers, body. Must not know: WARC.
#ifndef NX_CORPUS_HTTP_H
#define NX_CORPUS_HTTP_H

#include "base/buf.h"

typedef struct nx_http {
    unsigned status; // 0: the bytes are no HTTP response; body is all of them
    nx_str content_type, transfer_encoding, content_encoding;
    nx_str body; // as sent
} nx_http;

// Value of the header called name in lines "Name: value", up to an empty line; absent when there
// is none. Folded lines are not joined.
nx_str nx_http_header(nx_str headers, nx_str name);
// Splits a stored response; everything points into it.
nx_http nx_http_split(nx_str response);
// The body without chunking and compression: points into the response, or into scratch (whose max
// is the ceiling). *reason is set on NX_EFORMAT and NX_ELIMIT.
nx_status nx_http_decode(const nx_http *h, nx_buf *scratch, nx_str *body, const char **reason,
                         nx_error *err) NX_MUST_USE;

#endif
