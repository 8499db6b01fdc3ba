// writer.c: the one writer: opening, putting and removing articles, committing.
//
// Order of a commit, so that a death between two steps loses nothing and leaves no second copy for
// good: the live segment is committed together with the list of articles it supersedes elsewhere;
// the older copies are deleted and those segments committed; the list is cleared. The next writer
// finds the list if it was not cleared, and deletes again (store/recover.c).
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/io.h"
#include "store/parts.h"

enum {
    // Beyond this many articles the live segment is left to merging and a new one begun: inserting
    // into large B-trees is what makes libxapian slow.
    LIVE_MAX = 20000,
    UNIQUE_PREFIX = 'Q',
};

void (*nx_store_step_hook)(nx_store_step_id step);

void nx_store_step(nx_store_step_id step)
{
    if (nx_store_step_hook != NULL) {
        nx_store_step_hook(step);
    }
}

nx_status nx_writer_note(nx_writer *w, nx_status st)
{
    w->failed = w->failed || st != NX_OK;
    return st;
}

nx_status nx_writer_usable(const nx_writer *w, nx_error *err)
{
    return w->failed ? nx_fail(err, NX_EIO, "%s: not written after an earlier failure", w->dir)
                     : NX_OK;
}

// ---- segments of the writer ---------------------------------------------------------------------

nx_xdb *nx_wseg_db(nx_wseg *seg)
{
    return seg->wdb != NULL ? nx_xwdb_db(seg->wdb) : seg->db;
}

static unsigned open_flags(const nx_writer *w)
{
    return w->no_sync ? NX_XOPEN_NO_SYNC : 0;
}

nx_status nx_wseg_write(nx_writer *w, nx_wseg *seg, nx_error *err)
{
    if (seg->wdb != NULL) {
        return NX_OK;
    }
    char *path = nx_path_join(w->dir, seg->name);
    if (path == NULL) {
        return nx_fail_nomem(err);
    }
    nx_status st = nx_xwdb_open(&seg->wdb, path, NX_XOPEN_ONLY, open_flags(w), 0, err);
    if (st == NX_OK) {
        nx_xdb_close(seg->db);
        seg->db = NULL;
    }
    free(path);
    return st;
}

void nx_wseg_close(nx_wseg *seg)
{
    nx_xdb_close(seg->db);
    nx_xwdb_discard(seg->wdb);
    seg->db = NULL;
    seg->wdb = NULL;
    seg->in_transaction = false;
}

nx_status nx_wseg_refresh(nx_wseg *seg, nx_error *err)
{
    nx_xstats stats;
    nx_status st = nx_xdb_stats(nx_wseg_db(seg), &stats, err);
    if (st == NX_OK) {
        seg->documents = stats.documents;
    }
    return st;
}

nx_status nx_writer_add_segment(nx_writer *w, uint32_t number, nx_error *err)
{
    if (w->seg_count == w->seg_room) {
        size_t room = w->seg_room > 0 ? w->seg_room * 2 : 8;
        nx_wseg *grown = realloc(w->segs, room * sizeof *grown);
        if (grown == NULL) {
            return nx_fail_nomem(err);
        }
        w->segs = grown;
        w->seg_room = room;
    }
    nx_wseg *seg = &w->segs[w->seg_count];
    *seg = (nx_wseg){.number = number};
    nx_segment_name(seg->name, number);
    nx_buf analysis, live;
    nx_buf_init(&analysis, NX_STUB_MAX_BYTES);
    nx_buf_init(&live, NX_STUB_MAX_BYTES);
    nx_status st = nx_segment_open(&seg->db, w->dir, number, err);
    if (st == NX_OK) {
        st = nx_segment_check_format(seg->db, w->dir, seg->name, &analysis, err);
    }
    if (st == NX_OK && !nx_str_eq(nx_buf_str(&analysis), nx_str_of(w->analysis))) {
        st = nx_fail(err, NX_EVERSION,
                     "%s: made with analysis %s, this program has %s; run newsindex rebuild",
                     w->dir, analysis.data, w->analysis);
    }
    if (st == NX_OK) {
        st = nx_xdb_metadata(seg->db, NX_STR(NX_META_LIVE), &live, err);
        seg->live = live.len > 0;
    }
    if (st == NX_OK) {
        st = nx_wseg_refresh(seg, err);
    }
    if (st == NX_OK) {
        w->seg_count++;
    } else {
        nx_wseg_close(seg);
    }
    nx_buf_release(&live);
    nx_buf_release(&analysis);
    return st;
}

