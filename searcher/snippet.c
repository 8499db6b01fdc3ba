// snippet.c: choosing the passage; see snippet.h.
#include "searcher/snippet.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "searcher/spans.h"

enum {
    PARTS_MAX = 64,
    HEADING_CHARS = 110,
    WITH_SPEAKER = 400, // characters of a quotation and the sentence that names who said it
};

typedef struct sentence {
    size_t start, end;
    size_t chars;
    size_t first_span, span_end; // spans that begin in it
    bool ends_paragraph;
    bool prose; // not a heading, a caption or boilerplate
} sentence;

struct nx_snippet_maker {
    const nx_mark *marks;
    size_t mark_count;
    nx_spans *spans;
    sentence *sentences;
    size_t count, cap;
    nx_snippet_run *runs;
    size_t run_count, run_cap;
    bool failed;
    nx_str body, title; // of the article being looked at
};

nx_snippet_maker *nx_snippet_maker_new(const nx_mark *marks, size_t count)
{
    nx_snippet_maker *m = calloc(1, sizeof *m);
    if (m == NULL) {
        return NULL;
    }
    m->marks = marks;
    m->mark_count = count;
    m->spans = nx_spans_new(marks, count);
    if (m->spans == NULL) {
        free(m);
        return NULL;
    }
    return m;
}

nx_status nx_snippet_maker_aim(nx_snippet_maker *m, const nx_mark *marks, size_t count,
                               nx_error *err)
{
    m->marks = marks;
    m->mark_count = count;
    return nx_spans_aim(m->spans, marks, count, err);
}

void nx_snippet_maker_free(nx_snippet_maker *m)
{
    if (m != NULL) {
        nx_spans_free(m->spans);
        free(m->sentences);
        free(m->runs);
        free(m);
    }
}

static size_t characters(nx_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    }
    return n;
}

// ---- which sentences may be shown

// Does it end as sentences end? Closing quotes and brackets after the stop do not count.
static bool ends_as_sentence(nx_str s)
{
    static const char *const closers[] = {"\"",     "'",      ")",      "]",     "\u201d",
                                          "\u2019", "\u00bb", "\u201c", "\u300d"};
    static const char *const stops[] = {".",      "!",      "?",      "\u2026", ":",      ";",
                                        "\u3002", "\uff01", "\uff1f", "\u061f", "\u06d4", "\u0964"};
    for (bool cut = true; cut;) {
        cut = false;
        for (size_t i = 0; i < sizeof closers / sizeof closers[0]; i++) {
            if (nx_str_ends(s, nx_str_of(closers[i])) && s.n > strlen(closers[i])) {
                s.n -= strlen(closers[i]);
                cut = true;
            }
        }
    }
    for (size_t i = 0; i < sizeof stops / sizeof stops[0]; i++) {
        if (nx_str_ends(s, nx_str_of(stops[i]))) {
            return true;
        }
    }
    return false;
}

static bool is_boilerplate(nx_str s)
{
    static const char *const starts[] = {
        "copyright",     "\u00a9",           "(c) ",       "all rights reserved",
        "photo:",        "image:",           "picture:",   "read more",
        "read also",     "related:",         "by ",        "advertisement",
        "click here",    "sign up",          "subscribe",  "follow us",
        "share this",    "image caption",    "file photo", "photograph:",
        "source:",       "see also",         "photos:",    "photo credit",
        "video:",        "watch:",           "listen:",    "hide caption",
        "media caption", "story highlights", "must watch", "just watched"};
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        // "By " begins many a good sentence; a byline is short and has no full stop.
        if (nx_str_starts_nocase(s, nx_str_of(starts[i])) &&
            (strcmp(starts[i], "by ") != 0 || (s.n < 80 && !ends_as_sentence(s)))) {
            return true;
        }
    }
    return nx_str_find_nocase(s, NX_STR("all rights reserved"), 0) != SIZE_MAX;
}

