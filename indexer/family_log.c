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
    FRAME_BYTES = 1 << 20, // a frame is written when it is so large
    FRAME_MAX = 2 << 20,   // and never larger than this
    PUT_HEAD = 42,         // of 'P', before the bins
    USED_BYTES = NX_SKETCH_BINS / 8,
};
static const char magic[MAGIC_BYTES] = "NXFAM\0\0\4";
static const uint64_t log_max = (uint64_t)1 << 36;

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

// ---- reading

// Short texts leave many bins empty: a bit for each bin tells which ones follow. Returns where they
// end, or NULL when they are damaged.
static const char *parse_bins(const char *p, const char *end, nx_sketch *s)
{
    uint64_t used[USED_BYTES / 8];
    if (end - p < USED_BYTES) {
        return NULL;
    }
    for (unsigned i = 0; i < USED_BYTES / 8; i++) {
        used[i] = get_number(&p, 8);
    }
    for (unsigned i = 0; i < USED_BYTES / 8; i++) {
        for (; used[i] != 0; used[i] &= used[i] - 1) {
            if (end - p < 2) {
                return NULL;
            }
            s->bins[64 * i + (unsigned)__builtin_ctzll(used[i])] = (uint16_t)get_number(&p, 2);
        }
    }
    return p;
}

// One article; returns where it ends, or NULL when it is damaged.
static const char *parse_put(const char *p, const char *end, nx_family_entry *e)
{
    if (end - p < PUT_HEAD) {
        return NULL;
    }
    *e = (nx_family_entry){.settled = true};
    e->key = get_number(&p, 8);
    e->family = get_number(&p, 8);
    e->sketch.exact = get_number(&p, 8);
    e->sketch.shingles = (uint32_t)get_number(&p, 4);
    e->sketch.numbers = get_number(&p, 8);
    e->sketch.day = (int32_t)(uint32_t)get_number(&p, 4);
    size_t n = (size_t)get_number(&p, 2);
    if (e->sketch.shingles > 0) {
        p = parse_bins(p, end, &e->sketch);
    }
    if (p == NULL || (size_t)(end - p) < n || e->key == 0) {
        return NULL;
    }
    e->id = nx_str_make(p, n);
    return p + n;
}

// *whole is set to false when the records are damaged.
static nx_status parse_records(const char *p, const char *end, nx_families *f, nx_family_log *log,
                               bool *whole, nx_error *err)
{
    nx_status st = NX_OK;
    while (st == NX_OK && *whole && p < end) {
        nx_family_entry e;
        char kind = *p++;
        log->closed = kind == 'E';
        log->records += kind == 'P' || kind == 'F' || kind == 'D';
        if (kind == 'P') {
            p = parse_put(p, end, &e);
            *whole = p != NULL;
            st = *whole ? nx_families_put(f, &e, err) : NX_OK;
        } else if (kind == 'F' && end - p >= 16) {
            uint64_t key = get_number(&p, 8);
            nx_families_settle(f, nx_families_find(f, key), get_number(&p, 8));
        } else if (kind == 'D' && end - p >= 8) {
            st = nx_families_drop(f, get_number(&p, 8), NULL, err);
        } else {
            *whole = kind == 'B' || kind == 'E';
        }
    }
    return st;
}

nx_status nx_family_log_parse(nx_str bytes, nx_families *f, nx_family_log *out, nx_error *err)
{
    *out = (nx_family_log){.closed = false};
    if (bytes.n < MAGIC_BYTES || memcmp(bytes.p, magic, MAGIC_BYTES) != 0) {
        return NX_OK;
    }
    const char *p = bytes.p + MAGIC_BYTES, *end = bytes.p + bytes.n;
    bool whole = true;
    nx_status st = NX_OK;
    out->bytes = MAGIC_BYTES;
    out->closed = true;
    while (st == NX_OK && p < end) {
        whole = end - p >= FRAME_HEAD;
        if (!whole) {
            break;
        }
        size_t n = (size_t)get_number(&p, 4);
        uint64_t sum = get_number(&p, 8);
        whole = n <= (size_t)(end - p) && nx_xxh3(nx_str_make(p, n)) == sum;
        if (!whole) {
            break;
        }
        st = parse_records(p, p + n, f, out, &whole, err);
        p += n;
        if (!whole) {
            break;
        }
        out->bytes = (uint64_t)(p - bytes.p);
    }
    out->closed = out->closed && whole;
    return st;
}

nx_status nx_family_log_read(const char *index, nx_families *f, nx_family_log *out, nx_error *err)
{
    nx_buf bytes;
    nx_buf_init(&bytes, log_max);
    *out = (nx_family_log){.closed = true};
    char *path = nx_path_join(index, "families");
    nx_status st = path != NULL ? nx_read_file(path, &bytes, err) : nx_fail_nomem(err);
    if (st == NX_ENOINPUT) {
        st = NX_OK;
    } else if (st == NX_OK) {
        st = nx_family_log_parse(nx_buf_str(&bytes), f, out, err);
    }
    free(path);
    nx_buf_release(&bytes);
    return st;
}

