// search.h: the engine: a query over an index -> hits, counts, facets, timeline, suggestions.
//
//   nx_searcher_open -> nx_search (or nx_search_related) -> nx_result_hit... -> nx_result_free
//
// One plan serves every view: what is counted, faceted and listed is the same set of documents.
// Whatever was ignored, corrected, expanded or left out is in the result's notes. A search that
// meets a newer commit reruns as a whole on a reopened snapshot.
//
// Must not know: snippets, output formats, options of the command line. Thread rule: a searcher
// and its results belong to one thread at a time. Results must be freed before their searcher.
#ifndef NX_SEARCHER_SEARCH_H
#define NX_SEARCHER_SEARCH_H

#include "base/arena.h"
#include "searcher/query.h"
#include "xapian-c/xapian_c.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nx_searcher nx_searcher;

// Opens the index directory. Errors as nx_store_open.
nx_status nx_searcher_open(nx_searcher **out, const char *dir, nx_error *err) NX_MUST_USE;
// The same without the shards on other machines.
nx_status nx_searcher_open_local(nx_searcher **out, const char *dir, nx_error *err) NX_MUST_USE;
// Over a database that is already open (tests, one segment); borrowed; no reopening.
nx_status nx_searcher_open_db(nx_searcher **out, nx_xdb *db, nx_error *err) NX_MUST_USE;
void nx_searcher_close(nx_searcher *s); // accepts NULL

// Languages of the index by number of articles, most first: codes separated by a space.
nx_str nx_searcher_languages(const nx_searcher *s);

// Words that mean the same: lines "word, word, ..." or "word => word, ..." (one way); '#' starts a
// comment. NX_EFORMAT names the line. Replaces those given before.
nx_status nx_searcher_synonyms(nx_searcher *s, nx_str file_text, const char *file_name,
                               nx_error *err) NX_MUST_USE;

// Distinct values of a facet field with their numbers of documents, for completion; order of
// bytes. Stops when each returns false.
typedef bool nx_value_fn(void *ctx, nx_str value, uint32_t documents);
nx_status nx_searcher_values(nx_searcher *s, const nx_field *field, nx_value_fn *each, void *ctx,
                             nx_error *err) NX_MUST_USE;

// ---- asking -------------------------------------------------------------------------------------

typedef enum nx_words {
    NX_WORDS_RANKED, // any plain word will do; documents with all of them, and near each other,
                     // come first. Anything that is not a plain word (a phrase, a field, =x, a
                     // group...) is required
    NX_WORDS_ALL,    // --all: every word is required
    NX_WORDS_ANY,    // --any: nothing but -x is required
} nx_words;

typedef enum nx_sort { NX_SORT_RELEVANCE, NX_SORT_NEWEST, NX_SORT_OLDEST } nx_sort;

typedef enum nx_step {
    NX_STEP_NONE,
    NX_STEP_DAY,
    NX_STEP_WEEK,
    NX_STEP_MONTH,
    NX_STEP_YEAR
} nx_step;

// What is counted beside the hits. For dates (year, month) field is the date field and step tells
// which; else step is NX_STEP_NONE and the field has .facet.
typedef struct nx_facet_wish {
    const nx_field *field;
    nx_step step;
} nx_facet_wish;

enum { NX_FACETS_MAX = 12, NX_LIMIT_NONE = INT32_MAX };

typedef struct nx_search_options {
    int64_t now; // for relative dates and recency, seconds UTC
    bool strict; // notes about what was ignored or corrected are errors
    nx_words words;
    nx_sort sort;
    uint32_t offset, limit; // limit 0: no hits, only counts; NX_LIMIT_NONE: all
    bool exact;             // count every match, however long it takes
    bool expand;            // pseudo-relevance feedback
    int64_t recency;        // half-life in seconds of the prior; 0: none
    int64_t since, until;   // seconds, inclusive; NX_DATE_OPEN_FROM, NX_DATE_OPEN_TO: none
    uint32_t per_family;    // hits of one story family; 0: all
    bool families;          // fill nx_hit.members, and show the first copy of a family
    bool explain;           // fill nx_hit.parts and nx_result_plan
    bool suggest;           // look for spellings with more hits, and whether any has all words
    const nx_facet_wish *facets;
    size_t facet_count;
    nx_step timeline;        // of publication
    const nx_xquery *within; // only documents of this; NULL: all
} nx_search_options;
// Ranked, by relevance, the first ten, suggestions on, everything else off; now is the clock's.
nx_search_options nx_search_defaults(void);

typedef struct nx_result nx_result;

// *out is freed with nx_result_free. NX_EQUERY: see nx_query_parse. NX_ESTALE only after several
// attempts. A query that matches nothing, and an empty one, give a result without hits.
nx_status nx_search(nx_searcher *s, nx_str query, const nx_search_options *options, nx_result **out,
                    nx_error *err) NX_MUST_USE;
void nx_result_free(nx_result *r); // accepts NULL

// Background of an article: others that tell what it is about, near duplicates of it left out.
typedef struct nx_related_wish {
    nx_str id;          // of an article in the index; or absent, and then:
    nx_str title, body; // an article from elsewhere
    nx_str language;    // ISO 639-1 of that one; may be absent
    bool older_only;    // nothing published after it
} nx_related_wish;
// Of the options, strict, words, expand and suggest are not used. NX_ENOTFOUND: no such id.
nx_status nx_search_related(nx_searcher *s, const nx_related_wish *wish,
                            const nx_search_options *options, nx_result **out,
                            nx_error *err) NX_MUST_USE;

