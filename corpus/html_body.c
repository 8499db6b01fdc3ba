// html_body.c: choosing the story's paragraphs by where prose is dense, what elements are called,
// and what the page's own data says its text is.
//
// In three steps: elements that are called junk or are built of links are struck out, unless they
// hold much of the prose; the story is the smallest element that holds nearly all of the prose that
// is left; inside it, and between headline and it, paragraphs are judged one by one.
// After Kohlschuetter et al., "Boilerplate Detection using Shallow Text Features" (2010), and the
// practice of reader views.
#include "corpus/html_body.h"

#include <stdlib.h>

#include "corpus/html_phrases.h"
#include "corpus/html_words.h"
#include "corpus/shingles.h"

enum {
    PROSE_MIN = 25,      // characters of a paragraph that counts as prose
    DOMINANT = 80,       // per cent of the prose a child must hold for the story to be inside it
    NAMED_DOMINANT = 50, // when it is called the story
    SPARE_SHARE = 35,    // per cent of the prose that saves an element called junk
    SPARE_MAYBE = 12,    // and one that may be junk, or is called the story as well
    HEADED_SHARE = 25,   // per cent of the prose that <article> or <main> with the headline needs
    LINKED_MAX = 50,     // per cent of a paragraph that may be links
    TOLD_MIN = 300,      // bytes of told text that are worth following
    MATCH_MIN = 60,      // per cent of a paragraph's shingles found in the told text
    HEADINGS_TRIED = 32,
    LEAD_MIN = 40,    // characters of a standfirst
    TITLE_MATCH = 75, // per cent of the headline's shingles that make a heading the headline
    SUMMARY_MATCH = 75,
};

struct chooser {
    const nx_html_tree *t;
    nx_html_blocks *b;
    uint32_t *mass;  // of prose, per node with its subtree
    uint8_t *words;  // meanings of the names, per node
    bool *struck;    // per node: its subtree is no part of the story
    bool *match;     // per block: found in the told text
    uint8_t *titled; // per block: how much of it and the headline is the same, in 1/100
    uint8_t *summed; // the same with the standfirst
    bool guided;     // the told text is on the page: only what is in it counts as prose
    nx_html_story *out;
};

static uint32_t percent(uint32_t part, uint32_t whole)
{
    return whole == 0 ? 0 : (uint32_t)((uint64_t)part * 100 / whole);
}

// Per block: the smaller of how much of it is in text and how much of text it is, by length.
static nx_status compare_all(const struct chooser *c, nx_str text, uint8_t *out, nx_error *err)
{
    if (text.n == 0) {
        return NX_OK;
    }
    nx_shingles set;
    nx_status s = nx_shingles_make(&set, text, err);
    for (size_t i = 0; i < c->b->count && s == NX_OK; i++) {
        nx_str block = nx_html_block_text(c->b, i);
        if (block.n * 2 >= text.n && block.n <= text.n * 2) {
            int share = nx_shingles_share(&set, block);
            int length = (int)(block.n < text.n ? block.n * 100 / text.n : 100);
            out[i] = (uint8_t)(share < length ? share : length);
        }
    }
    nx_shingles_release(&set);
    return s;
}

static bool is_heading(const struct chooser *c, const nx_html_block *k)
{
    unsigned tag = c->t->nodes[k->node].tag;
    return tag >= NX_TAG_H1 && tag <= NX_TAG_H6;
}

