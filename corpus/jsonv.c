// jsonv.c: the tree of jsonv.h, which is json-c's behind our names; the only user of json-c.
#include "corpus/jsonv.h"

#include <json-c/json.h>
#include <limits.h>

// The opaque nx_json is json-c's object; these two casts are the only place that knows.
static json_object *theirs(const nx_json *v)
{
    return (json_object *)(uintptr_t)v;
}

static nx_json *ours(json_object *o)
{
    return (nx_json *)o;
}

// json-c spends hundreds of bytes on "[]," and has no ceiling of its own. Counting brackets and
// commas, those inside strings included, bounds what the tree can take before it is built.
static bool within_ceilings(nx_str text)
{
    size_t containers = 0, commas = 0;
    _Static_assert(NX_JSON_CONTAINERS_MAX <= NX_JSON_VALUES_MAX, "the lower ceiling is asked");
    if (text.n <= NX_JSON_CONTAINERS_MAX) {
        return true; // whatever it holds
    }
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        containers += (c == '{') | (c == '[');
        commas += c == ',';
    }
    return containers <= NX_JSON_CONTAINERS_MAX && commas <= NX_JSON_VALUES_MAX;
}

static nx_status parse_failed(enum json_tokener_error e, size_t at, nx_error *err)
{
    if (e == json_tokener_error_depth) {
        return nx_fail(err, NX_ELIMIT, "JSON nested deeper than %d", NX_JSON_DEPTH);
    }
    if (e == json_tokener_continue) {
        return nx_fail(err, NX_EFORMAT, "JSON ends too early");
    }
    return nx_fail(err, NX_EFORMAT, "invalid JSON at byte %zu: %s", at, json_tokener_error_desc(e));
}

nx_status nx_json_parse(nx_str text, nx_json_mode mode, nx_json **root, nx_error *err)
{
    *root = NULL;
    if (text.n > INT_MAX) {
        return nx_fail(err, NX_ELIMIT, "JSON text over 2 GiB");
    }
    if (!within_ceilings(text)) {
        return nx_fail(err, NX_ELIMIT, "JSON text with too many values");
    }
    struct json_tokener *tok = json_tokener_new_ex(NX_JSON_DEPTH + 1);
    if (tok == NULL) {
        return nx_fail_nomem(err);
    }
    json_tokener_set_flags(tok, mode == NX_JSON_STRICT ? JSON_TOKENER_STRICT : 0);
    json_object *o = json_tokener_parse_ex(tok, text.n > 0 ? text.p : "", (int)text.n);
    enum json_tokener_error e = json_tokener_get_error(tok);
    size_t at = json_tokener_get_parse_end(tok);
    if (e == json_tokener_continue && text.n > 0) {
        o = json_tokener_parse_ex(tok, "", 1); // a number ends only where something follows it
        e = json_tokener_get_error(tok);
    } else if (e == json_tokener_success && mode == NX_JSON_STRICT &&
               nx_str_trim(nx_str_make(text.p + at, text.n - at)).n > 0) {
        e = json_tokener_error_parse_unexpected;
    }
    json_tokener_free(tok);
    if (e != json_tokener_success) {
        json_object_put(o);
        return parse_failed(e, at, err);
    }
    *root = ours(o);
    return NX_OK;
}

void nx_json_free(nx_json *root)
{
    json_object_put(theirs(root));
}

nx_json_kind nx_json_kind_of(const nx_json *v)
{
    switch (json_object_get_type(theirs(v))) {
    case json_type_null: return NX_JSON_NULL;
    case json_type_boolean: return NX_JSON_BOOL;
    case json_type_double:
    case json_type_int: return NX_JSON_NUMBER;
    case json_type_object: return NX_JSON_OBJECT;
    case json_type_array: return NX_JSON_ARRAY;
    case json_type_string: return NX_JSON_STRING;
    }
    return NX_JSON_NULL;
}

const nx_json *nx_json_get(const nx_json *v, const char *key)
{
    json_object *found = NULL;
    json_object_object_get_ex(theirs(v), key, &found);
    return ours(found);
}

// Keys are looked up NUL-terminated; longer ones than this are nobody's field names.
enum { KEY_MAX = 256 };

static const nx_json *get_slice(const nx_json *v, nx_str key)
{
    char z[KEY_MAX];
    if (key.n >= sizeof z) {
        return NULL;
    }
    memcpy(z, key.p, key.n);
    z[key.n] = '\0';
    return nx_json_get(v, z);
}

const nx_json *nx_json_path(const nx_json *v, nx_str path)
{
    while (path.n > 0 && v != NULL) {
        const nx_json *whole = get_slice(v, path);
        const char *dot = memchr(path.p, '.', path.n);
        if (whole != NULL || dot == NULL) {
            return whole;
        }
        size_t n = (size_t)(dot - path.p);
        v = get_slice(v, nx_str_make(path.p, n));
        path = nx_str_make(dot + 1, path.n - n - 1);
    }
    return NULL;
}

size_t nx_json_count(const nx_json *v)
{
    switch (nx_json_kind_of(v)) {
    case NX_JSON_ARRAY: return json_object_array_length(theirs(v));
    case NX_JSON_OBJECT: return (size_t)json_object_object_length(theirs(v));
    default: return 0;
    }
}

const nx_json *nx_json_at(const nx_json *array, size_t i)
{
    if (nx_json_kind_of(array) != NX_JSON_ARRAY) {
        return NULL;
    }
    return ours(json_object_array_get_idx(theirs(array), i));
}

bool nx_json_next(const nx_json *object, nx_json_member *m)
{
    if (nx_json_kind_of(object) != NX_JSON_OBJECT) {
        return false;
    }
    const struct lh_entry *e = m->place;
    e = e == NULL ? json_object_get_object(theirs(object))->head : e->next;
    if (e == NULL) {
        return false;
    }
    m->place = e;
    m->key = nx_str_of(lh_entry_k(e));
    m->value = ours(lh_entry_v(e));
    return true;
}

nx_str nx_json_str(const nx_json *v)
{
    if (nx_json_kind_of(v) != NX_JSON_STRING) {
        return NX_STR_NONE;
    }
    json_object *o = theirs(v);
    return nx_str_make(json_object_get_string(o), (size_t)json_object_get_string_len(o));
}

nx_str nx_json_get_str(const nx_json *v, const char *key)
{
    return nx_json_str(nx_json_get(v, key));
}

nx_str nx_json_text(const nx_json *v)
{
    switch (nx_json_kind_of(v)) {
    case NX_JSON_STRING: return nx_json_str(v);
    case NX_JSON_BOOL:
    case NX_JSON_NUMBER: return nx_str_of(json_object_get_string(theirs(v)));
    default: return NX_STR_NONE;
    }
}

bool nx_json_int(const nx_json *v, int64_t *out)
{
    json_object *o = theirs(v);
    if (json_object_get_type(o) == json_type_int) {
        *out = json_object_get_int64(o);
        return true;
    }
    if (json_object_get_type(o) != json_type_double) {
        return false;
    }
    double d = json_object_get_double(o);
    if (!(d > -9.0e18 && d < 9.0e18) || (double)(int64_t)d != d) {
        return false;
    }
    *out = (int64_t)d;
    return true;
}

bool nx_json_true(const nx_json *v)
{
    return json_object_get_type(theirs(v)) == json_type_boolean &&
           json_object_get_boolean(theirs(v));
}
