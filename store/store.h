// store.h: the index directory: segments, stub file, lock, recovery; opened for reading or writing.
//
//   INDEX/XAPIANDB       Xapian stub: "auto seg-000007" per segment, "remote host:port" per shard
//                        elsewhere (kept as they are). Every Xapian tool opens INDEX through it.
//   INDEX/seg-000007/    a Xapian database. The live segment is written through libxapian; what
//                        the bulk builder or a merge wrote only ever loses articles.
//   INDEX/state.sqlite   the manifest (store/manifest.h)
//   INDEX/families       story families; the indexer's
//   INDEX/lock           held by the one writer
//   INDEX/alerts.lock    held by the one process that runs the alerts (store/alerts.h)
//
// What is in the index is what the stub names: publishing is renaming a new stub into place, and a
// segment directory that no stub names is rubbish, removed by the next writer. Articles are
// identified by their unique term (Q...), never by docid: docids change when segments come and go.
// A segment that brings newer copies of articles lists their unique terms in its metadata
// (NX_META_SUPERSEDED) until the older copies are deleted, so that a writer killed between any two
// steps is completed by the next one.
//
// Must not know: articles, analysis, queries. Thread rule: an object belongs to one thread at a
// time; open several for several threads.
#ifndef NX_STORE_STORE_H
#define NX_STORE_STORE_H

#include "base/buf.h"
#include "base/doc.h"
#include "base/vocab.h"
#include "glass/glass.h"
#include "xapian-c/xapian_c.h"

