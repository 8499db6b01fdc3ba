// oom_diff.c: comparing two texts with one allocation failing.
#include <stdio.h>
#include <stdlib.h>

#include "searcher/diff.h"
#include "tests/oom.h"

bool nx_oom_scenario(void)
{
    nx_error err = NX_ERROR_INIT;
    nx_diff d;
    nx_status st = nx_diff_words(&d, NX_STR("three men died in the raid"),
                                 NX_STR("five men have died in the raid"), &err);
    if (st != NX_OK && st != NX_ENOMEM) {
        (void)fprintf(stderr, "%s: %s\n", nx_status_name(st), err.msg);
        abort();
    }
    bool ok = st == NX_OK && d.count > 3;
    nx_diff_release(&d);
    return ok;
}
