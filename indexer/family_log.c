// family_log.c: see family_log.h.
#define _GNU_SOURCE
#include "indexer/family_log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/io.h"
#include "text/analysis.h"

enum {
    MAGIC_BYTES = 8,
    FRAME_HEAD = 12,
    FRAME_BYTES = 512 << 10, // a frame is written when it is so large
    FRAME_MAX = 2 << 20,     // and never larger than this
    PUT_HEAD = 43,           // of 'P', before the bins
    USED_BYTES = NX_SKETCH_BINS / 8,
    USUAL_BYTES = PUT_HEAD + USED_BYTES + 2 * NX_SKETCH_BINS + 256, // of 'P': ids are short
};
static const char magic[MAGIC_BYTES] = "NXFAM\0\0\4";

// ---- numbers

static void put_number(nx_buf *b, uint64_t v, unsigned bytes)
{
    char out[8];
    for (unsigned i = 0; i < bytes; i++) {
        out[i] = (char)(v >> 8 * i);
    }
    nx_buf_add(b, out, bytes);
}

static uint64_t get_number(const char **p, unsigned bytes)
{
    uint64_t v = 0;
    for (unsigned i = 0; i < bytes; i++) {
        v |= (uint64_t)(unsigned char)(*p)[i] << 8 * i;
    }
    *p += bytes;
    return v;
}

// ---- one record

// Short texts leave many bins empty: a bit for each bin tells which ones follow. Returns where they
// end, or NULL when they are damaged.
static const char *parse_bins(const char *p, const char *end, bool wanted, nx_sketch *s)
{
    uint64_t used[USED_BYTES / 8];
    size_t count = 0;
    if (end - p < USED_BYTES) {
        return NULL;
    }
    for (unsigned i = 0; i < USED_BYTES / 8; i++) {
        used[i] = get_number(&p, 8);
        count += (size_t)__builtin_popcountll(used[i]);
    }
    if ((size_t)(end - p) < 2 * count) {
        return NULL;
    }
    if (!wanted) {
        return p + 2 * count;
    }
    memset(s->bins, 0, sizeof s->bins);
    for (unsigned i = 0; i < USED_BYTES / 8; i++) {
        for (; used[i] != 0; used[i] &= used[i] - 1) {
            s->bins[64 * i + (unsigned)__builtin_ctzll(used[i])] = (uint16_t)get_number(&p, 2);
        }
    }
    return p;
}

// An article, p behind its kind; returns where it ends, or NULL when it is damaged.
static const char *parse_put(const char *p, const char *end, bool bins, nx_family_record *out)
{
    if (end - p < PUT_HEAD - 1) {
        return NULL;
    }
    nx_sketch *s = &out->sketch;
    out->key = get_number(&p, 8);
    out->family = get_number(&p, 8);
    s->exact = get_number(&p, 8);
    s->shingles = (uint32_t)get_number(&p, 4);
    s->numbers = get_number(&p, 8);
    s->day = (int32_t)(uint32_t)get_number(&p, 4);
    size_t n = (size_t)get_number(&p, 2);
    if (s->shingles > 0) {
        p = parse_bins(p, end, bins, s);
    } else if (bins) {
        memset(s->bins, 0, sizeof s->bins);
    }
    if (p == NULL || (size_t)(end - p) < n || out->key == 0) {
        return NULL;
    }
    out->id = nx_str_make(p, n);
    return p + n;
}

// Returns where it ends, or NULL when it is damaged. There is at least a byte.
static const char *parse_record(const char *p, const char *end, bool bins, nx_family_record *out)
{
    out->kind = *p++;
    switch (out->kind) {
    case 'B':
    case 'E': return p;
    case 'P': return parse_put(p, end, bins, out);
    case 'F':
        if (end - p < 16) {
            return NULL;
        }
        out->key = get_number(&p, 8);
        out->family = get_number(&p, 8);
        return p;
    case 'D':
        if (end - p < 8) {
            return NULL;
        }
        out->key = get_number(&p, 8);
        return p;
    default: return NULL;
    }
}

static void write_bins(nx_buf *b, const nx_sketch *s)
{
    char used[USED_BYTES] = {0}, bins[2 * NX_SKETCH_BINS];
    size_t n = 0;
    for (unsigned i = 0; i < NX_SKETCH_BINS; i++) {
        const unsigned bin = s->bins[i];
        used[i / 8] = (char)(used[i / 8] | (bin != 0) << i % 8);
        bins[n] = (char)bin;
        bins[n + 1] = (char)(bin >> 8);
        n += bin != 0 ? 2 : 0;
    }
    nx_buf_add(b, used, USED_BYTES);
    nx_buf_add(b, bins, n);
}

