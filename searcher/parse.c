// parse.c: tokens -> tree, by recursive descent; depth is bounded by the parentheses, which
// operators.c limits. What cannot stand where it stands is ignored with a note.
//
// Must not know: characters, text analysis, the index.
#include "base/time.h"
#include "base/utf8.h"
#include "searcher/lex.h"

enum { ARENA_MAX = 64 << 20 };

typedef struct parser {
    nx_query *q;
    const nx_token *tokens;
    size_t i;
    int64_t now;
    const nx_field *date_field; // inside date:(...), where words are dates
    nx_edge edge;
    uint32_t leaves;
    nx_status status;
    nx_error *err;
} parser;

static nx_qnode *parse_or(parser *p);

static const nx_token *peek(const parser *p)
{
    return &p->tokens[p->i];
}

static nx_qnode *make(parser *p, nx_qkind kind, size_t at, size_t end)
{
    nx_qnode *n = nx_arena_calloc(p->q->arena, 1, sizeof *n);
    if (n == NULL) {
        p->status = nx_arena_check(p->q->arena, "the query", p->err);
        return NULL;
    }
    n->kind = kind;
    n->at = at;
    n->end = end;
    return n;
}

static void ignore(parser *p, const nx_token *t, const char *why)
{
    int shown = (int)(t->end - t->at < 40 ? t->end - t->at : 40);
    nx_query_note(p->q, NX_NOTE_IGNORED, t->at, t->end, "\"%.*s\" is ignored: %s", shown,
                  p->q->text.p + t->at, why);
}

// ---- lists of children

typedef struct list {
    nx_qnode *first, *last;
    size_t count;
} list;

// Appends; a child of the same kind and no weight of its own gives its children instead, so that
// ((a b) c) is (a b c).
static void append(list *l, nx_qnode *n, nx_qkind kind)
{
    nx_qnode *first = n->kind == kind && n->boost == 0 ? n->child : n, *last = first;
    size_t count = 1;
    for (; last->next != NULL; last = last->next) {
        count++;
    }
    if (l->last != NULL) {
        l->last->next = first;
    } else {
        l->first = first;
    }
    l->last = last;
    l->count += count;
}

// The list as one node; a single child stands for itself.
static nx_qnode *close_list(parser *p, list *l, nx_qkind kind)
{
    if (l->count < 2) {
        return l->first;
    }
    nx_qnode *n = make(p, kind, l->first->at, l->last->end);
    if (n != NULL) {
        n->child = l->first;
    }
    return n;
}

static nx_qnode *wrap(parser *p, nx_qkind kind, nx_qnode *child, size_t at)
{
    nx_qnode *n = make(p, kind, at, child->end);
    if (n != NULL) {
        n->child = child;
    }
    return n;
}

// ---- leaves

// Years 1 to 9999, as every other date.
static int64_t clamp_time(int64_t t)
{
    nx_civil c = nx_civil_from_utc(t);
    return nx_civil_to_utc(&c);
}

static nx_qnode *parse_date(parser *p, const nx_token *t)
{
    int64_t from, to;
    bool exchanged = false;
    if (!nx_when_parse(t->text, p->now, &from, &to, &exchanged)) {
        int shown = (int)(t->text.n < 40 ? t->text.n : 40);
        p->status = nx_query_error(p->q, t->at, p->err,
                                   "\"%.*s\" is no date or range of dates; for example 2019-02-22, "
                                   "2019-02.., 2019..2020, 7d, \"last week\"",
                                   shown, t->text.p);
        return NULL;
    }
    bool no_end = (p->edge == NX_EDGE_BEFORE && from == NX_DATE_OPEN_FROM) ||
                  (p->edge == NX_EDGE_AFTER && to == NX_DATE_OPEN_TO);
    if (no_end) {
        p->status =
            nx_query_error(p->q, t->at, p->err, "\"%.*s\" has no end to be %s", (int)t->text.n,
                           t->text.p, p->edge == NX_EDGE_BEFORE ? "before" : "after");
        return NULL;
    }
    switch (p->edge) {
    case NX_EDGE_IN: break;
    case NX_EDGE_BEFORE:
        to = from - 1;
        from = NX_DATE_OPEN_FROM;
        break;
    case NX_EDGE_AFTER:
        from = to + 1;
        to = NX_DATE_OPEN_TO;
        break;
    case NX_EDGE_SINCE: to = NX_DATE_OPEN_TO; break;
    case NX_EDGE_UNTIL: from = NX_DATE_OPEN_FROM; break;
    }
    if (from == NX_DATE_OPEN_FROM && to == NX_DATE_OPEN_TO) {
        nx_query_note(p->q, NX_NOTE_HINT, t->at, t->end, "the range of dates is open at both ends");
        return make(p, NX_Q_ALL, t->at, t->end);
    }
    if (exchanged) {
        nx_query_note(p->q, NX_NOTE_CORRECTED, t->at, t->end,
                      "the range of dates ends before it begins: its ends are exchanged");
    }
    nx_qnode *n = make(p, NX_Q_DATE, t->at, t->end);
    if (n != NULL) {
        n->field = p->date_field;
        n->from = from == NX_DATE_OPEN_FROM ? from : clamp_time(from);
        n->to = to == NX_DATE_OPEN_TO ? to : clamp_time(to);
    }
    return n;
}

