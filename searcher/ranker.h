// ranker.h: what the parts of ranking (rank.c) share: the query's words and what was read of the
// candidates.
//
// Private to ranking: rank_read.c, rank_near.c, rank_relatives.c and rank.c.
#ifndef NX_SEARCHER_RANKER_H
#define NX_SEARCHER_RANKER_H

#include "searcher/rank.h"
#include "searcher/smooth.h"
#include "text/analysis.h"

enum { NX_UNITS_MAX = 64 };

// A plain word of the query, in any form.
typedef struct nx_unit {
    size_t part;
    double weight, rarity;               // rarity: of its rarest form
    nx_str terms[2 + NX_WORD_LANGUAGES]; // of the text: exact forms and stems
    size_t term_count;
} nx_unit;

// A word of the query in a candidate.
typedef struct nx_occurrence {
    uint32_t doc; // number of the candidate
    uint32_t pos; // words of the title are far from those of the text
    uint32_t unit;
} nx_occurrence;

// What was read of one document.
typedef struct nx_reading {
    nx_word_count *stems; // numbers in nx_ranker.stems and wdf
    size_t stem_count, stem_cap;
    uint32_t length;
    nx_occurrence *found; // by position
    size_t found_count;
} nx_reading;

typedef struct nx_ranked {
    nx_candidate candidate; // first: so that it can be sorted as one
    nx_reading doc;
} nx_ranked;

typedef struct nx_mention nx_mention; // rank_read.c

typedef struct nx_ranker {
    const nx_plan *plan;
    const nx_xdb *db;
    nx_xstats stats;
    nx_unit units[NX_UNITS_MAX];
    size_t unit_count;
    bool begins[256]; // first bytes of terms that are worth reading
    nx_vocab *stems;  // met
    nx_vocab *words;  // met that might be a unit's
    nx_analyzer *analyzer;
    nx_vocab *forms;  // of the analyser
    int16_t *unit_of; // by number in words: unit, -1 none, -2 not known yet
    size_t unit_cap;
    nx_mention *mentions;
    size_t mention_count, mention_cap;
    nx_occurrence *found; // in all that were read
    size_t found_count, found_cap;
    uint32_t *positions;
    size_t position_cap;
    bool nomem;
    nx_error *err;
} nx_ranker;

// Also when it fails, nx_ranker_release must follow.
nx_status nx_ranker_init(nx_ranker *r, const nx_plan *plan, const nx_xdb *db,
                         nx_error *err) NX_MUST_USE;
void nx_ranker_release(nx_ranker *r);

// Reads the documents of count items; where the query's words stand only if places are wanted.
// What is found lives as long as the ranker; stems are the caller's to free.
nx_status nx_ranker_read(nx_ranker *r, nx_ranked *items, size_t count, bool places) NX_MUST_USE;

// The weight of the best window of the document with two words of the query or more.
double nx_ranker_window(const nx_ranker *r, const nx_reading *doc);
// How much of the query the document has: from 0 to 1, for all of a query of two words.
double nx_ranker_together(const nx_ranker *r, const nx_reading *doc);

// Words that count items, best first, have in common, as nx_rank_relatives.
nx_status nx_ranker_relatives(nx_ranker *r, const nx_ranked *items, size_t count, double share,
                              size_t wanted, nx_arena *arena, nx_relatives *out) NX_MUST_USE;
// Adds what the relatives weigh in each item. They are weighed so that the item which has most of
// them gets `share` of what the best item and it weigh together.
void nx_ranker_add_relatives(const nx_ranker *r, nx_relatives *relatives, double share,
                             nx_ranked *items, size_t count);

#endif
