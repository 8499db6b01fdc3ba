// status.c: see status.h.
#include "base/status.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static const struct {
    const char *name, *text;
} rows[] = {
#define X(code, name, text) [code] = {name, text},
    NX_STATUS_LIST(X)
#undef X
};

const char *nx_status_name(nx_status code)
{
    return (size_t)code < NX_COUNT(rows) ? rows[code].name : "unknown";
}

const char *nx_status_text(nx_status code)
{
    return (size_t)code < NX_COUNT(rows) ? rows[code].text : "unknown error";
}

void nx_make_printable(char *text)
{
    const nx_str s = nx_str_of(text);
    for (size_t i = 0, next = 0; i < s.n; i = next) {
        bool bad = false;
        uint32_t c = nx_utf8_decode(s, i, &next, &bad);
        if (bad || c < 0x20 || (c >= 0x7f && c < 0xa0)) {
            memset(text + i, '?', next - i);
        }
    }
}

nx_status nx_fail(nx_error *err, nx_status code, const char *fmt, ...)
{
    if (err != NULL) {
        va_list ap;
        va_start(ap, fmt);
        (void)vsnprintf(err->msg, sizeof err->msg, fmt, ap);
        va_end(ap);
        nx_make_printable(err->msg);
        err->code = code;
    }
    return code;
}

nx_status nx_fail_errno(nx_error *err, int errno_value, const char *fmt, ...)
{
    nx_status code = NX_EIO;
    switch (errno_value) {
    case ENOSPC:
    case EDQUOT: code = NX_ENOSPC; break;
    case ENOMEM: code = NX_ENOMEM; break;
    case ENOENT:
    case ENOTDIR: code = NX_ENOINPUT; break;
    default: break;
    }
    if (err != NULL) {
        va_list ap;
        va_start(ap, fmt);
        int used = vsnprintf(err->msg, sizeof err->msg, fmt, ap);
        va_end(ap);
        if (used >= 0 && (size_t)used < sizeof err->msg - 3) {
            char text[128] = "";
#if defined(__GLIBC__) && defined(_GNU_SOURCE)
            const char *said = strerror_r(errno_value, text, sizeof text);
#else
            const char *said = strerror_r(errno_value, text, sizeof text) == 0 ? text : "error";
#endif
            (void)snprintf(err->msg + used, sizeof err->msg - (size_t)used, ": %s", said);
        }
        nx_make_printable(err->msg);
        err->code = code;
    }
    return code;
}

nx_status nx_fail_nomem(nx_error *err)
{
    if (err != NULL) {
        err->code = NX_ENOMEM;
        memcpy(err->msg, "out of memory", sizeof "out of memory");
    }
    return NX_ENOMEM;
}

nx_status nx_wrap(nx_error *err, const char *fmt, ...)
{
    if (err == NULL) {
        return NX_EBUG;
    }
    char old[sizeof err->msg];
    memcpy(old, err->msg, sizeof old);
    va_list ap;
    va_start(ap, fmt);
    int used = vsnprintf(err->msg, sizeof err->msg, fmt, ap);
    va_end(ap);
    if (used < 0) {
        used = 0;
    }
    if ((size_t)used < sizeof err->msg) {
        (void)snprintf(err->msg + used, sizeof err->msg - (size_t)used, "%s", old);
    }
    nx_make_printable(err->msg);
    return err->code;
}
