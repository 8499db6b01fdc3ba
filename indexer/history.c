// history.c: see history.h.
#include "indexer/history.h"

#include <stdlib.h>

#include "base/num.h"
#include "base/time.h"
#include "schema/schema.h"

enum { DATA_MAX = 1 << 29 };

struct nx_history {
    const char *index;
    nx_manifest *manifest;
    bool owns_manifest, lenient, begun;
    nx_versions *versions;
    nx_withdrawals *withdrawals;
    nx_store *readers; // what they find, until the next commit
    nx_buf data;
};

nx_history *nx_history_new(const char *index, nx_manifest *manifest, bool lenient)
{
    nx_history *h = calloc(1, sizeof *h);
    if (h != NULL) {
        h->index = index;
        h->manifest = manifest;
        h->lenient = lenient;
        nx_buf_init(&h->data, DATA_MAX);
    }
    return h;
}

void nx_history_free(nx_history *h)
{
    if (h == NULL) {
        return;
    }
    nx_versions_close(h->versions);
    nx_withdrawals_close(h->withdrawals);
    if (h->owns_manifest) {
        nx_manifest_close(h->manifest);
    } else if (h->begun) {
        nx_error ignored = NX_ERROR_INIT; // closing the manifest does it again
        (void)(nx_manifest_rollback(h->manifest, &ignored) == NX_OK);
    }
    nx_store_close(h->readers);
    nx_buf_release(&h->data);
    free(h);
}

// ---- what the index says

static nx_status digest_data(nx_str data, unsigned char out[NX_DIGEST_BYTES], nx_error *err)
{
    nx_buf title, summary;
    nx_buf_init(&title, DATA_MAX);
    nx_buf_init(&summary, DATA_MAX);
    nx_text_digest(nx_data_get(data, NX_DATA_TITLE, &title),
                   nx_data_get(data, NX_DATA_SUMMARY, &summary), nx_data_get_body(data), out);
    nx_status st = nx_buf_check(&title, "an earlier version", err);
    st = st == NX_OK ? nx_buf_check(&summary, "an earlier version", err) : st;
    nx_buf_release(&title);
    nx_buf_release(&summary);
    return st;
}

nx_status nx_earlier_read(nx_earlier *out, const nx_xdb *db, uint32_t docid, nx_buf *data,
                          nx_error *err)
{
    nx_xdoc *doc = NULL;
    nx_buf updated;
    *out = (nx_earlier){.exists = false};
    nx_buf_init(&updated, DATA_MAX);
    nx_status st = nx_xdb_doc(&doc, db, docid, err);
    st = st == NX_OK ? nx_xdoc_value(doc, NX_SLOT_UPDATED, &updated, err) : st;
    if (st == NX_OK && data != NULL) {
        nx_buf_clear(data);
        st = nx_xdoc_data(doc, data, err);
        st = st == NX_OK ? digest_data(nx_buf_str(data), out->text, err) : st;
    }
    out->exists = st == NX_OK;
    out->updated.known = nx_time_value_parse(nx_buf_str(&updated), &out->updated.utc);
    nx_buf_release(&updated);
    nx_xdoc_free(doc);
    return st;
}

nx_when nx_text_changed(const nx_earlier *earlier, const nx_article *a,
                        const unsigned char text[NX_DIGEST_BYTES], nx_when seen)
{
    if (!earlier->exists || memcmp(earlier->text, text, NX_DIGEST_BYTES) == 0) {
        return earlier->updated;
    }
    bool told =
        a->updated.known && (!earlier->updated.known || a->updated.utc > earlier->updated.utc);
    return told ? a->updated : seen;
}

static bool same_file(nx_str data, const nx_article *a, nx_buf *scratch)
{
    nx_str file = nx_data_get(data, NX_DATA_FILE, scratch);
    bool same = nx_str_eq(file, a->file);
    nx_buf_clear(scratch);
    return same && nx_str_eq(nx_data_get(data, NX_DATA_MEMBER, scratch), a->member);
}

