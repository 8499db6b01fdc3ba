// repeated.h: input that says the same over and over, for tests of ceilings and of time.
#ifndef NX_TESTS_REPEATED_H
#define NX_TESTS_REPEATED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// unit, times in a row; malloc'ed. Fails the test without memory.
static inline char *repeated(const char *unit, size_t times)
{
    size_t n = strlen(unit);
    char *z = malloc(n * times + 1);
    assert_non_null(z);
    for (size_t i = 0; i < times; i++) {
        memcpy(z + i * n, unit, n);
    }
    z[n * times] = '\0';
    return z;
}

#endif
