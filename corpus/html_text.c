// html_text.c: folding the text nodes of a tree into lines and paragraphs.
#include "corpus/html_text.h"

bool nx_html_is_mute(nx_html_tag tag)
{
    switch (tag) {
    case NX_TAG_SCRIPT:
    case NX_TAG_STYLE:
    case NX_TAG_TEMPLATE:
    case NX_TAG_NOSCRIPT:
    case NX_TAG_TITLE:
    case NX_TAG_IFRAME:
    case NX_TAG_SVG:
    case NX_TAG_MATH:
    case NX_TAG_CANVAS:
    case NX_TAG_OBJECT:
    case NX_TAG_AUDIO:
    case NX_TAG_VIDEO:
    case NX_TAG_BUTTON:
    case NX_TAG_SELECT:
    case NX_TAG_OPTION:
    case NX_TAG_TEXTAREA:
    case NX_TAG_NOEMBED:
    case NX_TAG_NOFRAMES: return true;
    default: return false;
    }
}

// The length of a white space character at s.p[i]: ASCII or U+00A0; 0 when it is none.
static size_t space_at(nx_str s, size_t i)
{
    if (nx_is_space(s.p[i])) {
        return 1;
    }
    return s.p[i] == '\xc2' && i + 1 < s.n && s.p[i + 1] == '\xa0' ? 2 : 0;
}

// Appends s with white space runs as one space; *pending: a space is due before the next word.
static void add_folded(nx_buf *out, nx_str s, size_t line_start, bool *pending)
{
    size_t i = 0;
    while (i < s.n) {
        size_t space = space_at(s, i);
        if (space > 0) {
            *pending = true;
            i += space;
            continue;
        }
        if (*pending && out->len > line_start) {
            nx_buf_addc(out, ' ');
        }
        *pending = false;
        size_t start = i;
        while (i < s.n && space_at(s, i) == 0) {
            i++;
        }
        nx_buf_add(out, s.p + start, i - start);
    }
}

void nx_html_line(const nx_html_tree *t, uint32_t node, nx_buf *out)
{
    size_t start = out->len;
    bool pending = false;
    uint32_t end = t->nodes[node].end;
    end = end - node > NX_HTML_LINE_NODES ? node + NX_HTML_LINE_NODES : end;
    for (uint32_t i = node; i < end && out->len - start <= NX_HTML_LINE_BYTES;) {
        const nx_html_node *n = &t->nodes[i];
        if (i != node && nx_html_is_mute(n->tag)) {
            i = n->end;
            continue;
        }
        if (n->tag == NX_TAG_TEXT) {
            add_folded(out, n->text, start, &pending);
        } else {
            pending |= nx_html_is_block(n->tag) || n->tag == NX_TAG_BR;
        }
        i++;
    }
}

// Has s as many brackets and operators as only programs have: one in a hundred characters?
static bool is_code(nx_str s)
{
    size_t marks = 0;
    for (size_t i = 0; i < s.n; i++) {
        marks += s.p[i] != '\0' && strchr("{}<>=;[]_$#", s.p[i]) != NULL;
    }
    return marks * 100 > s.n;
}

size_t nx_html_pre_paragraph(nx_str s)
{
    if (is_code(s)) {
        return s.n;
    }
    for (size_t i = 0; i < s.n;) {
        size_t lines = 0, indent = 0;
        for (; i < s.n && nx_is_space(s.p[i]); i++) {
            lines += s.p[i] == '\n';
            indent = s.p[i] == '\n' || s.p[i] == '\r' ? 0 : indent + 1;
        }
        if (i < s.n && (lines > 1 || (lines == 1 && indent > 1))) {
            return i;
        }
        i = nx_str_find_space(s, i);
    }
    return s.n;
}

bool nx_html_is_hidden(const nx_html_tree *t, uint32_t node)
{
    static const char *const styles[] = {"display:none", "display: none", "visibility:hidden",
                                         "visibility: hidden"};
    if (t->nodes[node].attr_count == 0) {
        return false;
    }
    nx_str style = nx_html_attr_get(t, node, NX_ATTR_STYLE);
    bool hidden = nx_html_attr_get(t, node, NX_ATTR_HIDDEN).p != NULL;
    for (size_t k = 0; k < NX_COUNT(styles) && style.n > 0; k++) {
        hidden |= nx_str_find_nocase(style, nx_str_of(styles[k]), 0) != SIZE_MAX;
    }
    return hidden;
}

static void end_paragraph(nx_buf *out, size_t *start, bool *pending)
{
    if (out->len > *start) {
        nx_buf_addc(out, '\n');
    }
    *start = out->len;
    *pending = false;
}

void nx_html_paragraphs(const nx_html_tree *t, uint32_t node, const bool *drop, nx_buf *out)
{
    size_t start = out->len;
    bool pending = false;
    uint32_t block = node, pre_end = 0; // of the text that was last added; inside <pre> up to there
    for (uint32_t i = node; i < t->nodes[node].end;) {
        const nx_html_node *n = &t->nodes[i];
        bool breaks = n->tag == NX_TAG_BR || nx_html_is_block(n->tag);
        if (breaks || (n->tag == NX_TAG_TEXT && n->block != block)) {
            end_paragraph(out, &start, &pending);
        }
        if (nx_html_is_mute(n->tag) || (drop != NULL && drop[i])) {
            i = n->end;
            continue;
        }
        if (n->tag == NX_TAG_PRE) {
            pre_end = n->end > pre_end ? n->end : pre_end;
        } else if (n->tag == NX_TAG_TEXT) {
            nx_str text = n->text;
            size_t part = i < pre_end ? nx_html_pre_paragraph(text) : text.n;
            while (part < text.n) {
                add_folded(out, nx_str_make(text.p, part), start, &pending);
                end_paragraph(out, &start, &pending);
                text = nx_str_skip(text, part);
                part = nx_html_pre_paragraph(text);
            }
            add_folded(out, text, start, &pending);
            block = n->block;
        }
        i++;
    }
    end_paragraph(out, &start, &pending);
}
