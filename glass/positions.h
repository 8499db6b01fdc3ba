// positions.h: a position list as glass stores it: interpolative code, bits from the low end.
//
// Must not know: documents, terms, tables.
#ifndef NX_GLASS_POSITIONS_H
#define NX_GLASS_POSITIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

// Appends the tag of n >= 1 positions to out. false when they do not ascend strictly (out is then
// unchanged). Failure of out is sticky, as ever.
bool nx_positions_encode(nx_buf *out, const uint32_t *positions, size_t n);

#endif
