// html_tree.c: tags, attributes, comments and text of a page, read in one pass (HTML Standard
// 13.2.5); html_build.c says where they belong.
#include "corpus/html_tree.h"

#include <stdlib.h>

#include "corpus/html_build.h"
#include "corpus/html_decode.h"
#include "corpus/html_names.h"

enum {
    ATTRS_PER_NODE = 32,
    ATTRS_MAX = 8000000,
    TEXT_MAX = INT32_MAX,
};

static nx_str decoded(nx_html_builder *b, nx_str s)
{
    if (s.n == 0 || memchr(s.p, '&', s.n) == NULL) {
        return s;
    }
    char *to = nx_arena_alloc(b->t->arena, s.n);
    if (to == NULL) {
        b->nomem = true;
        return NX_STR_NONE;
    }
    return nx_str_make(to, nx_html_decode_into(s, to));
}

static void add_text(nx_html_builder *b, nx_str raw, bool decode)
{
    if (raw.n == 0 || (b->after_block && nx_str_trim(raw).n == 0)) {
        return;
    }
    if (nx_str_trim(raw).n > 0) {
        b->after_block = false;
        if (b->last[NX_TAG_HEAD] == b->depth && b->depth > 0) {
            nx_html_build_leave_head(b);
        }
    }
    uint32_t id = nx_html_build_node(b, NX_TAG_TEXT);
    if (id != 0) {
        b->t->nodes[id].text = decode ? decoded(b, raw) : raw;
    }
}

static bool ends_name(char c)
{
    return nx_is_space(c) || c == '>' || c == '/';
}

// Where "</name" begins at or after from; html.n when it does not come.
static size_t find_end_tag(nx_str html, nx_str name, size_t from)
{
    while (from < html.n) {
        const char *lt = memchr(html.p + from, '<', html.n - from);
        if (lt == NULL) {
            break;
        }
        size_t at = (size_t)(lt - html.p);
        size_t after = at + 2 + name.n;
        if (after <= html.n && html.p[at + 1] == '/' &&
            nx_str_eq_nocase(nx_str_make(lt + 2, name.n), name) &&
            (after == html.n || ends_name(html.p[after]))) {
            return at;
        }
        from = at + 1;
    }
    return html.n;
}

static void add_attr(nx_html_builder *b, uint32_t node, nx_html_attr attr, nx_str raw)
{
    nx_html_tree *t = b->t;
    nx_html_node *n = &t->nodes[node];
    for (uint32_t i = 0; i < n->attr_count; i++) {
        if (t->attrs[n->attrs + i].attr == attr) {
            return; // the first one counts
        }
    }
    if (n->attr_count >= ATTRS_PER_NODE) {
        return;
    }
    if (t->attr_total >= ATTRS_MAX) {
        b->over = true;
        return;
    }
    t->attrs = nx_html_build_grown(b, t->attrs, &t->attr_cap, t->attr_total + 1, sizeof *t->attrs);
    if (b->nomem) {
        return;
    }
    t->attrs[t->attr_total++] =
        (nx_html_attr_value){.attr = (uint8_t)attr, .value = decoded(b, raw)};
    n->attr_count++;
}

// An attribute value at *at (after the '='), quoted or not.
static nx_str attr_value(nx_str html, size_t *at)
{
    size_t i = nx_str_skip_space(html, *at);
    if (i < html.n && (html.p[i] == '"' || html.p[i] == '\'')) {
        const char *from = html.p + i + 1;
        const char *quote = memchr(from, html.p[i], html.n - i - 1);
        size_t n = quote != NULL ? (size_t)(quote - from) : html.n - i - 1;
        *at = i + 1 + n + (quote != NULL);
        return nx_str_make(from, n);
    }
    size_t start = i;
    while (i < html.n && !nx_is_space(html.p[i]) && html.p[i] != '>') {
        i++;
    }
    *at = i;
    return nx_str_make(html.p + start, i - start);
}

