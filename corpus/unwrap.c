// unwrap.c: see unwrap.h.
#include "corpus/unwrap.h"

enum {
    SCREEN_WIDTH = 100,
    SCREEN_WIDTH_MIN = 40,
    BREAKS_MIN = 3,
    INDENT_MAX = 8, // that a trimmed text may have lost in its first line
};

// The next line of *rest without its end; false at the end of the text.
static bool next_line(nx_str *rest, nx_str *line)
{
    if (rest->n == 0) {
        return false;
    }
    size_t end = nx_str_find(*rest, NX_STR("\n"), 0);
    size_t n = end != SIZE_MAX ? end : rest->n;
    *line = nx_str_make(rest->p, n);
    size_t used = end != SIZE_MAX ? end + 1 : n;
    *rest = nx_str_make(rest->p + used, rest->n - used);
    return true;
}

// Does a line go on in this one? Blank and indented lines begin a paragraph.
static bool continues(nx_str line)
{
    return nx_str_trim(line).n > 0 && line.p[0] != ' ' && line.p[0] != '\t';
}

// Was the line broken only because the first word of the next one did not fit?
static bool is_broken(nx_str line, nx_str next, size_t width)
{
    size_t word = 0;
    while (word < next.n && !nx_is_space(next.p[word])) {
        word++;
    }
    return continues(next) && nx_str_trim(line).n > 0 && line.n + 1 + word > width;
}

// The width the text was broken at; 0 when it was not. Most lines that go on must end there.
static size_t wrapped_width(nx_str text)
{
    nx_str rest = text, line, before = NX_STR("");
    size_t width = 0, broken = 0, going_on = 0;
    while (width <= SCREEN_WIDTH && next_line(&rest, &line)) {
        width = line.n > width ? line.n : width;
    }
    if (width > SCREEN_WIDTH || width < SCREEN_WIDTH_MIN) {
        return 0;
    }
    for (rest = text; next_line(&rest, &line); before = line) {
        going_on += continues(line) && nx_str_trim(before).n > 0;
        broken += is_broken(before, line, width);
    }
    return broken >= BREAKS_MIN && broken * 2 > going_on ? width : 0;
}

bool nx_unwrap(nx_str text, nx_buf *out)
{
    size_t width = wrapped_width(text);
    if (width == 0) {
        return false;
    }
    nx_str rest = text, line, before = NX_STR("");
    for (; next_line(&rest, &line); before = line) {
        if (out->len > 0) {
            size_t lost = before.p == text.p ? INDENT_MAX : 0;
            nx_buf_addc(out, is_broken(before, line, width - lost) ? ' ' : '\n');
        }
        nx_buf_adds(out, nx_str_trim(line));
    }
    return true;
}
