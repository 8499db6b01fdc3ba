// walk_test.c: directories in byte order; what is no readable file becomes a skip with its reason.
#define _GNU_SOURCE // mkdtemp, asprintf
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "tests/unit/corpus_kit.h"

static char root[] = "/tmp/nx-walk-XXXXXX";

static char *path(const char *name)
{
    static char joined[4][300];
    static unsigned turn;
    char *out = joined[turn++ % 4];
    (void)snprintf(out, sizeof joined[0], "%s/%s", root, name);
    return out;
}

static void put(const char *name, const char *text)
{
    nx_error err = NX_ERROR_INIT;
    assert_int_equal(nx_write_file_atomic(path(name), nx_str_of(text), &err), NX_OK);
}

static void dir(const char *name)
{
    assert_int_equal(mkdir(path(name), 0755), 0);
}

static int make_root(void **state)
{
    (void)state;
    (void)memcpy(root, "/tmp/nx-walk-XXXXXX", sizeof root);
    return mkdtemp(root) == NULL;
}

static int remove_root(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    return nx_remove_tree(root, &err) != NX_OK;
}

static void files_come_in_byte_order_without_hidden_ones(void **state)
{
    (void)state;
    dir("b");
    dir(".git");
    put("b/z.txt", "four");
    put("b/.hidden", "no");
    put(".git/config", "no");
    put("a.txt", "two");
    put("c.txt", "five");
    put("Z.txt", "one");
    put("a", "three?");
    assert_string_equal(kit_walk(root, NULL), "text @0 one\ntext @0 three?\ntext @0 two\n"
                                              "text @0 four\ntext @0 five\n");
}

static void links_to_files_are_read_and_links_to_directories_not_followed(void **state)
{
    (void)state;
    dir("d");
    put("d/a.txt", "one");
    assert_int_equal(symlink("a.txt", path("d/b.txt")), 0);
    assert_int_equal(symlink("..", path("d/c")), 0);
    assert_int_equal(symlink("gone", path("d/e")), 0);
    assert_int_equal(symlink("loop", path("d/loop")), 0);
    assert_string_equal(kit_walk(path("d"), NULL), "text @0 one\ntext @0 one\n"
                                                   "skip ok @0 symbolic link to a directory\n"
                                                   "skip io @0 broken symbolic link\n"
                                                   "skip io @0 symbolic link loop\n");
    // A link that is named itself is followed.
    assert_int_equal(symlink("d", path("l")), 0);
    assert_int_equal(kit_count(kit_walk(path("l"), NULL), "text"), 2);
}

static void pipes_and_devices_are_not_waited_for(void **state)
{
    (void)state;
    dir("d");
    assert_int_equal(mkfifo(path("d/pipe"), 0644), 0);
    put("d/z.txt", "one");
    assert_string_equal(kit_walk(path("d"), NULL),
                        "skip format @0 not a regular file\ntext @0 one\n");
    assert_string_equal(kit_walk(path("d/pipe"), NULL), "skip format @0 not a regular file\n");
    assert_string_equal(kit_walk("/dev/zero", NULL), "skip format @0 not a regular file\n");
}

static void what_may_not_be_read_is_a_skip_inside_and_an_error_at_the_top(void **state)
{
    (void)state;
    bool is_root = geteuid() == 0; // to whom nothing is forbidden
    dir("d");
    put("d/a.txt", "no");
    put("d/b.txt", "one");
    dir("d/c");
    assert_int_equal(chmod(path("d/a.txt"), 0), 0);
    assert_int_equal(chmod(path("d/c"), 0), 0);
    assert_int_equal(chmod(root, 0755), 0);
    if (is_root) {
        assert_int_equal(seteuid(65534), 0);
    }
    assert_string_equal(kit_walk(path("d"), NULL),
                        "skip io @0 no permission\ntext @0 one\nskip io @0 no permission\n");
    assert_int_equal(kit_count(kit_walk(path("d/c"), NULL), "error io: "), 1);
    assert_int_equal(kit_count(kit_walk(path("d/a.txt"), NULL), "error io: "), 1);
    if (is_root) {
        assert_int_equal(seteuid(0), 0);
    }
    assert_int_equal(chmod(path("d/c"), 0755), 0);
}

static void a_path_that_is_not_there_is_an_error(void **state)
{
    (void)state;
    assert_int_equal(kit_count(kit_walk(path("gone"), NULL), "error noinput: "), 1);
}

static void an_index_is_never_walked(void **state)
{
    (void)state;
    dir("index");
    put("index/XAPIANDB", "auto seg-1\n");
    put("index/notes.txt", "no");
    put("a.txt", "one");
    assert_string_equal(kit_walk(root, NULL), "text @0 one\nskip ok @0 an index\n");
}

typedef struct seen {
    unsigned wanted, done, records;
    bool refuse;
} seen;

static bool want(void *ctx, const char *name, uint64_t bytes, int64_t mtime_ns)
{
    seen *s = ctx;
    s->wanted++;
    assert_non_null(name);
    assert_int_equal(bytes, 3);
    assert_true(mtime_ns > 0);
    return !s->refuse;
}

static nx_status done(void *ctx, const char *name, nx_error *err)
{
    (void)name;
    (void)err;
    ((seen *)ctx)->done++;
    return NX_OK;
}

static nx_status stop_at_first(void *ctx, nx_record *r, nx_error *err)
{
    ((seen *)ctx)->records++;
    nx_record_free(r);
    return nx_fail(err, NX_ESTOP, "enough");
}

static nx_status no_skip(void *ctx, const nx_skip *s, nx_error *err)
{
    (void)ctx;
    (void)err;
    fail_msg("skip: %s", s->reason);
    return NX_OK;
}

static void files_can_be_refused_and_reading_stopped(void **state)
{
    (void)state;
    put("a.txt", "one");
    put("b.txt", "two");
    seen s = {.refuse = true};
    nx_corpus_options o = NX_CORPUS_OPTIONS_INIT;
    nx_reader_sink sink = {
        .ctx = &s, .record = stop_at_first, .skip = no_skip, .want_file = want, .file_done = done};
    nx_error err = NX_ERROR_INIT;
    assert_int_equal(nx_corpus_read(root, &o, &sink, &err), NX_OK);
    assert_int_equal(s.wanted, 2);
    assert_int_equal(s.done + s.records, 0);
    s.refuse = false;
    assert_int_equal(nx_corpus_read(root, &o, &sink, &err), NX_ESTOP);
    assert_int_equal(s.records, 1);
    assert_int_equal(s.done, 0);
}

#define IN_ROOT(test) cmocka_unit_test_setup_teardown(test, make_root, remove_root)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ROOT(files_come_in_byte_order_without_hidden_ones),
        IN_ROOT(links_to_files_are_read_and_links_to_directories_not_followed),
        IN_ROOT(pipes_and_devices_are_not_waited_for),
        IN_ROOT(what_may_not_be_read_is_a_skip_inside_and_an_error_at_the_top),
        IN_ROOT(a_path_that_is_not_there_is_an_error),
        IN_ROOT(an_index_is_never_walked),
        IN_ROOT(files_can_be_refused_and_reading_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
