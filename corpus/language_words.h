// language_words.h: the commonest function words of the languages in Latin script.
//
// Internal to the room. A word is short enough to be compared as one number.
#ifndef NX_CORPUS_LANGUAGE_WORDS_H
#define NX_CORPUS_LANGUAGE_WORDS_H

#include <stddef.h>
#include <stdint.h>

enum { NX_LANGUAGE_WORD_MAX = 8 };

typedef struct nx_language_word {
    char word[NX_LANGUAGE_WORD_MAX]; // in lower case, padded with NUL
    uint32_t columns;                // bit n: language nx_language_columns[n] has it
} nx_language_word;

extern const char nx_language_columns[][3]; // ISO 639-1
extern const size_t nx_language_column_count;
extern const nx_language_word nx_language_words[]; // sorted by word
extern const size_t nx_language_word_count;

#endif
