// tally.h: what a run did: counts, skips by reason, the summary line, and the list of skips.
//
// Must not know: how articles are read or stored. Thread rule: every function may be called from
// any thread.
#ifndef NX_INDEXER_TALLY_H
#define NX_INDEXER_TALLY_H

#include "corpus/corpus.h"

typedef struct nx_tally nx_tally;

typedef enum nx_count {
    NX_COUNT_INDEXED,   // new articles
    NX_COUNT_UPDATED,   // articles whose text or facts changed
    NX_COUNT_UNCHANGED, // articles that are in the index as they are
    NX_COUNT_REMOVED,   // articles taken out (canceled, vanished, removed by the user)
    NX_COUNT_SKIPPED,   // records, members and files left out
    NX_COUNT_FILES,     // files read
    NX_COUNT_KNOWN,     // files not read because they have not changed
    NX_COUNT_KINDS
} nx_count;

// say_skips: bad input is listed on stderr as it is met (at most 20 lines a reason); explain: also
// what is skipped for being no article, and all of it.
nx_tally *nx_tally_new(bool say_skips, bool explain); // NULL without memory
void nx_tally_free(nx_tally *t);
void nx_tally_add(nx_tally *t, nx_count what, uint64_t n);
// A record is parsed. source: bytes of the input, as it lies on disk, that it stands for, for the
// time left; record: its own, for the rate in the summary.
void nx_tally_bytes(nx_tally *t, uint64_t source, uint64_t record);
void nx_tally_skip(nx_tally *t, const nx_skip *skip);
uint64_t nx_tally_get(nx_tally *t, nx_count what);
uint64_t nx_tally_source_read(nx_tally *t);
uint64_t nx_tally_records_read(nx_tally *t);
// Skips that were bad input (not merely "no article"): what --strict turns into exit 65.
uint64_t nx_tally_bad(nx_tally *t);

// "indexed 12, updated 1, unchanged 3, skipped 2 (1 empty, 1 invalid JSON); 0.3 s, 4.1 MB/s"
void nx_tally_summary(nx_tally *t, nx_buf *out);
// Says how many skips of each reason were not listed.
void nx_tally_say_rest(nx_tally *t);

#endif
