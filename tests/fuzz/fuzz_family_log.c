// fuzz_family_log.c: the log of story families, whatever its bytes are. The frames' sums would keep
// nearly all inputs out, so the input is also wrapped into a frame of its own.
#include <stdlib.h>

#include "indexer/family_log.h"
#include "text/analysis.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static nx_status on_article(void *ctx, const nx_family_entry *e, nx_error *err)
{
    (void)ctx;
    (void)err;
    if (e->id.n > 0 && e->id.p == NULL) {
        abort();
    }
    return NX_OK;
}

static void read_log(nx_str bytes)
{
    nx_error err = NX_ERROR_INIT;
    nx_family_log log;
    nx_families *f = nx_families_new();
    if (f == NULL) {
        abort();
    }
    if (nx_family_log_parse(bytes, f, &log, &err) != NX_OK || log.bytes > bytes.n ||
        nx_families_join(f, on_article, NULL, &err) != NX_OK) {
        abort();
    }
    nx_families_free(f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nx_str input = nx_str_make((const char *)data, size);
    nx_buf framed;
    read_log(input);
    nx_buf_init(&framed, 1 << 24);
    nx_buf_add(&framed, "NXFAM\0\0\4", 8);
    uint64_t numbers[2] = {size, nx_xxh3(input)};
    for (unsigned i = 0; i < 12; i++) {
        nx_buf_addc(&framed, (char)(numbers[i >= 4] >> 8 * (i >= 4 ? i - 4 : i)));
    }
    nx_buf_adds(&framed, input);
    if (!framed.failed) {
        read_log(nx_buf_str(&framed));
    }
    nx_buf_release(&framed);
    return 0;
}
