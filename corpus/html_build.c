// html_build.c: the stack of open elements: what a tag opens, closes, and belongs to.
//
// Everything an end tag has to ask of the stack (is such an element open, is a scope or a block in
// between) is kept with its entries, so that no step searches it.
#include "corpus/html_build.h"

#include <stdlib.h>

#include "corpus/html_names.h"

enum { OTHER_LOOK_BACK = 32 }; // open elements of unknown name tried for an end tag

bool nx_html_build_failed(const nx_html_builder *b)
{
    return b->nomem || b->over;
}

void *nx_html_build_grown(nx_html_builder *b, void *p, uint32_t *cap, uint32_t need, size_t size)
{
    if (need <= *cap) {
        return p;
    }
    uint32_t more = *cap < 256 ? 256 : *cap * 2;
    void *q = realloc(p, more * size);
    if (q == NULL) {
        b->nomem = true;
        return p;
    }
    *cap = more;
    return q;
}

uint32_t nx_html_build_node(nx_html_builder *b, nx_html_tag tag)
{
    nx_html_tree *t = b->t;
    if (t->count >= NX_HTML_NODES_MAX) {
        b->over = true;
        return 0;
    }
    t->nodes = nx_html_build_grown(b, t->nodes, &t->cap, t->count + 1, sizeof *t->nodes);
    if (b->nomem) {
        return 0;
    }
    uint32_t id = t->count++;
    t->nodes[id] = (nx_html_node){
        .tag = (uint8_t)tag,
        .parent = id > 0 ? b->stack[b->depth].node : 0,
        .block = id > 0 ? b->stack[b->stack[b->depth].block_at].node : 0,
        .end = id + 1,
        .attrs = t->attr_total,
    };
    return id;
}

void nx_html_build_push(nx_html_builder *b, nx_html_tag tag, uint32_t node)
{
    b->stack = nx_html_build_grown(b, b->stack, &b->stack_cap, b->depth + 2, sizeof *b->stack);
    if (b->nomem) {
        return;
    }
    const nx_html_open *below = &b->stack[b->depth];
    uint32_t id = ++b->depth;
    unsigned flags = nx_html_tag_flags(tag);
    b->stack[id] = (nx_html_open){
        .node = node,
        .tag = (uint8_t)tag,
        .prev_same = b->last[tag],
        .block_at = (flags & NX_HTML_BLOCK) != 0 ? id : below->block_at,
        .scope_at = (flags & NX_HTML_SCOPE) != 0 ? id : below->scope_at,
    };
    b->last[tag] = id;
}

static void pop(nx_html_builder *b)
{
    const nx_html_open *e = &b->stack[b->depth--];
    b->last[e->tag] = e->prev_same;
    b->t->nodes[e->node].end = b->t->count;
}

// Closes entry id and everything inside it.
static void pop_to(nx_html_builder *b, uint32_t id)
{
    while (b->depth >= id) {
        pop(b);
    }
    while (b->depth > 0 && b->stack[b->depth].ended) {
        pop(b);
    }
}

static uint32_t max2(uint32_t a, uint32_t c)
{
    return a > c ? a : c;
}

static void pop_if_above(nx_html_builder *b, uint32_t id, uint32_t boundary)
{
    if (id > boundary) {
        pop_to(b, id);
    }
}

static bool is_heading(unsigned tag)
{
    return tag >= NX_TAG_H1 && tag <= NX_TAG_H6;
}

static bool belongs_in_head(nx_html_tag tag)
{
    switch (tag) {
    case NX_TAG_HTML:
    case NX_TAG_HEAD:
    case NX_TAG_TITLE:
    case NX_TAG_META:
    case NX_TAG_LINK:
    case NX_TAG_BASE:
    case NX_TAG_SCRIPT:
    case NX_TAG_STYLE:
    case NX_TAG_NOSCRIPT:
    case NX_TAG_TEMPLATE: return true;
    default: return false;
    }
}

