#define _GNU_SOURCE // memrchr
// field_value.c: nx_field_apply: the text of a field into the article. See fields.h.
#include "corpus/attribute.h"
#include "corpus/fields.h"
#include "corpus/markdown_text.h"
#include "corpus/reader.h"
#include "corpus/unwrap.h"

#include "base/num.h"

// What exports write for "nothing".
static bool is_void(nx_str s)
{
    static const char *const voids[] = {"null", "none", "nan", "n/a", "na",  "undefined", "-",
                                        "[]",   "{}",   "nil", "\\n", "nat", "unknown",   NULL};
    return s.n == 0 || nx_str_in_nocase(s, voids) ||
           nx_str_starts(s, NX_STR("ONLY AVAILABLE IN ")); // NewsData.io: in dearer plans
}

// A Python or JSON list written into a text field: ['A', "B"]. Calls each for the items; a plain
// text is one item.
static void each_item(nx_str s, char separator, nx_article *a,
                      void (*each)(nx_article *a, nx_str item))
{
    bool list = s.n >= 2 && s.p[0] == '[' && s.p[s.n - 1] == ']';
    if (list) {
        s = nx_str_make(s.p + 1, s.n - 2);
        separator = ',';
    }
    for (size_t i = 0; i <= s.n;) {
        size_t end = i;
        char quote = '\0';
        while (end < s.n && (quote != '\0' || separator == '\0' || s.p[end] != separator)) {
            char c = s.p[end];
            if (list && (c == '"' || c == '\'') && (quote == c || quote == '\0')) {
                // An apostrophe inside a name opens nothing: quotes stand at the edges of items.
                bool edge = quote == '\0' ? nx_str_trim(nx_str_make(s.p + i, end - i)).n == 0
                                          : end + 1 == s.n || s.p[end + 1] == ',' ||
                                                nx_is_space(s.p[end + 1]);
                quote = !edge ? quote : quote == '\0' ? c : '\0';
            }
            end++;
        }
        nx_str item = nx_str_trim(nx_str_make(s.p + i, end - i));
        if (list && item.n >= 2 && (item.p[0] == '\'' || item.p[0] == '"') &&
            item.p[item.n - 1] == item.p[0]) {
            item = nx_str_trim(nx_str_make(item.p + 1, item.n - 2));
        }
        if (!is_void(item)) {
            each(a, item);
        }
        i = end + 1;
    }
}

static void add_authors(nx_article *a, nx_str item)
{
    if (!nx_str_starts_nocase(item, NX_STR("by ")) || !nx_byline_parse(a, item, NX_FROM_RECORD)) {
        nx_authors_add(a, item, NX_FROM_RECORD);
    }
}

static void add_keyword(nx_article *a, nx_str item)
{
    while (item.n > 1 && item.p[0] == '"' && item.p[item.n - 1] == '"') {
        item = nx_str_trim(nx_str_make(item.p + 1, item.n - 2));
    }
    if (item.n > 0 && item.n <= 100) {
        nx_article_add_keyword(a, item, NX_FROM_RECORD);
    }
}

// "en", "en-GB", "English" -> "en".
static nx_str language_code(nx_str s)
{
    static const char *const names[][2] = {
        {"english", "en"},    {"german", "de"},     {"french", "fr"},   {"spanish", "es"},
        {"portuguese", "pt"}, {"italian", "it"},    {"dutch", "nl"},    {"russian", "ru"},
        {"arabic", "ar"},     {"chinese", "zh"},    {"japanese", "ja"}, {"korean", "ko"},
        {"turkish", "tr"},    {"polish", "pl"},     {"swedish", "sv"},  {"norwegian", "no"},
        {"danish", "da"},     {"finnish", "fi"},    {"greek", "el"},    {"hebrew", "he"},
        {"hindi", "hi"},      {"ukrainian", "uk"},  {"czech", "cs"},    {"hungarian", "hu"},
        {"romanian", "ro"},   {"bulgarian", "bg"},  {"persian", "fa"},  {"indonesian", "id"},
        {"eng", "en"},        {"deu", "de"},        {"ger", "de"},      {"fra", "fr"},
        {"fre", "fr"},        {"spa", "es"},        {"por", "pt"},      {"ita", "it"},
        {"nld", "nl"},        {"rus", "ru"},        {"ara", "ar"},      {"zho", "zh"},
        {"deutsch", "de"},    {"français", "fr"},   {"español", "es"},  {"italiano", "it"},
        {"português", "pt"},  {"nederlands", "nl"}, {"tur", "tr"},      {"pol", "pl"},
        {"fas", "fa"},        {"jpn", "ja"},
    };
    if (s.n >= 2 && nx_is_alpha(s.p[0]) && nx_is_alpha(s.p[1]) &&
        (s.n == 2 || s.p[2] == '-' || s.p[2] == '_')) {
        return nx_str_make(s.p, 2);
    }
    for (size_t i = 0; i < NX_COUNT(names); i++) {
        if (nx_str_eq_nocase(s, nx_str_of(names[i][0]))) {
            return nx_str_of(names[i][1]);
        }
    }
    return NX_STR_NONE;
}

