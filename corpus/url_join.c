// url_join.c: see url_join.h.
#include "corpus/url_join.h"

static size_t scheme_length(nx_str s)
{
    size_t n = 0;
    while (n < s.n && (nx_is_alpha(s.p[n]) ||
                       (n > 0 && (nx_is_digit(s.p[n]) || memchr("+-.", s.p[n], 3) != NULL)))) {
        n++;
    }
    return n > 0 && n < s.n && s.p[n] == ':' ? n : 0;
}

static size_t end_before(nx_str s, size_t from, nx_str stops)
{
    while (from < s.n && memchr(stops.p, s.p[from], stops.n) == NULL) {
        from++;
    }
    return from;
}

// Resolves the segments "." and ".." of a path in place; returns its new length.
static size_t remove_dots(char *path, size_t n)
{
    size_t out = 0;
    for (size_t i = 0, end; i < n; i = end) {
        size_t name = i + (path[i] == '/');
        end = end_before(nx_str_make(path, n), name, NX_STR("/"));
        nx_str segment = nx_str_make(path + name, end - name);
        bool dot = nx_str_eq(segment, NX_STR(".")), dots = nx_str_eq(segment, NX_STR(".."));
        if (dots) {
            while (out > 0 && path[--out] != '/') {
            }
        }
        if (!dot && !dots) {
            memmove(path + out, path + i, end - i);
            out += end - i;
        } else if (end == n) {
            path[out++] = '/';
        }
    }
    return out;
}

void nx_url_join(nx_str base, nx_str ref, nx_buf *out)
{
    nx_buf_clear(out);
    ref = nx_str_trim(ref);
    base = nx_str_trim(base);
    size_t scheme = scheme_length(base);
    if (scheme_length(ref) > 0 || scheme == 0) {
        nx_buf_adds(out, ref);
        return;
    }
    size_t authority = scheme + 1;
    if (nx_str_starts(ref, NX_STR("//"))) {
        nx_buf_add(out, base.p, authority);
        nx_buf_adds(out, ref);
        return;
    }
    bool has_authority = base.n >= authority + 2 && memcmp(base.p + authority, "//", 2) == 0;
    size_t path = has_authority ? end_before(base, authority + 2, NX_STR("/?#")) : authority;
    size_t path_end = end_before(base, path, NX_STR("?#"));
    size_t ref_path = end_before(ref, 0, NX_STR("?#"));
    if (ref_path == 0) { // the same document, perhaps with another query or fragment
        bool query = ref.n > 0 && ref.p[0] == '?';
        nx_buf_add(out, base.p, query ? path_end : end_before(base, path_end, NX_STR("#")));
        nx_buf_adds(out, ref);
        return;
    }
    size_t directory = path;
    if (ref.p[0] != '/') {
        directory = path_end;
        while (directory > path && base.p[directory - 1] != '/') {
            directory--;
        }
    }
    nx_buf_add(out, base.p, directory);
    if (directory == path && has_authority && ref.p[0] != '/') {
        nx_buf_addc(out, '/');
    }
    nx_buf_add(out, ref.p, ref_path);
    if (!out->failed) {
        nx_buf_truncate(out, path + remove_dots(out->data + path, out->len - path));
    }
    nx_buf_add(out, ref.p + ref_path, ref.n - ref_path);
}
