// html_build.h: a tree while it is built: its nodes and the stack of open elements; for
// html_tree.c.
//
// Must not know: tags and their rules, which are the tree builder's.
#ifndef NX_CORPUS_HTML_BUILD_H
#define NX_CORPUS_HTML_BUILD_H

#include "corpus/html_tree.h"

// An open element. Entries are numbered from 1; 0 is the root's, and stands for none.
typedef struct nx_html_open {
    uint32_t node;
    uint32_t prev_same; // the entry below with the same tag; 0: none
    uint32_t block_at;  // nearest block at or below
    uint32_t scope_at;  // nearest scope at or below
    uint8_t tag;
    bool ended; // its end tag came while a block inside was open: it ends with that block
} nx_html_open;

typedef struct nx_html_builder {
    nx_html_tree *t;
    nx_str html;
    size_t at;
    nx_html_open *stack;         // [0] is the root
    uint32_t depth, stack_cap;   // depth: index of the top entry
    uint32_t last[NX_TAG_COUNT]; // topmost entry of each tag; 0: none
    bool after_block; // nothing but block tags since the last text: white space does not matter
    bool no_comment_end, seen_body;
    bool nomem, over;
} nx_html_builder;

// No memory, or over a ceiling: nothing more can be added.
bool nx_html_build_failed(const nx_html_builder *b);
// p with room for need elements of size bytes; sets nomem and returns p when there is no memory.
void *nx_html_build_grown(nx_html_builder *b, void *p, uint32_t *cap, uint32_t need, size_t size);
// A new node in the innermost open element; 0 (the root, which is never new) when there is no room.
uint32_t nx_html_build_node(nx_html_builder *b, nx_html_tag tag);
// Opens the element node.
void nx_html_build_push(nx_html_builder *b, nx_html_tag tag, uint32_t node);
// Closes what a start tag closes first (HTML Standard 13.2.6.4.7 and the table modes).
void nx_html_build_imply_ends(nx_html_builder *b, nx_html_tag tag);
// Closes what an end tag closes.
void nx_html_build_end_tag(nx_html_builder *b, nx_html_tag tag, nx_str name);
void nx_html_build_leave_head(nx_html_builder *b);
// Closes everything.
void nx_html_build_finish(nx_html_builder *b);

#endif
