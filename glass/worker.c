// worker.c: a thread's side of the builder: takes documents, encodes what does not depend on the
// rest of the batch (positions, used slots). seal.c and blobs.c do the rest.
#include "glass/worker.h"

#include <stdlib.h>

#include "glass/positions.h"

enum { BATCH_BYTES_MAX = INT32_MAX };

bool nx_grow(void *array, size_t *cap, size_t need, size_t size)
{
    if (need <= *cap) {
        return true;
    }
    size_t want = *cap < 64 ? 64 : *cap;
    while (want < need) {
        want += want / 2;
    }
    size_t bytes = 0;
    void *old = NULL;
    memcpy(&old, array, sizeof old);
    void *grown = __builtin_mul_overflow(want, size, &bytes) ? NULL : realloc(old, bytes);
    if (grown == NULL) {
        return false;
    }
    memcpy(array, &grown, sizeof grown);
    *cap = want;
    return true;
}

nx_status nx_glass_worker_new(nx_glass_worker **out, nx_glass_builder *b, nx_error *err)
{
    *out = NULL;
    nx_glass_worker *w = calloc(1, sizeof *w);
    if (w == NULL) {
        return nx_fail_nomem(err);
    }
    w->builder = b;
    nx_buf_init(&w->position_bytes, BATCH_BYTES_MAX);
    nx_buf_init(&w->value_bytes, BATCH_BYTES_MAX);
    nx_buf_init(&w->data_bytes, BATCH_BYTES_MAX);
    nx_buf_init(&w->slot_bytes, BATCH_BYTES_MAX);
    nx_buf_init(&w->run, SIZE_MAX / 4);
    nx_buf_init(&w->payload, SIZE_MAX / 4);
    nx_buf_init(&w->termlist, SIZE_MAX / 4);
    nx_buf_init(&w->blobs, SIZE_MAX / 4);
    w->term_bytes = nx_arena_new(SIZE_MAX / 4);
    if (b->options.compress) {
        w->deflater = nx_deflater_new();
    }
    if (w->term_bytes == NULL || (b->options.compress && w->deflater == NULL)) {
        nx_glass_worker_free(w);
        return nx_fail_nomem(err);
    }
    *out = w;
    return NX_OK;
}

void nx_glass_worker_free(nx_glass_worker *w)
{
    if (w == NULL) {
        return;
    }
    nx_buf *buffers[] = {&w->position_bytes, &w->value_bytes, &w->data_bytes,
                         &w->slot_bytes,     &w->run,         &w->payload,
                         &w->termlist,       &w->blobs};
    for (size_t i = 0; i < NX_COUNT(buffers); i++) {
        nx_buf_release(buffers[i]);
    }
    nx_deflater_free(w->deflater);
    nx_arena_free(w->term_bytes);
    free(w->terms);
    free(w->postings);
    free(w->values);
    free(w->docs);
    free(w);
}

static bool can_be_stored(nx_str term)
{
    // A posting list's later chunks have the terminator and a document id in their keys.
    const size_t room = NX_GLASS_KEY_MAX - 1 - NX_GLASS_S_MAX;
    if (term.n <= room / 2) {
        return term.n > 0; // whatever its bytes are, which then need not be looked at
    }
    unsigned char key[2 * NX_GLASS_TERM_MAX];
    return term.n <= NX_GLASS_TERM_MAX && (size_t)(nx_put_sstr(key, term.p, term.n) - key) <= room;
}

// A vocabulary is larger than the cache: what the next terms lead to is asked for in time.
static inline void fetch_ahead(const nx_glass_worker *w, const nx_doc *doc, size_t i)
{
    if (i + 2 * NX_FETCH_AHEAD < doc->term_count) {
        __builtin_prefetch(&w->terms[doc->terms[i + 2 * NX_FETCH_AHEAD].term], 1);
    }
    if (i + NX_FETCH_AHEAD < doc->term_count) {
        uint32_t term = doc->terms[i + NX_FETCH_AHEAD].term;
        if (w->terms[term].count == 0) {
            nx_vocab_fetch_number(doc->vocab, term);
        }
    }
}

// Makes room for the states of all terms there are.
static bool room_for_terms(nx_glass_worker *w, size_t count)
{
    size_t before = w->term_cap;
    if (!nx_grow(&w->terms, &w->term_cap, count, sizeof *w->terms)) {
        return false;
    }
    if (w->term_cap > before) {
        memset(w->terms + before, 0, (w->term_cap - before) * sizeof *w->terms);
    }
    return true;
}

