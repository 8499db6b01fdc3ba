// html_part.c: weighing prose, striking out junk, and the smallest element that holds the rest.
#include "corpus/html_part.h"

#include "corpus/html_text.h"
#include "corpus/html_words.h"

enum {
    DOMINANT = 80,        // per cent of the prose a child must hold for the story to be inside it
    NAMED_DOMINANT = 50,  // when it is called the story
    GUIDED_DOMINANT = 97, // when only what the data tells is weighed
    SPARE_SHARE = 35,     // per cent of the prose that saves an element called junk
    SPARE_HIDDEN = 60,    // and one that is not shown, as long as its script does not show it
    SPARE_MAYBE = 12,     // and one that may be junk, or is called the story as well
    SPARE_NAMED = 3,      // and one that may be junk and is called the story
    SEVERAL_SHARE = 10,   // per cent of the prose in siblings that makes an element one of several
    HEADED_SHARE = 25,    // per cent of the prose that <article> or <main> with the headline needs
    HEADINGS_TRIED = 32,
    TITLE_MATCH = 75, // per cent of the headline's shingles that make a heading the headline
};

bool nx_html_is_heading(const nx_html_chooser *c, const nx_html_block *k)
{
    unsigned tag = c->t->nodes[k->node].tag;
    return tag >= NX_TAG_H1 && tag <= NX_TAG_H6;
}

uint32_t nx_html_prose(const nx_html_chooser *c, const nx_html_block *k)
{
    if (k->chars < NX_HTML_PROSE_MIN || nx_html_is_heading(c, k)) {
        return 0;
    }
    uint32_t free_chars = 100 - nx_html_percent(k->link_chars, k->chars);
    uint32_t q = (uint32_t)((uint64_t)k->chars * free_chars * free_chars / 10000);
    if (!k->ends_sentence) {
        q = k->stops == 0 ? q / 5 : q / 2;
    }
    unsigned tag = c->t->nodes[k->node].tag;
    if (tag == NX_TAG_LI || tag == NX_TAG_TD || tag == NX_TAG_TH || tag == NX_TAG_DD) {
        q /= 2;
    }
    return q;
}

void nx_html_weigh(nx_html_chooser *c)
{
    const nx_html_tree *t = c->t;
    memset(c->mass, 0, t->count * sizeof *c->mass);
    for (size_t i = 0; i < c->b->count; i++) {
        const nx_html_block *k = &c->b->items[i];
        if (c->guided ? c->match[i] : !k->struck) {
            c->mass[k->node] += c->guided ? k->chars : nx_html_prose(c, k);
        }
    }
    for (uint32_t i = t->count; i-- > 1;) {
        c->mass[t->nodes[i].parent] += c->mass[i];
    }
}

void nx_html_read_names(nx_html_chooser *c)
{
    static const nx_html_attr named[] = {NX_ATTR_CLASS, NX_ATTR_ID, NX_ATTR_TESTID,
                                         NX_ATTR_COMPONENT, NX_ATTR_ITEMPROP};
    for (uint32_t i = 0; i < c->t->count; i++) {
        c->words[i] = 0;
        for (size_t k = 0; k < NX_COUNT(named) && c->t->nodes[i].attr_count > 0; k++) {
            c->words[i] |= (uint8_t)nx_html_words(nx_html_attr_get(c->t, i, named[k]));
        }
    }
}

static bool has_bad_role(const nx_html_chooser *c, uint32_t i)
{
    static const char *const roles[] = {"navigation", "banner",      "contentinfo", "complementary",
                                        "dialog",     "alertdialog", "search",      "form",
                                        "menu",       "toolbar",     "tooltip"};
    nx_str role = nx_html_attr_get(c->t, i, NX_ATTR_ROLE);
    for (size_t k = 0; k < NX_COUNT(roles) && role.n > 0; k++) {
        if (nx_str_eq_nocase(role, nx_str_of(roles[k]))) {
            return true;
        }
    }
    return false;
}

// Is a figure a quotation and not a picture? Its first elements tell.
static bool is_quotation(const nx_html_tree *t, uint32_t figure)
{
    enum { LOOKED_AT = 16 };
    uint32_t end = t->nodes[figure].end, i = figure + 1;
    end = end - figure > LOOKED_AT ? figure + LOOKED_AT : end;
    while (i < end && t->nodes[i].tag != NX_TAG_BLOCKQUOTE) {
        i++;
    }
    return i < end;
}

