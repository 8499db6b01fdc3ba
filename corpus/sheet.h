// sheet.h: worksheets of XLSX (ECMA-376 part 1, 18) as tables of text.
//
// Internal to the room. Must not know: zip files, what the columns mean.
#ifndef NX_CORPUS_SHEET_H
#define NX_CORPUS_SHEET_H

#include "corpus/source.h"

// What the worksheets of a workbook share.
typedef struct nx_workbook {
    nx_buf strings, string_ends;       // one behind the other; where each ends, as uint64_t
    nx_buf date_numbers, date_formats; // of number formats: those of dates, as uint64_t; of cell
                                       // formats: a byte each, not 0 for a date
    bool from_1904;                    // days are counted from 1904, not 1900
} nx_workbook;

// The ceiling is of the shared strings. Allocates nothing.
void nx_workbook_init(nx_workbook *b, size_t max_bytes);
void nx_workbook_release(nx_workbook *b);
nx_status nx_workbook_check(const nx_workbook *b, nx_error *err) NX_MUST_USE;

// Out of xl/sharedStrings.xml, xl/styles.xml, xl/workbook.xml. Statuses as of nx_xml_scan.
nx_status nx_workbook_strings(nx_workbook *b, nx_source *part, nx_error *err) NX_MUST_USE;
nx_status nx_workbook_styles(nx_workbook *b, nx_source *part, nx_error *err) NX_MUST_USE;
nx_status nx_workbook_facts(nx_workbook *b, nx_source *part, nx_error *err) NX_MUST_USE;

// A worksheet as lines of cells with tabs between, from *first_row on, the first row of two cells
// or more (0: there is none); a line is a row. Line ends in a cell become U+2029, tabs spaces, days
// and times as ISO 8601 has them.
nx_status nx_sheet_read(const nx_workbook *b, nx_source *part, nx_buf *out, uint64_t *first_row,
                        nx_error *err) NX_MUST_USE;

#endif
