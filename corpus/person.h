// person.h: does it look like a person's name, and how is it written?
//
// Internal to the room. Must not know: the form of a byline (byline.c).
#ifndef NX_CORPUS_PERSON_H
#define NX_CORPUS_PERSON_H

#include "base/buf.h"

// Two to six words, each capitalised, an initial, or a particle ("van", "de la", "bin"); no digits.
// Scripts without capitals pass by length.
bool nx_is_person(nx_str s);
// As printed, with a name wholly in capitals brought to usual spelling ("JANE O'DOE-ROE" ->
// "Jane O'Doe-Roe"). out has room for name.n bytes; returns the length.
size_t nx_person_spell(nx_str name, char *out);

#endif
