// status.h: the one list of failures and the caller-owned error message.
//
// Every fallible function in the tree returns nx_status and fills an nx_error where the cause is
// known; callers add context in front with nx_wrap ("a.jsonl:17: ") and never replace it.
// Must not know: any module above base/, any output stream.
#ifndef NX_BASE_STATUS_H
#define NX_BASE_STATUS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NX_MUST_USE __attribute__((warn_unused_result))
#define NX_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
// The elements of an array; not for a pointer.
#define NX_COUNT(array) (sizeof(array) / sizeof(array)[0])

// code, name, text. The programs map codes to exit statuses (each program its own contract).
#define NX_STATUS_LIST(X)                                                                          \
    X(NX_OK, "ok", "no error")                                                                     \
    X(NX_ENOMEM, "nomem", "out of memory")                                                         \
    X(NX_ELIMIT, "limit", "a limit was exceeded")                                                  \
    X(NX_EUSAGE, "usage", "wrong usage")                                                           \
    X(NX_EQUERY, "query", "the query cannot be understood")                                        \
    X(NX_ECONFIG, "config", "the configuration is wrong")                                          \
    X(NX_EFORMAT, "format", "the input is malformed")                                              \
    X(NX_ENOINPUT, "noinput", "no such input")                                                     \
    X(NX_EIO, "io", "input/output error")                                                          \
    X(NX_ENOSPC, "nospc", "no space left on device")                                               \
    X(NX_ENOTFOUND, "notfound", "not found")                                                       \
    X(NX_EBUSY, "busy", "locked by another writer")                                                \
    X(NX_ESTALE, "stale", "the index changed while it was read")                                   \
    X(NX_ECORRUPT, "corrupt", "the index is damaged")                                              \
    X(NX_EVERSION, "version", "the index has another format version")                              \
    X(NX_ENETWORK, "network", "a remote shard cannot be reached")                                  \
    X(NX_ESTOP, "stop", "stopped on request")                                                      \
    X(NX_EBUG, "bug", "internal error")

typedef enum nx_status {
#define X(code, name, text) code,
    NX_STATUS_LIST(X)
#undef X
} nx_status;

// Fixed size, never allocates: safe to fill when malloc has just failed. Zero-initialise it
// (NX_ERROR_INIT). msg is one line without a full stop or function names.
typedef struct nx_error {
    nx_status code;
    char msg[400];
} nx_error;
#define NX_ERROR_INIT                                                                              \
    {                                                                                              \
        NX_OK,                                                                                     \
        {                                                                                          \
            0                                                                                      \
        }                                                                                          \
    }

// Makes each control character, and what is not UTF-8 or was cut to be none, '?': messages quote
// hostile input (file names, lines), and nothing in one may move the cursor.
void nx_make_printable(char *text);

// Sets *err (may be NULL) to code and the formatted message, made printable. Returns code, so that
// `return nx_fail(err, ...)` reads well.
nx_status nx_fail(nx_error *err, nx_status code, const char *fmt, ...) NX_PRINTF(3, 4);

// As nx_fail with ": " and the text of errno_value appended; ENOSPC and EDQUOT give NX_ENOSPC,
// ENOMEM gives NX_ENOMEM, ENOENT and ENOTDIR give NX_ENOINPUT, everything else NX_EIO.
nx_status nx_fail_errno(nx_error *err, int errno_value, const char *fmt, ...) NX_PRINTF(3, 4);

// "out of memory" without formatting. Returns NX_ENOMEM.
nx_status nx_fail_nomem(nx_error *err);

// Puts the formatted prefix in front of the message already in *err. Returns err->code.
nx_status nx_wrap(nx_error *err, const char *fmt, ...) NX_PRINTF(2, 3);

// Static strings; never NULL.
const char *nx_status_name(nx_status code);
const char *nx_status_text(nx_status code);

#ifdef __cplusplus
}
#endif
#endif
