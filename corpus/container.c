// container.c: a stream is sniffed, its containers opened one in the other, its records split off.
//
// Nothing is ever written to disk, and the names in archives are only ever shown. Ceilings: depth,
// members, inflated bytes, inflation ratio (nx_limits). Must not know: what a format means.
#include "corpus/container.h"

#include <stdio.h>

static nx_str without_suffix(nx_str name)
{
    static const char *const compressed[] = {".gz", ".bz2", ".xz", ".zst", NULL};
    return nx_str_make(name.p, name.n - nx_str_ends_any_nocase(name, compressed));
}

// Reads what layer (taken over; NULL: no memory) makes of t.
static nx_status read_layer(nx_stream *t, nx_source *layer, uint32_t depth, nx_error *err)
{
    if (layer == NULL) {
        t->reading->stop = nx_fail_nomem(err);
        return t->reading->stop;
    }
    nx_stream inner = *t;
    inner.source = layer;
    inner.name = without_suffix(t->name);
    inner.depth = depth;
    nx_status st = nx_stream_read(&inner, err);
    nx_source_close(layer);
    return st;
}

static nx_status read_sniffed(nx_stream *t, nx_sniffed found, nx_error *err)
{
    const nx_corpus_options *options = t->reading->options;
    uint64_t pos = t->source->pos;
    if (found.shape >= NX_SHAPE_GZIP && found.shape != NX_SHAPE_UTF16 &&
        found.shape != NX_SHAPE_OTHER && t->depth >= options->limits.depth) {
        return nx_stream_skip(t, pos, false, NX_ELIMIT, "nested too deep",
                              "containers are nested too deep", err);
    }
    switch (found.shape) {
    case NX_SHAPE_EMPTY:
        return nx_stream_skip(t, pos, false, NX_OK, "empty", "there is nothing in it", err);
    case NX_SHAPE_OTHER: {
        char text[120];
        (void)snprintf(text, sizeof text, "%s: this kind of file is not read%s%s", found.reason,
                       found.advice != NULL ? "; " : "", found.advice != NULL ? found.advice : "");
        return nx_stream_skip(t, pos, false, NX_OK, found.reason, text, err);
    }
    case NX_SHAPE_GZIP: return read_layer(t, nx_source_gzip(t->source), t->depth + 1, err);
    case NX_SHAPE_UTF16: return read_layer(t, nx_source_utf16(t->source), t->depth, err);
    case NX_SHAPE_BZIP2:
    case NX_SHAPE_XZ:
    case NX_SHAPE_ZSTD:
        return read_layer(t, nx_archive_filter(t->source, found.shape), t->depth + 1, err);
    case NX_SHAPE_ZIP:
    case NX_SHAPE_TAR: return nx_archive_members(t, found.shape, err);
    case NX_SHAPE_RECORDS: break;
    }
    return nx_split(t, options->format != NX_FORMAT_AUTO ? options->format : found.format, err);
}

nx_status nx_stream_read(nx_stream *t, nx_error *err)
{
    nx_status st = nx_source_peek(t->source, NX_SNIFF_BYTES, err);
    if (st == NX_OK) {
        nx_str view = nx_source_view(t->source);
        bool whole = view.n <= NX_SNIFF_BYTES && t->source->ended;
        nx_str head = nx_str_make(view.p, view.n < NX_SNIFF_BYTES ? view.n : NX_SNIFF_BYTES);
        st = read_sniffed(t, nx_sniff(head, whole, t->name), err);
    }
    return nx_stream_lost(t, st, err);
}
