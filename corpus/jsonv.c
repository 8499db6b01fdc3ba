// jsonv.c: see jsonv.h. What a tree says; jsonv_parse.c makes it.
#include "corpus/jsonv_tree.h"

#include "base/num.h"

void nx_json_free(nx_json *root)
{
    if (root != NULL) {
        nx_arena_free(((nx_json_tree *)root)->arena); // the tree itself lives in it
    }
}

nx_json_kind nx_json_kind_of(const nx_json *v)
{
    return v != NULL ? v->kind : NX_JSON_NULL;
}

static const nx_json *unless_null(const nx_json *v)
{
    return v->kind != NX_JSON_NULL ? v : NULL;
}

static const nx_json *get(const nx_json *v, nx_str key)
{
    for (size_t i = nx_json_kind_of(v) == NX_JSON_OBJECT ? v->count : 0; i-- > 0;) {
        if (nx_str_eq(v->items[i].key, key)) {
            return unless_null(&v->items[i]);
        }
    }
    return NULL;
}

const nx_json *nx_json_get(const nx_json *v, const char *key)
{
    return get(v, nx_str_of(key));
}

const nx_json *nx_json_path(const nx_json *v, nx_str path)
{
    while (path.n > 0 && v != NULL) {
        const nx_json *whole = get(v, path);
        const char *dot = memchr(path.p, '.', path.n);
        if (whole != NULL || dot == NULL) {
            return whole;
        }
        size_t n = (size_t)(dot - path.p);
        v = get(v, nx_str_make(path.p, n));
        path = nx_str_make(dot + 1, path.n - n - 1);
    }
    return NULL;
}

size_t nx_json_count(const nx_json *v)
{
    return v != NULL ? v->count : 0;
}

const nx_json *nx_json_at(const nx_json *array, size_t i)
{
    bool there = nx_json_kind_of(array) == NX_JSON_ARRAY && i < array->count;
    return there ? unless_null(&array->items[i]) : NULL;
}

bool nx_json_next(const nx_json *object, nx_json_member *m)
{
    if (nx_json_kind_of(object) != NX_JSON_OBJECT) {
        return false;
    }
    const nx_json *last = m->place;
    const size_t i = last == NULL ? 0 : (size_t)(last - object->items) + 1;
    if (i >= object->count) {
        return false;
    }
    const nx_json *next = &object->items[i];
    *m = (nx_json_member){.key = next->key, .value = unless_null(next), .place = next};
    return true;
}

nx_str nx_json_str(const nx_json *v)
{
    return nx_json_kind_of(v) == NX_JSON_STRING ? v->text : NX_STR_NONE;
}

nx_str nx_json_get_str(const nx_json *v, const char *key)
{
    return nx_json_str(nx_json_get(v, key));
}

nx_str nx_json_text(const nx_json *v)
{
    return v != NULL ? v->text : NX_STR_NONE; // arrays and objects have none
}

bool nx_json_int(const nx_json *v, int64_t *out)
{
    nx_str s = nx_json_kind_of(v) == NX_JSON_NUMBER ? v->text : NX_STR("");
    size_t dot = nx_str_find(s, NX_STR("."), 0);
    for (size_t i = dot; i != SIZE_MAX && i + 1 < s.n; i++) {
        if (s.p[i + 1] != '0') {
            return false;
        }
    }
    s.n = dot != SIZE_MAX ? dot : s.n;
    return nx_parse_i64(s, out);
}

bool nx_json_true(const nx_json *v)
{
    return nx_json_kind_of(v) == NX_JSON_BOOL && v->text.p[0] == 't';
}
