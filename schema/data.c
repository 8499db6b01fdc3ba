// data.c: document data, "name=value" lines, an empty line, the body. See schema.h.
//
// Read back from an index that may be damaged: nothing is taken for granted.
#include "schema/schema.h"

void nx_data_put(nx_buf *out, const char *name, nx_str value)
{
    if (value.n == 0) {
        return;
    }
    nx_buf_addz(out, name);
    nx_buf_addc(out, '=');
    for (size_t from = 0; from < value.n;) {
        size_t to = from;
        while (to < value.n && value.p[to] != '\n' && value.p[to] != '\\') {
            to++;
        }
        nx_buf_add(out, value.p + from, to - from);
        if (to < value.n) {
            nx_buf_addz(out, value.p[to] == '\n' ? "\\n" : "\\\\");
        }
        from = to + 1;
    }
    nx_buf_addc(out, '\n');
}

void nx_data_body(nx_buf *out, nx_str body)
{
    nx_buf_addc(out, '\n');
    nx_buf_adds(out, body);
}

// The line at *at without its newline; false at the end of the data.
static bool next_line(nx_str data, size_t *at, nx_str *line)
{
    if (*at >= data.n) {
        return false;
    }
    const char *p = data.p + *at;
    const char *newline = memchr(p, '\n', data.n - *at);
    *line = nx_str_make(p, newline != NULL ? (size_t)(newline - p) : data.n - *at);
    *at += line->n + 1;
    return true;
}

bool nx_data_next(nx_str data, size_t *at, nx_str *name, nx_str *value)
{
    nx_str line;
    while (next_line(data, at, &line) && line.n > 0) {
        const char *equals = memchr(line.p, '=', line.n);
        if (equals != NULL) {
            *name = nx_str_make(line.p, (size_t)(equals - line.p));
            *value = nx_str_make(equals + 1, line.n - name->n - 1);
            return true;
        }
    }
    *at = data.n;
    return false;
}

nx_str nx_data_unescape(nx_str value, nx_buf *scratch)
{
    if (value.n == 0 || memchr(value.p, '\\', value.n) == NULL) {
        return value;
    }
    nx_buf_clear(scratch);
    for (size_t i = 0; i < value.n; i++) {
        char c = value.p[i];
        if (c == '\\' && i + 1 < value.n) {
            c = value.p[++i] == 'n' ? '\n' : value.p[i];
        }
        nx_buf_addc(scratch, c);
    }
    return scratch->failed ? NX_STR_NONE : nx_buf_str(scratch);
}

nx_str nx_data_get(nx_str data, const char *name, nx_buf *scratch)
{
    nx_str at_name, value;
    for (size_t at = 0; nx_data_next(data, &at, &at_name, &value);) {
        if (nx_str_eq(at_name, nx_str_of(name))) {
            return nx_data_unescape(value, scratch);
        }
    }
    return NX_STR_NONE;
}

nx_str nx_data_get_body(nx_str data)
{
    nx_str line;
    for (size_t at = 0; next_line(data, &at, &line);) {
        if (line.n == 0) {
            return at <= data.n ? nx_str_skip(data, at) : NX_STR_NONE;
        }
    }
    return NX_STR_NONE;
}
