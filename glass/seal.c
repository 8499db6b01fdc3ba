// seal.c: a batch's documents become one sorted run and, for each document, its blobs (blobs.c).
//
// The batch's terms are sorted once, by counting their first bytes. Postings are then dealt out by
// term (a counting sort too, which keeps documents in order), and from there dealt back by
// document, which gives every document its terms in byte order without comparing a term again.
// What is gone through in no order is kept small: most of it then stays in the cache.
#include "glass/worker.h"

#include <stdlib.h>

typedef struct term_posting {
    uint32_t ordinal, wdf;
    position_tag pos;
    uint32_t pos_n;
} term_posting;

// What terms are sorted by.
typedef struct term_key {
    uint64_t prefix;
    uint32_t at; // of the term in sealing.terms
} term_key;

typedef struct sealing {
    ranked_term *terms;  // by number
    term_key *keys;      // theirs; room for as many again behind them
    ranked_term *ranked; // terms in byte order
    size_t ranked_count;
    term_posting *by_term; // postings by rank, then document
    size_t *doc_next;      // by document: where its next term goes
    listed_term *listed;   // terms by document, then rank
    worker_value *values;  // by slot, in the order of their keys, then by document
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
static void deal_by_prefix(const term_key *from, term_key *to, size_t n, unsigned shift)
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

// Puts the terms in byte order.
static void sort_terms(sealing *s, size_t n)
{
    term_key *keys = s->keys, *spare = keys + n;
    for (unsigned shift = 0; shift < 64; shift += 16) {
        deal_by_prefix(keys, spare, n, shift);
        deal_by_prefix(spare, keys, n, shift + 8);
    }
    for (size_t i = 0; i < n; i++) {
        if (i + NX_FETCH_AHEAD < n) {
            __builtin_prefetch(&s->terms[keys[i + NX_FETCH_AHEAD].at]);
        }
        s->ranked[i] = s->terms[keys[i].at];
    }
    for (size_t i = 0, end = 0; i < n; i = end) {
        for (end = i + 1; end < n && s->ranked[end].prefix == s->ranked[i].prefix; end++) {
        }
        nx_sort(s->ranked + i, end - i, sizeof *s->ranked, compare_bytes);
    }
    s->ranked_count = n;
}

static nx_status rank_terms(nx_glass_worker *w, sealing *s, nx_error *err)
{
    size_t n = 0;
    for (uint32_t number = 0; n < w->term_count; number++) {
        if (w->terms[number].count == 0) {
            continue;
        }
        nx_str bytes = nx_arena_copy(w->term_bytes, nx_vocab_get(w->vocab, number));
        uint64_t prefix = 0;
        for (size_t k = 0; k < 8; k++) {
            prefix = prefix << 8 | (k < bytes.n ? (unsigned char)bytes.p[k] : 0U);
        }
        s->terms[n] = (ranked_term){prefix, bytes, number, w->terms[number].count};
        s->keys[n] = (term_key){prefix, (uint32_t)n};
        n++;
    }
    if (nx_arena_failed(w->term_bytes)) {
        return nx_fail_nomem(err);
    }
    sort_terms(s, n);
    return NX_OK;
}

static void deal_by_term(nx_glass_worker *w, sealing *s)
{
    uint32_t at = 0;
    for (size_t rank = 0; rank < s->ranked_count; rank++) {
        w->terms[s->ranked[rank].number].last = at;
        at += s->ranked[rank].count;
    }
    for (size_t ordinal = 0; ordinal < w->doc_count; ordinal++) {
        size_t end = nx_postings_end(w, ordinal);
        s->doc_next[ordinal] = w->docs[ordinal].posting_at;
        for (size_t i = w->docs[ordinal].posting_at; i < end; i++) {
            const posting *p = &w->postings[i];
            if (i + 2 * NX_FETCH_AHEAD < w->posting_count) {
                __builtin_prefetch(&w->terms[p[2 * NX_FETCH_AHEAD].term], 1);
                __builtin_prefetch(&s->by_term[w->terms[p[NX_FETCH_AHEAD].term].last], 1);
            }
            s->by_term[w->terms[p->term].last++] =
                (term_posting){(uint32_t)ordinal, p->wdf, p->pos, p->pos_n};
        }
    }
}

// Values come by document. The keys of low slots are one byte and have the order of the numbers.
static void sort_values(const nx_glass_worker *w, worker_value *to)
{
    enum { LOW_SLOTS = 128 };
    size_t at[LOW_SLOTS] = {0}, n = w->value_count;
    bool low = true;
    for (size_t i = 0; i < n; i++) {
        low = low && w->values[i].slot < LOW_SLOTS;
        at[w->values[i].slot % LOW_SLOTS]++;
    }
    if (!low) {
        memcpy(to, w->values, n * sizeof *to);
        nx_sort(to, n, sizeof *to, compare_values);
        return;
    }
    for (size_t slot = LOW_SLOTS; slot-- > 0;) {
        n -= at[slot];
        at[slot] = n;
    }
    for (size_t i = 0; i < w->value_count; i++) {
        to[at[w->values[i].slot]++] = w->values[i];
    }
}

static nx_status put_values(nx_glass_worker *w, const sealing *s, nx_run_key *last, uint32_t batch,
                            nx_error *err)
{
    for (size_t i = 0; i < w->value_count;) {
        uint32_t slot = s->values[i].slot, before = 0;
        nx_buf_clear(&w->payload);
        for (; i < w->value_count && s->values[i].slot == slot; i++) {
            const worker_value *v = &s->values[i];
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

static inline unsigned char *room_for(nx_buf *b, size_t n)
{
    return (unsigned char *)nx_buf_reserve(b, n);
}

static inline void fetch_tag(const nx_glass_worker *w, const term_posting *p)
{
    if (p->pos_n > SHORT_TAG) {
        __builtin_prefetch(w->position_bytes.data + p->pos.at);
    }
}

// Writes the terms' entries and deals the terms back to the documents.
static nx_status put_terms(nx_glass_worker *w, sealing *s, nx_run_key *last, uint32_t batch,
                           nx_error *err)
{
    enum { SHORT_POSTING_MAX = 3 * NX_GLASS_U_MAX + SHORT_TAG };
    const term_posting *at = s->by_term, *all = at + w->posting_count;
    for (size_t rank = 0; rank < s->ranked_count; rank++) {
        const ranked_term *term = &s->ranked[rank];
        const term_posting *end = at + term->count;
        uint32_t before = 0;
        if (rank + NX_FETCH_AHEAD < s->ranked_count) {
            __builtin_prefetch(s->ranked[rank + NX_FETCH_AHEAD].bytes.p);
        }
        nx_buf_clear(&w->payload);
        unsigned char *p = room_for(&w->payload, term->count * (size_t)SHORT_POSTING_MAX);
        for (; at < end && p != NULL; at++) {
            if (all - at > NX_FETCH_AHEAD) {
                fetch_tag(w, &at[NX_FETCH_AHEAD]);
            }
            s->listed[s->doc_next[at->ordinal]++] = (listed_term){(uint32_t)rank, at->wdf};
            p = nx_put_u(p, at->ordinal - before);
            p = nx_put_u(p, at->wdf);
            p = nx_put_u(p, at->pos_n);
            before = at->ordinal;
            if (at->pos_n <= SHORT_TAG) {
                memcpy(p, at->pos.bytes, SHORT_TAG); // there is room; only pos_n bytes count
                p += at->pos_n;
                continue;
            }
            w->payload.len = (size_t)((char *)p - w->payload.data);
            nx_buf_add(&w->payload, w->position_bytes.data + at->pos.at, at->pos_n);
            p = room_for(&w->payload, (size_t)(end - at) * SHORT_POSTING_MAX);
        }
        if (p == NULL) {
            return nx_buf_check(&w->payload, "the postings of a batch", err);
        }
        w->payload.len = (size_t)((char *)p - w->payload.data);
        unsigned char key[2 * NX_GLASS_TERM_MAX];
        size_t key_n = (size_t)(nx_put_sstr(key, term->bytes.p, term->bytes.n) - key);
        nx_run_put(&w->run, last, key, key_n, batch, w->payload.data, w->payload.len);
    }
    return nx_buf_check(&w->run, "a batch", err);
}

static void start_batch(nx_glass_worker *w)
{
    if (w->term_cap > 0) {
        memset(w->terms, 0, w->term_cap * sizeof *w->terms);
    }
    w->term_count = w->posting_count = w->value_count = w->doc_count = 0;
    nx_buf *buffers[] = {&w->position_bytes, &w->value_bytes, &w->data_bytes,
                         &w->slot_bytes,     &w->run,         &w->blobs};
    for (size_t i = 0; i < NX_COUNT(buffers); i++) {
        nx_buf_clear(buffers[i]);
    }
    nx_arena_clear(w->term_bytes);
}

// Hands a buffer over to a batch; NULL without memory. The next batch will need about as much, so
// room is made for it: a buffer that grows is copied over and over.
static unsigned char *hand_over(nx_buf *from, size_t *n)
{
    *n = from->len;
    char *bytes = nx_buf_take(from);
    if (bytes != NULL && nx_buf_reserve(from, *n + *n / 8) == NULL) {
        free(bytes);
        return NULL;
    }
    return (unsigned char *)bytes;
}

static nx_status invert(nx_glass_worker *w, sealing *s, nx_batch *batch, nx_error *err)
{
    s->terms = malloc((w->term_count + 1) * sizeof *s->terms);
    s->keys = malloc((2 * w->term_count + 1) * sizeof *s->keys);
    s->ranked = malloc((w->term_count + 1) * sizeof *s->ranked);
    s->by_term = malloc((w->posting_count + 1) * sizeof *s->by_term);
    s->doc_next = malloc((w->doc_count + 1) * sizeof *s->doc_next);
    s->listed = malloc((w->posting_count + 1) * sizeof *s->listed);
    s->values = malloc((w->value_count + 1) * sizeof *s->values);
    batch->docs = calloc(w->doc_count + 1, sizeof *batch->docs);
    if (s->terms == NULL || s->keys == NULL || s->ranked == NULL || s->by_term == NULL ||
        s->doc_next == NULL || s->listed == NULL || s->values == NULL || batch->docs == NULL) {
        return nx_fail_nomem(err);
    }
    nx_run_key last = {.n = 0};
    nx_status st = rank_terms(w, s, err);
    if (st != NX_OK) {
        return st;
    }
    deal_by_term(w, s);
    if (w->value_count > 0) {
        sort_values(w, s->values);
    }
    st = put_values(w, s, &last, batch->number, err);
    if (st == NX_OK) {
        st = put_terms(w, s, &last, batch->number, err);
    }
    if (st == NX_OK) {
        st = nx_batch_put_blobs(w, s->ranked, s->listed, batch, err);
    }
    if (st != NX_OK) {
        return st;
    }
    batch->run = hand_over(&w->run, &batch->run_n);
    batch->blobs = hand_over(&w->blobs, &batch->blobs_n);
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
    sealing s = {.terms = NULL};
    nx_status st = invert(w, &s, batch, err);
    free(s.terms);
    free(s.keys);
    free(s.ranked);
    free(s.by_term);
    free(s.doc_next);
    free(s.listed);
    free(s.values);
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
