// html_title.c: the headline, which a page gives up to five times: as its <h1>, in its linked data,
// in two kinds of <meta> and in its <title>, often with the site's name or a kicker attached.
//
// What the page shows is taken when its data says the same, because data alone is often written
// for search engines and <h1> alone is often the site's name.
#include "corpus/html_page.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

enum { H1_MAX = 8, CANDIDATES_MAX = H1_MAX + 6, SAME_MIN = 8 };

struct candidate {
    nx_str text; // one line
    nx_from from;
    bool h1;
};

struct candidates {
    struct candidate items[CANDIDATES_MAX];
    size_t count;
    nx_arena *arena;
};

static void add(struct candidates *c, nx_str line, nx_from from, bool h1)
{
    nx_str kept =
        line.n > 0 && c->count < CANDIDATES_MAX ? nx_arena_copy(c->arena, line) : NX_STR_NONE;
    if (kept.p != NULL) {
        c->items[c->count++] = (struct candidate){nx_str_trim(kept), from, h1};
    }
}

static void add_h1s(struct candidates *c, nx_html_page *p)
{
    for (uint32_t i = p->h1; i != 0 && i < p->tree.count && c->count < H1_MAX; i++) {
        if (p->tree.nodes[i].tag == NX_TAG_H1) {
            add(c, nx_html_page_line(p, i), NX_FROM_MARKUP, true);
        }
    }
}

// Does a character that titles are compared by start at s.p[*i]? Moves *i over it. Punctuation and
// spaces (ASCII, Latin-1, General Punctuation, CJK) are not compared.
static bool compared(nx_str s, size_t *i)
{
    unsigned char c = (unsigned char)s.p[*i];
    if (c < 0x80) {
        bool word = nx_is_alpha(s.p[*i]) || nx_is_digit(s.p[*i]);
        *i += 1;
        return word;
    }
    unsigned char d = *i + 1 < s.n ? (unsigned char)s.p[*i + 1] : 0;
    size_t size = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    *i += size < s.n - *i ? size : s.n - *i;
    return !(c == 0xc2 || (c == 0xe2 && d <= 0x81) || (c == 0xe3 && d == 0x80));
}

// How much of a must be read to have all of b, comparing letters and digits only; 0: b does not
// begin a. *whole: nothing but punctuation is left of a.
static size_t begins(nx_str a, nx_str b, bool *whole)
{
    size_t i = 0, k = 0, matched = 0;
    for (;;) {
        size_t bs = k;
        while (k < b.n && (bs = k, !compared(b, &k))) {
            bs = k;
        }
        if (bs >= b.n) {
            break;
        }
        size_t as = i;
        while (i < a.n && (as = i, !compared(a, &i))) {
            as = i;
        }
        if (as >= a.n || i - as != k - bs ||
            !nx_str_eq_nocase(nx_str_make(a.p + as, i - as), nx_str_make(b.p + bs, k - bs))) {
            return 0;
        }
        matched = i;
    }
    size_t rest = matched;
    *whole = true;
    while (rest < a.n) {
        if (compared(a, &rest)) {
            *whole = false;
            break;
        }
    }
    return matched;
}

static bool same(nx_str a, nx_str b)
{
    bool whole = false;
    return begins(a, b, &whole) > 0 && whole;
}

static const char *const separators[] = {"|",      "-",      "\u2013", "\u2014", "\u00b7",
                                         ":",      "\u00bb", "/",      "\u2022", "\uff1a",
                                         "\uff5c", "\u3163", "\u00ab", "\u30fb"};

static bool begins_with_separator(nx_str s)
{
    s = nx_str_trim(s);
    for (size_t i = 0; i < COUNT(separators); i++) {
        if (nx_str_starts(s, nx_str_of(separators[i]))) {
            return true;
        }
    }
    return false;
}

