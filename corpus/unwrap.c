// unwrap.c: see unwrap.h.
#include "corpus/unwrap.h"

#include "text/analysis.h"

enum {
    SCREEN_WIDTH = 100,
    SCREEN_WIDTH_MIN = 40,
    PRINT_WIDTH = 140, // of proportional letters, as bytes
    OPENING_LINES = 4, // headline, byline, date: whole, whatever they end with
    BREAKS_MIN = 3,
    INDENT_MAX = 8, // that a trimmed text may have lost in its first line
};

// Does line go on in the next one? Blank and indented lines begin a paragraph.
static bool goes_on(nx_str line, nx_str next)
{
    return next.n > 0 && next.p[0] != ' ' && next.p[0] != '\t' && nx_str_trim(next).n > 0 &&
           nx_str_trim(line).n > 0;
}

// Was the line broken only because the first word of the next one did not fit?
static bool is_broken(nx_str line, nx_str next, size_t width)
{
    size_t word = 0;
    while (line.n + 1 + word <= width && word < next.n && !nx_is_space(next.p[word])) {
        word++;
    }
    return line.n + 1 + word > width && goes_on(line, next);
}

// Bytes of the longest line; when there is one of more than most, of that.
static size_t longest_line(nx_str text, size_t most)
{
    size_t width = 0;
    for (size_t at = 0; at < text.n && width <= most;) {
        nx_str line = nx_str_line(text, at, &at);
        width = line.n > width ? line.n : width;
    }
    return width;
}

// The width the text was broken at; 0 when it was not. Most lines that go on must end there.
static size_t wrapped_width(nx_str text)
{
    size_t width = longest_line(text, SCREEN_WIDTH), broken = 0, going_on = 0;
    if (width > SCREEN_WIDTH || width < SCREEN_WIDTH_MIN) {
        return 0;
    }
    nx_str before = NX_STR("");
    for (size_t at = 0; at < text.n;) {
        nx_str line = nx_str_line(text, at, &at);
        going_on += goes_on(before, line);
        broken += is_broken(before, line, width);
        before = line;
    }
    return broken >= BREAKS_MIN && broken * 2 > going_on ? width : 0;
}

// Of a paragraph: what it announces stands in the next one.
static bool is_ended(nx_str line)
{
    line = nx_str_trim(line);
    return nx_sentence_ends(line) || nx_str_ends(line, NX_STR(":"));
}

// No paragraph begins in the middle of a sentence, however short the line before is: its beginning
// (a dateline, say) may have been cut off.
static bool begins_small(nx_str line, nx_str next)
{
    return next.n > 0 && next.p[0] >= 'a' && next.p[0] <= 'z' && goes_on(line, next) &&
           !is_ended(line);
}

bool nx_unwrap(nx_str text, nx_buf *out)
{
    size_t width = wrapped_width(text);
    if (width == 0) {
        return false;
    }
    (void)nx_buf_reserve(out, text.n); // it grows no longer
    nx_str before = NX_STR("");
    for (size_t at = 0; at < text.n;) {
        nx_str line = nx_str_line(text, at, &at);
        if (out->len > 0) {
            size_t lost = before.p == text.p ? INDENT_MAX : 0;
            bool on = is_broken(before, line, width - lost) || begins_small(before, line);
            nx_buf_addc(out, on ? ' ' : '\n');
        }
        nx_buf_adds(out, nx_str_trim(line));
        before = line;
    }
    return true;
}

// ---- proportional letters

// Printed lines are of like length on paper, not in letters: that most of them go on is told by how
// the next one begins.
static bool begins_inside(nx_str line, nx_str next, size_t width)
{
    return line.n * 3 >= width * 2 && begins_small(line, next);
}

// Was the line, behind the opening, broken by a page's width? A name may begin the next one.
static bool is_printed_on(nx_str line, nx_str next, size_t width)
{
    bool is_full = line.n * 6 >= width * 5;
    return begins_inside(line, next, width) || (is_full && goes_on(line, next) && !is_ended(line));
}

// The width of the longest line of a printed text; 0 when it is none.
static size_t printed_width(nx_str text)
{
    size_t width = longest_line(text, PRINT_WIDTH), inside = 0, going_on = 0;
    nx_str before = NX_STR("");
    for (size_t at = 0; at < text.n && width <= PRINT_WIDTH;) {
        nx_str line = nx_str_line(text, at, &at);
        going_on += goes_on(before, line);
        inside += begins_inside(before, line, width);
        before = line;
    }
    return inside >= BREAKS_MIN && inside * 3 >= going_on ? width : 0;
}

bool nx_unwrap_printed(nx_str text, nx_buf *out)
{
    size_t width = printed_width(text);
    if (width == 0) {
        return false;
    }
    (void)nx_buf_reserve(out, text.n); // it grows no longer
    nx_str before = NX_STR("");
    size_t lines = 0;
    for (size_t at = 0; at < text.n;) {
        nx_str line = nx_str_line(text, at, &at);
        bool on = lines > OPENING_LINES ? is_printed_on(before, line, width)
                                        : begins_inside(before, line, width);
        if (out->len > 0) {
            nx_buf_addc(out, on ? ' ' : '\n');
        }
        nx_buf_adds(out, nx_str_trim(line));
        lines += nx_str_trim(line).n > 0;
        before = line;
    }
    return true;
}
