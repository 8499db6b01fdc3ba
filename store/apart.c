// apart.c: libxapian's check of a database in a process of its own, since libxapian 1.4 crashes on
// some damaged blocks, and who asks what is damaged has to get an answer.
// Must not know: what an index is.
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/io.h"
#include "store/parts.h"

enum { TEXT_MAX = 4 << 10 }; // of what is said of one database: damage is repeated for each term

// What the child sends, before the text.
typedef struct answer {
    nx_status status;
    size_t faults;
    nx_error why;
} answer;

_Noreturn static void check_and_exit(const char *path, int to)
{
    static const struct rlimit none = {0, 0};
    answer a = {.why = NX_ERROR_INIT};
    nx_buf said;
    nx_buf_init(&said, SIZE_MAX / 2);
    (void)setrlimit(RLIMIT_CORE, &none);
    a.status = nx_xcheck(path, 0, &a.faults, &said, &a.why);
    bool sent = nx_write_all(to, &a, sizeof a, path, NULL) == NX_OK &&
                nx_write_all(to, said.data, said.len, path, NULL) == NX_OK;
    _exit(sent ? EXIT_SUCCESS : EXIT_FAILURE);
}

static nx_status read_all(int from, nx_buf *to, nx_error *err)
{
    char bytes[4096];
    ssize_t n;
    while ((n = read(from, bytes, sizeof bytes)) != 0) {
        if (n > 0) {
            nx_buf_add(to, bytes, (size_t)n);
        } else if (errno != EINTR) {
            return nx_fail_errno(err, errno, "a check cannot be read");
        }
    }
    return nx_buf_check(to, "report", err);
}

// As many lines as are wanted of all of them.
static void add_lines(nx_buf *to, nx_str said)
{
    size_t n = said.n;
    if (n > TEXT_MAX) {
        for (n = TEXT_MAX; n > 0 && said.p[n - 1] != '\n'; n--) {
        }
    }
    nx_buf_adds(to, nx_str_make(said.p, n));
    if (n < said.n) {
        nx_buf_adds(to, NX_STR("and so on\n"));
    }
}

// The child has ended well only where it sent all that it had to say.
static bool ended_well(pid_t child)
{
    int how = 0;
    pid_t ended;
    while ((ended = waitpid(child, &how, 0)) < 0 && errno == EINTR) {
    }
    return ended == child && WIFEXITED(how) && WEXITSTATUS(how) == EXIT_SUCCESS;
}

nx_status nx_check_apart(const char *path, size_t *faults, nx_buf *report, nx_error *err)
{
    int ends[2];
    nx_buf said;
    *faults = 0;
    if (pipe(ends) != 0) {
        return nx_fail_errno(err, errno, "no pipe for a check");
    }
    pid_t child = fork();
    if (child < 0) {
        nx_status st = nx_fail_errno(err, errno, "no process for a check");
        (void)close(ends[0]);
        (void)close(ends[1]);
        return st;
    }
    if (child == 0) {
        check_and_exit(path, ends[1]);
    }
    (void)close(ends[1]);
    nx_buf_init(&said, SIZE_MAX / 2);
    nx_status st = read_all(ends[0], &said, err);
    (void)close(ends[0]);
    bool well = ended_well(child);
    answer a;
    if (st == NX_OK && (!well || said.len < sizeof a)) {
        st = nx_fail(err, NX_ECORRUPT, "so damaged that libxapian crashes on reading it");
    } else if (st == NX_OK) {
        memcpy(&a, said.data, sizeof a);
        *faults = a.faults;
        st = a.status;
        if (st != NX_OK && err != NULL) {
            *err = a.why;
        }
    }
    if (st == NX_OK && report != NULL) {
        add_lines(report, nx_str_skip(nx_buf_str(&said), sizeof a));
        st = nx_buf_check(report, "report", err);
    }
    nx_buf_release(&said);
    return st;
}
