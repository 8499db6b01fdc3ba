// json_object.c: see json_object.h.
#include "corpus/json_object.h"

#include "corpus/attribute.h"
#include "corpus/json_pieces.h"

enum {
    WRAP_DEPTH = 4,    // objects inside objects looked into for fields
    WRAP_PENALTY = 16, // an inner field is worse than any outer one
    LIST_PENALTY = 4,  // several sources are less surely the publisher than one that is named
    LIST_DEPTH = 4,    // how deep a list of articles may be
    VALUE_DEPTH = 6,   // lists inside the value of a field
};

// ---- gathering

static void add_candidate(nx_json_fields *f, nx_role role, const nx_json *value, unsigned rank)
{
    nx_json_candidate *list = f->of[role];
    size_t i = 0;
    while (i < NX_JSON_CANDIDATES && list[i].value != NULL && list[i].rank <= rank) {
        i++;
    }
    if (i == NX_JSON_CANDIDATES) {
        return;
    }
    memmove(list + i + 1, list + i, (NX_JSON_CANDIDATES - 1 - i) * sizeof *list);
    list[i] = (nx_json_candidate){value, rank};
}

static bool is_blank(const nx_json *v)
{
    switch (nx_json_kind_of(v)) {
    case NX_JSON_NULL: return true;
    case NX_JSON_STRING: return nx_str_trim(nx_json_str(v)).n == 0;
    case NX_JSON_ARRAY:
    case NX_JSON_OBJECT: return nx_json_count(v) == 0;
    default: return false;
    }
}

// Members that hold (part of) the article itself.
static bool is_wrapper(nx_str key)
{
    static const char *const names[] = {
        "_embedded", "_source", "article",  "attributes",     "content",  "credits",
        "data",      "doc",     "document", "fields",         "item",     "links",
        "metadata",  "news",    "nitf",     "properties",     "response", "result",
        "row",       "story",   "taxonomy", "yoast_head_json"};
    for (size_t i = 0; i < NX_COUNT(names); i++) {
        if (nx_str_eq_nocase(key, nx_str_of(names[i]))) {
            return true;
        }
    }
    return false;
}

// Has an object that is called a wrapper the headline of what it wraps? Then it is no value itself:
// {"content": {"webTitle": ...}}, {"_source": {"headline": ...}}.
static bool holds_article(const nx_json *v)
{
    nx_json_member m = {0};
    unsigned rank;
    while (nx_json_next(v, &m)) {
        if (nx_field_role(m.key, &rank) == NX_ROLE_TITLE && !is_blank(m.value)) {
            return true;
        }
    }
    return false;
}

// A list of articles may be called as a text is: {"news": [{"title": ...}]}.
static bool lists_articles(const nx_json *v)
{
    const nx_json *first = nx_json_kind_of(v) == NX_JSON_ARRAY ? nx_json_at(v, 0) : NULL;
    return nx_json_kind_of(first) == NX_JSON_OBJECT && holds_article(first) &&
           nx_json_get(first, "type") == NULL && // pieces of a text say what they are
           nx_json_get(first, "assetType") == NULL;
}

static void gather_level(const nx_json *v, unsigned level, nx_json_fields *f)
{
    nx_json_member m = {0};
    while (nx_json_next(v, &m)) {
        if (is_blank(m.value)) {
            continue;
        }
        unsigned rank = 0;
        nx_role role = nx_field_role_of(m.key, nx_json_str(m.value), &rank);
        bool wraps =
            level < WRAP_DEPTH && nx_json_kind_of(m.value) == NX_JSON_OBJECT && is_wrapper(m.key);
        if (role != NX_ROLE_NONE && !(wraps && holds_article(m.value)) &&
            !(role == NX_ROLE_BODY && lists_articles(m.value))) {
            bool sources = role == NX_ROLE_SOURCE && nx_json_kind_of(m.value) == NX_JSON_ARRAY &&
                           nx_json_count(m.value) > 1;
            rank += level * WRAP_PENALTY + (sources ? LIST_PENALTY : 0);
            add_candidate(f, role, m.value, 1 + rank);
        }
        if (wraps) {
            gather_level(m.value, level + 1, f);
        }
    }
}