static nx_qnode *parse_leaf(parser *p)
{
    const nx_token *t = peek(p);
    p->i++;
    if (p->date_field != NULL) {
        return parse_date(p, t);
    }
    bool everything = t->match == NX_MATCH_WILD && t->kind == NX_T_WORD && t->text.n == 1;
    nx_qkind kind = everything ? NX_Q_ALL : t->kind == NX_T_PHRASE ? NX_Q_PHRASE : NX_Q_WORD;
    nx_qnode *n = make(p, kind, t->at, t->end);
    if (n != NULL && kind != NX_Q_ALL) {
        n->match = t->match;
        n->n = t->n;
        n->text = t->text;
        n->leaf = p->leaves++;
        n->boost = t->boost;
    }
    return n;
}

// A weight that can have no effect: of a part of NEAR, of what is excluded, of a filter.
static void drop_boost(parser *p, nx_qnode *n, const char *where)
{
    if (n->boost != 0) {
        nx_query_note(p->q, NX_NOTE_IGNORED, n->at, n->end, "^ has no effect %s", where);
        n->boost = 0;
    }
}

// What was weighed before is weighed again: (fbi^2)^3.
static void add_boost(nx_qnode *n, uint32_t boost)
{
    if (boost != 0) {
        uint64_t product = n->boost == 0 ? boost : (uint64_t)n->boost * boost / 100;
        n->boost = product < 1 ? 1 : product > NX_BOOST_MAX ? NX_BOOST_MAX : (uint32_t)product;
    }
}

// "(" ... ")" with the parser on the parenthesis. NULL for an empty group.
static nx_qnode *parse_group(parser *p)
{
    const nx_token *open = peek(p);
    size_t close = open->partner - 1;
    p->i++;
    nx_qnode *n = parse_or(p);
    p->i = close + 1;
    if (n == NULL && p->status == NX_OK) {
        nx_query_note(p->q, NX_NOTE_IGNORED, open->at, p->tokens[close].end,
                      "an empty pair of parentheses is ignored");
    }
    if (n != NULL) {
        add_boost(n, p->tokens[close].boost);
    }
    return n;
}

static bool is_plain_word(const nx_qnode *n)
{
    return n->kind == NX_Q_WORD && n->match == NX_MATCH_WORD;
}

// What has positions: a word, a phrase, or a choice of those.
static bool has_places(const nx_qnode *n)
{
    if (n->kind == NX_Q_OR) {
        for (const nx_qnode *c = n->child; c != NULL; c = c->next) {
            if (c->kind != NX_Q_WORD && c->kind != NX_Q_PHRASE) {
                return false;
            }
        }
        return true;
    }
    return n->kind == NX_Q_WORD || n->kind == NX_Q_PHRASE;
}

