// out_json.c: results as one JSON object (--json), or as a stream of one object a line (--jsonl).
// newsdex-output(5) describes the members.
//
// Must not know: how results are found.
#include "searcher/output.h"

static void add_strings(nx_jsonw *w, const char *key, const nx_str *items, size_t count)
{
    if (count > 0) {
        nx_jsonw_key(w, key);
        nx_jsonw_array(w);
        for (size_t i = 0; i < count; i++) {
            nx_jsonw_str(w, items[i]);
        }
        nx_jsonw_end(w);
    }
}

// Members are left out when the article does not have them.
static void add_known(nx_jsonw *w, const char *key, nx_str value)
{
    nx_jsonw_kstr(w, key, value.n > 0 ? value : NX_STR_NONE);
}

static void add_passage(nx_jsonw *w, const char *key, const nx_snippet *s)
{
    nx_jsonw_key(w, key);
    nx_jsonw_array(w);
    for (size_t i = 0; i < s->count; i++) {
        nx_jsonw_object(w);
        nx_jsonw_kstr(w, "text", s->runs[i].text);
        if (s->runs[i].marked) {
            nx_jsonw_kbool(w, "match", true);
        }
        nx_jsonw_end(w);
    }
    nx_jsonw_end(w);
}

static void add_plain_text(nx_jsonw *w, const char *key, const nx_snippet *s)
{
    nx_buf text;
    nx_buf_init(&text, 1 << 26);
    nx_add_plain(&text, s);
    nx_jsonw_key(w, key);
    nx_jsonw_str(w, text.len > 0 ? nx_buf_str(&text) : NX_STR(""));
    w->out->failed = w->out->failed || text.failed;
    nx_buf_release(&text);
}

static void add_attribution(nx_jsonw *w, const nx_card *c)
{
    nx_buf text;
    nx_buf_init(&text, 1 << 20);
    nx_card_add_attribution(c, " \u00b7 ", &text);
    nx_jsonw_kstr(w, "attribution", nx_buf_str(&text));
    w->out->failed = w->out->failed || text.failed;
    nx_buf_release(&text);
}

// The record of an article, as hits and `show` have it.
static void add_record(nx_jsonw *w, const nx_card *c)
{
    add_known(w, "id", c->id);
    add_known(w, "title", c->title);
    add_known(w, "url", c->url);
    add_attribution(w, c);
    add_known(w, "source", c->source);
    add_known(w, "host", c->host);
    add_known(w, "agency", c->agency);
    add_known(w, "credited", c->credited);
    add_strings(w, "authors", c->authors, c->author_count);
    add_known(w, "byline", c->byline);
    add_known(w, "place", c->place);
    add_known(w, "published", c->published);
    add_known(w, "published_from", c->published_from);
    add_known(w, "updated", c->updated);
    add_known(w, "section", c->section);
    add_strings(w, "keywords", c->keywords, c->keyword_count);
    add_known(w, "language", c->language);
    add_known(w, "native_id", c->native_id);
    add_known(w, "family", c->family);
    add_known(w, "file", c->file);
    add_known(w, "member", c->member);
    if (c->line != NX_CARD_NOWHERE) {
        nx_jsonw_kint(w, "line", c->line);
    }
    if (c->offset != NX_CARD_NOWHERE) {
        nx_jsonw_kint(w, "offset", c->offset);
    }
}

// The family's articles, the hit among them.
static void add_members(nx_jsonw *w, const nx_card *c)
{
    if (c->members.count < 2) {
        return;
    }
    size_t publishers;
    (void)nx_card_copies(c, &publishers);
    add_known(w, "family_agency", nx_card_agency(c));
    nx_jsonw_kint(w, "family_publishers", (int64_t)publishers);
    nx_jsonw_key(w, "family_articles");
    nx_jsonw_array(w);
    for (size_t i = 0; i < c->members.count; i++) {
        const nx_member *m = &c->members.items[i];
        nx_jsonw_object(w);
        nx_jsonw_kstr(w, "id", m->id);
        add_known(w, "source", m->source);
        add_known(w, "agency", m->agency);
        add_known(w, "published", m->published);
        nx_jsonw_end(w);
    }
    nx_jsonw_end(w);
    if (c->members.more) {
        nx_jsonw_kbool(w, "family_more", true);
    }
}

