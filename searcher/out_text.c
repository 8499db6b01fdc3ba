// out_text.c: results for people: a numbered list, facets as columns, the timeline as bars.
//
// Must not know: how results are found.
#include "searcher/output.h"

#include "base/num.h"
#include "base/para.h"
#include "base/tty.h"
#include "base/utf8.h"
#include "searcher/tally.h"

#define NOTHING "  (no article has one)\n"
#define NOT_DATED "  (no article has a date)\n"

enum { INDENT = 4, WIDEST = 100, FACET_ROWS = 10, LINE_MAX_BYTES = 1 << 20 };

// Lines longer than this are hard to read, however wide the terminal is.
static int text_columns(const nx_output *o)
{
    return o->columns < WIDEST ? o->columns : WIDEST;
}

static void add_passage(nx_output *o, const nx_snippet *s, nx_face plain, nx_face marked, int at)
{
    nx_para p;
    nx_para_begin(&p, &o->buf, text_columns(o), at, INDENT, o->color);
    for (size_t i = 0; i < s->count; i++) {
        nx_para_add(&p, s->runs[i].text, s->runs[i].marked ? marked : plain);
    }
    nx_para_end(&p);
}

static void add_paragraph(nx_output *o, nx_str text, nx_face face)
{
    nx_para p;
    nx_buf_addf(&o->buf, "%*s", INDENT, "");
    nx_para_begin(&p, &o->buf, text_columns(o), INDENT, INDENT, o->color);
    nx_para_add(&p, text, face);
    nx_para_end(&p);
}

static void add_attribution(nx_output *o, const nx_card *c)
{
    nx_buf text;
    nx_buf_init(&text, LINE_MAX_BYTES);
    nx_card_add_attribution(c, o->utf8 ? " \u00b7 " : " - ", &text);
    add_paragraph(o, nx_buf_str(&text), NX_FACE_PLAIN);
    nx_buf_release(&text);
}

// Addresses are not wrapped: they are to be copied.
static void add_location(nx_output *o, const nx_card *c)
{
    nx_buf text;
    nx_buf_init(&text, LINE_MAX_BYTES);
    nx_card_add_location(c, &text);
    // The id is what `show` and --related want; one that only repeats the place is not worth it.
    if (c->url.n == 0 && c->id.n > 0 && !nx_str_starts(c->id, NX_STR("file:"))) {
        nx_buf_addf(&text, "%sid ", text.len > 0 ? "  " : "");
        nx_buf_adds(&text, c->id);
    }
    if (text.len > 0) {
        nx_buf_addf(&o->buf, "%*s", INDENT, "");
        nx_face_add(&o->buf, nx_buf_str(&text), NX_FACE_DIM, o->color);
        nx_buf_addc(&o->buf, '\n');
    }
    nx_buf_release(&text);
}

static void add_copies(nx_output *o, const nx_card *c)
{
    nx_buf text;
    nx_buf_init(&text, LINE_MAX_BYTES);
    nx_card_add_copies(c, &text);
    if (text.len > 0) {
        add_paragraph(o, nx_buf_str(&text), NX_FACE_PLAIN);
    }
    nx_buf_release(&text);
}

// A line for each of the other copies; not wrapped, as the ids are to be copied.
static void list_copies(nx_output *o, const nx_card *c)
{
    nx_buf text;
    nx_buf_init(&text, LINE_MAX_BYTES);
    for (size_t i = 0; i < c->members.count; i++) {
        if (nx_str_eq(c->members.items[i].id, c->id)) {
            continue;
        }
        nx_buf_clear(&text);
        nx_card_add_member(&c->members.items[i], "  ", &text);
        nx_buf_addf(&o->buf, "%*s", INDENT + 2, "");
        nx_face_add(&o->buf, nx_buf_str(&text), NX_FACE_DIM, o->color);
        nx_buf_addc(&o->buf, '\n');
    }
    o->buf.failed = o->buf.failed || text.failed;
    nx_buf_release(&text);
}

static void add_parts(nx_output *o, const nx_card *c)
{
    for (size_t i = 0; i < c->part_count; i++) {
        nx_buf_addf(&o->buf, "%*s%9.4f  ", INDENT, "", c->parts[i].weight);
        nx_tty_add_safe(&o->buf, nx_str_of(c->parts[i].what), false);
        nx_buf_addc(&o->buf, '\n');
    }
}

