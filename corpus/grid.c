// grid.c: see grid.h.
#include "corpus/grid.h"

void nx_grid_begin_row(nx_grid *g, uint64_t row)
{
    g->row = row > g->row && row <= NX_GRID_ROWS_MAX ? row : g->row + 1;
    g->column = g->tabs = g->cells = 0;
}

void nx_grid_end_row(nx_grid *g)
{
    g->first_row = g->first_row == 0 && g->cells > 1 ? g->row : g->first_row;
    if (g->first_row > 0 && g->cells > 0) {
        nx_buf_addc(g->out, '\n');
        g->line = g->row + 1;
    } else if (g->cells > 0 && !g->out->failed) {
        nx_buf_clear(g->out);
    }
}

void nx_grid_go(nx_grid *g, size_t column)
{
    g->column = column > g->column ? column : g->column;
}

static void add_text(nx_buf *out, nx_str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '\n') {
            nx_buf_addz(out, "\u2029");
        } else if (c != '\r') {
            nx_buf_addc(out, c == '\t' ? ' ' : c);
        }
    }
}

void nx_grid_add(nx_grid *g, nx_str text)
{
    // One text may be in a million cells: what has failed gets none of them.
    if (text.n > 0 && g->column < NX_GRID_COLUMNS_MAX && !g->out->failed) {
        for (; g->first_row > 0 && g->line < g->row; g->line++) {
            nx_buf_addc(g->out, '\n');
        }
        for (; g->tabs < g->column; g->tabs++) {
            nx_buf_addc(g->out, '\t');
        }
        add_text(g->out, text);
        g->cells++;
    }
    g->column++;
}
