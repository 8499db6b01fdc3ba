// spans.c: see spans.h. The marks' terms are interned, so that a term of the text belongs to a mark
// when its number has a place in a short table.
#include "searcher/spans.h"

#include <stdlib.h>

enum {
    HITS_MAX = 20000,            // of a text; what comes later changes no snippet
    VOCABULARY_BYTES = 64 << 20, // kept from one set of marks to the next
};

// A mark's place that a term stands for; chained by term.
typedef struct stand {
    uint32_t term, mark, place, next; // next: index + 1, 0 ends
} stand;

// A word of the text that is among a mark's places.
typedef struct hit {
    uint32_t pos, mark, place;
    size_t start, end;
} hit;

struct nx_spans {
    const nx_mark *marks;
    size_t mark_count;
    nx_vocab *vocab;
    nx_analyzer *analyzer;
    uint32_t *heads; // by term, the first `known` of the vocabulary: index + 1 of its first stand
    uint32_t known;
    stand *stands;
    size_t stand_count, stand_cap;
    hit *hits;
    size_t hit_count, hit_cap;
    nx_span *spans;
    size_t span_count, span_cap;
    bool failed;
    // of the text being looked at
    nx_str text;
    const nx_field *field;
};

static bool know_term(nx_spans *s, uint32_t id)
{
    if (id < s->known) {
        return true;
    }
    size_t known = (size_t)id + 1 + s->known / 2;
    uint32_t *heads = realloc(s->heads, known * sizeof *heads);
    if (heads == NULL) {
        return false;
    }
    memset(heads + s->known, 0, (known - s->known) * sizeof *heads);
    s->heads = heads;
    s->known = (uint32_t)known;
    return true;
}

// The letter that a term begins with, or the word it is the stem of, as nx_analyzer_letters has it.
static uint32_t letter_of(nx_str term)
{
    const char first = term.n > 1 && term.p[0] == 'Z' ? term.p[1] : term.n > 0 ? term.p[0] : '\0';
    return first >= 'a' && first <= 'z' ? (uint32_t)1 << (first - 'a') : 0;
}

static bool add_stand(nx_spans *s, uint32_t mark, uint32_t place, nx_str term)
{
    uint32_t id = nx_vocab_add(s->vocab, term, NULL);
    if (id == NX_VOCAB_NONE || !know_term(s, id)) {
        return false;
    }
    if (s->stand_count == s->stand_cap) {
        size_t grown = s->stand_cap * 2 + 16;
        stand *stands = realloc(s->stands, grown * sizeof *stands);
        if (stands == NULL) {
            return false;
        }
        s->stands = stands;
        s->stand_cap = grown;
    }
    s->stands[s->stand_count] = (stand){id, mark, place, s->heads[id]};
    s->heads[id] = (uint32_t)++s->stand_count;
    return true;
}

nx_status nx_spans_aim(nx_spans *s, const nx_mark *marks, size_t count, nx_error *err)
{
    bool good = true;
    uint32_t letters = 0;
    for (size_t i = 0; i < s->stand_count; i++) {
        s->heads[s->stands[i].term] = 0;
    }
    s->stand_count = 0;
    s->marks = marks;
    s->mark_count = count;
    if (nx_vocab_bytes(s->vocab) + nx_analyzer_bytes(s->analyzer) > VOCABULARY_BYTES) {
        nx_vocab_clear(s->vocab);
        nx_analyzer_reset(s->analyzer);
    }
    for (size_t m = 0; m < count; m++) {
        for (size_t p = 0; p < marks[m].place_count; p++) {
            for (size_t t = 0; good && t < marks[m].places[p].term_count; t++) {
                good = add_stand(s, (uint32_t)m, (uint32_t)p, marks[m].places[p].terms[t]);
                letters |= letter_of(marks[m].places[p].terms[t]);
            }
        }
    }
    nx_analyzer_letters(s->analyzer, letters);
    return good ? NX_OK : nx_fail_nomem(err);
}

nx_spans *nx_spans_new(const nx_mark *marks, size_t count)
{
    nx_spans *s = calloc(1, sizeof *s);
    if (s == NULL) {
        return NULL;
    }
    s->vocab = nx_vocab_new();
    s->analyzer = s->vocab != NULL ? nx_analyzer_new(s->vocab) : NULL;
    if (s->analyzer == NULL || nx_spans_aim(s, marks, count, NULL) != NX_OK) {
        nx_spans_free(s);
        return NULL;
    }
    return s;
}

void nx_spans_free(nx_spans *s)
{
    if (s != NULL) {
        nx_analyzer_free(s->analyzer);
        nx_vocab_free(s->vocab);
        free(s->heads);
        free(s->stands);
        free(s->hits);
        free(s->spans);
        free(s);
    }
}

static void add_hit(nx_spans *s, hit h)
{
    if (s->hit_count == s->hit_cap) {
        size_t cap = s->hit_cap * 2 + 64;
        hit *hits = realloc(s->hits, cap * sizeof *hits);
        if (hits == NULL) {
            s->failed = true;
            return;
        }
        s->hits = hits;
        s->hit_cap = cap;
    }
    s->hits[s->hit_count++] = h;
}

