// query.h: the query language: text -> tree + notes, tree -> text; and the words for dates.
//
// The grammar is lenient and never silent: plain text always parses, and whatever was ignored,
// corrected or read in a particular way leaves a note with its place. Only a field nobody knows, a
// date nobody can read and (when asked) strictness make an error.
//
//   or    := and (("OR" | "||") and)*        lowest
//   and   := bag (("AND" | "&&") bag)*
//   bag   := item+                           words side by side
//   item  := ("NOT" | "-" | "+")* near
//   near  := prim (("NEAR/n" | "w/n" | "PRE/n" | "w/s" | "w/p") prim)*
//   prim  := word | "phrase"~n | "(" or ")" | function "(" or ")" | field ":" prim
//            each may be followed at once by "^" and a number: so many times the weight
//
// Must not know: text analysis, Xapian, the index. It sees base/ and schema/ only, so that it can
// be fuzzed alone. Thread rule: a query belongs to one thread at a time.
#ifndef NX_SEARCHER_QUERY_H
#define NX_SEARCHER_QUERY_H

#include "base/arena.h"
#include "schema/schema.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NX_QUERY_MAX_BYTES = 1 << 17, // of query text; more is cut, with a note
    NX_QUERY_MAX_WORDS = 1024,    // leaves; later ones are ignored, with a note
    NX_QUERY_MAX_DEPTH = 40,      // nested parentheses; deeper ones are ignored, with a note
    NX_QUERY_MAX_NOTES = 40,
    NX_NEAR_DEFAULT = 10, // NEAR without a number
    NX_NEAR_MAX = 1000,
    NX_NEAR_OPERANDS = 16, // of one distance; later ones are ignored, with a note
    NX_HEAD_DEFAULT = 100, // head(...) without a number
    NX_FUZZY_MAX = 2,
    NX_BOOST_MAX = 10000, // hundredths: word^100
};

typedef enum nx_qkind {
    NX_Q_NONE,    // an empty query; only at the root
    NX_Q_ALL,     // "*": every document
    NX_Q_BAG,     // things side by side; see plan.h for what is required of a document
    NX_Q_AND,     // all children
    NX_Q_OR,      // any child
    NX_Q_NOT,     // not the only child
    NX_Q_MUST,    // +x: required although it is a plain word
    NX_Q_WORD,    // text, match
    NX_Q_PHRASE,  // text; n: how many other words may stand in between
    NX_Q_NEAR,    // all children within n words of the next; ordered
    NX_Q_SAME,    // all children in one sentence or paragraph
    NX_Q_HEAD,    // the child within the first n words of the body
    NX_Q_ATLEAST, // the child, a word, phrase or choice of those, at least n times
    NX_Q_FIELD,   // the child in field
    NX_Q_DATE,    // field from..to, seconds, both inclusive
} nx_qkind;

typedef enum nx_match {
    NX_MATCH_WORD,  // as written, its accents folded, its stem
    NX_MATCH_EXACT, // =x: as written (but for case)
    NX_MATCH_CAPS,  // ALLCAPS(x): in capital letters throughout
    NX_MATCH_WILD,  // has * (any run) or ? (one character)
    NX_MATCH_FUZZY, // x~n: at most n edits away
} nx_match;

#define NX_DATE_OPEN_FROM INT64_MIN
#define NX_DATE_OPEN_TO INT64_MAX

typedef struct nx_qnode nx_qnode;
struct nx_qnode {
    nx_qkind kind;
    nx_match match;        // WORD
    bool ordered;          // NEAR: in this order (PRE/n)
    bool paragraph;        // SAME: instead of the sentence
    uint32_t n;            // PHRASE, NEAR, HEAD, ATLEAST, WORD with FUZZY
    uint32_t boost;        // hundredths of its own weight that it counts; 0: no ^ was given
    nx_str text;           // WORD, PHRASE; never empty
    const nx_field *field; // FIELD, DATE
    int64_t from, to;      // DATE
    size_t at, end;        // bytes of the query text it was read from
    uint32_t leaf;         // WORD, PHRASE: which leaf of the query, from 0
    bool explained;        // a note says what it stands for
    nx_qnode *child;       // first child
    nx_qnode *next;        // next sibling
};

typedef enum nx_note_kind {
    NX_NOTE_IGNORED,   // a part of the query has no effect
    NX_NOTE_CORRECTED, // a part was read as something else than its letters say
    NX_NOTE_EXPANDED,  // a part stands for several words
    NX_NOTE_HINT,      // understood as written, but something else may have been meant
} nx_note_kind;

typedef struct nx_note nx_note;
struct nx_note {
    nx_note_kind kind;
    size_t at, end;   // bytes of the query text
    const char *text; // one line without full stop
    nx_note *next;
};

typedef struct nx_query {
    nx_arena *arena; // owns everything below
    nx_str text;     // the query, its UTF-8 repaired; at and end point into it
    nx_qnode *root;  // never NULL
    nx_note *notes;  // in order of discovery
    nx_note *last_note;
    size_t note_count; // may exceed those that are kept
    size_t notes_kept; // up to NX_QUERY_MAX_NOTES; what patterns stand for leaves room for others
    size_t words;      // leaves
} nx_query;

typedef struct nx_parse_options {
    int64_t now; // for relative dates, seconds UTC
    bool strict; // every IGNORED or CORRECTED note is an error
} nx_parse_options;

// *out is to be freed with nx_query_free. NX_EQUERY: message "character N: ...", where N counts
// from 1. NX_ENOMEM. Time and memory are linear in the text's length.
nx_status nx_query_parse(nx_str text, const nx_parse_options *options, nx_query **out,
                         nx_error *err) NX_MUST_USE;
void nx_query_free(nx_query *q); // accepts NULL

// Adds a note, unless it says what one has said already; also for the plan, which learns more from
// the index. Out of memory is sticky in the arena.
void nx_query_note(nx_query *q, nx_note_kind kind, size_t at, size_t end, const char *fmt, ...)
    NX_PRINTF(5, 6);

// The tree in the query language: parsing it again gives an equal tree.
void nx_query_print(const nx_qnode *node, nx_buf *out);
// One line per node, indented: for --explain.
void nx_query_dump(const nx_qnode *node, nx_buf *out);
// Same kinds, texts, numbers, fields and children, in order; places do not count.
bool nx_qnode_equal(const nx_qnode *a, const nx_qnode *b);

// Does it only say which documents, not how good they are?
bool nx_qnode_is_filter(const nx_qnode *n);
// Are they filters of one field of which, side by side, any will do?
bool nx_qnode_are_choice(const nx_qnode *a, const nx_qnode *b);

// Reads a date or a range of dates: 2019, 2019-02, 2019-02-22, 2019-02-22T09:15, A..B, A.., ..B,
// 24h, 7d, 2w, 3mo, 1y (ago, until now), today, yesterday, this|last week|month|year, past 7 days,
// monday (the latest), february [2019]. Days are UTC days. false when it is none of these. Of an
// A..B in which B ends before A begins the two are exchanged, as *exchanged (may be NULL) tells.
bool nx_when_parse(nx_str s, int64_t now, int64_t *from, int64_t *to, bool *exchanged);

#ifdef __cplusplus
}
#endif
#endif
