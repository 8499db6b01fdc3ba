// crawl.h: what WARC and ARC share: a stored response becomes a record when it is a page.
//
// Must not know: how pages are read.
#ifndef NX_CORPUS_CRAWL_H
#define NX_CORPUS_CRAWL_H

#include "corpus/reading.h"

typedef struct nx_crawl_record {
    nx_str content_type;   // of the block itself, when it is no HTTP response
    bool is_text;          // a text made from a page (WARC "conversion")
    uint64_t bytes;        // of the block
    nx_record_facts facts; // place, url, fetched
} nx_crawl_record;

// The source stands at the block of c: reads it, gives it to the sink or skips it, and consumes
// it. A block that ends early is a skip, too. Failures of the source are returned.
nx_status nx_crawl_block(nx_stream *t, const nx_crawl_record *c, nx_error *err) NX_MUST_USE;

// After damage in one gzip member reading can go on: reports it and drops what is left of the
// record it was in. Returns the failure when it cannot.
nx_status nx_crawl_recover(nx_stream *t, nx_status st, nx_error *err) NX_MUST_USE;

#endif
