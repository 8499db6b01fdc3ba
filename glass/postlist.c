// postlist.c: the last pass: all runs merged into the postlist and position tables.
//
// Entries of a term come batch by batch. Where a window's documents were put in another order, its
// postings are collected and sorted first; elsewhere they go straight out.
#include <stdlib.h>

#include "glass/internal.h"

// A chunk of a posting list: body[start .. next chunk's start), documents first..last.
typedef struct chunk {
    size_t start;
    uint32_t first, last;
} chunk;

// A whole posting list (or the document lengths); its head holds totals, so it is written last.
typedef struct chunk_list {
    nx_buf body;
    chunk *chunks;
    size_t count, cap;
    uint64_t tf, cf;
} chunk_list;

// A posting or value waiting for its window to be complete.
typedef struct held_item {
    uint32_t docid, wdf, n;
    uint32_t at; // in held_bytes
} held_item;

typedef struct slot_statistics {
    uint32_t slot;
    uint64_t count;
    nx_buf lower, upper;
} slot_statistics;

typedef struct writer {
    nx_glass_builder *b;
    nx_table *postlist, *position; // position: NULL until something has positions
    unsigned char key[NX_GLASS_KEY_MAX];
    size_t key_n;
    bool is_value;   // the key is a slot's
    chunk_list list; // of the term; for a slot, the open chunk only
    nx_buf tag;
    held_item *held, *sorted; // sorted: room for sorting
    size_t held_count, held_cap, sorted_cap;
    nx_buf held_bytes;
    size_t held_window;
    const nx_batch *batch; // looked up last
    slot_statistics *slots;
    size_t slot_count, slot_cap;
} writer;

static void clear_list(chunk_list *l)
{
    nx_buf_clear(&l->body);
    l->count = 0;
    l->tf = l->cf = 0;
}

// Appends a document (ids ascend) with its wdf or length.
static nx_status add_to_list(chunk_list *l, uint32_t docid, uint32_t wdf, nx_error *err)
{
    chunk *c = l->count > 0 ? &l->chunks[l->count - 1] : NULL;
    unsigned char *to = (unsigned char *)nx_buf_reserve(&l->body, 2 * NX_GLASS_U_MAX);
    if (to == NULL) {
        return nx_buf_check(&l->body, "a posting list", err);
    }
    unsigned char *p = to;
    if (c == NULL || l->body.len - c->start >= NX_GLASS_CHUNK_MIN) {
        if (!nx_grow(&l->chunks, &l->cap, l->count + 1, sizeof *l->chunks)) {
            return nx_fail_nomem(err);
        }
        c = &l->chunks[l->count++];
        *c = (chunk){.start = l->body.len, .first = docid};
    } else {
        p = nx_put_u(p, docid - c->last - 1);
    }
    c->last = docid;
    p = nx_put_u(p, wdf);
    l->body.len += (size_t)(p - to);
    l->tf++;
    l->cf += wdf;
    return NX_OK;
}

// key has room for a terminator and a document id; with_terminator: later chunks need one.
static nx_status write_list(writer *w, const chunk_list *l, unsigned char *key, size_t key_n,
                            bool with_terminator, uint64_t tf, uint64_t cf, nx_error *err)
{
    for (size_t i = 0; i < l->count; i++) {
        const chunk *c = &l->chunks[i];
        bool is_last = i + 1 == l->count;
        size_t end = is_last ? l->body.len : l->chunks[i + 1].start;
        unsigned char head[4 * NX_GLASS_U_MAX + 1], *p = head;
        size_t n = key_n;
        if (i == 0) {
            p = nx_put_u(p, tf);
            p = nx_put_u(p, cf);
            p = nx_put_u(p, c->first - 1);
        } else {
            if (with_terminator) {
                key[n++] = 0;
            }
            n = (size_t)(nx_put_s(key + n, c->first) - key);
        }
        *p++ = is_last ? '1' : '0';
        p = nx_put_u(p, c->last - c->first);
        nx_buf_clear(&w->tag);
        nx_buf_add(&w->tag, head, (size_t)(p - head));
        nx_buf_add(&w->tag, l->body.data + c->start, end - c->start);
        nx_status st = nx_buf_check(&w->tag, "a posting list's chunk", err);
        if (st == NX_OK) {
            st = nx_table_add(w->postlist, key, n, w->tag.data, w->tag.len, false, err);
        }
        if (st != NX_OK) {
            return st;
        }
    }
    return NX_OK;
}

