// arena.c: see arena.h. A chain of blocks, each twice as large as the last up to 1 MiB.
#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>

enum { FIRST_BLOCK = 8 << 10, LARGEST_STEP = 1 << 20, ALIGN = alignof(max_align_t) };

typedef struct block {
    struct block *next; // the older block
    size_t used, cap;
    max_align_t bytes[];
} block;

struct nx_arena {
    block *top;
    size_t total, max;
    bool failed, over_max;
};

nx_arena *nx_arena_new(size_t max_bytes)
{
    nx_arena *a = calloc(1, sizeof *a);
    if (a != NULL) {
        a->max = max_bytes;
    }
    return a;
}

static void free_chain(block *b)
{
    while (b != NULL) {
        block *next = b->next;
        free(b);
        b = next;
    }
}

void nx_arena_free(nx_arena *a)
{
    if (a != NULL) {
        free_chain(a->top);
        free(a);
    }
}

void nx_arena_clear(nx_arena *a)
{
    block *first = a->top;
    while (first != NULL && first->next != NULL) {
        block *next = first->next;
        free(first);
        first = next;
    }
    if (first != NULL) {
        first->used = 0;
    }
    *a = (nx_arena){.top = first, .max = a->max};
}

void *nx_arena_alloc(nx_arena *a, size_t n)
{
    if (a->failed) {
        return NULL;
    }
    if (n > a->max || a->total > a->max - n || n > SIZE_MAX / 2) {
        a->failed = a->over_max = true;
        return NULL;
    }
    size_t rounded = (n + ALIGN - 1) / ALIGN * ALIGN;
    if (rounded == 0) {
        rounded = ALIGN;
    }
    block *b = a->top;
    if (b == NULL || b->cap - b->used < rounded) {
        size_t cap = b == NULL ? FIRST_BLOCK : b->cap * 2;
        if (cap > LARGEST_STEP) {
            cap = LARGEST_STEP;
        }
        if (cap < rounded) {
            cap = rounded;
        }
        block *grown = malloc(sizeof *grown + cap);
        if (grown == NULL) {
            a->failed = true;
            return NULL;
        }
        *grown = (block){.next = b, .cap = cap};
        a->top = b = grown;
    }
    void *p = (char *)b->bytes + b->used;
    b->used += rounded;
    a->total += n;
    return p;
}

void *nx_arena_calloc(nx_arena *a, size_t count, size_t size)
{
    size_t n = 0;
    if (__builtin_mul_overflow(count, size, &n)) {
        a->failed = a->over_max = true;
        return NULL;
    }
    void *p = nx_arena_alloc(a, n);
    if (p != NULL) {
        memset(p, 0, n);
    }
    return p;
}

nx_str nx_arena_copy(nx_arena *a, nx_str s)
{
    char *p = s.n < SIZE_MAX ? nx_arena_alloc(a, s.n + 1) : NULL;
    if (p == NULL) {
        return NX_STR_NONE;
    }
    if (s.n > 0) {
        memcpy(p, s.p, s.n);
    }
    p[s.n] = '\0';
    return nx_str_make(p, s.n);
}

bool nx_arena_failed(const nx_arena *a)
{
    return a->failed;
}

size_t nx_arena_bytes(const nx_arena *a)
{
    return a->total;
}

nx_status nx_arena_check(const nx_arena *a, const char *what, nx_error *err)
{
    if (!a->failed) {
        return NX_OK;
    }
    if (a->over_max) {
        return nx_fail(err, NX_ELIMIT, "%s needs more than %zu bytes", what, a->max);
    }
    return nx_fail_nomem(err);
}
