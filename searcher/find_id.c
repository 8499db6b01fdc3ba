// find_id.c: see find_id.h.
#include "searcher/find_id.h"

static nx_status not_found(nx_str given, nx_error *err)
{
    return nx_fail(err, NX_ENOTFOUND, "no article has the id %.*s",
                   (int)(given.n < 200 ? given.n : 200), given.p);
}

// The one article whose source calls it that; id is empty.
static nx_status find_native(nx_searcher *s, nx_str given, nx_buf *id, nx_error *err)
{
    size_t count = 0;
    nx_status status = nx_searcher_ids_of(s, given, id, &count, err);
    status = status == NX_OK ? nx_buf_check(id, "the id", err) : status;
    if (status != NX_OK || count == 1) {
        return status;
    }
    return count == 0 ? not_found(given, err)
                      : nx_fail(err, NX_EUSAGE, "%zu articles have the id %.*s: %s%s", count,
                                (int)(given.n < 100 ? given.n : 100), given.p, id->data,
                                count > 5 ? "..." : "");
}

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
    if (status == NX_ENOTFOUND) {
        nx_buf_clear(id);
        status = find_native(s, given, id, err);
    }
    return status;
}
