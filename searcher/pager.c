// pager.c: see pager.h.
#include "searcher/pager.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void become_pager(int from)
{
    const char *pager = getenv("PAGER");
    (void)signal(SIGPIPE, SIG_DFL);
    (void)dup2(from, STDIN_FILENO);
    (void)close(from);
    (void)setenv("LESS", "FRX", 0); // as git does: colours shown, no paging of what fits
    (void)execl("/bin/sh", "sh", "-c", pager != NULL && *pager != '\0' ? pager : "less",
                (char *)NULL);
    _exit(127);
}

void nx_pager_start(nx_pager *p)
{
    int ends[2];
    *p = (nx_pager){.fd = -1, .child = -1};
    if (pipe(ends) != 0) {
        return;
    }
    p->child = fork();
    if (p->child == 0) {
        (void)close(ends[1]);
        become_pager(ends[0]);
    }
    (void)close(ends[0]);
    if (p->child < 0) {
        (void)close(ends[1]);
        return;
    }
    p->fd = ends[1];
    // An interrupt is for the pager, which may go on; when it ends, writing to it tells us.
    (void)signal(SIGINT, SIG_IGN);
}

void nx_pager_finish(nx_pager *p)
{
    if (p->fd < 0) {
        return;
    }
    (void)close(p->fd);
    while (waitpid(p->child, NULL, 0) < 0 && errno == EINTR) {
    }
    p->fd = -1;
}
