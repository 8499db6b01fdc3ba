// jsonv_parse.c: the text of jsonv.h into its tree, in one pass. nx_json_parse.
//
// Of our own, because a tree of small objects and a table for the keys of each cost more than the
// rest of reading a record. Strings are copied from quote to quote, numbers kept as they are
// written. Must not know: what any key means.
#include "corpus/jsonv_tree.h"

#include <stdlib.h>

#include "base/num.h"
#include "base/utf8.h"

enum { SAME_KEYS_MAX = 64 }; // members of an object that a new one is compared with

typedef struct parser {
    nx_str s;
    size_t i;
    bool lenient;
    nx_arena *arena;
    nx_json *open; // children of the arrays and objects that are not closed, the innermost last
    size_t used, cap;
    size_t containers, values;
    nx_error *err;
} parser;

static nx_status fail(const parser *p, const char *what)
{
    return p->i < p->s.n ? nx_fail(p->err, NX_EFORMAT, "invalid JSON at byte %zu: %s", p->i, what)
                         : nx_fail(p->err, NX_EFORMAT, "JSON ends too early");
}

static bool at(const parser *p, char c)
{
    return p->i < p->s.n && p->s.p[p->i] == c;
}

static nx_str rest_of(const parser *p)
{
    return nx_str_skip(p->s, p->i);
}

// Behind the comment that begins here, or at the end when it is not closed.
static void skip_comment(parser *p)
{
    const bool line = nx_str_starts(rest_of(p), NX_STR("//"));
    const nx_str end = line ? NX_STR("\n") : NX_STR("*/");
    size_t found = nx_str_find(p->s, end, p->i + 2);
    p->i = found != SIZE_MAX ? found + end.n : p->s.n;
}

static void skip_blanks(parser *p)
{
    for (; p->i < p->s.n; p->i++) {
        while (p->lenient && (nx_str_starts(rest_of(p), NX_STR("/*")) ||
                              nx_str_starts(rest_of(p), NX_STR("//")))) {
            skip_comment(p);
        }
        if (!at(p, ' ') && !at(p, '\n') && !at(p, '\r') && !at(p, '\t')) {
            return;
        }
    }
}

// ---- strings

// The four digits of "\u", at *i, which goes behind them.
static bool take_unit(nx_str s, size_t *i, uint32_t *unit)
{
    *unit = 0;
    for (size_t end = *i + 4; *i < end; ++*i) {
        int digit = *i < s.n ? nx_hex_digit(s.p[*i]) : -1;
        if (digit < 0) {
            return false;
        }
        *unit = *unit << 4 | (uint32_t)digit;
    }
    return true;
}

bool nx_json_take_character(nx_str s, size_t *i, uint32_t *c)
{
    if (!take_unit(s, i, c)) {
        return false;
    }
    size_t second = *i + 2;
    uint32_t low = 0;
    if (*c >= 0xd800 && *c < 0xdc00 && second <= s.n && s.p[*i] == '\\' && s.p[*i + 1] == 'u' &&
        take_unit(s, &second, &low) && low >= 0xdc00 && low < 0xe000) {
        *c = 0x10000 + ((*c - 0xd800) << 10 | (low - 0xdc00));
        *i = second;
    }
    return true;
}

// Writes what the escape stands for whose letter is at raw.p[*i]; returns its bytes, 0 when it is
// none. No escape is shorter than that.
static size_t unescape(nx_str raw, size_t *i, char *out)
{
    static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    const char letter = *i < raw.n ? raw.p[*i] : '\0';
    ++*i;
    const char *found = letter != '\0' ? strchr(letters, letter) : NULL;
    uint32_t c = 0;
    if (found != NULL) {
        *out = meant[found - letters];
        return 1;
    }
    return letter == 'u' && nx_json_take_character(raw, i, &c) ? nx_utf8_encode(c, out) : 0;
}

// What stands between the quotes, escapes resolved; *bad: the place of one that is none.
static nx_str resolve(nx_arena *arena, nx_str raw, size_t *bad)
{
    char *out = nx_arena_alloc(arena, raw.n);
    size_t n = 0;
    *bad = SIZE_MAX;
    for (size_t i = 0; out != NULL;) {
        const char *slash = i < raw.n ? memchr(raw.p + i, '\\', raw.n - i) : NULL;
        const size_t plain = slash != NULL ? (size_t)(slash - raw.p) - i : raw.n - i;
        memcpy(out + n, raw.p + i, plain);
        n += plain;
        i += plain + 1;
        if (slash == NULL) {
            break;
        }
        const size_t escape = i, more = unescape(raw, &i, out + n);
        if (more == 0) {
            *bad = escape;
            break;
        }
        n += more;
    }
    return nx_str_make(out, n);
}

