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

#include "corpus/attribute.h"
#include "corpus/html_part.h"
#include "corpus/html_phrases.h"
#include "corpus/html_words.h"
#include "corpus/shingles.h"

enum {
    LINKED_MAX = 50,    // per cent of a block that may be links
    P_LINKED = 95,      // and of what is marked up as a paragraph
    LEAD_LINKED = 30,   // and of a standfirst
    LEAD_MIN = 40,      // characters of a standfirst
    BYLINE_CHARS = 120, // of what is called a byline or date and is one
    LIST_LINKED = 80,   // per cent of a line that is link when it leads to another page
    TOLD_MIN = 300,     // bytes of told text that are worth following
    MATCH_MIN = 60,     // per cent of a paragraph's shingles found in the told text
    ON_PAGE = 60,       // per cent of the told text that is on the page when it shows it,
    SHOWN = 80,         // and outside of what was struck, to have it twice otherwise,
    WHOLE = 60,         // and of what was chosen without it when it is all of the story
    SUMMARY_MATCH = 75, // per cent of the standfirst's shingles that make a block the standfirst
};

// Per block: the smaller of how much of it is in text and how much of text it is, by length; the
// most of several calls.
static nx_status compare_all(const nx_html_chooser *c, nx_str text, uint8_t *out, nx_error *err)
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
            share = share < length ? share : length;
            out[i] = (uint8_t)(share > out[i] ? share : out[i]);
        }
    }
    nx_shingles_release(&set);
    return s;
}

// Marks blocks found in the told text. *matched: how many characters of blocks were.
static nx_status match_told(nx_html_chooser *c, nx_str told, uint32_t *matched, nx_error *err)
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
static bool belongs(const nx_html_chooser *c, const nx_html_block *k, nx_str text)
{
    uint32_t linked = nx_html_percent(k->link_chars, k->chars);
    if (nx_html_is_signpost(text, linked) || nx_html_is_caption(text)) {
        return false;
    }
    if (nx_html_is_heading(c, k)) {
        return linked < LINKED_MAX && k->chars > 1;
    }
    unsigned near = c->words[k->node] | c->words[c->t->nodes[k->node].parent];
    if ((near & (NX_WORD_BYLINE | NX_WORD_DATE)) != 0 && k->chars < BYLINE_CHARS) {
        return false;
    }
    unsigned tag = c->t->nodes[k->node].tag;
    bool prose = tag == NX_TAG_P && k->chars >= NX_HTML_PROSE_MIN;
    if (linked > (prose ? P_LINKED : LINKED_MAX)) {
        return false;
    }
    bool marked =
        tag == NX_TAG_P || tag == NX_TAG_LI || tag == NX_TAG_BLOCKQUOTE || tag == NX_TAG_PRE;
    nx_when when;
    if (!marked && !k->ends_sentence && k->chars < BYLINE_CHARS / 2 &&
        nx_date_find(text, 0, &when)) {
        return false; // "Ann Roe 3 March 2020"
    }
    if (k->chars < NX_HTML_PROSE_MIN && !k->ends_sentence) {
        return marked;
    }
    return true;
}

// Headings with nothing of the story after them introduce something else.
static void drop_trailing_headings(nx_html_chooser *c)
{
    for (size_t i = c->b->count; i-- > 0;) {
        nx_html_block *k = &c->b->items[i];
        if (!k->keep) {
            continue;
        }
        if (!nx_html_is_heading(c, k)) {
            return;
        }
        k->keep = false;
    }
}

// A standfirst: between headline and story, by name or because the page's data gives it.
static bool is_lead(const nx_html_chooser *c, size_t i)
{
    const nx_html_block *k = &c->b->items[i];
    uint32_t linked = nx_html_percent(k->link_chars, k->chars);
    nx_str text = nx_html_block_text(c->b, i);
    if (k->chars < LEAD_MIN || linked >= LEAD_LINKED || nx_html_is_signpost(text, linked) ||
        nx_html_is_caption(text)) {
        return false;
    }
    unsigned near = c->words[k->node] | c->words[c->t->nodes[k->node].parent];
    return c->summed[i] >= SUMMARY_MATCH || (near & NX_WORD_LEAD) != 0;
}

// The block that is the story's headline; SIZE_MAX when the page shows none.
static size_t find_headline(const nx_html_chooser *c)
{
    const nx_html_node *top = &c->t->nodes[c->out->top];
    size_t h1 = SIZE_MAX, plain = SIZE_MAX;
    for (size_t i = 0; i < c->b->count && c->b->items[i].first < top->end; i++) {
        const nx_html_block *k = &c->b->items[i];
        if (nx_html_is_titled(c, i) && nx_html_is_heading(c, k)) {
            return i;
        }
        if (h1 == SIZE_MAX && c->t->nodes[k->node].tag == NX_TAG_H1) {
            h1 = i;
        }
        if (plain == SIZE_MAX && nx_html_is_titled(c, i)) {
            plain = i;
        }
    }
    return h1 != SIZE_MAX ? h1 : plain;
}

