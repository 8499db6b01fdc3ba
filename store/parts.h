// parts.h: what the files of store/ share. Private to this folder and its tests.
#ifndef NX_STORE_PARTS_H
#define NX_STORE_PARTS_H

#include "schema/schema.h"
#include "store/store.h"

// For what the next writer does again when it fails now, such as removing rubbish.
static inline void nx_ignore(nx_status st)
{
    (void)st;
}

// ---- stub.c: the stub file ----------------------------------------------------------------------

typedef enum nx_stub_kind { NX_STUB_SEGMENT, NX_STUB_REMOTE, NX_STUB_COMMENT } nx_stub_kind;

typedef struct nx_stub_line {
    nx_stub_kind kind;
    uint32_t number; // of a segment
    unsigned port;   // of a remote shard
    char *host;
    char *text; // the line as it is written, without the newline
} nx_stub_line;

typedef struct nx_stub {
    nx_stub_line *lines;
    size_t count, room;
} nx_stub;

enum { NX_SEGMENT_NAME = 16, NX_STUB_MAX_BYTES = 1 << 20 };

void nx_stub_release(nx_stub *s);
// Parses the bytes of a stub file; path is for messages. *s is zero-initialised.
nx_status nx_stub_parse(nx_stub *s, nx_str bytes, const char *path, nx_error *err) NX_MUST_USE;
// Reads INDEX/XAPIANDB; bytes (may be NULL) receives it as it is. Explains what dir is when it is
// no index.
nx_status nx_stub_read(nx_stub *s, const char *dir, nx_buf *bytes, nx_error *err) NX_MUST_USE;
// Replaces INDEX/XAPIANDB atomically.
nx_status nx_stub_publish(const nx_stub *s, const char *dir, nx_error *err) NX_MUST_USE;
// Appends copies of the lines of from that are not segments.
nx_status nx_stub_keep_others(nx_stub *s, const nx_stub *from, nx_error *err) NX_MUST_USE;
nx_status nx_stub_add_segment(nx_stub *s, uint32_t number, nx_error *err) NX_MUST_USE;
bool nx_stub_has(const nx_stub *s, uint32_t number);
// "seg-000007"; returns out.
char *nx_segment_name(char out[NX_SEGMENT_NAME], uint32_t number);
// The number of a segment's name; false when it is none.
bool nx_segment_number(nx_str name, uint32_t *number);

// ---- lock.c: one at a time ----------------------------------------------------------------------

typedef struct nx_lock {
    int fd; // -1: not held
} nx_lock;

// Takes DIR/NAME, waiting up to wait_seconds. See nx_writer_open for the statuses.
nx_status nx_lock_take(nx_lock *l, const char *dir, const char *name, unsigned wait_seconds,
                       nx_error *err) NX_MUST_USE;
// NX_EBUSY when somebody has removed the file of the lock, so that another may hold one of its
// name.
nx_status nx_lock_check(const nx_lock *l, const char *dir, const char *name,
                        nx_error *err) NX_MUST_USE;
void nx_lock_drop(nx_lock *l);

// ---- segment.c: one segment ---------------------------------------------------------------------

// Set in the segment that nx_writer_put writes to.
#define NX_META_LIVE "newsdex.live"

// NX_INDEX_FORMAT as text; returns out.
char *nx_format_text(char out[16]);
// Opens INDEX/seg-N for reading. NX_ECORRUPT when it is not there, no database, or without one of
// its tables.
nx_status nx_segment_open(nx_xdb **out, const char *dir, uint32_t number,
                          nx_error *err) NX_MUST_USE;
// Whether the files of the tables are there that the segment (a path) says it has. NX_ECORRUPT with
// the name of the first that is missing; nothing is said of a version file that cannot be read.
nx_status nx_segment_check_tables(const char *segment, nx_error *err) NX_MUST_USE;
// As nx_xcheck of the database or table at path. What libxapian crashes on is NX_ECORRUPT.
nx_status nx_check_apart(const char *path, size_t *faults, nx_buf *report,
                         nx_error *err) NX_MUST_USE;
