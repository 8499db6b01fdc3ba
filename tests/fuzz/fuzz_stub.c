// fuzz_stub.c: the stub file and lists of superseded articles, which are read from the disk. What
// is understood is written as it was read.
#include <stdlib.h>

#include "store/parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nx_str input = nx_str_make((const char *)data, size);
    nx_stub stub = {0}, others = {0};
    if (nx_stub_parse(&stub, input, "XAPIANDB", NULL) == NX_OK) {
        size_t segments = 0;
        for (size_t i = 0; i < stub.count; i++) {
            segments += stub.lines[i].kind == NX_STUB_SEGMENT;
            check((stub.lines[i].kind == NX_STUB_REMOTE) == (stub.lines[i].host != NULL));
        }
        check(nx_stub_keep_others(&others, &stub, NULL) == NX_OK);
        check(others.count == stub.count - segments);
    } else {
        check(stub.count == 0);
    }
    nx_stub_release(&stub);
    nx_stub_release(&others);

    nx_vocab *set = nx_vocab_new();
    nx_buf again;
    nx_buf_init(&again, 1 << 24);
    if (set != NULL && nx_terms_read(set, input, NULL) == NX_OK) {
        nx_vocab *second = nx_vocab_new();
        nx_terms_write(set, &again);
        check(second != NULL && nx_terms_read(second, nx_buf_str(&again), NULL) == NX_OK);
        check(nx_vocab_count(second) == nx_vocab_count(set));
        nx_vocab_free(second);
    }
    nx_buf_release(&again);
    nx_vocab_free(set);
    return 0;
}
