// xapian_db_test.c: the C bindings over libxapian: databases, documents, cursors, failures.
#include "xapian_fixture.h"

// ---- databases ----------------------------------------------------------------------------------

static void test_facts(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_xstats stats;
    nx_xterm_stats of;
    uint32_t documents = 0, length = 0, unique = 0;
    bool exists = true;
    OK(nx_xdb_stats(db, &stats, &err));
    assert_int_equal(stats.documents, 5);
    assert_int_equal(stats.last_docid, 5);
    assert_int_equal(stats.shards, 1);
    assert_int_equal(stats.total_length, 17);
    assert_true(fabs(stats.average_length - 3.4) < 1e-9);
    assert_true(stats.has_positions);
    OK(nx_xdb_term_stats(db, NX_STR("raid"), &of, &err));
    assert_int_equal(of.documents, 4);
    assert_int_equal(of.occurrences, 4);
    assert_true(of.wdf_upper >= 1);
    OK(nx_xdb_term_exists(db, NX_STR("nothing"), &exists, &err));
    assert_false(exists);
    OK(nx_xdb_doc_length(db, 1, &length, &unique, &err));
    assert_int_equal(length, 5);
    assert_int_equal(unique, 5);
    nx_buf low, high;
    nx_buf_init(&low, 100);
    nx_buf_init(&high, 100);
    OK(nx_xdb_value_stats(db, 1, &documents, &low, &high, &err));
    assert_int_equal(documents, 4);
    assert_string_equal(low.data, "cnn");
    assert_string_equal(high.data, "times");
    nx_buf_release(&low);
    nx_buf_release(&high);
    assert_true(strlen(nx_xversion()) >= 5);
}

typedef struct seen {
    size_t count, until;
    char text[64];
} seen;

static nx_status see_term(void *ctx, nx_str term, uint32_t wdf)
{
    seen *s = ctx;
    size_t n = strlen(s->text);
    snprintf(s->text + n, sizeof s->text - n, " %.*s:%u", (int)term.n, term.p, wdf);
    return ++s->count == s->until ? NX_ELIMIT : NX_OK;
}

static void test_terms_by_first_byte(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    seen all = {.until = 0}, some = {.until = 0}, one = {.until = 1}, none = {.until = 0};
    bool begins[256];
    memset(begins, true, sizeof begins);
    OK(nx_xdb_read_doc_terms(db, 2, begins, see_term, &all, &err));
    assert_string_equal(all.text, " embassy:1 in:1 madrid:1 raid:1");
    WANT(nx_xdb_read_doc_terms(db, 2, begins, see_term, &one, &err), NX_ELIMIT);
    assert_int_equal(one.count, 1);
    begins['m'] = false;
    OK(nx_xdb_read_doc_terms(db, 2, begins, see_term, &some, &err));
    assert_string_equal(some.text, " embassy:1 in:1 raid:1");
    memset(begins, false, sizeof begins);
    OK(nx_xdb_read_doc_terms(db, 2, begins, see_term, &none, &err));
    assert_int_equal(none.count, 0);
    WANT(nx_xdb_read_doc_terms(db, 4000, begins, see_term, &none, &err), NX_ENOTFOUND);
}

