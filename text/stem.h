// stem.h: Snowball stemmers by language; inside the room only.
//
// Must not know: which words are stemmed; languages beside those of Snowball.
#ifndef NX_TEXT_STEM_H
#define NX_TEXT_STEM_H

#include "base/buf.h"

enum { NX_STEM_LANGUAGES = 26 };
// Number of a language with a stemmer, 0 .. NX_STEM_LANGUAGES-1; or -1.
int nx_stem_language(nx_str iso639_1);

typedef struct nx_stemmer nx_stemmer;
nx_stemmer *nx_stemmer_new(int language); // NULL when there is no memory
void nx_stemmer_free(nx_stemmer *s);      // accepts NULL
// Does the stem of a word of the letters a to z begin with the word's first letter, where there is
// any?
bool nx_stemmer_keeps_first(const nx_stemmer *s);
// The stem of a case-folded word; borrowed until the next call. Absent when there is no memory.
nx_str nx_stem(nx_stemmer *s, nx_str folded);

#endif
