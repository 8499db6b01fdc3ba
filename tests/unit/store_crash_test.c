// store_crash_test.c: a writer killed at every step of a commit and between them, readers beside a
// working writer, and a full disk: the index opens, checks clean, and the same work done again
// gives the same articles.
#define _GNU_SOURCE // unshare
#include <dirent.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/inotify.h>
#include <sys/mount.h>
#include <sys/wait.h>

#include "store_fixture.h"

// What goes before: articles in the live segment and in a bulk one.
static nx_status prepare(nx_error *err)
{
    nx_writer *w = NULL;
    nx_status st = nx_writer_open(&w, index_dir, &fixture_create, err);
    st = st == NX_OK ? put(w, "a", "first words", err) : st;
    st = st == NX_OK ? put(w, "b", "to be removed", err) : st;
    st = st == NX_OK ? bulk(w, "x", 5, "version one", err) : st;
    return st == NX_OK ? nx_writer_close(w, err) : st;
}

// Work that passes every step and may be done again from any point.
static nx_status work(nx_error *err)
{
    nx_writer *w = NULL;
    nx_merge_report report;
    nx_status st = nx_writer_open(&w, index_dir, &fixture_create, err);
    st = st == NX_OK ? put(w, "a", "first words changed", err) : st;
    st = st == NX_OK ? put(w, "x1", "version two", err) : st;
    st = st == NX_OK ? nx_writer_remove(w, NX_STR("Qb"), NULL, err) : st;
    st = st == NX_OK ? nx_writer_commit(w, err) : st;
    st = st == NX_OK ? bulk(w, "x", 3, "version three", err) : st;
    st = st == NX_OK ? bulk(w, "y", 80, "most of these go", err) : st;
    st = st == NX_OK ? bulk(w, "y", 79, "and one stays", err) : st;
    st = st == NX_OK ? nx_writer_compact(w, NULL, NULL, &report, err) : st;
    st = st == NX_OK ? put(w, "x4", "version four", err) : st;
    st = st == NX_OK ? nx_writer_close(w, err) : st;
    if (st != NX_OK) {
        return st;
    }
    const nx_writer_options again = {.analysis = "test 1", .rebuild = true, .no_sync = true};
    st = nx_writer_open(&w, index_dir, &again, err);
    st = st == NX_OK ? put(w, "a", "first words rebuilt", err) : st;
    st = st == NX_OK ? bulk(w, "x", 2, "version five", err) : st;
    st = st == NX_OK ? nx_writer_rebuild_finish(w, err) : st;
    return st == NX_OK ? nx_writer_close(w, err) : st;
}

static const char after_work[] = "Qa=first words rebuilt\nQx0=version five\nQx1=version five\n";

static nx_store_step_id fatal_step;
static int passes_left;

static void die_at_step(nx_store_step_id step)
{
    if (step == fatal_step && --passes_left == 0) {
        (void)kill(getpid(), SIGKILL);
    }
}

// Does the work in a process that dies at the n-th passing of a step. False: it lived.
static bool work_and_die(nx_store_step_id step, int pass)
{
    nx_error err = NX_ERROR_INIT;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        fatal_step = step;
        passes_left = pass;
        nx_store_step_hook = die_at_step;
        _exit(work(&err) == NX_OK ? 0 : 1);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFSIGNALED(status)) {
        assert_int_equal(WTERMSIG(status), SIGKILL);
        return true;
    }
    assert_int_equal(WEXITSTATUS(status), 0);
    return false;
}

static void assert_no_rubbish(void)
{
    nx_error err = NX_ERROR_INIT;
    nx_stub stub = {0};
    OK(nx_stub_read(&stub, index_dir, NULL, &err));
    DIR *entries = opendir(index_dir);
    assert_non_null(entries);
    for (struct dirent *e; (e = readdir(entries)) != NULL;) {
        uint32_t number = 0;
        if (nx_segment_number(nx_str_of(e->d_name), &number) && !nx_stub_has(&stub, number)) {
            fail_msg("%s is left over", e->d_name);
        }
        if (strncmp(e->d_name, "XAPIANDB", 8) == 0 && e->d_name[8] != '\0') {
            fail_msg("%s is left over", e->d_name);
        }
    }
    (void)closedir(entries);
    nx_stub_release(&stub);
}

static void start_over(void)
{
    nx_error err = NX_ERROR_INIT;
    OK(nx_remove_tree(index_dir, &err));
    OK(prepare(&err));
}

static void test_killed_at_every_step(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    for (int step = 0; step < NX_STEP_COUNT; step++) {
        int pass = 1;
        for (;; pass++) {
            start_over();
            bool died = work_and_die((nx_store_step_id)step, pass);
            assert_sound();
            if (!died) {
                break;
            }
            OK(work(&err));
            assert_content(after_work);
            assert_sound();
            assert_no_rubbish();
        }
        assert_true(pass > 1); // the work passes every step
    }
}

