// archive.c: bzip2, xz, zstd, zip and tar through libarchive, from a byte source to byte sources.
//
// Only the formats and filters named here are enabled, one by one: libarchive's others are older
// and less looked at. Members are streamed; nothing is extracted. The only includer of archive.h.
#define _GNU_SOURCE // memrchr
#include "corpus/container.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

// libarchive reading from an nx_source.
typedef struct feed {
    nx_source *inner;
    nx_status failed; // how inner failed, with failure
    nx_error failure;
} feed;

static la_ssize_t feed_read(struct archive *a, void *ctx, const void **bytes)
{
    feed *f = ctx;
    nx_status st = nx_source_fill(f->inner, 1, &f->failure);
    if (st != NX_OK) {
        f->failed = st;
        archive_set_error(a, EIO, "input error");
        return -1;
    }
    nx_str view = nx_source_view(f->inner);
    nx_source_take(f->inner, view.n); // the bytes stay where they are until the next fill
    *bytes = view.p;
    return (la_ssize_t)view.n;
}

static la_int64_t feed_seek(struct archive *a, void *ctx, la_int64_t offset, int whence)
{
    feed *f = ctx;
    int64_t base = 0, to;
    if (whence == SEEK_CUR) {
        base = (int64_t)f->inner->pos;
    } else if (whence == SEEK_END) {
        base = (int64_t)f->inner->size;
    }
    if (__builtin_add_overflow(base, offset, &to) || to < 0) {
        archive_set_error(a, EINVAL, "seek out of range");
        return ARCHIVE_FATAL;
    }
    nx_status st = nx_source_seek(f->inner, (uint64_t)to, &f->failure);
    if (st != NX_OK) {
        f->failed = st;
        archive_set_error(a, EIO, "input error");
        return ARCHIVE_FATAL;
    }
    return to;
}

// Opens a for reading from f; false: a holds the error.
static bool open_feed(struct archive *a, feed *f)
{
    if (f->inner->ops->seek != NULL && archive_read_set_seek_callback(a, feed_seek) != ARCHIVE_OK) {
        return false;
    }
    return archive_read_open(a, f, NULL, feed_read, NULL) == ARCHIVE_OK;
}

// What went wrong in a: the failure of the input where that was the cause.
static nx_status archive_failed(struct archive *a, const feed *f, nx_source *s, const char *reason,
                                nx_error *err)
{
    if (f->failed != NX_OK) {
        *err = f->failure;
        return nx_source_pass(s, f->inner, f->failed);
    }
    if (archive_errno(a) == ENOMEM) {
        return nx_fail_nomem(err);
    }
    return nx_source_bad(s, reason, archive_error_string(a), err);
}

// Reads data of the current entry into s.
static nx_status read_data(struct archive *a, const feed *f, nx_source *s, void *p, size_t n,
                           size_t *got, const char *reason, nx_error *err)
{
    la_ssize_t r = ARCHIVE_RETRY;
    for (int tries = 0; r == ARCHIVE_RETRY && tries < 4; tries++) {
        r = archive_read_data(a, p, n);
    }
    if (r < 0) {
        return archive_failed(a, f, s, reason, err);
    }
    *got = (size_t)r;
    return nx_source_charge(s, *got, err);
}

// ---- filters

typedef struct filter_source {
    nx_source base;
    struct archive *a;
    feed feed;
    nx_shape shape;
    bool opened;
} filter_source;

static const char *filter_reason(nx_shape shape)
{
    switch (shape) {
    case NX_SHAPE_BZIP2: return "damaged bzip2";
    case NX_SHAPE_XZ: return "damaged xz";
    default: return "damaged zstd";
    }
}

static nx_status filter_read(nx_source *s, void *p, size_t n, size_t *got, nx_error *err)
{
    filter_source *f = (filter_source *)s;
    struct archive_entry *entry;
    if (!f->opened) {
        if (!open_feed(f->a, &f->feed) || archive_read_next_header(f->a, &entry) < ARCHIVE_WARN) {
            return archive_failed(f->a, &f->feed, s, filter_reason(f->shape), err);
        }
        f->opened = true;
    }
    return read_data(f->a, &f->feed, s, p, n, got, filter_reason(f->shape), err);
}

static void filter_close(nx_source *s)
{
    filter_source *f = (filter_source *)s;
    (void)archive_read_free(f->a);
    free(f);
}

nx_source *nx_archive_filter(nx_source *inner, nx_shape shape)
{
    static const nx_source_ops ops = {filter_read, NULL, filter_close};
    filter_source *f = nx_source_new(sizeof *f, &ops, inner->name, inner->budget);
    if (f == NULL) {
        return NULL;
    }
    f->feed.inner = inner;
    f->shape = shape;
    f->a = archive_read_new();
    int rc = ARCHIVE_FATAL;
    if (f->a != NULL && archive_read_support_format_raw(f->a) == ARCHIVE_OK) {
        switch (shape) {
        case NX_SHAPE_BZIP2: rc = archive_read_support_filter_bzip2(f->a); break;
        case NX_SHAPE_XZ: rc = archive_read_support_filter_xz(f->a); break;
        default: rc = archive_read_support_filter_zstd(f->a); break;
        }
    }
    if (rc != ARCHIVE_OK) {
        filter_close(&f->base);
        return NULL;
    }
    return &f->base;
}

