// html_byline.c: who the visible page says wrote the story: an element that is called a byline, a
// link to an author's page, a line between headline and story that reads as a byline, or a name
// alone in bold where the story begins or ends.
#include "corpus/html_page.h"

#include "corpus/attribute.h"
#include "corpus/html_words.h"
#include "corpus/person.h"

enum {
    BYLINE_MAX = 200, // bytes
    SIGNATURE_MAX = 60,
    TRIES = 64,  // elements or lines looked at
    OPENING = 2, // paragraphs of the story, such as a standfirst, that a byline may follow
    PARTS = 8,   // elements inside a byline
};

// A link to the page of an author: "/authors/jane-doe", "/autor/jane-doe.html".
static bool is_author_link(const nx_html_tree *t, uint32_t i)
{
    static const char *const folders[] = {"/author/",  "/authors/",     "/autor/",
                                          "/autoren/", "/autores/",     "/auteur/",
                                          "/auteurs/", "/journalists/", "/reporters/"};
    if (t->nodes[i].tag != NX_TAG_A) {
        return false;
    }
    nx_str href = nx_html_attr_get(t, i, NX_ATTR_HREF);
    for (size_t k = 0; k < NX_COUNT(folders) && href.n > 0; k++) {
        if (nx_str_find(href, nx_str_of(folders[k]), 0) != SIZE_MAX) {
            return true;
        }
    }
    return nx_html_has_word(nx_html_attr_get(t, i, NX_ATTR_REL), NX_STR("author"));
}

static bool is_called_byline(const nx_html_tree *t, uint32_t i)
{
    unsigned words = nx_html_words(nx_html_attr_get(t, i, NX_ATTR_CLASS)) |
                     nx_html_words(nx_html_attr_get(t, i, NX_ATTR_ID)) |
                     nx_html_words(nx_html_attr_get(t, i, NX_ATTR_TESTID));
    return (words & NX_WORD_BYLINE) != 0;
}

// A byline of several lines begins with the name: "Jane Doe", "Transport correspondent".
static void add_first_part(nx_html_page *p, nx_article *a, uint32_t byline)
{
    const nx_html_tree *t = &p->tree;
    for (uint32_t i = byline + 1; i < t->nodes[byline].end && i - byline < PARTS; i++) {
        nx_str line = t->nodes[i].tag == NX_TAG_TEXT ? NX_STR_NONE : nx_html_page_line(p, i);
        if (line.n > 0 && line.n <= SIGNATURE_MAX) {
            if (nx_is_person(line)) {
                nx_html_page_add_author(p, a, line, NX_FROM_MARKUP);
            }
            return;
        }
    }
}

// Elements called byline or author, and links to authors, between the headline and the end of the
// story.
static void called(nx_html_page *p, nx_article *a)
{
    const nx_html_tree *t = &p->tree;
    uint32_t end = t->nodes[p->story.top].end;
    for (uint32_t i = p->h1, tries = 0; i < end && tries < TRIES && a->author_count == 0; i++) {
        if (t->nodes[i].attr_count == 0 || !(is_author_link(t, i) || is_called_byline(t, i))) {
            continue;
        }
        tries++;
        nx_str line = nx_html_page_line(p, i);
        if (line.n <= BYLINE_MAX) {
            nx_html_page_add_author(p, a, line, NX_FROM_MARKUP);
            if (a->author_count == 0) {
                add_first_part(p, a, i);
            }
        }
    }
}

// Lines below the headline that are not of the story, up to its first paragraphs.
static void between(nx_html_page *p, nx_article *a)
{
    size_t kept = 0, tries = 0;
    for (size_t i = 0; i < p->blocks.count && kept < OPENING && tries < TRIES; i++) {
        const nx_html_block *k = &p->blocks.items[i];
        kept += k->keep;
        if (k->keep || k->first < p->h1 || k->size > BYLINE_MAX) {
            continue;
        }
        tries++;
        if (nx_byline_parse(a, nx_html_block_text(&p->blocks, i), NX_FROM_MARKUP)) {
            return;
        }
    }
}

// Takes a paragraph that is nothing but a name in bold out of the story, unless the story speaks of
// that person.
static void take_signature(nx_html_page *p, nx_article *a, size_t self)
{
    nx_html_block *k = &p->blocks.items[self];
    nx_str name = nx_html_block_text(&p->blocks, self);
    if (k->strong_chars < k->chars || name.n > SIGNATURE_MAX || !nx_is_person(name)) {
        return;
    }
    const nx_str surname = nx_str_last_word(name);
    for (size_t i = 0; i < p->blocks.count; i++) {
        if (i != self && p->blocks.items[i].keep &&
            nx_str_find_nocase(nx_html_block_text(&p->blocks, i), surname, 0) != SIZE_MAX) {
            return;
        }
    }
    nx_html_page_add_author(p, a, name, NX_FROM_MARKUP);
    k->keep = a->author_count == 0;
}

static void signature(nx_html_page *p, nx_article *a)
{
    size_t first = SIZE_MAX, last = 0;
    for (size_t i = 0; i < p->blocks.count; i++) {
        if (p->blocks.items[i].keep) {
            first = first == SIZE_MAX ? i : first;
            last = i;
        }
    }
    if (first < last) {
        take_signature(p, a, first);
    }
    if (first < last && a->author_count == 0) {
        take_signature(p, a, last);
    }
}

void nx_html_page_byline(nx_html_page *p, nx_article *a)
{
    if (p->h1 != 0) {
        called(p, a);
        if (a->author_count == 0) {
            between(p, a);
        }
    }
    if (a->author_count == 0 && !p->story.told_only) {
        signature(p, a);
    }
}