// How much prose a block is.
static uint32_t prose(const struct chooser *c, const nx_html_block *k)
{
    if (k->chars < PROSE_MIN || is_heading(c, k)) {
        return 0;
    }
    uint32_t free_chars = 100 - percent(k->link_chars, k->chars);
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

static void weigh(struct chooser *c)
{
    const nx_html_tree *t = c->t;
    memset(c->mass, 0, t->count * sizeof *c->mass);
    uint32_t struck_end = 0, node = 0;
    for (size_t i = 0; i < c->b->count; i++) {
        const nx_html_block *k = &c->b->items[i];
        for (; node <= k->first; node++) {
            if (c->struck[node] && t->nodes[node].end > struck_end) {
                struck_end = t->nodes[node].end;
            }
        }
        if (c->guided ? c->match[i] : k->first >= struck_end) {
            c->mass[k->node] += c->guided ? k->chars : prose(c, k);
        }
    }
    for (uint32_t i = t->count; i-- > 1;) {
        c->mass[t->nodes[i].parent] += c->mass[i];
    }
}

static void read_names(struct chooser *c)
{
    static const nx_html_attr named[] = {NX_ATTR_CLASS, NX_ATTR_ID, NX_ATTR_TESTID,
                                         NX_ATTR_COMPONENT, NX_ATTR_ITEMPROP};
    for (uint32_t i = 0; i < c->t->count; i++) {
        c->words[i] = 0;
        for (size_t k = 0; k < sizeof named / sizeof named[0] && c->t->nodes[i].attr_count > 0;
             k++) {
            c->words[i] |= (uint8_t)nx_html_words(nx_html_attr_get(c->t, i, named[k]));
        }
    }
}

static bool has_bad_role(const struct chooser *c, uint32_t i)
{
    static const char *const roles[] = {"navigation", "banner",      "contentinfo", "complementary",
                                        "dialog",     "alertdialog", "search",      "form",
                                        "menu",       "toolbar",     "tooltip"};
    nx_str role = nx_html_attr_get(c->t, i, NX_ATTR_ROLE);
    for (size_t k = 0; k < sizeof roles / sizeof roles[0] && role.n > 0; k++) {
        if (nx_str_eq_nocase(role, nx_str_of(roles[k]))) {
            return true;
        }
    }
    return false;
}

// The share of the page's prose that saves an element from being struck; 0: nothing against it.
static uint32_t saving_share(const struct chooser *c, uint32_t i)
{
    switch (c->t->nodes[i].tag) {
    case NX_TAG_NAV:
    case NX_TAG_FOOTER:
    case NX_TAG_ASIDE:
    case NX_TAG_FORM:
    case NX_TAG_DIALOG:
    case NX_TAG_FIGURE:
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
    unsigned words = c->words[i];
    if ((words & (NX_WORD_JUNK | NX_WORD_CAPTION)) != 0) {
        return (words & NX_WORD_BODY) != 0 ? SPARE_MAYBE : SPARE_SHARE;
    }
    if ((words & NX_WORD_MAYBE) != 0) {
        return (words & NX_WORD_BODY) != 0 ? SPARE_MAYBE / 4 : SPARE_MAYBE;
    }
    return has_bad_role(c, i) ? SPARE_SHARE : 0;
}

static void strike(struct chooser *c)
{
    uint32_t total = c->mass[0];
    for (uint32_t i = 1; i < c->t->count; i++) {
        uint32_t saving = saving_share(c, i);
        c->struck[i] = saving > 0 && percent(c->mass[i], total) < saving;
    }
}

// The child of node that holds most prose.
static uint32_t heaviest_child(const struct chooser *c, uint32_t node)
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
static bool is_named_story(const struct chooser *c, uint32_t node)
{
    unsigned tag = c->t->nodes[node].tag;
    return tag == NX_TAG_ARTICLE || tag == NX_TAG_MAIN || (c->words[node] & NX_WORD_BODY) != 0;
}

// Do siblings of the same name as child hold much of the prose? Then it is one part of several.
static bool is_one_of_several(const struct chooser *c, uint32_t node, uint32_t child)
{
    nx_str name = nx_html_attr_get(c->t, child, NX_ATTR_CLASS);
    uint32_t others = 0;
    for (uint32_t i = node + 1; i < c->t->nodes[node].end; i = c->t->nodes[i].end) {
        if (i != child && c->t->nodes[i].tag == c->t->nodes[child].tag &&
            nx_str_eq(nx_html_attr_get(c->t, i, NX_ATTR_CLASS), name)) {
            others += c->mass[i];
        }
    }
    return percent(others, c->mass[node]) >= 10;
}

// Is the text of block i the headline? Pages write it with other quotes, spaces and endings.
static bool is_title(const struct chooser *c, size_t i)
{
    return c->titled[i] >= TITLE_MATCH;
}

// The smallest <article>, else <main>, around node that holds enough prose; 0 when there is none.
static uint32_t part_around(const struct chooser *c, uint32_t node)
{
    for (uint32_t i = node; i != 0; i = c->t->nodes[i].block) {
        unsigned tag = c->t->nodes[i].tag;
        if ((tag == NX_TAG_ARTICLE || tag == NX_TAG_MAIN) &&
            percent(c->mass[i], c->mass[0]) >= HEADED_SHARE) {
            return i;
        }
    }
    return 0;
}

// The part of the page that begins with the headline: what the data says it is, else the first
// <h1>; the root when there is no such part.
static uint32_t headed_part(const struct chooser *c)
{
    uint32_t part = 0;
    int tries = 0;
    for (size_t i = 0; i < c->b->count && part == 0 && tries < HEADINGS_TRIED; i++) {
        if (is_title(c, i) && is_heading(c, &c->b->items[i])) {
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

// The smallest element that holds nearly all of the prose.
static uint32_t find_top(const struct chooser *c)
{
    uint32_t node = c->guided ? 0 : headed_part(c);
    for (;;) {
        uint32_t child = heaviest_child(c, node);
        if (child == 0 || !nx_html_is_block(c->t->nodes[child].tag)) {
            return node;
        }
        uint32_t share = percent(c->mass[child], c->mass[node]);
        bool inside =
            share >= DOMINANT || (share >= NAMED_DOMINANT && !c->guided &&
                                  is_named_story(c, child) && !is_one_of_several(c, node, child));
        if (!inside || (c->guided && share < 97)) {
            return node;
        }
        node = child;
    }
}

// Marks blocks found in the told text. *matched: how many characters of blocks were.
static nx_status match_told(struct chooser *c, nx_str told, uint32_t *matched, nx_error *err)
{
    *matched = 0;
    nx_shingles set;
    nx_status s = nx_shingles_make(&set, told, err);
    if (s != NX_OK) {
        return s;
    }
    for (size_t i = 0; i < c->b->count; i++) {
        const nx_html_block *k = &c->b->items[i];
        c->match[i] =
            k->chars > 1 && nx_shingles_share(&set, nx_html_block_text(c->b, i)) >= MATCH_MIN;
        *matched += c->match[i] ? k->chars : 0;
    }
    nx_shingles_release(&set);
    return NX_OK;
}

// Is a block of the story's part of the page one of its paragraphs?
static bool belongs(const struct chooser *c, const nx_html_block *k, nx_str text)
{
    uint32_t linked = percent(k->link_chars, k->chars);
    if (nx_html_is_signpost(text, linked) || nx_html_is_caption(text)) {
        return false;
    }
    if (is_heading(c, k)) {
        return linked < LINKED_MAX && k->chars > 1;
    }
    unsigned near = c->words[k->node] | c->words[c->t->nodes[k->node].parent];
    if ((near & (NX_WORD_BYLINE | NX_WORD_DATE)) != 0 && k->chars < 120) {
        return false;
    }
    if (linked > LINKED_MAX) {
        return false;
    }
    if (k->chars < PROSE_MIN && !k->ends_sentence) {
        unsigned tag = c->t->nodes[k->node].tag;
        return tag == NX_TAG_P || tag == NX_TAG_LI || tag == NX_TAG_BLOCKQUOTE;
    }
    return true;
}

// Headings with nothing of the story after them introduce something else.
static void drop_trailing_headings(struct chooser *c)
{
    for (size_t i = c->b->count; i-- > 0;) {
        nx_html_block *k = &c->b->items[i];
        if (!k->keep) {
            continue;
        }
        if (!is_heading(c, k)) {
            return;
        }
        k->keep = false;
    }
}

// A standfirst: between headline and story, by name or because the page's data gives it.
static bool is_lead(const struct chooser *c, size_t i)
{
    const nx_html_block *k = &c->b->items[i];
    if (k->chars < LEAD_MIN || percent(k->link_chars, k->chars) >= 30) {
        return false;
    }
    unsigned near = c->words[k->node] | c->words[c->t->nodes[k->node].parent];
    return c->summed[i] >= SUMMARY_MATCH || (near & NX_WORD_LEAD) != 0;
}

// The block that is the story's headline; SIZE_MAX when the page shows none.
static size_t find_headline(const struct chooser *c)
{
    const nx_html_node *top = &c->t->nodes[c->out->top];
    size_t h1 = SIZE_MAX;
    for (size_t i = 0; i < c->b->count && c->b->items[i].first < top->end; i++) {
        const nx_html_block *k = &c->b->items[i];
        if (is_title(c, i) && is_heading(c, k)) {
            return i;
        }
        if (h1 == SIZE_MAX && c->t->nodes[k->node].tag == NX_TAG_H1) {
            h1 = i;
        }
    }
    return h1;
}

static void judge(struct chooser *c)
{
    const nx_html_tree *t = c->t;
    const nx_html_node *top = &t->nodes[c->out->top];
    size_t headline = find_headline(c);
    uint32_t struck_end = 0, node = 0;
    for (size_t i = 0; i < c->b->count; i++) {
        nx_html_block *k = &c->b->items[i];
        for (; node <= k->first; node++) {
            if (c->struck[node] && t->nodes[node].end > struck_end) {
                struck_end = t->nodes[node].end;
            }
        }
        bool matched = c->guided && c->match[i];
        bool inside = k->first > c->out->top && k->first < top->end;
        bool above = headline != SIZE_MAX && i <= headline;
        k->keep = false;
        if (is_title(c, i) || t->nodes[k->node].tag == NX_TAG_H1) {
            continue;
        }
        if (matched && inside) {
            k->keep = true;
        } else if (k->first < struck_end || above || k->first >= top->end) {
            continue;
        } else if (is_lead(c, i)) {
            k->keep = inside || headline != SIZE_MAX;
        } else {
            k->keep = inside && belongs(c, k, nx_html_block_text(c->b, i)) &&
                      (!c->guided || is_heading(c, k));
        }
    }
    drop_trailing_headings(c);
}

static void measure(struct chooser *c)
{
    c->out->chars = c->out->good = c->out->paragraphs = c->out->linked_heads = 0;
    uint32_t end = c->t->nodes[c->out->top].end;
    for (size_t i = 0; i < c->b->count; i++) {
        const nx_html_block *k = &c->b->items[i];
        if (k->keep) {
            uint32_t q = prose(c, k);
            c->out->chars += k->chars;
            c->out->good += q;
            c->out->paragraphs += q >= PROSE_MIN;
        }
        c->out->linked_heads += is_heading(c, k) && k->first > c->out->top && k->first < end &&
                                percent(k->link_chars, k->chars) >= 80;
    }
}

static void select_story(struct chooser *c)
{
    c->out->top = find_top(c);
    judge(c);
    measure(c);
}

// Characters of s that are not white space.
static uint32_t visible_chars(nx_str s)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char b = (unsigned char)s.p[i];
        n += !nx_is_space(s.p[i]) && (b & 0xc0) != 0x80;
        n += b >= 0xe3 && b <= 0xed;
    }
    return n;
}

// The told text may be the whole story, its first paragraphs, or a story the page does not show.
static nx_status follow_told(struct chooser *c, nx_str told, nx_error *err)
{
    uint32_t matched = 0, before = c->out->chars;
    nx_status s = match_told(c, told, &matched, err);
    if (s != NX_OK) {
        return s;
    }
    uint32_t size = visible_chars(told);
    if (percent(matched, size) < 60) {
        c->out->told_only = size > before + before / 2;
        return NX_OK;
    }
    if (percent(matched, before) < 60) {
        return NX_OK; // only its opening was told
    }
    c->guided = true;
    weigh(c);
    select_story(c);
    c->out->told = true;
    return NX_OK;
}

static nx_status choose(struct chooser *c, const nx_html_hints *hints, nx_error *err)
{
    nx_status s = compare_all(c, hints->title, c->titled, err);
    s = s == NX_OK ? compare_all(c, hints->summary, c->summed, err) : s;
    if (s != NX_OK) {
        return s;
    }
    read_names(c);
    weigh(c);
    c->out->page_good = c->mass[0];
    strike(c);
    weigh(c);
    select_story(c);
    return hints->told.n >= TOLD_MIN ? follow_told(c, hints->told, err) : NX_OK;
}

nx_status nx_html_body_choose(const nx_html_tree *t, nx_html_blocks *b, const nx_html_hints *hints,
                              nx_html_story *out, nx_error *err)
{
    *out = (nx_html_story){0};
    struct chooser c = {
        .t = t,
        .b = b,
        .mass = calloc(t->count, sizeof *c.mass),
        .words = calloc(t->count, sizeof *c.words),
        .struck = calloc(t->count, sizeof *c.struck),
        .match = calloc(b->count + 1, sizeof *c.match),
        .titled = calloc(b->count + 1, sizeof *c.titled),
        .summed = calloc(b->count + 1, sizeof *c.summed),
        .out = out,
    };
    bool memory = c.mass != NULL && c.words != NULL && c.struck != NULL && c.match != NULL &&
                  c.titled != NULL && c.summed != NULL;
    nx_status s = memory ? choose(&c, hints, err) : nx_fail_nomem(err);
    free(c.mass);
    free(c.words);
    free(c.struck);
    free(c.match);
    free(c.titled);
    free(c.summed);
    return s;
}
