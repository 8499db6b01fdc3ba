// xq.h: putting Xapian queries together without checking every step.
//
// The first failure is kept and makes every later call give NULL, so that a planner checks once at
// its end. Arguments are consumed: freed here whatever happens. Private to the engine.
// Must not know: what is searched for.
#ifndef NX_SEARCHER_XQ_H
#define NX_SEARCHER_XQ_H

#include "xapian-c/xapian_c.h"

typedef struct nx_xq {
    const nx_xdb *db;
    nx_status status;
    nx_error *err;
} nx_xq;

typedef struct nx_xlist {
    nx_xquery **items;
    size_t count, cap;
} nx_xlist;

// Takes item over; NULL (after a failure) is left out.
void nx_xlist_add(nx_xq *x, nx_xlist *l, nx_xquery *item);
void nx_xlist_free(nx_xlist *l);

nx_xquery *nx_xq_nothing(nx_xq *x);
nx_xquery *nx_xq_all(nx_xq *x);
nx_xquery *nx_xq_term(nx_xq *x, nx_str term);
// A term as NEAR and PHRASE want it.
nx_xquery *nx_xq_place(nx_xq *x, nx_str term);
nx_xquery *nx_xq_scale(nx_xq *x, nx_xquery *sub, double factor);
// Empties the list. One item stands for itself; none is nothing.
nx_xquery *nx_xq_combine(nx_xq *x, nx_xop op, nx_xlist *l, uint32_t parameter);
nx_xquery *nx_xq_pair(nx_xq *x, nx_xop op, nx_xquery *left, nx_xquery *right);
nx_xquery *nx_xq_range(nx_xq *x, uint32_t slot, nx_str from, nx_str to);

// Zeros when the index does not have it.
nx_xterm_stats nx_xq_stats(nx_xq *x, nx_str term);

#endif
