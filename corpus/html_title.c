// html_title.c: the headline, which a page gives up to five times: as its <h1>, in its linked data,
// in two kinds of <meta> and in its <title>, often with the site's name or a kicker attached.
//
// The one that is given for showing the story elsewhere (og:title) is taken, because that is what
// an index does: it needs no page around it, where <h1> may go on from a kicker or be the site's
// name. Where it only repeats <title>, which is written for search engines, the linked data's
// counts.
#include "corpus/html_page.h"

enum {
    H1_MAX = 8,
    CANDIDATES_MAX = H1_MAX + 12,
    SAME_MIN = 8,
    CUT_MIN = 100, // bytes of a headline that was cut to fit a limit (Google's is 110 characters)
    HEADLINE_MIN = 12, // bytes of a line that is the headline because <title> has it, too
};

// SHARED: og:title; LINE: the headline of a page without <h1>
enum kind { H1, LINKED, SHARED, OTHER_META, TITLE, LINE };

struct candidate {
    nx_str text; // one line
    nx_from from;
    enum kind kind;
};

struct candidates {
    struct candidate items[CANDIDATES_MAX];
    size_t count;
    nx_str site; // its name is no headline
    nx_arena *arena;
};

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

static void add(struct candidates *c, nx_str line, nx_from from, enum kind kind)
{
    line = nx_str_trim(line);
    bool fit = line.n > 0 && c->count < CANDIDATES_MAX && !(kind != H1 && same(line, c->site));
    nx_str kept = fit ? nx_arena_copy(c->arena, line) : NX_STR_NONE;
    if (kept.p != NULL) {
        c->items[c->count++] = (struct candidate){kept, from, kind};
    }
}

static void add_h1s(struct candidates *c, nx_html_page *p)
{
    for (uint32_t i = p->h1; i != 0 && i < p->tree.count && c->count < H1_MAX; i++) {
        if (p->tree.nodes[i].tag == NX_TAG_H1) {
            add(c, nx_html_page_line(p, i), NX_FROM_MARKUP, H1);
        }
    }
}

// "Cup final | Ferry line to close" where the headline is "Ferry line to close".
static bool has_kicker(nx_str text, nx_str headline)
{
    return headline.n >= SAME_MIN && headline.n < text.n &&
           nx_str_eq_nocase(nx_str_make(text.p + text.n - headline.n, headline.n), headline);
}

static const char *const separators[] = {"|",      "-",      "\u2013", "\u2014", "\u00b7",
                                         ":",      "\u00bb", "/",      "\u2022", "\uff1a",
                                         "\uff5c", "\u3163", "\u00ab", "\u30fb"};

static bool begins_with_separator(nx_str s)
{
    s = nx_str_trim(s);
    for (size_t i = 0; i < NX_COUNT(separators); i++) {
        if (nx_str_starts(s, nx_str_of(separators[i]))) {
            return true;
        }
    }
    return false;
}

static bool ends_with_separator(nx_str s)
{
    s = nx_str_trim(s);
    for (size_t i = 0; i < NX_COUNT(separators); i++) {
        if (nx_str_ends(s, nx_str_of(separators[i]))) {
            return true;
        }
    }
    return false;
}

// Cuts what follows a headline that another candidate gives without it; of <title> also what comes
// before the line that the page shows.
static nx_str cut_by_others(const struct candidates *c, size_t self)
{
    nx_str s = c->items[self].text;
    for (size_t i = 0; i < c->count; i++) {
        nx_str other = c->items[i].text;
        bool whole = false;
        if (c->items[self].kind == TITLE && c->items[i].kind == LINE && has_kicker(s, other) &&
            ends_with_separator(nx_str_make(s.p, s.n - other.n))) {
            return nx_str_make(s.p + s.n - other.n, other.n);
        }
        size_t n = other.n >= SAME_MIN && i != self ? begins(s, other, &whole) : 0;
        if (n > 0 && !whole && other.n < s.n && begins_with_separator(nx_str_skip(s, n))) {
            return other;
        }
    }
    return s;
}

// Is tail the name of the outlet, one of the two perhaps with more words?
static bool is_name(nx_str tail, nx_str name)
{
    bool whole = false;
    return name.n > 0 && (begins(tail, name, &whole) > 0 || begins(name, tail, &whole) > 0 ||
                          nx_str_find_nocase(tail, name, 0) != SIZE_MAX);
}

// Where the last separator of s begins, and its size; SIZE_MAX: there is none.
static size_t last_separator(nx_str s, const char *const *marks, size_t count, size_t *size)
{
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        nx_str m = nx_str_of(marks[i]);
        for (size_t at = 0; (at = nx_str_find(s, m, at)) != SIZE_MAX; at++) {
            if (last == SIZE_MAX || at > last) {
                last = at;
                *size = m.n;
            }
        }
    }
    return last;
}

