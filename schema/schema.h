// schema.h: the one table of fields: name, aliases, Xapian prefix, slot, analysis, weight; and the
// index format number with its history.
//
// The indexer writes from it, the searcher parses queries from it, help and man pages print it.
// Rows are append-only: a new meaning is a new name, a raised NX_INDEX_FORMAT and a HISTORY line.
//
// HISTORY of the index format
//   1  first format
//
// Positions: title words have positions in their S terms only, from 1; body words have positions in
// their unprefixed terms only, from NX_BODY_POS. A title word also adds NX_TITLE_WDF to the wdf of
// the unprefixed exact term and stem, without a position. A phrase is therefore searched in both.
// The words of names (authors, sources...) have positions in their field's terms, each name
// NX_NAME_GAP after the one before, so that a phrase stays inside one name; a name of one word has
// none.
//
// wdf: a body word adds 1 to each of its forms (exact, folded, joined, acronym, stem), a title word
// NX_TITLE_WDF to the same unprefixed forms and 1 to its S terms; all other terms have wdf 0.
// Must not know: queries, articles, Xapian.
#ifndef NX_SCHEMA_SCHEMA_H
#define NX_SCHEMA_SCHEMA_H

#include "base/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { NX_INDEX_FORMAT = 1, NX_TITLE_WDF = 3, NX_BODY_POS = 1, NX_NAME_GAP = 100 };

typedef enum nx_analysis_kind {
    NX_AS_WORDS, // words: exact, folded and stem terms under the prefix
    NX_AS_NAME,  // whole name folded, without accents, as one boolean term; and its words
    NX_AS_LOWER, // whole value, case folded, boolean
    NX_AS_EXACT, // whole value, case kept, boolean
    NX_AS_DATE,  // a value to compare; the publication date also D/M/Y terms
} nx_analysis_kind;

// Value slots; their bytes compare in the order that matters.
enum nx_slot {
    NX_SLOT_PUBLISHED = 0, // "YYYYMMDDHHMMSS" UTC (a day_only date ends in 000000); absent: undated
    NX_SLOT_UPDATED = 1,   // same form
    NX_SLOT_SOURCE = 2,
    NX_SLOT_AGENCY = 3,
    NX_SLOT_SECTION = 4,
    NX_SLOT_LANGUAGE = 5,
    NX_SLOT_AUTHOR = 6,  // all authors, the first one first, joined by '\x1f'
    NX_SLOT_FAMILY = 7,  // story family id, 16 hex digits
    NX_SLOT_CONTENT = 8, // 16 raw bytes: digest of what is indexed; tells "unchanged"
    NX_SLOT_INDEXED = 9, // "YYYYMMDDHHMMSS" when this version entered the index
    NX_SLOT_HOST = 10,
};

typedef struct nx_field {
    const char *name;
    const char *aliases; // space-separated; "" for none
    const char *prefix;  // Xapian term prefix
    nx_analysis_kind analysis;
    int slot;         // enum nx_slot, or -1
    bool facet;       // may be counted
    const char *help; // one line
} nx_field;

// Rows of the table by number, for those who need a certain one.
typedef enum nx_field_id {
    NX_FIELD_TITLE,
    NX_FIELD_TEXT,
    NX_FIELD_AUTHOR,
    NX_FIELD_SOURCE,
    NX_FIELD_AGENCY,
    NX_FIELD_CREDITED,
    NX_FIELD_SECTION,
    NX_FIELD_KEYWORD,
    NX_FIELD_PLACE,
    NX_FIELD_LANG,
    NX_FIELD_HOST,
    NX_FIELD_URL,
    NX_FIELD_ID,
    NX_FIELD_DATE,
    NX_FIELD_UPDATED,
    NX_FIELD_INDEXED,
    NX_FIELD_FAMILY,
    NX_FIELD_COUNT,
} nx_field_id;

extern const nx_field nx_fields[]; // by nx_field_id; ends with name == NULL
static inline const nx_field *nx_field_by_id(nx_field_id id)
{
    return &nx_fields[id];
}
// By name or alias, ASCII case ignored; NULL when there is none.
const nx_field *nx_field_find(nx_str name);

