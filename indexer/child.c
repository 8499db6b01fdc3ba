// child.c: see child.h.
#define _GNU_SOURCE
#include "indexer/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/io.h"
#include "base/time.h"
#include "indexer/command.h"

enum { LINE_MAX_BYTES = 1 << 16, GRACE_MS = 2000, NAP_FIRST_MS = 1, NAP_MAX_MS = 20 };

// ---- words

// Takes one word of line from *at on. false: an open quote, or a character for a shell, in *why.
static bool take_word(nx_buf *out, nx_str line, size_t *at, const char **why)
{
    char quote = '\0';
    for (; *at < line.n; (*at)++) {
        char c = line.p[*at];
        bool escapes = *at + 1 < line.n &&
                       (quote == '\0' ||
                        (quote == '"' && (line.p[*at + 1] == '"' || line.p[*at + 1] == '\\')));
        if (c == '\\' && quote != '\'' && escapes) {
            nx_buf_addc(out, line.p[++*at]);
        } else if (quote != '\0' && c == quote) {
            quote = '\0';
        } else if (quote != '\0') {
            nx_buf_addc(out, c);
        } else if (c == '\'' || c == '"') {
            quote = c;
        } else if (nx_is_space(c)) {
            break;
        } else if (strchr("|&;<>`$", c) != NULL) {
            *why = "no shell runs it, so | & ; < > ` $ mean nothing: quote them, or let "
                   "sh -c '...' run it";
            return false;
        } else {
            nx_buf_addc(out, c);
        }
    }
    *why = "a quote is not closed";
    return quote == '\0';
}

nx_status nx_args_split(nx_args *out, nx_str line, nx_error *err)
{
    size_t starts[NX_ARGS_MAX];
    const char *why = NULL;
    *out = (nx_args){.count = 0};
    nx_buf_init(&out->text, LINE_MAX_BYTES);
    for (size_t at = 0; at < line.n;) {
        if (nx_is_space(line.p[at])) {
            at++;
            continue;
        }
        if (out->count == NX_ARGS_MAX) {
            return nx_fail(err, NX_EUSAGE, "more than %d words", (int)NX_ARGS_MAX);
        }
        starts[out->count++] = out->text.len;
        if (!take_word(&out->text, line, &at, &why)) {
            return nx_fail(err, NX_EUSAGE, "%s", why);
        }
        nx_buf_addc(&out->text, '\0');
    }
    nx_status st = nx_buf_check(&out->text, "a command", err);
    if (st == NX_OK && (out->count == 0 || out->text.data[0] == '\0')) {
        st = nx_fail(err, NX_EUSAGE, "no command");
    }
    for (size_t i = 0; st == NX_OK && i < out->count; i++) {
        out->argv[i] = out->text.data + starts[i];
    }
    return st;
}

void nx_args_release(nx_args *a)
{
    nx_buf_release(&a->text);
}

// ---- processes

extern char **environ;

// What we ignore or catch it shall not: SIGPIPE and SIGXFSZ end it as they end others.
static int start(const nx_child *c, pid_t *pid)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    sigset_t defaults;
    int failed = posix_spawn_file_actions_init(&files);
    if (failed != 0) {
        return failed;
    }
    failed = posix_spawnattr_init(&how);
    if (failed != 0) {
        (void)posix_spawn_file_actions_destroy(&files);
        return failed;
    }
    (void)sigemptyset(&defaults);
    (void)sigaddset(&defaults, SIGPIPE);
    (void)sigaddset(&defaults, SIGXFSZ);
    failed = posix_spawnattr_setsigdefault(&how, &defaults);
    failed = failed != 0 ? failed : posix_spawnattr_setpgroup(&how, 0);
    failed = failed != 0
                 ? failed
                 : posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    if (failed == 0) {
        failed = c->in_fd >= 0 ? posix_spawn_file_actions_adddup2(&files, c->in_fd, STDIN_FILENO)
                               : posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null",
                                                                  O_RDONLY, 0);
    }
    if (failed == 0 && c->out_fd >= 0) {
        failed = posix_spawn_file_actions_adddup2(&files, c->out_fd, STDOUT_FILENO);
    }
    failed = failed != 0 ? failed : posix_spawnp(pid, c->argv[0], &files, &how, c->argv, environ);
    (void)posix_spawnattr_destroy(&how);
    (void)posix_spawn_file_actions_destroy(&files);
    return failed;
}

// Waits until it has ended, a time is over or (heed) a signal came. false: it runs still.
static bool wait_for(pid_t pid, uint64_t until_ms, bool heed, int *status)
{
    for (long nap_ms = NAP_FIRST_MS;; nap_ms = nap_ms < NAP_MAX_MS ? nap_ms * 2 : nap_ms) {
        pid_t done = waitpid(pid, status, WNOHANG);
        if (done == pid || (done < 0 && errno != EINTR)) {
            return true;
        }
        if (nx_monotonic_ms() >= until_ms || (heed && nx_signal_came())) {
            return false;
        }
        const struct timespec nap = {.tv_nsec = nap_ms * 1000000};
        (void)nanosleep(&nap, NULL);
    }
}

static void end(pid_t pid)
{
    int status = 0;
    (void)kill(-pid, SIGTERM);
    if (!wait_for(pid, nx_monotonic_ms() + GRACE_MS, false, &status)) {
        (void)kill(-pid, SIGKILL);
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
        }
    }
}

nx_status nx_child_run(const nx_child *c, int *status, nx_error *err)
{
    pid_t pid = 0;
    int wait_status = 0;
    int failed = start(c, &pid);
    if (failed != 0) {
        (void)nx_fail_errno(err, failed, "%s", c->argv[0]);
        return err->code = NX_EIO;
    }
    if (!wait_for(pid, nx_monotonic_ms() + (uint64_t)c->seconds * 1000, true, &wait_status)) {
        end(pid);
        return nx_signal_came()
                   ? nx_fail(err, NX_ESTOP, "%s: stopped", c->argv[0])
                   : nx_fail(err, NX_EIO, "%s: took longer than %u s", c->argv[0], c->seconds);
    }
    if (WIFSIGNALED(wait_status)) {
        return nx_fail(err, NX_EIO, "%s: killed by signal %d", c->argv[0], WTERMSIG(wait_status));
    }
    *status = WEXITSTATUS(wait_status);
    return NX_OK;
}

char *nx_child_sibling(const char *name)
{
    enum { PATH_BYTES = 4096 };
    char self[PATH_BYTES];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    char *path = NULL;
    if (n > 0) {
        self[n] = '\0';
        char *slash = strrchr(self, '/');
        if (slash != NULL) {
            *slash = '\0';
            path = nx_path_join(self, name);
        }
    }
    if (path != NULL && access(path, X_OK) == 0) {
        return path;
    }
    free(path);
    return strdup(name);
}
