// intake.c: reading and threads of a run; see intake.h. take.c does the single article,
// intake_commit.c what comes of all of them.
#include "indexer/intake.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/num.h"
#include "base/time.h"
#include "indexer/command.h"
#include "indexer/intake_internal.h"

enum {
    COMMIT_ARTICLES = 5000, // libxapian path: bounds memory and what a kill loses
    MAX_THREADS = 16,
};
// A bulk segment holds this much input at most, so that a killed run loses minutes, not hours.
static const uint64_t segment_bytes = (uint64_t)4 << 30;

void nx_record_batch_free(nx_record_batch *b)
{
    if (b != NULL) {
        for (size_t i = 0; i < b->count; i++) {
            nx_record_free(b->records[i]);
        }
        free(b);
    }
}

nx_status nx_intake_new(nx_intake **out, nx_writer *w, const char *index,
                        const nx_intake_options *options, nx_tally *tally, nx_error *err)
{
    nx_intake *r = calloc(1, sizeof *r);
    *out = NULL;
    if (r == NULL) {
        return nx_fail_nomem(err);
    }
    r->writer = w;
    r->index = index;
    r->options = *options;
    r->tally = tally;
    (void)pthread_mutex_init(&r->lock, NULL);
    nx_progress_init(&r->progress, options->show_progress);
    if (r->options.threads == 0) {
        long processors = sysconf(_SC_NPROCESSORS_ONLN);
        r->options.threads = processors > 0 ? (unsigned)processors : 1;
    }
    if (r->options.threads > MAX_THREADS) {
        r->options.threads = MAX_THREADS;
    }
    r->seen = nx_seen_new();
    r->story = nx_story_new();
    r->history = nx_history_new(options->blind ? NULL : index, options->manifest, options->rebuild);
    r->removed = nx_vocab_new();
    if (r->seen == NULL || r->story == NULL || r->history == NULL || r->removed == NULL) {
        nx_intake_free(r);
        return nx_fail_nomem(err);
    }
    nx_status st = nx_withdrawn_load(&r->withdrawn, index, options->manifest, err);
    if (st != NX_OK) {
        nx_intake_free(r);
        return st;
    }
    *out = r;
    return NX_OK;
}

// ---- the caller's account

bool nx_intake_tell_article(nx_intake *r, nx_str file, nx_str unique_term)
{
    const nx_intake_account *account = r->options.account;
    bool wanted = true;
    if (account != NULL && account->article != NULL) {
        (void)pthread_mutex_lock(&r->lock);
        wanted = account->article(account->ctx, file, unique_term);
        (void)pthread_mutex_unlock(&r->lock);
    }
    return wanted;
}

void nx_intake_tell_added(nx_intake *r, nx_str unique_term)
{
    const nx_intake_account *account = r->options.account;
    if (account != NULL && account->added != NULL) {
        (void)pthread_mutex_lock(&r->lock);
        account->added(account->ctx, unique_term);
        (void)pthread_mutex_unlock(&r->lock);
    }
}

void nx_intake_tell_skip(nx_intake *r, const nx_skip *skip)
{
    const nx_intake_account *account = r->options.account;
    nx_tally_skip(r->tally, skip);
    if (account != NULL && account->skip != NULL) {
        (void)pthread_mutex_lock(&r->lock);
        account->skip(account->ctx, skip);
        (void)pthread_mutex_unlock(&r->lock);
    }
}

void nx_intake_share_memory(nx_intake *r)
{
    const uint64_t all = r->options.memory_bytes;
    (void)pthread_mutex_lock(&r->lock);
    const uint64_t taken = nx_seen_bytes(r->seen) + nx_story_bytes(r->story);
    (void)pthread_mutex_unlock(&r->lock);
    // Below a quarter, runs would be so small that merging them costs more than memory does.
    nx_glass_set_budget(r->builder, taken < all - all / 4 ? all - taken : all / 4);
}

// ---- workers

static void *work(void *arg)
{
    nx_taker *t = arg;
    nx_intake *r = t->run;
    nx_record_batch *b = NULL;
    while ((b = nx_queue_pop(r->queue)) != NULL) {
        nx_error err = NX_ERROR_INIT;
        nx_status st = nx_taker_batch(t, b, &err);
        if (st != NX_OK) {
            (void)pthread_mutex_lock(&r->lock);
            if (r->failure.code == NX_OK) {
                r->failure = err;
            }
            (void)pthread_mutex_unlock(&r->lock);
            nx_queue_close(r->queue); // the reading thread notices when it pushes
            break;
        }
    }
    nx_taker_free(t);
    return NULL;
}