// Whether this program understands the segment. Appends its analysis (may be NULL).
nx_status nx_segment_check_format(const nx_xdb *db, const char *dir, const char *name,
                                  nx_buf *analysis, nx_error *err) NX_MUST_USE;
// Looks for the term; found->segment is left alone.
nx_status nx_segment_find(const nx_xdb *db, nx_str unique_term, nx_found *found,
                          nx_error *err) NX_MUST_USE;
// Bytes of its files.
nx_status nx_segment_bytes(const char *dir, uint32_t number, uint64_t *out,
                           nx_error *err) NX_MUST_USE;
// fsync of its files and its directory.
nx_status nx_segment_sync(const char *dir, uint32_t number, nx_error *err) NX_MUST_USE;
// fsync of its directory alone. A commit of libxapian syncs the files, but not the name under which
// the newest state of them is found.
nx_status nx_segment_sync_dir(const char *dir, uint32_t number, nx_error *err) NX_MUST_USE;
nx_status nx_segment_remove(const char *dir, uint32_t number, nx_error *err) NX_MUST_USE;

// ---- terms.c: sets of terms as metadata ---------------------------------------------------------

// "5:Qabcd4:Qefg": the terms of the set, in the order they came.
void nx_terms_write(const nx_vocab *set, nx_buf *out);
// Adds what nx_terms_write has written to set. NX_ECORRUPT when it is something else.
nx_status nx_terms_read(nx_vocab *set, nx_str bytes, nx_error *err) NX_MUST_USE;

// ---- the writer ---------------------------------------------------------------------------------

typedef struct nx_wseg {
    uint32_t number;
    char name[NX_SEGMENT_NAME];
    nx_xdb *db;         // for reading; NULL when wdb is open
    nx_xwdb *wdb;       // for writing; NULL until needed
    uint32_t documents; // committed
    bool live;          // where articles are put
    bool in_transaction;
    bool touched; // has changes outside a transaction, for the next commit
} nx_wseg;

struct nx_writer {
    char *dir;
    nx_lock lock;
    nx_stub others; // lines that are not segments, kept as they are
    nx_wseg *segs;
    size_t seg_count, seg_room;
    uint32_t *retired; // segments that the next stub will not name
    size_t retired_count;
    uint32_t next_number;
    char *analysis;
    bool no_sync;
    bool failed; // what was not committed is lost; only closing is left

    bool rebuilding;
    nx_stub old; // what the new segments will replace

    nx_vocab *doomed; // terms whose copies outside the live segment go with the next commit

    nx_glass_builder *builder; // of the bulk segment being built, or NULL
    uint32_t bulk_number;
    nx_vocab *bulk_terms; // superseded by it
    bool format_probed;
};

// Names of the moments at which a writer may be killed; each is reached by some operation.
#define NX_STORE_STEPS(X)                                                                          \
    X(LIVE_CREATED, "live segment created")                                                        \
    X(LIVE_COMMITTED, "live segment committed")                                                    \
    X(REWRITTEN, "segment written anew")                                                           \
    X(COPIES_DELETED, "older copies deleted")                                                      \
    X(LIST_CLEARED, "list of superseded articles cleared")                                         \
    X(BULK_WRITTEN, "bulk segment written")                                                        \
    X(BULK_PUBLISHED, "bulk segment published")                                                    \
    X(MERGE_WRITTEN, "merged segment written")                                                     \
    X(MERGE_PUBLISHED, "merged segment published")                                                 \
    X(REBUILD_PUBLISHED, "rebuilt index published")

typedef enum nx_store_step_id {
#define X(id, name) NX_STEP_##id,
    NX_STORE_STEPS(X)
#undef X
        NX_STEP_COUNT
} nx_store_step_id;

