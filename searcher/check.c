// check.c: see check.h. A document comes here only when Xapian has found all its words, so that
// what costs an analysis of its text is done for few.
#include "searcher/check.h"

#include <stdlib.h>

#include "searcher/engine.h"
#include "searcher/vocabulary.h"

enum { DATA_MAX = 256 << 20, VOCAB_MAX = 32 << 20 };

void nx_check_init(nx_check *c, const nx_plan *plan)
{
    *c = (nx_check){.plan = plan, .vocab = nx_vocab_new()};
    c->analyzer = c->vocab != NULL ? nx_analyzer_new(c->vocab) : NULL;
    c->nomem = c->analyzer == NULL;
    nx_buf_init(&c->data, DATA_MAX);
    nx_buf_init(&c->title, DATA_MAX);
    nx_buf_init(&c->summary, DATA_MAX);
    nx_buf_init(&c->scratch, DATA_MAX);
}

void nx_check_release(nx_check *c)
{
    for (size_t i = 0; i < NX_CHECK_TEXTS; i++) {
        free(c->texts[i].forms);
    }
    free(c->value.forms);
    nx_buf_release(&c->data);
    nx_buf_release(&c->title);
    nx_buf_release(&c->summary);
    nx_buf_release(&c->scratch);
    nx_analyzer_free(c->analyzer);
    nx_vocab_free(c->vocab);
}

// ---- texts

typedef struct reader {
    nx_check *check;
    nx_check_text *text;
} reader;

static void each_chunk(void *ctx, const nx_chunk *chunk)
{
    reader *r = ctx;
    nx_check_text *t = r->text;
    for (size_t i = 0; i < chunk->form_count; i++) {
        const nx_form *f = &chunk->forms[i];
        if (t->count == t->cap) {
            size_t cap = t->cap != 0 ? t->cap * 2 : 1024;
            nx_check_form *forms = realloc(t->forms, cap * sizeof *forms);
            if (forms == NULL) {
                r->check->nomem = true;
                return;
            }
            t->forms = forms;
            t->cap = cap;
        }
        t->forms[t->count++] = (nx_check_form){
            .term = f->term,
            .pos = chunk->pos + f->dpos,
            .start = chunk->start + f->start,
            .end = chunk->start + f->end,
            .word = f->kind == NX_FORM_EXACT || f->kind == NX_FORM_ACRONYM,
        };
    }
}

static void read_text(nx_check *c, nx_check_text *t, nx_str text)
{
    reader r = {c, t};
    t->text = text;
    t->count = 0;
    (void)nx_analyze(c->analyzer, text, 1, each_chunk, &r);
    c->nomem = c->nomem || nx_analyzer_failed(c->analyzer);
}

static void read_document(nx_check *c)
{
    nx_str data = nx_buf_str(&c->data);
    if (nx_vocab_bytes(c->vocab) > VOCAB_MAX) {
        nx_vocab_clear(c->vocab);
        nx_analyzer_reset(c->analyzer);
    }
    nx_buf_clear(&c->scratch);
    nx_buf_clear(&c->title);
    nx_buf_clear(&c->summary);
    c->language = nx_data_get(data, NX_DATA_LANGUAGE, &c->scratch);
    nx_analyzer_language(c->analyzer, c->language);
    read_text(c, &c->texts[0], nx_data_get_body(data));
    read_text(c, &c->texts[1], nx_data_get(data, NX_DATA_TITLE, &c->title));
    read_text(c, &c->texts[2], nx_data_get(data, NX_DATA_SUMMARY, &c->summary));
}

// ---- spans

static void add_span(nx_check *c, nx_findings *l, nx_finding s)
{
    if (c->head != 0 && s.last > c->head) {
        return;
    }
    if (l->count == l->cap) {
        size_t cap = l->cap != 0 ? l->cap * 2 : 16;
        nx_finding *items = realloc(l->items, cap * sizeof *items);
        if (items == NULL) {
            c->nomem = true;
            return;
        }
        l->items = items;
        l->cap = cap;
    }
    l->items[l->count++] = s;
}

static bool is_form(const nx_check *c, const nx_check_form *f, const nx_word *w, bool exact)
{
    nx_str term = nx_vocab_get(c->vocab, f->term);
    if (nx_str_eq(term, w->exact)) {
        return true;
    }
    if (exact) {
        return false;
    }
    if ((w->folded.n > 0 && nx_str_eq(term, w->folded)) ||
        (w->respelt.n > 0 && nx_str_eq(term, w->respelt))) {
        return true;
    }
    for (size_t i = 0; i < w->stem_count; i++) {
        if (nx_str_eq(term, w->stems[i])) {
            return true;
        }
    }
    return false;
}

