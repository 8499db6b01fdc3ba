// split_json.c: JSON that is not one value a line: concatenated values, and the elements of one
// big array, each a record. Brackets are balanced outside strings; the reader judges the rest.
//
// An object is one record as long as it fits. One that does not is an export ({"articles": [...]},
// perhaps some objects further in), and the elements of its lists of objects are the records.
#include "corpus/reading.h"

enum { LIST_DEPTH = 5 }; // objects around a list in an export

// Where a value ends, found byte by byte over any number of reads.
typedef struct scan {
    size_t depth;
    bool in_string, escaped;
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

// Consumes what is left of a value, however long; depth: brackets of it that are open already.
static nx_status drop_value(nx_stream *t, size_t depth, nx_error *err)
{
    scan c = {.depth = depth};
    for (;;) {
        nx_str view = nx_source_view(t->source);
        if (view.n == 0) {
            nx_status st = nx_source_fill(t->source, 1, err);
            view = nx_source_view(t->source);
            if (st != NX_OK || view.n == 0) {
                return st;
            }
        }
        size_t n = scan_value(&c, view);
        nx_source_take(t->source, n != SIZE_MAX ? n : view.n);
        if (n != SIZE_MAX) {
            return NX_OK;
        }
    }
}

// Makes the value the source stands at visible. *n: its length, of a value that is never closed
// the rest of the data; SIZE_MAX when it is longer than a record may be.
static nx_status find_end(nx_stream *t, size_t *n, nx_error *err)
{
    size_t max = t->reading->options->limits.record_bytes, scanned = 0;
    scan c = {0};
    for (;;) {
        nx_str view = nx_source_view(t->source);
        *n = scan_value(&c, nx_str_skip(view, scanned));
        if (*n != SIZE_MAX) {
            *n = *n + scanned > max ? SIZE_MAX : *n + scanned;
            return NX_OK;
        }
        if (view.n > max) {
            return NX_OK;
        }
        if (t->source->ended) {
            *n = view.n; // not closed: the reader says so
            return NX_OK;
        }
        scanned = view.n;
        nx_status st = nx_source_fill(t->source, view.n + 1, err);
        if (st != NX_OK) {
            return st;
        }
    }
}

// The source stands at the first byte of a value that is n bytes long.
static nx_status emit_value(nx_stream *t, size_t n, nx_error *err)
{
    nx_record_facts facts = {.format = NX_FORMAT_JSON, .offset = t->source->pos};
    nx_status st = nx_stream_emit(t, nx_str_make(nx_source_view(t->source).p, n), &facts, err);
    nx_source_take(t->source, n);
    return st;
}

static nx_status say_too_large(nx_stream *t, uint64_t start, nx_error *err)
{
    return nx_stream_skip(t, start, false, NX_ELIMIT, "record too large",
                          "a JSON value is too large", err);
}

// The source stands at the first byte of a value that is one record or none.
static nx_status split_plain(nx_stream *t, nx_error *err)
{
    size_t n;
    nx_status st = find_end(t, &n, err);
    if (st != NX_OK || n != SIZE_MAX) {
        return st == NX_OK ? emit_value(t, n, err) : st;
    }
    st = say_too_large(t, t->source->pos, err);
    return st == NX_OK ? drop_value(t, 0, err) : st;
}

// *byte: the next one that is no white space and none of those in passed; -1 at the end.
static nx_status next_byte(nx_stream *t, const char *passed, int *byte, nx_error *err)
{
    for (;;) {
        nx_status st = nx_source_fill(t->source, 1, err);
        nx_str view = nx_source_view(t->source);
        *byte = view.n > 0 ? (unsigned char)view.p[0] : -1;
        if (st != NX_OK || *byte <= 0 ||
            (!nx_is_space(view.p[0]) && strchr(passed, *byte) == NULL)) {
            return st;
        }
        nx_source_take(t->source, 1);
    }
}

// Inside a list of objects, behind its bracket: each object is a record.
static nx_status split_list(nx_stream *t, size_t *made, nx_error *err)
{
    for (;;) {
        int byte;
        nx_status st = next_byte(t, ",", &byte, err);
        if (st != NX_OK || byte < 0 || byte == '}') {
            return st;
        }
        if (byte == ']') {
            nx_source_take(t->source, 1);
            return NX_OK;
        }
        *made += byte == '{';
        st = byte == '{' ? split_plain(t, err) : drop_value(t, 0, err);
        if (st != NX_OK) {
            return st;
        }
    }
}

// At a key, or at the value of a member: lists of objects are split, the rest is passed over.
static nx_status pass_value(nx_stream *t, int first, size_t *made, nx_error *err)
{
    if (first == ']') { // closes nothing
        nx_source_take(t->source, 1);
        return NX_OK;
    }
    if (first != '[') {
        return drop_value(t, 0, err);
    }
    nx_source_take(t->source, 1);
    nx_status st = next_byte(t, "", &first, err);
    if (st != NX_OK) {
        return st;
    }
    return first == '{' ? split_list(t, made, err) : drop_value(t, 1, err);
}

// The source stands at an object that is larger than a record may be.
static nx_status split_export(nx_stream *t, nx_error *err)
{
    uint64_t start = t->source->pos;
    size_t depth = 0, made = 0;
    do {
        int byte;
        nx_status st = next_byte(t, ",:", &byte, err);
        if (st == NX_OK && byte < 0) {
            return nx_stream_skip(t, start, false, NX_EFORMAT, "invalid JSON",
                                  "a JSON value does not end", err);
        }
        bool opens = byte == '{' && depth < LIST_DEPTH;
        if (st == NX_OK && (opens || byte == '}')) {
            depth = opens ? depth + 1 : depth - 1;
            nx_source_take(t->source, 1);
        } else if (st == NX_OK) {
            st = pass_value(t, byte, &made, err);
        }
        if (st != NX_OK) {
            return st;
        }
    } while (depth > 0);
    return made > 0 ? NX_OK : say_too_large(t, start, err);
}

// The source stands at the first byte of a value.
static nx_status split_value(nx_stream *t, nx_error *err)
{
    size_t n;
    nx_status st = find_end(t, &n, err);
    if (st != NX_OK || n != SIZE_MAX) {
        return st == NX_OK ? emit_value(t, n, err) : st;
    }
    bool object = nx_source_view(t->source).p[0] == '{';
    return object ? split_export(t, err) : split_plain(t, err);
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