// Is block i in the told text and fit to be a paragraph? A word or two is in every text.
static bool is_told(const nx_html_chooser *c, size_t i)
{
    const nx_html_block *k = &c->b->items[i];
    nx_str text = nx_html_block_text(c->b, i);
    if (!c->guided || !c->match[i] || (k->struck && c->shown)) {
        return false;
    }
    if (k->chars < NX_HTML_PROSE_MIN) {
        return belongs(c, k, text);
    }
    // Lists of other stories are told with the text by some.
    uint32_t linked = nx_html_percent(k->link_chars, k->chars);
    bool pointer = c->t->nodes[k->node].tag == NX_TAG_LI && linked >= LIST_LINKED;
    return !pointer && !nx_html_is_signpost(text, linked) && !nx_html_is_caption(text);
}

// Where the told text begins below the headline: what is told often leaves out the opening.
static size_t first_told(const nx_html_chooser *c, size_t headline)
{
    size_t i = headline != SIZE_MAX ? headline + 1 : 0;
    while (i < c->b->count &&
           !(is_told(c, i) && c->b->items[i].chars >= NX_HTML_PROSE_MIN &&
             !nx_html_is_titled(c, i) && !nx_html_is_heading(c, &c->b->items[i]))) {
        i++;
    }
    return i;
}

static nx_str class_of(const nx_html_chooser *c, const nx_html_block *k)
{
    return nx_html_attr_get(c->t, k->node, NX_ATTR_CLASS);
}

// The first paragraph of the story that is in nothing called junk; the count of blocks: none.
static size_t first_paragraph(const nx_html_chooser *c)
{
    size_t i = 0;
    for (; i < c->b->count; i++) {
        const nx_html_block *k = &c->b->items[i];
        if (k->first > c->out->top && !k->struck && k->ends_sentence &&
            c->t->nodes[k->node].tag == NX_TAG_P) {
            break;
        }
    }
    return i;
}

static bool is_of_picture(const nx_html_chooser *c, uint32_t node)
{
    enum { LEVELS = 16 }; // between a caption's text and the picture
    for (uint32_t i = node, level = 0; i != 0 && level < LEVELS;
         i = c->t->nodes[i].parent, level++) {
        if (c->t->nodes[i].tag == NX_TAG_FIGURE || (c->words[i] & NX_WORD_CAPTION) != 0) {
            return true;
        }
    }
    return false;
}

// Is block i a paragraph with the class of the story's first one, and before it?
static bool is_alike_opening(const nx_html_chooser *c, size_t i, size_t paragraph)
{
    const nx_html_block *k = &c->b->items[i];
    if (paragraph == c->b->count || i > paragraph) {
        return false;
    }
    nx_str name = class_of(c, k);
    return name.n > 0 && nx_str_eq(name, class_of(c, &c->b->items[paragraph])) &&
           !is_of_picture(c, k->node) && belongs(c, k, nx_html_block_text(c->b, i));
}

static void judge(nx_html_chooser *c)
{
    const nx_html_tree *t = c->t;
    const nx_html_node *top = &t->nodes[c->out->top];
    size_t headline = find_headline(c), first = first_told(c, headline);
    size_t paragraph = first_paragraph(c);
    bool begun = false; // some of the story is kept already
    for (size_t i = 0; i < c->b->count; i++) {
        nx_html_block *k = &c->b->items[i];
        begun |= i > 0 && c->b->items[i - 1].keep;
        bool inside = k->first > c->out->top && k->first < top->end;
        bool below = headline != SIZE_MAX && i > headline;
        k->keep = false;
        if (nx_html_is_titled(c, i) || t->nodes[k->node].tag == NX_TAG_H1) {
            continue;
        }
        if (inside && is_told(c, i)) {
            k->keep = true;
        } else if (k->first >= top->end || (headline != SIZE_MAX && !below)) {
            continue;
        } else if (k->struck) {
            // The standfirst is called a teaser by some; what follows prose is one.
            k->keep = below && (is_alike_opening(c, i, paragraph) ||
                                (!begun && c->summed[i] >= SUMMARY_MATCH && is_lead(c, i)));
        } else if (is_lead(c, i)) {
            k->keep = inside || below;
        } else if (!inside && below && k->ends_sentence && k->chars >= LEAD_MIN &&
                   t->nodes[k->node].tag == NX_TAG_P &&
                   (!begun || is_alike_opening(c, i, paragraph))) {
            k->keep = belongs(c, k, nx_html_block_text(c->b, i));
        } else if (!c->guided || nx_html_is_heading(c, k)) {
            k->keep = inside && belongs(c, k, nx_html_block_text(c->b, i));
        } else {
            k->keep = below && i < first && nx_html_prose(c, k) >= LEAD_MIN &&
                      belongs(c, k, nx_html_block_text(c->b, i));
        }
    }
    nx_html_drop_following(c);
    drop_trailing_headings(c);
}

