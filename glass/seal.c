// seal.c: a batch's documents become one sorted run and, for each document, its blobs (blobs.c).
//
// The batch's terms are sorted once, by counting their first bytes. Postings are then dealt out by
// term (a counting sort too, which keeps documents in order), and from there dealt back by
// document, which gives every document its terms in byte order without comparing a term again.
#include "glass/worker.h"

#include <stdlib.h>

typedef struct term_posting {
    uint32_t ordinal, wdf;
    position_tag pos;
    uint32_t pos_n;
} term_posting;

typedef struct sealing {
    ranked_term *ranked; // terms in byte order; room for as many again behind them
    size_t ranked_count;
    uint32_t *next;        // by local term: where its next posting goes
    term_posting *by_term; // postings by rank, then document
    size_t *doc_next;      // by document: where its next posting goes
} sealing;

static int compare_bytes(const void *a, const void *b)
{
    const ranked_term *x = a, *y = b;
    return nx_str_cmp(x->bytes, y->bytes);
}

static int compare_values(const void *a, const void *b)
{
    const worker_value *x = a, *y = b;
    unsigned char kx[NX_GLASS_U_MAX], ky[NX_GLASS_U_MAX];
    size_t nx = (size_t)(nx_put_u(kx, x->slot) - kx), ny = (size_t)(nx_put_u(ky, y->slot) - ky);
    int c = nx_str_cmp(nx_str_make((const char *)kx, nx), nx_str_make((const char *)ky, ny));
    if (c != 0) {
        return c;
    }
    return x->ordinal < y->ordinal ? -1 : x->ordinal > y->ordinal;
}

// One pass of a radix sort, by a byte of the prefix.
static void deal_by_prefix(const ranked_term *from, ranked_term *to, size_t n, unsigned shift)
{
    size_t at[257] = {0};
    for (size_t i = 0; i < n; i++) {
        at[(from[i].prefix >> shift & 255) + 1]++;
    }
    for (size_t i = 1; i < 257; i++) {
        at[i] += at[i - 1];
    }
    for (size_t i = 0; i < n; i++) {
        to[at[from[i].prefix >> shift & 255]++] = from[i];
    }
}

// Puts n terms in byte order. spare has room for as many.
static void sort_terms(ranked_term *terms, ranked_term *spare, size_t n)
{
    for (unsigned shift = 0; shift < 64; shift += 16) {
        deal_by_prefix(terms, spare, n, shift);
        deal_by_prefix(spare, terms, n, shift + 8);
    }
    for (size_t i = 0, end = 0; i < n; i = end) {
        for (end = i + 1; end < n && terms[end].prefix == terms[i].prefix; end++) {
        }
        nx_sort(terms + i, end - i, sizeof *terms, compare_bytes);
    }
}

static void rank_terms(nx_glass_worker *w, sealing *s)
{
    for (size_t i = 0; i < w->seen_count; i++) {
        if (i + 2 * NX_FETCH_AHEAD < w->seen_count) {
            nx_vocab_fetch_number(w->vocab, w->seen[i + 2 * NX_FETCH_AHEAD].term);
            __builtin_prefetch(nx_vocab_get(w->vocab, w->seen[i + NX_FETCH_AHEAD].term).p);
        }
        if (w->seen[i].count == 0) {
            continue; // only a refused document had it
        }
        nx_str bytes = nx_vocab_get(w->vocab, w->seen[i].term);
        uint64_t prefix = 0;
        for (size_t k = 0; k < 8; k++) {
            prefix = prefix << 8 | (k < bytes.n ? (unsigned char)bytes.p[k] : 0U);
        }
        s->ranked[s->ranked_count++] = (ranked_term){prefix, bytes, (uint32_t)i, w->seen[i].count};
    }
    sort_terms(s->ranked, s->ranked + w->seen_count, s->ranked_count);
}

static void deal_by_term(nx_glass_worker *w, sealing *s)
{
    uint32_t at = 0;
    for (size_t rank = 0; rank < s->ranked_count; rank++) {
        s->next[s->ranked[rank].local] = at;
        at += s->ranked[rank].count;
    }
    for (size_t ordinal = 0; ordinal < w->doc_count; ordinal++) {
        size_t end = nx_postings_end(w, ordinal);
        s->doc_next[ordinal] = w->docs[ordinal].posting_at;
        for (size_t i = w->docs[ordinal].posting_at; i < end; i++) {
            const posting *p = &w->postings[i];
            if (i + NX_FETCH_AHEAD < w->posting_count) {
                __builtin_prefetch(&s->by_term[s->next[p[NX_FETCH_AHEAD].term]], 1);
            }
            s->by_term[s->next[p->term]++] =
                (term_posting){(uint32_t)ordinal, p->wdf, p->pos, p->pos_n};
        }
    }
}

static nx_status put_values(nx_glass_worker *w, nx_run_key *last, uint32_t batch, nx_error *err)
{
    nx_sort(w->values, w->value_count, sizeof *w->values, compare_values);
    for (size_t i = 0; i < w->value_count;) {
        uint32_t slot = w->values[i].slot, before = 0;
        nx_buf_clear(&w->payload);
        for (; i < w->value_count && w->values[i].slot == slot; i++) {
            const worker_value *v = &w->values[i];
            char *to = nx_buf_reserve(&w->payload, 2 * NX_GLASS_U_MAX + (size_t)v->n);
            if (to == NULL) {
                return nx_buf_check(&w->payload, "the postings of a batch", err);
            }
            unsigned char *p = nx_put_u((unsigned char *)to, v->ordinal - before);
            p = nx_put_u(p, v->n);
            memcpy(p, w->value_bytes.data + v->at, v->n);
            w->payload.len += (size_t)((char *)p - to) + v->n;
            before = v->ordinal;
        }
        unsigned char key[2 + NX_GLASS_U_MAX] = {0x00, 0xd8};
        nx_run_put(&w->run, last, key, (size_t)(nx_put_u(key + 2, slot) - key), batch,
                   w->payload.data, w->payload.len);
    }
    return nx_buf_check(&w->run, "a batch", err);
}

