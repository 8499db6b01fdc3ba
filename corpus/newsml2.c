// newsml2.c: NewsML-G2: news items, alone or several in a news message.
//
// Source: the NewsML-G2 specification and guidelines (iptc.org/std/NewsML-G2). Names are compared
// without namespace, because deployed senders bind it in many ways.
#include "corpus/agency.h"
#include "corpus/attribute.h"

#include "base/num.h"

// A party or concept by its best label: <name>, @literal, @qcode without the scheme.
static nx_str label(nx_xml_reading *x, const nx_xml_node *n)
{
    nx_str name = nx_xml_text(&x->doc, nx_xml_child(n, "name"));
    if (name.n > 0) {
        return name;
    }
    nx_str literal = nx_xml_attr_get(n, "literal");
    if (literal.n > 0) {
        return literal;
    }
    nx_str qcode = nx_xml_attr_get(n, "qcode");
    size_t colon = nx_str_find(qcode, NX_STR(":"), 0);
    return colon != SIZE_MAX ? nx_str_skip(qcode, colon + 1) : NX_STR_NONE;
}

// The main headline: one without a role, or with one that does not say it is a lesser line.
static const nx_xml_node *headline(const nx_xml_node *meta)
{
    const nx_xml_node *other = NULL;
    for (const nx_xml_node *n = nx_xml_child(meta, "headline"); n != NULL;
         n = nx_xml_sibling(n, "headline")) {
        nx_str role = nx_xml_attr_get(n, "role");
        if (n->child != NULL &&
            (role.n == 0 || nx_str_find_nocase(role, NX_STR("main"), 0) != SIZE_MAX)) {
            return n;
        }
        other = other != NULL || n->child == NULL ? other : n;
    }
    return other;
}

static void set_dates(nx_xml_reading *x, nx_article *a, const nx_xml_node *item,
                      const nx_xml_node *content)
{
    nx_xml_doc *doc = &x->doc;
    nx_str version = nx_xml_text(doc, nx_xml_child(item, "versionCreated"));
    nx_xml_set_date(x, &a->published, nx_xml_text(doc, nx_xml_child(item, "firstCreated")),
                    NX_FROM_RECORD);
    nx_xml_set_date(x, &a->published, nx_xml_text(doc, nx_xml_child(content, "contentCreated")),
                    NX_FROM_RECORD);
    nx_xml_set_date(x, &a->published, version, NX_FROM_RECORD);
    nx_when updated = {0};
    nx_xml_set_date(x, &updated, nx_xml_text(doc, nx_xml_child(content, "contentModified")),
                    NX_FROM_RECORD);
    nx_xml_set_date(x, &updated, version, NX_FROM_RECORD);
    if (updated.known && updated.utc != a->published.utc) {
        a->updated = updated;
    }
    nx_agency_set_embargo(x, a, nx_xml_text(doc, nx_xml_child(item, "embargoed")));
}

// The agency that made it before the one that delivers it: Reuters text may come from others.
static void set_parties(nx_xml_reading *x, nx_article *a, const nx_xml_node *newsitem,
                        const nx_xml_node *item, const nx_xml_node *content)
{
    nx_str credit = nx_xml_text(&x->doc, nx_xml_child(content, "creditline"));
    nx_agency_set_credit(a, credit);
    nx_agency_set_credit(a, label(x, nx_xml_child(content, "infoSource")));
    nx_agency_set_party(a, label(x, nx_xml_child(item, "provider")));
    nx_agency_set_party(a, label(x, nx_xml_child(content, "infoSource")));
    const nx_xml_node *rights = nx_xml_child(newsitem, "rightsInfo");
    nx_agency_set_party(a, label(x, nx_xml_child(rights, "copyrightHolder")));
    const nx_xml_node *by = nx_xml_child(content, "by");
    for (; by != NULL; by = nx_xml_sibling(by, "by")) {
        nx_agency_set_byline(a, nx_xml_text(&x->doc, by));
    }
    const nx_xml_node *creator = nx_xml_child(content, "creator");
    for (; creator != NULL; creator = nx_xml_sibling(creator, "creator")) {
        nx_str kind = nx_xml_attr_get(creator, "type");
        if (nx_str_find_nocase(kind, NX_STR("person"), 0) != SIZE_MAX) {
            nx_authors_add(a, label(x, creator), NX_FROM_RECORD);
        }
    }
}

