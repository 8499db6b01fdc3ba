// scratch.h: for tests that need a directory of their own: made before each, removed after it.
#ifndef NX_TESTS_SCRATCH_H
#define NX_TESTS_SCRATCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/io.h"

// Ends the test with the message unless the call, which has &err, goes well.
#define OK(call)                                                                                   \
    do {                                                                                           \
        if ((call) != NX_OK) {                                                                     \
            fail_msg("line %d: %s", __LINE__, err.msg);                                            \
        }                                                                                          \
    } while (0)

static char dir[] = "/tmp/nx_unit_test.XXXXXX";

// As setup functions are: 0, or -1 when there is no directory to be had.
static int make_scratch(void)
{
    memcpy(dir + sizeof dir - 7, "XXXXXX", 6);
    return mkdtemp(dir) != NULL ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    nx_error err = NX_ERROR_INIT;
    return nx_remove_tree(dir, &err) == NX_OK ? 0 : -1;
}

#endif
