// lexer.h: the state of lex.c and lex_word.c. Private to them. Must not know: the tree.
#ifndef NX_SEARCHER_LEXER_H
#define NX_SEARCHER_LEXER_H

#include "searcher/lex.h"

typedef struct nx_lexer {
    nx_query *q;
    nx_str s;
    size_t i;
    nx_token *tokens;
    size_t count, cap;
    nx_buf bytes; // of the word being read
    nx_buf flags; // 1 for each byte that was escaped
    nx_status status;
    nx_error *err;
} nx_lexer;

// Bytes of white space at i; 0 when there is none.
size_t nx_lex_space(nx_str s, size_t i);
// Bytes of a double quotation mark of any kind at i; 0 when there is none.
size_t nx_lex_quote(nx_str s, size_t i);
// NULL without memory, as l->status tells; so does nx_lex_keep, with an absent string.
nx_token *nx_lex_push(nx_lexer *l, nx_token_kind kind, size_t at, size_t end);
nx_str nx_lex_keep(nx_lexer *l, nx_str s);
// Digits at the end of s from i on, as a number up to max; false when there are none or others.
bool nx_lex_number(nx_str s, size_t i, uint32_t max, uint32_t *out);

// "^2", "^0.5" at i of s as hundredths, and where it ends; 0 when there is none. What is out of
// bounds is corrected, with a note.
uint32_t nx_lex_boost(nx_lexer *l, nx_str s, size_t i, size_t *end);

// Where a run of characters ends, beside at spaces.
typedef enum nx_lex_stop { NX_LEX_AT_QUOTES, NX_LEX_AT_PARENS, NX_LEX_AT_SPACE } nx_lex_stop;
// Copies a run to l->bytes and l->flags, undoing escapes; l->i ends behind it.
void nx_lex_run(nx_lexer *l, nx_lex_stop rule);
// Pushes what nx_lex_run has read: a word as it is; or what it is found to be. at: where it began;
// value: it stands behind "field:".
void nx_lex_push_word(nx_lexer *l, size_t at, nx_match match, uint32_t n);
void nx_lex_classify(nx_lexer *l, size_t at, bool value);
// Is there anything that a word can be made of?
bool nx_lex_has_word(nx_str s);

#endif
