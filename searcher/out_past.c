// out_past.c: an article's versions and what changed between them, as text and as a JSON object.
//
// Text shows the paragraphs that have a change, and of long ones the words around it.
// Must not know: how versions are found.
#include "searcher/out_past.h"

#include "base/para.h"
#include "base/time.h"
#include "base/tty.h"

enum { INDENT = 4, WIDEST = 100, CONTEXT_WORDS = 25 };

static const char *const fates[] = {[NX_FATE_CURRENT] = "current",
                                    [NX_FATE_REPLACED] = "replaced",
                                    [NX_FATE_WITHDRAWN] = "withdrawn"};

// "2019-03-22T09:15:00Z" of seconds.
static nx_str ended(const nx_edition *e, char text[24])
{
    return nx_str_of(nx_format_utc(text, e->ended_utc));
}

// ---- text: paragraphs

// Part of a run inside one paragraph.
typedef struct piece {
    nx_diff_kind kind;
    nx_str text;
    bool last; // of its paragraph
} piece;

typedef struct cursor {
    const nx_diff *diff;
    size_t run, at;
} cursor;

static bool next_piece(cursor *c, piece *out)
{
    if (c->run == c->diff->count) {
        return false;
    }
    const nx_diff_run *r = &c->diff->runs[c->run];
    nx_str text = r->kind == NX_DIFF_REMOVED ? r->before : r->after;
    const char *line_end = memchr(text.p + c->at, '\n', text.n - c->at);
    size_t end = line_end != NULL ? (size_t)(line_end - text.p) : text.n;
    *out = (piece){.kind = r->kind, .text = nx_str_make(text.p + c->at, end - c->at)};
    c->at = end + (line_end != NULL);
    if (c->at == text.n) {
        c->run++;
        c->at = 0;
    }
    out->last = line_end != NULL || c->run == c->diff->count;
    return true;
}

// Moves to the end of the paragraph. true: it has a change.
static bool pass_paragraph(cursor *c)
{
    piece p;
    bool changed = false;
    while (next_piece(c, &p)) {
        changed = changed || (p.kind != NX_DIFF_SAME && nx_str_trim(p.text).n > 0);
        if (p.last) {
            break;
        }
    }
    return changed;
}

// Where the first count words end; the end of the text when it has no more.
static size_t head(nx_str text, size_t count)
{
    size_t i = 0;
    for (size_t words = 0; words < count && i < text.n; words++) {
        i = nx_str_find_space(text, nx_str_skip_space(text, i));
    }
    return i;
}

// Where the last count words begin.
static size_t tail(nx_str text, size_t count)
{
    size_t i = text.n;
    for (size_t words = 0; words < count && i > 0; words++) {
        while (i > 0 && nx_is_space(text.p[i - 1])) {
            i--;
        }
        while (i > 0 && !nx_is_space(text.p[i - 1])) {
            i--;
        }
    }
    return i;
}

static void add_context(nx_output *o, nx_para *to, const piece *p, bool first)
{
    nx_str dots = nx_str_of(o->utf8 ? " \u2026 " : " ... ");
    size_t from = first ? 0 : head(p->text, CONTEXT_WORDS);
    size_t until = p->last ? p->text.n : tail(p->text, CONTEXT_WORDS);
    if (from >= until) {
        nx_para_add(to, p->text, NX_FACE_PLAIN);
        return;
    }
    nx_para_add(to, nx_str_make(p->text.p, from), NX_FACE_PLAIN);
    nx_para_add(to, dots, NX_FACE_PLAIN);
    nx_para_add(to, nx_str_skip(p->text, until), NX_FACE_PLAIN);
}

static bool change_follows(cursor c)
{
    piece next;
    return next_piece(&c, &next) && next.kind != NX_DIFF_SAME;
}

// In colour, or between marks; rest is what comes after it.
static void add_change(nx_output *o, nx_para *to, const piece *p, cursor rest)
{
    const bool removed = p->kind == NX_DIFF_REMOVED;
    nx_str text = nx_str_trim(p->text);
    if (text.n > 0) {
        if (nx_is_space(p->text.p[0])) {
            nx_para_add(to, NX_STR(" "), NX_FACE_PLAIN);
        }
        nx_para_add(to, nx_str_of(o->color ? "" : removed ? "[-" : "{+"), NX_FACE_PLAIN);
        nx_para_add(to, text, removed ? NX_FACE_REMOVED : NX_FACE_ADDED);
        nx_para_add(to, nx_str_of(o->color ? "" : removed ? "-]" : "+}"), NX_FACE_PLAIN);
    }
    if ((p->text.n > 0 && nx_is_space(p->text.p[p->text.n - 1])) || change_follows(rest)) {
        nx_para_add(to, NX_STR(" "), NX_FACE_PLAIN);
    }
}

static void add_paragraph(nx_output *o, cursor c)
{
    nx_para to;
    piece p;
    int columns = o->columns < WIDEST ? o->columns : WIDEST;
    nx_buf_addf(&o->buf, "%*s", INDENT, "");
    nx_para_begin(&to, &o->buf, columns, INDENT, INDENT, o->color);
    for (bool first = true; next_piece(&c, &p); first = false) {
        if (p.kind == NX_DIFF_SAME) {
            add_context(o, &to, &p, first);
        } else {
            add_change(o, &to, &p, c);
        }
        if (p.last) {
            break;
        }
    }
    nx_para_end(&to);
}

