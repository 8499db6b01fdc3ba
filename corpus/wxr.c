// wxr.c: WordPress exports (WXR): RSS 2.0 with every kind of post in it, in the editor's markup.
//
// Published posts are articles; pages, attachments, menus and drafts are not. The content is what
// the editor holds: blank lines for paragraphs, and shortcodes.
#include "corpus/feed.h"

enum { TAG_MAX = 500, CLOSER_MAX = 10000 };

static nx_str wp_text(nx_xml_doc *doc, const nx_xml_node *item, const char *name)
{
    const nx_xml_node *n = nx_xml_child(item, name);
    while (n != NULL && n->ns != NX_XMLNS_WP) {
        n = nx_xml_sibling(n, name);
    }
    return nx_xml_text(doc, n);
}

static const char *unwanted(nx_xml_doc *doc, const nx_xml_node *item)
{
    nx_str type = wp_text(doc, item, "post_type"), status = wp_text(doc, item, "status");
    if (type.n > 0 && !nx_str_eq_nocase(type, NX_STR("post"))) {
        return "not a post";
    }
    return status.n > 0 && !nx_str_eq_nocase(status, NX_STR("publish")) ? "not published" : NULL;
}

// The name that is shown for the user that wrote an item; the login itself when the export does not
// list him.
static nx_str person(nx_xml_doc *doc, const nx_xml_node *channel, nx_str login)
{
    for (const nx_xml_node *n = nx_xml_child(channel, "author"); n != NULL;
         n = nx_xml_sibling(n, "author")) {
        if (n->ns == NX_XMLNS_WP && nx_str_eq(wp_text(doc, n, "author_login"), login)) {
            nx_str shown = nx_str_trim(wp_text(doc, n, "author_display_name"));
            return shown.n > 0 ? shown : login;
        }
    }
    return login;
}

static nx_str shortcode_name(nx_str s, size_t i)
{
    size_t end = i;
    while (end < s.n && ((s.p[end] >= 'a' && s.p[end] <= 'z') || nx_is_digit(s.p[end]) ||
                         s.p[end] == '_' || s.p[end] == '-')) {
        end++;
    }
    return nx_str_make(s.p + i, end - i);
}

// Where "[/name]" ends after i, at most CLOSER_MAX bytes away; 0 when it is not there.
static size_t closer_end(nx_str s, size_t i, nx_str name)
{
    nx_str window = nx_str_make(s.p, s.n - i < CLOSER_MAX ? s.n : i + CLOSER_MAX);
    for (;;) {
        i = nx_str_find(window, NX_STR("[/"), i);
        if (i == SIZE_MAX) {
            return 0;
        }
        i += 2;
        if (nx_str_eq(shortcode_name(window, i), name)) {
            size_t end = i + name.n;
            return end < window.n && window.p[end] == ']' ? end + 1 : 0;
        }
    }
}

// Length of the shortcode at i, which is to be left out; 0 when the bracket is prose. A caption
// goes with all that is in it.
static size_t shortcode(nx_str s, size_t i)
{
    static const char *const alone[] = {"gallery", "playlist", "audio", "video", "embed", NULL};
    bool closing = i + 1 < s.n && s.p[i + 1] == '/';
    nx_str name = shortcode_name(s, i + 1 + closing);
    nx_str window = nx_str_make(s.p, s.n - i < TAG_MAX ? s.n : i + TAG_MAX);
    size_t end = name.n > 0 ? nx_str_find(window, NX_STR("]"), i) : SIZE_MAX;
    if (end == SIZE_MAX) {
        return 0;
    }
    end++;
    nx_str tag = nx_str_make(s.p + i, end - i);
    size_t closer = closing ? 0 : closer_end(s, end, name);
    if (closer > 0 && nx_str_eq(name, NX_STR("caption"))) {
        return closer - i;
    }
    bool known = closing || closer > 0 || nx_str_find(tag, NX_STR("="), 0) != SIZE_MAX;
    for (size_t k = 0; alone[k] != NULL; k++) {
        known = known || nx_str_eq(name, nx_str_of(alone[k]));
    }
    return known ? tag.n : 0;
}

static void content(nx_str text, nx_buf *html)
{
    for (size_t i = 0; i < text.n; i++) {
        size_t skip = text.p[i] == '[' ? shortcode(text, i) : 0;
        if (skip > 0) {
            i += skip - 1;
            continue;
        }
        nx_buf_addc(html, text.p[i]);
        if (text.p[i] != '\n') {
            continue;
        }
        size_t next = i + 1;
        while (next < text.n && (text.p[next] == '\r' || text.p[next] == ' ')) {
            next++;
        }
        if (next < text.n && text.p[next] == '\n') {
            nx_buf_addz(html, "<p>");
        }
    }
}

nx_status nx_read_wxr(const nx_record *r, const nx_corpus_options *options,
                      const nx_article_sink *sink, nx_error *err)
{
    static const nx_feed_dialect dialect = {unwanted, content, person};
    return nx_feed_read(r, options, sink, &dialect, err);
}
