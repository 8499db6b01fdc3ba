// segment.c: one segment: opening, what it says about itself, its files.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "base/num.h"
#include "store/parts.h"

enum { META_MAX = 1 << 16 };

static char *segment_path(const char *dir, uint32_t number)
{
    char name[NX_SEGMENT_NAME];
    return nx_path_join(dir, nx_segment_name(name, number));
}

char *nx_format_text(char out[16])
{
    (void)snprintf(out, 16, "%d", NX_INDEX_FORMAT);
    return out;
}

nx_status nx_segment_open(nx_xdb **out, const char *dir, uint32_t number, nx_error *err)
{
    *out = NULL;
    char *path = segment_path(dir, number);
    if (path == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status st = nx_segment_check_tables(path, err);
    if (st != NX_OK) {
        st = nx_wrap(err, "%s: ", path);
        free(path);
        return st;
    }
    st = nx_xdb_open(out, path, 0, err);
    if (st == NX_ENOINPUT || st == NX_EFORMAT) {
        nx_error cause = err != NULL ? *err : (nx_error)NX_ERROR_INIT;
        st = nx_fail(err, NX_ECORRUPT, "%s: the segment cannot be opened: %s", path, cause.msg);
    } else if (st != NX_OK) {
        st = nx_wrap(err, "%s: ", path);
    }
    free(path);
    return st;
}

nx_status nx_segment_check_format(const nx_xdb *db, const char *dir, const char *name,
                                  nx_buf *analysis, nx_error *err)
{
    nx_buf format;
    nx_buf_init(&format, META_MAX);
    nx_status st = nx_xdb_metadata(db, NX_STR(NX_META_FORMAT), &format, err);
    uint64_t number = 0;
    if (st != NX_OK) {
        st = nx_wrap(err, "%s/%s: ", dir, name);
    } else if (!nx_parse_u64(nx_buf_str(&format), &number)) {
        st = nx_fail(err, NX_EFORMAT, "%s/%s: not made by newsindex: it has no format number", dir,
                     name);
    } else if (number > NX_INDEX_FORMAT) {
        st = nx_fail(err, NX_EVERSION,
                     "%s: index format %" PRIu64 " is newer than this program, which knows %d; "
                     "use a newer newsdex",
                     dir, number, NX_INDEX_FORMAT);
    } else if (number < NX_INDEX_FORMAT) {
        st = nx_fail(err, NX_EVERSION,
                     "%s: index format %" PRIu64 " is older than this program's %d; "
                     "run newsindex rebuild",
                     dir, number, NX_INDEX_FORMAT);
    } else if (analysis != NULL) {
        st = nx_xdb_metadata(db, NX_STR(NX_META_ANALYSIS), analysis, err);
    }
    nx_buf_release(&format);
    return st;
}

nx_status nx_segment_find(const nx_xdb *db, nx_str unique_term, nx_found *found, nx_error *err)
{
    found->exists = false;
    nx_xposts *posts = NULL;
    nx_xdoc *doc = NULL;
    nx_buf content;
    nx_buf_init(&content, META_MAX);
    bool more = false;
    nx_status st = nx_xdb_postings(&posts, db, unique_term, err);
    if (st == NX_OK) {
        st = nx_xposts_next(posts, &more, err);
    }
    if (st != NX_OK || !more) {
        goto done;
    }
    uint32_t docid = nx_xposts_docid(posts);
    st = nx_xdb_doc(&doc, db, docid, err);
    if (st == NX_OK) {
        st = nx_xdoc_value(doc, NX_SLOT_CONTENT, &content, err);
    }
    if (st == NX_OK) {
        found->exists = true;
        found->docid = docid;
        memset(found->content, 0, sizeof found->content);
        if (content.len == sizeof found->content) {
            memcpy(found->content, content.data, content.len);
        }
    }
done:
    nx_buf_release(&content);
    nx_xdoc_free(doc);
    nx_xposts_free(posts);
    return st;
}

// ---- files --------------------------------------------------------------------------------------

typedef nx_status file_fn(void *ctx, int dir, const char *name, const char *path, nx_error *err);

static nx_status each_file(const char *dir, uint32_t number, file_fn *each, void *ctx,
                           nx_error *err)
{
    char *path = segment_path(dir, number);
    if (path == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status st = NX_OK;
    DIR *entries = opendir(path);
    if (entries == NULL) {
        st = nx_fail_errno(err, errno, "%s", path);
    } else {
        for (struct dirent *e; st == NX_OK && (e = readdir(entries)) != NULL;) {
            if (e->d_name[0] != '.') {
                st = each(ctx, dirfd(entries), e->d_name, path, err);
            }
        }
        (void)closedir(entries);
    }
    free(path);
    return st;
}

static nx_status add_size(void *ctx, int dir, const char *name, const char *path, nx_error *err)
{
    uint64_t *total = ctx;
    struct stat info;
    if (fstatat(dir, name, &info, AT_SYMLINK_NOFOLLOW) != 0) {
        // A writer replaces files while they are counted.
        return errno == ENOENT ? NX_OK : nx_fail_errno(err, errno, "%s/%s", path, name);
    }
    *total += (uint64_t)info.st_size;
    return NX_OK;
}

nx_status nx_segment_bytes(const char *dir, uint32_t number, uint64_t *out, nx_error *err)
{
    *out = 0;
    return each_file(dir, number, add_size, out, err);
}

static nx_status sync_file(void *ctx, int dir, const char *name, const char *path, nx_error *err)
{
    (void)ctx;
    int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return nx_fail_errno(err, errno, "%s/%s", path, name);
    }
    nx_status st = NX_OK;
    if (fsync(fd) != 0) {
        st = nx_fail_errno(err, errno, "%s/%s", path, name);
    }
    (void)close(fd);
    return st;
}

nx_status nx_segment_sync_dir(const char *dir, uint32_t number, nx_error *err)
{
    char *path = segment_path(dir, number);
    nx_status st = path != NULL ? nx_sync_dir(path, err) : nx_fail_nomem(err);
    free(path);
    return st;
}

nx_status nx_segment_sync(const char *dir, uint32_t number, nx_error *err)
{
    nx_status st = each_file(dir, number, sync_file, NULL, err);
    return st == NX_OK ? nx_segment_sync_dir(dir, number, err) : st;
}

nx_status nx_segment_remove(const char *dir, uint32_t number, nx_error *err)
{
    char *path = segment_path(dir, number);
    nx_status st = path != NULL ? nx_remove_tree(path, err) : nx_fail_nomem(err);
    free(path);
    return st;
}
