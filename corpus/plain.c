// plain.c: a plain-text file, one article, whose first lines say what it is.
#include "corpus/attribute.h"
#include "corpus/reader.h"

nx_status nx_read_text(const nx_record *r, const nx_corpus_options *options,
                       const nx_article_sink *sink, nx_error *err)
{
    nx_article *a = nx_article_for(r);
    if (a == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status code = nx_attribute_text(a, r->bytes, true, options->zone_min, err);
    if (code != NX_OK) {
        nx_article_free(a);
        return code;
    }
    return nx_article_finish(a, r, options, sink, err);
}
