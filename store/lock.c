// lock.c: a lock file of an index: INDEX/lock, held by the one writer, and others.
//
// An open file description lock: it ends with the process whatever happens, belongs to this
// descriptor rather than to the process (two writers in one program exclude each other), and works
// over NFS. What the file says is for people; it is never a lock by itself.
#define _GNU_SOURCE // F_OFD_SETLK
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/io.h"
#include "base/time.h"
#include "store/parts.h"

enum { LOCK_TEXT_MAX = 80, POLL_MS = 100 };

// "locked by pid 123 since 2019-02-22T09:15:00Z"
static nx_status busy(const char *path, int fd, nx_error *err)
{
    char text[LOCK_TEXT_MAX + 1];
    ssize_t n = pread(fd, text, LOCK_TEXT_MAX, 0);
    nx_str line = nx_str_trim(nx_str_make(text, n > 0 ? (size_t)n : 0));
    if (line.n == 0) {
        return nx_fail(err, NX_EBUSY, "%s: locked by another process", path);
    }
    return nx_fail(err, NX_EBUSY, "%s: locked by %.*s", path, (int)line.n, line.p);
}

// The lock holds without it: a full disk keeps nobody from checking or removing.
static void sign(int fd)
{
    char since[24], text[LOCK_TEXT_MAX];
    int n = snprintf(text, sizeof text, "pid %jd since %s\n", (intmax_t)getpid(),
                     nx_format_utc(since, nx_now_utc()));
    if (n > 0 && (size_t)n < sizeof text && ftruncate(fd, 0) == 0) {
        (void)!pwrite(fd, text, (size_t)n, 0);
    }
}

static nx_status acquire(const char *path, int fd, unsigned wait_seconds, nx_error *err)
{
    const uint64_t end = nx_monotonic_ms() + (uint64_t)wait_seconds * 1000;
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    while (fcntl(fd, F_OFD_SETLK, &whole) != 0) {
        if (errno == EINTR) {
            continue;
        }
        if (errno != EAGAIN && errno != EACCES) {
            return nx_fail_errno(err, errno, "%s: cannot lock", path);
        }
        if (nx_monotonic_ms() >= end) {
            return busy(path, fd, err);
        }
        const struct timespec pause = {.tv_nsec = POLL_MS * 1000000L};
        if (nanosleep(&pause, NULL) != 0 && errno == EINTR) {
            return nx_fail(err, NX_ESTOP, "%s: stopped while waiting for the lock", path);
        }
    }
    return NX_OK;
}

nx_status nx_lock_take(nx_lock *l, const char *dir, const char *name, unsigned wait_seconds,
                       nx_error *err)
{
    l->fd = -1;
    char *path = nx_path_join(dir, name);
    if (path == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status st = NX_OK;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0) {
        st = nx_fail_errno(err, errno, "%s", path);
        goto done;
    }
    st = acquire(path, fd, wait_seconds, err);
    if (st == NX_OK) {
        sign(fd);
        l->fd = fd;
    } else {
        (void)close(fd);
    }
done:
    free(path);
    return st;
}

nx_status nx_lock_check(const nx_lock *l, const char *dir, const char *name, nx_error *err)
{
    struct stat held, named;
    char *path = nx_path_join(dir, name);
    if (path == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status st = NX_OK;
    if (fstat(l->fd, &held) != 0 || stat(path, &named) != 0 || held.st_dev != named.st_dev ||
        held.st_ino != named.st_ino) {
        st = nx_fail(err, NX_EBUSY, "%s: removed while it was held; nothing more is written", path);
    }
    free(path);
    return st;
}

// The file stays: removing it would let two writers lock two files of one name.
void nx_lock_drop(nx_lock *l)
{
    if (l->fd >= 0) {
        (void)ftruncate(l->fd, 0);
        (void)close(l->fd);
    }
    l->fd = -1;
}
