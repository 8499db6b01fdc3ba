// reread.c: see reread.h.
#include "corpus/reread.h"

#include "corpus/reading.h"

typedef struct rereading {
    const nx_corpus_options *options;
    const nx_article_sink *sink;
} rereading;

static nx_status parse_inner(void *ctx, nx_record *r, nx_error *err)
{
    rereading *g = ctx;
    nx_status st = nx_record_parse(r, g->options, g->sink, err);
    nx_record_free(r);
    return st;
}

static nx_status pass_skip(void *ctx, const nx_skip *s, nx_error *err)
{
    const nx_article_sink *sink = ((rereading *)ctx)->sink;
    return sink->skip(sink->ctx, s, err);
}

typedef struct place {
    nx_str member;
    nx_format format;
    uint64_t line; // of the first row of a table
} place;

static nx_status reread(const nx_record *r, nx_str text, place at, const nx_corpus_options *options,
                        const nx_article_sink *sink, nx_error *err)
{
    static const nx_table_form rows = {.delimiter = '\t'};
    rereading g = {options, sink};
    nx_reader_sink inner = {.ctx = &g, .record = parse_inner, .skip = pass_skip};
    nx_reading reading = {
        .options = options, .sink = &inner, .file = r->file, .mtime = r->file_mtime};
    nx_budget_init(&reading.budget, &options->limits);
    nx_source *bytes = nx_source_bytes(text, "text", &reading.budget);
    if (bytes == NULL) {
        return nx_fail_nomem(err);
    }
    nx_stream t = {.reading = &reading, .source = bytes, .member = at.member};
    nx_status st = at.format == NX_FORMAT_CSV ? nx_split_table_as(&t, rows, at.line, err)
                                              : nx_split(&t, at.format, err);
    st = nx_stream_lost(&t, st, err);
    nx_source_close(bytes);
    return st;
}

nx_status nx_reread(const nx_record *r, nx_str text, nx_format format,
                    const nx_corpus_options *options, const nx_article_sink *sink, nx_error *err)
{
    return reread(r, text, (place){r->member, format, 0}, options, sink, err);
}

nx_status nx_reread_rows(const nx_record *r, nx_str rows, nx_str member, uint64_t line,
                         const nx_corpus_options *options, const nx_article_sink *sink,
                         nx_error *err)
{
    return reread(r, rows, (place){member, NX_FORMAT_CSV, line}, options, sink, err);
}
