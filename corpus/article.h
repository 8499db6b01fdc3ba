// article.h: ARTICLE, the one record that every input format is turned into.
//
// Facts that the input does not give are absent (p == NULL), never guessed from the clock. Each
// fact says where it came from. Must not know: terms, the index.
#ifndef NX_CORPUS_ARTICLE_H
#define NX_CORPUS_ARTICLE_H

#include "base/arena.h"

#ifdef __cplusplus
extern "C" {
#endif

// Where a fact came from; the name is what `inspect` and the index show.
#define NX_FROM_LIST(X)                                                                            \
    X(NX_FROM_NONE, "none")                                                                        \
    X(NX_FROM_JSONLD, "json-ld")                                                                   \
    X(NX_FROM_META, "meta")                                                                        \
    X(NX_FROM_MICRODATA, "microdata")                                                              \
    X(NX_FROM_MARKUP, "markup") /* <time>, byline classes, <h1>, <title> */                        \
    X(NX_FROM_FEED, "feed")                                                                        \
    X(NX_FROM_RECORD, "record") /* a field of JSON, CSV, SGML, NewsML, NITF, mail headers */       \
    X(NX_FROM_HEADER, "header") /* WARC or transport header */                                     \
    X(NX_FROM_URL, "url")                                                                          \
    X(NX_FROM_TEXT, "text")     /* read out of the prose: byline, dateline, credit line */         \
    X(NX_FROM_TABLE, "table")   /* the table of outlets, from the host */                          \
    X(NX_FROM_CONFIG, "config") /* the user's defaults */                                          \
    X(NX_FROM_DETECTED, "detected")                                                                \
    X(NX_FROM_FILE, "file") /* file time or name */

typedef enum nx_from {
#define X(code, name) code,
    NX_FROM_LIST(X)
#undef X
} nx_from;
const char *nx_from_name(nx_from from);

// A point in time as the source gave it. !known: absent.
typedef struct nx_when {
    bool known;
    bool day_only;    // the source gave no time of day; utc is 00:00 of that day
    bool has_zone;    // false: zone assumed (UTC or the configured one)
    int16_t zone_min; // minutes east of UTC
    uint8_t from;     // nx_from
    int64_t utc;      // seconds since 1970
} nx_when;

// A string fact with its origin.
typedef struct nx_fact {
    nx_str s;
    nx_from from;
} nx_fact;

enum {
    NX_AUTHORS_MAX = 32,
    NX_KEYWORDS_MAX = 64,
    NX_BRIEF_BYTES = 400, // title and body of no more may not tell their language
};

typedef enum nx_article_state {
    NX_ARTICLE_USABLE,
    NX_ARTICLE_CANCELED, // a kill: remove what has this id or url
    NX_ARTICLE_WITHHELD, // embargoed until not_before
} nx_article_state;

// All strings are valid UTF-8 and live in the arena. Single-line facts hold no control characters;
// body has '\n' between paragraphs and nothing else below U+0020.
typedef struct nx_article {
    nx_arena *arena;

    nx_fact id;  // as the source names it (guid, DOCNO, NEWID...); absent is common
    nx_fact url; // canonical
    nx_fact title;
    nx_str body;         // paragraphs separated by '\n'
    nx_fact summary;     // standfirst or description, when it is not the lede repeated
    nx_fact source;      // publisher as a reader would name it: "CNN", "eraoflight.com"
    nx_fact source_host; // "edition.cnn.com" -> "cnn.com"
    nx_fact agency;      // wire credit: "AP", "Reuters", "AFP"
    nx_fact credited;    // the outlet whose reporting it is, when another republished it
    nx_fact byline;      // the byline as printed, cleaned ("By " removed)
    nx_fact authors[NX_AUTHORS_MAX]; // persons; the house when the input names none
    size_t author_count;
    nx_fact house;    // the organisation or desk that the input names as its author
    nx_fact dateline; // place: "MADRID", "Salvador"
    nx_when published, updated;
    nx_fact section;
    nx_fact keywords[NX_KEYWORDS_MAX];
    size_t keyword_count;
    nx_fact language; // ISO 639-1, lower case

    nx_article_state state;
    nx_when not_before; // embargo
    int64_t version;    // the source's own version number; 0 when it has none

    nx_str file;     // path as given
    nx_str member;   // "archive.tar!dir/a.html" part after the path, or absent
    uint64_t offset; // byte or line number, see offset_is_line
    bool offset_is_line;
} nx_article;

// A zeroed article in an arena of its own; NULL when there is no memory.
nx_article *nx_article_new(size_t max_bytes);
// Frees the article and everything in its arena; accepts NULL.
void nx_article_free(nx_article *a);
// Copies s into the article, made valid UTF-8; for single-line facts also trimmed, with white
// space runs folded and control characters dropped. Empty becomes absent. First setter wins:
// a fact that is there is left alone.
void nx_article_set(nx_article *a, nx_fact *fact, nx_str s, nx_from from);
// Appends a person (split and cleaned by the caller); duplicates (no case) are dropped.
void nx_article_add_author(nx_article *a, nx_str name, nx_from from);
void nx_article_add_keyword(nx_article *a, nx_str word, nx_from from);
// Sets body: valid UTF-8, paragraphs trimmed, empty ones dropped, white space folded.
void nx_article_set_body(nx_article *a, nx_str text);

#ifdef __cplusplus
}
#endif
#endif
