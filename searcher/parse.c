// parse.c: tokens -> tree, by recursive descent; depth is bounded by the parentheses, which
// operators.c limits. What cannot stand where it stands is ignored with a note.
//
// Must not know: characters, text analysis, the index.
#include "base/utf8.h"
#include "searcher/parser.h"

enum { ARENA_MAX = 64 << 20 };

static nx_qnode *parse_or(nx_parser *p);

static const nx_token *peek(const nx_parser *p)
{
    return &p->tokens[p->i];
}

// ---- leaves

// "*" alone.
static bool is_anything(const nx_token *t)
{
    return t->kind == NX_T_WORD && t->match == NX_MATCH_WILD && t->text.n == 1;
}

static nx_qnode *parse_leaf(nx_parser *p)
{
    const nx_token *t = peek(p);
    p->i++;
    if (p->date_field != NULL) {
        return nx_parser_date(p, t);
    }
    bool everything = is_anything(t);
    nx_qkind kind = everything ? NX_Q_ALL : t->kind == NX_T_PHRASE ? NX_Q_PHRASE : NX_Q_WORD;
    nx_qnode *n = nx_parser_make(p, kind, t->at, t->end);
    if (n != NULL && kind != NX_Q_ALL) {
        n->match = t->match;
        n->n = t->n;
        n->text = t->text;
        n->leaf = p->leaves++;
        n->boost = t->boost;
    }
    return n;
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
static nx_qnode *parse_group(nx_parser *p)
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

static nx_qnode *parse_function(nx_parser *p)
{
    const nx_token *t = peek(p);
    p->i++;
    if (peek(p)->kind != NX_T_OPEN || peek(p)->partner == 0) {
        nx_parser_ignore(p, t, "it needs something in parentheses");
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
        nx_qnode *n = nx_parser_wrap(p, NX_Q_HEAD, inner, t->at);
        if (n != NULL) {
            n->n = t->n;
        }
        return n;
    }
    bool caps = t->function == NX_F_CAPS;
    if (caps ? !is_plain_word(inner) : !nx_qnode_has_places(inner)) {
        nx_parser_ignore(p, t,
                         caps ? "it takes one plain word"
                              : "it takes a word, a phrase or a choice of those");
        return inner;
    }
    if (caps) {
        inner->match = NX_MATCH_CAPS;
        return inner;
    }
    nx_qnode *n = nx_parser_wrap(p, NX_Q_ATLEAST, inner, t->at);
    if (n != NULL) {
        n->n = t->n;
    }
    return n;
}

static nx_qnode *parse_primary(nx_parser *p);

static nx_qnode *parse_field(nx_parser *p)
{
    const nx_token *t = peek(p);
    const nx_field *outer = p->date_field;
    nx_edge outer_edge = p->edge;
    p->i++;
    const nx_token *v = peek(p);
    bool date = t->field->analysis == NX_AS_DATE && !is_anything(v); // date:* is one it has at all
    bool value = v->kind == NX_T_WORD || v->kind == NX_T_PHRASE || v->kind == NX_T_FUNCTION ||
                 (v->kind == NX_T_OPEN && v->partner != 0);
    if (!value) {
        nx_parser_ignore(p, t, "no value follows");
        return NULL;
    }
    p->date_field = date ? t->field : NULL;
    p->edge = t->edge;
    nx_qnode *n = parse_primary(p);
    p->date_field = outer;
    p->edge = outer_edge;
    bool words = t->field->analysis == NX_AS_WORDS;
    if (n != NULL && !words) {
        nx_parser_drop_boost(p, n, "on a filter");
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
    nx_qnode *f = nx_parser_wrap(p, NX_Q_FIELD, n, t->at);
    if (f != NULL) {
        f->field = t->field;
    }
    return f;
}

// NULL when nothing is there (the token is then stray and skipped by the caller) or on failure.
static nx_qnode *parse_primary(nx_parser *p)
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

static nx_qnode *parse_near(nx_parser *p)
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
            nx_parser_ignore(p, op, "nothing to its right can be near");
            continue;
        }
        left = nx_parser_join(p, op, left, right);
    }
    return left;
}

// ---- items, bags, AND, OR

static nx_qnode *parse_item(nx_parser *p)
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
            nx_parser_ignore(p, sign, "nothing follows it");
        }
        return NULL;
    }
    if (negative) {
        nx_parser_drop_boost(p, n, "on what is left out");
        return n->kind == NX_Q_NOT ? n->child : nx_parser_wrap(p, NX_Q_NOT, n, first->at);
    }
    return must && (n->kind == NX_Q_WORD || n->kind == NX_Q_ATLEAST) && p->date_field == NULL
               ? nx_parser_wrap(p, NX_Q_MUST, n, first->at)
               : n;
}

static bool ends_bag(const nx_token *t)
{
    return t->kind == NX_T_END || t->kind == NX_T_AND || t->kind == NX_T_OR ||
           (t->kind == NX_T_CLOSE && t->partner != 0);
}

static nx_qnode *parse_bag(nx_parser *p)
{
    nx_qlist l = {0};
    while (p->status == NX_OK && !ends_bag(peek(p))) {
        size_t before = p->i;
        nx_qnode *n = parse_item(p);
        if (p->status != NX_OK) {
            return NULL;
        }
        if (n != NULL) {
            nx_qlist_append(&l, n, NX_Q_BAG);
        } else if (p->i == before) { // a token that begins nothing
            const nx_token *t = peek(p);
            if (t->kind == NX_T_NEAR || t->kind == NX_T_SAME) {
                nx_parser_ignore(p, t, "nothing to its left can be near");
            }
            p->i++;
        }
    }
    return nx_parser_close(p, &l, NX_Q_BAG);
}

// kind AND or OR, whose operands `operand` reads and whose sign is the token op.
static nx_qnode *parse_chain(nx_parser *p, nx_qkind kind, nx_token_kind op,
                             nx_qnode *(*operand)(nx_parser *))
{
    nx_qlist l = {0};
    const nx_token *pending = NULL; // an operator that still needs its right side
    for (;;) {
        nx_qnode *n = operand(p);
        if (p->status != NX_OK) {
            return NULL;
        }
        const nx_token *t = peek(p);
        if (n != NULL) {
            nx_qlist_append(&l, n, kind);
            pending = NULL;
        } else if (pending != NULL) {
            nx_parser_ignore(p, pending, "nothing follows it");
            pending = NULL;
        } else if (t->kind == op) {
            nx_parser_ignore(p, t, "nothing stands before it");
        }
        if (t->kind != op) {
            break;
        }
        pending = l.count > 0 ? t : NULL;
        p->i++;
    }
    return nx_parser_close(p, &l, kind);
}

static nx_qnode *parse_and(nx_parser *p)
{
    return parse_chain(p, NX_Q_AND, NX_T_AND, parse_bag);
}

static nx_qnode *parse_or(nx_parser *p)
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
    nx_parser p = {.q = q, .now = options->now, .err = err};
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
        if (q->notes == NULL) {
            nx_query_note(q, NX_NOTE_IGNORED, 0, q->text.n, "there is no word in the query");
        }
        q->root = nx_parser_make(&p, NX_Q_NONE, 0, q->text.n);
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