static void on_sentence(void *ctx, size_t start, size_t end)
{
    nx_snippet_maker *m = ctx;
    if (m->count == m->cap) {
        size_t cap = m->cap * 2 + 64;
        sentence *sentences = realloc(m->sentences, cap * sizeof *sentences);
        if (sentences == NULL) {
            m->failed = true;
            return;
        }
        m->sentences = sentences;
        m->cap = cap;
    }
    nx_str text = nx_str_make(m->body.p + start, end - start);
    size_t after = end;
    while (after < m->body.n && (m->body.p[after] == ' ' || m->body.p[after] == '\r')) {
        after++;
    }
    sentence s = {.start = start, .end = end, .chars = characters(text)};
    s.ends_paragraph = after >= m->body.n || m->body.p[after] == '\n';
    bool begins_paragraph = m->count == 0 || m->sentences[m->count - 1].ends_paragraph;
    bool heading =
        begins_paragraph && s.ends_paragraph && s.chars < HEADING_CHARS && !ends_as_sentence(text);
    s.prose = !heading && !is_boilerplate(text) && !nx_str_eq_nocase(text, m->title);
    m->sentences[m->count++] = s;
}

static void assign_spans(nx_snippet_maker *m, const nx_span *spans, size_t count)
{
    size_t k = 0;
    for (size_t i = 0; i < m->count; i++) {
        sentence *s = &m->sentences[i];
        while (k < count && spans[k].start < s->start) {
            k++;
        }
        s->first_span = k;
        while (k < count && spans[k].start < s->end) {
            k++;
        }
        s->span_end = k;
    }
}

// ---- choosing

// What sentences i..last cover: each part of the query once, by its weight; a phrase found whole
// has its own part and weight. Stop words alone are worth nothing.
static double coverage(const nx_snippet_maker *m, const nx_span *spans, size_t i, size_t last)
{
    double best[PARTS_MAX] = {0};
    double sum = 0;
    size_t repeats = 0;
    for (size_t k = m->sentences[i].first_span; k < m->sentences[last].span_end; k++) {
        const nx_mark *mark = &m->marks[spans[k].mark];
        uint32_t part = mark->part % PARTS_MAX;
        double weight = mark->stop ? 0 : mark->weight > 0.01 ? mark->weight : 0.01;
        weight *= mark->place_count > 1 ? 1.5 : 1; // standing together says more
        repeats += best[part] > 0;
        best[part] = weight > best[part] ? weight : best[part];
    }
    for (size_t p = 0; p < PARTS_MAX; p++) {
        sum += best[p];
    }
    // Repeats decide only between passages that cover the same.
    return sum * (1 + 0.01 * (double)(repeats < 10 ? repeats : 10));
}

static bool has_word(nx_str s, const char *word)
{
    nx_str w = nx_str_of(word);
    for (size_t at = 0; (at = nx_str_find_nocase(s, w, at)) != SIZE_MAX; at += w.n) {
        bool left = at == 0 || !nx_is_alpha(s.p[at - 1]);
        bool right = at + w.n >= s.n || !nx_is_alpha(s.p[at + w.n]);
        if (left && right) {
            return true;
        }
    }
    return false;
}

static bool names_speaker(nx_str s)
{
    static const char *const verbs[] = {"said",
                                        "says",
                                        "told",
                                        "added",
                                        "asked",
                                        "wrote",
                                        "tweeted",
                                        "according",
                                        "announced",
                                        "sagte",
                                        "erkl\u00e4rte",
                                        "dit",
                                        "d\u00e9clar\u00e9",
                                        "dijo",
                                        "afirm\u00f3",
                                        "disse",
                                        "zei",
                                        "declared",
                                        "stated",
                                        "argued",
                                        "warned",
                                        "replied"};
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (has_word(s, verbs[i])) {
            return true;
        }
    }
    return false;
}

static nx_str text_of(const nx_snippet_maker *m, size_t i)
{
    const sentence *s = &m->sentences[i];
    return nx_str_make(m->body.p + s->start, s->end - s->start);
}

// Is a quotation open where sentence i begins? Counted from the start of its paragraph.
static bool inside_quotation(const nx_snippet_maker *m, size_t i)
{
    const nx_str open = NX_STR("\u201c"), close = NX_STR("\u201d");
    size_t first = i;
    while (first > 0 && !m->sentences[first - 1].ends_paragraph) {
        first--;
    }
    bool inside = false;
    for (size_t at = m->sentences[first].start; at < m->sentences[i].start; at++) {
        nx_str rest = nx_str_make(m->body.p + at, m->sentences[i].start - at);
        inside = rest.p[0] == '"'
                     ? !inside
                     : nx_str_starts(rest, open) || (inside && !nx_str_starts(rest, close));
    }
    return inside;
}

