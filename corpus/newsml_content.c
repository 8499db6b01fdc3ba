// newsml_content.c: the text inside NewsML, in whatever it is wrapped; see agency.h.
#include "corpus/agency.h"

static bool has_elements(const nx_xml_node *node)
{
    for (const nx_xml_node *n = node->child; n != NULL; n = n->next) {
        if (n->name.p != NULL) {
            return true;
        }
    }
    return false;
}

// Text without elements: HTML that was escaped or put into CDATA, or plain.
static nx_status set_flat_body(nx_article *a, nx_str text, nx_error *err)
{
    if (!nx_looks_like_html(text)) {
        nx_article_set_body(a, text);
        return NX_OK;
    }
    nx_buf b;
    nx_buf_init(&b, text.n * 4 + 1024);
    nx_status st = nx_html_fragment_text(text, &b, err);
    st = st == NX_OK ? nx_buf_check(&b, "the text of an article", err) : st;
    if (st == NX_OK) {
        nx_article_set_body(a, nx_buf_str(&b));
    }
    nx_buf_release(&b);
    return st;
}

nx_status nx_newsml_content(nx_xml_reading *x, nx_article *a, const nx_xml_node *content,
                            nx_error *err)
{
    if (content == NULL || a->body.n > 0) {
        return NX_OK;
    }
    const nx_xml_node *nitf = nx_xml_is(content, "nitf") ? content : nx_xml_find(content, "nitf");
    if (nitf != NULL) {
        return nx_nitf_fill(x, a, nitf, err);
    }
    if (!has_elements(content)) {
        return set_flat_body(a, nx_xml_text(&x->doc, content), err);
    }
    const nx_xml_node *body = nx_xml_find(content, "body.content");
    body = body != NULL ? body : nx_xml_find(content, "body");
    return nx_xml_set_body(a, body != NULL ? body : content, err);
}