// The share of the page's prose that saves an element from being struck; 0: nothing against it.
static uint32_t saving_share(const nx_html_chooser *c, uint32_t i)
{
    unsigned tag = c->t->nodes[i].tag;
    switch (tag) {
    case NX_TAG_FIGURE:
        if (is_quotation(c->t, i)) {
            break;
        }
        return SPARE_SHARE;
    case NX_TAG_NAV:
    case NX_TAG_FOOTER:
    case NX_TAG_ASIDE:
    case NX_TAG_FORM:
    case NX_TAG_DIALOG:
    case NX_TAG_FIGCAPTION:
    case NX_TAG_CAPTION:
    case NX_TAG_ADDRESS:
    case NX_TAG_LABEL:
    case NX_TAG_LEGEND: return SPARE_SHARE;
    case NX_TAG_ROOT:
    case NX_TAG_HTML:
    case NX_TAG_BODY:
    case NX_TAG_TEXT: return 0;
    default: break;
    }
    if (nx_html_is_hidden(c->t, i)) {
        return SPARE_HIDDEN;
    }
    unsigned words = c->words[i];
    if ((words & (NX_WORD_JUNK | NX_WORD_CAPTION)) != 0) {
        return (words & NX_WORD_BODY) != 0 ? SPARE_MAYBE : SPARE_SHARE;
    }
    // A paragraph or heading with such a name is a place to go to ("toc-2") or one to pay for.
    bool text = tag == NX_TAG_P || (tag >= NX_TAG_H1 && tag <= NX_TAG_H6);
    if ((words & NX_WORD_MAYBE) != 0 && !text) {
        return (words & NX_WORD_BODY) != 0 ? SPARE_NAMED : SPARE_MAYBE;
    }
    return has_bad_role(c, i) ? SPARE_SHARE : 0;
}

void nx_html_strike(nx_html_chooser *c)
{
    uint32_t total = c->mass[0], struck_end = 0, node = 1;
    for (size_t i = 0; i < c->b->count; i++) {
        nx_html_block *k = &c->b->items[i];
        for (; node <= k->first; node++) {
            uint32_t saving = node >= struck_end ? saving_share(c, node) : 0;
            if (saving > 0 && nx_html_percent(c->mass[node], total) < saving) {
                struck_end = c->t->nodes[node].end;
            }
        }
        k->struck = k->first < struck_end;
    }
}

// The child of node that holds most prose.
static uint32_t heaviest_child(const nx_html_chooser *c, uint32_t node)
{
    uint32_t best = 0;
    for (uint32_t i = node + 1; i < c->t->nodes[node].end; i = c->t->nodes[i].end) {
        if (best == 0 || c->mass[i] > c->mass[best]) {
            best = i;
        }
    }
    return best;
}

// Is node called the story, by its element or its names?
static bool is_named_story(const nx_html_chooser *c, uint32_t node)
{
    unsigned tag = c->t->nodes[node].tag;
    return tag == NX_TAG_ARTICLE || tag == NX_TAG_MAIN || (c->words[node] & NX_WORD_BODY) != 0;
}

// Do siblings of the same name as child hold much of the prose? Then it is one part of several.
static bool is_one_of_several(const nx_html_chooser *c, uint32_t node, uint32_t child)
{
    nx_str name = nx_html_attr_get(c->t, child, NX_ATTR_CLASS);
    uint32_t others = 0;
    for (uint32_t i = node + 1; i < c->t->nodes[node].end; i = c->t->nodes[i].end) {
        if (i != child && c->t->nodes[i].tag == c->t->nodes[child].tag &&
            nx_str_eq(nx_html_attr_get(c->t, i, NX_ATTR_CLASS), name)) {
            others += c->mass[i];
        }
    }
    return nx_html_percent(others, c->mass[node]) >= SEVERAL_SHARE;
}

bool nx_html_is_titled(const nx_html_chooser *c, size_t i)
{
    return c->titled[i] >= TITLE_MATCH;
}

// The smallest <article>, else <main>, around node that holds enough prose; 0 when there is none.
static uint32_t part_around(const nx_html_chooser *c, uint32_t node)
{
    for (uint32_t i = node; i != 0; i = c->t->nodes[i].block) {
        unsigned tag = c->t->nodes[i].tag;
        if ((tag == NX_TAG_ARTICLE || tag == NX_TAG_MAIN) &&
            nx_html_percent(c->mass[i], c->mass[0]) >= HEADED_SHARE) {
            return i;
        }
    }
    return 0;
}

// The part of the page that begins with the headline: what the data says it is, else the first
// <h1>; the root when there is no such part.
static uint32_t headed_part(const nx_html_chooser *c)
{
    uint32_t part = 0;
    int tries = 0;
    for (size_t i = 0; i < c->b->count && part == 0 && tries < HEADINGS_TRIED; i++) {
        if (nx_html_is_titled(c, i) && nx_html_is_heading(c, &c->b->items[i])) {
            part = part_around(c, c->b->items[i].node);
            tries++;
        }
    }
    for (size_t i = 0; i < c->b->count && part == 0 && tries < HEADINGS_TRIED; i++) {
        uint32_t node = c->b->items[i].node;
        if (c->t->nodes[node].tag == NX_TAG_H1) {
            part = part_around(c, node);
            tries++;
        }
    }
    return part;
}

uint32_t nx_html_find_part(const nx_html_chooser *c)
{
    uint32_t node = c->guided ? 0 : headed_part(c);
    for (;;) {
        uint32_t child = heaviest_child(c, node);
        if (child == 0 || !nx_html_is_block(c->t->nodes[child].tag)) {
            return node;
        }
        uint32_t share = nx_html_percent(c->mass[child], c->mass[node]);
        bool named = share >= NAMED_DOMINANT && is_named_story(c, child) &&
                     !is_one_of_several(c, node, child);
        if (c->guided ? share < GUIDED_DOMINANT : share < DOMINANT && !named) {
            return node;
        }
        node = child;
    }
}
