// update.c: which files a run reads, and which are gone; see update.h.
#define _GNU_SOURCE
#include "indexer/update.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/num.h"
#include "base/time.h"
#include "indexer/command.h"
#include "indexer/status.h"
#include "indexer/update_internal.h"
#include "text/analysis.h"

// A run merges this much at most, so that it stays short.
static const uint64_t merge_bytes = (uint64_t)2 << 30;
static const uint64_t spare_bytes = 64 << 20; // that an index must have on its disk

static void say(nx_update *u, const char *fmt, ...) NX_PRINTF(2, 3);

static void say(nx_update *u, const char *fmt, ...)
{
    char text[600];
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    u->say(u->say_ctx, text);
}

// ---- what is to be read

static nx_status add_work(nx_update *u, const nx_scan_file *f, const nx_known_file *k,
                          uint64_t from, nx_error *err)
{
    if (u->work_count == u->work_cap) {
        size_t cap = u->work_cap == 0 ? 256 : u->work_cap * 2;
        nx_work *works = realloc(u->works, cap * sizeof *works);
        if (works == NULL) {
            return nx_fail_nomem(err);
        }
        u->works = works;
        u->work_cap = cap;
    }
    u->works[u->work_count++] = (nx_work){.file = f, .known = k, .from = from};
    return NX_OK;
}

// The size or the time of the file is new: is the content, and from where on?
// *same: it is not. Files that cannot be opened are left to the reading, which reports them.
static void look_into(const nx_scan_file *f, const nx_known_file *k, bool full, bool *same,
                      uint64_t *from)
{
    nx_error ignored = NX_ERROR_INIT;
    unsigned char hash[16];
    bool known = false;
    *same = false;
    *from = 0;
    int fd = open(f->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        return;
    }
    bool growing = nx_growing_format(f->path, f->source->corpus.format) != NX_FORMAT_AUTO;
    if (growing && !full && k->read_offset > 0 && k->read_offset <= f->size) {
        known = nx_fingerprint_before(fd, k->read_offset, hash, &ignored) == NX_OK;
        *from = known && memcmp(hash, k->hash, sizeof hash) == 0 ? k->read_offset : 0;
    } else if (!growing && k->size == f->size) {
        bool read = nx_fingerprint_whole(fd, f->size, hash, &known, &ignored) == NX_OK;
        *same = read && known && memcmp(hash, k->hash, sizeof hash) == 0;
    }
    (void)close(fd);
}

static bool is_settled(const nx_update *u, const nx_scan_file *f)
{
    int64_t age = u->options->now_utc - f->mtime_ns / 1000000000;
    return f->source->settle_s == 0 || age >= f->source->settle_s || age < -f->source->settle_s;
}

// The content is what it was, only the time is not.
static nx_status touch(nx_update *u, const nx_scan_file *f, const nx_known_file *k, nx_error *err)
{
    nx_file_state state;
    bool found = false;
    nx_status st = nx_manifest_file(u->manifest, nx_str_of(f->path), &state, &found, err);
    if (st != NX_OK || !found || (k->size == f->size && k->mtime_ns == f->mtime_ns)) {
        return st;
    }
    state.path = nx_str_of(f->path);
    state.hash = nx_str_make((const char *)k->hash, sizeof k->hash);
    state.mtime_ns = f->mtime_ns;
    return nx_manifest_put_file(u->manifest, &state, err);
}

// So is what was put off to a time that is too far away: the clock was ahead then.
static bool is_due(int64_t retry_utc, int64_t now)
{
    return retry_utc != 0 && (retry_utc <= now || retry_utc - now > NX_UPDATE_RETRY_MAX_S);
}

static nx_status consider(nx_update *u, const nx_scan_file *f, nx_error *err)
{
    nx_known_file *k = nx_known_find(&u->known, nx_str_of(f->path));
    bool same = false;
    uint64_t from = 0;
    if (k != NULL) {
        k->seen = true;
        bool retry = is_due(k->retry_utc, u->options->now_utc);
        bool changed = k->size != f->size || k->mtime_ns != f->mtime_ns;
        if (!changed && !retry && !u->options->full) {
            u->report->known++;
            return NX_OK;
        }
        if (!retry && k->has_hash && k->outcome != NX_FILE_FAILED) {
            look_into(f, k, u->options->full, &same, &from);
        }
        // What is held back is somewhere before the end.
        from = k->retry_utc != 0 ? 0 : from;
    }
    if (same) {
        u->report->known++;
        return touch(u, f, k, err);
    }
    if (!is_settled(u, f)) {
        u->report->left++;
        return NX_OK;
    }
    return add_work(u, f, k, from, err);
}

