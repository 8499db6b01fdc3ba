// fuzz_charset.c: any bytes, with a label of their own choice, become valid UTF-8.
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "corpus/charset.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// The first line is the label, the rest the text.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nx_str all = nx_str_make((const char *)data, size);
    size_t line = nx_str_find(all, NX_STR("\n"), 0);
    nx_str label = nx_str_make(all.p, line != SIZE_MAX ? line : 0);
    nx_str text = line != SIZE_MAX ? nx_str_skip(all, line + 1) : all;
    nx_buf scratch;
    nx_buf_init(&scratch, size * 4 + 64);
    nx_error err = NX_ERROR_INIT;
    nx_str out;
    if (nx_charset_decode(text, label, nx_charset_in_html(text), &scratch, &out, NULL, &err) ==
            NX_OK &&
        nx_utf8_valid(out) != out.n) {
        abort();
    }
    (void)nx_charset_in_content_type(label);
    nx_buf_release(&scratch);
    return 0;
}
