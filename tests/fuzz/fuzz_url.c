// fuzz_url.c: any bytes as an address: what is canonical stays as it is.
#include <stdint.h>
#include <stdlib.h>

#include "corpus/attribute.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nx_str s = {(const char *)data, size};
    nx_buf once, twice;
    char scratch[256];
    nx_buf_init(&once, 1 << 20);
    nx_buf_init(&twice, 1 << 20);
    if (nx_url_canonical(s, &once)) {
        if (!nx_url_canonical(nx_buf_str(&once), &twice) ||
            !nx_str_eq(nx_buf_str(&once), nx_buf_str(&twice))) {
            abort();
        }
    }
    nx_str host = nx_url_host(s, scratch, sizeof scratch);
    if (host.n >= sizeof scratch) {
        abort();
    }
    (void)nx_outlet_by_host(host);
    nx_buf_release(&once);
    nx_buf_release(&twice);
    return 0;
}