static void test_cursors(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_xterms *t = NULL;
    nx_xposts *p = NULL;
    nx_xvalues *v = NULL;
    bool more = false;
    uint32_t number = 0, positions[2] = {0};
    size_t count = 0;
    OK(nx_xdb_terms(&t, db, NX_STR("r"), &err));
    assert_null(nx_xterms_term(t).p);
    WANT(nx_xterms_documents(t, &number, &err), NX_EUSAGE);
    OK(nx_xterms_skip_to(t, NX_STR("rb"), &more, &err));
    assert_true(more && nx_str_eq(nx_xterms_term(t), NX_STR("resigns")));
    OK(nx_xterms_next(t, &more, &err));
    OK(nx_xterms_next(t, &more, &err));
    assert_false(more);
    OK(nx_xterms_next(t, &more, &err)); // stays at the end
    assert_false(more);
    nx_xterms_free(t);

    OK(nx_xdb_doc_terms(&t, db, 2, &err));
    OK(nx_xterms_next(t, &more, &err));
    assert_true(nx_str_eq(nx_xterms_term(t), NX_STR("embassy")));
    OK(nx_xterms_wdf(t, &number, &err));
    assert_int_equal(number, 1);
    OK(nx_xterms_positions(t, positions, 2, &count, &err));
    assert_int_equal(count, 1);
    assert_int_equal(positions[0], 1);
    nx_xterms_free(t);
    OK(nx_xdb_positions(db, 2, NX_STR("madrid"), NULL, 0, &count, &err));
    assert_int_equal(count, 1);
    OK(nx_xdb_positions(db, 2, NX_STR("nowhere"), positions, 2, &count, &err));
    assert_int_equal(count, 0);

    OK(nx_xdb_postings(&p, db, NX_STR("raid"), &err));
    assert_int_equal(nx_xposts_docid(p), 0);
    OK(nx_xposts_skip_to(p, 4, &more, &err));
    assert_int_equal(nx_xposts_docid(p), 5);
    OK(nx_xposts_wdf(p, &number, &err));
    assert_int_equal(number, 1);
    OK(nx_xposts_doc_length(p, &number, &err));
    assert_int_equal(number, 2);
    OK(nx_xposts_next(p, &more, &err));
    assert_false(more);
    assert_int_equal(nx_xposts_docid(p), 0);
    nx_xposts_free(p);

    OK(nx_xdb_values(&v, db, 1, &err));
    assert_int_equal(nx_xvalues_slot(v), NX_XSLOT_NONE);
    OK(nx_xvalues_skip_to(v, 4, &more, &err));
    assert_int_equal(nx_xvalues_docid(v), 4);
    assert_true(nx_str_eq(nx_xvalues_value(v), NX_STR("times")));
    OK(nx_xvalues_next(v, &more, &err));
    assert_false(more);
    nx_xvalues_free(v);
}

static void test_documents(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_xdoc *d = NULL, *again = NULL;
    nx_xvalues *v = NULL;
    nx_xterms *t = NULL;
    bool more = false;
    nx_buf bytes;
    nx_buf_init(&bytes, 1000);
    OK(nx_xdoc_new(&d, &err));
    assert_int_equal(nx_xdoc_docid(d), 0);
    OK(nx_xdoc_add_term(d, NX_STR("a\0b"), 2, &err));
    OK(nx_xdoc_add_term(d, NX_STR("gone"), 1, &err));
    OK(nx_xdoc_remove_term(d, NX_STR("gone"), &err));
    WANT(nx_xdoc_remove_term(d, NX_STR("gone"), &err), NX_EUSAGE);
    OK(nx_xdoc_set_value(d, 7, NX_STR("seven"), &err));
    OK(nx_xdoc_set_value(d, 3, NX_STR("three"), &err));
    OK(nx_xdoc_set_data(d, NX_STR("\0data"), &err));
    OK(nx_xdoc_serialise(d, &bytes, &err));
    OK(nx_xdoc_unserialise(&again, nx_buf_str(&bytes), &err));
    nx_xdoc_free(d);
    OK(nx_xdoc_terms(&t, again, &err));
    OK(nx_xterms_next(t, &more, &err));
    assert_true(nx_str_eq(nx_xterms_term(t), NX_STR("a\0b")));
    OK(nx_xterms_next(t, &more, &err));
    assert_false(more);
    nx_xterms_free(t);
    OK(nx_xdoc_values(&v, again, &err));
    OK(nx_xvalues_next(v, &more, &err));
    assert_int_equal(nx_xvalues_slot(v), 3);
    OK(nx_xvalues_skip_to(v, 5, &more, &err));
    assert_int_equal(nx_xvalues_slot(v), 7);
    assert_int_equal(nx_xvalues_docid(v), 0);
    nx_xvalues_free(v);
    OK(nx_xdoc_clear_terms(again, &err));
    nx_buf_clear(&bytes);
    OK(nx_xdoc_data(again, &bytes, &err));
    assert_int_equal(bytes.len, 5);
    nx_xdoc_free(again);
    WANT(nx_xdoc_unserialise(&d, NX_STR("\x81"), &err), NX_EFORMAT);
    nx_buf_release(&bytes);
}