static void write_record(nx_buf *b, const nx_family_record *r)
{
    nx_buf_addc(b, r->kind);
    if (r->kind == 'B' || r->kind == 'E') {
        return;
    }
    put_number(b, r->key, 8);
    if (r->kind != 'D') {
        put_number(b, r->family, 8);
    }
    if (r->kind != 'P') {
        return;
    }
    put_number(b, r->sketch.exact, 8);
    put_number(b, r->sketch.shingles, 4);
    put_number(b, r->sketch.numbers, 8);
    put_number(b, (uint32_t)r->sketch.day, 4);
    put_number(b, r->id.n, 2);
    if (r->sketch.shingles > 0) {
        write_bins(b, &r->sketch);
    }
    nx_buf_adds(b, r->id);
}

// ---- the file

nx_status nx_family_log_open(nx_family_log *l, const char *dir, const char *name, nx_error *err)
{
    *l = (nx_family_log){.path = nx_path_join(dir, name), .fd = -1};
    nx_buf_init(&l->frame, FRAME_MAX);
    if (l->path == NULL) {
        return nx_fail_nomem(err);
    }
    l->fd = open(l->path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    const off_t size = l->fd >= 0 ? lseek(l->fd, 0, SEEK_END) : -1;
    if (size < 0) {
        return nx_fail_errno(err, errno, "%s", l->path);
    }
    l->end = (uint64_t)size;
    return NX_OK;
}

void nx_family_log_close(nx_family_log *l)
{
    if (l->fd >= 0) {
        (void)close(l->fd);
    }
    l->fd = -1;
    nx_buf_release(&l->frame);
    free(l->path);
    l->path = NULL;
}

nx_status nx_family_log_cut(nx_family_log *l, nx_error *err)
{
    nx_buf_clear(&l->frame);
    if (ftruncate(l->fd, (off_t)l->end) != 0 || lseek(l->fd, 0, SEEK_END) < 0) {
        return nx_fail_errno(err, errno, "%s", l->path);
    }
    nx_status st = NX_OK;
    if (l->end == 0) {
        st = nx_write_all(l->fd, magic, MAGIC_BYTES, l->path, err);
        l->end = MAGIC_BYTES;
    }
    return st;
}

nx_status nx_family_log_rename(nx_family_log *l, const char *dir, const char *name, nx_error *err)
{
    char *path = nx_path_join(dir, name);
    if (path == NULL) {
        return nx_fail_nomem(err);
    }
    if (rename(l->path, path) != 0) {
        const int why = errno;
        free(path);
        return nx_fail_errno(err, why, "%s", l->path);
    }
    free(l->path);
    l->path = path;
    return NX_OK;
}

nx_status nx_family_log_flush(nx_family_log *l, nx_error *err)
{
    nx_status st = nx_buf_check(&l->frame, "a frame of families", err);
    if (st != NX_OK || l->frame.len == 0) {
        return st;
    }
    nx_buf head;
    nx_buf_init(&head, FRAME_HEAD);
    put_number(&head, l->frame.len, 4);
    put_number(&head, nx_xxh3(nx_buf_str(&l->frame)), 8);
    st = nx_buf_check(&head, "a frame of families", err);
    st = st == NX_OK ? nx_write_all(l->fd, head.data, head.len, l->path, err) : st;
    st = st == NX_OK ? nx_write_all(l->fd, l->frame.data, l->frame.len, l->path, err) : st;
    l->end += FRAME_HEAD + l->frame.len;
    nx_buf_release(&head);
    nx_buf_clear(&l->frame);
    return st;
}

nx_status nx_family_log_add(nx_family_log *l, const nx_family_record *record, uint64_t *at,
                            nx_error *err)
{
    if (record->kind == 'P' && record->id.n > UINT16_MAX) {
        return nx_fail(err, NX_EBUG, "an id of %zu bytes", record->id.n);
    }
    if (at != NULL) {
        *at = l->end + FRAME_HEAD + l->frame.len;
    }
    write_record(&l->frame, record);
    return l->frame.failed || l->frame.len >= FRAME_BYTES ? nx_family_log_flush(l, err) : NX_OK;
}

nx_status nx_family_log_sync(nx_family_log *l, nx_error *err)
{
    nx_status st = nx_family_log_flush(l, err);
    if (st == NX_OK && fdatasync(l->fd) != 0) {
        st = nx_fail_errno(err, errno, "%s", l->path);
    }
    return st;
}

// ---- reading

// As many of n bytes as there are.
static nx_status read_some(const nx_family_log *l, uint64_t at, char *to, size_t n, size_t *got,
                           nx_error *err)
{
    for (*got = 0; *got < n;) {
        const ssize_t more = pread(l->fd, to + *got, n - *got, (off_t)(at + *got));
        if (more == 0) {
            break;
        }
        if (more < 0 && errno != EINTR) {
            return nx_fail_errno(err, errno, "%s", l->path);
        }
        *got += more > 0 ? (size_t)more : 0;
    }
    return NX_OK;
}

nx_status nx_family_reader_open(nx_family_reader *r, const nx_family_log *l, nx_error *err)
{
    char head[MAGIC_BYTES];
    size_t n = 0;
    *r = (nx_family_reader){.log = l};
    nx_status st = read_some(l, 0, head, MAGIC_BYTES, &n, err);
    if (st == NX_OK && n == MAGIC_BYTES && memcmp(head, magic, MAGIC_BYTES) == 0) {
        r->at = r->whole = MAGIC_BYTES;
    }
    return st;
}

void nx_family_reader_close(nx_family_reader *r)
{
    free(r->frame);
    *r = (nx_family_reader){.log = NULL};
}

// The frame at r->whole. false in *more: there is none, or it is damaged.
static nx_status next_frame(nx_family_reader *r, bool *more, nx_error *err)
{
    char head[FRAME_HEAD];
    size_t got = 0;
    *more = false;
    nx_status st = r->whole + FRAME_HEAD <= r->log->end
                       ? read_some(r->log, r->whole, head, FRAME_HEAD, &got, err)
                       : NX_OK;
    if (st != NX_OK || got < FRAME_HEAD) {
        return st;
    }
    const char *p = head;
    const size_t n = (size_t)get_number(&p, 4);
    const uint64_t sum = get_number(&p, 8);
    if (n > FRAME_MAX) {
        return NX_OK;
    }
    if (n > r->cap) {
        free(r->frame);
        r->frame = malloc(n);
        r->cap = r->frame != NULL ? n : 0;
        if (r->frame == NULL) {
            return nx_fail_nomem(err);
        }
    }
    st = read_some(r->log, r->whole + FRAME_HEAD, r->frame, n, &got, err);
    if (st == NX_OK && got == n && nx_xxh3(nx_str_make(r->frame, n)) == sum) {
        r->p = r->frame;
        r->left = n;
        r->at = r->whole + FRAME_HEAD;
        *more = true;
    }
    return st;
}

nx_status nx_family_read(nx_family_reader *r, bool bins, nx_family_record *out, bool *more,
                         nx_error *err)
{
    *more = r->whole > 0;
    while (*more && r->left == 0) { // a frame may be empty
        nx_status st = next_frame(r, more, err);
        if (st != NX_OK || !*more) {
            return st;
        }
        r->whole += r->left == 0 ? FRAME_HEAD : 0;
    }
    if (!*more) {
        return NX_OK;
    }
    const char *end = parse_record(r->p, r->p + r->left, bins, out);
    *more = end != NULL;
    if (end == NULL) {
        r->left = 0;
        return NX_OK;
    }
    out->at = r->at;
    const size_t n = (size_t)(end - r->p);
    r->at += n;
    r->left -= n;
    r->p = end;
    r->whole = r->left == 0 ? r->at : r->whole;
    return NX_OK;
}

nx_status nx_family_read_at(const nx_family_log *l, uint64_t at, nx_buf *scratch,
                            nx_family_record *out, nx_error *err)
{
    static const size_t sizes[] = {USUAL_BYTES, USUAL_BYTES + UINT16_MAX};
    const char *end = NULL;
    for (size_t i = 0; end == NULL && i < NX_COUNT(sizes); i++) {
        size_t got = 0;
        nx_buf_clear(scratch);
        char *to = nx_buf_reserve(scratch, sizes[i]);
        nx_status st = to != NULL ? read_some(l, at, to, sizes[i], &got, err)
                                  : nx_buf_check(scratch, "an article's sketch", err);
        if (st != NX_OK) {
            return st;
        }
        end = got > 0 ? parse_record(to, to + got, true, out) : NULL;
    }
    if (end == NULL || out->kind != 'P') {
        return nx_fail(err, NX_ECORRUPT, "%s was changed while it was read", l->path);
    }
    out->at = at;
    return NX_OK;
}
