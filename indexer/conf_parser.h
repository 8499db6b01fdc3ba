// conf_parser.h: what conf.c (lines and sections) and conf_source.c (keys of a source) share.
//
// Must not know: files: the text is in memory.
#ifndef NX_INDEXER_CONF_PARSER_H
#define NX_INDEXER_CONF_PARSER_H

#include "indexer/conf.h"

// The index that a source names, until all of them are known.
typedef struct nx_conf_wanted {
    nx_str index; // absent: not said
    unsigned number;
    size_t column;
} nx_conf_wanted;

typedef struct nx_conf_parser {
    nx_conf *conf;
    const char *name, *home;
    int64_t now_utc;
    nx_error *err;
    nx_str line;     // being parsed, for columns
    unsigned number; // of that line
    nx_str section_line;
    unsigned section_number;
    nx_conf_index *index;   // of the section, or NULL
    nx_conf_source *source; // of the section, or NULL
    unsigned given;         // bits of the keys that the source has so far
    nx_conf_wanted *wanted; // of that source
    nx_conf_wanted *wanted_all;
} nx_conf_parser;

// NX_ECONFIG with file, line, and the column of at, which points into the line (NULL: column 1).
nx_status nx_conf_fail(nx_conf_parser *p, const char *at, const char *fmt, ...) NX_PRINTF(3, 4);
// NX_ECONFIG naming the nearest of names (NULL-terminated).
nx_status nx_conf_unknown(nx_conf_parser *p, nx_str given, const char *what,
                          const char *const *names);
nx_status nx_conf_absolute(nx_conf_parser *p, nx_str value, const char *at,
                           nx_str *out) NX_MUST_USE;
// One KEY = VALUE of the source; value is NUL-terminated and lives as long as the configuration.
nx_status nx_conf_source_key(nx_conf_parser *p, nx_str key, nx_str value,
                             const char *at) NX_MUST_USE;

#endif
