// generate.c: articles made up, as many as a benchmark of size wants: JSON Lines on stdout.
//
// usage: generate COUNT [COPIES]   COUNT articles of 110 words, drawn by Zipf's law from a
// vocabulary of 150,000; COPIES of every 100 (default 0) are earlier ones, of the same day, under
// another headline and with a few words changed. The same numbers give the same bytes.
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/num.h"

enum { WORDS = 150000, TITLE = 8, ARTICLE = 110, SENTENCE = 14, WORD_MAX = 16, CHANGED = 60 };

static char words[WORDS][WORD_MAX];

static uint64_t next(uint64_t *state)
{
    uint64_t x = *state += 0x9e3779b97f4a7c15U; // splitmix64
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9U;
    x = (x ^ x >> 27) * 0x94d049bb133111ebU;
    return x ^ x >> 31;
}

// Frequent words are short: syllables of consonant and vowel, the number of the word in base 90.
static void make_words(void)
{
    for (uint32_t i = 0; i < WORDS; i++) {
        size_t n = 0;
        uint32_t rest = i;
        do {
            words[i][n++] = "bcdfghjklmnprstvwz"[rest % 90 / 5];
            words[i][n++] = "aeiou"[rest % 5];
            rest /= 90;
        } while (rest > 0);
        words[i][n] = "nsrlt"[i * 7 % 5];
    }
}

// Of rank r with a probability of nearly 1/r: the inverse of the sum, which is nearly a logarithm.
static const char *word(uint64_t *state)
{
    const double u = (double)(next(state) >> 11) / 9007199254740992.0; // 2^53
    const uint32_t rank = (uint32_t)exp(u * log(WORDS + 1.0));
    return words[rank - 1 < WORDS ? rank - 1 : WORDS - 1];
}

static void write_article(uint64_t number, uint64_t copies)
{
    uint64_t facts = number, changes = ~number;
    const uint64_t of = next(&facts) % 100 < copies ? next(&facts) % (number + 1) : number;
    uint64_t text = (of + 1) * 0xd6e8feb86659fd93U; // else the first one is its own headline
    const unsigned day = (unsigned)(next(&text) % 3650), minute = (unsigned)next(&facts) % 1440;
    (void)printf("{\"id\":\"g%08" PRIu64 "\",\"title\":\"", number);
    for (unsigned i = 0; i < TITLE; i++) {
        (void)printf(i > 0 ? " %s" : "%s", word(&facts));
    }
    (void)printf("\",\"text\":\"");
    for (unsigned i = 0; i < ARTICLE; i++) {
        const char *w = word(&text);
        const bool change = of != number && next(&changes) % CHANGED == 0;
        (void)printf(i % SENTENCE == 0 ? "%s%s" : " %s%s", i == 0 || i % SENTENCE != 0 ? "" : ". ",
                     change ? word(&changes) : w);
    }
    (void)printf(".\",\"date\":\"%u-%02u-%02uT%02u:%02u:00Z\",\"source\":\"Outlet %u\"}\n",
                 2010 + day / 365, 1 + day % 365 / 31, 1 + day % 28, minute / 60, minute % 60,
                 (unsigned)(next(&facts) % 40));
}

int main(int argc, char **argv)
{
    uint64_t count = 0, copies = 0;
    if (argc < 2 || argc > 3 || !nx_parse_u64(nx_str_of(argv[1]), &count) ||
        (argc == 3 && (!nx_parse_u64(nx_str_of(argv[2]), &copies) || copies > 100))) {
        (void)fprintf(stderr, "usage: generate COUNT [COPIES of every 100]\n");
        return EXIT_FAILURE;
    }
    make_words();
    for (uint64_t i = 0; i < count; i++) {
        write_article(i, copies);
    }
    return EXIT_SUCCESS;
}
