// html_markup.c: facts that a page shows to people: microdata and RDFa, times.
#include "corpus/html_page.h"

#include "corpus/attribute.h"
#include "corpus/html_words.h"

enum { BYLINE_MAX = 200, DATE_LINE_MAX = 120, TRIES = 64 /* elements looked at for a fact */ };

// What an element with itemprop or <time> says: its content or datetime, else its text.
static nx_str value_of(nx_html_page *p, uint32_t i)
{
    nx_str v = nx_html_attr_get(&p->tree, i, NX_ATTR_CONTENT);
    v = v.n > 0 ? v : nx_html_attr_get(&p->tree, i, NX_ATTR_DATETIME);
    return v.n > 0 ? v : nx_html_page_line(p, i);
}

static void set_when(nx_when *when, nx_str s, int zone_min, nx_from from)
{
    if (s.n < DATE_LINE_MAX) {
        nx_when_set(when, s, zone_min, from);
    }
}

// The property that an element gives: itemprop of microdata, or property of RDFa without its
// prefix; <meta> was read before.
static nx_str property_of(const nx_html_page *p, uint32_t i)
{
    const nx_html_node *n = &p->tree.nodes[i];
    if (n->attr_count == 0) {
        return NX_STR_NONE;
    }
    nx_str prop = nx_html_attr_get(&p->tree, i, NX_ATTR_ITEMPROP);
    if (prop.n == 0 && n->tag != NX_TAG_META) {
        prop = nx_html_attr_get(&p->tree, i, NX_ATTR_PROPERTY);
        size_t colon = nx_str_find(prop, NX_STR(":"), 0);
        prop = colon != SIZE_MAX ? nx_str_skip(prop, colon + 1) : prop;
    }
    return prop;
}

// The name of a person or organisation: that of the property called so inside the element, which a
// <meta> may hold, else what the element says.
static nx_str name_of(nx_html_page *p, uint32_t i)
{
    uint32_t end = p->tree.nodes[i].end;
    for (uint32_t k = i + 1; k < end && k - i < TRIES; k++) {
        if (nx_html_has_word(property_of(p, k), NX_STR("name"))) {
            return value_of(p, k);
        }
    }
    return value_of(p, i);
}

static void microdata(nx_html_page *p, nx_article *a, int zone_min)
{
    bool authors = a->author_count == 0;
    for (uint32_t i = 1, tries = 0; i < p->tree.count && tries < TRIES; i++) {
        nx_str prop = property_of(p, i);
        if (prop.n == 0) {
            continue;
        }
        tries++;
        if (nx_html_has_word(prop, NX_STR("datePublished")) ||
            nx_html_has_word(prop, NX_STR("dc:created"))) { // "dc:date dc:created" of Drupal
            set_when(&a->published, value_of(p, i), zone_min, NX_FROM_MICRODATA);
        } else if (nx_html_has_word(prop, NX_STR("dateModified"))) {
            set_when(&a->updated, value_of(p, i), zone_min, NX_FROM_MICRODATA);
        } else if (authors && nx_html_has_word(prop, NX_STR("author"))) {
            nx_str name = name_of(p, i);
            if (name.n < BYLINE_MAX) {
                nx_html_page_add_author(p, a, name, NX_FROM_MICRODATA);
            }
        } else if (nx_html_has_word(prop, NX_STR("publisher")) &&
                   p->tree.nodes[i].tag != NX_TAG_META) {
            nx_str name = name_of(p, i);
            if (name.n < BYLINE_MAX && !nx_url_is_web(name)) {
                nx_article_set(a, &a->source, name, NX_FROM_MICRODATA);
            }
        }
    }
}

// Sets published when a piece of line is a date and nothing else: "By Ada Moreno | 5 March 2024".
static void set_by_piece(nx_when *published, nx_str line, int zone_min)
{
    static const char *const joints[] = {"|", ";", "(", " - ", " \u2013 ", "\u00b7", "\u2022"};
    while (line.n > 0 && !published->known) {
        size_t end = line.n, next = line.n;
        for (size_t i = 0; i < NX_COUNT(joints); i++) {
            nx_str joint = nx_str_of(joints[i]);
            size_t at = nx_str_find(line, joint, 0);
            if (at < end) {
                end = at;
                next = at + joint.n;
            }
        }
        set_when(published, nx_str_make(line.p, end), zone_min, NX_FROM_MARKUP);
        line = nx_str_skip(line, next);
    }
}

