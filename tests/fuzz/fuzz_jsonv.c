// fuzz_jsonv.c: any bytes as JSON, both modes, every accessor.
#include <stdint.h>

#include "corpus/jsonv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t walk(const nx_json *v)
{
    size_t sum = nx_json_str(v).n + nx_json_text(v).n + nx_json_count(v);
    int64_t whole = 0;
    sum += nx_json_int(v, &whole) + nx_json_true(v);
    if (nx_json_kind_of(v) == NX_JSON_ARRAY) {
        for (size_t i = 0; i < nx_json_count(v); i++) {
            sum += walk(nx_json_at(v, i));
        }
    }
    for (nx_json_member m = {0}; nx_json_next(v, &m);) {
        sum += m.key.n + walk(m.value);
        sum += nx_json_path(v, m.key) == NULL;
    }
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    for (int mode = NX_JSON_STRICT; mode <= NX_JSON_LENIENT; mode++) {
        nx_json *root = NULL;
        nx_error err = NX_ERROR_INIT;
        nx_status s =
            nx_json_parse(nx_str_make((const char *)data, size), (nx_json_mode)mode, &root, &err);
        if (s == NX_OK) {
            volatile size_t sink = walk(root);
            (void)sink;
        }
        nx_json_free(root);
    }
    return 0;
}
