// fuzz_query.c: whatever bytes come in, the query parses or is refused, and what was understood
// survives being printed and read again.
#include <stdlib.h>

#include "searcher/query.h"

enum { NOW = 1551950000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int depth_of(const nx_qnode *n)
{
    int deepest = 0;
    for (const nx_qnode *c = n->child; c != NULL; c = c->next) {
        int d = depth_of(c);
        deepest = d > deepest ? d : deepest;
    }
    return deepest + 1;
}

static void check_round_trip(const nx_query *q, const nx_parse_options *options)
{
    nx_buf out;
    nx_query *again = NULL;
    nx_error err = NX_ERROR_INIT;
    nx_buf_init(&out, SIZE_MAX / 2);
    nx_query_print(q->root, &out);
    if (out.len < NX_QUERY_MAX_BYTES && depth_of(q->root) < NX_QUERY_MAX_DEPTH) {
        if (nx_query_parse(nx_buf_str(&out), options, &again, &err) != NX_OK ||
            !nx_qnode_equal(q->root, again->root)) {
            abort();
        }
        nx_query_free(again);
    }
    nx_buf_clear(&out);
    nx_query_dump(q->root, &out);
    nx_buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nx_parse_options options = {.now = NOW, .strict = size > 0 && data[0] == '!'};
    nx_query *q = NULL;
    nx_error err = NX_ERROR_INIT;
    nx_status status = nx_query_parse(nx_str_make((const char *)data, size), &options, &q, &err);
    if (status == NX_OK) {
        options.strict = false;
        check_round_trip(q, &options);
        nx_query_free(q);
    } else if (status != NX_EQUERY || q != NULL || err.msg[0] == '\0') {
        abort();
    }
    return 0;
}
