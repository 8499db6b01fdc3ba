// conf.h: newsdex.conf: which sources go into which index, and how they are read.
//
//   # comment
//   [index main]
//   dir = /var/lib/newsdex/main
//
//   [source wires]
//   index = main
//   path = /srv/wires/*.xml
//   language = en
//
// A line is a section in brackets or KEY = VALUE; a value may stand in double quotes to keep its
// blanks (a backslash before " and before itself inside); a line that begins with # or ; is a
// comment. path, include, exclude and field may be repeated. newsdex.conf(5) tells every key. Must
// not know: the index, how files are read. Thread rule: read-only once parsed.
#ifndef NX_INDEXER_CONF_H
#define NX_INDEXER_CONF_H

#include "base/arena.h"
#include "corpus/corpus.h"

enum {
    NX_CONF_BYTES = 1 << 20, // of the file
    NX_CONF_ITEMS = 256,     // indexes, sources, and values of one repeated key
};

typedef struct nx_conf_list {
    nx_str *items; // NUL-terminated
    size_t count;
} nx_conf_list;

typedef struct nx_conf_index {
    nx_str name;
    nx_str dir; // absolute
} nx_conf_index;

typedef struct nx_conf_source {
    nx_str name;
    size_t index;         // in nx_conf.indexes
    nx_conf_list paths;   // absolute files, directories, or globs
    nx_conf_list include; // patterns of file names (with a '/': of paths); empty: all
    nx_conf_list exclude;
    bool remove_vanished;     // articles of files that are gone leave the index
    int64_t settle_s;         // files changed less than this long ago are left for the next run
    nx_corpus_options corpus; // format, fields, publisher, language, section, zone, ceilings
} nx_conf_source;

typedef struct nx_conf {
    nx_arena *arena; // owns all of it
    nx_conf_index *indexes;
    size_t index_count;
    nx_conf_source *sources;
    size_t source_count;
} nx_conf;

// Parses text; name is for messages: "newsdex.conf:12:8: unknown key 'pth'; did you mean 'path'?".
// home replaces a leading "~" (NULL: such paths are refused). now_utc goes into every source's
// options. NX_ECONFIG for anything that cannot be understood.
nx_status nx_conf_parse(nx_conf **out, nx_str text, const char *name, const char *home,
                        int64_t now_utc, nx_error *err) NX_MUST_USE;
void nx_conf_free(nx_conf *c); // accepts NULL
// The index of that name; SIZE_MAX when there is none.
size_t nx_conf_find_index(const nx_conf *c, nx_str name);
// A commented file to begin with; index_dir goes into it.
void nx_conf_example(nx_buf *out, const char *index_dir);

#endif
