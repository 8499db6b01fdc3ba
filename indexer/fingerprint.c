// fingerprint.c: see fingerprint.h.
#include "indexer/fingerprint.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "text/analysis.h"

enum { EDGE_BYTES = 4096, BLOCK_BYTES = 1 << 16, WHOLE_MAX = 256 << 20 };

nx_format nx_growing_format(const char *path, nx_format configured)
{
    static const struct {
        const char *suffix;
        nx_format format;
    } rows[] = {{".jsonl", NX_FORMAT_JSONL},
                {".ndjson", NX_FORMAT_JSONL},
                {".jl", NX_FORMAT_JSONL},
                {".mbox", NX_FORMAT_MBOX}};
    static const char *const packed[] = {".gz", ".zst", ".xz", ".bz2", ".zip", NULL};
    for (size_t i = 0; packed[i] != NULL; i++) {
        if (nx_str_ends(nx_str_of(path), nx_str_of(packed[i]))) {
            return NX_FORMAT_AUTO;
        }
    }
    if (configured == NX_FORMAT_JSONL || configured == NX_FORMAT_MBOX) {
        return configured;
    }
    for (size_t i = 0; configured == NX_FORMAT_AUTO && i < NX_COUNT(rows); i++) {
        if (nx_str_ends(nx_str_of(path), nx_str_of(rows[i].suffix))) {
            return rows[i].format;
        }
    }
    return NX_FORMAT_AUTO;
}

// n bytes at offset, or fewer when the file has been cut.
static nx_status read_at(int fd, uint64_t offset, char *to, size_t n, size_t *got, nx_error *err)
{
    *got = 0;
    while (*got < n) {
        ssize_t some = pread(fd, to + *got, n - *got, (off_t)(offset + *got));
        if (some < 0 && errno == EINTR) {
            continue;
        }
        if (some < 0) {
            return nx_fail_errno(err, errno, "reading");
        }
        if (some == 0) {
            break;
        }
        *got += (size_t)some;
    }
    return NX_OK;
}

nx_status nx_fingerprint_whole(int fd, uint64_t size, unsigned char out[16], bool *known,
                               nx_error *err)
{
    *known = size <= WHOLE_MAX;
    if (!*known) {
        return NX_OK;
    }
    size_t got = 0;
    char *bytes = malloc(size > 0 ? (size_t)size : 1);
    if (bytes == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status st = read_at(fd, 0, bytes, (size_t)size, &got, err);
    nx_str part = nx_str_make(bytes, got);
    nx_digest128(&part, 1, out);
    free(bytes);
    return st;
}

nx_status nx_fingerprint_before(int fd, uint64_t offset, unsigned char out[16], nx_error *err)
{
    char head[EDGE_BYTES], end[EDGE_BYTES];
    size_t n = offset < EDGE_BYTES ? (size_t)offset : EDGE_BYTES, head_got = 0, end_got = 0;
    nx_status st = read_at(fd, 0, head, n, &head_got, err);
    if (st == NX_OK) {
        st = read_at(fd, offset - n, end, n, &end_got, err);
    }
    const nx_str parts[] = {nx_str_make(head, head_got), nx_str_make(end, end_got)};
    nx_digest128(parts, 2, out);
    return st;
}

nx_status nx_resume_offset(int fd, nx_format format, uint64_t size, uint64_t *out, nx_error *err)
{
    static const char from_line[] = "\nFrom ";
    nx_str mark = format == NX_FORMAT_MBOX ? nx_str_make(from_line, sizeof from_line - 1)
                                           : nx_str_make(from_line, 1);
    char block[BLOCK_BYTES];
    *out = 0;
    // From the end towards the beginning; blocks overlap so that no mark is cut in two.
    for (uint64_t end = size; end >= mark.n;) {
        uint64_t start = end > BLOCK_BYTES ? end - BLOCK_BYTES : 0;
        size_t got = 0;
        nx_status st = read_at(fd, start, block, (size_t)(end - start), &got, err);
        if (st != NX_OK) {
            return st;
        }
        for (size_t i = got; i >= mark.n; i--) {
            if (memcmp(block + i - mark.n, mark.p, mark.n) == 0) {
                *out = start + i - mark.n + 1;
                return NX_OK;
            }
        }
        if (start == 0) {
            break;
        }
        end = start + mark.n - 1;
    }
    return NX_OK;
}
