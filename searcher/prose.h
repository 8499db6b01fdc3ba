// prose.h: what a sentence of an article is: prose, a label, the headline again, a speaker's tag.
//
// By its words alone, in the languages news is read in most. Must not know: the query, the article
// around it. Thread rule: pure functions.
#ifndef NX_SEARCHER_PROSE_H
#define NX_SEARCHER_PROSE_H

#include "base/buf.h"

// Does it end as sentences end? Closing quotes and brackets after the stop do not count.
bool nx_prose_ends(nx_str s);
// A copyright line, the label of a picture or link, a byline.
bool nx_prose_is_boilerplate(nx_str s);
// The headline over again, perhaps with a word changed.
bool nx_prose_repeats(nx_str s, nx_str title);
// Does it say who speaks?
bool nx_prose_names_speaker(nx_str s);

#endif
