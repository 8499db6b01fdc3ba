// lex.c: query text -> tokens: quotes, escapes, field names, functions, wildcards, numbers.
//
// A backslash makes the next character an ordinary one; a word that starts with one is never an
// operator, a field or a function. Must not know: the tree; which words are operators
// (operators.c).
#include <stdarg.h>
#include <stdio.h>

#include "base/num.h"
#include "base/opt.h"
#include "base/utf8.h"
#include "searcher/lex.h"

typedef struct lexer {
    nx_query *q;
    nx_str s;
    size_t i;
    nx_token *tokens;
    size_t count, cap;
    nx_buf bytes; // of the word being read
    nx_buf flags; // 1 for each byte that was escaped
    nx_status status;
    nx_error *err;
} lexer;

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

// Bytes of white space at i; 0 when there is none.
static size_t space_at(nx_str s, size_t i)
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

// Bytes of a double quotation mark of any kind at i; 0 when there is none.
static size_t quote_at(nx_str s, size_t i)
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

static bool is_paren(char c)
{
    return c == '(' || c == ')';
}

// May a word, quote or group start with this byte after "-", "+" or "field:"?
static bool starts_operand(nx_str s, size_t i)
{
    if (i >= s.n || space_at(s, i) != 0) {
        return false;
    }
    char c = s.p[i];
    if (c == '?') { // a pattern: ?ussia
        return i + 1 < s.n && (nx_is_alpha(s.p[i + 1]) || nx_is_digit(s.p[i + 1]));
    }
    return nx_is_alpha(c) || nx_is_digit(c) || (unsigned char)c >= 0x80 ||
           (c != '\0' && strchr("\"(=*\\$.", c) != NULL);
}

static nx_token *push(lexer *l, nx_token_kind kind, size_t at, size_t end)
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

static nx_str keep(lexer *l, nx_str s)
{
    nx_str copy = nx_arena_copy(l->q->arena, s);
    if (copy.p == NULL) {
        l->status = nx_arena_check(l->q->arena, "the query", l->err);
    }
    return copy;
}

// Digits at the end of s from i on, as a number up to max; false when there are none or others.
static bool number_tail(nx_str s, size_t i, uint32_t max, uint32_t *out)
{
    uint64_t n;
    if (i >= s.n || s.n - i > 9 || !nx_parse_u64(nx_str_make(s.p + i, s.n - i), &n)) {
        return false;
    }
    *out = n > max ? max : (uint32_t)n;
    return true;
}

// ---- words

typedef enum stop_rule { STOP_AT_QUOTES, STOP_AT_PARENS, STOP_AT_SPACE } stop_rule;

// Copies a run of characters to l->bytes and l->flags, undoing escapes; l->i ends behind it.
static void read_run(lexer *l, stop_rule rule)
{
    bool opened = false;
    nx_buf_clear(&l->bytes);
    nx_buf_clear(&l->flags);
    while (l->i < l->s.n) {
        size_t next;
        char c = l->s.p[l->i];
        if (c == '\\' && l->i + 1 < l->s.n) {
            nx_utf8_decode(l->s, l->i + 1, &next, NULL);
            for (size_t k = l->i + 1; k < next; k++) {
                nx_buf_addc(&l->bytes, l->s.p[k]);
                nx_buf_addc(&l->flags, 1);
            }
            l->i = next;
            continue;
        }
        bool stop = space_at(l->s, l->i) != 0 || (rule != STOP_AT_SPACE && is_paren(c)) ||
                    (rule == STOP_AT_SPACE && c == ')' && !opened) ||
                    (rule == STOP_AT_QUOTES && quote_at(l->s, l->i) != 0);
        if (stop) {
            break;
        }
        opened = opened || c == '(';
        if (c != '\\') {
            nx_buf_addc(&l->bytes, c);
            nx_buf_addc(&l->flags, 0);
        }
        l->i++;
    }
    if (l->bytes.failed || l->flags.failed) { // both empty, so that they stay of one length
        l->status = nx_fail_nomem(l->err);
        nx_buf_clear(&l->bytes);
        nx_buf_clear(&l->flags);
    }
}

static bool plain_byte(const lexer *l, size_t i, char c)
{
    return l->bytes.data[i] == c && l->flags.data[i] == 0;
}

static void cut_tail(lexer *l, size_t n)
{
    nx_buf_truncate(&l->bytes, n);
    nx_buf_truncate(&l->flags, n);
}

