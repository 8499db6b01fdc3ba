// commit.c: making what was put and removed durable and visible.
//
// Order, so that a death between two steps loses nothing and leaves no second copy for good: the
// live segment is committed together with the list of articles it supersedes elsewhere; the older
// copies are deleted and those segments committed; the list is cleared. The next writer finds the
// list if it was not cleared, and deletes again (store/recover.c).
#include "store/parts.h"

#define NONE UINT32_MAX // no segment has this number

nx_status nx_wseg_commit(const nx_writer *w, nx_wseg *seg, nx_error *err)
{
    nx_status st = seg->in_transaction ? nx_xwdb_commit_transaction(seg->wdb, err)
                                       : nx_xwdb_commit(seg->wdb, err);
    seg->in_transaction = seg->in_transaction && st != NX_OK;
    return st == NX_OK && !w->no_sync ? nx_segment_sync_dir(w->dir, seg->number, err) : st;
}

static nx_status delete_from(nx_writer *w, nx_wseg *seg, const nx_vocab *terms, nx_error *err)
{
    nx_status st = NX_OK;
    bool changed = false;
    for (uint32_t i = 0; st == NX_OK && i < nx_vocab_count(terms); i++) {
        bool there = false;
        nx_str term = nx_vocab_get(terms, i);
        st = nx_xdb_term_exists(nx_wseg_db(seg), term, &there, err);
        if (st != NX_OK || !there) {
            continue;
        }
        st = nx_wseg_write(w, seg, err);
        if (st == NX_OK) {
            st = nx_xwdb_delete_by_term(seg->wdb, term, err);
        }
        changed = true;
    }
    if (st == NX_OK && changed) {
        st = nx_wseg_commit(w, seg, err);
    }
    if (st == NX_OK && changed) {
        st = nx_wseg_refresh(seg, err);
    }
    return st;
}

// How many articles of the segment are among them; not counted where they are fewer than half.
static nx_status count_among(nx_wseg *seg, const nx_vocab *terms, uint32_t *count, nx_error *err)
{
    nx_status st = NX_OK;
    *count = 0;
    if (seg->documents / 2 > nx_vocab_count(terms)) {
        return NX_OK;
    }
    for (uint32_t i = 0; st == NX_OK && i < nx_vocab_count(terms); i++) {
        bool there = false;
        st = nx_xdb_term_exists(nx_wseg_db(seg), nx_vocab_get(terms, i), &there, err);
        *count += there;
    }
    return st;
}

nx_status nx_writer_delete_copies(nx_writer *w, const nx_vocab *terms, uint32_t except,
                                  nx_error *err)
{
    nx_status st = NX_OK;
    bool replaced = false;
    for (size_t i = w->seg_count; st == NX_OK && i-- > 0;) {
        uint32_t gone = 0;
        if (w->segs[i].number == except) {
            continue;
        }
        st = count_among(&w->segs[i], terms, &gone, err);
        if (st != NX_OK) {
            break;
        }
        const bool all = gone > 0 && gone == w->segs[i].documents && w->seg_count > 1;
        if (all) { // much cheaper than to delete them one by one
            st = nx_writer_retire(w, i, err);
        } else if (nx_rewrite_is_cheaper(&w->segs[i], gone)) {
            st = nx_segment_rewrite(w, i, terms, err);
        } else {
            st = delete_from(w, &w->segs[i], terms, err);
            continue;
        }
        replaced = true;
    }
    return st == NX_OK && replaced ? nx_writer_publish(w, err) : st;
}

nx_wseg *nx_writer_numbered(nx_writer *w, uint32_t number)
{
    for (size_t i = 0; i < w->seg_count; i++) {
        if (w->segs[i].number == number) {
            return &w->segs[i];
        }
    }
    return NULL;
}

nx_status nx_writer_clear_superseded(nx_writer *w, nx_wseg *seg, nx_error *err)
{
    nx_status st = nx_wseg_write(w, seg, err);
    if (st == NX_OK) {
        st = nx_xwdb_set_metadata(seg->wdb, NX_STR(NX_META_SUPERSEDED), NX_STR(""), err);
    }
    return st == NX_OK ? nx_wseg_commit(w, seg, err) : st;
}

// Commits what was put, together with the list of what it supersedes.
static nx_status commit_live(nx_writer *w, nx_wseg *live, nx_error *err)
{
    nx_status st = NX_OK;
    if (nx_vocab_count(w->doomed) > 0) {
        nx_buf list;
        nx_buf_init(&list, SIZE_MAX / 2);
        nx_terms_write(w->doomed, &list);
        st = nx_buf_check(&list, "the list of superseded articles", err);
        if (st == NX_OK) {
            st =
                nx_xwdb_set_metadata(live->wdb, NX_STR(NX_META_SUPERSEDED), nx_buf_str(&list), err);
        }
        nx_buf_release(&list);
    }
    if (st == NX_OK) {
        st = nx_wseg_commit(w, live, err);
    }
    return st == NX_OK ? nx_wseg_refresh(live, err) : st;
}

static nx_status commit_all(nx_writer *w, nx_error *err)
{
    uint32_t live = NONE;
    for (size_t i = 0; i < w->seg_count; i++) {
        if (w->segs[i].in_transaction) {
            live = w->segs[i].number;
        }
    }
    nx_status st = NX_OK;
    if (live != NONE) {
        st = commit_live(w, nx_writer_numbered(w, live), err);
        nx_store_step(NX_STEP_LIVE_COMMITTED);
    }
    for (size_t i = 0; st == NX_OK && i < w->seg_count; i++) {
        if (w->segs[i].touched) {
            st = nx_wseg_commit(w, &w->segs[i], err);
            w->segs[i].touched = false;
        }
    }
    if (st != NX_OK || nx_vocab_count(w->doomed) == 0) {
        return st;
    }
    st = nx_writer_delete_copies(w, w->doomed, live, err);
    nx_store_step(NX_STEP_COPIES_DELETED);
    if (st == NX_OK && live != NONE) {
        st = nx_writer_clear_superseded(w, nx_writer_numbered(w, live), err);
        nx_store_step(NX_STEP_LIST_CLEARED);
    }
    if (st == NX_OK) {
        nx_vocab_clear(w->doomed);
    }
    return st;
}

nx_status nx_writer_commit(nx_writer *w, nx_error *err)
{
    nx_status st = nx_writer_usable(w, err);
    if (st != NX_OK) {
        return st;
    }
    st = nx_lock_check(&w->lock, w->dir, "lock", err);
    return nx_writer_note(w, st == NX_OK ? commit_all(w, err) : st, err);
}
