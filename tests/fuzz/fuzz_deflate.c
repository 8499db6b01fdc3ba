// fuzz_deflate.c: whatever tags a code is learnt from, and whatever is then compressed with it,
// zlib gets it back, in the way libxapian reads. The first byte: how often the tag is repeated, and
// with how many of the samples a code is learnt. Then samples and the tag, one zero byte between
// two.
#include <stdlib.h>

#include <zlib.h>

#include "glass/deflate.h"

static void expect_inflates(const nx_buf *stream, nx_str tag)
{
    z_stream z = {.next_in = (unsigned char *)stream->data, .avail_in = (uInt)stream->len};
    if (stream->len >= tag.n || inflateInit2(&z, -15) != Z_OK) {
        abort();
    }
    size_t at = 0;
    int got = Z_OK;
    while (got == Z_OK && z.avail_in > 0) {
        unsigned char buffer[8192];
        z.next_out = buffer;
        z.avail_out = sizeof buffer;
        got = inflate(&z, Z_SYNC_FLUSH);
        size_t n = sizeof buffer - z.avail_out;
        if (n > tag.n - at || memcmp(buffer, tag.p + at, n) != 0) {
            abort();
        }
        at += n;
    }
    if (got != Z_STREAM_END || at != tag.n || inflateEnd(&z) != Z_OK) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nx_deflater *d = size > 0 ? nx_deflater_new() : NULL;
    if (d == NULL) {
        return 0;
    }
    unsigned samples = data[0] & 7U, times = 1U << (data[0] >> 3 & 15);
    nx_str rest = {(const char *)data + 1, size - 1};
    for (unsigned i = 0; i < samples; i++) {
        size_t end = nx_str_find(rest, nx_str_make("", 1), 0);
        nx_str sample = nx_str_make(rest.p, end < rest.n ? end : rest.n);
        nx_deflater_sample(d, NX_TAG_DATA, sample.p, sample.n);
        rest = end < rest.n ? nx_str_skip(rest, end + 1) : rest;
    }
    if (samples > 0) {
        nx_deflater_learn(d, NX_TAG_DATA);
    }
    nx_buf tag, stream;
    nx_buf_init(&tag, 1 << 20);
    nx_buf_init(&stream, 1 << 22);
    for (unsigned i = 0; i < times && tag.len + rest.n < 1 << 18; i++) {
        nx_buf_adds(&tag, rest);
    }
    if (nx_deflate(d, NX_TAG_DATA, tag.data, tag.len, &stream)) {
        expect_inflates(&stream, nx_buf_str(&tag));
    } else if (!nx_str_eq(nx_buf_str(&stream), nx_buf_str(&tag))) {
        abort();
    }
    nx_buf_release(&tag);
    nx_buf_release(&stream);
    nx_deflater_free(d);
    return 0;
}
