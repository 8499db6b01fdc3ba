// writer.c: the one writer: its segments, publishing them, opening and closing.
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "base/io.h"
#include "store/parts.h"

void (*nx_store_step_hook)(nx_store_step_id step);

void nx_store_step(nx_store_step_id step)
{
    if (nx_store_step_hook != NULL) {
        nx_store_step_hook(step);
    }
}

// What libxapian says of a failure does not tell which index it is.
static nx_status name_index(const char *dir, nx_status st, nx_error *err)
{
    if (st != NX_OK && err != NULL && !nx_str_starts(nx_str_of(err->msg), nx_str_of(dir))) {
        (void)nx_wrap(err, "%s: ", dir);
    }
    return st;
}

nx_status nx_writer_note(nx_writer *w, nx_status st, nx_error *err)
{
    w->failed = w->failed || st != NX_OK;
    return name_index(w->dir, st, err);
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

unsigned nx_writer_open_flags(const nx_writer *w)
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
    nx_status st = nx_xwdb_open(&seg->wdb, path, NX_XOPEN_ONLY, nx_writer_open_flags(w), 0, err);
    if (st == NX_OK) {
        nx_xdb_close(seg->db);
        seg->db = NULL;
    }
    free(path);
    return st;
}

// Without committing.
static void close_segment(nx_wseg *seg)
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
        close_segment(seg);
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
    close_segment(&w->segs[i]);
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
        st = nx_lock_check(&w->lock, w->dir, "lock", err);
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

// ---- opening and closing ------------------------------------------------------------------------

// Whether dir, which has no stub, may become an index, or was one: nothing in it but what an index
// has.
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
            !nx_str_eq(name, NX_STR("alerts.lock")) && !nx_str_starts(name, NX_STR("families")) &&
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
        close_segment(&w->segs[i]);
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
    if (w->dir == NULL || w->analysis == NULL || w->doomed == NULL || w->bulk_terms == NULL) {
        free_writer(w);
        return nx_fail_nomem(err);
    }
    st = nx_lock_take(&w->lock, dir, "lock", options->wait_seconds, err);
    if (st == NX_OK) {
        st = open_index(w, options, err);
    }
    if (st != NX_OK) {
        free_writer(w);
        return name_index(dir, st, err);
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
