// find_id.c: see find_id.h.
#include "searcher/find_id.h"

nx_status nx_find_id(nx_searcher *s, nx_str given, nx_buf *id, nx_error *err)
{
    // Articles without an address are known by where they were read: "file:PATH".
    static const char *const prefixes[] = {"", "file:"};
    nx_status status = NX_ENOTFOUND;
    nx_buf data;
    nx_buf_init(&data, 1 << 28);
    for (size_t i = 0; i < 2 && status == NX_ENOTFOUND; i++) {
        nx_buf_clear(id);
        nx_buf_addz(id, prefixes[i]);
        nx_buf_adds(id, given);
        status = nx_buf_check(id, "the id", err);
        if (status == NX_OK) {
            status = nx_searcher_article(s, nx_buf_str(id), &data, err);
        }
    }
    nx_buf_release(&data);
    return status == NX_ENOTFOUND ? nx_fail(err, NX_ENOTFOUND, "no article has the id %.*s",
                                            (int)(given.n < 200 ? given.n : 200), given.p)
                                  : status;
}
