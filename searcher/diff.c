// diff.c: see diff.h.
#include "searcher/diff.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "base/vocab.h"

enum { STEPS_MAX = 50 << 20, NOWHERE = -1 };

// One of the two texts. Word i reaches from start[i] to start[i + 1], with the white space after
// it.
typedef struct side {
    nx_str text;
    size_t *start; // count + 1
    uint32_t *id;  // equal of equal words
    bool *changed;
    size_t count;
} side;

typedef struct differ {
    side a, b; // earlier and later
    // How far into a the best path on a diagonal reaches, from the beginning and from the end;
    // NOWHERE: none does. Diagonals (place in a minus place in b) count from -EDITS_MAX - 1.
    int32_t forth[2 * NX_DIFF_EDITS_MAX + 3], back[2 * NX_DIFF_EDITS_MAX + 3];
    size_t steps; // left
} differ;

// A part of each side.
typedef struct box {
    size_t a, a_end, b, b_end;
} box;

// ---- words

// End of the word that starts at from, without and with the white space after it.
static size_t word_end(nx_str text, size_t from, size_t *with_space)
{
    size_t i = from;
    while (i < text.n && !nx_is_space(text.p[i])) {
        size_t next;
        bool wide = nx_utf8_width(nx_utf8_decode(text, i, &next, NULL)) == 2;
        if (wide && i > from) {
            break;
        }
        i = next;
        if (wide) {
            break;
        }
    }
    *with_space = nx_str_skip_space(text, i);
    return i;
}

static size_t count_words(nx_str text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n && n <= NX_DIFF_WORDS_MAX; n++) {
        (void)word_end(text, i, &i);
    }
    return n;
}

// White space before the first word makes a word of its own, which is empty.
static bool split(side *s, nx_str text, nx_vocab *words)
{
    s->text = text;
    s->count = count_words(text);
    s->start = calloc(s->count + 1, sizeof *s->start);
    s->id = calloc(s->count + 1, sizeof *s->id);
    s->changed = calloc(s->count + 1, sizeof *s->changed);
    if (s->start == NULL || s->id == NULL || s->changed == NULL) {
        return false;
    }
    size_t at = 0;
    for (size_t i = 0; i < s->count; i++) {
        size_t next;
        size_t end = word_end(text, at, &next);
        s->start[i] = at;
        s->id[i] = nx_vocab_add(words, nx_str_make(text.p + at, end - at), NULL);
        if (s->id[i] == NX_VOCAB_NONE) {
            return false;
        }
        at = next;
    }
    s->start[s->count] = at;
    return true;
}

static void release_side(side *s)
{
    free(s->start);
    free(s->id);
    free(s->changed);
}

// ---- the shortest script

static void mark(differ *d, const box *x)
{
    memset(d->a.changed + x->a, 1, (x->a_end - x->a) * sizeof *d->a.changed);
    memset(d->b.changed + x->b, 1, (x->b_end - x->b) * sizeof *d->b.changed);
}

// Words at i of a and j of b, counted from the beginning of the box or (back) from its end.
static bool equal(const differ *d, const box *x, int32_t i, int32_t j, bool back)
{
    size_t in_a = back ? x->a_end - 1 - (size_t)i : x->a + (size_t)i;
    size_t in_b = back ? x->b_end - 1 - (size_t)j : x->b + (size_t)j;
    return d->a.id[in_a] == d->b.id[in_b];
}

// One more edit on diagonal k, then along equal words as far as they go. Returns where that began.
static int32_t advance(differ *d, const box *x, int32_t *reach, int32_t edits, int32_t k, bool back)
{
    const int32_t n = (int32_t)(x->a_end - x->a), m = (int32_t)(x->b_end - x->b);
    int32_t *at = reach + NX_DIFF_EDITS_MAX + 1;
    int32_t i = edits == 0 ? 0 : NOWHERE;
    if (k > -edits && at[k - 1] != NOWHERE && at[k - 1] < n) {
        i = at[k - 1] + 1; // past a word of a
    }
    if (k < edits && at[k + 1] != NOWHERE && at[k + 1] - k <= m && at[k + 1] > i) {
        i = at[k + 1]; // past a word of b
    }
    at[k] = i;
    if (i == NOWHERE) {
        return i;
    }
    int32_t from = i;
    while (i < n && i - k < m && equal(d, x, i, i - k, back)) {
        i++;
    }
    d->steps -= d->steps > (size_t)(i - from) ? (size_t)(i - from) + 1 : d->steps;
    at[k] = i;
    return from;
}

