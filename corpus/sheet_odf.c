// sheet_odf.c: see sheet_odf.h.
#include "corpus/sheet_odf.h"

#include "base/num.h"
#include "corpus/grid.h"
#include "corpus/xml_scan.h"

enum { NAME_MAX = 4096, SPACES_MAX = 80 };

typedef struct tables {
    nx_table_fn *take;
    void *ctx;
    nx_status stop; // what take said, or why a table is not given to it; with failure
    nx_error failure;
    nx_grid grid;
    nx_buf rows, name, value, date; // of the table; of the cell
    unsigned skipped;               // elements open, from the one that is not read
    unsigned cells;                 // open: <table-cell>
    unsigned paragraphs;            // open in the cell
    uint64_t row_repeats, repeats;  // of the row, of the cell
    uint64_t next_row;              // from 1; 0: the next one
} tables;

static bool is(const char *name, const char *wanted)
{
    return strcmp(name, wanted) == 0;
}

// Notes and drawings at a cell, and what was there before it was changed.
static bool is_aside(const char *name)
{
    return is(name, "annotation") || is(name, "shapes") || is(name, "frame") ||
           is(name, "custom-shape") || is(name, "tracked-changes");
}

static uint64_t count_of(const char **atts, const char *name)
{
    uint64_t n;
    return nx_parse_u64(nx_xml_scan_value(atts, name), &n) && n > 0 ? n : 1;
}

static void begin_table(tables *t, const char **atts)
{
    nx_buf_clear(&t->rows);
    nx_buf_clear(&t->name);
    nx_buf_adds(&t->name, nx_xml_scan_value(atts, "name"));
    t->grid = (nx_grid){.out = &t->rows};
    t->next_row = 0;
}

static void end_table(tables *t)
{
    if (t->stop != NX_OK) {
        return;
    }
    nx_status st = nx_buf_check(&t->rows, "the table", &t->failure);
    st = st == NX_OK ? nx_buf_check(&t->name, "the name of a table", &t->failure) : st;
    if (st == NX_OK && t->grid.first_row > 0) {
        st = t->take(t->ctx, nx_buf_str(&t->name), nx_buf_str(&t->rows), t->grid.first_row,
                     &t->failure);
    }
    t->stop = st;
}

static void begin_cell(tables *t, const char **atts)
{
    t->repeats = count_of(atts, "number-columns-repeated");
    nx_buf_clear(&t->value);
    nx_buf_clear(&t->date);
    if (nx_str_eq(nx_xml_scan_value(atts, "value-type"), NX_STR("date"))) {
        nx_buf_adds(&t->date, nx_xml_scan_value(atts, "date-value"));
    }
}

static void end_cell(tables *t)
{
    nx_str value = nx_buf_str(t->date.len > 0 ? &t->date : &t->value);
    t->rows.failed = t->rows.failed || t->value.failed || t->date.failed;
    uint64_t rest = NX_GRID_COLUMNS_MAX > t->grid.column ? NX_GRID_COLUMNS_MAX - t->grid.column : 1;
    for (uint64_t i = 0; i < t->repeats && i < rest; i++) {
        nx_grid_add(&t->grid, value);
    }
}

static void begin_inside(tables *t, const char *name, const char **atts)
{
    if (is(name, "p")) {
        nx_buf_addz(&t->value, t->value.len > 0 ? "\n" : "");
        t->paragraphs++;
    } else if (is(name, "line-break")) {
        nx_buf_addc(&t->value, '\n');
    } else if (is(name, "tab")) {
        nx_buf_addc(&t->value, ' ');
    } else if (is(name, "s")) {
        uint64_t spaces = count_of(atts, "c");
        for (uint64_t i = 0; i < spaces && i < SPACES_MAX; i++) {
            nx_buf_addc(&t->value, ' ');
        }
    }
}

static void on_start(void *ctx, const char *name, const char **atts)
{
    tables *t = ctx;
    bool inner = t->cells > 0 && is(name, "table"); // in a cell
    if (t->skipped > 0 || is_aside(name) || inner) {
        t->skipped++;
    } else if (is(name, "table")) {
        begin_table(t, atts);
    } else if (is(name, "table-row") && t->grid.out != NULL) {
        t->row_repeats = count_of(atts, "number-rows-repeated");
        nx_grid_begin_row(&t->grid, t->next_row);
    } else if (is(name, "table-cell") || is(name, "covered-table-cell")) {
        t->cells++;
        begin_cell(t, atts);
    } else if (t->cells > 0) {
        begin_inside(t, name, atts);
    }
}

static void on_end(void *ctx, const char *name)
{
    tables *t = ctx;
    if (t->skipped > 0) {
        t->skipped--;
    } else if (is(name, "table")) {
        end_table(t);
    } else if (is(name, "table-row") && t->grid.out != NULL) {
        nx_grid_end_row(&t->grid); // once is enough
        t->next_row = t->grid.row + t->row_repeats;
    } else if (is(name, "table-cell") || is(name, "covered-table-cell")) {
        t->cells--;
        t->paragraphs = 0;
        if (t->grid.out != NULL) {
            end_cell(t);
        }
    } else if (is(name, "p") && t->paragraphs > 0) {
        t->paragraphs--;
    }
}

static void on_text(void *ctx, nx_str text)
{
    tables *t = ctx;
    if (t->paragraphs > 0 && t->skipped == 0) {
        nx_buf_adds(&t->value, text);
    }
}

nx_status nx_tables_read(nx_source *part, size_t max_bytes, nx_table_fn *take, void *ctx,
                         nx_error *err)
{
    tables t = {.take = take, .ctx = ctx};
    nx_buf_init(&t.rows, max_bytes);
    nx_buf_init(&t.name, NAME_MAX);
    nx_buf_init(&t.value, NX_GRID_CELL_BYTES_MAX);
    nx_buf_init(&t.date, NAME_MAX);
    const nx_xml_handler handler = {&t, on_start, on_end, on_text};
    nx_status st = nx_xml_scan(part, &handler, err);
    nx_buf_release(&t.rows);
    nx_buf_release(&t.name);
    nx_buf_release(&t.value);
    nx_buf_release(&t.date);
    if (t.stop != NX_OK) {
        *err = t.failure;
    }
    return t.stop != NX_OK ? t.stop : st;
}
