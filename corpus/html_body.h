// html_body.h: which paragraphs of a page are the story.
//
// Must not know: titles, authors, dates.
#ifndef NX_CORPUS_HTML_BODY_H
#define NX_CORPUS_HTML_BODY_H

#include "corpus/html_blocks.h"

typedef struct nx_html_story {
    uint32_t top;          // the element that holds the story
    uint32_t chars;        // kept
    uint32_t good;         // of these, in paragraphs of prose
    uint32_t paragraphs;   // such paragraphs
    uint32_t linked_heads; // headings around them that are links
    uint32_t linked_lines; // lines around them that are links and as long as headlines
    bool told_only;        // the page does not show the story its data tells: no block is it
} nx_html_story;

enum { NX_HTML_SUMMARIES = 4 };

// What the page's data says of the story; each may be absent.
typedef struct nx_html_hints {
    nx_str title;                        // the headline: where the story begins
    nx_str summaries[NX_HTML_SUMMARIES]; // the standfirst, which then belongs to the story
    nx_str told;                         // the text of the story
} nx_html_hints;

// Sets keep of the blocks that are the story: prose, subheads, lists, quotes; without the headline.
// NX_ENOMEM.
nx_status nx_html_body_choose(const nx_html_tree *t, nx_html_blocks *b, const nx_html_hints *hints,
                              nx_html_story *out, nx_error *err) NX_MUST_USE;

#endif