nx_status nx_writer_retire(nx_writer *w, size_t i, nx_error *err)
{
    uint32_t *grown = realloc(w->retired, (w->retired_count + 1) * sizeof *grown);
    if (grown == NULL) {
        return nx_fail_nomem(err);
    }
    w->retired = grown;
    w->retired[w->retired_count++] = w->segs[i].number;
    nx_wseg_close(&w->segs[i]);
    memmove(&w->segs[i], &w->segs[i + 1], (w->seg_count - i - 1) * sizeof w->segs[0]);
    w->seg_count--;
    return NX_OK;
}

// Readers that have them open keep them. What cannot be removed now, the next writer removes.
static void remove_retired(nx_writer *w)
{
    for (size_t i = 0; i < w->retired_count; i++) {
        nx_ignore(nx_segment_remove(w->dir, w->retired[i], NULL));
    }
    w->retired_count = 0;
}

nx_status nx_writer_publish(nx_writer *w, nx_error *err)
{
    if (w->rebuilding) {
        return NX_OK;
    }
    nx_stub stub = {0};
    nx_status st = NX_OK;
    for (size_t i = 0; st == NX_OK && i < w->seg_count; i++) {
        st = nx_stub_add_segment(&stub, w->segs[i].number, err);
    }
    if (st == NX_OK) {
        st = nx_stub_keep_others(&stub, &w->others, err);
    }
    if (st == NX_OK) {
        st = nx_stub_publish(&stub, w->dir, err);
    }
    if (st == NX_OK) {
        remove_retired(w);
    }
    nx_stub_release(&stub);
    return st;
}

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
    nx_status st = nx_xwdb_open(&db, path, NX_XCREATE, open_flags(w), 0, err);
    for (size_t i = 0; st == NX_OK && i < sizeof facts / sizeof facts[0]; i++) {
        st = nx_xwdb_set_metadata(db, facts[i].key, facts[i].value, err);
    }
    if (st == NX_OK) {
        st = nx_xwdb_close(db, err);
    } else {
        nx_xwdb_discard(db);
    }
    nx_store_step(NX_STEP_LIVE_CREATED);
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

// ---- opening and closing ------------------------------------------------------------------------

// Whether dir, which has no stub, may become an index: nothing in it but what a writer that died
// while making one leaves.
static nx_status check_creatable(const char *dir, nx_error *err)
{
    DIR *entries = opendir(dir);
    if (entries == NULL) {
        return nx_fail_errno(err, errno, "%s", dir);
    }
    nx_status st = NX_OK;
    for (struct dirent *e; st == NX_OK && (e = readdir(entries)) != NULL;) {
        nx_str name = nx_str_of(e->d_name);
        if (e->d_name[0] != '.' && !nx_str_eq(name, NX_STR("lock")) &&
            !nx_str_starts(name, NX_STR("state.sqlite")) && !nx_str_starts(name, NX_STR("seg-")) &&
            !nx_str_starts(name, NX_STR("XAPIANDB"))) {
            st = nx_fail(err, NX_EFORMAT, "%s: not an index, and not empty: it has %s", dir,
                         e->d_name);
        }
    }
    (void)closedir(entries);
    return st;
}

static nx_status make_directory(const char *dir, const nx_writer_options *options, nx_error *err)
{
    nx_stub stub = {0};
    nx_status st = nx_stub_read(&stub, dir, NULL, err);
    nx_stub_release(&stub);
    if (st == NX_ENOINPUT && options->create) {
        return nx_make_dirs(dir, err);
    }
    if (st == NX_EFORMAT && options->create) {
        nx_error why = NX_ERROR_INIT;
        if (check_creatable(dir, &why) == NX_OK) {
            return NX_OK;
        }
        return st;
    }
    return st;
}

static nx_status open_segments(nx_writer *w, const nx_stub *stub, nx_error *err)
{
    nx_status st = NX_OK;
    for (size_t i = 0; st == NX_OK && i < stub->count; i++) {
        if (stub->lines[i].kind == NX_STUB_SEGMENT) {
            st = nx_writer_add_segment(w, stub->lines[i].number, err);
        }
    }
    return st;
}

