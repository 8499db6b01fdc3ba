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
    PROSE_MIN = 25,     // characters of a paragraph that counts as prose
    DOMINANT = 80,      // per cent of the prose a child must hold for the story to be inside it
    SPARE_SHARE = 35,   // per cent of the prose that saves an element with a bad name
    LINKED_MAX = 50,    // per cent of a paragraph that may be links
    TOLD_MIN = 300,     // bytes of told text that are worth following
    MATCH_MIN = 60,     // per cent of a paragraph's shingles found in the told text
};

struct chooser {
    const nx_html_tree *t;
    nx_html_blocks *b;
    uint32_t *mass;   // of prose, per node with its subtree
    uint8_t *words;   // meanings of the names, per node
    bool *struck;     // per node: its subtree is no part of the story
    uint8_t *match;   // per block: found in the told text
    nx_html_story *out;
};

static uint32_t percent(uint32_t part, uint32_t whole)
{
    return whole == 0 ? 0 : (uint32_t)((uint64_t)part * 100 / whole);
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
        if (k->first >= struck_end) {
            c->mass[k->node] += prose(c, k);
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
        for (size_t k = 0; k < sizeof named / sizeof named[0] && c->t->nodes[i].attr_count > 0; k++) {
            c->words[i] |= (uint8_t)nx_html_words(nx_html_attr_get(c->t, i, named[k]));
        }
    }
}

static bool has_bad_role(const struct chooser *c, uint32_t i)
{
    static const char *const roles[] = {"navigation", "banner", "contentinfo", "complementary",
                                        "dialog", "alertdialog", "search", "form", "menu",
                                        "toolbar", "tooltip"};
    nx_str role = nx_html_attr_get(c->t, i, NX_ATTR_ROLE);
    for (size_t k = 0; k < sizeof roles / sizeof roles[0] && role.n > 0; k++) {
        if (nx_str_eq_nocase(role, nx_str_of(roles[k]))) {
            return true;
        }
    }
    return false;
}

static bool is_suspect(const struct chooser *c, uint32_t i)
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
    case NX_TAG_LEGEND: return true;
    case NX_TAG_ROOT:
    case NX_TAG_HTML:
    case NX_TAG_BODY:
    case NX_TAG_TEXT: return false;
    default: break;
    }
    if ((c->words[i] & (NX_WORD_JUNK | NX_WORD_CAPTION)) != 0) {
        return true;
    }
    return has_bad_role(c, i);
}

static void strike(struct chooser *c)
{
    uint32_t total = c->mass[0];
    for (uint32_t i = 1; i < c->t->count; i++) {
        c->struck[i] = is_suspect(c, i) && percent(c->mass[i], total) < SPARE_SHARE;
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

static uint32_t find_top(const struct chooser *c)
{
    uint32_t node = 0, total = c->mass[0];
    for (;;) {
        uint32_t child = heaviest_child(c, node);
        if (child == 0 || percent(c->mass[child], total) < DOMINANT ||
            !nx_html_is_block(c->t->nodes[child].tag)) {
            return node;
        }
        node = child;
    }
}

// Marks blocks found in the told text. Returns how many characters of blocks were.
static nx_status match_told(struct chooser *c, nx_str told, uint32_t *matched, nx_error *err)
{
    *matched = 0;
    nx_shingles set;
    nx_status s = nx_shingles_make(&set, told, err);
    if (s != NX_OK) {
        return s;
    }
    for (size_t i = 0; i < c->b->count; i++) {
        c->match[i] = nx_shingles_share(&set, nx_html_block_text(c->b, i)) >= MATCH_MIN;
        *matched += c->match[i] ? c->b->items[i].chars : 0;
    }
    nx_shingles_release(&set);
    return NX_OK;
}

static bool same_text(nx_str a, nx_str b)
{
    return a.n > 0 && nx_str_eq_nocase(a, b);
}

// Is a block of the story's part of the page one of its paragraphs?
static bool belongs(const struct chooser *c, const nx_html_block *k, nx_str text)
{
    uint32_t linked = percent(k->link_chars, k->chars);
    if (nx_html_is_signpost(text, linked)) {
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

static void judge(struct chooser *c, nx_str title)
{
    const nx_html_tree *t = c->t;
    const nx_html_node *top = &t->nodes[c->out->top];
    uint32_t struck_end = 0, node = 0, headline = 0;
    for (size_t i = 0; i < c->b->count; i++) {
        nx_html_block *k = &c->b->items[i];
        for (; node <= k->first; node++) {
            if (c->struck[node] && t->nodes[node].end > struck_end) {
                struck_end = t->nodes[node].end;
            }
        }
        nx_str text = nx_html_block_text(c->b, i);
        k->keep = false;
        if (same_text(text, title) || t->nodes[k->node].tag == NX_TAG_H1) {
            if (headline == 0 && k->first < top->end) {
                headline = k->first;
                for (size_t j = 0; j < i; j++) { // what is above the headline is not below it
                    c->b->items[j].keep = false;
                }
            }
            continue;
        }
        if (k->first < struck_end) {
            continue;
        }
        bool inside = k->first > c->out->top && k->first < top->end;
        bool lead = !inside && headline != 0 && k->first < c->out->top && k->chars >= 40 &&
                    percent(k->link_chars, k->chars) < 30 &&
                    ((c->words[k->node] | c->words[t->nodes[k->node].parent]) & NX_WORD_LEAD) != 0;
        k->keep = lead || (inside && belongs(c, k, text));
    }
    drop_trailing_headings(c);
}

static void measure(struct chooser *c)
{
    for (size_t i = 0; i < c->b->count; i++) {
        const nx_html_block *k = &c->b->items[i];
        if (k->keep) {
            uint32_t q = prose(c, k);
            c->out->chars += k->chars;
            c->out->good += q;
            c->out->paragraphs += q >= PROSE_MIN;
        }
    }
}

static nx_status choose(struct chooser *c, nx_str title, nx_str told, nx_error *err)
{
    read_names(c);
    weigh(c);
    c->out->page_good = c->mass[0];
    strike(c);
    weigh(c);
    uint32_t matched = 0;
    if (told.n >= TOLD_MIN) {
        nx_status s = match_told(c, told, &matched, err);
        if (s != NX_OK) {
            return s;
        }
    }
    c->out->top = find_top(c);
    judge(c, title);
    measure(c);
    return NX_OK;
}

nx_status nx_html_body_choose(const nx_html_tree *t, nx_html_blocks *b, nx_str title, nx_str told,
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
        .out = out,
    };
    nx_status s = c.mass != NULL && c.words != NULL && c.struck != NULL && c.match != NULL
                      ? choose(&c, title, told, err)
                      : nx_fail_nomem(err);
    free(c.mass);
    free(c.words);
    free(c.struck);
    free(c.match);
    return s;
}
