// store_damage_test.c: an index that lost something says so, and is not made worse.
#include "store_fixture.h"

static void test_check_finds_what_is_wrong(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = open_writer();
    nx_buf text;
    nx_buf_init(&text, 1 << 20);
    OK(bulk(w, "x", 3, "one two", &err));
    OK(put(w, "y", "three", &err));
    close_writer(w);
    assert_int_equal(faults_of(&text), 0);

    // A second copy, put behind the writer's back.
    nx_xwdb *db = NULL;
    sample s;
    char *path = nx_path_join(index_dir, "seg-000003");
    OK(nx_xwdb_open(&db, path, NX_XOPEN_ONLY, 0, 0, &err));
    sample_make(&s, "x1", "one two");
    OK(nx_xwdb_put(db, NX_STR_NONE, &s.doc, NULL, &err));
    OK(nx_xwdb_close(db, &err));
    sample_free(&s);
    free(path);
    assert_int_equal(faults_of(&text), 1);
    assert_non_null(strstr(text.data, "2 copies of article x1"));

    // A damaged block.
    path = nx_path_join(index_dir, "seg-000002/postlist.glass");
    FILE *f = fopen(path, "r+b");
    assert_non_null(f);
    assert_int_equal(fseek(f, 20, SEEK_SET), 0);
    for (int i = 0; i < 200; i++) {
        assert_int_equal(fputc(0xff, f), 0xff);
    }
    assert_int_equal(fclose(f), 0);
    free(path);
    nx_buf_clear(&text);
    assert_true(faults_of(&text) > 0);

    // A segment that is gone.
    path = nx_path_join(index_dir, "seg-000002");
    OK(nx_remove_tree(path, &err));
    free(path);
    nx_store *reader = NULL;
    WANT(nx_store_open(&reader, index_dir, &err), NX_ECORRUPT);
    assert_non_null(strstr(err.msg, "seg-000002"));
    assert_true(faults_of(&text) > 0);
    WANT(nx_writer_open(&w, index_dir, &fixture_create, &err), NX_ECORRUPT);

    // And one that has become a file, which Xapian would take for a stub that names nothing.
    write_text("seg-000002", "");
    WANT(nx_store_open(&reader, index_dir, &err), NX_ECORRUPT);
    assert_true(faults_of(&text) > 0);
    nx_buf_release(&text);
}

// Two writers are never at work: the one whose lock was removed as "stale" writes no more.
static void test_a_lock_that_is_removed(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_writer *first = open_writer();
    OK(bulk(first, "x", 3, "one two", &err));
    OK(put(first, "z", "five", &err));
    char *path = nx_path_join(index_dir, "lock");
    assert_int_equal(unlink(path), 0);
    free(path);
    nx_writer *second = open_writer();
    OK(bulk(second, "y", 3, "three four", &err));
    close_writer(second);
    WANT(nx_writer_commit(first, &err), NX_EBUSY);
    assert_non_null(strstr(err.msg, "lock: removed while it was held"));
    nx_writer_abort(first);
    assert_content("Qx0=one two\nQx1=one two\nQx2=one two\n"
                   "Qy0=three four\nQy1=three four\nQy2=three four\n");
    assert_sound();
}

static void test_what_is_damaged_is_not_read(void **state)
{
    (void)state;
    static const char *const tables[] = {"postlist.glass", "docdata.glass"};
    for (size_t i = 0; i < NX_COUNT(tables); i++) {
        nx_error err = NX_ERROR_INIT;
        char *dir = nx_path_join(scratch, tables[i]), *path = nx_path_join(dir, "seg-000001");
        char *table = nx_path_join(path, tables[i]);
        nx_writer *w = NULL;
        OK(nx_writer_open(&w, dir, &fixture_create, &err));
        OK(put(w, "y", "three", &err));
        close_writer(w);
        OK(nx_store_try(dir, &err));
        FILE *f = fopen(table, "r+b");
        assert_non_null(f);
        for (int n = 0; n < 3 * 8192; n++) {
            assert_int_equal(fputc(n % 8192 < 20 ? 0 : 0xff, f), n % 8192 < 20 ? 0 : 0xff);
        }
        assert_int_equal(fclose(f), 0);
        WANT(nx_store_try(dir, &err), NX_ECORRUPT);
        assert_non_null(strstr(err.msg, tables[i]));
        free(table);
        free(path);
        free(dir);
    }
}