static void cut_head(lexer *l, size_t n)
{
    memmove(l->bytes.data, l->bytes.data + n, l->bytes.len - n);
    memmove(l->flags.data, l->flags.data + n, l->flags.len - n);
    cut_tail(l, l->bytes.len - n);
}

// A question mark, comma and the like at the end are the sentence's, not the word's.
static void cut_punctuation(lexer *l)
{
    while (l->bytes.len > 0 && l->flags.data[l->bytes.len - 1] == 0 &&
           memchr("?!,;:", l->bytes.data[l->bytes.len - 1], 5) != NULL) {
        cut_tail(l, l->bytes.len - 1);
    }
}

// "word~", "word~2": the number of edits, cut off; 0 when it is not fuzzy.
static uint32_t take_fuzzy(lexer *l, size_t at)
{
    size_t tilde = l->bytes.len;
    while (tilde > 0 && nx_is_digit(l->bytes.data[tilde - 1])) {
        tilde--;
    }
    if (tilde < 2 || !plain_byte(l, tilde - 1, '~')) {
        return 0;
    }
    uint32_t n = 1;
    if (tilde < l->bytes.len && !number_tail(nx_buf_str(&l->bytes), tilde, 1000, &n)) {
        n = NX_FUZZY_MAX + 1;
    }
    if (n < 1 || n > NX_FUZZY_MAX) {
        uint32_t meant = n < 1 ? 1 : NX_FUZZY_MAX;
        nx_query_note(l->q, NX_NOTE_CORRECTED, at, l->i, "~ takes 1 or %d: read as ~%u",
                      NX_FUZZY_MAX, meant);
        n = meant;
    }
    cut_tail(l, tilde - 1);
    return n;
}

// Is there an unescaped * anywhere, or an unescaped ? inside the word?
static bool has_wild(const lexer *l)
{
    for (size_t i = 0; i < l->bytes.len; i++) {
        if (plain_byte(l, i, '*') || (i > 0 && i + 1 < l->bytes.len && plain_byte(l, i, '?'))) {
            return true;
        }
    }
    return false;
}

// Makes the bytes a pattern, if they are one.
static bool take_wild(lexer *l)
{
    if (!has_wild(l)) {
        return false;
    }
    size_t to = 0; // an escaped * or ? can match nothing that is indexed
    for (size_t i = 0; i < l->bytes.len; i++) {
        char c = l->bytes.data[i];
        bool star_again = c == '*' && to > 0 && l->bytes.data[to - 1] == '*';
        if (!star_again && !((c == '*' || c == '?') && l->flags.data[i] != 0)) {
            l->flags.data[to] = l->flags.data[i];
            l->bytes.data[to++] = c;
        }
    }
    cut_tail(l, to);
    cut_punctuation(l);
    return has_wild(l);
}

static bool has_word_byte(nx_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (nx_is_alpha(s.p[i]) || nx_is_digit(s.p[i]) || (unsigned char)s.p[i] >= 0x80) {
            return true;
        }
    }
    return false;
}

static void push_word(lexer *l, size_t at, nx_match match, uint32_t n)
{
    nx_str text = nx_buf_str(&l->bytes);
    if (!has_word_byte(text) && match != NX_MATCH_WILD) {
        if (memchr(text.p, '=', text.n) != NULL || memchr(text.p, '~', text.n) != NULL) {
            nx_query_note(l->q, NX_NOTE_IGNORED, at, l->i, "an operator without a word is ignored");
        }
        return;
    }
    nx_token *t = push(l, NX_T_WORD, at, l->i);
    if (t == NULL) {
        return;
    }
    t->match = match;
    t->n = n;
    for (size_t i = 0; i < text.n; i++) {
        t->has_upper = t->has_upper || nx_is_upper(text.p[i]);
        t->has_lower = t->has_lower || (nx_is_alpha(text.p[i]) && !nx_is_upper(text.p[i]));
    }
    t->text = keep(l, text);
    l->q->words++;
}

// "&&" and "||": AND and OR that no sentence in capitals can be taken for.
static bool push_symbol(lexer *l, size_t at)
{
    nx_str s = nx_buf_str(&l->bytes);
    bool both = nx_str_eq(s, NX_STR("&&")), either = nx_str_eq(s, NX_STR("||"));
    return (both || either) && push(l, both ? NX_T_AND : NX_T_OR, at, l->i) != NULL;
}