void nx_html_build_leave_head(nx_html_builder *b)
{
    if (b->last[NX_TAG_HEAD] != 0) {
        pop_to(b, b->last[NX_TAG_HEAD]);
    }
}

void nx_html_build_imply_ends(nx_html_builder *b, nx_html_tag tag)
{
    if (!belongs_in_head(tag)) {
        nx_html_build_leave_head(b);
    }
    const uint32_t *last = b->last;
    uint32_t scope = b->stack[b->depth].scope_at;
    switch (tag) {
    case NX_TAG_LI: {
        uint32_t list = max2(max2(last[NX_TAG_UL], last[NX_TAG_OL]), last[NX_TAG_MENU]);
        pop_if_above(b, last[NX_TAG_LI], max2(list, scope));
        break;
    }
    case NX_TAG_DD:
    case NX_TAG_DT:
        pop_if_above(b, max2(last[NX_TAG_DD], last[NX_TAG_DT]), max2(last[NX_TAG_DL], scope));
        break;
    case NX_TAG_TD:
    case NX_TAG_TH:
        pop_if_above(b, max2(last[NX_TAG_TD], last[NX_TAG_TH]),
                     max2(last[NX_TAG_TABLE], last[NX_TAG_TR]));
        break;
    case NX_TAG_TR: pop_if_above(b, last[NX_TAG_TR], last[NX_TAG_TABLE]); break;
    case NX_TAG_TBODY:
    case NX_TAG_THEAD:
    case NX_TAG_TFOOT: {
        uint32_t group = max2(max2(last[NX_TAG_TBODY], last[NX_TAG_THEAD]), last[NX_TAG_TFOOT]);
        pop_if_above(b, group, last[NX_TAG_TABLE]);
        break;
    }
    case NX_TAG_OPTION: pop_if_above(b, last[NX_TAG_OPTION], b->depth - 1); break;
    case NX_TAG_A: {
        // A link inside a link ends the outer one, unless a block has begun in between.
        pop_if_above(b, last[NX_TAG_A], max2(b->stack[b->depth].block_at, scope));
        break;
    }
    default: break;
    }
    if (nx_html_is_block(tag)) {
        pop_if_above(b, b->last[NX_TAG_P], b->stack[b->depth].scope_at);
        if (is_heading(tag) && is_heading(b->stack[b->depth].tag)) {
            pop_to(b, b->depth);
        }
    }
}

void nx_html_build_end_tag(nx_html_builder *b, nx_html_tag tag, nx_str name)
{
    uint32_t id = b->last[tag];
    if (tag == NX_TAG_OTHER) {
        for (int i = 0; id != 0 && i < OTHER_LOOK_BACK; i++, id = b->stack[id].prev_same) {
            if (nx_str_eq_nocase(b->t->nodes[b->stack[id].node].text, name)) {
                break;
            }
        }
        if (id != 0 && !nx_str_eq_nocase(b->t->nodes[b->stack[id].node].text, name)) {
            return;
        }
    }
    if (id == 0 || tag == NX_TAG_HTML || tag == NX_TAG_BODY) {
        return; // what follows </body> still belongs to it
    }
    const nx_html_open *top = &b->stack[b->depth];
    switch (tag) {
    case NX_TAG_TABLE: break;
    case NX_TAG_TR:
    case NX_TAG_TD:
    case NX_TAG_TH:
    case NX_TAG_TBODY:
    case NX_TAG_THEAD:
    case NX_TAG_TFOOT:
        if (id < b->last[NX_TAG_TABLE]) {
            return;
        }
        break;
    default:
        if (id < top->scope_at) {
            return;
        }
        if (tag != NX_TAG_OTHER && id < top->block_at) {
            if (!nx_html_is_block(tag)) {
                b->stack[id].ended = true;
                return;
            }
        }
        break;
    }
    pop_to(b, id);
}

void nx_html_build_finish(nx_html_builder *b)
{
    while (!nx_html_build_failed(b) && b->depth > 0) {
        pop(b);
    }
}
