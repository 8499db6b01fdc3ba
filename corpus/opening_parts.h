// opening_parts.h: the parts of reading a text that carries its own attribution.
//
// Internal to the room; openings.c puts them together.
// Must not know: formats: what comes in is plain text.
#ifndef NX_CORPUS_OPENING_PARTS_H
#define NX_CORPUS_OPENING_PARTS_H

#include "corpus/article.h"

// An outlet that the text names as its own: the publisher, or, when another published it, the one
// credited. Absent: nothing.
void nx_set_outlet(nx_article *a, nx_str outlet, nx_from from);
// The agency or outlet that a name means, set in the article; false when it means neither.
bool nx_set_credit(nx_article *a, nx_str name, nx_from from);

// The body without the lines that close it (copyright, source, agency's tag line, notices), whose
// facts are set. *republished: a line said that the text was taken from elsewhere.
nx_str nx_cut_closing(nx_article *a, nx_str body, bool *republished);

// "» Source", "Source: The Paper", "Source: https://...": sets whose the text is, when a name says
// so. The label alone says that it is from elsewhere.
bool nx_take_source_line(nx_article *a, nx_str line);
// "Jane Doe in Paris contributed to this report.", "With files from The Canadian Press"
bool nx_is_contribution(nx_str line);

// The outlet that the sources of the story spoke to, from its opening paragraphs; sets credited.
// Only for texts that are not the publisher's own work.
void nx_find_credited(nx_article *a, nx_str body, bool republished);

#endif
