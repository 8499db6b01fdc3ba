// lex.c: query text -> tokens: spaces, signs, quotes, field names.
//
// A backslash makes the next character an ordinary one; a word that starts with one is never an
// operator, a field or a function. Must not know: the tree; which words are operators
// (operators.c).
#include <stdarg.h>
#include <stdio.h>

#include "base/num.h"
#include "base/opt.h"
#include "base/utf8.h"
#include "searcher/lexer.h"

nx_status nx_query_error(const nx_query *q, size_t at, nx_error *err, const char *fmt, ...)
{
    size_t character = 1;
    for (size_t i = 0; i < at && i < q->text.n; character++) {
        nx_utf8_decode(q->text, i, &i, NULL);
    }
    char text[300];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    return nx_fail(err, NX_EQUERY, "character %zu: %s", character, text);
}

// ---- characters

size_t nx_lex_space(nx_str s, size_t i)
{
    if ((unsigned char)s.p[i] < 0x80) {
        return (unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7f ? 1 : 0;
    }
    size_t next;
    uint32_t c = nx_utf8_decode(s, i, &next, NULL);
    bool is = c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200b) || c == 0x2028 ||
              c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
    return is ? next - i : 0;
}

size_t nx_lex_quote(nx_str s, size_t i)
{
    if (s.p[i] == '"') {
        return 1;
    }
    if ((unsigned char)s.p[i] < 0x80) {
        return 0;
    }
    size_t next;
    uint32_t c = nx_utf8_decode(s, i, &next, NULL);
    bool is = (c >= 0x201c && c <= 0x201f) || c == 0xab || c == 0xbb;
    return is ? next - i : 0;
}

// May a word, quote or group start with this byte after "-", "+" or "field:"?
static bool starts_operand(nx_str s, size_t i)
{
    if (i >= s.n || nx_lex_space(s, i) != 0) {
        return false;
    }
    const char *signs = "\"(=*\\$.";
    if (s.p[i] == '?') { // of a pattern: ?ussia, ??ssia
        signs = "*\\_.'&/%$@";
        while (i < s.n && s.p[i] == '?') {
            i++;
        }
    }
    char c = i < s.n ? s.p[i] : '\0';
    return nx_is_alpha(c) || nx_is_digit(c) || (unsigned char)c >= 0x80 ||
           (c != '\0' && strchr(signs, c) != NULL);
}

nx_token *nx_lex_push(nx_lexer *l, nx_token_kind kind, size_t at, size_t end)
{
    if (l->count == l->cap) {
        size_t cap = l->cap != 0 ? l->cap * 2 : 32;
        nx_token *grown = nx_arena_alloc(l->q->arena, cap * sizeof *grown);
        if (grown == NULL) {
            l->status = nx_arena_check(l->q->arena, "the query", l->err);
            return NULL;
        }
        if (l->count > 0) {
            memcpy(grown, l->tokens, l->count * sizeof *grown);
        }
        l->tokens = grown;
        l->cap = cap;
    }
    nx_token *t = &l->tokens[l->count++];
    *t = (nx_token){.kind = kind, .at = at, .end = end};
    return t;
}

nx_str nx_lex_keep(nx_lexer *l, nx_str s)
{
    nx_str copy = nx_arena_copy(l->q->arena, s);
    if (copy.p == NULL) {
        l->status = nx_arena_check(l->q->arena, "the query", l->err);
    }
    return copy;
}

bool nx_lex_number(nx_str s, size_t i, uint32_t max, uint32_t *out)
{
    uint64_t n;
    if (i >= s.n || s.n - i > 9 || !nx_parse_u64(nx_str_skip(s, i), &n)) {
        return false;
    }
    *out = n > max ? max : (uint32_t)n;
    return true;
}

uint32_t nx_lex_boost(nx_lexer *l, nx_str s, size_t i, size_t *end)
{
    uint32_t n = 0, scale = 100;
    size_t at = i + 1;
    if (i >= s.n || s.p[i] != '^' || at >= s.n || !nx_is_digit(s.p[at])) {
        return 0;
    }
    for (bool fraction = false; at < s.n; at++) {
        bool dot = s.p[at] == '.' && !fraction && at + 1 < s.n && nx_is_digit(s.p[at + 1]);
        if (!dot && !nx_is_digit(s.p[at])) {
            break;
        }
        fraction = fraction || dot;
        scale = fraction && !dot ? scale / 10 : scale;
        uint32_t digit = dot ? 0 : (uint32_t)(s.p[at] - '0');
        n = dot || n > NX_BOOST_MAX ? n : fraction ? n + digit * scale : n * 10 + digit * scale;
    }
    *end = at;
    if (n < 1 || n > NX_BOOST_MAX) {
        nx_query_note(l->q, NX_NOTE_CORRECTED, l->i, l->i, "^ takes 0.01 to %d: read as ^%s",
                      NX_BOOST_MAX / 100, n < 1 ? "0.01" : "100");
        n = n < 1 ? 1 : NX_BOOST_MAX;
    }
    return n;
}

