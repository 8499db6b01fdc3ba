// store_test.c: the index directory: reading, writing, locking, what is refused.
#include <sys/wait.h>

#include "store_fixture.h"

static void read_text(const char *name, nx_buf *out)
{
    nx_error err = NX_ERROR_INIT;
    char *path = nx_path_join(index_dir, name);
    OK(nx_read_file(path, out, &err));
    free(path);
}

// ---- articles -----------------------------------------------------------------------------------

static void test_puts_finds_and_replaces(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = open_writer();
    nx_found found;
    OK(put(w, "a", "raid on the embassy", &err));
    OK(put(w, "b", "the minister resigns", &err));
    OK(nx_writer_find(w, NX_STR("Qa"), &found, &err));
    assert_true(found.exists); // before the commit
    OK(nx_writer_commit(w, &err));
    OK(put(w, "a", "raid on the embassy denied", &err));
    close_writer(w);
    assert_content("Qa=raid on the embassy denied\nQb=the minister resigns\n");

    nx_store *s = NULL;
    sample expected;
    sample_make(&expected, "a", "raid on the embassy denied");
    OK(nx_store_open(&s, index_dir, &err));
    OK(nx_store_find(s, NX_STR("Qa"), &found, &err));
    assert_true(found.exists);
    assert_memory_equal(found.content, expected.content, 16);
    OK(nx_store_find(s, NX_STR("Qc"), &found, &err));
    assert_false(found.exists);
    nx_store_close(s);
    sample_free(&expected);
    assert_sound();
}

static void test_abort_keeps_the_last_commit(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = open_writer();
    OK(put(w, "a", "one", &err));
    OK(nx_writer_commit(w, &err));
    OK(put(w, "a", "two", &err));
    OK(put(w, "b", "three", &err));
    nx_writer_abort(w);
    assert_content("Qa=one\n");
}

static void test_removes_by_term(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = open_writer();
    bool removed = false;
    OK(bulk(w, "x", 2, "sport results", &err));
    OK(put(w, "a", "one", &err));
    OK(nx_writer_remove(w, NX_STR("Qa"), &removed, &err));
    assert_true(removed);
    OK(nx_writer_remove(w, NX_STR("Qx0"), &removed, &err));
    assert_true(removed);
    OK(nx_writer_remove(w, NX_STR("Qx0"), &removed, &err));
    assert_false(removed);
    nx_found found;
    OK(nx_writer_find(w, NX_STR("Qx0"), &found, &err));
    assert_false(found.exists);
    OK(put(w, "c", "last", &err));
    close_writer(w);
    assert_content("Qc=last\nQx1=sport results\n");
    assert_sound();
}

static void test_put_replaces_what_a_bulk_segment_has(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = open_writer();
    OK(bulk(w, "x", 3, "old words", &err));
    OK(put(w, "x1", "new words", &err));
    close_writer(w);
    assert_content("Qx0=old words\nQx1=new words\nQx2=old words\n");
    assert_sound();
}

static void test_bulk_replaces_what_the_live_segment_has(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = open_writer();
    OK(put(w, "x1", "old words", &err));
    OK(put(w, "y", "other words", &err));
    OK(bulk(w, "x", 3, "new words", &err));
    assert_int_equal(nx_writer_documents(w), 4);
    close_writer(w);
    assert_content("Qx0=new words\nQx1=new words\nQx2=new words\nQy=other words\n");
    assert_sound();
}

// One that has another article keeps it.
static void test_segment_whose_articles_all_come_anew_goes(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = open_writer();
    OK(bulk(w, "a", 3, "one", &err));
    OK(bulk(w, "a", 4, "two", &err));
    assert_int_equal(nx_writer_segments(w), 1);
    OK(bulk(w, "a", 3, "three", &err));
    assert_int_equal(nx_writer_segments(w), 2);
    OK(put(w, "a3", "four", &err)); // through libxapian
    OK(nx_writer_commit(w, &err));
    assert_int_equal(nx_writer_segments(w), 2);
    close_writer(w);
    assert_content("Qa0=three\nQa1=three\nQa2=three\nQa3=four\n");
    assert_sound();
}

