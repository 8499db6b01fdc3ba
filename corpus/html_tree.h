// html_tree.h: an HTML page as a flat tree, in document order, the way browsers would nest it.
//
// Nodes are one array: a node's subtree is nodes[i] .. nodes[end-1], so that every walk is a loop
// and nesting costs no stack. The builder follows the HTML Standard (html.spec.whatwg.org, 13.2)
// in what decides where text belongs: raw-text elements, void elements, implied end tags, the
// scope of end tags. It does not move nodes about (no foster parenting, no adoption agency).
// Time and memory are linear in the input, whatever it is. Scripts are text, nothing is fetched.
// Must not know: what an article is. Thread rule: a tree belongs to one thread at a time.
#ifndef NX_CORPUS_HTML_TREE_H
#define NX_CORPUS_HTML_TREE_H

#include "base/arena.h"

// What an element does to the flow: B a block (begins and ends a paragraph), V void, R raw text,
// S a scope (an end tag inside does not close what is open outside).
// clang-format off
#define NX_HTML_TAG_LIST(X)                                                                        \
    X(A, "a", 0) X(ABBR, "abbr", 0) X(ADDRESS, "address", B) X(AREA, "area", V)                    \
    X(ARTICLE, "article", B) X(ASIDE, "aside", B) X(AUDIO, "audio", 0) X(B_, "b", 0)               \
    X(BASE, "base", V) X(BLOCKQUOTE, "blockquote", B) X(BODY, "body", B) X(BR, "br", V)            \
    X(BUTTON, "button", S) X(CANVAS, "canvas", 0) X(CAPTION, "caption", B | S)                     \
    X(CENTER, "center", B) X(CITE, "cite", 0) X(CODE, "code", 0) X(COL, "col", V) X(DD, "dd", B)   \
    X(DETAILS, "details", B) X(DIALOG, "dialog", B) X(DIV, "div", B) X(DL, "dl", B)                \
    X(DT, "dt", B) X(EM, "em", 0) X(EMBED, "embed", V) X(FIELDSET, "fieldset", B)                  \
    X(FIGCAPTION, "figcaption", B) X(FIGURE, "figure", B) X(FONT, "font", 0)                       \
    X(FOOTER, "footer", B) X(FORM, "form", B) X(FRAME, "frame", V) X(H1, "h1", B) X(H2, "h2", B)   \
    X(H3, "h3", B) X(H4, "h4", B) X(H5, "h5", B) X(H6, "h6", B) X(HEAD, "head", B)                 \
    X(HEADER, "header", B) X(HGROUP, "hgroup", B) X(HR, "hr", B | V) X(HTML, "html", B)            \
    X(I, "i", 0) X(IFRAME, "iframe", R) X(IMG, "img", V) X(INPUT, "input", V)                      \
    X(LABEL, "label", 0) X(LEGEND, "legend", B) X(LI, "li", B) X(LINK, "link", V)                  \
    X(MAIN, "main", B) X(MATH, "math", 0) X(MENU, "menu", B) X(META, "meta", V) X(NAV, "nav", B)   \
    X(NOEMBED, "noembed", R) X(NOFRAMES, "noframes", R) X(NOSCRIPT, "noscript", 0)                 \
    X(OBJECT, "object", S) X(OL, "ol", B) X(OPTION, "option", B) X(P, "p", B)                      \
    X(PARAM, "param", V) X(PICTURE, "picture", 0) X(PRE, "pre", B) X(Q, "q", 0) X(S_, "s", 0)      \
    X(SCRIPT, "script", R) X(SECTION, "section", B) X(SELECT, "select", 0) X(SMALL, "small", 0)    \
    X(SOURCE, "source", V) X(SPAN, "span", 0) X(STRONG, "strong", 0) X(STYLE, "style", R)          \
    X(SUB, "sub", 0) X(SUMMARY, "summary", B) X(SUP, "sup", 0) X(SVG, "svg", 0)                    \
    X(TABLE, "table", B | S) X(TBODY, "tbody", B) X(TD, "td", B | S) X(TEMPLATE, "template", S)    \
    X(TEXTAREA, "textarea", R) X(TFOOT, "tfoot", B) X(TH, "th", B | S) X(THEAD, "thead", B)        \
    X(TIME, "time", 0) X(TITLE, "title", R) X(TR, "tr", B) X(TRACK, "track", V) X(U, "u", 0)       \
    X(UL, "ul", B) X(VIDEO, "video", 0) X(WBR, "wbr", V) X(XMP, "xmp", R)
