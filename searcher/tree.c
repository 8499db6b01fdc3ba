// tree.c: the query tree: notes, comparison, printing.
//
// Printing writes the query language itself, every character that means something escaped, so that
// parsing the result gives an equal tree: AND and OR as && and ||, which are operators whatever the
// case of the words around them. Must not know: tokens, the index.
#include <stdarg.h>
#include <stdio.h>

#include "base/time.h"
#include "base/utf8.h"
#include "searcher/query.h"

void nx_query_note(nx_query *q, nx_note_kind kind, size_t at, size_t end, const char *fmt, ...)
{
    char text[240];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    nx_make_printable(text);
    for (const nx_note *old = q->notes; old != NULL; old = old->next) {
        if (strcmp(old->text, text) == 0) {
            return; // said already
        }
    }
    const size_t room = kind == NX_NOTE_EXPANDED ? NX_QUERY_MAX_NOTES / 2 : NX_QUERY_MAX_NOTES;
    q->note_count++;
    if (q->notes_kept >= room) {
        return;
    }
    nx_note *note = nx_arena_calloc(q->arena, 1, sizeof *note);
    nx_str copy = nx_arena_copy(q->arena, nx_str_of(text));
    if (note == NULL || copy.p == NULL) {
        return;
    }
    q->notes_kept++;
    *note = (nx_note){.kind = kind, .at = at, .end = end, .text = copy.p};
    if (q->last_note != NULL) {
        q->last_note->next = note;
    } else {
        q->notes = note;
    }
    q->last_note = note;
}

static bool same_leaf(const nx_qnode *a, const nx_qnode *b)
{
    return a->kind == b->kind && a->match == b->match && a->ordered == b->ordered &&
           a->paragraph == b->paragraph && a->n == b->n && a->boost == b->boost &&
           nx_str_eq(a->text, b->text) && a->field == b->field && a->from == b->from &&
           a->to == b->to;
}

bool nx_qnode_equal(const nx_qnode *a, const nx_qnode *b)
{
    if (!same_leaf(a, b)) {
        return false;
    }
    const nx_qnode *x = a->child, *y = b->child;
    for (; x != NULL && y != NULL; x = x->next, y = y->next) {
        if (!nx_qnode_equal(x, y)) {
            return false;
        }
    }
    return x == y;
}

// ---- words side by side

bool nx_qnode_is_filter(const nx_qnode *n)
{
    return n->kind == NX_Q_DATE || n->kind == NX_Q_ALL ||
           (n->kind == NX_Q_FIELD && n->field->analysis != NX_AS_WORDS);
}

// after:2019 and before:2021 limit each other: they are not a choice, as days and years are.
static bool is_open(const nx_qnode *n)
{
    return n->kind == NX_Q_DATE && (n->from == NX_DATE_OPEN_FROM || n->to == NX_DATE_OPEN_TO);
}

bool nx_qnode_are_choice(const nx_qnode *a, const nx_qnode *b)
{
    return a->kind == b->kind && nx_qnode_is_filter(b) && a->kind != NX_Q_ALL &&
           a->field == b->field && !is_open(a) && !is_open(b);
}

// ---- printing

static bool special_char(uint32_t c)
{
    if (c < 0x80) {
        char a = (char)c;
        return !nx_is_alpha(a) && !nx_is_digit(a) && (c == 0 || strchr("_.'&/%$@", a) == NULL);
    }
    return c == 0xa0 || c == 0xab || c == 0xbb || c == 0x1680 || (c >= 0x2000 && c <= 0x206f) ||
           c == 0x3000;
}

static void print_escaped(nx_str s, bool pattern, nx_buf *out)
{
    for (size_t i = 0, next; i < s.n; i = next) {
        uint32_t c = nx_utf8_decode(s, i, &next, NULL);
        bool wild = pattern && (c == '*' || c == '?');
        if (special_char(c) && !wild) {
            nx_buf_addc(out, '\\');
        }
        nx_buf_add(out, s.p + i, next - i);
    }
}

// Would the word be read as an operator?
static bool looks_like_operator(nx_str s)
{
    static const char *const words[] = {"and", "or", "not", "near"};
    static const char *const starts[] = {"near/", "w/", "pre/", "adj/"};
    for (size_t i = 0; i < 4; i++) {
        if (nx_str_eq_nocase(s, nx_str_of(words[i])) ||
            nx_str_starts_nocase(s, nx_str_of(starts[i]))) {
            return true;
        }
    }
    return false;
}

