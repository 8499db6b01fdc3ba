// jsonw.c: see jsonw.h.
#include "base/jsonw.h"

#include <assert.h>
#include <math.h>

#include "base/utf8.h"

void nx_jsonw_init(nx_jsonw *w, nx_buf *out, bool pretty)
{
    *w = (nx_jsonw){.out = out, .pretty = pretty};
}

static void newline(nx_jsonw *w)
{
    if (w->pretty) {
        nx_buf_addc(w->out, '\n');
        for (int i = 0; i < w->depth; i++) {
            nx_buf_add(w->out, "  ", 2);
        }
    }
}

static void before_item(nx_jsonw *w)
{
    if (w->after_key) {
        w->after_key = false;
        return;
    }
    uint64_t bit = (uint64_t)1 << w->depth;
    if ((w->has_item & bit) != 0) {
        nx_buf_addc(w->out, ',');
    }
    if (w->depth > 0) {
        newline(w);
    }
    w->has_item |= bit;
}

static void open_level(nx_jsonw *w, bool object)
{
    before_item(w);
    nx_buf_addc(w->out, object ? '{' : '[');
    w->depth++;
    assert(w->depth < 64);
    uint64_t bit = (uint64_t)1 << w->depth;
    w->has_item &= ~bit;
    w->is_object = object ? w->is_object | bit : w->is_object & ~bit;
}

void nx_jsonw_object(nx_jsonw *w)
{
    open_level(w, true);
}

void nx_jsonw_array(nx_jsonw *w)
{
    open_level(w, false);
}

void nx_jsonw_end(nx_jsonw *w)
{
    assert(w->depth > 0);
    uint64_t bit = (uint64_t)1 << w->depth;
    bool had = (w->has_item & bit) != 0, object = (w->is_object & bit) != 0;
    w->depth--;
    if (had) {
        newline(w);
    }
    nx_buf_addc(w->out, object ? '}' : ']');
}

static void add_escaped(nx_buf *b, nx_str s)
{
    nx_buf_addc(b, '"');
    size_t run = 0; // start of bytes that need no escape
    for (size_t i = 0; i < s.n;) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '<') {
            i++;
            continue;
        }
        size_t next = i;
        uint32_t ch = nx_utf8_decode(s, i, &next, NULL);
        bool plain = ch >= 0xa0 && ch != 0x2028 && ch != 0x2029 && ch != NX_REPLACEMENT;
        if (!plain) {
            nx_buf_add(b, s.p + run, i - run);
            run = next;
            switch (ch) {
            case '"': nx_buf_add(b, "\\\"", 2); break;
            case '\\': nx_buf_add(b, "\\\\", 2); break;
            case '\n': nx_buf_add(b, "\\n", 2); break;
            case '\r': nx_buf_add(b, "\\r", 2); break;
            case '\t': nx_buf_add(b, "\\t", 2); break;
            case NX_REPLACEMENT: nx_utf8_add(b, ch); break;
            default: nx_buf_addf(b, "\\u%04x", (unsigned)ch); break;
            }
        }
        i = next;
    }
    nx_buf_add(b, s.p + run, s.n - run);
    nx_buf_addc(b, '"');
}

void nx_jsonw_key(nx_jsonw *w, const char *key)
{
    before_item(w);
    add_escaped(w->out, nx_str_of(key));
    nx_buf_add(w->out, ": ", w->pretty ? 2 : 1);
    w->after_key = true;
}

void nx_jsonw_str(nx_jsonw *w, nx_str s)
{
    if (s.p == NULL) {
        nx_jsonw_null(w);
        return;
    }
    before_item(w);
    add_escaped(w->out, s);
}

void nx_jsonw_int(nx_jsonw *w, int64_t v)
{
    before_item(w);
    nx_buf_addf(w->out, "%lld", (long long)v);
}

void nx_jsonw_double(nx_jsonw *w, double v)
{
    if (!isfinite(v)) {
        nx_jsonw_null(w);
        return;
    }
    before_item(w);
    nx_buf_addf(w->out, "%.6f", v);
}

void nx_jsonw_bool(nx_jsonw *w, bool v)
{
    before_item(w);
    nx_buf_addz(w->out, v ? "true" : "false");
}

void nx_jsonw_null(nx_jsonw *w)
{
    before_item(w);
    nx_buf_addz(w->out, "null");
}

void nx_jsonw_kstr(nx_jsonw *w, const char *key, nx_str s)
{
    if (s.p != NULL) {
        nx_jsonw_key(w, key);
        nx_jsonw_str(w, s);
    }
}

void nx_jsonw_kint(nx_jsonw *w, const char *key, int64_t v)
{
    nx_jsonw_key(w, key);
    nx_jsonw_int(w, v);
}

void nx_jsonw_kbool(nx_jsonw *w, const char *key, bool v)
{
    nx_jsonw_key(w, key);
    nx_jsonw_bool(w, v);
}
