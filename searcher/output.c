// output.c: see output.h.
#include "searcher/output.h"

#include <errno.h>
#include <unistd.h>

#include "base/num.h"

enum { OUTPUT_MAX = 1 << 28 };

void nx_output_init(nx_output *o, int fd)
{
    *o = (nx_output){.fd = fd, .columns = 80};
    nx_buf_init(&o->buf, OUTPUT_MAX);
}

void nx_output_release(nx_output *o)
{
    nx_buf_release(&o->buf);
}

nx_status nx_output_flush(nx_output *o, nx_error *err)
{
    nx_status status = o->buf.failed ? nx_buf_check(&o->buf, "the output", err) : NX_OK;
    for (size_t at = 0; status == NX_OK && at < o->buf.len && !o->closed;) {
        ssize_t n = write(o->fd, o->buf.data + at, o->buf.len - at);
        if (n >= 0) {
            at += (size_t)n;
            o->written += (uint64_t)n;
        } else if (errno == EPIPE) {
            o->closed = true;
        } else if (errno != EINTR) {
            status = nx_fail_errno(err, errno, "standard output");
        }
    }
    nx_buf_clear(&o->buf);
    return status;
}

void nx_add_total(nx_buf *out, const nx_counts *c)
{
    char text[28];
    bool exact = c->lower == c->upper;
    nx_buf_addf(out, "%s%s", exact ? "" : "about ",
                nx_format_count(text, exact ? c->lower : c->estimated));
}

void nx_add_plain(nx_buf *out, const nx_snippet *s)
{
    for (size_t i = 0; i < s->count; i++) {
        nx_buf_adds(out, s->runs[i].text);
    }
}
