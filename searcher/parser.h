// parser.h: what the files of the parser share: its state, and how nodes are made. All memory is
// the query's; out of memory is in p->status and gives NULL.
//
// Private to parse.c and parse_*.c. Must not know: characters, text analysis, the index.
#ifndef NX_SEARCHER_PARSER_H
#define NX_SEARCHER_PARSER_H

#include "searcher/lex.h"

typedef struct nx_parser {
    nx_query *q;
    const nx_token *tokens;
    size_t i;
    int64_t now;
    const nx_field *date_field; // inside date:(...), where words are dates
    nx_edge edge;
    uint32_t leaves;
    nx_status status;
    nx_error *err;
} nx_parser;

// Children in the making.
typedef struct nx_qlist {
    nx_qnode *first, *last;
    size_t count;
} nx_qlist;

// A node of the bytes at..end of the query.
nx_qnode *nx_parser_make(nx_parser *p, nx_qkind kind, size_t at, size_t end);
// One with an only child, from the byte `at` to the child's end.
nx_qnode *nx_parser_wrap(nx_parser *p, nx_qkind kind, nx_qnode *child, size_t at);
// Appends; a child of the same kind and no weight of its own gives its children instead, so that
// ((a b) c) is (a b c).
void nx_qlist_append(nx_qlist *l, nx_qnode *n, nx_qkind kind);
// The list as one node; a single child stands for itself, and no child is NULL.
nx_qnode *nx_parser_close(nx_parser *p, nx_qlist *l, nx_qkind kind);

// Notes that a token is ignored.
void nx_parser_ignore(nx_parser *p, const nx_token *t, const char *why);
// Drops the weights of n and in it, which can have no effect, with a note: of a part of NEAR, of
// what is excluded, of a filter.
void nx_parser_drop_boost(nx_parser *p, nx_qnode *n, const char *where);

// A token's text as dates of p->date_field, whose edge is p->edge (parse_date.c).
nx_qnode *nx_parser_date(nx_parser *p, const nx_token *t);

// Has it positions: is it a word, a phrase, or a choice of those (parse_near.c)?
bool nx_qnode_has_places(const nx_qnode *n);
// left and right as near as op says, or both of them where they have no places.
nx_qnode *nx_parser_join(nx_parser *p, const nx_token *op, nx_qnode *left, nx_qnode *right);

#endif