// Cuts what follows a headline that another candidate gives without it.
static nx_str cut_by_others(const struct candidates *c, size_t self)
{
    nx_str s = c->items[self].text;
    for (size_t i = 0; i < c->count; i++) {
        nx_str other = c->items[i].text;
        bool whole = false;
        size_t n = other.n >= SAME_MIN && i != self ? begins(s, other, &whole) : 0;
        if (n > 0 && !whole && other.n < s.n &&
            begins_with_separator(nx_str_make(s.p + n, s.n - n))) {
            return other;
        }
    }
    return s;
}

// Cuts " | Site" and " - Site" where the tail is the site's name, or is short behind a bar.
static nx_str cut_site(nx_str s, nx_str site)
{
    static const char *const marks[] = {" | ",      " - ", " \u2013 ", " \u2014 ", " \u00b7 ",
                                        " \u00bb ", " / ", " \u2022 ", " :: ",     " : "};
    size_t cut = SIZE_MAX, size = 0;
    for (size_t i = 0; i < COUNT(marks); i++) {
        nx_str m = nx_str_of(marks[i]);
        for (size_t at = 0; (at = nx_str_find(s, m, at)) != SIZE_MAX; at++) {
            if (cut == SIZE_MAX || at > cut) {
                cut = at;
                size = m.n;
            }
        }
    }
    if (cut == SIZE_MAX) {
        return s;
    }
    nx_str head = nx_str_trim(nx_str_make(s.p, cut));
    nx_str tail = nx_str_trim(nx_str_make(s.p + cut + size, s.n - cut - size));
    bool whole = false;
    bool named = site.n > 0 && (begins(tail, site, &whole) > 0 || begins(site, tail, &whole) > 0 ||
                                nx_str_find_nocase(tail, site, 0) != SIZE_MAX);
    bool short_tail = s.p[cut + 1] == '|' && tail.n < head.n;
    return head.n >= SAME_MIN && (named || short_tail) ? head : s;
}

// Is one of another kind the same?
static bool confirmed(const struct candidates *c, size_t self)
{
    for (size_t i = 0; i < c->count; i++) {
        if (i != self && !(c->items[i].h1 && c->items[self].h1) &&
            same(c->items[i].text, c->items[self].text)) {
            return true;
        }
    }
    return false;
}

// The candidate to take; they are in order of trust, headings first.
static const struct candidate *chosen(const struct candidates *c, size_t h1s)
{
    for (size_t i = 0; i < c->count; i++) {
        if (confirmed(c, i)) {
            return &c->items[i];
        }
    }
    if (c->count > h1s) {
        return &c->items[h1s];
    }
    return c->count > 0 ? &c->items[0] : NULL;
}

void nx_html_page_title(nx_html_page *p, nx_article *a)
{
    static const char *const metas[] = {"og:title", "twitter:title", "dc.title", "title"};
    struct candidates c = {.arena = a->arena};
    add_h1s(&c, p);
    size_t h1s = c.count;
    nx_str headline = nx_jsonld_text(&p->ld, nx_json_get(p->ld.article, "headline"));
    add(&c, nx_html_page_plain(p, headline), NX_FROM_JSONLD, false);
    for (size_t i = 0; i < COUNT(metas); i++) {
        add(&c, nx_html_page_plain(p, nx_html_page_meta(p, metas[i])), NX_FROM_META, false);
    }
    if (p->title_node != 0 && p->tree.nodes[p->title_node].end > p->title_node + 1) {
        add(&c, p->tree.nodes[p->title_node + 1].text, NX_FROM_MARKUP, false);
    }
    nx_str site = nx_html_page_meta(p, "og:site_name");
    site = site.p != NULL ? site : a->source.s;
    for (size_t i = h1s; i < c.count; i++) {
        c.items[i].text = cut_site(cut_by_others(&c, i), site);
    }
    const struct candidate *best = chosen(&c, h1s);
    if (best != NULL) {
        nx_article_set(a, &a->title, best->text, best->from);
    }
}
