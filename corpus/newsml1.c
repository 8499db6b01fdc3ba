// newsml1.c: NewsML 1.0 to 1.2: news items made of components.
//
// A component may hold others: the title, the lead and the body apart (roles), several languages,
// photographs with their captions. The article is what is text in it and is no caption.
// Source: the NewsML 1.2 functional specification (iptc.org/standards/newsml-1).
#include "corpus/agency.h"

#include "base/num.h"

enum { BODY_MAX = 64 << 20 };

static nx_str formal_name(const nx_xml_node *n)
{
    return nx_xml_attr_get(n, "FormalName");
}

// First non-empty element of that name below node.
static nx_str first_text(nx_xml_reading *x, const nx_xml_node *node, const char *name)
{
    const nx_xml_node *n = node;
    while (n != NULL && (n = nx_xml_walk(node, n, false)) != NULL) {
        nx_str text = nx_xml_is(n, name) ? nx_xml_text(&x->doc, n) : NX_STR_NONE;
        if (text.n > 0) {
            return text;
        }
    }
    return NX_STR_NONE;
}

// Party of the first element of that name below node which names one.
static nx_str first_party(const nx_xml_node *node, const char *name)
{
    const nx_xml_node *n = node;
    while (n != NULL && (n = nx_xml_walk(node, n, false)) != NULL) {
        nx_str party = nx_xml_is(n, name) ? formal_name(nx_xml_child(n, "Party")) : NX_STR_NONE;
        if (party.n > 0) {
            return party;
        }
    }
    return NX_STR_NONE;
}

// "urn:newsml:" provider ":" date ":" item, without the revision: it names all of them.
static void set_identity(nx_xml_reading *x, nx_article *a, const nx_xml_node *item)
{
    const nx_xml_node *identifier =
        nx_xml_child(nx_xml_child(item, "Identification"), "NewsIdentifier");
    nx_str provider = nx_xml_text(&x->doc, nx_xml_child(identifier, "ProviderId"));
    nx_str date = nx_xml_text(&x->doc, nx_xml_child(identifier, "DateId"));
    nx_str id = nx_xml_text(&x->doc, nx_xml_child(identifier, "NewsItemId"));
    (void)nx_parse_i64(nx_xml_text(&x->doc, nx_xml_child(identifier, "RevisionId")), &a->version);
    if (id.n > 0) {
        nx_buf urn;
        nx_buf_init(&urn, provider.n + date.n + id.n + 16);
        nx_buf_addz(&urn, "urn:newsml:");
        nx_buf_adds(&urn, provider);
        nx_buf_addc(&urn, ':');
        nx_buf_adds(&urn, date);
        nx_buf_addc(&urn, ':');
        nx_buf_adds(&urn, id);
        nx_article_set(a, &a->id, nx_buf_str(&urn), NX_FROM_RECORD);
        nx_buf_release(&urn);
    }
}

static void set_management(nx_xml_reading *x, nx_article *a, const nx_xml_node *item)
{
    const nx_xml_node *management = nx_xml_child(item, "NewsManagement");
    nx_str revised = nx_xml_text(&x->doc, nx_xml_child(management, "ThisRevisionCreated"));
    nx_xml_set_date(x, &a->published,
                    nx_xml_text(&x->doc, nx_xml_child(management, "FirstCreated")), NX_FROM_RECORD);
    nx_when updated = {0};
    nx_xml_set_date(x, &updated, revised, NX_FROM_RECORD);
    if (!a->published.known) {
        a->published = updated;
    } else if (updated.known && updated.utc != a->published.utc) {
        a->updated = updated;
    }
    nx_agency_set_status(a, formal_name(nx_xml_child(management, "Status")));
    const nx_xml_node *change = nx_xml_child(management, "StatusWillChange");
    if (a->state == NX_ARTICLE_WITHHELD) {
        nx_agency_set_embargo(x, a, nx_xml_text(&x->doc, nx_xml_find(change, "DateAndTime")));
    }
}

static void set_lines(nx_xml_reading *x, nx_article *a, const nx_xml_node *item)
{
    nx_article_set(a, &a->title, first_text(x, item, "HeadLine"), NX_FROM_RECORD);
    nx_agency_set_byline(a, first_text(x, item, "ByLine"));
    nx_agency_set_dateline(a, first_text(x, item, "DateLine"));
    nx_agency_set_credit(a, first_text(x, item, "CreditLine"));
    for (const nx_xml_node *n = item; n != NULL; n = nx_xml_walk(item, n, false)) {
        if (nx_xml_is(n, "KeywordLine") || nx_xml_is(n, "SlugLine")) {
            nx_article_add_keyword(a, nx_xml_text(&x->doc, n), NX_FROM_RECORD);
        } else if (nx_xml_is(n, "Property") &&
                   nx_str_eq_nocase(formal_name(n), NX_STR("Keyword"))) {
            nx_article_add_keyword(a, nx_xml_attr_get(n, "Value"), NX_FROM_RECORD);
        } else if (nx_xml_is(n, "Language")) {
            nx_article_set(a, &a->language, formal_name(n), NX_FROM_RECORD);
        }
    }
    const nx_xml_node *component = nx_xml_find(item, "NewsComponent");
    nx_article_set(a, &a->language, nx_xml_inherited(component, "lang"), NX_FROM_RECORD);
}

// Roles of components that hold no prose of the article, whatever they contain.
static bool role_is_other(nx_str role)
{
    static const char *const other[] = {"caption", "photo",   "picture", "image",   "audio",
                                        "video",   "sound",   "thumb",   "graphic", "sidebar",
                                        "logo",    "contact", NULL};
    return nx_str_has_any_nocase(role, other);
}

