// articles.c: looking for articles, putting and removing them.
//
// Articles are put into the live segment. What is put or removed elsewhere is noted, and done by
// the commit (store/commit.c).
#include <stdlib.h>

#include "base/io.h"
#include "store/parts.h"

enum {
    // Beyond this many articles the live segment is left to merging and a new one begun: inserting
    // into large B-trees is what makes libxapian slow.
    LIVE_MAX = 20000,
};

// ---- the live segment ---------------------------------------------------------------------------

static nx_wseg *live_segment(nx_writer *w)
{
    for (size_t i = 0; i < w->seg_count; i++) {
        if (w->segs[i].live && (w->segs[i].in_transaction || w->segs[i].documents < LIVE_MAX)) {
            return &w->segs[i];
        }
    }
    return NULL;
}

// Makes an empty live segment and publishes it.
static nx_status create_live(nx_writer *w, nx_error *err)
{
    char name[NX_SEGMENT_NAME], format[16];
    const uint32_t number = w->next_number++;
    char *path = nx_path_join(w->dir, nx_segment_name(name, number));
    if (path == NULL) {
        return nx_fail_nomem(err);
    }
    nx_xwdb *db = NULL;
    const struct {
        nx_str key, value;
    } facts[] = {{NX_STR(NX_META_FORMAT), nx_str_of(nx_format_text(format))},
                 {NX_STR(NX_META_ANALYSIS), nx_str_of(w->analysis)},
                 {NX_STR(NX_META_LIVE), NX_STR("1")}};
    nx_status st = nx_xwdb_open(&db, path, NX_XCREATE, nx_writer_open_flags(w), 0, err);
    for (size_t i = 0; st == NX_OK && i < NX_COUNT(facts); i++) {
        st = nx_xwdb_set_metadata(db, facts[i].key, facts[i].value, err);
    }
    if (st == NX_OK) {
        st = nx_xwdb_close(db, err);
    } else {
        nx_xwdb_discard(db);
    }
    nx_store_step(NX_STEP_LIVE_CREATED);
    if (st == NX_OK && !w->no_sync) {
        st = nx_segment_sync_dir(w->dir, number, err);
    }
    if (st == NX_OK) {
        st = nx_sync_dir(w->dir, err); // the segment's own entry
    }
    if (st == NX_OK) {
        st = nx_writer_add_segment(w, number, err);
    }
    if (st == NX_OK) {
        st = nx_writer_publish(w, err);
    }
    free(path);
    return st;
}

nx_status nx_writer_need_segment(nx_writer *w, nx_error *err)
{
    return w->seg_count > 0 ? NX_OK : create_live(w, err);
}

// Begins a transaction, so that libxapian commits nothing by itself, and removes from the segment
// what was doomed while it was one of the others.
static nx_status begin_live(nx_writer *w, nx_wseg *live, nx_error *err)
{
    nx_status st = nx_xwdb_begin(live->wdb, true, err);
    live->in_transaction = st == NX_OK;
    for (uint32_t i = 0; st == NX_OK && i < nx_vocab_count(w->doomed); i++) {
        st = nx_xwdb_delete_by_term(live->wdb, nx_vocab_get(w->doomed, i), err);
    }
    return st;
}

// The live segment, open for writing.
static nx_status need_live(nx_writer *w, nx_wseg **out, nx_error *err)
{
    nx_status st = NX_OK;
    if (live_segment(w) == NULL) {
        st = create_live(w, err);
    }
    nx_wseg *live = live_segment(w);
    if (st == NX_OK) {
        st = nx_wseg_write(w, live, err);
    }
    if (st == NX_OK && !live->in_transaction) {
        st = begin_live(w, live, err);
    }
    *out = live;
    return st;
}

// ---- articles -----------------------------------------------------------------------------------

static bool is_doomed(const nx_writer *w, nx_str term)
{
    return nx_vocab_find(w->doomed, term) != NX_VOCAB_NONE;
}

nx_status nx_writer_find(nx_writer *w, nx_str unique_term, nx_found *out, nx_error *err)
{
    *out = (nx_found){0};
    const bool doomed = is_doomed(w, unique_term);
    for (size_t i = w->seg_count; i-- > 0;) {
        if (doomed && !w->segs[i].in_transaction) {
            continue;
        }
        nx_status st = nx_segment_find(nx_wseg_db(&w->segs[i]), unique_term, out, err);
        out->segment = i;
        if (st != NX_OK || out->exists) {
            return st;
        }
    }
    return NX_OK;
}

uint32_t nx_writer_documents(const nx_writer *w)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < w->seg_count; i++) {
        sum += w->segs[i].documents;
    }
    return sum;
}

size_t nx_writer_segments(const nx_writer *w)
{
    return w->seg_count;
}

