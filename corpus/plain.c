// plain.c: a plain-text file, one article, whose first lines say what it is.
//
// Text that was broken into lines of a screen's width is put together again first, because
// everything after it takes a line for a paragraph.
#include "corpus/attribute.h"
#include "corpus/reader.h"

enum { SCREEN_WIDTH = 100, FULL_LINE = 45, FULL_LINES_MIN = 3 };

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

// No line is longer than a screen, and several are about as long.
static bool is_wrapped(nx_str text)
{
    nx_str rest = text, line;
    size_t full = 0;
    bool after_full = false;
    while (next_line(&rest, &line)) {
        if (line.n > SCREEN_WIDTH) {
            return false;
        }
        full += after_full && continues(line);
        after_full = line.n >= FULL_LINE;
    }
    return full >= FULL_LINES_MIN;
}

static void unwrap(nx_str text, nx_buf *out)
{
    nx_str rest = text, line;
    bool full = false;
    while (next_line(&rest, &line)) {
        if (out->len > 0) {
            nx_buf_addc(out, full && continues(line) ? ' ' : '\n');
        }
        nx_buf_adds(out, nx_str_trim(line));
        full = line.n >= FULL_LINE;
    }
}

nx_status nx_read_text(const nx_record *r, const nx_corpus_options *options,
                       const nx_article_sink *sink, nx_error *err)
{
    nx_article *a = nx_article_for(r);
    if (a == NULL) {
        return nx_fail_nomem(err);
    }
    nx_buf whole;
    nx_buf_init(&whole, SIZE_MAX);
    nx_str text = r->bytes;
    nx_status code = NX_OK;
    if (is_wrapped(text)) {
        unwrap(text, &whole);
        code = nx_buf_check(&whole, "the text", err);
        text = nx_buf_str(&whole);
    }
    if (code == NX_OK) {
        code = nx_attribute_text(a, text, true, options->zone_min, err);
    }
    nx_buf_release(&whole);
    if (code != NX_OK) {
        nx_article_free(a);
        return code;
    }
    return nx_article_finish(a, r, options, sink, err);
}