static void test_a_doc_becomes_a_document(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    sample s;
    nx_str unique = sample_make(&s, "id", "one two one");
    nx_xterm_stats of;
    nx_xstats stats;
    uint32_t docid = 0, length = 0;
    size_t count = 0;
    OK(nx_xwdb_put(wdb, NX_STR_NONE, &s.doc, &docid, &err));
    assert_int_equal(docid, 6);
    OK(nx_xwdb_put(wdb, unique, &s.doc, &docid, &err));
    assert_int_equal(docid, 6);
    OK(nx_xdb_stats(db, &stats, &err));
    assert_int_equal(stats.documents, 6);
    OK(nx_xdb_doc_length(db, 6, &length, NULL, &err));
    assert_int_equal(length, 3);
    OK(nx_xdb_term_stats(db, NX_STR("one"), &of, &err));
    assert_int_equal(of.occurrences, 2);
    OK(nx_xdb_positions(db, 6, NX_STR("one"), NULL, 0, &count, &err));
    assert_int_equal(count, 1);
    OK(nx_xwdb_delete_by_term(wdb, unique, &err));
    OK(nx_xdb_stats(db, &stats, &err));
    assert_int_equal(stats.documents, 5);
    sample_free(&s);
}

static void test_replacing_and_deleting(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_xdoc *d = NULL;
    uint32_t docid = 0;
    OK(nx_xdoc_new(&d, &err));
    OK(nx_xdoc_add_term(d, NX_STR("new"), 1, &err));
    OK(nx_xwdb_replace(wdb, 2, d, &err));
    assert_matches(term("new"), "2 ");
    OK(nx_xwdb_replace_by_term(wdb, NX_STR("fbi"), d, &docid, &err));
    assert_int_equal(docid, 1);
    assert_matches(term("fbi"), "");
    nx_xdoc_free(d);
    OK(nx_xwdb_delete(wdb, 3, &err));
    WANT(nx_xwdb_delete(wdb, 3, &err), NX_ENOTFOUND);
    WANT(nx_xdb_doc(&d, db, 3, &err), NX_ENOTFOUND);
    assert_null(d);
}

static void test_spelling_synonyms_and_metadata(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_xwdb *to = open_disk(NX_XCREATE);
    nx_xdb *view = nx_xwdb_db(to);
    nx_xterms *t = NULL;
    bool more = false;
    nx_buf out;
    nx_buf_init(&out, 100);
    OK(nx_xwdb_add_spelling(to, NX_STR("embassy"), 3, &err));
    OK(nx_xwdb_add_spelling(to, NX_STR("wrong"), 1, &err));
    OK(nx_xwdb_remove_spelling(to, NX_STR("wrong"), 1, &err));
    OK(nx_xdb_suggest(view, NX_STR("embasy"), 2, &out, &err));
    assert_string_equal(out.data, "embassy");
    OK(nx_xdb_spellings(&t, view, &err));
    OK(nx_xterms_next(t, &more, &err));
    assert_true(more && nx_str_eq(nx_xterms_term(t), NX_STR("embassy")));
    OK(nx_xterms_next(t, &more, &err));
    assert_false(more);
    nx_xterms_free(t);

    OK(nx_xwdb_add_synonym(to, NX_STR("uk"), NX_STR("britain"), &err));
    OK(nx_xwdb_add_synonym(to, NX_STR("uk"), NX_STR("england"), &err));
    OK(nx_xwdb_remove_synonym(to, NX_STR("uk"), NX_STR("england"), &err));
    OK(nx_xwdb_commit(to, &err));
    OK(nx_xdb_synonyms(&t, view, NX_STR("uk"), &err));
    OK(nx_xterms_next(t, &more, &err));
    assert_true(more && nx_str_eq(nx_xterms_term(t), NX_STR("britain")));
    nx_xterms_free(t);
    OK(nx_xdb_synonym_keys(&t, view, NX_STR(""), &err));
    OK(nx_xterms_next(t, &more, &err));
    assert_true(more && nx_str_eq(nx_xterms_term(t), NX_STR("uk")));
    nx_xterms_free(t);
    OK(nx_xwdb_clear_synonyms(to, NX_STR("uk"), &err));

    OK(nx_xwdb_set_metadata(to, NX_STR("key"), NX_STR("value"), &err));
    nx_buf_clear(&out);
    OK(nx_xdb_metadata(view, NX_STR("key"), &out, &err));
    assert_string_equal(out.data, "value");
    OK(nx_xwdb_commit(to, &err));
    OK(nx_xdb_metadata_keys(&t, view, NX_STR(""), &err));
    OK(nx_xterms_next(t, &more, &err));
    assert_true(more && nx_str_eq(nx_xterms_term(t), NX_STR("key")));
    nx_xterms_free(t);
    WANT(nx_xwdb_set_metadata(to, NX_STR(""), NX_STR("x"), &err), NX_EUSAGE);
    nx_buf_clear(&out);
    OK(nx_xdb_uuid(view, &out, &err));
    assert_int_equal(out.len, 36);
    nx_buf tiny;
    nx_buf_init(&tiny, 3);
    WANT(nx_xdb_metadata(view, NX_STR("key"), &tiny, &err), NX_ELIMIT);
    nx_buf_release(&tiny);
    nx_buf_release(&out);
    OK(nx_xwdb_close(to, &err));
}

