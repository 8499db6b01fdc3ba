// nitf.c: the News Industry Text Format, 2.5 to 3.6, as agencies and newspaper archives use it.
//
// Source: iptc.org/standards/nitf; the archive conventions (blocks of class "full_text", metas
// "online_sections" and "dsk") are those of newspapers that export NITF.
#include "corpus/agency.h"
#include "corpus/attribute.h"

#include "base/num.h"

// <meta name="..." content="..."> of the head, or absent.
static nx_str meta(const nx_xml_node *head, const char *name)
{
    const nx_xml_node *n = nx_xml_child(head, "meta");
    while (n != NULL && !nx_str_eq_nocase(nx_xml_attr_get(n, "name"), nx_str_of(name))) {
        n = nx_xml_sibling(n, "meta");
    }
    return nx_xml_attr_get(n, "content");
}

// "Jane Doe" out of <byline>By <person>Jane Doe</person><byttl>Reporter</byttl></byline>: the text
// before <byttl>.
static nx_str byline_text(nx_xml_reading *x, const nx_xml_node *byline, nx_buf *scratch)
{
    nx_buf_clear(scratch);
    for (const nx_xml_node *n = byline->child; n != NULL; n = n->next) {
        if (nx_xml_is(n, "byttl")) {
            continue;
        }
        if (n->name.p == NULL) {
            nx_buf_adds(scratch, n->text);
        } else {
            nx_buf_addc(scratch, ' ');
            nx_buf_adds(scratch, nx_xml_text(&x->doc, n));
            nx_buf_addc(scratch, ' ');
        }
    }
    return nx_str_trim(nx_buf_str(scratch));
}

static nx_status set_byline(nx_xml_reading *x, nx_article *a, const nx_xml_node *head,
                            nx_error *err)
{
    nx_buf scratch;
    nx_buf_init(&scratch, 1 << 20);
    const nx_xml_node *byline = nx_xml_child(head, "byline");
    for (; byline != NULL; byline = nx_xml_sibling(byline, "byline")) {
        // "Doe, Jane": the same names once more, turned round for sorting
        nx_str kind = nx_xml_attr_get(byline, "class");
        nx_str line = byline_text(x, byline, &scratch);
        if (!nx_str_eq_nocase(kind, NX_STR("normalized_byline")) && line.n > 0) {
            (void)nx_byline_parse(a, line, NX_FROM_RECORD);
        }
    }
    nx_status st = nx_buf_check(&scratch, "a byline", err);
    nx_buf_release(&scratch);
    return st;
}

static void set_dates(nx_xml_reading *x, nx_article *a, const nx_xml_node *docdata,
                      const nx_xml_node *pubdata, const nx_xml_node *dateline)
{
    nx_str issue = nx_xml_attr_get(nx_xml_child(docdata, "date.issue"), "norm");
    nx_str release = nx_xml_attr_get(nx_xml_child(docdata, "date.release"), "norm");
    nx_xml_set_date(x, &a->published, issue, NX_FROM_RECORD);
    nx_xml_set_date(x, &a->published, nx_xml_attr_get(pubdata, "date.publication"), NX_FROM_RECORD);
    nx_when released = {0};
    nx_xml_set_date(x, &released, release, NX_FROM_RECORD);
    if (released.known && a->published.known && released.utc > a->published.utc) {
        nx_agency_set_embargo(x, a, release);
    }
    nx_xml_set_date(x, &a->published, release, NX_FROM_RECORD);
    const nx_xml_node *story = nx_xml_child(dateline, "story.date");
    nx_xml_set_date(x, &a->published, nx_xml_attr_get(story, "norm"), NX_FROM_RECORD);
}

static void set_section(nx_article *a, const nx_xml_node *head, const nx_xml_node *pubdata)
{
    nx_str sections = meta(head, "online_sections"); // "Business; Technology"
    size_t end = nx_str_find(sections, NX_STR(";"), 0);
    sections.n = end != SIZE_MAX ? end : sections.n;
    nx_article_set(a, &a->section, sections, NX_FROM_RECORD);
    nx_article_set(a, &a->section, meta(head, "dsk"), NX_FROM_RECORD);
    const nx_xml_node *subject = nx_xml_find(nx_xml_child(head, "tobject"), "tobject.subject");
    nx_article_set(a, &a->section, nx_xml_attr_get(subject, "tobject.subject.type"),
                   NX_FROM_RECORD);
    nx_str position = nx_xml_attr_get(pubdata, "position.section");
    if (position.n > 2) { // not the letter of a printed section
        nx_article_set(a, &a->section, position, NX_FROM_RECORD);
    }
}

static void set_keywords(nx_xml_reading *x, nx_article *a, const nx_xml_node *head)
{
    const nx_xml_node *docdata = nx_xml_child(head, "docdata");
    for (const nx_xml_node *n = head; n != NULL; n = nx_xml_walk(head, n, false)) {
        if (nx_xml_is(n, "keyword")) {
            nx_article_add_keyword(a, nx_xml_attr_get(n, "key"), NX_FROM_RECORD);
        } else if (nx_xml_is(n, "tobject.subject")) {
            nx_article_add_keyword(a, nx_xml_attr_get(n, "tobject.subject.matter"), NX_FROM_RECORD);
            nx_article_add_keyword(a, nx_xml_attr_get(n, "tobject.subject.detail"), NX_FROM_RECORD);
        }
    }
    const nx_xml_node *content = nx_xml_child(docdata, "identified-content");
    for (const nx_xml_node *n = content != NULL ? content->child : NULL; n != NULL; n = n->next) {
        nx_str kind = nx_xml_attr_get(n, "type");
        if (!nx_xml_is(n, "classifier") || nx_str_eq_nocase(kind, NX_STR("descriptor"))) {
            nx_article_add_keyword(a, nx_xml_text(&x->doc, n), NX_FROM_RECORD);
        }
    }
}

