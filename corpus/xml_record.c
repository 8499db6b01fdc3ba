// xml_record.c: see xml_record.h.
#include "corpus/xml_record.h"

#include "corpus/attribute.h"
#include "corpus/xml_text.h"

enum { TEXT_MAX = 64 << 20 }; // the default ceiling of a record

nx_status nx_xml_reading_open(nx_xml_reading *x, const nx_record *r,
                              const nx_corpus_options *options, const nx_article_sink *sink,
                              nx_error *err)
{
    *x = (nx_xml_reading){.record = r, .options = options, .sink = sink};
    nx_error why = NX_ERROR_INIT;
    nx_status st = nx_xml_parse(&x->doc, r->bytes, r->charset, &why);
    if (st == NX_ENOMEM) {
        return nx_fail_nomem(err);
    }
    if (st != NX_OK) {
        return nx_record_skip(r, sink, st, st == NX_ELIMIT ? "over a limit" : "invalid XML", err,
                              "%s", why.msg);
    }
    return NX_OK;
}

void nx_xml_reading_close(nx_xml_reading *x)
{
    nx_xml_release(&x->doc);
}

void nx_xml_set(nx_xml_reading *x, nx_article *a, nx_fact *fact, const nx_xml_node *node,
                nx_from from)
{
    nx_article_set(a, fact, nx_xml_text(&x->doc, node), from);
}

void nx_xml_set_date(nx_xml_reading *x, nx_when *when, nx_str text, nx_from from)
{
    nx_when_set(when, text, x->options->zone_min, from);
}

nx_status nx_xml_set_body(nx_article *a, const nx_xml_node *node, nx_error *err)
{
    if (node == NULL || a->body.n > 0) {
        return NX_OK;
    }
    nx_buf text;
    nx_buf_init(&text, TEXT_MAX);
    nx_xml_block_text(node, &text);
    nx_status st = nx_buf_check(&text, "the text of an article", err);
    if (st == NX_OK) {
        nx_article_set_body(a, nx_buf_str(&text));
    }
    nx_buf_release(&text);
    return st;
}
