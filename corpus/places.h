// places.h: well-known places of datelines, for those printed without capitals or agency.
//
// Internal to the room. Must not know: the form of a dateline (dateline.c).
#ifndef NX_CORPUS_PLACES_H
#define NX_CORPUS_PLACES_H

#include "base/buf.h"

// A city or capital in English or the language of the news it appears in, in any case.
bool nx_is_place(nx_str name);
// A region as follows a city: "Tenn.", "MA", "Calif.", "Ontario", "England".
bool nx_is_region(nx_str name);

// The tables behind them, in the order of their bytes, ASCII letters taken as small ones.
extern const char *const nx_cities[];
extern const size_t nx_city_count;
extern const char *const nx_regions[];
extern const size_t nx_region_count;

#endif
