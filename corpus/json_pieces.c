// json_pieces.c: see json_pieces.h.
//
// A piece says of what kind it is; what it has is a text, or further pieces. The pieces of one line
// ("the ", "flood", " rose") are told by what they lack: they are texts of no kind, and stand in a
// piece that is of one. Must not know: articles.
#include "corpus/json_pieces.h"

#include "corpus/fields.h"

enum { PIECE_DEPTH = 12 }; // editors nest: document, list, item, paragraph, link, text

static nx_str kind_of(const nx_json *piece)
{
    static const char *const keys[] = {"type", "_type", "nodeType", "role"};
    for (size_t i = 0; i < NX_COUNT(keys); i++) {
        nx_str kind = nx_json_get_str(piece, keys[i]);
        if (kind.n > 0) {
            return kind;
        }
    }
    return NX_STR_NONE;
}

static bool is_prose(nx_str kind)
{
    static const char *const whole[] = {"p",    "html",    "raw_html", "sanitized_html",
                                        "text", "chapter", "doc",      "intro",
                                        "root", "section", "unstyled", NULL};
    static const char *const begun[] = {"paragraph", "heading",  "header",    "list",   "quote",
                                        "pullquote", "body",     "block",     "bullet", "ordered",
                                        "unordered", "document", "container", "column", NULL};
    return kind.n == 0 || nx_str_in_nocase(kind, whole) ||
           nx_str_starts_any_nocase(kind, begun) > 0;
}

static nx_str text_of(const nx_json *piece)
{
    static const char *const keys[] = {"content", "text",      "value",       "html",
                                       "body",    "paragraph", "varcharData", "clobData"};
    if (nx_json_kind_of(piece) == NX_JSON_STRING) {
        return nx_json_str(piece);
    }
    for (size_t k = 0; k < NX_COUNT(keys); k++) {
        nx_str s = nx_json_get_str(piece, keys[k]);
        if (s.n > 0) {
            return s;
        }
    }
    return NX_STR_NONE;
}

static const nx_json *line_of(const nx_json *piece)
{
    const nx_json *line = nx_json_get(piece, "children");
    return line != NULL ? line : nx_json_get(piece, "content");
}

// Is list the parts of one line, as a piece of some kind has them?
static bool is_line(const nx_json *list)
{
    static const char *const parts[] = {"text", "span", NULL};
    for (size_t i = 0, n = nx_json_count(list); i < n; i++) {
        const nx_json *part = nx_json_at(list, i);
        nx_str kind = kind_of(part);
        if (nx_json_kind_of(part) == NX_JSON_OBJECT &&
            (kind.n == 0 || nx_str_in_nocase(kind, parts)) &&
            (nx_json_get(part, "text") != NULL || nx_json_get(part, "value") != NULL)) {
            return true;
        }
    }
    return false;
}

static void add_line(const nx_json *list, nx_buf *out, unsigned depth)
{
    for (size_t i = 0, n = nx_json_count(list); i < n && depth < PIECE_DEPTH; i++) {
        const nx_json *part = nx_json_at(list, i);
        nx_str text = text_of(part);
        if (text.n > 0) {
            nx_buf_adds(out, text);
        } else {
            add_line(line_of(part), out, depth + 1); // a link, say
        }
    }
}

static nx_status add(const nx_json *v, nx_buf *out, unsigned depth, nx_error *err);

static nx_status add_inside(const nx_json *piece, nx_buf *out, unsigned depth, nx_error *err)
{
    static const char *const keys[] = {"children",   "content", "content_elements",
                                       "components", "blocks",  "data",
                                       "items",      "proxies", "root"};
    nx_status st = NX_OK;
    for (size_t i = 0; i < NX_COUNT(keys) && st == NX_OK; i++) {
        st = add(nx_json_get(piece, keys[i]), out, depth + 1, err);
    }
    return st;
}

static nx_status add_piece(const nx_json *piece, nx_buf *out, unsigned depth, nx_error *err)
{
    nx_str kind = kind_of(piece);
    if (!is_prose(kind)) {
        return NX_OK;
    }
    const nx_json *line = line_of(piece);
    if (kind.n > 0 && is_line(line)) {
        add_line(line, out, depth);
        nx_buf_addz(out, "\n\n");
        return NX_OK;
    }
    nx_str text = text_of(piece);
    nx_status st = nx_field_add_prose(text, out, err);
    nx_buf_addz(out, text.n > 0 ? "\n\n" : "");
    return st == NX_OK ? add_inside(piece, out, depth, err) : st;
}

static nx_status add(const nx_json *v, nx_buf *out, unsigned depth, nx_error *err)
{
    if (depth >= PIECE_DEPTH) {
        return NX_OK;
    }
    if (nx_json_kind_of(v) == NX_JSON_OBJECT) {
        return add_piece(v, out, depth, err);
    }
    nx_status st = NX_OK;
    for (size_t i = 0, n = nx_json_count(v); i < n && st == NX_OK; i++) {
        const nx_json *piece = nx_json_at(v, i);
        bool list = nx_json_kind_of(piece) == NX_JSON_ARRAY;
        st = list ? add(piece, out, depth + 1, err) : add_piece(piece, out, depth, err);
    }
    return st;
}

nx_status nx_json_add_pieces(const nx_json *v, nx_buf *out, nx_error *err)
{
    return add(v, out, 0, err);
}
