// reading.h: what the walker, the containers and the splitters share while a file is read.
//
// A function here that returns a failure with reading->stop == NX_OK met bad input: its caller
// reports a skip (nx_stream_lost) and goes on with the next member or file. With stop set, the
// sink wants no more, or there is no memory: everything is unwound.
// Must not know: what a record says.
#ifndef NX_CORPUS_READING_H
#define NX_CORPUS_READING_H

#include "corpus/sniff.h"
#include "corpus/source.h"

typedef struct nx_reading {
    const nx_corpus_options *options;
    const nx_reader_sink *sink;
    nx_str file;   // as shown and recorded
    int64_t mtime; // seconds; 0 unknown
    nx_budget budget;
    uint64_t counted; // packed bytes already given to records
    nx_status stop;   // not NX_OK: stop reading altogether
} nx_reading;

// One stream of bytes inside a file: the file itself, what it inflates to, or a member.
typedef struct nx_stream {
    nx_reading *reading;
    nx_source *source;
    nx_str member;  // absent at top level
    nx_str name;    // base name without compression suffix: the sniffer's tie-breaker
    uint32_t depth; // containers around it
} nx_stream;

// What a record has besides its bytes; all strings are borrowed and copied.
typedef struct nx_record_facts {
    nx_format format;
    uint64_t offset;
    bool offset_is_line;
    nx_str url, charset, columns;
    nx_when fetched;
    char delimiter, quote;
} nx_record_facts;

// Gives a copy of bytes to the sink as a record.
nx_status nx_stream_emit(nx_stream *t, nx_str bytes, const nx_record_facts *facts,
                         nx_error *err) NX_MUST_USE;
// Tells the sink that something was left out. Returns what the sink says.
nx_status nx_stream_skip(nx_stream *t, uint64_t offset, bool offset_is_line, nx_status code,
                         const char *reason, const char *text, nx_error *err) NX_MUST_USE;
// Turns a failure met while reading t (in *err) into a skip; passes a stop on.
nx_status nx_stream_lost(nx_stream *t, nx_status st, nx_error *err) NX_MUST_USE;

// Reads t to its end: sniffs, opens containers, splits into records. In container.c.
nx_status nx_stream_read(nx_stream *t, nx_error *err) NX_MUST_USE;

// Splitters: the rest of t as records of a format. In split.c unless said otherwise.
typedef nx_status nx_split_fn(nx_stream *t, nx_format format, nx_error *err);
nx_status nx_split(nx_stream *t, nx_format format, nx_error *err) NX_MUST_USE;
nx_split_fn nx_split_whole;
nx_split_fn nx_split_items; // split_items.c
nx_split_fn nx_split_json;  // split_json.c
nx_split_fn nx_split_sgml;  // split_sgml.c
nx_split_fn nx_split_table; // split_table.c
nx_split_fn nx_split_warc;  // warc.c
nx_split_fn nx_split_arc;   // arc.c

// The rest of t as the rows of a table that is written as form says; line is the number of the
// first one. In split_table.c.
nx_status nx_split_table_as(nx_stream *t, nx_table_form form, uint64_t line,
                            nx_error *err) NX_MUST_USE;

// For splitters: finds the next '\n' in the source; *line is what is before it (without '\r'),
// *used what to take, both valid until the next read. At the end of the data the last line may
// lack its '\n'; *used == 0 says the end. A line over max_bytes is NX_ELIMIT, and consumed.
nx_status nx_stream_line(nx_stream *t, size_t max_bytes, nx_str *line, size_t *used,
                         nx_error *err) NX_MUST_USE;

#endif
