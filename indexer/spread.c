// spread.c: see spread.h.
#define _GNU_SOURCE
#include "indexer/spread.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/io.h"

enum {
    PART_BITS = 8,
    PARTS = 1 << PART_BITS,
    BLOCK_ITEMS = 4096, // of a part, in memory and in the file
    BLOCK_BYTES = BLOCK_ITEMS * 8,
    DIGIT_BITS = 8, // of a radix sort: three of them and the part are a hash
    DIGITS = 1 << DIGIT_BITS,
};

// An item is a hash, in the upper half, and a number.
typedef struct part {
    uint64_t *items; // BLOCK_ITEMS, allocated with the first
    size_t count;
    uint32_t *blocks; // numbers of its full blocks in the file
    size_t block_count, block_cap;
} part;

struct nx_spread {
    const char *dir;
    int fd; // -1: no block has been full
    uint32_t blocks;
    part parts[PARTS];
    uint64_t *items, *spare; // of the part that is sorted
    uint32_t *numbers;
    size_t cap;
};

nx_spread *nx_spread_new(const char *dir)
{
    nx_spread *s = calloc(1, sizeof *s);
    if (s != NULL) {
        s->dir = dir;
        s->fd = -1;
    }
    return s;
}

void nx_spread_free(nx_spread *s)
{
    if (s == NULL) {
        return;
    }
    for (size_t i = 0; i < PARTS; i++) {
        free(s->parts[i].items);
        free(s->parts[i].blocks);
    }
    free(s->items);
    free(s->spare);
    free(s->numbers);
    if (s->fd >= 0) {
        (void)close(s->fd);
    }
    free(s);
}

static nx_status open_file(nx_spread *s, nx_error *err)
{
    char *path = nx_path_join(s->dir, "families.tmp");
    if (path == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status st = NX_OK;
    s->fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (s->fd < 0 || unlink(path) != 0) {
        st = nx_fail_errno(err, errno, "%s", path);
    }
    free(path);
    return st;
}

static nx_status write_block(nx_spread *s, part *p, nx_error *err)
{
    nx_status st = s->fd < 0 ? open_file(s, err) : NX_OK;
    if (st == NX_OK && p->block_count == p->block_cap) {
        const size_t cap = p->block_cap < 16 ? 16 : p->block_cap * 2;
        uint32_t *grown = realloc(p->blocks, cap * sizeof *grown);
        if (grown == NULL) {
            return nx_fail_nomem(err);
        }
        p->blocks = grown;
        p->block_cap = cap;
    }
    st = st == NX_OK ? nx_write_all(s->fd, p->items, BLOCK_BYTES, s->dir, err) : st;
    if (st == NX_OK) {
        p->blocks[p->block_count++] = s->blocks++;
        p->count = 0;
    }
    return st;
}

nx_status nx_spread_add(nx_spread *s, uint32_t hash, uint32_t number, nx_error *err)
{
    part *p = &s->parts[hash >> (32 - PART_BITS)];
    if (p->items == NULL) {
        p->items = malloc(BLOCK_BYTES);
        if (p->items == NULL) {
            return nx_fail_nomem(err);
        }
    }
    p->items[p->count++] = (uint64_t)hash << 32 | number;
    return p->count == BLOCK_ITEMS ? write_block(s, p, err) : NX_OK;
}

static nx_status make_room(nx_spread *s, size_t count, nx_error *err)
{
    if (count <= s->cap) {
        return NX_OK;
    }
    free(s->items);
    free(s->spare);
    free(s->numbers);
    s->items = malloc(count * sizeof *s->items);
    s->spare = malloc(count * sizeof *s->spare);
    s->numbers = malloc(count * sizeof *s->numbers);
    const bool all = s->items != NULL && s->spare != NULL && s->numbers != NULL;
    s->cap = all ? count : 0;
    return all ? NX_OK : nx_fail_nomem(err);
}

// All items of a part.
static nx_status load(nx_spread *s, const part *p, size_t *count, nx_error *err)
{
    *count = p->block_count * BLOCK_ITEMS + p->count;
    nx_status st = make_room(s, *count, err);
    for (size_t i = 0; st == NX_OK && i < p->block_count; i++) {
        const off_t at = (off_t)p->blocks[i] * BLOCK_BYTES;
        const ssize_t got = pread(s->fd, s->items + i * BLOCK_ITEMS, BLOCK_BYTES, at);
        if (got != BLOCK_BYTES) {
            st = nx_fail_errno(err, got < 0 ? errno : EIO, "a temporary file in %s", s->dir);
        }
    }
    if (st == NX_OK && p->count > 0) {
        memcpy(s->items + p->block_count * BLOCK_ITEMS, p->items, p->count * sizeof *p->items);
    }
    return st;
}

// By the hash: a radix sort, of whose digits the part is the first.
static void sort(nx_spread *s, size_t count)
{
    for (unsigned shift = 32; shift < 64 - PART_BITS; shift += DIGIT_BITS) {
        size_t starts[DIGITS] = {0}, at = 0;
        for (size_t i = 0; i < count; i++) {
            starts[s->items[i] >> shift & (DIGITS - 1)]++;
        }
        for (size_t k = 0; k < DIGITS; k++) {
            const size_t n = starts[k];
            starts[k] = at;
            at += n;
        }
        for (size_t i = 0; i < count; i++) {
            s->spare[starts[s->items[i] >> shift & (DIGITS - 1)]++] = s->items[i];
        }
        uint64_t *swap = s->items;
        s->items = s->spare;
        s->spare = swap;
    }
}

nx_status nx_spread_each(nx_spread *s, nx_spread_visit *visit, void *ctx, nx_error *err)
{
    nx_status st = NX_OK;
    for (size_t k = 0; st == NX_OK && k < PARTS; k++) {
        part *p = &s->parts[k];
        size_t count = 0;
        if (p->block_count == 0 && p->count < 2) {
            p->count = 0;
            continue;
        }
        st = load(s, p, &count, err);
        if (st != NX_OK) {
            return st;
        }
        p->count = p->block_count = 0;
        sort(s, count);
        for (size_t i = 0, end = 0; st == NX_OK && i < count; i = end) {
            for (end = i; end < count && s->items[end] >> 32 == s->items[i] >> 32; end++) {
                s->numbers[end - i] = (uint32_t)s->items[end];
            }
            st = end > i + 1 ? visit(ctx, s->numbers, end - i, err) : NX_OK;
        }
    }
    s->blocks = 0;
    if (st == NX_OK && s->fd >= 0 && lseek(s->fd, 0, SEEK_SET) != 0) {
        st = nx_fail_errno(err, errno, "a temporary file in %s", s->dir);
    }
    return st;
}
