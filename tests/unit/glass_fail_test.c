// glass_fail_test.c: what glass/ does when a write fails, a document breaks its contract, or a
// build is given up: the right status, and nothing left behind. Writes fail through the linker's
// --wrap.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/io.h"
#include "glass/glass.h"

ssize_t __real_write(int fd, const void *p, size_t n);
int __real_fsync(int fd);
int __real_rename(const char *from, const char *to);
ssize_t __wrap_write(int fd, const void *p, size_t n);
int __wrap_fsync(int fd);
int __wrap_rename(const char *from, const char *to);

// The call that fails, counted over write, fsync and rename together; 0: none.
static unsigned long fail_at, calls;
static int fail_with; // an errno value, or KILL
enum { KILL = -1 };
static int syncs_before_rename, syncs_wanted; // 0: not looked at

static bool fails_now(void)
{
    calls++;
    if (calls != fail_at) {
        return false;
    }
    if (fail_with == KILL) {
        (void)raise(SIGKILL);
    }
    errno = fail_with;
    return true;
}

ssize_t __wrap_write(int fd, const void *p, size_t n)
{
    return fails_now() ? -1 : __real_write(fd, p, n);
}

int __wrap_fsync(int fd)
{
    syncs_before_rename++;
    return fails_now() ? -1 : __real_fsync(fd);
}

int __wrap_rename(const char *from, const char *to)
{
    if (fails_now()) {
        return -1;
    }
    if (syncs_wanted > 0) {
        assert_int_equal(syncs_before_rename, syncs_wanted);
    }
    return __real_rename(from, to);
}

static char scratch[] = "/tmp/nx-glass-fail-XXXXXX";

static int make_scratch(void **state)
{
    (void)state;
    return mkdtemp(scratch) != NULL ? 0 : -1;
}

static int remove_scratch(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    return nx_remove_tree(scratch, &err) == NX_OK ? 0 : -1;
}

static size_t entries_of(const char *path)
{
    size_t n = 0;
    DIR *d = opendir(path);
    while (d != NULL && readdir(d) != NULL) {
        n++;
    }
    if (d != NULL) {
        (void)closedir(d);
    }
    return n;
}

static size_t open_files(void)
{
    return entries_of("/proc/self/fd");
}

enum { WORDS = 4 };
// A document of a few words with positions, a value, and `bytes` bytes of data.
static nx_status add_doc(nx_glass_worker *w, nx_vocab *vocab, uint32_t number, size_t bytes,
                         nx_error *err)
{
    nx_doc_term terms[WORDS];
    uint32_t positions[WORDS];
    for (uint32_t i = 0; i < WORDS; i++) {
        char word[16];
        int n = snprintf(word, sizeof word, "word%u", (unsigned)(number * i % 97 + i * 100));
        terms[i] = (nx_doc_term){nx_vocab_add(vocab, nx_str_make(word, (size_t)n), NULL), 1, i, 1};
        positions[i] = i + 1;
    }
    nx_doc_value value = {3, NX_STR("value")};
    char *data = malloc(bytes + 1);
    assert_non_null(data);
    memset(data, 'd', bytes);
    nx_doc doc = {vocab, terms, WORDS, positions, WORDS, &value, 1, nx_str_make(data, bytes)};
    nx_status st = nx_glass_worker_add(w, &doc, 0, NULL, err);
    free(data);
    return st;
}

// Builds a database that has every table; with a small budget half of it goes through the disk.
static nx_status build(const char *path, uint64_t budget, nx_error *err)
{
    nx_glass_options options = NX_GLASS_OPTIONS_INIT;
    options.memory_budget = budget;
    options.compress = false;
    options.threads = 1; // the calls are counted
    nx_glass_builder *b = NULL;
    nx_status st = nx_glass_builder_new(&b, path, &options, err);
    if (st != NX_OK) {
        return st;
    }
    nx_glass_worker *w = NULL;
    nx_vocab *vocab = nx_vocab_new();
    assert_non_null(vocab);
    st = nx_glass_worker_new(&w, b, err);
    for (uint32_t batch = 0; batch < 4 && st == NX_OK; batch++) {
        for (uint32_t i = 0; i < 30 && st == NX_OK; i++) {
            st = add_doc(w, vocab, batch * 30 + i, 10000, err);
        }
        if (st == NX_OK) {
            st = nx_glass_worker_seal(w, batch, err);
        }
    }
    nx_glass_worker_free(w);
    nx_vocab_free(vocab);
    if (st == NX_OK) {
        st = nx_glass_set_metadata(b, NX_STR("key"), NX_STR("value"), err);
    }
    if (st == NX_OK) {
        st = nx_glass_add_spelling(b, NX_STR("word"), 3, err);
    }
    if (st != NX_OK) {
        nx_glass_abort(b);
        return st;
    }
    return nx_glass_finish(b, NULL, err);
}

