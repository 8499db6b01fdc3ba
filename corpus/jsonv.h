// jsonv.h: JSON as a read-only tree: parse with ceilings, get by key, iterate, read scalars.
//
// A value is a pointer; NULL stands for both null and absent, and every accessor accepts it, so
// that chains of look-ups need one check at their end. Strings are the bytes the input held (they
// may be ill-formed UTF-8; the setters of an article repair them) and live until the root is freed.
// Must not know: what any key means. Thread rule: a tree belongs to one thread at a time.
#ifndef NX_CORPUS_JSONV_H
#define NX_CORPUS_JSONV_H

#include "base/buf.h"

typedef struct nx_json nx_json;

typedef enum nx_json_kind {
    NX_JSON_NULL, // null or absent
    NX_JSON_BOOL,
    NX_JSON_NUMBER,
    NX_JSON_STRING,
    NX_JSON_ARRAY,
    NX_JSON_OBJECT,
} nx_json_kind;

typedef enum nx_json_mode {
    // RFC 8259, nothing after the value. What programs write all the same is read: control
    // characters in strings, zeros before and nothing behind the digits of a number, and the names
    // NaN, Infinity, -Infinity.
    NX_JSON_STRICT,
    // As pages embed it: also comments, trailing commas, single quotes, names in any case, and
    // whatever follows the value.
    NX_JSON_LENIENT,
} nx_json_mode;

enum {
    NX_JSON_DEPTH = 128,              // arrays and objects inside one another
    NX_JSON_CONTAINERS_MAX = 1000000, // arrays and objects of one text
    NX_JSON_VALUES_MAX = 10000000,
};

// The character of an escape whose four digits are at s.p[*i], behind the "\u"; *i goes behind it,
// or behind both escapes of a pair. Half of a pair stands for nothing. false: these are no digits.
bool nx_json_take_character(nx_str s, size_t *i, uint32_t *c);

// Parses text. *root is owned by the caller (nx_json_free) and NULL when the text is "null".
// NX_EFORMAT with the byte offset; NX_ELIMIT over a ceiling above. Of equal keys of an object the
// last one counts (nx_json_next also shows the others when it has more than 64 members).
nx_status nx_json_parse(nx_str text, nx_json_mode mode, nx_json **root, nx_error *err) NX_MUST_USE;
void nx_json_free(nx_json *root); // accepts NULL

nx_json_kind nx_json_kind_of(const nx_json *v);
// Member of an object; NULL when v is no object or has no such key. Linear in its members.
const nx_json *nx_json_get(const nx_json *v, const char *key);
// As nx_json_get, where a dot descends: "source.name". A key with dots in it is found first.
const nx_json *nx_json_path(const nx_json *v, nx_str path);
// Elements of an array or members of an object; 0 for anything else.
size_t nx_json_count(const nx_json *v);
const nx_json *nx_json_at(const nx_json *array, size_t i);

// Members of an object in the order of the text: zero-initialise, then call until false.
typedef struct nx_json_member {
    nx_str key;
    const nx_json *value;
    const void *place; // private
} nx_json_member;
bool nx_json_next(const nx_json *object, nx_json_member *m);

// The string; absent when v is none.
nx_str nx_json_str(const nx_json *v);
// Member of an object that is a string.
nx_str nx_json_get_str(const nx_json *v, const char *key);
// The string, or a number or bool as text; absent for the rest.
nx_str nx_json_text(const nx_json *v);
// A whole number (also written 3.0); false when v is none or does not fit.
bool nx_json_int(const nx_json *v, int64_t *out);
bool nx_json_true(const nx_json *v); // v is the literal true

#endif