static nx_status add_positions(nx_glass_worker *w, const nx_doc *doc, const nx_doc_term *t,
                               posting *p, nx_error *err)
{
    nx_buf *to = &w->position_bytes;
    size_t at = to->len;
    if (t->pos_start > doc->position_count || t->pos_count > doc->position_count - t->pos_start) {
        return nx_fail(err, NX_EBUG, "a term's positions are not all there");
    }
    const uint32_t *positions = doc->positions + t->pos_start;
    if (t->pos_count == 1 && positions[0] >> 7 * SHORT_TAG == 0) { // most terms of an article
        p->pos_n = (uint32_t)(nx_put_u(p->pos.bytes, positions[0]) - p->pos.bytes);
        return NX_OK;
    }
    if (!nx_positions_encode(to, positions, t->pos_count)) {
        return nx_fail(err, NX_EBUG, "a document's positions do not ascend");
    }
    if (to->failed) {
        return nx_buf_check(to, "the positions of a batch", err);
    }
    p->pos_n = (uint32_t)(to->len - at);
    if (p->pos_n <= SHORT_TAG) {
        memcpy(p->pos.bytes, to->data + at, p->pos_n);
        nx_buf_truncate(to, at);
    } else {
        p->pos.at = (uint32_t)at;
    }
    return NX_OK;
}

static nx_status add_terms(nx_glass_worker *w, const nx_doc *doc, worker_doc *d, nx_error *err)
{
    if (!room_for_terms(w, nx_vocab_count(doc->vocab)) ||
        !nx_grow(&w->postings, &w->posting_cap, w->posting_count + doc->term_count,
                 sizeof *w->postings)) {
        return nx_fail_nomem(err);
    }
    uint32_t ordinal_1 = (uint32_t)w->doc_count + 1;
    for (size_t i = 0; i < doc->term_count; i++) {
        fetch_ahead(w, doc, i);
        const nx_doc_term *t = &doc->terms[i];
        term_state *state = &w->terms[t->term];
        if (state->count == 0 && !can_be_stored(nx_vocab_get(doc->vocab, t->term))) {
            return nx_fail(err, NX_ELIMIT, "a term of %zu bytes cannot be stored",
                           nx_vocab_get(doc->vocab, t->term).n);
        }
        if (state->last == ordinal_1) {
            return nx_fail(err, NX_EBUG, "a document has a term twice");
        }
        if (__builtin_add_overflow(d->length, t->wdf, &d->length)) {
            return nx_fail(err, NX_ELIMIT, "a document is longer than 2^32-1 words");
        }
        posting *p = &w->postings[w->posting_count];
        *p = (posting){.term = t->term, .wdf = t->wdf};
        if (t->pos_count > 0) {
            nx_status st = add_positions(w, doc, t, p, err);
            if (st != NX_OK) {
                return st;
            }
        }
        if (t->wdf > d->wdf_max) {
            d->wdf_max = t->wdf;
        }
        w->term_count += state->count == 0;
        state->count++;
        state->last = ordinal_1;
        w->posting_count++;
    }
    return NX_OK;
}

static nx_status add_values(nx_glass_worker *w, const nx_doc *doc, worker_doc *d, nx_error *err)
{
    if (!nx_grow(&w->values, &w->value_cap, w->value_count + doc->value_count, sizeof *w->values)) {
        return nx_fail_nomem(err);
    }
    d->slots_at = (uint32_t)w->slot_bytes.len;
    for (size_t i = 0; i < doc->value_count; i++) {
        const nx_doc_value *v = &doc->values[i];
        if (v->bytes.n == 0 || v->slot == UINT32_MAX ||
            (i > 0 && v->slot <= doc->values[i - 1].slot)) {
            return nx_fail(err, NX_EBUG, "a document's values are empty or do not ascend by slot");
        }
        unsigned char gap[NX_GLASS_U_MAX];
        uint32_t step = i == 0 ? v->slot : v->slot - doc->values[i - 1].slot - 1;
        nx_buf_add(&w->slot_bytes, gap, (size_t)(nx_put_u(gap, step) - gap));
        w->values[w->value_count++] = (worker_value){.slot = v->slot,
                                                     .ordinal = (uint32_t)w->doc_count,
                                                     .at = (uint32_t)w->value_bytes.len,
                                                     .n = (uint32_t)v->bytes.n};
        nx_buf_adds(&w->value_bytes, v->bytes);
    }
    d->slots_n = (uint32_t)w->slot_bytes.len - d->slots_at;
    nx_status st = nx_buf_check(&w->value_bytes, "the values of a batch", err);
    return st != NX_OK ? st : nx_buf_check(&w->slot_bytes, "the slots of a batch", err);
}