// ---- results ------------------------------------------------------------------------------------

// The query as understood: its text, tree and notes (nx_query_print, nx_query_dump). For related
// articles, the words that were chosen.
const nx_query *nx_result_query(const nx_result *r);

typedef struct nx_counts {
    uint64_t lower, estimated, upper; // matching documents; exact when lower == upper
    uint64_t undated;   // documents that a filter on dates dropped only because they have none
    bool undated_known; // there was such a filter
    uint32_t index_documents;
} nx_counts;
nx_counts nx_result_counts(const nx_result *r);

uint32_t nx_result_hit_count(const nx_result *r);

// A part of a hit's weight, for --explain.
typedef struct nx_hit_part {
    const char *what; // "contact (stem)", "fbi NEAR contact", "recency"...
    double weight;
} nx_hit_part;

// An article of a story family.
typedef struct nx_member {
    nx_str id;
    nx_str source;    // the outlet, else the web host; absent when neither is known
    nx_str agency;    // that it is credited to; may be absent
    nx_str published; // as in document data; absent: undated
    int64_t utc;      // to compare: the end of a day without a time; INT64_MAX: undated
    uint32_t docid;
} nx_member;

typedef struct nx_members {
    const nx_member *items; // earliest first, undated last
    size_t count;           // 0: nothing is known of them
    bool more;              // there are more, that were not looked at
} nx_members;

typedef struct nx_hit {
    uint32_t rank; // from 1, counting the offset
    uint32_t docid;
    double weight;          // after recency; 0 when sorted by date
    nx_str data;            // document data: nx_data_get(hit.data, "title", ...), see schema.h
    nx_str family;          // story family; absent when it has none
    uint32_t family_others; // matching documents collapsed into this hit, at least
    nx_members members;     // of the family, this hit among them; whether they match or not
    const nx_str *matched;  // words of the query that it has, as they were written; distinct
    size_t matched_count;
    const nx_hit_part *parts; // explain only; heaviest first
    size_t part_count;
} nx_hit;
// Hit i (from 0) of the page. Everything in it is borrowed until the next call.
nx_status nx_result_hit(nx_result *r, uint32_t i, nx_hit *out, nx_error *err) NX_MUST_USE;

// "Did you mean": another spelling that has more hits, in the query language; absent when there is
// none. Never applied.
nx_str nx_result_suggestion(const nx_result *r, uint64_t *hits);

// The plan in words, for --explain; empty without .explain.
nx_str nx_result_plan(const nx_result *r);

typedef struct nx_bucket {
    nx_str value; // a facet's value as stored, "2019", "2019-02", "2019-02-22", a week's Monday
    uint64_t documents;
} nx_bucket;
// Counts are of all matching documents, exact. Facets: most frequent first, then by value; dates
// and the timeline ascend (steps without documents are left out). Borrowed from the result.
const nx_bucket *nx_result_facet(const nx_result *r, size_t i, size_t *count);
const nx_bucket *nx_result_timeline(const nx_result *r, size_t *count);
// Matching documents that have no place on the timeline.
uint64_t nx_result_timeline_undated(const nx_result *r);

// ---- what to highlight --------------------------------------------------------------------------
// A mark is something of the query that a text can contain: a word in any of its forms, or a run of
// words that must stand together. Analyse the text with text/analysis.h: a position matches a place
// of a mark when any term of its chunk is among the place's terms (stems start with 'Z'; terms are
// unprefixed). Parts of the query that exclude (NOT) give no marks.

typedef struct nx_place {
    const nx_str *terms; // any of them
    size_t term_count;
} nx_place;

typedef struct nx_mark {
    uint32_t part;       // part of the query; marks of equal part count once for coverage
    uint32_t first, end; // bytes of the query text it comes from
    const nx_place *places;
    size_t place_count; // 1: a word; more: all of them within `window` positions
    uint32_t window;    // last position - first position < window
    bool ordered;
    bool capitals;         // only where the text has it in capitals (ALLCAPS)
    bool stop;             // a stop word: not worth a snippet by itself
    const nx_field *field; // NULL: body and title; else only this field's text
    double weight;         // rarity: higher is more telling
} nx_mark;

const nx_mark *nx_result_marks(const nx_result *r, size_t *count);

// ---- single articles ----------------------------------------------------------------------------

// The data of the article with this id, appended. NX_ENOTFOUND.
nx_status nx_searcher_article(nx_searcher *s, nx_str id, nx_buf *data, nx_error *err) NX_MUST_USE;

// Appends the ids that are made of a scope, a colon and the source's own id: the first few, ", "
// between them; *count is the number of all. Looks through all ids.
nx_status nx_searcher_ids_of(nx_searcher *s, nx_str native_id, nx_buf *ids, size_t *count,
                             nx_error *err) NX_MUST_USE;

// The articles of the story family of the article with this id, itself among them; none when it has
// no family. They live in arena. NX_ENOTFOUND: no such id.
nx_status nx_searcher_members(nx_searcher *s, nx_str id, nx_arena *arena, nx_members *out,
                              nx_error *err) NX_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