// Set by tests only, to stop the process at a step; NULL otherwise.
extern void (*nx_store_step_hook)(nx_store_step_id step);
void nx_store_step(nx_store_step_id step);

unsigned nx_writer_open_flags(const nx_writer *w); // of segments, for writing
nx_xdb *nx_wseg_db(nx_wseg *seg);
nx_status nx_wseg_write(nx_writer *w, nx_wseg *seg, nx_error *err) NX_MUST_USE; // opens wdb
nx_status nx_wseg_refresh(nx_wseg *seg, nx_error *err) NX_MUST_USE;             // documents
nx_status nx_writer_add_segment(nx_writer *w, uint32_t number, nx_error *err) NX_MUST_USE;
// An index has a segment, even an empty one: Xapian cannot search none.
nx_status nx_writer_need_segment(nx_writer *w, nx_error *err) NX_MUST_USE;
// Closes a segment and leaves it out of the next stub. The order of the others stays.
nx_status nx_writer_retire(nx_writer *w, size_t i, nx_error *err) NX_MUST_USE;
// Publishes a stub that names the writer's segments, then removes the retired ones. While
// rebuilding it does nothing.
nx_status nx_writer_publish(nx_writer *w, nx_error *err) NX_MUST_USE;
// Notes a failure after which the writer cannot go on, and says in which index. Returns st.
nx_status nx_writer_note(nx_writer *w, nx_status st, nx_error *err);
// NX_EIO when an earlier operation has failed, else NX_OK.
nx_status nx_writer_usable(const nx_writer *w, nx_error *err) NX_MUST_USE;

// commit.c
// Commits what was written to a segment; it is on disk then, unless the writer is not to sync.
nx_status nx_wseg_commit(const nx_writer *w, nx_wseg *seg, nx_error *err) NX_MUST_USE;
// Deletes the terms of the set from all segments but the one of that number, and commits those. A
// segment that has nothing else is retired, one that has little else written anew, and a stub
// without it published.
nx_status nx_writer_delete_copies(nx_writer *w, const nx_vocab *terms, uint32_t except,
                                  nx_error *err) NX_MUST_USE;
// The segment of that number; NULL when it is none of the writer's.
nx_wseg *nx_writer_numbered(nx_writer *w, uint32_t number);
// Clears the list of superseded articles of a segment.
nx_status nx_writer_clear_superseded(nx_writer *w, nx_wseg *seg, nx_error *err) NX_MUST_USE;

// rewrite.c
// Whether to write a segment anew costs less than to delete so many of its articles.
bool nx_rewrite_is_cheaper(const nx_wseg *seg, uint32_t gone);
// Puts a copy without the articles of these terms in the place of the writer's i-th segment, which
// is retired; the caller publishes.
nx_status nx_segment_rewrite(nx_writer *w, size_t i, const nx_vocab *terms,
                             nx_error *err) NX_MUST_USE;

// family_list.c
// The metadata key of a family's list, appended.
nx_status nx_family_key(nx_buf *key, nx_str family, nx_error *err) NX_MUST_USE;

// families.c
// Lists an article of a segment that is open for writing, unless its list is full.
nx_status nx_family_list_add(nx_wseg *seg, nx_str family, nx_str unique_term,
                             nx_error *err) NX_MUST_USE;
// For nx_xcompact_options: lists of several segments become one.
nx_status nx_merge_metadata(void *ctx, nx_str key, const nx_str *values, size_t count, nx_buf *out,
                            nx_error *err) NX_MUST_USE;

// recover.c: completes what an earlier writer left undone. The lock is held, nothing is open.
nx_status nx_recover_directory(const char *dir, const nx_stub *stub, uint32_t *next_number,
                               nx_error *err) NX_MUST_USE;
nx_status nx_recover_superseded(nx_writer *w, nx_error *err) NX_MUST_USE;

#endif
