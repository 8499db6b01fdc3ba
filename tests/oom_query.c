// oom_query.c: a query parsed, printed and parsed again, with each allocation failing once.
#include "searcher/query.h"
#include "tests/oom.h"

bool nx_oom_scenario(void)
{
    static const char text[] =
        "\"north korea\" AND (title:fbi OR kim~1 NEAR/3 jong) -date:2019-02.. "
        "wom?n atleast3(raid) head(x y) \xff unclosed\" AND";
    nx_parse_options options = {.now = 1551950000};
    nx_query *q = NULL, *again = NULL;
    nx_buf out;
    nx_buf_init(&out, 1 << 16);
    bool ok = nx_query_parse(NX_STR(text), &options, &q, NULL) == NX_OK;
    if (ok) {
        nx_query_print(q->root, &out);
        ok = !out.failed && nx_query_parse(nx_buf_str(&out), &options, &again, NULL) == NX_OK &&
             nx_qnode_equal(q->root, again->root);
    }
    nx_query_free(q);
    nx_query_free(again);
    nx_buf_release(&out);
    return ok;
}