// Do the two paths meet on this diagonal of the one that has just advanced?
static bool meet(const differ *d, const box *x, int32_t k, int32_t other_edits, bool back)
{
    const int32_t n = (int32_t)(x->a_end - x->a), delta = n - (int32_t)(x->b_end - x->b);
    const int32_t other_k = delta - k;
    if (other_k < -other_edits || other_k > other_edits) {
        return false;
    }
    const int32_t *mine = (back ? d->back : d->forth) + NX_DIFF_EDITS_MAX + 1;
    const int32_t *other = (back ? d->forth : d->back) + NX_DIFF_EDITS_MAX + 1;
    return mine[k] != NOWHERE && other[other_k] != NOWHERE && mine[k] + other[other_k] >= n;
}

// Finds the run of equal words in the middle of a shortest script. Returns half of its edits,
// rounded up; NOWHERE: it is longer than twice max.
static int32_t find_middle(differ *d, const box *x, int32_t max, box *middle)
{
    const int32_t delta = (int32_t)(x->a_end - x->a) - (int32_t)(x->b_end - x->b);
    const bool odd = delta % 2 != 0;
    for (int32_t edits = 0; edits <= max && d->steps > 0; edits++) {
        for (int32_t k = -edits; k <= edits; k += 2) {
            int32_t from = advance(d, x, d->forth, edits, k, false);
            if (odd && meet(d, x, k, edits - 1, false)) {
                int32_t to = d->forth[k + NX_DIFF_EDITS_MAX + 1];
                *middle = (box){x->a + (size_t)from, x->a + (size_t)to, x->b + (size_t)(from - k),
                                x->b + (size_t)(to - k)};
                return edits;
            }
        }
        for (int32_t k = -edits; k <= edits; k += 2) {
            int32_t from = advance(d, x, d->back, edits, k, true);
            if (!odd && meet(d, x, k, edits, true)) {
                int32_t to = d->back[k + NX_DIFF_EDITS_MAX + 1];
                *middle = (box){x->a_end - (size_t)to, x->a_end - (size_t)from,
                                x->b_end - (size_t)(to - k), x->b_end - (size_t)(from - k)};
                return edits;
            }
        }
    }
    return NOWHERE;
}

// Marks what changed in the box. Depth: max is halved with every level.
static void compare(differ *d, box x, int32_t max)
{
    while (x.a < x.a_end && x.b < x.b_end && d->a.id[x.a] == d->b.id[x.b]) {
        x.a++;
        x.b++;
    }
    while (x.a < x.a_end && x.b < x.b_end && d->a.id[x.a_end - 1] == d->b.id[x.b_end - 1]) {
        x.a_end--;
        x.b_end--;
    }
    box middle;
    int32_t half = x.a < x.a_end && x.b < x.b_end ? find_middle(d, &x, max, &middle) : NOWHERE;
    if (half == NOWHERE) {
        mark(d, &x);
        return;
    }
    compare(d, (box){x.a, middle.a, x.b, middle.b}, (half + 1) / 2);
    compare(d, (box){middle.a_end, x.a_end, middle.b_end, x.b_end}, (half + 1) / 2);
}

// ---- runs

static size_t stretch(const side *s, size_t from, bool changed)
{
    size_t i = from;
    while (i < s->count && s->changed[i] == changed) {
        i++;
    }
    return i - from;
}

// Words that stayed, up to the next change of either side.
static size_t same_words(const differ *d, size_t i, size_t j)
{
    size_t in_a = stretch(&d->a, i, false), in_b = stretch(&d->b, j, false);
    return in_a < in_b ? in_a : in_b;
}