static void test_transactions_and_discarding(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_xwdb *to = open_disk(NX_XCREATE);
    nx_xdb *reader = NULL;
    nx_xstats stats;
    uint64_t revision = 0;
    bool locked = false, changed = false;
    add_article(to, &articles[0]);
    OK(nx_xwdb_begin(to, true, &err)); // commits the first
    add_article(to, &articles[1]);
    OK(nx_xwdb_cancel_transaction(to, &err));
    OK(nx_xdb_open(&reader, index_dir, 0, &err));
    OK(nx_xdb_stats(reader, &stats, &err));
    assert_int_equal(stats.documents, 1);
    OK(nx_xdb_revision(reader, &revision, &err));
    assert_int_equal(revision, 1);
    OK(nx_xdb_locked(reader, &locked, &err));
    assert_true(locked);
    OK(nx_xwdb_begin(to, true, &err));
    add_article(to, &articles[2]);
    OK(nx_xwdb_commit_transaction(to, &err));
    OK(nx_xdb_reopen(reader, &changed, &err));
    assert_true(changed);
    add_article(to, &articles[3]);
    nx_xwdb_discard(to); // without the last
    OK(nx_xdb_reopen(reader, &changed, &err));
    OK(nx_xdb_stats(reader, &stats, &err));
    assert_int_equal(stats.documents, 2);
    OK(nx_xdb_locked(reader, &locked, &err));
    assert_false(locked);
    nx_xdb_close(reader);
}

static nx_status join_values(void *ctx, nx_str key, const nx_str *values, size_t count, nx_buf *out,
                             nx_error *err)
{
    (void)ctx;
    (void)err;
    assert_true(nx_str_eq(key, NX_STR("k")));
    for (size_t i = 0; i < count; i++) {
        nx_buf_adds(out, values[i]);
    }
    return NX_OK;
}

static nx_status count_calls(void *ctx, const char *table, const char *status, nx_error *err)
{
    (void)table;
    (void)status;
    (void)err;
    ++*(int *)ctx;
    return NX_OK;
}

static nx_status stop_at_once(void *ctx, const char *table, const char *status, nx_error *err)
{
    (void)ctx;
    (void)table;
    (void)status;
    return nx_fail(err, NX_ESTOP, "enough");
}

static void test_shards_compaction_and_checking(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_xdb *all = NULL, *one = NULL;
    nx_buf out;
    nx_buf_init(&out, 1 << 16);
    char path[2][100];
    int calls = 0;
    OK(nx_xdb_open_none(&all, &err));
    for (int i = 0; i < 2; i++) {
        nx_xwdb *to = NULL;
        (void)snprintf(path[i], sizeof path[i], "%s/shard%d", scratch, i);
        OK(nx_xwdb_open(&to, path[i], NX_XCREATE, NX_XOPEN_NO_SYNC, 0, &err));
        add_article(to, &articles[2 * i]);
        add_article(to, &articles[2 * i + 1]);
        OK(nx_xwdb_set_metadata(to, NX_STR("k"), i == 0 ? NX_STR("a") : NX_STR("b"), &err));
        OK(nx_xwdb_close(to, &err));
        OK(nx_xdb_open(&one, path[i], 0, &err));
        OK(nx_xdb_add(all, one, &err));
        nx_xdb_close(one);
    }
    nx_xstats stats;
    OK(nx_xdb_stats(all, &stats, &err));
    assert_int_equal(stats.shards, 2);
    assert_int_equal(stats.documents, 4);
    const uint32_t chosen[] = {4, 1};
    nx_xquery *documents = NULL;
    OK(nx_xquery_documents(&documents, all, chosen, 2, &err));
    nx_xdb *before = db;
    db = all;
    assert_matches(documents, "1 4 ");
    db = before;
    uint64_t revision = 0;
    WANT(nx_xdb_revision(all, &revision, &err), NX_EUSAGE);
    nx_xcompact_options how = {.level = NX_XCOMPACT_FULL,
                               .progress = count_calls,
                               .merge_metadata = join_values,
                               .ctx = &calls};
    OK(nx_xdb_compact(all, index_dir, &how, &err));
    assert_true(calls > 0);
    OK(nx_xdb_open(&one, index_dir, 0, &err));
    OK(nx_xdb_metadata(one, NX_STR("k"), &out, &err));
    assert_string_equal(out.data, "ab");
    OK(nx_xdb_stats(one, &stats, &err));
    assert_int_equal(stats.documents, 4);
    nx_xdb_close(one);
    size_t faults = 1;
    nx_buf_clear(&out);
    OK(nx_xcheck(index_dir, NX_XCHECK_STATS, &faults, &out, &err));
    assert_int_equal(faults, 0);
    assert_true(out.len > 0);

    char *other = nx_path_join(scratch, "other");
    how.progress = stop_at_once;
    WANT(nx_xdb_compact(all, other, &how, &err), NX_ESTOP);
    assert_string_equal(err.msg, "enough");
    how.progress = NULL;
    how.keep_docids = true; // both have docid 1
    WANT(nx_xdb_compact(all, other, &how, &err), NX_EUSAGE);
    free(other);

    nx_buf_clear(&out);
    nx_buf_addf(&out, "auto %s\nauto %s\n", path[0], path[1]);
    char *stub = nx_path_join(scratch, "stub");
    OK(nx_write_file_atomic(stub, nx_buf_str(&out), &err));
    OK(nx_xdb_open(&one, stub, NX_XOPEN_STUB, &err));
    OK(nx_xdb_stats(one, &stats, &err));
    assert_int_equal(stats.documents, 4);
    nx_xdb_close(one);
    free(stub);
    nx_xdb_close(all);
    nx_buf_release(&out);
}

