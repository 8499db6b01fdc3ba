// store_disk_test.c: what of an index is on disk, and what is removed from it. Syncs are noted
// through the linker's --wrap.
#include <sys/stat.h>
#include <sys/wait.h>

#include "store_fixture.h"

int __real_fsync(int fd);
int __wrap_fsync(int fd);

static ino_t synced[64]; // directories and files
static size_t synced_count;

int __wrap_fsync(int fd)
{
    struct stat info;
    if (fstat(fd, &info) == 0 && synced_count < NX_COUNT(synced)) {
        synced[synced_count++] = info.st_ino;
    }
    return __real_fsync(fd);
}

static bool was_synced(const char *name)
{
    struct stat info;
    char *path = nx_path_join(index_dir, name);
    assert_non_null(path);
    assert_int_equal(stat(path, &info), 0);
    free(path);
    bool found = false;
    for (size_t i = 0; i < synced_count; i++) {
        found = found || synced[i] == info.st_ino;
    }
    return found;
}

// libxapian puts the newest state of a segment in place by a rename, which is on disk when the
// directory is: before the stub names the segment, and before older copies of articles go.
static void test_commits_are_on_disk(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    nx_writer *w = NULL;
    const nx_writer_options options = {.analysis = "test 1", .create = true};
    synced_count = 0;
    OK(nx_writer_open(&w, index_dir, &options, &err));
    assert_true(was_synced("seg-000001") && was_synced(""));
    synced_count = 0;
    OK(put(w, "a", "raid on the embassy", &err));
    assert_false(was_synced("seg-000001"));
    OK(nx_writer_commit(w, &err));
    assert_true(was_synced("seg-000001"));
    OK(bulk(w, "b", 3, "the minister resigns", &err));
    OK(put(w, "b0", "the minister stays", &err));
    synced_count = 0;
    OK(nx_writer_commit(w, &err));
    assert_true(was_synced("seg-000001") && was_synced("seg-000002"));
    close_writer(w);
}

// A manifest that was being made by a process that died goes; one that is being made stays, since
// the lock of the index is no matter to those who make alerts.
static void test_sweeps_manifests_that_nobody_makes(void **state)
{
    (void)state;
    const pid_t dead = fork();
    if (dead == 0) {
        _exit(0);
    }
    assert_true(dead > 0);
    assert_int_equal(waitpid(dead, NULL, 0), dead);
    const struct {
        const char *of, *end;
        long pid;
        bool stays;
    } rows[] = {
        {"a dead process", "", dead, false},     {"a dead process", "-journal", dead, false},
        {"a live process", "", getppid(), true}, {"a live process", "-wal", getppid(), true},
        {"ourselves", "", getpid(), false},      {"a name without end", "0", INT64_MAX, false},
    };
    nx_error err = NX_ERROR_INIT;
    char names[NX_COUNT(rows)][160];
    close_writer(open_writer());
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        (void)snprintf(names[i], sizeof names[i], "%s/state.sqlite.tmp%ld%s", index_dir,
                       rows[i].pid, rows[i].end);
        OK(nx_write_file_atomic(names[i], NX_STR("half"), &err));
    }
    close_writer(open_writer());
    for (size_t i = 0; i < NX_COUNT(rows); i++) {
        if ((access(names[i], F_OK) == 0) != rows[i].stays) {
            fail_msg("%s: %s", rows[i].of, rows[i].stays ? "is gone" : "is left over");
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, scratch_new, scratch_gone)
        T(test_commits_are_on_disk),
        T(test_sweeps_manifests_that_nobody_makes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
