// source.c: see source.h. The look-ahead window, the budget, descriptors and memory.
#include "corpus/source.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { STEP = 256 << 10 }; // bytes asked of a source at once

void nx_budget_init(nx_budget *b, const nx_limits *limits)
{
    *b = (nx_budget){.inflated_max = limits->inflated_bytes,
                     .slack = limits->record_bytes,
                     .ratio = limits->inflation_ratio};
}

void *nx_source_new(size_t size, const nx_source_ops *ops, const char *name, nx_budget *budget)
{
    nx_source *s = calloc(1, size);
    if (s != NULL) {
        s->ops = ops;
        s->name = name;
        s->budget = budget;
        nx_buf_init(&s->ahead, SIZE_MAX / 2); // callers bound what they ask for
    }
    return s;
}

void nx_source_close(nx_source *s)
{
    if (s != NULL) {
        nx_buf_release(&s->ahead);
        s->ops->close(s);
    }
}

nx_status nx_source_charge(nx_source *s, size_t n, nx_error *err)
{
    nx_budget *b = s->budget;
    b->inflated += n;
    if (b->inflated > b->inflated_max) {
        s->reason = "inflates too much";
        return nx_fail(err, NX_ELIMIT, "inflates to more than %llu bytes",
                       (unsigned long long)b->inflated_max);
    }
    if (b->inflated > b->slack && b->inflated / b->ratio > b->packed) {
        s->reason = "inflates too much";
        return nx_fail(err, NX_ELIMIT, "inflates to more than %u times its size", b->ratio);
    }
    return NX_OK;
}

nx_status nx_source_bad(nx_source *s, const char *reason, const char *detail, nx_error *err)
{
    s->reason = reason;
    return detail != NULL ? nx_fail(err, NX_EFORMAT, "%s: %s", reason, detail)
                          : nx_fail(err, NX_EFORMAT, "%s", reason);
}

nx_status nx_source_pass(nx_source *s, const nx_source *inner, nx_status st)
{
    s->reason = inner->reason;
    return st;
}

nx_status nx_source_fill(nx_source *s, size_t want, nx_error *err)
{
    while (s->ahead.len - s->at < want && !s->ended) {
        if (s->deferred != NX_OK) {
            *err = s->failure;
            nx_status failed = s->deferred;
            s->deferred = NX_OK;
            return failed;
        }
        size_t have = s->ahead.len - s->at;
        if (s->at > 0) {
            memmove(s->ahead.data, s->ahead.data + s->at, have);
            s->at = 0;
            nx_buf_truncate(&s->ahead, have);
        }
        // Wants are ceilings more often than needs: ask for as much again as there is.
        size_t step = have > STEP ? have : STEP, got = 0;
        step = step > want - have && want - have > STEP ? want - have : step;
        char *to = nx_buf_reserve(&s->ahead, step);
        if (to == NULL) {
            s->reason = "out of memory";
            return nx_buf_check(&s->ahead, s->name, err);
        }
        nx_status st = s->ops->read(s, to, step, &got, err);
        if (st != NX_OK) {
            return st;
        }
        s->ended = got == 0;
        s->ahead.len += got;
        s->ahead.data[s->ahead.len] = '\0';
    }
    return NX_OK;
}

nx_status nx_source_peek(nx_source *s, size_t want, nx_error *err)
{
    nx_status st = nx_source_fill(s, want, err);
    if (st == NX_OK || st == NX_ENOMEM || s->ahead.len == s->at) {
        return st;
    }
    s->deferred = st;
    s->failure = *err;
    return NX_OK;
}

nx_status nx_source_seek(nx_source *s, uint64_t to, nx_error *err)
{
    nx_buf_clear(&s->ahead);
    s->at = 0;
    s->ended = false;
    s->pos = to;
    return s->ops->seek(s, to, err);
}

void nx_source_take(nx_source *s, size_t n)
{
    s->at += n;
    s->pos += n;
}