// Lines between the headline and the first paragraphs of the story.
static void shown_lines(nx_html_page *p, nx_article *a, int zone_min)
{
    enum { OPENING = 2 }; // paragraphs of the story, such as a standfirst, that a date may follow
    size_t kept = 0, tries = 0;
    for (size_t i = 0; i < p->blocks.count && kept < OPENING && tries < TRIES; i++) {
        const nx_html_block *k = &p->blocks.items[i];
        kept += k->keep;
        if (!k->keep && k->first >= p->h1 && k->size <= DATE_LINE_MAX && k->link_chars == 0) {
            tries++;
            set_by_piece(&a->published, nx_html_block_text(&p->blocks, i), zone_min);
        }
    }
}

// Where to begin to look for a time: behind the start of what holds the headline, or at the
// headline when that is the page or the head of one, where the day of the visit may stand above.
static uint32_t times_start(const nx_html_page *p)
{
    enum { BEFORE_MAX = 16 };
    for (uint32_t i = p->h1; i > 1 && p->h1 - i < BEFORE_MAX; i--) {
        const nx_html_node *n = &p->tree.nodes[i - 1];
        if (n->end > p->h1) {
            bool page = n->tag == NX_TAG_BODY || n->tag == NX_TAG_HEADER || i == 1;
            return page ? p->h1 : i;
        }
    }
    return p->h1;
}

// The first time shown between the headline and the end of the story.
static void shown_times(nx_html_page *p, nx_article *a, int zone_min)
{
    const nx_html_tree *t = &p->tree;
    const uint32_t start = times_start(p), end = t->nodes[p->story.top].end;
    for (uint32_t i = start, tries = 0; i < end && tries < TRIES && !a->published.known; i++) {
        if (t->nodes[i].tag == NX_TAG_TIME) {
            tries++;
            set_when(&a->published, value_of(p, i), zone_min, NX_FROM_MARKUP);
        }
    }
    for (uint32_t i = start, tries = 0; i < end && tries < TRIES && !a->published.known; i++) {
        if (t->nodes[i].attr_count == 0 ||
            (nx_html_words(nx_html_attr_get(t, i, NX_ATTR_CLASS)) & NX_WORD_DATE) == 0) {
            continue;
        }
        tries++;
        set_when(&a->published, nx_html_attr_get(t, i, NX_ATTR_TITLE), zone_min, NX_FROM_MARKUP);
        nx_str line = a->published.known ? NX_STR_NONE : nx_html_page_line(p, i);
        nx_when got = {0};
        if (line.n > 0 && line.n < DATE_LINE_MAX && nx_date_find(line, zone_min, &got)) {
            a->published = got;
            a->published.from = NX_FROM_MARKUP;
        }
    }
    if (!a->published.known) {
        shown_lines(p, a, zone_min);
    }
}

// WordPress links the story to its category: <a rel="category tag">.
static void linked_section(nx_html_page *p, nx_article *a)
{
    const nx_html_tree *t = &p->tree;
    const uint32_t end = t->nodes[p->story.top].end;
    uint32_t box = p->h1 - 1; // what holds the headline
    while (box > 0 && t->nodes[box].end <= p->h1) {
        box--;
    }
    for (uint32_t i = box; i < end && a->section.s.p == NULL; i++) {
        if (t->nodes[i].tag == NX_TAG_A &&
            nx_html_has_word(nx_html_attr_get(t, i, NX_ATTR_REL), NX_STR("category"))) {
            nx_article_set(a, &a->section, nx_html_page_line(p, i), NX_FROM_MARKUP);
        }
    }
}

// The day that ends the headline of a daily bulletin, "Evening news 2021-07-17", in the one form
// that is not also how a story speaks of a day.
static void titled_day(nx_article *a)
{
    enum { DAY_BYTES = sizeof "2021-07-17" - 1 };
    nx_str title = a->title.s;
    if (a->published.known || title.n < DAY_BYTES) {
        return;
    }
    nx_str day = {title.p + title.n - DAY_BYTES, DAY_BYTES};
    bool apart = title.n == DAY_BYTES || day.p[-1] == ' ';
    if (apart && day.p[4] == '-' && day.p[7] == '-') {
        set_when(&a->published, day, 0, a->title.from);
    }
}

void nx_html_page_markup(nx_html_page *p, nx_article *a, int zone_min)
{
    microdata(p, a, zone_min);
    if (p->h1 != 0) {
        shown_times(p, a, zone_min);
        linked_section(p, a);
    }
    titled_day(a);
}