static nx_status choose(nx_update *u, nx_error *err)
{
    nx_status st = nx_manifest_begin(u->manifest, err);
    for (size_t i = 0; st == NX_OK && i < u->scan->count; i++) {
        st = consider(u, &u->scan->files[i], err);
    }
    nx_tally_add(u->tally, NX_COUNT_KNOWN, u->report->known);
    return st == NX_OK ? nx_manifest_commit(u->manifest, err) : st;
}

// An index takes about half of what plain text takes, and merging again as much for a while.
static nx_status check_space(const nx_update *u, nx_error *err)
{
    struct statvfs disk;
    uint64_t bytes = 0;
    char need[16], have[16];
    for (size_t i = 0; i < u->work_count; i++) {
        bytes += u->works[i].file->size - u->works[i].from;
    }
    if (bytes == 0 || statvfs(u->dir, &disk) != 0) {
        return NX_OK;
    }
    uint64_t available = (uint64_t)disk.f_bavail * disk.f_frsize;
    return available >= bytes + spare_bytes
               ? NX_OK
               : nx_fail(err, NX_ENOSPC, "%s: %s free, %s wanted before anything is read", u->dir,
                         nx_format_bytes(have, available),
                         nx_format_bytes(need, bytes + spare_bytes));
}

// ---- the run

static nx_status show_merge(void *ctx, const char *what, const char *detail, nx_error *err)
{
    (void)ctx;
    (void)what;
    (void)detail;
    return nx_stop_wanted() ? nx_fail(err, NX_ESTOP, "stopped") : NX_OK;
}

// Merging is housekeeping: what keeps it from being done now does not make the run a failure.
static nx_status merge(nx_update *u, nx_error *err)
{
    nx_merge_report report;
    nx_status st = nx_writer_merge(u->writer, merge_bytes, show_merge, NULL, &report, err);
    if (st == NX_ENOSPC) {
        say(u, "segments are not merged: %s", err->msg);
    }
    return st == NX_ESTOP || st == NX_ENOSPC ? NX_OK : st;
}

static nx_status open_intake(nx_update *u, nx_intake_account *account, nx_error *err)
{
    *account = (nx_intake_account){.ctx = u,
                                   .article = nx_update_on_article,
                                   .added = nx_update_on_added,
                                   .moved = nx_update_on_moved,
                                   .skip = nx_update_on_skip,
                                   .committing = nx_update_on_committing};
    const nx_intake_options how = {.threads = u->options->threads,
                                   .memory_bytes = u->options->memory_bytes / 2,
                                   .now_utc = u->options->now_utc,
                                   .show_progress = u->options->show_progress,
                                   .account = account,
                                   .manifest = u->manifest,
                                   .rebuild = u->options->rebuild,
                                   .blind = u->blind};
    return nx_intake_new(&u->intake, u->writer, u->dir, &how, u->tally, err);
}

static nx_status load(nx_update *u, nx_error *err)
{
    static const size_t arena_bytes = (size_t)4 << 30;
    nx_status st = nx_scan_run(&u->scan, u->options->conf, u->options->index, err);
    for (size_t i = 0; st == NX_OK && i < u->scan->source_count; i++) {
        if (u->scan->sources[i].incomplete) {
            nx_update_say_source(u, &u->scan->sources[i]);
        }
    }
    u->arena = nx_arena_new(arena_bytes);
    if (st == NX_OK && u->arena == NULL) {
        st = nx_fail_nomem(err);
    }
    if (st == NX_OK && !u->options->rebuild) {
        st = nx_known_load(&u->known, u->manifest, err);
    }
    return st;
}

static nx_status work(nx_update *u, nx_error *err)
{
    nx_intake_account account;
    nx_status st = load(u, err);
    st = st == NX_OK ? choose(u, err) : st;
    st = st == NX_OK ? check_space(u, err) : st;
    st = st == NX_OK ? open_intake(u, &account, err) : st;
    st = st == NX_OK ? nx_update_read(u, err) : st;
    if (st == NX_OK && !u->report->ended_early && !u->options->rebuild) {
        st = nx_update_remove_vanished(u, err);
        st = st == NX_OK ? nx_update_forget_vanished(u, err) : st;
    }
    nx_intake_free(u->intake);
    u->intake = NULL;
    return st == NX_OK && !u->options->rebuild ? nx_update_record_sources(u, err) : st;
}

