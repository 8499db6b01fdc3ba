// byline_parts.h: the parts of reading a byline: where its names begin, what joins them, and what
// one piece between two joints is.
//
// Internal to the room; byline.c puts them together.
// Must not know: the article that the names are of.
#ifndef NX_CORPUS_BYLINE_PARTS_H
#define NX_CORPUS_BYLINE_PARTS_H

#include "base/buf.h"

enum { NX_BYLINE_PIECES_MAX = 24 };

// ---- the list of names (byline_list.c). What is given back points into s.

// Without the word that opens a byline ("By", "Reported by:", "Von"); *had tells whether there was
// one.
nx_str nx_byline_cut_prefix(nx_str s, bool *had);
// The same for a field of names, where "Di Rossi, Anna" and "Von Roe" are whole names: also without
// the kind of piece before a name ("Analysis Jane Doe", "Guest column by Jane Doe"). Empty when it
// names what somebody else did ("Photo by Jane Doe").
nx_str nx_byline_cut_opening(nx_str s);
// Without the people who helped: they are not the authors.
nx_str nx_byline_cut_helpers(nx_str s);
// "Jane Doe in Washington", "Andy Roe For Mailonline", "Jane Doe of The Paper": the name alone.
nx_str nx_byline_cut_place(nx_str s);
// Cuts s at everything that can join names; gives the number of pieces, which are not empty. What
// is beyond the last piece that there is room for is left out.
size_t nx_byline_split(nx_str s, nx_str pieces[NX_BYLINE_PIECES_MAX]);

// ---- one piece of it (byline_piece.c)

typedef enum nx_byline_kind {
    NX_BYLINE_PERSON,
    NX_BYLINE_CREDIT,  // an outlet or agency
    NX_BYLINE_CLUTTER, // a role, an address, a place, a date
    NX_BYLINE_UNCLEAR,
} nx_byline_kind;

// name: what remains of a person or of what is unclear. credit: the outlet or agency, or what stood
// in brackets behind a name; absent: none. Both point into the piece.
typedef struct nx_byline_piece {
    nx_byline_kind kind;
    nx_str name, credit;
} nx_byline_piece;

nx_byline_piece nx_byline_judge(nx_str piece);
// Does the piece name an outlet or agency, alone or with somebody who works for it?
bool nx_byline_names_credit(nx_str piece);
// Has it a word that says what somebody is: "Staff Writer", "Korrespondent"?
bool nx_byline_is_role(nx_str piece);
// "a space engineer in Houston": what somebody is, in the words of a sentence?
bool nx_byline_is_description(nx_str piece);
// "Jr.", "III": belongs to the name before it.
bool nx_byline_is_suffix(nx_str piece);

#endif
