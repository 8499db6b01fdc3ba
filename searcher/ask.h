// ask.h: what the user asks newssearch for: the option rows and what they are read into.
//
// Must not know: the index, output.
#ifndef NX_SEARCHER_ASK_H
#define NX_SEARCHER_ASK_H

#include "base/opt.h"
#include "base/xdg.h"
#include "searcher/output.h"

typedef struct nx_ask {
    // as given
    const char *index, *since_text, *until_text, *facet_names, *synonyms, *related;
    bool all, any, strict, expand, count, explain, quiet, older, pager, batch;
    bool json, jsonl, csv, trec, html, rss, help, version;
    bool timeline_given, limit_given, slop_given;
    uint64_t limit, offset, slop;
    int64_t recency;
    int sort, timeline, families, color;
    // as read
    const nx_format *format;
    nx_search_options search;
    nx_facet_wish wishes[NX_FACETS_MAX];
    nx_step step; // of the timeline as it is shown; NX_STEP_NONE: chosen from the dates
} nx_ask;

extern const nx_opt nx_ask_rows[];

// Rows that commands have too.
extern const char *const nx_ask_colors[]; // in the order of nx_color
#define NX_ROW_ALL(target)                                                                         \
    {                                                                                              \
        .kind = NX_OPT_FLAG, .name = "all", .help = "Every word must occur", .to = (target)        \
    }
#define NX_ROW_EXPAND(target)                                                                      \
    {                                                                                              \
        .kind = NX_OPT_FLAG, .name = "expand",                                                     \
        .help = "Search also for words that the best articles have in common", .to = (target)      \
    }
#define NX_ROW_COLOR(target)                                                                       \
    {                                                                                              \
        .kind = NX_OPT_CHOICE, .name = "color", .arg = "WHEN",                                     \
        .help = "Bold and coloured text; auto: on a terminal, unless NO_COLOR is set",             \
        .to = (target), .choices = nx_ask_colors                                                   \
    }
#define NX_ROW_HELP(target)                                                                        \
    {                                                                                              \
        .kind = NX_OPT_FLAG, .letter = 'h', .name = "help", .help = "Print help", .to = (target)   \
    }

// Reads the command line. *first: index of the first operand. The result is one and the same
// object each time.
nx_status nx_ask_parse(nx_ask **out, int argc, char **argv, int *first, nx_error *err) NX_MUST_USE;

#endif
