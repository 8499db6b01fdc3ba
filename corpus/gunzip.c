// gunzip.c: gzip members as a byte source, and whole bodies, by zlib. See source.h.
//
// Format: RFC 1952. Crawl files hold one member per record, so damage is local: the error is
// reported once, and the next read looks for the next member.
#include "corpus/source.h"

#include <stdlib.h>
#include <zlib.h>

typedef struct gzip_source {
    nx_source base;
    nx_source *inner;
    z_stream z;
    bool ready;     // z is initialised
    bool started;   // inside a member
    bool first;     // no member has been completed yet
    bool damaged;   // the last read failed: look for the next member
    uint64_t begun; // where in inner the current member starts
} gzip_source;

static bool member_starts(nx_str s)
{
    return s.n >= 4 && memcmp(s.p, "\x1f\x8b\x08", 3) == 0 && ((unsigned char)s.p[3] & 0xe0) == 0;
}

// Consumes inner up to the next thing that looks like a member, or to its end.
static nx_status find_member(gzip_source *g, nx_error *err)
{
    for (;;) {
        nx_status st = nx_source_fill(g->inner, 4, err);
        if (st != NX_OK) {
            return nx_source_pass(&g->base, g->inner, st);
        }
        nx_str view = nx_source_view(g->inner);
        if (view.n < 4) {
            nx_source_take(g->inner, view.n);
            return NX_OK;
        }
        for (size_t i = 0; i + 4 <= view.n; i++) {
            const char *hit = memchr(view.p + i, 0x1f, view.n - 3 - i);
            if (hit == NULL) {
                break;
            }
            i = (size_t)(hit - view.p);
            if (member_starts(nx_str_make(hit, view.n - i))) {
                nx_source_take(g->inner, i);
                return NX_OK;
            }
        }
        nx_source_take(g->inner, view.n - 3);
    }
}

static nx_status damage(gzip_source *g, const char *reason, const char *detail, nx_error *err)
{
    g->damaged = true;
    g->base.resumes = true;
    return nx_source_bad(&g->base, reason, detail, err);
}

// Stands at a member's first byte (*more) or at the end of the data.
static nx_status begin_member(gzip_source *g, bool *more, nx_error *err)
{
    *more = false;
    if (g->damaged) {
        g->damaged = false;
        if (nx_source_view(g->inner).n > 0 && g->inner->pos == g->begun) {
            nx_source_take(g->inner, 1); // not the header that failed
        }
        nx_status st = find_member(g, err);
        if (st != NX_OK) {
            return st;
        }
    }
    nx_status st = nx_source_fill(g->inner, 18, err); // the smallest member is 20 bytes
    if (st != NX_OK) {
        return nx_source_pass(&g->base, g->inner, st);
    }
    nx_str view = nx_source_view(g->inner);
    if (view.n == 0 || (!g->first && !member_starts(view))) {
        return NX_OK; // the end; what follows the last member is padding, as gzip(1) has it
    }
    if (inflateReset(&g->z) != Z_OK) {
        return nx_fail_nomem(err);
    }
    g->begun = g->inner->pos;
    g->started = *more = true;
    return NX_OK;
}

static nx_status gzip_read(nx_source *s, void *p, size_t n, size_t *got, nx_error *err)
{
    gzip_source *g = (gzip_source *)s;
    g->z.next_out = p;
    g->z.avail_out = n < 1U << 30 ? (uInt)n : 1U << 30;
    uInt room = g->z.avail_out;
    *got = 0;
    while (g->z.avail_out == room) { // until there is something to give
        bool more = true;
        nx_status st = g->started ? nx_source_fill(g->inner, 1, err) : begin_member(g, &more, err);
        if (st != NX_OK) {
            return g->started ? nx_source_pass(s, g->inner, st) : st;
        }
        if (!more) {
            return NX_OK;
        }
        nx_str view = nx_source_view(g->inner);
        if (view.n == 0) {
            g->started = false;
            return damage(g, "truncated gzip", NULL, err);
        }
        uInt in = view.n < 1U << 30 ? (uInt)view.n : 1U << 30;
        g->z.next_in = (z_const Bytef *)(uintptr_t)view.p;
        g->z.avail_in = in;
        int rc = inflate(&g->z, Z_NO_FLUSH);
        nx_source_take(g->inner, in - g->z.avail_in);
        if (rc == Z_STREAM_END) {
            g->started = g->first = false;
        } else if (rc == Z_MEM_ERROR) {
            return nx_fail_nomem(err);
        } else if (rc != Z_OK && rc != Z_BUF_ERROR && g->z.avail_out == room) {
            // (what came out before the damage is given out first; zlib repeats the error)
            g->started = false;
            return damage(g, "damaged gzip", g->z.msg, err);
        }
    }
    *got = room - g->z.avail_out;
    return nx_source_charge(s, *got, err);
}

static void gzip_close(nx_source *s)
{
    gzip_source *g = (gzip_source *)s;
    if (g->ready) {
        (void)inflateEnd(&g->z);
    }
    free(g);
}

nx_source *nx_source_gzip(nx_source *inner)
{
    static const nx_source_ops ops = {gzip_read, NULL, gzip_close};
    gzip_source *g = nx_source_new(sizeof *g, &ops, inner->name, inner->budget);
    if (g == NULL) {
        return NULL;
    }
    g->inner = inner;
    g->first = true;
    if (inflateInit2(&g->z, 15 + 16) != Z_OK) { // + 16: gzip wrapping, checksums verified
        free(g);
        return NULL;
    }
    g->ready = true;
    return &g->base;
}

// One try with a kind of wrapping (zlib's windowBits). *ended: the data had its proper end.
static nx_status inflate_as(int bits, nx_str packed, nx_buf *out, bool *ended, nx_error *err)
{
    z_stream z = {0};
    if (inflateInit2(&z, bits) != Z_OK) {
        return nx_fail_nomem(err);
    }
    enum { STEP = 64 << 10 };
    int rc = Z_OK;
    z.next_in = (z_const Bytef *)(uintptr_t)packed.p;
    z.avail_in = packed.n < 1U << 31 ? (uInt)packed.n : 1U << 31;
    while (rc == Z_OK) {
        size_t left = out->max - out->len, step = left < STEP ? left : STEP;
        char *to = nx_buf_reserve(out, step > 0 ? step : 1); // 1 over the ceiling: fails
        if (to == NULL) {
            break;
        }
        z.next_out = (Bytef *)to;
        z.avail_out = (uInt)step;
        rc = inflate(&z, Z_NO_FLUSH);
        out->len += step - z.avail_out;
        out->data[out->len] = '\0';
    }
    (void)inflateEnd(&z);
    *ended = rc == Z_STREAM_END;
    return rc == Z_MEM_ERROR ? nx_fail_nomem(err) : nx_buf_check(out, "content", err);
}

nx_status nx_inflate(nx_str packed, nx_buf *out, nx_error *err)
{
    size_t before = out->len;
    bool ended = false;
    nx_status st = inflate_as(15 + 32, packed, out, &ended, err); // + 32: zlib or gzip
    if (st == NX_OK && out->len == before) {
        st = inflate_as(-15, packed, out, &ended, err); // some servers leave the wrapping out
        if (st == NX_OK && !ended) {
            nx_buf_truncate(out, before); // it was something else
        }
    }
    if (st == NX_OK && out->len == before) {
        st = nx_fail(err, NX_EFORMAT, "damaged deflate data");
    }
    return st;
}