static nx_status write_lengths(writer *w, nx_error *err)
{
    clear_list(&w->list);
    nx_status st = NX_OK;
    for (uint32_t i = 0; i < w->b->doc_count && st == NX_OK; i++) {
        st = add_to_list(&w->list, i + 1, w->b->lengths[i], err);
    }
    unsigned char key[2 + NX_GLASS_S_MAX] = {0x00, 0xe0};
    if (st == NX_OK) {
        st = write_list(w, &w->list, key, 2, false, 0, 0, err);
    }
    clear_list(&w->list);
    return st;
}

static nx_status write_term(writer *w, nx_error *err)
{
    if (w->list.tf == 0) {
        return NX_OK; // every document with it was dropped
    }
    if (w->list.cf > UINT32_MAX) {
        return nx_fail(err, NX_ELIMIT, "a term occurs more than 2^32-1 times");
    }
    w->b->terms++;
    nx_status st = write_list(w, &w->list, w->key, w->key_n, true, w->list.tf, w->list.cf, err);
    clear_list(&w->list);
    return st;
}

// The open value chunk, whose first document is chunks[0].
static nx_status write_value_chunk(writer *w, nx_error *err)
{
    if (w->list.count == 0) {
        return NX_OK;
    }
    unsigned char key[2 + 2 * NX_GLASS_U_MAX];
    memcpy(key, w->key, w->key_n);
    size_t n = (size_t)(nx_put_s(key + w->key_n, w->list.chunks[0].first) - key);
    nx_status st =
        nx_table_add(w->postlist, key, n, w->list.body.data, w->list.body.len, false, err);
    clear_list(&w->list);
    return st;
}

static nx_status put_value(writer *w, uint32_t docid, const void *bytes, size_t n, nx_error *err)
{
    chunk_list *l = &w->list;
    if (l->count > 0 && l->body.len >= NX_GLASS_CHUNK_MIN) {
        nx_status st = write_value_chunk(w, err);
        if (st != NX_OK) {
            return st;
        }
    }
    unsigned char head[2 * NX_GLASS_U_MAX], *p = head;
    if (l->count == 0) {
        if (!nx_grow(&l->chunks, &l->cap, 1, sizeof *l->chunks)) {
            return nx_fail_nomem(err);
        }
        l->chunks[l->count++] = (chunk){.first = docid};
    } else {
        p = nx_put_u(p, docid - l->chunks[0].last - 1);
    }
    l->chunks[0].last = docid;
    p = nx_put_u(p, n);
    nx_buf_add(&l->body, head, (size_t)(p - head));
    nx_buf_add(&l->body, bytes, n);
    return nx_buf_check(&l->body, "a chunk of values", err);
}

static nx_status put_positions(writer *w, uint32_t docid, const void *tag, size_t n, nx_error *err)
{
    nx_status st = NX_OK;
    if (w->position == NULL) {
        char *path = nx_glass_file(w->b, "position.glass");
        st = path != NULL ? nx_table_create(&w->position, path, w->b->options.block_size, err)
                          : nx_fail_nomem(err);
        free(path);
        if (st != NX_OK) {
            return st;
        }
    }
    w->key[w->key_n] = 0; // the terminator; key_n leaves room for it and an id
    unsigned char *end = nx_put_s(w->key + w->key_n + 1, docid);
    return nx_table_add(w->position, w->key, (size_t)(end - w->key), tag, n, false, err);
}

static nx_status put_item(writer *w, uint32_t docid, uint32_t wdf, const void *bytes, size_t n,
                          nx_error *err)
{
    if (w->is_value) {
        return put_value(w, docid, bytes, n, err);
    }
    nx_status st = add_to_list(&w->list, docid, wdf, err);
    return st == NX_OK && n > 0 ? put_positions(w, docid, bytes, n, err) : st;
}

static int compare_held(const void *a, const void *b)
{
    const held_item *x = a, *y = b;
    return x->docid < y->docid ? -1 : x->docid > y->docid;
}

