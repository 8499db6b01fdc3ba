// parse.c: nx_record_parse: one line per format. Pure, safe in any thread.
#include "corpus/reader.h"

nx_status nx_record_parse(const nx_record *r, const nx_corpus_options *options,
                          const nx_article_sink *sink, nx_error *err)
{
    switch (r->format) {
    case NX_FORMAT_TEXT: return nx_read_text(r, options, sink, err);
    case NX_FORMAT_JSON: return nx_read_json(r, options, sink, err);
    case NX_FORMAT_CSV: return nx_read_csv(r, options, sink, err);
    case NX_FORMAT_FEED: return nx_read_feed(r, options, sink, err);
    case NX_FORMAT_NEWSML2: return nx_read_newsml2(r, options, sink, err);
    case NX_FORMAT_NEWSML1: return nx_read_newsml1(r, options, sink, err);
    case NX_FORMAT_NITF: return nx_read_nitf(r, options, sink, err);
    case NX_FORMAT_REUTERS: return nx_read_sgml(r, options, sink, err);
    case NX_FORMAT_TREC: return nx_read_sgml(r, options, sink, err);
    default: break;
    }
    return nx_record_skip(r, sink, NX_EFORMAT, "format not read", err, "no reader for %s",
                          nx_format_name(r->format));
}