static void set_language(nx_article *a, nx_str s)
{
    nx_str code = language_code(s);
    if (code.p != NULL) {
        char lower[2] = {nx_lower(code.p[0]), nx_lower(code.p[1])};
        nx_article_set(a, &a->language, nx_str_make(lower, 2), NX_FROM_RECORD);
    }
}

// A host name rather than the name of a paper: no spaces, a dot, a top-level domain.
static bool is_host(nx_str s)
{
    const char *dot = s.n > 3 ? memrchr(s.p, '.', s.n) : NULL;
    if (dot == NULL || dot == s.p || s.p + s.n - dot < 3) {
        return false;
    }
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!nx_is_alpha(c) && !nx_is_digit(c) && c != '.' && c != '-') {
            return false;
        }
    }
    for (const char *p = dot + 1; p < s.p + s.n; p++) {
        if (!nx_is_alpha(*p)) {
            return false;
        }
    }
    return true;
}

// Is an address one of a page, not of a site?
static bool is_page(nx_str url)
{
    size_t host = nx_str_find(url, NX_STR("://"), 0);
    size_t path = host != SIZE_MAX ? nx_str_find(url, NX_STR("/"), host + 3) : SIZE_MAX;
    return path != SIZE_MAX && path + 1 < url.n;
}

nx_role nx_field_role_of(nx_str name, nx_str value, unsigned *rank)
{
    nx_role role = nx_field_role(name, rank);
    if (role == NX_ROLE_SOURCE && nx_url_has_host(value) && is_page(value)) {
        *rank = 9; // any field that is called an address is better
        return NX_ROLE_URL;
    }
    return role;
}

static void set_host(nx_article *a, nx_str s)
{
    char host[256];
    if (nx_url_has_host(s) || is_host(s)) {
        nx_str found = nx_url_host(s, host, sizeof host);
        nx_article_set(a, &a->source_host, found.n > 0 ? found : s, NX_FROM_RECORD);
        if (is_page(s)) { // where no field is called an address
            nx_article_set(a, &a->url, s, NX_FROM_RECORD);
        }
    }
}

// Labels of data sets ("fake", "0") and of programs for reading feeds ("user/-/state/...") are not
// sections.
static bool is_label(nx_str s)
{
    static const char *const labels[] = {"fake",  "real",   "true", "false", "left",
                                         "right", "center", "yes",  "no"};
    uint64_t number;
    for (size_t i = 0; i < NX_COUNT(labels); i++) {
        if (nx_str_eq_nocase(s, nx_str_of(labels[i]))) {
            return true;
        }
    }
    return nx_parse_u64(s, &number) || nx_str_starts(s, NX_STR("user/"));
}

// The content of <body> where s is a whole document; its head has nothing for a reader, and XHTML's
// "<title/>" would swallow the rest when read as HTML.
static nx_str without_head(nx_str s)
{
    size_t body = nx_str_find_nocase(s, NX_STR("<body"), 0);
    size_t end = body != SIZE_MAX ? nx_str_find(s, NX_STR(">"), body) : SIZE_MAX;
    return end != SIZE_MAX ? nx_str_skip(s, end + 1) : s;
}

