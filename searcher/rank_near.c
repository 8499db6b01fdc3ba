// rank_near.c: how a candidate's words of the query stand to each other.
//
// Must not know: where they were read.
#include "searcher/ranker.h"

#define WINDOW_K 1.2 // how soon a window has enough of a word

// The best window of the document with two words of the query or more: windows of NX_WINDOW words
// start every half of that.
double nx_ranker_window(const nx_ranker *r, const nx_reading *doc)
{
    enum { STEP = NX_WINDOW / 2 };
    double best = 0;
    size_t first = 0;
    for (size_t i = 0; i < doc->found_count; i++) {
        uint32_t start = doc->found[i].pos / STEP * STEP; // a window that starts at this step
        uint16_t counts[NX_UNITS_MAX];
        if (i > 0 && doc->found[i - 1].pos / STEP == doc->found[i].pos / STEP) {
            continue;
        }
        // Windows that hold this step: the one that starts with it and the one before.
        for (int back = 0; back < 2; back++) {
            uint32_t from = start >= (uint32_t)(back * STEP) ? start - (uint32_t)(back * STEP) : 0;
            double sum = 0;
            size_t words = 0;
            memset(counts, 0, sizeof counts);
            while (first < i && doc->found[first].pos + NX_WINDOW < start) {
                first++;
            }
            for (size_t k = first; k < doc->found_count && doc->found[k].pos < from + NX_WINDOW;
                 k++) {
                if (doc->found[k].pos >= from) {
                    counts[doc->found[k].unit]++;
                }
            }
            for (size_t u = 0; u < r->unit_count; u++) {
                sum += r->units[u].weight * counts[u] / (counts[u] + WINDOW_K);
                words += counts[u] > 0;
            }
            best = words > 1 && sum > best ? sum : best;
        }
    }
    return best;
}

// How much of the query the document has, by rarity of its words: 1 for all of it. Not much short
// of all counts for nearly nothing.
double nx_ranker_together(const nx_ranker *r, const nx_reading *doc)
{
    bool has[NX_UNITS_MAX] = {false};
    double sum = 0, total = 0, n = (double)r->unit_count;
    if (r->unit_count < 2) {
        return 0;
    }
    for (size_t i = 0; i < doc->found_count; i++) {
        has[doc->found[i].unit] = true;
    }
    for (size_t u = 0; u < r->unit_count; u++) {
        total += r->units[u].rarity;
        sum += has[u] ? r->units[u].rarity : 0;
    }
    double share = total > 0 ? sum / total : 0;
    return 4 / (n * n) * share * share * share * share;
}
