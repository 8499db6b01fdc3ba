// pack.c: see pack.h. The one file of the room that includes zlib.
#include "store/pack.h"

#include <zlib.h>

nx_status nx_pack(nx_str bytes, nx_buf *out, nx_error *err)
{
    uLongf n = compressBound((uLong)bytes.n);
    char *to = nx_buf_reserve(out, n);
    if (to == NULL) {
        return nx_buf_check(out, "a compressed version", err);
    }
    if (compress((Bytef *)to, &n, (const Bytef *)bytes.p, (uLong)bytes.n) != Z_OK) {
        return nx_fail_nomem(err); // the only way it can fail with this much room
    }
    out->len += n;
    return NX_OK;
}

nx_status nx_unpack(nx_str stream, size_t size, nx_buf *out, nx_error *err)
{
    uLongf n = (uLongf)size;
    char *to = nx_buf_reserve(out, size);
    if (to == NULL) {
        return nx_buf_check(out, "an earlier version", err);
    }
    int result = uncompress((Bytef *)to, &n, (const Bytef *)stream.p, (uLong)stream.n);
    if (result == Z_MEM_ERROR) {
        return nx_fail_nomem(err);
    }
    if (result != Z_OK || n != size) {
        return nx_fail(err, NX_ECORRUPT, "an earlier version cannot be decompressed");
    }
    out->len += n;
    out->data[out->len] = '\0';
    return NX_OK;
}