// Reads attributes up to and over the '>'. node 0: reads over them. Returns whether it ended "/>".
static bool read_attrs(nx_html_builder *b, uint32_t node)
{
    nx_str html = b->html;
    bool slash = false;
    while (b->at < html.n && html.p[b->at] != '>') {
        if (nx_is_space(html.p[b->at]) || html.p[b->at] == '/') {
            slash = html.p[b->at] == '/';
            b->at++;
            continue;
        }
        slash = false;
        size_t start = b->at++; // a name may begin with anything, '=' too
        while (b->at < html.n && html.p[b->at] != '=' && !ends_name(html.p[b->at])) {
            b->at++;
        }
        nx_str name = {html.p + start, b->at - start};
        size_t eq = nx_str_skip_space(html, b->at);
        nx_str value = nx_str_make(name.p + name.n, 0);
        if (eq < html.n && html.p[eq] == '=') {
            b->at = eq + 1;
            value = attr_value(html, &b->at);
        }
        nx_html_attr attr = node != 0 ? nx_html_attr_of(name) : NX_ATTR_COUNT;
        if (attr != NX_ATTR_COUNT) {
            add_attr(b, node, attr, value);
        }
    }
    b->at += b->at < html.n;
    return slash;
}

static void raw_content(nx_html_builder *b, nx_html_tag tag, nx_str name)
{
    size_t end = find_end_tag(b->html, name, b->at);
    b->after_block = false;
    add_text(b, nx_str_make(b->html.p + b->at, end - b->at),
             tag == NX_TAG_TITLE || tag == NX_TAG_TEXTAREA);
    b->at = end;
}

static void start_tag(nx_html_builder *b, nx_html_tag tag, nx_str name)
{
    bool again = (tag == NX_TAG_HTML && b->last[NX_TAG_HTML] != 0) ||
                 (tag == NX_TAG_BODY && b->seen_body) ||
                 (tag == NX_TAG_HEAD && (b->last[NX_TAG_HEAD] != 0 || b->seen_body));
    if (again) {
        (void)read_attrs(b, 0);
        return;
    }
    b->seen_body |= tag == NX_TAG_BODY;
    unsigned flags = nx_html_tag_flags(tag);
    nx_html_build_imply_ends(b, tag);
    uint32_t node = nx_html_build_node(b, tag);
    bool closed = read_attrs(b, node);
    if (node == 0) {
        return;
    }
    if (tag == NX_TAG_OTHER) {
        b->t->nodes[node].text = name;
    }
    b->after_block |= (flags & NX_HTML_BLOCK) != 0 || tag == NX_TAG_BR;
    bool foreign = b->last[NX_TAG_SVG] != 0 || b->last[NX_TAG_MATH] != 0;
    if ((flags & NX_HTML_VOID) != 0 ||
        (closed && (foreign || tag == NX_TAG_SVG || tag == NX_TAG_OTHER))) {
        return;
    }
    nx_html_build_push(b, tag, node);
    if ((flags & NX_HTML_RAW) != 0 && !b->nomem) {
        raw_content(b, tag, name);
    }
}

static void skip_past(nx_html_builder *b, nx_str what)
{
    size_t end = nx_str_find(b->html, what, b->at);
    b->at = end != SIZE_MAX ? end + what.n : b->html.n;
}

// "<!...": comments, doctype, CDATA.
static void declaration(nx_html_builder *b)
{
    nx_str rest = nx_str_skip(b->html, b->at);
    if (nx_str_starts(rest, NX_STR("<!-->"))) {
        b->at += 5;
    } else if (nx_str_starts(rest, NX_STR("<!--")) && !b->no_comment_end) {
        size_t end = nx_str_find(b->html, NX_STR("-->"), b->at + 4);
        // A comment that never ends would take the rest of the page with it.
        b->no_comment_end = end == SIZE_MAX;
        if (end != SIZE_MAX) {
            b->at = end + 3;
        } else {
            skip_past(b, NX_STR(">"));
        }
    } else {
        skip_past(b, NX_STR(">"));
    }
}