// ---- quotes

static void read_phrase(nx_lexer *l)
{
    size_t at = l->i, open = nx_lex_quote(l->s, at), end = at + open, close = 0;
    bool star = false;
    nx_buf_clear(&l->bytes);
    while (end < l->s.n && (close = nx_lex_quote(l->s, end)) == 0) {
        size_t from = l->s.p[end] == '\\' && end + 1 < l->s.n ? end + 1 : end, next;
        star = star || l->s.p[end] == '*';
        nx_utf8_decode(l->s, from, &next, NULL);
        nx_buf_add(&l->bytes, l->s.p + from, next - from);
        end = next;
    }
    if (close == 0) {
        nx_query_note(l->q, NX_NOTE_IGNORED, at, at + open,
                      "a quotation mark without its partner is ignored");
        l->i = at + open;
        return;
    }
    l->i = end + close;
    if (l->bytes.failed) {
        l->status = nx_fail_nomem(l->err);
        return;
    }
    uint32_t slop = 0;
    if (l->i + 1 < l->s.n && l->s.p[l->i] == '~' && nx_is_digit(l->s.p[l->i + 1])) {
        size_t tail = l->i + 1;
        while (tail < l->s.n && nx_is_digit(l->s.p[tail])) {
            tail++;
        }
        if (!nx_lex_number(nx_str_make(l->s.p, tail), l->i + 1, NX_NEAR_MAX, &slop)) {
            slop = NX_NEAR_MAX;
        }
        l->i = tail;
    }
    uint32_t boost = nx_lex_boost(l, l->s, l->i, &l->i);
    nx_str text = nx_str_trim(nx_buf_str(&l->bytes));
    if (!nx_lex_has_word(text)) {
        nx_query_note(l->q, NX_NOTE_IGNORED, at, l->i, "an empty phrase is ignored");
        return;
    }
    if (star) {
        nx_query_note(l->q, NX_NOTE_IGNORED, at, l->i, "* has no meaning between quotation marks");
    }
    nx_token *t = nx_lex_push(l, NX_T_PHRASE, at, l->i);
    if (t != NULL) {
        t->n = slop;
        t->boost = boost;
        t->text = nx_lex_keep(l, text);
        l->q->words++;
    }
}

// ---- fields

static const struct {
    const char *name;
    nx_edge edge;
} edges[] = {{"before", NX_EDGE_BEFORE},
             {"after", NX_EDGE_AFTER},
             {"since", NX_EDGE_SINCE},
             {"until", NX_EDGE_UNTIL}};

static void unknown_field(nx_lexer *l, nx_str name)
{
    enum { MAX = 64 };
    const char *names[MAX + 1];
    size_t n = 0;
    char given[32] = "";
    for (const nx_field *f = nx_fields; f->name != NULL && n + 4 < MAX; f++) {
        names[n++] = f->name;
    }
    for (size_t i = 0; i < NX_COUNT(edges); i++) {
        names[n++] = edges[i].name;
    }
    names[n] = NULL;
    const char *near = NULL;
    if (name.n < sizeof given) {
        for (size_t i = 0; i < name.n; i++) {
            given[i] = nx_lower(name.p[i]);
        }
        near = nx_nearest(given, names);
    }
    int shown = (int)(name.n < 40 ? name.n : 40);
    l->status = near != NULL ? nx_query_error(l->q, l->i, l->err,
                                              "there is no field \"%.*s\"; did you mean \"%s\"?",
                                              shown, name.p, near)
                             : nx_query_error(l->q, l->i, l->err,
                                              "there is no field \"%.*s\"; a backslash in front or "
                                              "quotation marks make it text",
                                              shown, name.p);
}

// ">", ">=", "<", "<=" before a date; steps behind it.
static nx_edge read_comparison(nx_lexer *l, size_t *at)
{
    static const struct {
        const char *sign;
        nx_edge edge;
    } signs[] = {
        {">=", NX_EDGE_SINCE}, {"<=", NX_EDGE_UNTIL}, {">", NX_EDGE_AFTER}, {"<", NX_EDGE_BEFORE}};
    for (size_t i = 0; i < NX_COUNT(signs); i++) {
        nx_str rest = nx_str_skip(l->s, *at);
        if (nx_str_starts(rest, nx_str_of(signs[i].sign))) {
            *at += strlen(signs[i].sign);
            return signs[i].edge;
        }
    }
    return NX_EDGE_IN;
}

