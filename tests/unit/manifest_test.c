// manifest_test.c: the manifest of an index.
#include "store/manifest.h"
#include "store_fixture.h"

static nx_manifest *open_manifest(nx_manifest_mode mode)
{
    nx_error err = NX_ERROR_INIT;
    nx_manifest *m = NULL;
    OK(nx_make_dirs(index_dir, &err));
    OK(nx_manifest_open(&m, index_dir, mode, &err));
    return m;
}

static void assert_str(nx_str s, const char *expected)
{
    assert_int_equal(s.n, strlen(expected));
    assert_memory_equal(s.p, expected, s.n);
}

// ---- files --------------------------------------------------------------------------------------

static void put_file(nx_manifest *m, const char *path, uint64_t size)
{
    nx_error err = NX_ERROR_INIT;
    const nx_file_state file = {.path = nx_str_of(path),
                                .size = size,
                                .mtime_ns = 1551000000123456789,
                                .hash = NX_STR("\x01\0\x02"),
                                .articles = 7,
                                .skipped = 1,
                                .outcome = NX_FILE_PARTIAL,
                                .read_offset = size / 2,
                                .run = 3};
    OK(nx_manifest_put_file(m, &file, &err));
}

typedef struct listing {
    nx_buf text;
    int left; // visits until the visitor stops
} listing;

static nx_status list_file(void *ctx, const nx_file_state *file, nx_error *err)
{
    listing *l = ctx;
    nx_buf_adds(&l->text, file->path);
    nx_buf_addc(&l->text, ' ');
    return --l->left == 0 ? nx_fail(err, NX_ESTOP, "enough") : NX_OK;
}

static void assert_files(nx_manifest *m, nx_str prefix, const char *expected)
{
    nx_error err = NX_ERROR_INIT;
    listing l = {.left = -1};
    nx_buf_init(&l.text, 1000);
    OK(nx_manifest_each_file(m, prefix, list_file, &l, &err));
    assert_string_equal(l.text.data, expected);
    nx_buf_release(&l.text);
}

static void test_files_are_remembered(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_manifest *m = open_manifest(NX_MANIFEST_WRITE);
    nx_file_state file;
    bool found = true;
    OK(nx_manifest_file(m, NX_STR("/news/a"), &file, &found, &err));
    assert_false(found);
    put_file(m, "/news/a", 100);
    put_file(m, "/news/\xff", 5); // names are bytes
    put_file(m, "/newspapers", 5);
    put_file(m, "/other", 5);
    put_file(m, "/news/a", UINT64_C(1) << 40);
    nx_manifest_close(m);

    m = open_manifest(NX_MANIFEST_READ);
    OK(nx_manifest_file(m, NX_STR("/news/a"), &file, &found, &err));
    assert_true(found);
    assert_str(file.path, "/news/a");
    assert_int_equal(file.size, UINT64_C(1) << 40);
    assert_int_equal(file.mtime_ns, 1551000000123456789);
    assert_int_equal(file.hash.n, 3);
    assert_int_equal(file.articles, 7);
    assert_int_equal(file.skipped, 1);
    assert_int_equal(file.outcome, NX_FILE_PARTIAL);
    assert_int_equal(file.read_offset, UINT64_C(1) << 39);
    assert_int_equal(file.run, 3);
    assert_files(m, NX_STR("/news/"), "/news/a /news/\xff ");
    assert_files(m, NX_STR(""), "/news/a /news/\xff /newspapers /other ");
    assert_files(m, NX_STR("/x"), "");
    nx_manifest_close(m);

    m = open_manifest(NX_MANIFEST_WRITE);
    OK(nx_manifest_forget_file(m, NX_STR("/news/a"), &err));
    assert_files(m, NX_STR("/news/"), "/news/\xff ");
    nx_manifest_close(m);
}

