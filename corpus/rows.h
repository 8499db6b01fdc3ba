// rows.h: look-ups in the room's sorted tables.
//
// Internal to the room. A row's text ends with NUL and holds none; rows are in the order of bytes.
// Must not know: what the rows are of.
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

// The first eight bytes of a word as a number that orders as they do.
static inline uint64_t nx_row_number(const char *word)
{
    uint64_t number;
    memcpy(&number, word, sizeof number);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    number = __builtin_bswap64(number);
#endif
    return number;
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
        bool below = nx_row_number(rows + (from + half) * stride) < wanted;
        from = below ? from + half + 1 : from;
        count = below ? count - half - 1 : half;
    }
    return from;
}

#endif
