// front.h: the program newssearch, as a library so that tests link it.
#ifndef NX_SEARCHER_FRONT_H
#define NX_SEARCHER_FRONT_H

#include "searcher/ask.h"

// Exit statuses.
enum {
    NX_EXIT_HITS = 0,
    NX_EXIT_NONE = 1,
    NX_EXIT_USAGE = 2,
    NX_EXIT_IO = 3,
    NX_EXIT_BUSY = 4,
    NX_EXIT_DAMAGED = 5,
};

// Runs newssearch. argv[0] is the program; returns the exit status.
int nx_newssearch(int argc, char **argv);

int nx_search_exit(nx_status code);
// "newssearch: MESSAGE" on stderr; returns nx_search_exit.
int nx_search_complain(const nx_error *err);

#endif
