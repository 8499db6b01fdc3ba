// outlets_table.h: the news outlets of the world that have a known host, and the wire agencies, as
// sorted tables.
//
// Internal to the room. Must not know: how keys are folded and looked up (outlets.c).
#ifndef NX_TEXT_OUTLETS_TABLE_H
#define NX_TEXT_OUTLETS_TABLE_H

#include <stddef.h>

enum { NX_OUTLET_KEY_MAX = 47 }; // bytes of the longest key

typedef struct nx_outlet_row {
    char key[NX_OUTLET_KEY_MAX + 1]; // in the row itself, and ended with NUL: see rows.h
    const char *name;
} nx_outlet_row;

// Key: a host without presentation labels ("bbc.co.uk"); covers its sub-domains too.
extern const nx_outlet_row nx_outlet_hosts[];
extern const size_t nx_outlet_host_count;

// Key: a name or alias in lower case, without "the", dots, and dashes (these are spaces).
extern const nx_outlet_row nx_outlet_names[];
extern const size_t nx_outlet_name_count;

// Agencies: by the codes printed in credit lines (exact), and by name (keys as above).
extern const nx_outlet_row nx_agency_codes[];
extern const size_t nx_agency_code_count;
extern const nx_outlet_row nx_agency_names[];
extern const size_t nx_agency_name_count;

#endif
