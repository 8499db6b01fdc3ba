// fuzz_sentence.c: any bytes as text: sentences ascend, do not overlap, and leave out nothing but
// white space.
#include <stdlib.h>

#include "base/utf8.h"
#include "text/analysis.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct check {
    nx_str text;
    size_t last;
} check;

static void only_space(nx_str text, size_t from, size_t to)
{
    while (from < to) {
        size_t next;
        uint32_t c = nx_utf8_decode(text, from, &next, NULL);
        if (c > ' ' && c != 0x2028 && c != 0x2029) {
            abort();
        }
        from = next;
    }
}

static void each(void *ctx, size_t start, size_t end)
{
    check *k = ctx;
    if (start < k->last || start >= end || end > k->text.n) {
        abort();
    }
    only_space(k->text, k->last, start);
    k->last = end;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const languages[] = {"en", "de", "fr", "zh"};
    if (size == 0) {
        return 0;
    }
    check k = {nx_str_make((const char *)data + 1, size - 1), 0};
    (void)nx_sentences(k.text, nx_str_of(languages[data[0] % 4]), each, &k);
    only_space(k.text, k.last, k.text.n);
    return 0;
}
