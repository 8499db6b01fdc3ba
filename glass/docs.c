// docs.c: document ids, and the two tables that go by them: termlist and docdata.
//
// Documents are taken window by window (a few batches, see internal.h), so that only a window's
// descriptions are in memory at a time, wherever its batches are.
#include <stdlib.h>

#include "glass/internal.h"

static int compare_batches(const void *a, const void *b)
{
    const nx_batch *x = *(nx_batch *const *)a, *y = *(nx_batch *const *)b;
    return x->number < y->number ? -1 : x->number > y->number;
}

static int compare_drops(const void *a, const void *b)
{
    const nx_glass_drop_mark *x = a, *y = b;
    if (x->batch != y->batch) {
        return x->batch < y->batch ? -1 : 1;
    }
    return x->ordinal < y->ordinal ? -1 : x->ordinal > y->ordinal;
}

// Marks the live documents in docids with 1 and cuts the batches into windows.
static nx_status prepare_batches(nx_glass_builder *b, nx_error *err)
{
    nx_sort(b->batches, b->batch_count, sizeof(nx_batch *), compare_batches);
    nx_sort(b->drops, b->drop_count, sizeof *b->drops, compare_drops);
    size_t drop = 0;
    uint64_t docs = 0, postings = 0;
    for (size_t i = 0; i < b->batch_count; i++) {
        nx_batch *batch = b->batches[i];
        if (i > 0 && b->batches[i - 1]->number == batch->number) {
            return nx_fail(err, NX_EBUG, "batch %u was sealed twice", (unsigned)batch->number);
        }
        docs += batch->doc_count;
        postings += batch->run_n;
        if (i == 0 || docs > NX_WINDOW_DOCS || postings > NX_WINDOW_POSTINGS) {
            b->window_count++;
            docs = batch->doc_count;
            postings = batch->run_n;
        }
        batch->window = b->window_count - 1;
        batch->docids = malloc(((size_t)batch->doc_count + 1) * sizeof *batch->docids);
        if (batch->docids == NULL) {
            return nx_fail_nomem(err);
        }
        for (uint32_t k = 0; k < batch->doc_count; k++) {
            batch->docids[k] = 1;
        }
        for (; drop < b->drop_count && b->drops[drop].batch == batch->number; drop++) {
            if (b->drops[drop].ordinal >= batch->doc_count) {
                break;
            }
            batch->docids[b->drops[drop].ordinal] = 0;
        }
    }
    if (drop < b->drop_count) {
        return nx_fail(err, NX_EBUG, "document %u of batch %u was dropped but never added",
                       (unsigned)b->drops[drop].ordinal, (unsigned)b->drops[drop].batch);
    }
    return nx_glass_sort_late(b, err);
}

typedef struct window_doc {
    nx_batch_doc doc;
    uint32_t ordinal;
    nx_batch *batch;
    uint64_t blob_at; // in the batch's blobs
} window_doc;

// The live documents of one window.
typedef struct window {
    size_t end_batch; // where the next one starts
    window_doc *docs;
    size_t count, cap;
    nx_batch_doc *scratch; // descriptions read back from disk
    size_t scratch_cap;
} window;

static nx_status load_batch(const nx_glass_builder *b, nx_batch *batch, window *w, nx_error *err)
{
    const nx_batch_doc *docs = batch->docs;
    if (docs == NULL) {
        if (!nx_grow(&w->scratch, &w->scratch_cap, batch->doc_count, sizeof *w->scratch)) {
            return nx_fail_nomem(err);
        }
        nx_status st = nx_read_at(b->runs_fd, batch->docs_at, w->scratch,
                                  batch->doc_count * sizeof *w->scratch, err);
        if (st != NX_OK) {
            return st;
        }
        docs = w->scratch;
    }
    if (!nx_grow(&w->docs, &w->cap, w->count + batch->doc_count, sizeof *w->docs)) {
        return nx_fail_nomem(err);
    }
    uint64_t at = 0;
    for (uint32_t i = 0; i < batch->doc_count; i++) {
        if (batch->docids[i] != 0) {
            w->docs[w->count++] = (window_doc){docs[i], i, batch, at};
        }
        at += (uint64_t)docs[i].termlist_n + docs[i].slots_n + docs[i].data_n;
    }
    return NX_OK;
}

