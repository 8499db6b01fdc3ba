// output.h: results first, formats after. What a format is given, and the one way out of the
// program.
//
//   open, then for each query: begin, hit..., end; then close
//
// Everything a format may show is in nx_answer and nx_card before it runs. A format only appends
// to output->buf; nx_output_flush writes. Must not know: the engine's working, the command line.
#ifndef NX_SEARCHER_OUTPUT_H
#define NX_SEARCHER_OUTPUT_H

#include "base/jsonw.h"
#include "searcher/card.h"

// Raised when a meaning changes; new members alone do not raise it.
enum { NX_OUTPUT_VERSION = 1 };

// Counts of one facet or of the timeline, as they are shown.
typedef struct nx_tally {
    const char *name; // "source", "year"; of the timeline its step: "week"
    const nx_bucket *buckets;
    size_t count;
    bool dated;       // ascends by date; else the most frequent are first
    uint64_t undated; // of the timeline: articles that are nowhere on it
} nx_tally;

typedef struct nx_answer {
    nx_str topic;       // id of the query in a batch; absent outside of one
    nx_str query;       // as asked
    nx_str description; // what was asked for, in words: the query, or "related to ID"
    bool related;       // by likeness: the number of matches says little
    nx_counts counts;
    uint32_t first, shown; // rank of the first hit, number of hits that follow
    int64_t now;
    const nx_tally *facets;
    size_t facet_count;
    nx_tally timeline; // name NULL: none
    nx_str suggestion; // absent: none
    uint64_t suggestion_hits;
    const nx_query *parsed; // its notes; NULL: none
    nx_str tree, plan;      // explanations; absent: not asked for
} nx_answer;

typedef struct nx_output {
    nx_buf buf;
    int fd;
    bool closed; // nobody reads any more: not an error
    // how text looks
    int columns;
    bool color, utf8;
    uint64_t written; // bytes that have left
    bool batch;       // several queries
    bool count_only;  // no hits were asked for
    // of the formats
    nx_jsonw json;
    uint64_t queries, hits; // begun so far
} nx_output;

typedef struct nx_format {
    const char *name;
    bool batch;      // can hold several queries
    bool facts_only; // shows no passages, so that none are looked for
    void (*open)(nx_output *o);
    void (*begin)(nx_output *o, const nx_answer *a);
    void (*hit)(nx_output *o, const nx_answer *a, const nx_card *c);
    void (*end)(nx_output *o, const nx_answer *a);
    void (*close)(nx_output *o);
} nx_format;

// Members that do nothing are NULL.
extern const nx_format nx_as_text, nx_as_json, nx_as_jsonl, nx_as_csv, nx_as_trec, nx_as_html,
    nx_as_rss;

void nx_output_init(nx_output *o, int fd);
void nx_output_release(nx_output *o);
// Writes what has been appended. A reader who went away is no error: see closed.
nx_status nx_output_flush(nx_output *o, nx_error *err) NX_MUST_USE;

// "1,234", "about 1,200".
void nx_add_total(nx_buf *out, const nx_counts *c);
// An article by itself: attribution, whole text with marks.
void nx_text_article(nx_output *o, const nx_card *c, const nx_snippet *body);
void nx_json_article(nx_output *o, const nx_card *c, const nx_snippet *body);
// Parts of these: its headline, attribution and place; paragraphs with marks.
void nx_text_head(nx_output *o, const nx_card *c);
void nx_text_lines(nx_output *o, const nx_snippet *body);
// Its record, summary and body, as members of the open object.
void nx_json_record(nx_jsonw *w, const nx_card *c);
// Lines of newssearch --alerts: a hit of an alert, which is that piece of news; an alert whose
// query is not understood; the end of all that was looked through.
void nx_json_alert(nx_output *o, nx_str alert, nx_str query, int64_t news, const nx_card *c);
void nx_json_alert_error(nx_output *o, nx_str alert, nx_str message);
void nx_json_alerts_end(nx_output *o, int64_t through, size_t count);
// What a judged collection knows the article by: the source's own id, else ours.
nx_str nx_trec_docno(const nx_card *c);
// Texts of a passage without its marks.
void nx_add_plain(nx_buf *out, const nx_snippet *s);

#endif
