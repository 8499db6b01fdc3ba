// command.h: what the commands of newsindex share: the table, exit statuses, messages, stopping.
//
// Must not know: what any one command does.
#ifndef NX_INDEXER_COMMAND_H
#define NX_INDEXER_COMMAND_H

#include "base/opt.h"
#include "base/xdg.h"

// Runs newsindex. argv[0] is the program; returns the exit status.
int nx_newsindex(int argc, char **argv);

// Exit status of a failure: those of sysexits.h, and 130 for a signal; newsindex(1) tells them.
int nx_exit_status(nx_status code);
// "newsindex: MESSAGE" on stderr; returns nx_exit_status.
int nx_complain(const nx_error *err);

// SIGINT, SIGTERM and SIGHUP: long loops ask whether one came, and end in good order. A second
// signal kills.
void nx_stop_on_signals(void);
bool nx_stop_wanted(void);
void nx_stop_after(unsigned seconds); // as if a signal had come
bool nx_signal_came(void);            // which is not so when only the time was over

// Parses a command's options; handles --help. Returns true when the command is to go on; else
// *status is the exit status. *first is the first operand.
bool nx_command_options(const nx_command *command, int argc, char **argv, int *first, int *status);
const nx_command *nx_command_find(const char *name);

// Writes b to stdout; NX_OK, or NX_EIO (a closed pipe is no error).
nx_status nx_print(const nx_buf *b, nx_error *err);

// Rows that several commands have.
#define NX_ROW_QUIET(target)                                                                       \
    {                                                                                              \
        .kind = NX_OPT_FLAG, .letter = 'q', .name = "quiet",                                       \
        .help = "Say nothing when all goes well", .to = (target)                                   \
    }
#define NX_ROW_JSON(target)                                                                        \
    {                                                                                              \
        .kind = NX_OPT_FLAG, .name = "json", .help = "Print JSON", .to = (target)                  \
    }

// After a run that may have brought articles: runs the alerts of the index and says what came of
// it. name is for messages, or NULL. Returns the exit status.
int nx_run_alerts(const char *name, const char *dir, bool quiet);

int nx_cmd_add(int argc, char **argv);
int nx_cmd_alert(int argc, char **argv);
int nx_cmd_inspect(int argc, char **argv);
int nx_cmd_stats(int argc, char **argv);
int nx_cmd_check(int argc, char **argv);
int nx_cmd_compact(int argc, char **argv);
int nx_cmd_remove(int argc, char **argv);
int nx_cmd_update(int argc, char **argv);
int nx_cmd_rebuild(int argc, char **argv);
int nx_cmd_init(int argc, char **argv);
int nx_cmd_status(int argc, char **argv);
int nx_cmd_failures(int argc, char **argv);
extern const nx_opt nx_add_rows[], nx_alert_rows[], nx_inspect_rows[], nx_stats_rows[],
    nx_check_rows[], nx_compact_rows[], nx_remove_rows[], nx_update_rows[], nx_rebuild_rows[],
    nx_init_rows[], nx_status_rows[], nx_failures_rows[];

#endif