// Loads the window that starts at w->end_batch.
static nx_status load_window(const nx_glass_builder *b, window *w, nx_error *err)
{
    nx_status st = NX_OK;
    size_t number = b->batches[w->end_batch]->window;
    w->count = 0;
    while (st == NX_OK && w->end_batch < b->batch_count &&
           b->batches[w->end_batch]->window == number) {
        st = load_batch(b, b->batches[w->end_batch++], w, err);
    }
    return st;
}

static void release_window(window *w)
{
    free(w->docs);
    free(w->scratch);
}

static int compare_order(const void *a, const void *b)
{
    const window_doc *x = a, *y = b;
    if (x->doc.order != y->doc.order) {
        return x->doc.order < y->doc.order ? -1 : 1;
    }
    if (x->batch != y->batch) {
        return x->batch->number < y->batch->number ? -1 : 1;
    }
    return x->ordinal < y->ordinal ? -1 : x->ordinal > y->ordinal;
}

static void sort_window(window *w)
{
    bool in_order = true;
    for (size_t i = 1; i < w->count && in_order; i++) {
        in_order = w->docs[i - 1].doc.order <= w->docs[i].doc.order;
    }
    if (!in_order) {
        nx_sort(w->docs, w->count, sizeof *w->docs, compare_order);
    }
}

static void count_doc(nx_glass_builder *b, const nx_batch_doc *d)
{
    b->lengths[b->doc_count++] = d->length;
    b->total_length += d->length;
    if (d->length > b->length_max) {
        b->length_max = d->length;
    }
    if (d->length > 0 && (b->length_min == 0 || d->length < b->length_min)) {
        b->length_min = d->length;
    }
    if (d->wdf_max > b->wdf_max) {
        b->wdf_max = d->wdf_max;
    }
}

nx_status nx_glass_number(nx_glass_builder *b, nx_error *err)
{
    nx_status st = prepare_batches(b, err);
    uint64_t all = 0;
    for (size_t i = 0; i < b->batch_count; i++) {
        all += b->batches[i]->doc_count;
    }
    if (st == NX_OK && all > UINT32_MAX) {
        st = nx_fail(err, NX_ELIMIT, "a segment of more than 2^32-1 documents");
    }
    if (st != NX_OK) {
        return st;
    }
    b->lengths = malloc((size_t)(all + 1) * sizeof *b->lengths);
    if (b->lengths == NULL) {
        return nx_fail_nomem(err);
    }
    window w = {.end_batch = 0};
    while (st == NX_OK && w.end_batch < b->batch_count) {
        st = load_window(b, &w, err);
        if (st != NX_OK) {
            break;
        }
        sort_window(&w);
        for (size_t i = 0; i < w.count; i++) {
            count_doc(b, &w.docs[i].doc);
            w.docs[i].batch->docids[w.docs[i].ordinal] = b->doc_count;
        }
    }
    release_window(&w);
    return st;
}

// Blobs of batches on disk, read ahead while they are asked for in the order of the file.
typedef struct blob_reader {
    unsigned char *buffer;
    size_t cap, n;
    uint64_t at; // of the buffer in the file
} blob_reader;

static nx_status read_blob(const nx_glass_builder *b, blob_reader *r, const nx_batch *batch,
                           uint64_t at, size_t n, const unsigned char **blob, nx_error *err)
{
    enum { AHEAD = 256 << 10 };
    if (batch->blobs != NULL) {
        *blob = batch->blobs + at;
        return NX_OK;
    }
    uint64_t offset = batch->blobs_at + at;
    if (r->n == 0 || offset < r->at || offset + n > r->at + r->n) {
        uint64_t left = batch->blobs_at + batch->blobs_n - offset;
        bool onward = offset >= r->at && offset <= r->at + r->n;
        size_t want = onward && n < AHEAD ? (left < AHEAD ? (size_t)left : AHEAD) : n;
        if (!nx_grow(&r->buffer, &r->cap, want + 1, 1)) {
            return nx_fail_nomem(err);
        }
        r->n = 0;
        nx_status st = nx_read_at(b->runs_fd, offset, r->buffer, want, err);
        if (st != NX_OK) {
            return st;
        }
        r->at = offset;
        r->n = want;
    }
    *blob = r->buffer + (offset - r->at);
    return NX_OK;
}

