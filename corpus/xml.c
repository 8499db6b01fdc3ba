// xml.c: expat events -> tree in an arena, or to a handler. The one file that knows expat.
#include "corpus/xml.h"
#include "corpus/xml_scan.h"

#include <expat.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "corpus/charset.h"
#include "corpus/html_decode.h"

// Of one tree: nodes and attributes cost more than the few bytes that make them.
enum {
    ARENA_PER_BYTE = 24,
    ARENA_BASE = 1 << 20,
    BINDINGS_MAX = 1024,
    CHUNK = 1 << 20,
    PROLOGUE_MAX = 1 << 16
};

typedef struct binding {
    nx_str prefix; // empty: the default namespace
    nx_xmlns ns;
    int depth;
} binding;

typedef struct builder {
    XML_Parser parser;
    nx_arena *arena;
    nx_xml_node *root, *top; // top: the innermost open element
    nx_buf text;             // character data not yet made a node
    binding bindings[BINDINGS_MAX];
    size_t binding_count, nodes;
    int depth;
    bool entity_declared, out_of_memory;
    const char *limit; // which ceiling was hit, or NULL
} builder;

static const struct {
    nx_xmlns ns;
    nx_str uri, prefix;
} namespaces[] = {
#define X(code, uri, prefix) {code, {uri, sizeof(uri) - 1}, {prefix, sizeof(prefix) - 1}},
    NX_XMLNS_LIST(X)
#undef X
};
enum { NAMESPACE_COUNT = NX_COUNT(namespaces) };

static nx_xmlns ns_by_uri(nx_str uri, nx_xmlns otherwise)
{
    for (size_t i = 0; i < NAMESPACE_COUNT; i++) {
        if (nx_str_find_nocase(uri, namespaces[i].uri, 0) != SIZE_MAX) {
            return namespaces[i].ns;
        }
    }
    return otherwise;
}

// prefix empty: the default namespace.
static nx_xmlns ns_by_prefix(const builder *b, nx_str prefix)
{
    for (size_t i = b->binding_count; i-- > 0;) {
        if (nx_str_eq(b->bindings[i].prefix, prefix)) {
            return b->bindings[i].ns;
        }
    }
    for (size_t i = 0; prefix.n > 0 && i < NAMESPACE_COUNT; i++) {
        if (nx_str_eq_nocase(namespaces[i].prefix, prefix)) {
            return namespaces[i].ns;
        }
    }
    return prefix.n > 0 ? NX_XMLNS_OTHER : NX_XMLNS_NONE;
}

static void stop(builder *b, const char *limit)
{
    if (b->limit == NULL && limit != NULL) {
        b->limit = limit;
    }
    XML_StopParser(b->parser, XML_FALSE);
}

static void split_name(const char *qname, nx_str *prefix, nx_str *local)
{
    const char *colon = strchr(qname, ':');
    *prefix = colon != NULL ? nx_str_make(qname, (size_t)(colon - qname)) : NX_STR_NONE;
    *local = nx_str_of(colon != NULL ? colon + 1 : qname);
}

static nx_xml_node *append_node(builder *b)
{
    if (b->nodes >= NX_XML_NODES_MAX) {
        stop(b, "elements");
        return NULL;
    }
    nx_xml_node *node = nx_arena_calloc(b->arena, 1, sizeof *node);
    if (node == NULL) {
        stop(b, NULL);
        return NULL;
    }
    b->nodes++;
    node->parent = b->top;
    if (b->top == NULL) {
        b->root = node;
    } else if (b->top->last_child == NULL) {
        b->top->child = b->top->last_child = node;
    } else {
        b->top->last_child = b->top->last_child->next = node;
    }
    return node;
}

static bool has_c1(nx_str s)
{
    for (size_t i = 0; i + 1 < s.n; i++) {
        if (s.p[i] == '\xc2' && (unsigned char)s.p[i + 1] < 0xa0) {
            return true;
        }
    }
    return false;
}

// Feeds write &#146; for an apostrophe: a character of windows-1252 in a place of Unicode that
// holds controls.
static nx_str copy_mended(builder *b, nx_str s)
{
    nx_buf mended;
    nx_buf_init(&mended, b->text.max * 2);
    for (size_t i = 0; i < s.n;) {
        nx_utf8_add(&mended, nx_html_c1(nx_utf8_decode(s, i, &i, NULL)));
    }
    b->out_of_memory = b->out_of_memory || mended.failed;
    nx_str copy = nx_arena_copy(b->arena, nx_buf_str(&mended));
    nx_buf_release(&mended);
    return copy;
}

