// xq.c: see xq.h.
#include "searcher/xq.h"

#include <stdlib.h>

// Keeps a failure; *q is NULL then.
static nx_xquery *result(nx_xq *x, nx_status status, nx_xquery *const *q)
{
    if (status != NX_OK) {
        x->status = status;
    }
    return *q;
}

void nx_xlist_add(nx_xq *x, nx_xlist *l, nx_xquery *item)
{
    if (item == NULL) {
        return;
    }
    if (l->count == l->cap) {
        size_t cap = l->cap != 0 ? l->cap * 2 : 8;
        nx_xquery **items = realloc(l->items, cap * sizeof *items);
        if (items == NULL) {
            nx_xquery_free(item);
            x->status = nx_fail_nomem(x->err);
            return;
        }
        l->items = items;
        l->cap = cap;
    }
    l->items[l->count++] = item;
}

void nx_xlist_free(nx_xlist *l)
{
    for (size_t i = 0; i < l->count; i++) {
        nx_xquery_free(l->items[i]);
    }
    free(l->items);
    *l = (nx_xlist){0};
}

nx_xquery *nx_xq_nothing(nx_xq *x)
{
    nx_xquery *q = NULL;
    return x->status != NX_OK ? NULL : result(x, nx_xquery_nothing(&q, x->err), &q);
}

nx_xquery *nx_xq_all(nx_xq *x)
{
    nx_xquery *q = NULL;
    return x->status != NX_OK ? NULL : result(x, nx_xquery_all(&q, x->err), &q);
}

nx_xquery *nx_xq_term(nx_xq *x, nx_str term)
{
    nx_xquery *q = NULL;
    return x->status != NX_OK ? NULL : result(x, nx_xquery_term_of(&q, x->db, term, x->err), &q);
}

nx_xquery *nx_xq_place(nx_xq *x, nx_str term)
{
    nx_xquery *q = NULL;
    return x->status != NX_OK ? NULL : result(x, nx_xquery_term(&q, term, 1, 0, x->err), &q);
}

nx_xquery *nx_xq_scale(nx_xq *x, nx_xquery *sub, double factor)
{
    nx_xquery *q = NULL;
    if (sub == NULL || x->status != NX_OK) {
        nx_xquery_free(sub);
        return NULL;
    }
    nx_status status = nx_xquery_scale(&q, sub, factor, x->err);
    nx_xquery_free(sub);
    return result(x, status, &q);
}

nx_xquery *nx_xq_combine(nx_xq *x, nx_xop op, nx_xlist *l, uint32_t parameter)
{
    nx_xquery *q = NULL;
    if (x->status == NX_OK && l->count == 1) {
        q = l->items[0];
        l->count = 0;
    } else if (x->status == NX_OK) {
        nx_status status = nx_xquery_combine(&q, op, (const nx_xquery *const *)l->items, l->count,
                                             parameter, x->err);
        q = result(x, status, &q);
    }
    nx_xlist_free(l);
    return q;
}

nx_xquery *nx_xq_pair(nx_xq *x, nx_xop op, nx_xquery *left, nx_xquery *right)
{
    nx_xlist l = {0};
    bool both = left != NULL && right != NULL;
    nx_xlist_add(x, &l, left);
    nx_xlist_add(x, &l, right);
    if (!both || x->status != NX_OK) {
        nx_xlist_free(&l);
        return NULL;
    }
    return nx_xq_combine(x, op, &l, 0);
}

nx_xquery *nx_xq_range(nx_xq *x, uint32_t slot, nx_str from, nx_str to)
{
    nx_xquery *q = NULL;
    return x->status != NX_OK ? NULL : result(x, nx_xquery_range(&q, slot, from, to, x->err), &q);
}

nx_xterm_stats nx_xq_stats(nx_xq *x, nx_str term)
{
    nx_xterm_stats stats = {0};
    if (x->status == NX_OK) {
        x->status = nx_xdb_term_stats(x->db, term, &stats, x->err);
    }
    return stats;
}
