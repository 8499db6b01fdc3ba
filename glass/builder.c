// builder.c: the builder's life: options, batches handed over and thrown out when memory is short,
// finishing and giving up. What the tables hold is decided in docs.c, postlist.c and extras.c.
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "glass/internal.h"

void nx_batch_free(nx_batch *batch)
{
    if (batch != NULL) {
        free(batch->docs);
        free(batch->blobs);
        free(batch->run);
        free(batch->docids);
        free(batch);
    }
}

static void free_builder(nx_glass_builder *b)
{
    for (size_t i = 0; i < b->batch_count; i++) {
        nx_batch_free(b->batches[i]);
    }
    if (b->runs_fd >= 0) {
        (void)close(b->runs_fd); // unlinked already
    }
    for (uint32_t i = 0; b->meta_keys != NULL && i < nx_vocab_count(b->meta_keys); i++) {
        free((void *)(uintptr_t)b->meta_values[i].p);
    }
    nx_vocab_free(b->meta_keys);
    nx_vocab_free(b->words);
    free(b->meta_values);
    free(b->word_counts);
    free(b->batches);
    free(b->runs);
    free(b->drops);
    free(b->late);
    nx_buf_release(&b->late_bytes);
    nx_buf_release(&b->late_run);
    free(b->lengths);
    free(b->path);
    (void)pthread_cond_destroy(&b->room);
    (void)pthread_mutex_destroy(&b->lock);
    free(b);
}

enum { BUDGET_MIN = 1 << 20 };

static nx_status check_options(const nx_glass_options *o, nx_error *err)
{
    bool power = (o->block_size & (o->block_size - 1)) == 0;
    if (!power || o->block_size < 2048 || o->block_size > 65536) {
        return nx_fail(err, NX_EUSAGE, "block size %u is not a power of two from 2048 to 65536",
                       (unsigned)o->block_size);
    }
    if (o->memory_budget < BUDGET_MIN) {
        return nx_fail(err, NX_EUSAGE, "a bulk build needs at least 1 MiB of memory");
    }
    return NX_OK;
}

nx_status nx_glass_builder_new(nx_glass_builder **out, const char *path,
                               const nx_glass_options *options, nx_error *err)
{
    *out = NULL;
    nx_status st = check_options(options, err);
    if (st != NX_OK) {
        return st;
    }
    nx_glass_builder *b = calloc(1, sizeof *b);
    if (b == NULL) {
        return nx_fail_nomem(err);
    }
    // With default attributes these cannot fail on Linux.
    (void)pthread_mutex_init(&b->lock, NULL);
    (void)pthread_cond_init(&b->room, NULL);
    b->options = *options;
    b->runs_fd = -1;
    nx_buf_init(&b->late_bytes, SIZE_MAX / 4);
    nx_buf_init(&b->late_run, SIZE_MAX / 4);
    b->path = strdup(path);
    b->meta_keys = nx_vocab_new();
    b->words = nx_vocab_new();
    if (b->path == NULL || b->meta_keys == NULL || b->words == NULL) {
        st = nx_fail_nomem(err);
    } else if (mkdir(path, 0777) != 0) {
        st = nx_fail_errno(err, errno, "%s", path);
    }
    if (st != NX_OK) {
        free_builder(b);
        return st;
    }
    *out = b;
    return NX_OK;
}

char *nx_glass_file(const nx_glass_builder *b, const char *name)
{
    return nx_path_join(b->path, name);
}

static void fail_locked(nx_glass_builder *b, const nx_error *why)
{
    if (b->failed == NX_OK) {
        b->failed = why->code;
        b->error = *why;
    }
}

void nx_builder_fail(nx_glass_builder *b, const nx_error *why)
{
    (void)pthread_mutex_lock(&b->lock);
    fail_locked(b, why);
    (void)pthread_mutex_unlock(&b->lock);
}

static uint64_t batch_bytes(const nx_batch *batch)
{
    return batch->run_n + batch->blobs_n + (uint64_t)batch->doc_count * sizeof *batch->docs +
           sizeof *batch;
}

// Throws the batches in memory out to disk; others may hand batches over meanwhile.
static void spill_locked(nx_glass_builder *b)
{
    size_t from = b->spilled, count = b->batch_count - from;
    nx_batch **taken = malloc(count * sizeof *taken); // b->batches may move
    nx_error why = NX_ERROR_INIT;
    if (taken == NULL) {
        (void)nx_fail_nomem(&why);
        fail_locked(b, &why);
        return;
    }
    memcpy(taken, b->batches + from, count * sizeof *taken);
    uint64_t bytes = 0;
    for (size_t i = 0; i < count; i++) {
        bytes += batch_bytes(taken[i]);
    }
    b->spilled = b->batch_count;
    b->spilling = true;
    (void)pthread_mutex_unlock(&b->lock);
    nx_status st = nx_spill(b, taken, count, &why);
    free(taken);
    (void)pthread_mutex_lock(&b->lock);
    b->spilling = false;
    b->held -= bytes;
    if (st != NX_OK) {
        fail_locked(b, &why);
    }
    (void)pthread_cond_broadcast(&b->room);
}

