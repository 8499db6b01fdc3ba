// table.h: rows and cells of delimited text (CSV, TSV), as exports have them rather than as RFC
// 4180 wants them. Must not know: what a column means.
#ifndef NX_CORPUS_TABLE_H
#define NX_CORPUS_TABLE_H

#include "base/buf.h"

typedef struct nx_table_form {
    char delimiter, quote; // quote 0: none
    bool cr_lines;         // rows end with '\r' alone, as old Macs wrote them
} nx_table_form;

enum { NX_TABLE_QUOTED_MAX = 1 << 20 }; // a quoted cell longer than this was never closed

// Bytes of the row at the start of s, with its line end; quoted line ends are inside. SIZE_MAX: it
// goes on after s (never when whole). A quote that nothing closes is taken as a plain character.
size_t nx_table_row(nx_str s, nx_table_form form, bool whole);

// The next cell of a row as it stands, without its outer quotes; doubled quotes inside are left.
// *at is where it starts, and afterwards where the next one does. false: there was no further cell.
bool nx_table_slice(nx_str row, nx_table_form form, size_t *at, nx_str *raw, bool *quoted);
// As nx_table_slice; out gets the content.
bool nx_table_cell(nx_str row, nx_table_form form, size_t *at, nx_buf *out);

#endif
