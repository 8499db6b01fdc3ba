// fuzz_data.c: any bytes as document data; and any bytes as a value come back as they went in.
#include <stdlib.h>

#include "schema/schema.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nx_str bytes = nx_str_make((const char *)data, size);
    nx_buf scratch, made;
    nx_buf_init(&scratch, 1 << 26);
    nx_buf_init(&made, 1 << 26);
    nx_str name, value;
    size_t lines = 0;
    for (size_t at = 0; nx_data_next(bytes, &at, &name, &value); lines++) {
        if (at > size + 1 || lines > size) {
            abort();
        }
        (void)nx_data_unescape(value, &scratch);
    }
    (void)nx_data_get_body(bytes);

    nx_data_put(&made, "first", NX_STR("x"));
    nx_data_put(&made, "any", bytes);
    nx_data_body(&made, bytes);
    if (!nx_str_eq(nx_data_get_body(nx_buf_str(&made)), bytes) ||
        (size > 0 && !nx_str_eq(nx_data_get(nx_buf_str(&made), "any", &scratch), bytes))) {
        abort();
    }
    nx_buf_release(&scratch);
    nx_buf_release(&made);
    return 0;
}
