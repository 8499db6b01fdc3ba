// sheet_odf.h: the tables of OpenDocument spreadsheets (OpenDocument 1.2 part 1, 9) as text.
//
// Internal to the room. Must not know: zip files, what the columns mean.
#ifndef NX_CORPUS_SHEET_ODF_H
#define NX_CORPUS_SHEET_ODF_H

#include "corpus/source.h"

// rows: a table as grid.h has it, valid for the call; line: of its first row.
typedef nx_status nx_table_fn(void *ctx, nx_str name, nx_str rows, uint64_t line, nx_error *err);

// Gives the tables of part, content.xml, to take, but those without a row of two cells, until it
// fails. No table may be larger than max_bytes. What else fails: as nx_xml_scan.
nx_status nx_tables_read(nx_source *part, size_t max_bytes, nx_table_fn *take, void *ctx,
                         nx_error *err) NX_MUST_USE;

#endif