static void test_bulk_that_is_abandoned_leaves_nothing(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = open_writer();
    nx_glass_options options = NX_GLASS_OPTIONS_INIT;
    nx_glass_builder *b = NULL;
    OK(put(w, "a", "one", &err));
    OK(nx_writer_bulk_begin(w, &options, &b, &err));
    WANT(nx_writer_bulk_begin(w, &options, &b, &err), NX_EBUG);
    nx_writer_bulk_abandon(w);
    OK(bulk(w, "x", 0, "nothing", &err)); // an empty one is not published
    close_writer(w);
    assert_content("Qa=one\n");
    assert_false(is_there("seg-000002"));
    assert_false(is_there("seg-000003"));
}

static void test_a_term_that_cannot_be_stored_costs_one_article(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = open_writer();
    char zeros[200] = {0};
    sample s;
    OK(put(w, "a", "one", &err));
    nx_str unique = sample_make(&s, "b", "two");
    sample_add(&s, nx_str_make(zeros, sizeof zeros), 1, 0); // a zero byte counts twice
    WANT(nx_writer_put(w, unique, &s.doc, &err), NX_ELIMIT);
    sample_free(&s);
    OK(put(w, "c", "three", &err));
    close_writer(w);
    assert_content("Qa=one\nQc=three\n");
}

// ---- readers ------------------------------------------------------------------------------------

typedef struct reading {
    int runs;
    uint32_t documents;
} reading;

// Reads the data of every document.
static nx_status read_all(void *ctx, nx_xdb *db, nx_error *err)
{
    reading *r = ctx;
    nx_xposts *posts = NULL;
    bool more = false;
    r->runs++;
    r->documents = 0;
    nx_status st = nx_xdb_postings(&posts, db, NX_STR(""), err);
    while (st == NX_OK && (st = nx_xposts_next(posts, &more, err)) == NX_OK && more) {
        nx_xdoc *doc = NULL;
        nx_buf data;
        nx_buf_init(&data, 1 << 20);
        st = nx_xdb_doc(&doc, db, nx_xposts_docid(posts), err);
        if (st == NX_OK) {
            st = nx_xdoc_data(doc, &data, err);
        }
        nx_xdoc_free(doc);
        nx_buf_release(&data);
        r->documents++;
    }
    nx_xposts_free(posts);
    return st;
}

static void test_a_reader_never_sees_a_writer(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = open_writer();
    nx_store *s = NULL;
    reading r = {0};
    char id[16];
    for (int i = 0; i < 300; i++) {
        (void)snprintf(id, sizeof id, "%d", i);
        OK(put(w, id, "many words to fill some blocks of the tables with text", &err));
    }
    OK(nx_writer_commit(w, &err));
    OK(nx_store_open(&s, index_dir, &err));
    for (int round = 0; round < 6; round++) { // blocks of the open revision are used again
        for (int i = 0; i < 300; i++) {
            (void)snprintf(id, sizeof id, "%d", i);
            OK(put(w, id, round % 2 ? "other words" : "quite different text", &err));
        }
        OK(nx_writer_commit(w, &err));
    }
    nx_error raw = NX_ERROR_INIT;
    assert_int_equal(read_all(&r, nx_store_db(s), &raw), NX_ESTALE);
    r.runs = 0;
    OK(nx_store_run(s, read_all, &r, &err));
    assert_int_equal(r.runs, 2);
    assert_int_equal(r.documents, 300);
    nx_store_close(s);
    close_writer(w);
}

static nx_status always_stale(void *ctx, nx_xdb *db, nx_error *err)
{
    (void)db;
    ++*(int *)ctx;
    return nx_fail(err, NX_ESTALE, "modified");
}

static void test_retries_are_bounded(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_store *s = NULL;
    int runs = 0;
    close_writer(open_writer());
    OK(nx_store_open(&s, index_dir, &err));
    WANT(nx_store_run(s, always_stale, &runs, &err), NX_ESTALE);
    assert_int_equal(runs, 10);
    nx_store_close(s);
}

