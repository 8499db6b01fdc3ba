// fields_table.h: the names of fields themselves; for fields.c alone.
#ifndef NX_CORPUS_FIELDS_TABLE_H
#define NX_CORPUS_FIELDS_TABLE_H

#include "corpus/fields.h"

typedef struct nx_field_name {
    const char *name; // lower case, without spaces and punctuation of ASCII
    nx_role role;
    unsigned rank;
} nx_field_name;

// Sorted by the bytes of the name.
extern const nx_field_name nx_field_names[];
extern const size_t nx_field_name_count;

#endif
