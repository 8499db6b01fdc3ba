// glass.h: builds a genuine Xapian "glass" database in bulk, at the speed of the text.
//
// Documents (base/doc.h) go through workers, one per thread, in numbered batches. A worker inverts
// its batch (sort the batch's terms once, transpose), encodes positions, compresses document data
// and term lists, and seals the batch: from then on it is one sorted run of bytes in memory. When
// the sealed batches reach the memory budget they are merged into one sorted run on disk.
// nx_glass_finish merges all runs in one pass and writes every table once, front to back.
//
// The result depends on the batches' contents and numbers only: not on the number of workers, the
// order in which batches are sealed, or the budget. Two builds differ in the 16 random bytes of the
// database's UUID, and in nothing else.
//
// Document ids are 1..n without gaps: batches in order of their numbers, and in a batch the order
// of adding; then, inside windows of up to 65,536 documents (or 64 MiB of postings), ascending
// `order` (ties keep their places). So a segment of ordinary size is in date order altogether, and
// a larger one piece by piece, which is what can be had without holding it in memory.
//
// Must not know: libxapian, C++, the schema, the index directory. Format: glass/format.h.
// Limits: 2^31 bytes of positions per batch; cf of a term, wdf and document length below 2^32.
// Cost: a third of the CPU is compression (glass/deflate.h). Memory: the budget, plus 8 bytes per
// document at the end, plus the encoded posting list of the most frequent term.
// Thread rule: a worker belongs to one thread at a time; workers of one builder run side by side;
// nx_glass_drop, _late_value, _set_metadata, _add_spelling and _set_budget may be called from any
// thread; finish and abort are called once, after every worker has been freed.
#ifndef NX_GLASS_GLASS_H
#define NX_GLASS_GLASS_H

#include "base/doc.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nx_glass_builder nx_glass_builder;
typedef struct nx_glass_worker nx_glass_worker;

typedef struct nx_glass_options {
    uint32_t block_size;    // power of two 2048..65536
    bool compress;          // document data and term lists
    uint64_t memory_budget; // bytes for batches and runs; at least 1 MiB
    unsigned threads;       // more than 1: nx_glass_finish merges and writes side by side
} nx_glass_options;
#define NX_GLASS_OPTIONS_INIT                                                                      \
    {                                                                                              \
        8192, true, 256U << 20, 2                                                                  \
    }

typedef struct nx_glass_summary {
    uint32_t documents;
    uint64_t total_length; // sum of the documents' lengths
    uint64_t terms;        // distinct
    uint64_t disk_runs;    // how often the budget was full
    uint64_t table_bytes;  // of all tables
} nx_glass_summary;

// Creates the directory path, which must not exist yet (NX_EIO). Temporary runs are unlinked files
// in it, so that a killed build leaves no more than a directory without iamglass, which no reader
// takes for a database. NX_EUSAGE for an option out of range.
nx_status nx_glass_builder_new(nx_glass_builder **out, const char *path,
                               const nx_glass_options *options, nx_error *err) NX_MUST_USE;

// Another memory budget from now on, at least 1 MiB.
void nx_glass_set_budget(nx_glass_builder *b, uint64_t bytes);

// A worker borrows the builder, which must outlive it.
nx_status nx_glass_worker_new(nx_glass_worker **out, nx_glass_builder *b,
                              nx_error *err) NX_MUST_USE;
void nx_glass_worker_free(nx_glass_worker *w); // accepts NULL; an unsealed batch is forgotten

// Adds a document to the worker's current batch, as ordinal 0, 1, 2... *ordinal (may be NULL)
// receives it. Everything is copied except the terms' bytes: doc->vocab must be the same object for
// a whole batch and keep its strings until the batch is sealed; it may be cleared between batches.
// order: documents are numbered by it inside a window (seconds since 1970 do; the same value for
// all keeps the order of adding).
// NX_ELIMIT (nothing is added, the batch goes on) when a term cannot be stored (empty, over 245
// bytes, or too many zero bytes), or the document's length passes 2^32-1. NX_EBUG for a DOC that
// breaks its contract (a term twice, positions or slots not ascending, an empty value). After any
// other failure the builder can only be aborted.
nx_status nx_glass_worker_add(nx_glass_worker *w, const nx_doc *doc, int64_t order,
                              uint32_t *ordinal, nx_error *err) NX_MUST_USE;
// Ends the batch and hands it to the builder under its number: any number, used once, in any order,
// with gaps if you like. A batch of 4 MiB of text is good: large enough for sorting its terms not
// to count, and every worker holds one beside the budget, at about nine times its text while it is
// sealed. May wait for another worker's writing when the budget is full, or write.
nx_status nx_glass_worker_seal(nx_glass_worker *w, uint32_t batch, nx_error *err) NX_MUST_USE;

// The document will not be in the database (a later one replaces it). May come before or after the
// batch is sealed. A pair that names no document is NX_EBUG at the end; the same pair twice is
// once.
nx_status nx_glass_drop(nx_glass_builder *b, uint32_t batch, uint32_t ordinal,
                        nx_error *err) NX_MUST_USE;

// Gives a document a value that became known after it was added. slot must be one in which no
// document was added with a value; value is not empty, and at most 255 bytes long. May come before
// or after the batch is sealed, once for a document and slot. For a dropped document it is ignored;
// a pair that names no document is NX_EBUG at the end.
nx_status nx_glass_late_value(nx_glass_builder *b, uint32_t batch, uint32_t ordinal, uint32_t slot,
                              nx_str value, nx_error *err) NX_MUST_USE;

// Replaces the value of key (1..245 bytes); an empty value removes it.
nx_status nx_glass_set_metadata(nx_glass_builder *b, nx_str key, nx_str value,
                                nx_error *err) NX_MUST_USE;
// Adds frequency to a word (1..245 bytes) of the spelling dictionary; one of one byte is ignored.
nx_status nx_glass_add_spelling(nx_glass_builder *b, nx_str word, uint32_t frequency,
                                nx_error *err) NX_MUST_USE;

// Writes the tables, syncs them, publishes the version file by renaming, syncs the directory.
// summary may be NULL. On failure (also an earlier one of a worker) the directory and all in it are
// gone. Frees b in every case.
nx_status nx_glass_finish(nx_glass_builder *b, nx_glass_summary *summary,
                          nx_error *err) NX_MUST_USE;
// Removes the directory and frees b. Accepts NULL.
void nx_glass_abort(nx_glass_builder *b);

// Does the linked library write the format this module writes? iamglass: the first bytes (at least
// 16) of that file in a database the library has just made. false: build through the library.
bool nx_glass_format_matches(const void *iamglass, size_t n);

#ifdef __cplusplus
}
#endif
#endif
