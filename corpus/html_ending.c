// html_ending.c: where a story ends because others are announced: "Recommended for you".
//
// Such a line may also stand in a box in the middle of a story. What follows then looks like what
// came before: its paragraphs are children of the same element, or are called the same.
#include "corpus/html_part.h"
#include "corpus/html_phrases.h"

enum {
    STORY_PARAGRAPHS = 3, // of a story that can have ended
    LINE_CHARS = 120,     // of the line that announces others
    LINES_TRIED = 8,
    SAMPLE = 32,  // paragraphs of the story that others are compared with
    GOES_ON = 50, // per cent of what follows that is still of the story when it goes on
};

// The first word of an element's class, which what it is mostly goes by; absent when it has none.
static nx_str main_class(const nx_html_chooser *c, uint32_t node)
{
    nx_str name = nx_str_trim(nx_html_attr_get(c->t, node, NX_ATTR_CLASS));
    size_t space = nx_str_find(name, NX_STR(" "), 0);
    return nx_str_make(name.p, space != SIZE_MAX ? space : name.n);
}

// Are two paragraphs built alike: children of one element, or called the same, as their parents?
static bool are_alike(const nx_html_chooser *c, uint32_t a, uint32_t b)
{
    uint32_t in_a = c->t->nodes[a].parent, in_b = c->t->nodes[b].parent;
    if (in_a == in_b) {
        return true;
    }
    nx_str around = main_class(c, in_a), name = main_class(c, a);
    return around.n + name.n > 0 && nx_str_eq(name, main_class(c, b)) &&
           nx_str_eq(around, main_class(c, in_b));
}

// Is most of what is kept from mark on built like a paragraph of the story, or told by the data?
static bool goes_on(const nx_html_chooser *c, size_t mark, const uint32_t *story, size_t count)
{
    uint64_t all = 0, alike = 0;
    for (size_t i = mark; i < c->b->count; i++) {
        const nx_html_block *k = &c->b->items[i];
        uint32_t prose = k->keep ? nx_html_prose(c, k) : 0;
        bool same = c->guided && c->match[i];
        for (size_t j = 0; j < count && prose > 0 && !same; j++) {
            same = are_alike(c, k->node, story[j]);
        }
        all += prose;
        alike += same ? prose : 0;
    }
    return alike * 100 >= all * GOES_ON;
}

void nx_html_drop_following(nx_html_chooser *c)
{
    uint32_t story[SAMPLE]; // nodes of its first paragraphs
    size_t count = 0, tries = 0;
    for (size_t i = 0; i < c->b->count && tries < LINES_TRIED; i++) {
        const nx_html_block *k = &c->b->items[i];
        if (k->keep && count < SAMPLE && nx_html_prose(c, k) >= NX_HTML_PROSE_MIN) {
            story[count++] = k->node;
        }
        if (count < STORY_PARAGRAPHS || k->chars >= LINE_CHARS ||
            !nx_html_is_ending(nx_html_block_text(c->b, i))) {
            continue;
        }
        tries++;
        c->b->items[i].keep = false;
        if (!goes_on(c, i + 1, story, count)) {
            for (; i < c->b->count; i++) {
                c->b->items[i].keep = false;
            }
        }
    }
}