// clang-format on

typedef enum nx_html_tag {
    NX_TAG_ROOT,  // the whole page
    NX_TAG_TEXT,  // a run of text
    NX_TAG_OTHER, // an element the list does not have
#define X(code, name, flags) NX_TAG_##code,
    NX_HTML_TAG_LIST(X)
#undef X
        NX_TAG_COUNT
} nx_html_tag;

// Attributes that are kept; all others are read over.
// clang-format off
#define NX_HTML_ATTR_LIST(X)                                                                       \
    X(ALT, "alt") X(ARIA_HIDDEN, "aria-hidden") X(CHARSET, "charset") X(CLASS, "class")            \
    X(CONTENT, "content") X(DATETIME, "datetime") X(HIDDEN, "hidden") X(HREF, "href")              \
    X(HTTP_EQUIV, "http-equiv") X(ID, "id") X(ITEMID, "itemid") X(ITEMPROP, "itemprop")            \
    X(ITEMSCOPE, "itemscope") X(ITEMTYPE, "itemtype") X(LANG, "lang") X(NAME, "name")              \
    X(PROPERTY, "property") X(REL, "rel") X(ROLE, "role") X(STYLE, "style") X(TITLE, "title")      \
    X(TYPE, "type") X(XML_LANG, "xml:lang") X(TESTID, "data-testid")                               \
    X(COMPONENT, "data-component")
// clang-format on

typedef enum nx_html_attr {
#define X(code, name) NX_ATTR_##code,
    NX_HTML_ATTR_LIST(X)
#undef X
        NX_ATTR_COUNT
} nx_html_attr;

typedef struct nx_html_node {
    uint8_t tag; // nx_html_tag
    uint8_t attr_count;
    uint32_t parent; // the root is its own
    uint32_t block;  // the nearest block around it
    uint32_t end;    // one past the subtree
    uint32_t attrs;  // first of attr_count in the tree's list
    nx_str text;     // TEXT: characters, entities decoded; OTHER: the element's name
} nx_html_node;

typedef struct nx_html_attr_value {
    uint8_t attr; // nx_html_attr
    nx_str value; // entities decoded; never absent
} nx_html_attr_value;

enum { NX_HTML_NODES_MAX = 4000000 };

// Borrows the page: text points into it where nothing had to be decoded.
typedef struct nx_html_tree {
    nx_arena *arena; // decoded text
    nx_html_node *nodes;
    uint32_t count, cap;
    nx_html_attr_value *attrs;
    uint32_t attr_total, attr_cap;
} nx_html_tree;

// Parses html, valid UTF-8 that outlives the tree. Any input gives a tree with at least its root.
// NX_ELIMIT over NX_HTML_NODES_MAX or 2 GiB, NX_ENOMEM; *out is then released.
nx_status nx_html_parse(nx_html_tree *out, nx_str html, nx_error *err) NX_MUST_USE;
void nx_html_release(nx_html_tree *t); // accepts a zeroed tree

// The value of an attribute; absent when the node has none.
nx_str nx_html_attr_get(const nx_html_tree *t, uint32_t node, nx_html_attr attr);
bool nx_html_is_block(nx_html_tag tag);
nx_html_tag nx_html_tag_of(nx_str name); // any case; OTHER when unknown
// Does a list of words ("class", "rel") hold the word (no case)?
bool nx_html_has_word(nx_str list, nx_str word);

#endif
