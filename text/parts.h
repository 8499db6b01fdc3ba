// parts.h: a chunk -> its parts, one per position; inside the room only.
//
// Must not know: stems, stop words.
#ifndef NX_TEXT_PARTS_H
#define NX_TEXT_PARTS_H

#include "text/number.h"

enum { NX_PARTS_MAX = 64 };

typedef struct nx_part {
    size_t start, stop;  // its text in the chunk
    size_t from;         // where its elided article starts (l'Oreal), else start
    size_t norm, norm_n; // its accent-folded text in norms
    char joint;          // what ties it to the part before: one of - . / & _ @; 0: nothing
    uint32_t symbol;     // currency, # or @ in front of it, or currency or % behind; else 0
    nx_number number;    // the number it starts with
    unsigned letters;    // how many characters are letters (or marks)
    bool digits, upper, lower;
    bool apostrophe; // has one inside
    bool dotted;     // initials, dots between them
    bool ampersand;  // AT&T
} nx_part;

typedef struct nx_parts {
    nx_part items[NX_PARTS_MAX];
    size_t count;
    size_t used; // bytes of the chunk: less than all when there are too many parts
} nx_parts;

// Cuts a chunk (expand.h) into parts.
void nx_parts_scan(nx_parts *out, nx_str chunk);

// Is s one of the count words, ASCII case ignored?
bool nx_in_list(const char *const *list, size_t count, nx_str s);

#endif