#ifdef __cplusplus
extern "C" {
#endif

// ---- reading ------------------------------------------------------------------------------------

typedef struct nx_store nx_store;

// Opens a snapshot. NX_ENOINPUT: there is nothing at dir. NX_EFORMAT: it is not an index.
// NX_EVERSION: an index of another format; the message names the command to run. NX_ECORRUPT:
// damaged. NX_ENETWORK: a remote shard does not answer. Takes no lock.
nx_status nx_store_open(nx_store **out, const char *dir, nx_error *err) NX_MUST_USE;
// The same without the shards on other machines, none of which is asked.
nx_status nx_store_open_local(nx_store **out, const char *dir, nx_error *err) NX_MUST_USE;
void nx_store_close(nx_store *s);
// The snapshot for searching; borrowed until reopen or close.
nx_xdb *nx_store_db(nx_store *s);
// Moves to the newest published state. *changed may be NULL.
nx_status nx_store_reopen(nx_store *s, bool *changed, nx_error *err) NX_MUST_USE;
// Runs fn on the snapshot, and again from the start on a reopened one as long as it gives
// NX_ESTALE, a few times. fn must keep nothing from a failed run.
typedef nx_status nx_store_work(void *ctx, nx_xdb *db, nx_error *err);
nx_status nx_store_run(nx_store *s, nx_store_work *fn, void *ctx, nx_error *err) NX_MUST_USE;

// Appends the languages of a snapshot's articles and how many have each: "de=3 en=1200", in order
// of the codes. Counted from their terms, so always exact.
nx_status nx_store_languages(const nx_xdb *db, nx_buf *out, nx_error *err) NX_MUST_USE;

typedef struct nx_segment_info {
    const char *name; // "seg-000007", or "host:port" of a remote shard; borrowed
    bool remote, live;
    uint32_t documents;
    uint64_t bytes; // on disk; 0 when remote
} nx_segment_info;

// Segments of the snapshot in the order of the stub.
size_t nx_store_segment_count(const nx_store *s);
nx_status nx_store_segment(const nx_store *s, size_t i, nx_segment_info *out,
                           nx_error *err) NX_MUST_USE;

// An article found by its unique term.
typedef struct nx_found {
    bool exists;
    size_t segment;            // of the snapshot, or of the writer
    uint32_t docid;            // in that segment
    unsigned char content[16]; // NX_SLOT_CONTENT; zeros when it has none
} nx_found;
// Cost: one look-up in a B-tree per segment. Local segments only.
nx_status nx_store_find(const nx_store *s, nx_str unique_term, nx_found *out,
                        nx_error *err) NX_MUST_USE;
// The segment that found.segment names; borrowed as nx_store_db is.
nx_xdb *nx_store_segment_db(nx_store *s, size_t segment);

// ---- story families -----------------------------------------------------------------------------

// Members of a family that a segment lists; there may be more of them.
enum { NX_FAMILY_LISTED = 1000 };
// Adds the unique terms of a family's articles to members. Those that have left it or the index
// may be among them: an article's value NX_SLOT_FAMILY decides. Cost: one look-up a segment.
nx_status nx_store_family(const nx_store *s, nx_str family, nx_vocab *members,
                          nx_error *err) NX_MUST_USE;
// The same for one segment.
nx_status nx_db_family(const nx_xdb *db, nx_str family, nx_vocab *members,
                       nx_error *err) NX_MUST_USE;
// Lists the articles of a family that a bulk segment will have; once for each family. At most
// NX_FAMILY_LISTED.
nx_status nx_bulk_family(nx_glass_builder *b, nx_str family, const nx_vocab *members,
                         nx_error *err) NX_MUST_USE;

// ---- writing ------------------------------------------------------------------------------------

typedef struct nx_writer nx_writer;

typedef struct nx_writer_options {
    const char *analysis; // name and version of the analysis; must be that of the index
    bool create;          // make the index (and directories above it) when there is none
    // The writer sees an empty index, and readers the old one, until nx_writer_rebuild_finish. The
    // old one may have another format or analysis; closing the writer before that keeps it.
    bool rebuild;
    unsigned wait_seconds; // for the lock; 0 does not wait
    bool no_sync;          // commits do not wait for the disk: for tests and benchmarks
} nx_writer_options;

// Takes the lock, completes what an earlier writer left unfinished, opens. NX_EBUSY names the pid
// of the holder and since when. NX_ESTOP: a signal came while waiting. NX_EFORMAT: dir is a
// directory with other things in it. Else as nx_store_open.
nx_status nx_writer_open(nx_writer **out, const char *dir, const nx_writer_options *options,
                         nx_error *err) NX_MUST_USE;
// After a failed operation of a writer, other than one that says so, what was not committed is lost
// and everything gives NX_EIO; close it and start again.
// Commits, closes, releases the lock. Frees w whatever happens.
nx_status nx_writer_close(nx_writer *w, nx_error *err) NX_MUST_USE;
// The same without committing.
void nx_writer_abort(nx_writer *w);

// As nx_store_find, in the state with all that was put and removed so far. A bulk segment counts
// from its publication on.
nx_status nx_writer_find(nx_writer *w, nx_str unique_term, nx_found *out,
                         nx_error *err) NX_MUST_USE;
uint32_t nx_writer_documents(const nx_writer *w); // committed
// Its local segments, for reading; borrowed until the next call that changes something.
size_t nx_writer_segments(const nx_writer *w);
nx_xdb *nx_writer_segment(nx_writer *w, size_t i);

// Adds the article to the live segment, in place of any earlier copy in any segment. Memory grows
// until the commit: commit every few thousand articles. NX_ELIMIT: it has a term that cannot be
// stored; the writer goes on without it.
nx_status nx_writer_put(nx_writer *w, nx_str unique_term, const nx_doc *doc,
                        nx_error *err) NX_MUST_USE;
// Removes the article. *removed (may be NULL): whether there was one.
nx_status nx_writer_remove(nx_writer *w, nx_str unique_term, bool *removed,
                           nx_error *err) NX_MUST_USE;
// Gives an article a story family, whatever segment it is in; an empty one takes it away. The rest
// of the article stays. No such article: nothing is done. Part of the next commit, though what is
// not in the live segment may become visible before it.
nx_status nx_writer_set_family(nx_writer *w, nx_str unique_term, nx_str family,
                               nx_error *err) NX_MUST_USE;
// Makes all of it durable and visible to readers.
nx_status nx_writer_commit(nx_writer *w, nx_error *err) NX_MUST_USE;

// ---- bulk ---------------------------------------------------------------------------------------
// nx_writer_bulk_begin; then the caller feeds the builder's workers; then, for each article that
// the index already has, nx_writer_bulk_supersede; then nx_writer_bulk_publish. One at a time.

// Starts a new segment and gives its builder, which is the writer's. NX_EVERSION when the linked
// libxapian does not write the builder's format: use nx_writer_put.
nx_status nx_writer_bulk_begin(nx_writer *w, const nx_glass_options *options,
                               nx_glass_builder **out, nx_error *err) NX_MUST_USE;
// Copies of this article in other segments are deleted once the new segment is published.
nx_status nx_writer_bulk_supersede(nx_writer *w, nx_str unique_term, nx_error *err) NX_MUST_USE;
// Finishes the segment, publishes it, deletes superseded copies, commits what was put. All workers
// must have been freed. A segment without documents is dropped. On failure before the publication
// the index is as it was; after it (superseded copies remain), the next writer completes it.
nx_status nx_writer_bulk_publish(nx_writer *w, nx_glass_summary *summary,
                                 nx_error *err) NX_MUST_USE;
// Gives the segment up. All workers must have been freed.
void nx_writer_bulk_abandon(nx_writer *w);

// ---- rebuilding, merging, checking --------------------------------------------------------------

// Publishes what a writer opened with .rebuild has made, in place of the old index.
nx_status nx_writer_rebuild_finish(nx_writer *w, nx_error *err) NX_MUST_USE;

// Told what is being done: a segment's name or a table, and details that may be empty. Anything but
// NX_OK ends the operation, leaving the index as it was.
typedef nx_status nx_store_progress(void *ctx, const char *what, const char *detail, nx_error *err);

typedef struct nx_merge_report {
    uint32_t segments_before, segments_after;
    uint64_t bytes_before, bytes_after; // on disk
} nx_merge_report;

// Merges segments of like size where there are several, so that their number stays logarithmic in
// the number of articles; meant to follow each run. max_bytes: a bound on what is read in this
// call; 0 for none. Readers go on undisturbed. NX_ENOSPC before anything is done when the disk has
// not the room.
nx_status nx_writer_merge(nx_writer *w, uint64_t max_bytes, nx_store_progress *progress, void *ctx,
                          nx_merge_report *report, nx_error *err) NX_MUST_USE;
// Everything local into one segment, as small as it gets.
nx_status nx_writer_compact(nx_writer *w, nx_store_progress *progress, void *ctx,
                            nx_merge_report *report, nx_error *err) NX_MUST_USE;

typedef struct nx_check_report {
    uint64_t faults;
    bool only_manifest; // all faults are the manifest's, which no rebuild mends
    uint32_t segments, documents;
} nx_check_report;

// Reads everything local: every segment by Xapian's own full check, format numbers, one copy for
// each unique term and one unique term for each article, the manifest. Each fault is appended to
// text as a line. What a writer that died has left for the next one to complete is no fault. Takes
// the lock (wait_seconds as above), so that nothing changes meanwhile. Needs permission to write:
// libxapian opens what it checks for writing.
nx_status nx_store_check(const char *dir, unsigned wait_seconds, nx_store_progress *progress,
                         void *ctx, nx_check_report *report, nx_buf *text,
                         nx_error *err) NX_MUST_USE;

// For a rebuild, which may replace a damaged index: whether what it looks up in the old one can be
// read, else as nx_store_open. libxapian may crash on blocks that are damaged, so their structure
// is checked. The caller has the lock. Cost: 2 s of CPU for 200,000 articles.
nx_status nx_store_try(const char *dir, nx_error *err) NX_MUST_USE;

#ifdef __cplusplus
}
#endif
#endif
