// xml_news.c: XML of no standard, as agencies and content systems export it.
//
// A record is an element whose children say by their names (fields.h) that they are a title and a
// text: <release><title/><body/></release>, <row><field name="title"/>...; or the whole document,
// when only its head has the title. What wraps a standard format is read as that format.
#include "corpus/agency.h"
#include "corpus/attribute.h"
#include "corpus/fields.h"

enum { DEPTH_LOOKED_AT = 3 };

// The best element for each role: the nearest, and of those the one with the better name.
typedef struct picks {
    const nx_xml_node *node[NX_ROLE_COUNT];
    int depth[NX_ROLE_COUNT];
    unsigned rank[NX_ROLE_COUNT];
} picks;

static bool has_elements(const nx_xml_node *node)
{
    for (const nx_xml_node *n = node->child; n != NULL; n = n->next) {
        if (n->name.p != NULL) {
            return true;
        }
    }
    return false;
}

// What a field is called: as its element, or as an attribute says, where elements are all called
// alike: <field name="title">, <dc element="dc.source" value="...">.
static nx_str field_name(const nx_xml_node *n)
{
    static const char *const alike[] = {"field", "column",   "str",       "arr", "date",
                                        "meta",  "property", "attribute", "dc",  NULL};
    static const char *const keys[] = {"name", "element", "property", "key"};
    nx_str name = NX_STR_NONE;
    for (size_t i = 0; i < NX_COUNT(keys) && name.p == NULL; i++) {
        name = nx_str_in_nocase(n->name, alike) ? nx_xml_attr_get(n, keys[i]) : name;
    }
    for (size_t i = name.n; i > 0; i--) {
        if (name.p[i - 1] == '.' || name.p[i - 1] == ':') {
            return nx_str_skip(name, i);
        }
    }
    return name.n > 0 ? name : n->name;
}

// The attribute in which a field says it for programs, or without any text.
static nx_str field_value(const nx_xml_node *n)
{
    static const char *const dates[] = {"when", "datetime", "norm"};
    nx_str s = NX_STR_NONE;
    for (size_t i = 0; i < NX_COUNT(dates) && s.n == 0; i++) {
        s = nx_xml_attr_get(n, dates[i]);
        s = s.n > 0 && nx_is_digit(s.p[0]) ? s : NX_STR_NONE;
    }
    s = s.n == 0 && n->child == NULL ? nx_xml_attr_get(n, "value") : s;
    return s.n == 0 && n->child == NULL ? nx_xml_attr_get(n, "content") : s;
}

static nx_str field_text(nx_xml_doc *doc, const nx_xml_node *n)
{
    nx_str s = field_value(n);
    return s.n > 0 ? s : nx_xml_text(doc, n);
}

static bool is_leaf(const nx_xml_node *n)
{
    return n->name.p != NULL && (n->child != NULL || field_value(n).n > 0) &&
           (!has_elements(n) || nx_xml_is(n, "arr"));
}

static bool is_text(const nx_xml_node *n)
{
    unsigned rank = 0;
    return n->name.p != NULL && nx_field_role(n->name, &rank) == NX_ROLE_BODY &&
           nx_xml_find(n, "p") != NULL;
}

static void pick(nx_xml_doc *doc, picks *p, const nx_xml_node *n, int depth)
{
    unsigned rank = 0;
    nx_role role = nx_field_role(field_name(n), &rank);
    bool better = p->node[role] == NULL || depth < p->depth[role] ||
                  (depth == p->depth[role] && rank < p->rank[role]);
    bool date = role == NX_ROLE_PUBLISHED || role == NX_ROLE_UPDATED;
    if (role != NX_ROLE_NONE && better &&
        (!date || nx_str_has_digit(field_text(doc, n)))) { // "published: false"
        p->node[role] = n;
        p->depth[role] = depth;
        p->rank[role] = rank;
    }
}

// Markup in a text field counts as its content, not as further fields.
static void pick_below(nx_xml_doc *doc, picks *p, const nx_xml_node *node, int depth)
{
    for (const nx_xml_node *n = node->child; n != NULL; n = n->next) {
        if (is_leaf(n) || is_text(n)) {
            pick(doc, p, n, depth);
        } else if (n->name.p != NULL && depth < DEPTH_LOOKED_AT) {
            pick_below(doc, p, n, depth + 1);
        }
    }
}

