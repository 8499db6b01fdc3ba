// fuzz_json.c: JSON lines, arrays and values, split and read.
#include "tests/fuzz/fuzz_corpus.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nx_fuzz_read(data, size, NX_FORMAT_AUTO, "in.jsonl");
    return 0;
}