static nx_status start_bulk(nx_intake *r, nx_error *err)
{
    nx_glass_options glass = NX_GLASS_OPTIONS_INIT;
    if (r->options.memory_bytes == 0) {
        r->options.memory_bytes = glass.memory_budget;
    }
    glass.memory_budget = r->options.memory_bytes;
    glass.threads = r->options.threads > 1 ? 2 : 1;
    nx_status st = nx_writer_bulk_begin(r->writer, &glass, &r->builder, err);
    if (st != NX_OK) {
        return st;
    }
    r->queue = nx_queue_new(r->options.threads);
    r->threads = calloc(r->options.threads, sizeof *r->threads);
    if (r->queue == NULL || r->threads == NULL) {
        return nx_fail_nomem(err);
    }
    while (r->thread_count < r->options.threads) {
        nx_taker *t = NULL;
        st = nx_taker_new(&t, r, true, err);
        if (st != NX_OK) {
            return st;
        }
        if (pthread_create(&r->threads[r->thread_count], NULL, work, t) != 0) {
            nx_taker_free(t);
            if (r->thread_count > 0) {
                break; // fewer will do
            }
            // For want of memory, of the process or of its user: no input is at fault.
            return nx_fail(err, NX_ENOMEM, "a thread cannot be started");
        }
        r->thread_count++;
    }
    return NX_OK;
}

// Waits for the workers; all batches given to the queue are then done, or there was a failure.
static void join_workers(nx_intake *r)
{
    if (r->queue != NULL) {
        nx_queue_close(r->queue);
    }
    for (unsigned i = 0; i < r->thread_count; i++) {
        (void)pthread_join(r->threads[i], NULL);
    }
    r->thread_count = 0;
    free(r->threads);
    r->threads = NULL;
    for (nx_record_batch *b = NULL; r->queue != NULL && (b = nx_queue_pop(r->queue)) != NULL;) {
        nx_record_batch_free(b); // left behind by a failure
    }
    nx_queue_free(r->queue);
    r->queue = NULL;
}

// ---- batches

static nx_status dispatch(nx_intake *r, nx_record_batch *b, nx_error *err)
{
    if (!r->bulk) {
        if (r->serial == NULL) {
            nx_status st = nx_taker_new(&r->serial, r, false, err);
            if (st != NX_OK) {
                nx_record_batch_free(b);
                return st;
            }
        }
        nx_status st = nx_taker_batch(r->serial, b, err);
        if (st == NX_OK && r->uncommitted >= COMMIT_ARTICLES) {
            r->uncommitted = 0;
            st = nx_intake_committing(r, err);
            st = st == NX_OK ? nx_writer_commit(r->writer, err) : st;
            nx_taker_committed(r->serial);
        }
        return st;
    }
    if (r->builder == NULL) {
        nx_status st = start_bulk(r, err);
        if (st != NX_OK) {
            nx_record_batch_free(b);
            return st;
        }
    }
    if (!nx_queue_push(r->queue, b)) {
        nx_record_batch_free(b);
        join_workers(r);
        *err = r->failure;
        return r->failure.code != NX_OK ? r->failure.code : nx_fail(err, NX_EBUG, "queue closed");
    }
    return NX_OK;
}

static nx_status decide(nx_intake *r, bool bulk, nx_error *err)
{
    nx_status st = nx_story_begin(r->story, r->writer, r->index, err);
    r->decided = true;
    r->bulk = bulk;
    if (st == NX_OK && bulk && r->builder == NULL && r->options.writer == NX_INTAKE_AUTO) {
        st = start_bulk(r, err);
        if (st == NX_EVERSION) { // another library than the builder knows: its own way is right
            r->bulk = false;
            st = NX_OK;
        }
    }
    size_t held = r->held_count;
    r->held_count = 0;
    for (size_t i = 0; i < held; i++) {
        if (st == NX_OK) {
            st = dispatch(r, r->held[i], err);
        } else {
            nx_record_batch_free(r->held[i]);
        }
        r->held[i] = NULL;
    }
    return st;
}

static nx_status end_batch(nx_intake *r, nx_error *err)
{
    nx_record_batch *b = r->batch;
    r->batch = NULL;
    if (b == NULL) {
        return NX_OK;
    }
    nx_status st = NX_OK;
    if (!r->decided) {
        bool large = r->record_bytes >= NX_INTAKE_BULK_BYTES;
        bool full = r->held_count == NX_COUNT(r->held);
        if (r->options.writer != NX_INTAKE_AUTO || large || full) {
            st = decide(r, r->options.writer != NX_INTAKE_XAPIAN, err);
        }
    }
    if (st != NX_OK) {
        nx_record_batch_free(b);
        return st;
    }
    if (!r->decided) {
        r->held[r->held_count++] = b;
        return NX_OK;
    }
    st = dispatch(r, b, err);
    if (st == NX_OK && r->bulk && r->record_bytes >= segment_bytes) {
        st = nx_intake_checkpoint(r, err);
    }
    return st;
}