// ninjs and the APIs of agencies also send pictures, films and diaries of events.
static const char *kind_of_item(const nx_json *v)
{
    static const char *const kinds[][2] = {
        {"picture", "a picture"},   {"image", "a picture"},   {"photo", "a picture"},
        {"video", "a film"},        {"audio", "a sound"},     {"graphic", "a graphic"},
        {"event", "an event"},      {"planning", "a plan"},   {"contact", "a contact"},
        {"composite", "a package"}, {"package", "a package"},
    };
    static const char *const unpublished[] = {"draft", "auto-draft", "trash", NULL};
    nx_str type = nx_json_get_str(v, "type");
    if (nx_str_in_nocase(nx_json_get_str(v, "status"), unpublished)) {
        return "a draft";
    }
    for (size_t i = 0; i < NX_COUNT(kinds); i++) {
        if (nx_str_eq_nocase(type, nx_str_of(kinds[i][0]))) {
            return kinds[i][1];
        }
    }
    return NULL;
}

// What agencies say about an item: ninjs 1 has its names in small letters, 2 and 3 in camelCase.
static const nx_json *said(const nx_json *item, const char *name)
{
    nx_json_member m = {0};
    while (nx_json_next(item, &m)) {
        if (nx_str_eq_nocase(m.key, nx_str_of(name))) {
            return m.value;
        }
    }
    return NULL;
}

// The object that says what kind of item it is: v, or what wraps around it in agency APIs.
static const nx_json *item_of(const nx_json *v)
{
    static const char *const paths[] = {"data.item", "item", "data"};
    if (said(v, "pubstatus") != NULL || nx_json_get(v, "type") != NULL) {
        return v;
    }
    for (size_t i = 0; i < NX_COUNT(paths); i++) {
        const nx_json *inner = nx_json_path(v, nx_str_of(paths[i]));
        if (nx_json_kind_of(inner) == NX_JSON_OBJECT && nx_json_get(inner, "type") != NULL) {
            return inner;
        }
    }
    return v;
}

void nx_json_gather(const nx_json *v, const nx_corpus_options *options, nx_json_fields *out)
{
    memset(out, 0, sizeof *out);
    const nx_json *item = item_of(v);
    gather_level(item, 0, out);
    if (item != v) {
        gather_level(v, 1, out); // the envelope
    }
    for (size_t i = 0; i < options->field_count; i++) {
        const nx_field_map *map = &options->fields[i];
        const nx_json *value = nx_json_path(v, map->theirs);
        nx_role role = nx_role_by_name(map->ours);
        if (role != NX_ROLE_NONE && !is_blank(value)) {
            add_candidate(out, role, value, 0);
        }
    }
    out->item = item;
    out->not_article = kind_of_item(item);
}

bool nx_json_has(const nx_json_fields *f, nx_role role)
{
    return f->of[role][0].value != NULL;
}

bool nx_json_has_text(const nx_json_fields *f)
{
    unsigned name_rank = 0;
    (void)nx_field_role(NX_STR("name"), &name_rank);
    return nx_json_has(f, NX_ROLE_BODY) || nx_json_has(f, NX_ROLE_SUMMARY) ||
           (nx_json_has(f, NX_ROLE_TITLE) &&
            (f->of[NX_ROLE_TITLE][0].rank <= name_rank || nx_json_has(f, NX_ROLE_PUBLISHED)));
}

nx_str nx_json_page(const nx_json_fields *f)
{
    static const char *const begun[] = {"<!doctype html", "<html", NULL};
    unsigned html_rank = 0;
    (void)nx_field_role(NX_STR("html"), &html_rank);
    const nx_json_candidate *body = &f->of[NX_ROLE_BODY][0];
    nx_str s = nx_str_trim(nx_json_str(body->value));
    bool page = body->rank > html_rank && nx_str_starts_any_nocase(s, begun) > 0;
    return page ? s : NX_STR_NONE;
}

// ---- lists of articles

