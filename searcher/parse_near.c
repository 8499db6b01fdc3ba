// parse_near.c: NEAR, PRE, w/s and w/p: two operands as a node, or as a further part of a chain.
#include "searcher/parser.h"

bool nx_qnode_has_places(const nx_qnode *n)
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

static const nx_qnode *last_child(const nx_qnode *n)
{
    const nx_qnode *c = n->child;
    while (c->next != NULL) {
        c = c->next;
    }
    return c;
}

static size_t count_children(const nx_qnode *n)
{
    size_t count = 0;
    for (const nx_qnode *c = n->child; c != NULL; c = c->next) {
        count++;
    }
    return count;
}

static void set_distance(nx_qnode *n, const nx_token *op)
{
    n->n = op->n;
    n->ordered = op->ordered;
    n->paragraph = op->paragraph;
}

nx_qnode *nx_parser_join(nx_parser *p, const nx_token *op, nx_qnode *left, nx_qnode *right)
{
    bool same = op->kind == NX_T_SAME;
    const nx_qnode *tail = left->kind == NX_Q_AND ? last_child(left) : left;
    bool chain = tail->kind == NX_Q_NEAR || tail->kind == NX_Q_SAME;
    tail = chain ? tail : left;
    nx_qkind kind = same ? NX_Q_SAME : NX_Q_NEAR;
    if (!nx_qnode_has_places(right) || (!chain && !nx_qnode_has_places(tail))) {
        nx_query_note(p->q, NX_NOTE_CORRECTED, op->at, op->end,
                      "%s takes words, phrases or a choice of those: read as AND",
                      !same           ? "NEAR"
                      : op->paragraph ? "w/p"
                                      : "w/s");
        kind = NX_Q_AND;
    } else {
        nx_parser_drop_boost(p, right, "on a part of a distance");
        if (!chain) {
            nx_parser_drop_boost(p, left, "on a part of a distance");
        }
    }
    nx_qlist l = {0};
    if (kind != NX_Q_AND && tail == left && left->boost == 0 && left->kind == kind &&
        left->n == op->n && left->ordered == op->ordered && left->paragraph == op->paragraph) {
        if (count_children(left) == NX_NEAR_OPERANDS) {
            nx_query_note(p->q, NX_NOTE_IGNORED, op->at, right->end,
                          "only the first %d words or phrases near each other are used",
                          NX_NEAR_OPERANDS);
            return left;
        }
        nx_qlist_append(&l, left, kind);
        nx_qlist_append(&l, right, NX_Q_NONE);
        left->child = l.first;
        left->end = right->end;
        return left;
    }
    if (kind == NX_Q_AND || !chain) {
        nx_qkind flat = kind == NX_Q_AND ? NX_Q_AND : NX_Q_NONE;
        nx_qlist_append(&l, left, flat);
        nx_qlist_append(&l, right, flat);
        nx_qnode *n = nx_parser_close(p, &l, kind);
        if (n != NULL && kind != NX_Q_AND) {
            set_distance(n, op);
        }
        return n;
    }
    // a NEAR/3 b PRE/5 c: (a NEAR/3 b) AND (b PRE/5 c)
    const nx_qnode *shared = last_child(tail);
    nx_qnode *copy = nx_parser_make(p, shared->kind, shared->at, shared->end);
    if (copy == NULL) {
        return NULL;
    }
    *copy = *shared;
    copy->next = NULL;
    nx_qnode *pair = nx_parser_wrap(p, kind, copy, shared->at);
    if (pair == NULL) {
        return NULL;
    }
    copy->next = right;
    set_distance(pair, op);
    nx_qlist_append(&l, left, NX_Q_AND);
    nx_qlist_append(&l, pair, NX_Q_NONE);
    return nx_parser_close(p, &l, NX_Q_AND);
}
