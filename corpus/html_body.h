// html_body.h: which paragraphs of a page are the story.
#ifndef NX_CORPUS_HTML_BODY_H
#define NX_CORPUS_HTML_BODY_H

#include "corpus/html_blocks.h"

typedef struct nx_html_story {
    uint32_t top;      // the element that holds the story
    uint32_t chars;    // kept
    uint32_t good;     // of these, in paragraphs of prose
    uint32_t paragraphs; // such paragraphs
    uint32_t page_good; // prose on the whole page
    bool told;         // the blocks were checked against what the page says its text is
} nx_html_story;

// Sets keep of the blocks that are the story, in any order of goodness: prose, subheads, lists,
// quotes. title: the headline, which is left out; may be absent. told: the text as the page's own
// data gives it, or absent. NX_ENOMEM.
nx_status nx_html_body_choose(const nx_html_tree *t, nx_html_blocks *b, nx_str title, nx_str told,
                              nx_html_story *out, nx_error *err) NX_MUST_USE;

#endif
