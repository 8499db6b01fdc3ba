// snippet.c: choosing the passage; see snippet.h.
#include "searcher/snippet.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "searcher/prose.h"
#include "searcher/spans.h"

enum {
    PARTS_MAX = 64,
    HEADING_CHARS = 110,
    OPENING_CHARS = 40,
    LONG_WORD = 60,     // bytes
    WITH_SPEAKER = 400, // characters of a quotation and the sentence that names who said it
};
#define ORPHAN_SHARE 0.85 // of what a quotation is worth when nobody is named who says it
#define SHORT_SHARE 0.7   // of a sentence that is too short to say much: "The FBI?"
#define LOOSE_SHARE 0.5   // of one that may be none
#define WORTH_A_CUT 1.1   // more must the middle of a sentence say than its beginning

typedef struct sentence {
    size_t start, end;
    size_t chars;
    size_t first_span, span_end; // spans that begin in it
    bool ends_paragraph;
    bool prose; // not a heading, a caption or boilerplate
    bool loose; // ends a paragraph without a stop: a link or a label that got into it
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
    bool alone = begins_paragraph && s.ends_paragraph;
    bool label = s.ends_paragraph && s.chars < HEADING_CHARS && !nx_prose_ends(text);
    s.loose = label && !begins_paragraph;
    s.prose = !(label && alone) && !nx_prose_is_boilerplate(text) &&
              !nx_str_eq_nocase(text, m->title) && !(alone && nx_prose_repeats(text, m->title));
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

// What the spans first..end-1 cover: each part of the query once, by its weight; a phrase found
// whole has its own part and weight. Stop words alone are worth nothing.
static double coverage(const nx_snippet_maker *m, const nx_span *spans, size_t first, size_t end)
{
    double best[PARTS_MAX] = {0};
    double sum = 0;
    size_t repeats = 0;
    if (first == end) {
        return 0; // as most sentences do
    }
    for (size_t k = first; k < end; k++) {
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
    for (size_t k = 0; k < NX_COUNT(opening) && !quoted; k++) {
        quoted = nx_str_starts(s, nx_str_of(opening[k]));
    }
    return quoted && !nx_prose_names_speaker(s);
}

typedef struct passage {
    size_t first, last;
    double score;
} passage;

static bool fits(const nx_snippet_maker *m, size_t i, size_t last, size_t chars)
{
    return last < m->count && m->sentences[last].prose && !m->sentences[last].loose &&
           m->sentences[i].chars + 1 + m->sentences[last].chars <= chars;
}

// The sentence after it names who speaks, or the one before in the same paragraph.
static bool speaker_follows(const nx_snippet_maker *m, size_t i)
{
    return fits(m, i, i + 1, WITH_SPEAKER) && nx_prose_names_speaker(text_of(m, i + 1));
}

static bool speaker_precedes(const nx_snippet_maker *m, size_t i)
{
    return i > 0 && !m->sentences[i - 1].ends_paragraph && m->sentences[i - 1].prose &&
           fits(m, i - 1, i, WITH_SPEAKER) && nx_prose_names_speaker(text_of(m, i - 1));
}

static void add_speaker(const nx_snippet_maker *m, passage *p)
{
    if (speaker_follows(m, p->first)) {
        p->last++;
    } else if (speaker_precedes(m, p->first)) {
        p->first--;
    }
}

static double covered(const nx_snippet_maker *m, const nx_span *spans, size_t i, size_t last)
{
    return coverage(m, spans, m->sentences[i].first_span, m->sentences[last].span_end);
}

// What sentence i says of the query; less when it hardly is a sentence.
static double worth(const nx_snippet_maker *m, const nx_span *spans, size_t i)
{
    const sentence *s = &m->sentences[i];
    return covered(m, spans, i, i) * (s->loose ? LOOSE_SHARE : s->chars < 25 ? SHORT_SHARE : 1);
}

static bool is_orphan(const nx_snippet_maker *m, size_t i)
{
    return wants_speaker(m, i) && !speaker_follows(m, i) && !speaker_precedes(m, i);
}

static passage choose(const nx_snippet_maker *m, const nx_span *spans)
{
    passage best = {0, 0, 0};
    for (size_t i = 0; i < m->count; i++) {
        if (!m->sentences[i].prose) {
            continue;
        }
        double one = worth(m, spans, i);
        double alone = one > best.score && is_orphan(m, i) ? one * ORPHAN_SHARE : one;
        if (alone > best.score * 1.0001) {
            best = (passage){i, i, alone};
        }
        if (fits(m, i, i + 1, NX_SNIPPET_CHARS)) {
            // A second sentence must be worth it, and one that says it all is better than two.
            double two = covered(m, spans, i, i + 1) * 0.9;
            if (two > best.score * 1.0001 && two > one && two > worth(m, spans, i + 1)) {
                best = (passage){i, i + 1, two};
            }
        }
    }
    if (best.score > 0 && best.first == best.last && wants_speaker(m, best.first)) {
        add_speaker(m, &best);
    }
    return best;
}

// The opening of the story, for an article in whose body nothing matches: a few words alone in a
// paragraph are no opening, unless that is all.
static passage lede(const nx_snippet_maker *m)
{
    size_t first = m->count;
    for (size_t i = 0; i < m->count; i++) {
        const sentence *s = &m->sentences[i];
        bool alone = s->ends_paragraph && (i == 0 || m->sentences[i - 1].ends_paragraph);
        first = s->prose && first == m->count ? i : first;
        if (s->prose && !(alone && s->chars < OPENING_CHARS)) {
            bool two = s->chars < 100 && !s->ends_paragraph;
            return (passage){i, two && fits(m, i, i + 1, NX_SNIPPET_CHARS) ? i + 1 : i, 0};
        }
    }
    first = first < m->count ? first : 0;
    return (passage){first, first, 0};
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

// Where `chars` characters from `at` end.
static size_t skip_chars(nx_str s, size_t at, size_t chars)
{
    for (; at < s.n && chars > 0; chars--) {
        nx_utf8_decode(s, at, &at, NULL);
    }
    return at;
}

// The next word from `at` on; where none begins soon, as in a script without spaces, a character.
static size_t word_from(nx_str s, size_t at)
{
    for (size_t i = at; i > 0 && i < s.n && i < at + LONG_WORD; i++) {
        if (s.p[i - 1] == ' ') {
            return i;
        }
    }
    while (at < s.n && ((unsigned char)s.p[at] & 0xc0) == 0x80) {
        at++;
    }
    return at;
}

// What the spans from k on say that end before `limit`.
static double covered_before(const nx_snippet_maker *m, const nx_span *spans, const sentence *s,
                             size_t k, size_t limit)
{
    size_t end = k;
    while (end < s->span_end && spans[end].end <= limit) {
        end++;
    }
    return coverage(m, spans, k, end);
}

// Where a sentence that is too long is cut: around what says most of the query, at word boundaries;
// its beginning is kept unless more is said elsewhere.
static void cut_long(const nx_snippet_maker *m, const nx_span *spans, const sentence *s,
                     size_t *start, size_t *end)
{
    nx_str text = nx_str_make(m->body.p + s->start, s->end - s->start);
    size_t from = 0, room = skip_chars(text, 0, NX_SNIPPET_CHARS);
    double most = covered_before(m, spans, s, s->first_span, s->start + room);
    for (size_t k = s->first_span; k < s->span_end; k++) {
        size_t hit = spans[k].start - s->start, lead = room / 4;
        double here = covered_before(m, spans, s, k, spans[k].start + room - lead);
        if (here > most * WORTH_A_CUT) {
            most = here;
            from = hit > lead ? word_from(text, hit - lead) : 0;
        }
    }
    size_t to = skip_chars(text, from, NX_SNIPPET_CHARS), word = to;
    while (to < text.n && word > from && text.p[word - 1] != ' ') {
        word--;
    }
    bool spaces = to < text.n && word > from + room / 2;
    size_t last = spaces ? word - 1 : to;                  // no spaces: cut between characters
    for (size_t k = s->first_span; k < s->span_end; k++) { // the last word may be what matches
        size_t hit_end = spans[k].end - s->start;
        last = hit_end > last && hit_end <= to ? hit_end : last;
    }
    *start = s->start + from;
    *end = s->start + last;
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
