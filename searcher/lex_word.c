// lex_word.c: a word of a query with what belongs to it: escapes, = and ~, wildcards, the number of
// a distance or a function.
//
// Must not know: quotes, fields, what follows the word.
#include "base/utf8.h"
#include "searcher/lexer.h"

static bool is_paren(char c)
{
    return c == '(' || c == ')';
}

void nx_lex_run(nx_lexer *l, nx_lex_stop rule)
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
        bool stop = nx_lex_space(l->s, l->i) != 0 || (rule != NX_LEX_AT_SPACE && is_paren(c)) ||
                    (rule == NX_LEX_AT_SPACE && c == ')' && !opened) ||
                    (rule == NX_LEX_AT_QUOTES && nx_lex_quote(l->s, l->i) != 0);
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

static bool plain_byte(const nx_lexer *l, size_t i, char c)
{
    return l->bytes.data[i] == c && l->flags.data[i] == 0;
}

static void cut_tail(nx_lexer *l, size_t n)
{
    nx_buf_truncate(&l->bytes, n);
    nx_buf_truncate(&l->flags, n);
}

static void cut_head(nx_lexer *l, size_t n)
{
    memmove(l->bytes.data, l->bytes.data + n, l->bytes.len - n);
    memmove(l->flags.data, l->flags.data + n, l->flags.len - n);
    cut_tail(l, l->bytes.len - n);
}

// Is there an unescaped ? inside the word?
static bool has_inner_question(const nx_lexer *l)
{
    for (size_t i = 1; i + 1 < l->bytes.len; i++) {
        if (plain_byte(l, i, '?')) {
            return true;
        }
    }
    return false;
}

// A question mark, comma and the like at the end are the sentence's, not the word's; but of h?us?
// the second is as the first.
static void cut_punctuation(nx_lexer *l)
{
    const char *signs = has_inner_question(l) ? "!,;:" : "!,;:?";
    while (l->bytes.len > 0 && l->flags.data[l->bytes.len - 1] == 0 &&
           strchr(signs, l->bytes.data[l->bytes.len - 1]) != NULL) {
        cut_tail(l, l->bytes.len - 1);
    }
}

