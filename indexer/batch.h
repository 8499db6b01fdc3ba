// batch.h: records on their way from the reading thread to the workers.
//
// Must not know: what is done with them.
#ifndef NX_INDEXER_BATCH_H
#define NX_INDEXER_BATCH_H

#include "corpus/corpus.h"

enum {
    // Batches end by what was read alone, so that the result does not depend on the threads. 4 MiB
    // of text keeps the inverter's working set in the cache and the number of runs small.
    NX_BATCH_BYTES = 4 << 20,
    NX_BATCH_RECORDS = 8192,
};

typedef struct nx_record_batch {
    uint32_t number;
    const nx_corpus_options *corpus; // how its records are to be parsed; borrowed
    size_t count, bytes;
    nx_record *records[NX_BATCH_RECORDS];
} nx_record_batch;

static inline bool nx_record_batch_full(const nx_record_batch *b)
{
    return b->bytes >= NX_BATCH_BYTES || b->count == NX_BATCH_RECORDS;
}

// Frees the records that are left in it, and the batch. Accepts NULL.
void nx_record_batch_free(nx_record_batch *b);

#endif