static nx_qnode *parse_function(parser *p)
{
    const nx_token *t = peek(p);
    p->i++;
    if (peek(p)->kind != NX_T_OPEN || peek(p)->partner == 0) {
        ignore(p, t, "it needs something in parentheses");
        return NULL;
    }
    const nx_field *outer = p->date_field;
    p->date_field = NULL;
    nx_qnode *inner = parse_group(p);
    p->date_field = outer;
    if (inner == NULL) {
        return NULL;
    }
    if (t->function == NX_F_HEAD) {
        nx_qnode *n = wrap(p, NX_Q_HEAD, inner, t->at);
        if (n != NULL) {
            n->n = t->n;
        }
        return n;
    }
    bool caps = t->function == NX_F_CAPS;
    if (caps ? !is_plain_word(inner) : !has_places(inner)) {
        ignore(p, t,
               caps ? "it takes one plain word" : "it takes a word, a phrase or a choice of those");
        return inner;
    }
    if (caps) {
        inner->match = NX_MATCH_CAPS;
        return inner;
    }
    nx_qnode *n = wrap(p, NX_Q_ATLEAST, inner, t->at);
    if (n != NULL) {
        n->n = t->n;
    }
    return n;
}

static nx_qnode *parse_primary(parser *p);

static nx_qnode *parse_field(parser *p)
{
    const nx_token *t = peek(p);
    const nx_field *outer = p->date_field;
    nx_edge outer_edge = p->edge;
    bool date = t->field->analysis == NX_AS_DATE;
    p->i++;
    const nx_token *v = peek(p);
    bool value = v->kind == NX_T_WORD || v->kind == NX_T_PHRASE || v->kind == NX_T_FUNCTION ||
                 (v->kind == NX_T_OPEN && v->partner != 0);
    if (!value) {
        ignore(p, t, "no value follows");
        return NULL;
    }
    p->date_field = date ? t->field : NULL;
    p->edge = t->edge;
    nx_qnode *n = parse_primary(p);
    p->date_field = outer;
    p->edge = outer_edge;
    bool words = t->field->analysis == NX_AS_WORDS;
    if (n != NULL && !words) {
        drop_boost(p, n, "on a filter");
    }
    if (n == NULL || date || (n->kind == NX_Q_ALL && words)) {
        return n;
    }
    if (n->kind == NX_Q_ALL) { // any value, which not every article has
        n->kind = NX_Q_WORD;
        n->match = NX_MATCH_WILD;
        n->text = NX_STR("*");
        n->leaf = p->leaves++;
    }
    nx_qnode *f = wrap(p, NX_Q_FIELD, n, t->at);
    if (f != NULL) {
        f->field = t->field;
    }
    return f;
}

// NULL when nothing is there (the token is then stray and skipped by the caller) or on failure.
static nx_qnode *parse_primary(parser *p)
{
    const nx_token *t = peek(p);
    switch (t->kind) {
    case NX_T_WORD:
    case NX_T_PHRASE: return parse_leaf(p);
    case NX_T_FUNCTION: return parse_function(p);
    case NX_T_FIELD: return parse_field(p);
    case NX_T_OPEN:
        if (t->partner != 0) {
            return parse_group(p);
        }
        break;
    default: break;
    }
    return NULL;
}

// ---- NEAR, PRE, w/s, w/p

static const nx_qnode *last_child(const nx_qnode *n)
{
    const nx_qnode *c = n->child;
    while (c->next != NULL) {
        c = c->next;
    }
    return c;
}

static void set_distance(nx_qnode *n, const nx_token *op)
{
    n->n = op->n;
    n->ordered = op->ordered;
    n->paragraph = op->paragraph;
}

