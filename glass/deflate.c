// deflate.c: see deflate.h. The only file here that includes zlib.
#include "glass/deflate.h"

#include <stdint.h>
#include <stdlib.h>

#include <zlib.h>

enum {
    READER_BUFFER = 8192,
    // zlib keeps less than 8 bits of input in hand beside the symbol it is at. A match is at least
    // 2 bits and at most 258 bytes, the end of block at least 1 bit: no more than 4 matches can be
    // pending when the input is used up.
    PENDING_MAX = 4 * 258,
};

struct nx_deflater {
    z_stream z;
    bool z_ready;
    nx_fast_deflater *fast; // NULL where libdeflate is missing
};

nx_deflater *nx_deflater_new(int level)
{
    nx_deflater *d = calloc(1, sizeof *d);
    if (d == NULL) {
        return NULL;
    }
#ifdef NX_HAVE_LIBDEFLATE
    d->fast = nx_fast_deflater_new(level);
    bool ok = d->fast != NULL;
#else
    bool ok = true;
#endif
    if (ok && deflateInit2(&d->z, level, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY) == Z_OK) {
        d->z_ready = true;
        return d;
    }
    nx_deflater_free(d);
    return NULL;
}

void nx_deflater_free(nx_deflater *d)
{
    if (d == NULL) {
        return;
    }
    if (d->z_ready) {
        (void)deflateEnd(&d->z); // only complains of a stream in the middle
    }
#ifdef NX_HAVE_LIBDEFLATE
    nx_fast_deflater_free(d->fast);
#endif
    free(d);
}

// Could a reader find its buffer full at the end of the stream?
static bool ends_badly(size_t n)
{
    return n >= READER_BUFFER && n % READER_BUFFER <= PENDING_MAX;
}

static size_t slow_deflate(nx_deflater *d, const void *bytes, size_t n, void *to, size_t room)
{
    if (n > UINT32_MAX || deflateReset(&d->z) != Z_OK) {
        return 0;
    }
    d->z.next_in = (z_const Bytef *)(uintptr_t)bytes; // zlib does not write to it
    d->z.avail_in = (uInt)n;
    d->z.next_out = to;
    d->z.avail_out = (uInt)room;
    if (ends_badly(n) && (deflate(&d->z, Z_SYNC_FLUSH) != Z_OK || d->z.avail_out == 0)) {
        return 0;
    }
    return deflate(&d->z, Z_FINISH) == Z_STREAM_END ? room - d->z.avail_out : 0;
}

bool nx_deflate(nx_deflater *d, const void *bytes, size_t n, nx_buf *out)
{
    char *to = n > 1 ? nx_buf_reserve(out, n) : NULL;
    size_t got = 0;
    if (to != NULL) {
#ifdef NX_HAVE_LIBDEFLATE
        got = ends_badly(n) ? slow_deflate(d, bytes, n, to, n - 1)
                            : nx_fast_deflate(d->fast, bytes, n, to, n - 1);
#else
        got = slow_deflate(d, bytes, n, to, n - 1);
#endif
    }
    if (got == 0) {
        nx_buf_add(out, bytes, n);
        return false;
    }
    out->len += got;
    return true;
}