static void add_diff(nx_output *o, const char *name, const nx_diff *d)
{
    bool passed = false;
    if (!d->changed) {
        return;
    }
    nx_buf_addf(&o->buf, "  %s\n", name);
    for (cursor c = {.diff = d}; c.run < d->count;) {
        cursor start = c;
        if (!pass_paragraph(&c)) {
            passed = true;
            continue;
        }
        if (passed) {
            nx_buf_addf(&o->buf, "%*s%s\n", INDENT, "", o->utf8 ? "\u2026" : "...");
            passed = false;
        }
        add_paragraph(o, start);
    }
}

// ---- text: the list

static void add_edition(nx_output *o, const nx_edition *e)
{
    char text[24];
    nx_buf line;
    nx_buf_init(&line, 1 << 20);
    nx_buf_addf(&line, "%2u. ", e->number);
    nx_card_add_date(&e->card, &line);
    if (e->card.updated.n > 0 && !nx_str_eq(e->card.updated, e->card.published)) {
        nx_buf_addz(&line, ", updated ");
        nx_card_add_time(e->card.updated, &line);
    }
    nx_buf_addf(&line, ", %s", fates[e->fate]);
    if (e->fate != NX_FATE_CURRENT) {
        nx_buf_addc(&line, ' ');
        nx_card_add_time(ended(e, text), &line);
    }
    nx_tty_add_safe(&o->buf, nx_buf_str(&line), false);
    nx_buf_addf(&o->buf, "\n%*s", INDENT, "");
    nx_face_add(&o->buf, e->card.title.n > 0 ? e->card.title : NX_STR("(no headline)"),
                NX_FACE_TITLE, o->color);
    nx_buf_addc(&o->buf, '\n');
    nx_buf_release(&line);
}

static void add_step(nx_output *o, const nx_edition *from, const nx_edition *to)
{
    nx_buf_addf(&o->buf, "\nfrom %u to %u:\n", from->number, to->number);
    if (!to->title.changed && !to->summary.changed && !to->body.changed) {
        nx_buf_addz(&o->buf, "  no word changed\n");
    }
    add_diff(o, "headline", &to->title);
    add_diff(o, "summary", &to->summary);
    add_diff(o, "text", &to->body);
}

void nx_text_past(nx_output *o, const nx_past *p)
{
    const nx_edition *last = &p->items[p->count - 1];
    nx_text_head(o, &last->card);
    nx_buf_addc(&o->buf, '\n');
    for (size_t i = 0; i < p->count; i++) {
        add_edition(o, &p->items[i]);
    }
    for (size_t i = 1; i < p->count; i++) {
        add_step(o, &p->items[i - 1], &p->items[i]);
    }
    if (p->count == 1 && last->fate == NX_FATE_CURRENT) {
        nx_buf_addz(&o->buf, "\nno earlier version is kept\n");
    }
    if (last->fate != NX_FATE_CURRENT) { // nothing else shows its text
        const nx_snippet_run run = {.text = last->card.body};
        const nx_snippet body = {.runs = &run, .count = last->card.body.n > 0};
        nx_buf_addf(&o->buf, "\n%s; what it said last:\n\n",
                    last->fate == NX_FATE_WITHDRAWN ? "withdrawn by its source"
                                                    : "no longer in the index");
        nx_text_lines(o, &body);
    }
}

// ---- JSON

static void json_diff(nx_jsonw *w, const char *key, const nx_diff *d)
{
    if (!d->changed) {
        return;
    }
    nx_jsonw_key(w, key);
    nx_jsonw_array(w);
    for (size_t i = 0; i < d->count; i++) {
        const nx_diff_run *r = &d->runs[i];
        nx_jsonw_object(w);
        if (r->kind != NX_DIFF_SAME) {
            nx_jsonw_kstr(w, "change", nx_str_of(r->kind == NX_DIFF_REMOVED ? "removed" : "added"));
        }
        nx_jsonw_kstr(w, "text", r->kind == NX_DIFF_REMOVED ? r->before : r->after);
        nx_jsonw_end(w);
    }
    nx_jsonw_end(w);
}

static void json_edition(nx_jsonw *w, const nx_edition *e)
{
    char text[24];
    nx_jsonw_object(w);
    nx_jsonw_kint(w, "number", e->number);
    nx_jsonw_kstr(w, "state", nx_str_of(fates[e->fate]));
    if (e->fate != NX_FATE_CURRENT) {
        nx_jsonw_kstr(w, "until", ended(e, text));
    }
    nx_json_record(w, &e->card);
    nx_jsonw_key(w, "changes");
    nx_jsonw_object(w);
    json_diff(w, "title", &e->title);
    json_diff(w, "summary", &e->summary);
    json_diff(w, "body", &e->body);
    nx_jsonw_end(w);
    nx_jsonw_end(w);
}

void nx_json_past(nx_output *o, const nx_past *p)
{
    nx_jsonw_init(&o->json, &o->buf, true);
    nx_jsonw_object(&o->json);
    nx_jsonw_kint(&o->json, "format", NX_OUTPUT_VERSION);
    nx_jsonw_kstr(&o->json, "id", p->items[p->count - 1].card.id);
    nx_jsonw_key(&o->json, "versions");
    nx_jsonw_array(&o->json);
    for (size_t i = 0; i < p->count; i++) {
        json_edition(&o->json, &p->items[i]);
    }
    nx_jsonw_end(&o->json);
    nx_jsonw_end(&o->json);
    nx_buf_addc(&o->buf, '\n');
}
