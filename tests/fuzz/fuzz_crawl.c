// fuzz_crawl.c: WARC and ARC files, split and read.
#include "tests/fuzz/fuzz_corpus.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nx_fuzz_read(data, size, NX_FORMAT_AUTO, "in");
    return 0;
}
