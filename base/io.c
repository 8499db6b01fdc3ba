// io.c: see io.h.
#define _GNU_SOURCE
#include "base/io.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

nx_status nx_read_file(const char *path, nx_buf *b, nx_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        return nx_fail_errno(err, errno, "%s", path);
    }
    nx_status st = NX_OK;
    struct stat info;
    if (fstat(fd, &info) != 0) {
        st = nx_fail_errno(err, errno, "%s", path);
    } else if (!S_ISREG(info.st_mode)) {
        st = nx_fail(err, NX_EFORMAT, "%s: not a regular file", path);
    }
    while (st == NX_OK) {
        enum { STEP = 64 << 10 };
        char probe[1]; // tells a file of exactly max bytes from a larger one
        size_t left = b->max - b->len, want = left < STEP ? left : STEP;
        char *to = nx_buf_reserve(b, want);
        if (to == NULL) {
            st = nx_buf_check(b, path, err);
            break;
        }
        ssize_t got = left == 0 ? read(fd, probe, 1) : read(fd, to, want);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            st = nx_fail_errno(err, errno, "%s", path);
        } else if (got == 0) {
            break;
        } else if (left == 0) {
            st = nx_fail(err, NX_ELIMIT, "%s is larger than %zu bytes", path, b->max);
        } else {
            b->len += (size_t)got;
            b->data[b->len] = '\0';
        }
    }
    (void)close(fd);
    return st;
}

nx_status nx_write_all(int fd, const void *p, size_t n, const char *name, nx_error *err)
{
    const char *from = p;
    while (n > 0) {
        ssize_t put = write(fd, from, n);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put < 0) {
            return nx_fail_errno(err, errno, "%s", name);
        }
        from += put;
        n -= (size_t)put;
    }
    return NX_OK;
}

nx_status nx_sync_dir(const char *path, nx_error *err)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return nx_fail_errno(err, errno, "%s", path);
    }
    nx_status st = NX_OK;
    if (fsync(fd) != 0 && errno != EINVAL) { // some file systems cannot sync directories
        st = nx_fail_errno(err, errno, "%s", path);
    }
    (void)close(fd);
    return st;
}

nx_status nx_write_file_atomic(const char *path, nx_str bytes, nx_error *err)
{
    char *temp = NULL;
    if (asprintf(&temp, "%s.tmp%ld", path, (long)getpid()) < 0) {
        return nx_fail_nomem(err);
    }
    nx_status st = NX_OK;
    int fd = open(temp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) {
        st = nx_fail_errno(err, errno, "%s", temp);
        goto done;
    }
    st = nx_write_all(fd, bytes.p, bytes.n, temp, err);
    if (st == NX_OK && fsync(fd) != 0) {
        st = nx_fail_errno(err, errno, "%s", temp);
    }
    if (close(fd) != 0 && st == NX_OK) {
        st = nx_fail_errno(err, errno, "%s", temp);
    }
    if (st == NX_OK && rename(temp, path) != 0) {
        st = nx_fail_errno(err, errno, "%s", path);
    }
    if (st != NX_OK) {
        (void)unlink(temp);
        goto done;
    }
    char *slash = strrchr(temp, '/');
    if (slash != NULL) {
        slash[slash == temp] = '\0';
    }
    st = nx_sync_dir(slash != NULL ? temp : ".", err);
done:
    free(temp);
    return st;
}

void nx_hold_standard_streams(void)
{
    (void)signal(SIGXFSZ, SIG_IGN);
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        // The lowest free number. The wrong direction: to use it fails as if it were closed.
        if (fcntl(fd, F_GETFD) < 0) {
            (void)open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        }
    }
}

nx_status nx_make_dirs(const char *path, nx_error *err)
{
    char *copy = strdup(path);
    if (copy == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status st = NX_OK;
    for (char *p = copy; *p != '\0';) {
        p += strspn(p, "/");
        p += strcspn(p, "/");
        char keep = *p;
        *p = '\0';
        if (*copy != '\0' && mkdir(copy, 0777) != 0 && errno != EEXIST) {
            st = nx_fail_errno(err, errno, "%s cannot be made", copy);
            if (st == NX_ENOINPUT) { // what is missing is nobody's input
                char why[sizeof err->msg];
                (void)snprintf(why, sizeof why, "%s", err != NULL ? err->msg : "");
                st = nx_fail(err, NX_EIO, "%s", why);
            }
            break;
        }
        *p = keep;
    }
    struct stat info;
    if (st == NX_OK && stat(path, &info) != 0) {
        st = nx_fail(err, NX_EIO, "%s: a symbolic link that leads nowhere", path);
    } else if (st == NX_OK && !S_ISDIR(info.st_mode)) {
        st = nx_fail(err, NX_EIO, "%s: not a directory", path);
    }
    free(copy);
    return st;
}

static nx_status remove_at(int dir, const char *name, const char *shown, nx_error *err)
{
    if (unlinkat(dir, name, 0) == 0 || errno == ENOENT) {
        return NX_OK;
    }
    if (errno != EISDIR && errno != EPERM) {
        return nx_fail_errno(err, errno, "%s", shown);
    }
    int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *entries = fd >= 0 ? fdopendir(fd) : NULL;
    if (entries == NULL) {
        nx_status st = nx_fail_errno(err, errno, "%s", shown);
        if (fd >= 0) {
            (void)close(fd);
        }
        return st;
    }
    nx_status st = NX_OK;
    for (struct dirent *e; st == NX_OK && (e = readdir(entries)) != NULL;) {
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0) {
            st = remove_at(dirfd(entries), e->d_name, shown, err);
        }
    }
    (void)closedir(entries);
    if (st == NX_OK && unlinkat(dir, name, AT_REMOVEDIR) != 0 && errno != ENOENT) {
        st = nx_fail_errno(err, errno, "%s", shown);
    }
    return st;
}

nx_status nx_remove_tree(const char *path, nx_error *err)
{
    return remove_at(AT_FDCWD, path, path, err);
}

char *nx_path_join(const char *dir, const char *name)
{
    char *joined = NULL;
    if (name[0] == '/' || dir[0] == '\0') {
        return strdup(name);
    }
    size_t n = strlen(dir);
    if (asprintf(&joined, "%s%s%s", dir, dir[n - 1] == '/' ? "" : "/", name) < 0) {
        return NULL;
    }
    return joined;
}

const char *nx_path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}