static void test_languages_are_counted(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = open_writer();
    nx_store *s = NULL;
    nx_buf out;
    nx_buf_init(&out, 100);
    OK(put(w, "a", "Len one", &err));
    OK(bulk(w, "x", 2, "Len two", &err));
    OK(put(w, "b", "Lde drei", &err));
    OK(nx_writer_remove(w, NX_STR("Qx0"), NULL, &err));
    close_writer(w);
    OK(nx_store_open(&s, index_dir, &err));
    OK(nx_store_languages(nx_store_db(s), &out, &err));
    assert_string_equal(out.data, "de=1 en=2");
    nx_buf_release(&out);
    nx_store_close(s);
}

static void test_reopen_sees_new_segments(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = open_writer();
    nx_store *s = NULL;
    bool changed = true;
    OK(put(w, "a", "one", &err));
    OK(nx_writer_commit(w, &err));
    OK(nx_store_open(&s, index_dir, &err));
    OK(nx_store_reopen(s, &changed, &err));
    assert_false(changed);
    OK(put(w, "b", "two", &err));
    OK(nx_writer_commit(w, &err));
    OK(nx_store_reopen(s, &changed, &err));
    assert_true(changed);
    OK(bulk(w, "x", 2, "three", &err));
    OK(nx_store_reopen(s, &changed, &err));
    assert_true(changed);
    nx_xstats stats;
    nx_segment_info info;
    OK(nx_xdb_stats(nx_store_db(s), &stats, &err));
    assert_int_equal(stats.documents, 4);
    assert_int_equal(nx_store_segment_count(s), 2);
    OK(nx_store_segment(s, 0, &info, &err));
    assert_string_equal(info.name, "seg-000001");
    assert_true(info.live);
    assert_int_equal(info.documents, 2);
    assert_true(info.bytes > 0);
    OK(nx_store_segment(s, 1, &info, &err));
    assert_false(info.live);
    nx_store_close(s);
    close_writer(w);
}

// ---- the lock -----------------------------------------------------------------------------------

static void test_a_second_writer_is_told_who_holds_the_lock(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = open_writer(), *second = NULL;
    char holder[64];
    (void)snprintf(holder, sizeof holder, "locked by pid %ld since 2", (long)getpid());
    WANT(nx_writer_open(&second, index_dir, &fixture_create, &err), NX_EBUSY);
    assert_null(second);
    assert_non_null(strstr(err.msg, holder));
    close_writer(w);
    close_writer(open_writer());
}

static void test_the_lock_holds_where_nothing_can_be_written_to_it(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_writer *second = NULL;
    close_writer(open_writer());
    char *lock = nx_path_join(index_dir, "lock");
    assert_int_equal(unlink(lock), 0);
    assert_int_equal(symlink("/dev/full", lock), 0);
    free(lock);
    nx_writer *first = open_writer();
    const nx_writer_options at_once = {.analysis = "test 1"};
    WANT(nx_writer_open(&second, index_dir, &at_once, &err), NX_EBUSY);
    close_writer(first);
}

static void test_a_dead_writer_holds_no_lock(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        (void)open_writer();
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(is_there("lock"));
    close_writer(open_writer());
}

// ---- what is refused ----------------------------------------------------------------------------

static void test_says_what_is_no_index(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_store *s = NULL;
    nx_writer *w = NULL;
    nx_xwdb *db = NULL;
    const nx_writer_options existing = {.analysis = "test 1"};
    WANT(nx_store_open(&s, index_dir, &err), NX_ENOINPUT);
    WANT(nx_writer_open(&w, index_dir, &existing, &err), NX_ENOINPUT);
    assert_false(is_there(""));

    OK(nx_make_dirs(index_dir, &err));
    WANT(nx_store_open(&s, index_dir, &err), NX_EFORMAT);
    write_text("notes.txt", "mine");
    WANT(nx_writer_open(&w, index_dir, &fixture_create, &err), NX_EFORMAT);
    assert_false(is_there("lock"));
    WANT(nx_store_open(&s, "/etc/passwd", &err), NX_EFORMAT);

    char *plain = nx_path_join(scratch, "plain");
    OK(nx_xwdb_open(&db, plain, NX_XCREATE, 0, 0, &err));
    OK(nx_xwdb_close(db, &err));
    WANT(nx_store_open(&s, plain, &err), NX_EFORMAT);
    assert_non_null(strstr(err.msg, "a Xapian database"));
    WANT(nx_writer_open(&w, plain, &fixture_create, &err), NX_EFORMAT);
    free(plain);
}

