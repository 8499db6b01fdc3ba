// pack.h: bytes made smaller for keeping: one zlib stream (RFC 1950), whose checksum is verified.
//
// Must not know: what the bytes are. Thread rule: none needed.
#ifndef NX_STORE_PACK_H
#define NX_STORE_PACK_H

#include "base/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

// Appends the stream. NX_ENOMEM, NX_ELIMIT of out.
nx_status nx_pack(nx_str bytes, nx_buf *out, nx_error *err) NX_MUST_USE;
// Appends the bytes of a stream, which are size. NX_ECORRUPT when they are not; NX_ELIMIT of out.
nx_status nx_unpack(nx_str stream, size_t size, nx_buf *out, nx_error *err) NX_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
