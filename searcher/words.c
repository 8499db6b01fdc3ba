// words.c: see words.h. The leaves' texts are analysed side by side in one go, as what the capitals
// of "US" mean depends on what stands around them.
#include "searcher/words.h"

#include <stdlib.h>

#include "text/analysis.h"

enum { TEXT_MAX = NX_QUERY_MAX_BYTES + 8 * NX_QUERY_MAX_WORDS };

typedef struct found_form {
    nx_str term;
    uint8_t kind;
    uint32_t pos;      // of the word in the whole text
    size_t start, end; // bytes of the whole text
} found_form;

typedef struct maker {
    nx_query *q;
    nx_vocab *vocab;
    size_t *starts; // of each leaf in the text; one more at the end
    size_t leaf_count;
    found_form *forms;
    size_t form_count, form_cap;
    uint8_t language; // analysed, as a bit
    bool failed;
} maker;

static void each_chunk(void *ctx, const nx_chunk *c)
{
    maker *m = ctx;
    for (size_t i = 0; i < c->form_count && !m->failed; i++) {
        const nx_form *f = &c->forms[i];
        if (m->form_count == m->form_cap) {
            size_t cap = m->form_cap != 0 ? m->form_cap * 2 : 64;
            found_form *p = realloc(m->forms, cap * sizeof *p);
            if (p == NULL) {
                m->failed = true;
                return;
            }
            m->forms = p;
            m->form_cap = cap;
        }
        m->forms[m->form_count++] =
            (found_form){nx_vocab_get(m->vocab, f->term), f->kind, c->pos + f->dpos,
                         c->start + f->start, c->start + f->end};
    }
}

// ---- the text

static void add_leaves(maker *m, const nx_qnode *n, nx_buf *text)
{
    for (; n != NULL; n = n->next) {
        bool words = n->kind == NX_Q_PHRASE || (n->kind == NX_Q_WORD && n->match != NX_MATCH_WILD);
        if (words && m->starts[n->leaf] == SIZE_MAX) {
            m->starts[n->leaf] = text->len;
            nx_buf_adds(text, n->text);
            nx_buf_addc(text, ' ');
        }
        add_leaves(m, n->child, text);
    }
}

static nx_str keep(maker *m, nx_str term)
{
    return nx_arena_copy(m->q->arena, term);
}

// ---- languages

// The language whose stop words the query uses most; of several, or none, the index's first, and
// also where another has only one more: "war" is German in an index of both, but not in "war in
// Ukraine".
static void guess_language(maker *m, nx_str languages, nx_leaves *out)
{
    nx_str best = NX_STR("");
    size_t best_count = 0, margin = 0;
    nx_str code = nx_str_take_word(&languages);
    for (uint8_t bit = 1; code.n > 0 && bit != 0; bit = (uint8_t)(bit << 1)) {
        size_t count = 0;
        for (size_t i = 0; i < m->form_count; i++) {
            count += m->forms[i].kind == NX_FORM_EXACT && nx_is_stop_word(m->forms[i].term, code);
        }
        if (best.n == 0 || count > best_count + margin) {
            margin = bit == 1 ? 1 : 0;
            best = code;
            out->told = count > 0 ? bit : 0;
            best_count = count;
        } else if (count >= best_count) {
            out->told = 0;
        }
        code = nx_str_take_word(&languages);
    }
    out->language = keep(m, best);
}

// ---- putting together

static void add_stem(maker *m, nx_str *stems, uint8_t *stem_in, size_t *count, nx_str stem)
{
    for (size_t i = 0; i < *count; i++) {
        if (nx_str_eq(stems[i], stem)) {
            stem_in[i] |= m->language;
            return;
        }
    }
    if (*count < NX_WORD_LANGUAGES) {
        stem_in[*count] = m->language;
        stems[(*count)++] = nx_arena_copy(m->q->arena, stem);
    }
}

// The forms of one leaf: those that start in its text. A chunk that reaches into the next leaf
// ("U. S.") is the first one's.
typedef struct slice {
    const found_form *forms;
    size_t count;
    size_t from;   // where the leaf's text starts
    uint32_t base; // position of its first word
} slice;

static slice slice_of(const maker *m, size_t leaf, size_t *cursor)
{
    size_t to = SIZE_MAX;
    for (size_t k = leaf + 1; k <= m->leaf_count && to == SIZE_MAX; k++) {
        to = m->starts[k];
    }
    slice s = {.forms = m->forms + *cursor, .from = m->starts[leaf]};
    while (*cursor < m->form_count && m->forms[*cursor].start < to) {
        (*cursor)++;
        s.count++;
    }
    s.base = s.count > 0 ? s.forms[0].pos : 0;
    return s;
}

