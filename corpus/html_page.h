// html_page.h: one web page while it is being read: its tree, its linked data, its <meta> rows.
//
// html.c makes it; html_meta.c reads facts from it, html_body.c the story, html_decide.c whether it
// is an article at all.
#ifndef NX_CORPUS_HTML_PAGE_H
#define NX_CORPUS_HTML_PAGE_H

#include "corpus/article.h"
#include "corpus/html_blocks.h"
#include "corpus/html_body.h"
#include "corpus/jsonld.h"

enum { NX_HTML_META_MAX = 256 };

typedef struct nx_html_meta_row {
    nx_str key, content; // key: property, name or itemprop
} nx_html_meta_row;

typedef struct nx_html_page {
    nx_html_tree tree;
    nx_html_blocks blocks;
    nx_html_story story;
    nx_jsonld ld;
    nx_html_meta_row metas[NX_HTML_META_MAX];
    size_t meta_count;
    nx_str url;          // where the page came from; may be absent
    bool is_chapter;     // a book lists it
    nx_str canonical;    // rel=canonical; may be absent
    nx_str lang;         // of the <html> element
    uint32_t title_node; // <title>; 0: none
    uint32_t h1;         // the first <h1>, else the text of the headline; 0: none
    nx_str headline;     // what it says when it is no <h1>; in blocks; may be absent
    nx_buf line;         // scratch for a line of text; its failure is sticky
} nx_html_page;

// html_meta.c
// Fills metas, linked data and the places above from the tree.
nx_status nx_html_page_scan(nx_html_page *p, nx_error *err) NX_MUST_USE;
// The content of the first row with this key, or absent: in small letters; case and what its parts
// are joined by do not count.
nx_str nx_html_page_meta(const nx_html_page *p, const char *key);
// Headline and standfirst as the page's data gives them, to find them on the page.
nx_html_hints nx_html_page_hints(const nx_html_page *p);
// Sets what the page says of itself in the article, most trusted first. zone_min: for dates
// without a zone.
nx_status nx_html_page_facts(nx_html_page *p, nx_article *a, int zone_min,
                             nx_error *err) NX_MUST_USE;
// Is url the root of a site: "https://host/", "https://host/index.html"?
bool nx_html_is_site_root(nx_str url);
// The text of a node as one line, in p->line until its next use.
nx_str nx_html_page_line(nx_html_page *p, uint32_t node);
// A piece of data as plain text in one line: s itself, or p->line when there was markup in it.
nx_str nx_html_page_plain(nx_html_page *p, nx_str s);

// html_authors.c: the authors that the page's data gives; an agency among them is set as such; it,
// the outlet and a desk are the house that wrote. add_author: persons of one more name or byline.
void nx_html_page_authors(nx_html_page *p, nx_article *a);
void nx_html_page_add_author(nx_html_page *p, nx_article *a, nx_str names, nx_from from);

// html_markup.c: facts from the visible page: microdata, dates.
void nx_html_page_markup(nx_html_page *p, nx_article *a, int zone_min);

// html_byline.c: the authors that the visible page gives, when no other place did. A signature is
// taken out of the story.
void nx_html_page_byline(nx_html_page *p, nx_article *a);

// html_title.c. Finds the line that is the headline of a page without <h1>: what <title> has, too.
void nx_html_page_find_headline(nx_html_page *p);
// Sets the headline: the one that is given for showing the story elsewhere.
void nx_html_page_title(nx_html_page *p, nx_article *a);

// html_decide.c: NULL when the page is one article, else the reason why not.
const char *nx_html_not_article(const nx_html_page *p, const nx_article *a);

#endif