static char *database_path(void)
{
    char *path = nx_path_join(scratch, "db");
    assert_non_null(path);
    return path;
}

static void a_failing_call_leaves_nothing_behind(void **state)
{
    (void)state;
    static const struct {
        int errno_value;
        nx_status status;
    } failures[] = {{ENOSPC, NX_ENOSPC}, {EDQUOT, NX_ENOSPC}, {EIO, NX_EIO}};
    char *path = database_path();
    size_t files = open_files();
    for (uint64_t budget = 1U << 20; budget <= 64U << 20; budget *= 64) {
        unsigned long n = 1;
        for (;; n++) {
            nx_error err = NX_ERROR_INIT;
            fail_at = n;
            fail_with = failures[n % 3].errno_value;
            calls = 0;
            syncs_before_rename = 0;
            syncs_wanted = 5 + 1; // published last: the tables and the version file are synced
            nx_status st = build(path, budget, &err);
            fail_at = 0;
            syncs_wanted = 0;
            assert_int_equal(open_files(), files);
            if (calls < n) {
                assert_int_equal(st, NX_OK);
                break;
            }
            assert_int_equal(st, failures[n % 3].status);
            assert_int_equal(err.code, st);
            assert_true(err.msg[0] != '\0');
            assert_int_equal(access(path, F_OK), -1);
        }
        // Five tables and the version file are written and synced, renamed, the directory synced.
        assert_true(n > 5 + 1 + 6 + 1 + 1);
        nx_error err = NX_ERROR_INIT;
        assert_int_equal(nx_remove_tree(path, &err), NX_OK);
    }
    free(path);
}

// Killed before any of its writes, syncs and renames, a build leaves what no reader takes for a
// database; killed after the renaming, a whole one.
static void a_killed_build_is_no_database(void **state)
{
    (void)state;
    char *path = database_path(), *version = nx_path_join(path, "iamglass");
    assert_non_null(version);
    nx_error err = NX_ERROR_INIT;
    unsigned long complete = 0;
    for (unsigned long n = 1;; n++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            fail_at = n;
            fail_with = KILL;
            calls = 0;
            _exit(build(path, 1 << 20, &err) == NX_OK ? 0 : 1);
        }
        int status = -1;
        assert_int_equal(waitpid(child, &status, 0), child);
        bool killed = WIFSIGNALED(status);
        assert_true(killed || (WIFEXITED(status) && WEXITSTATUS(status) == 0));
        complete += access(version, F_OK) == 0;
        assert_true(killed || access(version, F_OK) == 0);
        assert_int_equal(nx_remove_tree(path, &err), NX_OK);
        if (!killed) {
            break;
        }
    }
    assert_int_equal(complete, 2); // killed at the directory's sync, which is the last; and not
    free(version);
    free(path);
}

// The kernel's own refusal, in a child process that may not write long files.
static void a_file_size_limit_leaves_nothing_behind(void **state)
{
    (void)state;
    char *path = database_path();
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct rlimit limit = {100 << 10, 100 << 10};
        (void)signal(SIGXFSZ, SIG_IGN);
        nx_error err = NX_ERROR_INIT;
        bool ok = setrlimit(RLIMIT_FSIZE, &limit) == 0 && build(path, 1 << 20, &err) == NX_EIO &&
                  build(path, 64 << 20, &err) == NX_EIO && access(path, F_OK) != 0;
        _exit(ok ? 0 : 1);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    free(path);
}

