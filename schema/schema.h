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
// Must not know: queries, articles, Xapian.
#ifndef NX_SCHEMA_SCHEMA_H
#define NX_SCHEMA_SCHEMA_H

#include "base/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { NX_INDEX_FORMAT = 1, NX_TITLE_WDF = 3, NX_BODY_POS = 1 };

typedef enum nx_analysis_kind {
    NX_AS_WORDS, // words: exact, folded and stem terms under the prefix
    NX_AS_NAME,  // whole name folded as one boolean term, and its words
    NX_AS_EXACT, // whole value, case kept, boolean
    NX_AS_DATE,  // D/M/Y terms and a value
} nx_analysis_kind;

// Value slots; their bytes compare in the order that matters.
enum nx_slot {
    NX_SLOT_PUBLISHED = 0, // "YYYYMMDDHHMMSS" UTC (a day_only date ends in 000000); absent: undated
    NX_SLOT_UPDATED = 1,   // same form
    NX_SLOT_SOURCE = 2,
    NX_SLOT_AGENCY = 3,
    NX_SLOT_SECTION = 4,
    NX_SLOT_LANGUAGE = 5,
    NX_SLOT_AUTHOR = 6,  // first author; all of them joined by '\x1f'
    NX_SLOT_FAMILY = 7,  // story family id, 16 hex digits
    NX_SLOT_CONTENT = 8, // 16 raw bytes: SHA-256 prefix of what is indexed; tells "unchanged"
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

extern const nx_field nx_fields[]; // ends with name == NULL
// By name or alias, ASCII case ignored; NULL when there is none.
const nx_field *nx_field_find(nx_str name);

// Prefix of a term in a field: "S" + word; a colon is put between a prefix of several letters and
// a term that starts with an upper-case letter or a colon (Xapian's convention). Appends to out;
// a result over 245 bytes is hashed to fit, the same way everywhere.
void nx_field_term(const nx_field *f, nx_str value, nx_buf *out);
// "Q" + id, hashed when too long.
void nx_unique_term(nx_str id, nx_buf *out);

// Metadata keys.
#define NX_META_FORMAT "newsdex.format"
#define NX_META_ANALYSIS "newsdex.analysis"
#define NX_META_LANGUAGES                                                                          \
    "newsdex.languages" // "en=1200 de=3": articles by language, for query stemming
#define NX_META_SUPERSEDED                                                                         \
    "newsdex.superseded" // Q terms whose older copies in other segments are to be deleted

// ---- document data (data.c): "name=value" lines, an empty line, then the body. Omega reads the
// lines; newlines and backslashes in values are written \n and \\.
void nx_data_put(nx_buf *out, const char *name, nx_str value); // absent or empty: nothing
void nx_data_body(nx_buf *out, nx_str body);
// Value of a name (unescaped, into scratch when it had escapes), or absent.
nx_str nx_data_get(nx_str data, const char *name, nx_buf *scratch);
nx_str nx_data_get_body(nx_str data);

#ifdef __cplusplus
}
#endif
#endif
