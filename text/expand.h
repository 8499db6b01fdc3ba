// expand.h: one chunk of text -> its forms; inside the room only.
//
// Must not know: documents, and where in them the chunk stands.
#ifndef NX_TEXT_EXPAND_H
#define NX_TEXT_EXPAND_H

#include "text/analysis.h"
#include "text/stem.h"

enum { NX_CHUNK_MAX = 32000 }; // bytes: ranges in a chunk are 16 bits

// What an expansion needs and leaves behind; belongs to one analyser.
typedef struct nx_expander {
    nx_vocab *vocab;
    nx_stemmer *stemmer; // of the current language, or NULL

    nx_form *forms; // the result
    size_t form_count, form_cap;
    unsigned positions;
    bool capitals_matter; // taking capitals as emphasis only would have given other forms
    bool failed;          // no memory; sticky

    nx_buf norms, word, term; // scratch
} nx_expander;

void nx_expander_init(nx_expander *x, nx_vocab *vocab);
void nx_expander_release(nx_expander *x);

// Replaces the forms by those of the chunk, which starts with a word (or a symbol that belongs to
// it) and has at most NX_CHUNK_MAX bytes of valid UTF-8. plain_capitals: the surroundings are all
// in capitals. Returns how many bytes were consumed: less than all when there are too many words.
size_t nx_expand(nx_expander *x, nx_str chunk, bool plain_capitals);

// Replaces the forms by the single one of a run of one or two unspaced characters.
void nx_expand_ideographs(nx_expander *x, nx_str run);

#endif