// Equal words between two changes of twice their number count as changed.
static void absorb_islands(differ *d)
{
    size_t i = 0, j = 0, island = 0, before = 0;
    while (i < d->a.count || j < d->b.count) {
        size_t removed = stretch(&d->a, i, true), added = stretch(&d->b, j, true);
        size_t edit = removed > added ? removed : added;
        if (2 * island <= before && 2 * island <= edit) {
            memset(d->a.changed + i - island, 1, island * sizeof *d->a.changed);
            memset(d->b.changed + j - island, 1, island * sizeof *d->b.changed);
            edit += island + before;
        }
        before = edit;
        i += removed;
        j += added;
        island = same_words(d, i, j);
        i += island;
        j += island;
    }
}

static nx_str words(const side *s, size_t from, size_t count)
{
    return nx_str_make(s->text.p + s->start[from], s->start[from + count] - s->start[from]);
}

static void add_run(nx_diff *out, nx_diff_kind kind, nx_str before, nx_str after)
{
    out->runs[out->count++] = (nx_diff_run){kind, before, after};
    out->changed = out->changed || kind != NX_DIFF_SAME;
}

static nx_status collect(const differ *d, nx_diff *out, nx_error *err)
{
    const side *a = &d->a, *b = &d->b;
    size_t i = 0, j = 0, most = 3;
    for (size_t k = 1; k < a->count; k++) { // each change of state may end three runs
        most += a->changed[k] != a->changed[k - 1] ? 3 : 0;
    }
    for (size_t k = 1; k < b->count; k++) {
        most += b->changed[k] != b->changed[k - 1] ? 3 : 0;
    }
    out->runs = calloc(most, sizeof *out->runs);
    if (out->runs == NULL) {
        return nx_fail_nomem(err);
    }
    while (i < a->count || j < b->count) {
        size_t removed = stretch(a, i, true), added = stretch(b, j, true);
        if (removed > 0) {
            add_run(out, NX_DIFF_REMOVED, words(a, i, removed), NX_STR_NONE);
        }
        if (added > 0) {
            add_run(out, NX_DIFF_ADDED, NX_STR_NONE, words(b, j, added));
        }
        i += removed;
        j += added;
        size_t same = same_words(d, i, j);
        if (same > 0) {
            add_run(out, NX_DIFF_SAME, words(a, i, same), words(b, j, same));
        }
        i += same;
        j += same;
    }
    return NX_OK;
}

// ---- all of it

static nx_status replace_all(nx_diff *out, nx_str before, nx_str after, nx_error *err)
{
    out->runs = calloc(2, sizeof *out->runs);
    if (out->runs == NULL) {
        return nx_fail_nomem(err);
    }
    add_run(out, NX_DIFF_REMOVED, before, NX_STR_NONE);
    add_run(out, NX_DIFF_ADDED, NX_STR_NONE, after);
    return NX_OK;
}

nx_status nx_diff_words(nx_diff *out, nx_str before, nx_str after, nx_error *err)
{
    *out = (nx_diff){.runs = NULL};
    if (count_words(before) > NX_DIFF_WORDS_MAX || count_words(after) > NX_DIFF_WORDS_MAX) {
        return replace_all(out, before, after, err);
    }
    nx_vocab *vocab = nx_vocab_new();
    differ *d = calloc(1, sizeof *d);
    nx_status st = NX_ENOMEM;
    if (d != NULL && vocab != NULL && split(&d->a, before, vocab) && split(&d->b, after, vocab)) {
        d->steps = STEPS_MAX;
        compare(d, (box){0, d->a.count, 0, d->b.count}, NX_DIFF_EDITS_MAX);
        absorb_islands(d);
        st = collect(d, out, err);
    } else {
        st = nx_fail_nomem(err);
    }
    if (d != NULL) {
        release_side(&d->a);
        release_side(&d->b);
        free(d);
    }
    nx_vocab_free(vocab);
    return st;
}

void nx_diff_release(nx_diff *d)
{
    free(d->runs);
    *d = (nx_diff){.runs = NULL};
}
