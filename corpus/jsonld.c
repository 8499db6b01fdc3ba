// jsonld.c: reading linked data out of scripts and finding the article in it.
#include "corpus/jsonld.h"

#include "corpus/html_decode.h"

enum { NEST_MAX = 12 };

// Types that are one article, best first.
static const char *const article_types[] = {
    "NewsArticle",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "BackgroundNewsArticle",
    "ReviewNewsArticle",
    "AskPublicNewsArticle",
    "LiveBlogPosting",
    "AdvertiserContentArticle",
    "Article",
    "BlogPosting",
    "Report",
    "SatiricalArticle",
    "TechArticle",
    "ScholarlyArticle",
    "SocialMediaPosting",
    "CreativeWork",
};
static const char *const list_types[] = {"ItemList", "CollectionPage", "SearchResultsPage"};
static const char *const page_types[] = {"WebPage", "ItemPage"};
static bool is_type_name(nx_str given, const char *type)
{
    size_t slash = 0;
    for (size_t i = 0; i < given.n; i++) {
        slash = given.p[i] == '/' || given.p[i] == ':' ? i + 1 : slash;
    }
    return nx_str_eq_nocase(nx_str_skip(given, slash), nx_str_of(type));
}

bool nx_jsonld_is(const nx_json *node, const char *type)
{
    const nx_json *t = nx_json_get(node, "@type");
    if (nx_json_kind_of(t) == NX_JSON_STRING) {
        return is_type_name(nx_json_str(t), type);
    }
    for (size_t i = 0; i < nx_json_count(t) && nx_json_kind_of(t) == NX_JSON_ARRAY; i++) {
        nx_str one = nx_json_str(nx_json_at(t, i));
        if (one.p != NULL && is_type_name(one, type)) {
            return true;
        }
    }
    return false;
}

static bool is_any(const nx_json *node, const char *const *types, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (nx_jsonld_is(node, types[i])) {
            return true;
        }
    }
    return false;
}

static void collect(nx_jsonld *ld, const nx_json *v, int depth)
{
    if (depth > NEST_MAX || ld->node_count == NX_JSONLD_NODES_MAX) {
        return;
    }
    if (nx_json_kind_of(v) == NX_JSON_ARRAY) {
        for (size_t i = 0; i < nx_json_count(v); i++) {
            collect(ld, nx_json_at(v, i), depth + 1);
        }
        return;
    }
    if (nx_json_kind_of(v) != NX_JSON_OBJECT) {
        return;
    }
    if (nx_json_get(v, "@type") != NULL || nx_json_get(v, "@id") != NULL) {
        ld->nodes[ld->node_count++] = v;
    }
    // Entries of lists and related articles are other articles, not this one.
    for (nx_json_member m = {0}; nx_json_next(v, &m);) {
        bool other =
            nx_str_eq(m.key, NX_STR("itemListElement")) ||
            nx_str_eq(m.key, NX_STR("relatedLink")) || nx_str_eq(m.key, NX_STR("isBasedOn")) ||
            nx_str_eq(m.key, NX_STR("citation")) || nx_str_eq(m.key, NX_STR("liveBlogUpdate")) ||
            nx_str_eq(m.key, NX_STR("comment")) || nx_str_eq(m.key, NX_STR("mentions"));
        if (!other) {
            collect(ld, m.value, depth + 1);
        }
    }
}

// What pages put around the JSON: comment and CDATA marks, a semicolon.
static nx_str unwrapped(nx_str s)
{
    static const char *const before[] = {"//<![CDATA[", "/*<![CDATA[*/", "// <![CDATA[",
                                         "<![CDATA[",   "<!--",          "/* <![CDATA[ */"};
    static const char *const after[] = {"//]]>", "/*]]>*/",   "// ]]>", "]]>",
                                        "-->",   "/* ]]> */", ";",      "//"};
    s = nx_str_trim(s);
    for (size_t i = 0; i < NX_COUNT(before); i++) {
        nx_str mark = nx_str_of(before[i]);
        if (nx_str_starts(s, mark)) {
            s = nx_str_trim(nx_str_skip(s, mark.n));
        }
    }
    for (size_t i = 0; i < NX_COUNT(after); i++) {
        nx_str mark = nx_str_of(after[i]);
        if (nx_str_ends(s, mark)) {
            s = nx_str_trim(nx_str_make(s.p, s.n - mark.n));
        }
    }
    return s;
}

