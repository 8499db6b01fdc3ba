// blobs.c: what a batch stores by document: term list, used slots, data; see worker.h.
//
// Term lists and data are compressed here and not as documents come, so that the codes they share
// (deflate.h) can be made from documents all over the batch. A batch is the same for any number of
// threads, and so are its codes.
#include "glass/worker.h"

#include "base/word64.h"

static size_t common_prefix(const ranked_term *a, const ranked_term *b)
{
    size_t most = a->bytes.n < b->bytes.n ? a->bytes.n : b->bytes.n;
    if (a->prefix != b->prefix) {
        size_t same = (size_t)__builtin_clzll(a->prefix ^ b->prefix) / 8;
        return same < most ? same : most;
    }
    size_t same = most < 8 ? most : 8;
    while (same < most && a->bytes.p[same] == b->bytes.p[same]) {
        same++;
    }
    return same;
}

// The bytes of a term behind the first keep, of which there are fewer than it has. There is room
// for eight. A short term is all in its prefix, which is at hand.
static unsigned char *put_rest(unsigned char *to, const ranked_term *term, size_t keep)
{
    size_t n = term->bytes.n - keep;
    if (term->bytes.n <= 8) {
        nx_word64_put_ordered(to, term->prefix << 8 * keep);
    } else {
        memcpy(to, term->bytes.p + keep, n);
    }
    return to + n;
}

// U length, U terms; the first term: length, bytes, U wdf; each further one: what it keeps of the
// term before (c bytes), the number of new bytes, these, U wdf. A small wdf is told together with c
// in the first byte, which then is larger than the term before is long.
static void encode_termlist(nx_glass_worker *w, const ranked_term *ranked,
                            const listed_term *listed, size_t ordinal)
{
    const worker_doc *d = &w->docs[ordinal];
    size_t count = nx_postings_end(w, ordinal) - d->posting_at;
    nx_buf *out = &w->termlist;
    nx_buf_clear(out);
    unsigned char *p = (unsigned char *)nx_buf_reserve(out, 2 * NX_GLASS_U_MAX);
    if (p == NULL || count == 0) {
        return;
    }
    p = nx_put_u(p, d->length);
    p = nx_put_u(p, count);
    out->len = (size_t)((char *)p - out->data);
    const ranked_term *before = NULL;
    for (size_t i = 0; i < count; i++) {
        const listed_term *from = &listed[d->posting_at + i];
        const ranked_term *term = &ranked[from->rank];
        if (i + 2 * NX_FETCH_AHEAD < count) {
            __builtin_prefetch(&ranked[from[2 * NX_FETCH_AHEAD].rank]);
            __builtin_prefetch(ranked[from[NX_FETCH_AHEAD].rank].bytes.p);
        }
        p = (unsigned char *)nx_buf_reserve(out, 2 + 8 + term->bytes.n + NX_GLASS_U_MAX);
        if (p == NULL) {
            return;
        }
        size_t keep = 0;
        bool wdf_told = false;
        if (before != NULL) {
            keep = common_prefix(before, term);
            uint64_t both = ((uint64_t)from->wdf + 1) * (before->bytes.n + 1) + keep;
            wdf_told = from->wdf < 127 && both < 256;
            *p++ = (unsigned char)(wdf_told ? both : keep);
        }
        *p++ = (unsigned char)(term->bytes.n - keep);
        p = put_rest(p, term, keep);
        if (!wdf_told) {
            p = nx_put_u(p, from->wdf);
        }
        out->len = (size_t)((char *)p - out->data);
        before = term;
    }
}

// Makes the codes that the batch's tags share from some of them.
static void learn_codes(nx_glass_worker *w, const ranked_term *ranked, const listed_term *listed)
{
    enum { SAMPLES = 64 };
    size_t step = w->doc_count / SAMPLES + 1;
    bool data = false;
    for (size_t ordinal = 0; ordinal < w->doc_count; ordinal += step) {
        const worker_doc *d = &w->docs[ordinal];
        encode_termlist(w, ranked, listed, ordinal);
        nx_deflater_sample(w->deflater, NX_TAG_TERMLIST, w->termlist.data, w->termlist.len);
        if (d->data_n > 0) {
            nx_deflater_sample(w->deflater, NX_TAG_DATA, w->data_bytes.data + d->data_at,
                               d->data_n);
            data = true;
        }
    }
    nx_deflater_learn(w->deflater, NX_TAG_TERMLIST);
    if (data) {
        nx_deflater_learn(w->deflater, NX_TAG_DATA);
    }
}

// Adds a tag to the blobs; true: compressed. *n becomes the bytes it has there.
static nx_status put_tag(nx_glass_worker *w, nx_tag_kind kind, nx_str tag, uint32_t *n,
                         bool *deflated, nx_error *err)
{
    size_t before = w->blobs.len;
    *deflated = w->deflater != NULL && tag.n > NX_GLASS_COMPRESS_MIN;
    if (*deflated) {
        *deflated = nx_deflate(w->deflater, kind, tag.p, tag.n, &w->blobs);
    } else {
        nx_buf_adds(&w->blobs, tag);
    }
    nx_status st = nx_buf_check(&w->blobs, "a batch", err);
    if (st == NX_OK && w->blobs.len - before > UINT32_MAX) {
        st = nx_fail(err, NX_ELIMIT, "a tag of %zu bytes", w->blobs.len - before);
    }
    *n = (uint32_t)(w->blobs.len - before);
    return st;
}

nx_status nx_batch_put_blobs(nx_glass_worker *w, const ranked_term *ranked,
                             const listed_term *listed, nx_batch *batch, nx_error *err)
{
    if (w->deflater != NULL && w->doc_count > 0) {
        learn_codes(w, ranked, listed);
    }
    for (size_t ordinal = 0; ordinal < w->doc_count; ordinal++) {
        const worker_doc *d = &w->docs[ordinal];
        nx_batch_doc *to = &batch->docs[ordinal];
        *to = (nx_batch_doc){
            .order = d->order, .length = d->length, .wdf_max = d->wdf_max, .slots_n = d->slots_n};
        encode_termlist(w, ranked, listed, ordinal);
        nx_status st = nx_buf_check(&w->termlist, "a term list", err);
        if (st == NX_OK) {
            st = put_tag(w, NX_TAG_TERMLIST, nx_buf_str(&w->termlist), &to->termlist_n,
                         &to->termlist_deflated, err);
        }
        if (st == NX_OK) {
            nx_buf_add(&w->blobs, w->slot_bytes.data + d->slots_at, d->slots_n);
            st = put_tag(w, NX_TAG_DATA, nx_str_make(w->data_bytes.data + d->data_at, d->data_n),
                         &to->data_n, &to->data_deflated, err);
        }
        if (st != NX_OK) {
            return st;
        }
    }
    return nx_buf_check(&w->blobs, "a batch", err);
}