// Archives give the lead twice: in a block of its own, and in the block of the full text.
static const nx_xml_node *body_content(const nx_xml_node *body)
{
    const nx_xml_node *content = nx_xml_child(body, "body.content");
    const nx_xml_node *block = nx_xml_child(content, "block");
    for (; block != NULL; block = nx_xml_sibling(block, "block")) {
        if (nx_str_eq_nocase(nx_xml_attr_get(block, "class"), NX_STR("full_text"))) {
            return block;
        }
    }
    return content != NULL ? content : body;
}

static void set_headings(nx_xml_reading *x, nx_article *a, const nx_xml_node *head,
                         const nx_xml_node *body_head)
{
    const nx_xml_node *hedline = nx_xml_child(body_head, "hedline");
    nx_xml_set(x, a, &a->title, nx_xml_child(hedline, "hl1"), NX_FROM_RECORD);
    nx_xml_set(x, a, &a->title, hedline, NX_FROM_RECORD);
    nx_xml_set(x, a, &a->title, nx_xml_child(head, "title"), NX_FROM_RECORD);
    nx_xml_set(x, a, &a->summary, nx_xml_child(body_head, "abstract"), NX_FROM_RECORD);
    const nx_xml_node *dateline = nx_xml_child(body_head, "dateline");
    const nx_xml_node *location = nx_xml_child(dateline, "location");
    nx_agency_set_dateline(a, nx_xml_text(&x->doc, location != NULL ? location : dateline));
}

nx_status nx_nitf_fill(nx_xml_reading *x, nx_article *a, const nx_xml_node *nitf, nx_error *err)
{
    const nx_xml_node *head = nx_xml_child(nitf, "head");
    const nx_xml_node *docdata = nx_xml_child(head, "docdata");
    const nx_xml_node *pubdata = nx_xml_child(head, "pubdata");
    const nx_xml_node *body = nx_xml_child(nitf, "body");
    const nx_xml_node *body_head = nx_xml_child(body, "body.head");

    nx_str id = nx_xml_attr_get(nx_xml_child(docdata, "doc-id"), "id-string");
    nx_article_set(a, &a->id, id, NX_FROM_RECORD);
    nx_article_set(a, &a->url, nx_xml_attr_get(pubdata, "ex-ref"), NX_FROM_RECORD);
    nx_str version = nx_xml_attr_get(nx_xml_child(docdata, "du-key"), "version");
    (void)nx_parse_i64(version, &a->version);
    nx_agency_set_status(a, nx_xml_attr_get(docdata, "management-status"));
    set_headings(x, a, head, body_head);
    set_dates(x, a, docdata, pubdata, nx_xml_child(body_head, "dateline"));
    set_section(a, head, pubdata);
    if (head != NULL) {
        set_keywords(x, a, head);
    }
    nx_agency_set_party(a, nx_xml_attr_get(pubdata, "name"));
    nx_agency_set_party(a, nx_xml_text(&x->doc, nx_xml_child(body_head, "distributor")));
    nx_str from = nx_xml_attr_get(nx_xml_find(docdata, "from-src"), "src-name");
    nx_agency_set_party(a, from);
    nx_agency_set_party(a, nx_xml_attr_get(nx_xml_child(docdata, "doc.copyright"), "holder"));
    nx_article_set(a, &a->language, nx_xml_attr_get(nitf, "baselang"), NX_FROM_RECORD);
    nx_article_set(a, &a->language, nx_xml_inherited(nitf, "lang"), NX_FROM_RECORD);
    nx_status st = body_head != NULL ? set_byline(x, a, body_head, err) : NX_OK;
    if (st == NX_OK) {
        st = nx_xml_set_body(a, body_content(body != NULL ? body : nitf), err);
    }
    return st;
}

nx_status nx_read_nitf(const nx_record *r, const nx_corpus_options *options,
                       const nx_article_sink *sink, nx_error *err)
{
    nx_xml_reading x;
    nx_status st = nx_xml_reading_open(&x, r, options, sink, err);
    if (st == NX_OK && x.doc.root != NULL) {
        const nx_xml_node *nitf =
            nx_xml_is(x.doc.root, "nitf") ? x.doc.root : nx_xml_find(x.doc.root, "nitf");
        nx_article *a = nitf != NULL ? nx_article_for(r) : NULL;
        if (nitf == NULL) {
            st = nx_record_skip(r, sink, NX_EFORMAT, "no NITF", err, "no <nitf> element in it");
        } else if (a == NULL) {
            st = nx_fail_nomem(err);
        } else {
            st = nx_nitf_fill(&x, a, nitf, err);
            if (st == NX_OK) {
                st = nx_agency_finish(&x, a, err);
            } else {
                nx_article_free(a);
            }
        }
    }
    nx_xml_reading_close(&x);
    return st;
}
