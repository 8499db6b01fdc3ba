// opt.h: command-line options as rows; one row gives parsing, help, the man page's OPTIONS and
// shell completion, so that they cannot differ.
//
// Parsing is getopt_long's (bundling, --x=y, --, abbreviations refused). Rows only store; opening
// and resolving come after. Must not know: any option of any program. One thread.
#ifndef NX_BASE_OPT_H
#define NX_BASE_OPT_H

#include "base/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum nx_opt_kind {
    NX_OPT_END,
    NX_OPT_GROUP,    // a heading in the help; only .help is used
    NX_OPT_OPERANDS, // what the operands are, for completion; only .completes is used
    NX_OPT_FLAG,     // to: bool
    NX_OPT_STRING,   // to: const char * (points into argv)
    NX_OPT_LIST,     // to: nx_opt_list; may be repeated
    NX_OPT_U64,      // to: uint64_t, min..max
    NX_OPT_BYTES,    // to: uint64_t, "512M"
    NX_OPT_DURATION, // to: int64_t seconds, "24h"
    NX_OPT_CHOICE,   // to: int, index in choices (NULL-terminated)
} nx_opt_kind;

enum { NX_OPT_LIST_MAX = 64 };
typedef struct nx_opt_list {
    const char *items[NX_OPT_LIST_MAX];
    size_t count;
} nx_opt_list;

typedef struct nx_opt {
    nx_opt_kind kind;
    char letter;      // 0: none
    const char *name; // long name without dashes
    const char *arg;  // shown for the value; NULL for flags
    const char *help; // one sentence without full stop
    void *to;
    const char *const *choices;
    uint64_t min, max; // U64 and BYTES; max 0 means no maximum
    bool optional_arg; // STRING and CHOICE: the value may be left out ("--color" = choices[0])
    bool *given;       // set when the option appeared; may be NULL
    const char
        *completes; // what a shell offers: "file", "dir", or else the lines that
                    // "PROGRAM --complete=THIS" prints; NULL: nothing. Of operands: "query" is
                    // words, fields ("--complete=field") and their values ("--complete=FIELD")
} nx_opt;

typedef struct nx_command {
    const char *name;     // NULL ends the list
    const char *args;     // "PATH... | -"
    const char *summary;  // one line
    const char *text;     // paragraphs for the man page and --help; may be NULL
    const char *examples; // lines, shown first in --help; may be NULL
    const nx_opt *options;
    int (*run)(int argc, char **argv); // argv[0] is the command's name
} nx_command;

// Parses argv[1..]; operands are moved to the end and *first_operand is the index of the first.
// "--help" and "-h" are the caller's rows if it wants them. NX_EUSAGE with a message that names the
// option and, for an unknown one, the nearest known.
nx_status nx_opt_parse(const nx_opt *rows, int argc, char **argv, int *first_operand,
                       nx_error *err) NX_MUST_USE;
// Help text of the rows, wrapped to columns.
void nx_opt_help(const nx_opt *rows, nx_buf *out, int columns);
// The rows as scdoc definition list, for the man page.
void nx_opt_scdoc(const nx_opt *rows, nx_buf *out);
// Completion scripts for a program with optional sub-commands (NULL: none).
void nx_opt_bash(const char *program, const nx_command *commands, const nx_opt *rows, nx_buf *out);
void nx_opt_zsh(const char *program, const nx_command *commands, const nx_opt *rows, nx_buf *out);
void nx_opt_fish(const char *program, const nx_command *commands, const nx_opt *rows, nx_buf *out);
// The name nearest to given (edit distance at most 2), or NULL. names is NULL-terminated.
const char *nx_nearest(const char *given, const char *const *names);

#ifdef __cplusplus
}
#endif
#endif
