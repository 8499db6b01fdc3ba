// xml_text.c: which elements begin a paragraph, and which hold no prose.
#include "corpus/xml_text.h"

// XHTML, NITF 3 and the content elements of NewsML.
static const char *const blocks[] = {
    "p",    "div",     "br",         "li",        "ul",           "ol",       "dl",
    "dt",   "dd",      "h1",         "h2",        "h3",           "h4",       "h5",
    "h6",   "hr",      "pre",        "table",     "tr",           "block",    "hl1",
    "hl2",  "hedline", "blockquote", "bq",        "article",      "section",  "body",
    "html", "caption", "address",    "paragraph", "body.content", "body.end", "credit",
    "fn",   "note",    "byline",     "dateline",  "distributor",  "tagline",  NULL};
static const char *const cells[] = {"td", "th", "ti", NULL};
static const char *const not_prose[] = {
    "script",        "style",          "head",     "title",      "media",
    "media-caption", "media-producer", "figure",   "figcaption", "nitf-table-metadata",
    "custom-table",  "iframe",         "noscript", "header",     "footer",
    "nav",           "object",         "embed",    NULL};

static bool one_of(const nx_xml_node *node, const char *const *names)
{
    for (; *names != NULL; names++) {
        if (nx_xml_is(node, *names)) {
            return true;
        }
    }
    return false;
}

// Elements of a line, wherever they stand.
static const char *const inlines[] = {
    "a",   "b",     "i",     "em",  "strong", "span", "u",    "font",   "small",
    "sub", "sup",   "img",   "q",   "cite",   "abbr", "code", "person", "location",
    "org", "chron", "money", "num", "event",  "mark", NULL};

// Is there anything but the white space that markup is laid out with? It is asked for each element
// beside the text.
static bool is_prose(nx_str text)
{
    enum { LAYOUT_MAX = 256 };
    text.n = text.n < LAYOUT_MAX ? text.n : LAYOUT_MAX;
    return nx_str_trim(text).n > 0;
}

// Agencies have paragraph elements of their own. What is neither known here nor stands in a line of
// text is taken for one.
static bool is_own_block(const nx_xml_node *n)
{
    enum { LOOKED_AT = 16 };
    if (n->name.p == NULL || n->parent == NULL || one_of(n, inlines) || one_of(n, cells) ||
        nx_xml_is(n->parent, "p")) {
        return false;
    }
    const nx_xml_node *sibling = n->parent->child;
    for (int i = 0; i < LOOKED_AT && sibling != NULL; i++, sibling = sibling->next) {
        if (is_prose(sibling->text)) {
            return false;
        }
    }
    return true;
}

static bool is_block(const nx_xml_node *n)
{
    return one_of(n, blocks) || is_own_block(n);
}

static void new_line(nx_buf *out)
{
    if (out->len > 0 && out->data[out->len - 1] != '\n') {
        nx_buf_addc(out, '\n');
    }
}

// Line ends of the source are white space, except where a <pre> keeps them.
static void add_prose(nx_buf *out, nx_str s, bool preformatted)
{
    if (preformatted) {
        nx_buf_adds(out, s);
        return;
    }
    for (size_t i = 0; i < s.n; i++) {
        nx_buf_addc(out, s.p[i] == '\n' || s.p[i] == '\r' ? ' ' : s.p[i]);
    }
}

void nx_xml_block_text(const nx_xml_node *node, nx_buf *out)
{
    if (node == NULL) {
        return;
    }
    const nx_xml_node *pre = NULL; // the <pre> we are in
    const nx_xml_node *n = node;
    while (n != NULL) {
        bool skip = n != node && one_of(n, not_prose);
        if (n->name.p == NULL) {
            add_prose(out, n->text, pre != NULL);
        } else if (!skip) {
            if (is_block(n)) {
                new_line(out);
            } else if (one_of(n, cells)) {
                nx_buf_addc(out, ' ');
            }
            if (nx_xml_is(n, "pre")) {
                pre = n;
            }
        }
        // Leaving elements: a block that ends begins a new line too.
        const nx_xml_node *next = nx_xml_walk(node, n, skip);
        const nx_xml_node *until = next != NULL ? next->parent : NULL;
        for (const nx_xml_node *up = skip || n->child == NULL ? n : until;
             up != until && up != node; up = up->parent) {
            if (up == pre) {
                pre = NULL;
            }
            if (is_block(up)) {
                new_line(out);
            }
        }
        n = next;
    }
    new_line(out);
}
