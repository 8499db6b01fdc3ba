// fuzz_container.c: compressed files and archives, nested.
#include "tests/fuzz/fuzz_corpus.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nx_fuzz_read(data, size, NX_FORMAT_AUTO, "in.zip");
    return 0;
}