static void set_format(const char *format)
{
    nx_error err = NX_ERROR_INIT;
    nx_xwdb *db = NULL;
    char *path = nx_path_join(index_dir, "seg-000001");
    OK(nx_xwdb_open(&db, path, NX_XOPEN_ONLY, 0, 0, &err));
    OK(nx_xwdb_set_metadata(db, NX_STR(NX_META_FORMAT), nx_str_of(format), &err));
    OK(nx_xwdb_close(db, &err));
    free(path);
}

static void test_refuses_other_formats_and_names_the_way_out(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_store *s = NULL;
    nx_writer *w = NULL;
    const nx_writer_options other = {.analysis = "test 2"};
    close_writer(open_writer());
    WANT(nx_writer_open(&w, index_dir, &other, &err), NX_EVERSION);
    assert_non_null(strstr(err.msg, "newsindex rebuild"));
    set_format("0");
    WANT(nx_store_open(&s, index_dir, &err), NX_EVERSION);
    assert_non_null(strstr(err.msg, "newsindex rebuild"));
    set_format("2");
    WANT(nx_store_open(&s, index_dir, &err), NX_EVERSION);
    assert_non_null(strstr(err.msg, "newer newsdex"));
    set_format("");
    WANT(nx_store_open(&s, index_dir, &err), NX_EFORMAT);
    WANT(nx_writer_open(&w, index_dir, &fixture_create, &err), NX_EFORMAT);
}

static void test_stub_lines(void **state)
{
    (void)state;
    const struct {
        const char *text;
        nx_status status;
        size_t lines;
    } rows[] = {
        {"auto seg-000001\n", NX_OK, 1},
        {"auto seg-000001\nauto seg-000002", NX_OK, 2},
        {"auto seg-4294967295\n", NX_OK, 1},
        {"# a comment\n\nremote news.example:6400\nremote [::1]:7\n", NX_OK, 4},
        {"auto seg-1\n", NX_ECORRUPT, 0},
        {"auto seg-0000001\n", NX_ECORRUPT, 0},
        {"auto seg-4294967296\n", NX_ECORRUPT, 0},
        {"auto ../other\n", NX_ECORRUPT, 0},
        {"auto /etc\n", NX_ECORRUPT, 0},
        {"seg-000001\n", NX_ECORRUPT, 0},
        {"remote news.example\n", NX_ECORRUPT, 0},
        {"remote :6400\n", NX_ECORRUPT, 0},
        {"remote news.example:0\n", NX_ECORRUPT, 0},
        {"remote news.example:65536\n", NX_ECORRUPT, 0},
        {"auto seg-000001\nauto seg-000001\n", NX_ECORRUPT, 0},
    };
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        nx_error err = NX_ERROR_INIT;
        nx_stub stub = {0};
        WANT(nx_stub_parse(&stub, nx_str_of(rows[i].text), "XAPIANDB", &err), rows[i].status);
        assert_int_equal(stub.count, rows[i].lines);
        nx_stub_release(&stub);
    }
}

static void test_superseded_lists(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_vocab *set = nx_vocab_new(), *again = nx_vocab_new();
    nx_buf text;
    nx_buf_init(&text, 1 << 16);
    nx_vocab_add(set, NX_STR("Qa"), NULL);
    nx_vocab_add(set, NX_STR("Q3:x\n\0y"), NULL);
    nx_terms_write(set, &text);
    OK(nx_terms_read(again, nx_buf_str(&text), &err));
    assert_int_equal(nx_vocab_count(again), 2);
    assert_true(nx_str_eq(nx_vocab_get(again, 1), NX_STR("Q3:x\n\0y")));
    const char *bad[] = {"2",  "2:Q",  ":Qa",   "x:Qa",
                         "0:", "246:", "2:Qa3", "99999999999999999999:Q"};
    for (size_t i = 0; i < NX_COUNT(bad); i++) {
        WANT(nx_terms_read(again, nx_str_of(bad[i]), &err), NX_ECORRUPT);
    }
    nx_buf_release(&text);
    nx_vocab_free(set);
    nx_vocab_free(again);
}

