// html_embedded.c: searching scripts for string literals that hold a story as markup.
//
// Frameworks that render in the browser ship the page's state as JSON in a script, sometimes as a
// string with JSON in it. Their names and layouts change every year; that a story is a long string
// with paragraph tags in it does not.
#include "corpus/html_embedded.h"

#include "base/utf8.h"
#include "corpus/jsonv.h"
#include "corpus/reader.h"

enum {
    LITERAL_MIN = 400,    // bytes of a string that can be a story
    PARAGRAPHS_MIN = 2,   // tags in it
    LITERALS_MAX = 20000, // strings looked at
};

struct search {
    nx_buf best;     // the longest story so far, as markup
    nx_buf inner;    // one string, unescaped
    nx_buf deepest;  // one string inside it, unescaped
    uint32_t looked; // strings so far
};

// The string literal that begins at s.p[at] (its quote): its content; *end is behind it.
static nx_str literal_at(nx_str s, size_t at, size_t *end)
{
    size_t i = at + 1;
    while (i < s.n && s.p[i] != '"') {
        i += s.p[i] == '\\' ? 2 : 1;
    }
    i = i < s.n ? i : s.n;
    *end = i < s.n ? i + 1 : i;
    return nx_str_make(s.p + at + 1, i - at - 1);
}

// The character of the escape at s.p[*i] (the backslash); moves *i behind it.
static uint32_t escaped(nx_str s, size_t *i)
{
    char c = *i + 1 < s.n ? s.p[*i + 1] : '\\';
    if ((unsigned char)c >= 0x80) { // a stray backslash
        *i += 1;
        return ' ';
    }
    size_t digits = *i + 2;
    uint32_t u = 0;
    if (c == 'u' && nx_json_take_character(s, &digits, &u)) {
        *i = digits;
        return u;
    }
    *i += 2;
    return c == 'n' || c == 'r' || c == 't' ? ' ' : (unsigned char)c;
}

static void unescape(nx_str s, nx_buf *out)
{
    nx_buf_truncate(out, 0);
    for (size_t i = 0; i < s.n;) {
        const char *slash = memchr(s.p + i, '\\', s.n - i);
        size_t plain = slash != NULL ? (size_t)(slash - s.p) - i : s.n - i;
        nx_buf_add(out, s.p + i, plain);
        i += plain;
        if (i < s.n) {
            nx_utf8_add(out, escaped(s, &i));
        }
    }
}

static bool is_story(nx_str s)
{
    size_t tags = 0;
    for (size_t at = 0; tags < PARAGRAPHS_MIN; at++, tags++) {
        at = nx_str_find(s, NX_STR("<p"), at);
        if (at == SIZE_MAX) {
            return false;
        }
    }
    return true;
}

static void look(struct search *f, nx_str script, nx_buf *unescaped, nx_buf *below)
{
    for (size_t at = 0, end = 0; f->looked < LITERALS_MAX; at = end) {
        const char *quote = at < script.n ? memchr(script.p + at, '"', script.n - at) : NULL;
        if (quote == NULL) {
            return;
        }
        nx_str literal = literal_at(script, (size_t)(quote - script.p), &end);
        f->looked++;
        if (literal.n < LITERAL_MIN) {
            continue;
        }
        unescape(literal, unescaped);
        nx_str text = nx_buf_str(unescaped);
        if (below != NULL && nx_str_find(text, NX_STR("\":"), 0) != SIZE_MAX) {
            look(f, text, below, NULL);
        } else if (text.n > f->best.len && is_story(text)) {
            nx_buf_truncate(&f->best, 0);
            nx_buf_adds(&f->best, text);
        }
    }
}

nx_status nx_html_embedded_text(const nx_html_tree *t, nx_buf *out, nx_error *err)
{
    struct search f = {.looked = 0};
    nx_buf_init(&f.best, out->max);
    nx_buf_init(&f.inner, out->max);
    nx_buf_init(&f.deepest, out->max);
    for (uint32_t i = 1; i + 1 < t->count; i++) {
        if (t->nodes[i].tag == NX_TAG_SCRIPT && t->nodes[i].end > i + 1) {
            look(&f, t->nodes[i + 1].text, &f.inner, &f.deepest);
        }
    }
    nx_status s = nx_buf_check(&f.best, "text in scripts", err);
    s = s == NX_OK ? nx_buf_check(&f.inner, "text in scripts", err) : s;
    s = s == NX_OK ? nx_buf_check(&f.deepest, "text in scripts", err) : s;
    nx_buf_release(&f.inner);
    nx_buf_release(&f.deepest);
    if (s == NX_OK && f.best.len > 0) {
        s = nx_html_fragment_text(nx_buf_str(&f.best), out, err);
    }
    nx_buf_release(&f.best);
    return s;
}