static void on_chunk(void *ctx, const nx_chunk *chunk)
{
    nx_spans *s = ctx;
    size_t before = s->hit_count;
    for (uint16_t f = 0; f < chunk->form_count && !s->failed; f++) {
        const nx_form *form = &chunk->forms[f];
        if (form->term >= s->known || s->hit_count >= HITS_MAX) {
            continue;
        }
        hit h = {.pos = chunk->pos + form->dpos,
                 .start = chunk->start + form->start,
                 .end = chunk->start + form->end};
        for (uint32_t i = s->heads[form->term]; i != 0; i = s->stands[i - 1].next) {
            h.mark = s->stands[i - 1].mark;
            h.place = s->stands[i - 1].place;
            const nx_mark *mark = &s->marks[h.mark];
            if ((mark->field != NULL && mark->field != s->field) ||
                (mark->capitals &&
                 !nx_str_in_capitals(nx_str_make(s->text.p + h.start, h.end - h.start)))) {
                continue;
            }
            // Exact form and stem of one word are one hit.
            bool known = false;
            for (size_t k = before; k < s->hit_count && !known; k++) {
                known = s->hits[k].mark == h.mark && s->hits[k].place == h.place &&
                        s->hits[k].pos == h.pos;
            }
            if (!known) {
                add_hit(s, h);
            }
        }
    }
}

static void add_span(nx_spans *s, size_t start, size_t end, uint32_t mark)
{
    if (s->span_count == s->span_cap) {
        size_t cap = s->span_cap * 2 + 64;
        nx_span *spans = realloc(s->spans, cap * sizeof *spans);
        if (spans == NULL) {
            s->failed = true;
            return;
        }
        s->spans = spans;
        s->span_cap = cap;
    }
    s->spans[s->span_count++] = (nx_span){start, end, mark};
}

static int by_mark(const void *a, const void *b)
{
    const hit *x = a, *y = b;
    if (x->mark != y->mark) {
        return x->mark < y->mark ? -1 : 1;
    }
    if (x->pos != y->pos) {
        return x->pos < y->pos ? -1 : 1;
    }
    return x->place < y->place ? -1 : x->place > y->place;
}

static int by_start(const void *a, const void *b)
{
    const nx_span *x = a, *y = b;
    if (x->start != y->start) {
        return x->start < y->start ? -1 : 1;
    }
    return x->end > y->end ? -1 : x->end < y->end; // the longer one first
}

// The places in order, each after the one before, the last less than window after the first.
// From hits[i], which stands at place 0. Returns the index of the last, or SIZE_MAX.
static size_t match_ordered(const hit *hits, size_t n, size_t i, const nx_mark *mark)
{
    uint32_t first = hits[i].pos, last = first;
    size_t at = i;
    for (uint32_t place = 1; place < mark->place_count; place++) {
        size_t found = SIZE_MAX;
        for (size_t k = at + 1; k < n && hits[k].pos - first < mark->window; k++) {
            if (hits[k].place == place && hits[k].pos > last) {
                found = k;
                break;
            }
        }
        if (found == SIZE_MAX) {
            return SIZE_MAX;
        }
        at = found;
        last = hits[at].pos;
    }
    return at;
}

// All places inside the window that begins at hits[i]; marks those words.
static bool match_unordered(nx_spans *s, const hit *hits, size_t n, size_t i, const nx_mark *mark)
{
    uint64_t wanted = mark->place_count >= 64 ? UINT64_MAX : ((uint64_t)1 << mark->place_count) - 1;
    uint64_t seen = 0;
    size_t k = i;
    for (; k < n && hits[k].pos - hits[i].pos < mark->window && seen != wanted; k++) {
        seen |= (uint64_t)1 << (hits[k].place % 64);
    }
    if (seen != wanted) {
        return false;
    }
    for (size_t w = i; w < k; w++) {
        add_span(s, hits[w].start, hits[w].end, hits[w].mark);
    }
    return true;
}

static void several_places(nx_spans *s, const hit *hits, size_t n, uint32_t number)
{
    const nx_mark *mark = &s->marks[number];
    for (size_t i = 0; i < n && !s->failed; i++) {
        if (!mark->ordered) {
            (void)match_unordered(s, hits, n, i, mark);
        } else if (hits[i].place == 0) {
            size_t last = match_ordered(hits, n, i, mark);
            if (last != SIZE_MAX) {
                add_span(s, hits[i].start, hits[last].end, number);
            }
        }
    }
}

nx_status nx_spans_find(nx_spans *s, nx_str text, nx_str language, const nx_field *field,
                        const nx_span **out, size_t *count, nx_error *err)
{
    s->hit_count = s->span_count = 0;
    s->text = text;
    s->field = field;
    s->failed = false;
    *out = NULL;
    *count = 0;
    nx_analyzer_language(s->analyzer, language);
    if (s->mark_count > 0) {
        (void)nx_analyze(s->analyzer, text, 1, on_chunk, s);
    }
    if (s->hit_count > 0) {
        qsort(s->hits, s->hit_count, sizeof *s->hits, by_mark);
    }
    for (size_t i = 0, n = 0; i < s->hit_count && !s->failed; i += n) {
        uint32_t mark = s->hits[i].mark;
        for (n = 1; i + n < s->hit_count && s->hits[i + n].mark == mark; n++) {
        }
        if (s->marks[mark].place_count > 1) {
            several_places(s, s->hits + i, n, mark);
            continue;
        }
        for (size_t k = i; k < i + n; k++) {
            add_span(s, s->hits[k].start, s->hits[k].end, mark);
        }
    }
    if (s->failed || nx_analyzer_failed(s->analyzer)) {
        return nx_fail_nomem(err);
    }
    if (s->span_count > 0) {
        qsort(s->spans, s->span_count, sizeof *s->spans, by_start);
    }
    *out = s->spans;
    *count = s->span_count;
    return NX_OK;
}
