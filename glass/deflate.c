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
    z_stream z, reader;
    bool z_ready, reader_ready;
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
    d->z_ready = deflateInit2(&d->z, level, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY) == Z_OK;
    d->reader_ready = inflateInit2(&d->reader, -15) == Z_OK;
    if (!ok || !d->z_ready || !d->reader_ready) {
        nx_deflater_free(d);
        return NULL;
    }
    return d;
}

void nx_deflater_free(nx_deflater *d)
{
    if (d == NULL) {
        return;
    }
    if (d->z_ready) {
        (void)deflateEnd(&d->z); // only complains of a stream in the middle
    }
    if (d->reader_ready) {
        (void)inflateEnd(&d->reader);
    }
#ifdef NX_HAVE_LIBDEFLATE
    nx_fast_deflater_free(d->fast);
#endif
    free(d);
}

// Could a reader find its buffer full at the end of the stream?
static bool may_end_badly(size_t n)
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
    if (may_end_badly(n) && (deflate(&d->z, Z_SYNC_FLUSH) != Z_OK || d->z.avail_out == 0)) {
        return 0;
    }
    return deflate(&d->z, Z_FINISH) == Z_STREAM_END ? room - d->z.avail_out : 0;
}

#ifdef NX_HAVE_LIBDEFLATE
// Does a reader get all of the stream? It does as a rule: what is pending and the end of block must
// have come with the same byte.
static bool ends_well(nx_deflater *d, const void *stream, size_t n)
{
    unsigned char buffer[READER_BUFFER];
    if (n > UINT32_MAX || inflateReset(&d->reader) != Z_OK) {
        return false;
    }
    d->reader.next_in = (z_const Bytef *)(uintptr_t)stream;
    d->reader.avail_in = (uInt)n;
    int got = Z_OK;
    while (got == Z_OK && d->reader.avail_in > 0) {
        d->reader.next_out = buffer;
        d->reader.avail_out = READER_BUFFER;
        got = inflate(&d->reader, Z_SYNC_FLUSH);
    }
    return got == Z_STREAM_END;
}

static size_t fast_deflate(nx_deflater *d, const void *bytes, size_t n, void *to, size_t room)
{
    size_t got = nx_fast_deflate(d->fast, bytes, n, to, room);
    return got == 0 || !may_end_badly(n) || ends_well(d, to, got)
               ? got
               : slow_deflate(d, bytes, n, to, room);
}
#endif

bool nx_deflate(nx_deflater *d, const void *bytes, size_t n, nx_buf *out)
{
    char *to = n > 1 ? nx_buf_reserve(out, n) : NULL;
    size_t got = 0;
    if (to != NULL) {
#ifdef NX_HAVE_LIBDEFLATE
        got = fast_deflate(d, bytes, n, to, n - 1);
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
