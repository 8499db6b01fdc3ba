// child.h: running another program, for a limited time, without a shell.
//
// Must not know: what the program is for. Thread rule: one thread at a time.
#ifndef NX_INDEXER_CHILD_H
#define NX_INDEXER_CHILD_H

#include "base/buf.h"

enum { NX_ARGS_MAX = 64 };

// The words of a command line, as a shell would see them without any of its other doings: blanks
// separate words, '...' and "..." keep them together, a backslash takes the next character as it is
// (inside of "..." only before " and a backslash). args: NULL-terminated, pointing into text.
typedef struct nx_args {
    char *argv[NX_ARGS_MAX + 1];
    size_t count;
    nx_buf text;
} nx_args;

// NX_EUSAGE: no word at all, an open quote, too many words, or a character that only a shell would
// heed (| & ; < > ` $ outside of quotes). nx_args_release either way.
nx_status nx_args_split(nx_args *out, nx_str line, nx_error *err) NX_MUST_USE;
void nx_args_release(nx_args *a);

typedef struct nx_child {
    char *const *argv; // NULL-terminated; argv[0] is looked up in PATH unless it has a slash
    int in_fd;         // its standard input; -1: nothing
    int out_fd;        // its standard output; -1: ours
    unsigned seconds;  // after which it is ended, and killed when it does not heed that
} nx_child;

// Runs it to its end; *status is then its exit status. It leads a process group of its own, so that
// ending it ends what it has started. NX_EIO: it could not be started, was killed, or took too
// long; NX_ESTOP: a signal told us to stop, and it was ended.
nx_status nx_child_run(const nx_child *c, int *status, nx_error *err) NX_MUST_USE;

// The program of that name beside this one, else name alone, for PATH; malloc'ed.
char *nx_child_sibling(const char *name);

#endif