// "NEAR/5", "w/5", "pre/5", "adj/5", "w/s": an operator whatever its case.
static bool push_distance(lexer *l, size_t at)
{
    nx_str s = nx_buf_str(&l->bytes);
    if (nx_str_eq_nocase(s, NX_STR("w/s"))) {
        return push(l, NX_T_SENTENCE, at, l->i) != NULL;
    }
    static const char *const names[] = {"near/", "w/", "pre/", "adj/"};
    for (size_t i = 0; i < 4; i++) {
        uint32_t n;
        size_t len = strlen(names[i]);
        if (nx_str_starts_nocase(s, nx_str_of(names[i])) && number_tail(s, len, 1000000, &n)) {
            nx_token *t = push(l, NX_T_NEAR, at, l->i);
            uint32_t fit = n < 1 ? 1 : n > NX_NEAR_MAX ? NX_NEAR_MAX : n;
            if (fit != n) {
                nx_query_note(l->q, NX_NOTE_CORRECTED, at, l->i, "distance %u read as %u", n, fit);
            }
            if (t != NULL) {
                t->n = fit;
                t->ordered = i >= 2;
            }
            return true;
        }
    }
    return false;
}

// allcaps(, head(, head20(, atleast3(: the word just read and the parenthesis behind it.
static bool push_function(lexer *l, size_t at)
{
    nx_str s = nx_buf_str(&l->bytes);
    nx_function f;
    uint32_t n = 0;
    if (l->i >= l->s.n || l->s.p[l->i] != '(') {
        return false;
    }
    if (nx_str_eq_nocase(s, NX_STR("allcaps"))) {
        f = NX_F_CAPS;
    } else if (nx_str_eq_nocase(s, NX_STR("head"))) {
        f = NX_F_HEAD;
        n = NX_HEAD_DEFAULT;
    } else if (nx_str_starts_nocase(s, NX_STR("head")) && number_tail(s, 4, 1000000, &n)) {
        f = NX_F_HEAD;
    } else if (nx_str_starts_nocase(s, NX_STR("atleast")) && number_tail(s, 7, 1000000, &n)) {
        f = NX_F_ATLEAST;
    } else {
        return false;
    }
    nx_token *t = push(l, NX_T_FUNCTION, at, l->i);
    if (t != NULL) {
        t->function = f;
        t->n = n < 1 ? 1 : n;
    }
    return true;
}

static void classify_word(lexer *l, size_t at, bool value)
{
    nx_str s = nx_buf_str(&l->bytes);
    bool literal = s.n > 0 && l->flags.data[0] != 0;
    if (!literal && !value) {
        if (push_symbol(l, at) || push_distance(l, at) || push_function(l, at)) {
            return;
        }
    }
    bool exact = s.n > 1 && plain_byte(l, 0, '=');
    if (exact) {
        cut_head(l, 1);
    }
    cut_punctuation(l);
    uint32_t fuzzy = take_fuzzy(l, at);
    cut_punctuation(l);
    bool wild = take_wild(l);
    if (exact && (fuzzy != 0 || wild)) {
        nx_query_note(l->q, NX_NOTE_IGNORED, at, at + 1,
                      "= is ignored before a word with a wildcard or ~");
    }
    if (wild && fuzzy != 0) {
        nx_query_note(l->q, NX_NOTE_IGNORED, at, l->i, "~ is ignored behind a word with wildcards");
        fuzzy = 0;
    }
    nx_match match = wild         ? NX_MATCH_WILD
                     : fuzzy != 0 ? NX_MATCH_FUZZY
                     : exact      ? NX_MATCH_EXACT
                                  : NX_MATCH_WORD;
    size_t before = l->count;
    push_word(l, at, match, fuzzy);
    if (l->count > before && match == NX_MATCH_WORD && !literal && !value) {
        nx_token *t = &l->tokens[l->count - 1];
        t->maybe = nx_str_eq_nocase(t->text, NX_STR("and")) ||
                   nx_str_eq_nocase(t->text, NX_STR("or")) ||
                   nx_str_eq_nocase(t->text, NX_STR("not")) || nx_str_eq(t->text, NX_STR("NEAR"));
    }
}

// ---- quotes

