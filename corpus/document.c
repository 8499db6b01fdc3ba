// document.c: see document.h.
#include "corpus/document.h"

#include "base/utf8.h"

enum { INFLATED_PER_TEXT = 16 }; // markup may be so many times as large as a text may be

nx_source *nx_document_open(const nx_record *r, const nx_corpus_options *options, nx_budget *budget)
{
    nx_limits limits = options->limits;
    uint64_t most = (uint64_t)limits.record_bytes * INFLATED_PER_TEXT;
    limits.inflated_bytes = most < limits.inflated_bytes ? most : limits.inflated_bytes;
    nx_budget_init(budget, &limits);
    return nx_source_bytes(r->bytes, "document", budget);
}

nx_status nx_document_member(const nx_record *r, nx_str part, nx_buf *out, nx_error *err)
{
    nx_buf_clear(out);
    nx_buf_adds(out, r->member);
    nx_buf_addz(out, r->member.n > 0 ? "!" : "");
    (void)nx_utf8_add_repaired(out, part);
    return nx_buf_check(out, "the name of a part", err);
}

nx_status nx_document_lost(const nx_record *r, const nx_source *zip, nx_status st,
                           const nx_article_sink *sink, nx_error *err)
{
    if (st == NX_OK || st == NX_ENOMEM) {
        return st;
    }
    nx_error why = *err;
    *err = (nx_error)NX_ERROR_INIT;
    const char *reason = zip->reason != NULL ? zip->reason
                         : st == NX_ELIMIT   ? "over a limit"
                                             : "damaged document";
    return nx_record_skip(r, sink, st, reason, err, "%s", why.msg);
}