static size_t count_kind(const slice *s, nx_form_kind a, nx_form_kind b)
{
    size_t n = 0;
    for (size_t i = 0; i < s->count; i++) {
        n += s->forms[i].kind == a || s->forms[i].kind == b;
    }
    return n;
}

// Everything but stems.
static void fill_words(maker *m, const slice *s, nx_word *words, nx_compound *compounds)
{
    for (size_t i = 0; i < s->count; i++) {
        const found_form *f = &s->forms[i];
        nx_word *w = &words[f->pos - s->base];
        if (f->kind == NX_FORM_EXACT || f->kind == NX_FORM_ACRONYM) {
            w->exact = keep(m, f->term);
            w->acronym = f->kind == NX_FORM_ACRONYM;
            w->start = f->start - s->from;
            w->end = f->end - s->from;
        } else if (f->kind == NX_FORM_FOLDED) {
            w->folded = keep(m, f->term);
        } else if (f->kind == NX_FORM_JOINED) {
            *compounds++ = (nx_compound){.term = keep(m, f->term),
                                         .first = f->pos - s->base,
                                         .start = f->start - s->from,
                                         .end = f->end - s->from};
        }
    }
}

static void count_compound_words(nx_leaf *leaf, nx_compound *compounds)
{
    for (size_t i = 0; i < leaf->compound_count; i++) {
        nx_compound *c = &compounds[i];
        for (size_t k = c->first; k < leaf->word_count && leaf->words[k].start < c->end; k++) {
            c->count++;
        }
    }
}

// A stem's bytes tell whose it is: a compound's or that of the word at its position.
static void fill_stems(maker *m, const slice *s, nx_leaf *leaf, nx_word *words,
                       nx_compound *compounds)
{
    for (size_t i = 0; i < s->count; i++) {
        const found_form *f = &s->forms[i];
        if (f->kind != NX_FORM_STEM) {
            continue;
        }
        nx_word *w = &words[f->pos - s->base];
        nx_compound *c = NULL;
        for (size_t k = 0; k < leaf->compound_count; k++) {
            if (compounds[k].start == f->start - s->from && compounds[k].end == f->end - s->from &&
                compounds[k].count > 1) {
                c = &compounds[k];
            }
        }
        if (c != NULL) {
            add_stem(m, c->stems, c->stem_in, &c->stem_count, f->term);
        } else {
            add_stem(m, w->stems, w->stem_in, &w->stem_count, f->term);
        }
    }
}

// "foxit" is an inflection of "fox" in French: a compound's stem that is a part's has lost the
// rest.
static void drop_stems_of_parts(nx_leaf *leaf, nx_compound *c)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->stem_count; i++) {
        bool of_part = false;
        for (size_t k = 0; k < leaf->word_count && leaf->word_count > 1; k++) {
            for (size_t n = 0; n < leaf->words[k].stem_count; n++) {
                of_part = of_part || nx_str_eq(leaf->words[k].stems[n], c->stems[i]);
            }
        }
        if (!of_part) {
            c->stems[kept] = c->stems[i];
            c->stem_in[kept++] = c->stem_in[i];
        }
    }
    c->stem_count = kept;
}

static void fill_leaves(maker *m, nx_leaf *leaves, bool first)
{
    size_t cursor = 0;
    for (size_t i = 0; i < m->leaf_count; i++) {
        if (m->starts[i] == SIZE_MAX) {
            continue;
        }
        slice s = slice_of(m, i, &cursor);
        nx_leaf *leaf = &leaves[i];
        if (first) {
            leaf->word_count = count_kind(&s, NX_FORM_EXACT, NX_FORM_ACRONYM);
            leaf->compound_count = count_kind(&s, NX_FORM_JOINED, NX_FORM_JOINED);
            leaf->words = nx_arena_calloc(m->q->arena, leaf->word_count, sizeof(nx_word));
            leaf->compounds =
                nx_arena_calloc(m->q->arena, leaf->compound_count, sizeof(nx_compound));
        }
        if (nx_arena_failed(m->q->arena)) {
            return;
        }
        if (first) {
            fill_words(m, &s, leaf->words, leaf->compounds);
            count_compound_words(leaf, leaf->compounds);
        }
        fill_stems(m, &s, leaf, leaf->words, leaf->compounds);
        for (size_t k = 0; k < leaf->compound_count; k++) {
            drop_stems_of_parts(leaf, &leaf->compounds[k]);
        }
    }
}

