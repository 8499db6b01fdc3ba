// check.c: see check.h; check_places.c finds what is asked for in one text. A document comes here
// only when Xapian has found all its words, so that what costs an analysis of its text is done for
// few.
#include "searcher/check.h"

#include <stdlib.h>

#include "searcher/engine.h"
#include "searcher/vocabulary.h"

enum { DATA_MAX = 256 << 20, VOCAB_MAX = 32 << 20 };

void nx_check_init(nx_check *c, const nx_plan *plan, uint64_t read_max)
{
    *c = (nx_check){.plan = plan, .vocab = nx_vocab_new(), .read_max = read_max};
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

void nx_check_note(const nx_check *c)
{
    nx_query *q = c->plan->query;
    if (c->stopped) {
        nx_query_note(
            q, NX_NOTE_HINT, 0, q->text.n,
            "looked through %llu MB of text for what the index cannot be asked; there may "
            "be more (--count and --limit 0 look through all)",
            (unsigned long long)(c->read >> 20));
    }
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
    c->read += data.n;
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
        nx_check_find(c, texts[i], n, &found);
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
        if (nx_check_distance(c, texts[i], n)) {
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
    if (c->read_max != 0 && c->read >= c->read_max) {
        c->stopped = true;
        return NX_OK;
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