static void test_a_visitor_may_stop(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_manifest *m = open_manifest(NX_MANIFEST_WRITE);
    listing l = {.left = 2};
    nx_buf_init(&l.text, 1000);
    put_file(m, "/a", 1);
    put_file(m, "/b", 1);
    put_file(m, "/c", 1);
    WANT(nx_manifest_each_file(m, NX_STR("/"), list_file, &l, &err), NX_ESTOP);
    assert_string_equal(l.text.data, "/a /b ");
    nx_buf_release(&l.text);
    assert_files(m, NX_STR("/"), "/a /b /c ");
    nx_manifest_close(m);
}

static void test_transactions(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_manifest *m = open_manifest(NX_MANIFEST_WRITE);
    OK(nx_manifest_begin(m, &err));
    put_file(m, "/kept", 1);
    OK(nx_manifest_commit(m, &err));
    OK(nx_manifest_begin(m, &err));
    put_file(m, "/undone", 1);
    OK(nx_manifest_rollback(m, &err));
    OK(nx_manifest_begin(m, &err));
    put_file(m, "/lost", 1);
    nx_manifest_close(m); // without committing
    m = open_manifest(NX_MANIFEST_READ);
    assert_files(m, NX_STR(""), "/kept ");
    nx_manifest_close(m);
}

// ---- runs, failures -------------------------------------------------------------------------

static nx_status list_run(void *ctx, const nx_run *run, nx_error *err)
{
    (void)err;
    nx_buf_addf(ctx, "%d %.*s %d-%d %d/%d/%d/%d/%d/%d %.*s %.*s\n", (int)run->id,
                (int)run->command.n, run->command.p, (int)run->started_utc, (int)run->ended_utc,
                (int)run->indexed, (int)run->updated, (int)run->unchanged, (int)run->removed,
                (int)run->skipped, (int)run->bytes, (int)run->outcome.n,
                run->outcome.p != NULL ? run->outcome.p : "-", (int)run->message.n,
                run->message.p != NULL ? run->message.p : "");
    return NX_OK;
}

static void test_runs(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_manifest *m = open_manifest(NX_MANIFEST_WRITE);
    nx_run run = {.ended_utc = 20,
                  .indexed = 1,
                  .updated = 2,
                  .unchanged = 3,
                  .removed = 4,
                  .skipped = 5,
                  .bytes = 6,
                  .outcome = NX_STR("io"),
                  .message = NX_STR("disk on fire")};
    int64_t id = 0;
    nx_buf out;
    nx_buf_init(&out, 1000);
    OK(nx_manifest_begin_run(m, NX_STR("add"), 10, &run.id, &err));
    OK(nx_manifest_end_run(m, &run, &err));
    OK(nx_manifest_begin_run(m, NX_STR("update"), 30, &id, &err));
    assert_true(id > run.id);
    OK(nx_manifest_each_run(m, 10, list_run, &out, &err));
    assert_string_equal(out.data, "2 update 30-0 0/0/0/0/0/0  \n"
                                  "1 add 10-20 1/2/3/4/5/6 io disk on fire\n");
    nx_buf_clear(&out);
    OK(nx_manifest_each_run(m, 1, list_run, &out, &err));
    assert_int_equal(out.data[0], '2');
    nx_buf_release(&out);
    nx_manifest_close(m);
}

static nx_status list_failure(void *ctx, const nx_failure *f, nx_error *err)
{
    (void)err;
    nx_buf_addf(ctx, "%.*s!%.*s %.*s %u %d-%d >%d\n", (int)f->path.n, f->path.p, (int)f->place.n,
                f->place.p, (int)f->reason.n, f->reason.p, (unsigned)f->attempts, (int)f->first_utc,
                (int)f->last_utc, (int)f->retry_utc);
    return NX_OK;
}