static void flush_text(builder *b)
{
    if (b->text.failed) {
        stop(b, NULL);
        return;
    }
    if (b->text.len == 0 || b->top == NULL) {
        return;
    }
    nx_xml_node *node = append_node(b);
    if (node != NULL) {
        nx_str text = nx_buf_str(&b->text);
        node->text = has_c1(text) ? copy_mended(b, text) : nx_arena_copy(b->arena, text);
    }
    nx_buf_clear(&b->text);
}

static void bind_namespaces(builder *b, const char **atts)
{
    for (; *atts != NULL; atts += 2) {
        nx_str prefix, local;
        split_name(atts[0], &prefix, &local);
        bool named = nx_str_eq(prefix, NX_STR("xmlns"));
        if (!named && !(prefix.p == NULL && nx_str_eq(local, NX_STR("xmlns")))) {
            continue;
        }
        if (b->binding_count == BINDINGS_MAX) {
            stop(b, "namespace declarations");
            return;
        }
        binding *bind = &b->bindings[b->binding_count++];
        bind->prefix = named ? nx_arena_copy(b->arena, local) : NX_STR("");
        bind->ns = ns_by_uri(nx_str_of(atts[1]), named ? NX_XMLNS_OTHER : NX_XMLNS_NONE);
        bind->depth = b->depth;
    }
}

static void copy_attributes(builder *b, nx_xml_node *node, const char **atts)
{
    size_t count = 0;
    while (atts[2 * count] != NULL) {
        if (++count > NX_XML_ATTRS_MAX) {
            stop(b, "attributes");
            return;
        }
    }
    nx_xml_attr *attrs = count > 0 ? nx_arena_calloc(b->arena, count, sizeof *attrs) : NULL;
    if (attrs == NULL) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        nx_str prefix, local;
        split_name(atts[2 * i], &prefix, &local);
        attrs[i].ns = prefix.p != NULL ? ns_by_prefix(b, prefix) : NX_XMLNS_NONE;
        attrs[i].name = nx_arena_copy(b->arena, local);
        attrs[i].value = nx_arena_copy(b->arena, nx_str_of(atts[2 * i + 1]));
    }
    node->attrs = attrs;
    node->attr_count = count;
}

static void XMLCALL on_start(void *user, const char *qname, const char **atts)
{
    builder *b = user;
    flush_text(b);
    if (++b->depth > NX_XML_DEPTH_MAX) {
        stop(b, "levels of nesting");
        return;
    }
    nx_xml_node *node = append_node(b);
    if (node == NULL) {
        return;
    }
    bind_namespaces(b, atts);
    nx_str prefix, local;
    split_name(qname, &prefix, &local);
    node->ns = ns_by_prefix(b, prefix.p != NULL ? prefix : NX_STR(""));
    node->name = nx_arena_copy(b->arena, local);
    node->prefix = prefix.p != NULL ? nx_arena_copy(b->arena, prefix) : NX_STR_NONE;
    copy_attributes(b, node, atts);
    if (nx_arena_failed(b->arena)) {
        stop(b, NULL);
        return;
    }
    b->top = node;
}

static void XMLCALL on_end(void *user, const char *qname)
{
    builder *b = user;
    (void)qname;
    flush_text(b);
    while (b->binding_count > 0 && b->bindings[b->binding_count - 1].depth == b->depth) {
        b->binding_count--;
    }
    b->depth--;
    if (b->top != NULL) {
        b->top = b->top->parent;
    }
}

static void XMLCALL on_text(void *user, const char *s, int n)
{
    nx_buf_add(&((builder *)user)->text, s, (size_t)n);
}

// A document with a DOCTYPE may use entities of a DTD that is not read: HTML's are known anyway.
static void XMLCALL on_skipped_entity(void *user, const char *name, int is_parameter)
{
    builder *b = user;
    uint32_t c = is_parameter ? 0 : nx_html_entity(nx_str_of(name));
    if (c != 0) {
        nx_utf8_add(&b->text, c);
    } else if (!is_parameter) {
        nx_buf_addf(&b->text, "&%s;", name);
    }
}

// Whatever an entity would expand to is none of our business: stop before it can be used.
static void XMLCALL on_entity_decl(void *user, const char *name, int is_parameter,
                                   const char *value, int value_length, const char *base,
                                   const char *system_id, const char *public_id,
                                   const char *notation)
{
    builder *b = user;
    (void)name, (void)is_parameter, (void)value, (void)value_length;
    (void)base, (void)system_id, (void)public_id, (void)notation;
    b->entity_declared = true;
    stop(b, NULL);
}

