// bulk.c: a segment made by the bulk builder, from its beginning to its publication.
//
// Order: the segment is complete and synced, with the list of articles it supersedes; the stub that
// names it is renamed into place; older copies are deleted; the list is cleared.
#include <stdlib.h>

#include "base/io.h"
#include "store/parts.h"

// Asks the linked libxapian for a database, and the builder whether it writes such ones.
static nx_status probe_format(nx_writer *w, nx_error *err)
{
    enum { IAMGLASS_MAX = 1 << 16 };
    char *path = nx_path_join(w->dir, "seg-probe");
    char *file = path != NULL ? nx_path_join(path, "iamglass") : NULL;
    nx_xwdb *db = NULL;
    nx_buf bytes;
    nx_buf_init(&bytes, IAMGLASS_MAX);
    nx_status st = file != NULL ? nx_remove_tree(path, err) : nx_fail_nomem(err);
    if (st == NX_OK) {
        st = nx_xwdb_open(&db, path, NX_XCREATE, NX_XOPEN_NO_SYNC, 0, err);
    }
    if (st == NX_OK) {
        st = nx_xwdb_close(db, err);
    }
    if (st == NX_OK) {
        st = nx_read_file(file, &bytes, err);
    }
    if (st == NX_OK && !nx_glass_format_matches(bytes.data, bytes.len)) {
        st = nx_fail(err, NX_EVERSION, "libxapian %s writes another format than the bulk builder",
                     nx_xversion());
    }
    if (path != NULL) {
        nx_ignore(nx_remove_tree(path, NULL));
    }
    w->format_probed = st == NX_OK;
    nx_buf_release(&bytes);
    free(file);
    free(path);
    return st;
}

nx_status nx_writer_bulk_begin(nx_writer *w, const nx_glass_options *options,
                               nx_glass_builder **out, nx_error *err)
{
    *out = NULL;
    if (w->builder != NULL) {
        return nx_fail(err, NX_EBUG, "a bulk segment is being built already");
    }
    nx_status st = w->format_probed ? NX_OK : probe_format(w, err);
    if (st != NX_OK) {
        return st;
    }
    char name[NX_SEGMENT_NAME];
    w->bulk_number = w->next_number++;
    char *path = nx_path_join(w->dir, nx_segment_name(name, w->bulk_number));
    st = path != NULL ? nx_glass_builder_new(&w->builder, path, options, err) : nx_fail_nomem(err);
    free(path);
    nx_vocab_clear(w->bulk_terms);
    *out = w->builder;
    return st;
}

nx_status nx_writer_bulk_supersede(nx_writer *w, nx_str unique_term, nx_error *err)
{
    return nx_vocab_add(w->bulk_terms, unique_term, NULL) != NX_VOCAB_NONE ? NX_OK
                                                                           : nx_fail_nomem(err);
}

void nx_writer_bulk_abandon(nx_writer *w)
{
    nx_glass_abort(w->builder);
    w->builder = NULL;
    nx_vocab_clear(w->bulk_terms);
}

// What the segment says about itself.
static nx_status set_metadata(nx_writer *w, nx_error *err)
{
    char format[16];
    nx_buf list;
    nx_buf_init(&list, SIZE_MAX / 2);
    nx_terms_write(w->bulk_terms, &list);
    nx_status st = nx_buf_check(&list, "the list of superseded articles", err);
    const struct {
        nx_str key, value;
    } facts[] = {{NX_STR(NX_META_FORMAT), nx_str_of(nx_format_text(format))},
                 {NX_STR(NX_META_ANALYSIS), nx_str_of(w->analysis)},
                 {NX_STR(NX_META_SUPERSEDED), nx_buf_str(&list)}};
    for (size_t i = 0; st == NX_OK && i < NX_COUNT(facts); i++) {
        if (facts[i].value.n > 0) {
            st = nx_glass_set_metadata(w->builder, facts[i].key, facts[i].value, err);
        }
    }
    nx_buf_release(&list);
    return st;
}

// Segments that have nothing are not worth a place in the index once it has another.
static nx_status retire_empty(nx_writer *w, nx_error *err)
{
    nx_status st = NX_OK;
    for (size_t i = w->seg_count; st == NX_OK && i-- > 0;) {
        if (w->segs[i].documents == 0) {
            st = nx_writer_retire(w, i, err);
        }
    }
    return st;
}

static nx_status publish_segment(nx_writer *w, nx_error *err)
{
    nx_status st = retire_empty(w, err);
    if (st == NX_OK) {
        st = nx_sync_dir(w->dir, err);
    }
    if (st == NX_OK) {
        st = nx_writer_add_segment(w, w->bulk_number, err);
    }
    if (st == NX_OK) {
        st = nx_writer_publish(w, err);
        nx_store_step(NX_STEP_BULK_PUBLISHED);
    }
    return st;
}

static nx_status delete_superseded(nx_writer *w, nx_error *err)
{
    nx_status st = nx_writer_delete_copies(w, w->bulk_terms, w->bulk_number, err);
    nx_store_step(NX_STEP_COPIES_DELETED);
    if (st == NX_OK) {
        st = nx_writer_clear_superseded(w, nx_writer_numbered(w, w->bulk_number), err);
        nx_store_step(NX_STEP_LIST_CLEARED);
    }
    return st;
}

nx_status nx_writer_bulk_publish(nx_writer *w, nx_glass_summary *summary, nx_error *err)
{
    nx_glass_summary own;
    nx_glass_summary *sum = summary != NULL ? summary : &own;
    *sum = (nx_glass_summary){0};
    if (w->builder == NULL) {
        return nx_fail(err, NX_EBUG, "no bulk segment is being built");
    }
    nx_status st = nx_writer_commit(w, err);
    if (st == NX_OK) {
        st = set_metadata(w, err);
    }
    if (st != NX_OK) {
        nx_writer_bulk_abandon(w);
        return st;
    }
    st = nx_glass_finish(w->builder, sum, err); // frees it
    w->builder = NULL;
    nx_store_step(NX_STEP_BULK_WRITTEN);
    if (st != NX_OK) {
        return nx_writer_note(w, st, err);
    }
    if (sum->documents == 0) {
        return nx_segment_remove(w->dir, w->bulk_number, err);
    }
    st = publish_segment(w, err);
    if (st == NX_OK && nx_vocab_count(w->bulk_terms) > 0) {
        st = delete_superseded(w, err);
    }
    nx_vocab_clear(w->bulk_terms);
    return nx_writer_note(w, st, err);
}