// The '<' at b->at begins markup: reads it. false: it is text.
static bool markup(nx_html_builder *b)
{
    nx_str html = b->html;
    if (b->at + 1 >= html.n) {
        return false;
    }
    char c = html.p[b->at + 1];
    if (c == '!') {
        declaration(b);
        return true;
    }
    if (c == '?') {
        skip_past(b, NX_STR(">"));
        return true;
    }
    bool end = c == '/';
    size_t start = b->at + 1 + end;
    if (start >= html.n || !nx_is_alpha(html.p[start])) {
        if (end) {
            skip_past(b, NX_STR(">"));
        }
        return end;
    }
    size_t stop = start;
    while (stop < html.n && !ends_name(html.p[stop])) {
        stop++;
    }
    nx_str name = {html.p + start, stop - start};
    nx_html_tag tag = nx_html_tag_of(name);
    b->at = stop;
    if (!end) {
        start_tag(b, tag, name);
        return true;
    }
    (void)read_attrs(b, 0);
    nx_html_build_end_tag(b, tag, name);
    b->after_block |= nx_html_is_block(tag);
    return true;
}

static void build(nx_html_builder *b)
{
    size_t text_from = 0;
    while (b->at < b->html.n && !nx_html_build_failed(b)) {
        const char *lt = memchr(b->html.p + b->at, '<', b->html.n - b->at);
        b->at = lt != NULL ? (size_t)(lt - b->html.p) : b->html.n;
        size_t tag_from = b->at;
        if (lt == NULL) {
            break;
        }
        // What is before the '<' is text of the element that is open now.
        char next = tag_from + 1 < b->html.n ? lt[1] : '\0';
        if (nx_is_alpha(next) || next == '/' || next == '!' || next == '?') {
            add_text(b, nx_str_make(b->html.p + text_from, tag_from - text_from), true);
        }
        if (nx_html_build_failed(b)) {
            break;
        }
        if (markup(b)) {
            text_from = b->at;
        } else {
            b->at = tag_from + 1;
        }
    }
    if (!nx_html_build_failed(b) && text_from < b->html.n) {
        add_text(b, nx_str_skip(b->html, text_from), true);
    }
    nx_html_build_finish(b);
}

nx_status nx_html_parse(nx_html_tree *out, nx_str html, nx_error *err)
{
    *out = (nx_html_tree){0};
    if (html.n > TEXT_MAX) {
        return nx_fail(err, NX_ELIMIT, "HTML page over 2 GiB");
    }
    nx_html_builder b = {.t = out, .html = html, .after_block = true};
    out->arena = nx_arena_new(html.n + (1U << 20));
    b.nomem = out->arena == NULL;
    if (!b.nomem) {
        (void)nx_html_build_node(&b, NX_TAG_ROOT);
        b.stack = nx_html_build_grown(&b, b.stack, &b.stack_cap, 1, sizeof *b.stack);
    }
    if (!b.nomem) {
        b.stack[0] = (nx_html_open){.tag = NX_TAG_ROOT};
        build(&b);
        out->nodes[0].end = out->count;
    }
    free(b.stack);
    if (!nx_html_build_failed(&b)) {
        return NX_OK;
    }
    nx_html_release(out);
    return b.nomem ? nx_fail_nomem(err)
                   : nx_fail(err, NX_ELIMIT, "HTML page with too many elements");
}

void nx_html_release(nx_html_tree *t)
{
    nx_arena_free(t->arena);
    free(t->nodes);
    free(t->attrs);
    *t = (nx_html_tree){0};
}

nx_str nx_html_attr_get(const nx_html_tree *t, uint32_t node, nx_html_attr attr)
{
    const nx_html_node *n = &t->nodes[node];
    for (uint32_t i = 0; i < n->attr_count; i++) {
        if (t->attrs[n->attrs + i].attr == attr) {
            return t->attrs[n->attrs + i].value;
        }
    }
    return NX_STR_NONE;
}

bool nx_html_has_word(nx_str list, nx_str word)
{
    for (nx_str w = nx_str_take_word(&list); w.n > 0; w = nx_str_take_word(&list)) {
        if (nx_str_eq_nocase(w, word)) {
            return true;
        }
    }
    return false;
}