// One pass of a radix sort, by 8 bits of the distance from base.
static void deal_held(const held_item *from, held_item *to, size_t n, uint32_t base, unsigned shift)
{
    size_t at[257] = {0};
    for (size_t i = 0; i < n; i++) {
        at[((from[i].docid - base) >> shift & 255) + 1]++;
    }
    for (size_t i = 1; i < 257; i++) {
        at[i] += at[i - 1];
    }
    for (size_t i = 0; i < n; i++) {
        to[at[(from[i].docid - base) >> shift & 255]++] = from[i];
    }
}

// Ids of a window lie close together: two or three passes sort a long list.
static nx_status sort_held(writer *w, nx_error *err)
{
    enum { FEW = 64 }; // a comparing sort is as fast
    uint32_t low = UINT32_MAX, high = 0;
    bool sorted = true;
    for (size_t i = 0; i < w->held_count; i++) {
        uint32_t docid = w->held[i].docid;
        sorted = sorted && docid >= high;
        low = docid < low ? docid : low;
        high = docid > high ? docid : high;
    }
    if (sorted || w->held_count <= FEW) {
        nx_sort(w->held, sorted ? 0 : w->held_count, sizeof *w->held, compare_held);
        return NX_OK;
    }
    // The two arrays change places, so both must take what comes next.
    if (!nx_grow(&w->sorted, &w->sorted_cap, w->held_cap, sizeof *w->sorted)) {
        return nx_fail_nomem(err);
    }
    for (unsigned shift = 0; shift < 32 && (high - low) >> shift > 0; shift += 8) {
        deal_held(w->held, w->sorted, w->held_count, low, shift);
        held_item *other = w->held;
        size_t other_cap = w->held_cap;
        w->held = w->sorted;
        w->held_cap = w->sorted_cap;
        w->sorted = other;
        w->sorted_cap = other_cap;
    }
    return NX_OK;
}

static nx_status release_held(writer *w, nx_error *err)
{
    nx_status st = sort_held(w, err);
    for (size_t i = 0; i < w->held_count && st == NX_OK; i++) {
        const held_item *h = &w->held[i];
        st = put_item(w, h->docid, h->wdf, w->held_bytes.data + h->at, h->n, err);
    }
    w->held_count = 0;
    nx_buf_clear(&w->held_bytes);
    return st;
}

static nx_status hold(writer *w, uint32_t docid, uint32_t wdf, const void *bytes, uint32_t n,
                      nx_error *err)
{
    if (!nx_grow(&w->held, &w->held_cap, w->held_count + 1, sizeof *w->held)) {
        return nx_fail_nomem(err);
    }
    w->held[w->held_count++] = (held_item){docid, wdf, n, (uint32_t)w->held_bytes.len};
    nx_buf_add(&w->held_bytes, bytes, n);
    return nx_buf_check(&w->held_bytes, "the postings of a term", err);
}

static const nx_batch *find_batch(writer *w, uint32_t number)
{
    if (w->batch != NULL && w->batch->number == number) {
        return w->batch;
    }
    size_t low = 0, high = w->b->batch_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (w->b->batches[mid]->number < number) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    bool found = low < w->b->batch_count && w->b->batches[low]->number == number;
    w->batch = found ? w->b->batches[low] : NULL;
    return w->batch;
}

// One posting or value of an entry.
typedef struct item {
    uint32_t ordinal, wdf, n;
    const unsigned char *bytes;
} item;

// Reads the next item behind *p; before is the ordinal of the last one.
static bool read_item(const unsigned char **p, const unsigned char *end, const nx_batch *batch,
                      bool is_value, uint32_t before, item *out)
{
    uint64_t ordinal = before + nx_get_u(p, end);
    out->wdf = is_value ? 0 : (uint32_t)nx_get_u(p, end);
    uint64_t n = nx_get_u(p, end);
    if (ordinal >= batch->doc_count || n > (size_t)(end - *p)) {
        return false;
    }
    out->ordinal = (uint32_t)ordinal;
    out->n = (uint32_t)n;
    out->bytes = *p;
    *p += n;
    return true;
}

static nx_status damaged(nx_error *err)
{
    return nx_fail(err, NX_EIO, "a temporary run is damaged");
}

