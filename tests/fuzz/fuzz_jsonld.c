// fuzz_jsonld.c: any bytes as linked data, and what is asked of it.
#include <stdint.h>

#include "corpus/jsonld.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nx_jsonld ld = {0};
    nx_error err = NX_ERROR_INIT;
    nx_str bytes = nx_str_make((const char *)data, size);
    nx_status s = nx_jsonld_add(&ld, bytes, &err);
    if (s == NX_OK) {
        s = nx_jsonld_add(&ld, bytes, &err);
    }
    if (s == NX_OK) {
        nx_jsonld_choose(&ld);
        (void)nx_jsonld_text(&ld, nx_jsonld_get(&ld, ld.article, "author"));
        (void)nx_jsonld_text(&ld, ld.page);
    }
    nx_jsonld_release(&ld);
    return 0;
}
