// html_authors.c: who a page's data says wrote it: persons, or an agency, or the outlet itself.
#include "corpus/html_page.h"

#include "corpus/attribute.h"

enum { BARE_MAX = 128, PREFIX_MAX = 5 /* "von", "by the" */, HOUSE_MAX = 80 };

// Letters and digits of s, small, into out; empty when they do not fit.
static nx_str bare(nx_str s, char out[BARE_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool kept = (unsigned char)s.p[i] >= 0x80 || nx_is_alpha(s.p[i]) || nx_is_digit(s.p[i]);
        if (kept && n == BARE_MAX) {
            return nx_str_make(out, 0);
        }
        if (kept) {
            out[n++] = nx_lower(s.p[i]);
        }
    }
    return nx_str_make(out, n);
}

// Does name name the outlet: its publisher, its site, its host?
static bool is_outlet(const nx_html_page *p, const nx_article *a, nx_str name)
{
    char wanted[BARE_MAX], other[BARE_MAX], host[256];
    nx_str n = bare(name, wanted);
    if (n.n < 3) {
        return false;
    }
    nx_str url = a->url.s.p != NULL ? a->url.s : p->url;
    nx_str publisher = nx_jsonld_text(&p->ld, nx_jsonld_get(&p->ld, p->ld.article, "publisher"));
    const nx_str outlets[] = {a->source.s, publisher, nx_html_page_meta(p, "og:site_name"),
                              url.p != NULL ? nx_url_host(url, host, sizeof host) : NX_STR_NONE};
    for (size_t i = 0; i < NX_COUNT(outlets); i++) {
        nx_str o = bare(outlets[i], other);
        bool host_begins = i + 1 == NX_COUNT(outlets) && nx_str_starts(o, n);
        bool prefixed = o.n >= 5 && nx_str_ends(n, o) && n.n - o.n <= PREFIX_MAX;
        if (nx_str_eq(o, n) || host_begins || prefixed) {
            return true;
        }
    }
    return false;
}

void nx_html_page_add_author(nx_html_page *p, nx_article *a, nx_str names, nx_from from)
{
    if (names.n == 0 || nx_url_has_host(names)) {
        return;
    }
    nx_str agency = nx_agency_by_name(names);
    if (agency.p != NULL) {
        nx_article_set(a, &a->agency, agency, from);
    } else if (!is_outlet(p, a, names) && !nx_byline_parse(a, names, from)) {
        nx_authors_add(a, names, from);
    }
}

// What systems write where nobody is named.
static bool is_nobody(nx_str name)
{
    static const char *const words[] = {"admin", "administrator", "webmaster", "unknown", "none",
                                        "null",  "n/a",           "anonymous", "guest",   "author",
                                        "user",  "root",          NULL};
    return nx_str_in_nocase(name, words);
}

// "Reuters", "Guardian staff reporter": whom the data names where it names no person.
static void set_house(nx_article *a, nx_str name, nx_from from)
{
    name = nx_str_trim(name);
    if (name.n <= HOUSE_MAX && !nx_url_has_host(name) && !is_nobody(name)) {
        nx_article_set(a, &a->house, name, from);
    }
}

static void add_linked(nx_html_page *p, nx_article *a, const nx_json *v)
{
    v = nx_jsonld_resolve(&p->ld, v);
    nx_str given = nx_json_get_str(v, "givenName"), family = nx_json_get_str(v, "familyName");
    if (nx_json_get(v, "name") == NULL && family.n > 0) {
        nx_buf_truncate(&p->line, 0);
        nx_buf_addf(&p->line, "%.*s %.*s", (int)given.n, given.p != NULL ? given.p : "",
                    (int)family.n, family.p);
        nx_html_page_add_author(p, a, nx_str_trim(nx_buf_str(&p->line)), NX_FROM_JSONLD);
        return;
    }
    const nx_json *names = nx_json_get(v, "name"); // of several, where somebody saved objects
    if (nx_json_kind_of(names) == NX_JSON_ARRAY) {
        for (size_t i = 0; i < nx_json_count(names) && i < NX_AUTHORS_MAX; i++) {
            nx_str one = nx_json_str(nx_json_at(names, i));
            nx_html_page_add_author(p, a, nx_html_page_plain(p, one), NX_FROM_JSONLD);
        }
        return;
    }
    nx_str name = nx_html_page_plain(p, nx_jsonld_text(&p->ld, v));
    size_t before = a->author_count;
    bool person = !nx_jsonld_is(v, "Organization") && !nx_jsonld_is(v, "NewsMediaOrganization");
    if (person || nx_agency_by_name(name).p != NULL) {
        nx_html_page_add_author(p, a, name, NX_FROM_JSONLD);
    }
    if (a->author_count == before) {
        set_house(a, name, NX_FROM_JSONLD);
    }
}

static void add_all_linked(nx_html_page *p, nx_article *a, const char *key)
{
    const nx_json *v = nx_jsonld_get(&p->ld, p->ld.article, key);
    if (nx_json_kind_of(v) != NX_JSON_ARRAY) {
        add_linked(p, a, v);
        return;
    }
    for (size_t i = 0; i < nx_json_count(v) && i < NX_AUTHORS_MAX; i++) {
        add_linked(p, a, nx_json_at(v, i));
    }
}

void nx_html_page_authors(nx_html_page *p, nx_article *a)
{
    static const char *const keys[] = {"author",
                                       "article:author",
                                       "parsely-author",
                                       "dc.creator",
                                       "dcterms.creator",
                                       "sailthru.author",
                                       "byl",
                                       "citation_author",
                                       "dcsext.author",
                                       "cxenseparse:author"};
    add_all_linked(p, a, "author");
    if (a->author_count == 0) {
        add_all_linked(p, a, "creator");
    }
    for (size_t k = 0; k < NX_COUNT(keys) && a->author_count == 0; k++) {
        for (size_t i = 0; i < p->meta_count; i++) {
            nx_str name = p->metas[i].content;
            if (!nx_str_eq_nocase(p->metas[i].key, nx_str_of(keys[k]))) {
                continue;
            }
            nx_html_page_add_author(p, a, name, NX_FROM_META);
            // The outlet is in <meta> on all of a site's pages, whoever wrote them.
            if (a->author_count == 0 && nx_agency_by_name(name).p != NULL) {
                set_house(a, name, NX_FROM_META);
            }
        }
    }
}
