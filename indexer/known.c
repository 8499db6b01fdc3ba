// known.c: see known.h.
#include "indexer/known.h"

#include <stdlib.h>

static const size_t arena_bytes = (size_t)4 << 30;

static nx_status add_file(void *ctx, const nx_file_state *f, nx_error *err)
{
    nx_known *k = ctx;
    if (k->count == k->cap) {
        size_t cap = k->cap == 0 ? 1024 : k->cap * 2;
        nx_known_file *files = realloc(k->files, cap * sizeof *files);
        if (files == NULL) {
            return nx_fail_nomem(err);
        }
        k->files = files;
        k->cap = cap;
    }
    nx_str path = nx_arena_copy(k->arena, f->path);
    if (path.p == NULL) {
        return nx_arena_check(k->arena, "the list of known files", err);
    }
    nx_known_file *file = &k->files[k->count++];
    *file = (nx_known_file){.path = path.p,
                            .size = f->size,
                            .read_offset = f->read_offset,
                            .mtime_ns = f->mtime_ns,
                            .has_hash = f->hash.n == sizeof file->hash,
                            .outcome = f->outcome};
    if (file->has_hash) {
        memcpy(file->hash, f->hash.p, sizeof file->hash);
    }
    return NX_OK;
}

static nx_status add_failure(void *ctx, const nx_failure *f, nx_error *err)
{
    (void)err;
    nx_known_file *file = nx_known_find(ctx, f->path);
    if (file != NULL && f->retry_utc != 0) {
        file->attempts = f->attempts > file->attempts ? f->attempts : file->attempts;
        if (file->retry_utc == 0 || f->retry_utc < file->retry_utc) {
            file->retry_utc = f->retry_utc;
        }
    }
    return NX_OK;
}

nx_status nx_known_load(nx_known *out, nx_manifest *m, nx_error *err)
{
    *out = (nx_known){.arena = nx_arena_new(arena_bytes)};
    if (out->arena == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status st = nx_manifest_each_file(m, NX_STR_NONE, add_file, out, err);
    return st == NX_OK ? nx_manifest_each_failure(m, add_failure, out, err) : st;
}

void nx_known_release(nx_known *k)
{
    nx_arena_free(k->arena);
    free(k->files);
    *k = (nx_known){.count = 0};
}

nx_known_file *nx_known_find(const nx_known *k, nx_str path)
{
    size_t low = 0, high = k->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = nx_str_cmp(nx_str_of(k->files[middle].path), path);
        if (order == 0) {
            return &k->files[middle];
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return NULL;
}
