// operators.c: which words of a query are operators, and which parentheses belong together.
//
// AND, OR, NOT and NEAR in capitals are operators, unless the whole query is a sentence in
// capitals. In small letters they are operators only where nothing else can be meant: between
// quotations, groups and fields, or in a group that is nothing but words and operators in turn.
// Must not know: characters, the tree.
#include "searcher/lex.h"

// So many words in capitals may still be acronyms, all in all and in a row: FBI AND CIA. Names in
// capitals have two words mostly, VIET NAM AND LAOS.
enum { CAPITAL_WORDS = 6, CAPITAL_ROW = 2 };

// ---- parentheses

static void drop_paren(nx_query *q, nx_token *t, const char *why)
{
    nx_query_note(q, NX_NOTE_IGNORED, t->at, t->end, "%s", why);
    t->partner = 0;
}

// Matches by a stack of indexes kept in the partner members themselves: an open parenthesis points
// to the one around it until it is closed. Index 0 as "none" is safe: see the offset by one.
static void match_parens(nx_query *q, nx_token *tokens, size_t count)
{
    size_t top = 0, depth = 0, too_deep = 0;
    for (size_t i = 0; i < count; i++) {
        nx_token *t = &tokens[i];
        if (t->kind == NX_T_OPEN) {
            if (depth == NX_QUERY_MAX_DEPTH) {
                drop_paren(q, t, "parentheses nested too deeply are ignored");
                too_deep++;
                continue;
            }
            t->partner = top;
            top = i + 1;
            depth++;
        } else if (t->kind == NX_T_CLOSE && too_deep > 0) {
            too_deep--;
            t->partner = 0;
        } else if (t->kind == NX_T_CLOSE && top == 0) {
            drop_paren(q, t, "a closing parenthesis without its partner is ignored");
        } else if (t->kind == NX_T_CLOSE) {
            nx_token *open = &tokens[top - 1];
            size_t outer = open->partner;
            open->partner = i + 1;
            t->partner = top;
            top = outer;
            depth--;
        }
    }
    while (top != 0) {
        nx_token *open = &tokens[top - 1];
        size_t outer = open->partner;
        drop_paren(q, open, "an opening parenthesis without its partner is ignored");
        top = outer;
    }
}

// ---- operator words

static bool is_operand_end(const nx_token *tokens, size_t i)
{
    const nx_token *t = &tokens[i];
    return t->kind == NX_T_WORD || t->kind == NX_T_PHRASE ||
           (t->kind == NX_T_CLOSE && t->partner != 0);
}

static bool is_operand_start(const nx_token *t)
{
    return t->kind == NX_T_WORD || t->kind == NX_T_PHRASE || t->kind == NX_T_FUNCTION ||
           t->kind == NX_T_FIELD || t->kind == NX_T_NOT || t->kind == NX_T_MUST ||
           (t->kind == NX_T_OPEN && t->partner != 0);
}

// A token that only somebody who writes a query language would put there.
static bool structured_before(const nx_token *tokens, size_t i)
{
    const nx_token *t = &tokens[i];
    return t->kind == NX_T_PHRASE || (t->kind == NX_T_CLOSE && t->partner != 0) ||
           (i > 0 && t->kind == NX_T_WORD && tokens[i - 1].kind == NX_T_FIELD);
}

static bool structured_after(const nx_token *t)
{
    return is_operand_start(t) && t->kind != NX_T_WORD;
}

// Marks the operator words of "(a or b or c)": operands and operator words in turn, nothing else.
// Returns whether the group has that shape.
static bool group_alternates(const nx_token *tokens, size_t open)
{
    size_t close = tokens[open].partner - 1;
    size_t length = close - open - 1;
    if (length < 3 || length % 2 == 0) {
        return false;
    }
    for (size_t i = open + 1; i < close; i++) {
        const nx_token *t = &tokens[i];
        bool is_operator = t->kind == NX_T_WORD && t->maybe;
        bool is_operand = (t->kind == NX_T_WORD || t->kind == NX_T_PHRASE) && !t->maybe;
        if ((i - open) % 2 == 0 ? !is_operator : !is_operand) {
            return false;
        }
    }
    return true;
}