// With the lock held: what is there, repaired, opened; or a new index.
static nx_status open_index(nx_writer *w, const nx_writer_options *options, nx_error *err)
{
    nx_stub stub = {0};
    nx_status st = nx_stub_read(&stub, w->dir, NULL, err);
    const bool is_new = (st == NX_EFORMAT || st == NX_ENOINPUT) && options->create;
    if (is_new) {
        st = check_creatable(w->dir, err);
    }
    if (st == NX_OK) {
        st = nx_recover_directory(w->dir, &stub, &w->next_number, err);
    }
    if (st == NX_OK) {
        st = nx_stub_keep_others(&w->others, &stub, err);
    }
    if (st == NX_OK && options->rebuild && !is_new) {
        w->rebuilding = true;
        w->old = stub;
        return NX_OK;
    }
    if (st == NX_OK) {
        st = open_segments(w, &stub, err);
    }
    if (st == NX_OK) {
        st = nx_recover_superseded(w, err);
    }
    if (st == NX_OK) {
        st = nx_writer_need_segment(w, err);
    }
    nx_stub_release(&stub);
    return st;
}

static void free_writer(nx_writer *w)
{
    for (size_t i = 0; i < w->seg_count; i++) {
        nx_wseg_close(&w->segs[i]);
    }
    nx_stub_release(&w->others);
    nx_stub_release(&w->old);
    nx_vocab_free(w->doomed);
    nx_vocab_free(w->bulk_terms);
    nx_lock_drop(&w->lock);
    free(w->retired);
    free(w->segs);
    free(w->analysis);
    free(w->dir);
    free(w);
}

nx_status nx_writer_open(nx_writer **out, const char *dir, const nx_writer_options *options,
                         nx_error *err)
{
    *out = NULL;
    nx_status st = make_directory(dir, options, err);
    if (st != NX_OK) {
        return st;
    }
    nx_writer *w = calloc(1, sizeof *w);
    if (w == NULL) {
        return nx_fail_nomem(err);
    }
    w->lock.fd = -1;
    w->no_sync = options->no_sync;
    w->dir = strdup(dir);
    w->analysis = strdup(options->analysis);
    w->doomed = nx_vocab_new();
    w->bulk_terms = nx_vocab_new();
    st = w->dir != NULL && w->analysis != NULL && w->doomed != NULL && w->bulk_terms != NULL
             ? nx_lock_take(&w->lock, dir, options->wait_seconds, err)
             : nx_fail_nomem(err);
    if (st == NX_OK) {
        st = open_index(w, options, err);
    }
    if (st != NX_OK) {
        free_writer(w);
        return st;
    }
    *out = w;
    return NX_OK;
}

nx_status nx_writer_close(nx_writer *w, nx_error *err)
{
    if (w == NULL) {
        return NX_OK;
    }
    nx_status st = nx_writer_commit(w, err);
    nx_writer_abort(w);
    return st;
}

void nx_writer_abort(nx_writer *w)
{
    if (w != NULL) {
        nx_writer_bulk_abandon(w);
        free_writer(w);
    }
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
    return nx_writer_note(w, st);
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
    return nx_writer_note(w, st);
}

nx_status nx_writer_add_spelling(nx_writer *w, nx_str word, uint32_t count, nx_error *err)
{
    nx_wseg *live = NULL;
    nx_status st = need_live(w, &live, err);
    return st == NX_OK ? nx_xwdb_add_spelling(live->wdb, word, count, err) : st;
}

// The unique term of a document, appended to out.
static nx_status unique_term_of(const nx_xdb *db, uint32_t docid, nx_buf *out, nx_error *err)
{
    nx_xterms *terms = NULL;
    const char prefix = UNIQUE_PREFIX;
    bool more = false;
    nx_status st = nx_xdb_doc_terms(&terms, db, docid, err);
    if (st == NX_OK) {
        st = nx_xterms_skip_to(terms, nx_str_make(&prefix, 1), &more, err);
    }
    if (st == NX_OK) {
        nx_str term = more ? nx_xterms_term(terms) : NX_STR_NONE;
        st = term.n > 1 && term.p[0] == prefix
                 ? (nx_buf_adds(out, term), nx_buf_check(out, "unique term", err))
                 : nx_fail(err, NX_ECORRUPT, "document %u has no unique term", (unsigned)docid);
    }
    nx_xterms_free(terms);
    return st;
}