// ---- merging and rebuilding ---------------------------------------------------------------------

static size_t segments(void)
{
    nx_error err = NX_ERROR_INIT;
    nx_stub stub = {0};
    OK(nx_stub_read(&stub, index_dir, NULL, &err));
    size_t count = 0;
    for (size_t i = 0; i < stub.count; i++) {
        count += stub.lines[i].kind == NX_STUB_SEGMENT;
    }
    nx_stub_release(&stub);
    return count;
}

static void test_merging_keeps_few_segments_and_all_articles(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = open_writer();
    nx_merge_report report;
    char prefix[16];
    for (int run = 0; run < 30; run++) {
        (void)snprintf(prefix, sizeof prefix, "r%d-", run);
        OK(bulk(w, prefix, 5, "words of a run", &err));
        OK(nx_writer_merge(w, 0, NULL, NULL, &report, &err));
        assert_true(report.segments_after <= 3);
    }
    assert_int_equal(nx_writer_documents(w), 150);
    OK(put(w, "r0-0", "changed", &err)); // a merged segment loses articles, and is not put into
    close_writer(w);
    assert_sound();
    nx_store *s = NULL;
    nx_found found;
    OK(nx_store_open(&s, index_dir, &err));
    OK(nx_store_find(s, NX_STR("Qr29-4"), &found, &err));
    assert_true(found.exists);
    nx_xstats stats;
    OK(nx_xdb_stats(nx_store_db(s), &stats, &err));
    assert_int_equal(stats.documents, 150);
    nx_store_close(s);
}

static void test_merging_respects_its_bound(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = open_writer();
    nx_merge_report report;
    char prefix[16];
    for (int run = 0; run < 5; run++) {
        (void)snprintf(prefix, sizeof prefix, "r%d-", run);
        OK(bulk(w, prefix, 5, "words of a run", &err));
    }
    OK(nx_writer_merge(w, 1000, NULL, NULL, &report, &err));
    assert_int_equal(report.segments_before, report.segments_after);
    assert_int_equal(segments(), 5);
    OK(nx_writer_merge(w, 1 << 30, NULL, NULL, &report, &err));
    assert_int_equal(report.segments_after, 1);
    close_writer(w);
}

// The unique terms that an index lists for a family, sorted, joined by spaces.
static void assert_listed(const char *family, const char *wanted)
{
    nx_error err = NX_ERROR_INIT;
    nx_store *s = NULL;
    nx_vocab *members = nx_vocab_new();
    char got[200] = "";
    OK(nx_store_open(&s, index_dir, &err));
    OK(nx_store_family(s, nx_str_of(family), members, &err));
    const char *last = "";
    for (uint32_t n = nx_vocab_count(members); n > 0; n--) {
        const char *next = "\x7f";
        for (uint32_t i = 0; i < nx_vocab_count(members); i++) {
            const char *term = nx_vocab_get(members, i).p;
            next = strcmp(term, last) > 0 && strcmp(term, next) < 0 ? term : next;
        }
        (void)strncat(got, got[0] != '\0' ? " " : "", sizeof got - strlen(got) - 1);
        (void)strncat(got, next, sizeof got - strlen(got) - 1);
        last = next;
    }
    assert_string_equal(got, wanted);
    nx_vocab_free(members);
    nx_store_close(s);
}