// What one killed writer has left is completed by the next one, even if all that does is to open.
static void test_the_next_writer_completes(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = NULL;
    start_over();
    assert_true(work_and_die(NX_STEP_BULK_PUBLISHED, 1));
    nx_buf out;
    nx_buf_init(&out, 1 << 16);
    dump_index(&out); // both copies, for as long as nobody writes
    assert_non_null(strstr(out.data, "Qx0=version one\n"));
    assert_non_null(strstr(out.data, "Qx0=version three\n"));
    nx_buf_release(&out);
    OK(nx_writer_open(&w, index_dir, &fixture_create, &err));
    OK(nx_writer_close(w, &err));
    assert_content("Qa=first words changed\nQx0=version three\nQx1=version three\n"
                   "Qx2=version three\nQx3=version one\nQx4=version one\n");
    assert_sound();
    assert_no_rubbish();
}

// Waits until so many things have happened to the files of the index's directory, or nobody holds
// the other end of the pipe any more.
static void await_events(int watch, int pipe_end, size_t count)
{
    char events[1 << 12] __attribute__((aligned(__alignof__(struct inotify_event))));
    struct pollfd ends[2] = {{.fd = watch, .events = POLLIN}, {.fd = pipe_end, .events = POLLIN}};
    while (count > 0 && poll(ends, 2, -1) > 0 && ends[1].revents == 0) {
        ssize_t got = read(watch, events, sizeof events);
        assert_true(got > 0);
        for (ssize_t at = 0; at < got && count > 0; count--) {
            struct inotify_event e;
            memcpy(&e, events + at, sizeof e);
            at += (ssize_t)(sizeof e + e.len);
        }
    }
}

// Does the work in a process that is killed after so many events. False: it lived.
static bool work_and_be_killed(size_t events)
{
    nx_error err = NX_ERROR_INIT;
    const uint32_t kinds = IN_CREATE | IN_MODIFY | IN_MOVE | IN_DELETE;
    int ends[2], watch = inotify_init1(IN_CLOEXEC);
    assert_true(watch >= 0 && pipe(ends) == 0);
    assert_true(inotify_add_watch(watch, index_dir, kinds) >= 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        _exit(work(&err) == NX_OK ? 0 : 1);
    }
    (void)close(ends[1]);
    await_events(watch, ends[0], events);
    (void)kill(child, SIGKILL);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    (void)close(ends[0]);
    (void)close(watch);
    return WIFSIGNALED(status);
}

static void test_killed_between_steps(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    size_t events = 0;
    for (start_over(); work_and_be_killed(events); start_over()) {
        assert_sound();
        OK(work(&err));
        assert_content(after_work);
        assert_sound();
        assert_no_rubbish();
        events++;
    }
    assert_true(events > 10); // the work touches many files
}

// ---- readers beside a writer --------------------------------------------------------------------

enum { ROUNDS = 25 };

static nx_status work_in_rounds(nx_error *err)
{
    nx_status st = NX_OK;
    char id[24];
    for (int i = 0; st == NX_OK && i < ROUNDS; i++) {
        nx_writer *w = NULL;
        nx_merge_report report;
        (void)snprintf(id, sizeof id, "r%d-", i);
        st = nx_writer_open(&w, index_dir, &fixture_create, err);
        st = st == NX_OK ? bulk(w, id, 10, "words of a run", err) : st;
        st = st == NX_OK ? put(w, "a", id, err) : st;
        st = st == NX_OK ? nx_writer_commit(w, err) : st;
        st = st == NX_OK && i % 3 == 2 ? nx_writer_compact(w, NULL, NULL, &report, err) : st;
        st = st == NX_OK ? nx_writer_close(w, err) : st;
    }
    return st;
}

// Reads the data of every article; *ctx counts them.
static nx_status read_articles(void *ctx, nx_xdb *db, nx_error *err)
{
    uint32_t *articles = ctx;
    nx_xposts *posts = NULL;
    bool more = false;
    *articles = 0;
    nx_status st = nx_xdb_postings(&posts, db, NX_STR(""), err);
    while (st == NX_OK && (st = nx_xposts_next(posts, &more, err)) == NX_OK && more) {
        nx_xdoc *doc = NULL;
        nx_buf data;
        nx_buf_init(&data, 1000);
        st = nx_xdb_doc(&doc, db, nx_xposts_docid(posts), err);
        st = st == NX_OK ? nx_xdoc_data(doc, &data, err) : st;
        nx_xdoc_free(doc);
        nx_buf_release(&data);
        *articles += 1;
    }
    nx_xposts_free(posts);
    return st;
}