static void text_hit(nx_output *o, const nx_answer *a, const nx_card *c)
{
    (void)a;
    nx_buf_addc(&o->buf, '\n');
    size_t line = o->buf.len;
    nx_buf_addf(&o->buf, "%2u. ", c->rank);
    if (c->headline.count > 0) {
        int at = (int)(o->buf.len - line); // from rank 100 on, more than the indent
        add_passage(o, &c->headline, NX_FACE_TITLE, NX_FACE_TITLE, at);
    } else {
        nx_face_add(&o->buf, NX_STR("(no headline)"), NX_FACE_TITLE, o->color);
        nx_buf_addc(&o->buf, '\n');
    }
    add_attribution(o, c);
    if (c->snippet.count > 0) {
        nx_buf_addf(&o->buf, "%*s", INDENT, "");
        add_passage(o, &c->snippet, NX_FACE_PLAIN, NX_FACE_BOLD, INDENT);
    }
    add_copies(o, c);
    add_location(o, c);
    add_parts(o, c);
}

// ---- what stands around the hits

static void add_block(nx_output *o, const char *head, nx_str text)
{
    if (text.n > 0) {
        nx_buf_addf(&o->buf, "%s\n", head);
        nx_tty_add_safe(&o->buf, text, true);
        nx_buf_addz(&o->buf, text.p[text.n - 1] == '\n' ? "" : "\n");
    }
}

// "about 1,200 articles, 1-10 shown".
static void add_summary(nx_output *o, const nx_answer *a)
{
    if (a->related) {
        nx_tty_add_safe(&o->buf, a->description, false);
        nx_buf_addz(&o->buf, a->shown == 0 ? ": nothing" : "");
    } else {
        nx_add_total(&o->buf, &a->counts);
        nx_buf_addz(&o->buf, a->counts.upper == 1 ? " article" : " articles");
    }
    if (a->shown > 0 && a->shown < a->counts.estimated) {
        nx_buf_addf(&o->buf, ", %u-%u shown", a->first, a->first + a->shown - 1);
    }
    nx_buf_addc(&o->buf, '\n');
}

static void text_begin(nx_output *o, const nx_answer *a)
{
    if (o->count_only) {
        nx_buf_addf(&o->buf, "%llu", (unsigned long long)a->counts.lower);
        nx_buf_addz(&o->buf, o->batch ? "\t" : "\n");
        if (o->batch) {
            nx_tty_add_safe(&o->buf, a->description, false);
            nx_buf_addc(&o->buf, '\n');
        }
        return;
    }
    if (o->batch) {
        nx_buf_addz(&o->buf, o->queries > 1 ? "\n== " : "== ");
        nx_face_add(&o->buf, a->description, NX_FACE_BOLD, o->color);
        nx_buf_addc(&o->buf, '\n');
    }
    add_summary(o, a);
    add_block(o, "\nquery:", a->tree);
    add_block(o, "\nplan:", a->plan);
}

static int widest_value(const nx_tally *t)
{
    size_t widest = 0;
    for (size_t i = 0; i < t->count; i++) {
        size_t n = nx_utf8_columns(t->buckets[i].value);
        widest = n > widest ? n : widest;
    }
    return (int)widest;
}

static uint64_t most(const nx_tally *t)
{
    uint64_t max = 1;
    for (size_t i = 0; i < t->count; i++) {
        max = t->buckets[i].documents > max ? t->buckets[i].documents : max;
    }
    return max;
}

// A bar of eighths of a column, or of '#'.
static void add_bar(nx_output *o, uint64_t n, uint64_t max, int columns)
{
    static const char *const eighths[] = {"",       "\u258f", "\u258e", "\u258d",
                                          "\u258c", "\u258b", "\u258a", "\u2589"};
    uint64_t units = (uint64_t)((double)n / (double)max * columns * 8 + 0.5);
    units = n > 0 && units == 0 ? 1 : units;
    nx_buf_addz(&o->buf, n > 0 ? " " : "");
    for (uint64_t i = 0; i < units / 8; i++) {
        nx_buf_addz(&o->buf, o->utf8 ? "\u2588" : "#");
    }
    if (o->utf8) {
        nx_buf_addz(&o->buf, eighths[units % 8]);
    } else if (units % 8 >= 4 || units < 8) {
        nx_buf_addz(&o->buf, n > 0 ? "#" : "");
    }
}

