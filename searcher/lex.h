// lex.h: query text -> tokens; which words are operators is decided here, parentheses are matched.
//
// Private to the grammar (lex*.c, operators.c, parse*.c). Must not know: the tree.
#ifndef NX_SEARCHER_LEX_H
#define NX_SEARCHER_LEX_H

#include "searcher/query.h"

typedef enum nx_token_kind {
    NX_T_END,
    NX_T_WORD,   // text, match, n
    NX_T_PHRASE, // text, n
    NX_T_OPEN,   // partner
    NX_T_CLOSE,
    NX_T_AND,
    NX_T_OR,
    NX_T_NOT, // also "-"
    NX_T_MUST,
    NX_T_NEAR,     // n, ordered
    NX_T_SAME,     // paragraph
    NX_T_FUNCTION, // function, n; an OPEN follows
    NX_T_FIELD,    // field, edge; its value follows
} nx_token_kind;

typedef enum nx_function { NX_F_CAPS, NX_F_HEAD, NX_F_ATLEAST } nx_function;

// What a date field's name says of the range that follows: date:, before:, after:, since:, until:.
typedef enum nx_edge {
    NX_EDGE_IN,
    NX_EDGE_BEFORE,
    NX_EDGE_AFTER,
    NX_EDGE_SINCE,
    NX_EDGE_UNTIL,
} nx_edge;

typedef struct nx_token {
    nx_token_kind kind;
    nx_match match;
    nx_function function;
    nx_edge edge;
    bool ordered;
    bool paragraph; // SAME: instead of the sentence
    bool maybe;     // a word that may be an operator: AND, or, not, near...
    bool has_upper; // WORD: a capital letter; a small letter
    bool has_lower;
    uint32_t n;
    uint32_t boost; // WORD, PHRASE, CLOSE: as nx_qnode.boost
    nx_str text;
    const nx_field *field;
    size_t partner; // OPEN, CLOSE: one more than the index of the other; 0: unmatched
    size_t at, end;
} nx_token;

// Reads q->text; the last token is END. The tokens live in q->arena.
nx_status nx_query_lex(nx_query *q, const nx_token **tokens, size_t *count,
                       nx_error *err) NX_MUST_USE;
// Decides which words are operators, and matches parentheses (operators.c).
void nx_query_operators(nx_query *q, nx_token *tokens, size_t count);
// Sets the error with the place as character number. Returns NX_EQUERY.
nx_status nx_query_error(const nx_query *q, size_t at, nx_error *err, const char *fmt, ...)
    NX_PRINTF(4, 5);

#endif
