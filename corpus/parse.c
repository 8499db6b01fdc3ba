// parse.c: nx_record_parse: one line per format. Pure, safe in any thread.
//
// Formats that do not say their encoding themselves reach their readers as UTF-8: what is not
// valid is taken for UTF-8 with a few bad bytes, or for another charset, whichever it looks like.
#include "corpus/charset.h"
#include "corpus/reader.h"

#include "base/utf8.h"

typedef struct format_row {
    nx_format format;
    nx_reader_fn *read;
    bool wants_utf8;
} format_row;

static const format_row readers[] = {
    {NX_FORMAT_TEXT, nx_read_text, true},         {NX_FORMAT_JSON, nx_read_json, true},
    {NX_FORMAT_CSV, nx_read_csv, true},           {NX_FORMAT_HTML, nx_read_html, false},
    {NX_FORMAT_FEED, nx_read_feed, false},        {NX_FORMAT_WXR, nx_read_wxr, false},
    {NX_FORMAT_NEWSML2, nx_read_newsml2, false},  {NX_FORMAT_NEWSML1, nx_read_newsml1, false},
    {NX_FORMAT_NITF, nx_read_nitf, false},        {NX_FORMAT_XML, nx_read_xml, false},
    {NX_FORMAT_WIRE, nx_read_wire, true},         {NX_FORMAT_MAIL, nx_read_mail, false},
    {NX_FORMAT_MARKDOWN, nx_read_markdown, true}, {NX_FORMAT_NEXIS, nx_read_nexis, true},
    {NX_FORMAT_MHTML, nx_read_mhtml, false},      {NX_FORMAT_REUTERS, nx_read_sgml, true},
    {NX_FORMAT_TREC, nx_read_sgml, true},         {NX_FORMAT_FACTIVA, nx_read_factiva, true},
    {NX_FORMAT_PROQUEST, nx_read_proquest, true}, {NX_FORMAT_OFFICE, nx_read_office, false},
    {NX_FORMAT_RTF, nx_read_rtf, false},          {NX_FORMAT_EPUB, nx_read_epub, false},
};

static nx_status read_as_utf8(nx_reader_fn *read, const nx_record *r,
                              const nx_corpus_options *options, const nx_article_sink *sink,
                              nx_error *err)
{
    nx_record copy = *r;
    nx_buf scratch, names;
    nx_buf_init(&scratch, r->bytes.n * 4 + 16);
    nx_buf_init(&names, r->columns.n * 4 + 16);
    nx_str declared = r->charset.p != NULL ? r->charset : NX_STR("utf-8");
    const char *used = NULL;
    nx_status st =
        nx_charset_decode(r->bytes, declared, NX_STR_NONE, &scratch, &copy.bytes, &used, err);
    if (st == NX_OK && r->columns.p != NULL) { // as the row is written
        st = nx_charset_decode(r->columns, nx_str_of(used), NX_STR_NONE, &names, &copy.columns,
                               NULL, err);
    }
    if (st == NX_OK) {
        st = read(&copy, options, sink, err);
    }
    nx_buf_release(&names);
    nx_buf_release(&scratch);
    return st;
}

nx_status nx_record_parse(const nx_record *r, const nx_corpus_options *options,
                          const nx_article_sink *sink, nx_error *err)
{
    for (size_t i = 0; i < NX_COUNT(readers); i++) {
        if (readers[i].format == r->format) {
            bool foreign = readers[i].wants_utf8 && (nx_utf8_valid(r->bytes) != r->bytes.n ||
                                                     nx_utf8_valid(r->columns) != r->columns.n);
            return foreign ? read_as_utf8(readers[i].read, r, options, sink, err)
                           : readers[i].read(r, options, sink, err);
        }
    }
    return nx_record_skip(r, sink, NX_EFORMAT, "format not read", err, "no reader for %s",
                          nx_format_name(r->format));
}