static void find_word(nx_check *c, const nx_check_text *t, const nx_word *w, const nx_qnode *n,
                      nx_findings *out)
{
    bool exact = n->kind == NX_Q_WORD && (n->match == NX_MATCH_EXACT || n->match == NX_MATCH_CAPS);
    bool capitals = n->kind == NX_Q_WORD && n->match == NX_MATCH_CAPS;
    uint32_t last = 0;
    for (size_t i = 0; i < t->count; i++) {
        const nx_check_form *f = &t->forms[i];
        bool again = f->pos == last; // another form at a position that is taken
        nx_str written = nx_str_make(t->text.p + f->start, f->end - f->start);
        bool is = is_form(c, f, w, exact) || (capitals && nx_str_eq_nocase(written, n->text));
        if (again || !is || (capitals && !nx_str_in_capitals(written))) {
            continue;
        }
        last = f->pos;
        add_span(c, out, (nx_finding){f->pos, f->pos, f->start, f->end});
    }
}

static void find_pattern(nx_check *c, const nx_check_text *t, const nx_qnode *n, nx_findings *out)
{
    nx_buf folded;
    nx_buf_init(&folded, NX_QUERY_MAX_BYTES * 4);
    nx_fold(n->text, false, &folded);
    c->nomem = c->nomem || folded.failed;
    for (size_t i = 0; i < t->count && !folded.failed; i++) {
        const nx_check_form *f = &t->forms[i];
        nx_str word = nx_vocab_get(c->vocab, f->term);
        bool hit = f->word && (n->match == NX_MATCH_WILD
                                   ? nx_word_like(nx_buf_str(&folded), word)
                                   : nx_edit_distance(nx_buf_str(&folded), word, n->n) <= n->n);
        if (hit) {
            add_span(c, out, (nx_finding){f->pos, f->pos, f->start, f->end});
        }
    }
    nx_buf_release(&folded);
}

static bool has_at(const nx_check *c, const nx_check_text *t, size_t from, uint32_t pos,
                   const nx_word *w)
{
    for (size_t i = from; i < t->count && t->forms[i].pos <= pos; i++) {
        nx_str term = nx_vocab_get(c->vocab, t->forms[i].term);
        if (t->forms[i].pos == pos &&
            (nx_str_eq(term, w->exact) || (w->folded.n > 0 && nx_str_eq(term, w->folded)) ||
             (w->respelt.n > 0 && nx_str_eq(term, w->respelt)))) {
            return true;
        }
    }
    return false;
}

// The end of the words in order within the window that starts at form `from`; 0: not there. Taking
// each word as early as it comes is the shortest way.
static uint32_t phrase_from(const nx_check *c, const nx_check_text *t, size_t from,
                            const nx_word *words, size_t count, uint32_t window)
{
    uint32_t start = t->forms[from].pos, pos = start;
    for (size_t k = 1; k < count; k++) {
        do {
            pos++;
        } while (pos - start < window && !has_at(c, t, from, pos, &words[k]));
        if (pos - start >= window) {
            return 0;
        }
    }
    return pos;
}

static void find_phrase(nx_check *c, const nx_check_text *t, const nx_word *words, size_t count,
                        uint32_t window, nx_findings *out)
{
    uint32_t last = 0;
    for (size_t i = 0; i < t->count; i++) {
        const nx_check_form *f = &t->forms[i];
        if (f->pos == last || !has_at(c, t, i, f->pos, &words[0])) {
            continue;
        }
        last = f->pos;
        uint32_t end = phrase_from(c, t, i, words, count, window);
        if (end != 0) {
            add_span(c, out, (nx_finding){f->pos, end, f->start, f->end});
        }
    }
}