static nx_status take_entry(writer *w, const nx_run_entry *e, nx_error *err)
{
    const nx_batch *batch = find_batch(w, e->batch);
    if (batch == NULL) {
        return damaged(err);
    }
    nx_status st = NX_OK;
    if (w->held_count > 0 && (batch->in_order || batch->window != w->held_window)) {
        st = release_held(w, err);
    }
    w->held_window = batch->window;
    const unsigned char *p = e->payload, *end = p + e->payload_n;
    item it = {.ordinal = 0};
    while (p < end && st == NX_OK) {
        if (!read_item(&p, end, batch, w->is_value, it.ordinal, &it)) {
            return damaged(err);
        }
        uint32_t docid = batch->docids[it.ordinal];
        if (docid != 0) {
            st = batch->in_order ? put_item(w, docid, it.wdf, it.bytes, it.n, err)
                                 : hold(w, docid, it.wdf, it.bytes, it.n, err);
        }
    }
    return st;
}

static bool is_value_key(const unsigned char *key, size_t n)
{
    return n > 2 && key[0] == 0x00 && key[1] == 0xd8;
}

static nx_status end_key(writer *w, nx_error *err)
{
    nx_status st = w->held_count > 0 ? release_held(w, err) : NX_OK;
    if (st != NX_OK) {
        return st;
    }
    return w->is_value ? write_value_chunk(w, err) : write_term(w, err);
}

static nx_status write_merged(writer *w, nx_merge *m, nx_error *err)
{
    bool lengths_written = false;
    const nx_run_entry *e = NULL;
    nx_status st = nx_merge_next(m, &e, err);
    while (st == NX_OK && e != NULL) {
        if (e->key_n != w->key_n || memcmp(e->key, w->key, e->key_n) != 0) {
            st = end_key(w, err);
            memcpy(w->key, e->key, e->key_n);
            w->key_n = e->key_n;
            w->is_value = is_value_key(e->key, e->key_n);
            if (st == NX_OK && !w->is_value && !lengths_written) {
                st = write_lengths(w, err);
                lengths_written = true;
            }
        }
        if (st == NX_OK) {
            st = take_entry(w, e, err);
        }
        if (st == NX_OK) {
            st = nx_merge_next(m, &e, err);
        }
    }
    if (st == NX_OK) {
        st = end_key(w, err);
    }
    return st == NX_OK && !lengths_written ? write_lengths(w, err) : st;
}

// ---- value statistics, which stand before the values and so need a pass of their own

static uint32_t slot_of_key(const unsigned char *key, size_t n)
{
    const unsigned char *p = key + 2;
    return (uint32_t)nx_get_u(&p, key + n);
}

static nx_status widen(slot_statistics *s, const item *it, nx_error *err)
{
    nx_str v = nx_str_make((const char *)it->bytes, it->n);
    if (s->count == 0 || nx_str_cmp(v, nx_buf_str(&s->lower)) < 0) {
        nx_buf_clear(&s->lower);
        nx_buf_adds(&s->lower, v);
    }
    if (s->count == 0 || nx_str_cmp(v, nx_buf_str(&s->upper)) > 0) {
        nx_buf_clear(&s->upper);
        nx_buf_adds(&s->upper, v);
    }
    s->count++;
    nx_status st = nx_buf_check(&s->lower, "a value", err);
    return st == NX_OK ? nx_buf_check(&s->upper, "a value", err) : st;
}

static nx_status count_entry(writer *w, const nx_run_entry *e, nx_error *err)
{
    uint32_t slot = slot_of_key(e->key, e->key_n);
    if (w->slot_count == 0 || w->slots[w->slot_count - 1].slot != slot) {
        if (!nx_grow(&w->slots, &w->slot_cap, w->slot_count + 1, sizeof *w->slots)) {
            return nx_fail_nomem(err);
        }
        slot_statistics *fresh = &w->slots[w->slot_count++];
        *fresh = (slot_statistics){.slot = slot};
        nx_buf_init(&fresh->lower, SIZE_MAX / 4);
        nx_buf_init(&fresh->upper, SIZE_MAX / 4);
    }
    slot_statistics *s = &w->slots[w->slot_count - 1];
    const nx_batch *batch = find_batch(w, e->batch);
    const unsigned char *p = e->payload, *end = p + e->payload_n;
    item it = {.ordinal = 0};
    nx_status st = NX_OK;
    while (p < end && st == NX_OK) {
        if (batch == NULL || !read_item(&p, end, batch, true, it.ordinal, &it)) {
            return damaged(err);
        }
        if (batch->docids[it.ordinal] != 0) {
            st = widen(s, &it, err);
        }
    }
    return st;
}