// Notes the unique terms of all documents of a segment that match.
static nx_status collect_matching(const nx_xdb *db, const nx_xquery *query, nx_vocab *terms,
                                  nx_error *err)
{
    nx_xenquire *e = NULL;
    nx_xmset *hits = NULL;
    nx_buf term;
    nx_buf_init(&term, NX_XTERM_MAX);
    const nx_xweight none = nx_xweight_default(NX_XWEIGHT_BOOL);
    nx_status st = nx_xenquire_new(&e, db, err);
    if (st == NX_OK) {
        st = nx_xenquire_set_query(e, query, 0, err);
    }
    if (st == NX_OK) {
        st = nx_xenquire_set_weight(e, &none, err);
    }
    if (st == NX_OK) {
        nx_xstats stats;
        st = nx_xdb_stats(db, &stats, err);
        const nx_xrun all = {.max = st == NX_OK ? stats.documents : 0};
        st = st == NX_OK ? nx_xenquire_run(&hits, e, &all, err) : st;
    }
    for (uint32_t i = 0; st == NX_OK && i < nx_xmset_count(hits); i++) {
        nx_xhit hit;
        nx_buf_clear(&term);
        st = nx_xmset_hit(hits, i, &hit, err);
        if (st == NX_OK) {
            st = unique_term_of(db, hit.docid, &term, err);
        }
        if (st == NX_OK && nx_vocab_add(terms, nx_buf_str(&term), NULL) == NX_VOCAB_NONE) {
            st = nx_fail_nomem(err);
        }
    }
    nx_buf_release(&term);
    nx_xmset_free(hits);
    nx_xenquire_free(e);
    return st;
}

nx_status nx_writer_remove_matching(nx_writer *w, const nx_xquery *query, uint32_t *removed,
                                    nx_error *err)
{
    *removed = 0;
    nx_vocab *terms = nx_vocab_new();
    nx_status st = terms != NULL ? nx_writer_commit(w, err) : nx_fail_nomem(err);
    for (size_t i = 0; st == NX_OK && i < w->seg_count; i++) {
        st = collect_matching(nx_wseg_db(&w->segs[i]), query, terms, err);
    }
    for (uint32_t i = 0; st == NX_OK && i < nx_vocab_count(terms); i++) {
        bool was_there = false;
        st = nx_writer_remove(w, nx_vocab_get(terms, i), &was_there, err);
        *removed += was_there;
    }
    nx_vocab_free(terms);
    return st;
}

// ---- committing ---------------------------------------------------------------------------------

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
        st = nx_xwdb_commit(seg->wdb, err);
    }
    if (st == NX_OK && changed) {
        st = nx_wseg_refresh(seg, err);
    }
    return st;
}

nx_status nx_writer_delete_copies(nx_writer *w, const nx_vocab *terms, size_t except, nx_error *err)
{
    nx_status st = NX_OK;
    for (size_t i = 0; st == NX_OK && i < w->seg_count; i++) {
        if (i != except) {
            st = delete_from(w, &w->segs[i], terms, err);
        }
    }
    return st;
}

nx_status nx_writer_clear_superseded(nx_writer *w, nx_wseg *seg, nx_error *err)
{
    nx_status st = nx_wseg_write(w, seg, err);
    if (st == NX_OK) {
        st = nx_xwdb_set_metadata(seg->wdb, NX_STR(NX_META_SUPERSEDED), NX_STR(""), err);
    }
    return st == NX_OK ? nx_xwdb_commit(seg->wdb, err) : st;
}

// Commits what was put, together with the list of what it supersedes.
static nx_status commit_live(nx_wseg *live, const nx_vocab *doomed, nx_error *err)
{
    nx_status st = NX_OK;
    if (nx_vocab_count(doomed) > 0) {
        nx_buf list;
        nx_buf_init(&list, SIZE_MAX / 2);
        nx_terms_write(doomed, &list);
        st = nx_buf_check(&list, "the list of superseded articles", err);
        if (st == NX_OK) {
            st =
                nx_xwdb_set_metadata(live->wdb, NX_STR(NX_META_SUPERSEDED), nx_buf_str(&list), err);
        }
        nx_buf_release(&list);
    }
    if (st == NX_OK) {
        st = nx_xwdb_commit_transaction(live->wdb, err);
    }
    if (st == NX_OK) {
        live->in_transaction = false;
        st = nx_wseg_refresh(live, err);
    }
    return st;
}

static nx_status commit_all(nx_writer *w, nx_error *err)
{
    size_t live = SIZE_MAX;
    for (size_t i = 0; i < w->seg_count; i++) {
        if (w->segs[i].in_transaction) {
            live = i;
        }
    }
    nx_status st = NX_OK;
    if (live != SIZE_MAX) {
        st = commit_live(&w->segs[live], w->doomed, err);
        nx_store_step(NX_STEP_LIVE_COMMITTED);
    }
    if (st != NX_OK || nx_vocab_count(w->doomed) == 0) {
        return st;
    }
    st = nx_writer_delete_copies(w, w->doomed, live, err);
    nx_store_step(NX_STEP_COPIES_DELETED);
    if (st == NX_OK && live != SIZE_MAX) {
        st = nx_writer_clear_superseded(w, &w->segs[live], err);
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
    return st == NX_OK ? nx_writer_note(w, commit_all(w, err)) : st;
}
