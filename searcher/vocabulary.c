// vocabulary.c: see vocabulary.h.
#include "searcher/vocabulary.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "text/analysis.h"

enum {
    CHARS_MAX = 64,
    BYTES_MAX = 64 << 20,
    SKIP_AFTER = 4, // terms: as long as it takes to find another place in the index
};

void nx_known_free(nx_known_list *l)
{
    free(l->items);
    free(l->bytes);
    *l = (nx_known_list){0};
}

nx_str nx_known_written(const nx_known_list *l, const nx_known *word)
{
    nx_str written = word->term;
    uint32_t most = (word->documents + 1) / 2;
    nx_buf plain;
    nx_buf_init(&plain, BYTES_MAX);
    for (size_t i = 0; i < l->count; i++) {
        const nx_known *k = &l->items[i];
        nx_buf_clear(&plain);
        nx_fold(k->term, true, &plain);
        bool accented = !plain.failed && !nx_str_eq(nx_buf_str(&plain), k->term) &&
                        nx_str_eq(nx_buf_str(&plain), word->term);
        if (accented && k->documents >= most) {
            written = k->term;
            most = k->documents;
        }
    }
    nx_buf_release(&plain);
    return written;
}

// ---- edit distance (Damerau's, restricted: optimal string alignment)

static size_t characters(nx_str s, uint32_t *out)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n && n < CHARS_MAX; n++) {
        out[n] = nx_utf8_decode(s, i, &i, NULL);
    }
    return n;
}

