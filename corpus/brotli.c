// brotli.c: HTTP content coded as br (RFC 7932); see source.h. The only includer of libbrotli.
#include "corpus/source.h"

#include <brotli/decode.h>

nx_status nx_unbrotli(nx_str packed, nx_buf *out, nx_error *err)
{
    enum { STEP = 64 << 10 };
    BrotliDecoderState *d = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    if (d == NULL) {
        return nx_fail_nomem(err);
    }
    size_t before = out->len, left = packed.n;
    const uint8_t *from = (const uint8_t *)packed.p;
    BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
    while (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
        size_t space = out->max - out->len, step = space < STEP ? space : STEP, room = step;
        char *to = nx_buf_reserve(out, step > 0 ? step : 1); // 1 over the ceiling: fails
        if (to == NULL) {
            break;
        }
        uint8_t *next = (uint8_t *)to;
        result = BrotliDecoderDecompressStream(d, &left, &from, &room, &next, NULL);
        out->len += step - room;
        out->data[out->len] = '\0';
    }
    BrotliDecoderErrorCode code = BrotliDecoderGetErrorCode(d);
    bool no_memory = code <= BROTLI_DECODER_ERROR_ALLOC_CONTEXT_MODES &&
                     code >= BROTLI_DECODER_ERROR_ALLOC_BLOCK_TYPE_TREES;
    BrotliDecoderDestroyInstance(d);
    if (no_memory) {
        return nx_fail_nomem(err);
    }
    nx_status st = nx_buf_check(out, "content", err);
    return st == NX_OK && out->len == before && result != BROTLI_DECODER_RESULT_SUCCESS
               ? nx_fail(err, NX_EFORMAT, "damaged brotli data")
               : st;
}