nx_status nx_unzstd(nx_str packed, nx_buf *out, nx_error *err)
{
    nx_budget budget = {.inflated_max = UINT64_MAX, .slack = UINT64_MAX}; // out has a ceiling
    nx_source *bytes = nx_source_bytes(packed, "content", &budget);
    nx_source *s = bytes != NULL ? nx_archive_filter(bytes, NX_SHAPE_ZSTD) : NULL;
    nx_status st = s != NULL ? NX_OK : nx_fail_nomem(err);
    size_t before = out->len;
    while (st == NX_OK && !s->ended) {
        st = nx_source_fill(s, 1, err);
        if (st == NX_OK) {
            nx_buf_adds(out, nx_source_view(s));
            nx_source_take(s, nx_source_view(s).n);
            st = nx_buf_check(out, "content", err);
        }
    }
    nx_source_close(s);
    nx_source_close(bytes);
    return st == NX_EFORMAT && out->len > before ? NX_OK : st;
}

// ---- members

typedef struct member_source {
    nx_source base;
    struct archive *a;
    const feed *feed;
} member_source;

static nx_status member_read(nx_source *s, void *p, size_t n, size_t *got, nx_error *err)
{
    member_source *m = (member_source *)s;
    return read_data(m->a, m->feed, s, p, n, got, "damaged member", err);
}

static void member_close(nx_source *s)
{
    free(s);
}

// The data of a's current entry; outer is what a is read from. NULL without memory.
static nx_source *open_member(struct archive *a, const feed *f, const nx_source *outer)
{
    static const nx_source_ops ops = {member_read, NULL, member_close};
    member_source *m = nx_source_new(sizeof *m, &ops, outer->name, outer->budget);
    if (m == NULL) {
        return NULL;
    }
    m->a = a;
    m->feed = f;
    return &m->base;
}

// The member's path as text, for showing: valid UTF-8 without control characters.
static void add_name(nx_buf *b, struct archive_entry *entry, uint64_t number)
{
    const char *name = archive_entry_pathname_utf8(entry);
    if (name == NULL) {
        name = archive_entry_pathname(entry);
    }
    if (name == NULL) {
        nx_buf_addf(b, "#%llu", (unsigned long long)number);
        return;
    }
    size_t from = b->len;
    (void)nx_utf8_add_repaired(b, nx_str_of(name));
    for (size_t i = from; i < b->len; i++) {
        if ((unsigned char)b->data[i] < 0x20 || b->data[i] == 0x7f) {
            b->data[i] = '?';
        }
    }
}

// As in a walk: names that start with a dot, and what Macs add, are left out.
static bool is_hidden(nx_str path)
{
    if (nx_str_starts(path, NX_STR("__MACOSX/"))) {
        return true;
    }
    for (size_t i = 0; i < path.n; i++) {
        bool starts = path.p[i] == '.' && (i == 0 || path.p[i - 1] == '/');
        if (starts && i + 1 < path.n && path.p[i + 1] != '/' && path.p[i + 1] != '.') {
            return true;
        }
    }
    return false;
}

// Is the archive a collection of crawls with what finds them (WACZ 1.1), by its name or its first
// member's?
static bool is_crawl_collection(nx_str name, nx_str first)
{
    static const char *const suffixes[] = {".wacz", NULL};
    return nx_str_ends_any_nocase(name, suffixes) > 0 ||
           (nx_str_starts(first, NX_STR("archive/")) &&
            nx_str_find(first, NX_STR(".warc"), 0) != SIZE_MAX);
}

static nx_status read_member(nx_stream *t, struct archive *a, const feed *f,
                             struct archive_entry *entry, nx_str path, nx_error *err)
{
    const char *slash = memrchr(path.p, '/', path.n);
    const char *bang = memrchr(path.p, '!', path.n);
    const char *base = slash != NULL ? slash + 1 : bang != NULL ? bang + 1 : path.p;
    nx_source *m = open_member(a, f, t->source);
    if (m == NULL) {
        t->reading->stop = nx_fail_nomem(err);
        return t->reading->stop;
    }
    nx_stream inner = {.reading = t->reading,
                       .source = m,
                       .member = path,
                       .name = nx_str_make(base, (size_t)(path.p + path.n - base)),
                       .depth = t->depth + 1};
    nx_status st;
    if (archive_entry_filetype(entry) != AE_IFREG) {
        st = nx_stream_skip(&inner, 0, false, NX_OK, "not a regular file",
                            "the member is a link or a device", err);
    } else if (archive_entry_is_encrypted(entry)) {
        st = nx_stream_skip(&inner, 0, false, NX_EFORMAT, "encrypted", "the member is encrypted",
                            err);
    } else {
        st = nx_stream_read(&inner, err);
    }
    nx_source_close(m);
    return st;
}

