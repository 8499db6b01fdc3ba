// internal.h: what the files of glass/ share: batches, the builder, and the steps of finishing.
#ifndef NX_GLASS_INTERNAL_H
#define NX_GLASS_INTERNAL_H

#include <pthread.h>
#include <stdlib.h>

#include "glass/format.h"
#include "glass/glass.h"
#include "glass/run.h"
#include "glass/table.h"

enum {
    NX_WINDOW_DOCS = 65536,        // documents are put in order inside windows of so many
    NX_WINDOW_POSTINGS = 64 << 20, // or so many bytes of runs
};

// A document of a sealed batch. Its term list, used slots and data follow each other in the batch's
// blobs, documents in the order of adding.
typedef struct nx_batch_doc {
    int64_t order;
    uint32_t length, wdf_max;
    uint32_t termlist_n, slots_n, data_n;
    bool termlist_deflated, data_deflated;
} nx_batch_doc;

// A sealed batch. The three arrays are NULL once they are in the builder's file of runs.
typedef struct nx_batch {
    uint32_t number, doc_count;
    nx_batch_doc *docs;
    unsigned char *blobs, *run;
    size_t blobs_n, run_n;
    uint64_t docs_at, blobs_at; // where they are in the file of runs
    // Set by nx_glass_number.
    uint32_t *docids; // by ordinal, 0 = dropped
    size_t window;    // documents are in order inside a window of batches
} nx_batch;

void nx_batch_free(nx_batch *batch); // accepts NULL

typedef struct nx_glass_place {
    uint64_t offset, n;
} nx_glass_place;

typedef struct nx_glass_drop_mark {
    uint32_t batch, ordinal;
} nx_glass_drop_mark;

// A value that came after its document (glass/late.c).
typedef struct nx_late_value {
    uint32_t batch, ordinal, slot;
    uint32_t n;
    size_t at; // in late_bytes
} nx_late_value;

struct nx_glass_builder {
    nx_glass_options options;
    char *path;

    pthread_mutex_t lock; // guards everything below until finish
    pthread_cond_t room;  // signalled when spilling ends
    nx_status failed;
    nx_error error; // of the failure
    nx_batch **batches;
    size_t batch_count, batch_cap;
    size_t spilled; // of batches, from the front
    uint64_t held;  // bytes of batches in memory
    bool spilling;

    int runs_fd; // -1 until the first spill; used by the spilling thread only
    uint64_t runs_end;
    nx_glass_place *runs;
    size_t run_count, run_cap;

    nx_glass_drop_mark *drops;
    size_t drop_count, drop_cap;
    nx_late_value *late; // sorted by nx_glass_number
    size_t late_count, late_cap;
    nx_buf late_bytes, late_run; // the values; they as a run, made by nx_glass_number
    nx_vocab *meta_keys;         // numbers index meta_values
    nx_str *meta_values;         // malloc'ed
    size_t meta_cap;
    nx_vocab *words; // numbers index word_counts
    uint32_t *word_counts;
    size_t word_cap;

    // Set by nx_glass_number, for the tables.
    uint32_t doc_count;
    uint32_t *lengths; // of document id i + 1
    size_t window_count;
    uint64_t total_length;
    uint32_t length_min, length_max, wdf_max; // length_min: of the non-zero ones
    uint64_t terms;
};

// Grows a malloc'ed array to at least need elements of size; false without memory.
bool nx_grow(void *array, size_t *cap, size_t need, size_t size);

// qsort, which does not take a NULL array even when there is nothing to sort.
static inline void nx_sort(void *array, size_t n, size_t size,
                           int (*compare)(const void *, const void *))
{
    if (n > 1) {
        qsort(array, n, size, compare);
    }
}

// builder.c: the builder's directory joined with a file name, malloc'ed; NULL without memory.
char *nx_glass_file(const nx_glass_builder *b, const char *name);

// Remembers a worker's failure, for finish; the first one counts.
void nx_builder_fail(nx_glass_builder *b, const nx_error *why);
// seal.c calls it: takes the batch over, spills when the budget is full. Frees batch on failure.
nx_status nx_builder_take(nx_glass_builder *b, nx_batch *batch, nx_error *err) NX_MUST_USE;
// spill.c: writes the batches in memory to the file of runs, merged into one run, and frees them.
nx_status nx_spill(nx_glass_builder *b, nx_batch **batches, size_t count,
                   nx_error *err) NX_MUST_USE;
// run sources of everything the builder holds.
nx_status nx_glass_open_merge(const nx_glass_builder *b, nx_merge **out, nx_error *err) NX_MUST_USE;

// late.c: puts the late values in order and makes their run. The batches are in order.
nx_status nx_glass_sort_late(nx_glass_builder *b, nx_error *err) NX_MUST_USE;
// The used slots of a document (format of its entry in the termlist table) with those of its late
// values: slots itself when it has none, else bytes in out.
nx_status nx_glass_late_slots(const nx_glass_builder *b, uint32_t batch, uint32_t ordinal,
                              nx_str *slots, nx_buf *out, nx_error *err) NX_MUST_USE;

// docs.c: sorts the batches, applies the drops, gives document ids, gathers the statistics.
nx_status nx_glass_number(nx_glass_builder *b, nx_error *err) NX_MUST_USE;
// Writes termlist and docdata.
nx_status nx_glass_write_docs(nx_glass_builder *b, nx_table_root *termlist, nx_table_root *docdata,
                              nx_error *err) NX_MUST_USE;
// postlist.c: writes postlist and position.
nx_status nx_glass_write_postings(nx_glass_builder *b, nx_table_root *postlist,
                                  nx_table_root *position, nx_error *err) NX_MUST_USE;
// slots.c: value statistics into the postlist table.
nx_status nx_glass_write_slots(const nx_glass_builder *b, nx_table *postlist,
                               nx_error *err) NX_MUST_USE;
// extras.c: metadata into the postlist table; the spelling table and its largest frequency.
nx_status nx_glass_write_metadata(nx_glass_builder *b, nx_table *postlist,
                                  nx_error *err) NX_MUST_USE;
nx_status nx_glass_write_spelling(nx_glass_builder *b, nx_table_root *spelling,
                                  uint32_t *frequency_max, nx_error *err) NX_MUST_USE;

enum nx_glass_table {
    NX_TABLE_POSTLIST,
    NX_TABLE_DOCDATA,
    NX_TABLE_TERMLIST,
    NX_TABLE_POSITION,
    NX_TABLE_SPELLING,
    NX_TABLE_SYNONYM,
    NX_TABLE_COUNT
};
// version.c: writes iamglass under a temporary name, syncs and renames it, syncs the directory.
nx_status nx_glass_publish(const nx_glass_builder *b, const nx_table_root roots[NX_TABLE_COUNT],
                           uint32_t spelling_max, nx_error *err) NX_MUST_USE;

#endif
