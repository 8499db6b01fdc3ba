// unicode.h: what a character is to the analysis, and folding; inside the room only.
//
// Must not know: languages, words.
#ifndef NX_TEXT_UNICODE_H
#define NX_TEXT_UNICODE_H

#include "base/buf.h"

typedef enum nx_char_class {
    NX_CHAR_BREAK,      // white space, controls, punctuation and symbols: separates words
    NX_CHAR_WORD,       // letter, mark, decimal digit, or invisible inside a word (soft hyphen)
    NX_CHAR_IDEOGRAPH,  // letter of a script written without spaces
    NX_CHAR_APOSTROPHE, // ' and its typographic forms
    NX_CHAR_HYPHEN,     // - and its typographic forms; Catalan's middle dot
    NX_CHAR_CURRENCY,
} nx_char_class;

// Of any character, ASCII included.
nx_char_class nx_char_class_of(uint32_t c);
// Of the character at s.p[i], which goes to *c, the place after it to *next; at the end *c is 0.
nx_char_class nx_char_class_at(nx_str s, size_t i, uint32_t *c, size_t *next);
bool nx_char_is_mark(uint32_t c);
bool nx_char_is_digit(uint32_t c); // decimal, of any script
bool nx_char_is_upper(uint32_t c);
bool nx_char_is_lower(uint32_t c);

#endif
