// terms.c: sets of terms as metadata, each as its length, a colon and its bytes.
#include "base/num.h"
#include "base/vocab.h"
#include "store/parts.h"

void nx_terms_write(const nx_vocab *set, nx_buf *out)
{
    for (uint32_t i = 0; i < nx_vocab_count(set); i++) {
        nx_str term = nx_vocab_get(set, i);
        nx_buf_addf(out, "%zu:", term.n);
        nx_buf_adds(out, term);
    }
}

nx_status nx_terms_read(nx_vocab *set, nx_str bytes, nx_error *err)
{
    for (size_t at = 0; at < bytes.n;) {
        size_t colon = nx_str_find(bytes, NX_STR(":"), at);
        uint64_t n = 0;
        if (colon == SIZE_MAX || !nx_parse_u64(nx_str_make(bytes.p + at, colon - at), &n) ||
            n == 0 || n > NX_XTERM_MAX || n > bytes.n - colon - 1) {
            return nx_fail(err, NX_ECORRUPT, "a list of articles is malformed");
        }
        if (nx_vocab_add(set, nx_str_make(bytes.p + colon + 1, (size_t)n), NULL) == NX_VOCAB_NONE) {
            return nx_fail_nomem(err);
        }
        at = colon + 1 + (size_t)n;
    }
    return NX_OK;
}
