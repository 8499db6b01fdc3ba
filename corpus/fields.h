// fields.h: what people call the fields of an article in JSON keys and CSV columns.
//
// One table for both, so that a file means the same in either form. Names compare without case and
// without separators: publishedAt, published_at, "Published At". Must not know: JSON, CSV files.
#ifndef NX_CORPUS_FIELDS_H
#define NX_CORPUS_FIELDS_H

#include "corpus/article.h"
#include "corpus/corpus.h"

typedef enum nx_role {
    NX_ROLE_NONE,
    NX_ROLE_ID,
    NX_ROLE_URL,
    NX_ROLE_TITLE,
    NX_ROLE_BODY,
    NX_ROLE_SUMMARY,
    NX_ROLE_SOURCE,
    NX_ROLE_HOST,
    NX_ROLE_AGENCY,
    NX_ROLE_AUTHOR,
    NX_ROLE_DATELINE,
    NX_ROLE_PUBLISHED,
    NX_ROLE_UPDATED,
    NX_ROLE_SECTION,
    NX_ROLE_KEYWORDS,
    NX_ROLE_LANGUAGE,
    NX_ROLE_COUNT
} nx_role;

// The role of a field called name. *rank: of two fields with one role, the lower rank is the
// better source ("maintext" before "description").
nx_role nx_field_role(nx_str name, unsigned *rank);
// The same of a field that says value: a source that is the address of a page is where to read it.
nx_role nx_field_role_of(nx_str name, nx_str value, unsigned *rank);
// The role that --field names on its left side ("title", "text", "date"...); the names of
// article.h and the words of the manual.
nx_role nx_role_by_name(nx_str name);
// Sets the fact that role stands for from text, as a field of a record gives it: dates parsed,
// author lists split, markup turned into text; first setter wins. What does not serve ("N/A", a
// date that is none) is left alone: see nx_field_is_set.
nx_status nx_field_apply(nx_article *a, nx_role role, nx_str text, const nx_corpus_options *options,
                         nx_error *err) NX_MUST_USE;
// Appends s as prose: as it is, or without its markup when it has some.
nx_status nx_field_add_prose(nx_str s, nx_buf *out, nx_error *err) NX_MUST_USE;
// Has the article the fact of role?
bool nx_field_is_set(const nx_article *a, nx_role role);

// The table, for its test: names in the order they are stored.
size_t nx_field_count(void);
nx_str nx_field_name_at(size_t i);

#endif