// Has s tags that break lines? Without them its own line ends are its paragraphs.
static bool has_blocks(nx_str s)
{
    static const char *const tags[] = {"<p>", "<p ", "<br", "<div", "<li", "<h", "<body", "</p"};
    for (size_t i = 0; i < NX_COUNT(tags); i++) {
        if (nx_str_find_nocase(s, nx_str_of(tags[i]), 0) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

// Appends the prose of s, line by line where the lines are its own.
static nx_status add_prose(nx_str s, nx_buf *out, nx_error *err)
{
    if (has_blocks(s)) {
        return nx_html_fragment_text(without_head(s), out, err);
    }
    nx_status st = NX_OK;
    while (s.n > 0 && st == NX_OK) {
        const char *end = memchr(s.p, '\n', s.n);
        size_t n = end != NULL ? (size_t)(end - s.p) : s.n;
        st = nx_html_fragment_text(nx_str_make(s.p, n), out, err);
        nx_buf_addc(out, '\n');
        n += end != NULL;
        s = nx_str_skip(s, n);
    }
    return st;
}

nx_status nx_field_add_prose(nx_str s, nx_buf *out, nx_error *err)
{
    if (!nx_looks_like_html(s)) {
        nx_buf_adds(out, s);
        return NX_OK;
    }
    size_t before = out->len;
    nx_status st = add_prose(s, out, err);
    if (st != NX_OK && st != NX_ENOMEM && !out->failed) {
        nx_buf_truncate(out, before); // odd markup: as it came
        nx_buf_adds(out, s);
        st = NX_OK;
    }
    return st;
}

// s itself, or the prose of it in plain when it is markup.
static nx_status plain_text(nx_str s, nx_buf *plain, nx_str *out, nx_error *err)
{
    nx_buf_init(plain, s.n * 8 + 1024);
    *out = s;
    if (!nx_looks_like_html(s)) {
        return NX_OK;
    }
    nx_status st = nx_field_add_prose(s, plain, err);
    if (st == NX_OK) {
        st = nx_buf_check(plain, "text of markup", err);
    }
    *out = nx_buf_str(plain);
    return st;
}

static nx_status set_text(nx_article *a, nx_fact *fact, nx_str s, nx_error *err)
{
    nx_buf plain;
    nx_str text;
    nx_status st = plain_text(s, &plain, &text, err);
    if (st == NX_OK) {
        nx_article_set(a, fact, text, NX_FROM_RECORD);
    }
    nx_buf_release(&plain);
    return st;
}

// "... and the rest [+1234 chars]": how NewsAPI says that it gives only the beginning; GNews says
// it without the sign.
static nx_str without_cut_mark(nx_str s)
{
    static const char tail[] = " chars]";
    if (!nx_str_ends(s, NX_STR(" chars]"))) {
        return s;
    }
    size_t i = s.n - (sizeof tail - 1);
    while (i > 0 && nx_is_digit(s.p[i - 1])) {
        i--;
    }
    i -= i > 0 && s.p[i - 1] == '+';
    return i > 0 && s.p[i - 1] == '[' ? nx_str_trim(nx_str_make(s.p, i - 1)) : s;
}

// Programs that fetch pages give them as Markdown: a heading in front, or a link, says so.
static bool is_markdown(nx_str s)
{
    if (nx_str_starts(s, NX_STR("# "))) {
        return true;
    }
    size_t at = 0; // every text is searched, and few have brackets
    for (const char *end; (end = memchr(s.p + at, ']', s.n - at)) != NULL;) {
        at = (size_t)(end - s.p) + 1;
        if (nx_str_starts(nx_str_skip(s, at), NX_STR("(http"))) {
            return true;
        }
    }
    return false;
}

static nx_status set_markdown(nx_article *a, nx_str s, nx_error *err)
{
    nx_str heading = NX_STR_NONE;
    nx_buf plain;
    nx_buf_init(&plain, s.n * 2 + 1024);
    nx_status st = nx_markdown_text(s, &heading, &plain, err);
    if (st == NX_OK && a->body.p == NULL) {
        nx_article_set(a, &a->title, heading, NX_FROM_RECORD);
        nx_article_set_body(a, nx_buf_str(&plain));
    }
    nx_buf_release(&plain);
    return st;
}

static nx_status set_body(nx_article *a, nx_str s, nx_error *err)
{
    if (is_markdown(s)) {
        return set_markdown(a, s, err);
    }
    nx_buf plain, whole;
    nx_str text;
    nx_status st = plain_text(without_cut_mark(s), &plain, &text, err);
    nx_buf_init(&whole, SIZE_MAX);
    if (st == NX_OK && nx_unwrap(text, &whole)) {
        st = nx_buf_check(&whole, "the text", err);
        text = nx_buf_str(&whole);
    }
    if (st == NX_OK && a->body.p == NULL) {
        nx_article_set_body(a, text);
    }
    nx_buf_release(&whole);
    nx_buf_release(&plain);
    return st;
}

static nx_status set_source(nx_article *a, nx_str s, nx_error *err)
{
    if (nx_url_has_host(s) || is_host(s)) {
        set_host(a, s); // the finishing pass names the outlet of a host
        return NX_OK;
    }
    if (s.p[0] == '/') { // the path of a page
        return NX_OK;
    }
    return set_text(a, &a->source, s, err);
}

static nx_status apply(nx_article *a, nx_role role, nx_str s, const nx_corpus_options *options,
                       nx_error *err)
{
    switch (role) {
    case NX_ROLE_ID: nx_article_set(a, &a->id, s, NX_FROM_RECORD); break;
    case NX_ROLE_URL:
        if (nx_url_has_host(s)) {
            nx_article_set(a, &a->url, s, NX_FROM_RECORD);
        }
        break;
    case NX_ROLE_TITLE: return nx_url_has_host(s) ? NX_OK : set_text(a, &a->title, s, err);
    case NX_ROLE_BODY: return set_body(a, s, err);
    case NX_ROLE_SUMMARY: return set_text(a, &a->summary, s, err);
    case NX_ROLE_SOURCE: return set_source(a, s, err);
    case NX_ROLE_HOST: set_host(a, s); break;
    case NX_ROLE_AGENCY: nx_article_set(a, &a->agency, nx_agency_by_name(s), NX_FROM_RECORD); break;
    case NX_ROLE_AUTHOR: each_item(s, ';', a, add_authors); break;
    case NX_ROLE_DATELINE: nx_article_set(a, &a->dateline, s, NX_FROM_RECORD); break;
    case NX_ROLE_PUBLISHED: nx_when_set(&a->published, s, options->zone_min, NX_FROM_RECORD); break;
    case NX_ROLE_UPDATED: nx_when_set(&a->updated, s, options->zone_min, NX_FROM_RECORD); break;
    case NX_ROLE_SECTION:
        if (!is_label(s) && s.n <= 200) {
            return set_text(a, &a->section, s, err);
        }
        break;
    case NX_ROLE_KEYWORDS:
        each_item(s, memchr(s.p, ';', s.n) != NULL ? ';' : ',', a, add_keyword);
        break;
    case NX_ROLE_LANGUAGE: set_language(a, s); break;
    case NX_ROLE_NONE:
    case NX_ROLE_COUNT: break;
    }
    return NX_OK;
}

bool nx_field_is_set(const nx_article *a, nx_role role)
{
    switch (role) {
    case NX_ROLE_ID: return a->id.s.p != NULL;
    case NX_ROLE_URL: return a->url.s.p != NULL;
    case NX_ROLE_TITLE: return a->title.s.p != NULL;
    case NX_ROLE_BODY: return a->body.p != NULL;
    case NX_ROLE_SUMMARY: return a->summary.s.p != NULL;
    case NX_ROLE_SOURCE: return a->source.s.p != NULL;
    case NX_ROLE_HOST: return a->source_host.s.p != NULL;
    case NX_ROLE_AGENCY: return a->agency.s.p != NULL;
    case NX_ROLE_AUTHOR: return a->author_count > 0 || a->byline.s.p != NULL;
    case NX_ROLE_DATELINE: return a->dateline.s.p != NULL;
    case NX_ROLE_PUBLISHED: return a->published.known;
    case NX_ROLE_UPDATED: return a->updated.known;
    case NX_ROLE_SECTION: return a->section.s.p != NULL;
    case NX_ROLE_KEYWORDS: return a->keyword_count > 0;
    case NX_ROLE_LANGUAGE: return a->language.s.p != NULL;
    case NX_ROLE_NONE:
    case NX_ROLE_COUNT: break;
    }
    return true;
}

nx_status nx_field_apply(nx_article *a, nx_role role, nx_str text, const nx_corpus_options *options,
                         nx_error *err)
{
    text = nx_str_trim(text);
    return is_void(text) ? NX_OK : apply(a, role, text, options, err);
}