static void read_phrase(lexer *l)
{
    size_t at = l->i, open = quote_at(l->s, at), end = at + open, close = 0;
    bool star = false;
    nx_buf_clear(&l->bytes);
    while (end < l->s.n && (close = quote_at(l->s, end)) == 0) {
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
        if (!number_tail(nx_str_make(l->s.p, tail), l->i + 1, NX_NEAR_MAX, &slop)) {
            slop = NX_NEAR_MAX;
        }
        l->i = tail;
    }
    nx_str text = nx_str_trim(nx_buf_str(&l->bytes));
    if (!has_word_byte(text)) {
        nx_query_note(l->q, NX_NOTE_IGNORED, at, l->i, "an empty phrase is ignored");
        return;
    }
    if (star) {
        nx_query_note(l->q, NX_NOTE_IGNORED, at, l->i, "* has no meaning between quotation marks");
    }
    nx_token *t = push(l, NX_T_PHRASE, at, l->i);
    if (t != NULL) {
        t->n = slop;
        t->text = keep(l, text);
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

static void unknown_field(lexer *l, nx_str name)
{
    enum { MAX = 64 };
    const char *names[MAX + 1];
    size_t n = 0;
    char given[32] = "";
    for (const nx_field *f = nx_fields; f->name != NULL && n + 4 < MAX; f++) {
        names[n++] = f->name;
    }
    for (size_t i = 0; i < sizeof edges / sizeof edges[0]; i++) {
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

// "name:" at l->i: pushes FIELD and steps behind the colon. False when it is text (or an error).
static bool read_field(lexer *l)
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
    for (size_t i = 0; field == NULL && i < sizeof edges / sizeof edges[0]; i++) {
        if (nx_str_eq_nocase(name, nx_str_of(edges[i].name))) {
            field = nx_field_find(NX_STR("date"));
            edge = edges[i].edge;
        }
    }
    bool quoted = colon + 1 < l->s.n && quote_at(l->s, colon + 1) != 0;
    bool value = quoted || starts_operand(l->s, colon + 1);
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
    nx_token *t = push(l, NX_T_FIELD, l->i, colon + 1);
    if (t != NULL) {
        t->field = field;
        t->edge = edge;
    }
    l->i = colon + 1;
    return true;
}

// The value behind "name:"; quotes and groups are left to the main loop.
static void read_value(lexer *l, const nx_field *field)
{
    if (l->s.p[l->i] == '(' || quote_at(l->s, l->i) != 0) {
        return;
    }
    size_t at = l->i;
    bool date = field->analysis == NX_AS_DATE;
    if (date || field->analysis == NX_AS_EXACT) {
        read_run(l, date ? STOP_AT_PARENS : STOP_AT_SPACE);
        push_word(l, at, NX_MATCH_WORD, 0);
        return;
    }
    read_run(l, STOP_AT_QUOTES);
    classify_word(l, at, true);
}

// ---- the loop

static bool read_sign(lexer *l)
{
    char c = l->s.p[l->i];
    bool first = l->i == 0 || l->s.p[l->i - 1] == '(' || space_at(l->s, l->i - 1) != 0 ||
                 (unsigned char)l->s.p[l->i - 1] >= 0x80;
    if ((c != '-' && c != '+') || !first) {
        return false;
    }
    if (!starts_operand(l->s, l->i + 1)) {
        return false;
    }
    push(l, c == '-' ? NX_T_NOT : NX_T_MUST, l->i, l->i + 1);
    l->i++;
    return true;
}

static void lex_one(lexer *l)
{
    size_t space = space_at(l->s, l->i), at = l->i;
    if (space != 0) {
        l->i += space;
    } else if (is_paren(l->s.p[l->i])) {
        push(l, l->s.p[l->i] == '(' ? NX_T_OPEN : NX_T_CLOSE, at, at + 1);
        l->i++;
    } else if (quote_at(l->s, l->i) != 0) {
        read_phrase(l);
    } else if (read_sign(l)) {
        return;
    } else if (read_field(l)) {
        if (l->status == NX_OK) {
            read_value(l, l->tokens[l->count - 1].field);
        }
    } else if (l->status == NX_OK) {
        read_run(l, STOP_AT_QUOTES);
        classify_word(l, at, false);
    }
}

nx_status nx_query_lex(nx_query *q, const nx_token **tokens, size_t *count, nx_error *err)
{
    lexer l = {.q = q, .s = q->text, .err = err};
    nx_buf_init(&l.bytes, NX_QUERY_MAX_BYTES + 1);
    nx_buf_init(&l.flags, NX_QUERY_MAX_BYTES + 1);
    while (l.status == NX_OK && l.i < l.s.n) {
        if (q->words >= NX_QUERY_MAX_WORDS) {
            nx_query_note(q, NX_NOTE_IGNORED, l.i, l.s.n, "only the first %d words are used",
                          NX_QUERY_MAX_WORDS);
            break;
        }
        lex_one(&l);
    }
    if (l.status == NX_OK) {
        push(&l, NX_T_END, l.s.n, l.s.n);
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
