// scan.c: see scan.h.
#define _GNU_SOURCE
#include "indexer/scan.h"

#include <errno.h>
#include <fnmatch.h>
#include <fts.h>
#include <glob.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "indexer/command.h"

static const size_t arena_bytes = (size_t)4 << 30;

static int64_t mtime_ns(const struct stat *info)
{
    int64_t ns;
    if (__builtin_mul_overflow((int64_t)info->st_mtim.tv_sec, 1000000000, &ns) ||
        __builtin_add_overflow(ns, info->st_mtim.tv_nsec, &ns)) {
        return 0;
    }
    return ns;
}

static bool is_index(const char *dir)
{
    char *stub = nx_path_join(dir, "XAPIANDB");
    bool there = stub != NULL && access(stub, F_OK) == 0;
    free(stub);
    return there;
}

static bool matches_any(const nx_conf_list *patterns, const char *path)
{
    for (size_t i = 0; i < patterns->count; i++) {
        const char *pattern = patterns->items[i].p;
        const char *subject = strchr(pattern, '/') != NULL ? path : nx_path_base(path);
        if (fnmatch(pattern, subject, 0) == 0) {
            return true;
        }
    }
    return false;
}

static void incomplete(nx_scan_source *s, bool root, int number, const char *path)
{
    s->gone = s->gone || root;
    if (!s->incomplete) {
        s->incomplete = true;
        (void)nx_fail_errno(&s->why, number, "%s", path);
    }
}

static nx_status add_file(nx_scan *s, nx_scan_source *of, const char *path, const struct stat *info,
                          nx_error *err)
{
    const nx_conf_source *source = of->source;
    if ((source->include.count > 0 && !matches_any(&source->include, path)) ||
        matches_any(&source->exclude, path)) {
        return NX_OK;
    }
    if (s->count == s->cap) {
        size_t cap = s->cap == 0 ? 1024 : s->cap * 2;
        nx_scan_file *files = realloc(s->files, cap * sizeof *files);
        if (files == NULL) {
            return nx_fail_nomem(err);
        }
        s->files = files;
        s->cap = cap;
    }
    nx_str copy = nx_arena_copy(s->arena, nx_str_of(path));
    if (copy.p == NULL) {
        return nx_arena_check(s->arena, "the list of files", err);
    }
    s->files[s->count++] = (nx_scan_file){.path = copy.p,
                                          .source = source,
                                          .size = (uint64_t)info->st_size,
                                          .mtime_ns = mtime_ns(info)};
    of->files++;
    return NX_OK;
}

static bool is_left_out(const nx_scan_source *of, const FTSENT *e)
{
    return e->fts_level != FTS_ROOTLEVEL &&
           (e->fts_name[0] == '.' || matches_any(&of->source->exclude, e->fts_path));
}

// One entry of a walk. Hidden names and indexes are left out, as by `newsindex add`.
static nx_status visit(nx_scan *s, nx_scan_source *of, FTS *tree, FTSENT *e, nx_error *err)
{
    struct stat info;
    bool root = e->fts_level == FTS_ROOTLEVEL;
    switch (e->fts_info) {
    case FTS_D:
        if (is_left_out(of, e) || is_index(e->fts_accpath)) {
            (void)fts_set(tree, e, FTS_SKIP);
        }
        return NX_OK;
    case FTS_F:
        return !root && e->fts_name[0] == '.' ? NX_OK
                                              : add_file(s, of, e->fts_path, e->fts_statp, err);
    case FTS_SL: // to a file; links to directories may lead back here
        return e->fts_name[0] != '.' && stat(e->fts_accpath, &info) == 0 && S_ISREG(info.st_mode)
                   ? add_file(s, of, e->fts_path, &info, err)
                   : NX_OK;
    case FTS_DNR:
    case FTS_ERR:
    case FTS_NS: incomplete(of, root, e->fts_errno, e->fts_path); return NX_OK;
    default: return NX_OK;
    }
}

