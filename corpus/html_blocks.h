// html_blocks.h: a page cut into its paragraphs, each with what can be measured of it.
//
// Must not know: which of them are the story.
#ifndef NX_CORPUS_HTML_BLOCKS_H
#define NX_CORPUS_HTML_BLOCKS_H

#include "corpus/html_tree.h"

// A run of text without a block boundary in it.
typedef struct nx_html_block {
    uint32_t node;         // the block element around it
    uint32_t first;        // its first text node
    uint32_t from, size;   // bytes in the text of all blocks
    uint32_t chars;        // characters that are not white space; East Asian ones count double
    uint32_t link_chars;   // of these, inside links
    uint32_t strong_chars; // of these, in bold
    uint16_t stops;        // sentence ends and commas
    bool ends_sentence;    // ends as prose ends
    bool struck, keep;     // for the chooser
} nx_html_block;

typedef struct nx_html_blocks {
    nx_buf text; // the lines of the blocks, each ended by '\n'
    nx_html_block *items;
    size_t count, cap;
} nx_html_blocks;

// Cuts the tree; mute elements have no blocks. NX_ENOMEM.
nx_status nx_html_blocks_make(nx_html_blocks *out, const nx_html_tree *t,
                              nx_error *err) NX_MUST_USE;
void nx_html_blocks_release(nx_html_blocks *b);
static inline nx_str nx_html_block_text(const nx_html_blocks *b, size_t i)
{
    return nx_str_make(b->text.data + b->items[i].from, b->items[i].size);
}

#endif
