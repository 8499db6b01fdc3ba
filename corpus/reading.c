// reading.c: see reading.h. Records and skips on their way to the sink.
#include "corpus/reading.h"

#include "corpus/reader.h"

#include <stdlib.h>

static nx_str put(char **to, nx_str s)
{
    if (s.p == NULL) {
        return NX_STR_NONE;
    }
    char *p = *to;
    if (s.n > 0) {
        memcpy(p, s.p, s.n);
    }
    p[s.n] = '\0';
    *to = p + s.n + 1;
    return nx_str_make(p, s.n);
}

nx_status nx_stream_emit(nx_stream *t, nx_str bytes, const nx_record_facts *facts, nx_error *err)
{
    nx_reading *g = t->reading;
    // One block holds the record and its strings: nx_record_free frees one pointer.
    size_t n = sizeof(nx_record) + bytes.n + g->file.n + t->member.n + facts->url.n +
               facts->charset.n + facts->columns.n + 6;
    nx_record *r = malloc(n);
    if (r == NULL) {
        g->stop = nx_fail_nomem(err);
        return g->stop;
    }
    char *to = (char *)(r + 1);
    *r = (nx_record){.format = facts->format,
                     .offset = facts->offset,
                     .offset_is_line = facts->offset_is_line,
                     .fetched = facts->fetched,
                     .file_mtime = g->mtime,
                     .delimiter = facts->delimiter,
                     .quote = facts->quote,
                     .source_bytes = (size_t)(g->budget.packed - g->counted)};
    g->counted = g->budget.packed;
    r->bytes = put(&to, bytes);
    r->file = put(&to, g->file);
    r->member = put(&to, t->member);
    r->url = put(&to, facts->url);
    r->charset = put(&to, facts->charset);
    r->columns = put(&to, facts->columns);
    g->stop = g->sink->record(g->sink->ctx, r, err);
    return g->stop;
}

void nx_record_free(nx_record *r)
{
    free(r);
}

nx_status nx_stream_skip(nx_stream *t, uint64_t offset, bool offset_is_line, nx_status code,
                         const char *reason, const char *text, nx_error *err)
{
    nx_reading *g = t->reading;
    nx_skip skip = {.file = g->file,
                    .member = t->member,
                    .offset = offset,
                    .offset_is_line = offset_is_line,
                    .code = code,
                    .reason = reason};
    g->stop = nx_skip_say(skip, text, g->sink->ctx, g->sink->skip, err);
    return g->stop;
}

nx_status nx_stream_lost(nx_stream *t, nx_status st, nx_error *err)
{
    nx_reading *g = t->reading;
    if (st == NX_OK || g->stop != NX_OK) {
        return g->stop;
    }
    if (st == NX_ENOMEM || st == NX_EBUG || st == NX_ESTOP) {
        g->stop = st;
        return st;
    }
    const char *reason = t->source->reason != NULL ? t->source->reason : nx_status_text(st);
    nx_error why = *err;
    *err = (nx_error)NX_ERROR_INIT;
    return nx_stream_skip(t, t->source->pos, false, st, reason, why.msg, err);
}

nx_status nx_stream_line(nx_stream *t, size_t max_bytes, nx_str *line, size_t *used, nx_error *err)
{
    nx_source *s = t->source;
    size_t seen = 0; // bytes of the view known to hold no '\n'
    for (;;) {
        nx_str view = nx_source_view(s);
        const char *end = view.n > seen ? memchr(view.p + seen, '\n', view.n - seen) : NULL;
        size_t n = end != NULL ? (size_t)(end - view.p) : view.n;
        if (n > max_bytes) {
            nx_source_take(s, n);
            for (end = NULL; end == NULL;) { // to the end of the line, wherever that is
                view = nx_source_view(s);
                end = view.n > 0 ? memchr(view.p, '\n', view.n) : NULL;
                nx_source_take(s, end != NULL ? (size_t)(end - view.p) + 1 : view.n);
                nx_status st = nx_source_fill(s, 1, err);
                if (st != NX_OK) {
                    return st;
                }
                if (end == NULL && nx_source_view(s).n == 0) {
                    break;
                }
            }
            return nx_fail(err, NX_ELIMIT, "a line is longer than %zu bytes", max_bytes);
        }
        if (end != NULL || s->ended) {
            *used = end != NULL ? n + 1 : n;
            *line = nx_str_make(view.p, n > 0 && view.p[n - 1] == '\r' ? n - 1 : n);
            return NX_OK;
        }
        seen = view.n;
        nx_status st = nx_source_fill(s, view.n + 1, err);
        if (st != NX_OK) {
            return st;
        }
    }
}
