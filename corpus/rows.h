// rows.h: look-ups in the room's sorted tables.
//
// Internal to the room. A row's text ends with NUL and holds none; rows are in the order of bytes.
#ifndef NX_CORPUS_ROWS_H
#define NX_CORPUS_ROWS_H

#include "base/buf.h"

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

#endif