// Where the string that begins at from ends; SIZE_MAX when it does not.
static size_t find_quote(nx_str s, size_t from, char quote)
{
    for (size_t i = from; i < s.n; i++) {
        const char *found = memchr(s.p + i, quote, s.n - i);
        if (found == NULL) {
            break;
        }
        i = (size_t)(found - s.p);
        size_t slashes = 0;
        while (i - slashes > from && s.p[i - slashes - 1] == '\\') {
            slashes++;
        }
        if (slashes % 2 == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

static nx_status read_string(parser *p, nx_str *out)
{
    const char quote = p->i < p->s.n ? p->s.p[p->i] : '\0';
    if (quote != '"' && !(quote == '\'' && p->lenient)) {
        return fail(p, "a string expected");
    }
    const size_t start = p->i + 1, end = find_quote(p->s, start, quote);
    size_t bad = SIZE_MAX;
    p->i = p->s.n;
    if (end == SIZE_MAX) {
        return fail(p, "");
    }
    *out = resolve(p->arena, nx_str_make(p->s.p + start, end - start), &bad);
    p->i = bad != SIZE_MAX ? start + bad : end + 1;
    return out->p == NULL    ? nx_fail_nomem(p->err)
           : bad != SIZE_MAX ? fail(p, "no such escape in a string")
                             : NX_OK;
}

// ---- other values

static size_t take_digits(parser *p)
{
    const size_t from = p->i;
    while (p->i < p->s.n && nx_is_digit(p->s.p[p->i])) {
        p->i++;
    }
    return p->i - from;
}

static nx_status read_number(parser *p, nx_json *out)
{
    const size_t from = p->i;
    p->i += at(p, '-');
    size_t digits = take_digits(p);
    if (at(p, '.')) {
        p->i++;
        digits += take_digits(p);
    }
    if (digits == 0) {
        return fail(p, "a number expected");
    }
    if (at(p, 'e') || at(p, 'E')) {
        p->i++;
        p->i += at(p, '+') || at(p, '-');
        (void)take_digits(p);
    }
    out->kind = NX_JSON_NUMBER;
    out->text = nx_arena_copy(p->arena, nx_str_make(p->s.p + from, p->i - from));
    return out->text.p != NULL ? NX_OK : nx_fail_nomem(p->err);
}

// null, true and false, and the numbers that Python writes though JSON has none of them.
static bool read_name(parser *p, nx_json *out)
{
    static const struct {
        nx_str name;
        nx_json_kind kind;
    } names[] = {
        {{"null", 4}, NX_JSON_NULL},       {{"true", 4}, NX_JSON_BOOL},
        {{"false", 5}, NX_JSON_BOOL},      {{"NaN", 3}, NX_JSON_NUMBER},
        {{"Infinity", 8}, NX_JSON_NUMBER}, {{"-Infinity", 9}, NX_JSON_NUMBER},
    };
    for (size_t i = 0; i < NX_COUNT(names); i++) {
        if (p->lenient ? nx_str_starts_nocase(rest_of(p), names[i].name)
                       : nx_str_starts(rest_of(p), names[i].name)) {
            out->kind = names[i].kind;
            out->text = names[i].name;
            p->i += names[i].name.n;
            return true;
        }
    }
    return false;
}

static nx_status read_value(parser *p, unsigned depth, nx_json *out);

// Adds a child to the innermost container, whose first one is open[first]. Of equal keys the last
// one counts.
static nx_status add_child(parser *p, size_t first, const nx_json *child)
{
    bool member = child->key.p != NULL && p->used - first <= SAME_KEYS_MAX;
    for (size_t i = first; member && i < p->used; i++) {
        if (nx_str_eq(p->open[i].key, child->key)) {
            p->open[i] = *child;
            return NX_OK;
        }
    }
    if (p->used == p->cap) {
        size_t cap = p->cap < 32 ? 32 : p->cap * 2;
        nx_json *open = realloc(p->open, cap * sizeof *open);
        if (open == NULL) {
            return nx_fail_nomem(p->err);
        }
        p->open = open;
        p->cap = cap;
    }
    p->open[p->used++] = *child;
    return NX_OK;
}

static nx_status read_child(parser *p, unsigned depth, bool member, nx_json *out)
{
    nx_status st = member ? read_string(p, &out->key) : NX_OK;
    if (st == NX_OK && member) {
        skip_blanks(p);
        st = at(p, ':') ? NX_OK : fail(p, "':' expected");
        p->i++;
        skip_blanks(p);
    }
    return st == NX_OK ? read_value(p, depth, out) : st;
}

// What is between the brackets, the first of which is behind us.
static nx_status read_children(parser *p, unsigned depth, char close)
{
    const size_t first = p->used;
    for (;;) {
        skip_blanks(p);
        if (at(p, close) && (p->used == first || p->lenient)) {
            break; // lenient: behind a comma, too
        }
        nx_json child = {.kind = NX_JSON_NULL};
        nx_status st = read_child(p, depth + 1, close == '}', &child);
        st = st == NX_OK ? add_child(p, first, &child) : st;
        if (st != NX_OK) {
            return st;
        }
        skip_blanks(p);
        if (!at(p, ',')) {
            break;
        }
        p->i++;
    }
    return at(p, close) ? NX_OK : fail(p, "',' or the end of a list expected");
}

static nx_status read_container(parser *p, unsigned depth, nx_json *out)
{
    const bool object = at(p, '{');
    const size_t first = p->used;
    if (depth >= NX_JSON_DEPTH) {
        return nx_fail(p->err, NX_ELIMIT, "JSON nested deeper than %d", NX_JSON_DEPTH);
    }
    if (++p->containers > NX_JSON_CONTAINERS_MAX) {
        return nx_fail(p->err, NX_ELIMIT, "JSON text with too many values");
    }
    p->i++;
    nx_status st = read_children(p, depth, object ? '}' : ']');
    if (st != NX_OK) {
        return st;
    }
    p->i++;
    out->kind = object ? NX_JSON_OBJECT : NX_JSON_ARRAY;
    out->count = p->used - first;
    p->used = first;
    if (out->count == 0) {
        return NX_OK;
    }
    nx_json *items = nx_arena_alloc(p->arena, out->count * sizeof *items);
    if (items == NULL) {
        return nx_fail_nomem(p->err);
    }
    memcpy(items, p->open + first, out->count * sizeof *items);
    out->items = items;
    return NX_OK;
}

static nx_status read_value(parser *p, unsigned depth, nx_json *out)
{
    const char c = p->i < p->s.n ? p->s.p[p->i] : '\0';
    if (++p->values > NX_JSON_VALUES_MAX) {
        return nx_fail(p->err, NX_ELIMIT, "JSON text with too many values");
    }
    if (c == '{' || c == '[') {
        return read_container(p, depth, out);
    }
    if (c == '"' || c == '\'') {
        out->kind = NX_JSON_STRING;
        return read_string(p, &out->text);
    }
    if (read_name(p, out)) {
        return NX_OK;
    }
    return c == '-' || nx_is_digit(c) ? read_number(p, out) : fail(p, "a value expected");
}

nx_status nx_json_parse(nx_str text, nx_json_mode mode, nx_json **root, nx_error *err)
{
    *root = NULL;
    parser p = {.s = text.p != NULL ? text : NX_STR(""),
                .lenient = mode == NX_JSON_LENIENT,
                .arena = nx_arena_new(SIZE_MAX),
                .err = err};
    nx_json_tree *t = p.arena != NULL ? nx_arena_calloc(p.arena, 1, sizeof *t) : NULL;
    if (t == NULL) {
        nx_arena_free(p.arena);
        return nx_fail_nomem(err);
    }
    t->arena = p.arena;
    skip_blanks(&p);
    nx_status st = read_value(&p, 0, &t->root);
    if (st == NX_OK && mode == NX_JSON_STRICT) {
        skip_blanks(&p);
        st = p.i == p.s.n ? NX_OK : fail(&p, "more than one value");
    }
    free(p.open);
    if (st == NX_OK && t->root.kind != NX_JSON_NULL) {
        *root = &t->root;
    } else {
        nx_arena_free(p.arena);
    }
    return st;
}