static void print_word(const nx_qnode *n, nx_buf *out)
{
    bool plain = n->match == NX_MATCH_WORD;
    bool quiet = n->text.p[0] == '.' || n->text.p[0] == '_' || n->text.p[0] == '\'' ||
                 n->text.p[0] == '&' || n->text.p[0] == '/' || n->text.p[0] == '%' ||
                 n->text.p[0] == '@'; // could not follow a sign or a field
    if (n->match == NX_MATCH_CAPS) {
        nx_buf_addz(out, "ALLCAPS(");
    } else if (n->match == NX_MATCH_EXACT) {
        nx_buf_addc(out, '=');
    }
    if (quiet || ((plain || n->match == NX_MATCH_CAPS) && looks_like_operator(n->text))) {
        nx_buf_addc(out, '\\');
    }
    print_escaped(n->text, n->match == NX_MATCH_WILD, out);
    if (n->match == NX_MATCH_CAPS) {
        nx_buf_addc(out, ')');
    } else if (n->match == NX_MATCH_FUZZY) {
        nx_buf_addf(out, "~%u", n->n);
    }
}

static void print_phrase(const nx_qnode *n, nx_buf *out)
{
    nx_buf_addc(out, '"');
    for (size_t i = 0, next; i < n->text.n; i = next) {
        uint32_t c = nx_utf8_decode(n->text, i, &next, NULL);
        bool mark = c == '"' || c == '\\' || c == 0xab || c == 0xbb || (c >= 0x201c && c <= 0x201f);
        if (mark) {
            nx_buf_addc(out, '\\');
        }
        nx_buf_add(out, n->text.p + i, next - i);
    }
    nx_buf_addc(out, '"');
    if (n->n > 0) {
        nx_buf_addf(out, "~%u", n->n);
    }
}

static void print_date(const nx_qnode *n, nx_buf *out)
{
    char from[24] = "", to[24] = "";
    if (n->from != NX_DATE_OPEN_FROM) {
        nx_format_utc(from, n->from);
    }
    if (n->to != NX_DATE_OPEN_TO) {
        nx_format_utc(to, n->to);
    }
    if (nx_str_ends(nx_str_of(from), NX_STR("T00:00:00Z"))) {
        from[10] = '\0';
    }
    if (nx_str_ends(nx_str_of(to), NX_STR("T23:59:59Z"))) {
        to[10] = '\0';
    }
    bool one_day = strlen(from) == 10 && strcmp(from, to) == 0;
    nx_buf_addf(out, "%s:%s%s%s", n->field->name, from, one_day ? "" : "..", one_day ? "" : to);
}

// How tightly a node binds: what has a smaller number than its place needs parentheses.
static int binding(const nx_qnode *n)
{
    switch (n->kind) {
    case NX_Q_OR: return 1;
    case NX_Q_AND: return 2;
    case NX_Q_BAG: return 3;
    case NX_Q_NOT:
    case NX_Q_MUST: return 4;
    case NX_Q_NEAR:
    case NX_Q_SAME: return 5;
    default: return 6;
    }
}

static void print_node(const nx_qnode *n, int place, nx_buf *out);

static void print_list(const nx_qnode *n, const char *between, int place, nx_buf *out)
{
    for (const nx_qnode *c = n->child; c != NULL; c = c->next) {
        print_node(c, place, out);
        if (c->next != NULL) {
            nx_buf_addz(out, between);
        }
    }
}

static void print_in_parens(const nx_qnode *n, nx_buf *out)
{
    nx_buf_addc(out, '(');
    print_node(n, 0, out);
    nx_buf_addc(out, ')');
}

static void print_field(const nx_qnode *n, nx_buf *out)
{
    const nx_qnode *c = n->child;
    nx_buf_addf(out, "%s:", n->field->name);
    // What is read up to the next space has no marks of exact words or patterns.
    bool raw = n->field->analysis == NX_AS_EXACT;
    bool bare =
        c->kind == NX_Q_WORD && (raw ? c->match == NX_MATCH_WORD : c->match != NX_MATCH_CAPS);
    if (c->kind == NX_Q_PHRASE || bare) {
        print_node(c, 0, out);
    } else {
        print_in_parens(c, out);
    }
}

static void print_distance(const nx_qnode *n, nx_buf *out)
{
    char between[32];
    if (n->kind == NX_Q_SAME) {
        snprintf(between, sizeof between, n->paragraph ? " w/p " : " w/s ");
    } else {
        snprintf(between, sizeof between, " %s/%u ", n->ordered ? "PRE" : "NEAR", n->n);
    }
    print_list(n, between, 6, out);
}

