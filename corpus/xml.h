// xml.h: an XML document as a small tree in an arena, read by expat under ceilings.
//
// Nothing is fetched or expanded: external entities are never opened, and a document that declares
// entities is read without them. A document that is not well-formed (a bare &, HTML entities, tags
// left open, bytes before the declaration, an end that is missing) is repaired first and read as
// far as it goes. Names are compared without case, because feeds write them as they like.
// Must not know: any news format (xml_text.h knows which elements begin a paragraph).
// Thread rule: a document belongs to one thread at a time.
#ifndef NX_CORPUS_XML_H
#define NX_CORPUS_XML_H

#include "base/arena.h"

// Namespaces the readers ask for: enumerator, a part of the URI that tells it (compared without
// case), and the prefix it goes by when a document forgets to declare it.
#define NX_XMLNS_LIST(X)                                                                           \
    X(NX_XMLNS_ATOM, "w3.org/2005/atom", "atom")                                                   \
    X(NX_XMLNS_ATOM03, "purl.org/atom/ns#", "atom03")                                              \
    X(NX_XMLNS_RDF, "22-rdf-syntax-ns", "rdf")                                                     \
    X(NX_XMLNS_DC, "purl.org/dc/elements", "dc")                                                   \
    X(NX_XMLNS_DCTERMS, "purl.org/dc/terms", "dcterms")                                            \
    X(NX_XMLNS_CONTENT, "purl.org/rss/1.0/modules/content", "content")                             \
    X(NX_XMLNS_RSS1, "purl.org/rss/1.0/", "rss")                                                   \
    X(NX_XMLNS_RSS09, "my.netscape.com/rdf/simple", "rss09")                                       \
    X(NX_XMLNS_RSS2, "backend.userland.com/rss", "rss2")                                           \
    X(NX_XMLNS_MEDIA, "search.yahoo.com/mrss", "media")                                            \
    X(NX_XMLNS_MEDIA2, "rssboard.org/media-rss", "mrss")                                           \
    X(NX_XMLNS_ITUNES, "/dtds/podcast-1.0.dtd", "itunes")                                          \
    X(NX_XMLNS_FEEDBURNER, "rssnamespace.org/feedburner", "feedburner")                            \
    X(NX_XMLNS_XHTML, "w3.org/1999/xhtml", "xhtml")                                                \
    X(NX_XMLNS_XML, "w3.org/xml/1998/namespace", "xml")                                            \
    X(NX_XMLNS_WP, "wordpress.org/export/", "wp")                                                  \
    X(NX_XMLNS_NAR, "iptc.org/std/nar/", "nar")                                                    \
    X(NX_XMLNS_NITF, "iptc.org/std/nitf/", "nitf")

typedef enum nx_xmlns {
    NX_XMLNS_NONE,  // no namespace, or a default one that is not in the list
    NX_XMLNS_OTHER, // a prefix that means nothing to us
#define X(code, uri, prefix) code,
    NX_XMLNS_LIST(X)
#undef X
} nx_xmlns;

typedef struct nx_xml_attr {
    nx_xmlns ns; // NONE without a prefix
    nx_str name; // without prefix
    nx_str value;
} nx_xml_attr;

// An element, or a run of text (name absent). Strings are valid UTF-8 in the document's arena.
typedef struct nx_xml_node {
    nx_xmlns ns;
    nx_str name;   // without prefix; absent for text
    nx_str prefix; // as written; absent when there is none
    nx_str text;   // text nodes only
    const nx_xml_attr *attrs;
    size_t attr_count;
    struct nx_xml_node *parent, *child, *last_child, *next;
} nx_xml_node;

// Ceilings; over one, the document is refused with NX_ELIMIT.
enum {
    NX_XML_DEPTH_MAX = 200,
    NX_XML_NODES_MAX = 2000000,
    NX_XML_ATTRS_MAX = 256, // of one element
    NX_XML_NEAR = 100,
};

typedef struct nx_xml_doc {
    nx_arena *arena;
    nx_xml_node *root;
    bool repaired; // it was not well-formed
} nx_xml_doc;

// Parses bytes. charset: declared by a transport header, or absent. NX_EFORMAT when there is no
// element in it at all; NX_ELIMIT; NX_ENOMEM. On failure *out holds nothing to free.
nx_status nx_xml_parse(nx_xml_doc *out, nx_str bytes, nx_str charset, nx_error *err) NX_MUST_USE;
void nx_xml_release(nx_xml_doc *doc); // accepts a zeroed document

// First child element (after one, the next sibling) of that local name in any namespace; NULL when
// there is none. node NULL gives NULL, so that look-ups can be chained.
const nx_xml_node *nx_xml_child(const nx_xml_node *node, const char *name);
// The same among the first NX_XML_NEAR children: for what stands in front of things of which there
// may be any number, and is looked for once for each of them.
const nx_xml_node *nx_xml_near_child(const nx_xml_node *node, const char *name);
const nx_xml_node *nx_xml_sibling(const nx_xml_node *node, const char *name);
// First descendant element of that name, in document order.
const nx_xml_node *nx_xml_find(const nx_xml_node *node, const char *name);
// The node after node in document order inside top; its subtree is left out when skip_children.
const nx_xml_node *nx_xml_walk(const nx_xml_node *top, const nx_xml_node *node, bool skip_children);
bool nx_xml_is(const nx_xml_node *node, const char *name); // false for NULL
// Value of an attribute by local name, or absent; node may be NULL.
nx_str nx_xml_attr_get(const nx_xml_node *node, const char *name);
// Value of the nearest attribute xml:name of the node or what is around it, or absent.
nx_str nx_xml_inherited(const nx_xml_node *node, const char *name);
// All text below the node, joined, into the document's arena (or pointing into it); trimmed.
// Absent when there is none, or no memory (the arena then says so).
nx_str nx_xml_text(nx_xml_doc *doc, const nx_xml_node *node);

// xml_repair.c: rewrites ill-formed XML in UTF-8 as well-formed XML with one root element;
// declarations, comments and processing instructions are left out, HTML entities become
// characters, unknown ones text. Appends to out; the result is empty when there is no element.
void nx_xml_repair(nx_str text, nx_buf *out);
// xml_entity.c: the character an HTML 4 entity name stands for; 0 when it is none.
uint32_t nx_html_entity(nx_str name);

#endif