bool nx_earlier_stands(nx_str data, const nx_article *a, bool of_feed)
{
    nx_buf scratch;
    int64_t version = 0, from = 0, to = 0;
    bool stands = false;
    nx_buf_init(&scratch, DATA_MAX);
    if (!same_file(data, a, &scratch)) {
        nx_str number = nx_data_get(data, NX_DATA_VERSION, &scratch);
        nx_str updated = nx_data_get(data, NX_DATA_UPDATED, &scratch);
        if (of_feed && a->body.n < nx_data_get_body(data).n / 2) {
            stands = true;
        } else if (a->version != 0 && nx_parse_i64(number, &version) && version != a->version) {
            stands = version > a->version;
        } else if (a->updated.known && nx_parse_iso(updated, 0, &from, &to, NULL, NULL)) {
            stands = from > a->updated.utc && !a->updated.day_only;
        }
    }
    nx_buf_release(&scratch);
    return stands;
}

// ---- keeping

static nx_status need_tables(nx_history *h, nx_error *err)
{
    nx_status st = NX_OK;
    if (h->manifest == NULL) {
        st = nx_manifest_open(&h->manifest, h->index, NX_MANIFEST_WRITE, err);
        h->owns_manifest = st == NX_OK;
    }
    if (st == NX_OK && h->versions == NULL) {
        st = nx_versions_open(&h->versions, h->manifest, NX_MANIFEST_WRITE, err);
    }
    if (st == NX_OK && h->withdrawals == NULL) {
        st = nx_withdrawals_open(&h->withdrawals, h->manifest, NX_MANIFEST_WRITE, err);
    }
    return st;
}

static nx_status begin(nx_history *h, nx_error *err)
{
    nx_status st = h->begun ? NX_OK : need_tables(h, err);
    if (st == NX_OK && !h->begun) {
        st = nx_manifest_begin(h->manifest, err);
        h->begun = st == NX_OK;
    }
    return st;
}

static nx_status read_readers(nx_history *h, nx_str unique_term, nx_earlier *out, nx_error *err)
{
    nx_found found = {.exists = false};
    *out = (nx_earlier){.exists = false};
    if (h->index == NULL) {
        return NX_OK;
    }
    nx_status st = h->readers == NULL ? nx_store_open_local(&h->readers, h->index, err) : NX_OK;
    st = st == NX_OK ? nx_store_find(h->readers, unique_term, &found, err) : st;
    if (st == NX_OK && found.exists) {
        nx_xdb *db = nx_store_segment_db(h->readers, found.segment);
        st = nx_earlier_read(out, db, found.docid, &h->data, err);
    }
    return h->lenient && st != NX_ENOMEM ? NX_OK : st;
}

nx_status nx_history_keep(nx_history *h, nx_str unique_term, const unsigned char *text,
                          int64_t now_utc, nx_error *err)
{
    nx_earlier earlier;
    nx_status st = read_readers(h, unique_term, &earlier, err);
    if (st != NX_OK || !earlier.exists ||
        (text != NULL && memcmp(text, earlier.text, NX_DIGEST_BYTES) == 0)) {
        return st;
    }
    const nx_version version = {
        .withdrawn = text == NULL, .ended_utc = now_utc, .data = nx_buf_str(&h->data)};
    st = begin(h, err);
    return st == NX_OK ? nx_versions_keep(h->versions, unique_term, &version, err) : st;
}

nx_status nx_history_commit(nx_history *h, nx_error *err)
{
    nx_store_close(h->readers); // the commit that follows makes it another
    h->readers = NULL;
    nx_status st = h->begun ? nx_manifest_commit(h->manifest, err) : NX_OK;
    h->begun = h->begun && st != NX_OK;
    return st;
}

nx_status nx_history_forget(nx_history *h, nx_str unique_term, nx_error *err)
{
    nx_status st = begin(h, err);
    st = st == NX_OK ? nx_versions_forget(h->versions, unique_term, err) : st;
    return st == NX_OK ? nx_withdrawals_forget(h->withdrawals, unique_term, err) : st;
}

nx_status nx_history_withdraw(nx_history *h, nx_str unique_term, const nx_withdrawal *w,
                              nx_error *err)
{
    nx_status st = begin(h, err);
    return st == NX_OK ? nx_withdrawals_put(h->withdrawals, unique_term, w, err) : st;
}
