// plain.c: a plain-text file, one article, whose first lines say what it is.
#include "corpus/attribute.h"
#include "corpus/reader.h"
#include "corpus/unwrap.h"

nx_status nx_plain_text(nx_article *a, nx_str text, int zone_min, nx_error *err)
{
    nx_buf whole, decoded;
    nx_buf_init(&whole, SIZE_MAX);
    nx_buf_init(&decoded, SIZE_MAX);
    nx_status code = NX_OK;
    if (nx_has_references(text)) {
        nx_decode_references(text, &decoded);
        code = nx_buf_check(&decoded, "the text", err);
        text = nx_buf_str(&decoded);
    }
    if (code == NX_OK && (nx_unwrap(text, &whole) || nx_unwrap_printed(text, &whole))) {
        code = nx_buf_check(&whole, "the text", err);
        text = nx_buf_str(&whole);
    }
    if (code == NX_OK) {
        code = nx_attribute_text(a, text, true, zone_min, err);
    }
    nx_buf_release(&whole);
    nx_buf_release(&decoded);
    return code;
}

nx_status nx_read_text(const nx_record *r, const nx_corpus_options *options,
                       const nx_article_sink *sink, nx_error *err)
{
    nx_article *a = nx_article_for(r);
    if (a == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status code = nx_plain_text(a, r->bytes, options->zone_min, err);
    if (code != NX_OK) {
        nx_article_free(a);
        return code;
    }
    return nx_article_finish(a, r, options, sink, err);
}