// Every place of a word, phrase, or choice of those in a text.
static void find_all(nx_check *c, const nx_check_text *t, const nx_qnode *n, nx_findings *out)
{
    if (n->kind == NX_Q_OR) {
        for (const nx_qnode *child = n->child; child != NULL; child = child->next) {
            find_all(c, t, child, out);
        }
        return;
    }
    const nx_leaf *leaf = &c->plan->leaves.items[n->leaf];
    if (n->kind == NX_Q_WORD && n->match >= NX_MATCH_WILD) {
        find_pattern(c, t, n, out);
        return;
    }
    bool as_one = n->kind == NX_Q_WORD && nx_leaf_is_whole(leaf);
    if (leaf->word_count > 1 && !as_one) {
        uint32_t window = (uint32_t)leaf->word_count + (n->kind == NX_Q_PHRASE ? n->n : 0);
        find_phrase(c, t, leaf->words, leaf->word_count, window, out);
    } else if (leaf->word_count == 1 && n->kind == NX_Q_PHRASE) {
        find_phrase(c, t, leaf->words, 1, 1, out);
    } else if (leaf->word_count == 1) {
        find_word(c, t, &leaf->words[0], n, out);
    }
    for (size_t i = 0; n->kind == NX_Q_WORD && i < leaf->compound_count; i++) {
        const nx_compound *k = &leaf->compounds[i];
        if (k->first == 0 && k->count >= leaf->word_count) {
            nx_word whole = {.exact = k->term, .stem_count = k->stem_count};
            memcpy(whole.stems, k->stems, sizeof whole.stems);
            find_word(c, t, &whole, n, out);
        }
    }
}

// ---- distances, sentences, paragraphs

// What the operands placed so far take: positions low..high, of which `inside` are the further
// words of phrases and do not count as distance.
typedef struct extent {
    uint32_t low, high, inside;
} extent;

// Can operands k.. be placed so that all lie as near as NEAR says? Tries each place of the next
// operand; the window prunes.
static bool place_next(const nx_findings *lists, size_t count, size_t k, extent taken,
                       uint32_t window, bool ordered)
{
    if (k == count) {
        return true;
    }
    for (size_t i = 0; i < lists[k].count; i++) {
        const nx_finding *s = &lists[k].items[i];
        bool on_top = s->first <= taken.high && s->last >= taken.low;
        if (ordered ? s->first <= taken.high : k == 1 && on_top) {
            continue;
        }
        extent next = {s->first < taken.low ? s->first : taken.low,
                       s->last > taken.high ? s->last : taken.high,
                       taken.inside + (s->last - s->first)};
        if (next.high - next.low < window + next.inside &&
            place_next(lists, count, k + 1, next, window, ordered)) {
            return true;
        }
    }
    return false;
}

static bool near_each_other(const nx_findings *lists, size_t count, uint32_t window, bool ordered)
{
    for (size_t i = 0; i < lists[0].count; i++) {
        const nx_finding *s = &lists[0].items[i];
        extent first = {s->first, s->last, s->last - s->first};
        if (place_next(lists, count, 1, first, window, ordered)) {
            return true;
        }
    }
    return false;
}

typedef struct stretches {
    const nx_findings *lists;
    size_t count;
    bool found;
} stretches;

static void each_stretch(void *ctx, size_t start, size_t end)
{
    stretches *s = ctx;
    for (size_t k = 0; k < s->count; k++) {
        bool there = false;
        for (size_t i = 0; i < s->lists[k].count && !there; i++) {
            const nx_finding *span = &s->lists[k].items[i];
            there = span->start >= start && span->end <= end;
        }
        if (!there) {
            return;
        }
    }
    s->found = true;
}

// A paragraph is a line of the stored text.
static void each_paragraph(nx_str text, stretches *s)
{
    for (size_t start = 0, next = 0; start < text.n; start = next) {
        nx_str line = nx_str_line(text, start, &next);
        each_stretch(s, start, start + line.n);
    }
}

enum { OPERANDS_MAX = 16 };

static bool distance_in(nx_check *c, const nx_check_text *t, const nx_qnode *n)
{
    nx_findings lists[OPERANDS_MAX] = {{0}};
    size_t count = 0;
    bool found = true;
    for (const nx_qnode *child = n->child; child != NULL && count < OPERANDS_MAX;
         child = child->next) {
        find_all(c, t, child, &lists[count]);
        found = found && lists[count].count > 0;
        count++;
    }
    if (found && n->kind == NX_Q_SAME) {
        stretches s = {lists, count, false};
        if (n->paragraph) {
            each_paragraph(t->text, &s);
        } else {
            nx_sentences(t->text, c->language, each_stretch, &s);
        }
        found = s.found;
    } else if (found) {
        found = near_each_other(lists, count, n->n * (uint32_t)(count - 1) + 1, n->ordered);
    }
    for (size_t i = 0; i < count; i++) {
        free(lists[i].items);
    }
    return found;
}

