// tables.c: whether a segment still has the table files that it counts on.
//
// libxapian takes a table of positions, document data or terms whose file is gone for one that was
// never needed: phrases stop matching, articles lose their text, and nothing fails. The version
// file knows better. Format: iamglass of Xapian 1.4, a 32-byte head, the revision, then for each
// table its root block, its flags, four more numbers' worth of facts and its free list.
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "store/parts.h"

#define MAGIC "\x0f\x0dXapian Glass"

enum {
    HEAD_BYTES = 14 + 2 + 16, // magic, date code, UUID
    FILE_MAX = 4096,
    NO_FILE = 1,       // flag of a table that was never needed
    PLAIN_NUMBERS = 3, // entries, block size, compression, between the flags and the free list
};

static const char *const tables[] = {"postlist.glass", "docdata.glass",  "termlist.glass",
                                     "position.glass", "spelling.glass", "synonym.glass"};

// A number in 7-bit groups, the lowest first; false at the end or when it does not fit.
static bool read_number(nx_str *from, uint64_t *value)
{
    *value = 0;
    for (unsigned shift = 0; from->n > 0 && shift < 63; shift += 7) {
        const unsigned char byte = (unsigned char)*from->p;
        from->p++;
        from->n--;
        *value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            return true;
        }
    }
    return false;
}

static bool read_table(nx_str *from, bool *has_file)
{
    uint64_t root = 0, flags = 0, number = 0;
    if (!read_number(from, &root) || !read_number(from, &flags)) {
        return false;
    }
    for (int i = 0; i < PLAIN_NUMBERS; i++) {
        if (!read_number(from, &number)) {
            return false;
        }
    }
    if (!read_number(from, &number) || number > from->n) { // the free list
        return false;
    }
    from->p += number;
    from->n -= (size_t)number;
    *has_file = (flags & NO_FILE) == 0;
    return true;
}

static nx_status check_file(const char *segment, const char *table, nx_error *err)
{
    struct stat info;
    char *path = nx_path_join(segment, table);
    if (path == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status st = NX_OK;
    if (stat(path, &info) != 0) {
        st = errno == ENOENT ? nx_fail(err, NX_ECORRUPT, "its file %s is missing", table)
                             : nx_fail_errno(err, errno, "%s", path);
    } else if (access(path, R_OK) != 0) {
        st = nx_fail_errno(err, errno, "%s", path);
    }
    free(path);
    return st;
}

nx_status nx_segment_check_tables(const char *segment, nx_error *err)
{
    char *path = nx_path_join(segment, "iamglass");
    if (path == NULL) {
        return nx_fail_nomem(err);
    }
    nx_buf bytes;
    nx_buf_init(&bytes, FILE_MAX);
    nx_status st = nx_read_file(path, &bytes, err);
    struct stat info;
    if (st == NX_ENOINPUT && stat(segment, &info) == 0 && !S_ISDIR(info.st_mode)) {
        st = nx_fail(err, NX_ECORRUPT, "not a directory"); // libxapian takes a file for a stub
    } else if (st == NX_ENOINPUT) {
        st = NX_OK; // of another kind, or gone: whoever opens it will see
    } else if (st == NX_OK && bytes.len > HEAD_BYTES &&
               nx_str_starts(nx_buf_str(&bytes), NX_STR(MAGIC))) {
        nx_str rest = nx_str_make(bytes.data + HEAD_BYTES, bytes.len - HEAD_BYTES);
        uint64_t revision = 0;
        bool has_file = false, readable = read_number(&rest, &revision);
        for (size_t i = 0; st == NX_OK && readable && i < NX_COUNT(tables); i++) {
            readable = read_table(&rest, &has_file);
            if (readable && has_file) {
                st = check_file(segment, tables[i], err);
            }
        }
    }
    nx_buf_release(&bytes);
    free(path);
    return st;
}