nx_status nx_source_discard(nx_source *s, uint64_t n, uint64_t *left, nx_error *err)
{
    nx_status st = NX_OK;
    while (n > 0 && st == NX_OK) {
        size_t have = nx_source_view(s).n;
        if (have == 0) {
            st = nx_source_fill(s, 1, err);
            have = nx_source_view(s).n;
            if (have == 0) {
                break;
            }
        }
        size_t now = n < have ? (size_t)n : have;
        nx_source_take(s, now);
        n -= now;
    }
    *left = n;
    return st;
}

// ---- a descriptor

typedef struct fd_source {
    nx_source base;
    int fd;
    bool owned;
} fd_source;

static nx_status fd_read(nx_source *s, void *p, size_t n, size_t *got, nx_error *err)
{
    fd_source *f = (fd_source *)s;
    ssize_t r = read(f->fd, p, n);
    if (r < 0 && errno == EINTR) { // by a signal that asks to stop: others restart the call
        return nx_fail(err, NX_ESTOP, "stopped");
    }
    if (r < 0) {
        s->reason = "cannot be read";
        return nx_fail_errno(err, errno, "cannot be read");
    }
    *got = (size_t)r;
    s->budget->packed += *got;
    return NX_OK;
}

static nx_status fd_seek(nx_source *s, uint64_t to, nx_error *err)
{
    if (to > INT64_MAX || lseek(((fd_source *)s)->fd, (off_t)to, SEEK_SET) < 0) {
        s->reason = "cannot be read";
        return nx_fail_errno(err, errno, "cannot seek");
    }
    return NX_OK;
}

static void fd_close(nx_source *s)
{
    fd_source *f = (fd_source *)s;
    if (f->owned) {
        (void)close(f->fd);
    }
    free(f);
}

nx_source *nx_source_fd(int fd, bool owned, const char *name, nx_budget *budget)
{
    static const nx_source_ops seekable = {fd_read, fd_seek, fd_close};
    static const nx_source_ops stream = {fd_read, NULL, fd_close};
    off_t at = lseek(fd, 0, SEEK_CUR), end = at >= 0 ? lseek(fd, 0, SEEK_END) : -1;
    bool can_seek = at >= 0 && end >= 0 && lseek(fd, at, SEEK_SET) == at;
    fd_source *f = nx_source_new(sizeof *f, can_seek ? &seekable : &stream, name, budget);
    if (f == NULL) {
        return NULL;
    }
    f->fd = fd;
    f->owned = owned;
    f->base.size = can_seek ? (uint64_t)end : 0;
    f->base.pos = can_seek ? (uint64_t)at : 0;
    return &f->base;
}

// ---- memory

typedef struct bytes_source {
    nx_source base;
    nx_str all, rest;
} bytes_source;

static nx_status bytes_read(nx_source *s, void *p, size_t n, size_t *got, nx_error *err)
{
    (void)err;
    bytes_source *b = (bytes_source *)s;
    *got = n < b->rest.n ? n : b->rest.n;
    if (*got > 0) {
        memcpy(p, b->rest.p, *got);
        b->rest.p += *got;
        b->rest.n -= *got;
    }
    s->budget->packed += *got;
    return NX_OK;
}

static nx_status bytes_seek(nx_source *s, uint64_t to, nx_error *err)
{
    bytes_source *b = (bytes_source *)s;
    if (to > b->all.n) {
        s->reason = "cannot be read";
        return nx_fail(err, NX_EIO, "cannot seek");
    }
    b->rest = nx_str_make(b->all.p + to, b->all.n - (size_t)to);
    return NX_OK;
}

static void bytes_close(nx_source *s)
{
    free(s);
}

nx_source *nx_source_bytes(nx_str bytes, const char *name, nx_budget *budget)
{
    static const nx_source_ops ops = {bytes_read, bytes_seek, bytes_close};
    bytes_source *b = nx_source_new(sizeof *b, &ops, name, budget);
    if (b != NULL) {
        b->all = b->rest = bytes;
        b->base.size = bytes.n;
    }
    return b != NULL ? &b->base : NULL;
}
