// letters.h: case of Latin and Cyrillic letters, for the shapes of names and places.
//
// For what looks names up or tells them from words; analysis has the full tables.
// Must not know: what is a name or a place.
#ifndef NX_TEXT_LETTERS_H
#define NX_TEXT_LETTERS_H

#include <stdbool.h>
#include <stdint.h>

// Latin Extended-A pairs capitals with small letters: even-odd, but odd-even in two stretches.
static inline bool nx_latin_a_upper(uint32_t c)
{
    bool odd = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e);
    return c == 0x178 || (c % 2 == 1) == odd;
}

static inline bool nx_letter_is_upper(uint32_t c)
{
    if (c >= 0x100 && c < 0x180) {
        return nx_latin_a_upper(c);
    }
    return (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7) ||
           (c >= 0x400 && c <= 0x42f);
}

static inline bool nx_letter_is_lower(uint32_t c)
{
    if (c >= 0x100 && c < 0x180) {
        return !nx_latin_a_upper(c);
    }
    return (c >= 'a' && c <= 'z') || (c >= 0xdf && c <= 0xff && c != 0xf7) ||
           (c >= 0x430 && c <= 0x45f);
}

static inline uint32_t nx_letter_lower(uint32_t c)
{
    if (!nx_letter_is_upper(c)) {
        return c;
    }
    if (c >= 0x100 && c < 0x180) {
        return c == 0x178 ? 0xff : c + 1;
    }
    return c >= 0x400 && c < 0x410 ? c + 0x50 : c + 0x20;
}

#endif