// ---- nodes

static bool holds(nx_check *c, const nx_qnode *n);

// The texts a node of the field around is looked for in.
static size_t texts_of(nx_check *c, const nx_check_text *out[NX_CHECK_TEXTS])
{
    if (c->field == NULL || c->field == nx_field_by_id(NX_FIELD_TEXT)) {
        out[0] = &c->texts[0];
        out[1] = &c->texts[1];
        out[2] = &c->texts[2];
        return c->head != 0 ? 1 : NX_CHECK_TEXTS; // the head is the body's
    }
    out[0] = c->field == nx_field_by_id(NX_FIELD_TITLE) ? &c->texts[1] : &c->value;
    return 1;
}

static size_t occurrences(nx_check *c, const nx_qnode *n)
{
    const nx_check_text *texts[NX_CHECK_TEXTS];
    size_t count = texts_of(c, texts), total = 0;
    for (size_t i = 0; i < count; i++) {
        nx_findings found = {0};
        find_all(c, texts[i], n, &found);
        total += found.count;
        free(found.items);
    }
    return total;
}

static bool distance_holds(nx_check *c, const nx_qnode *n)
{
    const nx_check_text *texts[NX_CHECK_TEXTS];
    size_t count = texts_of(c, texts);
    for (size_t i = 0; i < count; i++) {
        if (distance_in(c, texts[i], n)) {
            return true;
        }
    }
    return false;
}

// Is it the value of the field around that the node, a word or phrase, asks for?
static bool whole_value_is(nx_check *c, nx_str value, const nx_qnode *n)
{
    nx_buf a, b;
    size_t prefix = strlen(c->field->prefix);
    nx_buf_init(&a, DATA_MAX);
    nx_buf_init(&b, DATA_MAX);
    nx_field_value_term(c->field, value, &a);
    nx_field_value_term(c->field, n->text, &b);
    c->nomem = c->nomem || a.failed || b.failed;
    bool same = false;
    if (!a.failed && !b.failed) {
        nx_str is = nx_str_make(a.data + prefix, a.len - prefix);
        nx_str wanted = nx_str_make(b.data + prefix, b.len - prefix);
        nx_match match = n->kind == NX_Q_WORD ? n->match : NX_MATCH_EXACT;
        same = match == NX_MATCH_WILD    ? nx_word_like(wanted, is)
               : match == NX_MATCH_FUZZY ? nx_edit_distance(wanted, is, n->n) <= n->n
                                         : nx_str_eq(wanted, is);
    }
    nx_buf_release(&a);
    nx_buf_release(&b);
    return same;
}

// A field other than the text's: does any of its values have it?
static bool value_holds(nx_check *c, const nx_qnode *n)
{
    nx_str data = nx_buf_str(&c->data), name, value;
    bool whole = c->field->analysis == NX_AS_LOWER || c->field->analysis == NX_AS_EXACT;
    nx_analyzer_language(c->analyzer, NX_STR(""));
    bool found = false;
    for (size_t at = 0; !found && nx_data_next(data, &at, &name, &value);) {
        if (!nx_str_eq(name, nx_str_of(c->field->name))) {
            continue;
        }
        nx_buf_clear(&c->scratch);
        value = nx_data_unescape(value, &c->scratch);
        read_text(c, &c->value, value);
        found = whole && (n->kind == NX_Q_WORD || n->kind == NX_Q_PHRASE)
                    ? whole_value_is(c, value, n)
                    : holds(c, n);
    }
    nx_analyzer_language(c->analyzer, c->language);
    return found;
}

static bool field_holds(nx_check *c, const nx_qnode *n)
{
    const nx_field *outer = c->field;
    c->field = n->field;
    bool in_text = n->field->analysis == NX_AS_WORDS;
    bool result = in_text ? holds(c, n->child) : value_holds(c, n->child);
    c->field = outer;
    return result;
}

static bool date_holds(nx_check *c, const nx_qnode *n)
{
    nx_buf scratch;
    int64_t from, to;
    nx_buf_init(&scratch, 256);
    nx_str value = nx_data_get(nx_buf_str(&c->data), n->field->name, &scratch);
    if (n->field->slot == NX_SLOT_PUBLISHED) {
        value = nx_data_get(nx_buf_str(&c->data), NX_DATA_PUBLISHED, &scratch);
    }
    bool is = value.n > 0 && nx_when_parse(value, 0, &from, &to, NULL) && from >= n->from &&
              from <= n->to;
    nx_buf_release(&scratch);
    return is;
}

