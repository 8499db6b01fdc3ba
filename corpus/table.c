// table.c: see table.h.
#include "corpus/table.h"

// The end of the quoted cell whose opening quote is at s.p[at]: the offset after the closing
// quote, or SIZE_MAX. A quote closes when a delimiter, a line end or the end follows it; doubled
// quotes, and quotes inside words, are content.
static size_t quoted_end(nx_str s, nx_table_form form, size_t at)
{
    enum { OPENING_MAX = 100 }; // quotes inside a cell that look like the beginning of another
    size_t limit = s.n - at > NX_TABLE_QUOTED_MAX ? at + NX_TABLE_QUOTED_MAX : s.n;
    size_t i = at + 1;
    for (int opening = 0; i < limit && opening < OPENING_MAX;) {
        const char *hit = memchr(s.p + i, form.quote, limit - i);
        if (hit == NULL) {
            break;
        }
        bool opens = hit[-1] == form.delimiter || hit[-1] == '\n';
        i = (size_t)(hit - s.p) + 1;
        if (i < s.n && s.p[i] == form.quote) {
            // Doubled; but an empty cell's two quotes and "" at a cell's end are told by pairs.
            size_t run = 1;
            while (i < s.n && s.p[i] == form.quote) {
                run++;
                i++;
            }
            if (run % 2 == 0) {
                continue;
            }
        }
        if (i == s.n || s.p[i] == form.delimiter || s.p[i] == '\n' || s.p[i] == '\r') {
            return i;
        }
        opening += opens;
    }
    return SIZE_MAX;
}

size_t nx_table_row(nx_str s, nx_table_form form, bool whole)
{
    bool cell_start = true;
    for (size_t i = 0; i < s.n;) {
        char c = s.p[i];
        if (cell_start && form.quote != '\0' && c == form.quote) {
            size_t end = quoted_end(s, form, i);
            if (end == SIZE_MAX && !whole && s.n - i <= NX_TABLE_QUOTED_MAX) {
                return SIZE_MAX;
            }
            cell_start = false;
            i = end != SIZE_MAX ? end : i + 1;
            continue;
        }
        if (c == '\n' || (c == '\r' && form.cr_lines)) {
            return i + 1;
        }
        cell_start = c == form.delimiter;
        i++;
    }
    return whole ? s.n : SIZE_MAX;
}

static void add_unquoted(nx_buf *out, nx_str s, char quote)
{
    for (size_t i = 0; i < s.n; i++) {
        nx_buf_addc(out, s.p[i]);
        if (s.p[i] == quote && i + 1 < s.n && s.p[i + 1] == quote) {
            i++;
        }
    }
}

bool nx_table_slice(nx_str row, nx_table_form form, size_t *at, nx_str *raw, bool *quoted)
{
    size_t from = *at;
    if (from > row.n) {
        return false;
    }
    *quoted = false;
    if (from < row.n && form.quote != '\0' && row.p[from] == form.quote) {
        size_t end = quoted_end(row, form, from);
        if (end != SIZE_MAX) {
            *quoted = true;
            *raw = nx_str_make(row.p + from + 1, end - from - 2);
            *at = end < row.n && row.p[end] == form.delimiter ? end + 1 : row.n + 1;
            return true;
        }
    }
    const char *next = memchr(row.p + from, form.delimiter, row.n - from);
    size_t end = next != NULL ? (size_t)(next - row.p) : row.n;
    size_t stop = end;
    while (next == NULL && stop > from && (row.p[stop - 1] == '\n' || row.p[stop - 1] == '\r')) {
        stop--;
    }
    *raw = nx_str_make(row.p + from, stop - from);
    *at = end + 1;
    return true;
}

bool nx_table_cell(nx_str row, nx_table_form form, size_t *at, nx_buf *out)
{
    nx_str raw;
    bool quoted;
    if (!nx_table_slice(row, form, at, &raw, &quoted)) {
        return false;
    }
    nx_buf_clear(out);
    if (quoted) {
        add_unquoted(out, raw, form.quote);
    } else {
        nx_buf_adds(out, raw);
    }
    return true;
}