static void test_failures_count_their_attempts(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_manifest *m = open_manifest(NX_MANIFEST_WRITE);
    nx_failure f = {.path = NX_STR("/b"), .reason = NX_STR("bad"), .last_utc = 5, .retry_utc = 6};
    nx_buf out;
    nx_buf_init(&out, 1000);
    OK(nx_manifest_put_failure(m, &f, &err));
    f.last_utc = 10;
    f.retry_utc = 20;
    f.reason = NX_STR("worse");
    OK(nx_manifest_put_failure(m, &f, &err));
    f.path = NX_STR("/a");
    f.place = NX_STR("member:3");
    OK(nx_manifest_put_failure(m, &f, &err));
    OK(nx_manifest_each_failure(m, list_failure, &out, &err));
    assert_string_equal(out.data, "/a!member:3 worse 1 10-10 >20\n/b! worse 2 5-10 >20\n");
    OK(nx_manifest_clear_failures(m, NX_STR("/b"), &err));
    nx_buf_clear(&out);
    OK(nx_manifest_each_failure(m, list_failure, &out, &err));
    assert_string_equal(out.data, "/a!member:3 worse 1 10-10 >20\n");
    nx_buf_release(&out);
    nx_manifest_close(m);
}

static void test_transactions_nest(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_manifest *m = open_manifest(NX_MANIFEST_WRITE);
    OK(nx_manifest_begin(m, &err));
    OK(nx_manifest_begin(m, &err));
    put_file(m, "/a", 1);
    OK(nx_manifest_commit(m, &err)); // the inner one
    OK(nx_manifest_rollback(m, &err));
    OK(nx_manifest_rollback(m, &err)); // nothing is open
    OK(nx_manifest_begin(m, &err));
    OK(nx_manifest_begin(m, &err));
    put_file(m, "/b", 1);
    OK(nx_manifest_commit(m, &err));
    OK(nx_manifest_commit(m, &err));
    WANT(nx_manifest_commit(m, &err), NX_EBUG);
    nx_manifest_close(m);
    m = open_manifest(NX_MANIFEST_READ);
    assert_files(m, NX_STR("/"), "/b ");
    nx_manifest_close(m);
}

// ---- the file -----------------------------------------------------------------------------------

static void test_what_cannot_be_opened(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_manifest *m = NULL;
    WANT(nx_manifest_open(&m, index_dir, NX_MANIFEST_READ, &err), NX_ENOINPUT);
    WANT(nx_manifest_open(&m, index_dir, NX_MANIFEST_WRITE, &err), NX_EIO); // no directory
    assert_null(m);
    m = open_manifest(NX_MANIFEST_WRITE);
    OK(nx_manifest_check(m, &err));
    OK(nx_sql_exec(nx_manifest_sql(m), "PRAGMA user_version = 2", &err));
    nx_manifest_close(m);
    WANT(nx_manifest_open(&m, index_dir, NX_MANIFEST_READ, &err), NX_EVERSION);
    WANT(nx_manifest_open(&m, index_dir, NX_MANIFEST_WRITE, &err), NX_EVERSION);

    char *path = nx_path_join(index_dir, "state.sqlite");
    OK(nx_write_file_atomic(path,
                            NX_STR("This is not a database, but it is long enough for one "
                                   "to be looked for in it, which takes 100 bytes or so."),
                            &err));
    WANT(nx_manifest_open(&m, index_dir, NX_MANIFEST_WRITE, &err), NX_ECORRUPT);
    free(path);
}

// A process of the same number, as the first of a container always is, was killed while it gave the
// manifest its name.
static void test_what_a_killed_maker_left(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_manifest_close(open_manifest(NX_MANIFEST_WRITE));
    char from[128], to[160];
    (void)snprintf(from, sizeof from, "%s/state.sqlite", index_dir);
    (void)snprintf(to, sizeof to, "%s.tmp%ld", from, (long)getpid());
    assert_int_equal(rename(from, to), 0);
    nx_manifest *m = open_manifest(NX_MANIFEST_WRITE);
    OK(nx_manifest_check(m, &err));
    nx_manifest_close(m);
    assert_true(access(to, F_OK) != 0);
}

