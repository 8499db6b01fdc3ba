// xml_news.c: XML of no standard, as agencies and content systems export it.
//
// A record is an element whose children say by their names (fields.h) that they are a title and a
// text: <release><title/><body/></release>. What wraps a standard format is read as that format.
#include "corpus/agency.h"
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

static bool is_leaf(const nx_xml_node *n)
{
    return n->name.p != NULL && n->child != NULL && !has_elements(n);
}

static bool has_digit(const nx_xml_node *leaf)
{
    nx_str s = leaf->child->text;
    for (size_t i = 0; i < s.n; i++) {
        if (nx_is_digit(s.p[i])) {
            return true;
        }
    }
    return false;
}

static void pick(picks *p, const nx_xml_node *n, int depth)
{
    unsigned rank = 0;
    nx_role role = nx_field_role(n->name, &rank);
    bool better = p->node[role] == NULL || depth < p->depth[role] ||
                  (depth == p->depth[role] && rank < p->rank[role]);
    bool date = role == NX_ROLE_PUBLISHED || role == NX_ROLE_UPDATED;
    if (role != NX_ROLE_NONE && better && (!date || has_digit(n))) { // "published: false"
        p->node[role] = n;
        p->depth[role] = depth;
        p->rank[role] = rank;
    }
}

// Markup in a text field counts as its content, not as further fields.
static void pick_below(picks *p, const nx_xml_node *node, int depth)
{
    for (const nx_xml_node *n = node->child; n != NULL; n = n->next) {
        unsigned rank = 0;
        if (is_leaf(n) || (n->name.p != NULL && has_elements(n) && nx_xml_child(n, "p") != NULL &&
                           nx_field_role(n->name, &rank) == NX_ROLE_BODY)) {
            pick(p, n, depth);
        } else if (n->name.p != NULL && depth < DEPTH_LOOKED_AT) {
            pick_below(p, n, depth + 1);
        }
    }
}

// What is true of all that an envelope holds, and stands in front of it: dates, the source, the
// language.
static void pick_around(picks *p, const nx_xml_node *node)
{
    int depth = DEPTH_LOOKED_AT + 1;
    for (const nx_xml_node *up = node->parent; up != NULL; up = up->parent, depth++) {
        const nx_xml_node *n = up->child;
        for (int i = 0; n != NULL && i < NX_XML_NEAR; i++, n = n->next) {
            unsigned rank = 0;
            nx_role role = is_leaf(n) ? nx_field_role(n->name, &rank) : NX_ROLE_NONE;
            if (role == NX_ROLE_PUBLISHED || role == NX_ROLE_UPDATED || role == NX_ROLE_SOURCE ||
                role == NX_ROLE_LANGUAGE) {
                pick(p, n, depth);
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
        nx_role role = n->name.p != NULL ? nx_field_role(n->name, &rank) : NX_ROLE_NONE;
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
        if (role == NX_ROLE_BODY && has_elements(n)) {
            st = nx_xml_set_body(a, n, err);
        } else {
            st = nx_field_apply(a, (nx_role)role, nx_xml_text(&x->doc, n), x->options, err);
        }
    }
    return st == NX_OK ? nx_arena_check(x->doc.arena, "an XML document", err) : st;
}

static nx_status read_record(nx_xml_reading *x, const nx_xml_node *node, nx_error *err)
{
    picks p = {0};
    pick_below(&p, node, 0);
    pick_around(&p, node);
    nx_article *a = nx_article_for(x->record);
    if (a == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status st = apply(x, a, &p, err);
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
                                           {"opml", "a list of feeds"}};
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

static nx_status read_records(nx_xml_reading *x, nx_error *err)
{
    const nx_xml_node *root = x->doc.root;
    nx_status st = NX_OK;
    size_t records = 0;
    for (const nx_xml_node *n = root; st == NX_OK && n != NULL;) {
        bool record = n->name.p != NULL && is_record(x, n);
        if (record) {
            st = read_record(x, n, err);
            records++;
        }
        n = nx_xml_walk(root, n, record);
    }
    return st == NX_OK && records == 0 ? skip_document(x, root->name, err) : st;
}

nx_status nx_read_xml(const nx_record *r, const nx_corpus_options *options,
                      const nx_article_sink *sink, nx_error *err)
{
    nx_xml_reading x;
    nx_reader_fn *standard = NULL;
    nx_status st = nx_xml_reading_open(&x, r, options, sink, err);
    if (st == NX_OK && x.doc.root != NULL) {
        standard = standard_reader(x.doc.root);
        st = standard == NULL ? read_records(&x, err) : NX_OK;
    }
    nx_xml_reading_close(&x);
    return standard != NULL ? standard(r, options, sink, err) : st;
}
