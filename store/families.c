// families.c: writing which articles of a segment are in a story family (family_list.c).
#include "base/vocab.h"
#include "store/parts.h"

nx_status nx_family_list_add(nx_wseg *seg, nx_str family, nx_str unique_term, nx_error *err)
{
    bool is_new = false;
    nx_buf key, list;
    nx_buf_init(&key, NX_XTERM_MAX);
    nx_buf_init(&list, SIZE_MAX / 2);
    nx_vocab *set = nx_vocab_new();
    nx_status st = set != NULL ? nx_family_key(&key, family, err) : nx_fail_nomem(err);
    if (st == NX_OK) {
        st = nx_db_family(nx_wseg_db(seg), family, set, err);
    }
    if (st == NX_OK && nx_vocab_count(set) < NX_FAMILY_LISTED &&
        nx_vocab_add(set, unique_term, &is_new) == NX_VOCAB_NONE) {
        st = nx_fail_nomem(err);
    }
    if (st == NX_OK && is_new) {
        nx_terms_write(set, &list);
        st = nx_buf_check(&list, "the list of a family", err);
    }
    if (st == NX_OK && is_new) {
        st = nx_xwdb_set_metadata(seg->wdb, nx_buf_str(&key), nx_buf_str(&list), err);
    }
    nx_vocab_free(set);
    nx_buf_release(&list);
    nx_buf_release(&key);
    return st;
}

nx_status nx_bulk_family(nx_glass_builder *b, nx_str family, const nx_vocab *members, nx_error *err)
{
    nx_buf key, list;
    nx_buf_init(&key, NX_XTERM_MAX);
    nx_buf_init(&list, SIZE_MAX / 2);
    nx_terms_write(members, &list);
    nx_status st = nx_family_key(&key, family, err);
    if (st == NX_OK) {
        st = nx_buf_check(&list, "the list of a family", err);
    }
    if (st == NX_OK) {
        st = nx_glass_set_metadata(b, nx_buf_str(&key), nx_buf_str(&list), err);
    }
    nx_buf_release(&list);
    nx_buf_release(&key);
    return st;
}

static nx_status merge_lists(const nx_str *values, size_t count, nx_buf *out, nx_error *err)
{
    nx_vocab *set = nx_vocab_new();
    nx_status st = set != NULL ? NX_OK : nx_fail_nomem(err);
    for (size_t i = 0; st == NX_OK && i < count && nx_vocab_count(set) < NX_FAMILY_LISTED; i++) {
        st = nx_terms_read(set, values[i], err);
    }
    if (st == NX_OK) {
        nx_terms_write(set, out);
    }
    nx_vocab_free(set);
    return st;
}

nx_status nx_merge_metadata(void *ctx, nx_str key, const nx_str *values, size_t count, nx_buf *out,
                            nx_error *err)
{
    (void)ctx;
    if (nx_str_starts(key, NX_STR(NX_META_FAMILY))) {
        return merge_lists(values, count, out, err);
    }
    nx_buf_adds(out, values[0]); // of all else the first one's is kept, as libxapian does
    return NX_OK;
}