// ---- failures -----------------------------------------------------------------------------------

static void test_errors_of_opening(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_xdb *reader = NULL;
    nx_xwdb *to = NULL, *second = NULL;
    WANT(nx_xdb_open(&reader, index_dir, 0, &err), NX_ENOINPUT);
    assert_null(reader);
    assert_non_null(strstr(err.msg, index_dir));
    WANT(nx_xwdb_open(&to, index_dir, NX_XOPEN_ONLY, 0, 0, &err), NX_ENOINPUT);
    to = open_disk(NX_XCREATE);
    WANT(nx_xwdb_open(&second, index_dir, NX_XCREATE_OR_OPEN, 0, 0, &err), NX_EBUSY);
    OK(nx_xwdb_close(to, &err));
    WANT(nx_xwdb_open(&second, index_dir, NX_XCREATE, 0, 0, &err), NX_EIO);

    char *version = nx_path_join(index_dir, "iamglass");
    nx_buf bytes;
    nx_buf_init(&bytes, 1 << 16);
    OK(nx_read_file(version, &bytes, &err));
    char *date = bytes.data + 14; // of the format, after the magic
    date[0] = (char)(date[0] + 1);
    OK(nx_write_file_atomic(version, nx_buf_str(&bytes), &err));
    WANT(nx_xdb_open(&reader, index_dir, 0, &err), NX_EVERSION);
    OK(nx_write_file_atomic(version, NX_STR("\x0f\x0dXapian Glass"), &err));
    WANT(nx_xdb_open(&reader, index_dir, 0, &err), NX_ECORRUPT);
    nx_buf_release(&bytes);
    free(version);

    char *text = nx_path_join(scratch, "text");
    OK(nx_write_file_atomic(text, NX_STR("This is no database and no stub.\n"), &err));
    WANT(nx_xdb_open(&reader, text, 0, &err), NX_EFORMAT);
    free(text);
    WANT(nx_xdb_open_remote(&reader, "127.0.0.1", 1, 1000, 1000, &err), NX_ENETWORK);
    assert_null(reader);
    OK(nx_xdb_open_none(&reader, &err));
    nx_xenquire *e = NULL;
    WANT(nx_xenquire_new(&e, reader, &err), NX_EUSAGE);
    nx_xdb_close(reader);
}

