// charset.h: bytes of unknown encoding -> valid UTF-8, as browsers decide it.
//
// Order: byte order mark, transport header, what the document says of itself, UTF-8 when the bytes
// are valid as such, detection, windows-1252. Two corrections that pages need: text that is valid
// UTF-8 beyond ASCII is never taken for a single-byte charset, and text declared UTF-8 that hardly
// is gets detected instead. Labels mean what the WHATWG Encoding Standard says they mean.
// Must not know: formats, except where HTML and XML declare their charset.
// Thread rule: pure functions.
#ifndef NX_CORPUS_CHARSET_H
#define NX_CORPUS_CHARSET_H

#include "base/buf.h"

// The text of bytes. *utf8 points into bytes when they are valid UTF-8 already, else into scratch,
// which then holds the converted text (its max is the ceiling); a byte order mark is left out, what
// cannot be decoded becomes U+FFFD. header and inside: charset labels, or absent. *name (may be
// NULL) is the encoding used, a static string. NX_ENOMEM, NX_ELIMIT.
nx_status nx_charset_decode(nx_str bytes, nx_str header, nx_str inside, nx_buf *scratch,
                            nx_str *utf8, const char **name, nx_error *err) NX_MUST_USE;

// The charset an HTML page declares in its first kilobytes (<meta charset>, <meta http-equiv>,
// an XML declaration); absent when it does not.
nx_str nx_charset_in_html(nx_str bytes);

// The charset parameter of a Content-Type value ("text/html; charset=utf-8"), or absent.
nx_str nx_charset_in_content_type(nx_str value);

#endif
