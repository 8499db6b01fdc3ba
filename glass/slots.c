// slots.c: value statistics (how many documents have a value in a slot, lowest, highest). They
// stand before the values in the table, and documents may have been dropped since the batches were
// sealed: so the values, which come first in every run, are read once more than they are written.
#include "glass/entry.h"

typedef struct slot_statistics {
    uint32_t slot;
    uint64_t count;
    nx_buf lower, upper;
} slot_statistics;

typedef struct statistics {
    const nx_glass_builder *b;
    slot_statistics *slots; // in the order of the values' keys
    size_t count, cap;
} statistics;

static nx_status widen(slot_statistics *s, const nx_entry_item *it, nx_error *err)
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

static slot_statistics *find_slot(statistics *all, uint32_t slot)
{
    if (all->count > 0 && all->slots[all->count - 1].slot == slot) {
        return &all->slots[all->count - 1];
    }
    if (!nx_grow(&all->slots, &all->cap, all->count + 1, sizeof *all->slots)) {
        return NULL;
    }
    slot_statistics *fresh = &all->slots[all->count++];
    *fresh = (slot_statistics){.slot = slot};
    nx_buf_init(&fresh->lower, SIZE_MAX / 4);
    nx_buf_init(&fresh->upper, SIZE_MAX / 4);
    return fresh;
}

static nx_status count_entry(statistics *all, const nx_run_entry *e, nx_error *err)
{
    slot_statistics *s = find_slot(all, nx_entry_slot(e));
    if (s == NULL) {
        return nx_fail_nomem(err);
    }
    const nx_batch *batch = nx_entry_batch(all->b, e, NULL);
    if (batch == NULL) {
        return nx_entry_damaged(err);
    }
    nx_entry_reader r = nx_entry_open(e, e->payload, batch);
    nx_status st = NX_OK;
    for (nx_entry_item it; st == NX_OK && nx_entry_next(&r, &it);) {
        if (batch->docids[it.ordinal] != 0) {
            st = widen(s, &it, err);
        }
    }
    return st == NX_OK ? nx_entry_end(&r, err) : st;
}

static nx_status count_all(statistics *all, nx_error *err)
{
    nx_merge *m = NULL;
    const nx_run_entry *e = NULL;
    nx_status st = nx_glass_open_merge(all->b, &m, err);
    if (st == NX_OK) {
        st = nx_merge_next(m, &e, err);
    }
    while (st == NX_OK && e != NULL && nx_entry_is_value(e)) {
        st = count_entry(all, e, err);
        if (st == NX_OK) {
            st = nx_merge_next(m, &e, err);
        }
    }
    nx_merge_free(m);
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

static nx_status write_slot(const slot_statistics *s, nx_table *postlist, nx_buf *tag,
                            nx_error *err)
{
    unsigned char key[2 + 8] = {0x00, 0xd0}, head[2 * NX_GLASS_U_MAX];
    unsigned char *p = nx_put_u(nx_put_u(head, s->count), s->lower.len);
    nx_buf_clear(tag);
    nx_buf_add(tag, head, (size_t)(p - head));
    nx_buf_adds(tag, nx_buf_str(&s->lower));
    if (!nx_str_eq(nx_buf_str(&s->lower), nx_buf_str(&s->upper))) {
        nx_buf_adds(tag, nx_buf_str(&s->upper));
    }
    nx_status st = nx_buf_check(tag, "the bounds of a value", err);
    if (st != NX_OK) {
        return st;
    }
    size_t n = (size_t)(nx_put_ulast(key + 2, s->slot) - key);
    return nx_table_add(postlist, key, n, tag->data, tag->len, false, err);
}

nx_status nx_glass_write_slots(const nx_glass_builder *b, nx_table *postlist, nx_error *err)
{
    statistics all = {.b = b};
    nx_buf tag;
    nx_buf_init(&tag, SIZE_MAX / 4);
    nx_status st = count_all(&all, err);
    nx_sort(all.slots, all.count, sizeof *all.slots, compare_slots);
    for (size_t i = 0; i < all.count && st == NX_OK; i++) {
        if (all.slots[i].count > 0) { // else every document with a value was dropped
            st = write_slot(&all.slots[i], postlist, &tag, err);
        }
    }
    for (size_t i = 0; i < all.count; i++) {
        nx_buf_release(&all.slots[i].lower);
        nx_buf_release(&all.slots[i].upper);
    }
    free(all.slots);
    nx_buf_release(&tag);
    return st;
}