// Is what stands in a component of that role text? Where one is called the body, only what goes
// with a body is.
static bool role_is_text(nx_str role, bool has_body)
{
    static const char *const text[] = {"body", "lead", "main", NULL};
    static const char *const title[] = {"title", "headline", NULL};
    return role.n == 0 ||
           (has_body ? nx_str_has_any_nocase(role, text) : !nx_str_has_any_nocase(role, title));
}

static bool has_body_role(const nx_xml_node *item)
{
    static const char *const body[] = {"body", NULL};
    for (const nx_xml_node *n = item; n != NULL; n = nx_xml_walk(item, n, false)) {
        if (nx_xml_is(n, "Role") && nx_str_has_any_nocase(formal_name(n), body)) {
            return true;
        }
    }
    return false;
}

// The children of node say the same in several languages or formats: which is told by what the
// choice is based on.
static bool is_choice(nx_xml_reading *x, const nx_xml_node *node, const char *between)
{
    if (nx_str_eq_nocase(nx_xml_attr_get(node, "EquivalentsList"), NX_STR("yes"))) {
        return true;
    }
    const nx_xml_node *n = nx_xml_near_child(node, "BasisForChoice");
    for (int i = 0; n != NULL && i < NX_XML_NEAR; i++, n = n->next) {
        nx_str path = nx_xml_is(n, "BasisForChoice") ? nx_xml_text(&x->doc, n) : NX_STR_NONE;
        if (nx_str_find(path, nx_str_of(between), 0) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

static bool content_is_text(const nx_xml_node *item)
{
    nx_str media = formal_name(nx_xml_child(item, "MediaType"));
    nx_str mime = formal_name(nx_xml_child(item, "MimeType"));
    bool text_media = media.n == 0 || nx_str_find_nocase(media, NX_STR("text"), 0) != SIZE_MAX;
    bool text_mime = mime.n == 0 || nx_str_starts_nocase(mime, NX_STR("text")) ||
                     nx_str_find_nocase(mime, NX_STR("xml"), 0) != SIZE_MAX;
    return text_media && text_mime;
}

// Collects the text of the components in order; of a choice, the first that has text.
static nx_status collect(nx_xml_reading *x, nx_article *a, const nx_xml_node *item, nx_buf *body,
                         nx_error *err)
{
    nx_status st = NX_OK;
    bool has_body = has_body_role(item);
    const nx_xml_node *giver = NULL; // the component whose content came last
    const nx_xml_node *n = nx_xml_walk(item, item, false);
    while (n != NULL && st == NX_OK) {
        bool skip = false;
        if (nx_xml_is(n, "NewsComponent")) {
            skip = role_is_other(formal_name(nx_xml_near_child(n, "Role"))) ||
                   (body->len > 0 && is_choice(x, n->parent, "Language"));
        } else if (nx_xml_is(n, "ContentItem")) {
            skip = true;
            bool again = n->parent == giver && is_choice(x, giver, "ContentItem");
            nx_str role = formal_name(nx_xml_near_child(n->parent, "Role"));
            if (content_is_text(n) && role_is_text(role, has_body) && !again) {
                a->body = NX_STR_NONE;
                st = nx_newsml_content(x, a, nx_xml_find(n, "DataContent"), err);
                nx_buf_adds(body, a->body);
                nx_buf_addc(body, '\n');
                giver = a->body.n > 0 ? n->parent : giver;
            }
        }
        n = nx_xml_walk(item, n, skip);
    }
    return st;
}

static nx_status fill(nx_xml_reading *x, nx_article *a, const nx_xml_node *item, nx_error *err)
{
    set_identity(x, a, item);
    set_management(x, a, item);
    set_lines(x, a, item);
    nx_agency_set_party(a, first_party(item, "Provider"));
    nx_agency_set_party(a, first_party(item, "Source"));
    nx_agency_set_party(a, first_text(x, item, "ProviderId"));
    nx_buf body;
    nx_buf_init(&body, BODY_MAX);
    nx_status st = collect(x, a, item, &body, err);
    st = st == NX_OK ? nx_buf_check(&body, "the text of an article", err) : st;
    if (st == NX_OK) {
        nx_article_set_body(a, nx_buf_str(&body));
    }
    nx_buf_release(&body);
    return st;
}

static nx_status read_item(nx_xml_reading *x, const nx_xml_node *item, nx_error *err)
{
    nx_article *a = nx_article_for(x->record);
    if (a == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status st = fill(x, a, item, err);
    if (st != NX_OK) {
        nx_article_free(a);
        return st;
    }
    return nx_agency_finish(x, a, err);
}

nx_status nx_read_newsml1(const nx_record *r, const nx_corpus_options *options,
                          const nx_article_sink *sink, nx_error *err)
{
    nx_xml_reading x;
    nx_status st = nx_xml_reading_open(&x, r, options, sink, err);
    size_t items = 0;
    const nx_xml_node *root = x.doc.root;
    for (const nx_xml_node *n = root; st == NX_OK && n != NULL;) {
        bool item = nx_xml_is(n, "NewsItem");
        if (item) {
            st = read_item(&x, n, err);
            items++;
        }
        n = nx_xml_walk(root, n, item);
    }
    if (st == NX_OK && root != NULL && items == 0) {
        st = nx_record_skip(r, sink, NX_OK, "no news item", err, "no NewsML item in it");
    }
    nx_xml_reading_close(&x);
    return st;
}