static bool feed(builder *b, nx_str bytes)
{
    while (bytes.n > 0) {
        size_t n = bytes.n < CHUNK ? bytes.n : CHUNK;
        bool last = n == bytes.n;
        if (XML_Parse(b->parser, bytes.p, (int)n, last) != XML_STATUS_OK) {
            return false;
        }
        bytes.p += n;
        bytes.n -= n;
    }
    return b->root != NULL;
}

// Parses text in UTF-8, whatever it declares. NX_EFORMAT: not well-formed, or it declares entities;
// a repair may help.
static nx_status parse_once(nx_xml_doc *out, nx_str bytes, nx_error *err)
{
    static const XML_Memory_Handling_Suite memory = {malloc, realloc, free};
    nx_status st = NX_OK;
    builder *b = calloc(1, sizeof *b);
    if (b == NULL) {
        return nx_fail_nomem(err);
    }
    nx_buf_init(&b->text, bytes.n + ARENA_BASE);
    b->arena = nx_arena_new(ARENA_BASE + bytes.n * ARENA_PER_BYTE);
    b->parser = XML_ParserCreate_MM("UTF-8", &memory, NULL);
    if (b->arena == NULL || b->parser == NULL) {
        st = nx_fail_nomem(err);
        goto done;
    }
    XML_SetUserData(b->parser, b);
    XML_SetElementHandler(b->parser, on_start, on_end);
    XML_SetCharacterDataHandler(b->parser, on_text);
    XML_SetSkippedEntityHandler(b->parser, on_skipped_entity);
    XML_SetEntityDeclHandler(b->parser, on_entity_decl);
    XML_SetParamEntityParsing(b->parser, XML_PARAM_ENTITY_PARSING_NEVER);
    bool whole = feed(b, bytes);
    if (b->limit != NULL) {
        st = nx_fail(err, NX_ELIMIT, "too many %s in the XML", b->limit);
    } else if (nx_arena_failed(b->arena)) {
        st = nx_arena_check(b->arena, "the XML document", err);
    } else if (b->text.failed) {
        st = nx_buf_check(&b->text, "text in the XML", err);
    } else if (b->out_of_memory || XML_GetErrorCode(b->parser) == XML_ERROR_NO_MEMORY) {
        st = nx_fail_nomem(err);
    } else if (b->entity_declared) {
        st = nx_fail(err, NX_EFORMAT, "the XML declares entities");
    } else if (!whole) {
        st = nx_fail(err, NX_EFORMAT, "XML line %lu: %s",
                     (unsigned long)XML_GetCurrentLineNumber(b->parser),
                     XML_ErrorString(XML_GetErrorCode(b->parser)));
    }
done:
    if (st == NX_OK) {
        *out = (nx_xml_doc){.arena = b->arena, .root = b->root};
    } else {
        nx_arena_free(b->arena);
    }
    if (b->parser != NULL) {
        XML_ParserFree(b->parser);
    }
    nx_buf_release(&b->text);
    free(b);
    return st;
}

// The encoding the XML declaration names, or absent.
static nx_str declared_encoding(nx_str bytes)
{
    nx_str head = nx_str_make(bytes.p, bytes.n < PROLOGUE_MAX ? bytes.n : PROLOGUE_MAX);
    size_t start = nx_str_find(head, NX_STR("<?xml"), 0);
    size_t end = start != SIZE_MAX ? nx_str_find(head, NX_STR("?>"), start) : SIZE_MAX;
    if (end == SIZE_MAX) {
        return NX_STR_NONE;
    }
    nx_str declaration = nx_str_make(head.p + start, end - start);
    size_t name = nx_str_find(declaration, NX_STR("encoding"), 0);
    size_t quote = name != SIZE_MAX ? name + sizeof "encoding" - 1 : declaration.n;
    while (quote < declaration.n && declaration.p[quote] != '"' && declaration.p[quote] != '\'') {
        quote++;
    }
    size_t close = quote + 1;
    while (close < declaration.n && declaration.p[close] != declaration.p[quote]) {
        close++;
    }
    return close < declaration.n ? nx_str_make(declaration.p + quote + 1, close - quote - 1)
                                 : NX_STR_NONE;
}

