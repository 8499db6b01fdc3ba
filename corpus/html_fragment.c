// html_fragment.c: markup inside other formats (feeds, JSON, mail) as plain paragraphs.
#include "corpus/reader.h"

#include <stdlib.h>

#include "corpus/html_decode.h"
#include "corpus/html_text.h"

// Marks captions and what is not shown, such as the lines that mail programs show in a list. *drop
// stays NULL when there is none.
static nx_status mark_asides(const nx_html_tree *t, bool **drop, nx_error *err)
{
    for (uint32_t i = 1; i < t->count; i++) {
        if (t->nodes[i].tag != NX_TAG_FIGCAPTION && !nx_html_is_hidden(t, i)) {
            continue;
        }
        *drop = *drop != NULL ? *drop : calloc(t->count, sizeof **drop);
        if (*drop == NULL) {
            return nx_fail_nomem(err);
        }
        (*drop)[i] = true;
    }
    return NX_OK;
}

nx_status nx_html_fragment_text(nx_str html, nx_buf *out, nx_error *err)
{
    nx_html_tree t;
    nx_status s = nx_html_parse(&t, html, err);
    if (s != NX_OK) {
        return s;
    }
    size_t before = out->len;
    bool *drop = NULL;
    s = mark_asides(&t, &drop, err);
    if (s == NX_OK) {
        nx_html_paragraphs(&t, 0, drop, out);
        if (drop != NULL && out->len == before) { // there is nothing else
            nx_html_paragraphs(&t, 0, NULL, out);
        }
        s = nx_buf_check(out, "text of markup", err);
    }
    free(drop);
    nx_html_release(&t);
    return s;
}

void nx_html_fragment_line(nx_str html, nx_buf *out)
{
    nx_html_tree t;
    nx_error err = NX_ERROR_INIT;
    nx_status s = nx_html_parse(&t, html, &err);
    if (s != NX_OK) {
        nx_buf_release(out);
        out->failed = true;
        out->over_max = s == NX_ELIMIT;
        return;
    }
    nx_html_line(&t, 0, out);
    nx_html_release(&t);
}

static bool tag_at(nx_str s, size_t lt)
{
    size_t start = lt + 1;
    if (start < s.n && s.p[start] == '/') {
        start++;
    }
    size_t end = start;
    while (end < s.n && (nx_is_alpha(s.p[end]) || nx_is_digit(s.p[end]))) {
        end++;
    }
    bool ended = end < s.n && (nx_is_space(s.p[end]) || s.p[end] == '>' || s.p[end] == '/');
    return ended && nx_html_tag_of(nx_str_make(s.p + start, end - start)) != NX_TAG_OTHER;
}

enum { REFERENCE_MAX = 12 };

// Bytes of the character reference at s.p[amp], its semicolon included; decoded gets the *n bytes
// it stands for. 0: there is none.
static size_t decode_reference(nx_str s, size_t amp, char decoded[REFERENCE_MAX], size_t *n)
{
    nx_str rest = {s.p + amp, s.n - amp < REFERENCE_MAX ? s.n - amp : REFERENCE_MAX};
    const char *semicolon = memchr(rest.p, ';', rest.n);
    if (semicolon == NULL) {
        return 0;
    }
    rest.n = (size_t)(semicolon - rest.p) + 1;
    *n = nx_html_decode_into(rest, decoded);
    return *n > 0 && *n < rest.n ? rest.n : 0;
}

static bool reference_at(nx_str s, size_t amp)
{
    char decoded[REFERENCE_MAX];
    size_t n;
    return decode_reference(s, amp, decoded, &n) > 0;
}

static bool any_at(nx_str s, char mark, bool (*is_markup)(nx_str, size_t))
{
    const char *end = s.p + s.n;
    for (const char *at = s.p; at < end && (at = memchr(at, mark, (size_t)(end - at))) != NULL;
         at++) {
        if (is_markup(s, (size_t)(at - s.p))) {
            return true;
        }
    }
    return false;
}

bool nx_has_references(nx_str s)
{
    s = s.p != NULL ? s : NX_STR("");
    return any_at(s, '&', reference_at);
}

void nx_decode_references(nx_str s, nx_buf *out)
{
    size_t from = 0;
    char decoded[REFERENCE_MAX];
    for (size_t i = 0; i < s.n; i++) {
        size_t n = 0, used = s.p[i] == '&' ? decode_reference(s, i, decoded, &n) : 0;
        if (used > 0) {
            nx_buf_add(out, s.p + from, i - from);
            nx_buf_add(out, decoded, n);
            from = i + used;
            i = from - 1;
        }
    }
    nx_buf_add(out, s.p + from, s.n - from);
}

bool nx_looks_like_html(nx_str s)
{
    s = s.p != NULL ? s : NX_STR(""); // pointers are added to
    return any_at(s, '<', tag_at) || any_at(s, '&', reference_at);
}