typedef struct doc_tables {
    nx_table *termlist, *docdata; // docdata: NULL until a document has data
    nx_buf slots;
} doc_tables;

static nx_status write_doc(const nx_glass_builder *b, doc_tables *t, const window_doc *d,
                           const unsigned char *blob, nx_error *err)
{
    unsigned char key[NX_GLASS_S_MAX + 1];
    size_t key_n = (size_t)(nx_put_s(key, d->batch->docids[d->ordinal]) - key);
    nx_status st = nx_table_add(t->termlist, key, key_n, blob, d->doc.termlist_n,
                                d->doc.termlist_deflated, err);
    blob += d->doc.termlist_n;
    nx_str slots = nx_str_make((const char *)blob, d->doc.slots_n);
    if (st == NX_OK && b->late_count > 0) {
        st = nx_glass_late_slots(b, d->batch->number, d->ordinal, &slots, &t->slots, err);
    }
    if (st == NX_OK && slots.n > 0) {
        key[key_n] = 0;
        st = nx_table_add(t->termlist, key, key_n + 1, slots.p, slots.n, false, err);
    }
    blob += d->doc.slots_n;
    if (st != NX_OK || d->doc.data_n == 0) {
        return st;
    }
    if (t->docdata == NULL) {
        char *path = nx_glass_file(b, "docdata.glass");
        st = path != NULL ? nx_table_create(&t->docdata, path, b->options.block_size, err)
                          : nx_fail_nomem(err);
        free(path);
    }
    return st == NX_OK ? nx_table_add(t->docdata, key, key_n, blob, d->doc.data_n,
                                      d->doc.data_deflated, err)
                       : st;
}

static nx_status write_windows(nx_glass_builder *b, doc_tables *t, nx_error *err)
{
    window w = {.end_batch = 0};
    blob_reader reader = {.n = 0};
    nx_status st = NX_OK;
    while (st == NX_OK && w.end_batch < b->batch_count) {
        st = load_window(b, &w, err);
        sort_window(&w);
        for (size_t i = 0; i < w.count && st == NX_OK; i++) {
            const window_doc *d = &w.docs[i];
            const unsigned char *blob = NULL;
            size_t n = (size_t)d->doc.termlist_n + d->doc.slots_n + d->doc.data_n;
            st = read_blob(b, &reader, d->batch, d->blob_at, n, &blob, err);
            if (st == NX_OK) {
                st = write_doc(b, t, d, blob, err);
            }
        }
    }
    release_window(&w);
    free(reader.buffer);
    return st;
}

nx_status nx_glass_write_docs(nx_glass_builder *b, nx_table_root *termlist, nx_table_root *docdata,
                              nx_error *err)
{
    doc_tables t = {.termlist = NULL};
    char *path = nx_glass_file(b, "termlist.glass");
    nx_status st = path != NULL ? nx_table_create(&t.termlist, path, b->options.block_size, err)
                                : nx_fail_nomem(err);
    free(path);
    nx_buf_init(&t.slots, SIZE_MAX / 4);
    if (st == NX_OK) {
        st = write_windows(b, &t, err);
    }
    nx_buf_release(&t.slots);
    if (st != NX_OK) {
        nx_table_abandon(t.termlist);
        nx_table_abandon(t.docdata);
        return st;
    }
    st = nx_table_finish(t.termlist, termlist, err);
    if (st != NX_OK) {
        nx_table_abandon(t.docdata);
        return st;
    }
    return nx_table_finish(t.docdata, docdata, err);
}