nx_xdb *nx_writer_segment(nx_writer *w, size_t i)
{
    return nx_wseg_db(&w->segs[i]);
}

// Notes the copies of an article outside the segment that is in a transaction, to be deleted by
// the commit. *found: whether there are any.
static nx_status doom_copies(nx_writer *w, nx_str unique_term, bool *found, nx_error *err)
{
    *found = false;
    if (is_doomed(w, unique_term)) {
        return NX_OK;
    }
    nx_status st = NX_OK;
    for (size_t i = 0; st == NX_OK && !*found && i < w->seg_count; i++) {
        if (!w->segs[i].in_transaction) {
            st = nx_xdb_term_exists(nx_wseg_db(&w->segs[i]), unique_term, found, err);
        }
    }
    if (st == NX_OK && *found && nx_vocab_add(w->doomed, unique_term, NULL) == NX_VOCAB_NONE) {
        st = nx_fail_nomem(err);
    }
    return st;
}

// libxapian drops all pending changes when a document cannot be stored; so what it would refuse is
// refused before.
static nx_status check_terms(const nx_doc *doc, nx_error *err)
{
    for (size_t i = 0; i < doc->term_count; i++) {
        nx_str term = nx_vocab_get(doc->vocab, doc->terms[i].term);
        size_t n = term.n;
        for (size_t k = 0; k < term.n && n <= NX_XTERM_MAX; k++) {
            n += term.p[k] == '\0';
        }
        if (n == 0 || n > NX_XTERM_MAX) {
            return nx_fail(err, NX_ELIMIT, "a term of %zu bytes cannot be stored", term.n);
        }
    }
    return NX_OK;
}

nx_status nx_writer_put(nx_writer *w, nx_str unique_term, const nx_doc *doc, nx_error *err)
{
    nx_wseg *live = NULL;
    bool found = false;
    nx_status st = nx_writer_usable(w, err);
    if (st == NX_OK) {
        st = check_terms(doc, err);
    }
    if (st != NX_OK) {
        return st;
    }
    st = need_live(w, &live, err);
    if (st == NX_OK) {
        st = doom_copies(w, unique_term, &found, err);
    }
    if (st == NX_OK) {
        st = nx_xwdb_put(live->wdb, unique_term, doc, NULL, err);
    }
    return nx_writer_note(w, st, err);
}

static nx_status remove_from_live(nx_writer *w, nx_str unique_term, bool *found, nx_error *err)
{
    nx_status st = NX_OK;
    for (size_t i = 0; st == NX_OK && i < w->seg_count; i++) {
        nx_wseg *seg = &w->segs[i];
        if (!seg->in_transaction) {
            continue;
        }
        st = nx_xdb_term_exists(nx_wseg_db(seg), unique_term, found, err);
        if (st == NX_OK && *found) {
            st = nx_xwdb_delete_by_term(seg->wdb, unique_term, err);
        }
    }
    return st;
}

nx_status nx_writer_remove(nx_writer *w, nx_str unique_term, bool *removed, nx_error *err)
{
    bool elsewhere = false, in_live = false;
    nx_status st = nx_writer_usable(w, err);
    if (st == NX_OK) {
        st = doom_copies(w, unique_term, &elsewhere, err);
    }
    if (st == NX_OK) {
        st = remove_from_live(w, unique_term, &in_live, err);
    }
    if (removed != NULL) {
        *removed = st == NX_OK && (elsewhere || in_live);
    }
    return nx_writer_note(w, st, err);
}

static nx_status set_value(nx_writer *w, const nx_found *at, uint32_t slot, nx_str value,
                           nx_error *err)
{
    nx_wseg *seg = &w->segs[at->segment];
    nx_xdoc *doc = NULL;
    nx_status st = nx_wseg_write(w, seg, err);
    if (st == NX_OK) {
        seg->touched = !seg->in_transaction;
        st = nx_xdb_doc(&doc, nx_wseg_db(seg), at->docid, err);
    }
    if (st == NX_OK) {
        st = nx_xdoc_set_value(doc, slot, value, err);
    }
    if (st == NX_OK) {
        st = nx_xwdb_replace(seg->wdb, at->docid, doc, err);
    }
    nx_xdoc_free(doc);
    return st;
}

nx_status nx_writer_set_family(nx_writer *w, nx_str unique_term, nx_str family, nx_error *err)
{
    nx_found at;
    nx_status st = nx_writer_usable(w, err);
    if (st == NX_OK) {
        st = nx_writer_find(w, unique_term, &at, err);
    }
    if (st != NX_OK || !at.exists) {
        return st;
    }
    st = set_value(w, &at, NX_SLOT_FAMILY, family, err);
    if (st == NX_OK && family.n > 0) {
        st = nx_family_list_add(&w->segs[at.segment], family, unique_term, err);
    }
    return nx_writer_note(w, st, err);
}
