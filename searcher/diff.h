// diff.h: what changed from one text to another, word by word.
//
// The shortest edit script of words (Myers, "An O(ND) Difference Algorithm and Its Variations",
// 1986, with the linear-space refinement), after which a few equal words between two larger changes
// count as changed too: nobody reads single words out of a rewritten sentence. White space between
// words is not compared. Must not know: articles, output. Thread rule: none needed.
#ifndef NX_SEARCHER_DIFF_H
#define NX_SEARCHER_DIFF_H

#include "base/buf.h"

// Ceilings on memory and time. Where a text has more words than NX_DIFF_WORDS_MAX, or a stretch
// needs more than twice NX_DIFF_EDITS_MAX edits, all of it counts as changed.
enum { NX_DIFF_WORDS_MAX = 1 << 18, NX_DIFF_EDITS_MAX = 2000 };

typedef enum nx_diff_kind { NX_DIFF_SAME, NX_DIFF_REMOVED, NX_DIFF_ADDED } nx_diff_kind;

typedef struct nx_diff_run {
    nx_diff_kind kind;
    nx_str before; // of the earlier text; absent of what was added
    nx_str after;  // of the later text; absent of what was removed
} nx_diff_run;

// The parts before, in order, are the earlier text, and the parts after the later one. Between two
// runs of words that stayed there is at most one that was removed, then one that was added.
typedef struct nx_diff {
    nx_diff_run *runs; // owned; their texts are borrowed from the texts that were compared
    size_t count;
    bool changed; // any run but NX_DIFF_SAME
} nx_diff;

// A word is a run of characters without white space; a wide character (Han, Kana, Hangul) is one
// by itself. NX_ENOMEM.
nx_status nx_diff_words(nx_diff *out, nx_str before, nx_str after, nx_error *err) NX_MUST_USE;
void nx_diff_release(nx_diff *d);

#endif