static void test_errors_of_use(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_xwdb *to = open_disk(NX_XCREATE);
    nx_xdoc *d = NULL;
    nx_xquery *q = NULL;
    uint32_t length = 0;
    char term_bytes[NX_XTERM_MAX + 1];
    memset(term_bytes, 'x', sizeof term_bytes);
    OK(nx_xwdb_begin(to, true, &err));
    WANT(nx_xwdb_begin(to, true, &err), NX_EUSAGE);
    WANT(nx_xwdb_commit(to, &err), NX_EUSAGE);
    OK(nx_xwdb_cancel_transaction(to, &err));
    WANT(nx_xdb_doc(&d, nx_xwdb_db(to), 0, &err), NX_EUSAGE);
    WANT(nx_xdb_doc_length(nx_xwdb_db(to), 77, &length, NULL, &err), NX_ENOTFOUND);
    OK(nx_xdoc_new(&d, &err));
    OK(nx_xdoc_add_term(d, nx_str_make(term_bytes, sizeof term_bytes), 1, &err));
    WANT(nx_xwdb_add(to, d, NULL, &err), NX_EUSAGE);
    nx_xdoc_free(d);
    nx_xquery *fbi = term("fbi");
    WANT(nx_xquery_scale(&q, fbi, -1, &err), NX_EUSAGE);
    assert_null(q);
    nx_xquery_free(fbi);
    OK(nx_xwdb_close(to, &err));
    OK(nx_xwdb_close(NULL, &err));
    nx_xwdb_discard(NULL);
}

static void test_a_reader_is_told_when_its_revision_is_gone(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_xwdb *to = open_disk(NX_XCREATE);
    nx_xdb *reader = NULL;
    nx_status st = NX_OK;
    for (int i = 0; i < 200; i++) {
        add_article(to, &articles[i % ARTICLES]);
    }
    OK(nx_xwdb_commit(to, &err));
    OK(nx_xdb_open(&reader, index_dir, 0, &err));
    for (int round = 0; round < 4; round++) {
        for (uint32_t docid = 1; docid <= 200; docid++) {
            nx_xdoc *d = NULL;
            OK(nx_xdb_doc(&d, nx_xwdb_db(to), docid, &err));
            OK(nx_xdoc_set_data(d, round % 2 ? NX_STR("x") : NX_STR("yy"), &err));
            OK(nx_xdoc_add_term(d, round % 2 ? NX_STR("x") : NX_STR("yy"), 1, &err));
            OK(nx_xwdb_replace(to, docid, d, &err));
            nx_xdoc_free(d);
        }
        OK(nx_xwdb_commit(to, &err));
    }
    for (uint32_t docid = 1; st == NX_OK && docid <= 200; docid++) {
        nx_xdoc *d = NULL;
        nx_buf data;
        nx_buf_init(&data, 1000);
        st = nx_xdb_doc(&d, reader, docid, &err);
        st = st == NX_OK ? nx_xdoc_data(d, &data, &err) : st;
        nx_buf_release(&data);
        nx_xdoc_free(d);
    }
    WANT(st, NX_ESTALE);
    bool changed = false;
    OK(nx_xdb_reopen(reader, &changed, &err));
    assert_true(changed);
    nx_xdb_close(reader);
    OK(nx_xwdb_close(to, &err));
}

static void test_numbers_sort_as_bytes(void **state)
{
    (void)state;
    const double numbers[] = {-INFINITY, -1e300, -2.5, -1, 0, 0.5, 1, 2, 1e18, INFINITY};
    char before[NX_XSORTABLE_MAX], now[NX_XSORTABLE_MAX];
    size_t n_before = 0, n = 0;
    for (size_t i = 0; i < NX_COUNT(numbers); i++) {
        n = nx_xsortable(numbers[i], now);
        assert_true(n <= NX_XSORTABLE_MAX);
        nx_str bytes = nx_str_make(now, n);
        if (isfinite(numbers[i])) {
            assert_true(nx_xsortable_number(bytes) == numbers[i]);
        }
        if (i > 0) {
            assert_true(nx_str_cmp(nx_str_make(before, n_before), bytes) < 0);
        }
        memcpy(before, now, n);
        n_before = n;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define M(name) cmocka_unit_test_setup_teardown(name, memory_new, memory_gone)
#define D(name) cmocka_unit_test_setup_teardown(name, scratch_new, scratch_gone)
        M(test_facts),
        M(test_terms_by_first_byte),
        M(test_cursors),
        cmocka_unit_test(test_documents),
        M(test_a_doc_becomes_a_document),
        M(test_replacing_and_deleting),
        D(test_spelling_synonyms_and_metadata),
        D(test_transactions_and_discarding),
        D(test_shards_compaction_and_checking),
        D(test_errors_of_opening),
        D(test_errors_of_use),
        D(test_a_reader_is_told_when_its_revision_is_gone),
        cmocka_unit_test(test_numbers_sort_as_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