static bool names_articles(nx_str key)
{
    static const char *const names[] = {
        "articles", "docs",    "documents", "entries", "hits",    "items", "news", "newsobjects",
        "posts",    "records", "results",   "rows",    "stories", "item",  "data", "value"};
    for (size_t i = 0; i < NX_COUNT(names); i++) {
        if (nx_str_eq_nocase(key, nx_str_of(names[i]))) {
            return true;
        }
    }
    return false;
}

static bool looks_like_article(const nx_json *v)
{
    if (nx_json_kind_of(v) != NX_JSON_OBJECT) {
        return false;
    }
    nx_json_fields f;
    memset(&f, 0, sizeof f);
    gather_level(v, 0, &f);
    return nx_json_has(&f, NX_ROLE_BODY) ||
           ((nx_json_has(&f, NX_ROLE_TITLE) || nx_json_has(&f, NX_ROLE_SUMMARY)) &&
            (nx_json_has(&f, NX_ROLE_URL) || nx_json_has(&f, NX_ROLE_PUBLISHED)));
}

static const nx_json *find_list(const nx_json *v, bool named_only, unsigned depth)
{
    nx_json_member m = {0};
    while (nx_json_next(v, &m)) {
        if (nx_json_kind_of(m.value) == NX_JSON_ARRAY && (!named_only || names_articles(m.key)) &&
            looks_like_article(nx_json_at(m.value, 0))) {
            return m.value;
        }
    }
    nx_json_member inner = {0};
    while (depth < LIST_DEPTH && nx_json_next(v, &inner)) {
        bool list = nx_json_kind_of(inner.value) == NX_JSON_ARRAY; // {"db": [{"data": {"posts": ...
        const nx_json *around = list ? nx_json_at(inner.value, 0) : inner.value;
        const nx_json *found = nx_json_kind_of(around) == NX_JSON_OBJECT
                                   ? find_list(around, named_only, depth + 1)
                                   : NULL;
        if (found != NULL) {
            return found;
        }
    }
    return NULL;
}

const nx_json *nx_json_article_list(const nx_json *v, bool has_title)
{
    const nx_json *list = find_list(v, true, 0);
    return list != NULL || has_title ? list : find_list(v, false, 0);
}

// ---- values as text

static nx_str text_within(const nx_json *v, unsigned depth)
{
    static const char *const keys[] = {
        "name",      "rendered", "text",   "value", "html",    "basic",        "main",
        "original",  "by",       "byline", "title", "content", "display_name", "label",
        "term",      "webTitle", "#text",  "_text", "$t",      "$oid",         "$date",
        "full_name", "plain",    "city",   "body",  "url",     "href",         "$numberLong"};
    static const char *const around[] = {"attributes", "data", "main", "$date"};
    for (size_t i = 0; i < NX_COUNT(keys); i++) {
        nx_str s = nx_json_text(nx_json_get(v, keys[i]));
        if (nx_str_trim(s).n > 0) {
            return s;
        }
    }
    nx_str s = NX_STR_NONE;
    for (size_t i = 0; i < NX_COUNT(around) && s.p == NULL && depth < VALUE_DEPTH; i++) {
        const nx_json *inner = nx_json_get(v, around[i]);
        s = nx_json_kind_of(inner) == NX_JSON_OBJECT ? text_within(inner, depth + 1) : s;
    }
    return s;
}

// The name or text of a thing that is given as an object; absent when it has none.
static nx_str object_text(const nx_json *v)
{
    return text_within(v, 0);
}

static nx_status apply_person(nx_article *a, const nx_json *v, const nx_corpus_options *options,
                              nx_error *err)
{
    static const char *const first[] = {"first", "firstname", "first_name", "given_name"};
    static const char *const last[] = {"last", "lastname", "last_name", "family_name"};
    nx_str text = object_text(v);
    for (size_t i = 0; i < NX_COUNT(first) && text.p == NULL; i++) {
        nx_str given = nx_json_get_str(v, first[i]), family = nx_json_get_str(v, last[i]);
        if (family.n > 0) {
            nx_buf name;
            nx_buf_init(&name, 4096);
            nx_buf_adds(&name, given);
            nx_buf_addc(&name, ' ');
            nx_buf_adds(&name, family);
            nx_status st = name.failed && !name.over_max
                               ? nx_fail_nomem(err)
                               : nx_field_apply(a, NX_ROLE_AUTHOR, nx_buf_str(&name), options, err);
            nx_buf_release(&name);
            return st;
        }
    }
    return nx_field_apply(a, NX_ROLE_AUTHOR, text, options, err);
}

