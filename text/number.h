// number.h: numbers as news prints them; inside the room only.
//
// Must not know: languages: separators are told by their places.
#ifndef NX_TEXT_NUMBER_H
#define NX_TEXT_NUMBER_H

#include "base/buf.h"

typedef enum nx_number_kind {
    NX_NUMBER_PLAIN,     // digits only
    NX_NUMBER_GROUPED,   // every separator groups thousands: 1,000  1.000.000  1'000
    NX_NUMBER_DECIMAL,   // the last separator is the decimal sign: 3.5  3,5  1,000.50  1.000,50
    NX_NUMBER_AMBIGUOUS, // 1.000: a decimal in English, a thousand in German
} nx_number_kind;

typedef struct nx_number {
    size_t n; // bytes, 0: no number there
    nx_number_kind kind;
} nx_number;

// The longest number that starts at s.p[i], in ASCII digits. Separators that make no sense as a
// number (26.03.2019, 2019,2020) end it.
nx_number nx_number_at(nx_str s, size_t i);
// Appends it in its one normal form: digits, and a '.' for the decimal sign.
void nx_number_add(nx_str number, nx_number_kind kind, nx_buf *out);

#endif