static void test_segments_list_the_members_of_families(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = open_writer();
    nx_merge_report report;
    OK(bulk(w, "x", 3, "one", &err));
    OK(put(w, "a", "two", &err));
    OK(put(w, "b", "three", &err));
    OK(nx_writer_set_family(w, NX_STR("Qx1"), NX_STR("f"), &err));
    OK(nx_writer_set_family(w, NX_STR("Qb"), NX_STR("f"), &err));
    OK(nx_writer_set_family(w, NX_STR("Qb"), NX_STR("f"), &err));
    OK(nx_writer_set_family(w, NX_STR("Qa"), NX_STR("g"), &err));
    OK(nx_writer_set_family(w, NX_STR("Qnobody"), NX_STR("g"), &err));
    OK(nx_writer_commit(w, &err));
    assert_listed("f", "Qb Qx1");
    assert_listed("g", "Qa");
    assert_listed("h", "");
    OK(nx_writer_set_family(w, NX_STR("Qa"), NX_STR("f"), &err));
    OK(nx_writer_compact(w, NULL, NULL, &report, &err));
    assert_listed("f", "Qa Qb Qx1");
    close_writer(w);
    nx_store *s = NULL;
    nx_xposts *posts = NULL;
    nx_xdoc *doc = NULL;
    nx_buf value;
    bool more = false;
    nx_buf_init(&value, 100);
    OK(nx_store_open(&s, index_dir, &err));
    OK(nx_xdb_postings(&posts, nx_store_db(s), NX_STR("Qa"), &err));
    OK(nx_xposts_next(posts, &more, &err));
    OK(nx_xdb_given_doc(&doc, nx_store_db(s), nx_xposts_docid(posts), &err));
    OK(nx_xdoc_value(doc, NX_SLOT_FAMILY, &value, &err));
    assert_string_equal(value.data, "f");
    nx_buf_release(&value);
    nx_xdoc_free(doc);
    nx_xposts_free(posts);
    nx_store_close(s);
}

static nx_status stop(void *ctx, const char *what, const char *detail, nx_error *err)
{
    (void)what;
    (void)detail;
    ++*(int *)ctx;
    return nx_fail(err, NX_ESTOP, "stopped");
}

static void test_compaction_can_be_stopped(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = open_writer();
    nx_merge_report report;
    int calls = 0;
    OK(bulk(w, "x", 3, "one", &err));
    OK(put(w, "y", "two", &err));
    WANT(nx_writer_compact(w, stop, &calls, &report, &err), NX_ESTOP);
    assert_int_equal(calls, 1);
    OK(put(w, "z", "three", &err)); // nothing was lost
    OK(nx_writer_compact(w, NULL, NULL, &report, &err));
    assert_int_equal(report.segments_after, 1);
    close_writer(w);
    assert_content("Qx0=one\nQx1=one\nQx2=one\nQy=two\nQz=three\n");
    assert_sound();
}

static void test_a_reader_goes_on_while_its_segments_are_merged(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = open_writer();
    nx_store *s = NULL;
    nx_merge_report report;
    reading r = {0};
    OK(bulk(w, "x", 50, "one two three", &err));
    OK(bulk(w, "y", 50, "four five six", &err));
    OK(nx_store_open(&s, index_dir, &err));
    OK(nx_writer_compact(w, NULL, NULL, &report, &err));
    assert_false(is_there("seg-000002"));
    OK(read_all(&r, nx_store_db(s), &err)); // of files that have no name any more
    assert_int_equal(r.documents, 100);
    uint32_t position = 0;
    size_t count = 0;
    OK(nx_xdb_positions(nx_store_db(s), 1, NX_STR("two"), &position, 1, &count, &err));
    assert_int_equal(count, 1);
    OK(put(w, "z", "seven", &err));
    OK(nx_writer_commit(w, &err));
    OK(nx_store_reopen(s, NULL, &err));
    OK(read_all(&r, nx_store_db(s), &err));
    assert_int_equal(r.documents, 101);
    nx_store_close(s);
    close_writer(w);
}

static void test_foreign_lines_of_the_stub_stay(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = open_writer();
    OK(put(w, "a", "one", &err));
    close_writer(w);
    write_text("XAPIANDB", "auto seg-000001\n# the archive\nremote archive.example:6400\n");
    w = open_writer();
    nx_merge_report report;
    OK(bulk(w, "x", 2, "two", &err));
    OK(nx_writer_compact(w, NULL, NULL, &report, &err));
    close_writer(w);
    assert_sound(); // of what is here
    nx_buf text;
    nx_buf_init(&text, 1 << 16);
    read_text("XAPIANDB", &text);
    assert_string_equal(text.data, "auto seg-000003\n# the archive\nremote archive.example:6400\n");
    nx_buf_release(&text);
}

