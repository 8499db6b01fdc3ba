// worker.h: a worker's state, shared by worker.c (documents in), seal.c and blobs.c (a batch out).
#ifndef NX_GLASS_WORKER_H
#define NX_GLASS_WORKER_H

#include "base/arena.h"
#include "glass/deflate.h"
#include "glass/internal.h"

enum { NX_FETCH_AHEAD = 16 }; // items between asking for memory and using it

// What a batch has of a term, by its vocabulary number: documents with it, and the last of these
// plus 1; while the batch is sealed, the place of its next posting.
typedef struct term_state {
    uint32_t count, last;
} term_state;

// A position tag of pos_n bytes: most are so short that they are kept in place of where they are,
// which saves a miss of the cache for each when the batch is sealed.
enum { SHORT_TAG = 4 };
typedef union position_tag {
    uint32_t at; // in position_bytes
    unsigned char bytes[SHORT_TAG];
} position_tag;

// In order of documents.
typedef struct posting {
    uint32_t term, wdf;
    position_tag pos;
    uint32_t pos_n;
} posting;

typedef struct worker_value {
    uint32_t slot, ordinal, at, n; // bytes in value_bytes
} worker_value;

typedef struct worker_doc {
    int64_t order;
    size_t posting_at; // its first; the last is before the next document's
    uint32_t length, wdf_max, positions_at;
    uint32_t data_at, data_n, slots_at, slots_n;
} worker_doc;

struct nx_glass_worker {
    nx_glass_builder *builder;
    nx_deflater *deflater;
    // The current batch.
    const nx_vocab *vocab;
    term_state *terms;
    size_t term_count, term_cap; // count: of those that a document has
    posting *postings;
    size_t posting_count, posting_cap;
    worker_value *values;
    size_t value_count, value_cap;
    worker_doc *docs;
    size_t doc_count, doc_cap;
    nx_buf position_bytes, value_bytes, data_bytes, slot_bytes;
    // Used while sealing. Run and blobs become the batch's.
    nx_buf run, payload, termlist, blobs;
    nx_arena *term_bytes; // of the batch's terms, close together
};

// Behind the last posting of a document.
static inline size_t nx_postings_end(const nx_glass_worker *w, size_t ordinal)
{
    return ordinal + 1 < w->doc_count ? w->docs[ordinal + 1].posting_at : w->posting_count;
}

typedef struct ranked_term {
    uint64_t prefix; // first 8 bytes, big endian
    nx_str bytes;
    uint32_t number, count; // number: the vocabulary's
} ranked_term;

// A term of a document; a document's stand where its postings do, in byte order.
typedef struct listed_term {
    uint32_t rank, wdf; // rank: index in the batch's terms, in byte order too
} listed_term;

// blobs.c: fills batch->docs and w->blobs.
nx_status nx_batch_put_blobs(nx_glass_worker *w, const ranked_term *ranked,
                             const listed_term *listed, nx_batch *batch, nx_error *err) NX_MUST_USE;

#endif