static nx_status walk(nx_scan *s, nx_scan_source *of, const char *path, nx_error *err)
{
    char *real = realpath(path, NULL);
    if (real == NULL) {
        incomplete(of, true, errno, path);
        return NX_OK;
    }
    nx_status st = NX_OK;
    char *roots[] = {real, NULL};
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    if (tree == NULL) {
        st = nx_fail_errno(err, errno, "%s", path);
        goto done;
    }
    errno = 0;
    for (FTSENT *e; st == NX_OK && (e = fts_read(tree)) != NULL; errno = 0) {
        st = nx_stop_wanted() ? nx_fail(err, NX_ESTOP, "stopped") : visit(s, of, tree, e, err);
    }
    if (st == NX_OK && errno != 0) {
        incomplete(of, true, errno, path);
    }
    (void)fts_close(tree);
done:
    free(real);
    return st;
}

static nx_status scan_path(nx_scan *s, nx_scan_source *of, const char *path, nx_error *err)
{
    if (strpbrk(path, "*?[") == NULL) {
        return walk(s, of, path, err);
    }
    glob_t found;
    nx_status st = NX_OK;
    int failed = glob(path, GLOB_NOSORT, NULL, &found);
    if (failed == GLOB_NOSPACE) {
        return nx_fail_nomem(err);
    }
    if (failed == GLOB_ABORTED) {
        incomplete(of, true, errno != 0 ? errno : EIO, path);
    }
    for (size_t i = 0; failed == 0 && st == NX_OK && i < found.gl_pathc; i++) {
        st = walk(s, of, found.gl_pathv[i], err);
    }
    globfree(&found);
    return st;
}

// By path; of one path, the source that comes first in the configuration.
static int by_path(const void *a, const void *b)
{
    const nx_scan_file *left = a, *right = b;
    int order = strcmp(left->path, right->path);
    return order != 0 ? order : (left->source > right->source) - (left->source < right->source);
}

static void sort_unique(nx_scan *s)
{
    size_t kept = 0;
    if (s->count > 1) {
        qsort(s->files, s->count, sizeof *s->files, by_path);
    }
    for (size_t i = 0; i < s->count; i++) {
        if (kept == 0 || strcmp(s->files[kept - 1].path, s->files[i].path) != 0) {
            s->files[kept++] = s->files[i];
        }
    }
    s->count = kept;
}

nx_status nx_scan_run(nx_scan **out, const nx_conf *conf, size_t index, nx_error *err)
{
    *out = NULL;
    nx_scan *s = calloc(1, sizeof *s);
    if (s == NULL || (s->arena = nx_arena_new(arena_bytes)) == NULL) {
        nx_scan_free(s);
        return nx_fail_nomem(err);
    }
    nx_status st = NX_OK;
    for (size_t i = 0; st == NX_OK && i < conf->source_count; i++) {
        const nx_conf_source *source = &conf->sources[i];
        if (source->index != index) {
            continue;
        }
        nx_scan_source *of = &s->sources[s->source_count++];
        *of = (nx_scan_source){.source = source};
        for (size_t j = 0; st == NX_OK && j < source->paths.count; j++) {
            st = scan_path(s, of, source->paths.items[j].p, err);
        }
    }
    if (st != NX_OK) {
        nx_scan_free(s);
        return st;
    }
    sort_unique(s);
    *out = s;
    return NX_OK;
}

void nx_scan_free(nx_scan *s)
{
    if (s != NULL) {
        nx_arena_free(s->arena);
        free(s->files);
        free(s);
    }
}

const nx_scan_file *nx_scan_find(const nx_scan *s, nx_str path)
{
    size_t low = 0, high = s->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = nx_str_cmp(nx_str_of(s->files[middle].path), path);
        if (order == 0) {
            return &s->files[middle];
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return NULL;
}

uint64_t nx_scan_total_bytes(char **paths)
{
    enum { ENOUGH = 1000000 };
    uint64_t bytes = 0, entries = 0;
    FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    for (FTSENT *e; tree != NULL && entries < ENOUGH && (e = fts_read(tree)) != NULL; entries++) {
        if (e->fts_info == FTS_F) {
            bytes += (uint64_t)e->fts_statp->st_size;
        }
    }
    if (tree != NULL) {
        (void)fts_close(tree);
    }
    return entries < ENOUGH ? bytes : 0;
}