static void test_rebuild_replaces_an_index_of_another_format(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = open_writer();
    const nx_writer_options rebuild = {.analysis = "test 2", .create = true, .rebuild = true};
    nx_store *s = NULL;
    nx_found found;
    OK(put(w, "old", "one", &err));
    close_writer(w);

    OK(nx_writer_open(&w, index_dir, &rebuild, &err));
    OK(nx_writer_find(w, NX_STR("Qold"), &found, &err));
    assert_false(found.exists);
    OK(put(w, "new", "two", &err));
    OK(nx_writer_close(w, &err)); // without finishing
    assert_content("Qold=one\n");

    set_format("0");
    OK(nx_writer_open(&w, index_dir, &rebuild, &err));
    OK(put(w, "new", "two", &err));
    OK(bulk(w, "x", 2, "three", &err));
    WANT(nx_store_open(&s, index_dir, &err), NX_EVERSION); // still the old one
    OK(nx_writer_rebuild_finish(w, &err));
    OK(put(w, "later", "four", &err));
    OK(nx_writer_close(w, &err));
    assert_content("Qlater=four\nQnew=two\nQx0=three\nQx1=three\n");
    assert_false(is_there("seg-000001"));
    assert_sound();
}

// ---- checking -----------------------------------------------------------------------------------

// Output of a Xapian tool on the index directory; the test is skipped where it is not installed.
static void tool(const char *command, nx_buf *out)
{
    assert_int_equal(setenv("INDEX", index_dir, 1), 0);
    FILE *p = popen(command, "r");
    assert_non_null(p);
    char chunk[512];
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, p)) > 0;) {
        nx_buf_add(out, chunk, n);
    }
    int status = pclose(p);
    if (WEXITSTATUS(status) == 127) {
        print_message("xapian-tools are not installed\n");
        skip();
    }
    if (status != 0) {
        fail_msg("%s: %s", command, out->data);
    }
}

static void test_xapian_tools_open_the_index_directory(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = open_writer();
    nx_buf out;
    nx_buf_init(&out, 1 << 20);
    OK(bulk(w, "x", 2, "embassy raid in madrid", &err));
    OK(put(w, "y", "embassy reopened", &err));
    close_writer(w);
    tool("quest -d $INDEX -snone 'embassy OR madrid' 2>&1", &out);
    assert_non_null(strstr(out.data, "embassy raid in madrid"));
    assert_non_null(strstr(out.data, "embassy reopened"));
    nx_buf_clear(&out);
    tool("xapian-delve $INDEX 2>&1", &out);
    assert_non_null(strstr(out.data, "number of documents = 3"));
    nx_buf_clear(&out);
    tool("for s in $INDEX/seg-*; do xapian-check $s || exit 1; done 2>&1", &out);
    assert_non_null(strstr(out.data, "No errors found"));
    nx_buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, scratch_new, scratch_gone)
        T(test_puts_finds_and_replaces),
        T(test_abort_keeps_the_last_commit),
        T(test_removes_by_term),
        T(test_put_replaces_what_a_bulk_segment_has),
        T(test_bulk_replaces_what_the_live_segment_has),
        T(test_segment_whose_articles_all_come_anew_goes),
        T(test_bulk_that_is_abandoned_leaves_nothing),
        T(test_a_term_that_cannot_be_stored_costs_one_article),
        T(test_a_reader_never_sees_a_writer),
        T(test_retries_are_bounded),
        T(test_languages_are_counted),
        T(test_reopen_sees_new_segments),
        T(test_a_second_writer_is_told_who_holds_the_lock),
        T(test_a_dead_writer_holds_no_lock),
        T(test_the_lock_holds_where_nothing_can_be_written_to_it),
        T(test_says_what_is_no_index),
        T(test_refuses_other_formats_and_names_the_way_out),
        T(test_stub_lines),
        T(test_superseded_lists),
        T(test_merging_keeps_few_segments_and_all_articles),
        T(test_merging_respects_its_bound),
        T(test_segments_list_the_members_of_families),
        T(test_compaction_can_be_stopped),
        T(test_a_reader_goes_on_while_its_segments_are_merged),
        T(test_foreign_lines_of_the_stub_stay),
        T(test_rebuild_replaces_an_index_of_another_format),
        T(test_xapian_tools_open_the_index_directory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