// A quotation without its speaker: begins with a quotation mark, or goes on with what one has
// begun, and names nobody who says it.
static bool wants_speaker(const nx_snippet_maker *m, size_t i)
{
    static const char *const opening[] = {"\"",     "\u201c", "\u201e", "\u00ab",
                                          "\u00bb", "\u2018", "'"};
    nx_str s = text_of(m, i);
    bool quoted = inside_quotation(m, i);
    for (size_t k = 0; k < sizeof opening / sizeof opening[0] && !quoted; k++) {
        quoted = nx_str_starts(s, nx_str_of(opening[k]));
    }
    return quoted && !names_speaker(s);
}

typedef struct passage {
    size_t first, last;
    double score;
} passage;

static bool fits(const nx_snippet_maker *m, size_t i, size_t last, size_t chars)
{
    return last < m->count && m->sentences[last].prose &&
           m->sentences[i].chars + 1 + m->sentences[last].chars <= chars;
}

// The sentence after it if that names who speaks, else the one before in the same paragraph.
static void add_speaker(const nx_snippet_maker *m, passage *p)
{
    if (fits(m, p->first, p->first + 1, WITH_SPEAKER) && names_speaker(text_of(m, p->first + 1))) {
        p->last++;
    } else if (p->first > 0 && !m->sentences[p->first - 1].ends_paragraph &&
               m->sentences[p->first - 1].prose && fits(m, p->first - 1, p->first, WITH_SPEAKER) &&
               names_speaker(text_of(m, p->first - 1))) {
        p->first--;
    }
}

static passage choose(const nx_snippet_maker *m, const nx_span *spans)
{
    passage best = {0, 0, 0};
    for (size_t i = 0; i < m->count; i++) {
        const sentence *s = &m->sentences[i];
        if (!s->prose) {
            continue;
        }
        double one = s->span_end > s->first_span ? coverage(m, spans, i, i) : 0;
        if (s->chars < 25) {
            one *= 0.7; // "The FBI?" matches and says nothing
        }
        if (one > best.score * 1.0001) {
            best = (passage){i, i, one};
        }
        if (fits(m, i, i + 1, NX_SNIPPET_CHARS)) {
            // A second sentence must be worth it, and one that says it all is better than two.
            double two = coverage(m, spans, i, i + 1) * 0.9;
            if (two > best.score * 1.0001 && two > one) {
                best = (passage){i, i + 1, two};
            }
        }
    }
    if (best.score > 0 && best.first == best.last && wants_speaker(m, best.first)) {
        add_speaker(m, &best);
    }
    return best;
}

// The opening of the story, for an article in whose body nothing matches.
static passage lede(const nx_snippet_maker *m)
{
    for (size_t i = 0; i < m->count; i++) {
        if (m->sentences[i].prose) {
            bool two = m->sentences[i].chars < 100 && !m->sentences[i].ends_paragraph;
            return (passage){i, two && fits(m, i, i + 1, NX_SNIPPET_CHARS) ? i + 1 : i, 0};
        }
    }
    return (passage){0, 0, 0};
}

// ---- runs

static void add_run(nx_snippet_maker *m, const char *p, size_t n, bool marked)
{
    if (n == 0 || m->failed) {
        return;
    }
    if (m->run_count == m->run_cap) {
        size_t cap = m->run_cap * 2 + 32;
        nx_snippet_run *runs = realloc(m->runs, cap * sizeof *runs);
        if (runs == NULL) {
            m->failed = true;
            return;
        }
        m->runs = runs;
        m->run_cap = cap;
    }
    m->runs[m->run_count++] = (nx_snippet_run){nx_str_make(p, n), marked};
}

// Bytes start..end of text as runs; a line break becomes a space unless keep_lines.
static void add_text(nx_snippet_maker *m, nx_str text, size_t start, size_t end, bool marked,
                     bool keep_lines)
{
    while (start < end) {
        size_t stop = start;
        while (stop < end && (keep_lines || text.p[stop] != '\n')) {
            stop++;
        }
        add_run(m, text.p + start, stop - start, marked);
        if (stop < end) {
            add_run(m, " ", 1, false);
            stop++;
        }
        start = stop;
    }
}

