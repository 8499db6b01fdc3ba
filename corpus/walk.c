// walk.c: paths to files. nx_corpus_read and nx_corpus_read_fd.
//
// Directories are read whole and walked in byte order of names, so that a run does not depend on
// the file system. Everything that is not a readable regular file becomes a skip with its reason.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "corpus/reader.h"
#include "corpus/reading.h"

enum { DEPTH_MAX = 256 }; // directories inside directories

typedef struct walk {
    const nx_corpus_options *options;
    const nx_reader_sink *sink;
} walk;

static nx_status skip_path(const walk *w, const char *path, nx_status code, const char *reason,
                           const char *text, nx_error *err)
{
    nx_skip skip = {.file = nx_str_of(path), .code = code, .reason = reason};
    return nx_skip_say(skip, text, w->sink->ctx, w->sink->skip, err);
}

static nx_status skip_errno(const walk *w, const char *path, int number, nx_error *err)
{
    nx_error why = NX_ERROR_INIT;
    (void)nx_fail_errno(&why, number, "cannot be opened");
    const char *reason = number == ELOOP    ? "symbolic link loop"
                         : number == EACCES ? "no permission"
                         : number == ENOENT ? "broken symbolic link"
                                            : "cannot be opened";
    return skip_path(w, path, NX_EIO, reason, why.msg, err);
}

// Reads fd (closed here when owned) as the file named path.
static nx_status read_open(const walk *w, int fd, bool owned, const char *path, int64_t mtime,
                           nx_error *err)
{
    nx_reading reading = {
        .options = w->options, .sink = w->sink, .file = nx_str_of(path), .mtime = mtime};
    nx_budget_init(&reading.budget, &w->options->limits);
    nx_source *s = nx_source_fd(fd, owned, path, &reading.budget);
    if (s == NULL) {
        if (owned) {
            (void)close(fd);
        }
        return nx_fail_nomem(err);
    }
    nx_stream stream = {.reading = &reading, .source = s, .name = nx_str_of(nx_path_base(path))};
    nx_status st = nx_stream_read(&stream, err);
    nx_source_close(s);
    return st;
}

// A file that stat() calls regular. It may be something else by the time it is open.
static nx_status read_file(const walk *w, const char *path, bool top, nx_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        int number = errno;
        return top ? nx_fail_errno(err, number, "%s", path) : skip_errno(w, path, number, err);
    }
    struct stat info;
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        (void)close(fd);
        return skip_path(w, path, NX_EFORMAT, "not a regular file",
                         "a pipe or device; redirect it to \"-\" to read it", err);
    }
    int64_t mtime_ns;
    if (__builtin_mul_overflow((int64_t)info.st_mtim.tv_sec, 1000000000, &mtime_ns) ||
        __builtin_add_overflow(mtime_ns, info.st_mtim.tv_nsec, &mtime_ns)) {
        mtime_ns = 0;
    }
    if (w->sink->want_file != NULL &&
        !w->sink->want_file(w->sink->ctx, path, (uint64_t)info.st_size, mtime_ns)) {
        (void)close(fd);
        return NX_OK;
    }
    nx_status st = read_open(w, fd, true, path, (int64_t)info.st_mtim.tv_sec, err);
    if (st == NX_OK && w->sink->file_done != NULL) {
        st = w->sink->file_done(w->sink->ctx, path, err);
    }
    return st;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

typedef struct names {
    char **items;
    size_t count, cap;
} names;

static void free_names(names *n)
{
    for (size_t i = 0; i < n->count; i++) {
        free(n->items[i]);
    }
    free(n->items);
}

static bool add_name(names *n, const char *name)
{
    if (n->count == n->cap) {
        size_t cap = n->cap == 0 ? 64 : n->cap * 2;
        char **items = realloc(n->items, cap * sizeof *items);
        if (items == NULL) {
            return false;
        }
        n->items = items;
        n->cap = cap;
    }
    n->items[n->count] = strdup(name);
    return n->items[n->count] != NULL && ++n->count > 0;
}

