// html_meta.c: what a page says of itself to machines: linked data, <meta>, <link>.
#include "corpus/html_page.h"

#include "corpus/attribute.h"
#include "corpus/html_text.h"
#include "corpus/url_join.h"

// ---- gathering

static void gather_meta(nx_html_page *p, uint32_t i)
{
    static const nx_html_attr keys[] = {NX_ATTR_PROPERTY, NX_ATTR_NAME, NX_ATTR_ITEMPROP,
                                        NX_ATTR_HTTP_EQUIV};
    nx_str content = nx_str_trim(nx_html_attr_get(&p->tree, i, NX_ATTR_CONTENT));
    for (size_t k = 0; k < NX_COUNT(keys) && content.n > 0; k++) {
        nx_str key = nx_html_attr_get(&p->tree, i, keys[k]);
        if (nx_str_starts_nocase(key, NX_STR("og:article:"))) { // so some write "article:"
            key = nx_str_skip(key, sizeof "og:" - 1);
        }
        if (key.n > 0 && p->meta_count < NX_HTML_META_MAX) {
            p->metas[p->meta_count++] = (nx_html_meta_row){nx_str_trim(key), content};
        }
    }
}

static nx_status gather_script(nx_html_page *p, uint32_t i, nx_error *err)
{
    nx_str type = nx_html_attr_get(&p->tree, i, NX_ATTR_TYPE);
    if (nx_str_find_nocase(type, NX_STR("ld+json"), 0) == SIZE_MAX ||
        p->tree.nodes[i].end == i + 1) {
        return NX_OK;
    }
    return nx_jsonld_add(&p->ld, p->tree.nodes[i + 1].text, err);
}

nx_status nx_html_page_scan(nx_html_page *p, nx_error *err)
{
    const nx_html_tree *t = &p->tree;
    nx_status s = NX_OK;
    for (uint32_t i = 1; i < t->count && s == NX_OK; i++) {
        switch (t->nodes[i].tag) {
        case NX_TAG_META: gather_meta(p, i); break;
        case NX_TAG_SCRIPT: s = gather_script(p, i, err); break;
        case NX_TAG_HTML:
            p->lang = nx_html_attr_get(t, i, NX_ATTR_LANG);
            p->lang = p->lang.n > 0 ? p->lang : nx_html_attr_get(t, i, NX_ATTR_XML_LANG);
            break;
        case NX_TAG_LINK:
            if (p->canonical.p == NULL &&
                nx_html_has_word(nx_html_attr_get(t, i, NX_ATTR_REL), NX_STR("canonical"))) {
                p->canonical = nx_html_attr_get(t, i, NX_ATTR_HREF);
            }
            break;
        case NX_TAG_TITLE: p->title_node = p->title_node == 0 ? i : p->title_node; break;
        case NX_TAG_H1: p->h1 = p->h1 == 0 ? i : p->h1; break;
        default: break;
        }
    }
    nx_jsonld_choose(&p->ld);
    return s;
}

static bool is_joint(char c)
{
    return c == ':' || c == '.' || c == '_' || c == '-';
}

// Is it the same but for case and for what its parts are joined by? Sites write
// "article:published_time", "article:published:time" and "article.published-time".
static bool is_key(nx_str given, nx_str key)
{
    if (given.n != key.n) {
        return false;
    }
    for (size_t i = 0; i < key.n; i++) {
        if (nx_lower(given.p[i]) != key.p[i] && !(is_joint(given.p[i]) && is_joint(key.p[i]))) {
            return false;
        }
    }
    return true;
}

nx_str nx_html_page_meta(const nx_html_page *p, const char *key)
{
    nx_str k = nx_str_of(key);
    for (size_t i = 0; i < p->meta_count; i++) {
        if (is_key(p->metas[i].key, k)) {
            return p->metas[i].content;
        }
    }
    return NX_STR_NONE;
}