// {"name": "subject", "value": "Ferries"}; The Guardian lists its authors as tags, too.
static nx_status apply_keyword(nx_article *a, const nx_json *v, const nx_corpus_options *options,
                               nx_error *err)
{
    if (nx_str_eq(nx_json_get_str(v, "type"), NX_STR("contributor"))) {
        return nx_field_is_set(a, NX_ROLE_AUTHOR) ? NX_OK : apply_person(a, v, options, err);
    }
    nx_str value = nx_json_get_str(v, "value");
    return nx_field_apply(a, NX_ROLE_KEYWORDS, value.n > 0 ? value : object_text(v), options, err);
}

// ---- bodies in pieces

// Title, section and date come as pieces too in the Washington Post's articles.
static nx_status apply_piece_facts(nx_article *a, const nx_json *list,
                                   const nx_corpus_options *options, nx_error *err)
{
    static const struct {
        const char *type;
        nx_role role;
    } kinds[] = {{"title", NX_ROLE_TITLE},
                 {"kicker", NX_ROLE_SECTION},
                 {"byline", NX_ROLE_AUTHOR},
                 {"date", NX_ROLE_PUBLISHED}};
    size_t n = nx_json_count(list);
    nx_status st = NX_OK;
    for (size_t i = 0; i < n && st == NX_OK; i++) {
        const nx_json *piece = nx_json_at(list, i);
        for (size_t k = 0; k < NX_COUNT(kinds) && st == NX_OK; k++) {
            if (nx_str_eq(nx_json_get_str(piece, "type"), nx_str_of(kinds[k].type)) &&
                !nx_field_is_set(a, kinds[k].role)) {
                st = nx_field_apply(a, kinds[k].role, nx_json_text(nx_json_get(piece, "content")),
                                    options, err);
            }
        }
    }
    return st;
}

static nx_status apply_pieces(nx_article *a, const nx_json *list, const nx_corpus_options *options,
                              nx_error *err)
{
    nx_buf text;
    nx_buf_init(&text, options->limits.record_bytes);
    nx_status st = nx_json_add_pieces(list, &text, err);
    if (st == NX_OK) {
        st = nx_buf_check(&text, "body", err);
    }
    if (st == NX_OK && a->body.p == NULL) {
        nx_article_set_body(a, nx_buf_str(&text));
    }
    nx_buf_release(&text);
    return st == NX_OK ? apply_piece_facts(a, list, options, err) : st;
}

// ---- filling

static nx_status apply_value(nx_article *a, nx_role role, const nx_json *v,
                             const nx_corpus_options *options, unsigned depth, nx_error *err)
{
    switch (nx_json_kind_of(v)) {
    case NX_JSON_NUMBER:
        if (role == NX_ROLE_KEYWORDS) { // of a list that is elsewhere
            return NX_OK;
        }
        return nx_field_apply(a, role, nx_json_text(v), options, err);
    case NX_JSON_STRING: return nx_field_apply(a, role, nx_json_str(v), options, err);
    case NX_JSON_OBJECT:
        if (role == NX_ROLE_AUTHOR) {
            return apply_person(a, v, options, err);
        }
        if (role == NX_ROLE_KEYWORDS) {
            return apply_keyword(a, v, options, err);
        }
        if (role == NX_ROLE_BODY && object_text(v).p == NULL) {
            return apply_pieces(a, v, options, err);
        }
        return nx_field_apply(a, role, object_text(v), options, err);
    case NX_JSON_ARRAY: break;
    default: return NX_OK;
    }
    if (role == NX_ROLE_BODY) {
        return apply_pieces(a, v, options, err);
    }
    bool several = role == NX_ROLE_AUTHOR || role == NX_ROLE_KEYWORDS;
    nx_status st = NX_OK;
    size_t n = nx_json_count(v);
    for (size_t i = 0; i < n && depth < VALUE_DEPTH && st == NX_OK; i++) {
        if (several || !nx_field_is_set(a, role)) {
            st = apply_value(a, role, nx_json_at(v, i), options, depth + 1, err);
        }
    }
    return st;
}