// Names in dir without hidden ones, sorted; *is_index: it holds an index of ours.
static nx_status list(DIR *dir, names *out, bool *is_index, nx_error *err)
{
    *is_index = false;
    for (struct dirent *e; (e = readdir(dir)) != NULL;) {
        *is_index = *is_index || strcmp(e->d_name, "XAPIANDB") == 0;
        if (e->d_name[0] != '.' && !add_name(out, e->d_name)) {
            return nx_fail_nomem(err);
        }
    }
    if (out->count > 1) {
        qsort(out->items, out->count, sizeof *out->items, by_bytes);
    }
    return NX_OK;
}

static nx_status walk_directory(const walk *w, const char *path, unsigned depth, nx_error *err);

static nx_status walk_entry(const walk *w, const char *path, unsigned depth, nx_error *err)
{
    struct stat info;
    if (stat(path, &info) != 0) {
        return skip_errno(w, path, errno, err);
    }
    if (S_ISREG(info.st_mode)) {
        return read_file(w, path, false, err);
    }
    if (!S_ISDIR(info.st_mode)) {
        return skip_path(w, path, NX_EFORMAT, "not a regular file", "a pipe, socket or device",
                         err);
    }
    struct stat self;
    if (lstat(path, &self) == 0 && S_ISLNK(self.st_mode)) {
        return skip_path(w, path, NX_OK, "symbolic link to a directory",
                         "not followed, because it may lead back here", err);
    }
    if (depth >= DEPTH_MAX) {
        return skip_path(w, path, NX_ELIMIT, "directories nested too deep",
                         "directories nested too deep", err);
    }
    return walk_directory(w, path, depth + 1, err);
}

static nx_status walk_directory(const walk *w, const char *path, unsigned depth, nx_error *err)
{
    DIR *dir = opendir(path);
    if (dir == NULL) {
        int number = errno;
        return depth == 0 ? nx_fail_errno(err, number, "%s", path)
                          : skip_errno(w, path, number, err);
    }
    names found = {0};
    bool is_index;
    nx_status st = list(dir, &found, &is_index, err);
    (void)closedir(dir);
    if (st == NX_OK && is_index) {
        st = skip_path(w, path, NX_OK, "an index", "a newsdex index is not input", err);
        goto done;
    }
    for (size_t i = 0; st == NX_OK && i < found.count; i++) {
        char *child = nx_path_join(path, found.items[i]);
        st = child != NULL ? walk_entry(w, child, depth, err) : nx_fail_nomem(err);
        free(child);
    }
done:
    free_names(&found);
    return st;
}

nx_status nx_corpus_read_fd(int fd, const char *name, const nx_corpus_options *options,
                            const nx_reader_sink *sink, nx_error *err)
{
    walk w = {options, sink};
    struct stat info;
    int64_t mtime = 0;
    if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode)) {
        mtime = (int64_t)info.st_mtim.tv_sec;
    } else if (fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
        return nx_fail(err, NX_EFORMAT, "%s: is a directory", name);
    }
    return read_open(&w, fd, false, name, mtime, err);
}

nx_status nx_corpus_read(const char *path, const nx_corpus_options *options,
                         const nx_reader_sink *sink, nx_error *err)
{
    walk w = {options, sink};
    if (strcmp(path, "-") == 0) {
        return nx_corpus_read_fd(STDIN_FILENO, "-", options, sink, err);
    }
    struct stat info;
    if (stat(path, &info) != 0) {
        return nx_fail_errno(err, errno, "%s", path);
    }
    if (S_ISDIR(info.st_mode)) {
        return walk_directory(&w, path, 0, err);
    }
    if (!S_ISREG(info.st_mode)) {
        return skip_path(&w, path, NX_EFORMAT, "not a regular file",
                         "a pipe or device; redirect it to \"-\" to read it", err);
    }
    return read_file(&w, path, true, err);
}