// The first of several keys that is there.
static nx_str first_meta(const nx_html_page *p, const char *const *keys, size_t count)
{
    nx_str found = NX_STR_NONE;
    for (size_t i = 0; i < count && found.p == NULL; i++) {
        found = nx_html_page_meta(p, keys[i]);
    }
    return found;
}

// ---- setting

nx_str nx_html_page_line(nx_html_page *p, uint32_t node)
{
    nx_buf_truncate(&p->line, 0);
    nx_html_line(&p->tree, node, &p->line);
    return nx_buf_str(&p->line);
}

nx_str nx_html_page_plain(nx_html_page *p, nx_str s)
{
    if (s.n == 0 || (memchr(s.p, '&', s.n) == NULL && memchr(s.p, '<', s.n) == NULL)) {
        return s;
    }
    nx_buf_truncate(&p->line, 0);
    nx_html_fragment_line(s, &p->line);
    return nx_buf_str(&p->line);
}

// Linked data often holds markup or references; facts are plain.
static void set_plain(nx_html_page *p, nx_article *a, nx_fact *fact, nx_str s, nx_from from)
{
    if (s.n > 0 && fact->s.p == NULL) {
        nx_article_set(a, fact, nx_html_page_plain(p, s), from);
    }
}

static void add_keywords(nx_article *a, nx_str list, nx_from from)
{
    while (list.n > 0) {
        size_t n = 0;
        while (n < list.n && list.p[n] != ',' && list.p[n] != ';') {
            n++;
        }
        nx_str word = nx_str_trim(nx_str_make(list.p, n));
        if (word.n > 0 && word.n <= 100) {
            nx_article_add_keyword(a, word, from);
        }
        n += n < list.n;
        list = nx_str_skip(list, n);
    }
}

static void ld_keywords(nx_html_page *p, nx_article *a, const nx_json *v)
{
    if (nx_json_kind_of(v) != NX_JSON_ARRAY) {
        add_keywords(a, nx_jsonld_text(&p->ld, v), NX_FROM_JSONLD);
        return;
    }
    for (size_t i = 0; i < nx_json_count(v) && i < NX_KEYWORDS_MAX; i++) {
        nx_article_add_keyword(a, nx_jsonld_text(&p->ld, nx_json_at(v, i)), NX_FROM_JSONLD);
    }
}

// "de-AT", "en_US", "https://schema.org/..." -> "de"
static void set_language(nx_article *a, nx_str s, nx_from from)
{
    s = nx_str_trim(s);
    bool code = s.n >= 2 && nx_is_alpha(s.p[0]) && nx_is_alpha(s.p[1]) &&
                (s.n == 2 || s.p[2] == '-' || s.p[2] == '_');
    if (code) {
        char two[2] = {nx_lower(s.p[0]), nx_lower(s.p[1])};
        nx_article_set(a, &a->language, nx_str_make(two, 2), from);
    }
}

static void agency_facts(nx_html_page *p, nx_article *a)
{
    static const char *const keys[] = {"sourceOrganization", "provider", "creditText",
                                       "copyrightHolder"};
    for (size_t i = 0; i < NX_COUNT(keys); i++) {
        nx_str name = nx_jsonld_text(&p->ld, nx_jsonld_get(&p->ld, p->ld.article, keys[i]));
        nx_article_set(a, &a->agency, nx_agency_by_name(name), NX_FROM_JSONLD);
    }
}