static void add_marked(nx_snippet_maker *m, nx_str text, size_t start, size_t end,
                       const nx_span *spans, size_t count, bool keep_lines)
{
    size_t at = start;
    for (size_t k = 0; k < count; k++) {
        size_t from = spans[k].start > at ? spans[k].start : at;
        size_t to = spans[k].end < end ? spans[k].end : end;
        if (spans[k].start < start || from >= to) {
            continue; // elsewhere, or inside of one already marked
        }
        add_text(m, text, at, from, false, keep_lines);
        add_text(m, text, from, to, true, keep_lines);
        at = to;
    }
    add_text(m, text, at, end, false, keep_lines);
}

// Where a sentence that is too long is cut: around its first span, at word boundaries.
static void cut_long(const nx_snippet_maker *m, const nx_span *spans, const sentence *s,
                     size_t *start, size_t *end)
{
    nx_str text = nx_str_make(m->body.p + s->start, s->end - s->start);
    size_t from = 0, limit = NX_SNIPPET_CHARS;
    if (s->span_end > s->first_span) {
        size_t hit = spans[s->first_span].start - s->start;
        size_t last = spans[s->span_end - 1].end - s->start;
        if (last > limit) { // else the beginning shows all of it
            from = hit > limit / 4 ? hit - limit / 4 : 0;
        }
    }
    while (from > 0 && from < text.n && text.p[from - 1] != ' ') {
        from++;
    }
    if (from >= text.n) {
        from = 0;
    }
    from += nx_utf8_cut(nx_str_skip(text, from), 0);
    size_t to = from + nx_utf8_cut(nx_str_skip(text, from), limit);
    size_t word = to;
    while (to < text.n && word > from && text.p[word - 1] != ' ') {
        word--;
    }
    to =
        to < text.n && word > from + limit / 2 ? word - 1 : to; // no spaces: cut between characters
    *start = s->start + from;
    *end = s->start + to;
}

nx_status nx_snippet_make(nx_snippet_maker *m, nx_str title, nx_str body, nx_str language,
                          nx_snippet *out, nx_error *err)
{
    const nx_span *spans = NULL;
    size_t count = 0;
    *out = (nx_snippet){.count = 0};
    body.n = nx_utf8_cut(body, NX_SNIPPET_SCAN_BYTES);
    m->body = body;
    m->title = title;
    m->count = m->run_count = 0;
    m->failed = false;
    (void)nx_sentences(body, language, on_sentence, m);
    nx_status st = nx_spans_find(m->spans, body, language, NULL, &spans, &count, err);
    if (st != NX_OK || m->count == 0) {
        return st != NX_OK ? st : m->failed ? nx_fail_nomem(err) : NX_OK;
    }
    assign_spans(m, spans, count);
    passage p = choose(m, spans);
    out->matched = p.score > 0;
    if (!out->matched) {
        p = lede(m);
    }
    size_t start = m->sentences[p.first].start, end = m->sentences[p.last].end;
    size_t whole_start = start, whole_end = end;
    if (p.first == p.last &&
        m->sentences[p.first].chars > NX_SNIPPET_CHARS + NX_SNIPPET_CHARS / 4) {
        cut_long(m, spans, &m->sentences[p.first], &start, &end);
    }
    if (start > whole_start) {
        add_run(m, "\u2026 ", strlen("\u2026 "), false);
    }
    add_marked(m, body, start, end, spans, out->matched ? count : 0, false);
    if (end < whole_end) {
        add_run(m, " \u2026", strlen(" \u2026"), false);
    }
    if (m->failed) {
        return nx_fail_nomem(err);
    }
    out->runs = m->runs;
    out->count = m->run_count;
    out->start = start;
    out->end = end;
    return NX_OK;
}

nx_status nx_snippet_mark(nx_snippet_maker *m, nx_str text, nx_str language, const nx_field *field,
                          nx_snippet *out, nx_error *err)
{
    const nx_span *spans = NULL;
    size_t count = 0;
    *out = (nx_snippet){.count = 0};
    m->run_count = 0;
    m->failed = false;
    nx_status st = nx_spans_find(m->spans, text, language, field, &spans, &count, err);
    if (st != NX_OK) {
        return st;
    }
    add_marked(m, text, 0, text.n, spans, count, true);
    if (m->failed) {
        return nx_fail_nomem(err);
    }
    *out = (nx_snippet){
        .runs = m->runs, .count = m->run_count, .matched = count > 0, .start = 0, .end = text.n};
    return NX_OK;
}
