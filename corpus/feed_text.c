// feed_text.c: see feed_text.h.
#include "corpus/feed_text.h"

#include "corpus/attribute.h"
#include "corpus/reader.h"
#include "corpus/transfer.h"
#include "corpus/xml_text.h"

// Plain text: single line ends are white space, empty lines separate paragraphs.
static void add_plain(nx_buf *out, nx_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '\n' && s.p[i] != '\r') {
            nx_buf_addc(out, s.p[i]);
            continue;
        }
        size_t newlines = 0;
        for (; i < s.n && nx_is_space(s.p[i]); i++) {
            newlines += s.p[i] == '\n';
        }
        i--;
        nx_buf_addc(out, newlines > 1 ? '\n' : ' ');
    }
}

static bool has_elements(const nx_xml_node *node)
{
    for (const nx_xml_node *n = node->child; n != NULL; n = n->next) {
        if (n->name.p != NULL) {
            return true;
        }
    }
    return false;
}

typedef enum kind { LOOKS, PLAIN, HTML, BINARY } kind;

// RFC 4287, 3.1 and 4.1.3; Atom 0.3 says it with mode and a media type. RSS says nothing.
static kind declared_kind(const nx_xml_node *node)
{
    nx_str type = nx_xml_attr_get(node, "type"), mode = nx_xml_attr_get(node, "mode");
    if (nx_str_eq_nocase(mode, NX_STR("base64"))) {
        return BINARY;
    }
    if (node->ns != NX_XMLNS_ATOM && node->ns != NX_XMLNS_ATOM03) {
        return LOOKS;
    }
    if (nx_str_find_nocase(type, NX_STR("html"), 0) != SIZE_MAX) {
        return HTML;
    }
    if (type.n == 0 && !nx_xml_is(node, "content")) {
        return node->ns == NX_XMLNS_ATOM ? PLAIN : LOOKS;
    }
    if (type.n == 0 || nx_str_find_nocase(type, NX_STR("xml"), 0) != SIZE_MAX) {
        return LOOKS;
    }
    return nx_str_starts_nocase(type, NX_STR("text")) ? PLAIN : BINARY;
}

// Markup that was escaped once more on its way ("&amp;lt;p&amp;gt;") is text that begins with a tag
// and has been no tag before.
static bool is_markup_again(nx_str text, nx_str html)
{
    return nx_str_starts(text, NX_STR("<")) && memchr(html.p, '<', html.n) == NULL &&
           nx_looks_like_html(text);
}

static nx_status add_markup(nx_str html, nx_buf *out, nx_error *err)
{
    size_t start = out->len;
    nx_status st = nx_html_fragment_text(html, out, err);
    nx_str text = nx_str_make(out->data + start, out->len - start);
    if (st != NX_OK || !is_markup_again(text, html)) {
        return st;
    }
    nx_buf once;
    nx_buf_init(&once, out->max);
    nx_buf_adds(&once, text);
    nx_buf_truncate(out, start);
    st = nx_buf_check(&once, "the text of a feed item", err);
    st = st == NX_OK ? nx_html_fragment_text(nx_buf_str(&once), out, err) : st;
    nx_buf_release(&once);
    return st;
}

static nx_status add_text(nx_str s, kind k, nx_buf *out, nx_error *err)
{
    if (k == HTML || (k == LOOKS && nx_looks_like_html(s))) {
        return add_markup(s, out, err);
    }
    add_plain(out, s);
    return NX_OK;
}