static void measure(nx_html_chooser *c)
{
    nx_html_story *o = c->out;
    o->chars = o->good = o->paragraphs = o->linked_heads = o->linked_lines = 0;
    uint32_t end = c->t->nodes[o->top].end;
    for (size_t i = 0; i < c->b->count; i++) {
        const nx_html_block *k = &c->b->items[i];
        if (k->keep) {
            uint32_t q = nx_html_prose(c, k);
            o->chars += k->chars;
            o->good += q;
            o->paragraphs += q >= NX_HTML_PROSE_MIN;
        }
        bool around = k->first > o->top && k->first < end && !k->struck;
        if (around && nx_html_percent(k->link_chars, k->chars) >= LIST_LINKED) {
            o->linked_heads += nx_html_is_heading(c, k);
            o->linked_lines += k->chars >= NX_HTML_PROSE_MIN;
        }
    }
}

static void select_story(nx_html_chooser *c)
{
    c->out->top = nx_html_find_part(c);
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

// Characters of the blocks found in the told text that are in no struck element.
static uint32_t unstruck_matches(const nx_html_chooser *c)
{
    uint32_t chars = 0;
    for (size_t i = 0; i < c->b->count; i++) {
        const nx_html_block *k = &c->b->items[i];
        chars += c->match[i] && !k->struck ? k->chars : 0;
    }
    return chars;
}

// How much of the told text is on the page, in 1/100.
static nx_status told_on_page(const nx_html_chooser *c, nx_str told, int *share, nx_error *err)
{
    nx_shingles page;
    nx_status s = nx_shingles_make(&page, nx_buf_str(&c->b->text), err);
    *share = s == NX_OK ? nx_shingles_share(&page, told) : 0;
    nx_shingles_release(&page);
    return s;
}

// The told text may be the whole story, its first paragraphs, or a story the page does not show.
static nx_status follow_told(nx_html_chooser *c, nx_str told, nx_error *err)
{
    uint32_t matched = 0, before = c->out->chars;
    nx_status s = match_told(c, told, &matched, err);
    if (s != NX_OK) {
        return s;
    }
    int on_page = 0;
    s = told_on_page(c, told, &on_page, err);
    if (s != NX_OK) {
        return s;
    }
    uint32_t size = visible_chars(told);
    if (on_page < ON_PAGE) {
        c->out->told_only = size > before + before / 2;
        return NX_OK;
    }
    if (nx_html_percent(matched, before) < WHOLE) {
        return NX_OK; // only its opening was told
    }
    c->guided = true;
    c->shown = nx_html_percent(unstruck_matches(c), size) >= SHOWN;
    nx_html_weigh(c);
    select_story(c);
    return NX_OK;
}

static nx_status choose(nx_html_chooser *c, const nx_html_hints *hints, nx_error *err)
{
    nx_status s = compare_all(c, hints->title, c->titled, err);
    for (size_t i = 0; i < NX_HTML_SUMMARIES && s == NX_OK; i++) {
        bool again = i > 0 && nx_str_eq(hints->summaries[i], hints->summaries[i - 1]);
        s = again ? NX_OK : compare_all(c, hints->summaries[i], c->summed, err);
    }
    if (s != NX_OK) {
        return s;
    }
    nx_html_read_names(c);
    nx_html_weigh(c);
    nx_html_strike(c);
    nx_html_weigh(c);
    select_story(c);
    return hints->told.n >= TOLD_MIN ? follow_told(c, hints->told, err) : NX_OK;
}

nx_status nx_html_body_choose(const nx_html_tree *t, nx_html_blocks *b, const nx_html_hints *hints,
                              nx_html_story *out, nx_error *err)
{
    *out = (nx_html_story){0};
    nx_html_chooser c = {
        .t = t,
        .b = b,
        .mass = calloc(t->count, sizeof *c.mass),
        .words = calloc(t->count, sizeof *c.words),
        .match = calloc(b->count + 1, sizeof *c.match),
        .titled = calloc(b->count + 1, sizeof *c.titled),
        .summed = calloc(b->count + 1, sizeof *c.summed),
        .out = out,
    };
    bool memory = c.mass != NULL && c.words != NULL && c.match != NULL && c.titled != NULL &&
                  c.summed != NULL;
    nx_status s = memory ? choose(&c, hints, err) : nx_fail_nomem(err);
    free(c.mass);
    free(c.words);
    free(c.match);
    free(c.titled);
    free(c.summed);
    return s;
}