static void jsonld_facts(nx_html_page *p, nx_article *a, int zone_min)
{
    const nx_jsonld *ld = &p->ld;
    const nx_json *art = ld->article;
    if (art != NULL) {
        nx_when_set(&a->published, nx_jsonld_text(ld, nx_json_get(art, "datePublished")), zone_min,
                    NX_FROM_JSONLD);
        nx_when_set(&a->updated, nx_jsonld_text(ld, nx_json_get(art, "dateModified")), zone_min,
                    NX_FROM_JSONLD);
        nx_str publisher = nx_jsonld_text(ld, nx_jsonld_get(ld, art, "publisher"));
        if (!nx_url_has_host(publisher)) {
            set_plain(p, a, &a->source, publisher, NX_FROM_JSONLD);
        }
        set_plain(p, a, &a->section, nx_jsonld_text(ld, nx_json_get(art, "articleSection")),
                  NX_FROM_JSONLD);
        ld_keywords(p, a, nx_jsonld_get(ld, art, "keywords"));
        set_plain(p, a, &a->summary, nx_jsonld_text(ld, nx_json_get(art, "description")),
                  NX_FROM_JSONLD);
        set_language(a, nx_jsonld_text(ld, nx_json_get(art, "inLanguage")), NX_FROM_JSONLD);
        nx_str dateline = nx_jsonld_text(ld, nx_json_get(art, "dateline"));
        if (!nx_str_has_digit(dateline)) { // some have the date there
            set_plain(p, a, &a->dateline, dateline, NX_FROM_JSONLD);
        }
        agency_facts(p, a);
    }
    if (ld->page != NULL) {
        nx_when_set(&a->published, nx_jsonld_text(ld, nx_json_get(ld->page, "datePublished")),
                    zone_min, NX_FROM_JSONLD);
        nx_when_set(&a->updated, nx_jsonld_text(ld, nx_json_get(ld->page, "dateModified")),
                    zone_min, NX_FROM_JSONLD);
        set_language(a, nx_jsonld_text(ld, nx_json_get(ld->page, "inLanguage")), NX_FROM_JSONLD);
    }
}

bool nx_html_is_site_root(nx_str url)
{
    size_t at = nx_str_find(url, NX_STR("://"), 0);
    if (at == SIZE_MAX) {
        return false;
    }
    nx_str rest = nx_str_skip(url, at + 3);
    size_t slash = nx_str_find(rest, NX_STR("/"), 0);
    if (slash == SIZE_MAX) {
        return true;
    }
    nx_str path = nx_str_skip(rest, slash + 1);
    return path.n == 0 || path.p[0] == '?' || path.p[0] == '#' ||
           nx_str_starts_nocase(path, NX_STR("index."));
}

// An address that the page gives as its own, relative to where it came from. The front page of the
// site is a common mistake there.
static void set_url(nx_html_page *p, nx_article *a, nx_str url, nx_from from)
{
    if (url.n == 0 || a->url.s.p != NULL) {
        return;
    }
    nx_buf_truncate(&p->line, 0);
    nx_url_join(p->url, url, &p->line);
    nx_str whole = nx_buf_str(&p->line);
    bool mistaken = p->url.n > 0 && nx_html_is_site_root(whole) && !nx_html_is_site_root(p->url);
    if (nx_url_has_host(whole) && !mistaken) {
        nx_article_set(a, &a->url, whole, from);
    }
}

static void url_facts(nx_html_page *p, nx_article *a)
{
    const nx_json *art = p->ld.article;
    set_url(p, a, p->canonical, NX_FROM_MARKUP);
    set_url(p, a, nx_html_page_meta(p, "og:url"), NX_FROM_META);
    set_url(p, a, nx_json_get_str(art, "url"), NX_FROM_JSONLD);
    const nx_json *entity = nx_json_get(art, "mainEntityOfPage");
    set_url(p, a, nx_json_str(entity), NX_FROM_JSONLD);
    set_url(p, a, nx_json_get_str(entity, "@id"), NX_FROM_JSONLD);
}

// The name that the site shows to readers. The publisher of the linked data is often the company,
// or what a template has; but a name such as "post.example" is no name.
static void site_name(const nx_html_page *p, nx_article *a)
{
    nx_str name = nx_html_page_meta(p, "og:site_name");
    if (!nx_url_has_host(name) && nx_str_find(name, NX_STR("."), 0) == SIZE_MAX) {
        nx_article_set(a, &a->source, name, NX_FROM_META);
    }
}