static nx_status add_data(nx_glass_worker *w, const nx_doc *doc, worker_doc *d, nx_error *err)
{
    d->data_at = (uint32_t)w->data_bytes.len;
    d->data_n = (uint32_t)doc->data.n;
    nx_buf_adds(&w->data_bytes, doc->data);
    return nx_buf_check(&w->data_bytes, "the data of a batch", err);
}

// Takes back what a refused document has left.
static void undo(nx_glass_worker *w, const worker_doc *d, size_t values, size_t value_bytes)
{
    while (w->posting_count > d->posting_at) {
        term_state *state = &w->terms[w->postings[--w->posting_count].term];
        state->count--;
        state->last = 0;
        w->term_count -= state->count == 0;
    }
    w->value_count = values;
    nx_buf_truncate(&w->value_bytes, value_bytes);
    nx_buf_truncate(&w->position_bytes, d->positions_at);
    nx_buf_truncate(&w->slot_bytes, d->slots_at);
}

// Offsets in a batch are 32 bits. Asked first, because a buffer that fails has lost its content.
static nx_status check_room(const nx_glass_worker *w, const nx_doc *doc, nx_error *err)
{
    size_t value_bytes = 0;
    for (size_t i = 0; i < doc->value_count && value_bytes < BATCH_BYTES_MAX; i++) {
        value_bytes += doc->values[i].bytes.n;
    }
    const size_t max = BATCH_BYTES_MAX;
    if (doc->term_count > max / 64 || doc->position_count > max / 16 || doc->data.n > max / 2 ||
        value_bytes > max / 2 || doc->value_count > max / 64) {
        return nx_fail(err, NX_ELIMIT, "a document is too large");
    }
    if (w->doc_count >= max || w->posting_count + doc->term_count > max ||
        w->position_bytes.len + doc->term_count * 20 + doc->position_count * 4 > max ||
        w->data_bytes.len + doc->data.n > max || w->value_bytes.len + value_bytes > max ||
        w->slot_bytes.len + doc->value_count * 5 > max) {
        return nx_fail(err, NX_ELIMIT, "a batch is too large");
    }
    return NX_OK;
}

static nx_status add(nx_glass_worker *w, const nx_doc *doc, int64_t order, nx_error *err)
{
    if (!nx_grow(&w->docs, &w->doc_cap, w->doc_count + 1, sizeof *w->docs)) {
        return nx_fail_nomem(err);
    }
    if (w->doc_count == 0) {
        w->vocab = doc->vocab;
    } else if (w->vocab != doc->vocab) {
        return nx_fail(err, NX_EBUG, "one batch has two vocabularies");
    }
    nx_status st = check_room(w, doc, err);
    if (st != NX_OK) {
        return st;
    }
    worker_doc *d = &w->docs[w->doc_count];
    *d = (worker_doc){.order = order,
                      .posting_at = w->posting_count,
                      .positions_at = (uint32_t)w->position_bytes.len,
                      .slots_at = (uint32_t)w->slot_bytes.len};
    size_t values = w->value_count, value_bytes = w->value_bytes.len;
    st = add_terms(w, doc, d, err);
    if (st == NX_OK) {
        st = add_values(w, doc, d, err);
    }
    if (st == NX_OK) {
        st = add_data(w, doc, d, err);
    }
    if (st != NX_OK) {
        undo(w, d, values, value_bytes);
        return st;
    }
    w->doc_count++;
    return NX_OK;
}

nx_status nx_glass_worker_add(nx_glass_worker *w, const nx_doc *doc, int64_t order,
                              uint32_t *ordinal, nx_error *err)
{
    nx_error why = NX_ERROR_INIT;
    if (ordinal != NULL) {
        *ordinal = (uint32_t)w->doc_count;
    }
    nx_status st = add(w, doc, order, &why);
    if (st != NX_OK && st != NX_ELIMIT) {
        nx_builder_fail(w->builder, &why);
    }
    if (st != NX_OK && err != NULL) {
        *err = why;
    }
    return st;
}