nx_status nx_feed_text(nx_xml_doc *doc, const nx_xml_node *node, nx_buf *out, nx_error *err)
{
    nx_buf_clear(out);
    if (node == NULL) {
        return NX_OK;
    }
    kind k = declared_kind(node);
    nx_status st = NX_OK;
    if (has_elements(node)) {
        nx_xml_block_text(node, out);
    } else if (k == BINARY) {
        nx_buf decoded;
        nx_buf_init(&decoded, out->max);
        nx_base64_decode(nx_xml_text(doc, node), &decoded);
        st = nx_buf_check(&decoded, "base64 content", err);
        if (st == NX_OK) {
            st = add_text(nx_buf_str(&decoded), LOOKS, out, err);
        }
        nx_buf_release(&decoded);
    } else {
        st = add_text(nx_xml_text(doc, node), k, out, err);
    }
    return st == NX_OK ? nx_buf_check(out, "the text of a feed item", err) : st;
}

static nx_str last_line(nx_str text)
{
    size_t start = text.n;
    while (start > 0 && text.p[start - 1] != '\n') {
        start--;
    }
    return nx_str_trim(nx_str_skip(text, start));
}

static bool is_footer(nx_str line)
{
    static const char *const whole[] = {
        "read more", "read more...", "continue reading", "[...]",     "continue reading...",
        "comments",  "full article", "(more...)",        "permalink", NULL};
    for (size_t i = 0; whole[i] != NULL; i++) {
        if (nx_str_eq_nocase(line, nx_str_of(whole[i]))) {
            return true;
        }
    }
    return nx_str_starts(line, NX_STR("The post ")) &&
           nx_str_find(line, NX_STR(" appeared first on "), 0) != SIZE_MAX;
}

nx_str nx_feed_without_footer(nx_str text)
{
    for (;;) {
        text = nx_str_trim(text);
        nx_str line = last_line(text);
        if (line.n == 0 || !is_footer(line)) {
            return text;
        }
        text.n = (size_t)(line.p - text.p);
    }
}

// Is part what the host is called, letters and digits only ("The Era of Light" and
// era-of-light.com)?
static bool names_host(nx_str part, nx_str host)
{
    if (nx_str_starts_nocase(part, NX_STR("the "))) {
        part = nx_str_skip(part, 4);
    }
    size_t k = 0;
    for (size_t i = 0; i < part.n; i++) {
        if (nx_is_alpha(part.p[i]) || nx_is_digit(part.p[i])) {
            k += k < host.n && host.p[k] == '-';
            if (k >= host.n || nx_lower(part.p[i]) != nx_lower(host.p[k])) {
                return false;
            }
            k++;
        }
    }
    return k > 2 && k < host.n && host.p[k] == '.';
}

void nx_feed_set_publisher(nx_article *a, nx_str feed_title, nx_str host)
{
    static const nx_str separators[] = {{" - ", 3}, {" | ", 3},        {": ", 2},
                                        {" > ", 3}, {" \xc2\xbb ", 4}, {" \xe2\x80\x93 ", 5}};
    feed_title = nx_str_trim(feed_title);
    if (feed_title.n == 0 || nx_outlet_by_host(host).p != NULL) {
        return;
    }
    for (size_t start = 0; start < feed_title.n;) {
        size_t end = feed_title.n, after = feed_title.n;
        for (size_t i = 0; i < NX_COUNT(separators); i++) {
            size_t found = nx_str_find(feed_title, separators[i], start);
            if (found < end) {
                end = found;
                after = found + separators[i].n;
            }
        }
        nx_str part = nx_str_trim(nx_str_make(feed_title.p + start, end - start));
        nx_str outlet = nx_outlet_by_name(part);
        if (outlet.p != NULL || names_host(part, host)) {
            nx_article_set(a, &a->source, outlet.p != NULL ? outlet : part, NX_FROM_FEED);
            return;
        }
        start = after;
    }
    nx_article_set(a, &a->source, feed_title, NX_FROM_FEED);
}

void nx_feed_add_keywords(nx_article *a, nx_str list)
{
    while (list.n > 0) {
        size_t end = nx_str_find(list, NX_STR(","), 0);
        end = end != SIZE_MAX ? end : list.n;
        nx_article_add_keyword(a, nx_str_make(list.p, end), NX_FROM_FEED);
        end += end < list.n;
        list = nx_str_skip(list, end);
    }
}
