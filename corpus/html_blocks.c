// html_blocks.c: one walk over the tree that folds, counts and cuts.
#include "corpus/html_blocks.h"

#include <stdlib.h>

#include "corpus/html_text.h"
#include "text/analysis.h"

struct cutter {
    nx_html_blocks *out;
    const nx_html_tree *t;
    nx_html_block now;             // the block being filled
    bool open, pending;            // a block has begun; a space is due
    uint32_t link_end, strong_end; // inside a link, in bold, up to this node
    uint32_t pre_end;              // inside <pre>
    bool nomem;
};

// Prose also ends where a list or another clause follows.
static bool ends_sentence(nx_str s)
{
    return nx_sentence_ends(s) || nx_str_ends(s, NX_STR(":")) || nx_str_ends(s, NX_STR(";"));
}

// Is the character of three bytes Thai or Lao? Their sentences end in nothing but a space.
static bool is_thai(const char *p)
{
    unsigned char second = (unsigned char)p[1];
    return (unsigned char)p[0] == 0xe0 && second >= 0xb8 && second <= 0xbb;
}

static void finish(struct cutter *c)
{
    nx_html_blocks *o = c->out;
    c->pending = false;
    if (!c->open) {
        return;
    }
    c->open = false;
    if (o->text.failed) {
        c->nomem = true;
        return;
    }
    c->now.size = (uint32_t)(o->text.len - c->now.from);
    const char *end = o->text.data + o->text.len;
    bool clauses = c->now.stops > 1 && c->now.size >= 3 && is_thai(end - 3);
    c->now.ends_sentence =
        clauses || ends_sentence(nx_str_make(o->text.data + c->now.from, c->now.size));
    nx_buf_addc(&o->text, '\n');
    if (o->count == o->cap) {
        size_t cap = o->cap < 64 ? 64 : o->cap * 2;
        nx_html_block *items = realloc(o->items, cap * sizeof *items);
        if (items == NULL) {
            c->nomem = true;
            return;
        }
        o->items = items;
        o->cap = cap;
    }
    o->items[o->count++] = c->now;
}

static bool is_space(const char *p, const char *end)
{
    return nx_is_space(*p) || (*p == '\xc2' && p + 1 < end && p[1] == '\xa0');
}

// Adds a word and its measures.
static void add_word(struct cutter *c, const char *p, size_t n, bool linked, bool strong)
{
    nx_buf *text = &c->out->text;
    if (c->pending && c->open) {
        nx_buf_addc(text, ' ');
    }
    c->pending = false;
    if (!c->open) {
        c->open = true;
        c->now.from = (uint32_t)text->len;
    }
    nx_buf_add(text, p, n);
    uint32_t chars = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned char b = (unsigned char)p[i];
        chars += (b & 0xc0) != 0x80;
        chars += b >= 0xe3 && b <= 0xed; // kana, ideographs, hangul
    }
    char last = p[n - 1];
    bool stop = last == '.' || last == ',' || last == '!' || last == '?' || last == ';';
    if (!stop && n >= 3 && ((unsigned char)p[n - 3] >= 0xe3 || is_thai(p + n - 3))) {
        stop = true; // scripts without spaces: the whole clause is one word
    }
    c->now.stops = (uint16_t)(c->now.stops + (stop && c->now.stops < UINT16_MAX));
    c->now.chars += chars;
    c->now.link_chars += linked ? chars : 0;
    c->now.strong_chars += strong ? chars : 0;
}

static void add_words(struct cutter *c, nx_str text, uint32_t node)
{
    if (!c->open) {
        c->now = (nx_html_block){.node = c->t->nodes[node].block, .first = node};
    }
    const char *p = text.p, *end = p + text.n;
    while (p < end) {
        if (is_space(p, end)) {
            c->pending = true;
            p += *p == '\xc2' ? 2 : 1;
            continue;
        }
        const char *word = p;
        while (p < end && !is_space(p, end)) {
            p++;
        }
        add_word(c, word, (size_t)(p - word), node < c->link_end, node < c->strong_end);
    }
}

static void add_text(struct cutter *c, uint32_t node)
{
    nx_str text = c->t->nodes[node].text;
    while (node < c->pre_end && text.n > 0) {
        size_t part = nx_html_pre_paragraph(text);
        if (part == text.n) {
            break;
        }
        add_words(c, nx_str_make(text.p, part), node);
        finish(c);
        text = nx_str_skip(text, part);
    }
    add_words(c, text, node);
}

static void cut(struct cutter *c)
{
    const nx_html_tree *t = c->t;
    for (uint32_t i = 0; i < t->count && !c->nomem;) {
        const nx_html_node *n = &t->nodes[i];
        bool breaks = n->tag == NX_TAG_BR || nx_html_is_block(n->tag);
        if (breaks || (n->tag == NX_TAG_TEXT && c->open && n->block != c->now.node)) {
            finish(c);
        }
        if (nx_html_is_mute(n->tag)) {
            i = n->end;
            continue;
        }
        if (n->tag == NX_TAG_TEXT) {
            add_text(c, i);
        } else if (n->tag == NX_TAG_A) {
            c->link_end = n->end > c->link_end ? n->end : c->link_end;
        } else if (n->tag == NX_TAG_PRE) {
            c->pre_end = n->end > c->pre_end ? n->end : c->pre_end;
        } else if (n->tag == NX_TAG_STRONG || n->tag == NX_TAG_B_) {
            c->strong_end = n->end > c->strong_end ? n->end : c->strong_end;
        }
        i++;
    }
    finish(c);
}

nx_status nx_html_blocks_make(nx_html_blocks *out, const nx_html_tree *t, nx_error *err)
{
    *out = (nx_html_blocks){0};
    nx_buf_init(&out->text, UINT32_MAX);
    struct cutter c = {.out = out, .t = t};
    cut(&c);
    if (c.nomem || out->text.failed) {
        nx_html_blocks_release(out);
        return nx_fail_nomem(err);
    }
    return NX_OK;
}

void nx_html_blocks_release(nx_html_blocks *b)
{
    nx_buf_release(&b->text);
    free(b->items);
    *b = (nx_html_blocks){0};
    nx_buf_init(&b->text, UINT32_MAX);
}
