// reread.c: see reread.h.
#include "corpus/reread.h"

#include "corpus/reading.h"

typedef struct rereading {
    const nx_corpus_options *options;
    const nx_article_sink *sink;
    size_t source_bytes; // of the outer record, not yet given to an inner one
} rereading;

static nx_status parse_inner(void *ctx, nx_record *r, nx_error *err)
{
    rereading *g = ctx;
    r->source_bytes = g->source_bytes;
    g->source_bytes = 0;
    nx_status st = nx_record_parse(r, g->options, g->sink, err);
    nx_record_free(r);
    return st;
}

static nx_status pass_skip(void *ctx, const nx_skip *s, nx_error *err)
{
    const nx_article_sink *sink = ((rereading *)ctx)->sink;
    return sink->skip(sink->ctx, s, err);
}

nx_status nx_reread(const nx_record *r, nx_str text, nx_str member, nx_format format,
                    const nx_table_form *form, const nx_corpus_options *options,
                    const nx_article_sink *sink, nx_error *err)
{
    rereading g = {options, sink, r->source_bytes};
    nx_reader_sink inner = {.ctx = &g, .record = parse_inner, .skip = pass_skip};
    nx_reading reading = {
        .options = options, .sink = &inner, .file = r->file, .mtime = r->file_mtime};
    nx_budget_init(&reading.budget, &options->limits);
    nx_source *bytes = nx_source_bytes(text, "text", &reading.budget);
    if (bytes == NULL) {
        return nx_fail_nomem(err);
    }
    nx_stream t = {
        .reading = &reading, .source = bytes, .member = member.p != NULL ? member : r->member};
    nx_status st = form != NULL ? nx_split_table_as(&t, *form, err) : nx_split(&t, format, err);
    st = nx_stream_lost(&t, st, err);
    nx_source_close(bytes);
    return st;
}