// What is true of all that an envelope holds, and stands in front of it: dates, the source, the
// language.
static void pick_around(nx_xml_doc *doc, picks *p, const nx_xml_node *node)
{
    int depth = DEPTH_LOOKED_AT + 1;
    for (const nx_xml_node *up = node->parent; up != NULL; up = up->parent, depth++) {
        const nx_xml_node *n = up->child;
        for (int i = 0; n != NULL && i < NX_XML_NEAR; i++, n = n->next) {
            unsigned rank = 0;
            nx_role role = is_leaf(n) ? nx_field_role(field_name(n), &rank) : NX_ROLE_NONE;
            if (role == NX_ROLE_PUBLISHED || role == NX_ROLE_UPDATED || role == NX_ROLE_SOURCE ||
                role == NX_ROLE_LANGUAGE) {
                pick(doc, p, n, depth);
            }
        }
    }
}

// A title and a text among its own children?
static bool is_record(nx_xml_reading *x, const nx_xml_node *node)
{
    bool title = false, body = false;
    for (const nx_xml_node *n = node->child; n != NULL; n = n->next) {
        unsigned rank = 0;
        nx_role role = n->name.p != NULL ? nx_field_role(field_name(n), &rank) : NX_ROLE_NONE;
        title = title || role == NX_ROLE_TITLE;
        body = body || (role == NX_ROLE_BODY && nx_xml_text(&x->doc, n).n > 0);
    }
    return title && body;
}

static nx_status apply(nx_xml_reading *x, nx_article *a, const picks *p, nx_error *err)
{
    nx_status st = NX_OK;
    for (int role = NX_ROLE_NONE + 1; role < NX_ROLE_COUNT && st == NX_OK; role++) {
        const nx_xml_node *n = p->node[role];
        if (n == NULL) {
            continue;
        }
        if (role == NX_ROLE_SOURCE) { // "Reuters Holdings Plc"
            nx_agency_set_party(a, nx_agency_by_name(field_text(&x->doc, n)));
        }
        if (role == NX_ROLE_BODY && has_elements(n)) {
            st = nx_xml_set_body(a, n, err);
        } else if (role == NX_ROLE_DATELINE) {
            nx_agency_set_dateline(a, nx_xml_text(&x->doc, n));
        } else if (!nx_field_is_set(a, (nx_role)role)) {
            st = nx_field_apply(a, (nx_role)role, field_text(&x->doc, n), x->options, err);
        }
    }
    return st == NX_OK ? nx_arena_check(x->doc.arena, "an XML document", err) : st;
}

// <newsitem itemid="2286" id="root" date="1996-08-20">: "id" is the one name that may mean a place
// in the document.
static nx_status apply_attributes(nx_xml_reading *x, nx_article *a, const nx_xml_node *node,
                                  nx_error *err)
{
    nx_status st = NX_OK;
    for (size_t i = 0; i < node->attr_count && st == NX_OK; i++) {
        const nx_xml_attr *attr = &node->attrs[i];
        unsigned rank = 0;
        nx_role role = attr->ns == NX_XMLNS_NONE ? nx_field_role_of(attr->name, attr->value, &rank)
                                                 : NX_ROLE_NONE;
        bool place = nx_str_eq(attr->name, NX_STR("id"));
        if (role != NX_ROLE_BODY && role != NX_ROLE_HOST && !place && !nx_field_is_set(a, role)) {
            st = nx_field_apply(a, role, attr->value, x->options, err);
        }
    }
    return st;
}

