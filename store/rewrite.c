// rewrite.c: a segment most of whose articles are superseded is written anew without them.
//
// To delete an article is not cheap: every list of postings that it is in changes, and the blocks
// stay as large as they were. To copy one costs as much as to delete two. So where more than twice
// as many go as stay, those that stay are copied: 19,000 of 20,000 superseded at once took 25 s of
// CPU with deletions and take 5. Order, as for a merge: the copy is complete and synced; the
// stub that names it in the old one's place is renamed into place; the old one is removed. A death
// before the renaming leaves rubbish, and the list of what is superseded.
#include <stdlib.h>

#include "base/io.h"
#include "store/parts.h"

// Deleting so few is done before the files of a new segment are there.
enum { GONE_MIN = 64 };

bool nx_rewrite_is_cheaper(const nx_wseg *seg, uint32_t gone)
{
    return gone >= GONE_MIN && gone / 2 > seg->documents - gone;
}

// Marks the documents of the segment that have one of the terms.
static nx_status mark_gone(const nx_xdb *db, const nx_vocab *terms, bool *gone, uint32_t last,
                           nx_error *err)
{
    nx_status st = NX_OK;
    for (uint32_t i = 0; st == NX_OK && i < nx_vocab_count(terms); i++) {
        nx_xposts *posts = NULL;
        bool more = false;
        st = nx_xdb_postings(&posts, db, nx_vocab_get(terms, i), err);
        while (st == NX_OK && (st = nx_xposts_next(posts, &more, err)) == NX_OK && more) {
            if (nx_xposts_docid(posts) <= last) {
                gone[nx_xposts_docid(posts)] = true;
            }
        }
        nx_xposts_free(posts);
    }
    return st;
}

static nx_status copy_document(const nx_xdb *from, nx_xwdb *to, uint32_t docid, nx_error *err)
{
    nx_xdoc *doc = NULL;
    nx_status st = nx_xdb_doc(&doc, from, docid, err);
    st = st == NX_OK ? nx_xwdb_replace(to, docid, doc, err) : st;
    nx_xdoc_free(doc);
    return st;
}

static nx_status copy_documents(const nx_xdb *from, nx_xwdb *to, const nx_vocab *terms,
                                nx_error *err)
{
    nx_xstats stats;
    nx_xposts *all = NULL;
    bool *gone = NULL, more = false;
    nx_status st = nx_xdb_stats(from, &stats, err);
    if (st == NX_OK && (gone = calloc((size_t)stats.last_docid + 1, sizeof *gone)) == NULL) {
        st = nx_fail_nomem(err);
    }
    st = st == NX_OK ? mark_gone(from, terms, gone, stats.last_docid, err) : st;
    st = st == NX_OK ? nx_xdb_postings(&all, from, NX_STR(""), err) : st;
    while (st == NX_OK && (st = nx_xposts_next(all, &more, err)) == NX_OK && more) {
        const uint32_t docid = nx_xposts_docid(all);
        if (docid > stats.last_docid || !gone[docid]) {
            st = copy_document(from, to, docid, err);
        }
    }
    nx_xposts_free(all);
    free(gone);
    return st;
}

// Also the lists of families, and a list of its own that is not worked off yet.
static nx_status copy_metadata(const nx_xdb *from, nx_xwdb *to, nx_error *err)
{
    nx_xterms *keys = NULL;
    nx_buf value;
    bool more = false;
    nx_buf_init(&value, SIZE_MAX / 2);
    nx_status st = nx_xdb_metadata_keys(&keys, from, NX_STR(""), err);
    while (st == NX_OK && (st = nx_xterms_next(keys, &more, err)) == NX_OK && more) {
        nx_buf_clear(&value);
        st = nx_xdb_metadata(from, nx_xterms_term(keys), &value, err);
        st = st == NX_OK ? nx_xwdb_set_metadata(to, nx_xterms_term(keys), nx_buf_str(&value), err)
                         : st;
    }
    nx_xterms_free(keys);
    nx_buf_release(&value);
    return st;
}

static nx_status write_copy(nx_writer *w, nx_wseg *seg, uint32_t number, const nx_vocab *terms,
                            nx_error *err)
{
    char name[NX_SEGMENT_NAME];
    char *path = nx_path_join(w->dir, nx_segment_name(name, number));
    const nx_xdb *from = nx_wseg_db(seg);
    nx_xwdb *to = NULL;
    nx_status st = path != NULL
                       ? nx_xwdb_open(&to, path, NX_XCREATE, nx_writer_open_flags(w), 0, err)
                       : nx_fail_nomem(err);
    st = st == NX_OK ? copy_metadata(from, to, err) : st;
    st = st == NX_OK ? copy_documents(from, to, terms, err) : st;
    if (st == NX_OK) {
        st = nx_xwdb_close(to, err); // commits
    } else {
        nx_xwdb_discard(to);
    }
    st = st == NX_OK && !w->no_sync ? nx_segment_sync_dir(w->dir, number, err) : st;
    st = st == NX_OK ? nx_sync_dir(w->dir, err) : st;
    if (st != NX_OK && path != NULL) {
        nx_ignore(nx_remove_tree(path, NULL));
    }
    free(path);
    return st;
}

// In the place of the old one: whoever goes through the segments has not passed it.
static nx_status take_place(nx_writer *w, size_t i, uint32_t number, nx_error *err)
{
    nx_status st = nx_writer_add_segment(w, number, err);
    st = st == NX_OK ? nx_writer_retire(w, i, err) : st;
    if (st == NX_OK) {
        const nx_wseg copy = w->segs[w->seg_count - 1];
        memmove(&w->segs[i + 1], &w->segs[i], (w->seg_count - 1 - i) * sizeof w->segs[0]);
        w->segs[i] = copy;
    }
    return st;
}

nx_status nx_segment_rewrite(nx_writer *w, size_t i, const nx_vocab *terms, nx_error *err)
{
    const uint32_t number = w->next_number++;
    nx_status st = write_copy(w, &w->segs[i], number, terms, err);
    nx_store_step(NX_STEP_REWRITTEN);
    return st == NX_OK ? take_place(w, i, number, err) : st;
}