bool nx_json_is_canceled(const nx_json_fields *f)
{
    static const char *const words[] = {"canceled", "cancelled", NULL};
    return nx_str_in_nocase(nx_json_str(said(f->item, "pubstatus")), words);
}

// What agencies say about an item besides its text (ninjs: pubstatus, embargoed, version).
static nx_status fill_status(nx_article *a, const nx_json_fields *f,
                             const nx_corpus_options *options, nx_error *err)
{
    const nx_json *item = f->item;
    if (nx_json_is_canceled(f)) {
        a->state = NX_ARTICLE_CANCELED;
    } else if (nx_str_eq_nocase(nx_json_str(said(item, "pubstatus")), NX_STR("withheld"))) {
        a->state = NX_ARTICLE_WITHHELD;
    }
    nx_str embargo = nx_json_str(said(item, "embargoed"));
    if (embargo.n > 0 && nx_date_parse(embargo, options->zone_min, &a->not_before)) {
        a->not_before.from = NX_FROM_RECORD;
        bool over = options->now_utc != 0 && a->not_before.utc <= options->now_utc;
        if (a->state == NX_ARTICLE_USABLE && !over) {
            a->state = NX_ARTICLE_WITHHELD;
        }
    }
    int64_t version = 0;
    nx_str text = nx_json_text(nx_json_get(item, "version"));
    if (text.n > 0 && text.n < 10) {
        for (size_t i = 0; i < text.n && nx_is_digit(text.p[i]); i++) {
            version = version * 10 + (text.p[i] - '0');
        }
    }
    a->version = version;
    // ninjs has no field for "published": the first version's time, or this one's.
    return a->published.known
               ? NX_OK
               : nx_field_apply(a, NX_ROLE_PUBLISHED, nx_json_str(said(item, "versioncreated")),
                                options, err);
}

// An export that gives no more than a description: that is the text there is, with its paragraphs
// when value, which it is from, has some.
static nx_status take_summary(nx_article *a, const nx_json *value, const nx_corpus_options *options,
                              nx_error *err)
{
    nx_str given =
        nx_json_kind_of(value) == NX_JSON_OBJECT ? object_text(value) : nx_json_str(value);
    nx_status st = NX_OK;
    if (nx_str_find(given, NX_STR("</p>"), 0) != SIZE_MAX) {
        st = nx_field_apply(a, NX_ROLE_BODY, given, options, err);
    }
    if (st == NX_OK && a->body.p == NULL) {
        nx_article_set_body(a, a->summary.s);
    }
    a->summary = (nx_fact){NX_STR_NONE, NX_FROM_NONE};
    return st;
}

nx_status nx_json_fill(nx_article *a, const nx_json_fields *f, const nx_corpus_options *options,
                       nx_error *err)
{
    nx_status st = NX_OK;
    for (nx_role role = NX_ROLE_ID; role < NX_ROLE_COUNT && st == NX_OK; role++) {
        for (size_t i = 0; i < NX_JSON_CANDIDATES && st == NX_OK; i++) {
            const nx_json *value = f->of[role][i].value;
            if (value == NULL || (nx_field_is_set(a, role) && role != NX_ROLE_KEYWORDS)) {
                break;
            }
            st = apply_value(a, role, value, options, 0, err);
        }
    }
    if (st == NX_OK && a->body.p == NULL && a->summary.s.p != NULL) {
        st = take_summary(a, f->of[NX_ROLE_SUMMARY][0].value, options, err);
    }
    return st == NX_OK ? fill_status(a, f, options, err) : st;
}