static void a_directory_that_exists_is_left_alone(void **state)
{
    (void)state;
    char *path = database_path();
    assert_int_equal(mkdir(path, 0777), 0);
    char *inside = nx_path_join(path, "precious");
    assert_non_null(inside);
    int fd = open(inside, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    assert_true(fd >= 0);
    (void)close(fd);
    nx_error err = NX_ERROR_INIT;
    assert_int_equal(build(path, 64 << 20, &err), NX_EIO);
    assert_int_equal(access(inside, F_OK), 0);
    assert_int_equal(nx_remove_tree(path, &err), NX_OK);
    free(inside);
    free(path);
}

static void options_out_of_range_are_refused(void **state)
{
    (void)state;
    char *path = database_path();
    const nx_glass_options good = NX_GLASS_OPTIONS_INIT;
    for (int i = 0; i < 4; i++) {
        nx_glass_options bad = good;
        bad.block_size = i == 0 ? 1024 : i == 1 ? 131072 : i == 2 ? 8193 : bad.block_size;
        bad.memory_budget = i == 3 ? (1 << 20) - 1 : bad.memory_budget;
        nx_error err = NX_ERROR_INIT;
        nx_glass_builder *b = NULL;
        assert_int_equal(nx_glass_builder_new(&b, path, &bad, &err), NX_EUSAGE);
        assert_null(b);
        assert_int_equal(access(path, F_OK), -1);
    }
    free(path);
}

// A builder with one worker and one good document.
typedef struct fixture {
    char *path;
    nx_glass_builder *b;
    nx_glass_worker *w;
    nx_vocab *vocab;
    nx_error err;
} fixture;

static void open_fixture(fixture *f)
{
    *f = (fixture){.path = database_path(), .vocab = nx_vocab_new()};
    const nx_glass_options options = NX_GLASS_OPTIONS_INIT;
    assert_non_null(f->vocab);
    assert_int_equal(nx_glass_builder_new(&f->b, f->path, &options, &f->err), NX_OK);
    assert_int_equal(nx_glass_worker_new(&f->w, f->b, &f->err), NX_OK);
    assert_int_equal(add_doc(f->w, f->vocab, 7, 100, &f->err), NX_OK);
}

// Finishes, expects status, and that only a success leaves a database.
static void close_fixture(fixture *f, nx_status want, uint32_t documents)
{
    nx_glass_summary summary = {0};
    nx_glass_worker_free(f->w);
    assert_int_equal(nx_glass_finish(f->b, &summary, &f->err), want);
    assert_int_equal(access(f->path, F_OK), want == NX_OK ? 0 : -1);
    assert_int_equal(summary.documents, documents);
    assert_int_equal(nx_remove_tree(f->path, &f->err), NX_OK);
    nx_vocab_free(f->vocab);
    free(f->path);
}

static void a_document_that_breaks_its_contract_stops_the_build(void **state)
{
    (void)state;
    for (int i = 0; i < 7; i++) {
        fixture f;
        open_fixture(&f);
        uint32_t term = nx_vocab_add(f.vocab, NX_STR("term"), NULL);
        const uint32_t positions[] = {4, 4, 9};
        nx_doc_term terms[] = {{term, 1, 0, 0}, {term, 1, 0, 0}};
        nx_doc_value values[] = {{4, NX_STR("a")}, {4, NX_STR("b")}};
        nx_doc doc = {f.vocab, terms, 1, positions, 3, values, 1, NX_STR("data")};
        nx_vocab *other = nx_vocab_new();
        assert_non_null(other);
        switch (i) {
        case 0: doc.term_count = 2; break;                             // a term twice
        case 1: terms[0].pos_count = 2; break;                         // equal positions
        case 2: terms[0].pos_start = 2, terms[0].pos_count = 2; break; // past the end
        case 3: doc.value_count = 2; break;                            // a slot twice
        case 4: values[0].bytes = NX_STR(""); break;                   // an empty value
        case 5: values[0].slot = UINT32_MAX; break;                    // no such slot
        default: doc.vocab = other;
        }
        assert_int_equal(nx_glass_worker_add(f.w, &doc, 0, NULL, &f.err), NX_EBUG);
        nx_vocab_free(other);
        close_fixture(&f, NX_EBUG, 0);
    }
}

static void a_document_that_cannot_be_stored_is_refused_alone(void **state)
{
    (void)state;
    fixture f;
    open_fixture(&f);
    char longest[246];
    memset(longest, 'x', sizeof longest);
    char zeros[130] = {0};
    nx_str refused[] = {nx_str_make(longest, 246), nx_str_make(zeros, 130), NX_STR("")};
    uint32_t good = nx_vocab_add(f.vocab, NX_STR("good"), NULL);
    const uint32_t positions[] = {1, 300};
    for (size_t i = 0; i < 3; i++) {
        nx_doc_term terms[] = {{good, 2, 0, 2}, {nx_vocab_add(f.vocab, refused[i], NULL), 1, 0, 0}};
        nx_doc doc = {.vocab = f.vocab,
                      .terms = terms,
                      .term_count = 2,
                      .positions = positions,
                      .position_count = 2};
        assert_int_equal(nx_glass_worker_add(f.w, &doc, 0, NULL, &f.err), NX_ELIMIT);
    }
    nx_doc_term heavy[] = {{good, UINT32_MAX, 0, 2},
                           {nx_vocab_add(f.vocab, NX_STR("other"), NULL), 1, 0, 0}};
    nx_doc doc = {.vocab = f.vocab,
                  .terms = heavy,
                  .term_count = 2,
                  .positions = positions,
                  .position_count = 2};
    assert_int_equal(nx_glass_worker_add(f.w, &doc, 0, NULL, &f.err), NX_ELIMIT);
    uint32_t ordinal = 0;
    heavy[0].wdf = 1;
    assert_int_equal(nx_glass_worker_add(f.w, &doc, 0, &ordinal, &f.err), NX_OK);
    assert_int_equal(ordinal, 1);
    assert_int_equal(nx_glass_worker_seal(f.w, 0, &f.err), NX_OK);
    close_fixture(&f, NX_OK, 2);
}

static void a_term_that_occurs_too_often_is_a_limit(void **state)
{
    (void)state;
    fixture f;
    open_fixture(&f);
    uint32_t term = nx_vocab_add(f.vocab, NX_STR("often"), NULL);
    nx_doc_term t = {term, 1U << 31, 0, 0};
    nx_doc doc = {.vocab = f.vocab, .terms = &t, .term_count = 1};
    assert_int_equal(nx_glass_worker_add(f.w, &doc, 0, NULL, &f.err), NX_OK);
    assert_int_equal(nx_glass_worker_add(f.w, &doc, 0, NULL, &f.err), NX_OK);
    assert_int_equal(nx_glass_worker_seal(f.w, 0, &f.err), NX_OK);
    close_fixture(&f, NX_ELIMIT, 0);
}

// What writes the tables fails at the beginning, and what merges the runs has far more to give than
// is let wait.
static void a_limit_met_in_writing_ends_the_merging_too(void **state)
{
    (void)state;
    enum { TERMS = 16, DOCS = 20000 };
    fixture f;
    open_fixture(&f);
    nx_doc_term often = {nx_vocab_add(f.vocab, NX_STR("often"), NULL), 1U << 31, 0, 0};
    nx_doc first = {.vocab = f.vocab, .terms = &often, .term_count = 1};
    nx_doc_term terms[TERMS];
    for (int i = 0; i < TERMS; i++) {
        char later[] = {'p', (char)('a' + i)};
        terms[i] = (nx_doc_term){nx_vocab_add(f.vocab, nx_str_make(later, 2), NULL), 1, 0, 0};
    }
    nx_doc doc = {.vocab = f.vocab, .terms = terms, .term_count = TERMS};
    for (int i = 0; i < DOCS; i++) {
        assert_int_equal(nx_glass_worker_add(f.w, i < 2 ? &first : &doc, 0, NULL, &f.err), NX_OK);
    }
    assert_int_equal(nx_glass_worker_seal(f.w, 0, &f.err), NX_OK);
    close_fixture(&f, NX_ELIMIT, 0);
}

static void batches_and_drops_must_make_sense(void **state)
{
    (void)state;
    fixture f;
    open_fixture(&f);
    assert_int_equal(nx_glass_worker_seal(f.w, 5, &f.err), NX_OK);
    assert_int_equal(nx_glass_worker_seal(f.w, 5, &f.err), NX_OK);
    close_fixture(&f, NX_EBUG, 0);
    static const uint32_t wrong[][2] = {{5, 1}, {4, 0}, {6, 0}};
    for (size_t i = 0; i < 3; i++) {
        open_fixture(&f);
        assert_int_equal(nx_glass_worker_seal(f.w, 5, &f.err), NX_OK);
        assert_int_equal(nx_glass_drop(f.b, wrong[i][0], wrong[i][1], &f.err), NX_OK);
        close_fixture(&f, NX_EBUG, 0);
    }
    open_fixture(&f);
    assert_int_equal(nx_glass_drop(f.b, 5, 0, &f.err), NX_OK);
    assert_int_equal(nx_glass_drop(f.b, 5, 0, &f.err), NX_OK);
    assert_int_equal(nx_glass_worker_seal(f.w, 5, &f.err), NX_OK);
    close_fixture(&f, NX_OK, 0);
}

static void an_unsealed_batch_is_forgotten(void **state)
{
    (void)state;
    fixture f;
    open_fixture(&f);
    close_fixture(&f, NX_OK, 0);
}

static void an_aborted_build_leaves_nothing(void **state)
{
    (void)state;
    fixture f;
    open_fixture(&f);
    assert_int_equal(nx_glass_worker_seal(f.w, 0, &f.err), NX_OK);
    nx_glass_worker_free(f.w);
    nx_glass_abort(f.b);
    assert_int_equal(access(f.path, F_OK), -1);
    nx_vocab_free(f.vocab);
    free(f.path);
    nx_glass_abort(NULL);
    nx_glass_worker_free(NULL);
}

static void metadata_is_replaced_and_removed(void **state)
{
    (void)state;
    fixture f;
    open_fixture(&f);
    char key[246];
    memset(key, 'k', sizeof key);
    assert_int_equal(nx_glass_set_metadata(f.b, NX_STR(""), NX_STR("v"), &f.err), NX_ELIMIT);
    assert_int_equal(nx_glass_set_metadata(f.b, nx_str_make(key, 246), NX_STR("v"), &f.err),
                     NX_ELIMIT);
    assert_int_equal(nx_glass_set_metadata(f.b, NX_STR("twice"), NX_STR("oldest"), &f.err), NX_OK);
    assert_int_equal(nx_glass_set_metadata(f.b, NX_STR("twice"), NX_STR("newest"), &f.err), NX_OK);
    assert_int_equal(nx_glass_set_metadata(f.b, NX_STR("gone"), NX_STR("removed"), &f.err), NX_OK);
    assert_int_equal(nx_glass_set_metadata(f.b, NX_STR("gone"), NX_STR_NONE, &f.err), NX_OK);
    nx_glass_worker_free(f.w);
    assert_int_equal(nx_glass_finish(f.b, NULL, &f.err), NX_OK);
    char *file = nx_path_join(f.path, "postlist.glass");
    nx_buf bytes;
    nx_buf_init(&bytes, 1 << 20);
    assert_non_null(file);
    assert_int_equal(nx_read_file(file, &bytes, &f.err), NX_OK);
    assert_true(nx_str_find(nx_buf_str(&bytes), NX_STR("twicenewest"), 0) != SIZE_MAX);
    assert_true(nx_str_find(nx_buf_str(&bytes), NX_STR("oldest"), 0) == SIZE_MAX);
    assert_true(nx_str_find(nx_buf_str(&bytes), NX_STR("gone"), 0) == SIZE_MAX);
    nx_buf_release(&bytes);
    free(file);
    assert_int_equal(nx_remove_tree(f.path, &f.err), NX_OK);
    nx_vocab_free(f.vocab);
    free(f.path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failing_call_leaves_nothing_behind),
        cmocka_unit_test(a_killed_build_is_no_database),
        cmocka_unit_test(a_file_size_limit_leaves_nothing_behind),
        cmocka_unit_test(a_directory_that_exists_is_left_alone),
        cmocka_unit_test(options_out_of_range_are_refused),
        cmocka_unit_test(a_document_that_breaks_its_contract_stops_the_build),
        cmocka_unit_test(a_document_that_cannot_be_stored_is_refused_alone),
        cmocka_unit_test(a_term_that_occurs_too_often_is_a_limit),
        cmocka_unit_test(a_limit_met_in_writing_ends_the_merging_too),
        cmocka_unit_test(batches_and_drops_must_make_sense),
        cmocka_unit_test(an_unsealed_batch_is_forgotten),
        cmocka_unit_test(an_aborted_build_leaves_nothing),
        cmocka_unit_test(metadata_is_replaced_and_removed),
    };
    return cmocka_run_group_tests(tests, make_scratch, remove_scratch);
}
