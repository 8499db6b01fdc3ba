// sketch.h: how much two texts share, told from 280 bytes of each.
//
// The shingles of a body are its runs of five words; they are hashed, and of each 128th part of the
// hash values the smallest is kept (one-permutation MinHash, Li, Owen and Zhang 2012), as 16 bits
// of it. The share of equal bins estimates the Jaccard similarity of the two sets of shingles, with
// a standard error of at most 0.045; with the number of shingles it gives the containment of the
// shorter text in the longer one.
// Must not know: articles, indexes, families. Thread rule: none needed. Cost: linear in the text,
// no memory.
#ifndef NX_INDEXER_SKETCH_H
#define NX_INDEXER_SKETCH_H

#include "base/buf.h"

enum { NX_SKETCH_BINS = 128, NX_SKETCH_UNDATED = INT32_MIN };

typedef struct nx_sketch {
    uint64_t exact;    // digest of all words; equal: the same text. 0: too little text to tell
    uint64_t numbers;  // a bit, by its hash, for each number in figures
    uint32_t shingles; // how many the body has; 0: too few for a comparison
    int32_t day;       // of publication, since 1970; NX_SKETCH_UNDATED
    uint16_t bins[NX_SKETCH_BINS]; // 0: no shingle there
} nx_sketch;

// Words are runs of letters and digits, ASCII case ignored, a number with its points and commas
// being one; punctuation, typographic or not, and white space are not told apart. Every Han, Kana
// or Hangul character makes a word, with the three before it. A body of under 12 words is the same
// text only under the same headline.
// day: as in the sketch.
void nx_sketch_make(nx_sketch *out, nx_str title, nx_str body, int32_t day);
// The day of a time in seconds since 1970.
int32_t nx_sketch_day(int64_t utc);

// Are they versions of one text? A function of the two alone, whichever comes first. Market reports
// and the like are forms filled in anew every day; so short texts that are not the same have to be
// of about the same day, and to share figures.
bool nx_sketch_alike(const nx_sketch *a, const nx_sketch *b);
// Estimates, from 0 to 1, of two sketches with shingles.
double nx_sketch_jaccard(const nx_sketch *a, const nx_sketch *b);
double nx_sketch_containment(const nx_sketch *a, const nx_sketch *b);

// Texts that are alike agree in a band, texts that have little in common hardly ever do: at a
// Jaccard similarity of J with a probability of about 1-(1-J*J)^64. band is below NX_SKETCH_BINS.
// false: this one is empty.
static inline bool nx_sketch_band(const nx_sketch *s, unsigned band, uint32_t *key)
{
    const uint32_t first = s->bins[band], second = s->bins[(band + 1) % NX_SKETCH_BINS];
    // The bins of a long text are all in use, and every other band says enough.
    const bool left_out = (band % 2 == 1) & (s->shingles >= 2 * NX_SKETCH_BINS);
    *key = first << 16 | second;
    return (first != 0) & (second != 0) & !left_out;
}

#endif