// Whoever may only look still reads it, whatever its directory is called; as nobody in particular,
// for whom permissions hold.
static void test_another_ones_index(void **state)
{
    (void)state;
    enum { NOBODY = 65534 };
    nx_error err = NX_ERROR_INIT;
    nx_manifest *m = NULL;
    int64_t run = 0;
    char dir[100], file[128];
    (void)snprintf(dir, sizeof dir, "%s/a%%41?b#c d", scratch);
    (void)snprintf(file, sizeof file, "%s/state.sqlite", dir);
    OK(nx_make_dirs(dir, &err));
    OK(nx_manifest_open(&m, dir, NX_MANIFEST_WRITE, &err));
    OK(nx_manifest_begin_run(m, NX_STR("add"), 1551000000, &run, &err));
    nx_manifest_close(m);
    assert_int_equal(chmod(scratch, 0755), 0);
    assert_int_equal(chmod(dir, 0555), 0);
    bool root = geteuid() == 0;
    assert_int_equal(root ? seteuid(NOBODY) : 0, 0);
    nx_status st = nx_manifest_open(&m, dir, NX_MANIFEST_READ, &err);
    nx_status checked = st == NX_OK ? nx_manifest_check(m, &err) : st;
    nx_manifest_close(m);
    assert_int_equal(root ? seteuid(0) : 0, 0);
    OK(checked);
    assert_int_equal(chmod(file, 0), 0);
    assert_int_equal(root ? seteuid(NOBODY) : 0, 0);
    st = nx_manifest_open(&m, dir, NX_MANIFEST_READ, &err);
    assert_int_equal(root ? seteuid(0) : 0, 0);
    assert_int_equal(chmod(dir, 0755), 0);
    WANT(st, NX_EIO); // NX_ENOINPUT would say that there is none
    assert_int_equal(unlink(file), 0);
    assert_int_equal(chmod(dir, 0555), 0);
    assert_int_equal(root ? seteuid(NOBODY) : 0, 0);
    st = nx_manifest_open(&m, dir, NX_MANIFEST_WRITE, &err);
    assert_int_equal(root ? seteuid(0) : 0, 0);
    assert_int_equal(chmod(dir, 0755), 0);
    WANT(st, NX_EIO);
    assert_non_null(strstr(err.msg, "state.sqlite: Permission denied"));
}

static void test_statements_of_others(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_manifest *m = open_manifest(NX_MANIFEST_WRITE);
    nx_sql *db = nx_manifest_sql(m);
    nx_sql_stmt *s = NULL;
    bool row = true;
    OK(nx_sql_exec(db, "CREATE TABLE mine (a INT, b TEXT)", &err));
    WANT(nx_sql_exec(db, "CREATE TABLE mine (a INT)", &err), NX_EBUG);
    WANT(nx_sql_prepare(&s, db, "SELECT nothing FROM nowhere", &err), NX_EBUG);
    assert_null(s);
    OK(nx_sql_prepare(&s, db, "INSERT INTO mine VALUES (?1, ?2)", &err));
    nx_sql_bind_int(s, 1, INT64_MIN);
    nx_sql_bind_text(s, 2, NX_STR_NONE);
    OK(nx_sql_done(s, &err));
    nx_sql_bind_int(s, 3, 1); // there is no third
    WANT(nx_sql_done(s, &err), NX_EBUG);
    nx_sql_free(s);
    OK(nx_sql_prepare(&s, db, "SELECT a, b FROM mine", &err));
    WANT(nx_sql_done(s, &err), NX_EBUG); // it gives rows
    OK(nx_sql_step(s, &row, &err));
    assert_true(row);
    assert_true(nx_sql_int(s, 0) == INT64_MIN);
    assert_null(nx_sql_bytes(s, 1).p);
    OK(nx_sql_step(s, &row, &err));
    assert_false(row);
    nx_sql_free(s);
    nx_manifest_close(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, scratch_new, scratch_gone)
        T(test_files_are_remembered),
        T(test_a_visitor_may_stop),
        T(test_transactions),
        T(test_runs),
        T(test_failures_count_their_attempts),
        T(test_transactions_nest),
        T(test_what_cannot_be_opened),
        T(test_what_a_killed_maker_left),
        T(test_another_ones_index),
        T(test_statements_of_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