static nx_qnode *join(parser *p, const nx_token *op, nx_qnode *left, nx_qnode *right)
{
    bool same = op->kind == NX_T_SAME;
    drop_boost(p, left, "on a part of a distance");
    drop_boost(p, right, "on a part of a distance");
    const nx_qnode *tail = left->kind == NX_Q_AND ? last_child(left) : left;
    bool chain = tail->kind == NX_Q_NEAR || tail->kind == NX_Q_SAME;
    tail = chain ? tail : left;
    nx_qkind kind = same ? NX_Q_SAME : NX_Q_NEAR;
    if (!has_places(right) || (!chain && !has_places(tail))) {
        nx_query_note(p->q, NX_NOTE_CORRECTED, op->at, op->end,
                      "%s takes words, phrases or a choice of those: read as AND",
                      !same           ? "NEAR"
                      : op->paragraph ? "w/p"
                                      : "w/s");
        kind = NX_Q_AND;
    }
    list l = {0};
    if (kind != NX_Q_AND && tail == left && left->kind == kind && left->n == op->n &&
        left->ordered == op->ordered && left->paragraph == op->paragraph) {
        append(&l, left, kind);
        append(&l, right, NX_Q_NONE);
        left->child = l.first;
        left->end = right->end;
        return left;
    }
    if (kind == NX_Q_AND || !chain) {
        nx_qkind flat = kind == NX_Q_AND ? NX_Q_AND : NX_Q_NONE;
        append(&l, left, flat);
        append(&l, right, flat);
        nx_qnode *n = close_list(p, &l, kind);
        if (n != NULL && kind != NX_Q_AND) {
            set_distance(n, op);
        }
        return n;
    }
    // a NEAR/3 b PRE/5 c: (a NEAR/3 b) AND (b PRE/5 c)
    const nx_qnode *shared = last_child(tail);
    nx_qnode *copy = make(p, shared->kind, shared->at, shared->end);
    if (copy == NULL) {
        return NULL;
    }
    *copy = *shared;
    copy->next = NULL;
    nx_qnode *pair = wrap(p, kind, copy, shared->at);
    if (pair == NULL) {
        return NULL;
    }
    copy->next = right;
    set_distance(pair, op);
    append(&l, left, NX_Q_AND);
    append(&l, pair, NX_Q_NONE);
    return close_list(p, &l, NX_Q_AND);
}

static nx_qnode *parse_near(parser *p)
{
    nx_qnode *left = parse_primary(p);
    while (p->status == NX_OK && left != NULL &&
           (peek(p)->kind == NX_T_NEAR || peek(p)->kind == NX_T_SAME)) {
        const nx_token *op = peek(p);
        p->i++;
        nx_qnode *right = parse_primary(p);
        if (p->status != NX_OK) {
            return NULL;
        }
        if (right == NULL) {
            ignore(p, op, "nothing to its right can be near");
            continue;
        }
        left = join(p, op, left, right);
    }
    return left;
}

// ---- items, bags, AND, OR

static nx_qnode *parse_item(parser *p)
{
    bool negative = false, must = false;
    const nx_token *first = peek(p), *sign = first;
    while (peek(p)->kind == NX_T_NOT || peek(p)->kind == NX_T_MUST) {
        sign = peek(p);
        negative = sign->kind == NX_T_NOT ? !negative : negative;
        must = must || sign->kind == NX_T_MUST;
        p->i++;
    }
    nx_qnode *n = parse_near(p);
    if (n == NULL) {
        if (p->status == NX_OK && sign != peek(p) && sign->kind != NX_T_END &&
            (sign->kind == NX_T_NOT || sign->kind == NX_T_MUST)) {
            ignore(p, sign, "nothing follows it");
        }
        return NULL;
    }
    if (negative) {
        drop_boost(p, n, "on what is left out");
        return n->kind == NX_Q_NOT ? n->child : wrap(p, NX_Q_NOT, n, first->at);
    }
    return must && (n->kind == NX_Q_WORD || n->kind == NX_Q_ATLEAST) && p->date_field == NULL
               ? wrap(p, NX_Q_MUST, n, first->at)
               : n;
}

static bool ends_bag(const nx_token *t)
{
    return t->kind == NX_T_END || t->kind == NX_T_AND || t->kind == NX_T_OR ||
           (t->kind == NX_T_CLOSE && t->partner != 0);
}

static nx_qnode *parse_bag(parser *p)
{
    list l = {0};
    while (p->status == NX_OK && !ends_bag(peek(p))) {
        size_t before = p->i;
        nx_qnode *n = parse_item(p);
        if (p->status != NX_OK) {
            return NULL;
        }
        if (n != NULL) {
            append(&l, n, NX_Q_BAG);
        } else if (p->i == before) { // a token that begins nothing
            const nx_token *t = peek(p);
            if (t->kind == NX_T_NEAR || t->kind == NX_T_SAME) {
                ignore(p, t, "nothing to its left can be near");
            }
            p->i++;
        }
    }
    return close_list(p, &l, NX_Q_BAG);
}