static int compare_slots(const void *a, const void *b)
{
    const slot_statistics *x = a, *y = b;
    unsigned char kx[8], ky[8];
    size_t nx = (size_t)(nx_put_ulast(kx, x->slot) - kx);
    size_t ny = (size_t)(nx_put_ulast(ky, y->slot) - ky);
    return nx_str_cmp(nx_str_make((const char *)kx, nx), nx_str_make((const char *)ky, ny));
}

static nx_status write_statistics(writer *w, nx_error *err)
{
    nx_merge *m = NULL;
    nx_status st = nx_glass_open_merge(w->b, &m, err);
    const nx_run_entry *e = NULL;
    do {
        if (st == NX_OK) {
            st = nx_merge_next(m, &e, err);
        }
        if (st != NX_OK || e == NULL || !is_value_key(e->key, e->key_n)) {
            break;
        }
        st = count_entry(w, e, err);
    } while (st == NX_OK);
    nx_merge_free(m);
    nx_sort(w->slots, w->slot_count, sizeof *w->slots, compare_slots);
    for (size_t i = 0; i < w->slot_count && st == NX_OK; i++) {
        const slot_statistics *s = &w->slots[i];
        if (s->count == 0) {
            continue;
        }
        unsigned char key[2 + 8] = {0x00, 0xd0}, head[2 * NX_GLASS_U_MAX];
        unsigned char *p = nx_put_u(nx_put_u(head, s->count), s->lower.len);
        nx_buf_clear(&w->tag);
        nx_buf_add(&w->tag, head, (size_t)(p - head));
        nx_buf_adds(&w->tag, nx_buf_str(&s->lower));
        if (!nx_str_eq(nx_buf_str(&s->lower), nx_buf_str(&s->upper))) {
            nx_buf_adds(&w->tag, nx_buf_str(&s->upper));
        }
        st = nx_buf_check(&w->tag, "the bounds of a value", err);
        if (st == NX_OK) {
            size_t n = (size_t)(nx_put_ulast(key + 2, s->slot) - key);
            st = nx_table_add(w->postlist, key, n, w->tag.data, w->tag.len, false, err);
        }
    }
    return st;
}

static void release_writer(writer *w)
{
    for (size_t i = 0; i < w->slot_count; i++) {
        nx_buf_release(&w->slots[i].lower);
        nx_buf_release(&w->slots[i].upper);
    }
    free(w->slots);
    free(w->held);
    free(w->sorted);
    free(w->list.chunks);
    nx_buf_release(&w->list.body);
    nx_buf_release(&w->tag);
    nx_buf_release(&w->held_bytes);
}

nx_status nx_glass_write_postings(nx_glass_builder *b, nx_table_root *postlist,
                                  nx_table_root *position, nx_error *err)
{
    writer w = {.b = b};
    nx_buf_init(&w.list.body, SIZE_MAX / 4);
    nx_buf_init(&w.tag, SIZE_MAX / 4);
    nx_buf_init(&w.held_bytes, UINT32_MAX);
    nx_merge *m = NULL;
    char *path = nx_glass_file(b, "postlist.glass");
    nx_status st = path != NULL ? nx_table_create(&w.postlist, path, b->options.block_size, err)
                                : nx_fail_nomem(err);
    free(path);
    if (st == NX_OK) {
        st = nx_glass_write_metadata(b, w.postlist, err);
    }
    if (st == NX_OK) {
        st = write_statistics(&w, err);
    }
    if (st == NX_OK) {
        st = nx_glass_open_merge(b, &m, err);
    }
    if (st == NX_OK) {
        st = write_merged(&w, m, err);
    }
    nx_merge_free(m);
    release_writer(&w);
    if (st == NX_OK) {
        nx_table *done = w.postlist;
        w.postlist = NULL;
        st = nx_table_finish(done, postlist, err);
    }
    if (st != NX_OK) {
        nx_table_abandon(w.postlist);
        nx_table_abandon(w.position);
        return st;
    }
    return nx_table_finish(w.position, position, err);
}
