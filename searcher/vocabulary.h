// vocabulary.h: words of the index that a pattern, a spelling or a stem stands for.
//
// Every scan is bounded in the terms it looks at and in those it gives. Private to the engine.
// Must not know: the tree, ranking.
#ifndef NX_SEARCHER_VOCABULARY_H
#define NX_SEARCHER_VOCABULARY_H

#include "schema/schema.h"
#include "xapian-c/xapian_c.h"

enum {
    NX_SCAN_MAX = 2000000, // terms looked at
    NX_EXPAND_MAX = 1000,  // words a pattern may stand for
    NX_FUZZY_WORDS = 50,   // spellings a word~ may stand for
    NX_VARIANT_WORDS = 24, // inflections of a stem
};

// A term of the index (with its prefix) and in how many documents it is.
typedef struct nx_known {
    nx_str term;
    uint32_t documents;
    uint32_t distance; // edits, for nx_known_near
} nx_known;

typedef struct nx_known_list {
    nx_known *items; // most frequent first (nx_known_near: nearest first); malloc'ed
    size_t count;
    size_t found;     // how many there were, of which count were kept
    bool cut;         // the scan ended early, or more were found than kept
    size_t looked_at; // terms, by what looking at one costs
    char *bytes;      // of the terms
} nx_known_list;
void nx_known_free(nx_known_list *l);
// The word as it is written most: where it is one without accents, the list's with them that at
// least half of its documents have. Borrowed from the list.
nx_str nx_known_written(const nx_known_list *l, const nx_known *word);

// Words under a field's prefix ("" for the text) that match a pattern of folded characters with *
// and ?. NX_ENOMEM, or what reading gives.
nx_status nx_known_like(const nx_xdb *db, const char *prefix, nx_str pattern, size_t max,
                        nx_known_list *out, nx_error *err) NX_MUST_USE;
// Words at most max_edits (1 or 2) insertions, deletions, replacements or exchanges of neighbours
// away, the word itself included.
nx_status nx_known_near(const nx_xdb *db, const char *prefix, nx_str word, unsigned max_edits,
                        size_t max, nx_known_list *out, nx_error *err) NX_MUST_USE;
// Words with this stem ("Zcontact") in a language.
nx_status nx_known_inflections(const nx_xdb *db, const char *prefix, nx_str stem, nx_str language,
                               nx_known_list *out, nx_error *err) NX_MUST_USE;

// Does a folded word match a pattern with * and ? ?
bool nx_word_like(nx_str pattern, nx_str word);
// Edit distance as above, of UTF-8 strings of at most 64 characters; max + 1 when it is more.
unsigned nx_edit_distance(nx_str a, nx_str b, unsigned max);

#endif