nx_status nx_builder_take(nx_glass_builder *b, nx_batch *batch, nx_error *err)
{
    (void)pthread_mutex_lock(&b->lock);
    if (b->failed == NX_OK &&
        !nx_grow(&b->batches, &b->batch_cap, b->batch_count + 1, sizeof(nx_batch *))) {
        nx_error why = NX_ERROR_INIT;
        (void)nx_fail_nomem(&why);
        fail_locked(b, &why);
    }
    if (b->failed == NX_OK) {
        b->batches[b->batch_count++] = batch;
        b->held += batch_bytes(batch);
        batch = NULL;
        // Half of the budget is filled while the other half is written out.
        while (b->spilling && b->held >= b->options.memory_budget && b->failed == NX_OK) {
            (void)pthread_cond_wait(&b->room, &b->lock);
        }
        if (!b->spilling && b->held >= b->options.memory_budget / 2 && b->failed == NX_OK) {
            spill_locked(b);
        }
    }
    nx_status st = b->failed;
    if (st != NX_OK && err != NULL) {
        *err = b->error;
    }
    (void)pthread_mutex_unlock(&b->lock);
    nx_batch_free(batch);
    return st;
}

void nx_glass_set_budget(nx_glass_builder *b, uint64_t bytes)
{
    (void)pthread_mutex_lock(&b->lock);
    b->options.memory_budget = bytes > BUDGET_MIN ? bytes : BUDGET_MIN;
    (void)pthread_mutex_unlock(&b->lock);
}

nx_status nx_glass_drop(nx_glass_builder *b, uint32_t batch, uint32_t ordinal, nx_error *err)
{
    (void)pthread_mutex_lock(&b->lock);
    bool ok = nx_grow(&b->drops, &b->drop_cap, b->drop_count + 1, sizeof *b->drops);
    if (ok) {
        b->drops[b->drop_count++] = (nx_glass_drop_mark){batch, ordinal};
    }
    (void)pthread_mutex_unlock(&b->lock);
    return ok ? NX_OK : nx_fail_nomem(err);
}

nx_status nx_glass_open_merge(const nx_glass_builder *b, nx_merge **out, nx_error *err)
{
    enum { BUFFER_MIN = 64 << 10, BUFFER_MAX = 1 << 20 };
    *out = nx_merge_new(b->run_count + (b->batch_count - b->spilled) + 1);
    if (*out == NULL) {
        return nx_fail_nomem(err);
    }
    uint64_t share = b->run_count > 0 ? b->options.memory_budget / 2 / b->run_count : 0;
    size_t buffer = share > BUFFER_MAX ? BUFFER_MAX : share < BUFFER_MIN ? BUFFER_MIN : share;
    for (size_t i = 0; i < b->run_count; i++) {
        nx_merge_add_file(*out, b->runs_fd, b->runs[i].offset, b->runs[i].n, buffer);
    }
    for (size_t i = 0; i < b->batch_count; i++) {
        if (b->batches[i]->run != NULL) {
            nx_merge_add_memory(*out, b->batches[i]->run, b->batches[i]->run_n);
        }
    }
    if (b->late_run.len > 0) {
        nx_merge_add_memory(*out, (const unsigned char *)b->late_run.data, b->late_run.len);
    }
    return NX_OK;
}

// The document tables on a thread of their own.
typedef struct docs_job {
    nx_glass_builder *b;
    nx_table_root *roots;
    nx_status st;
    nx_error err;
} docs_job;

static void *run_docs_job(void *arg)
{
    docs_job *job = arg;
    job->st = nx_glass_write_docs(job->b, &job->roots[NX_TABLE_TERMLIST],
                                  &job->roots[NX_TABLE_DOCDATA], &job->err);
    return NULL;
}

static nx_status write_tables(nx_glass_builder *b, nx_table_root roots[NX_TABLE_COUNT],
                              nx_error *err)
{
    docs_job job = {.b = b, .roots = roots};
    pthread_t thread;
    bool beside = b->options.threads > 1 && pthread_create(&thread, NULL, run_docs_job, &job) == 0;
    nx_status st =
        nx_glass_write_postings(b, &roots[NX_TABLE_POSTLIST], &roots[NX_TABLE_POSITION], err);
    if (beside) {
        (void)pthread_join(thread, NULL);
    } else if (st == NX_OK) {
        (void)run_docs_job(&job);
    }
    if (st == NX_OK && job.st != NX_OK) {
        st = job.st;
        *err = job.err;
    }
    return st;
}

static nx_status build(nx_glass_builder *b, nx_glass_summary *summary, nx_error *err)
{
    nx_table_root roots[NX_TABLE_COUNT] = {{.present = false}};
    uint32_t spelling_max = 0;
    nx_status st = nx_glass_number(b, err);
    if (st == NX_OK) {
        st = write_tables(b, roots, err);
    }
    if (st == NX_OK) {
        st = nx_glass_write_spelling(b, &roots[NX_TABLE_SPELLING], &spelling_max, err);
    }
    if (st == NX_OK) {
        st = nx_glass_publish(b, roots, spelling_max, err);
    }
    if (st == NX_OK && summary != NULL) {
        *summary = (nx_glass_summary){.documents = b->doc_count,
                                      .total_length = b->total_length,
                                      .terms = b->terms,
                                      .disk_runs = b->run_count};
        for (size_t i = 0; i < NX_TABLE_COUNT; i++) {
            summary->table_bytes += (uint64_t)roots[i].blocks * b->options.block_size;
        }
    }
    return st;
}

nx_status nx_glass_finish(nx_glass_builder *b, nx_glass_summary *summary, nx_error *err)
{
    nx_error why = b->error;
    nx_status st = b->failed != NX_OK ? b->failed : build(b, summary, &why);
    if (st != NX_OK) {
        nx_glass_abort(b);
        if (err != NULL) {
            *err = why;
        }
        return st;
    }
    free_builder(b);
    return NX_OK;
}

void nx_glass_abort(nx_glass_builder *b)
{
    if (b == NULL) {
        return;
    }
    nx_error ignored = NX_ERROR_INIT; // what cannot be removed has no iamglass: not a database
    (void)!nx_remove_tree(b->path, &ignored);
    free_builder(b);
}