// "name:" at l->i: pushes FIELD and steps to its value. False when it is text (or an error).
static bool read_field(nx_lexer *l)
{
    size_t colon = l->i;
    while (colon < l->s.n && (nx_is_alpha(l->s.p[colon]) || l->s.p[colon] == '_')) {
        colon++;
    }
    if (colon - l->i < 2 || colon >= l->s.n || l->s.p[colon] != ':') {
        return false;
    }
    nx_str name = nx_str_make(l->s.p + l->i, colon - l->i);
    const nx_field *field = nx_field_find(name);
    nx_edge edge = NX_EDGE_IN;
    for (size_t i = 0; field == NULL && i < NX_COUNT(edges); i++) {
        if (nx_str_eq_nocase(name, nx_str_of(edges[i].name))) {
            field = nx_field_find(NX_STR("date"));
            edge = edges[i].edge;
        }
    }
    size_t after = colon + 1;
    if (field != NULL && field->analysis == NX_AS_DATE && edge == NX_EDGE_IN) {
        edge = read_comparison(l, &after);
    }
    bool quoted = after < l->s.n && nx_lex_quote(l->s, after) != 0;
    bool value = quoted || starts_operand(l->s, after);
    if (!value) {
        if (field != NULL) {
            nx_query_note(l->q, NX_NOTE_HINT, l->i, colon + 1,
                          "\"%.*s:\" is read as text because no value follows it at once",
                          (int)name.n, name.p);
        }
        return false;
    }
    if (field == NULL) {
        unknown_field(l, name);
        return false;
    }
    nx_token *t = nx_lex_push(l, NX_T_FIELD, l->i, after);
    if (t != NULL) {
        t->field = field;
        t->edge = edge;
    }
    l->i = after;
    return true;
}

// The value behind "name:"; quotes and groups are left to the main loop.
static void read_value(nx_lexer *l, const nx_field *field)
{
    if (l->s.p[l->i] == '(' || nx_lex_quote(l->s, l->i) != 0) {
        return;
    }
    size_t at = l->i;
    bool date = field->analysis == NX_AS_DATE;
    if (date || field->analysis == NX_AS_EXACT) {
        nx_lex_run(l, date ? NX_LEX_AT_PARENS : NX_LEX_AT_SPACE);
        bool any = nx_str_eq(nx_buf_str(&l->bytes), NX_STR("*"));
        nx_lex_push_word(l, at, any ? NX_MATCH_WILD : NX_MATCH_WORD, 0);
        return;
    }
    nx_lex_run(l, NX_LEX_AT_QUOTES);
    nx_lex_classify(l, at, true);
}

// ---- the loop

static bool read_sign(nx_lexer *l)
{
    char c = l->s.p[l->i];
    bool first = l->i == 0 || l->s.p[l->i - 1] == '(' || nx_lex_space(l->s, l->i - 1) != 0 ||
                 (unsigned char)l->s.p[l->i - 1] >= 0x80;
    if ((c != '-' && c != '+') || !first) {
        return false;
    }
    if (!starts_operand(l->s, l->i + 1)) {
        return false;
    }
    nx_lex_push(l, c == '-' ? NX_T_NOT : NX_T_MUST, l->i, l->i + 1);
    l->i++;
    return true;
}

static void lex_one(nx_lexer *l)
{
    size_t space = nx_lex_space(l->s, l->i), at = l->i;
    if (space != 0) {
        l->i += space;
    } else if (l->s.p[l->i] == '(' || l->s.p[l->i] == ')') {
        bool close = l->s.p[l->i++] == ')';
        uint32_t boost = close ? nx_lex_boost(l, l->s, l->i, &l->i) : 0;
        nx_token *t = nx_lex_push(l, close ? NX_T_CLOSE : NX_T_OPEN, at, l->i);
        if (t != NULL) {
            t->boost = boost;
        }
    } else if (nx_lex_quote(l->s, l->i) != 0) {
        read_phrase(l);
    } else if (read_sign(l)) {
        return;
    } else if (read_field(l)) {
        if (l->status == NX_OK) {
            read_value(l, l->tokens[l->count - 1].field);
        }
    } else if (l->status == NX_OK) {
        nx_lex_run(l, NX_LEX_AT_QUOTES);
        nx_lex_classify(l, at, false);
    }
}

nx_status nx_query_lex(nx_query *q, const nx_token **tokens, size_t *count, nx_error *err)
{
    nx_lexer l = {.q = q, .s = q->text, .err = err};
    nx_buf_init(&l.bytes, NX_QUERY_MAX_BYTES + 1);
    nx_buf_init(&l.flags, NX_QUERY_MAX_BYTES + 1);
    while (l.status == NX_OK && l.i < l.s.n) {
        if (q->words >= NX_QUERY_MAX_WORDS) {
            nx_query_note(q, NX_NOTE_IGNORED, l.i, l.s.n,
                          "only the first %d words are used; --related=- takes a whole article",
                          NX_QUERY_MAX_WORDS);
            break;
        }
        lex_one(&l);
    }
    if (l.status == NX_OK) {
        nx_lex_push(&l, NX_T_END, l.s.n, l.s.n);
    }
    nx_buf_release(&l.bytes);
    nx_buf_release(&l.flags);
    *tokens = l.tokens;
    *count = l.count;
    if (l.status == NX_OK) {
        nx_query_operators(q, l.tokens, l.count);
    }
    return l.status;
}
