// oom.c: runs a scenario with its 1st, 2nd, 3rd... allocation failing, until it needs fewer.
//
// The scenario must return true when it worked and false when it failed cleanly; leaks and bad
// accesses on the failure paths are for the sanitizers to find.
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/oom.h"

void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t n);
char *__real_strdup(const char *s);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t n);
char *__wrap_strdup(const char *s);

static unsigned long countdown, used;

static bool refuse(void)
{
    used++;
    if (countdown > 0 && --countdown == 0) {
        errno = ENOMEM;
        return true;
    }
    return false;
}

void *__wrap_malloc(size_t n)
{
    return refuse() ? NULL : __real_malloc(n);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return refuse() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t n)
{
    return refuse() ? NULL : __real_realloc(p, n);
}

char *__wrap_strdup(const char *s)
{
    return refuse() ? NULL : __real_strdup(s);
}

int main(void)
{
    for (unsigned long n = 1;; n++) {
        used = 0;
        countdown = n;
        bool ok = nx_oom_scenario();
        if (used < n) {
            if (!ok) {
                fprintf(stderr, "the scenario fails with all the memory it wants\n");
                return 1;
            }
            printf("%lu allocations, each made to fail once\n", n - 1);
            return 0;
        }
        if (ok) {
            fprintf(stderr, "allocation %lu failed and the scenario did not notice\n", n);
            return 1;
        }
    }
}