// Cuts one " | Site" or " - Section" whose tail is such a name, or is short behind a bar; s itself
// when there is none. within: the site was cut already, so that "-Section" is no compound word.
static nx_str cut_tail(nx_str s, nx_str site, nx_str section, bool within)
{
    static const char *const spaced[] = {" | ",      " - ", " \u2013 ", " \u2014 ", " \u00b7 ",
                                         " \u00bb ", " / ", " \u2022 ", " :: ",     " : "};
    static const char *const tight[] = {"|", "-", "_", "\u2013", "\u2014", "\uff5c", "\u3163"};
    size_t size = 0, at = last_separator(s, spaced, NX_COUNT(spaced), &size);
    bool loose = at != SIZE_MAX;
    if (!loose) {
        at = last_separator(s, tight, NX_COUNT(tight), &size);
    }
    if (at == SIZE_MAX) {
        return s;
    }
    nx_str head = nx_str_trim(nx_str_make(s.p, at));
    nx_str tail = nx_str_trim(nx_str_skip(s, at + size));
    bool named = loose ? is_name(tail, site) : same(tail, site);
    bool desk = (loose || within) && same(tail, section);
    bool short_tail = loose && s.p[at + 1] == '|' && tail.n < head.n;
    return head.n >= SAME_MIN && (named || desk || short_tail) ? head : s;
}

// Without the names of site and section at its end.
static nx_str cut_site(nx_str s, nx_str site, nx_str section)
{
    enum { TAILS_MAX = 8 };
    size_t whole = s.n;
    for (int i = 0; i < TAILS_MAX; i++) {
        nx_str cut = cut_tail(s, site, section, s.n < whole);
        if (cut.n == s.n) {
            break;
        }
        s = cut;
    }
    return s;
}

// Is one of another kind the same?
static bool confirmed(const struct candidates *c, size_t self)
{
    for (size_t i = 0; i < c->count; i++) {
        if (i != self && c->items[i].kind + c->items[self].kind != 2 * H1 &&
            same(c->items[i].text, c->items[self].text)) {
            return true;
        }
    }
    return false;
}

// The first of a kind; NULL: none.
static const struct candidate *first_of(const struct candidates *c, enum kind kind)
{
    for (size_t i = 0; i < c->count; i++) {
        if (c->items[i].kind == kind) {
            return &c->items[i];
        }
    }
    return NULL;
}

static bool is_any(const struct candidates *c, enum kind kind, nx_str text)
{
    for (size_t i = 0; i < c->count; i++) {
        if (c->items[i].kind == kind && same(c->items[i].text, text)) {
            return true;
        }
    }
    return false;
}

// The whole of what was cut off at three dots, at a quotation mark that ended an attribute, or
// inside of a word because it was long.
static const struct candidate *whole_of(const struct candidates *c, const struct candidate *cut)
{
    nx_str text = cut->text;
    bool dots = nx_str_ends(text, NX_STR("...")) || nx_str_ends(text, NX_STR("\u2026"));
    bool cut_long = text.n >= CUT_MIN;
    for (size_t i = 0; i < c->count; i++) {
        nx_str other = c->items[i].text;
        bool whole = false;
        size_t n = begins(other, text, &whole);
        nx_str rest = nx_str_skip(other, n);
        if (n > 0 && !whole && (c->items[i].kind == H1 || c->items[i].kind == LINKED) &&
            (dots || (cut_long && nx_is_alpha(rest.p[0])) ||
             nx_str_starts(nx_str_trim(rest), NX_STR("\"")))) {
            return &c->items[i];
        }
    }
    return cut;
}

// The candidate to take when none is given for sharing: they are in order of trust, what the page
// marks as its headline first, then headings.
static const struct candidate *most_trusted(const struct candidates *c)
{
    const struct candidate *marked = first_of(c, LINKED);
    if (marked != NULL && marked->from == NX_FROM_MICRODATA) {
        return marked;
    }
    for (size_t i = 0; i < c->count; i++) {
        if (confirmed(c, i)) {
            return whole_of(c, &c->items[i]);
        }
    }
    for (size_t i = 0; i < c->count; i++) {
        if (c->items[i].kind != H1) {
            return whole_of(c, &c->items[i]);
        }
    }
    return c->count > 0 ? &c->items[0] : NULL;
}

static const struct candidate *chosen(const struct candidates *c)
{
    const struct candidate *shared = first_of(c, SHARED), *told = first_of(c, LINKED);
    if (shared == NULL) {
        return most_trusted(c);
    }
    shared = whole_of(c, shared);
    if (told == NULL || same(told->text, shared->text)) {
        return shared;
    }
    bool shown = is_any(c, H1, shared->text), told_shown = is_any(c, H1, told->text);
    bool for_machines = is_any(c, TITLE, shared->text) && !shown;
    bool kicker = told_shown && has_kicker(shared->text, told->text);
    return for_machines || kicker ? told : shared;
}