// Term of a field: its prefix and a term of the analysis. Xapian's conventions: a colon is put
// between a prefix of several letters and a term that starts with an upper-case letter or a colon,
// and the Z of a stem goes to the front ("Zvote" in S: "ZSvote"). Appends to out; a result over 245
// bytes is shortened by nx_term_fit.
void nx_field_term(const nx_field *f, nx_str term, nx_buf *out);
// Term of a whole value of a NAME, LOWER or EXACT field, folded as the field is.
void nx_field_value_term(const nx_field *f, nx_str value, nx_buf *out);
// "Q" + id, hashed when too long.
void nx_unique_term(nx_str id, nx_buf *out);

// ---- dates
// The publication date's terms: 'D' -> "D20190322", 'M' -> "M201903", 'Y' -> "Y2019"; returns out.
char *nx_date_term(char kind, int64_t utc, char out[16]);
// "YYYYMMDDHHMMSS", what date slots hold; returns out.
char *nx_time_value(int64_t utc, char out[16]);
// The time a date slot's bytes mean; false when they are not such.
bool nx_time_value_parse(nx_str value, int64_t *utc);

// Metadata keys.
#define NX_META_FORMAT "newsdex.format"
#define NX_META_ANALYSIS "newsdex.analysis"
#define NX_META_SUPERSEDED                                                                         \
    "newsdex.superseded" // Q terms whose older copies in other segments are to be deleted
#define NX_META_FAMILY "newsdex.family." // and a family: Q terms of articles that came into it

// Names of the document data's lines. What the article does not have has no line.
#define NX_DATA_ID "id"               // identity of the article in the index, behind Q
#define NX_DATA_NATIVE_ID "native_id" // the source's own id (guid, DOCNO...)
#define NX_DATA_URL "url"
#define NX_DATA_TITLE "title"
#define NX_DATA_SUMMARY "summary"
#define NX_DATA_SOURCE "source"
#define NX_DATA_HOST "host"
#define NX_DATA_AGENCY "agency"
#define NX_DATA_CREDITED "credited"
#define NX_DATA_BYLINE "byline"
#define NX_DATA_AUTHOR "author" // one line each
#define NX_DATA_PLACE "place"
#define NX_DATA_SECTION "section"
#define NX_DATA_KEYWORD "keyword" // one line each
#define NX_DATA_LANGUAGE "lang"
#define NX_DATA_PUBLISHED "published" // 2019-03-22T09:15:00Z, or 2019-03-22 without a time of day
#define NX_DATA_UPDATED "updated"     // same
#define NX_DATA_ZONE "zone"           // of published, minutes east of UTC; absent: it was assumed
#define NX_DATA_FROM "from"           // where facts came from: "title:json-ld published:meta"
#define NX_DATA_VERSION "version"     // the source's own number
#define NX_DATA_FILE "file"
#define NX_DATA_MEMBER "member"
#define NX_DATA_LINE "line"     // where in the file, by line from 1
#define NX_DATA_OFFSET "offset" // or by byte

// ---- document data (data.c): "name=value" lines, an empty line, then the body. Omega reads the
// lines; newlines and backslashes in values are written \n and \\. A name may have several lines.
void nx_data_put(nx_buf *out, const char *name, nx_str value); // absent or empty: nothing
void nx_data_body(nx_buf *out, nx_str body);                   // last
// First value of a name (unescaped, into scratch when it had escapes), or absent.
nx_str nx_data_get(nx_str data, const char *name, nx_buf *scratch);
// Walks the lines: *at is 0 at first. false after the last one. value is still escaped.
bool nx_data_next(nx_str data, size_t *at, nx_str *name, nx_str *value);
// The value itself, or its unescaped copy in scratch when it has escapes.
nx_str nx_data_unescape(nx_str value, nx_buf *scratch);
nx_str nx_data_get_body(nx_str data); // absent when there is none

#ifdef __cplusplus
}
#endif
#endif
