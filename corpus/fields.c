// fields.c: see fields.h.
#include "corpus/fields.h"

#include "base/utf8.h"
#include "corpus/fields_table.h"
#include "text/letters.h"

enum { NAME_MAX_BYTES = 40 };

// Lower case without separators; false when it is too long to be in the table.
static bool normalise(nx_str name, char out[NAME_MAX_BYTES + 1])
{
    size_t n = 0;
    for (size_t i = 0; i < name.n;) {
        char bytes[4] = {nx_lower(name.p[i])};
        size_t size = nx_is_alpha(bytes[0]) || nx_is_digit(bytes[0]);
        if ((unsigned char)name.p[i] < 0x80) {
            i++;
        } else {
            uint32_t c = nx_utf8_decode(name, i, &i, NULL);
            size = nx_utf8_encode(nx_letter_lower(c), bytes);
        }
        if (n + size > NAME_MAX_BYTES) {
            return false;
        }
        memcpy(out + n, bytes, size);
        n += size;
    }
    out[n] = '\0';
    return n > 0;
}

nx_role nx_field_role(nx_str name, unsigned *rank)
{
    char wanted[NAME_MAX_BYTES + 1];
    if (!normalise(name, wanted)) {
        return NX_ROLE_NONE;
    }
    size_t low = 0, high = nx_field_name_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int c = strcmp(wanted, nx_field_names[middle].name);
        if (c == 0) {
            *rank = nx_field_names[middle].rank;
            return nx_field_names[middle].role;
        }
        if (c < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NX_ROLE_NONE;
}

nx_role nx_role_by_name(nx_str name)
{
    unsigned rank;
    return nx_field_role(name, &rank);
}

size_t nx_field_count(void)
{
    return nx_field_name_count;
}

nx_str nx_field_name_at(size_t i)
{
    return nx_str_of(nx_field_names[i].name);
}