// "word~", "word~2": the number of edits, cut off; 0 when it is not fuzzy.
static uint32_t take_fuzzy(nx_lexer *l, size_t at)
{
    size_t tilde = l->bytes.len;
    while (tilde > 0 && nx_is_digit(l->bytes.data[tilde - 1])) {
        tilde--;
    }
    if (tilde < 2 || !plain_byte(l, tilde - 1, '~')) {
        return 0;
    }
    uint32_t n = 1;
    if (tilde < l->bytes.len && !nx_lex_number(nx_buf_str(&l->bytes), tilde, 1000, &n)) {
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

// "word^2": the weight, cut off; 0 when there is none.
static uint32_t take_boost(nx_lexer *l)
{
    size_t hat = l->bytes.len, end;
    while (hat > 0 && (nx_is_digit(l->bytes.data[hat - 1]) || l->bytes.data[hat - 1] == '.')) {
        hat--;
    }
    if (hat < 2 || !plain_byte(l, hat - 1, '^')) {
        return 0;
    }
    uint32_t boost = nx_lex_boost(l, nx_buf_str(&l->bytes), hat - 1, &end);
    if (boost != 0) {
        cut_tail(l, hat - 1);
    }
    return boost;
}

// Is there an unescaped * anywhere, or an unescaped ? inside the word?
static bool has_wild(const nx_lexer *l)
{
    for (size_t i = 0; i < l->bytes.len; i++) {
        if (plain_byte(l, i, '*')) {
            return true;
        }
    }
    return has_inner_question(l);
}

// Makes the bytes a pattern, if they are one.
static bool take_wild(nx_lexer *l)
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

bool nx_lex_has_word(nx_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (nx_is_alpha(s.p[i]) || nx_is_digit(s.p[i]) || (unsigned char)s.p[i] >= 0x80) {
            return true;
        }
    }
    return false;
}

void nx_lex_push_word(nx_lexer *l, size_t at, nx_match match, uint32_t n)
{
    nx_str text = nx_buf_str(&l->bytes);
    if (!nx_lex_has_word(text) && match != NX_MATCH_WILD) {
        bool phrase = nx_str_eq(text, NX_STR("=")) && l->i < l->s.n &&
                      nx_lex_quote(l->s, l->i) != 0; // is of the very forms as it is
        if (!phrase &&
            (memchr(text.p, '=', text.n) != NULL || memchr(text.p, '~', text.n) != NULL)) {
            nx_query_note(l->q, NX_NOTE_IGNORED, at, l->i, "an operator without a word is ignored");
        }
        return;
    }
    nx_token *t = nx_lex_push(l, NX_T_WORD, at, l->i);
    if (t == NULL) {
        return;
    }
    t->match = match;
    t->n = n;
    for (size_t i = 0; i < text.n; i++) {
        t->has_upper = t->has_upper || nx_is_upper(text.p[i]);
        t->has_lower = t->has_lower || (nx_is_alpha(text.p[i]) && !nx_is_upper(text.p[i]));
    }
    t->text = nx_lex_keep(l, text);
    l->q->words++;
}

// "&&" and "||": AND and OR that no sentence in capitals can be taken for.
static bool push_symbol(nx_lexer *l, size_t at)
{
    nx_str s = nx_buf_str(&l->bytes);
    bool both = nx_str_eq(s, NX_STR("&&")), either = nx_str_eq(s, NX_STR("||"));
    return (both || either) && nx_lex_push(l, both ? NX_T_AND : NX_T_OR, at, l->i) != NULL;
}

// "NEAR/5", "w/5", "pre/5", "adj/5", "w/s", "w/p": an operator whatever its case.
static bool push_distance(nx_lexer *l, size_t at)
{
    nx_str s = nx_buf_str(&l->bytes);
    bool paragraph = nx_str_eq_nocase(s, NX_STR("w/p"));
    if (paragraph || nx_str_eq_nocase(s, NX_STR("w/s"))) {
        nx_token *t = nx_lex_push(l, NX_T_SAME, at, l->i);
        if (t != NULL) {
            t->paragraph = paragraph;
        }
        return t != NULL;
    }
    static const char *const names[] = {"near/", "w/", "pre/", "adj/"};
    for (size_t i = 0; i < 4; i++) {
        uint32_t n;
        size_t len = strlen(names[i]);
        if (nx_str_starts_nocase(s, nx_str_of(names[i])) && nx_lex_number(s, len, 1000000, &n)) {
            nx_token *t = nx_lex_push(l, NX_T_NEAR, at, l->i);
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
static bool push_function(nx_lexer *l, size_t at)
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
    } else if (nx_str_starts_nocase(s, NX_STR("head")) && nx_lex_number(s, 4, 1000000, &n)) {
        f = NX_F_HEAD;
    } else if (nx_str_starts_nocase(s, NX_STR("atleast")) && nx_lex_number(s, 7, 1000000, &n)) {
        f = NX_F_ATLEAST;
    } else {
        return false;
    }
    nx_token *t = nx_lex_push(l, NX_T_FUNCTION, at, l->i);
    if (f != NX_F_CAPS && n < 1) {
        nx_query_note(l->q, NX_NOTE_CORRECTED, at, l->i, "%.*s read as %.*s1", (int)s.n, s.p,
                      (int)(s.n - 1), s.p);
        n = 1;
    }
    if (t != NULL) {
        t->function = f;
        t->n = n;
    }
    return true;
}

// HEADLINE(dam), as other services write a field; but not author(s).
static void hint_at_field(nx_lexer *l, size_t at)
{
    const nx_field *field = nx_field_find(nx_buf_str(&l->bytes));
    if (field != NULL && l->i + 2 < l->s.n && l->s.p[l->i] == '(' && l->s.p[l->i + 2] != ')') {
        nx_query_note(l->q, NX_NOTE_HINT, at, l->i,
                      "\"%.*s(\" is read as a word; the field is written %s:(...)",
                      (int)(l->i - at), l->s.p + at, field->name);
    }
}

void nx_lex_classify(nx_lexer *l, size_t at, bool value)
{
    nx_str s = nx_buf_str(&l->bytes);
    bool literal = s.n > 0 && l->flags.data[0] != 0;
    bool other = !literal &&
                 (push_function(l, at) || (!value && (push_symbol(l, at) || push_distance(l, at))));
    if (other) {
        return;
    }
    if (!literal && !value) {
        hint_at_field(l, at);
    }
    bool exact = s.n > 1 && plain_byte(l, 0, '=');
    if (exact) {
        cut_head(l, 1);
    }
    cut_punctuation(l);
    uint32_t boost = take_boost(l);
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
    nx_lex_push_word(l, at, match, fuzzy);
    if (l->count > before) {
        l->tokens[l->count - 1].boost = boost;
    }
    if (l->count > before && match == NX_MATCH_WORD && boost == 0 && !literal && !value) {
        nx_token *t = &l->tokens[l->count - 1];
        t->maybe = nx_str_eq_nocase(t->text, NX_STR("and")) ||
                   nx_str_eq_nocase(t->text, NX_STR("or")) ||
                   nx_str_eq_nocase(t->text, NX_STR("not")) || nx_str_eq(t->text, NX_STR("NEAR"));
    }
}