static void meta_facts(nx_html_page *p, nx_article *a, int zone_min)
{
    static const char *const published[] = {"article:published_time",
                                            "datepublished",
                                            "og:pubdate",
                                            "article:published",
                                            "parsely-pub-date",
                                            "sailthru.date",
                                            "publish-date",
                                            "publish_date",
                                            "publishdate",
                                            "pubdate",
                                            "dcterms.created",
                                            "dc.date.issued",
                                            "dcterms.issued",
                                            "dcterms.date",
                                            "dc.date",
                                            "cxenseparse:recs:publishtime",
                                            "article.published",
                                            "citation_publication_date",
                                            "date",
                                            "originalpublicationdate",
                                            "last-published"};
    static const char *const updated[] = {
        "article:modified_time", "og:updated_time", "datemodified",  "dcterms.modified",
        "article.updated",       "lastmod",         "last-modified", "revised"};
    static const char *const site[] = {"og:site_name", "publisher", "dc.publisher",
                                       "dcterms.publisher", "application-name"};
    static const char *const section[] = {"article:section", "parsely-section", "section",
                                          "cxenseparse:recs:category"};
    static const char *const summary[] = {"og:description", "description", "twitter:description",
                                          "dc.description"};
    nx_when_set(&a->published, first_meta(p, published, NX_COUNT(published)), zone_min,
                NX_FROM_META);
    nx_when_set(&a->updated, first_meta(p, updated, NX_COUNT(updated)), zone_min, NX_FROM_META);
    nx_article_set(a, &a->source, first_meta(p, site, NX_COUNT(site)), NX_FROM_META);
    set_plain(p, a, &a->section, first_meta(p, section, NX_COUNT(section)), NX_FROM_META);
    set_plain(p, a, &a->summary, first_meta(p, summary, NX_COUNT(summary)), NX_FROM_META);
    if (a->keyword_count == 0) {
        nx_str words = nx_html_page_meta(p, "news_keywords");
        words = words.p != NULL ? words : nx_html_page_meta(p, "keywords");
        add_keywords(a, words, NX_FROM_META);
        for (size_t i = 0; i < p->meta_count; i++) {
            if (nx_str_eq_nocase(p->metas[i].key, NX_STR("article:tag"))) {
                add_keywords(a, p->metas[i].content, NX_FROM_META);
            }
        }
    }
}

nx_html_hints nx_html_page_hints(const nx_html_page *p)
{
    const nx_json *art = p->ld.article;
    nx_html_hints h = {
        .title = nx_jsonld_text(&p->ld, nx_json_get(art, "headline")),
        .summaries = {nx_jsonld_text(&p->ld, nx_json_get(art, "description")),
                      nx_jsonld_text(&p->ld, nx_json_get(art, "alternativeHeadline")),
                      nx_html_page_meta(p, "description"), nx_html_page_meta(p, "og:description")},
    };
    h.title = h.title.n > 0 ? h.title : nx_html_page_meta(p, "og:title");
    h.title = h.title.n > 0 ? h.title : p->headline;
    return h;
}

nx_status nx_html_page_facts(nx_html_page *p, nx_article *a, int zone_min, nx_error *err)
{
    url_facts(p, a);
    site_name(p, a);
    jsonld_facts(p, a, zone_min);
    meta_facts(p, a, zone_min);
    nx_html_page_title(p, a);
    nx_html_page_authors(p, a);
    nx_html_page_markup(p, a, zone_min);
    nx_html_page_byline(p, a);
    set_language(a, p->lang, NX_FROM_MARKUP);
    set_language(a, nx_html_page_meta(p, "content-language"), NX_FROM_META);
    set_language(a, nx_html_page_meta(p, "og:locale"), NX_FROM_META);
    nx_status s = nx_buf_check(&p->line, "a fact of the page", err);
    return s != NX_OK ? s : nx_arena_check(a->arena, "facts of the page", err);
}
