// source.h: where bytes come from: a descriptor, or a layer (gunzip, an archive member) over
// another source. Read ahead to sniff, then stream.
//
// The progress rule: a read gives at least one byte, or the end and only the end, or an error; no
// input, however damaged, makes a reader wait or spin. A layer charges what it inflates to the
// budget of the top-level file. Must not know: formats, articles. Thread rule: one thread.
#ifndef NX_CORPUS_SOURCE_H
#define NX_CORPUS_SOURCE_H

#include "corpus/corpus.h"

// What one top-level file may cost. Layers count what they give out, the bottom what it read.
typedef struct nx_budget {
    uint64_t packed;       // bytes read from the file so far
    uint64_t inflated;     // bytes given out by all layers so far
    uint64_t inflated_max; // ceiling on the latter
    uint64_t slack;        // inflated bytes that are never called a bomb
    uint32_t ratio;        // inflated may be at most ratio * packed (above slack)
} nx_budget;
void nx_budget_init(nx_budget *b, const nx_limits *limits);

typedef struct nx_source nx_source;
typedef struct nx_source_ops {
    // Gives 1..n bytes. *got == 0 with NX_OK means the end, and only the end.
    nx_status (*read)(nx_source *s, void *p, size_t n, size_t *got, nx_error *err);
    // Moves to an absolute position of the raw bytes; NULL when the source cannot.
    nx_status (*seek)(nx_source *s, uint64_t to, nx_error *err);
    void (*close)(nx_source *s); // frees s
} nx_source_ops;

struct nx_source {
    const nx_source_ops *ops;
    nx_budget *budget;
    const char *name; // for messages; borrowed
    nx_buf ahead;     // bytes read; those before at are consumed
    size_t at;
    uint64_t pos;       // bytes consumed since the beginning
    uint64_t size;      // of the raw bytes; 0 unknown
    bool ended;         // read has said so
    const char *reason; // why the last read failed: short, countable, static
    nx_status deferred; // a failure to report when more is wanted, with failure
    nx_error failure;
    bool resumes; // the last failure was local: the next read goes on after the damage
};

// A descriptor, from where it stands; closed with the source when owned. NULL without memory.
nx_source *nx_source_fd(int fd, bool owned, const char *name, nx_budget *budget);
// Bytes in memory, borrowed (tests, payloads of records).
nx_source *nx_source_bytes(nx_str bytes, const char *name, nx_budget *budget);
// gzip members one after another (RFC 1952), from inner (borrowed). Zero padding and other
// trailing garbage end the data. After damage in one member the next read goes on at the next
// member, so that a crawl file with one bad record keeps the others.
nx_source *nx_source_gzip(nx_source *inner);
// Appends what packed inflates to: gzip, zlib or raw deflate, as HTTP bodies have them. What comes
// before damage is kept. NX_EFORMAT: nothing could be inflated.
nx_status nx_inflate(nx_str packed, nx_buf *out, nx_error *err) NX_MUST_USE;
// The same for zstd frames (RFC 8878, in archive.c) and for brotli (RFC 7932, in brotli.c, where
// libbrotli is there). Bytes that are no zstd frame are appended as they are.
nx_status nx_unzstd(nx_str packed, nx_buf *out, nx_error *err) NX_MUST_USE;
nx_status nx_unbrotli(nx_str packed, nx_buf *out, nx_error *err) NX_MUST_USE;
// UTF-16 as UTF-8; its order by the mark, or by where the first letter's NUL is.
nx_source *nx_source_utf16(nx_source *inner);
void nx_source_close(nx_source *s); // accepts NULL

// For layers: allocates size zeroed bytes that start with an nx_source.
void *nx_source_new(size_t size, const nx_source_ops *ops, const char *name, nx_budget *budget);
// For layers: counts n inflated bytes; NX_ELIMIT past a ceiling.
nx_status nx_source_charge(nx_source *s, size_t n, nx_error *err) NX_MUST_USE;
// For layers: NX_EFORMAT with a countable reason.
nx_status nx_source_bad(nx_source *s, const char *reason, const char *detail, nx_error *err);
// Moves to an absolute position of the raw bytes and forgets what was read ahead. Only for
// sources with a seek operation.
nx_status nx_source_seek(nx_source *s, uint64_t to, nx_error *err) NX_MUST_USE;
// For layers: passes a failure of inner on.
nx_status nx_source_pass(nx_source *s, const nx_source *inner, nx_status st);

// Makes want bytes visible, fewer only at the end of the data.
nx_status nx_source_fill(nx_source *s, size_t want, nx_error *err) NX_MUST_USE;
// The same, to look ahead: a failure behind some bytes is put off, since they may be whole records;
// the next read that needs more fails with it. NX_ENOMEM is not put off.
nx_status nx_source_peek(nx_source *s, size_t want, nx_error *err) NX_MUST_USE;
// What has been read and not yet consumed; valid until the next call.
static inline nx_str nx_source_view(const nx_source *s)
{
    return nx_str_make(s->ahead.data + s->at, s->ahead.len - s->at);
}
void nx_source_take(nx_source *s, size_t n); // consumes n <= view.n bytes
// Consumes n bytes, read or not; fewer at the end of the data (*left tells how many were missing).
nx_status nx_source_discard(nx_source *s, uint64_t n, uint64_t *left, nx_error *err) NX_MUST_USE;

#endif