// node has the fields; nitf, if any, is what it wraps and says most.
static nx_status read_record(nx_xml_reading *x, const nx_xml_node *node, const nx_xml_node *nitf,
                             nx_error *err)
{
    picks p = {0};
    pick_below(&x->doc, &p, node, 0);
    pick_around(&x->doc, &p, node);
    nx_article *a = nx_article_for(x->record);
    if (a == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status st = nitf != NULL ? nx_nitf_fill(x, a, nitf, err) : NX_OK;
    st = st == NX_OK ? apply(x, a, &p, err) : st;
    st = st == NX_OK ? apply_attributes(x, a, node, err) : st;
    if (st != NX_OK) {
        nx_article_free(a);
        return st;
    }
    nx_article_set(a, &a->language, nx_xml_inherited(node, "lang"), NX_FROM_RECORD);
    nx_article_set(a, &a->language, nx_xml_attr_get(node, "lang"), NX_FROM_RECORD);
    return nx_agency_finish(x, a, err);
}

// The reader of the standard format that root wraps; NULL when there is none.
static nx_reader_fn *standard_reader(const nx_xml_node *root)
{
    for (const nx_xml_node *n = root; n != NULL; n = nx_xml_walk(root, n, false)) {
        if (n->name.p == NULL) {
            continue;
        }
        if (nx_str_eq(n->name, NX_STR("newsItem"))) {
            return nx_read_newsml2;
        }
        if (nx_xml_is(n, "nitf")) {
            return nx_read_nitf;
        }
        if (nx_str_eq(n->name, NX_STR("NewsItem"))) {
            return nx_read_newsml1;
        }
        if (nx_xml_is(n, "item") || nx_xml_is(n, "entry")) {
            return nx_xml_child(n, "link") != NULL ? nx_read_feed : NULL;
        }
    }
    return NULL;
}

// Nothing in it is an article; of well-known kinds it is said why.
static nx_status skip_document(nx_xml_reading *x, nx_str root, nx_error *err)
{
    static const char *const kinds[][2] = {{"urlset", "a sitemap has addresses and no texts"},
                                           {"sitemapindex", "a list of sitemaps"},
                                           {"opml", "a list of feeds"},
                                           {"mediawiki", "pages of a wiki, in its own markup"},
                                           {"alto", "words on the page of a scan"},
                                           {"mets", "a list of the parts of a scan"}};
    for (size_t i = 0; i < NX_COUNT(kinds); i++) {
        if (nx_str_eq_nocase(root, nx_str_of(kinds[i][0]))) {
            return nx_record_skip(x->record, x->sink, NX_OK, "not an article", err, "%s",
                                  kinds[i][1]);
        }
    }
    return nx_record_skip(x->record, x->sink, NX_OK, "no article in the XML", err,
                          "nothing in <%.*s> has a title and a text",
                          (int)(root.n < 80 ? root.n : 80), root.p);
}

// A document whose head has the title and whose text is apart (TEI, JATS), as far as it is one.
static nx_status read_document(nx_xml_reading *x, nx_error *err)
{
    const nx_xml_node *root = x->doc.root;
    picks p = {0};
    pick_below(&x->doc, &p, root, 0);
    const nx_xml_node *text = p.node[NX_ROLE_BODY];
    bool title = p.node[NX_ROLE_TITLE] != NULL || nx_xml_attr_get(root, "title").n > 0;
    return title && text != NULL && has_elements(text) ? read_record(x, root, NULL, err)
                                                       : skip_document(x, root->name, err);
}

static nx_status read_records(nx_xml_reading *x, nx_error *err)
{
    const nx_xml_node *root = x->doc.root;
    nx_status st = NX_OK;
    size_t records = 0;
    for (const nx_xml_node *n = root; st == NX_OK && n != NULL;) {
        bool record = n->name.p != NULL && is_record(x, n);
        if (record) {
            st = read_record(x, n, NULL, err);
            records++;
        }
        n = nx_xml_walk(root, n, record);
    }
    return st == NX_OK && records == 0 ? read_document(x, err) : st;
}

// The only <nitf> that root wraps, or NULL.
static const nx_xml_node *wrapped_nitf(const nx_xml_node *root)
{
    const nx_xml_node *nitf = nx_xml_find(root, "nitf"), *n = nitf;
    do {
        n = n != NULL ? nx_xml_walk(root, n, true) : NULL;
    } while (n != NULL && !nx_xml_is(n, "nitf"));
    return n == NULL ? nitf : NULL;
}

nx_status nx_read_xml(const nx_record *r, const nx_corpus_options *options,
                      const nx_article_sink *sink, nx_error *err)
{
    nx_xml_reading x;
    nx_reader_fn *standard = NULL;
    nx_status st = nx_xml_reading_open(&x, r, options, sink, err);
    if (st == NX_OK && x.doc.root != NULL) {
        standard = standard_reader(x.doc.root);
        const nx_xml_node *nitf = standard == nx_read_nitf ? wrapped_nitf(x.doc.root) : NULL;
        if (nitf != NULL) {
            st = read_record(&x, x.doc.root, nitf, err);
            standard = NULL;
        } else if (standard == NULL) {
            st = read_records(&x, err);
        }
    }
    nx_xml_reading_close(&x);
    return standard != NULL ? standard(r, options, sink, err) : st;
}
