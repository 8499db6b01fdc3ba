// spill.c: batches in memory become one sorted run in the builder's file of runs.
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/io.h"
#include "glass/internal.h"

enum { FLUSH_BYTES = 1 << 20 };

// The file has no name: it cannot outlive the process.
static nx_status open_runs(nx_glass_builder *b, nx_error *err)
{
    if (b->runs_fd >= 0) {
        return NX_OK;
    }
    char *path = nx_glass_file(b, "runs.tmp");
    if (path == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status st = NX_OK;
    b->runs_fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (b->runs_fd < 0 || unlink(path) != 0) {
        st = nx_fail_errno(err, errno, "%s", path);
    }
    free(path);
    return st;
}

static nx_status append(nx_glass_builder *b, const void *bytes, size_t n, nx_error *err)
{
    nx_status st = nx_write_all(b->runs_fd, bytes, n, b->path, err);
    if (st != NX_OK) {
        return nx_wrap(err, "temporary run: ");
    }
    b->runs_end += n;
    return NX_OK;
}

static nx_status append_docs(nx_glass_builder *b, nx_batch *batch, nx_error *err)
{
    batch->docs_at = b->runs_end;
    nx_status st = append(b, batch->docs, batch->doc_count * sizeof *batch->docs, err);
    if (st == NX_OK) {
        batch->blobs_at = b->runs_end;
        st = append(b, batch->blobs, batch->blobs_n, err);
    }
    return st;
}

static nx_status append_merged(nx_glass_builder *b, nx_merge *m, nx_buf *out, nx_error *err)
{
    nx_run_key last = {.n = 0};
    const nx_run_entry *e = NULL;
    nx_status st = nx_merge_next(m, &e, err);
    while (st == NX_OK && e != NULL) {
        nx_run_put(out, &last, e->key, e->key_n, e->batch, e->payload, e->payload_n);
        st = nx_buf_check(out, "a temporary run", err);
        if (st == NX_OK && out->len >= FLUSH_BYTES) {
            st = append(b, out->data, out->len, err);
            nx_buf_clear(out);
        }
        if (st == NX_OK) {
            st = nx_merge_next(m, &e, err);
        }
    }
    return st == NX_OK ? append(b, out->data, out->len, err) : st;
}

nx_status nx_spill(nx_glass_builder *b, nx_batch **batches, size_t count, nx_error *err)
{
    nx_merge *m = nx_merge_new(count);
    nx_buf out;
    nx_buf_init(&out, SIZE_MAX / 4);
    nx_status st = m != NULL ? open_runs(b, err) : nx_fail_nomem(err);
    for (size_t i = 0; i < count && st == NX_OK; i++) {
        nx_merge_add_memory(m, batches[i]->run, batches[i]->run_n);
        st = append_docs(b, batches[i], err);
    }
    uint64_t from = b->runs_end;
    if (st == NX_OK && !nx_grow(&b->runs, &b->run_cap, b->run_count + 1, sizeof *b->runs)) {
        st = nx_fail_nomem(err);
    }
    if (st == NX_OK) {
        st = append_merged(b, m, &out, err);
    }
    if (st == NX_OK) {
        b->runs[b->run_count++] = (nx_glass_place){from, b->runs_end - from};
        for (size_t i = 0; i < count; i++) {
            free(batches[i]->docs);
            free(batches[i]->blobs);
            free(batches[i]->run);
            batches[i]->docs = NULL;
            batches[i]->blobs = batches[i]->run = NULL;
        }
    }
    nx_buf_release(&out);
    nx_merge_free(m);
    return st;
}