static void show_progress(nx_intake *r)
{
    char line[160], count[28], size[16], total[16];
    double seconds = (double)(nx_monotonic_ms() - r->progress.started_ms) / 1000;
    double bytes = (double)nx_tally_source_read(r->tally);
    (void)pthread_mutex_lock(&r->lock);
    size_t articles = nx_seen_count(r->seen);
    (void)pthread_mutex_unlock(&r->lock);
    articles += nx_tally_get(r->tally, NX_COUNT_INDEXED) + nx_tally_get(r->tally, NX_COUNT_UPDATED);
    double rate = seconds > 0 ? bytes / seconds : 0;
    int n = snprintf(line, sizeof line, "%s articles, %s", nx_format_count(count, articles),
                     nx_format_bytes(size, (uint64_t)bytes));
    if (r->options.total_bytes > 0 && n > 0) {
        n += snprintf(line + n, sizeof line - (size_t)n, " of %s",
                      nx_format_bytes(total, r->options.total_bytes));
    }
    if (n > 0) {
        n += snprintf(line + n, sizeof line - (size_t)n, ", %.1f MB/s", rate / 1e6);
    }
    if (r->options.total_bytes > 0 && rate > 0 && bytes < (double)r->options.total_bytes && n > 0) {
        unsigned left = (unsigned)(((double)r->options.total_bytes - bytes) / rate);
        (void)snprintf(line + n, sizeof line - (size_t)n, ", %u:%02u left", left / 60, left % 60);
    }
    nx_progress_draw(&r->progress, line);
}

static nx_status on_record(void *ctx, nx_record *record, nx_error *err)
{
    nx_intake *r = ctx;
    if (nx_stop_wanted()) {
        nx_record_free(record);
        return nx_fail(err, NX_ESTOP, "stopped");
    }
    if (nx_progress_due(&r->progress)) {
        show_progress(r);
    }
    if (r->batch == NULL) {
        r->batch = calloc(1, sizeof *r->batch);
        if (r->batch == NULL) {
            nx_record_free(record);
            return nx_fail_nomem(err);
        }
        r->batch->number = r->next_batch++;
        r->batch->corpus = r->corpus;
    }
    r->batch->records[r->batch->count++] = record;
    r->batch->bytes += record->bytes.n;
    r->record_bytes += record->bytes.n;
    return nx_record_batch_full(r->batch) ? end_batch(r, err) : NX_OK;
}

static nx_status on_skip(void *ctx, const nx_skip *skip, nx_error *err)
{
    (void)err;
    nx_intake *r = ctx;
    nx_progress_clear(&r->progress);
    nx_intake_tell_skip(r, skip);
    return NX_OK;
}

static bool want_file(void *ctx, const char *path, uint64_t bytes, int64_t mtime_ns)
{
    nx_intake *r = ctx;
    (void)path;
    (void)bytes;
    (void)mtime_ns;
    nx_tally_add(r->tally, NX_COUNT_FILES, 1);
    return true;
}

static const nx_reader_sink *sink_of(nx_intake *r, nx_reader_sink *sink)
{
    *sink =
        (nx_reader_sink){.ctx = r, .record = on_record, .skip = on_skip, .want_file = want_file};
    return sink;
}

// A batch is parsed with one set of options.
static nx_status set_corpus(nx_intake *r, const nx_corpus_options *corpus, nx_error *err)
{
    nx_status st = r->corpus != corpus ? end_batch(r, err) : NX_OK;
    r->corpus = corpus;
    return st;
}

nx_status nx_intake_read(nx_intake *r, const char *path, const nx_corpus_options *corpus,
                         nx_error *err)
{
    nx_reader_sink sink;
    nx_status st = set_corpus(r, corpus, err);
    if (st == NX_OK) {
        st = nx_corpus_read(path, corpus, sink_of(r, &sink), err);
    }
    nx_progress_clear(&r->progress);
    return st;
}

nx_status nx_intake_read_fd(nx_intake *r, int fd, const char *name, const nx_corpus_options *corpus,
                            nx_error *err)
{
    nx_reader_sink sink;
    nx_status st = set_corpus(r, corpus, err);
    return st == NX_OK ? nx_corpus_read_fd(fd, name, corpus, sink_of(r, &sink), err) : st;
}

nx_status nx_intake_drain(nx_intake *r, nx_error *err)
{
    nx_status st = end_batch(r, err);
    if (st == NX_OK && !r->decided && r->held_count > 0) { // else there is nothing to look up
        st = decide(r, r->options.writer == NX_INTAKE_BULK, err);
    }
    nx_progress_clear(&r->progress);
    if (st == NX_OK && r->builder != NULL) {
        join_workers(r);
        if (r->failure.code != NX_OK) {
            *err = r->failure;
            return err->code;
        }
    }
    return st;
}

void nx_intake_free(nx_intake *r)
{
    if (r == NULL) {
        return;
    }
    nx_progress_clear(&r->progress);
    join_workers(r);
    if (r->builder != NULL) {
        nx_writer_bulk_abandon(r->writer);
    }
    nx_record_batch_free(r->batch);
    for (size_t i = 0; i < r->held_count; i++) {
        nx_record_batch_free(r->held[i]);
    }
    nx_taker_free(r->serial);
    nx_intake_forget_changes(r);
    free(r->changes);
    nx_seen_free(r->seen);
    nx_story_free(r->story);
    nx_history_free(r->history);
    nx_withdrawn_free(r->withdrawn);
    nx_vocab_free(r->removed);
    (void)pthread_mutex_destroy(&r->lock);
    free(r);
}
