// html_markup.c: facts that a page shows to people: microdata, times.
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
    nx_when got = {0};
    if (!when->known && s.n > 0 && s.n < DATE_LINE_MAX && nx_date_parse(s, zone_min, &got)) {
        *when = got;
        when->from = (uint8_t)from;
    }
}

static void microdata(nx_html_page *p, nx_article *a, int zone_min)
{
    bool authors = a->author_count == 0;
    for (uint32_t i = 1, tries = 0; i < p->tree.count && tries < TRIES; i++) {
        nx_str prop = p->tree.nodes[i].attr_count > 0
                          ? nx_html_attr_get(&p->tree, i, NX_ATTR_ITEMPROP)
                          : NX_STR_NONE;
        if (prop.n == 0) {
            continue;
        }
        tries++;
        if (nx_html_has_word(prop, NX_STR("datePublished"))) {
            set_when(&a->published, value_of(p, i), zone_min, NX_FROM_MICRODATA);
        } else if (nx_html_has_word(prop, NX_STR("dateModified"))) {
            set_when(&a->updated, value_of(p, i), zone_min, NX_FROM_MICRODATA);
        } else if (authors && nx_html_has_word(prop, NX_STR("author"))) {
            nx_str name = value_of(p, i);
            if (name.n < BYLINE_MAX) {
                nx_html_page_add_author(p, a, name, NX_FROM_MICRODATA);
            }
        }
    }
}

// The first time shown between the headline and the end of the story.
static void shown_times(nx_html_page *p, nx_article *a, int zone_min)
{
    const nx_html_tree *t = &p->tree;
    uint32_t end = t->nodes[p->story.top].end;
    for (uint32_t i = p->h1, tries = 0; i < end && tries < TRIES && !a->published.known; i++) {
        if (t->nodes[i].tag == NX_TAG_TIME) {
            tries++;
            set_when(&a->published, value_of(p, i), zone_min, NX_FROM_MARKUP);
        }
    }
    for (uint32_t i = p->h1, tries = 0; i < end && tries < TRIES && !a->published.known; i++) {
        if (t->nodes[i].attr_count == 0 ||
            (nx_html_words(nx_html_attr_get(t, i, NX_ATTR_CLASS)) & NX_WORD_DATE) == 0) {
            continue;
        }
        tries++;
        nx_str line = nx_html_page_line(p, i);
        nx_when got = {0};
        if (line.n > 0 && line.n < DATE_LINE_MAX && nx_date_find(line, zone_min, &got)) {
            a->published = got;
            a->published.from = NX_FROM_MARKUP;
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
    }
    titled_day(a);
}