static void print_bare(const nx_qnode *n, nx_buf *out)
{
    switch (n->kind) {
    case NX_Q_NONE: break;
    case NX_Q_ALL: nx_buf_addc(out, '*'); break;
    case NX_Q_BAG: print_list(n, " ", 4, out); break;
    case NX_Q_AND: print_list(n, " && ", 3, out); break;
    case NX_Q_OR: print_list(n, " || ", 2, out); break;
    case NX_Q_NOT:
    case NX_Q_MUST:
        nx_buf_addc(out, n->kind == NX_Q_NOT ? '-' : '+');
        print_node(n->child, n->child->kind == NX_Q_NOT ? 6 : 5, out);
        break;
    case NX_Q_WORD: print_word(n, out); break;
    case NX_Q_PHRASE: print_phrase(n, out); break;
    case NX_Q_NEAR:
    case NX_Q_SAME: print_distance(n, out); break;
    case NX_Q_HEAD:
        nx_buf_addf(out, "head%u", n->n);
        print_in_parens(n->child, out);
        break;
    case NX_Q_ATLEAST:
        nx_buf_addf(out, "atleast%u", n->n);
        print_in_parens(n->child, out);
        break;
    case NX_Q_FIELD: print_field(n, out); break;
    case NX_Q_DATE: print_date(n, out); break;
    }
}

static void print_boost(const nx_qnode *n, nx_buf *out)
{
    if (n->boost != 0) {
        nx_buf_addf(out, "^%u", n->boost / 100);
    }
    if (n->boost % 100 != 0) {
        nx_buf_addf(out, ".%02u", n->boost % 100);
    }
}

static void print_node(const nx_qnode *n, int place, nx_buf *out)
{
    bool leaf = n->kind == NX_Q_WORD || n->kind == NX_Q_PHRASE;
    if (n->boost != 0 && !leaf) {
        nx_buf_addc(out, '(');
        print_bare(n, out);
        nx_buf_addc(out, ')');
        print_boost(n, out);
    } else if (binding(n) < place) {
        print_in_parens(n, out);
    } else {
        print_bare(n, out);
        print_boost(n, out);
    }
}

void nx_query_print(const nx_qnode *node, nx_buf *out)
{
    print_node(node, 0, out);
}

// ---- the tree as lines

static const char *kind_name(const nx_qnode *n)
{
    static const char *const names[] = {
        [NX_Q_NONE] = "nothing",     [NX_Q_ALL] = "everything", [NX_Q_BAG] = "words",
        [NX_Q_AND] = "all of",       [NX_Q_OR] = "any of",      [NX_Q_NOT] = "not",
        [NX_Q_MUST] = "required",    [NX_Q_WORD] = "word",      [NX_Q_PHRASE] = "phrase",
        [NX_Q_NEAR] = "near",        [NX_Q_SAME] = "in one",    [NX_Q_HEAD] = "at the head",
        [NX_Q_ATLEAST] = "at least", [NX_Q_FIELD] = "field",    [NX_Q_DATE] = "dates",
    };
    return names[n->kind];
}

static void dump(const nx_qnode *n, int depth, nx_buf *out)
{
    for (; n != NULL; n = n->next) {
        for (int i = 0; i < depth; i++) {
            nx_buf_addz(out, "  ");
        }
        nx_buf_addz(out, kind_name(n));
        if (n->kind == NX_Q_FIELD) {
            nx_buf_addf(out, " %s", n->field->name);
        } else if (n->kind == NX_Q_SAME) {
            nx_buf_addz(out, n->paragraph ? " paragraph" : " sentence");
        } else if (n->kind == NX_Q_NEAR || n->kind == NX_Q_HEAD || n->kind == NX_Q_ATLEAST) {
            nx_buf_addf(out, " %u%s", n->n, n->ordered ? " in this order" : "");
        } else if (n->child == NULL && n->kind != NX_Q_NONE && n->kind != NX_Q_ALL) {
            nx_buf_addc(out, ' ');
            print_bare(n, out);
        }
        print_boost(n, out);
        nx_buf_addc(out, '\n');
        dump(n->child, depth + 1, out);
        if (depth == 0) {
            return; // siblings of the node asked for are not its part
        }
    }
}

void nx_query_dump(const nx_qnode *node, nx_buf *out)
{
    dump(node, 0, out);
}
