// tty.h: what the terminal can do, safe text for it, and a throttled progress line on stderr.
//
// Must not know: what is shown. Nothing here reads from the terminal. One thread.
#ifndef NX_BASE_TTY_H
#define NX_BASE_TTY_H

#include "base/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum nx_color { NX_COLOR_AUTO, NX_COLOR_ALWAYS, NX_COLOR_NEVER } nx_color;

// AUTO: fd is a terminal, NO_COLOR is unset or empty, TERM is set and not "dumb".
bool nx_tty_color(int fd, nx_color wish);
// Columns of the terminal on fd; 80 when it is none or does not say (COLUMNS is honoured).
int nx_tty_columns(int fd);
// The locale's character set is UTF-8 (LC_ALL, LC_CTYPE, LANG say so).
bool nx_tty_utf8(void);
// Appends s for a terminal: ill-formed UTF-8 repaired, C0 and C1 controls and bidi overrides
// dropped, tab and newline turned into a space unless keep_newlines.
void nx_tty_add_safe(nx_buf *b, nx_str s, bool keep_newlines);

// A line on stderr, redrawn at most five times a second, only when stderr is a terminal.
typedef struct nx_progress {
    bool on;
    bool drawn;
    uint64_t started_ms, last_ms;
} nx_progress;
void nx_progress_init(nx_progress *p, bool wanted);
// Is a redraw due? (Cheap enough to ask for each record.)
bool nx_progress_due(nx_progress *p);
// text: one line without newline; cut to the terminal's width.
void nx_progress_draw(nx_progress *p, const char *text);
void nx_progress_clear(nx_progress *p); // erases the line, if one is drawn

#ifdef __cplusplus
}
#endif
#endif
