// oom.h: what a nth-allocation-failure test provides; see oom.c.
#ifndef NX_TESTS_OOM_H
#define NX_TESTS_OOM_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/io.h"

// True: all went well. False: failed cleanly for want of memory. Everything freed either way.
bool nx_oom_scenario(void);

// For what read wanted articles: true: it did; false: there was no memory. Anything else, such as
// an article that was lost without a word, is a fault of the code and ends the test.
static inline bool nx_oom_read(nx_status st, const nx_error *err, unsigned articles,
                               unsigned wanted)
{
    if (st != NX_ENOMEM && (st != NX_OK || articles != wanted)) {
        (void)fprintf(stderr, "%u articles, not %u: %s %s\n", articles, wanted, nx_status_name(st),
                      err->msg);
        abort();
    }
    return st == NX_OK;
}

// Ends a scenario in a directory of its own, which is removed. True: st is NX_OK; false: NX_ENOMEM.
// Anything else, or a directory that cannot be removed, is a fault of the code and ends the test.
static inline bool nx_oom_ended(nx_status st, const nx_error *err, const char *dir)
{
    nx_error cleaning = NX_ERROR_INIT;
    if (st != NX_OK && st != NX_ENOMEM) {
        (void)fprintf(stderr, "%s: %s\n", nx_status_name(st), err->msg);
        abort();
    }
    if (nx_remove_tree(dir, &cleaning) != NX_OK) {
        (void)fprintf(stderr, "%s\n", cleaning.msg);
        abort();
    }
    return st == NX_OK;
}

#endif
