// input.h: the options of commands that read articles, and the reader options they become.
//
// Must not know: the index; what the options are for.
#ifndef NX_INDEXER_INPUT_H
#define NX_INDEXER_INPUT_H

#include "base/opt.h"
#include "corpus/corpus.h"

// What the rows below store into; zero-initialise.
typedef struct nx_input {
    const char *format, *source, *language, *section, *zone;
    nx_opt_list fields;
    uint64_t record_bytes;
    bool file_time;
    nx_field_map map[NX_OPT_LIST_MAX]; // filled by nx_input_options
} nx_input;

#define NX_INPUT_ROWS(in)                                                                          \
    {.kind = NX_OPT_GROUP, .help = "Reading"},                                                     \
        {.kind = NX_OPT_STRING,                                                                    \
         .letter = 'f',                                                                            \
         .name = "format",                                                                         \
         .arg = "FORMAT",                                                                          \
         .help = "What the input is; default: told by its content",                                \
         .to = &(in).format,                                                                       \
         .completes = "format"},                                                                   \
        {.kind = NX_OPT_LIST,                                                                      \
         .name = "field",                                                                          \
         .arg = "OURS=THEIRS",                                                                     \
         .help = "Take our field from theirs in JSON and CSV, e.g. title=headline; dots descend",  \
         .to = &(in).fields},                                                                      \
        {.kind = NX_OPT_STRING,                                                                    \
         .name = "source",                                                                         \
         .arg = "NAME",                                                                            \
         .help = "Publisher of articles that do not say it",                                       \
         .to = &(in).source},                                                                      \
        {.kind = NX_OPT_STRING,                                                                    \
         .name = "language",                                                                       \
         .arg = "CODE",                                                                            \
         .help = "Language of articles that do not say it, e.g. en",                               \
         .to = &(in).language},                                                                    \
        {.kind = NX_OPT_STRING,                                                                    \
         .name = "section",                                                                        \
         .arg = "NAME",                                                                            \
         .help = "Section of articles that do not say it",                                         \
         .to = &(in).section},                                                                     \
        {.kind = NX_OPT_STRING,                                                                    \
         .name = "zone",                                                                           \
         .arg = "+HH:MM",                                                                          \
         .help = "Time zone of dates without one; default UTC",                                    \
         .to = &(in).zone},                                                                        \
        {.kind = NX_OPT_FLAG,                                                                      \
         .name = "file-time",                                                                      \
         .help = "Date articles without a date by their file's time",                              \
         .to = &(in).file_time},                                                                   \
    {                                                                                              \
        .kind = NX_OPT_BYTES, .name = "max-record", .arg = "SIZE",                                 \
        .help = "Skip records larger than this; default 64M", .to = &(in).record_bytes,            \
        .min = 1024, .max = (uint64_t)1 << 30                                                      \
    }

// "+01:00": a time zone as nx_parse_iso takes it behind a time of day. false: it is none.
bool nx_zone_parse(nx_str zone, int *minutes);

// NX_EUSAGE for a value that means nothing. *out borrows from in.
nx_status nx_input_options(nx_input *in, nx_corpus_options *out, nx_error *err) NX_MUST_USE;

#endif