static void add_timeline(nx_output *o, const nx_tally *t)
{
    char text[28];
    uint64_t max = most(t);
    int count_width = (int)strlen(nx_format_count(text, max));
    int room = text_columns(o) - widest_value(t) - count_width - 3;
    nx_buf_addf(&o->buf, "\nby %s:\n%s", t->name, t->count == 0 ? NOT_DATED : "");
    for (size_t i = 0; i < t->count; i++) {
        size_t gap = nx_timeline_gap(t, i);
        if (gap > 0) {
            nx_buf_addf(&o->buf, "... (%zu %ss without articles)\n", gap, t->name);
            i += gap - 1;
            continue;
        }
        nx_tty_add_safe(&o->buf, t->buckets[i].value, false);
        nx_buf_addf(&o->buf, " %*s", count_width, nx_format_count(text, t->buckets[i].documents));
        add_bar(o, t->buckets[i].documents, max, room > 1 ? room : 1);
        nx_buf_addc(&o->buf, '\n');
    }
    if (t->count > 0 && t->undated > 0) {
        nx_buf_addf(&o->buf, "undated %s\n", nx_format_count(text, t->undated));
    }
}

static void add_facet(nx_output *o, const nx_tally *t)
{
    char text[28];
    int count_width = (int)strlen(nx_format_count(text, most(t)));
    nx_buf_addf(&o->buf, "\nby %s:\n%s", t->name, t->count == 0 ? NOTHING : "");
    for (size_t i = 0; i < t->count && (t->dated || i < FACET_ROWS); i++) {
        nx_buf_addf(&o->buf, "  %*s  ", count_width,
                    nx_format_count(text, t->buckets[i].documents));
        nx_tty_add_safe(&o->buf, t->buckets[i].value, false);
        nx_buf_addc(&o->buf, '\n');
    }
    if (!t->dated && t->count > FACET_ROWS) {
        nx_buf_addf(&o->buf, "  and %zu more\n", t->count - FACET_ROWS);
    }
}

static void text_end(nx_output *o, const nx_answer *a)
{
    for (size_t i = 0; i < a->facet_count; i++) {
        add_facet(o, &a->facets[i]);
    }
    if (a->timeline.name != NULL) {
        add_timeline(o, &a->timeline);
    }
}

const nx_format nx_as_text = {
    .name = "text", .batch = true, .begin = text_begin, .hit = text_hit, .end = text_end};

// ---- one article

// Its lines are paragraphs; an empty line goes between them.
void nx_text_lines(nx_output *o, const nx_snippet *body)
{
    nx_para p;
    nx_para_begin(&p, &o->buf, text_columns(o), 0, 0, o->color);
    for (size_t i = 0; i < body->count; i++) {
        nx_str text = body->runs[i].text;
        nx_face face = body->runs[i].marked ? NX_FACE_BOLD : NX_FACE_PLAIN;
        for (size_t at = 0; at < text.n;) {
            const char *end = memchr(text.p + at, '\n', text.n - at);
            size_t n = end != NULL ? (size_t)(end - text.p) - at : text.n - at;
            nx_para_add(&p, nx_str_make(text.p + at, n), face);
            at += n + 1;
            if (end != NULL && nx_para_begun(&p)) {
                nx_para_end(&p);
                nx_buf_addc(&o->buf, '\n');
                nx_para_begin(&p, &o->buf, text_columns(o), 0, 0, o->color);
            }
        }
    }
    nx_para_end(&p);
}

void nx_text_head(nx_output *o, const nx_card *c)
{
    nx_face_add(&o->buf, c->title.n > 0 ? c->title : NX_STR("(no headline)"), NX_FACE_TITLE,
                o->color);
    nx_buf_addc(&o->buf, '\n');
    add_attribution(o, c);
    add_location(o, c);
}

void nx_text_article(nx_output *o, const nx_card *c, const nx_snippet *body)
{
    nx_text_head(o, c);
    add_copies(o, c);
    list_copies(o, c);
    nx_buf_addc(&o->buf, '\n');
    nx_text_lines(o, body);
}