// What the index that readers have does not hold is news; without that index nothing is.
static nx_status look_at_old(nx_update *u, nx_error *err)
{
    nx_error why = NX_ERROR_INIT;
    nx_status st = nx_store_try(u->dir, &why);
    if (st == NX_ENOMEM) {
        return nx_fail_nomem(err);
    }
    u->blind = st != NX_OK;
    if (u->blind && st != NX_ENOINPUT) {
        say(u, "nothing of this rebuild is news to the alerts, nor an earlier version: %s",
            why.msg);
        nx_news_close(u->news);
        u->news = NULL;
    }
    return NX_OK;
}

// A rebuild is one transaction of the manifest, so that it changes together with the index.
static nx_status begin_rebuild(nx_update *u, nx_error *err)
{
    nx_status st = nx_manifest_begin(u->manifest, err);
    st = st == NX_OK ? nx_ledger_clear(u->ledger, err) : st;
    st = st == NX_OK ? nx_sql_exec(nx_manifest_sql(u->manifest),
                                   "DELETE FROM file; DELETE FROM failure", err)
                     : st;
    return st == NX_OK ? look_at_old(u, err) : st;
}

static nx_status finish_rebuild(nx_update *u, nx_error *err)
{
    for (size_t i = 0; i < u->scan->source_count; i++) {
        const nx_scan_source *s = &u->scan->sources[i];
        if (s->incomplete) {
            return nx_fail(err, NX_ENOINPUT,
                           "source %s cannot be read in full; the index stays "
                           "as it was",
                           s->source->name.p);
        }
    }
    if (u->report->ended_early) {
        return nx_fail(err, NX_ESTOP, "stopped: the index stays as it was");
    }
    nx_status st = nx_writer_rebuild_finish(u->writer, err);
    return st == NX_OK ? nx_manifest_commit(u->manifest, err) : st;
}

static nx_status run(nx_update *u, nx_error *err)
{
    bool rebuild = u->options->rebuild;
    nx_error ignored = NX_ERROR_INIT;
    nx_status st =
        nx_manifest_begin_run(u->manifest, rebuild ? NX_STR("rebuild") : NX_STR("update"),
                              u->options->now_utc, &u->run, err);
    if (st != NX_OK) {
        return st;
    }
    st = rebuild ? begin_rebuild(u, err) : NX_OK;
    st = st == NX_OK ? work(u, err) : st;
    if (rebuild) {
        st = st == NX_OK ? finish_rebuild(u, err) : st;
        if (st != NX_OK && nx_manifest_rollback(u->manifest, &ignored) != NX_OK) {
            nx_wrap(err, "%s; ", ignored.msg);
        }
    } else if (st == NX_OK && u->work_count > 0) {
        st = merge(u, err);
    }
    st = st == NX_OK ? nx_news_ready(u->news, err) : st;
    u->report->source_gone = u->gone.code != NX_OK;
    const nx_error *why = st == NX_OK ? &u->gone : err;
    nx_status noted =
        nx_index_run_ended(u->manifest, u->run, u->tally, why, st == NX_OK ? err : &ignored);
    return st == NX_OK ? noted : st;
}

nx_status nx_update_run(const nx_update_options *options, nx_tally *tally, nx_update_say *tell,
                        void *ctx, nx_update_report *report, nx_error *err)
{
    nx_status st = NX_OK;
    *report = (nx_update_report){.known = 0};
    nx_update *u = calloc(1, sizeof *u);
    if (u == NULL) {
        return nx_fail_nomem(err);
    }
    u->options = options;
    u->tally = tally;
    u->say = tell;
    u->say_ctx = ctx;
    u->report = report;
    u->dir = options->conf->indexes[options->index].dir.p;
    const nx_writer_options how = {.analysis = NX_ANALYSIS,
                                   .create = true,
                                   .rebuild = options->rebuild,
                                   .wait_seconds = options->wait_seconds};
    st = nx_writer_open(&u->writer, u->dir, &how, err);
    if (st == NX_OK) {
        st = nx_manifest_open(&u->manifest, u->dir, NX_MANIFEST_WRITE, err);
    }
    if (st == NX_OK) {
        st = nx_ledger_open(&u->ledger, u->manifest, err);
    }
    if (st == NX_OK) {
        st = nx_news_open(&u->news, u->manifest, err);
    }
    if (st == NX_OK) {
        st = run(u, err);
    }
    nx_ledger_close(u->ledger);
    nx_news_close(u->news);
    nx_manifest_close(u->manifest);
    if (st == NX_OK) {
        report->documents = nx_writer_documents(u->writer);
        st = nx_writer_close(u->writer, err);
    } else if (u->writer != NULL) {
        nx_writer_abort(u->writer);
    }
    nx_scan_free(u->scan);
    nx_known_release(&u->known);
    nx_arena_free(u->arena);
    free(u->works);
    free(u->given);
    free(u->failures);
    free(u);
    return st;
}