static inline void fetch_tag(const nx_glass_worker *w, const term_posting *p)
{
    if (p->pos_n > SHORT_TAG) {
        __builtin_prefetch(w->position_bytes.data + p->pos.at);
    }
}

// Writes the terms' entries and deals the postings back to the documents, in the array they came
// from.
static nx_status put_terms(nx_glass_worker *w, sealing *s, nx_run_key *last, uint32_t batch,
                           nx_error *err)
{
    const term_posting *at = s->by_term, *all = at + w->posting_count;
    for (size_t rank = 0; rank < s->ranked_count; rank++) {
        const ranked_term *term = &s->ranked[rank];
        const term_posting *end = at + term->count;
        uint32_t before = 0;
        nx_buf_clear(&w->payload);
        for (; at < end; at++) {
            if (all - at > NX_FETCH_AHEAD) {
                fetch_tag(w, &at[NX_FETCH_AHEAD]);
            }
            posting *back = &w->postings[s->doc_next[at->ordinal]++];
            back->term = (uint32_t)rank;
            back->wdf = at->wdf;
            char *to = nx_buf_reserve(&w->payload, 3 * NX_GLASS_U_MAX + (size_t)at->pos_n);
            if (to == NULL) {
                return nx_buf_check(&w->payload, "the postings of a batch", err);
            }
            unsigned char *p = nx_put_u((unsigned char *)to, at->ordinal - before);
            p = nx_put_u(p, at->wdf);
            p = nx_put_u(p, at->pos_n);
            if (at->pos_n <= SHORT_TAG) {
                memcpy(p, at->pos.bytes, SHORT_TAG); // there is room; only pos_n bytes count
            } else {
                memcpy(p, w->position_bytes.data + at->pos.at, at->pos_n);
            }
            w->payload.len += (size_t)((char *)p - to) + at->pos_n;
            before = at->ordinal;
        }
        unsigned char key[2 * NX_GLASS_TERM_MAX];
        size_t key_n = (size_t)(nx_put_sstr(key, term->bytes.p, term->bytes.n) - key);
        nx_run_put(&w->run, last, key, key_n, batch, w->payload.data, w->payload.len);
    }
    return nx_buf_check(&w->run, "a batch", err);
}

static void start_batch(nx_glass_worker *w)
{
    for (size_t i = 0; i < w->seen_count; i++) {
        w->local[w->seen[i].term] = 0;
    }
    w->seen_count = w->posting_count = w->value_count = w->doc_count = 0;
    nx_buf *buffers[] = {&w->position_bytes, &w->value_bytes, &w->data_bytes,
                         &w->slot_bytes,     &w->run,         &w->blobs};
    for (size_t i = 0; i < NX_COUNT(buffers); i++) {
        nx_buf_clear(buffers[i]);
    }
}

static void *copy_of(const nx_buf *b)
{
    void *copy = malloc(b->len + 1);
    if (copy != NULL) {
        memcpy(copy, b->data, b->len);
    }
    return copy;
}

static nx_status invert(nx_glass_worker *w, sealing *s, nx_batch *batch, nx_error *err)
{
    s->ranked = malloc((2 * w->seen_count + 1) * sizeof *s->ranked);
    s->next = malloc((w->seen_count + 1) * sizeof *s->next);
    s->by_term = malloc((w->posting_count + 1) * sizeof *s->by_term);
    s->doc_next = malloc((w->doc_count + 1) * sizeof *s->doc_next);
    batch->docs = calloc(w->doc_count + 1, sizeof *batch->docs);
    if (s->ranked == NULL || s->next == NULL || s->by_term == NULL || s->doc_next == NULL ||
        batch->docs == NULL) {
        return nx_fail_nomem(err);
    }
    nx_run_key last = {.n = 0};
    rank_terms(w, s);
    deal_by_term(w, s);
    nx_status st = put_values(w, &last, batch->number, err);
    if (st == NX_OK) {
        st = put_terms(w, s, &last, batch->number, err);
    }
    if (st == NX_OK) {
        st = nx_batch_put_blobs(w, s->ranked, batch, err);
    }
    if (st != NX_OK) {
        return st;
    }
    batch->run = copy_of(&w->run);
    batch->run_n = w->run.len;
    batch->blobs = copy_of(&w->blobs);
    batch->blobs_n = w->blobs.len;
    return batch->run != NULL && batch->blobs != NULL ? NX_OK : nx_fail_nomem(err);
}

static nx_status seal(nx_glass_worker *w, uint32_t number, nx_error *err)
{
    nx_batch *batch = calloc(1, sizeof *batch);
    if (batch == NULL) {
        return nx_fail_nomem(err);
    }
    batch->number = number;
    batch->doc_count = (uint32_t)w->doc_count;
    sealing s = {.ranked = NULL};
    nx_status st = invert(w, &s, batch, err);
    free(s.ranked);
    free(s.next);
    free(s.by_term);
    free(s.doc_next);
    start_batch(w);
    if (st != NX_OK) {
        nx_batch_free(batch);
        return st;
    }
    return nx_builder_take(w->builder, batch, err);
}

nx_status nx_glass_worker_seal(nx_glass_worker *w, uint32_t number, nx_error *err)
{
    nx_error why = NX_ERROR_INIT;
    nx_status st = seal(w, number, &why);
    if (st != NX_OK) {
        nx_builder_fail(w->builder, &why);
        if (err != NULL) {
            *err = why;
        }
    }
    return st;
}
