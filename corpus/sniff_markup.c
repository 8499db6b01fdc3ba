// sniff_markup.c: SGML, XML and HTML, told by what stands first in them. nx_sniff_markup.
#include "corpus/sniff.h"

static bool starts_tag(nx_str s, const char *tag)
{
    size_t n = strlen(tag);
    return nx_str_starts_nocase(s, nx_str_of(tag)) &&
           (s.n == n || nx_is_space(s.p[n]) || s.p[n] == '>' || s.p[n] == '/');
}

// Skips white space, the XML declaration, processing instructions, comments and a DOCTYPE.
static nx_str skip_prolog(nx_str s, nx_str *doctype)
{
    *doctype = NX_STR_NONE;
    for (;;) {
        s = nx_str_trim(s);
        size_t end;
        if (nx_str_starts(s, NX_STR("<?"))) {
            end = nx_str_find(s, NX_STR("?>"), 2);
            end = end == SIZE_MAX ? nx_str_find(s, NX_STR(">"), 2) : end + 1;
        } else if (nx_str_starts(s, NX_STR("<!--"))) {
            end = nx_str_find(s, NX_STR("-->"), 4);
            end = end == SIZE_MAX ? end : end + 2;
        } else if (nx_str_starts_nocase(s, NX_STR("<!doctype"))) {
            end = nx_str_find(s, NX_STR(">"), 9);
            size_t subset = nx_str_find(s, NX_STR("["), 9);
            if (subset < end) {
                end = nx_str_find(s, NX_STR("]"), subset);
                end = end == SIZE_MAX ? end : nx_str_find(s, NX_STR(">"), end);
            }
            *doctype = nx_str_make(s.p, end == SIZE_MAX ? s.n : end);
        } else {
            return s;
        }
        if (end == SIZE_MAX) {
            return NX_STR_NONE;
        }
        s = nx_str_skip(s, end + 1);
    }
}

// The kind of XML by its root element; NX_FORMAT_AUTO for one that no reader knows. s starts at the
// declaration or root.
static nx_format xml_format(nx_str s)
{
    nx_str doctype, root = skip_prolog(s, &doctype);
    if (root.n < 2 || root.p[0] != '<') {
        return NX_FORMAT_AUTO;
    }
    size_t end = 1;
    size_t colon = 0;
    while (end < root.n && !nx_is_space(root.p[end]) && root.p[end] != '>' && root.p[end] != '/') {
        colon = root.p[end] == ':' ? end : colon;
        end++;
    }
    static const struct {
        const char *name;
        nx_format format;
    } roots[] = {
        {"rss", NX_FORMAT_FEED},
        {"rdf", NX_FORMAT_FEED},
        {"feed", NX_FORMAT_FEED},
        {"entry", NX_FORMAT_FEED},
        {"channel", NX_FORMAT_FEED},
        {"newsml", NX_FORMAT_NEWSML1},
        {"nitf", NX_FORMAT_NITF},
        {"newsItem", NX_FORMAT_NEWSML2},
        {"newsMessage", NX_FORMAT_NEWSML2},
        {"packageItem", NX_FORMAT_NEWSML2},
        {"conceptItem", NX_FORMAT_NEWSML2},
        {"knowledgeItem", NX_FORMAT_NEWSML2},
        {"planningItem", NX_FORMAT_NEWSML2},
        {"catalogItem", NX_FORMAT_NEWSML2},
        {"html", NX_FORMAT_HTML},
    };
    nx_str name =
        nx_str_make(root.p + (colon > 0 ? colon + 1 : 1), end - (colon > 0 ? colon + 1 : 1));
    for (size_t i = 0; i < NX_COUNT(roots); i++) {
        // Reuters' <newsitem> (RCV1) is not the <newsItem> of NewsML.
        bool exact = roots[i].format == NX_FORMAT_NEWSML2;
        if (exact ? nx_str_eq(name, nx_str_of(roots[i].name))
                  : nx_str_eq_nocase(name, nx_str_of(roots[i].name))) {
            bool wxr = roots[i].format == NX_FORMAT_FEED &&
                       nx_str_find(root, NX_STR("wordpress.org/export/"), 0) != SIZE_MAX;
            return wxr ? NX_FORMAT_WXR : roots[i].format;
        }
    }
    return NX_FORMAT_AUTO;
}

static bool is_html(nx_str s, nx_str doctype)
{
    static const char *const tags[] = {
        "<html", "<head",  "<body",   "<title", "<meta",    "<div",     "<p",      "<script",
        "<link", "<table", "<h1",     "<style", "<article", "<section", "<span",   "<main",
        "<br",   "<a",     "<center", "<font",  "<ul",      "<h2",      "<header", "<img"};
    if (nx_str_starts_nocase(doctype, NX_STR("<!doctype html"))) {
        return true;
    }
    for (size_t i = 0; i < NX_COUNT(tags); i++) {
        if (starts_tag(s, tags[i])) {
            return true;
        }
    }
    return false;
}

nx_format nx_sniff_markup(nx_str s, nx_str name)
{
    static const char *const pages[] = {".html", ".htm", NULL}, *const documents[] = {".xml", NULL};
    if (s.n == 0 || s.p[0] != '<') {
        return NX_FORMAT_AUTO;
    }
    nx_str doctype, root = skip_prolog(s, &doctype);
    if (starts_tag(root, "<reuters") || nx_str_starts_nocase(doctype, NX_STR("<!doctype lewis"))) {
        return NX_FORMAT_REUTERS;
    }
    if (starts_tag(root, "<doc")) {
        nx_str start = nx_str_make(root.p, root.n < 2000 ? root.n : 2000);
        if (nx_str_find_nocase(start, NX_STR("<docno"), 0) != SIZE_MAX ||
            nx_str_find_nocase(start, NX_STR("<doc id"), 0) != SIZE_MAX ||
            nx_str_find_nocase(start, NX_STR("</docno"), 0) != SIZE_MAX) {
            return NX_FORMAT_TREC;
        }
    }
    bool declared = nx_str_starts(s, NX_STR("<?xml"));
    bool exported =
        declared && starts_tag(root, "<article"); // JATS and its like; no page is cut so
    if (!exported && is_html(root, doctype)) {
        return NX_FORMAT_HTML;
    }
    nx_format xml = xml_format(s);
    if (xml != NX_FORMAT_AUTO) {
        return xml;
    }
    if (nx_str_starts(root, NX_STR("<")) && nx_str_ends_any_nocase(name, pages) > 0) {
        return NX_FORMAT_HTML;
    }
    bool element = root.n > 1 && root.p[0] == '<' && nx_is_alpha(root.p[1]);
    bool closes = nx_str_find(root, NX_STR("</"), 0) != SIZE_MAX; // "<GM> rose" is prose
    bool is_xml = declared || (element && (closes || nx_str_ends_any_nocase(name, documents) > 0));
    return is_xml ? NX_FORMAT_XML : NX_FORMAT_AUTO;
}
