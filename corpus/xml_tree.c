// xml_tree.c: finding one's way in a document; see xml.h.
#include "corpus/xml.h"

bool nx_xml_is(const nx_xml_node *node, const char *name)
{
    return node != NULL && node->name.p != NULL && nx_str_eq_nocase(node->name, nx_str_of(name));
}

static const nx_xml_node *first_named(const nx_xml_node *node, const char *name)
{
    while (node != NULL && !nx_xml_is(node, name)) {
        node = node->next;
    }
    return node;
}

const nx_xml_node *nx_xml_child(const nx_xml_node *node, const char *name)
{
    return node != NULL ? first_named(node->child, name) : NULL;
}

const nx_xml_node *nx_xml_near_child(const nx_xml_node *node, const char *name)
{
    const nx_xml_node *n = node != NULL ? node->child : NULL;
    for (int i = 0; n != NULL && i < NX_XML_NEAR; i++, n = n->next) {
        if (nx_xml_is(n, name)) {
            return n;
        }
    }
    return NULL;
}

const nx_xml_node *nx_xml_sibling(const nx_xml_node *node, const char *name)
{
    return node != NULL ? first_named(node->next, name) : NULL;
}

const nx_xml_node *nx_xml_walk(const nx_xml_node *top, const nx_xml_node *node, bool skip_children)
{
    if (!skip_children && node->child != NULL) {
        return node->child;
    }
    while (node != top && node->next == NULL) {
        node = node->parent;
    }
    return node != top ? node->next : NULL;
}

const nx_xml_node *nx_xml_find(const nx_xml_node *node, const char *name)
{
    if (node == NULL) {
        return NULL;
    }
    const nx_xml_node *n = nx_xml_walk(node, node, false);
    while (n != NULL && !nx_xml_is(n, name)) {
        n = nx_xml_walk(node, n, false);
    }
    return n;
}

nx_str nx_xml_attr_get(const nx_xml_node *node, const char *name)
{
    for (size_t i = 0; node != NULL && i < node->attr_count; i++) {
        if (nx_str_eq_nocase(node->attrs[i].name, nx_str_of(name))) {
            return node->attrs[i].value;
        }
    }
    return NX_STR_NONE;
}

nx_str nx_xml_inherited(const nx_xml_node *node, const char *name)
{
    for (; node != NULL; node = node->parent) {
        for (size_t i = 0; i < node->attr_count; i++) {
            const nx_xml_attr *a = &node->attrs[i];
            if (a->ns == NX_XMLNS_XML && nx_str_eq_nocase(a->name, nx_str_of(name))) {
                return a->value;
            }
        }
    }
    return NX_STR_NONE;
}

nx_str nx_xml_text(nx_xml_doc *doc, const nx_xml_node *node)
{
    if (node == NULL || node->child == NULL) {
        return NX_STR_NONE;
    }
    if (node->child == node->last_child && node->child->name.p == NULL) {
        nx_str one = nx_str_trim(node->child->text);
        return one.n > 0 ? one : NX_STR_NONE;
    }
    size_t n = 0;
    for (const nx_xml_node *i = node; i != NULL; i = nx_xml_walk(node, i, false)) {
        n += i->text.n;
    }
    char *joined = n > 0 ? nx_arena_alloc(doc->arena, n) : NULL;
    if (joined == NULL) {
        return NX_STR_NONE;
    }
    n = 0;
    for (const nx_xml_node *i = node; i != NULL; i = nx_xml_walk(node, i, false)) {
        if (i->text.n > 0) {
            memcpy(joined + n, i->text.p, i->text.n);
            n += i->text.n;
        }
    }
    nx_str s = nx_str_trim(nx_str_make(joined, n));
    return s.n > 0 ? s : NX_STR_NONE;
}