static nx_token_kind operator_kind(nx_str s)
{
    return nx_str_eq_nocase(s, NX_STR("and"))   ? NX_T_AND
           : nx_str_eq_nocase(s, NX_STR("or"))  ? NX_T_OR
           : nx_str_eq_nocase(s, NX_STR("not")) ? NX_T_NOT
                                                : NX_T_NEAR;
}

static void make_operator(nx_token *t)
{
    t->kind = operator_kind(t->text);
    t->maybe = false;
    t->n = NX_NEAR_DEFAULT;
}

static bool all_upper(const nx_token *t)
{
    return t->has_upper && !t->has_lower;
}

// Every word is in capitals, and there are too many of them to be acronyms. Who groups words or
// quotes them writes no sentence, so that they may be more in a row.
static bool capital_sentence(const nx_token *tokens, size_t count)
{
    size_t words = 0, row = 0, longest = 0;
    bool structured = false;
    for (size_t i = 0; i < count; i++) {
        const nx_token *t = &tokens[i];
        if (t->kind == NX_T_FIELD) { // its value is no part of the sentence
            const nx_token *v = &tokens[i + 1];
            bool group = v->kind == NX_T_OPEN && v->partner != 0;
            i = group ? v->partner - 1 : v->kind == NX_T_WORD ? i + 1 : i;
            structured = true;
            continue;
        }
        if (t->kind != NX_T_WORD) {
            structured = structured || t->kind != NX_T_END;
            continue;
        }
        if (t->has_lower) {
            return false;
        }
        words += t->has_upper && !t->maybe ? 1 : 0;
        row = t->has_upper && !t->maybe ? row + 1 : 0;
        longest = row > longest ? row : longest;
    }
    return words > CAPITAL_WORDS || (longest > CAPITAL_ROW && !structured);
}

static bool has_explicit(const nx_token *tokens, size_t count, bool capitals)
{
    for (size_t i = 0; i < count; i++) {
        const nx_token *t = &tokens[i];
        if (t->kind == NX_T_NEAR || t->kind == NX_T_SAME || t->kind == NX_T_FUNCTION ||
            (t->maybe && all_upper(t) && !capitals)) {
            return true;
        }
    }
    return false;
}

static bool is_operator(const nx_token *tokens, size_t i, bool capitals, bool is_explicit)
{
    const nx_token *t = &tokens[i];
    if (all_upper(t)) {
        return !capitals;
    }
    bool after = structured_after(&tokens[i + 1]);
    if (operator_kind(t->text) == NX_T_NOT) {
        return after || (is_explicit && is_operand_start(&tokens[i + 1]));
    }
    if (i == 0 || !is_operand_end(tokens, i - 1) || !is_operand_start(&tokens[i + 1])) {
        return false;
    }
    return is_explicit || (after && structured_before(tokens, i - 1));
}

void nx_query_operators(nx_query *q, nx_token *tokens, size_t count)
{
    match_parens(q, tokens, count);
    bool capitals = capital_sentence(tokens, count);
    bool is_explicit = has_explicit(tokens, count, capitals);
    for (size_t i = 0; i < count; i++) {
        if (tokens[i].kind == NX_T_OPEN && tokens[i].partner != 0 && !capitals &&
            group_alternates(tokens, i)) {
            for (size_t k = i + 2; k < tokens[i].partner - 1; k += 2) {
                make_operator(&tokens[k]);
            }
        }
    }
    bool told = false;
    for (size_t i = 0; i < count; i++) {
        nx_token *t = &tokens[i];
        if (!t->maybe) {
            continue;
        }
        if (is_operator(tokens, i, capitals, is_explicit)) {
            make_operator(t);
            continue;
        }
        t->maybe = false;
        if (capitals && !told) {
            told = true;
            nx_query_note(q, NX_NOTE_HINT, t->at, t->end,
                          "AND, OR, NOT are words here, as the whole query is in capitals");
        } else if (!capitals && operator_kind(t->text) != NX_T_AND) {
            nx_query_note(q, NX_NOTE_HINT, t->at, t->end,
                          "\"%.*s\" is read as a word; in capitals it is an operator",
                          (int)t->text.n, t->text.p);
        }
    }
}
