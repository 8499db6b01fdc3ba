// plain.c: a plain-text file, one article, whose first lines say what it is.
//
// Text that was broken into lines of a screen's width is put together again first, because
// everything after it takes a line for a paragraph.
#include "corpus/attribute.h"
#include "corpus/reader.h"

enum { SCREEN_WIDTH = 100, SCREEN_WIDTH_MIN = 40, BREAKS_MIN = 3 };

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
    while (next_line(&rest, &line)) {
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

static void unwrap(nx_str text, size_t width, nx_buf *out)
{
    nx_str rest = text, line, before = NX_STR("");
    for (; next_line(&rest, &line); before = line) {
        if (out->len > 0) {
            nx_buf_addc(out, is_broken(before, line, width) ? ' ' : '\n');
        }
        nx_buf_adds(out, nx_str_trim(line));
    }
}

nx_status nx_read_text(const nx_record *r, const nx_corpus_options *options,
                       const nx_article_sink *sink, nx_error *err)
{
    nx_article *a = nx_article_for(r);
    if (a == NULL) {
        return nx_fail_nomem(err);
    }
    nx_buf whole, decoded;
    nx_buf_init(&whole, SIZE_MAX);
    nx_buf_init(&decoded, SIZE_MAX);
    nx_str text = r->bytes;
    nx_status code = NX_OK;
    if (nx_has_references(text)) {
        nx_decode_references(text, &decoded);
        code = nx_buf_check(&decoded, "the text", err);
        text = nx_buf_str(&decoded);
    }
    size_t width = code == NX_OK ? wrapped_width(text) : 0;
    if (width > 0) {
        unwrap(text, width, &whole);
        code = nx_buf_check(&whole, "the text", err);
        text = nx_buf_str(&whole);
    }
    if (code == NX_OK) {
        code = nx_attribute_text(a, text, true, options->zone_min, err);
    }
    nx_buf_release(&whole);
    nx_buf_release(&decoded);
    if (code != NX_OK) {
        nx_article_free(a);
        return code;
    }
    return nx_article_finish(a, r, options, sink, err);
}