static void add_parts(nx_jsonw *w, const nx_card *c)
{
    if (c->part_count == 0) {
        return;
    }
    nx_jsonw_key(w, "explanation");
    nx_jsonw_array(w);
    for (size_t i = 0; i < c->part_count; i++) {
        nx_jsonw_object(w);
        nx_jsonw_kstr(w, "what", nx_str_of(c->parts[i].what));
        nx_jsonw_key(w, "weight");
        nx_jsonw_double(w, c->parts[i].weight);
        nx_jsonw_end(w);
    }
    nx_jsonw_end(w);
}

static void add_hit(nx_jsonw *w, const nx_card *c)
{
    nx_jsonw_kint(w, "rank", c->rank);
    nx_jsonw_key(w, "score");
    nx_jsonw_double(w, c->weight);
    add_record(w, c);
    nx_jsonw_kint(w, "family_others", c->family_others);
    add_members(w, c);
    add_strings(w, "matched", c->matched, c->matched_count);
    add_plain_text(w, "snippet", &c->snippet);
    nx_jsonw_kbool(w, "snippet_matches", c->snippet.matched);
    add_passage(w, "snippet_runs", &c->snippet);
    add_parts(w, c);
}

// ---- the query

static const char *const note_kinds[] = {[NX_NOTE_IGNORED] = "ignored",
                                         [NX_NOTE_CORRECTED] = "corrected",
                                         [NX_NOTE_EXPANDED] = "expanded",
                                         [NX_NOTE_HINT] = "hint"};

static void add_notes(nx_jsonw *w, const nx_query *q)
{
    nx_jsonw_key(w, "notes");
    nx_jsonw_array(w);
    for (const nx_note *n = q != NULL ? q->notes : NULL; n != NULL; n = n->next) {
        nx_jsonw_object(w);
        nx_jsonw_kstr(w, "kind", nx_str_of(note_kinds[n->kind]));
        nx_jsonw_kint(w, "at", (int64_t)n->at);
        nx_jsonw_kint(w, "end", (int64_t)n->end);
        nx_jsonw_kstr(w, "text", nx_str_of(n->text));
        nx_jsonw_end(w);
    }
    nx_jsonw_end(w);
}

static void add_buckets(nx_jsonw *w, const nx_tally *t)
{
    nx_jsonw_array(w);
    for (size_t i = 0; i < t->count; i++) {
        nx_jsonw_object(w);
        nx_jsonw_kstr(w, "value", t->buckets[i].value);
        nx_jsonw_kint(w, "articles", (int64_t)t->buckets[i].documents);
        nx_jsonw_end(w);
    }
    nx_jsonw_end(w);
}

static void add_views(nx_jsonw *w, const nx_answer *a)
{
    if (a->facet_count > 0) {
        nx_jsonw_key(w, "facets");
        nx_jsonw_object(w);
        for (size_t i = 0; i < a->facet_count; i++) {
            nx_jsonw_key(w, a->facets[i].name);
            add_buckets(w, &a->facets[i]);
        }
        nx_jsonw_end(w);
    }
    if (a->timeline.name != NULL) {
        nx_jsonw_key(w, "timeline");
        nx_jsonw_object(w);
        nx_jsonw_kstr(w, "step", nx_str_of(a->timeline.name));
        nx_jsonw_key(w, "counts");
        add_buckets(w, &a->timeline);
        nx_jsonw_kint(w, "undated", (int64_t)a->timeline.undated);
        nx_jsonw_end(w);
    }
}

static void add_query(nx_jsonw *w, const nx_answer *a)
{
    const nx_counts *n = &a->counts;
    bool exact = n->lower == n->upper;
    nx_jsonw_kstr(w, "topic", a->topic);
    nx_jsonw_kstr(w, "query", a->query);
    nx_jsonw_kint(w, "total", (int64_t)(exact ? n->lower : n->estimated));
    nx_jsonw_kbool(w, "total_exact", exact);
    nx_jsonw_kint(w, "first", a->first);
    nx_jsonw_kint(w, "shown", a->shown);
    nx_jsonw_kint(w, "index_articles", n->index_documents);
    if (n->undated_known) {
        nx_jsonw_kint(w, "undated_left_out", (int64_t)n->undated);
    }
    add_notes(w, a->parsed);
    if (a->suggestion.n > 0) {
        nx_jsonw_key(w, "suggestion");
        nx_jsonw_object(w);
        nx_jsonw_kstr(w, "query", a->suggestion);
        nx_jsonw_kint(w, "total", (int64_t)a->suggestion_hits);
        nx_jsonw_end(w);
    }
    nx_jsonw_kstr(w, "tree", a->tree);
    nx_jsonw_kstr(w, "plan", a->plan);
    add_views(w, a);
}

