// split_json.c: JSON that is not one value a line: concatenated values, and the elements of one
// big array, each a record. Brackets are balanced outside strings; the reader judges the rest.
#include "corpus/reading.h"

// Where a value ends, found byte by byte over any number of reads.
typedef struct scan {
    size_t depth;
    bool in_string, escaped, scalar;
} scan;

// Feeds s; returns the bytes up to and with the value's last, or SIZE_MAX when it goes on.
static size_t scan_value(scan *c, nx_str s)
{
    size_t i = 0;
    while (i < s.n) {
        char ch = s.p[i++];
        if (c->in_string) {
            if (c->escaped) {
                c->escaped = false;
            } else if (ch == '\\') {
                c->escaped = true;
            } else if (ch == '"') {
                c->in_string = false;
                if (c->depth == 0) {
                    return i;
                }
            }
            continue;
        }
        switch (ch) {
        case '"': c->in_string = true; break;
        case '{':
        case '[': c->depth++; break;
        case '}':
        case ']':
            if (c->depth == 0) {
                return i - 1; // a scalar's end, which is not its own
            }
            if (--c->depth == 0) {
                return i;
            }
            break;
        case ',':
        case ' ':
        case '\t':
        case '\r':
        case '\n':
            if (c->depth == 0) {
                return i - 1;
            }
            break;
        default: break;
        }
    }
    return SIZE_MAX;
}

// Consumes a value longer than max, however long.
static nx_status drop_value(nx_stream *t, scan *c, nx_error *err)
{
    for (;;) {
        nx_str view = nx_source_view(t->source);
        if (view.n == 0) {
            nx_status st = nx_source_fill(t->source, 1, err);
            view = nx_source_view(t->source);
            if (st != NX_OK || view.n == 0) {
                return st;
            }
        }
        size_t n = scan_value(c, view);
        nx_source_take(t->source, n != SIZE_MAX ? n : view.n);
        if (n != SIZE_MAX) {
            return NX_OK;
        }
    }
}

// The source stands at the first byte of a value.
static nx_status split_value(nx_stream *t, nx_error *err)
{
    size_t max = t->reading->options->limits.record_bytes, scanned = 0, n;
    uint64_t start = t->source->pos;
    scan c = {0};
    for (;;) {
        nx_str view = nx_source_view(t->source);
        n = scan_value(&c, nx_str_make(view.p + scanned, view.n - scanned));
        if (n != SIZE_MAX) {
            n += scanned;
            break;
        }
        if (view.n > max) {
            nx_source_take(t->source, view.n);
            nx_status st = nx_stream_skip(t, start, false, NX_ELIMIT, "record too large",
                                          "a JSON value is too large", err);
            return st == NX_OK ? drop_value(t, &c, err) : st;
        }
        if (t->source->ended) {
            n = view.n; // not closed: the reader says so
            break;
        }
        scanned = view.n;
        nx_status st = nx_source_fill(t->source, view.n + 1, err);
        if (st != NX_OK) {
            return st;
        }
    }
    nx_status st;
    if (n > max) {
        st = nx_stream_skip(t, start, false, NX_ELIMIT, "record too large",
                            "a JSON value is too large", err);
    } else {
        nx_record_facts facts = {.format = NX_FORMAT_JSON, .offset = start};
        st = nx_stream_emit(t, nx_str_make(nx_source_view(t->source).p, n), &facts, err);
    }
    nx_source_take(t->source, n);
    return st;
}

nx_status nx_split_json(nx_stream *t, nx_format format, nx_error *err)
{
    (void)format;
    bool in_array = false;
    nx_status st = nx_source_fill(t->source, 3, err);
    if (st == NX_OK && nx_str_starts(nx_source_view(t->source), NX_STR("\xef\xbb\xbf"))) {
        nx_source_take(t->source, 3);
    }
    while (st == NX_OK) {
        st = nx_source_fill(t->source, 1, err);
        nx_str view = nx_source_view(t->source);
        if (st != NX_OK || view.n == 0) {
            break;
        }
        char c = view.p[0];
        if (nx_is_space(c) || (in_array && (c == ',' || c == ']'))) {
            in_array = in_array && c != ']';
            nx_source_take(t->source, 1);
        } else if (c == '[' && !in_array) {
            in_array = true;
            nx_source_take(t->source, 1);
        } else if (c != '}' && (c == '{' || c == '[' || c == '"' || in_array)) {
            st = split_value(t, err);
        } else {
            // No JSON: up to the end of the line, as one piece of bad input.
            nx_str line;
            size_t used;
            uint64_t place = t->source->pos;
            st = nx_stream_line(t, t->reading->options->limits.record_bytes, &line, &used, err);
            if (st == NX_OK) {
                nx_source_take(t->source, used);
                st = nx_stream_skip(t, place, false, NX_EFORMAT, "invalid JSON",
                                    "neither an object nor an array", err);
            }
        }
    }
    return st;
}
