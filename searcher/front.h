// front.h: the program newssearch, as a library so that tests link it.
//
// newssearch QUERY... searches; newssearch show, newssearch eval are commands. To search for such
// a word alone, quote or repeat it: newssearch "show trial".
// Must not know: how queries are understood, answered or shown.
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

// ---- for the commands

// Ends with name == NULL.
extern const nx_command nx_search_commands[];
extern const nx_opt nx_show_rows[], nx_eval_rows[];
int nx_cmd_show(int argc, char **argv);
int nx_cmd_eval(int argc, char **argv);
int nx_cmd_alerts(int argc, char **argv); // newssearch --alerts, which newsindex runs
// What --complete, --completion and --man-options print (generate.c). true when argv asks for such;
// *status is then the exit status.
bool nx_generate(int argc, char **argv, int *status);
// What the last of the words may become, one a line (complete.c). kind: query or facets.
nx_status nx_complete(const char *kind, int count, char **words, nx_buf *out,
                      nx_error *err) NX_MUST_USE;

int nx_search_exit(nx_status code);
// "newssearch: MESSAGE" on stderr; returns nx_search_exit.
int nx_search_complain(const nx_error *err);
// Usage, examples and options of a command, on stdout; returns the exit status.
int nx_search_help(const char *usage, const char *summary, const char *examples, const nx_opt *rows,
                   const char *after);
// As nx_searcher_open, of the default index when given is NULL.
nx_status nx_front_open(const char *given, nx_searcher **out, nx_error *err) NX_MUST_USE;
// Output to stdout, as wide and coloured as it may be. color: an nx_color.
void nx_front_output(nx_output *out, int color);

#endif
