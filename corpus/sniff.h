// sniff.h: what a stream of bytes is, told by its beginning; the name's suffix only breaks ties.
//
// Must not know: how any format is read. Thread rule: pure functions.
#ifndef NX_CORPUS_SNIFF_H
#define NX_CORPUS_SNIFF_H

#include "corpus/corpus.h"
#include "corpus/table.h"

typedef enum nx_shape {
    NX_SHAPE_EMPTY,
    NX_SHAPE_RECORDS, // news in .format
    NX_SHAPE_GZIP,
    NX_SHAPE_BZIP2,
    NX_SHAPE_XZ,
    NX_SHAPE_ZSTD,
    NX_SHAPE_UTF16, // text to be read again as UTF-8
    NX_SHAPE_ZIP,
    NX_SHAPE_TAR,
    NX_SHAPE_OTHER, // not read; .reason says what it is
} nx_shape;

typedef struct nx_sniffed {
    nx_shape shape;
    nx_format format;   // with NX_SHAPE_RECORDS
    const char *reason; // with NX_SHAPE_OTHER: short, countable, static
    const char *advice; // what a person can do about it; NULL: nothing in particular
} nx_sniffed;

enum { NX_SNIFF_BYTES = 64 << 10 }; // a head of this size is enough

// head: the first bytes, all of them when whole. name: the file's or member's name, may be absent.
nx_sniffed nx_sniff(nx_str head, bool whole, nx_str name);

// Kinds that are told by fixed bytes: compressed files, archives, documents of programs. In
// sniff_magic.c.
bool nx_sniff_magic(nx_str head, nx_sniffed *out);

// What markup is, by its document type or first element: s begins with "<", or is none;
// NX_FORMAT_AUTO: it is none. In sniff_markup.c.
nx_format nx_sniff_markup(nx_str s, nx_str name);

// How a delimited table is written, by its first rows; false: it is no table. named: the file is
// called .csv, .tsv or .tab.
bool nx_sniff_table(nx_str head, bool whole, bool named, nx_table_form *form);

// The news database that s, the beginning of a text, is an export of: NX_FORMAT_NEXIS, _FACTIVA,
// _PROQUEST; NX_FORMAT_TEXT: of none.
nx_format nx_sniff_export(nx_str s);
// Does line begin a document of a Nexis export ("3 of 98 DOCUMENTS", "Dokument 3 von 98")? In
// nexis.c.
bool nx_is_nexis_line(nx_str line);
// Does line begin a message in an mbox ("From user@host Mon Jan  2 15:04:05 2006")?
bool nx_is_mbox_line(nx_str line);

#endif
