// postlist.c: the postlist and position tables, from what the runs hold (gather.h).
#include <stdlib.h>

#include "glass/entry.h"
#include "glass/gather.h"

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

typedef struct writer {
    nx_glass_builder *b;
    nx_table *postlist, *position; // position: NULL until something has positions
    unsigned char key[NX_GLASS_KEY_MAX];
    size_t key_n;
    bool is_value;   // the key is a slot's
    chunk_list list; // of the term; for a slot, the open chunk only
    nx_buf tag;
    bool lengths_written; // the document lengths stand between values and terms
} writer;

static void clear_list(chunk_list *l)
{
    nx_buf_clear(&l->body);
    l->count = 0;
    l->tf = l->cf = 0;
}

static chunk *open_chunk(chunk_list *l, size_t start, uint32_t docid)
{
    if (!nx_grow(&l->chunks, &l->cap, l->count + 1, sizeof *l->chunks)) {
        return NULL;
    }
    l->chunks[l->count] = (chunk){.start = start, .first = docid};
    return &l->chunks[l->count++];
}

// Appends documents (ids ascend) with their wdfs or lengths.
static nx_status add_to_list(chunk_list *l, const nx_sheaf_item *items, size_t n, nx_error *err)
{
    unsigned char *p = (unsigned char *)nx_buf_reserve(&l->body, n * 2 * NX_GLASS_U_MAX);
    if (p == NULL) {
        return nx_buf_check(&l->body, "a posting list", err);
    }
    const unsigned char *body = (const unsigned char *)l->body.data;
    chunk *c = l->count > 0 ? &l->chunks[l->count - 1] : NULL;
    for (const nx_sheaf_item *it = items; it < items + n; it++) {
        size_t len = (size_t)(p - body);
        if (c == NULL || len - c->start >= NX_GLASS_CHUNK_MIN) {
            c = open_chunk(l, len, it->docid);
            if (c == NULL) {
                return nx_fail_nomem(err);
            }
        } else {
            p = nx_put_u(p, it->docid - c->last - 1);
        }
        c->last = it->docid;
        p = nx_put_u(p, it->wdf);
        l->cf += it->wdf;
    }
    l->tf += n;
    l->body.len = (size_t)(p - body);
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
    w->lengths_written = true;
    clear_list(&w->list);
    nx_status st = NX_OK;
    for (uint32_t i = 0; i < w->b->doc_count && st == NX_OK; i++) {
        const nx_sheaf_item length = {.docid = i + 1, .wdf = w->b->lengths[i]};
        st = add_to_list(&w->list, &length, 1, err);
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

static nx_status open_position(writer *w, nx_error *err)
{
    char *path = nx_glass_file(w->b, "position.glass");
    nx_status st = path != NULL ? nx_table_create(&w->position, path, w->b->options.block_size, err)
                                : nx_fail_nomem(err);
    free(path);
    return st;
}

// The position tags of the term's documents; at is in bytes.
static nx_status put_positions(writer *w, const nx_sheaf_item *items, size_t n,
                               const unsigned char *bytes, nx_error *err)
{
    nx_status st = NX_OK;
    w->key[w->key_n] = 0; // the terminator; key_n leaves room for it and an id
    for (const nx_sheaf_item *it = items; it < items + n && st == NX_OK; it++) {
        if (it->n == 0) {
            continue;
        }
        st = w->position == NULL ? open_position(w, err) : NX_OK;
        if (st == NX_OK) {
            unsigned char *end = nx_put_s(w->key + w->key_n + 1, it->docid);
            st = nx_table_add(w->position, w->key, (size_t)(end - w->key), bytes + it->at, it->n,
                              false, err);
        }
    }
    return st;
}

static nx_status put_values(writer *w, const nx_sheaf_item *items, size_t n,
                            const unsigned char *bytes, nx_error *err)
{
    nx_status st = NX_OK;
    for (const nx_sheaf_item *it = items; it < items + n && st == NX_OK; it++) {
        st = put_value(w, it->docid, bytes + it->at, it->n, err);
    }
    return st;
}

// The items of a part of the key.
static nx_status put_items(writer *w, const nx_sheaf_item *items, size_t n,
                           const unsigned char *bytes, nx_error *err)
{
    if (w->is_value) {
        return put_values(w, items, n, bytes, err);
    }
    nx_status st = add_to_list(&w->list, items, n, err);
    return st == NX_OK ? put_positions(w, items, n, bytes, err) : st;
}

static nx_status end_key(writer *w, nx_error *err)
{
    return w->is_value ? write_value_chunk(w, err) : write_term(w, err);
}

static nx_status begin_key(writer *w, const unsigned char *key, size_t key_n, nx_error *err)
{
    nx_status st = end_key(w, err);
    memcpy(w->key, key, key_n);
    w->key_n = key_n;
    w->is_value = nx_key_is_value(key, key_n);
    if (st == NX_OK && !w->is_value && !w->lengths_written) {
        st = write_lengths(w, err);
    }
    return st;
}

// A nx_sheaf_sink.
static nx_status put_sheaf(void *context, const nx_sheaf *sheaf, nx_error *err)
{
    writer *w = context;
    const unsigned char *bytes = (const unsigned char *)sheaf->bytes.data;
    nx_status st = NX_OK;
    size_t at = 0;
    for (size_t k = 0; k < sheaf->part_count && st == NX_OK; k++) {
        const nx_sheaf_part *part = &sheaf->parts[k];
        const unsigned char *key = bytes + part->key_at;
        if (part->key_n != w->key_n || memcmp(key, w->key, part->key_n) != 0) {
            st = begin_key(w, key, part->key_n, err);
        }
        if (st == NX_OK) {
            st = put_items(w, sheaf->items + at, part->end - at, bytes, err);
        }
        at = part->end;
    }
    return st;
}

static nx_status write_gathered(writer *w, nx_error *err)
{
    nx_status st = nx_glass_gather(w->b, put_sheaf, w, err);
    if (st == NX_OK) {
        st = end_key(w, err);
    }
    return st == NX_OK && !w->lengths_written ? write_lengths(w, err) : st;
}

static void release_writer(writer *w)
{
    free(w->list.chunks);
    nx_buf_release(&w->list.body);
    nx_buf_release(&w->tag);
}

nx_status nx_glass_write_postings(nx_glass_builder *b, nx_table_root *postlist,
                                  nx_table_root *position, nx_error *err)
{
    writer w = {.b = b};
    nx_buf_init(&w.list.body, SIZE_MAX / 4);
    nx_buf_init(&w.tag, SIZE_MAX / 4);
    char *path = nx_glass_file(b, "postlist.glass");
    nx_status st = path != NULL ? nx_table_create(&w.postlist, path, b->options.block_size, err)
                                : nx_fail_nomem(err);
    free(path);
    if (st == NX_OK) {
        st = nx_glass_write_metadata(b, w.postlist, err);
    }
    if (st == NX_OK) {
        st = nx_glass_write_slots(b, w.postlist, err);
    }
    if (st == NX_OK) {
        st = write_gathered(&w, err);
    }
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
