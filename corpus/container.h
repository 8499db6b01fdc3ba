// container.h: what libarchive does for the room; only archive.c includes its header.
//
// Must not know: what is in a member, and formats.
#ifndef NX_CORPUS_CONTAINER_H
#define NX_CORPUS_CONTAINER_H

#include "corpus/reading.h"

// inner (borrowed) decompressed: NX_SHAPE_BZIP2, _XZ or _ZSTD. NULL without memory.
nx_source *nx_archive_filter(nx_source *inner, nx_shape shape);
// Reads every member of t, a zip or tar file, as a stream of its own named "member" inside t.
nx_status nx_archive_members(nx_stream *t, nx_shape shape, nx_error *err) NX_MUST_USE;

// One part of a document that is a zip file, its name as it is there; what is not read of it is
// never inflated.
typedef nx_status nx_part_fn(void *ctx, nx_str name, nx_source *part, nx_error *err);
// Gives the parts of zip (borrowed, at its beginning) to take, in the order they are stored in,
// until it fails. More than max: NX_ELIMIT. zip->reason says why, where a part could not be read.
nx_status nx_archive_parts(nx_source *zip, uint64_t max, nx_part_fn *take, void *ctx,
                           nx_error *err) NX_MUST_USE;

#endif