// ---- --json

static void json_begin(nx_output *o, const nx_answer *a)
{
    nx_jsonw_init(&o->json, &o->buf, true);
    nx_jsonw_object(&o->json);
    nx_jsonw_kint(&o->json, "format", NX_OUTPUT_VERSION);
    add_query(&o->json, a);
    nx_jsonw_key(&o->json, "hits");
    nx_jsonw_array(&o->json);
}

static void json_hit(nx_output *o, const nx_answer *a, const nx_card *c)
{
    (void)a;
    nx_jsonw_object(&o->json);
    add_hit(&o->json, c);
    nx_jsonw_end(&o->json);
}

static void json_end(nx_output *o, const nx_answer *a)
{
    (void)a;
    nx_jsonw_end(&o->json);
    nx_jsonw_end(&o->json);
    nx_buf_addc(&o->buf, '\n');
}

const nx_format nx_as_json = {
    .name = "json", .begin = json_begin, .hit = json_hit, .end = json_end};

void nx_json_record(nx_jsonw *w, const nx_card *c)
{
    add_record(w, c);
    add_known(w, "summary", c->summary);
    nx_jsonw_kstr(w, "body", c->body);
}

void nx_json_article(nx_output *o, const nx_card *c, const nx_snippet *body)
{
    nx_jsonw_init(&o->json, &o->buf, true);
    nx_jsonw_object(&o->json);
    nx_jsonw_kint(&o->json, "format", NX_OUTPUT_VERSION);
    nx_json_record(&o->json, c);
    add_members(&o->json, c);
    if (body->matched) {
        add_passage(&o->json, "body_runs", body);
    }
    nx_jsonw_end(&o->json);
    nx_buf_addc(&o->buf, '\n');
}

// ---- --jsonl

static void begin_line(nx_output *o, const char *type)
{
    nx_jsonw_init(&o->json, &o->buf, false);
    nx_jsonw_object(&o->json);
    nx_jsonw_kint(&o->json, "format", NX_OUTPUT_VERSION);
    nx_jsonw_kstr(&o->json, "type", nx_str_of(type));
}

static void end_line(nx_output *o)
{
    nx_jsonw_end(&o->json);
    nx_buf_addc(&o->buf, '\n');
}

static void jsonl_begin(nx_output *o, const nx_answer *a)
{
    begin_line(o, "query");
    add_query(&o->json, a);
    end_line(o);
}

static void jsonl_hit(nx_output *o, const nx_answer *a, const nx_card *c)
{
    begin_line(o, "hit");
    nx_jsonw_kstr(&o->json, "topic", a->topic);
    add_hit(&o->json, c);
    end_line(o);
}

const nx_format nx_as_jsonl = {
    .name = "jsonl", .batch = true, .begin = jsonl_begin, .hit = jsonl_hit};

// ---- --alerts

void nx_json_alert(nx_output *o, nx_str alert, nx_str query, int64_t news, const nx_card *c)
{
    begin_line(o, "alert");
    nx_jsonw_kstr(&o->json, "alert", alert);
    nx_jsonw_kstr(&o->json, "query", query);
    nx_jsonw_kint(&o->json, "news", news);
    add_hit(&o->json, c);
    end_line(o);
}

void nx_json_alert_error(nx_output *o, nx_str alert, nx_str message)
{
    begin_line(o, "error");
    nx_jsonw_kstr(&o->json, "alert", alert);
    nx_jsonw_kstr(&o->json, "message", message);
    end_line(o);
}

void nx_json_alerts_end(nx_output *o, int64_t through, size_t count)
{
    begin_line(o, "end");
    nx_jsonw_kint(&o->json, "through", through);
    nx_jsonw_kint(&o->json, "news", (int64_t)count);
    end_line(o);
}