// ---- writing

nx_status nx_family_writer_open(nx_family_writer *w, const char *index, const nx_family_log *log,
                                bool anew, nx_error *err)
{
    *w = (nx_family_writer){.fd = -1};
    nx_buf_init(&w->frame, FRAME_MAX);
    w->path = nx_path_join(index, "families");
    w->temporary = anew ? nx_path_join(index, "families.new") : NULL;
    if (w->path == NULL || (anew && w->temporary == NULL)) {
        return nx_fail_nomem(err);
    }
    bool append = !anew && log->bytes > 0;
    const char *name = anew ? w->temporary : w->path;
    w->fd = open(name, O_WRONLY | O_CREAT | O_CLOEXEC | (append ? 0 : O_TRUNC), 0666);
    if (w->fd < 0) {
        return nx_fail_errno(err, errno, "%s", name);
    }
    if (!append) {
        return nx_write_all(w->fd, magic, MAGIC_BYTES, name, err);
    }
    if (ftruncate(w->fd, (off_t)log->bytes) != 0 || lseek(w->fd, 0, SEEK_END) < 0) {
        return nx_fail_errno(err, errno, "%s", name);
    }
    return NX_OK;
}

static nx_status flush(nx_family_writer *w, nx_error *err)
{
    nx_status st = nx_buf_check(&w->frame, "a frame of families", err);
    if (st != NX_OK || w->frame.len == 0) {
        return st;
    }
    nx_buf head;
    nx_buf_init(&head, FRAME_HEAD);
    put_number(&head, w->frame.len, 4);
    put_number(&head, nx_xxh3(nx_buf_str(&w->frame)), 8);
    st = nx_buf_check(&head, "a frame of families", err);
    st = st == NX_OK ? nx_write_all(w->fd, head.data, head.len, w->path, err) : st;
    st = st == NX_OK ? nx_write_all(w->fd, w->frame.data, w->frame.len, w->path, err) : st;
    nx_buf_release(&head);
    nx_buf_clear(&w->frame);
    return st;
}

static nx_status flush_when_full(nx_family_writer *w, nx_error *err)
{
    return w->frame.failed || w->frame.len >= FRAME_BYTES ? flush(w, err) : NX_OK;
}

static nx_status sync_file(nx_family_writer *w, nx_error *err)
{
    nx_status st = flush(w, err);
    if (st == NX_OK && fdatasync(w->fd) != 0) {
        st = nx_fail_errno(err, errno, "%s", w->path);
    }
    return st;
}

nx_status nx_family_write_begin(nx_family_writer *w, nx_error *err)
{
    nx_buf_addc(&w->frame, 'B');
    return sync_file(w, err);
}

static void put_bins(nx_buf *b, const nx_sketch *s)
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

nx_status nx_family_write_put(nx_family_writer *w, const nx_family_entry *e, nx_error *err)
{
    if (e->id.n > UINT16_MAX) {
        return nx_fail(err, NX_EBUG, "an id of %zu bytes", e->id.n);
    }
    nx_buf_addc(&w->frame, 'P');
    put_number(&w->frame, e->key, 8);
    put_number(&w->frame, e->family, 8);
    put_number(&w->frame, e->sketch.exact, 8);
    put_number(&w->frame, e->sketch.shingles, 4);
    put_number(&w->frame, e->sketch.numbers, 8);
    put_number(&w->frame, (uint32_t)e->sketch.day, 4);
    put_number(&w->frame, e->id.n, 2);
    if (e->sketch.shingles > 0) {
        put_bins(&w->frame, &e->sketch);
    }
    nx_buf_adds(&w->frame, e->id);
    return flush_when_full(w, err);
}

nx_status nx_family_write_family(nx_family_writer *w, uint64_t key, uint64_t family, nx_error *err)
{
    nx_buf_addc(&w->frame, 'F');
    put_number(&w->frame, key, 8);
    put_number(&w->frame, family, 8);
    return flush_when_full(w, err);
}

nx_status nx_family_write_drop(nx_family_writer *w, uint64_t key, nx_error *err)
{
    nx_buf_addc(&w->frame, 'D');
    put_number(&w->frame, key, 8);
    return flush_when_full(w, err);
}

nx_status nx_family_write_end(nx_family_writer *w, nx_family_log *log, nx_error *err)
{
    nx_buf_addc(&w->frame, 'E');
    nx_status st = sync_file(w, err);
    if (st == NX_OK && w->temporary != NULL && rename(w->temporary, w->path) != 0) {
        st = nx_fail_errno(err, errno, "%s", w->path);
    }
    off_t end = lseek(w->fd, 0, SEEK_END);
    log->bytes = st == NX_OK && end > 0 ? (uint64_t)end : 0;
    log->closed = st == NX_OK;
    return st;
}

void nx_family_writer_close(nx_family_writer *w)
{
    if (w->fd >= 0) {
        (void)close(w->fd);
    }
    w->fd = -1;
    nx_buf_release(&w->frame);
    free(w->path);
    free(w->temporary);
    w->path = w->temporary = NULL;
}
