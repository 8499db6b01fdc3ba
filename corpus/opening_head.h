// opening_head.h: the first lines of a text, each of which is a fact about it or a part of it.
//
// Internal to the room, for openings.c and what it is made of. Must not know: formats.
#ifndef NX_CORPUS_OPENING_HEAD_H
#define NX_CORPUS_OPENING_HEAD_H

#include "corpus/article.h"

enum {
    NX_HEAD_LINES = 20, // of a text with its own headline
    NX_SHORT_LINE = 140,
    NX_HEADLINE_WORDS = 4, // that a line needs to be a headline for sure
};

typedef struct nx_head {
    nx_str lines[NX_HEAD_LINES];
    bool gone[NX_HEAD_LINES]; // understood, and no part of the article
    size_t count;
    nx_str rest;     // the lines after them
    const char *end; // of the whole text
    bool cut_inside; // a line after the first that is left was shortened
    bool has_dateline;
    size_t dateline; // the line it opened
} nx_head;

// A paragraph rather than a line; may it be a headline?
bool nx_is_prose(nx_str line);
bool nx_is_headline(nx_str line);
size_t nx_count_words(nx_str line);

// ---- opening_lines.c
// Takes the attribution that begins at line i; returns how many lines that was. in_prose: a
// paragraph of the article stood before; a bare day is then part of it.
size_t nx_take_attribution(nx_article *a, const nx_head *h, size_t i, bool in_prose, int zone_min);

// ---- opening_rows.c
// A row of facts parted by bars, dots or slashes ("14.03.2023, 11:27 Uhr | dpa"), also a date
// alone: is every part of it understood, and a date or a byline among them?
bool nx_is_fact_row(nx_str line);
// Sets what such a row says.
void nx_take_fact_row(nx_article *a, nx_str row, int zone_min);
// The dates in a line, each as that of publication or, behind the word for it, of the update.
void nx_take_dates(nx_article *a, nx_str line, int zone_min);

// ---- opening_title.c
// Takes the headline and what stands above it: names of sites, sections, the frames of archives and
// of forwarded mail. Returns the line after them.
size_t nx_take_heading(nx_article *a, nx_head *h, int zone_min);

#endif
