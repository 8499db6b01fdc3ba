// fingerprint.h: whether a file is what it was: digests of contents, and where reading goes on in
// files that are only ever appended to.
//
// Must not know: the manifest, articles.
#ifndef NX_INDEXER_FINGERPRINT_H
#define NX_INDEXER_FINGERPRINT_H

#include "corpus/corpus.h"

// NX_FORMAT_JSONL or NX_FORMAT_MBOX when files of that name and format (as configured) grow at
// their end and are read from where they ended; NX_FORMAT_AUTO for all others.
nx_format nx_growing_format(const char *path, nx_format configured);

// Digest of the whole content. *known false: larger than 256 MB, not computed.
nx_status nx_fingerprint_whole(int fd, uint64_t size, unsigned char out[16], bool *known,
                               nx_error *err) NX_MUST_USE;
// Digest of what is around the beginning and before offset: tells a file that has grown from one
// that was cut, rotated or rewritten. offset is at most the size.
nx_status nx_fingerprint_before(int fd, uint64_t offset, unsigned char out[16],
                                nx_error *err) NX_MUST_USE;
// Where the next reading of a growing file of that size starts: behind the last whole line; in a
// mailbox at its last message, which may not have been whole.
nx_status nx_resume_offset(int fd, nx_format format, uint64_t size, uint64_t *out,
                           nx_error *err) NX_MUST_USE;

#endif
