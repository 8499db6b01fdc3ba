// tty.c: see tty.h.
#include "base/tty.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/num.h"
#include "base/time.h"
#include "base/utf8.h"

bool nx_tty_color(int fd, nx_color wish)
{
    if (wish != NX_COLOR_AUTO) {
        return wish == NX_COLOR_ALWAYS;
    }
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(fd) == 1 && (no_color == NULL || *no_color == '\0') && term != NULL &&
           strcmp(term, "dumb") != 0;
}

int nx_tty_columns(int fd)
{
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        return size.ws_col;
    }
    const char *columns = getenv("COLUMNS");
    uint64_t v = 0;
    if (columns != NULL && nx_parse_u64(nx_str_of(columns), &v) && v >= 20 && v <= 1000) {
        return (int)v;
    }
    return 80;
}

bool nx_tty_utf8(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < 3; i++) {
        const char *v = getenv(names[i]);
        if (v != NULL && *v != '\0') {
            return nx_str_find_nocase(nx_str_of(v), NX_STR("utf-8"), 0) != SIZE_MAX ||
                   nx_str_find_nocase(nx_str_of(v), NX_STR("utf8"), 0) != SIZE_MAX;
        }
    }
    return false;
}

void nx_tty_add_safe(nx_buf *b, nx_str s, bool keep_newlines)
{
    for (size_t i = 0; i < s.n;) {
        size_t start = i;
        bool bad = false;
        uint32_t c = nx_utf8_decode(s, i, &i, &bad);
        if (bad) {
            nx_utf8_add(b, NX_REPLACEMENT);
        } else if (c == '\n' && keep_newlines) {
            nx_buf_addc(b, '\n');
        } else if (c == '\t' || c == '\n') {
            nx_buf_addc(b, ' ');
        } else if (c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) ||
                   (c >= 0x2066 && c <= 0x2069)) {
            continue;
        } else {
            nx_buf_add(b, s.p + start, i - start);
        }
    }
}

void nx_progress_init(nx_progress *p, bool wanted)
{
    *p = (nx_progress){.on = wanted && isatty(STDERR_FILENO) == 1, .started_ms = nx_monotonic_ms()};
}

bool nx_progress_due(nx_progress *p)
{
    return p->on && nx_monotonic_ms() - p->last_ms >= 200;
}

void nx_progress_draw(nx_progress *p, const char *text)
{
    if (!p->on) {
        return;
    }
    p->last_ms = nx_monotonic_ms();
    p->drawn = true;
    nx_str s = nx_str_of(text);
    size_t room = (size_t)nx_tty_columns(STDERR_FILENO) - 1;
    (void)fprintf(stderr, "\r\033[K%.*s", (int)nx_utf8_cut(s, room), text);
    (void)fflush(stderr);
}

void nx_progress_clear(nx_progress *p)
{
    if (p->on && p->drawn) {
        (void)fputs("\r\033[K", stderr);
        (void)fflush(stderr);
        p->drawn = false;
    }
}
