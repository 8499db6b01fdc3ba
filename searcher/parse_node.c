// parse_node.c: the nodes and lists of which parse.c makes the tree; see parser.h.
#include "searcher/parser.h"

nx_qnode *nx_parser_make(nx_parser *p, nx_qkind kind, size_t at, size_t end)
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

void nx_parser_ignore(nx_parser *p, const nx_token *t, const char *why)
{
    int shown = (int)(t->end - t->at < 40 ? t->end - t->at : 40);
    nx_query_note(p->q, NX_NOTE_IGNORED, t->at, t->end, "\"%.*s\" is ignored: %s", shown,
                  p->q->text.p + t->at, why);
}

// ---- lists of children

void nx_qlist_append(nx_qlist *l, nx_qnode *n, nx_qkind kind)
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

nx_qnode *nx_parser_close(nx_parser *p, nx_qlist *l, nx_qkind kind)
{
    if (l->count < 2) {
        return l->first;
    }
    nx_qnode *n = nx_parser_make(p, kind, l->first->at, l->last->end);
    if (n != NULL) {
        n->child = l->first;
    }
    return n;
}

nx_qnode *nx_parser_wrap(nx_parser *p, nx_qkind kind, nx_qnode *child, size_t at)
{
    nx_qnode *n = nx_parser_make(p, kind, at, child->end);
    if (n != NULL) {
        n->child = child;
    }
    return n;
}

// A group in a group of its kind is part of it, unless it has a weight.
static void join_groups(nx_qnode *n)
{
    nx_qlist l = {0};
    for (nx_qnode *c = n->child, *next = NULL; c != NULL; c = next) {
        next = c->next;
        c->next = NULL;
        nx_qlist_append(&l, c, n->kind);
    }
    n->child = l.first;
}

void nx_parser_drop_boost(nx_parser *p, nx_qnode *n, const char *where)
{
    if (n->boost != 0) {
        nx_query_note(p->q, NX_NOTE_IGNORED, n->at, n->end, "^ has no effect %s", where);
        n->boost = 0;
    }
    for (nx_qnode *c = n->child; c != NULL; c = c->next) {
        nx_parser_drop_boost(p, c, where);
    }
    if (n->kind == NX_Q_AND || n->kind == NX_Q_OR || n->kind == NX_Q_BAG) {
        join_groups(n);
    }
}
