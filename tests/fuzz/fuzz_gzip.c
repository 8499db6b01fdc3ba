// fuzz_gzip.c: the gzip source must end, whatever it is fed, and keep its promises on the way.
#include <stdlib.h>

#include "corpus/source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nx_limits limits = NX_LIMITS_DEFAULT;
    limits.inflated_bytes = 4 << 20;
    nx_budget budget;
    nx_budget_init(&budget, &limits);
    nx_source *inner = nx_source_bytes(nx_str_make((const char *)data, size), "in", &budget);
    nx_source *s = inner != NULL ? nx_source_gzip(inner) : NULL;
    nx_error err = NX_ERROR_INIT;
    for (size_t failures = 0; s != NULL;) {
        nx_status st = nx_source_fill(s, 1, &err);
        size_t n = nx_source_view(s).n;
        nx_source_take(s, n);
        if (st != NX_OK && ++failures > size) {
            abort(); // each failure must cost at least a byte
        }
        if (st == NX_ELIMIT || (st == NX_OK && n == 0)) {
            break;
        }
    }
    nx_source_close(s);
    nx_source_close(inner);
    return 0;
}