nx_status nx_jsonld_add(nx_jsonld *ld, nx_str script, nx_error *err)
{
    script = unwrapped(script);
    if (ld->root_count == NX_JSONLD_SCRIPTS_MAX || script.n == 0) {
        return NX_OK;
    }
    nx_buf decoded;
    nx_buf_init(&decoded, script.n);
    if (nx_str_starts(script, NX_STR("{&quot;")) || nx_str_starts(script, NX_STR("[{&quot;"))) {
        nx_html_decode(script, &decoded);
        script = nx_buf_str(&decoded);
    }
    nx_json *root = NULL;
    nx_status s = nx_json_parse(script, NX_JSON_LENIENT, &root, err);
    nx_buf_release(&decoded);
    if (s != NX_OK) {
        return s == NX_ENOMEM ? s : NX_OK;
    }
    if (root != NULL) {
        ld->roots[ld->root_count++] = root;
        collect(ld, root, 0);
    }
    return NX_OK;
}

// How much a node says about an article: the rank of its type first, then its facts.
static int article_score(const nx_jsonld *ld, const nx_json *node)
{
    static const char *const facts[] = {"headline",        "datePublished", "author",
                                        "articleBody",     "publisher",     "dateModified",
                                        "mainEntityOfPage"};
    int score = 0;
    for (size_t i = 0; i < NX_COUNT(article_types); i++) {
        if (nx_jsonld_is(node, article_types[i])) {
            score = i + 1 == NX_COUNT(article_types) ? 1 : 40 - (int)i;
            break;
        }
    }
    if (score == 0) {
        return 0;
    }
    for (size_t i = 0; i < NX_COUNT(facts); i++) {
        score += nx_jsonld_get(ld, node, facts[i]) != NULL ? 12 : 0;
    }
    return score;
}

void nx_jsonld_choose(nx_jsonld *ld)
{
    int best = 12; // a type without any fact is none
    for (size_t i = 0; i < ld->node_count; i++) {
        const nx_json *node = ld->nodes[i];
        int score = article_score(ld, node);
        if (score > best) {
            best = score;
            ld->article = node;
        }
        if (ld->page == NULL && is_any(node, page_types, NX_COUNT(page_types))) {
            ld->page = node;
        }
        ld->lists |= is_any(node, list_types, NX_COUNT(list_types));
    }
}

void nx_jsonld_release(nx_jsonld *ld)
{
    for (size_t i = 0; i < ld->root_count; i++) {
        nx_json_free(ld->roots[i]);
    }
    *ld = (nx_jsonld){0};
}

const nx_json *nx_jsonld_resolve(const nx_jsonld *ld, const nx_json *v)
{
    nx_str id = nx_json_get_str(v, "@id");
    if (id.p == NULL || nx_json_count(v) > 2 || nx_json_get(v, "name") != NULL) {
        return v;
    }
    for (size_t i = 0; i < ld->node_count; i++) {
        if (ld->nodes[i] != v && nx_json_count(ld->nodes[i]) > nx_json_count(v) &&
            nx_str_eq(nx_json_get_str(ld->nodes[i], "@id"), id)) {
            return ld->nodes[i];
        }
    }
    return v;
}

const nx_json *nx_jsonld_get(const nx_jsonld *ld, const nx_json *node, const char *key)
{
    return nx_jsonld_resolve(ld, nx_json_get(node, key));
}

nx_str nx_jsonld_text(const nx_jsonld *ld, const nx_json *value)
{
    static const char *const keys[] = {"name", "@value", "url", "@id"};
    for (int depth = 0; depth < NEST_MAX; depth++) {
        value = nx_jsonld_resolve(ld, value);
        if (nx_json_kind_of(value) == NX_JSON_ARRAY) {
            value = nx_json_at(value, 0);
            continue;
        }
        if (nx_json_kind_of(value) != NX_JSON_OBJECT) {
            break;
        }
        const nx_json *inner = NULL;
        for (size_t i = 0; i < NX_COUNT(keys) && inner == NULL; i++) {
            inner = nx_json_get(value, keys[i]);
        }
        value = inner;
    }
    return nx_json_text(value);
}