// kind AND or OR, whose operands `operand` reads and whose sign is the token op.
static nx_qnode *parse_chain(parser *p, nx_qkind kind, nx_token_kind op,
                             nx_qnode *(*operand)(parser *))
{
    list l = {0};
    const nx_token *pending = NULL; // an operator that still needs its right side
    for (;;) {
        nx_qnode *n = operand(p);
        if (p->status != NX_OK) {
            return NULL;
        }
        const nx_token *t = peek(p);
        if (n != NULL) {
            append(&l, n, kind);
            pending = NULL;
        } else if (pending != NULL) {
            ignore(p, pending, "nothing follows it");
            pending = NULL;
        } else if (t->kind == op) {
            ignore(p, t, "nothing stands before it");
        }
        if (t->kind != op) {
            break;
        }
        pending = l.count > 0 ? t : NULL;
        p->i++;
    }
    return close_list(p, &l, kind);
}

static nx_qnode *parse_and(parser *p)
{
    return parse_chain(p, NX_Q_AND, NX_T_AND, parse_bag);
}

static nx_qnode *parse_or(parser *p)
{
    return parse_chain(p, NX_Q_OR, NX_T_OR, parse_and);
}

// ---- the whole

static nx_status start(nx_query *q, nx_str text, nx_error *err)
{
    nx_buf repaired;
    size_t cut = nx_utf8_cut(text, NX_QUERY_MAX_BYTES);
    nx_buf_init(&repaired, (size_t)3 * NX_QUERY_MAX_BYTES + 1);
    size_t bad = nx_utf8_add_repaired(&repaired, nx_str_make(text.p, cut));
    nx_status status = nx_buf_check(&repaired, "the query", err);
    if (status == NX_OK) {
        q->text = nx_arena_copy(q->arena, nx_buf_str(&repaired));
    }
    nx_buf_release(&repaired);
    if (status != NX_OK) {
        return status;
    }
    if (bad > 0) {
        nx_query_note(q, NX_NOTE_CORRECTED, 0, q->text.n, "%zu bytes are not UTF-8", bad);
    }
    if (cut < text.n) {
        nx_query_note(q, NX_NOTE_IGNORED, q->text.n, q->text.n,
                      "only the first %d bytes of the query are read", NX_QUERY_MAX_BYTES);
    }
    return nx_arena_check(q->arena, "the query", err);
}

static nx_status be_strict(const nx_query *q, nx_error *err)
{
    for (const nx_note *n = q->notes; n != NULL; n = n->next) {
        if (n->kind == NX_NOTE_IGNORED || n->kind == NX_NOTE_CORRECTED) {
            return nx_query_error(q, n->at, err, "%s", n->text);
        }
    }
    return NX_OK;
}

static nx_status parse_all(nx_query *q, nx_str text, const nx_parse_options *options, nx_error *err)
{
    parser p = {.q = q, .now = options->now, .err = err};
    size_t count;
    nx_status status = start(q, text, err);
    if (status == NX_OK) {
        status = nx_query_lex(q, &p.tokens, &count, err);
    }
    if (status != NX_OK) {
        return status;
    }
    q->root = parse_or(&p);
    if (p.status == NX_OK && q->root == NULL) {
        if (q->notes == NULL && nx_str_trim(q->text).n > 0) {
            nx_query_note(q, NX_NOTE_IGNORED, 0, q->text.n, "there is no word in the query");
        }
        q->root = make(&p, NX_Q_NONE, 0, q->text.n);
    }
    q->words = p.leaves;
    if (p.status == NX_OK) {
        p.status = nx_arena_check(q->arena, "the query", err);
    }
    return p.status == NX_OK && options->strict ? be_strict(q, err) : p.status;
}

nx_status nx_query_parse(nx_str text, const nx_parse_options *options, nx_query **out,
                         nx_error *err)
{
    nx_arena *arena = nx_arena_new(ARENA_MAX);
    nx_query *q = arena != NULL ? nx_arena_calloc(arena, 1, sizeof *q) : NULL;
    *out = NULL;
    if (q == NULL) {
        nx_arena_free(arena);
        return nx_fail_nomem(err);
    }
    q->arena = arena;
    nx_status status = parse_all(q, text, options, err);
    if (status != NX_OK) {
        nx_query_free(q);
        return status;
    }
    *out = q;
    return NX_OK;
}

void nx_query_free(nx_query *q)
{
    if (q != NULL) {
        nx_arena_free(q->arena);
    }
}