static struct archive *new_reader(nx_shape shape)
{
    struct archive *a = archive_read_new();
    int rc = ARCHIVE_FATAL;
    if (a != NULL) {
        rc = shape == NX_SHAPE_ZIP ? archive_read_support_format_zip(a)
                                   : archive_read_support_format_tar(a);
    }
    if (rc != ARCHIVE_OK) {
        (void)archive_read_free(a);
        return NULL;
    }
    return a;
}

// Where the entry is, into path; *name is its own part of that.
static nx_status set_path(const nx_stream *t, struct archive_entry *entry, uint64_t number,
                          nx_buf *path, nx_str *name, nx_error *err)
{
    nx_buf_clear(path);
    if (t->member.p != NULL) {
        nx_buf_adds(path, t->member);
        nx_buf_addc(path, '!');
    }
    size_t outer = path->len;
    add_name(path, entry, number);
    nx_status st = nx_buf_check(path, "member name", err);
    if (st != NX_OK) {
        t->source->reason = "member name too long";
        return st;
    }
    *name = nx_str_skip(nx_buf_str(path), outer);
    return NX_OK;
}

nx_status nx_archive_members(nx_stream *t, nx_shape shape, nx_error *err)
{
    const char *reason = shape == NX_SHAPE_ZIP ? "damaged zip" : "damaged tar";
    uint64_t max = t->reading->options->limits.members, count = 0;
    feed f = {.inner = t->source};
    bool crawls = false, lost = false; // lost: behind a damaged header
    nx_buf path;
    nx_buf_init(&path, 64 << 10);
    struct archive *a = new_reader(shape);
    if (a == NULL) {
        t->reading->stop = nx_fail_nomem(err);
        return t->reading->stop;
    }
    nx_status st = open_feed(a, &f) ? NX_OK : archive_failed(a, &f, t->source, reason, err);
    while (st == NX_OK) {
        struct archive_entry *entry;
        int rc = archive_read_next_header(a, &entry);
        if (rc == ARCHIVE_EOF) {
            break;
        }
        if (rc < ARCHIVE_WARN) {
            st = archive_failed(a, &f, t->source, reason, err);
            break;
        }
        if (++count > max) {
            t->source->reason = "too many members";
            st = nx_fail(err, NX_ELIMIT, "more than %llu members", (unsigned long long)max);
            break;
        }
        if (rc == ARCHIVE_RETRY) { // no entry; every block up to the next whole header is one such
            st = lost ? NX_OK
                      : nx_stream_skip(t, t->source->pos, false, NX_EFORMAT, reason,
                                       "the header of a member is damaged", err);
            lost = true;
            continue;
        }
        lost = false;
        if (archive_entry_filetype(entry) == AE_IFDIR) {
            continue;
        }
        nx_str name;
        st = set_path(t, entry, count, &path, &name, err);
        if (st != NX_OK) {
            break;
        }
        crawls = crawls || (count == 1 && is_crawl_collection(t->name, name));
        bool repeats = crawls && !nx_str_starts(name, NX_STR("archive/")); // lists, texts of pages
        if (!is_hidden(name) && !repeats) {
            st = read_member(t, a, &f, entry, nx_buf_str(&path), err);
        }
    }
    (void)archive_read_free(a);
    nx_buf_release(&path);
    return st;
}

// ---- parts

static nx_status take_part(struct archive *a, const feed *f, struct archive_entry *entry,
                           nx_source *zip, nx_part_fn *take, void *ctx, nx_error *err)
{
    const char *name = archive_entry_pathname_utf8(entry);
    name = name != NULL ? name : archive_entry_pathname(entry); // not said to be UTF-8
    if (name == NULL || archive_entry_filetype(entry) != AE_IFREG) {
        return NX_OK;
    }
    nx_source *m = open_member(a, f, zip);
    if (m == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status st = take(ctx, nx_str_of(name), m, err);
    if (st != NX_OK && m->reason != NULL) {
        (void)nx_source_pass(zip, m, st);
    }
    nx_source_close(m);
    return st;
}

nx_status nx_archive_parts(nx_source *zip, uint64_t max, nx_part_fn *take, void *ctx, nx_error *err)
{
    const char *reason = "damaged zip";
    feed f = {.inner = zip};
    struct archive *a = new_reader(NX_SHAPE_ZIP);
    if (a == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status st = open_feed(a, &f) ? NX_OK : archive_failed(a, &f, zip, reason, err);
    for (uint64_t count = 1; st == NX_OK; count++) {
        struct archive_entry *entry;
        int rc = archive_read_next_header(a, &entry);
        if (rc == ARCHIVE_EOF) {
            break;
        }
        if (rc < ARCHIVE_WARN || rc == ARCHIVE_RETRY) {
            st = archive_failed(a, &f, zip, reason, err);
        } else if (count > max) {
            zip->reason = "too many members";
            st = nx_fail(err, NX_ELIMIT, "more than %llu parts", (unsigned long long)max);
        } else {
            st = take_part(a, &f, entry, zip, take, ctx, err);
        }
    }
    (void)archive_read_free(a);
    return st;
}
