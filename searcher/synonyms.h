// synonyms.h: the user's words that mean the same, by word. Private to the engine.
//
// Must not know: files: the text is given.
#ifndef NX_SEARCHER_SYNONYMS_H
#define NX_SEARCHER_SYNONYMS_H

#include "base/buf.h"

typedef struct nx_synonyms nx_synonyms;
void nx_synonyms_free(nx_synonyms *s); // accepts NULL
// What else the word may be: texts joined by '\n', borrowed; absent when nothing. folded: as
// nx_fold makes it, without accents. s may be NULL.
nx_str nx_synonyms_of(const nx_synonyms *s, nx_str folded);

#endif
