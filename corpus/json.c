// json.c: one JSON value -> articles, whatever the export it comes from. nx_read_json.
//
// No shape is required: the fields of an object are gathered by their names (fields.h), one or
// more levels deep; an object without a text but with a list of such objects is a container.
// ninjs, JSON Feed, Elasticsearch hits and the API exports of papers all come out of that rule.
// Must not know: files, lines.
#include "corpus/attribute.h"
#include "corpus/feed_text.h"
#include "corpus/jsonv.h"
#include "corpus/json_object.h"
#include "corpus/reader.h"

enum { NESTED_MAX = 8 }; // containers inside containers

typedef struct job {
    const nx_record *record;
    const nx_corpus_options *options;
    const nx_article_sink *sink;
    const nx_json *feed; // the JSON Feed that the articles are items of; NULL: none
    size_t made;         // articles and skips so far
} job;

static nx_status read_value(job *j, const nx_json *v, unsigned depth, nx_error *err);

static nx_status skip(job *j, nx_status code, const char *reason, const char *text, nx_error *err)
{
    j->made++;
    return nx_record_skip(j->record, j->sink, code, reason, err, "%s", text);
}

static nx_status read_list(job *j, const nx_json *list, unsigned depth, nx_error *err)
{
    nx_status st = NX_OK;
    size_t n = nx_json_count(list);
    for (size_t i = 0; i < n && st == NX_OK; i++) {
        if (nx_json_kind_of(nx_json_at(list, i)) == NX_JSON_OBJECT) {
            st = read_value(j, nx_json_at(list, i), depth + 1, err);
        }
    }
    return st;
}

// What a feed says of all its items.
static nx_status apply_feed(job *j, nx_article *a, nx_error *err)
{
    char scratch[256];
    nx_feed_set_publisher(a, nx_json_get_str(j->feed, "title"),
                          nx_url_host(a->url.s, scratch, sizeof scratch));
    return nx_field_apply(a, NX_ROLE_LANGUAGE, nx_json_get_str(j->feed, "language"), j->options,
                          err);
}

static bool is_feed(const nx_json *v)
{
    return nx_str_find(nx_json_get_str(v, "version"), NX_STR("jsonfeed.org"), 0) != SIZE_MAX;
}

// What crawlers write, a page a line: {"url": ..., "html": "<!doctype html>..."}. The page says
// more of itself than they do.
static nx_status read_page(job *j, const nx_json_fields *fields, nx_str html, nx_error *err)
{
    nx_record page = *j->record;
    page.format = NX_FORMAT_HTML;
    page.bytes = html;
    page.url = nx_json_text(fields->of[NX_ROLE_URL][0].value);
    page.charset = NX_STR("utf-8");
    j->made++;
    return nx_read_html(&page, j->options, j->sink, err);
}

static nx_status read_object(job *j, const nx_json *v, unsigned depth, nx_error *err)
{
    nx_json_fields fields;
    nx_json_gather(v, j->options, &fields);
    if (fields.not_article != NULL) {
        return skip(j, NX_OK, "not an article", fields.not_article, err);
    }
    if (!nx_json_has(&fields, NX_ROLE_BODY)) {
        const nx_json *list = nx_json_article_list(v, nx_json_has(&fields, NX_ROLE_TITLE));
        if (list != NULL) {
            const nx_json *around = j->feed;
            j->feed = is_feed(v) ? v : around;
            nx_status st = read_list(j, list, depth, err);
            j->feed = around; // what follows is none of its items
            return st;
        }
    }
    if (!nx_json_has_text(&fields) && !nx_json_is_canceled(&fields)) {
        return skip(j, NX_OK, "not an article", "the object has no text", err);
    }
    nx_str page = nx_json_page(&fields);
    if (page.p != NULL) {
        return read_page(j, &fields, page, err);
    }
    nx_article *a = nx_article_for(j->record);
    if (a == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status st = nx_json_fill(a, &fields, j->options, err);
    if (st == NX_OK && j->feed != NULL) {
        st = apply_feed(j, a, err);
    }
    if (st != NX_OK) {
        nx_article_free(a);
        return st;
    }
    j->made++;
    return nx_article_finish(a, j->record, j->options, j->sink, err);
}

static nx_status read_value(job *j, const nx_json *v, unsigned depth, nx_error *err)
{
    if (depth > NESTED_MAX) {
        return skip(j, NX_ELIMIT, "nested too deep", "lists of articles nested too deep", err);
    }
    switch (nx_json_kind_of(v)) {
    case NX_JSON_OBJECT: return read_object(j, v, depth, err);
    case NX_JSON_ARRAY: return read_list(j, v, depth, err);
    default: return skip(j, NX_OK, "not an article", "neither an object nor an array", err);
    }
}

nx_status nx_read_json(const nx_record *r, const nx_corpus_options *options,
                       const nx_article_sink *sink, nx_error *err)
{
    job j = {.record = r, .options = options, .sink = sink};
    nx_json *root = NULL;
    nx_status st = nx_json_parse(r->bytes, NX_JSON_STRICT, &root, err);
    if (st == NX_EFORMAT || st == NX_ELIMIT) {
        nx_error why = *err;
        return skip(&j, st, st == NX_EFORMAT ? "invalid JSON" : "JSON over a limit", why.msg, err);
    }
    if (st == NX_OK) {
        st = read_value(&j, root, 0, err);
    }
    nx_json_free(root);
    if (st == NX_OK && j.made == 0) {
        st = skip(&j, NX_OK, "not an article", "no object in it", err);
    }
    return st;
}
