// grid.h: a worksheet written as lines of cells with tabs between, as a table's reader takes them.
//
// Internal to the room. A line is a row, from the first one that has two cells or more: lines about
// a search, or the day of an export, stand in front of some tables. Must not know: any format of
// worksheets.
#ifndef NX_CORPUS_GRID_H
#define NX_CORPUS_GRID_H

#include "base/buf.h"

enum {
    NX_GRID_ROWS_MAX = 1048576,
    NX_GRID_COLUMNS_MAX = 256,        // later ones are left out
    NX_GRID_CELL_BYTES_MAX = 1 << 20, // for readers of cells
};

typedef struct nx_grid {
    nx_buf *out;                   // its failure is sticky
    uint64_t row, first_row, line; // from 1; 0: none yet; the row that out goes on with
    size_t column, tabs;           // of the next cell, from 0; written in the row
    size_t cells;                  // of the row that hold something
} nx_grid;

// Begins that row; the next one when it would go back, or too far. Rows in between are blank, but
// nothing is written for those behind the last cell.
void nx_grid_begin_row(nx_grid *g, uint64_t row);
void nx_grid_end_row(nx_grid *g);
// Goes to that column (from 0); never back.
void nx_grid_go(nx_grid *g, size_t column);
// A cell, and on to the next column. Line ends in it become U+2029, tabs spaces.
void nx_grid_add(nx_grid *g, nx_str text);

#endif
