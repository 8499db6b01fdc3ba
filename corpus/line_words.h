// line_words.h: the words that tell the lines around an article from the article: one table, so
// that a word is looked up once for all that it may be.
//
// Internal to the room. Must not know: what a line of such words is (opening_words.c, byline.c,
// person.c).
#ifndef NX_CORPUS_LINE_WORDS_H
#define NX_CORPUS_LINE_WORDS_H

#include <stdint.h>

#include "base/buf.h"

enum {
    NX_WORD_SECTION = 1,   // of the name of a section: "Politics", "Wirtschaft"
    NX_WORD_LABEL = 2,     // of a button or an empty label: "Share", "Posted"
    NX_WORD_AGO = 4,       // of a time that passes: "Updated 2 hours ago"
    NX_WORD_ROLE = 8,      // stands in author fields without being a person: "Staff", "admin"
    NX_WORD_NO_NAME = 16,  // has a capital in headlines and sentences, but is no part of a name
    NX_WORD_PARTICLE = 32, // is small inside a name: "van", "de"
    NX_WORD_GIVEN = 64,    // may begin a name all the same: "Story"
};

enum { NX_LINE_WORD_MAX = 22 };

// What the word may be, bits of the above; 0: unknown. ASCII letters match in any case.
unsigned nx_line_word(nx_str word);

// The table behind it, in the order of the words' bytes.
typedef struct nx_line_word_row {
    char word[NX_LINE_WORD_MAX + 1]; // in lower case
    uint8_t kinds;
} nx_line_word_row;
extern const nx_line_word_row nx_line_words[];
extern const size_t nx_line_word_count;

#endif
