// transfer.h: the transfer encodings of MIME (RFC 2045), read leniently.
//
// Must not know: character sets, and what is encoded.
#ifndef NX_CORPUS_TRANSFER_H
#define NX_CORPUS_TRANSFER_H

#include "base/buf.h"

// Appends what s stands for. Characters outside the alphabet are passed over; decoding ends at
// the first '='. Failure is sticky in out.
void nx_base64_decode(nx_str s, nx_buf *out);
// Appends what s stands for. A '=' that begins no escape stays a '='. header: the Q encoding of
// RFC 2047, where '_' is a space.
void nx_quoted_printable_decode(nx_str s, bool header, nx_buf *out);

#endif