// Is s the value of a property called headline: "headline", "schema:headline"?
static bool is_headline_property(nx_str s)
{
    return nx_html_has_word(s, NX_STR("headline")) ||
           nx_html_has_word(s, NX_STR("schema:headline"));
}

// Is element i what hAtom calls the title of an entry? Blogs have their own name in <h1>.
static bool is_entry_title(const nx_html_page *p, uint32_t i)
{
    const uint8_t tag = p->tree.nodes[i].tag;
    return (tag == NX_TAG_H1 || tag == NX_TAG_H2 || tag == NX_TAG_H3) &&
           nx_html_has_word(nx_html_attr_get(&p->tree, i, NX_ATTR_CLASS), NX_STR("entry-title"));
}

// The one element that microdata, RDFa or hAtom call the headline; where there are several, lists
// of other stories have theirs.
static void add_marked(struct candidates *c, nx_html_page *p)
{
    uint32_t found = 0;
    for (uint32_t i = 1; i < p->tree.count; i++) {
        const nx_html_node *n = &p->tree.nodes[i];
        if (n->attr_count == 0 || n->tag == NX_TAG_META ||
            !(is_headline_property(nx_html_attr_get(&p->tree, i, NX_ATTR_ITEMPROP)) ||
              is_headline_property(nx_html_attr_get(&p->tree, i, NX_ATTR_PROPERTY)) ||
              is_entry_title(p, i))) {
            continue;
        }
        if (found != 0) {
            return;
        }
        found = i;
    }
    nx_str line = found != 0 ? nx_html_page_line(p, found) : NX_STR_NONE;
    // A heading is known already, and counts as one where a headline is given for sharing.
    if (line.n > 0 && (first_of(c, SHARED) == NULL || !is_any(c, H1, line))) {
        add(c, line, NX_FROM_MICRODATA, LINKED);
    }
}

static void add_data(struct candidates *c, nx_html_page *p)
{
    static const char *const metas[] = {"og:title", "twitter:title", "dc.title",
                                        "title",    "headline",      "parsely-title"};
    static const char *const names[] = {"headline", "name"};
    for (size_t i = 0; i < NX_COUNT(names) && first_of(c, LINKED) == NULL; i++) {
        nx_str headline = nx_jsonld_text(&p->ld, nx_json_get(p->ld.article, names[i]));
        add(c, nx_html_page_plain(p, headline), NX_FROM_JSONLD, LINKED);
    }
    for (size_t i = 0; i < NX_COUNT(metas); i++) {
        add(c, nx_html_page_plain(p, nx_html_page_meta(p, metas[i])), NX_FROM_META,
            i == 0 ? SHARED : OTHER_META);
    }
    if (p->title_node != 0 && p->tree.nodes[p->title_node].end > p->title_node + 1) {
        add(c, p->tree.nodes[p->title_node + 1].text, NX_FROM_MARKUP, TITLE);
    }
    if (first_of(c, LINKED) == NULL) {
        add_marked(c, p);
    }
    add(c, p->headline, NX_FROM_MARKUP, LINE);
}

static size_t spaces(nx_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        n += s.p[i] == ' ';
    }
    return n;
}

void nx_html_page_find_headline(nx_html_page *p)
{
    enum { WORDS_MIN = 3 }; // of a line that is not just the name of the site
    nx_str title = p->title_node != 0 ? nx_html_page_line(p, p->title_node) : NX_STR_NONE;
    if (p->h1 != 0) {
        return;
    }
    for (size_t i = 0; i < p->blocks.count && title.n > 0; i++) {
        const nx_html_block *k = &p->blocks.items[i];
        nx_str line = nx_html_block_text(&p->blocks, i);
        if (line.n >= HEADLINE_MIN && line.n > p->headline.n && k->link_chars * 2 < k->chars &&
            spaces(line) + 1 >= WORDS_MIN && nx_str_find_nocase(title, line, 0) != SIZE_MAX) {
            p->headline = line;
            p->h1 = k->first;
        }
    }
}

void nx_html_page_title(nx_html_page *p, nx_article *a)
{
    nx_str site = nx_html_page_meta(p, "og:site_name");
    struct candidates c = {.arena = a->arena, .site = site.p != NULL ? site : a->source.s};
    add_h1s(&c, p);
    add_data(&c, p);
    for (size_t i = 0; i < c.count; i++) {
        if (c.items[i].kind != H1) {
            c.items[i].text = cut_site(cut_by_others(&c, i), c.site, a->section.s);
        }
    }
    const struct candidate *best = chosen(&c);
    if (best != NULL) {
        nx_article_set(a, &a->title, best->text, best->from);
    }
}
