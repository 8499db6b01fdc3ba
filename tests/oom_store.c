// oom_store.c: the index directory with one allocation failing: what fails says so, and what was
// committed stays.
#include <stdio.h>
#include <unistd.h>

#include "store/manifest.h"
#include "store/store.h"
#include "store/versions.h"
#include "store/withdrawals.h"
#include "tests/oom.h"

static char dir[64];

static nx_status put(nx_writer *w, const char *unique, const char *word, nx_error *err)
{
    nx_vocab *vocab = nx_vocab_new();
    if (vocab == NULL) {
        return nx_fail_nomem(err);
    }
    const nx_doc_term terms[] = {{.term = nx_vocab_add(vocab, nx_str_of(unique), NULL)},
                                 {.term = nx_vocab_add(vocab, nx_str_of(word), NULL), .wdf = 1}};
    const nx_doc doc = {.vocab = vocab, .terms = terms, .term_count = 2, .data = nx_str_of(word)};
    nx_status st = terms[0].term != NX_VOCAB_NONE && terms[1].term != NX_VOCAB_NONE
                       ? nx_writer_put(w, nx_str_of(unique), &doc, err)
                       : nx_fail_nomem(err);
    nx_vocab_free(vocab);
    return st;
}

static nx_status write_index(nx_error *err)
{
    const nx_writer_options options = {.analysis = "test", .create = true, .no_sync = true};
    nx_writer *w = NULL;
    nx_merge_report report;
    nx_status st = nx_writer_open(&w, dir, &options, err);
    st = st == NX_OK ? put(w, "Qa", "one", err) : st;
    st = st == NX_OK ? nx_writer_commit(w, err) : st;
    st = st == NX_OK ? nx_writer_compact(w, NULL, NULL, &report, err) : st;
    st = st == NX_OK ? put(w, "Qa", "two", err) : st;
    st = st == NX_OK ? nx_writer_remove(w, NX_STR("Qb"), NULL, err) : st;
    if (st != NX_OK) {
        nx_writer_abort(w);
        return st;
    }
    return nx_writer_close(w, err);
}

static nx_status read_index(nx_error *err)
{
    nx_store *s = NULL;
    nx_found found;
    nx_buf out;
    nx_buf_init(&out, 1000);
    nx_status st = nx_store_open(&s, dir, err);
    st = st == NX_OK ? nx_store_find(s, NX_STR("Qa"), &found, err) : st;
    st = st == NX_OK ? nx_store_languages(nx_store_db(s), &out, err) : st;
    st = st == NX_OK ? nx_store_reopen(s, NULL, err) : st;
    nx_store_close(s);
    nx_buf_release(&out);
    return st;
}

static nx_status write_manifest(nx_error *err)
{
    nx_manifest *m = NULL;
    const nx_file_state file = {.path = NX_STR("/a"), .size = 1};
    nx_status st = nx_manifest_open(&m, dir, NX_MANIFEST_WRITE, err);
    st = st == NX_OK ? nx_manifest_put_file(m, &file, err) : st;
    nx_manifest_close(m);
    return st;
}

static nx_status count_version(void *ctx, const nx_version *v, nx_error *err)
{
    (void)err;
    *(size_t *)ctx += v->data.n;
    return NX_OK;
}

static nx_status keep_version(nx_error *err)
{
    nx_manifest *m = NULL;
    nx_versions *v = NULL;
    size_t bytes = 0;
    const nx_version version = {.ended_utc = 1, .data = NX_STR("what it was before")};
    nx_status st = nx_manifest_open(&m, dir, NX_MANIFEST_WRITE, err);
    st = st == NX_OK ? nx_versions_open(&v, m, NX_MANIFEST_WRITE, err) : st;
    st = st == NX_OK ? nx_versions_keep(v, NX_STR("Qa"), &version, err) : st;
    st = st == NX_OK ? nx_versions_each(v, NX_STR("Qa"), count_version, &bytes, err) : st;
    nx_versions_close(v);
    nx_manifest_close(m);
    return st == NX_OK && bytes != version.data.n ? nx_fail(err, NX_EBUG, "not kept") : st;
}

static nx_status count_withdrawal(void *ctx, nx_str unique_term, const nx_withdrawal *w,
                                  nx_error *err)
{
    (void)unique_term;
    (void)err;
    *(size_t *)ctx += w->place.n;
    return NX_OK;
}

static nx_status keep_withdrawal(nx_error *err)
{
    nx_manifest *m = NULL;
    nx_withdrawals *w = NULL;
    size_t bytes = 0;
    const nx_withdrawal of = {.version = 2, .utc = INT64_MIN, .place = NX_STR("/a.xml")};
    nx_status st = nx_manifest_open(&m, dir, NX_MANIFEST_WRITE, err);
    st = st == NX_OK ? nx_withdrawals_open(&w, m, NX_MANIFEST_WRITE, err) : st;
    st = st == NX_OK ? nx_withdrawals_put(w, NX_STR("Qb"), &of, err) : st;
    st = st == NX_OK ? nx_withdrawals_put(w, NX_STR("Qa"), &of, err) : st;
    st = st == NX_OK ? nx_withdrawals_put(w, NX_STR("Qa"), &of, err) : st;
    st = st == NX_OK ? nx_withdrawals_forget(w, NX_STR("Qb"), err) : st;
    st = st == NX_OK ? nx_withdrawals_each(w, count_withdrawal, &bytes, err) : st;
    nx_withdrawals_close(w);
    nx_manifest_close(m);
    return st == NX_OK && bytes != of.place.n ? nx_fail(err, NX_EBUG, "not kept") : st;
}

static nx_status check_index(nx_error *err)
{
    nx_check_report report;
    nx_buf text;
    nx_buf_init(&text, 1 << 20);
    nx_status st = nx_store_check(dir, 0, NULL, NULL, &report, &text, err);
    if (st == NX_OK && report.faults > 0) {
        st = nx_fail(err, NX_ECORRUPT, "%s", text.data);
    }
    nx_buf_release(&text);
    return st;
}

bool nx_oom_scenario(void)
{
    nx_error err = NX_ERROR_INIT;
    (void)snprintf(dir, sizeof dir, "%s/nx_oom_store.%ld",
                   access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp", (long)getpid());
    nx_status st = write_index(&err);
    st = st == NX_OK ? read_index(&err) : st;
    st = st == NX_OK ? write_manifest(&err) : st;
    st = st == NX_OK ? keep_version(&err) : st;
    st = st == NX_OK ? keep_withdrawal(&err) : st;
    st = st == NX_OK ? check_index(&err) : st;
    return nx_oom_ended(st, &err, dir);
}
