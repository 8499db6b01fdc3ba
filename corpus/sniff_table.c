// sniff_table.c: is this a delimited table, and with which delimiter and quote? See sniff.h.
//
// A file that is called .csv needs only a delimiter that its first row has; any other text must
// have a header with names we know, or rows that agree too well to be prose.
#include "corpus/fields.h"
#include "corpus/sniff.h"

enum { ROWS_LOOKED_AT = 30 };

typedef struct shape {
    size_t rows, agreeing; // rows seen, and those with as many cells as the first
    size_t columns;        // of the first row
    size_t known;          // of them, names of fields
} shape;

static shape measure(nx_str head, bool whole, nx_table_form form)
{
    shape found = {0};
    while (head.n > 0 && found.rows < ROWS_LOOKED_AT) {
        size_t n = nx_table_row(head, form, whole);
        if (n == SIZE_MAX) {
            break;
        }
        nx_str row = nx_str_make(head.p, n);
        head = nx_str_skip(head, n);
        if (nx_str_trim(row).n == 0) {
            continue;
        }
        size_t columns = 0, at = 0;
        unsigned rank;
        nx_str cell;
        bool quoted;
        while (nx_table_slice(row, form, &at, &cell, &quoted)) {
            columns++;
            found.known += found.rows == 0 && nx_field_role(cell, &rank) != NX_ROLE_NONE;
        }
        found.columns = found.rows == 0 ? columns : found.columns;
        found.agreeing += columns == found.columns;
        found.rows++;
    }
    return found;
}

// The quote character: the one that more cells begin with. *seen: some do.
static char find_quote(nx_str head, char delimiter, bool *seen)
{
    size_t doubles = 0, singles = 0;
    for (size_t i = 0; i + 1 < head.n; i++) {
        if (head.p[i] == delimiter) {
            doubles += head.p[i + 1] == '"';
            singles += head.p[i + 1] == '\'';
        }
    }
    *seen = singles + doubles > 0;
    return singles > doubles ? '\'' : '"';
}

static bool is_table(shape s, bool named)
{
    if (s.columns < 2 || s.rows == 0) {
        return false;
    }
    if (named) {
        return s.agreeing * 10 >= s.rows * 6 || s.known >= 2;
    }
    return s.rows >= 2 && s.agreeing * 10 >= s.rows * 9 &&
           (s.known >= 2 || (s.columns >= 3 && s.rows >= 5 && s.agreeing == s.rows));
}

bool nx_sniff_table(nx_str head, bool whole, bool named, nx_table_form *form)
{
    static const char delimiters[] = {',', '\t', ';', '|'};
    bool cr_lines = memchr(head.p, '\n', head.n) == NULL, found = false;
    size_t best = 0;
    bool quotes = false;
    for (size_t i = 0; i < sizeof delimiters; i++) {
        nx_table_form tried = {delimiters[i], find_quote(head, delimiters[i], &quotes), cr_lines};
        shape s = measure(head, whole, tried);
        // Agreement counts most, then names we know and quotes beside it, then more columns.
        size_t score = s.rows > 0 ? s.agreeing * 100 / s.rows * 100 : 0;
        score += s.known * 500 + (quotes ? 500 : 0) + s.columns;
        bool prose_comma = !named && tried.delimiter == ',' && s.known < 2;
        if (is_table(s, named) && !prose_comma && score > best) {
            best = score;
            *form = tried;
            found = true;
        }
    }
    if (!found && named) { // one column
        *form = (nx_table_form){',', '"', cr_lines};
        found = true;
    }
    return found;
}
