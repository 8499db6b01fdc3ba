// wire_text.c: see wire_text.h.
#include "corpus/wire_text.h"

enum { SIGNATURE_MAX = 40 };

void nx_wire_normalize(nx_str s, nx_buf *out)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\r') {
            nx_buf_addc(out, '\n');
            i += i + 1 < s.n && s.p[i + 1] == '\n';
        } else {
            nx_buf_addc(out, s.p[i]);
        }
    }
}

static bool is_blank(char c)
{
    return (unsigned char)c <= ' ' || c == 0x7f;
}

nx_str nx_wire_clean(nx_str line)
{
    while (line.n > 0 && is_blank(line.p[0])) {
        line.p++;
        line.n--;
    }
    while (line.n > 0 && (is_blank(line.p[line.n - 1]) || line.p[line.n - 1] == '<' ||
                          line.p[line.n - 1] == '=')) {
        line.n--;
    }
    return line;
}

static void add_prose(nx_str s, nx_buf *out)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i], after = i + 1 < s.n ? s.p[i + 1] : ' ';
        bool lone = (i == 0 || s.p[i - 1] == ' ') && after == ' ';
        if ((c == '`' || c == '\'') && after == c) {
            nx_buf_addz(out, c == '`' ? "\xe2\x80\x9c" : "\xe2\x80\x9d");
            i++;
        } else if (c == '_' && lone) {
            nx_buf_addz(out, "\xe2\x80\x94");
        } else if (!is_blank(c)) {
            nx_buf_addc(out, c);
        } else {
            nx_buf_addc(out, ' ');
        }
    }
}

void nx_wire_add_line(nx_str line, nx_buf *out)
{
    bool indented = line.n > 0 && is_blank(line.p[0]);
    nx_str clean = nx_wire_clean(line);
    bool starts = out->len == 0 || out->data[out->len - 1] == '\n';
    if (clean.n == 0) {
        if (!starts) {
            nx_buf_addc(out, '\n');
        }
        return;
    }
    if (!starts) {
        nx_buf_addc(out, indented ? '\n' : ' ');
    }
    add_prose(clean, out);
    // A mark at the end of a line keeps it apart: a row of a table, a short line.
    nx_str raw = nx_str_trim(line);
    if (raw.n > 0 && raw.p[raw.n - 1] == '<') {
        nx_buf_addc(out, '\n');
    }
}

void nx_wire_drop_signature(nx_str service, nx_buf *text)
{
    if (text->failed || service.n == 0) {
        return;
    }
    nx_str all = nx_str_trim(nx_buf_str(text));
    size_t start = all.n;
    while (start > 0 && all.p[start - 1] != '\n') {
        start--;
    }
    nx_str last = nx_str_skip(all, start);
    bool named =
        nx_str_starts_nocase(last, service) && (last.n == service.n || last.p[service.n] == ' ');
    if (start > 0 && named && last.n <= SIGNATURE_MAX) {
        nx_buf_truncate(text, start);
    }
}

bool nx_wire_is_note(nx_str line)
{
    static const char *const starts[] = {"AP Photo", "AP Video", "AP Graphic", "Eds:", "Eds.",
                                         "EDS:",     "With ",    "Photo",      NULL};
    for (size_t i = 0; starts[i] != NULL; i++) {
        if (nx_str_starts(line, nx_str_of(starts[i]))) {
            return true;
        }
    }
    return line.n == 0 || nx_str_eq(line, NX_STR("END"));
}

bool nx_wire_is_routing(nx_str line)
{
    line = nx_str_trim(line);
    size_t small = 0;
    for (size_t i = 0; i < line.n; i++) {
        small += nx_is_alpha(line.p[i]) && !nx_is_upper(line.p[i]);
    }
    return line.n > 2 && line.n < 40 && small <= 3 && nx_is_upper(line.p[0]) &&
           nx_is_upper(line.p[1]) && line.p[2] == ' ';
}

static size_t run(nx_str s, size_t i, bool (*is)(char))
{
    size_t start = i;
    while (i < s.n && is(s.p[i])) {
        i++;
    }
    return i - start;
}

static bool is_space_char(char c)
{
    return c == ' ';
}

bool nx_wire_is_7901_header(nx_str text)
{
    static const struct {
        bool (*is)(char);
        size_t min, max;
    } shape[] = {{nx_is_alpha, 2, 4},   {nx_is_digit, 2, 6},   {is_space_char, 1, 3},
                 {nx_is_digit, 1, 1},   {is_space_char, 1, 3}, {nx_is_alpha, 1, 4},
                 {is_space_char, 1, 3}, {nx_is_digit, 1, 5},   {is_space_char, 1, 8}};
    size_t i = 0;
    for (size_t k = 0; k < NX_COUNT(shape); k++) {
        size_t n = run(text, i, shape[k].is);
        if (n < shape[k].min || n > shape[k].max) {
            return false;
        }
        i += n;
    }
    return true;
}

void nx_wire_add_slug(nx_article *a, nx_str slug)
{
    for (size_t i = 0; i < slug.n;) {
        size_t end = i;
        while (end < slug.n && memchr("/\n", slug.p[end], 2) == NULL) {
            end++;
        }
        nx_article_add_keyword(a, nx_wire_clean(nx_str_make(slug.p + i, end - i)), NX_FROM_RECORD);
        i = end + 1;
    }
}
