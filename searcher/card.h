// card.h: one hit with everything a format may show of it: who published it, who wrote it, where
// and when, with what authority, and the passage that answers the query.
//
// Must not know: output formats, the command line. Thread rule: a card belongs to one thread.
#ifndef NX_SEARCHER_CARD_H
#define NX_SEARCHER_CARD_H

#include "searcher/snippet.h"

#define NX_CARD_NOWHERE (-1)

// What an article does not have is absent, or empty.
typedef struct nx_card {
    uint32_t rank; // from 1; 0: an article shown by itself
    double weight;
    nx_str id, native_id, url, title, summary, body, language;
    nx_str source, host, agency, credited, byline, place, section;
    const nx_str *authors;
    size_t author_count;
    const nx_str *keywords;
    size_t keyword_count;
    nx_str published, updated; // as stored: 2019-03-22T09:15:00Z or 2019-03-22
    nx_str published_from;     // origin of the date: "json-ld", "url"...
    nx_str file, member;
    int64_t line, offset; // in the file; NX_CARD_NOWHERE when not known
    nx_str family;
    uint32_t family_others; // collapsed into it, at least
    nx_members members;     // of its family; none when it has none, or they are not known
    const nx_str *matched;
    size_t matched_count;
    const nx_hit_part *parts;
    size_t part_count;
    nx_snippet headline; // the title, its matches marked
    nx_snippet snippet;
} nx_card;

// Reads the lines of document data into *c; texts point into data or live in arena.
nx_status nx_card_read(nx_card *c, nx_arena *arena, nx_str data, nx_error *err) NX_MUST_USE;
// The whole of a hit, with its passages unless maker is NULL. Borrowed: what hit borrows, and
// arena.
nx_status nx_card_of_hit(nx_card *c, nx_arena *arena, nx_snippet_maker *maker, const nx_hit *hit,
                         nx_error *err) NX_MUST_USE;

// ---- attribution, in words

// The outlet, else the host; absent when neither is known.
nx_str nx_card_publisher(const nx_card *c);
// The agency it is credited to, or else another copy of it; absent when none is.
nx_str nx_card_agency(const nx_card *c);
// "Zachary Cohen, Joshua Berlinger", the byline when no authors are known, or nothing.
void nx_card_add_authors(const nx_card *c, nx_buf *out);
// "2019-03-22 09:15 UTC" of 2019-03-22T09:15:00Z, "2019-03-22" of 2019-03-22.
void nx_card_add_time(nx_str stored, nx_buf *out);
// "2019-03-22 09:15 UTC", "2019-03-22 (date from the URL)", "undated".
void nx_card_add_date(const nx_card *c, nx_buf *out);
// All of it: origin, authors unless they are the origin, place and date, joined by separator.
void nx_card_add_attribution(const nx_card *c, const char *separator, nx_buf *out);
// Who else has it: "also: 14 publishers, first seen 2019-02-22 at Reuters"; nothing when nobody.
void nx_card_add_copies(const nx_card *c, nx_buf *out);
// One copy: "2019-02-22 09:15 UTC", its origin and its id, joined by separator.
void nx_card_add_member(const nx_member *m, const char *separator, nx_buf *out);
// How many other copies are known of, and how many outlets other than the article's have them.
size_t nx_card_copies(const nx_card *c, size_t *publishers);
// Where to read it: the URL, else where in which file: "day.jsonl:17", "a.zip!b.html".
void nx_card_add_location(const nx_card *c, nx_buf *out);
// Where it was read from, whether it has a URL or not; nothing when unknown.
void nx_card_add_file(const nx_card *c, nx_buf *out);

#endif