static bool is_common_somewhere(nx_str word, nx_str languages)
{
    bool common = false;
    for (nx_str code = nx_str_take_word(&languages); code.n > 0;
         code = nx_str_take_word(&languages)) {
        common = common || nx_is_stop_word(word, code);
    }
    return common;
}

// Tea in French is the without its accent: what is typed with accents does not stand for a common
// word that has none.
static void keep_accents(nx_leaves *l, nx_str languages)
{
    for (size_t i = 0; i < l->count; i++) {
        for (size_t k = 0; k < l->items[i].word_count; k++) {
            nx_word *w = &l->items[i].words[k];
            if (w->folded.n > 0 && is_common_somewhere(w->folded, languages) &&
                !is_common_somewhere(w->exact, languages)) {
                w->folded = NX_STR_NONE;
                w->stem_count = 0;
            }
        }
    }
}

static void mark_stop_words(nx_leaves *l)
{
    for (size_t i = 0; i < l->count; i++) {
        for (size_t k = 0; k < l->items[i].word_count; k++) {
            nx_word *w = &l->items[i].words[k];
            w->stop = !w->acronym && nx_is_stop_word(w->exact, l->language);
        }
    }
}

bool nx_leaf_is_whole(const nx_leaf *l)
{
    bool common = false, whole = false;
    for (size_t i = 0; i < l->word_count; i++) {
        common = common || l->words[i].stop;
    }
    for (size_t i = 0; i < l->compound_count; i++) {
        whole = whole || (l->compounds[i].first == 0 && l->compounds[i].count == l->word_count);
    }
    return common && whole && l->word_count > 1;
}

void nx_leaves_are(nx_leaves *l, nx_str language, uint8_t told)
{
    l->language = language;
    l->told = told;
    mark_stop_words(l);
}

// One analysis per language; the first gives the words, all of them their stems.
static nx_status analyse(maker *m, nx_str text, nx_str languages, nx_leaves *out, nx_error *err)
{
    nx_analyzer *a = nx_analyzer_new(m->vocab);
    nx_str rest = languages;
    bool first = true;
    for (nx_str code = nx_str_take_word(&rest); first || code.n > 0;
         code = nx_str_take_word(&rest)) {
        if (a == NULL || m->language == 1U << (NX_WORD_LANGUAGES - 1)) {
            break;
        }
        m->language = first ? 1 : (uint8_t)(m->language << 1);
        m->form_count = 0;
        nx_analyzer_language(a, code);
        (void)nx_analyze(a, text, 1, each_chunk, m);
        if (first) {
            guess_language(m, languages, out);
        }
        fill_leaves(m, out->items, first);
        first = false;
        if (nx_analyzer_failed(a) || m->failed) {
            break;
        }
    }
    bool failed = a == NULL || nx_analyzer_failed(a) || m->failed;
    nx_analyzer_free(a);
    if (failed) {
        return nx_fail_nomem(err);
    }
    keep_accents(out, languages);
    mark_stop_words(out);
    return nx_arena_check(m->q->arena, "the query", err);
}

nx_status nx_words_of(nx_query *q, nx_str languages, nx_leaves *out, nx_error *err)
{
    maker m = {.q = q, .vocab = nx_vocab_new(), .leaf_count = q->words};
    nx_buf text;
    nx_buf_init(&text, TEXT_MAX);
    *out = (nx_leaves){.count = q->words};
    out->items = nx_arena_calloc(q->arena, q->words, sizeof *out->items);
    m.starts = nx_arena_alloc(q->arena, (q->words + 1) * sizeof *m.starts);
    nx_status status = nx_arena_check(q->arena, "the query", err);
    if (status == NX_OK && m.vocab == NULL) {
        status = nx_fail_nomem(err);
    }
    if (status == NX_OK) {
        for (size_t i = 0; i <= q->words; i++) {
            m.starts[i] = SIZE_MAX;
        }
        add_leaves(&m, q->root, &text);
        m.starts[q->words] = text.len;
        status = nx_buf_check(&text, "the query", err);
    }
    if (status == NX_OK) {
        status = analyse(&m, nx_buf_str(&text), languages, out, err);
    }
    free(m.forms);
    nx_vocab_free(m.vocab);
    nx_buf_release(&text);
    return status;
}