static unsigned min2(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

// *far: after so many characters of a it is known that nothing that begins like it is near b; 0
// when it is not.
static unsigned distance(const uint32_t *a, size_t n, const uint32_t *b, size_t m, unsigned max,
                         size_t *far)
{
    unsigned rows[3][CHARS_MAX + 1];
    *far = 0;
    for (size_t j = 0; j <= m; j++) {
        rows[0][j] = (unsigned)j;
    }
    for (size_t i = 1; i <= n; i++) {
        unsigned *row = rows[i % 3], *above = rows[(i + 2) % 3], *two = rows[(i + 1) % 3];
        unsigned best = row[0] = (unsigned)i;
        for (size_t j = 1; j <= m; j++) {
            unsigned cost = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = min2(above[j - 1] + cost, min2(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = min2(row[j], two[j - 2] + 1);
            }
            best = min2(best, row[j]);
        }
        if (best > max) {
            *far = i;
            return max + 1;
        }
    }
    return min2(rows[n % 3][m], max + 1);
}

unsigned nx_edit_distance(nx_str a, nx_str b, unsigned max)
{
    uint32_t x[CHARS_MAX], y[CHARS_MAX];
    size_t n = characters(a, x), m = characters(b, y), far;
    return (n > m ? n - m : m - n) > max ? max + 1 : distance(x, n, y, m, max, &far);
}

// ---- patterns

// Glob match, linear but for one level of backtracking to the last star.
bool nx_word_like(nx_str pattern, nx_str s)
{
    size_t p = 0, i = 0, star = SIZE_MAX, mark = 0;
    while (i < s.n) {
        size_t next;
        nx_utf8_decode(s, i, &next, NULL);
        if (p < pattern.n && pattern.p[p] == '*') {
            star = p++;
            mark = i;
        } else if (p < pattern.n && pattern.p[p] == '?') {
            p++;
            i = next;
        } else if (p < pattern.n && pattern.p[p] == s.p[i]) {
            p++;
            i++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            nx_utf8_decode(s, mark, &mark, NULL);
            i = mark;
        } else {
            return false;
        }
    }
    while (p < pattern.n && pattern.p[p] == '*') {
        p++;
    }
    return p == pattern.n;
}

// ---- the scan

typedef struct scan {
    nx_known_list *out;
    size_t cap, max;
    nx_buf bytes;
    size_t *offsets; // of the terms in bytes: it may move
    nx_status status;
    nx_error *err;
} scan;

static bool keep(scan *s, nx_str term, uint32_t documents, uint32_t edits)
{
    nx_known_list *l = s->out;
    if (l->count == s->cap) {
        size_t cap = s->cap != 0 ? s->cap * 2 : 64;
        nx_known *items = realloc(l->items, cap * sizeof *items);
        if (items != NULL) {
            l->items = items;
        }
        size_t *offsets = realloc(s->offsets, cap * sizeof *offsets);
        if (offsets != NULL) {
            s->offsets = offsets;
        }
        if (items == NULL || offsets == NULL) {
            s->status = nx_fail_nomem(s->err);
            return false;
        }
        s->cap = cap;
    }
    s->offsets[l->count] = s->bytes.len;
    nx_buf_adds(&s->bytes, term);
    l->items[l->count++] =
        (nx_known){.term = {NULL, term.n}, .documents = documents, .distance = edits};
    return !s->bytes.failed;
}

static int compare_known(const void *a, const void *b)
{
    const nx_known *x = a, *y = b;
    if (x->distance != y->distance) {
        return x->distance < y->distance ? -1 : 1;
    }
    if (x->documents != y->documents) {
        return x->documents > y->documents ? -1 : 1;
    }
    return nx_str_cmp(x->term, y->term);
}

static nx_status finish(scan *s)
{
    nx_known_list *l = s->out;
    if (s->status == NX_OK) {
        s->status = nx_buf_check(&s->bytes, "the words found", s->err);
    }
    if (s->status != NX_OK) {
        nx_buf_release(&s->bytes);
        free(s->offsets);
        nx_known_free(l);
        return s->status;
    }
    for (size_t i = 0; i < l->count; i++) {
        l->items[i].term.p = s->bytes.data + s->offsets[i];
    }
    if (s->bytes.cap > 0) {
        l->bytes = s->bytes.data; // its memory goes over to the list
    }
    free(s->offsets);
    if (l->count > 1) {
        qsort(l->items, l->count, sizeof *l->items, compare_known);
    }
    l->found = l->count;
    if (l->count > s->max) {
        l->count = s->max;
        l->cut = true;
    }
    return NX_OK;
}

typedef struct verdict {
    bool taken;
    uint32_t edits;
    size_t hopeless; // no word that has as many bytes in common with this one is taken; 0: unknown
} verdict;

typedef verdict judge_fn(void *ctx, nx_str word);

// What terms begin with that cannot be taken.
typedef struct hopeless {
    char bytes[NX_XTERM_MAX];
    size_t n;       // 0: none is known
    unsigned terms; // passed that begin so
} hopeless;

static void set_hopeless(hopeless *h, nx_str start)
{
    h->n = start.n <= sizeof h->bytes ? start.n : 0;
    h->terms = 0;
    if (h->n > 0) {
        memcpy(h->bytes, start.p, h->n);
    }
}

// Goes on to the next term, which for some terms is cheaper than to look for the first one that
// does not begin so.
static nx_status pass_hopeless(hopeless *h, nx_xterms *terms, bool *more, nx_error *err)
{
    char *last = &h->bytes[h->n - 1];
    if (++h->terms < SKIP_AFTER || (unsigned char)*last == 0xff) {
        return nx_xterms_next(terms, more, err);
    }
    ++*last;
    nx_status status = nx_xterms_skip_to(terms, nx_str_make(h->bytes, h->n), more, err);
    h->n = 0;
    return status;
}

// Goes over the terms that start with prefix and then with start; those that judge takes are kept.
static nx_status run_scan(const nx_xdb *db, const char *prefix, nx_str start, size_t max,
                          judge_fn *judge, void *ctx, nx_known_list *out, nx_error *err)
{
    scan s = {.out = out, .max = max, .err = err};
    hopeless h = {.n = 0};
    nx_xterms *terms = NULL;
    nx_buf from;
    size_t prefix_len = strlen(prefix);
    bool more = false;
    *out = (nx_known_list){0};
    nx_buf_init(&s.bytes, BYTES_MAX);
    nx_buf_init(&from, 1 << 12);
    nx_buf_addz(&from, prefix);
    nx_buf_adds(&from, start);
    s.status = nx_buf_check(&from, "the word", err);
    if (s.status == NX_OK) {
        s.status = nx_xdb_terms(&terms, db, nx_buf_str(&from), err);
    }
    if (s.status == NX_OK) {
        s.status = nx_xterms_next(terms, &more, err);
    }
    for (size_t seen = 0; s.status == NX_OK && more; seen++, out->looked_at++) {
        nx_str term = nx_xterms_term(terms);
        uint32_t documents = 0;
        if (prefix_len == 0 && term.n > 0 && nx_is_upper(term.p[0])) {
            s.status = nx_xterms_skip_to(terms, NX_STR("["), &more, err); // past all prefixes
            continue;
        }
        if (seen == NX_SCAN_MAX) {
            out->cut = true;
            break;
        }
        if (h.n > 0 && nx_str_starts(term, nx_str_make(h.bytes, h.n))) {
            s.status = pass_hopeless(&h, terms, &more, err);
            continue;
        }
        verdict v = judge(ctx, nx_str_skip(term, prefix_len));
        set_hopeless(&h, nx_str_make(term.p, v.hopeless > 0 ? prefix_len + v.hopeless : 0));
        if (v.taken) {
            s.status = nx_xterms_documents(terms, &documents, err);
            if (s.status == NX_OK && !keep(&s, term, documents, v.edits)) {
                break;
            }
        }
        if (s.status == NX_OK) {
            s.status = nx_xterms_next(terms, &more, err);
        }
    }
    nx_xterms_free(terms);
    nx_buf_release(&from);
    return finish(&s);
}

// ---- what is looked for

// Terms that are no words: a stem under a prefix, a whole name, a joined number with its sign.
static bool is_word(nx_str s)
{
    return s.n > 0 && !nx_is_upper(s.p[0]) && memchr(s.p, ' ', s.n) == NULL;
}

static verdict judge_like(void *ctx, nx_str word)
{
    const nx_str *pattern = ctx;
    return (verdict){.taken = is_word(word) && nx_word_like(*pattern, word)};
}

nx_status nx_known_like(const nx_xdb *db, const char *prefix, nx_str pattern, size_t max,
                        nx_known_list *out, nx_error *err)
{
    size_t fixed = 0;
    while (fixed < pattern.n && pattern.p[fixed] != '*' && pattern.p[fixed] != '?') {
        fixed++;
    }
    return run_scan(db, prefix, nx_str_make(pattern.p, fixed), max, judge_like, &pattern, out, err);
}

typedef struct near_wish {
    uint32_t word[CHARS_MAX];
    size_t length;
    unsigned max;
} near_wish;

static verdict judge_near(void *ctx, nx_str word)
{
    const near_wish *w = ctx;
    uint32_t other[CHARS_MAX];
    verdict v = {.taken = false};
    if (!is_word(word)) {
        return v;
    }
    size_t n = characters(word, other), far;
    v.edits = distance(other, n, w->word, w->length, w->max, &far);
    v.taken = v.edits <= w->max && word.n <= 4 * (w->length + w->max);
    while (far-- > 0) {
        nx_utf8_decode(word, v.hopeless, &v.hopeless, NULL);
    }
    return v;
}

nx_status nx_known_near(const nx_xdb *db, const char *prefix, nx_str word, unsigned max_edits,
                        size_t max, nx_known_list *out, nx_error *err)
{
    near_wish w = {.max = max_edits};
    w.length = characters(word, w.word);
    return run_scan(db, prefix, NX_STR(""), max, judge_near, &w, out, err);
}

typedef struct inflection_wish {
    nx_analyzer *analyzer;
    nx_vocab *vocab;
    nx_str stem;
    bool found;
} inflection_wish;

static void each_form(void *ctx, const nx_chunk *c)
{
    inflection_wish *w = ctx;
    for (size_t i = 0; i < c->form_count; i++) {
        w->found = w->found || (c->forms[i].kind == NX_FORM_STEM &&
                                nx_str_eq(nx_vocab_get(w->vocab, c->forms[i].term), w->stem));
    }
}

static verdict judge_inflection(void *ctx, nx_str word)
{
    inflection_wish *w = ctx;
    w->found = false;
    if (is_word(word)) {
        (void)nx_analyze(w->analyzer, word, 1, each_form, w);
    }
    return (verdict){.taken = w->found};
}

nx_status nx_known_inflections(const nx_xdb *db, const char *prefix, nx_str stem, nx_str language,
                               nx_known_list *out, nx_error *err)
{
    inflection_wish w = {.vocab = nx_vocab_new(), .stem = stem};
    w.analyzer = w.vocab != NULL ? nx_analyzer_new(w.vocab) : NULL;
    *out = (nx_known_list){0};
    nx_status status;
    if (w.analyzer == NULL) {
        status = nx_fail_nomem(err);
    } else {
        // A stem may end in another letter than its words do (happi, happy), rarely in more.
        nx_str start = nx_str_skip(stem, 1);
        start.n = nx_utf8_cut(start, start.n > 3 ? start.n - 1 : start.n);
        nx_analyzer_language(w.analyzer, language);
        status = run_scan(db, prefix, start, NX_VARIANT_WORDS, judge_inflection, &w, out, err);
    }
    if (status == NX_OK && nx_analyzer_failed(w.analyzer)) {
        nx_known_free(out);
        status = nx_fail_nomem(err);
    }
    nx_analyzer_free(w.analyzer);
    nx_vocab_free(w.vocab);
    return status;
}
