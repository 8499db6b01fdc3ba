// json_object.h: the fields of one JSON object, gathered by role. For json.c alone.
#ifndef NX_CORPUS_JSON_OBJECT_H
#define NX_CORPUS_JSON_OBJECT_H

#include "corpus/fields.h"
#include "corpus/jsonv.h"

enum { NX_JSON_CANDIDATES = 6 }; // values kept for one role, the best first

typedef struct nx_json_candidate {
    const nx_json *value;
    unsigned rank;
} nx_json_candidate;

typedef struct nx_json_fields {
    nx_json_candidate of[NX_ROLE_COUNT][NX_JSON_CANDIDATES];
    const nx_json *item;     // the object that says what it is: the one given, or one inside
    const char *not_article; // "a picture", when it says so itself; else NULL
} nx_json_fields;

// Finds what v and the objects that wrap its parts have for each role.
void nx_json_gather(const nx_json *v, const nx_corpus_options *options, nx_json_fields *out);
bool nx_json_has(const nx_json_fields *f, nx_role role);
// Is there a body, a summary or a headline? What only has a name is a thing of any kind, unless it
// was published.
bool nx_json_has_text(const nx_json_fields *f);
// The page that is the only text there is, or absent.
nx_str nx_json_page(const nx_json_fields *f);
// A list of objects that look like articles below v, or NULL. has_title: v may be an article
// itself, so only a list that is called a list of articles counts.
const nx_json *nx_json_article_list(const nx_json *v, bool has_title);
// Does its source withdraw the item (ninjs: pubstatus)? Such a one need not have a text.
bool nx_json_is_canceled(const nx_json_fields *f);
// Sets the facts of a from the fields, and what agencies say about an item: status, embargo,
// version.
nx_status nx_json_fill(nx_article *a, const nx_json_fields *f, const nx_corpus_options *options,
                       nx_error *err) NX_MUST_USE;

#endif
