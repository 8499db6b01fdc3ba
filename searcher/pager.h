// pager.h: showing output through the user's pager.
//
// Must not know: what is shown.
#ifndef NX_SEARCHER_PAGER_H
#define NX_SEARCHER_PAGER_H

#include <sys/types.h>

#include "base/buf.h"

typedef struct nx_pager {
    int fd; // where output goes; -1: there is no pager
    pid_t child;
} nx_pager;

// Starts $PAGER, or less. Without one that can be started output goes where it went before.
void nx_pager_start(nx_pager *p);
// Ends the output and waits until the user has left the pager.
void nx_pager_finish(nx_pager *p);

#endif