static bool list_holds(nx_check *c, const nx_qnode *n, bool any)
{
    for (const nx_qnode *child = n->child; child != NULL; child = child->next) {
        if (holds(c, child) == any) {
            return any;
        }
    }
    return !any;
}

// Of filters that are a choice one must hold, of the others each.
static bool bag_holds(nx_check *c, const nx_qnode *bag)
{
    for (const nx_qnode *n = bag->child; n != NULL; n = n->next) {
        bool yes = holds(c, n);
        for (const nx_qnode *m = bag->child; m != NULL && !yes; m = m->next) {
            yes = m != n && nx_qnode_are_choice(n, m) && holds(c, m);
        }
        if (!yes) {
            return false;
        }
    }
    return true;
}

static bool head_holds(nx_check *c, const nx_qnode *n)
{
    uint32_t outer = c->head;
    c->head = outer == 0 || n->n < outer ? n->n : outer;
    bool result = holds(c, n->child);
    c->head = outer;
    return result;
}

static bool holds(nx_check *c, const nx_qnode *n)
{
    switch (n->kind) {
    case NX_Q_NONE: return false;
    case NX_Q_ALL: return true;
    case NX_Q_BAG: return bag_holds(c, n);
    case NX_Q_AND: return list_holds(c, n, false);
    case NX_Q_OR: return list_holds(c, n, true);
    case NX_Q_NOT: return !holds(c, n->child);
    case NX_Q_MUST: return holds(c, n->child);
    case NX_Q_WORD:
    case NX_Q_PHRASE: return occurrences(c, n) > 0;
    case NX_Q_NEAR:
    case NX_Q_SAME: return distance_holds(c, n);
    case NX_Q_HEAD: return head_holds(c, n);
    case NX_Q_ATLEAST: return occurrences(c, n->child) >= n->n;
    case NX_Q_FIELD: return field_holds(c, n);
    case NX_Q_DATE: return date_holds(c, n);
    }
    return false;
}

// Has the subtree something that Xapian was not asked for exactly?
static bool needs_check(const nx_check *c, const nx_qnode *n)
{
    if (n->kind == NX_Q_SAME || n->kind == NX_Q_HEAD || n->kind == NX_Q_ATLEAST ||
        (n->kind == NX_Q_WORD && n->match == NX_MATCH_CAPS)) {
        return true;
    }
    for (const nx_qnode *child = n->child; child != NULL; child = child->next) {
        bool place = child->kind == NX_Q_WORD || child->kind == NX_Q_PHRASE;
        bool long_operand = n->kind == NX_Q_NEAR && place &&
                            (c->plan->leaves.items[child->leaf].word_count != 1 ||
                             (child->kind == NX_Q_WORD && child->match >= NX_MATCH_WILD));
        if (long_operand || needs_check(c, child)) {
            return true;
        }
    }
    return false;
}

// Of words side by side at the top, Xapian has seen to all that it can; the rest is required.
static bool root_holds(nx_check *c, const nx_qnode *root)
{
    if (root->kind != NX_Q_BAG) {
        return holds(c, root);
    }
    bool any = false, rest = true;
    for (const nx_qnode *n = root->child; n != NULL; n = n->next) {
        if (needs_check(c, n)) {
            bool yes = holds(c, n);
            any = any || (yes && n->kind != NX_Q_NOT);
            rest = rest && (yes || (c->plan->any && n->kind != NX_Q_NOT));
        } else if (c->plan->any && n->kind != NX_Q_NOT) {
            any = any || holds(c, n);
        }
    }
    return rest && (any || !c->plan->any);
}

nx_status nx_check_decider(void *ctx, const nx_xdoc *doc, bool *accept, nx_error *err)
{
    nx_check *c = ctx;
    *accept = false;
    if (c->nomem) {
        return nx_fail_nomem(err);
    }
    nx_buf_clear(&c->data);
    nx_status status = nx_xdoc_data(doc, &c->data, err);
    if (status != NX_OK) {
        return status;
    }
    read_document(c);
    *accept = root_holds(c, c->plan->query->root);
    bool failed = c->nomem || c->title.failed || c->summary.failed || c->scratch.failed;
    return failed ? nx_fail_nomem(err) : NX_OK;
}