static bool names_a_section(const nx_xml_node *subject)
{
    static const char *const schemes[] = {"department", "section", "ressort", "cat", "desk", NULL};
    nx_str qcode = nx_xml_attr_get(subject, "qcode");
    size_t colon = nx_str_find(qcode, NX_STR(":"), 0);
    qcode.n = colon != SIZE_MAX ? colon : 0;
    for (size_t i = 0; schemes[i] != NULL; i++) {
        if (nx_str_find_nocase(qcode, nx_str_of(schemes[i]), 0) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

static void set_subjects(nx_xml_reading *x, nx_article *a, const nx_xml_node *content)
{
    for (const nx_xml_node *n = content != NULL ? content->child : NULL; n != NULL; n = n->next) {
        nx_str name = NX_STR_NONE;
        if (nx_xml_is(n, "subject")) {
            name = nx_xml_text(&x->doc, nx_xml_child(n, "name"));
            if (names_a_section(n) && name.n > 3) { // not a code
                nx_article_set(a, &a->section, name, NX_FROM_RECORD);
            }
        } else if (nx_xml_is(n, "keyword") || nx_xml_is(n, "slugline")) {
            name = nx_xml_text(&x->doc, n);
        }
        nx_article_add_keyword(a, name, NX_FROM_RECORD);
    }
}

static void set_description(nx_xml_reading *x, nx_article *a, const nx_xml_node *content)
{
    const nx_xml_node *n = nx_xml_child(content, "description");
    for (; n != NULL; n = nx_xml_sibling(n, "description")) {
        nx_str role = nx_xml_attr_get(n, "role");
        if (nx_str_find_nocase(role, NX_STR("summary"), 0) != SIZE_MAX ||
            nx_str_find_nocase(role, NX_STR("abstract"), 0) != SIZE_MAX) {
            nx_xml_set(x, a, &a->summary, n, NX_FROM_RECORD);
        }
    }
}

static nx_status set_content(nx_xml_reading *x, nx_article *a, const nx_xml_node *newsitem,
                             nx_error *err)
{
    const nx_xml_node *set = nx_xml_child(newsitem, "contentSet");
    nx_status st = NX_OK;
    for (const nx_xml_node *n = set != NULL ? set->child : NULL; n != NULL && st == NX_OK;
         n = n->next) {
        nx_str type = nx_xml_attr_get(n, "contenttype");
        bool text = nx_xml_is(n, "inlineXML") ||
                    (nx_xml_is(n, "inlineData") &&
                     (type.n == 0 || nx_str_starts_nocase(type, NX_STR("text"))));
        if (text) {
            st = nx_newsml_content(x, a, n, err);
        }
    }
    return st;
}

static nx_status fill(nx_xml_reading *x, nx_article *a, const nx_xml_node *newsitem, nx_error *err)
{
    const nx_xml_node *item = nx_xml_child(newsitem, "itemMeta");
    const nx_xml_node *content = nx_xml_child(newsitem, "contentMeta");
    nx_article_set(a, &a->id, nx_xml_attr_get(newsitem, "guid"), NX_FROM_RECORD);
    (void)nx_parse_i64(nx_xml_attr_get(newsitem, "version"), &a->version);
    nx_agency_set_status(a, nx_xml_attr_get(nx_xml_child(item, "pubStatus"), "qcode"));
    nx_xml_set(x, a, &a->title, headline(content), NX_FROM_RECORD);
    nx_article_set(a, &a->language, nx_xml_attr_get(nx_xml_child(content, "language"), "tag"),
                   NX_FROM_RECORD);
    nx_article_set(a, &a->language, nx_xml_inherited(newsitem, "lang"), NX_FROM_RECORD);
    set_dates(x, a, item, content);
    set_parties(x, a, newsitem, item, content);
    nx_agency_set_dateline(a, nx_xml_text(&x->doc, nx_xml_child(content, "dateline")));
    set_subjects(x, a, content);
    set_description(x, a, content);
    nx_status st = set_content(x, a, newsitem, err);
    const nx_xml_node *html = nx_xml_find(nx_xml_child(newsitem, "contentSet"), "head");
    nx_xml_set(x, a, &a->title, nx_xml_child(html, "title"), NX_FROM_RECORD);
    nx_xml_set(x, a, &a->title, nx_xml_child(item, "title"), NX_FROM_RECORD);
    nx_xml_set(x, a, &a->title, nx_xml_child(content, "slugline"), NX_FROM_RECORD);
    return st;
}

// A picture, video or other item that comes without words to read.
static bool is_text(const nx_xml_node *newsitem)
{
    const nx_xml_node *item = nx_xml_child(newsitem, "itemMeta");
    nx_str kind = nx_xml_attr_get(nx_xml_child(item, "itemClass"), "qcode");
    return kind.n == 0 || nx_str_find_nocase(kind, NX_STR("text"), 0) != SIZE_MAX;
}

static nx_str first_line(nx_str s)
{
    size_t end = nx_str_find(s, NX_STR("\n"), 0);
    return nx_str_make(s.p, end != SIZE_MAX ? end : s.n);
}

static nx_status read_item(nx_xml_reading *x, const nx_xml_node *newsitem, nx_error *err)
{
    nx_article *a = nx_article_for(x->record);
    if (a == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status st = fill(x, a, newsitem, err);
    if (st != NX_OK) {
        nx_article_free(a);
        return st;
    }
    if (a->body.n == 0 && !is_text(newsitem) && a->state != NX_ARTICLE_CANCELED) {
        nx_str guid = nx_xml_attr_get(newsitem, "guid");
        nx_article_free(a);
        return nx_record_skip(x->record, x->sink, NX_OK, "not a text item", err,
                              "the news item \"%.*s\" has no text",
                              (int)(guid.n < 80 ? guid.n : 80), guid.p != NULL ? guid.p : "");
    }
    // Where the desk is, unless the text says where the reporter was.
    nx_str place = NX_STR_NONE, agency = NX_STR_NONE, outlet = NX_STR_NONE;
    bool told =
        a->body.n > 0 && nx_dateline_parse(first_line(a->body), &place, &agency, &outlet) > 0;
    if (!told) {
        const nx_xml_node *content = nx_xml_child(newsitem, "contentMeta");
        nx_article_set(a, &a->dateline, label(x, nx_xml_child(content, "located")), NX_FROM_RECORD);
    }
    return nx_agency_finish(x, a, err);
}

static bool is_other_item(const nx_xml_node *n)
{
    return nx_xml_is(n, "packageItem") || nx_xml_is(n, "conceptItem") ||
           nx_xml_is(n, "knowledgeItem") || nx_xml_is(n, "planningItem") ||
           nx_xml_is(n, "catalogItem");
}

nx_status nx_read_newsml2(const nx_record *r, const nx_corpus_options *options,
                          const nx_article_sink *sink, nx_error *err)
{
    nx_xml_reading x;
    nx_status st = nx_xml_reading_open(&x, r, options, sink, err);
    size_t items = 0;
    const nx_xml_node *root = x.doc.root;
    for (const nx_xml_node *n = root; st == NX_OK && n != NULL;) {
        bool whole = true; // nothing below it is an item
        if (nx_xml_is(n, "newsItem")) {
            st = read_item(&x, n, err);
            items++;
        } else if (is_other_item(n)) {
            st = nx_record_skip(r, sink, NX_OK, "not a news item", err, "a NewsML-G2 %.*s",
                                (int)n->name.n, n->name.p);
            items++;
        } else {
            whole = false;
        }
        n = nx_xml_walk(root, n, whole);
    }
    if (st == NX_OK && root != NULL && items == 0) {
        st = nx_record_skip(r, sink, NX_OK, "no news item", err, "no NewsML-G2 item in it");
    }
    nx_xml_reading_close(&x);
    return st;
}