static void test_a_missing_table_is_damage(void **state)
{
    (void)state;
    static const char *const names[] = {"postlist.glass", "docdata.glass", "termlist.glass",
                                        "position.glass"};
    nx_error err = NX_ERROR_INIT;
    nx_buf text;
    nx_buf_init(&text, 1 << 20);
    nx_writer *w = open_writer();
    OK(bulk(w, "x", 3, "one two", &err));
    OK(put(w, "y", "three", &err));
    close_writer(w);
    assert_int_equal(faults_of(&text), 0);
    for (int segment = 2; segment <= 3; segment++) {
        for (size_t i = 0; i < NX_COUNT(names); i++) {
            char table[64];
            (void)snprintf(table, sizeof table, "seg-%06d/%s", segment, names[i]);
            char *path = nx_path_join(index_dir, table), *aside = nx_path_join(scratch, "aside");
            nx_store *reader = NULL;
            assert_int_equal(rename(path, aside), 0);
            nx_buf_clear(&text);
            assert_int_equal(faults_of(&text), 1);
            assert_non_null(strstr(text.data, names[i]));
            WANT(nx_store_open(&reader, index_dir, &err), NX_ECORRUPT);
            assert_non_null(strstr(err.msg, names[i]));
            WANT(nx_writer_open(&w, index_dir, &fixture_create, &err), NX_ECORRUPT);
            assert_int_equal(rename(aside, path), 0);
            free(aside);
            free(path);
        }
    }
    nx_buf_clear(&text);
    assert_int_equal(faults_of(&text), 0);
    nx_buf_release(&text);
}

static void test_segments_outlive_a_lost_stub(void **state)
{
    (void)state;
    static const char *const stubs[] = {"", "# nothing\n", "auto seg-00", "\xff\xfe\n", NULL};
    nx_error err = NX_ERROR_INIT;
    nx_buf text;
    nx_buf_init(&text, 1 << 20);
    nx_writer *w = open_writer();
    OK(bulk(w, "x", 3, "one two", &err));
    OK(put(w, "y", "three", &err));
    close_writer(w);
    char *path = nx_path_join(index_dir, "XAPIANDB"), *aside = nx_path_join(scratch, "aside");
    assert_int_equal(rename(path, aside), 0);
    for (size_t i = 0; i < NX_COUNT(stubs); i++) {
        if (stubs[i] != NULL) {
            write_text("XAPIANDB", stubs[i]);
            nx_store *reader = NULL;
            WANT(nx_store_open(&reader, index_dir, &err), NX_ECORRUPT);
        } else {
            assert_int_equal(unlink(path), 0);
        }
        WANT(nx_writer_open(&w, index_dir, &fixture_create, &err), NX_ECORRUPT);
        assert_true(is_there("seg-000002"));
    }
    assert_non_null(strstr(err.msg, "seg-000002, seg-000003"));
    write_text("families", "");
    WANT(nx_writer_open(&w, index_dir, &fixture_create, &err), NX_ECORRUPT);
    write_text("XAPIANDB", "");
    assert_int_equal(faults_of(&text), 1);

    assert_int_equal(rename(aside, path), 0);
    w = open_writer();
    close_writer(w);
    nx_buf_clear(&text);
    assert_int_equal(faults_of(&text), 0);
    nx_buf_release(&text);
    free(aside);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, scratch_new, scratch_gone)
        T(test_check_finds_what_is_wrong),    T(test_a_lock_that_is_removed),
        T(test_what_is_damaged_is_not_read),  T(test_a_missing_table_is_damage),
        T(test_segments_outlive_a_lost_stub),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
