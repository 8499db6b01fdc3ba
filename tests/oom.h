// oom.h: what a nth-allocation-failure test provides; see oom.c.
#ifndef NX_TESTS_OOM_H
#define NX_TESTS_OOM_H

#include <stdbool.h>

// True: all went well. False: failed cleanly for want of memory. Everything freed either way.
bool nx_oom_scenario(void);

#endif
