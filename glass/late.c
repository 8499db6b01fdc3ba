// late.c: values that came after their documents: kept aside, then one more run for the merge.
#include "glass/internal.h"

enum { VALUE_MAX = 255 };

nx_status nx_glass_late_value(nx_glass_builder *b, uint32_t batch, uint32_t ordinal, uint32_t slot,
                              nx_str value, nx_error *err)
{
    if (value.n == 0 || value.n > VALUE_MAX || slot == UINT32_MAX) {
        return nx_fail(err, NX_EBUG, "a late value of %zu bytes in slot %u", value.n,
                       (unsigned)slot);
    }
    (void)pthread_mutex_lock(&b->lock);
    bool ok = nx_grow(&b->late, &b->late_cap, b->late_count + 1, sizeof *b->late);
    if (ok) {
        size_t at = b->late_bytes.len;
        nx_buf_adds(&b->late_bytes, value);
        b->late[b->late_count++] = (nx_late_value){batch, ordinal, slot, (uint32_t)value.n, at};
        ok = !b->late_bytes.failed;
    }
    (void)pthread_mutex_unlock(&b->lock);
    return ok ? NX_OK : nx_fail_nomem(err);
}

// By document, then by slot.
static int compare_documents(const void *a, const void *b)
{
    const nx_late_value *x = a, *y = b;
    if (x->batch != y->batch) {
        return x->batch < y->batch ? -1 : 1;
    }
    if (x->ordinal != y->ordinal) {
        return x->ordinal < y->ordinal ? -1 : 1;
    }
    return x->slot < y->slot ? -1 : x->slot > y->slot;
}

static size_t slot_key(unsigned char key[2 + NX_GLASS_U_MAX], uint32_t slot)
{
    key[0] = 0x00;
    key[1] = 0xd8;
    return (size_t)(nx_put_u(key + 2, slot) - key);
}

// In the order of a run: by key, then by document.
static int compare_entries(const void *a, const void *b)
{
    const nx_late_value *x = a, *y = b;
    if (x->slot != y->slot) {
        unsigned char kx[2 + NX_GLASS_U_MAX], ky[2 + NX_GLASS_U_MAX];
        size_t nx = slot_key(kx, x->slot), ny = slot_key(ky, y->slot);
        return nx_str_cmp(nx_str_make((char *)kx, nx), nx_str_make((char *)ky, ny));
    }
    return compare_documents(a, b);
}

static nx_status make_run(nx_glass_builder *b, nx_error *err)
{
    nx_run_key last = {.n = 0};
    nx_buf payload;
    nx_buf_init(&payload, SIZE_MAX / 4);
    for (size_t i = 0, end = 0; i < b->late_count; i = end) {
        const nx_late_value *first = &b->late[i];
        uint32_t before = 0;
        nx_buf_clear(&payload);
        for (end = i; end < b->late_count && b->late[end].slot == first->slot &&
                      b->late[end].batch == first->batch;
             end++) {
            const nx_late_value *v = &b->late[end];
            unsigned char head[2 * NX_GLASS_U_MAX];
            unsigned char *p = nx_put_u(nx_put_u(head, v->ordinal - before), v->n);
            nx_buf_add(&payload, head, (size_t)(p - head));
            nx_buf_add(&payload, b->late_bytes.data + v->at, v->n);
            before = v->ordinal;
        }
        unsigned char key[2 + NX_GLASS_U_MAX];
        nx_run_put(&b->late_run, &last, key, slot_key(key, first->slot), first->batch, payload.data,
                   payload.len);
    }
    nx_status st = nx_buf_check(&payload, "late values", err);
    nx_buf_release(&payload);
    return st == NX_OK ? nx_buf_check(&b->late_run, "late values", err) : st;
}

// Every value is of a document that was added, and of another document or slot than the one before.
static nx_status check_documents(const nx_glass_builder *b, nx_error *err)
{
    size_t batch = 0;
    for (size_t i = 0; i < b->late_count; i++) {
        const nx_late_value *v = &b->late[i];
        while (batch < b->batch_count && b->batches[batch]->number < v->batch) {
            batch++;
        }
        if (batch == b->batch_count || b->batches[batch]->number != v->batch ||
            v->ordinal >= b->batches[batch]->doc_count) {
            return nx_fail(err, NX_EBUG, "document %u of batch %u has a late value but never came",
                           (unsigned)v->ordinal, (unsigned)v->batch);
        }
        if (i > 0 && compare_documents(&b->late[i - 1], v) == 0) {
            return nx_fail(err, NX_EBUG, "document %u of batch %u has two late values in slot %u",
                           (unsigned)v->ordinal, (unsigned)v->batch, (unsigned)v->slot);
        }
    }
    return NX_OK;
}

nx_status nx_glass_sort_late(nx_glass_builder *b, nx_error *err)
{
    if (b->late_count == 0) {
        return NX_OK;
    }
    nx_sort(b->late, b->late_count, sizeof *b->late, compare_entries);
    nx_status st = make_run(b, err);
    nx_sort(b->late, b->late_count, sizeof *b->late, compare_documents);
    return st == NX_OK ? check_documents(b, err) : st;
}

// Its first late value; late_count when it has none.
static size_t find_document(const nx_glass_builder *b, uint32_t batch, uint32_t ordinal)
{
    const nx_late_value wanted = {.batch = batch, .ordinal = ordinal, .slot = 0};
    size_t low = 0, high = b->late_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (compare_documents(&b->late[mid], &wanted) < 0) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low;
}

static void put_slot(nx_buf *out, uint64_t slot, uint64_t *next)
{
    unsigned char gap[NX_GLASS_U_MAX];
    nx_buf_add(out, gap, (size_t)(nx_put_u(gap, slot - *next) - gap));
    *next = slot + 1;
}

nx_status nx_glass_late_slots(const nx_glass_builder *b, uint32_t batch, uint32_t ordinal,
                              nx_str *slots, nx_buf *out, nx_error *err)
{
    size_t i = find_document(b, batch, ordinal), end = i;
    while (end < b->late_count && b->late[end].batch == batch && b->late[end].ordinal == ordinal) {
        end++;
    }
    if (i == end) {
        return NX_OK;
    }
    nx_buf_clear(out);
    uint64_t next = 0, old = 0; // the first slot that may follow, there and here
    const unsigned char *p = (const unsigned char *)slots->p, *stop = p + slots->n;
    while (p < stop) {
        uint64_t slot = old + nx_get_u(&p, stop);
        old = slot + 1;
        for (; i < end && b->late[i].slot < slot; i++) {
            put_slot(out, b->late[i].slot, &next);
        }
        if (i < end && b->late[i].slot == slot) {
            return nx_fail(err, NX_EBUG, "a document has a value and a late one in slot %u",
                           (unsigned)slot);
        }
        put_slot(out, slot, &next);
    }
    for (; i < end; i++) {
        put_slot(out, b->late[i].slot, &next);
    }
    *slots = nx_buf_str(out);
    return nx_buf_check(out, "the slots of a document", err);
}
