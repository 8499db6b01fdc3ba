// rows.h: look-ups in sorted tables of names.
//
// A row's text ends with NUL and holds none; rows are in the order of bytes.
// Must not know: what the rows are of.
#ifndef NX_TEXT_ROWS_H
#define NX_TEXT_ROWS_H

#include "base/buf.h"
#include "base/word64.h"

// Like nx_str_cmp(key, nx_str_of(row)), but the row's length is never counted: nearly all rows
// differ from the key in their first letters.
static inline int nx_row_cmp(nx_str key, const char *row)
{
    for (size_t i = 0; i < key.n; i++) {
        unsigned char a = (unsigned char)key.p[i], b = (unsigned char)row[i];
        if (a != b || b == '\0') {
            return a < b ? -1 : 1;
        }
    }
    return row[key.n] == '\0' ? 0 : -1;
}

// Of a table whose rows, stride bytes each, begin with eight bytes of a word or more, padded with
// NUL: the first row whose number is not below wanted; count when there is none. Nothing is guessed
// about the order of the words that come, so no step depends on a branch.
static inline size_t nx_rows_from(const void *table, size_t stride, size_t count, uint64_t wanted)
{
    const char *rows = table;
    size_t from = 0;
    while (count > 0) {
        size_t half = count / 2;
        bool below = nx_word64_ordered(rows + (from + half) * stride) < wanted;
        from = below ? from + half + 1 : from;
        count = below ? count - half - 1 : half;
    }
    return from;
}

#endif
