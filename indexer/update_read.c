// update_read.c: reading the files of a run and getting them into the index; see update.h.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "indexer/command.h"
#include "indexer/update_internal.h"

// Between two checkpoints: bounds what a killed run does again, and the articles in memory.
static const uint64_t checkpoint_bytes = (uint64_t)1 << 30;

static nx_format growing_format(const nx_work *w)
{
    return nx_growing_format(w->file->path, w->file->source->corpus.format);
}

static const nx_corpus_options *growing_options(nx_update *u, const nx_work *w, nx_format format)
{
    size_t source = (size_t)(w->file->source - u->options->conf->sources);
    nx_corpus_options *options = &u->growing[source][format == NX_FORMAT_MBOX];
    *options = w->file->source->corpus;
    options->format = format;
    return options;
}

// Whether the file is still what the scan saw.
static bool is_quiet(const nx_work *w, int fd)
{
    struct stat info;
    return fstat(fd, &info) == 0 && (uint64_t)info.st_size == w->file->size &&
           (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec == w->file->mtime_ns;
}

static nx_status read_growing(nx_update *u, nx_work *w, int fd, nx_format format, nx_error *err)
{
    nx_status st = nx_resume_offset(fd, format, w->file->size, &w->resume, err);
    if (st == NX_OK) {
        st = nx_fingerprint_before(fd, w->resume, w->hash, err);
        w->has_hash = true;
    }
    if (st == NX_OK && lseek(fd, (off_t)w->from, SEEK_SET) < 0) {
        st = nx_fail_errno(err, errno, "%s", w->file->path);
    }
    if (st == NX_OK) {
        nx_tally_add(u->tally, NX_COUNT_FILES, 1);
        st = nx_intake_read_fd(u->intake, fd, w->file->path, growing_options(u, w, format), err);
    }
    return st;
}

static nx_status read_whole(nx_update *u, nx_work *w, int fd, nx_error *err)
{
    nx_status st = nx_fingerprint_whole(fd, w->file->size, w->hash, &w->has_hash, err);
    return st == NX_OK ? nx_intake_read(u->intake, w->file->path, &w->file->source->corpus, err)
                       : st;
}

static bool of_the_file(nx_status st)
{
    return st == NX_EIO || st == NX_ENOINPUT || st == NX_EFORMAT || st == NX_ELIMIT;
}

// Reads one file. A file that cannot be read does not end the run.
static nx_status read_work(nx_update *u, nx_work *w, nx_error *err)
{
    nx_status st;
    int fd = open(w->file->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        st = nx_fail_errno(err, errno, "%s", w->file->path);
    } else if (!is_quiet(w, fd)) {
        u->report->left++;
        (void)close(fd);
        return NX_OK;
    } else {
        nx_format format = growing_format(w);
        st = format != NX_FORMAT_AUTO ? read_growing(u, w, fd, format, err)
                                      : read_whole(u, w, fd, err);
    }
    if (fd >= 0) {
        (void)close(fd);
    }
    if (of_the_file(st)) {
        nx_skip skip = {.file = nx_str_of(w->file->path),
                        .code = st,
                        .reason = "cannot be read",
                        .text = err->msg};
        w->failure = st;
        nx_tally_skip(u->tally, &skip);
        nx_update_on_skip(u, &skip);
        st = NX_OK;
    }
    w->done = st == NX_OK;
    u->report->read += st == NX_OK && w->failure == NX_OK;
    return st;
}

// Everything read is in the index and in the manifest.
static nx_status checkpoint(nx_update *u, nx_error *err)
{
    nx_status st = nx_intake_checkpoint(u->intake, err);
    size_t count = 0;
    const char **paths = calloc(u->work_count + 1, sizeof *paths);
    if (paths == NULL) {
        return nx_fail_nomem(err);
    }
    for (size_t i = 0; i < u->work_count; i++) {
        const nx_work *w = &u->works[i];
        if (w->done && !w->recorded && w->failure == NX_OK && w->from == 0 && w->known != NULL &&
            w->file->source->remove_vanished) {
            paths[count++] = w->file->path;
        }
    }
    if (st == NX_OK && count > 0) {
        st = nx_update_drop(u, paths, count, err);
        st = st == NX_OK ? nx_intake_checkpoint(u->intake, err) : st;
    }
    free(paths);
    return st == NX_OK ? nx_update_record(u, err) : st;
}

// Bytes of memory the process has, 0 when that cannot be told.
static uint64_t resident_bytes(void)
{
    FILE *f = fopen("/proc/self/statm", "re");
    char line[128] = "";
    if (f == NULL) {
        return 0;
    }
    size_t n = fread(line, 1, sizeof line - 1, f);
    (void)fclose(f);
    uint64_t pages = 0;
    size_t i = 0;
    while (i < n && line[i] != ' ') {
        i++;
    }
    for (i++; i < n && nx_is_digit(line[i]); i++) {
        pages = pages * 10 + (uint64_t)(line[i] - '0');
    }
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static bool over_memory(const nx_update *u)
{
    return u->options->memory_bytes != 0 && resident_bytes() > u->options->memory_bytes;
}

nx_status nx_update_read(nx_update *u, nx_error *err)
{
    nx_status st = NX_OK;
    uint64_t bytes = 0;
    for (size_t i = 0; st == NX_OK && i < u->work_count; i++) {
        if (nx_stop_wanted()) {
            st = nx_fail(err, NX_ESTOP, "stopped");
            break;
        }
        st = read_work(u, &u->works[i], err);
        bytes += u->works[i].file->size - u->works[i].from;
        bool full = over_memory(u);
        if (st == NX_OK && (bytes >= checkpoint_bytes || full)) {
            bytes = 0;
            st = checkpoint(u, err);
        }
        if (st == NX_OK && full && over_memory(u)) {
            u->report->ended_early = true;
            break;
        }
    }
    if (st == NX_ESTOP) {
        u->report->ended_early = true;
        st = NX_OK;
    }
    // What was read so far is kept, but by a rebuild, which is all or nothing.
    const bool kept = !u->report->ended_early || !u->options->rebuild;
    return st == NX_OK && kept ? checkpoint(u, err) : st;
}