// Parses text in UTF-8, repaired when it is not well-formed.
static nx_status parse_text(nx_xml_doc *out, nx_str text, nx_error *err)
{
    nx_status st = parse_once(out, text, err);
    if (st != NX_EFORMAT) {
        return st;
    }
    nx_buf repaired;
    nx_buf_init(&repaired, ARENA_BASE + text.n * 6);
    nx_xml_repair(text, &repaired);
    st = nx_buf_check(&repaired, "repaired XML", err);
    if (st == NX_OK && repaired.len == 0) {
        st = nx_fail(err, NX_EFORMAT, "no XML element");
    }
    if (st == NX_OK) {
        st = parse_once(out, nx_buf_str(&repaired), err);
        out->repaired = true;
    }
    nx_buf_release(&repaired);
    return st;
}

nx_status nx_xml_parse(nx_xml_doc *out, nx_str bytes, nx_str charset, nx_error *err)
{
    *out = (nx_xml_doc){0};
    nx_buf scratch;
    nx_buf_init(&scratch, ARENA_BASE + bytes.n * 4);
    nx_str text = NX_STR_NONE;
    nx_status st =
        nx_charset_decode(bytes, charset, declared_encoding(bytes), &scratch, &text, NULL, err);
    if (st == NX_OK) {
        st = parse_text(out, text, err);
    }
    nx_buf_release(&scratch);
    return st;
}

void nx_xml_release(nx_xml_doc *doc)
{
    nx_arena_free(doc->arena);
    *doc = (nx_xml_doc){0};
}

// ---- without a tree

typedef struct scanner {
    XML_Parser parser;
    const nx_xml_handler *handler;
    int depth;
    const char *refused; // what is not read, or NULL
} scanner;

static const char *local_name(const char *qname)
{
    const char *colon = strchr(qname, ':');
    return colon != NULL ? colon + 1 : qname;
}

static void refuse(scanner *s, const char *what)
{
    s->refused = what;
    XML_StopParser(s->parser, XML_FALSE);
}

static void XMLCALL scan_start(void *user, const char *qname, const char **atts)
{
    scanner *s = user;
    if (++s->depth > NX_XML_DEPTH_MAX) {
        refuse(s, "the XML is nested too deep");
        return;
    }
    s->handler->start(s->handler->ctx, local_name(qname), atts);
}

static void XMLCALL scan_end(void *user, const char *qname)
{
    scanner *s = user;
    s->depth--;
    s->handler->end(s->handler->ctx, local_name(qname));
}

static void XMLCALL scan_text(void *user, const char *p, int n)
{
    const nx_xml_handler *handler = ((scanner *)user)->handler;
    handler->text(handler->ctx, nx_str_make(p, (size_t)n));
}

static void XMLCALL scan_doctype(void *user, const char *name, const char *system_id,
                                 const char *public_id, int has_subset)
{
    (void)name, (void)system_id, (void)public_id, (void)has_subset;
    refuse(user, "the XML has a document type");
}

static nx_status scan_failed(const scanner *s, nx_error *err)
{
    enum XML_Error code = XML_GetErrorCode(s->parser);
    return s->refused != NULL ? nx_fail(err, NX_ELIMIT, "%s", s->refused)
           : code == XML_ERROR_NO_MEMORY
               ? nx_fail_nomem(err)
               : nx_fail(err, NX_EFORMAT, "XML line %lu: %s",
                         (unsigned long)XML_GetCurrentLineNumber(s->parser), XML_ErrorString(code));
}

nx_str nx_xml_scan_value(const char **atts, const char *name)
{
    for (; *atts != NULL; atts += 2) {
        if (strcmp(local_name(atts[0]), name) == 0) {
            return nx_str_of(atts[1]);
        }
    }
    return NX_STR_NONE;
}

nx_status nx_xml_scan(nx_source *source, const nx_xml_handler *handler, nx_error *err)
{
    static const XML_Memory_Handling_Suite memory = {malloc, realloc, free};
    scanner s = {.handler = handler, .parser = XML_ParserCreate_MM(NULL, &memory, NULL)};
    if (s.parser == NULL) {
        return nx_fail_nomem(err);
    }
    XML_SetUserData(s.parser, &s);
    XML_SetElementHandler(s.parser, scan_start, scan_end);
    XML_SetCharacterDataHandler(s.parser, scan_text);
    XML_SetStartDoctypeDeclHandler(s.parser, scan_doctype);
    nx_status st = NX_OK;
    for (bool last = false; st == NX_OK && !last;) {
        st = nx_source_fill(source, 1, err);
        nx_str view = nx_source_view(source);
        view.n = view.n < CHUNK ? view.n : CHUNK;
        last = view.n == 0;
        if (st == NX_OK && XML_Parse(s.parser, view.p, (int)view.n, last) != XML_STATUS_OK) {
            st = scan_failed(&s, err);
        }
        nx_source_take(source, view.n);
    }
    XML_ParserFree(s.parser);
    return st;
}