static void test_readers_beside_a_working_writer(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    start_over();
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        _exit(work_in_rounds(&err) == NX_OK ? 0 : 1);
    }
    nx_store *kept = NULL;
    OK(nx_store_open(&kept, index_dir, &err));
    int status = 0, openings = 0;
    uint32_t articles = 0, before = 0;
    while (waitpid(child, &status, WNOHANG) == 0) {
        nx_store *fresh = NULL;
        OK(nx_store_open(&fresh, index_dir, &err));
        OK(nx_store_run(fresh, read_articles, &articles, &err));
        assert_true(articles + 1 >= before); // none is ever missing; "a" may be there twice
        before = articles;
        nx_store_close(fresh);
        OK(nx_store_run(kept, read_articles, &articles, &err));
        if (++openings % 7 == 0) {
            OK(nx_store_reopen(kept, NULL, &err));
        }
    }
    assert_int_equal(status, 0);
    assert_true(openings > 0);
    OK(nx_store_reopen(kept, NULL, &err));
    OK(nx_store_run(kept, read_articles, &articles, &err));
    assert_int_equal(articles, 7 + 10 * ROUNDS);
    nx_store_close(kept);
    assert_sound();
}

// ---- a full disk --------------------------------------------------------------------------------

// Exit statuses of the process that fills a small file system of its own.
enum { FILLED = 0, NOT_PERMITTED = 77, WRONG_STATUS = 1, DAMAGED = 2, LOST = 3 };

// Puts, or builds in bulk, until the disk is full. What it ends with.
static nx_status fill(bool in_bulk, nx_error *err)
{
    nx_status st = NX_OK;
    char id[24];
    for (int i = 0; st == NX_OK && i < 10000; i++) {
        nx_writer *w = NULL;
        (void)snprintf(id, sizeof id, "n%d-", i);
        st = nx_writer_open(&w, index_dir, &fixture_create, err);
        for (int k = 0; st == NX_OK && !in_bulk && k < 50; k++) {
            (void)snprintf(id, sizeof id, "n%d-%d", i, k);
            st = put(w, id, "some words that take a place on the disk", err);
        }
        if (st == NX_OK && in_bulk) {
            st = bulk(w, id, 50, "some words that take a place on the disk", err);
        }
        nx_error closing = NX_ERROR_INIT;
        nx_status closed = nx_writer_close(w, &closing);
        if (st == NX_OK && closed != NX_OK) {
            *err = closing;
            st = closed;
        }
    }
    return st;
}

static int fill_small_disk(bool in_bulk)
{
    nx_error err = NX_ERROR_INIT;
    if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("tmpfs", scratch, "tmpfs", 0, "size=1m") != 0) {
        return NOT_PERMITTED;
    }
    if (prepare(&err) != NX_OK || fill(in_bulk, &err) != NX_ENOSPC) {
        print_message("%s\n", err.msg);
        return WRONG_STATUS;
    }
    nx_store *s = NULL;
    nx_found found;
    if (nx_store_open(&s, index_dir, &err) != NX_OK ||
        nx_store_find(s, NX_STR("Qn0-49"), &found, &err) != NX_OK) {
        print_message("%s\n", err.msg);
        return DAMAGED;
    }
    nx_store_close(s);
    nx_check_report report;
    nx_buf text;
    nx_buf_init(&text, 1 << 16);
    nx_status st = nx_store_check(index_dir, 0, NULL, NULL, &report, &text, &err);
    print_message("%u articles, %u segments on a full disk: %s %s\n", (unsigned)report.documents,
                  (unsigned)report.segments, st == NX_OK ? "checked" : err.msg, text.data);
    if (st != NX_OK || report.faults != 0) {
        return DAMAGED;
    }
    nx_writer *w = NULL;
    nx_merge_report merged;
    st = nx_writer_open(&w, index_dir, &fixture_create, &err);
    if (st == NX_OK) {
        st = nx_writer_compact(w, NULL, NULL, &merged, &err); // says so before it begins
        nx_writer_abort(w);
    }
    if (st != NX_ENOSPC) {
        print_message("compaction: %s\n", err.msg);
        return WRONG_STATUS;
    }
    nx_buf_release(&text);
    return found.exists ? FILLED : LOST;
}

static void test_a_full_disk(void **state)
{
    (void)state;
    for (int in_bulk = 0; in_bulk < 2; in_bulk++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            _exit(fill_small_disk(in_bulk));
        }
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        if (WEXITSTATUS(status) == NOT_PERMITTED) {
            print_message("mounting a small file system is not permitted here\n");
            skip();
        }
        assert_int_equal(WEXITSTATUS(status), FILLED);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, scratch_new, scratch_gone)
        T(test_killed_at_every_step), T(test_the_next_writer_completes),
        T(test_killed_between_steps), T(test_readers_beside_a_working_writer),
        T(test_a_full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
