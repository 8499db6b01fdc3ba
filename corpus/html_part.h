// html_part.h: which part of a page holds the story, by where its prose is; for html_body.c.
//
// Must not know: facts, and how paragraphs are chosen inside the part.
#ifndef NX_CORPUS_HTML_PART_H
#define NX_CORPUS_HTML_PART_H

#include "corpus/html_body.h"

enum { NX_HTML_PROSE_MIN = 25 }; // characters of a paragraph that counts as prose

// What is known while a story is chosen. The arrays are per node or per block.
typedef struct nx_html_chooser {
    const nx_html_tree *t;
    nx_html_blocks *b;
    uint32_t *mass;  // per node: prose in its subtree
    uint8_t *words;  // per node: meanings of its names
    bool *match;     // per block: found in the told text
    uint8_t *titled; // per block: how much of it and the headline is the same, in 1/100
    uint8_t *summed; // the same with the standfirst
    bool guided;     // the told text is on the page: only what is in it is weighed
    bool shown;      // and outside of what was struck, too
    nx_html_story *out;
} nx_html_chooser;

static inline uint32_t nx_html_percent(uint32_t part, uint32_t whole)
{
    return whole == 0 ? 0 : (uint32_t)((uint64_t)part * 100 / whole);
}

bool nx_html_is_heading(const nx_html_chooser *c, const nx_html_block *k);
// Is the text of block i the headline? Pages write it with other quotes, spaces and endings.
bool nx_html_is_titled(const nx_html_chooser *c, size_t i);
// How much prose a block is, in characters: less when it is linked, a list item or no sentence.
uint32_t nx_html_prose(const nx_html_chooser *c, const nx_html_block *k);
// Fills words.
void nx_html_read_names(nx_html_chooser *c);
// Fills mass from what is not struck; when guided, from what matches.
void nx_html_weigh(nx_html_chooser *c);
// Sets struck of the blocks in elements that are called or built as junk and hold little prose.
void nx_html_strike(nx_html_chooser *c);
// The smallest element that holds nearly all of the prose.
uint32_t nx_html_find_part(const nx_html_chooser *c);

// html_ending.c: clears keep of what stands behind the end of the story.
void nx_html_drop_following(nx_html_chooser *c);

#endif
